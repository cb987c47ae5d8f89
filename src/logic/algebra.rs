//! What the equations are read in.

pub(super) mod independent;
pub(super) mod interval;
pub(super) mod words;

use super::VariableId;

/// A Boolean algebra over the variables of a program.
///
/// The rules of evidence are written once, in [`super::compile`] and [`super::evaluate`]; an algebra says
/// what *and*, *or*, *not* and a variable are. Values that are equal have to be the same function of the
/// variables, for loops are read until nothing changes.
pub trait Algebra {
    /// What the algebra computes with.
    type Value: Clone + PartialEq;
    /// Why it may give up.
    type Failure;

    /// Never.
    fn never(&self) -> Self::Value;
    /// Always.
    fn always(&self) -> Self::Value;
    /// When the variable is on.
    fn variable(&mut self, variable: VariableId) -> Self::Value;
    /// When both are so.
    ///
    /// # Errors
    ///
    /// If the algebra gives up, for instance over a limit on memory.
    fn and(&mut self, one: &Self::Value, other: &Self::Value) -> Result<Self::Value, Self::Failure>;
    /// When at least one is so.
    ///
    /// # Errors
    ///
    /// As [`Algebra::and`].
    fn or(&mut self, one: &Self::Value, other: &Self::Value) -> Result<Self::Value, Self::Failure>;
    /// When the first is so and the second is not.
    ///
    /// # Errors
    ///
    /// As [`Algebra::and`].
    fn and_not(&mut self, one: &Self::Value, other: &Self::Value) -> Result<Self::Value, Self::Failure>;
    /// When at least one of several is so.
    ///
    /// # Errors
    ///
    /// As [`Algebra::and`].
    fn any(&mut self, values: Vec<Self::Value>) -> Result<Self::Value, Self::Failure> {
        let never = self.never();
        values.into_iter().try_fold(never, |any, value| self.or(&any, &value))
    }
}
