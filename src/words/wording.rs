//! The one table of graded words: how strong a case is.
//!
//! A case is how much of the probability falls on worlds with a case for a statement; it is not the chance that the
//! statement is true. So the words are words of strength, and those of likelihood are left to those who estimate.

/// A word for the strength of a case, with the cases that it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// From this many hundredths on.
    pub from: u8,
    /// The word.
    pub word: &'static str,
}

/// Words for the strength of a case, the weakest first. They change where the thresholds of a case file stand by default:
/// from 0.25 a case is serious, from 0.50, 0.75 and 0.95 it is large enough for one more of the standards of proof. What
/// is nothing at all is no case.
pub const STRENGTHS: [Strength; 5] = [
    Strength { from: 0, word: "slight" },
    Strength { from: 25, word: "weak" },
    Strength { from: 50, word: "moderate" },
    Strength { from: 75, word: "strong" },
    Strength { from: 95, word: "very strong" },
];

/// The word for a case from 0 to 1, taken of the number as it is shown, to two decimals, so that one number never gets
/// two words.
///
/// ```
/// use evigraph::internals::words::strength;
/// assert_eq!(strength(0.68), "moderate");
/// assert_eq!(strength(0.9496), "very strong", "it is shown as 0.95");
/// assert_eq!(strength(0.2), "slight");
/// ```
pub fn strength(case: f64) -> &'static str {
    let hundredths = (case * 100.0).round();
    let reached = STRENGTHS.iter().rfind(|strength| hundredths >= f64::from(strength.from));
    reached.unwrap_or(&STRENGTHS[0]).word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Standard, Thresholds};

    #[test]
    fn words_change_where_the_thresholds_stand() {
        let thresholds = Thresholds::default();
        let bars = Standard::ALL.map(|standard| thresholds.bar(standard).case.get());
        let from = STRENGTHS.map(|strength| f64::from(strength.from) / 100.0);
        assert_eq!(from, [0.0, thresholds.serious.get(), bars[0], bars[1], bars[2]]);
        assert_eq!(
            [0.0, 0.24, 0.25, 0.49, 0.74, 0.95, 1.0].map(strength),
            ["slight", "slight", "weak", "weak", "moderate", "very strong", "very strong"]
        );
    }
}
