//! Diagrams under every completion of withheld passages at once.

use rustc_hash::FxHashMap;

use super::diagram::Diagram;
use crate::logic::engine::Uncertain;
use crate::logic::events::Events;
use crate::logic::program::narrow;
use crate::logic::{VariableId, Weights};

/// The completions of some passages, arranged so that a diagram is read for all of them in one pass.
///
/// A node of a diagram depends on those passages only whose deepest variable is not above it. So passages
/// are taken from the deepest up, and a node keeps a value for each completion of the first few.
pub(in crate::logic) struct Completions<'a> {
    weights: &'a [f64],
    passages: &'a [Uncertain],
    /// The passages, the deepest first.
    sorted: Vec<usize>,
    /// For each event, how many of the sorted passages matter at its level or below.
    depth: Vec<usize>,
    /// For each event its probability, by the completion of that many passages; one entry where it is
    /// always the same.
    chances: Vec<Vec<f64>>,
}

impl<'a> Completions<'a> {
    pub(super) fn new(events: &Events, order: &[VariableId], weights: &'a [f64], passages: &'a [Uncertain]) -> Self {
        let base = events.weights(weights);
        let mut deepest: Vec<Option<usize>> = vec![None; passages.len()];
        let mut varies: Vec<Vec<usize>> = vec![Vec::new(); base.len()];
        let sides = passages.iter().enumerate().flat_map(|(place, passage)| passage.sides.map(|side| (side, place)));
        let place_of: FxHashMap<VariableId, usize> = sides.collect();
        for (level, event) in order.iter().map(|event| event.index()).enumerate() {
            let places = events.variables(event).filter_map(|variable| place_of.get(&variable).copied());
            for place in places {
                deepest[place] = deepest[place].max(Some(level));
                if !varies[event].contains(&place) {
                    varies[event].push(place);
                }
            }
        }
        let mut sorted: Vec<usize> = (0..passages.len()).collect();
        sorted.sort_by_key(|&place| (std::cmp::Reverse(deepest[place]), place));
        let mut depth = vec![0; base.len()];
        for (level, event) in order.iter().enumerate() {
            depth[event.index()] = deepest.iter().filter(|deepest| **deepest >= Some(level)).count();
        }
        let mut completions =
            Self { weights, passages, sorted, depth, chances: base.iter().map(|&w| vec![w]).collect() };
        for event in order.iter().map(|event| event.index()).filter(|&event| !varies[event].is_empty()) {
            completions.chances[event] = completions.chances_of(events, event, &varies[event]);
        }
        completions
    }

    /// How many completions there are of some passages.
    pub(in crate::logic) fn count_of(passages: &[Uncertain]) -> usize {
        3_usize.pow(narrow(passages.len()))
    }

    /// The weights under completion `number` of some passages.
    pub(in crate::logic) fn weights_of(weights: &[f64], passages: &[Uncertain], number: usize) -> Weights {
        with_states(weights, passages, |place| number / 3_usize.pow(narrow(place)) % 3)
    }

    /// How many completions there are.
    pub(super) fn count(&self) -> usize {
        Self::count_of(self.passages)
    }

    /// The weights under completion `number`.
    pub(super) fn weights(&self, number: usize) -> Weights {
        Self::weights_of(self.weights, self.passages, number)
    }

    /// The probability of an event by completion, where it varies with these passages alone.
    fn chances_of(&self, events: &Events, event: usize, varies: &[usize]) -> Vec<f64> {
        let own = |index: usize, place: usize| match varies.iter().position(|&varying| varying == place) {
            Some(digit) => index / 3_usize.pow(narrow(digit)) % 3,
            None => 0,
        };
        let by_own: Vec<f64> = (0..3_usize.pow(narrow(varies.len())))
            .map(|index| events.weight(event, &with_states(self.weights, self.passages, |place| own(index, place))))
            .collect();
        let digits: Vec<(usize, usize)> = (varies.iter().enumerate())
            .filter_map(|(own, varying)| Some((own, self.sorted.iter().position(|place| place == varying)?)))
            .collect();
        let state = |index: usize, sorted: usize| index / 3_usize.pow(narrow(sorted)) % 3;
        (0..3_usize.pow(narrow(self.depth[event])))
            .map(|index| {
                by_own[digits.iter().map(|&(own, at)| state(index, at) * 3_usize.pow(narrow(own))).sum::<usize>()]
            })
            .collect()
    }

    /// The probabilities of a diagram under every completion, in their order.
    pub(super) fn probabilities<const ROOTS: usize>(&self, diagram: &Diagram<ROOTS>) -> [Vec<f64>; ROOTS] {
        let index = |number: usize| -> usize {
            let digits = self.sorted.iter().enumerate();
            digits.map(|(digit, &place)| number / 3_usize.pow(narrow(place)) % 3 * 3_usize.pow(narrow(digit))).sum()
        };
        let by_sorted = diagram.probabilities(&self.chances, |event| 3_usize.pow(narrow(self.depth[event])));
        by_sorted.map(|of| (0..self.count()).map(|number| of[index(number) % of.len()]).collect())
    }
}

/// Weights with each passage in a state: absent, speaking for, speaking against.
fn with_states(weights: &[f64], passages: &[Uncertain], state: impl Fn(usize) -> usize) -> Weights {
    let mut weights = weights.to_vec();
    for (place, passage) in passages.iter().enumerate() {
        if let Some(side) = state(place).checked_sub(1) {
            weights[passage.sides[side].index()] = passage.share;
        }
    }
    weights
}
