//! 512 worlds side by side whose variables have been drawn, so that one after another can be changed.

use std::convert::Infallible;

use fearless_simd::{Simd, prelude::*, u64x8};

use crate::logic::sample::draw::is_zero;

use super::Algebra;

/// A block of worlds.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Drawn<S: Simd> {
    pub(in crate::logic) simd: S,
    /// The worlds in which each variable is on.
    pub(in crate::logic) on: Vec<u64x8<S>>,
    /// Rows that hold in every world or in none, whatever their rules say.
    pub(in crate::logic) decided: Vec<(usize, bool)>,
}

impl<S: Simd> Algebra for Drawn<S> {
    type Value = u64x8<S>;
    type Failure = Infallible;

    const OF_WORLDS: bool = true;

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
        Ok(one & self.on[variable])
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
    fn conclude(&mut self, row: usize, rules: u64x8<S>) -> Result<u64x8<S>, Infallible> {
        let decided = self.decided.iter().find(|(decided, _)| *decided == row);
        Ok(decided.map_or(rules, |&(_, so)| if so { self.top() } else { self.bottom() }))
    }

    #[inline(always)]
    fn same(&self, one: &u64x8<S>, other: &u64x8<S>) -> bool {
        is_zero(self.simd, *one ^ *other)
    }
}
