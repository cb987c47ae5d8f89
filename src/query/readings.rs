//! Rival readings of a claim: who asserts each, what both grant and draw on, and what would decide between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, EngineError, StatementAnswer, unless_stopped};
use crate::explain;
use crate::model::{Case, Effect, InferenceId, Premise, Relations, Source, StatementId};
use crate::verdict::{Detail, Shortfall};

use super::found::Found;
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
    /// How many statements were not asked about, since the engine was asked to stop; what all have in common is then what
    /// those have that were.
    pub unanswered: usize,
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
    let asked = [asked].into_iter().chain(rivals);
    let Found { found: mut readings, mut unanswered } =
        Found::one_by_one(asked, |statement| reading(engine, &relations, statement))?;
    let shared = common(readings.iter().map(|reading| reading.draws_on.keys().copied().collect()));
    let most = most_lost(&readings);
    for (index, reading) in readings.iter_mut().enumerate() {
        reading.tells_for = tells_for(&reading.draws_on, index, &most);
    }
    let grants = readings.iter().map(|reading| grants(case, &relations, reading));
    let mut granted = Vec::new();
    for statement in common(grants) {
        match unless_stopped(engine.assess(statement))? {
            Some(assessment) => granted.push((statement, assessment.detail)),
            None => unanswered += 1,
        }
    }
    Ok(Some(Readings { readings, granted, shared, unanswered }))
}

/// The rivals of a statement, none of which entails another, in order.
fn apart(relations: &Relations, asked: StatementId) -> BTreeSet<StatementId> {
    let own: BTreeSet<StatementId> = relations.rivals(asked).collect();
    let further: Vec<StatementId> = relations.competitors(asked).difference(&own).copied().collect();
    // What entails fewer of the others comes first.
    let mut own = Vec::from_iter(own);
    own.sort_by_cached_key(|&rival| (relations.with_entailed(rival).len(), rival));
    let (mut kept, mut entailed_by_kept) = (BTreeSet::new(), BTreeSet::new());
    for rival in own.into_iter().chain(further).filter(|&rival| rival != asked) {
        let entailed = relations.with_entailed(rival);
        if !entailed_by_kept.contains(&rival) && entailed.is_disjoint(&kept) {
            kept.insert(rival);
            entailed_by_kept.extend(entailed);
        }
    }
    kept
}

/// For each source the reading that loses most by its loss, how much, and the most that another loses.
fn most_lost(readings: &[Reading]) -> BTreeMap<Source, (usize, f64, f64)> {
    let mut most: BTreeMap<Source, (usize, f64, f64)> = BTreeMap::new();
    for (index, reading) in readings.iter().enumerate() {
        for (&source, &loss) in &reading.draws_on {
            let (first, largest, second) = most.entry(source).or_insert((index, loss, 0.0));
            if *first == index {
                continue;
            }
            if loss > *largest {
                (*first, *largest, *second) = (index, loss, *largest);
            } else {
                *second = second.max(loss);
            }
        }
    }
    most
}

/// The sources that weigh more for one of the readings than for any other.
fn tells_for(
    draws_on: &BTreeMap<Source, f64>,
    index: usize,
    most: &BTreeMap<Source, (usize, f64, f64)>,
) -> Vec<Weight> {
    let weigh = |(&source, &own): (&Source, &f64)| {
        let (first, largest, second) = most[&source];
        Weight { source, own, other: if first == index { second } else { largest } }
    };
    let mut found: Vec<Weight> = draws_on.iter().map(weigh).collect();
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
    let mut found: BTreeMap<Source, Assertion> = BTreeMap::new();
    for &statement in statements {
        for (index, link) in case.statements[statement].evidence.iter().enumerate() {
            let (Premise::Source(source), Effect::Supports) = (link.from, link.effect) else { continue };
            let nothing = Assertion { source, links: Vec::new(), origins: BTreeSet::new() };
            let assertion = found.entry(source).or_insert(nothing);
            assertion.links.push((statement, index));
            assertion.origins.extend(case.link_roots(link).into_iter().filter(|&origin| origin != source));
        }
    }
    found.into_values().collect()
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
