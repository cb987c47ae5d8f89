//! Proof standards and their thresholds.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::Probability;

/// A proof standard, in the sense of Carneades (Gordon, Prakken and Walton 2007): how large a case has
/// to be, and by how much it has to exceed the other side's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Standard {
    /// More likely than not, by some margin.
    Preponderance,
    /// The default.
    #[default]
    ClearAndConvincing,
    /// The strictest.
    BeyondReasonableDoubt,
}

impl Standard {
    /// Every standard, from the mildest to the strictest.
    pub const ALL: [Self; 3] = [Self::Preponderance, Self::ClearAndConvincing, Self::BeyondReasonableDoubt];

    /// The name in output: `clear_and_convincing`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preponderance => "preponderance",
            Self::ClearAndConvincing => "clear_and_convincing",
            Self::BeyondReasonableDoubt => "beyond_reasonable_doubt",
        }
    }

    /// The name in prose: `clear and convincing evidence`.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Preponderance => "preponderance of the evidence",
            Self::ClearAndConvincing => "clear and convincing evidence",
            Self::BeyondReasonableDoubt => "beyond reasonable doubt",
        }
    }
}

impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no standard.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "there is no standard `{0}`; the standards are preponderance, clear-and-convincing and beyond-reasonable-doubt"
)]
pub struct StandardError(String);

impl FromStr for Standard {
    type Err = StandardError;

    /// Reads a name in any of the usual spellings: `ClearAndConvincing`, `clear-and-convincing`,
    /// `clear_and_convincing`.
    fn from_str(word: &str) -> Result<Self, StandardError> {
        let plain = |text: &str| text.replace(['_', '-', ' '], "").to_lowercase();
        Self::ALL
            .into_iter()
            .find(|standard| plain(standard.name()) == plain(word))
            .ok_or_else(|| StandardError(word.to_owned()))
    }
}

/// What a case has to reach under one standard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The least size of the case.
    pub case: Probability,
    /// The least difference to the other side's case.
    pub margin: Probability,
}

/// 1 less a case is taken for this where it is less.
const LEAST_DOUBT: f64 = 1e-9;

/// The weight of evidence of a case, from 0 to 20.7: -ln(1 - case) (Shafer 1976, *A Mathematical Theory of Evidence*,
/// chapter 5). It adds up over independent evidence, where cases only crowd below 1.
pub(crate) fn weight_of_evidence(case: f64) -> f64 {
    // Of no evidence it is 0, not -0.
    0.0 - libm::log((1.0 - case).max(LEAST_DOUBT))
}

impl Bar {
    /// How many times the weight of the other side's case outweighs it, from 1 up: the ratio at which a case that just
    /// meets this bar stands to the strongest case that it may have against it. None where nothing outweighs, as the
    /// margin is not less than the case.
    pub fn outweighs(self) -> Option<f64> {
        let strongest = self.case.get() - self.margin.get();
        (strongest > 0.0).then(|| weight_of_evidence(self.case.get()) / weight_of_evidence(strongest))
    }
}

/// The numbers behind the standards, and from where on a case is serious.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// A case is serious from here on.
    pub serious: Probability,
    /// The bar of [`Standard::Preponderance`].
    pub preponderance: Bar,
    /// The bar of [`Standard::ClearAndConvincing`].
    pub clear_and_convincing: Bar,
    /// The bar of [`Standard::BeyondReasonableDoubt`].
    pub beyond_reasonable_doubt: Bar,
}

impl Thresholds {
    /// The bar of a standard.
    pub fn bar(&self, standard: Standard) -> Bar {
        match standard {
            Standard::Preponderance => self.preponderance,
            Standard::ClearAndConvincing => self.clear_and_convincing,
            Standard::BeyondReasonableDoubt => self.beyond_reasonable_doubt,
        }
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        let number = |number| Probability::new(number).expect("the defaults are probabilities");
        let bar = |case, margin| Bar { case: number(case), margin: number(margin) };
        Self {
            serious: number(0.25),
            preponderance: bar(0.50, 0.10),
            clear_and_convincing: bar(0.75, 0.35),
            beyond_reasonable_doubt: bar(0.95, 0.70),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_outweighs_under_each_standard() {
        // ln(0.50) / ln(0.60), ln(0.25) / ln(0.60) and ln(0.05) / ln(0.75), by hand.
        let ratios = Standard::ALL.map(|standard| Thresholds::default().bar(standard).outweighs().expect("one"));
        for (ratio, expected) in ratios.into_iter().zip([1.356_915, 2.713_831, 10.413_344]) {
            assert!((ratio - expected).abs() < 1e-6, "{ratio} is not {expected}");
        }
        let half = Probability::new(0.5).expect("one half");
        assert_eq!(Bar { case: half, margin: half }.outweighs(), None);
    }

    #[test]
    fn names_read_back_in_every_spelling() {
        for word in ["ClearAndConvincing", "clear_and_convincing", "clear-and-convincing"] {
            assert_eq!(word.parse(), Ok(Standard::ClearAndConvincing));
        }
        assert!("likely".parse::<Standard>().is_err());
    }
}
