//! How much each source carries.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, EngineError};
use crate::explain;
use crate::model::{Case, EvidenceGraph, Probability, Source, StatementId};
use crate::selector::Selector;
use crate::verdict::Detail;

use super::found::Found;
use super::links::{Directness, directness};

/// What the verdicts of a case owe to one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The source.
    pub source: Source,
    /// Its influence, summed over all statements with a verdict of their own: by how much (degree for, less degree
    /// against) would shift without it, either way. From 0 to 2 a statement.
    pub carries: f64,
    /// The statements whose degrees or verdict would differ without it.
    pub moves: BTreeSet<StatementId>,
    /// The statements whose verdict would differ without it.
    pub turns: BTreeSet<StatementId>,
    /// How directly it speaks.
    pub directness: Directness,
    /// The share of it that is withheld; none for an actor.
    pub withheld: Option<Probability>,
    /// The statements that depend on it, however indirectly, whether or not that makes a difference now.
    pub reach: BTreeSet<StatementId>,
}

/// The sources that a selector means (no actor is meant by one), all if there is none, those that carry most first.
/// Without a selector, those on which nothing depends are left out.
///
/// Cost: the influence of every source on every statement.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn sources(engine: &Engine<'_>, selector: Option<&Selector>) -> Result<Found<Carried>, EngineError> {
    let case = engine.case();
    let (carried, unanswered) = all(engine)?;
    let carried = carried.into_values();
    let is_meant = |carried: &Carried| match (selector, carried.source) {
        (None, _) => !carried.reach.is_empty(),
        (Some(selector), Source::Document(document)) => selector.matches(document),
        (Some(_), Source::Actor(_)) => false,
    };
    let mut found: Vec<Carried> = carried.filter(is_meant).collect();
    found.sort_by(|one, other| order(case, one).partial_cmp(&order(case, other)).expect("no number is NaN"));
    Ok(Found { found, unanswered })
}

/// The most is carried first; then the most turned, the farthest reach, documents before actors.
fn order<'c>(case: &'c Case, carried: &Carried) -> (f64, usize, usize, bool, &'c str) {
    (
        -rounded(carried.carries),
        usize::MAX - carried.turns.len(),
        usize::MAX - carried.reach.len(),
        matches!(carried.source, Source::Actor(_)),
        case.source_key(carried.source).as_str(),
    )
}

/// So that the last digits of a sum decide no order.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e9).round()
}

/// What each source carries, and of how many statements it was not asked what they owe to it.
pub(super) fn all(engine: &Engine<'_>) -> Result<(BTreeMap<Source, Carried>, usize), EngineError> {
    let case = engine.case();
    let graph = EvidenceGraph::new(case);
    let engine = &engine.for_all(false)?;
    let (mut reach, directness) = (graph.reach(), directness(case));
    let nothing = |source: Source| Carried {
        source,
        carries: 0.0,
        moves: BTreeSet::new(),
        turns: BTreeSet::new(),
        directness: directness.get(&source).copied().unwrap_or_default(),
        withheld: match source {
            Source::Document(document) => Some(case.documents[document].withheld),
            Source::Actor(_) => None,
        },
        reach: reach.remove(&source).unwrap_or_default(),
    };
    let mut found: BTreeMap<Source, Carried> = case.sources().map(nothing).map(|one| (one.source, one)).collect();
    let statements: Vec<StatementId> = case.statements.ids().filter(|&id| case.canonical(id) == id).collect();
    // What is estimated is estimated of all together, as else each source would be asked about in worlds of its own.
    let sampled = engine.for_given_up();
    let weighed = |statement| {
        let engine = sampled.as_ref().filter(|_| engine.is_given_up(statement)).unwrap_or(engine);
        Ok((engine.assess(statement)?.detail, explain::influence(engine, statement)?))
    };
    for (asked, &statement) in statements.iter().enumerate() {
        let (detail, influences) = match weighed(statement) {
            Err(EngineError::Stopped) if asked > 0 => return Ok((found, statements.len() - asked)),
            weighed => weighed?,
        };
        for influence in influences {
            found.entry(influence.source).and_modify(|carried| {
                carried.carries += influence.shift.abs();
                carried.moves.insert(statement);
                if turns(detail, influence.detail) {
                    carried.turns.insert(statement);
                }
            });
        }
    }
    Ok((found, 0))
}

/// Whether a verdict is another one than before.
pub(super) fn turns(with: Detail, without: Detail) -> bool {
    with.contests_merged() != without.contests_merged()
}
