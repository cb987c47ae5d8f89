//! The list of sources: what each is, how far it can be trusted, what of it is withheld, and where it can be read.

use std::collections::BTreeMap;

use crate::engine::{Engine, Scenario};
use crate::model::{Case, Document, DocumentKind, Premise, Probability, QuoteState, Source, StatementId};
use crate::words::Prose;
use crate::words::{capital, date_phrase, degree, joined, one_line, released_phrase};

use super::document::{Fact, Line, SourceEntry};
use super::entry::named;
use super::writer::{Writer, source_anchor, words};

/// Every source of the case, in the order of their numbers.
pub(super) fn source_list(writer: &Writer<'_>, engine: &Engine<'_>) -> Vec<SourceEntry> {
    let (used, behind) = (uses(writer.case), stands_behind(writer.case));
    let sources = writer.layout.sources().into_iter().map(|source| {
        let mut entry = source_entry(writer, engine, source);
        entry.used = writer.claim_numbers(used.get(&source).map_or(&[], |used| used));
        entry.behind = writer.source_numbers(behind.get(&source).into_iter().flatten().copied());
        entry
    });
    sources.collect()
}

fn source_entry(writer: &Writer<'_>, engine: &Engine<'_>, source: Source) -> SourceEntry {
    let number = writer.layout.source_number(source).unwrap_or_default();
    let mut entry = SourceEntry {
        number,
        anchor: source_anchor(number),
        title: one_line(writer.case.source_title(source)),
        imprint: String::new(),
        link: None,
        place: Line::new(),
        facts: vec![fact("Reliability", words(reliability(writer, engine.scenario(), source)))],
        used: Line::new(),
        behind: Line::new(),
        note: None,
    };
    match source {
        Source::Document(id) => {
            let document = &writer.case.documents[id];
            entry.imprint = imprint(writer, document);
            entry.link = document.url.clone().filter(|url| is_safe(url));
            entry.place = place(writer, document);
            entry.note = document.note.clone();
            if document.withheld.get() > 0.0 {
                entry.facts.push(fact("Withheld", words(share_words(document.withheld.get()))));
            }
        }
        Source::Actor(id) => {
            let actor = &writer.case.actors[id];
            let kind = one_line(actor.kind.phrase());
            entry.imprint = if kind.eq_ignore_ascii_case(UNNAMED) { String::new() } else { capital(&kind) };
            entry.note = actor.note.clone();
        }
    }
    entry.facts.extend(kept_copy(writer, source).map(|kept| fact("Quotations", words(kept))));
    entry.facts.push(fact("Standing", writer.line(&standing(writer, engine.scenario(), source))));
    entry
}

/// How many quotations from a source were found in its kept copy, and how many were not; none where no copies are kept with
/// the case, or nothing is quoted from it.
fn kept_copy(writer: &Writer<'_>, source: Source) -> Option<String> {
    let links = writer.case.statements.values().flat_map(|entry| &entry.evidence);
    let quoting = links.filter(|link| link.from == Premise::Source(source));
    let states: Vec<QuoteState> = quoting.filter_map(|link| link.quote_state).collect();
    let clauses = QuoteState::ALL.into_iter().filter_map(|state| {
        let number = states.iter().filter(|&&one| one == state).count();
        (number > 0).then(|| format!("{number} {}", state.phrase()))
    });
    let clauses: Vec<String> = clauses.collect();
    (!clauses.is_empty()).then(|| clauses.join("; "))
}

/// Kind, issuers and dates.
fn imprint(writer: &Writer<'_>, document: &Document) -> String {
    let kind = one_line(document.kind.phrase());
    let mut parts: Vec<String> = (!kind.eq_ignore_ascii_case(UNNAMED)).then(|| capital(&kind)).into_iter().collect();
    if !document.by.is_empty() {
        parts.push(joined(document.by.iter().map(|&actor| one_line(&writer.case.actors[actor].name))));
    }
    parts.extend(document.date.as_ref().map(date_phrase));
    parts.extend(document.released.as_ref().map(released_phrase));
    parts.join(", ")
}

/// What says where a document is, besides a link.
fn place(writer: &Writer<'_>, document: &Document) -> Line {
    let mut parts = Vec::new();
    parts.extend(document.collection.map(|collection| Prose::of("kept in ").then(Prose::source(collection))));
    parts.extend(document.locator.as_ref().map(|locator| Prose::of(one_line(locator))));
    let unsafe_url = document.url.as_ref().filter(|url| !is_safe(url));
    parts.extend(unsafe_url.map(|url| Prose::of(one_line(url))));
    let parts = parts.into_iter().enumerate();
    let place =
        parts.fold(Prose::default(), |place, (at, part)| place.words(if at == 0 { "" } else { ", " }).then(part));
    writer.line(&place.capital())
}

/// How far its account can be trusted, by grade and number, and what the reading put in its place.
fn reliability(writer: &Writer<'_>, scenario: &Scenario, source: Source) -> String {
    let written = match source {
        Source::Document(id) => {
            let document = &writer.case.documents[id];
            match document.reliability_given {
                true => grade(document.reliability),
                false => format!("not rated, taken as {}", degree(document.reliability.get())),
            }
        }
        Source::Actor(id) => match writer.case.actors[id].reliability {
            Some(reliability) => grade(reliability),
            None => "not rated, taken at its word".to_owned(),
        },
    };
    match scenario.set_sources.iter().rfind(|(set, _)| *set == source) {
        Some((_, set)) => format!("set to {} for this reading; in the case {written}", degree(set.get())),
        None => written,
    }
}

/// What it stands on, what impeaches it, and whether it plays a part in this reading.
fn standing(writer: &Writer<'_>, scenario: &Scenario, source: Source) -> Prose {
    let mut clauses = Vec::new();
    if scenario.without.contains(&source) {
        clauses.push(Prose::of("left out of this reading"));
    } else if scenario.strikes(writer.case, source) {
        clauses.push(Prose::of("became known later and is left out of this reading"));
    } else if !scenario.speaks(Premise::Source(source)) {
        clauses.push(Prose::of("does not speak itself in this reading"));
    }
    clauses.push(match source {
        Source::Document(id) => match &*writer.case.documents[id].derives_from {
            [] if writer.case.documents[id].kind == DocumentKind::Archive => {
                Prose::of("a container: it shows that records exist, not what they say")
            }
            [] => Prose::of("stands on its own"),
            [origin] => Prose::of("only as good as ").then(Prose::source(*origin)),
            [one, other] => {
                let origins = [one, other].map(|&origin| Prose::source(origin));
                Prose::of("only as good as ").then(Prose::list(origins, "or"))
            }
            origins => Prose::of("only as good as the best of ").then(Prose::many_sources(origins)),
        },
        Source::Actor(_) => Prose::of("at first hand"),
    });
    let impeached: Vec<Prose> = writer.case.impeachments(source).iter().map(|attack| named(attack.from)).collect();
    if !impeached.is_empty() {
        clauses.push(Prose::of("impeached by ").then(Prose::list(impeached, "and")));
    }
    let clauses = clauses.into_iter().enumerate();
    clauses.fold(Prose::default(), |text, (at, clause)| text.words(if at == 0 { "" } else { "; " }).then(clause))
}

/// The kind of what was given none.
const UNNAMED: &str = "Other";

fn fact(label: &'static str, text: Line) -> Fact {
    Fact { label, text }
}

/// A reliability by its grade, where it has one: `B (0.80)`.
fn grade(reliability: Probability) -> String {
    let number = degree(reliability.get());
    let words = Probability::RELIABILITY.iter().find(|(_, grade)| *grade == reliability);
    match words {
        Some(("F", _)) => format!("F, cannot be judged ({number})"),
        Some((word, _)) => format!("{word} ({number})"),
        None => number,
    }
}

/// A withheld share in words: `heavily (0.60)`.
pub(super) fn share_words(share: f64) -> String {
    let words = match share {
        share if share >= 0.95 => "almost wholly",
        share if share >= 0.60 => "heavily",
        _ => "in part",
    };
    format!("{words} ({})", degree(share))
}

/// Whether a link may lead there: the web, by an address with nothing in it that could hide where it leads.
pub(in crate::report) fn is_safe(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let plain = |letter: char| letter.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(letter);
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric()) && rest.chars().all(plain))
        && url.len() <= LONGEST_URL
        && !rest.is_some_and(|rest| rest.split('/').next().is_some_and(|host| host.contains('@')))
}

/// Browsers refuse longer ones, and no archive needs them.
const LONGEST_URL: usize = 2000;

/// The statements that each source speaks to, itself or as what an undercut or an inference starts from.
fn uses(case: &Case) -> BTreeMap<Source, Vec<StatementId>> {
    let mut uses: BTreeMap<Source, Vec<StatementId>> = BTreeMap::new();
    let mut add = |premise: Premise, statement: StatementId| {
        if let Premise::Source(source) = premise {
            uses.entry(source).or_default().push(statement);
        }
    };
    for (id, entry) in case.statements.iter() {
        for link in &entry.evidence {
            add(link.from, id);
            link.undercut_by.iter().for_each(|attack| add(attack.from, id));
        }
    }
    for step in case.inferences.values() {
        step.given.iter().for_each(|&premise| add(premise, step.to));
        step.undercut_by.iter().for_each(|attack| add(attack.from, step.to));
    }
    uses
}

/// The documents whose account is taken from each source, by themselves or for one link alone.
fn stands_behind(case: &Case) -> BTreeMap<Source, Vec<Source>> {
    let mut behind: BTreeMap<Source, Vec<Source>> = BTreeMap::new();
    for source in case.sources() {
        case.origins(source).iter().for_each(|&origin| behind.entry(origin).or_default().push(source));
    }
    for link in case.statements.values().flat_map(|entry| &entry.evidence) {
        if let Premise::Source(source) = link.from {
            link.relies_on.iter().for_each(|&origin| behind.entry(origin).or_default().push(source));
        }
    }
    behind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_become_links() {
        for url in ["https://example.org/a?b=c#d", "HTTP://example.org", "https://example.org/a_(b)"] {
            assert!(is_safe(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//example.org",
            "https://",
            "https:///x",
            "https://example.org/\"onclick=",
            "https://example.org/a b",
            "https://example.org/\u{202e}gro",
            "https://bank.example@evil.example/",
            " https://example.org",
            "ftp://example.org",
            "https://exаmple.org",
        ] {
            assert!(!is_safe(url), "{url}");
        }
    }
}
