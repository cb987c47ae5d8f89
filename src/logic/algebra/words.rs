//! Blocks of worlds as machine words.

use fearless_simd::{Simd, prelude::*, u64x8};

use crate::logic::lanes::Lanes;
use crate::logic::sample::{Numbers, is_never};

/// 512 worlds side by side, a bit each.
pub(in crate::logic) struct Blocks<'a, S: Simd> {
    pub(in crate::logic) simd: S,
    pub(in crate::logic) numbers: Numbers<'a, S>,
}

impl<S: Simd> Lanes for Blocks<'_, S> {
    type Value = u64x8<S>;

    #[inline(always)]
    fn never(&self) -> u64x8<S> {
        u64x8::splat(self.simd, 0)
    }

    #[inline(always)]
    fn always(&self) -> u64x8<S> {
        u64x8::splat(self.simd, u64::MAX)
    }

    #[inline(always)]
    fn and_variable(&self, one: u64x8<S>, variable: usize) -> u64x8<S> {
        self.numbers.on(self.simd, variable, one)
    }

    #[inline(always)]
    fn and(&self, one: u64x8<S>, other: u64x8<S>) -> u64x8<S> {
        one & other
    }

    #[inline(always)]
    fn and_not(&self, one: u64x8<S>, other: u64x8<S>) -> u64x8<S> {
        one & !other
    }

    #[inline(always)]
    fn open(&self, so: u64x8<S>) -> u64x8<S> {
        !so
    }

    #[inline(always)]
    fn join(&self, so: u64x8<S>, rule: u64x8<S>) -> u64x8<S> {
        so | rule
    }

    #[inline(always)]
    fn undecided(&self, possible: u64x8<S>, certain: u64x8<S>) -> u64x8<S> {
        possible & !certain
    }

    #[inline(always)]
    fn silence(&self, before: u64x8<S>, undecided: u64x8<S>) -> u64x8<S> {
        before | undecided
    }

    #[inline(always)]
    fn same(&self, one: u64x8<S>, other: u64x8<S>) -> bool {
        is_never(self.simd, one ^ other)
    }

    const FETCH: bool = true;

    #[inline(always)]
    fn glimpse(value: &u64x8<S>) -> u64 {
        value.as_slice()[0]
    }
}
