//! Exact degrees by variable elimination: cheap where what a statement depends on is loosely knit, however large.

mod dense;
mod effort;
mod elimination;
mod factor;
mod independent;
mod kernel;
mod loops;
mod many;
mod network;
mod number;
mod ordering;
mod prepared;
mod schedule;

pub use effort::{Effort, TooWide};
pub use elimination::Elimination;
pub use many::eliminate_all;
pub(super) use number::Number;
