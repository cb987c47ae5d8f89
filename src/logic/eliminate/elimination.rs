//! Exact degrees by variable elimination.

use std::sync::Arc;

use crate::logic::engine::Reading;
use crate::logic::events::Events;
use crate::logic::number::{Number, Residue};
use crate::logic::{AtomId, Program, TooLarge, VariableId};
use crate::model::{Effect, StatementId};

use super::diagrams::Diagrams;
use super::effort::{Effort, TooWide};
use super::plan::{Plan, Sum, scattered};
use super::prepared::Prepared;
use super::schedule::Schedule;

/// How to compute the degrees of one statement, and what that takes.
///
/// The cost follows the treewidth of the graph of statements and shared sources that the statement depends on, not how
/// many numbers there are.
#[derive(Debug, Clone)]
pub struct Elimination {
    pub(super) plan: Plan,
    pub(super) events: Arc<Events>,
    pub(super) diagrams: Diagrams,
}

impl Elimination {
    /// Finds a way to compute the degrees of a statement. Variables of weight 0 are off in every world; all others
    /// stay variables, so that the result can be read under other weights. Variables that `keep` names can be asked about
    /// by themselves.
    ///
    /// Cost: a few passes over what the statement depends on, and a search for a good order that takes a fifth of the
    /// time that the order found will take.
    ///
    /// # Errors
    ///
    /// [`TooWide`] where one reading would take more than `limits`; no table has been made then.
    pub fn plan(
        program: &Program,
        target: StatementId,
        weights: &[f64],
        keep: &dyn Fn(VariableId) -> bool,
        limits: Effort,
    ) -> Result<Self, TooWide> {
        Self::plan_of(program, Program::sides(target), weights, keep, limits)
    }

    /// As [`Self::plan`], of anything that has two sides.
    ///
    /// # Errors
    ///
    /// As [`Self::plan`].
    pub fn plan_of(
        program: &Program,
        sides: [AtomId; 2],
        weights: &[f64],
        keep: &dyn Fn(VariableId) -> bool,
        limits: Effort,
    ) -> Result<Self, TooWide> {
        let (part, sides) = program.part(sides);
        let prepared = Prepared::new(&part, &sides, weights);
        let plan = Plan::new(&prepared, sides, weights, &|_| false, limits)?;
        let diagrams = Diagrams::new(part, sides, weights, keep, limits.diagrams);
        Ok(Self { plan, events: prepared.events, diagrams })
    }

    /// The same where its diagrams are known to grow too large.
    #[must_use]
    pub fn too_large_for_diagrams(self, cause: TooLarge) -> Self {
        Self { diagrams: self.diagrams.too_large(cause), ..self }
    }

    /// Multiply-adds of one reading.
    pub fn cost(&self) -> f64 {
        self.plan.cost()
    }

    /// The most bytes that tables of one reading take at once.
    pub fn memory(&self) -> f64 {
        self.plan.memory()
    }

    /// The most bytes that [`Exact::gradient`](crate::logic::Exact::gradient) has in use at once: all tables are kept for the way back.
    pub fn memory_for_gradient(&self) -> f64 {
        self.plan.parts.iter().map(Schedule::everything).fold(0.0, f64::max)
    }

    /// The most on-or-off things that are looked at together.
    pub fn width(&self) -> usize {
        self.plan.parts.iter().map(|part| part.width).max().unwrap_or(0)
    }

    /// The probability of a case on a side in the finite field.
    pub(super) fn case_in_field(&self, side: Effect, weight: impl Fn(VariableId) -> f64) -> Residue {
        let values = self.plan.sums(&scattered(&self.events, weight));
        let [alone, conflict] = self.case(side);
        alone.of(&values) + conflict.of(&values)
    }

    /// Its derivatives there by each variable that matters, in order.
    pub(super) fn gradient_in_field(&self, side: Effect, weights: &[f64]) -> Vec<(VariableId, Residue)> {
        let events = scattered(&self.events, |variable| weights[variable.index()]);
        let parts: Vec<Vec<Residue>> = self.plan.parts.iter().map(|part| gradient(part, &events).1).collect();
        let [alone, conflict] = self.case(side);
        let by =
            |event: usize| alone.derivative(|part| parts[part][event]) + conflict.derivative(|part| parts[part][event]);
        self.events.by_variable(&events, (0..events.len()).map(by).collect())
    }

    /// What makes up the probability of a case on a side: none on the other, or both.
    fn case(&self, side: Effect) -> [&Sum; 2] {
        let [in_favour, conflict, against] = &self.plan.values;
        match side {
            Effect::Supports => [in_favour, conflict],
            Effect::Opposes => [against, conflict],
        }
    }

    pub(super) fn reading(&self, values: &[f64], weight: impl Fn(VariableId) -> f64) -> Reading {
        self.plan.reading(values, || scattered(&self.events, &weight))
    }
}

/// The sum of a part, and its derivative by each event.
pub(super) fn gradient<N: Number>(part: &Schedule, events: &[N]) -> (N, Vec<N>) {
    let (values, mut by) = part.gradient(events);
    (values[0], by.pop().expect("one for the one value"))
}
