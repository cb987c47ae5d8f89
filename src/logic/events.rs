//! Read-once conditions on variables, whose probabilities are closed formulas.

use rustc_hash::FxHashMap;

use super::VariableId;
use super::number::Number;

/// A read-once condition on the variables of a program. Parts come before what they are parts of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// The variable is on.
    Variable(VariableId),
    /// All of these events, which occur nowhere else.
    AllOf(Vec<usize>),
    /// At least one of these events, which occur nowhere else.
    AnyOf(Vec<usize>),
    /// Not this event, which occurs nowhere else.
    Not(usize),
}

/// The events that stand for the variables of a simplified program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Events {
    events: Vec<Event>,
}

impl Events {
    /// Each after its parts.
    pub(super) fn new(events: Vec<Event>) -> Self {
        Self { events }
    }

    /// The probability of every event. Cost: linear in their number.
    pub(super) fn weights(&self, weights: &[f64]) -> Vec<f64> {
        self.weights_by(|variable| weights[variable.index()])
    }

    /// The same, from the weight of each variable.
    pub(super) fn weights_by<N: Number>(&self, weight: impl Fn(VariableId) -> N) -> Vec<N> {
        let mut values: Vec<N> = Vec::with_capacity(self.events.len());
        for event in &self.events {
            let value = self.value(event, &weight, |part| values[part]);
            values.push(value);
        }
        values
    }

    /// An event and all that it is made of, parts before what they are parts of.
    fn under(&self, event: usize) -> Vec<usize> {
        let (mut found, mut waiting) = (Vec::new(), vec![event]);
        while let Some(next) = waiting.pop() {
            found.push(next);
            match &self.events[next] {
                Event::Variable(_) => {}
                Event::AllOf(parts) | Event::AnyOf(parts) => waiting.extend(parts),
                Event::Not(part) => waiting.push(*part),
            }
        }
        found.sort_unstable();
        found
    }

    /// The probability of one event. Cost: linear in its parts.
    pub(super) fn weight(&self, event: usize, weights: &[f64]) -> f64 {
        let mut values: FxHashMap<usize, f64> = FxHashMap::default();
        for part in self.under(event) {
            let value = self.value(&self.events[part], |variable| weights[variable.index()], |part| values[&part]);
            values.insert(part, value);
        }
        values[&event]
    }

    fn value<N: Number>(&self, event: &Event, weight: impl Fn(VariableId) -> N, part: impl Fn(usize) -> N) -> N {
        match event {
            Event::Variable(variable) => weight(*variable),
            Event::AllOf(parts) => parts.iter().fold(N::ONE, |all, &one| all * part(one)),
            Event::AnyOf(parts) => N::ONE - parts.iter().fold(N::ONE, |none, &one| none * (N::ONE - part(one))),
            Event::Not(one) => N::ONE - part(*one),
        }
    }

    /// From derivatives by events to derivatives by variables (the chain rule; each variable occurs once), in the
    /// order of the variables. `values` are the probabilities of the events.
    pub(super) fn by_variable<N: Number>(&self, values: &[N], mut by_event: Vec<N>) -> Vec<(VariableId, N)> {
        let mut by_variable = Vec::new();
        for (index, event) in self.events.iter().enumerate().rev() {
            let outer = by_event[index];
            match event {
                Event::Variable(variable) => by_variable.push((*variable, outer)),
                Event::AllOf(parts) => {
                    let others = products_of_others(parts.iter().map(|&part| values[part]));
                    parts
                        .iter()
                        .zip(others)
                        .for_each(|(&part, others)| by_event[part] = by_event[part] + outer * others);
                }
                Event::AnyOf(parts) => {
                    let others = products_of_others(parts.iter().map(|&part| N::ONE - values[part]));
                    parts
                        .iter()
                        .zip(others)
                        .for_each(|(&part, others)| by_event[part] = by_event[part] + outer * others);
                }
                Event::Not(part) => by_event[*part] = by_event[*part] - outer,
            }
        }
        by_variable.sort_unstable_by_key(|&(variable, _)| variable);
        by_variable
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// The probabilities of the most probable settings in which an event is on, and in which it is off, given those of
    /// its parts. Each variable occurs once, so settings of several parts multiply.
    pub(super) fn ways(&self, event: usize, weights: &[f64], on: &[f64], off: &[f64]) -> [f64; 2] {
        let product = |parts: &[usize], of: &[f64]| parts.iter().map(|&part| of[part]).product();
        let most = |parts: &[usize], of: &[f64]| parts.iter().map(|&part| of[part]).fold(0.0, f64::max);
        match &self.events[event] {
            Event::Variable(variable) => [weights[variable.index()], 1.0 - weights[variable.index()]],
            Event::AllOf(parts) => [product(parts, on), most(parts, off)],
            Event::AnyOf(parts) => [most(parts, on), product(parts, off)],
            Event::Not(part) => [off[*part], on[*part]],
        }
    }

    /// The parts of an event, and how they are taken, in the most probable way in which it is on, or off.
    pub(super) fn best_parts(&self, event: usize, is_on: bool, on: &[f64], off: &[f64]) -> Vec<(usize, bool)> {
        let all = |parts: &[usize]| parts.iter().map(|&part| (part, is_on)).collect();
        let first_of_the_best = |parts: &[usize], of: &[f64]| {
            let best = parts.iter().copied().rev().max_by(|&one, &other| of[one].total_cmp(&of[other]));
            best.map(|part| (part, is_on)).into_iter().collect()
        };
        match (&self.events[event], is_on) {
            (Event::Variable(_), _) => Vec::new(),
            (Event::AllOf(parts), true) | (Event::AnyOf(parts), false) => all(parts),
            (Event::AllOf(parts), false) => first_of_the_best(parts, off),
            (Event::AnyOf(parts), true) => first_of_the_best(parts, on),
            (Event::Not(part), _) => vec![(*part, !is_on)],
        }
    }

    /// Every variable that an event is made of.
    pub(super) fn variables(&self, event: usize) -> impl Iterator<Item = VariableId> {
        self.under(event).into_iter().filter_map(|part| self.only_variable(part))
    }

    /// The variable that an event is, if it is just one.
    pub(super) fn only_variable(&self, event: usize) -> Option<VariableId> {
        match self.events[event] {
            Event::Variable(variable) => Some(variable),
            _ => None,
        }
    }
}

/// For each factor, the product of all others.
fn products_of_others<N: Number>(factors: impl Iterator<Item = N> + Clone) -> Vec<N> {
    let running = |product: &mut N, factor: N| Some(std::mem::replace(product, *product * factor));
    let mut others: Vec<N> = factors.clone().scan(N::ONE, running).collect();
    let factors: Vec<N> = factors.collect();
    let after = factors.iter().rev().copied().scan(N::ONE, running);
    others.iter_mut().rev().zip(after).for_each(|(before, after)| *before = *before * after);
    others
}
