//! A fast estimate: everything taken as independent of everything else.

use std::convert::Infallible;

use crate::logic::Reading;
use crate::logic::evaluate::Memory;
use crate::logic::lower::Rows;

use super::{Algebra, FourValues, Side, four_values_in};

/// Degrees under the assumption that nothing is shared.
#[derive(Debug, Clone, PartialEq)]
pub struct Independent {
    /// For each target, in the order in which they were given.
    pub readings: Vec<Reading>,
    /// Whether every loop converged. The numbers of one that did not are where it was given up.
    pub settled: bool,
}

/// Probabilities of independent events: `a·b`, `1 - (1 - a)(1 - b)`.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Probabilities<W> {
    pub(in crate::logic) weights: W,
}

impl<W> Probabilities<W> {
    /// Numbers of a loop that are this close are the same.
    const TOLERANCE: f64 = 1e-6;
    /// How often each row of a loop may be evaluated.
    const PATIENCE: usize = 1000;
}

impl<W: AsRef<[f64]>> Algebra for Probabilities<W> {
    type Value = f64;
    type Failure = Infallible;

    #[inline(always)]
    fn bottom(&self) -> f64 {
        0.0
    }

    #[inline(always)]
    fn top(&self) -> f64 {
        1.0
    }

    #[inline(always)]
    fn and_variable(&mut self, one: f64, variable: usize) -> Result<f64, Infallible> {
        Ok(one * self.weights.as_ref()[variable])
    }

    #[inline(always)]
    fn and(&mut self, one: f64, other: &f64) -> Result<f64, Infallible> {
        Ok(one * *other)
    }

    #[inline(always)]
    fn and_not(&mut self, one: f64, other: &f64) -> Result<f64, Infallible> {
        Ok(one * (1.0 - *other))
    }

    /// Only attacks that silence are joined so, and what silences has mostly silenced before.
    #[inline(always)]
    fn or(&mut self, one: f64, other: &f64) -> Result<f64, Infallible> {
        Ok(one.max(*other))
    }

    #[inline(always)]
    fn open(&self, rules: &f64) -> f64 {
        1.0 - *rules
    }

    #[inline(always)]
    fn join(&mut self, rules: f64, rule: f64) -> Result<f64, Infallible> {
        Ok(rules + rule)
    }

    /// What is certain is possible: that difference is a probability whatever they share.
    #[inline(always)]
    fn undecided(&mut self, possible: &f64, certain: &f64) -> Result<f64, Infallible> {
        Ok((*possible - *certain).max(0.0))
    }

    #[inline(always)]
    fn same(&self, one: &f64, other: &f64) -> bool {
        (one - other).abs() <= Self::TOLERANCE
    }

    fn identical(&self, one: &f64, other: &f64) -> bool {
        one == other
    }

    fn patience(&self) -> Option<usize> {
        Some(Self::PATIENCE)
    }
}

/// Degrees as if all conditions of a rule, all rules of a value and both sides of a statement were independent.
///
/// Exact where no number is used twice on the way to a statement (a tree; Pearl 1988); elsewhere an estimate that
/// knows nothing of what sources share, and can be far off. Loops are iterated until nothing changes by more than
/// 1e-6, a thousand times at most.
///
/// Cost: one multiplication for each condition outside of loops.
pub fn independent(rows: &Rows, weights: &[f64]) -> Independent {
    assert!(rows.covers(weights.len()), "every variable has a weight");
    let mut algebra = Probabilities { weights };
    let Ok(memory) = Memory::evaluated(rows, &mut algebra);
    let readings = rows.sides(&memory.values).map(|sides| reading(&mut algebra, sides)).collect();
    Independent { readings, settled: !memory.unfinished }
}

/// The degrees of a statement, its two sides taken as independent.
pub(in crate::logic) fn reading<W: AsRef<[f64]>>(algebra: &mut Probabilities<W>, sides: [Side<f64>; 2]) -> Reading {
    // In a loop the two bounds converge, and may cross by the tolerance.
    let sides = sides.map(|side| Side { certain: side.certain.min(side.possible), ..side });
    let Ok(FourValues { in_favour, against, conflict }) = four_values_in(algebra, &sides);
    Reading { in_favour, conflict, against, any_case: sides.iter().any(|side| side.possible > 0.0) }
}
