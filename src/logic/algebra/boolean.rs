//! One world: a value is true or false.

use std::convert::Infallible;

use crate::logic::evaluate::Memory;
use crate::logic::lower::Rows;

use super::{Algebra, FourValues, Side, four_values_in};

/// The variables that are on.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Boolean {
    pub(in crate::logic) on: Vec<bool>,
}

impl Algebra for Boolean {
    type Value = bool;
    type Failure = Infallible;

    const OF_WORLDS: bool = true;

    #[inline(always)]
    fn bottom(&self) -> bool {
        false
    }

    #[inline(always)]
    fn top(&self) -> bool {
        true
    }

    #[inline(always)]
    fn and_variable(&mut self, one: bool, variable: usize) -> Result<bool, Infallible> {
        Ok(one && self.on[variable])
    }

    #[inline(always)]
    fn and(&mut self, one: bool, other: &bool) -> Result<bool, Infallible> {
        Ok(one && *other)
    }

    #[inline(always)]
    fn and_not(&mut self, one: bool, other: &bool) -> Result<bool, Infallible> {
        Ok(one && !*other)
    }

    #[inline(always)]
    fn or(&mut self, one: bool, other: &bool) -> Result<bool, Infallible> {
        Ok(one || *other)
    }

    #[inline(always)]
    fn open(&self, rules: &bool) -> bool {
        !*rules
    }

    #[inline(always)]
    fn same(&self, one: &bool, other: &bool) -> bool {
        one == other
    }
}

/// The value of a statement in one world (Belnap 1977, Dunn 1976).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Belnap {
    /// A case for it is certain and one against it is not possible.
    True,
    /// A case against it is certain and one for it is not possible.
    False,
    /// Both cases are possible.
    Both,
    /// All else.
    Neither,
}

/// The value of a statement in one world, and whether a case for it or against it is possible there at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The value.
    pub value: Belnap,
    /// Whether either case is possible.
    pub any_case: bool,
}

impl Outcome {
    pub(in crate::logic) fn of(world: &mut Boolean, sides: &[Side<bool>; 2]) -> Self {
        let Ok(FourValues { in_favour, against, conflict }) = four_values_in(world, sides);
        let value = match (in_favour, against, conflict) {
            (true, ..) => Belnap::True,
            (_, true, _) => Belnap::False,
            (.., true) => Belnap::Both,
            _ => Belnap::Neither,
        };
        Self { value, any_case: sides.iter().any(|side| side.possible) }
    }
}

/// The value of each target, in the order in which they were given, in the world in which the variables `on` are on.
///
/// Cost: linear in the size of the rows.
pub fn in_world(rows: &Rows, on: Vec<bool>) -> Vec<Outcome> {
    assert!(rows.covers(on.len()), "every variable is on or off");
    let mut world = Boolean { on };
    let Ok(memory) = Memory::evaluated(rows, &mut world);
    rows.sides(&memory.values).map(|sides| Outcome::of(&mut world, &sides)).collect()
}
