//! 512 worlds side by side, a bit each of a wide machine word.

use std::convert::Infallible;

use fearless_simd::{Simd, prelude::*, u64x8};

use crate::logic::sample::draw::{Numbers, is_zero};

use super::Algebra;

/// A block of worlds.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Words<S: Simd, V> {
    pub(in crate::logic) simd: S,
    pub(in crate::logic) variables: V,
}

/// Where variables are on in a block of worlds.
pub(in crate::logic) trait Variables<S: Simd> {
    /// The worlds among `relevant` in which a variable is on.
    fn on(&self, simd: S, variable: usize, relevant: u64x8<S>) -> u64x8<S>;

    /// Whether a row holds in every world or in none, whatever its rules say.
    #[inline(always)]
    fn decided(&self, _row: usize) -> Option<bool> {
        None
    }
}

/// Drawn where it is needed.
impl<S: Simd> Variables<S> for Numbers<'_, S> {
    #[inline(always)]
    fn on(&self, simd: S, variable: usize, relevant: u64x8<S>) -> u64x8<S> {
        Numbers::on(self, simd, variable, relevant)
    }
}

/// Drawn before, so that one after another can be changed.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Drawn<S: Simd> {
    /// The worlds in which each variable is on.
    pub(in crate::logic) on: Vec<u64x8<S>>,
    /// Rows that hold in every world or in none, whatever their rules say.
    pub(in crate::logic) decided: Vec<(usize, bool)>,
}

impl<S: Simd> Variables<S> for Drawn<S> {
    #[inline(always)]
    fn on(&self, _: S, variable: usize, relevant: u64x8<S>) -> u64x8<S> {
        relevant & self.on[variable]
    }

    #[inline(always)]
    fn decided(&self, row: usize) -> Option<bool> {
        self.decided.iter().find(|(decided, _)| *decided == row).map(|&(_, so)| so)
    }
}

impl<S: Simd, V: Variables<S>> Algebra for Words<S, V> {
    type Value = u64x8<S>;
    type Failure = Infallible;

    const OF_WORLDS: bool = true;
    const FETCH: bool = true;

    #[inline(always)]
    fn bottom(&self) -> u64x8<S> {
        u64x8::splat(self.simd, 0)
    }

    #[inline(always)]
    fn top(&self) -> u64x8<S> {
        u64x8::splat(self.simd, u64::MAX)
    }

    #[inline(always)]
    fn and_variable(&mut self, one: u64x8<S>, variable: usize) -> Result<u64x8<S>, Infallible> {
        Ok(self.variables.on(self.simd, variable, one))
    }

    #[inline(always)]
    fn and(&mut self, one: u64x8<S>, other: &u64x8<S>) -> Result<u64x8<S>, Infallible> {
        Ok(one & *other)
    }

    #[inline(always)]
    fn and_not(&mut self, one: u64x8<S>, other: &u64x8<S>) -> Result<u64x8<S>, Infallible> {
        Ok(one & !*other)
    }

    #[inline(always)]
    fn or(&mut self, one: u64x8<S>, other: &u64x8<S>) -> Result<u64x8<S>, Infallible> {
        Ok(one | *other)
    }

    #[inline(always)]
    fn open(&self, rules: &u64x8<S>) -> u64x8<S> {
        !*rules
    }

    #[inline(always)]
    fn conclude(&mut self, row: usize, rules: u64x8<S>) -> Result<u64x8<S>, Infallible> {
        Ok(self.variables.decided(row).map_or(rules, |so| if so { self.top() } else { self.bottom() }))
    }

    #[inline(always)]
    fn same(&self, one: &u64x8<S>, other: &u64x8<S>) -> bool {
        is_zero(self.simd, *one ^ *other)
    }

    #[inline(always)]
    fn glimpse(value: &u64x8<S>) -> u64 {
        value.as_slice()[0]
    }
}
