//! Outside formats, one file each.

mod compare;
mod json;

pub use compare::compare_json;
pub use json::{settled_json, verdicts_json, why_json};
