//! One statement of a report: its verdict, what speaks for it and against it, settled or open and why.

use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, StatementAnswer};
use crate::explain::{AttackKind, Weighed, WeighedAttack};
use crate::logic::{Origin, Step};
use crate::model::{Effect, Evidence, Manner, Premise, QuoteState, Source, StatementId};
use crate::verdict::Reason;
use crate::words::Prose;
use crate::words::{capital, one_line, quoted, relation_words, remark_prose, strength_phrase, too_complex};
use crate::words::{cases_clause, not_refuted_sentence, reason_clause, standard_phrase, standing};

use super::document::{Entry, Line, Side};
use super::writer::{Grounds, Writer, separated, sign, words};

/// A statement in full.
pub(super) fn entry(writer: &Writer<'_>, engine: &Engine<'_>, answer: &StatementAnswer, grounds: &Grounds) -> Entry {
    let entry = &writer.case.statements[answer.statement];
    let same_as = entry.same_as.map(|claim| writer.brief(&Prose::of("as ").then(Prose::claim(claim))));
    let verdict = Entry { note: entry.note.clone(), ..verdict(writer, answer) };
    if let Some(elsewhere) = same_as {
        return Entry { elsewhere, ..verdict };
    }
    let reasons = answer.settlement.iter().flat_map(|settlement| &settlement.reasons);
    let reasons: Vec<Line> = reasons.map(|one| reason(writer, engine, answer.statement, one)).collect();
    Entry {
        cases: cases(writer, engine, answer),
        grounds: grounds.get(&answer.statement).map(|grounds| sides(writer, engine, grounds)),
        not_refuted: writer.brief(&not_refuted_sentence(answer)),
        reasons: separated(reasons, "; "),
        ..verdict
    }
}

/// A statement that has been shown in full before.
pub(super) fn entry_again(writer: &Writer<'_>, answer: &StatementAnswer) -> Entry {
    Entry { again: true, elsewhere: words("as given above"), ..verdict(writer, answer) }
}

fn verdict(writer: &Writer<'_>, answer: &StatementAnswer) -> Entry {
    let entry = &writer.case.statements[answer.statement];
    Entry {
        number: writer.layout.number(answer.statement),
        anchor: writer.anchor(answer.statement),
        text: one_line(&entry.text),
        sign: sign(answer.assessment.detail),
        state: standing(answer).unwrap_or_default(),
        cases: String::new(),
        grounds: Some(Vec::new()),
        not_refuted: Line::new(),
        reasons: Line::new(),
        remarks: answer.remarks.iter().map(|one| remark(writer, one)).collect(),
        elsewhere: Line::new(),
        again: false,
        note: None,
    }
}

fn remark(writer: &Writer<'_>, remark: &Diagnostic) -> String {
    remark_prose(writer.case, remark).plain(writer.case, writer.layout)
}

fn cases(writer: &Writer<'_>, engine: &Engine<'_>, answer: &StatementAnswer) -> String {
    let mut sentence = capital(&cases_clause(engine, answer.assessment.degrees, "it"));
    if engine.scenario().standard.is_none() && answer.assessment.standard != writer.case.standard {
        sentence += &format!("; it is held to {}", standard_phrase(answer.assessment.standard));
    }
    sentence + "."
}

fn reason(writer: &Writer<'_>, engine: &Engine<'_>, statement: StatementId, reason: &Reason) -> Line {
    let mut clause = reason_clause(engine, statement, reason);
    match reason {
        Reason::Contested { shared: Ok(shared), .. } if !shared.is_empty() => {
            clause = clause.words("; both sides draw on ").then(Prose::sources(shared));
        }
        Reason::Contested { shared: Err(cause), .. } => {
            clause = clause.words(format!("; {}", too_complex("which sources both sides draw on", *cause)));
        }
        _ => {}
    }
    writer.brief(&clause)
}

/// What speaks for a statement, what against it, and what carries nothing in this reading.
pub(super) fn sides(writer: &Writer<'_>, engine: &Engine<'_>, grounds: &[Weighed]) -> Vec<Side> {
    let side = |label, of: &dyn Fn(&Weighed) -> bool| {
        let mut grounds: Vec<&Weighed> = grounds.iter().filter(|ground| of(ground)).collect();
        grounds.sort_by_key(|ground| directness(ground.origin));
        let phrases = phrases(writer, engine, &grounds);
        (!phrases.is_empty()).then(|| {
            let text = phrases
                .into_iter()
                .enumerate()
                .fold(Prose::default(), |text, (at, phrase)| text.words(if at == 0 { "" } else { "; " }).then(phrase));
            Side { label, text: writer.brief(&text) }
        })
    };
    let carries = |ground: &Weighed| ground.weight > 0.0;
    let sides = [
        side("For it", &|ground| ground.effect == Effect::Supports && carries(ground)),
        side("Against it", &|ground| ground.effect == Effect::Opposes && carries(ground)),
        side("Carries nothing here", &|ground| !carries(ground)),
    ];
    sides.into_iter().flatten().collect()
}

/// Grounds in words: links that say the same are listed together, at the place of the first.
fn phrases(writer: &Writer<'_>, engine: &Engine<'_>, grounds: &[&Weighed]) -> Vec<Prose> {
    let mut groups: Vec<(Group<'_>, Vec<&Weighed>)> = Vec::new();
    for &ground in grounds {
        let group = group(writer, ground);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, members)) => members.push(ground),
            None => groups.push((group, vec![ground])),
        }
    }
    groups.into_iter().map(|(group, members)| phrase(writer, engine, &group, &members)).collect()
}

fn group<'g>(writer: &Writer<'g>, ground: &'g Weighed) -> Group<'g> {
    match ground.origin {
        Origin::Step(Step::Evidence { .. }) => {
            let link = link(writer, ground);
            let attacks = ground.attacks.iter().filter(|attack| attack.in_force > 0.0);
            Group::Links {
                by_source: matches!(link.from, Premise::Source(_)),
                manner: link.manner,
                at: link.at.as_deref(),
                quote: link.quote.as_deref(),
                quotation: link.quote_state,
                attacks: attacks.map(|attack| (attack.kind, attack.from)).collect(),
            }
        }
        Origin::Step(Step::Inference(id)) => Group::Inference(id),
        relation => Group::Relation(std::mem::discriminant(&relation)),
    }
}

fn link<'c>(writer: &Writer<'c>, ground: &Weighed) -> &'c Evidence {
    match ground.origin {
        Origin::Step(Step::Evidence { statement, index }) => &writer.case.statements[statement].evidence[index],
        _ => unreachable!("only links are grouped as links"),
    }
}

fn phrase(writer: &Writer<'_>, engine: &Engine<'_>, group: &Group<'_>, members: &[&Weighed]) -> Prose {
    match group {
        Group::Links { manner, at, quote, quotation, .. } => {
            let place = [at.map(one_line), quote.map(quoted)];
            let place: Vec<String> = place.into_iter().flatten().collect();
            let checked = quotation.map(|state| format!("; {}", state.phrase())).unwrap_or_default();
            let place = if place.is_empty() { String::new() } else { format!(" ({}{checked})", place.join(": ")) };
            links(writer, *manner, members).words(place).then(undercut(&members[0].attacks))
        }
        Group::Inference(id) => {
            let step = &writer.case.inferences[*id];
            let given = Prose::list(step.given.iter().map(|&premise| named(premise)), "and");
            let rejected = match step.given_rejected.as_slice() {
                [] => Prose::default(),
                rejected => Prose::of(" with the rejection of ").then(Prose::claims(rejected)),
            };
            let set = engine.scenario().set_inferences.iter().rfind(|(set, _)| set == id);
            let strength = set.map_or(step.strength, |&(_, strength)| strength).get();
            let scheme = step.scheme.as_ref().map(|scheme| format!("{}; ", one_line(scheme))).unwrap_or_default();
            Prose::of("a step from ")
                .then(given)
                .then(rejected)
                .words(format!(" ({scheme}{})", strength_phrase(strength)))
                .then(undercut(&members[0].attacks))
        }
        Group::Relation(_) => {
            let others: Vec<&StatementId> = members.iter().flat_map(|ground| &ground.statements).collect();
            let [one, several, after] = relation_words(members[0].origin).clause;
            let before = if others.len() == 1 { one } else { several };
            Prose::of(before).then(Prose::claims(others)).words(after)
        }
    }
}

/// Links that speak alike, by their sources.
fn links(writer: &Writer<'_>, manner: Option<Manner>, members: &[&Weighed]) -> Prose {
    let from: Vec<Premise> = members.iter().map(|ground| link(writer, ground).from).collect();
    let sources: Vec<Source> = from.iter().filter_map(|&premise| as_source(premise)).collect();
    if sources.len() != from.len() {
        let noun = if from.len() == 1 { "the claim " } else { "the claims " };
        return Prose::of(noun).then(Prose::list(from.into_iter().map(named), "and"));
    }
    let one = sources.len() == 1;
    let sources = Prose::sources(&sources);
    let (before, after) = match (manner, one) {
        (Some(Manner::Exhibit), true) => ("", " itself, as an exhibit"),
        (Some(Manner::Exhibit), false) => ("", " themselves, as exhibits"),
        (Some(Manner::Finding), true) => ("a finding of ", ""),
        (Some(Manner::Finding), false) => ("findings of ", ""),
        (Some(Manner::Account), true) => ("an account in ", ""),
        (Some(Manner::Account), false) => ("accounts in ", ""),
        (Some(Manner::Allegation), true) => ("an allegation recorded in ", ""),
        (Some(Manner::Allegation), false) => ("allegations recorded in ", ""),
        (Some(Manner::Silence), _) => ("the silence of ", ""),
        (None, _) => ("evidence in ", ""),
    };
    Prose::of(before).then(sources).words(after)
}

/// What is said of a statement itself comes before what follows from another.
fn directness(origin: Origin) -> u8 {
    match origin {
        Origin::Step(Step::Evidence { .. }) => 0,
        Origin::Step(Step::Inference(_)) => 1,
        Origin::AllOf(_) | Origin::AnyOf(_) => 2,
        Origin::Rival(_) => 4,
        _ => 3,
    }
}

/// Grounds that share one phrase.
#[derive(PartialEq)]
enum Group<'g> {
    Links {
        by_source: bool,
        manner: Option<Manner>,
        at: Option<&'g str>,
        quote: Option<&'g str>,
        quotation: Option<QuoteState>,
        attacks: Vec<(AttackKind, Premise)>,
    },
    Inference(crate::model::InferenceId),
    Relation(std::mem::Discriminant<Origin>),
}

/// What attacks a step with effect, behind the step.
fn undercut(attacks: &[WeighedAttack]) -> Prose {
    let by = |kind: AttackKind, words: &str| {
        let attacks = attacks.iter().filter(|attack| attack.kind == kind && attack.in_force > 0.0);
        let from: Vec<Prose> = attacks.map(|attack| named(attack.from)).collect();
        if from.is_empty() { Prose::default() } else { Prose::of(words).then(Prose::list(from, "and")) }
    };
    let undercut = by(AttackKind::Undercut, ", undercut by ");
    let impeached = by(AttackKind::Impeachment, ", its source impeached by ");
    undercut.then(impeached).then(by(AttackKind::Supersession, ", its source superseded by "))
}

/// A source or a statement by its name.
pub(super) fn named(premise: Premise) -> Prose {
    match premise {
        Premise::Source(source) => Prose::source(source),
        Premise::Statement(statement) => Prose::claim(statement),
    }
}

fn as_source(premise: Premise) -> Option<Source> {
    match premise {
        Premise::Source(source) => Some(source),
        Premise::Statement(_) => None,
    }
}
