//! A diagnostic as an editor shows it: where, and in which words.

use crate::diagnostic::{Code, Diagnostic};
use crate::escape::visible;
use crate::source::{Sources, Span};

/// Where a problem is shown; one of the case as a whole at the start of the opened file.
pub fn place(problem: &Diagnostic, sources: &Sources) -> Option<Span> {
    problem.span.or_else(|| sources.iter().next().map(|(file, _)| Span::new(file, 0..0)))
}

/// What is wrong, then what to do about it on a line of its own.
pub fn message(problem: &Diagnostic) -> String {
    let message = visible(&problem.message);
    match &problem.help {
        Some(help) => format!("{message}\n{}", visible(help)),
        None => message.into_owned(),
    }
}

/// Whether what is marked could as well be left out: editors show it faded.
pub fn is_unnecessary(code: Code) -> bool {
    matches!(
        code,
        Code::Unused | Code::UnusedAllow | Code::DuplicateEvidence | Code::IgnoredField | Code::ByteOrderMark
    )
}
