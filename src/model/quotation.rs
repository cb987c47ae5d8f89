//! What became of a quotation that was compared with the kept copy of its source.

/// What became of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteState {
    /// The copy has its words to the last letter.
    Exact,
    /// The copy has its words, apart from formatting.
    Normalised,
    /// The copy has words that come close to it.
    Near,
    /// The copy does not have its words.
    Missing,
    /// The copy is not the file that the case means: its SHA-256 is another.
    Changed,
    /// There is no copy, or it could not be read.
    Unchecked,
}

impl QuoteState {
    /// Every state, the best first.
    pub const ALL: [Self; 6] =
        [Self::Exact, Self::Normalised, Self::Near, Self::Missing, Self::Changed, Self::Unchecked];

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Near => "near",
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Unchecked => "unchecked",
        }
    }

    /// Whether the copy has its words.
    pub fn is_found(self) -> bool {
        matches!(self, Self::Exact | Self::Normalised)
    }

    /// Whether it was looked for and is not there as it should be.
    pub fn is_wrong(self) -> bool {
        matches!(self, Self::Near | Self::Missing | Self::Changed)
    }

    /// What to say of it behind the quotation.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Exact => "found in the kept copy",
            Self::Normalised => "found in the kept copy, apart from formatting",
            Self::Near => "differs from the kept copy",
            Self::Missing => "not in the kept copy",
            Self::Changed => "not checked: the kept copy has changed",
            Self::Unchecked => "not checked against a copy",
        }
    }
}
