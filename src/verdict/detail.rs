//! Verdicts with their details, and the rule that reads them from degrees.

use std::fmt;

use super::degrees::Degrees;
use super::standard::{Sure, all_sure};
use crate::model::{Bar, Effect, Thresholds};

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

    /// These and those.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a detail is among them.
    pub fn has(self, detail: Detail) -> bool {
        self.0 & 1 << detail as u8 != 0
    }

    /// They, in order.
    pub fn iter(self) -> impl Iterator<Item = Detail> {
        Detail::ALL.into_iter().filter(move |&detail| self.has(detail))
    }

    /// The details that a statement can have: the conditions in the order of the definition, as far as the degrees are
    /// known. `refutes_alone` says whether the case against it is more than a contest of readings, `any_competing`
    /// whether a rival reading competes; each is asked only where the details turn on it.
    ///
    /// # Errors
    ///
    /// Those of the two questions.
    pub(crate) fn possible<E>(
        degrees: Degrees,
        bar: Bar,
        thresholds: &Thresholds,
        refutes_alone: impl FnOnce() -> Result<Sure, E>,
        any_competing: impl FnOnce() -> Result<Sure, E>,
    ) -> Result<Self, E> {
        let mut possible = Self::default();
        if possible.add(Detail::Established, degrees.surely_meets(bar)) {
            return Ok(possible);
        }
        let mut refuted = degrees.mirrored().surely_meets(bar);
        if refuted != Some(false) {
            refuted = all_sure([refuted, refutes_alone()?]);
        }
        if possible.add(Detail::Refuted, refuted) {
            return Ok(possible);
        }
        let serious = thresholds.serious.get();
        let contested =
            all_sure([degrees.case_surely_reaches(serious), degrees.mirrored().case_surely_reaches(serious)]);
        if contested != Some(false) {
            let rivals = any_competing()?;
            possible.add(Detail::RivalReadings, all_sure([contested, rivals]));
            possible.add(Detail::ConflictingEvidence, all_sure([contested, rivals.map(|some| !some)]));
        }
        if contested != Some(true) {
            let any_case = degrees.surely_any_case();
            possible.add(Detail::NoEvidence, any_case.map(|some| !some));
            possible.add(Detail::Insufficient, any_case);
        }
        Ok(possible)
    }

    /// Adds a detail unless its condition is known not to hold; true where it is known to hold.
    fn add(&mut self, detail: Detail, when: Sure) -> bool {
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

    /// The detail of a statement that is decided on a side: accepted, or rejected.
    pub(crate) fn decided_on(side: Effect) -> Self {
        match side {
            Effect::Supports => Self::Established,
            Effect::Opposes => Self::Refuted,
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
    pub(crate) fn shortfalls_merged(self) -> Self {
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
