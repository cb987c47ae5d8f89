//! Which statements are open, and why.

use crate::engine::{Answer, Engine, EngineError, StatementAnswer};
use crate::verdict::Reason;

/// The statements that are open, as far as that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// They, in the order of their ids.
    pub found: Vec<StatementAnswer>,
    /// Of how many statements it is not known whether they are: they were estimated without probabilities, or sampled worlds
    /// leave it too close to tell.
    pub not_told: usize,
    /// How many statements were not asked about, since the engine was asked to stop.
    pub unanswered: usize,
}

/// The statements that are open for a reason of this name, or for any, in the order of their ids; those that take
/// another's verdict are left out.
///
/// Cost: whether each statement is settled.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn open(engine: &Engine<'_>, reason: Option<&str>) -> Result<Open, EngineError> {
    let case = engine.case();
    let is_for = |found: &Reason| reason.is_none_or(|reason| found.name() == reason);
    let Answer { statements: mut found, unanswered, .. } = engine.answer_all(true)?;
    found.retain(|answer| case.canonical(answer.statement) == answer.statement);
    let is_known = |answer: &StatementAnswer| answer.settlement.as_ref().is_some_and(|one| one.settled.is_some());
    let not_told = found.iter().filter(|answer| !is_known(answer)).count();
    found.retain(|answer| {
        let settlement = answer.settlement.as_ref();
        settlement.is_some_and(|settlement| settlement.is_open() && settlement.reasons.iter().any(is_for))
    });
    Ok(Open { found, not_told, unanswered })
}
