//! Sampling on more than one machine: what each part has counted, and the sum of the parts.
//!
//! Draws depend on the seed, the world and the variable alone, so ranges of worlds can be counted anywhere. A
//! [`TallySheet`] is what counting one range gives: the counts, and with them everything that has to be the same for two
//! of them to be added, the case itself included. [`Merging`] adds them, and refuses what does not belong together.
//!
//! Tallies come from strangers. Whatever is read from one is checked before it is used; a count that is possible and
//! wrong can only be found by counting the same worlds again, which gives the same bytes.

mod merging;
mod options;
mod refusal;
mod sheet;

pub use merging::Merging;
pub use refusal::{Refusal, Sameness};
pub use sheet::TallySheet;
