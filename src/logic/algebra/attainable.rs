//! Atoms that could be true in some world if nothing were ever denied: an upper bound in one pass.

use std::convert::Infallible;

use crate::logic::Program;
use crate::logic::evaluate::Memory;
use crate::logic::lower::Rows;

use super::Algebra;

/// Variables are on unless they have weight 0, and negated conditions always hold.
struct Attainable<'a> {
    weights: &'a [f64],
}

impl Algebra for Attainable<'_> {
    type Value = bool;
    type Failure = Infallible;

    fn bottom(&self) -> bool {
        false
    }

    fn top(&self) -> bool {
        true
    }

    fn and_variable(&mut self, one: bool, variable: usize) -> Result<bool, Infallible> {
        Ok(one && self.weights[variable] > 0.0)
    }

    fn and(&mut self, one: bool, other: &bool) -> Result<bool, Infallible> {
        Ok(one && *other)
    }

    fn and_not(&mut self, one: bool, _: &bool) -> Result<bool, Infallible> {
        Ok(one)
    }

    fn or(&mut self, one: bool, other: &bool) -> Result<bool, Infallible> {
        Ok(one || *other)
    }

    /// Nothing is: no condition is denied.
    fn undecided(&mut self, _: &bool, _: &bool) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn same(&self, one: &bool, other: &bool) -> bool {
        one == other
    }
}

/// For each atom of a program whether it could be true in some world if nothing were ever denied.
///
/// Cost: one pass over the program, and a few over its loops.
pub fn attainable(program: &Program, weights: &[f64]) -> Vec<bool> {
    let (rows, row_of) = Rows::of_program(program);
    let Ok(memory) = Memory::evaluated(&rows, &mut Attainable { weights });
    row_of.into_iter().map(|row| memory.values[row as usize]).collect()
}
