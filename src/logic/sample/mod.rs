//! Degrees by counting sampled worlds.

mod confidence;
mod draw;
mod sampling;

pub use confidence::Interval;
pub(super) use draw::{Numbers, is_never};
pub use sampling::{Sampling, Tallies, Tally, sample};
