//! Answers as JSON: the documents of each command, and the one place that writes them.

mod compare;
mod history;
mod object;
mod query;
#[cfg(feature = "copies")]
mod quotes;
mod tally;
mod verdict;
mod why;

pub use compare::Compared;
pub use history::Recorded;
pub use query::{CoverageOf, DerivedFrom, Listed, OpenOnes, PathsBetween, ReadingsOf, Selected};
#[cfg(feature = "copies")]
pub use quotes::Quotes;
pub use tally::{read_tally, tally_line};
pub use verdict::{CaseLine, EndLine, Headlines, QuestionLine, Settled, SettledByBounds, StatementLine, Verdicts};
pub use why::{Why, WhyNotThat};

use serde::Serialize;

use crate::escape;

const SERIALIZES: &str = "strings, numbers and lists always serialize";

/// A document, indented, with a newline at its end. Numbers read back to the same double.
pub fn pretty(document: &impl Serialize) -> String {
    escape::json(&serde_json::to_string_pretty(document).expect(SERIALIZES)).into_owned() + "\n"
}

/// A document on one line, with a newline at its end.
pub fn line(document: &impl Serialize) -> String {
    escape::json(&serde_json::to_string(document).expect(SERIALIZES)).into_owned() + "\n"
}
