//! What holds whatever the dependence between the sources.

use crate::logic::evaluate_rows::{Memory, evaluate};
use crate::logic::lanes::Lanes;
use crate::logic::lower::Rows;
use crate::logic::sample::Interval;

/// What the probabilities of a statement lie between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// That it is told true.
    pub in_favour: Interval,
    /// That it is told false.
    pub against: Interval,
    /// That it is told both.
    pub conflict: Interval,
    /// That it is told neither.
    pub ignorance: Interval,
    /// The case for it: told true or both.
    pub case_for: Interval,
    /// The case against it: told false or both.
    pub case_against: Interval,
    /// Belnap true less told false, from -1 to 1.
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
}

/// Intervals of probabilities of events that may depend on each other in any way (Fréchet 1935).
struct Frechet<'a> {
    least: &'a [f64],
    most: &'a [f64],
}

impl Frechet<'_> {
    /// How often each row of a loop may be read.
    const PATIENCE: usize = 1000;
}

const NEVER: Interval = Interval { low: 0.0, high: 0.0 };
const ALWAYS: Interval = Interval { low: 1.0, high: 1.0 };

fn both(one: Interval, other: Interval) -> Interval {
    Interval { low: (one.low + other.low - 1.0).max(0.0), high: one.high.min(other.high) }
}

fn either(one: Interval, other: Interval) -> Interval {
    Interval { low: one.low.max(other.low), high: (one.high + other.high).min(1.0) }
}

fn not(one: Interval) -> Interval {
    Interval { low: 1.0 - one.high, high: 1.0 - one.low }
}

/// Every round of a loop is a condition on the variables, and the interval of each contains its probability: so
/// the intervals of the last round contain that of the fixed point, once going round changes them no more. If
/// that takes too long, nothing is said.
impl Lanes for Frechet<'_> {
    type Value = Interval;

    #[inline(always)]
    fn never(&self) -> Interval {
        NEVER
    }

    #[inline(always)]
    fn always(&self) -> Interval {
        ALWAYS
    }

    #[inline(always)]
    fn and_variable(&self, one: Interval, variable: usize) -> Interval {
        both(one, Interval { low: self.least[variable], high: self.most[variable] })
    }

    #[inline(always)]
    fn and(&self, one: Interval, other: Interval) -> Interval {
        both(one, other)
    }

    #[inline(always)]
    fn and_not(&self, one: Interval, other: Interval) -> Interval {
        both(one, not(other))
    }

    #[inline(always)]
    fn open(&self, _: Interval) -> Interval {
        ALWAYS
    }

    #[inline(always)]
    fn join(&self, so: Interval, rule: Interval) -> Interval {
        either(so, rule)
    }

    /// What is certainly so is possibly so.
    #[inline(always)]
    fn undecided(&self, possible: Interval, certain: Interval) -> Interval {
        let Interval { low, high } = possible.less(certain);
        Interval { low: low.max(0.0), high: high.max(0.0) }
    }

    #[inline(always)]
    fn silence(&self, before: Interval, undecided: Interval) -> Interval {
        either(before, undecided)
    }

    #[inline(always)]
    fn same(&self, one: Interval, other: Interval) -> bool {
        one == other
    }

    fn patience(&self) -> Option<usize> {
        Some(Self::PATIENCE)
    }

    fn unfinished(&self, _: Interval) -> Interval {
        Interval::UNKNOWN
    }
}

/// What the probabilities of each target lie between, whatever the dependence between the variables: each is on
/// with a probability between its least and its most, and no more is assumed. Bounds for single probabilities; not
/// all values within them can occur together, and they are not the tightest there are.
///
/// Cost: a few operations for each condition outside of loops.
pub fn bounds(flat: &Rows, least: &[f64], most: &[f64]) -> Vec<Bounds> {
    assert!(flat.covers(least.len()) && flat.covers(most.len()), "every variable has a least and a most probability");
    let lanes = Frechet { least, most };
    let mut memory = Memory::new(flat, NEVER);
    evaluate(flat, &lanes, &mut memory);
    let values = &memory.values;
    let certain = |row: u32| values[row as usize];
    let possible = |row: u32| values[flat.possible[row as usize] as usize];
    let case = |row: u32| (certain(row), possible(row));
    flat.targets.iter().map(|target| told(case(target.case_for), case(target.case_against))).collect()
}

/// The bounds of what is told, given when the two cases are certain and possible.
fn told(
    (for_certain, for_possible): (Interval, Interval),
    (against_certain, against_possible): (Interval, Interval),
) -> Bounds {
    let in_favour = both(for_certain, not(against_possible));
    let against = both(against_certain, not(for_possible));
    let conflict = both(for_possible, against_possible);
    // Belnap true or both wherever a case for it is certain, and only where one is possible; so with the others.
    let case_for = Interval { low: for_certain.low, high: for_possible.high };
    let case_against = Interval { low: against_certain.low, high: against_possible.high };
    let some_case =
        Interval { low: either(for_certain, against_certain).low, high: either(for_possible, against_possible).high };
    let told = [in_favour, against, conflict, not(some_case)];
    let [in_favour, against, conflict, ignorance] = [0, 1, 2, 3].map(|value| {
        let others = told.iter().enumerate().filter(|&(other, _)| other != value);
        let (low, high) = others.fold((0.0, 0.0), |(low, high), (_, other)| (low + other.low, high + other.high));
        told[value].and(Interval { low: 1.0 - high, high: 1.0 - low })
    });
    // The lead is the case for less the case against as well.
    let lead = in_favour.less(against).and(case_for.less(case_against));
    Bounds { in_favour, against, conflict, ignorance, case_for, case_against, lead }
}
