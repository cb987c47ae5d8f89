//! Degrees, and the verdict that is read from them.

use std::fmt;

use crate::logic::Interval;
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
    /// What they are known to lie in, where they are not exact.
    pub within: Option<Precision>,
}

impl Degrees {
    /// From the first three, which are probabilities of conditions that exclude each other.
    pub(super) fn new(in_favour: f64, against: f64, conflict: f64, any_case: bool) -> Self {
        let ignorance = (1.0 - in_favour - against - conflict).max(0.0);
        Self { in_favour, against, conflict, ignorance, any_case, within: None }
    }

    /// These as an estimate of degrees that lie within something else: moved into it.
    pub(super) fn clamped(self, within: Precision) -> Self {
        let into = |number: f64, range: Interval| number.clamp(range.low, range.high.max(range.low));
        Self {
            in_favour: into(self.in_favour, within.in_favour),
            against: into(self.against, within.against),
            conflict: into(self.conflict, within.conflict),
            ignorance: into(self.ignorance, within.ignorance),
            any_case: within.any_case.unwrap_or(self.any_case),
            within: Some(within),
        }
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
        let within = self.within.map(Precision::mirrored);
        Self { in_favour: self.against, against: self.in_favour, within, ..self }
    }

    /// Whether the case for the statement meets a bar: large enough, and far enough ahead of the other.
    pub fn meets(&self, bar: Bar) -> bool {
        reaches(self.case_for(), bar.case.get()) && reaches(self.case_for() - self.case_against(), bar.margin.get())
    }

    /// The same, as far as it is known.
    pub(super) fn surely_meets(&self, bar: Bar) -> Sure {
        match self.within {
            None => Some(self.meets(bar)),
            Some(within) => all_sure([
                surely_reaches(within.case_for, bar.case.get()),
                surely_reaches(within.lead, bar.margin.get()),
            ]),
        }
    }

    /// Whether the case for the statement reaches a number, as far as it is known.
    pub(super) fn case_surely_reaches(&self, number: f64) -> Sure {
        match self.within {
            None => Some(reaches(self.case_for(), number)),
            Some(within) => surely_reaches(within.case_for, number),
        }
    }

    /// Whether a case is possible at all, as far as it is known.
    pub(super) fn surely_any_case(&self) -> Sure {
        self.within.map_or(Some(self.any_case), |within| within.any_case)
    }
}

pub(super) fn reaches(number: f64, bar: f64) -> bool {
    number >= bar - TOLERANCE
}

/// Yes, no, or not known at the precision that there is.
pub(super) type Sure = Option<bool>;

/// Whether all are so: no if one is not, whatever is known of the others.
pub(super) fn all_sure(parts: impl IntoIterator<Item = Sure>) -> Sure {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return part,
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

/// Whether one is so: yes if one is, whatever is known of the others.
pub(super) fn any_sure(parts: impl IntoIterator<Item = Sure>) -> Sure {
    all_sure(parts.into_iter().map(|part| part.map(|so| !so))).map(|none| !none)
}

/// Whether a number that lies in an interval reaches another.
fn surely_reaches(within: Interval, number: f64) -> Sure {
    match (reaches(within.low, number), reaches(within.high, number)) {
        (true, _) => Some(true),
        (_, false) => Some(false),
        _ => None,
    }
}

/// What degrees are known to lie in: an interval of confidence where worlds were sampled, bounds where those were asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// Told true.
    pub in_favour: Interval,
    /// Told false.
    pub against: Interval,
    /// Told both.
    pub conflict: Interval,
    /// Told neither.
    pub ignorance: Interval,
    /// The case for.
    pub case_for: Interval,
    /// The case against.
    pub case_against: Interval,
    /// Told true less told false, from -1 to 1; the same as the case for less the case against.
    pub lead: Interval,
    /// Whether a case is possible at all, if that is known.
    pub any_case: Option<bool>,
}

impl Precision {
    /// Nothing is known.
    pub const NONE: Self = Self {
        in_favour: Interval::UNKNOWN,
        against: Interval::UNKNOWN,
        conflict: Interval::UNKNOWN,
        ignorance: Interval::UNKNOWN,
        case_for: Interval::UNKNOWN,
        case_against: Interval::UNKNOWN,
        lead: Interval { low: -1.0, high: 1.0 },
        any_case: None,
    };

    fn mirrored(self) -> Self {
        Self {
            in_favour: self.against,
            against: self.in_favour,
            case_for: self.case_against,
            case_against: self.case_for,
            lead: Interval { low: -self.lead.high, high: -self.lead.low },
            ..self
        }
    }
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
    /// The degrees are not known well enough to tell.
    Undecided,
}

impl Verdict {
    /// Every verdict that a statement can have, the best first. Undecided is none.
    pub const ALL: [Self; 3] = [Self::Supported, Self::Contested, Self::Unsupported];
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
    /// The degrees are not known well enough to tell; never where they are exact.
    Undecided,
}

/// Some details of verdicts: those that a statement can have, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Details(u8);

impl Details {
    /// Every detail but undecided.
    pub fn every() -> Self {
        Detail::ALL.into_iter().fold(Self::default(), Self::with)
    }

    fn with(self, detail: Detail) -> Self {
        Self(self.0 | 1 << detail as u8)
    }

    /// Whether a detail is among them.
    pub fn has(self, detail: Detail) -> bool {
        self.0 & 1 << detail as u8 != 0
    }

    /// They, in order.
    pub fn iter(self) -> impl Iterator<Item = Detail> {
        Detail::ALL.into_iter().filter(move |&detail| self.has(detail))
    }

    /// Takes in a detail that applies when something is so, and says whether that ends the matter.
    pub(super) fn add(&mut self, detail: Detail, when: Sure) -> bool {
        if when != Some(false) {
            *self = self.with(detail);
        }
        when == Some(true)
    }

    /// The one there is, or undecided.
    pub fn only(self) -> Detail {
        let mut all = self.iter();
        match (all.next(), all.next()) {
            (Some(only), None) => only,
            _ => Detail::Undecided,
        }
    }
}

impl From<Detail> for Details {
    /// Just this one; all where it is undecided.
    fn from(detail: Detail) -> Self {
        if detail == Detail::Undecided { Self::every() } else { Self::default().with(detail) }
    }
}

impl Detail {
    /// Every detail that a statement can have, the best first. Undecided is none.
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
            Self::Undecided => Verdict::Undecided,
        }
    }

    /// Whether the standard was met, one way or the other.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Established | Self::Refuted)
    }

    /// Whether a change from one to the other is no change of verdict: the two details of contested are taken as one, and
    /// what is undecided is not known to differ.
    pub fn is_same_verdict(self, other: Self) -> bool {
        self.contests_merged() == other.contests_merged() || [self, other].contains(&Self::Undecided)
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
            Self::Undecided => "undecided",
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
            Self::Undecided => "undecided",
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
