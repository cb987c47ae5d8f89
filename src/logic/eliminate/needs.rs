//! Whether a case needs some variables, from probabilities where those tell, else from decision diagrams.
//!
//! A case that is less probable without them needs them. One that is the same function of the other variables without
//! them does not; whether it is, its probability in a finite field says. What is left is a case of almost the same
//! probability that differs: where variables only ever help, it can only have been lost; otherwise diagrams tell.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::logic::engine::{Exact, Gradient};
use crate::logic::number::{Number, Residue};
use crate::logic::sign::{Sign, Signs};
use crate::logic::{TooLarge, VariableId};
use crate::model::Effect;

use super::elimination::Elimination;

/// A question about one side of a statement under some weights.
pub(super) struct Needs<'a> {
    elimination: &'a Elimination,
    side: Effect,
    weights: &'a [f64],
    signs: FxHashMap<VariableId, Sign>,
    gradient: Gradient,
    /// The probability of the case in the finite field, and its derivatives, where they have been asked for.
    in_field: OnceCell<Residue>,
    gradient_in_field: OnceCell<Vec<(VariableId, Residue)>>,
}

impl<'a> Needs<'a> {
    /// None where something may be undecided, so that a case that is possible is not always certain. Cost: a gradient.
    pub(super) fn new(elimination: &'a Elimination, side: Effect, weights: &'a [f64]) -> Option<Self> {
        let diagrams = &elimination.diagrams;
        let signs = Signs::new(&diagrams.program).unless_either(diagrams.sides[side as usize])?;
        let (in_field, gradient_in_field) = (OnceCell::new(), OnceCell::new());
        let gradient = elimination.gradient(weights);
        Some(Self { elimination, side, weights, signs, gradient, in_field, gradient_in_field })
    }

    /// Whether in some world of probability above 0 there is a case, but no longer once these variables are off. Cost, where
    /// diagrams need not be asked: for several variables at most two readings, and once a gradient in the finite field.
    pub(super) fn needs(&self, set: &[VariableId]) -> Result<bool, TooLarge> {
        let set: Vec<VariableId> = set.iter().copied().filter(|&variable| self.weight(variable) > 0.0).collect();
        let signs = || set.iter().filter_map(|variable| self.signs.get(variable));
        if !signs().any(|sign| sign.helps) {
            return Ok(false);
        }
        if self.is_less_probable_without(&set) {
            return Ok(true);
        }
        let is_same = self.is_same_without(&set);
        if is_same || !signs().any(|sign| sign.hurts) {
            return Ok(!is_same);
        }
        Ok(self.elimination.diagrams.get()?.needs(self.side, &[set], self.weights)?[0])
    }

    fn weight(&self, variable: VariableId) -> f64 {
        self.weights[variable.index()]
    }

    fn is_less_probable_without(&self, set: &[VariableId]) -> bool {
        /// Nothing above this can have come of rounding.
        const CLEAR: f64 = 1e-9;
        let without = match *set {
            // Degrees are linear in each number.
            [one] => self.gradient.with(one, -self.weight(one)),
            _ => self.elimination.read_by(&self.without(set)),
        };
        self.gradient.reading.case_on(self.side) > without.case_on(self.side) + CLEAR
    }

    /// Two functions of on-or-off variables that have the same probability under weights taken at random from a large
    /// field are the same but for a chance below 2⁻⁴⁰ (Schwartz 1980).
    fn is_same_without(&self, set: &[VariableId]) -> bool {
        let Self { elimination, side, weights, .. } = *self;
        if let [one] = *set {
            let by = self.gradient_in_field.get_or_init(|| elimination.gradient_in_field(side, weights));
            return by.binary_search_by_key(&one, |&(by, _)| by).map_or(true, |place| by[place].1 == Residue::ZERO);
        }
        let with = self.in_field.get_or_init(|| elimination.case_in_field(side, |variable| self.weight(variable)));
        elimination.case_in_field(side, self.without(set)) == *with
    }

    fn without(&self, set: &[VariableId]) -> impl Fn(VariableId) -> f64 {
        move |variable| if set.contains(&variable) { 0.0 } else { self.weight(variable) }
    }
}
