//! Outside formats, one file each.

mod json;
mod why;

pub use json::{settled_json, verdicts_json};
pub use why::{why_json, why_not_json};
