//! Degrees, and the verdict that is read from them.

use std::fmt;

use crate::model::{Bar, Standard};

/// Numbers are compared with this tolerance, in favour of *reached*.
pub(super) const TOLERANCE: f64 = 1e-9;

/// How much of the probability falls on worlds in which a statement is told true, false, both or neither.
///
/// Each is from 0 to 1; together they make 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// Told true: a case for it and none against.
    pub in_favour: f64,
    /// Told false: a case against it and none for.
    pub against: f64,
    /// Told both.
    pub conflict: f64,
    /// Told neither.
    pub ignorance: f64,
    /// Whether a case for it or against it is possible in some world of probability above 0.
    pub any_case: bool,
}

impl Degrees {
    /// From the first three, which are probabilities of conditions that exclude each other.
    pub(super) fn new(in_favour: f64, against: f64, conflict: f64, any_case: bool) -> Self {
        let ignorance = (1.0 - in_favour - against - conflict).max(0.0);
        Self { in_favour, against, conflict, ignorance, any_case }
    }

    /// The case for the statement, from 0 to 1: told true or both.
    pub fn case_for(&self) -> f64 {
        (self.in_favour + self.conflict).min(1.0)
    }

    /// The case against the statement, from 0 to 1: told false or both.
    pub fn case_against(&self) -> f64 {
        (self.against + self.conflict).min(1.0)
    }

    /// Whether none of the four differs by more than some amount from another's.
    pub(super) fn is_close(&self, other: Self, by: f64) -> bool {
        let of = |degrees: Self| [degrees.in_favour, degrees.against, degrees.conflict, degrees.ignorance];
        of(*self).into_iter().zip(of(other)).all(|(one, other)| (one - other).abs() <= by)
    }

    /// The degrees of the contrary.
    pub(super) fn mirrored(self) -> Self {
        Self { in_favour: self.against, against: self.in_favour, ..self }
    }

    /// Whether the case for the statement meets a bar: large enough, and far enough ahead of the other.
    pub fn meets(&self, bar: Bar) -> bool {
        reaches(self.case_for(), bar.case.get()) && reaches(self.case_for() - self.case_against(), bar.margin.get())
    }
}

impl From<crate::logic::Reading> for Degrees {
    fn from(read: crate::logic::Reading) -> Self {
        Self::new(read.told_true, read.told_false, read.told_both, read.any_case)
    }
}

pub(super) fn reaches(number: f64, bar: f64) -> bool {
    number >= bar - TOLERANCE
}

/// The answer on a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The case for it meets the standard.
    Supported,
    /// Both cases are serious and neither prevails.
    Contested,
    /// All else.
    Unsupported,
}

/// The verdict with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// Supported.
    Established,
    /// Contested by a rival reading that has a serious case.
    RivalReadings,
    /// Contested by evidence on both sides.
    ConflictingEvidence,
    /// Unsupported: the case against it meets the standard, and not only through a contest of readings.
    Refuted,
    /// Unsupported: there is something, and not enough.
    Insufficient,
    /// Unsupported: there is nothing either way.
    NoEvidence,
}

impl Detail {
    /// Every detail, the best first.
    pub const ALL: [Self; 6] = [
        Self::Established,
        Self::RivalReadings,
        Self::ConflictingEvidence,
        Self::Refuted,
        Self::Insufficient,
        Self::NoEvidence,
    ];

    /// The verdict that this is a detail of.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Established => Verdict::Supported,
            Self::RivalReadings | Self::ConflictingEvidence => Verdict::Contested,
            Self::Refuted | Self::Insufficient | Self::NoEvidence => Verdict::Unsupported,
        }
    }

    /// Whether the standard was met, one way or the other.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Established | Self::Refuted)
    }

    /// Whether a change from one to the other is no change of verdict: the two details of contested are taken as one.
    pub fn is_same_verdict(self, other: Self) -> bool {
        self.contests_merged() == other.contests_merged()
    }

    /// The same with the two details of contested taken as one: where these differ, a verdict has changed.
    pub fn contests_merged(self) -> Self {
        if self == Self::ConflictingEvidence { Self::RivalReadings } else { self }
    }

    /// The same with, besides, `Insufficient` and `NoEvidence` taken as one.
    pub(super) fn shortfalls_merged(self) -> Self {
        if self == Self::NoEvidence { Self::Insufficient } else { self.contests_merged() }
    }

    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::RivalReadings => "rival_readings",
            Self::ConflictingEvidence => "conflicting_evidence",
            Self::Refuted => "refuted",
            Self::Insufficient => "insufficient",
            Self::NoEvidence => "no_evidence",
        }
    }
}

impl Verdict {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contested => "contested",
            Self::Unsupported => "unsupported",
        }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

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

    pub(super) fn of(detail: Detail, degrees: Degrees) -> Self {
        let lead = degrees.in_favour - degrees.against;
        match detail {
            Detail::Established => Self::For,
            Detail::Refuted => Self::Against,
            _ if reaches(lead, Self::LEAST) => Self::For,
            _ if reaches(-lead, Self::LEAST) => Self::Against,
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
    use crate::model::Thresholds;

    fn degrees(in_favour: f64, against: f64, conflict: f64) -> Degrees {
        Degrees::new(in_favour, against, conflict, true)
    }

    #[test]
    fn a_case_has_to_be_large_and_to_lead() {
        let bar = Thresholds::default().bar(Standard::ClearAndConvincing);
        assert!(degrees(0.75, 0.0, 0.0).meets(bar));
        assert!(!degrees(0.74, 0.0, 0.0).meets(bar));
        assert!(!degrees(0.34, 0.0, 0.66).meets(bar), "large, but not far enough ahead");
        assert!(degrees(0.35 - 1e-10, 0.0, 0.65).meets(bar), "within the tolerance");
    }

    #[test]
    fn a_leaning_takes_five_hundredths() {
        assert_eq!(Leaning::of(Detail::Insufficient, degrees(0.30, 0.25, 0.0)), Leaning::For);
        assert_eq!(Leaning::of(Detail::Insufficient, degrees(0.30, 0.26, 0.0)), Leaning::Neither);
        assert_eq!(Leaning::of(Detail::Refuted, degrees(0.0, 0.0, 0.0)), Leaning::Against);
    }
}
