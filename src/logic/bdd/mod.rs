//! Exact degrees by decision diagrams.

mod algebra;
mod completions;
mod diagram;
mod most_probable_explanation;
mod order;

pub use algebra::{Budget, CaseDiagrams, Gradient, Reading, TooLarge, exact, exact_of};
pub(super) use completions::Completions;
pub use completions::Uncertain;
pub use most_probable_explanation::{Best, TooManyStates};
