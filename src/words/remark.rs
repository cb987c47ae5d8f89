//! The warnings of `check`, worded for a reader of verdicts.

use crate::diagnostic::Diagnostic;
use crate::engine::StatementAnswer;
use crate::model::Case;

use super::prose::Prose;

/// The remarks on a statement, a clause each, with the code under which each is explained.
pub fn remarks(answer: &StatementAnswer) -> Vec<String> {
    let remark = |one: &Diagnostic| format!("{} ({})", one.message, one.code.name());
    answer.remarks.iter().map(remark).collect()
}

/// A remark for somebody who has the report and not the case: entries by their words, not by their ids.
pub(crate) fn remark_prose(case: &Case, remark: &Diagnostic) -> Prose {
    // In a message, ids and words of a case file stand in backquotes.
    let pieces = remark.message.split('`').enumerate();
    let message = pieces.fold(Prose::default(), |prose, (index, piece)| {
        prose.then(if index % 2 == 1 { named(case, piece) } else { Prose::of(piece) })
    });
    message.words(format!(" ({})", remark.code))
}

fn named(case: &Case, id: &str) -> Prose {
    let statement = || case.statement(id).map(Prose::claim_in_brief);
    case.source(id).map(Prose::source).or_else(statement).unwrap_or_else(|| Prose::of(id))
}
