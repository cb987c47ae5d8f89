//! Answers as JSON, one file for each command.

mod compare;
mod query;
mod verdict;
mod why;

pub use compare::compare_json;
pub use query::{
    actors_json, claims_json, collections_json, derived_json, documents_json, open_json, paths_json, readings_json,
    sources_json,
};
pub use verdict::{
    question_line, settled_json, statement_line, verdicts_json, verdicts_line_end, verdicts_line_head, whatever_json,
};
pub use why::{why_json, why_not_json};
