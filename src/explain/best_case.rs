//! The most probable case for a statement, and against it.

use crate::engine::{Engine, Result, Searched};
use crate::logic::{Best, Parameter, VariableId};
use crate::model::{Effect, StatementId};

/// What a best case asks of one number of the case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    /// The source, step or attack.
    pub quantity: Parameter,
    /// The probability that it is as the best case asks, from 0 to 1.
    pub probability: f64,
}

/// The most probable set of sources and steps that makes a case.
#[derive(Debug, Clone, PartialEq)]
pub struct BestCase {
    /// What holds: sources, steps, and attacks on what speaks against it.
    pub holding: Vec<Condition>,
    /// What does not hold: mostly attacks.
    pub failing: Vec<Condition>,
    /// The probability of all that together, from 0 to 1.
    pub probability: f64,
}

/// The most probable set of sources and steps that makes a case on one side of a statement, whatever else holds or fails
/// (most probable explanation, Pearl 1988). None where there never is such a case, or where degrees are not exact. It may be
/// too complex though degrees are exact: where diagrams would grow past the budget, or the search past 200,000 states.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn best_case(engine: &Engine<'_>, statement: StatementId, side: Effect) -> Result<Searched<Option<BestCase>>> {
    let weights = engine.base().weights();
    let Some(compiled) = engine.written(engine.case().canonical(statement))? else { return Ok(Ok(None)) };
    Ok(compiled.best(side, weights).map(|best| best.map(|best| as_asked(engine, best))))
}

/// The conditions of a setting of variables; what is off anyway is none.
fn as_asked(engine: &Engine<'_>, best: Best) -> BestCase {
    let weights = engine.base().weights();
    let condition = |variable: VariableId, on: bool| {
        let weight = weights.of(variable);
        let quantity = engine.quantities().quantity(variable);
        Condition { quantity, probability: if on { weight } else { 1.0 - weight } }
    };
    let failing = best.off.into_iter().filter(|&variable| weights.of(variable) > 0.0);
    BestCase {
        holding: best.on.into_iter().map(|variable| condition(variable, true)).collect(),
        failing: failing.map(|variable| condition(variable, false)).collect(),
        probability: best.probability,
    }
}
