//! Rival readings of a claim: who asserts each, what both grant and draw on, and what would decide between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, EngineError, StatementAnswer};
use crate::explain;
use crate::model::{Case, Effect, InferenceId, Premise, Relations, Source, StatementId};
use crate::verdict::{Detail, Shortfall};

use super::sources::rounded;

/// A source that asserts a reading, by its evidence for it or for something that entails it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// The source.
    pub source: Source,
    /// Its links: the statement, and the link's place under it.
    pub links: Vec<(StatementId, usize)>,
    /// What its account goes back to in the end; empty where it stands on its own.
    pub origins: BTreeSet<Source>,
}

/// One of several readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The verdict on it, and whether it is settled.
    pub answer: StatementAnswer,
    /// How far it is from its standard.
    pub lacks: Shortfall,
    /// Who asserts it, documents first.
    pub asserted: Vec<Assertion>,
    /// The inferences that lead to it, or to something that entails it.
    pub inferred_by: Vec<InferenceId>,
    /// The sources that its case draws on, with how much smaller it would be without each: above 0, to 1.
    pub draws_on: BTreeMap<Source, f64>,
    /// The sources that tell for it rather than for another reading, the one that does so most first.
    pub tells_for: Vec<Weight>,
}

/// What the loss of a source would cost one reading, and another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// The source.
    pub source: Source,
    /// How much smaller the case for the reading would be without it, from 0 to 1.
    pub own: f64,
    /// The same for the other reading for which it is most; always less.
    pub other: f64,
}

/// Readings that cannot be true together.
#[derive(Debug, Clone, PartialEq)]
pub struct Readings {
    /// The reading that was asked for, then its rivals.
    pub readings: Vec<Reading>,
    /// Statements that every reading entails or starts from, with their verdicts.
    pub granted: Vec<(StatementId, Detail)>,
    /// The sources that the cases of all readings draw on.
    pub shared: BTreeSet<Source>,
}

/// A statement with its rivals: those declared on either side, of it or of what it entails. Of rivals that entail each
/// other there is one: its own before those of what it entails, the weaker before the stronger. None if it has no rival.
///
/// Cost: the influence of every source on each reading, and whether each is settled.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn readings(engine: &Engine<'_>, statement: StatementId) -> Result<Option<Readings>, EngineError> {
    let case = engine.case();
    let relations = Relations::new(case);
    let asked = case.canonical(statement);
    let rivals = apart(&relations, asked);
    if rivals.is_empty() {
        return Ok(None);
    }
    let engine = &engine.for_all(false)?;
    let mut readings = Vec::new();
    for &statement in [asked].iter().chain(&rivals) {
        readings.push(reading(engine, &relations, statement)?);
    }
    let shared = common(readings.iter().map(|reading| reading.draws_on.keys().copied().collect()));
    for index in 0..readings.len() {
        readings[index].tells_for = tells_for(&readings, index);
    }
    let grants = readings.iter().map(|reading| grants(case, &relations, reading));
    let mut granted = Vec::new();
    for statement in common(grants) {
        granted.push((statement, engine.assess(statement)?.detail));
    }
    Ok(Some(Readings { readings, granted, shared }))
}

/// The rivals of a statement, none of which entails another, in order.
fn apart(relations: &Relations, asked: StatementId) -> BTreeSet<StatementId> {
    let own: BTreeSet<StatementId> = relations.rivals(asked).collect();
    let further: Vec<StatementId> = relations.competitors(asked).difference(&own).copied().collect();
    let mut kept: Vec<StatementId> = Vec::new();
    // What entails fewer of the others comes first.
    let mut own = Vec::from_iter(own);
    own.sort_by_key(|&rival| (relations.with_entailed(rival).len(), rival));
    for rival in own.into_iter().chain(further).filter(|&rival| rival != asked) {
        let entails = |one: StatementId, other| relations.with_entailed(one).contains(&other);
        if !kept.iter().any(|&other| entails(rival, other) || entails(other, rival)) {
            kept.push(rival);
        }
    }
    kept.into_iter().collect()
}

/// The sources that weigh more for one of the readings than for any other.
fn tells_for(readings: &[Reading], index: usize) -> Vec<Weight> {
    let others = || readings.iter().enumerate().filter(|&(other, _)| other != index);
    let weigh = |(&source, &own): (&Source, &f64)| {
        let other = others().map(|(_, reading)| reading.draws_on.get(&source).copied().unwrap_or(0.0));
        Weight { source, own, other: other.fold(0.0, f64::max) }
    };
    let mut found: Vec<Weight> = readings[index].draws_on.iter().map(weigh).collect();
    found.retain(|weight| weight.own - weight.other > ROUNDING);
    found.sort_by(|one, other| {
        let apart = |weight: &Weight| rounded(weight.own - weight.other);
        apart(other).total_cmp(&apart(one)).then(one.source.cmp(&other.source))
    });
    found
}

/// Differences up to this are those of rounding.
const ROUNDING: f64 = 1e-9;

fn common<T: Ord + Copy>(sets: impl Iterator<Item = BTreeSet<T>>) -> BTreeSet<T> {
    sets.reduce(|one, other| one.intersection(&other).copied().collect()).unwrap_or_default()
}

fn reading(engine: &Engine<'_>, relations: &Relations, statement: StatementId) -> Result<Reading, EngineError> {
    let case = engine.case();
    let answer = engine.answer_statement(statement, true)?;
    let degrees = answer.assessment.degrees;
    let loss = |without: f64| degrees.case_for() - without;
    let influence = explain::influence(engine, statement)?;
    let losses = influence.iter().map(|one| (one.source, loss(one.degrees.case_for())));
    let draws_on = losses.filter(|&(_, loss)| loss > ROUNDING).collect();
    let stronger = relations.with_entailing(statement);
    let inferred_by = (case.inferences.iter())
        .filter(|(_, step)| step.effect == Effect::Supports && stronger.contains(&case.canonical(step.to)))
        .map(|(id, _)| id)
        .collect();
    Ok(Reading {
        lacks: Shortfall::of(degrees, engine.bar(statement)),
        answer,
        asserted: assertions(case, &stronger),
        inferred_by,
        draws_on,
        tells_for: Vec::new(),
    })
}

/// Who supports any of these statements with evidence.
fn assertions(case: &Case, statements: &BTreeSet<StatementId>) -> Vec<Assertion> {
    let mut found: Vec<Assertion> = Vec::new();
    for &statement in statements {
        for (index, link) in case.statements[statement].evidence.iter().enumerate() {
            let (Premise::Source(source), Effect::Supports) = (link.from, link.effect) else { continue };
            let place = match found.iter().position(|assertion| assertion.source == source) {
                Some(place) => place,
                None => {
                    found.push(Assertion { source, links: Vec::new(), origins: BTreeSet::new() });
                    found.len() - 1
                }
            };
            found[place].links.push((statement, index));
            found[place].origins.extend(case.link_roots(link));
        }
    }
    for assertion in &mut found {
        assertion.origins.remove(&assertion.source);
    }
    found.sort_by_key(|assertion| assertion.source);
    found
}

/// What a reading entails, and what the steps to it start from.
fn grants(case: &Case, relations: &Relations, reading: &Reading) -> BTreeSet<StatementId> {
    let statement = reading.answer.statement;
    let mut found = relations.with_entailed(statement);
    found.remove(&statement);
    for &inference in &reading.inferred_by {
        found.extend(case.inferences[inference].given.iter().filter_map(|&premise| match premise {
            Premise::Statement(premise) => Some(case.canonical(premise)),
            Premise::Source(_) => None,
        }));
    }
    found
}
