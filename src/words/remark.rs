//! The warnings of `check`, worded for a reader of verdicts.

use crate::engine::StatementAnswer;

/// The remarks on a statement, a clause each, with the code under which each is explained.
pub fn remarks(answer: &StatementAnswer) -> Vec<String> {
    let remark = |one: &crate::diagnostic::Diagnostic| format!("{} ({})", one.message, one.code.name());
    answer.remarks.iter().map(remark).collect()
}
