//! The one table of graded words: how likely, and, kept apart from it, how firm.
//!
//! Words of likelihood are those of Intelligence Community Directive 203, *Analytic Standards* (2015). They say how
//! large a degree is. Words of confidence say how well a verdict would stand if something were taken from it. The
//! directive asks that the two never meet in one sentence; here they never do.

use crate::engine::StatementAnswer;
use crate::verdict::Reason;

/// A word of likelihood, with the probabilities that it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likelihood {
    /// From this percentage on.
    pub from: u8,
    /// Up to this percentage: that itself has the next word, except of the last.
    pub to: u8,
    /// The words.
    pub words: &'static str,
    /// The verb and the article with which they say something of a case.
    pub(super) verb: [&'static str; 2],
}

/// A case is likely, or has a chance.
const IS: [&str; 2] = ["is", ""];

/// Words of likelihood, the least likely first (ICD 203, 2015). The first also stands for what is less likely than
/// its range, the last for what is more so.
pub const LIKELIHOODS: [Likelihood; 7] = [
    Likelihood { from: 1, to: 5, words: "almost no chance", verb: ["has", ""] },
    Likelihood { from: 5, to: 20, words: "very unlikely", verb: IS },
    Likelihood { from: 20, to: 45, words: "unlikely", verb: IS },
    Likelihood { from: 45, to: 55, words: "roughly even chance", verb: ["has", "a "] },
    Likelihood { from: 55, to: 80, words: "likely", verb: IS },
    Likelihood { from: 80, to: 95, words: "very likely", verb: IS },
    Likelihood { from: 95, to: 99, words: "almost certain", verb: IS },
];

/// The words for a probability from 0 to 1, taken of the number as it is shown, to two decimals, so that one number
/// never gets two words.
///
/// ```
/// use evigraph::internals::words::likelihood;
/// assert_eq!(likelihood(0.92), "very likely");
/// assert_eq!(likelihood(0.9496), "almost certain", "it is shown as 0.95");
/// assert_eq!(likelihood(0.2), "unlikely");
/// ```
pub fn likelihood(probability: f64) -> &'static str {
    likelihood_of(probability).words
}

pub(super) fn likelihood_of(probability: f64) -> &'static Likelihood {
    let percent = (probability * 100.0).round();
    let reached = LIKELIHOODS.iter().rfind(|likelihood| percent >= f64::from(likelihood.from));
    reached.unwrap_or(&LIKELIHOODS[0])
}

/// How well a decided verdict would stand if something were taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// One source less changes it.
    Low,
    /// No one source less changes it; withheld material or slightly weaker numbers could.
    Moderate,
    /// It is settled.
    High,
}

impl Confidence {
    /// Every level, the lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Moderate, Self::High];

    /// The confidence in a verdict; none where nothing is decided, or where it was not asked whether it is settled.
    pub fn of(answer: &StatementAnswer) -> Option<Self> {
        let settlement = answer.settlement.as_ref().filter(|_| answer.assessment.detail.is_decided())?;
        let hangs_on_one = settlement.reasons.iter().any(|reason| matches!(reason, Reason::SingleSource { .. }));
        Some(match settlement.settled {
            true => Self::High,
            false if hangs_on_one => Self::Low,
            false => Self::Moderate,
        })
    }

    /// The words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Low => "low confidence",
            Self::Moderate => "moderate confidence",
            Self::High => "high confidence",
        }
    }

    /// What the words stand for.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Low => "decided, but one source less would change it",
            Self::Moderate => {
                "decided, and no one source less changes it; withheld material or slightly weaker numbers could"
            }
            Self::High => {
                "settled: neither one source less, nor withheld material, nor slightly weaker numbers change it"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ranges of the directive, written down a second time.
    #[test]
    fn every_percentage_has_the_word_of_the_directive() {
        let words = |percent: u32| match percent {
            0..5 => "almost no chance",
            5..20 => "very unlikely",
            20..45 => "unlikely",
            45..55 => "roughly even chance",
            55..80 => "likely",
            80..95 => "very likely",
            _ => "almost certain",
        };
        for percent in 0..=100 {
            assert_eq!(likelihood(f64::from(percent) / 100.0), words(percent), "{percent} %");
        }
    }
}
