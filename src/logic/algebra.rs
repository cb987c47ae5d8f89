//! What the rules are evaluated in, and how the four values are read from the two sides of a statement.
//!
//! The rules of evidence stand once, in [`super::compile`], and their fixed points once, in [`super::evaluate`]. An
//! algebra says what *and*, *or*, *not* and a variable are (Green, Karvounarakis and Tannen 2007 for rules without
//! negation). A new one is a file in this folder.

pub(super) mod attainable;
pub(super) mod boolean;
pub(super) mod closed_form;
pub(super) mod independent;
pub(super) mod interval;
pub(super) mod truth_table;
pub(super) mod words;

/// A Boolean algebra over the variables of a program, or an approximation of one.
///
/// Loops are evaluated until values stay the [`same`](Algebra::same): two values that are the same function of the
/// variables have to compare as the same, or at least to stop changing.
pub(super) trait Algebra {
    /// What the algebra computes with. Cloning a value is to be cheap: a copy, or one more reference.
    type Value: Clone;
    /// Why it may give up, for instance over a limit on memory; [`Infallible`](std::convert::Infallible) if it never does.
    type Failure;

    /// Whether values are functions whose operations are expensive. The evaluator then keeps book of what has
    /// changed, so as to repeat as few operations as it can.
    const SYMBOLIC: bool = false;
    /// Whether a value is in which of some worlds something holds. Then a loop whose bounds agree is evaluated.
    const OF_WORLDS: bool = false;
    /// Whether values are so large that they are best fetched ahead of their use.
    const FETCH: bool = false;

    /// False in every world.
    fn bottom(&self) -> Self::Value;
    /// True in every world.
    fn top(&self) -> Self::Value;
    /// `one`, and the variable is on.
    ///
    /// # Errors
    ///
    /// If the algebra gives up; so for all operations.
    fn and_variable(&mut self, one: Self::Value, variable: usize) -> Result<Self::Value, Self::Failure>;
    /// Both.
    fn and(&mut self, one: Self::Value, other: &Self::Value) -> Result<Self::Value, Self::Failure>;
    /// `one`, and not `other`.
    fn and_not(&mut self, one: Self::Value, other: &Self::Value) -> Result<Self::Value, Self::Failure>;
    /// At least one of the two.
    fn or(&mut self, one: Self::Value, other: &Self::Value) -> Result<Self::Value, Self::Failure>;

    /// What the next rule of a row starts from, given those before it: top, or only where none of them holds, for it need
    /// not be asked there again.
    #[inline(always)]
    fn open(&self, _rules: &Self::Value) -> Self::Value {
        self.top()
    }
    /// The rules of a row with one more, which started from [`open`](Algebra::open).
    #[inline(always)]
    fn join(&mut self, rules: Self::Value, rule: Self::Value) -> Result<Self::Value, Self::Failure> {
        self.or(rules, &rule)
    }
    /// The value of a row, given its rules, the last of which has just been joined.
    #[inline(always)]
    fn conclude(&mut self, _row: usize, rules: Self::Value) -> Result<Self::Value, Self::Failure> {
        Ok(rules)
    }

    /// When something is possible and not certain.
    #[inline(always)]
    fn undecided(&mut self, possible: &Self::Value, certain: &Self::Value) -> Result<Self::Value, Self::Failure> {
        self.and_not(possible.clone(), certain)
    }
    /// When an attack silences that did so before, and is undecided now.
    #[inline(always)]
    fn silence(&mut self, before: &Self::Value, undecided: &Self::Value) -> Result<Self::Value, Self::Failure> {
        self.or(before.clone(), undecided)
    }
    /// Whether two values are the same, as far as loops are concerned.
    fn same(&self, one: &Self::Value, other: &Self::Value) -> bool;

    /// Whether two values are the very same.
    #[inline(always)]
    fn identical(&self, one: &Self::Value, other: &Self::Value) -> bool {
        self.same(one, other)
    }

    /// Some part of a value. Reading it brings the value into the cache.
    #[inline(always)]
    fn glimpse(_: &Self::Value) -> u64 {
        0
    }
    /// How often each row of a loop may be evaluated, on average; without a limit where loops always end.
    #[inline(always)]
    fn patience(&self) -> Option<usize> {
        None
    }
    /// What stands for a value of a loop that did not end within the patience, given what was found for it.
    #[inline(always)]
    fn unfinished(&self, found: &Self::Value) -> Self::Value {
        found.clone()
    }
}

/// One side of a statement: when there certainly is a case, and when there possibly is one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Side<V> {
    pub(super) certain: V,
    pub(super) possible: V,
}

/// Three of the four values of a statement (Belnap 1977, Dunn 1976): when it is true, false or both. Otherwise it is
/// neither.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FourValues<V> {
    /// A case for it is certain and one against it is not possible.
    pub(super) in_favour: V,
    /// A case against it is certain and one for it is not possible.
    pub(super) against: V,
    /// Both cases are possible.
    pub(super) conflict: V,
}

/// The four values of a statement. `when(one, other, so)` says when `one` holds and `other` does (`so`) or does not.
///
/// # Errors
///
/// Those of `when`.
#[inline(always)]
pub(super) fn four_values<V, W, E>(
    case_for: &Side<V>,
    case_against: &Side<V>,
    mut when: impl FnMut(&V, &V, bool) -> Result<W, E>,
) -> Result<FourValues<W>, E> {
    let in_favour = when(&case_for.certain, &case_against.possible, false)?;
    let against = when(&case_against.certain, &case_for.possible, false)?;
    let conflict = when(&case_for.possible, &case_against.possible, true)?;
    Ok(FourValues { in_favour, against, conflict })
}

/// The four values of a statement in an algebra.
///
/// # Errors
///
/// If the algebra gives up.
#[inline(always)]
pub(super) fn four_values_in<A: Algebra>(
    algebra: &mut A,
    [case_for, case_against]: &[Side<A::Value>; 2],
) -> Result<FourValues<A::Value>, A::Failure> {
    four_values(
        case_for,
        case_against,
        #[inline(always)]
        |one, other, so| match so {
            true => algebra.and(one.clone(), other),
            false => algebra.and_not(one.clone(), other),
        },
    )
}
