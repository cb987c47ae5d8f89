//! Which statements are open, and why.

use crate::engine::{Engine, EngineError, StatementAnswer};
use crate::verdict::Reason;

/// The statements that are open, as far as that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// They, in the order of their ids.
    pub found: Vec<StatementAnswer>,
    /// How many statements were not looked at, since their degrees are not exact.
    pub not_looked: usize,
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
    let mut found = engine.answer_all(true)?.statements;
    found.retain(|answer| case.canonical(answer.statement) == answer.statement);
    let not_looked = found.iter().filter(|answer| answer.settlement.is_none()).count();
    found.retain(|answer| {
        let settlement = answer.settlement.as_ref();
        settlement.is_some_and(|settlement| !settlement.settled && settlement.reasons.iter().any(is_for))
    });
    Ok(Open { found, not_looked })
}
