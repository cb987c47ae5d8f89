//! Degrees by counting sampled worlds.

mod changes;
mod confidence;
pub(super) mod draw;
mod sampling;

pub(crate) use changes::{Change, Counted, Moves, Varied, count_changes};
pub(crate) use confidence::Confidence;
pub use sampling::{Sampling, Tallies, Tally, count, sample};

/// Worlds are drawn and evaluated in blocks of so many: a range of worlds that is counted by itself begins and ends at
/// multiples of it.
pub const BLOCK: u64 = draw::WORLDS;
