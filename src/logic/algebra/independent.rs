//! A fast estimate: everything taken as independent of everything else.

use crate::logic::Reading;
use crate::logic::evaluate_rows::{Memory, evaluate};
use crate::logic::lanes::Lanes;
use crate::logic::lower::Rows;

/// Degrees under the assumption that nothing is shared.
#[derive(Debug, Clone, PartialEq)]
pub struct Independent {
    /// For each target, in the order in which they were given.
    pub readings: Vec<Reading>,
    /// Whether every loop came to rest. The numbers of one that did not are where it was given up.
    pub settled: bool,
}

/// Probabilities of independent events: `a·b`, `1 - (1 - a)(1 - b)`.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Probabilities<W> {
    /// The weight of each variable.
    pub(in crate::logic) weights: W,
}

impl<W> Probabilities<W> {
    /// Numbers of a loop that are this close are the same.
    const TOLERANCE: f64 = 1e-6;
    /// How often each row of a loop may be read.
    const PATIENCE: usize = 1000;
}

impl<W: AsRef<[f64]>> Lanes for Probabilities<W> {
    type Value = f64;

    #[inline(always)]
    fn never(&self) -> f64 {
        0.0
    }

    #[inline(always)]
    fn always(&self) -> f64 {
        1.0
    }

    #[inline(always)]
    fn and_variable(&self, one: f64, variable: usize) -> f64 {
        one * self.weights.as_ref()[variable]
    }

    #[inline(always)]
    fn and(&self, one: f64, other: f64) -> f64 {
        one * other
    }

    #[inline(always)]
    fn and_not(&self, one: f64, other: f64) -> f64 {
        one * (1.0 - other)
    }

    #[inline(always)]
    fn open(&self, so: f64) -> f64 {
        1.0 - so
    }

    #[inline(always)]
    fn join(&self, so: f64, rule: f64) -> f64 {
        so + rule
    }

    /// What is certainly so is possibly so: that difference is a probability whatever they share.
    #[inline(always)]
    fn undecided(&self, possible: f64, certain: f64) -> f64 {
        (possible - certain).max(0.0)
    }

    /// What silences has mostly silenced before.
    #[inline(always)]
    fn silence(&self, before: f64, undecided: f64) -> f64 {
        before.max(undecided)
    }

    #[inline(always)]
    fn same(&self, one: f64, other: f64) -> bool {
        (one - other).abs() <= Self::TOLERANCE
    }

    fn patience(&self) -> Option<usize> {
        Some(Self::PATIENCE)
    }
}

/// Degrees as if all conditions of a rule, all rules of a value and both sides of a statement were independent.
///
/// Exact where no number is used twice on the way to a statement (a tree); elsewhere an estimate that knows
/// nothing of what sources share, and can be far off. Loops are gone round until nothing changes by more than
/// 1e-6, a thousand times at most.
///
/// Cost: one multiplication for each condition outside of loops.
pub fn independent(flat: &Rows, weights: &[f64]) -> Independent {
    assert!(flat.covers(weights.len()), "every variable has a weight");
    let lanes = Probabilities { weights };
    let mut memory = Memory::new(flat, lanes.never());
    evaluate(flat, &lanes, &mut memory);
    let readings = (0..flat.targets.len()).map(|target| reading(flat, &memory.values, target)).collect();
    Independent { readings, settled: !memory.unfinished }
}

/// What the two cases say of a target, taken as independent.
pub(in crate::logic) fn reading(flat: &Rows, values: &[f64], target: usize) -> Reading {
    let target = flat.targets[target];
    let possible = |row: u32| values[flat.possible[row as usize] as usize];
    // Round a loop the two meet, and may pass each other by the tolerance.
    let certain = |row: u32| values[row as usize].min(possible(row));
    let (for_possible, against_possible) = (possible(target.case_for), possible(target.case_against));
    Reading {
        in_favour: certain(target.case_for) * (1.0 - against_possible),
        conflict: for_possible * against_possible,
        against: certain(target.case_against) * (1.0 - for_possible),
        any_case: for_possible > 0.0 || against_possible > 0.0,
    }
}
