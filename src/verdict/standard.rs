//! Proof standards: whether a number reaches a bar, as far as the number is known.

use crate::logic::Interval;
use crate::model::{Bar, weight_of_evidence};

/// Numbers are compared with this tolerance, in favour of *reached*.
pub(crate) const TOLERANCE: f64 = 1e-9;

/// Whether a number reaches another.
pub(crate) fn reaches(number: f64, bar: f64) -> bool {
    number >= bar - TOLERANCE
}

/// Whether a case is far enough ahead of another under a bar, or outweighs it.
pub(crate) fn leads(case: f64, other: f64, bar: Bar) -> bool {
    reaches(case - other, bar.margin.get()) || outweighs(case, other, bar)
}

/// Whether a case outweighs another under a bar: its weight of evidence is so many times the other's.
pub(super) fn outweighs(case: f64, other: f64, bar: Bar) -> bool {
    bar.outweighs().is_some_and(|ratio| reaches(weight_of_evidence(case), ratio * weight_of_evidence(other)))
}

/// Yes, no, or unknown at the precision of the degrees.
pub(crate) type Sure = Option<bool>;

/// Three-valued *and*: no if one part is no, whatever is unknown of the others.
pub(crate) fn all_sure(parts: impl IntoIterator<Item = Sure>) -> Sure {
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

/// Three-valued *or*: yes if one part is yes, whatever is unknown of the others.
pub(crate) fn any_sure(parts: impl IntoIterator<Item = Sure>) -> Sure {
    all_sure(parts.into_iter().map(|part| part.map(|so| !so))).map(|none| !none)
}

/// Whether a number that lies in an interval reaches another.
pub(super) fn surely_reaches(within: Interval, number: f64) -> Sure {
    match (reaches(within.low, number), reaches(within.high, number)) {
        (true, _) => Some(true),
        (_, false) => Some(false),
        _ => None,
    }
}
