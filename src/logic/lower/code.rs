//! One condition of a row in four bytes.

/// What a condition looks at, and whether it is the last one of its rule.
///
/// The kind is in the two highest bits, so that conditions sort with values first and variables last: what is
/// already known narrows down what a variable still has to be drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::logic) struct Code(u32);

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::logic) enum Kind {
    /// That a value holds.
    So,
    /// That a value does not hold.
    Not,
    /// That a variable is on.
    Variable,
    /// Nothing: the rule has no condition.
    Nothing,
}

impl Code {
    const LAST: u32 = 1 << 29;
    /// The one condition of a rule without any.
    pub(in crate::logic) const NOTHING: Self = Self(3 << 30);

    pub(in crate::logic) fn so(index: u32) -> Self {
        Self::new(0, index)
    }

    pub(in crate::logic) fn not(index: u32) -> Self {
        Self::new(1, index)
    }

    pub(in crate::logic) fn variable(index: u32) -> Self {
        Self::new(2, index)
    }

    fn new(kind: u32, index: u32) -> Self {
        assert!(index < Self::LAST, "fewer than {} values and variables", Self::LAST);
        Self(kind << 30 | index)
    }

    /// The same condition as the last of its rule.
    pub(in crate::logic) fn last(self) -> Self {
        Self(self.0 | Self::LAST)
    }

    /// The same condition, as the last of its rule or not as `like` is.
    pub(in crate::logic) fn placed_as(self, like: Self) -> Self {
        Self(self.0 | like.0 & Self::LAST)
    }

    #[inline(always)]
    pub(in crate::logic) fn kind(self) -> Kind {
        match self.0 >> 30 {
            0 => Kind::So,
            1 => Kind::Not,
            2 => Kind::Variable,
            _ => Kind::Nothing,
        }
    }

    #[inline(always)]
    pub(in crate::logic) fn index(self) -> usize {
        (self.0 & (Self::LAST - 1)) as usize
    }

    #[inline(always)]
    pub(in crate::logic) fn is_last(self) -> bool {
        self.0 & Self::LAST != 0
    }

    /// The value that it looks at, if it looks at one.
    #[inline(always)]
    pub(in crate::logic) fn value(self) -> Option<usize> {
        matches!(self.kind(), Kind::So | Kind::Not).then(|| self.index())
    }
}
