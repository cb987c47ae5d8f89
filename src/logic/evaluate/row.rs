//! One row at a time.

use std::ops::Range;

use crate::logic::algebra::Algebra;
use crate::logic::lower::{Code, Kind, Rows};

/// One of the two values of something that may be undecided: when it is certain or when it is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::logic) enum Bound {
    Certain,
    Possible,
}

impl Bound {
    pub(in crate::logic) const BOTH: [Self; 2] = [Self::Certain, Self::Possible];

    pub(in crate::logic) fn other(self) -> Self {
        match self {
            Self::Certain => Self::Possible,
            Self::Possible => Self::Certain,
        }
    }
}

/// Evaluates one row outside of loops, both bounds where they may differ.
///
/// # Errors
///
/// If the algebra gives up.
#[inline(always)]
pub(in crate::logic) fn evaluate_row<A: Algebra>(
    rows: &Rows,
    algebra: &mut A,
    values: &mut [A::Value],
    row: usize,
    undecided: bool,
) -> Result<(), A::Failure> {
    if !undecided {
        values[row] = read(rows, algebra, values, row, None)?;
        return Ok(());
    }
    let certain = read(rows, algebra, values, row, Some(Bound::Certain))?;
    let mut possible = certain.clone();
    if !(A::SYMBOLIC && inputs_decided(rows, algebra, values, row, &(0..0))) {
        possible = read(rows, algebra, values, row, Some(Bound::Possible))?;
        if A::SYMBOLIC && algebra.same(&certain, &possible) {
            possible = certain.clone();
        }
    }
    (values[row], values[rows.possible[row] as usize]) = (certain, possible);
    Ok(())
}

/// Whether everything outside of the rows `own` that a row looks at turned out to be decided.
pub(super) fn inputs_decided<A: Algebra>(
    rows: &Rows,
    algebra: &A,
    values: &[A::Value],
    row: usize,
    own: &Range<u32>,
) -> bool {
    let outside = |value: &usize| !own.contains(&(*value as u32));
    let mut inputs = rows.codes(row).iter().filter_map(|code| code.value()).filter(outside);
    inputs.all(|value| algebra.same(&values[value], &values[rows.possible[value] as usize]))
}

/// What the rules of a row say, given the values that they look at. No bound where nothing is undecided.
#[inline(always)]
pub(super) fn read<A: Algebra>(
    rows: &Rows,
    algebra: &mut A,
    values: &[A::Value],
    row: usize,
    bound: Option<Bound>,
) -> Result<A::Value, A::Failure> {
    let mut rules = algebra.bottom();
    let mut rule = algebra.top();
    for &code in rows.codes(row) {
        rule = condition(rows, algebra, values, rule, code, bound)?;
        if code.is_last() {
            rules = algebra.join(rules, rule)?;
            rule = algebra.open(&rules);
        }
    }
    algebra.conclude(row, rules)
}

/// A rule with one more condition.
#[inline(always)]
pub(super) fn condition<A: Algebra>(
    rows: &Rows,
    algebra: &mut A,
    values: &[A::Value],
    rule: A::Value,
    code: Code,
    bound: Option<Bound>,
) -> Result<A::Value, A::Failure> {
    let at = |index: usize, possible: bool| &values[if possible { rows.possible[index] as usize } else { index }];
    match code.kind() {
        Kind::So => algebra.and(rule, at(code.index(), bound == Some(Bound::Possible))),
        Kind::Not => algebra.and_not(rule, at(code.index(), bound == Some(Bound::Certain))),
        Kind::Variable => algebra.and_variable(rule, code.index()),
        Kind::Nothing => Ok(rule),
    }
}
