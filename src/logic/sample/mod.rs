//! Degrees by counting sampled worlds.

mod confidence;
pub(super) mod draw;
mod sampling;

pub use sampling::{Sampling, Tallies, Tally, sample};
