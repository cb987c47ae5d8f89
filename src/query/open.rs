//! Which statements are open, and why.

use crate::engine::{Engine, EngineError, StatementAnswer};
use crate::verdict::Reason;

/// The statements that are open for a reason of this name, or for any, in the order of their ids; those that take
/// another's verdict are left out.
///
/// Cost: whether each statement is settled.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn open(engine: &Engine<'_>, reason: Option<&str>) -> Result<Vec<StatementAnswer>, EngineError> {
    let case = engine.case();
    let is_for = |found: &Reason| reason.is_none_or(|reason| found.name() == reason);
    let mut answers = engine.answer_all(true)?.statements;
    answers.retain(|answer| {
        let settlement = answer.settlement.as_ref();
        case.canonical(answer.statement) == answer.statement
            && settlement.is_some_and(|settlement| !settlement.settled && settlement.reasons.iter().any(is_for))
    });
    Ok(answers)
}
