//! The verdict on a statement with the numbers behind it, and which way it leans.

use crate::logic::Interval;
use crate::model::Standard;

use super::degrees::Degrees;
use super::detail::{Detail, Details, Verdict};
use super::standard::reaches;

/// Which way a statement leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaning {
    /// Towards true.
    For,
    /// Towards false.
    Against,
    /// Neither way.
    Neither,
}

impl Leaning {
    /// The least difference between the two degrees that makes a leaning.
    const LEAST: f64 = 0.05;

    pub(crate) fn of(detail: Detail, degrees: Degrees) -> Self {
        let lead = degrees.lead();
        let lead = degrees.within.map_or(Interval { low: lead, high: lead }, |within| within.lead);
        match detail {
            Detail::Established => Self::For,
            Detail::Refuted => Self::Against,
            _ if reaches(lead.low, Self::LEAST) => Self::For,
            _ if reaches(-lead.high, Self::LEAST) => Self::Against,
            _ => Self::Neither,
        }
    }

    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Neither => "neither",
        }
    }
}

/// The verdict on a statement, with the numbers behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assessment {
    /// The degrees.
    pub degrees: Degrees,
    /// The verdict, with its detail.
    pub detail: Detail,
    /// The details that it can have: several where it is undecided.
    pub possible: Details,
    /// Which way it leans.
    pub leaning: Leaning,
    /// The standard that it was held to.
    pub standard: Standard,
    /// Whether the case against it meets that standard in the model without rivals.
    pub out: bool,
    /// Whether the case against it meets that standard only through a contest of readings, which is why it
    /// is not refuted.
    pub only_contested: bool,
}

impl Assessment {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.detail.verdict()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees(in_favour: f64, against: f64, conflict: f64) -> Degrees {
        Degrees::new(in_favour, against, conflict, true)
    }

    #[test]
    fn a_leaning_takes_five_hundredths() {
        assert_eq!(Leaning::of(Detail::Insufficient, degrees(0.30, 0.25, 0.0)), Leaning::For);
        assert_eq!(Leaning::of(Detail::Insufficient, degrees(0.30, 0.26, 0.0)), Leaning::Neither);
        assert_eq!(Leaning::of(Detail::Refuted, degrees(0.0, 0.0, 0.0)), Leaning::Against);
    }
}
