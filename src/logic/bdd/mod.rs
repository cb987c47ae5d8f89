//! Exact degrees by decision diagrams (Bryant 1986).

mod algebra;
mod completions;
mod diagram;
mod exact;
mod kept;
mod manager;
mod most_probable_explanation;
mod order;
mod sift;

pub(super) use completions::Completions;
pub use exact::{CaseDiagrams, Made, Start, Subject, exact, exact_of};
pub use kept::Kept;
