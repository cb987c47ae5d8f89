//! What holds whatever the dependence between the sources.

use std::convert::Infallible;

use crate::logic::evaluate::Memory;
use crate::logic::lower::Rows;

use super::{Algebra, FourValues, Side, four_values_in};

/// What a number lies between, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The number is no less than this.
    pub low: f64,
    /// The number is no more than this.
    pub high: f64,
}

impl Interval {
    /// Any probability.
    pub const UNKNOWN: Self = Self { low: 0.0, high: 1.0 };
    const ZERO: Self = Self { low: 0.0, high: 0.0 };
    const ONE: Self = Self { low: 1.0, high: 1.0 };

    /// Half of the distance between the two ends.
    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Whether a number lies in it.
    pub fn contains(self, number: f64) -> bool {
        self.low <= number && number <= self.high
    }

    /// What lies in both; where rounding leaves nothing, the end that is meant.
    fn intersection(self, other: Self) -> Self {
        let low = self.low.max(other.low);
        Self { low, high: self.high.min(other.high).max(low) }
    }

    /// The least interval that contains both.
    fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// The difference of a number in this interval and one in the other.
    pub(in crate::logic) fn less(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    /// The probability that two events with these probabilities both happen (Fréchet 1935).
    fn both(self, other: Self) -> Self {
        Self { low: (self.low + other.low - 1.0).max(0.0), high: self.high.min(other.high) }
    }

    /// The probability that at least one of two events happens (Fréchet 1935).
    fn either(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: (self.high + other.high).min(1.0) }
    }

    fn not(self) -> Self {
        Self { low: 1.0 - self.high, high: 1.0 - self.low }
    }
}

/// What the probabilities of a statement lie between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// A case for it, and none against.
    pub in_favour: Interval,
    /// A case against it, and none for.
    pub against: Interval,
    /// Both.
    pub conflict: Interval,
    /// Neither.
    pub ignorance: Interval,
    /// `in_favour` and `conflict` together.
    pub case_for: Interval,
    /// `against` and `conflict` together.
    pub case_against: Interval,
    /// `in_favour` less `against`, from -1 to 1.
    pub lead: Interval,
}

impl Bounds {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        in_favour: Interval::UNKNOWN,
        against: Interval::UNKNOWN,
        conflict: Interval::UNKNOWN,
        ignorance: Interval::UNKNOWN,
        case_for: Interval::UNKNOWN,
        case_against: Interval::UNKNOWN,
        lead: Interval { low: -1.0, high: 1.0 },
    };

    /// What they lie between if they lie between these or those.
    pub(crate) fn hull(self, other: Self) -> Self {
        self.each(other, Interval::hull)
    }

    /// What they lie between if they lie between these and those.
    pub(crate) fn intersection(self, other: Self) -> Self {
        self.each(other, Interval::intersection)
    }

    fn each(self, other: Self, of: impl Fn(Interval, Interval) -> Interval) -> Self {
        Self {
            in_favour: of(self.in_favour, other.in_favour),
            against: of(self.against, other.against),
            conflict: of(self.conflict, other.conflict),
            ignorance: of(self.ignorance, other.ignorance),
            case_for: of(self.case_for, other.case_for),
            case_against: of(self.case_against, other.case_against),
            lead: of(self.lead, other.lead),
        }
    }
}

/// Intervals of probabilities of events that may depend on each other in any way.
///
/// Every round of a loop is a condition on the variables whose probability lies in its interval: so the intervals of
/// the last round contain that of the fixed point, once another round changes them no more. Of a loop that takes too
/// many rounds nothing is known.
struct Frechet<'a> {
    least: &'a [f64],
    most: &'a [f64],
}

impl Frechet<'_> {
    /// How often each row of a loop may be evaluated.
    const PATIENCE: usize = 1000;
}

impl Algebra for Frechet<'_> {
    type Value = Interval;
    type Failure = Infallible;

    fn bottom(&self) -> Interval {
        Interval::ZERO
    }

    fn top(&self) -> Interval {
        Interval::ONE
    }

    fn and_variable(&mut self, one: Interval, variable: usize) -> Result<Interval, Infallible> {
        Ok(one.both(Interval { low: self.least[variable], high: self.most[variable] }))
    }

    fn and(&mut self, one: Interval, other: &Interval) -> Result<Interval, Infallible> {
        Ok(one.both(*other))
    }

    fn and_not(&mut self, one: Interval, other: &Interval) -> Result<Interval, Infallible> {
        Ok(one.both(other.not()))
    }

    fn or(&mut self, one: Interval, other: &Interval) -> Result<Interval, Infallible> {
        Ok(one.either(*other))
    }

    /// What is certain is possible.
    fn undecided(&mut self, possible: &Interval, certain: &Interval) -> Result<Interval, Infallible> {
        let Interval { low, high } = possible.less(*certain);
        Ok(Interval { low: low.max(0.0), high: high.max(0.0) })
    }

    fn same(&self, one: &Interval, other: &Interval) -> bool {
        one == other
    }

    fn patience(&self) -> Option<usize> {
        Some(Self::PATIENCE)
    }

    fn unfinished(&self, _: &Interval) -> Interval {
        Interval::UNKNOWN
    }
}

/// What the probabilities of each target lie between, whatever the dependence between the variables: each is on
/// with a probability between its least and its most, and no more is assumed. Bounds for single probabilities; not
/// all values within them can occur together, and they are not the tightest there are.
///
/// Cost: a few operations for each condition outside of loops.
pub fn bounds(rows: &Rows, least: &[f64], most: &[f64]) -> Vec<Bounds> {
    assert!(rows.covers(least.len()) && rows.covers(most.len()), "every variable has a least and a most probability");
    let mut algebra = Frechet { least, most };
    let Ok(memory) = Memory::evaluated(rows, &mut algebra);
    rows.sides(&memory.values).map(|sides| within(&mut algebra, &sides)).collect()
}

/// The bounds of a statement, given those of its two sides.
fn within(algebra: &mut Frechet<'_>, sides: &[Side<Interval>; 2]) -> Bounds {
    let Ok(FourValues { in_favour, against, conflict }) = four_values_in(algebra, sides);
    // A case counts wherever it is certain, and only where it is possible.
    let [case_for, case_against] = sides.map(|Side { certain, possible }| Interval { low: certain.low, ..possible });
    let [certain, possible] = [sides[0].certain.either(sides[1].certain), sides[0].possible.either(sides[1].possible)];
    let some_case = Interval { low: certain.low, high: possible.high };
    let all = [in_favour, against, conflict, some_case.not()];
    let [in_favour, against, conflict, ignorance] = [0, 1, 2, 3].map(|value| {
        let others = all.iter().enumerate().filter(|&(other, _)| other != value);
        let (low, high) = others.fold((0.0, 0.0), |(low, high), (_, other)| (low + other.low, high + other.high));
        all[value].intersection(Interval { low: 1.0 - high, high: 1.0 - low })
    });
    // The lead is the case for less the case against as well.
    let lead = in_favour.less(against).intersection(case_for.less(case_against));
    Bounds { in_favour, against, conflict, ignorance, case_for, case_against, lead }
}
