//! Rival readings, side by side.

use std::collections::BTreeSet;

use crate::engine::{Engine, EngineError, Method, StatementAnswer};
use crate::explain::{self, SharedGround};
use crate::model::{Effect, StatementId, rival_pairs};
use crate::verdict::{Detail, Verdict};
use crate::words::Prose;
use crate::words::bar_clause;
use crate::words::{degree, is_nothing, spelled, too_complex};
use crate::words::{standing, strength};

use super::document::{Contest, Line, Row};
use super::entry;
use super::writer::{Grounds, Writer, chain, sign, words};

/// Every pair of rivals that the case declares, in the order of the report.
pub(super) fn contests(
    writer: &Writer<'_>,
    engine: &Engine<'_>,
    answers: &[StatementAnswer],
    grounds: &Grounds,
) -> Result<Vec<Contest>, EngineError> {
    let mut contests = Vec::new();
    for (at, pair) in rivals(writer).into_iter().enumerate() {
        let pair = pair.map(|statement| &answers[statement.index()]);
        contests.push(contest(writer, engine, at + 1, pair, grounds)?);
    }
    Ok(contests)
}

/// Pairs of rivals, each in the order of the report.
pub(super) fn rivals(writer: &Writer<'_>) -> Vec<[StatementId; 2]> {
    let place = |statement| writer.layout.place(statement);
    let mut pairs = BTreeSet::new();
    for (one, other) in rival_pairs(writer.case) {
        let [first, second] = if place(one) <= place(other) { [one, other] } else { [other, one] };
        pairs.insert((place(first), place(second), first, second));
    }
    pairs.into_iter().map(|(_, _, first, second)| [first, second]).collect()
}

fn contest(
    writer: &Writer<'_>,
    engine: &Engine<'_>,
    number: usize,
    pair: [&StatementAnswer; 2],
    grounds: &Grounds,
) -> Result<Contest, EngineError> {
    let [first, second] = pair.map(|answer| writer.layout.number(answer.statement));
    let mut rows =
        vec![row("Verdict", pair.map(verdict)), row("Case for it", pair.map(|answer| words(case_for(engine, answer))))];
    let mut cells = Vec::new();
    for answer in pair {
        cells.push(support(writer, engine, answer, grounds)?);
    }
    rows.push(Row { label: "What speaks for it", cells });
    Ok(Contest {
        heading: format!("{first} against {second}"),
        anchor: format!("contest-{number}"),
        readings: pair.map(|answer| writer.line(&Prose::claim(answer.statement))).to_vec(),
        rows,
        text: outcome(writer, engine, pair)?,
    })
}

fn case_for(engine: &Engine<'_>, answer: &StatementAnswer) -> String {
    let case_for = answer.assessment.degrees.case_for();
    match (engine.method(), !is_nothing(case_for)) {
        (_, false) => "none".to_owned(),
        (Method::World { .. }, true) => "there is one".to_owned(),
        _ => format!("{} ({})", strength(case_for), degree(case_for)),
    }
}

fn support(
    writer: &Writer<'_>,
    engine: &Engine<'_>,
    answer: &StatementAnswer,
    grounds: &Grounds,
) -> Result<Line, EngineError> {
    let grounds = grounds.get(&writer.case.canonical(answer.statement)).ok_or(EngineError::Stopped)?;
    let supporting: Vec<_> =
        grounds.iter().filter(|ground| ground.effect == Effect::Supports && ground.weight > 0.0).cloned().collect();
    let side = entry::sides(writer, engine, &supporting).into_iter().next();
    Ok(side.map_or_else(|| words("nothing"), |side| side.text))
}

/// Which of them prevails, or why neither does, and what both draw on.
fn outcome(writer: &Writer<'_>, engine: &Engine<'_>, pair: [&StatementAnswer; 2]) -> Result<Line, EngineError> {
    let [first, second] = pair;
    let draws_on = match explain::shared_with(engine, first.statement, second.statement)? {
        Ok(ground) => ground.as_ref().map(shared),
        Err(cause) => Some(Prose::of(too_complex("Which sources both draw on", cause)).words(".")),
    };
    let contested = |answer: &StatementAnswer| answer.assessment.verdict() == Verdict::Contested;
    let supported = pair.iter().find(|answer| answer.assessment.detail == Detail::Established);
    let outcome = match supported {
        Some(winner) => Prose::claim(winner.statement).words(" prevails."),
        None if pair.iter().any(|answer| contested(answer)) => {
            Prose::of(format!("Neither prevails: {}.", bar_clause(engine, first.statement)))
        }
        None => Prose::of("Neither is established."),
    };
    Ok(writer.brief(&Prose::sentences([outcome, draws_on.unwrap_or_default()])))
}

fn row(label: &'static str, cells: [Line; 2]) -> Row {
    Row { label, cells: cells.to_vec() }
}

/// A verdict in words: not every font has the signs.
fn verdict(answer: &StatementAnswer) -> Line {
    let word = sign(answer.assessment.detail).word;
    let state = standing(answer).map(|state| format!(", {state}")).unwrap_or_default();
    chain([words(format!("{word}{state}"))])
}

/// The sources that both readings draw on, and their share of all that either draws on.
fn shared(ground: &SharedGround) -> Prose {
    let (shared, of) = (ground.shared.len(), ground.of);
    let sources = Prose::sources(&ground.shared);
    match (shared, of) {
        (_, 0) => Prose::default(),
        (0, _) => Prose::of("They have no source in common."),
        (1, 1) => Prose::of("Both are drawn from one and the same source, ").then(sources).words("."),
        (shared, of) if shared == of => {
            Prose::of(format!("Both are drawn from the same {} sources, ", spelled(of))).then(sources).words(".")
        }
        (shared, of) => {
            Prose::of(format!("Of {} sources behind either, both draw on {}: ", spelled(of), spelled(shared)))
                .then(sources)
                .words(".")
        }
    }
}
