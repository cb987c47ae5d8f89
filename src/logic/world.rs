//! One world, and all the worlds of a small case one after another.

use std::convert::Infallible;

use thiserror::Error;

use crate::model::StatementId;

use super::{Algebra, Component, Program, Truth, Values, VariableId, components, evaluate};

/// The algebra of a single world: a variable is on or off.
#[derive(Debug, Clone)]
pub struct World {
    on: Vec<bool>,
}

impl World {
    /// The world in which these variables are on.
    pub fn new(on: Vec<bool>) -> Self {
        Self { on }
    }
}

impl Algebra for World {
    type Value = bool;
    type Failure = Infallible;

    fn never(&self) -> bool {
        false
    }

    fn always(&self) -> bool {
        true
    }

    fn variable(&mut self, variable: VariableId) -> bool {
        self.on[variable.index()]
    }

    fn and(&mut self, one: &bool, other: &bool) -> Result<bool, Infallible> {
        Ok(*one && *other)
    }

    fn or(&mut self, one: &bool, other: &bool) -> Result<bool, Infallible> {
        Ok(*one || *other)
    }

    fn and_not(&mut self, one: &bool, other: &bool) -> Result<bool, Infallible> {
        Ok(*one && !*other)
    }
}

/// What one world says of a statement (the four values of Belnap 1977 and Dunn 1976).
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

/// What one world says of a statement, and whether a case for it or against it is possible there at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The value.
    pub value: Belnap,
    /// Whether either case is possible.
    pub any_case: bool,
}

impl Outcome {
    fn of(case_for: &Truth<bool>, case_against: &Truth<bool>) -> Self {
        let bounds = |truth: &Truth<bool>| (*truth.certain(), *truth.possible());
        Self::new(bounds(case_for), bounds(case_against))
    }

    /// Given for each side whether a case is certain and whether one is possible.
    pub(super) fn new(case_for: (bool, bool), case_against: (bool, bool)) -> Self {
        Self { value: Belnap::of(case_for, case_against), any_case: case_for.1 || case_against.1 }
    }
}

impl Belnap {
    fn of(case_for: (bool, bool), case_against: (bool, bool)) -> Self {
        match (case_for, case_against) {
            ((true, _), (_, false)) => Self::True,
            ((_, false), (true, _)) => Self::False,
            ((_, true), (_, true)) => Self::Both,
            _ => Self::Neither,
        }
    }
}

/// What the world in which the variables `on` are on says of each statement.
pub fn one_world(program: &Program, targets: &[StatementId], on: Vec<bool>) -> Vec<Outcome> {
    let components = cone(program, targets);
    said(program, &components, targets, &mut World::new(on))
}

fn cone(program: &Program, targets: &[StatementId]) -> Vec<Component> {
    components(program, targets.iter().flat_map(|&target| Program::sides(target)))
}

fn said(program: &Program, components: &[Component], targets: &[StatementId], world: &mut World) -> Vec<Outcome> {
    let Ok(values): Result<Values<bool>, Infallible> = evaluate(program, components, world);
    let truth = |atom| values.truth(atom).expect("targets are in their own cone");
    targets
        .iter()
        .map(|&target| Outcome::of(truth(Program::case_for(target)), truth(Program::case_against(target))))
        .collect()
}

/// More variables than can be enumerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{variables} uncertain numbers make too many worlds to take one after another; {limit} is the limit")]
pub struct WorldsError {
    /// How many variables are neither certain nor impossible.
    pub variables: usize,
    /// The most that are enumerated.
    pub limit: usize,
}

/// The most variables whose worlds [`all_worlds`] takes one after another.
const MOST_VARIABLES: usize = 24;

/// The probability of each [`Belnap`] value, in the order true, false, both, neither, for each target, by
/// taking one world after another. The reference that the other algebras are held against.
///
/// Cost: 2 to the number of variables with a weight between 0 and 1, times the size of the program.
///
/// # Errors
///
/// [`WorldsError`] over 24 such variables.
pub fn all_worlds(program: &Program, targets: &[StatementId], weights: &[f64]) -> Result<Vec<[f64; 4]>, WorldsError> {
    let components = cone(program, targets);
    let free: Vec<usize> = (0..weights.len()).filter(|&index| weights[index] > 0.0 && weights[index] < 1.0).collect();
    if free.len() > MOST_VARIABLES {
        return Err(WorldsError { variables: free.len(), limit: MOST_VARIABLES });
    }
    let mut sums = vec![[0.0; 4]; targets.len()];
    let mut on: Vec<bool> = weights.iter().map(|&weight| weight >= 1.0).collect();
    for number in 0_u32..1 << free.len() {
        let mut probability = 1.0;
        for (place, &index) in free.iter().enumerate() {
            on[index] = number >> place & 1 == 1;
            probability *= if on[index] { weights[index] } else { 1.0 - weights[index] };
        }
        for (sum, value) in sums.iter_mut().zip(said(program, &components, targets, &mut World::new(on.clone()))) {
            sum[value.value as usize] += probability;
        }
    }
    Ok(sums)
}
