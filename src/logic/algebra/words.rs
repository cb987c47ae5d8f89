//! 512 worlds side by side, a bit each of a wide machine word.

use std::convert::Infallible;

use fearless_simd::{Simd, prelude::*, u64x8};

use crate::logic::sample::draw::{Numbers, is_zero};

use super::Algebra;

/// A block of worlds. Which variables are on is drawn where it is needed.
pub(in crate::logic) struct Words<'a, S: Simd> {
    pub(in crate::logic) simd: S,
    pub(in crate::logic) numbers: Numbers<'a, S>,
}

impl<S: Simd> Algebra for Words<'_, S> {
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
        Ok(self.numbers.on(self.simd, variable, one))
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
    fn same(&self, one: &u64x8<S>, other: &u64x8<S>) -> bool {
        is_zero(self.simd, *one ^ *other)
    }

    #[inline(always)]
    fn glimpse(value: &u64x8<S>) -> u64 {
        value.as_slice()[0]
    }
}
