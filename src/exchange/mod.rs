//! Outside formats, one file each.

mod json;

pub use json::{settled_json, verdicts_json, why_json};
