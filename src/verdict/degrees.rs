//! The four degrees of a statement.

use std::ops::Deref;

use crate::logic::{self, Bounds, Interval};
use crate::model::{Bar, Effect, weight_of_evidence};

use super::standard::{Sure, all_sure, any_sure, leads, outweighs, reaches, surely_reaches};

/// The probability of the worlds in which there is a case for a statement, against it, both or neither (the four
/// values of Belnap 1977).
///
/// Each degree is from 0 to 1; together they make 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// There is a case for it and none against.
    pub in_favour: f64,
    /// There is a case against it and none for.
    pub against: f64,
    /// There are both.
    pub conflict: f64,
    /// There is neither.
    pub ignorance: f64,
    /// Whether a case for it or against it is possible in some world of probability above 0.
    pub any_case: bool,
    /// The intervals that contain them, where they are not exact.
    pub within: Option<Precision>,
}

impl Degrees {
    /// From the first three, which are probabilities of conditions that exclude each other.
    pub(crate) fn new(in_favour: f64, against: f64, conflict: f64, any_case: bool) -> Self {
        let ignorance = (1.0 - in_favour - against - conflict).max(0.0);
        Self { in_favour, against, conflict, ignorance, any_case, within: None }
    }

    /// These as an estimate of degrees that lie in some intervals: moved into them.
    pub(crate) fn clamped(self, within: Precision) -> Self {
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

    /// The case for the statement, from 0 to 1.
    pub fn case_for(&self) -> f64 {
        (self.in_favour + self.conflict).min(1.0)
    }

    /// The case against the statement, from 0 to 1.
    pub fn case_against(&self) -> f64 {
        (self.against + self.conflict).min(1.0)
    }

    /// The case on a side, from 0 to 1.
    pub fn case_on(&self, side: Effect) -> f64 {
        match side {
            Effect::Supports => self.case_for(),
            Effect::Opposes => self.case_against(),
        }
    }

    /// How far the degree for exceeds the degree against, from -1 to 1; the same as the lead of the case for.
    pub fn lead(&self) -> f64 {
        self.in_favour - self.against
    }

    /// Whether each of the four is within some amount of another's.
    pub(crate) fn is_close(&self, other: Self, by: f64) -> bool {
        let of = |degrees: Self| [degrees.in_favour, degrees.against, degrees.conflict, degrees.ignorance];
        of(*self).into_iter().zip(of(other)).all(|(one, other)| (one - other).abs() <= by)
    }

    /// The degrees of the contrary.
    pub(crate) fn mirrored(self) -> Self {
        let within = self.within.map(Precision::mirrored);
        Self { in_favour: self.against, against: self.in_favour, within, ..self }
    }

    /// The weight of evidence of the case for the statement, from 0 to 20.7 (Shafer 1976).
    pub fn weight_for(&self) -> f64 {
        weight_of_evidence(self.case_for())
    }

    /// The weight of evidence of the case against the statement, from 0 to 20.7.
    pub fn weight_against(&self) -> f64 {
        weight_of_evidence(self.case_against())
    }

    /// Whether the case for the statement meets a bar: large enough, and either far enough ahead of the other or
    /// outweighing it.
    pub fn meets(&self, bar: Bar) -> bool {
        reaches(self.case_for(), bar.case.get()) && leads(self.case_for(), self.case_against(), bar)
    }

    /// The same, as far as the degrees are known.
    pub(crate) fn surely_meets(&self, bar: Bar) -> Sure {
        match self.within {
            None => Some(self.meets(bar)),
            Some(within) => all_sure([
                surely_reaches(within.case_for, bar.case.get()),
                any_sure([surely_reaches(within.lead, bar.margin.get()), within.surely_outweighs(bar)]),
            ]),
        }
    }

    /// Whether the case for the statement reaches a number, as far as the degrees are known.
    pub(crate) fn case_surely_reaches(&self, number: f64) -> Sure {
        match self.within {
            None => Some(reaches(self.case_for(), number)),
            Some(within) => surely_reaches(within.case_for, number),
        }
    }

    /// Whether a case is possible at all, as far as that is known.
    pub(crate) fn surely_any_case(&self) -> Sure {
        self.within.map_or(Some(self.any_case), |within| within.any_case)
    }
}

/// Intervals that contain the degrees: confidence intervals where worlds were sampled, bounds where those were asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// The intervals.
    pub bounds: Bounds,
    /// Whether a case is possible at all, if that is known.
    pub any_case: Option<bool>,
}

impl Precision {
    /// Nothing is known.
    pub const NONE: Self = Self { bounds: Bounds::UNKNOWN, any_case: None };

    /// Degrees that are known.
    pub(crate) fn exact(degrees: Degrees) -> Self {
        let at = |number: f64| Interval { low: number, high: number };
        let bounds = Bounds {
            in_favour: at(degrees.in_favour),
            against: at(degrees.against),
            conflict: at(degrees.conflict),
            ignorance: at(degrees.ignorance),
            case_for: at(degrees.case_for()),
            case_against: at(degrees.case_against()),
            lead: at(degrees.lead()),
        };
        Self { bounds, any_case: Some(degrees.any_case) }
    }

    /// Whether the case for outweighs the case against, as far as the two are known.
    fn surely_outweighs(&self, bar: Bar) -> Sure {
        let (case, other) = (self.case_for, self.case_against);
        match (outweighs(case.low, other.high, bar), outweighs(case.high, other.low, bar)) {
            (true, _) => Some(true),
            (_, false) => Some(false),
            _ => None,
        }
    }

    /// What holds if either is so.
    pub(crate) fn or(self, other: Self) -> Self {
        let any_case = if self.any_case == other.any_case { self.any_case } else { None };
        Self { bounds: self.bounds.hull(other.bounds), any_case }
    }

    fn mirrored(self) -> Self {
        let Bounds { in_favour, against, case_for, case_against, lead, .. } = self.bounds;
        let bounds = Bounds {
            in_favour: against,
            against: in_favour,
            case_for: case_against,
            case_against: case_for,
            lead: Interval { low: -lead.high, high: -lead.low },
            ..self.bounds
        };
        Self { bounds, ..self }
    }
}

impl Deref for Precision {
    type Target = Bounds;

    fn deref(&self) -> &Bounds {
        &self.bounds
    }
}

impl From<Degrees> for logic::Reading {
    /// The degrees without the intervals.
    fn from(degrees: Degrees) -> Self {
        let Degrees { in_favour, against, conflict, any_case, .. } = degrees;
        Self { in_favour, conflict, against, any_case }
    }
}

impl From<logic::Reading> for Degrees {
    fn from(read: logic::Reading) -> Self {
        Self::new(read.in_favour, read.against, read.conflict, read.any_case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Standard, Thresholds};

    fn degrees(in_favour: f64, against: f64, conflict: f64) -> Degrees {
        Degrees::new(in_favour, against, conflict, true)
    }

    #[test]
    fn a_case_has_to_be_large_and_to_lead() {
        let bar = Thresholds::default().bar(Standard::ClearAndConvincing);
        assert!(degrees(0.75, 0.0, 0.0).meets(bar));
        assert!(!degrees(0.74, 0.0, 0.0).meets(bar));
        assert!(!degrees(0.15, 0.0, 0.6).meets(bar), "large, but neither far enough ahead nor outweighing");
        assert!(degrees(0.35 - 1e-10, 0.0, 0.65).meets(bar), "within the tolerance");
    }
}
