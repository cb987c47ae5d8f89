//! Checked quantities.

use std::fmt;

use thiserror::Error;

/// A probability: a number from 0 to 1, never NaN.
///
/// Reliability of a source, strength of a step and withheld share are all of this type; none has a unit.
///
/// ```
/// use evigraph::Probability;
/// assert_eq!(Probability::new(0.85)?.get(), 0.85);
/// assert!(Probability::new(f64::NAN).is_err());
/// # Ok::<(), evigraph::internals::model::ProbabilityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

/// A number that is no probability.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum ProbabilityError {
    /// Not a number at all.
    #[error("it is not a number")]
    NotANumber,
    /// Below 0 or above 1.
    #[error("{0} is outside 0 to 1")]
    OutOfRange(f64),
}

impl Probability {
    /// Never.
    pub const ZERO: Self = Self(0.0);
    /// Always.
    pub const ONE: Self = Self(1.0);
    /// Reliability of a document that gives none, as of grade `F`: cannot be judged.
    pub const UNRATED: Self = Self(0.5);

    /// Checks a number.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError`] if it is NaN or outside 0 to 1.
    pub const fn new(number: f64) -> Result<Self, ProbabilityError> {
        if number.is_nan() {
            Err(ProbabilityError::NotANumber)
        } else if number >= 0.0 && number <= 1.0 {
            // `+ 0.0` turns the negative zero into the ordinary one.
            Ok(Self(number + 0.0))
        } else {
            Err(ProbabilityError::OutOfRange(number))
        }
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Reliability of a grade `A` to `F` (after the Admiralty code; the numbers are this project's).
    pub fn reliability_word(word: &str) -> Option<Self> {
        Self::word(&Self::RELIABILITY, word)
    }

    /// Strength of a word such as `Strong`.
    pub fn strength_word(word: &str) -> Option<Self> {
        Self::word(&Self::STRENGTH, word)
    }

    /// Withheld share of a word such as `Partial`.
    pub fn withheld_word(word: &str) -> Option<Self> {
        Self::word(&Self::WITHHELD, word)
    }

    /// Words of reliability and their numbers.
    pub const RELIABILITY: [(&'static str, Self); 6] = [
        ("A", Self(0.95)),
        ("B", Self(0.80)),
        ("C", Self(0.60)),
        ("D", Self(0.40)),
        ("E", Self(0.20)),
        ("F", Self::UNRATED),
    ];

    /// Words of strength and their numbers.
    pub const STRENGTH: [(&'static str, Self); 5] = [
        ("Conclusive", Self::ONE),
        ("Strong", Self::STRONG),
        ("Moderate", Self::MODERATE),
        ("Weak", Self::WEAK),
        ("Slight", Self(0.20)),
    ];

    /// Words of withheld shares and their numbers.
    pub const WITHHELD: [(&'static str, Self); 4] =
        [("None", Self::ZERO), ("Partial", Self(0.25)), ("Heavy", Self(0.60)), ("Full", Self(0.95))];

    /// The strength `Strong`.
    pub const STRONG: Self = Self(0.85);
    /// The strength `Moderate`, of every step that gives none.
    pub const MODERATE: Self = Self(0.65);
    /// The strength `Weak`.
    pub const WEAK: Self = Self(0.40);

    fn word(words: &[(&str, Self)], word: &str) -> Option<Self> {
        words.iter().find(|(name, _)| *name == word).map(|&(_, number)| number)
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_from_0_to_1() {
        assert_eq!(Probability::new(1.5), Err(ProbabilityError::OutOfRange(1.5)));
        assert_eq!(Probability::new(f64::NAN), Err(ProbabilityError::NotANumber));
        assert!(Probability::new(-0.0).is_ok_and(|zero| zero.get().is_sign_positive()));
        assert_eq!(Probability::strength_word("Weak").map(Probability::get), Some(0.4));
        assert_eq!(Probability::reliability_word("F").map(Probability::get), Some(0.5));
        assert_eq!(Probability::withheld_word("Heavy").map(Probability::get), Some(0.6));
    }
}
