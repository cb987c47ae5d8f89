//! What is asked of an elimination.

use std::collections::BTreeSet;

use crate::logic::bdd::Completions;
use crate::logic::engine::{Best, Exact, Gradient, Reading, TooComplex, Uncertain};
use crate::logic::{TooLarge, VariableId};
use crate::model::Effect;

use super::elimination::{Elimination, gradient};
use super::needs::Needs;

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
            self.events.by_variable(&event_weights, by_event)
        });
        Gradient::new(self.reading(&values, |variable| weights[variable.index()]), by)
    }

    /// Cost: a reading for each completion.
    fn completions(&self, weights: &[f64], passages: &[Uncertain]) -> Vec<Reading> {
        let count = Completions::count_of(passages);
        (0..count).map(|number| self.read(&Completions::weights_of(weights, passages, number))).collect()
    }

    /// Cost: as [`Needs`] says.
    fn needs(&self, side: Effect, sets: &[Vec<VariableId>], weights: &[f64]) -> Result<Vec<bool>, TooLarge> {
        match Needs::new(self, side, weights) {
            Some(needs) => sets.iter().map(|set| needs.needs(set)).collect(),
            None => self.diagrams.get()?.needs(side, sets, weights),
        }
    }

    /// Diagrams are made for it.
    fn best(&self, side: Effect, weights: &[f64]) -> Result<Option<Best>, TooComplex> {
        self.diagrams.get()?.best(side, weights)
    }

    fn variables(&self) -> BTreeSet<VariableId> {
        (0..self.events.len()).filter_map(|event| self.events.only_variable(event)).collect()
    }

    fn size(&self) -> usize {
        self.cost() as usize
    }
}
