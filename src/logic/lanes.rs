//! What the rows are worked out in.

/// The operations of [`Algebra`](super::super::Algebra) on values that are copied, for many worlds or numbers
/// side by side.
///
/// An `Algebra` gives values that may fail and have to be cloned; here they are a few machine words, and two
/// more things are known while a rule is read: what is so already need not be asked again
/// ([`open`](Lanes::open)), and a variable matters only where the rest of its rule holds
/// ([`and_variable`](Lanes::and_variable)). Loops are gone round until values stay the [`same`](Lanes::same).
pub(in crate::logic) trait Lanes {
    /// A value.
    type Value: Copy;

    /// Never.
    fn never(&self) -> Self::Value;
    /// Always.
    fn always(&self) -> Self::Value;
    /// When `one` is so and the variable is on.
    fn and_variable(&self, one: Self::Value, variable: usize) -> Self::Value;
    /// When both are so.
    fn and(&self, one: Self::Value, other: Self::Value) -> Self::Value;
    /// When `one` is so and `other` is not.
    fn and_not(&self, one: Self::Value, other: Self::Value) -> Self::Value;
    /// What the next rule starts from, given when a rule before it holds: it need not ask there again.
    fn open(&self, so: Self::Value) -> Self::Value;
    /// When a rule before holds, or this one, which started from [`open`](Lanes::open).
    fn join(&self, so: Self::Value, rule: Self::Value) -> Self::Value;
    /// When something is possibly so and not certainly.
    fn undecided(&self, possible: Self::Value, certain: Self::Value) -> Self::Value;
    /// When an attack silences that did so before and is undecided now.
    fn silence(&self, before: Self::Value, undecided: Self::Value) -> Self::Value;
    /// Whether two values are the same, as far as loops are concerned.
    fn same(&self, one: Self::Value, other: Self::Value) -> bool;

    /// Whether values are so large that they are best fetched ahead of their use.
    const FETCH: bool = false;
    /// Some part of a value. Reading it brings the value into the cache.
    #[inline(always)]
    fn glimpse(_: &Self::Value) -> u64 {
        0
    }

    /// How often each row of a loop may be read, on the average; without a limit where it always ends.
    fn patience(&self) -> Option<usize> {
        None
    }
    /// What is said of everything in a loop that did not end within the patience, given what was found for it.
    fn unfinished(&self, found: Self::Value) -> Self::Value {
        found
    }
}

/// One world: a value is so or not.
#[derive(Debug, Clone)]
pub(in crate::logic) struct OneByOne {
    /// Which variables are on.
    pub(in crate::logic) on: Vec<bool>,
}

impl Lanes for OneByOne {
    type Value = bool;

    #[inline(always)]
    fn never(&self) -> bool {
        false
    }

    #[inline(always)]
    fn always(&self) -> bool {
        true
    }

    #[inline(always)]
    fn and_variable(&self, one: bool, variable: usize) -> bool {
        one && self.on[variable]
    }

    #[inline(always)]
    fn and(&self, one: bool, other: bool) -> bool {
        one && other
    }

    #[inline(always)]
    fn and_not(&self, one: bool, other: bool) -> bool {
        one && !other
    }

    #[inline(always)]
    fn open(&self, so: bool) -> bool {
        !so
    }

    #[inline(always)]
    fn join(&self, so: bool, rule: bool) -> bool {
        so || rule
    }

    #[inline(always)]
    fn undecided(&self, possible: bool, certain: bool) -> bool {
        possible && !certain
    }

    #[inline(always)]
    fn silence(&self, before: bool, undecided: bool) -> bool {
        before || undecided
    }

    #[inline(always)]
    fn same(&self, one: bool, other: bool) -> bool {
        one == other
    }
}
