//! The explorer: one HTML file with the pictures, the answers, and every answer without each single source.
//!
//! Its script computes no verdict: everything that it shows was computed by the engine and is stored here. The text
//! of the case is stored as data; the page's policy allows only the style and the script that match their hashes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::absent::Absent;
use super::chosen::SourcesShown;
use super::draw::picture_from;
use super::layouts::Layouts;
use super::node::{Nodes, kind_word};
use super::options::{Subject, View};
use super::scene::Scene;
use super::section::heading;
use super::style::verdict_style;
use super::svg::svg_in_page;
use super::text::{BOLD, FAMILY, REGULAR, clean};
use crate::engine::{Answer, Engine, EngineError, StatementAnswer};
use crate::escape;
use crate::explain::{self, Influence, Weighed};
use crate::logic::{Origin, Step};
use crate::model::{Case, Effect, EvidenceGraph, Inference, Key, Node, Question, QuoteState, Source, StatementId};
use crate::verdict::{Degrees, Detail};
use crate::words::{attacked_by, attacked_part, count, finding_phrase, in_backquotes, named_after, not_refuted};
use crate::words::{reason_sentence, relation_label, remarks};

const STYLE: &str = include_str!("explorer/explorer.css");
const SCRIPT: &str = include_str!("explorer/explorer.js");
const BODY: &str = include_str!("explorer/body.html");
const PANEL: &str = include_str!("explorer/panel.html");
/// SHA-256 of the style with its fonts, in base64.
const STYLE_HASH: &str = "j6oqbq7PLnf1JBT0tIB2MEx434X1oU6XqArZTdkUavo=";
/// SHA-256 of the script, in base64: with the style, all that the page allows; and a page that shows it in a frame.
pub const SCRIPT_HASH: &str = "LDNhXNnM+pbhpn4K8ylWZYLC7ObSg+C5k4aKKXyTFHk=";

/// The explorer of a case: the given scenes, the answers, and all answers without each single source.
///
/// Cost: that of explaining every statement, and of laying out every scene.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn html(judge: &Engine<'_>, answer: &Answer, scenes: &[(View, Scene)]) -> Result<String, EngineError> {
    html_from(judge, answer, scenes, &mut Layouts::default())
}

/// Puts the view first with which a page opens: the overview, where the argument is too large to be taken in at once.
pub fn open_on_overview(scenes: &mut [(View, Scene)]) {
    /// So many boxes are taken in at once.
    const FEW: usize = 24;
    let is_large = |scene: &Scene| scene.folded > 0 || scene.nodes.len() > FEW;
    let is_large = scenes.iter().any(|(view, scene)| *view == View::Argument && is_large(scene));
    let overview = scenes.iter().position(|(view, _)| *view == View::Overview).filter(|_| is_large);
    if let Some(overview) = overview {
        scenes[..=overview].rotate_right(1);
    }
}

/// The same with layouts that are remembered, and kept for the next time.
///
/// # Errors
///
/// As [`html`].
pub fn html_from(
    judge: &Engine<'_>,
    answer: &Answer,
    scenes: &[(View, Scene)],
    layouts: &mut Layouts,
) -> Result<String, EngineError> {
    let data = shown(data(judge, answer, scenes)?).to_string();
    let title = escape::html(&clean(&judge.case().title));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{SCRIPT_HASH}'; \
         style-src 'sha256-{STYLE_HASH}'; font-src data:; base-uri 'none'; form-action 'none'\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{}</style>\n\
         </head>\n<body>\n<header>\n<h1>{title}</h1>\n{BODY}",
        style()
    );
    for (view, scene) in scenes {
        page += &svg_in_page(&picture_from(scene, layouts), *view);
    }
    page += PANEL;
    // Inside a script element only `<` could end it.
    let data = escape::json(&data).replace('<', "\\u003c");
    page += &format!("<script type=\"application/json\" id=\"case\">{data}</script>\n");
    page += &format!("<script>{SCRIPT}</script>\n</body>\n</html>\n");
    Ok(page)
}

/// The style sheet, with the fonts embedded.
fn style() -> String {
    let face = |weight: &str, font: &[u8]| {
        let font = base64(font);
        format!("@font-face{{font-family:\"{FAMILY}\";font-weight:{weight};src:url(data:font/ttf;base64,{font})}}\n")
    };
    format!("{}{}{STYLE}", face("400", REGULAR), face("700", BOLD))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().chain([0, 0].iter()).take(3).fold(0_u32, |word, &byte| word << 8 | u32::from(byte));
        for place in 0..4 {
            let letter = ALPHABET[(word >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// The sections that have a picture each: its view, the heading, the statements, and what stands for it in the overview.
fn sections(engine: &Engine<'_>, scenes: &[(View, Scene)]) -> Vec<Value> {
    let (case, citations) = (engine.case(), engine.citations());
    let drawn = scenes.iter().filter_map(|(view, _)| match view {
        View::Section(at) => Some(*at),
        _ => None,
    });
    let section = |at: usize| {
        let title = heading(citations, at);
        let listed = citations.sections[at].statements.iter().map(|&id| case.statements[id].key.as_str());
        let (view, pile) = (View::Section(at).id(), format!("group:{title}"));
        json!({ "view": view, "pile": pile, "title": title, "claims": listed.collect::<Vec<_>>() })
    };
    drawn.map(section).collect()
}

/// The data that the script reads.
fn data(judge: &Engine<'_>, answer: &Answer, scenes: &[(View, Scene)]) -> Result<Value, EngineError> {
    let case = judge.case();
    let graph = EvidenceGraph::new(case);
    let mut without: BTreeMap<String, serde_json::Map<String, Value>> = BTreeMap::new();
    let mut statements = Vec::new();
    let all_grounds = explain::all_grounds(judge, answer.statements.iter().map(|one| one.statement))?;
    let behind = sources_behind(case, &graph, answer);
    for one in &answer.statements {
        let grounds = all_grounds.get(&case.canonical(one.statement)).ok_or(EngineError::Stopped)?;
        let sources = behind.get(&one.statement);
        let influence = sources.map(|_| explain::influence(judge, one.statement)).transpose()?.unwrap_or_default();
        let key = case.statements[one.statement].key.as_str();
        for less in &influence {
            let now = json!({ "detail": less.detail.name(), "degrees": degrees(less.degrees) });
            without.entry(case.source_key(less.source).to_string()).or_default().insert(key.to_owned(), now);
        }
        statements.push(statement(judge, one, grounds, (&influence, sources)));
    }
    let (citations, absent) = (BTreeMap::new(), Absent::new(judge));
    let nodes =
        Nodes { case, answer, sources: SourcesShown::Hidden, citations: &citations, absent, steps: &BTreeMap::new() };
    let sources: Vec<Value> = case.sources().map(|id| source(case, &nodes, id)).collect();
    let inferences = case.inferences.values().map(|one| inference(case, one));
    let questions = case.questions.iter().map(|(id, one)| {
        let finding = answer.questions.iter().find(|answer| answer.question == id).map(|answer| answer.finding);
        question(case, one, finding.map(finding_phrase))
    });
    let details = [
        Detail::Established,
        Detail::RivalReadings,
        Detail::ConflictingEvidence,
        Detail::Refuted,
        Detail::Insufficient,
        Detail::NoEvidence,
        Detail::Undecided,
    ];
    let colours: serde_json::Map<String, Value> = (details.iter())
        .map(|&detail| (detail.name().to_owned(), json!([verdict_style(detail).fill, verdict_style(detail).stroke])))
        .collect();
    let others: Vec<Value> = inferences.chain(questions).collect();
    Ok(json!({
        "schema": "evigraph/explorer/1", "statements": statements, "sources": sources, "others": others,
        "without": without, "colours": colours, "sections": sections(judge, scenes),
        "left_out": left_out(answer.statements.len() - behind.len()),
    }))
}

/// So many times a page asks what a statement would be without a source that it depends on.
const MOST_WHAT_IFS: usize = 200_000;

/// The sources that statements depend on, as far as a page asks what they would be without each: those of questions come first.
fn sources_behind(case: &Case, graph: &EvidenceGraph, answer: &Answer) -> BTreeMap<StatementId, Vec<Source>> {
    let answered: BTreeSet<StatementId> = answer.statements.iter().map(|one| one.statement).collect();
    let claims = case.questions.values().flat_map(|question| question.claims.iter().copied());
    let order = claims.filter(|id| answered.contains(id)).chain(answered.iter().copied());
    let behind = |id: StatementId| -> Vec<Source> {
        graph.depends_on(Node::Statement(case.canonical(id))).into_iter().filter_map(Node::source).collect()
    };
    fitting(order, behind, MOST_WHAT_IFS)
}

/// The lists for which there is room; the first come first.
fn fitting<T: Ord + Copy, S>(
    order: impl Iterator<Item = T>,
    list: impl Fn(T) -> Vec<S>,
    mut room: usize,
) -> BTreeMap<T, Vec<S>> {
    let mut kept = BTreeMap::new();
    for one in order {
        if kept.contains_key(&one) {
            continue;
        }
        let list = list(one);
        if list.len() <= room {
            room -= list.len();
            kept.insert(one, list);
        }
    }
    kept
}

/// That a page does not ask this of so many statements.
fn left_out(statements: usize) -> Option<String> {
    let of = count(statements, "statement");
    let them = if statements == 1 { "it" } else { "them" };
    (statements > 0).then(|| {
        format!(
            "Not worked out for {of}, whose sources are too many for one page ({MOST_WHAT_IFS} answers are the most): no source \
             that is switched off changes {them} here, and the filter by source leaves {them} out."
        )
    })
}

/// The same with every text as the page may show it.
fn shown(data: Value) -> Value {
    match data {
        Value::String(text) => escape::visible_lines(&text).into(),
        Value::Array(items) => items.into_iter().map(shown).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, shown(value))).collect(),
        other => other,
    }
}

fn degrees(of: Degrees) -> Value {
    json!({ "for": of.in_favour, "against": of.against, "conflict": of.conflict, "ignorance": of.ignorance })
}

/// A statement, with the sources that it depends on and what it would be without each; none where that was not asked.
fn statement(
    engine: &Engine<'_>,
    answer: &StatementAnswer,
    grounds: &[Weighed],
    (influence, sources): (&[Influence], Option<&Vec<Source>>),
) -> Value {
    let case = engine.case();
    let entry = &case.statements[answer.statement];
    let mut reasons: Vec<String> = answer
        .settlement
        .iter()
        .flat_map(|settlement| &settlement.reasons)
        .map(|reason| reason_sentence(engine, reason))
        .collect();
    reasons.extend(not_refuted(case, answer, in_backquotes));
    reasons.extend(remarks(answer).into_iter().map(|remark| format!("To be considered: {remark}.")));
    let evidence: Vec<Value> = (entry.evidence.iter())
        .map(|link| {
            let manner = link.manner.map_or("evidence", |manner| manner.phrase());
            let effect = if link.effect == Effect::Supports { "supports it" } else { "opposes it" };
            let mut shown = json!({
                "from": case.premise_key(link.from).as_str(), "at": link.at, "quote": link.quote,
                "words": format!("{manner} that {effect}, strength {}:", link.strength),
            });
            if let Some(state) = link.quote_state {
                shown["quotation"] = json!(format!("{} {}", sign(state), state.phrase()));
            }
            shown
        })
        .collect();
    let influence: Vec<Value> = (influence.iter())
        .map(|less| {
            let source = case.source_key(less.source).as_str();
            json!({ "source": source, "detail": less.detail.name(), "degrees": degrees(less.degrees) })
        })
        .collect();
    let depends: Vec<&str> = sources.into_iter().flatten().map(|&source| case.source_key(source).as_str()).collect();
    json!({
        "id": entry.key.as_str(),
        "kind": kind_word(entry).1,
        "text": clean(&entry.text),
        "verdict": answer.assessment.verdict().name(),
        "detail": answer.assessment.detail.name(),
        "degrees": degrees(answer.assessment.degrees),
        "settled": answer.settlement.as_ref().and_then(|settlement| settlement.settled),
        "reasons": reasons,
        "grounds": grounds.iter().map(|weighed| ground(case, weighed)).collect::<Vec<_>>(),
        "evidence": evidence,
        "influence": influence,
        "depends": depends,
        "note": entry.note,
    })
}

/// Whether a quotation was found, at a glance.
fn sign(state: QuoteState) -> &'static str {
    match state {
        state if state.is_found() => "✓",
        state if state.is_wrong() => "✕",
        _ => "?",
    }
}

fn ground(case: &Case, weighed: &Weighed) -> Value {
    let (words, from) = match weighed.origin {
        Origin::Step(Step::Evidence { statement, index }) => {
            let link = &case.statements[statement].evidence[index];
            (link.manner.map_or("evidence", |manner| manner.phrase()).to_owned(), Some(case.premise_key(link.from)))
        }
        Origin::Step(Step::Inference(id)) => ("inference".to_owned(), Some(&case.inferences[id].key)),
        origin => (relation_label(origin), named_after(weighed).map(|id| &case.statements[id].key)),
    };
    let from = from.map(Key::as_str);
    let attacks: Vec<Value> = (weighed.attacks.iter())
        .map(|attack| {
            let words = format!("{}{}", attacked_part(attack.kind), attacked_by(attack.kind));
            json!({ "words": words, "from": case.premise_key(attack.from).as_str(), "in_force": attack.in_force })
        })
        .collect();
    let effect = if weighed.effect == Effect::Supports { "supports" } else { "opposes" };
    json!({ "effect": effect, "weight": weighed.weight, "words": words, "from": from, "attacks": attacks })
}

fn source(case: &Case, nodes: &Nodes<'_>, id: Source) -> Value {
    let node = nodes.node(Subject::Node(id.into()));
    let speaks: Vec<&str> = (case.statements.values())
        .filter(|statement| statement.evidence.iter().any(|link| link.from == crate::model::Premise::Source(id)))
        .map(|statement| statement.key.as_str())
        .collect();
    let (origins, note) = match id {
        Source::Document(document) => {
            let entry = &case.documents[document];
            (entry.derives_from.iter().map(|&origin| case.source_key(origin).as_str()).collect(), &entry.note)
        }
        Source::Actor(actor) => (Vec::new(), &case.actors[actor].note),
    };
    let mut facts = node.facts;
    if let Source::Document(document) = id {
        facts.extend(case.documents[document].url.as_ref().map(|url| clean(url)));
        facts.extend(case.documents[document].locator.as_ref().map(|locator| clean(locator)));
    }
    json!({
        "id": case.source_key(id).as_str(), "kind": node.kind, "text": node.label, "facts": facts, "speaks": speaks,
        "origins": origins, "note": note,
    })
}

fn inference(case: &Case, entry: &Inference) -> Value {
    let given = entry.given.iter().map(|&premise| case.premise_key(premise).as_str());
    let rejected = entry.given_rejected.iter().map(|&id| case.statements[id].key.as_str());
    let effect = if entry.effect == Effect::Supports { "supports" } else { "opposes" };
    let to = &case.statements[entry.to];
    let facts = vec![format!("{effect} {}, strength {}", to.key, entry.strength)];
    let list: Vec<&str> = given.chain(rejected).collect();
    json!({
        "id": entry.key.as_str(), "kind": "inference", "text": clean(entry.scheme.as_deref().unwrap_or(entry.key.as_str())),
        "facts": facts, "listed": "Premises", "list": list, "note": entry.note,
    })
}

fn question(case: &Case, entry: &Question, finding: Option<&str>) -> Value {
    let list: Vec<&str> = entry.claims.iter().map(|&id| case.statements[id].key.as_str()).collect();
    let facts: Vec<String> = finding.map(|finding| format!("Finding: {finding}")).into_iter().collect();
    json!({
        "id": entry.key.as_str(), "kind": "question", "text": clean(&entry.text), "facts": facts,
        "listed": "Claims, from the weakest", "list": list, "note": null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn base64_is_that_of_the_rfc() {
        // The examples of RFC 4648, section 10.
        let examples = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in examples {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn what_comes_first_is_kept_where_there_is_no_room_for_all() {
        let size = |one| vec![(); if one == "c" { 2 } else { 1 }];
        let kept = |room| fitting(["c", "a", "c", "b"].into_iter(), size, room).into_keys().collect::<Vec<_>>();
        assert_eq!([kept(1), kept(3), kept(4)], [vec!["a"], vec!["a", "c"], vec!["a", "b", "c"]]);
        assert_eq!(left_out(0), None);
        assert!(left_out(1).is_some_and(|note| note.starts_with("Not worked out for 1 statement, whose sources")));
    }

    #[test]
    fn the_page_allows_its_own_style_and_script() {
        assert_eq!(STYLE_HASH, base64(&Sha256::digest(style().as_bytes())), "of the style");
        assert_eq!(SCRIPT_HASH, base64(&Sha256::digest(SCRIPT.as_bytes())), "of the script");
    }
}
