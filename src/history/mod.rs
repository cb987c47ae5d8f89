//! How verdicts stood as documents became known, and which documents turned them.
//!
//! A case is read once for every day on which a document became known on which something that was asked about depends, with
//! all that became known later left out: what `--as-of` that day says. Where several documents that became known on one day
//! turned a verdict together, the fewest that do are looked for.

mod course;
mod one_day;
mod record;
mod waited;

pub use course::{Course, History, Moment, Standing, Turn, TurnedBy, Waited};
pub use record::{Options, history};
