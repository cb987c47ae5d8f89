//! What can be asked of a statement that was compiled for exact answers, whichever engine answers.

use std::collections::BTreeSet;
use std::fmt::Debug;

use thiserror::Error;

use super::{TooLarge, VariableId};
use crate::model::Effect;

/// The probabilities of the values of a statement under some weights; what is left to 1 is ignorance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// A case for it, and none against.
    pub in_favour: f64,
    /// Both.
    pub conflict: f64,
    /// A case against it, and none for.
    pub against: f64,
    /// Whether a case for it or against it is possible in some world of probability above 0.
    pub any_case: bool,
}

impl Reading {
    /// The probability of a case on a side.
    pub(super) fn case_on(self, side: Effect) -> f64 {
        match side {
            Effect::Supports => self.in_favour + self.conflict,
            Effect::Opposes => self.against + self.conflict,
        }
    }
}

/// The probabilities of the values of a statement under some weights, and how they change with each variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// The probabilities.
    pub reading: Reading,
    /// By each variable that matters, in order: of in favour, conflict and against, the probability given that the
    /// variable is on, less that given that it is off.
    by: Vec<(VariableId, [f64; 3])>,
}

impl Gradient {
    /// From the derivatives of in favour, conflict and against, each by the same variables in the same order.
    pub(super) fn new(reading: Reading, by: [Vec<(VariableId, f64)>; 3]) -> Self {
        let [in_favour, conflict, against] = by;
        let by = in_favour.into_iter().zip(conflict).zip(against);
        let by = by.map(|(((variable, in_favour), (_, both)), (_, against))| (variable, [in_favour, both, against]));
        Self { reading, by: by.collect() }
    }

    /// The derivatives of in favour, conflict and against by a variable.
    pub fn of(&self, variable: VariableId) -> [f64; 3] {
        let place = self.by.binary_search_by_key(&variable, |&(variable, _)| variable);
        place.map_or([0.0; 3], |place| self.by[place].1)
    }

    /// The derivative of (in favour less against) by each variable that matters, in order.
    pub fn lead(&self) -> impl Iterator<Item = (VariableId, f64)> + '_ {
        self.by.iter().map(|&(variable, [in_favour, _, against])| (variable, in_favour - against))
    }

    /// The probabilities when the weight of a variable changes by so much.
    pub fn with(&self, variable: VariableId, change: f64) -> Reading {
        let [in_favour, conflict, against] = self.of(variable).map(|derivative| derivative * change);
        let Reading { in_favour: was_in_favour, conflict: was_conflict, against: was_against, any_case } = self.reading;
        Reading {
            in_favour: was_in_favour + in_favour,
            conflict: was_conflict + conflict,
            against: was_against + against,
            any_case,
        }
    }
}

/// A withheld passage: two variables of which at most one counts, with the share that is withheld.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertain {
    /// The variables: speaking for its statement, speaking against it.
    pub sides: [VariableId; 2],
    /// The probability of the one that counts.
    pub share: f64,
}

/// A setting of some variables that implies a condition, whatever the others are.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// The variables that are on, in order.
    pub on: Vec<VariableId>,
    /// The variables that are off, in order.
    pub off: Vec<VariableId>,
    /// The probability of this setting, from 0 to 1.
    pub probability: f64,
}

/// The search for the most probable way grew past this many states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the search grew past {limit} states")]
pub struct TooManyStates {
    /// How many were allowed.
    pub limit: usize,
}

/// A statement is too complex for a question that needs its decision diagrams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TooComplex {
    /// The diagrams grew too large.
    #[error(transparent)]
    Diagrams(#[from] TooLarge),
    /// The search in them did.
    #[error(transparent)]
    States(#[from] TooManyStates),
    /// There are none: the degrees are those of sampled worlds, and those do not tell.
    #[error("sampled worlds do not tell")]
    Sampled,
}

/// A statement compiled for exact answers under any weights; what had weight 0 when it was compiled stays off.
pub trait Exact: Debug + Send + Sync {
    /// The probabilities of its values, from the weight of each variable.
    fn read_by(&self, weight: &dyn Fn(VariableId) -> f64) -> Reading;

    /// The probabilities of its values under some weights. Cost: as [`Exact::read_by`].
    fn read(&self, weights: &[f64]) -> Reading {
        self.read_by(&|variable| weights[variable.index()])
    }

    /// The probabilities of its values under each of several weights. Cost: at most as [`Exact::read_by`] for each.
    fn read_many(&self, weights: &[&dyn Fn(VariableId) -> f64]) -> Vec<Reading> {
        weights.iter().map(|weight| self.read_by(weight)).collect()
    }

    /// The probabilities of its values under some weights, and how they change with each variable.
    fn gradient(&self, weights: &[f64]) -> Gradient;

    /// The probabilities of its values under every completion of withheld passages: each absent, speaking for or
    /// speaking against. Completion `n` has passage `p` in state `n / 3^p % 3`, in that order.
    fn completions(&self, weights: &[f64], passages: &[Uncertain]) -> Vec<Reading>;

    /// For each set of variables, whether in some world of probability above 0 the case on a side of the statement is
    /// certain, but no longer so once they are off. Variables that were to be kept when it was compiled can be asked about,
    /// no others.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] if it takes diagrams that grow past their budget.
    fn needs(&self, side: Effect, sets: &[Vec<VariableId>], weights: &[f64]) -> Result<Vec<bool>, TooLarge>;

    /// The most probable setting of variables that makes the case on a side certain, whatever the others are. None where
    /// no world has such a case.
    ///
    /// # Errors
    ///
    /// [`TooComplex`] if its diagrams, or the search in them, grow past their limits.
    fn best(&self, side: Effect, weights: &[f64]) -> Result<Option<Best>, TooComplex>;

    /// The variables that it depends on, in order.
    fn variables(&self) -> BTreeSet<VariableId>;

    /// What one reading costs, in multiplications.
    fn size(&self) -> usize;
}
