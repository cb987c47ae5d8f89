//! A statement compiled for exact reading, in one of the two forms that there are.

use std::collections::BTreeSet;

use crate::model::Effect;

use super::{Best, CaseDiagrams, Completions, Elimination, Gradient, Reading, TooManyStates, Uncertain, VariableId};

/// When a statement is told true, false or both, in a form that is read under any weights.
#[derive(Debug, Clone)]
pub enum Compiled {
    /// As decision diagrams: best where many numbers hang together in few statements, or in loops.
    Diagrams(CaseDiagrams),
    /// As an order in which everything else is eliminated: best where much hangs together loosely.
    Elimination(Box<Elimination>),
}

impl Compiled {
    /// Reads it under some weights. Cost: one pass.
    pub fn read(&self, weights: &[f64]) -> Reading {
        self.read_by(|variable| weights[variable.index()])
    }

    /// The same, from the weight of each variable. Cost: one pass, whatever the number of variables that do not matter.
    pub fn read_by(&self, weight: impl Fn(VariableId) -> f64) -> Reading {
        match self {
            Self::Diagrams(diagrams) => diagrams.read_by(weight),
            Self::Elimination(elimination) => elimination.read_by(weight),
        }
    }

    /// Reads it under some weights, and how each probability grows with each variable. Cost: two passes, or four
    /// where it is an elimination.
    pub fn gradient(&self, weights: &[f64]) -> Gradient {
        match self {
            Self::Diagrams(diagrams) => diagrams.gradient(weights),
            Self::Elimination(elimination) => elimination.gradient(weights),
        }
    }

    /// Reads it under every completion of withheld passages, as [`CaseDiagrams::read_completions`] does.
    pub fn read_completions(&self, weights: &[f64], passages: &[Uncertain]) -> Vec<Reading> {
        match self {
            Self::Diagrams(diagrams) => diagrams.read_completions(weights, passages),
            Self::Elimination(elimination) => {
                let count = Completions::count_of(passages);
                (0..count).map(|number| elimination.read(&Completions::weights_of(weights, passages, number))).collect()
            }
        }
    }

    /// How much is looked at in one reading: nodes, or multiplications.
    pub fn size(&self) -> usize {
        match self {
            Self::Diagrams(diagrams) => diagrams.size(),
            Self::Elimination(elimination) => elimination.cost() as usize,
        }
    }

    /// For each set of variables, whether in some world of probability above 0 the case on a side of the statement
    /// is certain, but no longer so once they are off. In an elimination, whether that case is less probable without
    /// them, which is the same unless they hinder it elsewhere.
    pub fn need(&self, side: Effect, sets: &[Vec<VariableId>], weights: &[f64]) -> Vec<bool> {
        match self {
            Self::Diagrams(diagrams) => diagrams.need(side, sets, weights),
            Self::Elimination(elimination) => {
                let gradient = elimination.gradient(weights);
                let with = case_on(side, gradient.reading);
                let without = |set: &Vec<VariableId>| {
                    let weight = |variable: VariableId| weights[variable.index()];
                    let left = match set[..] {
                        // Degrees are linear in each number.
                        [one] => gradient.with(one, -weight(one)),
                        _ => {
                            elimination.read_by(|variable| if set.contains(&variable) { 0.0 } else { weight(variable) })
                        }
                    };
                    case_on(side, left)
                };
                sets.iter().map(|set| with > without(set) + ROUNDING).collect()
            }
        }
    }

    /// The most probable way in which the case on a side is certain, as [`CaseDiagrams::best`] does; an elimination
    /// does not tell it.
    ///
    /// # Errors
    ///
    /// [`TooManyStates`] if the search grows past its limit.
    pub fn best(&self, side: Effect, weights: &[f64]) -> Result<Option<Best>, TooManyStates> {
        match self {
            Self::Diagrams(diagrams) => diagrams.best(side, weights),
            Self::Elimination(_) => Err(TooManyStates { limit: 0 }),
        }
    }

    /// The variables that it depends on, in order.
    pub fn variables(&self) -> BTreeSet<VariableId> {
        match self {
            Self::Diagrams(diagrams) => diagrams.variables(),
            Self::Elimination(elimination) => elimination.variables(),
        }
    }
}

/// What rounding leaves.
const ROUNDING: f64 = 1e-12;

fn case_on(side: Effect, reading: Reading) -> f64 {
    match side {
        Effect::Supports => reading.in_favour + reading.conflict,
        Effect::Opposes => reading.against + reading.conflict,
    }
}
