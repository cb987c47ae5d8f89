//! Exact degrees by variable elimination (Zhang and Poole 1994): cheap where the treewidth of what a statement depends
//! on is low, however large that is.

mod bounded;
mod dense;
mod diagrams;
mod effort;
mod elimination;
mod exact;
mod factor;
mod kernel;
mod loops;
mod many;
mod needs;
mod network;
mod ordering;
mod plan;
mod prepared;
mod schedule;

pub use effort::{Effort, TooWide};
pub use elimination::Elimination;
pub use many::eliminate_all;
