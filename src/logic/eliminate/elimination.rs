//! Exact degrees by variable elimination.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::logic::bdd::Completions;
use crate::logic::engine::{Best, Exact, Gradient, Reading, TooManyStates, Uncertain};
use crate::logic::events::Events;
use crate::logic::{AtomId, Program, VariableId};
use crate::model::{Effect, StatementId};

use super::effort::{Effort, TooWide};
use super::plan::{Plan, scattered};
use super::prepared::Prepared;
use super::schedule::Schedule;

/// How to compute the degrees of one statement, and what that takes.
///
/// The cost follows the treewidth of the graph of statements and shared sources that the statement depends on, not how
/// many numbers there are.
#[derive(Debug, Clone)]
pub struct Elimination {
    plan: Plan,
    events: Arc<Events>,
}

impl Elimination {
    /// Finds a way to compute the degrees of a statement. Variables of weight 0 are off in every world; all others
    /// stay variables, so that the result can be read under other weights.
    ///
    /// Cost: a few passes over what the statement depends on, and a search for a good order that takes a fifth of the
    /// time that the order found will take.
    ///
    /// # Errors
    ///
    /// [`TooWide`] where one reading would take more than `limits`; no table has been made then.
    pub fn plan(program: &Program, target: StatementId, weights: &[f64], limits: Effort) -> Result<Self, TooWide> {
        Self::plan_of(program, Program::sides(target), weights, limits)
    }

    /// As [`Self::plan`], of anything that has two sides.
    ///
    /// # Errors
    ///
    /// As [`Self::plan`].
    pub fn plan_of(program: &Program, sides: [AtomId; 2], weights: &[f64], limits: Effort) -> Result<Self, TooWide> {
        let (part, sides) = program.part(sides);
        let prepared = Prepared::new(&part, &sides, weights);
        let plan = Plan::new(&prepared, sides, weights, &|_| false, limits)?;
        Ok(Self { plan, events: prepared.events })
    }

    /// Multiply-adds of one reading.
    pub fn cost(&self) -> f64 {
        self.plan.cost()
    }

    /// The most bytes that tables of one reading take at once.
    pub fn memory(&self) -> f64 {
        self.plan.memory()
    }

    /// The most bytes that [`Exact::gradient`] has in use at once: all tables are kept for the way back.
    pub fn memory_for_gradient(&self) -> f64 {
        self.plan.parts.iter().map(Schedule::everything).fold(0.0, f64::max)
    }

    /// The most on-or-off things that are looked at together.
    pub fn width(&self) -> usize {
        self.plan.parts.iter().map(|part| part.width).max().unwrap_or(0)
    }

    fn reading(&self, values: &[f64], weight: impl Fn(VariableId) -> f64) -> Reading {
        self.plan.reading(values, || scattered(&self.events, &weight))
    }
}

impl Exact for Elimination {
    /// Cost: as [`Elimination::cost`] says.
    fn read_by(&self, weight: &dyn Fn(VariableId) -> f64) -> Reading {
        let values: Vec<f64> = self.plan.sums(&self.events.weights_by(weight));
        self.reading(&values, weight)
    }

    /// One pass back through what a reading does. Cost: about four times that of a reading.
    fn gradient(&self, weights: &[f64]) -> Gradient {
        let event_weights = self.events.weights(weights);
        let found: Vec<(f64, Vec<f64>)> = self.plan.parts.iter().map(|part| gradient(part, &event_weights)).collect();
        let values: Vec<f64> = found.iter().map(|(value, _)| *value).collect();
        let by = self.plan.values.each_ref().map(|value| {
            let by_event =
                (0..event_weights.len()).map(|event| value.derivative(|part| found[part].1[event])).collect();
            self.events.by_variable(weights, by_event)
        });
        Gradient::new(self.reading(&values, |variable| weights[variable.index()]), by)
    }

    /// Cost: a reading for each completion.
    fn completions(&self, weights: &[f64], passages: &[Uncertain]) -> Vec<Reading> {
        let count = Completions::count_of(passages);
        (0..count).map(|number| self.read(&Completions::weights_of(weights, passages, number))).collect()
    }

    /// Whether the case is less probable without them, which is the same unless they hinder it elsewhere. Cost: a
    /// gradient, and a reading for each set of several.
    fn needs(&self, side: Effect, sets: &[Vec<VariableId>], weights: &[f64]) -> Vec<bool> {
        /// What rounding leaves.
        const ROUNDING: f64 = 1e-12;
        let gradient = self.gradient(weights);
        let weight = |variable: VariableId| weights[variable.index()];
        let without = |set: &Vec<VariableId>| match set[..] {
            // Degrees are linear in each number.
            [one] => gradient.with(one, -weight(one)),
            _ => self.read_by(&|variable| if set.contains(&variable) { 0.0 } else { weight(variable) }),
        };
        let with = gradient.reading.case_on(side);
        sets.iter().map(|set| with > without(set).case_on(side) + ROUNDING).collect()
    }

    /// Not found by elimination.
    fn best(&self, _: Effect, _: &[f64]) -> Result<Option<Best>, TooManyStates> {
        Err(TooManyStates { limit: 0 })
    }

    fn variables(&self) -> BTreeSet<VariableId> {
        (0..self.events.len()).filter_map(|event| self.events.only_variable(event)).collect()
    }

    fn size(&self) -> usize {
        self.cost() as usize
    }
}

fn gradient(part: &Schedule, events: &[f64]) -> (f64, Vec<f64>) {
    let (values, mut by) = part.gradient(events);
    (values[0], by.pop().expect("one for the one value"))
}
