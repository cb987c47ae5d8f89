//! The most probable case for a statement, and against it.

use crate::logic::{Parameter, VariableId};
use crate::model::{Effect, StatementId};

use super::super::judge::{Judge, JudgeError};

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

impl Judge<'_> {
    /// The most probable set of sources and steps that makes a case on one side of a statement, whatever
    /// else holds or fails. None where there never is such a case, or in one world, and where the search would
    /// grow past its limit (200,000 states).
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn best_case(&mut self, statement: StatementId, side: Effect) -> Result<Option<BestCase>, JudgeError> {
        if !self.is_exact() {
            return Ok(None);
        }
        let statement = self.case.canonical(statement);
        let diagrams = self.in_base(|judge, base| judge.written_diagrams(base, statement))?;
        let Ok(Some(best)) = diagrams.best(side, &self.base.weights) else { return Ok(None) };
        let weight = |variable: VariableId| self.base.weights[variable.index()];
        let quantity = |variable| self.quantities.quantity(variable);
        let holding = best.on.into_iter();
        let failing = best.off.into_iter().filter(|&variable| weight(variable) > 0.0);
        Ok(Some(BestCase {
            holding: holding.map(|v| Condition { quantity: quantity(v), probability: weight(v) }).collect(),
            failing: failing.map(|v| Condition { quantity: quantity(v), probability: 1.0 - weight(v) }).collect(),
            probability: best.probability,
        }))
    }
}
