//! What is wrong with a case, file by file, as an editor shows it.

use std::collections::BTreeMap;

use gen_lsp_types::{
    Code as LspCode, Diagnostic as LspDiagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::escape::visible;
use crate::source::{FileId, Sources, Span};

use super::analysis::Analysis;

/// The name that an editor shows with each of them.
pub(super) const SOURCE: &str = "evigraph";

/// The diagnostics of a case, for each of its files: of a file without any there is an empty list.
pub(super) fn by_file(analysis: &Analysis, diagnostics: &[Diagnostic]) -> BTreeMap<FileId, Vec<LspDiagnostic>> {
    let mut files: BTreeMap<FileId, Vec<LspDiagnostic>> =
        analysis.files().map(|(file, ..)| (file, Vec::new())).collect();
    for problem in diagnostics {
        if let Some(of_file) = place(problem, &analysis.loaded.sources).and_then(|span| files.get_mut(&span.file)) {
            of_file.push(shown(analysis, problem));
        }
    }
    files
}

/// Where a problem is shown; one of the case as a whole at the start of the opened file.
pub(super) fn place(problem: &Diagnostic, sources: &Sources) -> Option<Span> {
    problem.span.or_else(|| sources.iter().next().map(|(file, _)| Span::new(file, 0..0)))
}

/// A problem as the editor shows it.
pub(super) fn shown(analysis: &Analysis, problem: &Diagnostic) -> LspDiagnostic {
    let place = place(problem, &analysis.loaded.sources);
    let range = place.map(|span| analysis.lines(span.file).range(span.range())).unwrap_or_default();
    let related = problem.related.iter().map(|(span, message)| DiagnosticRelatedInformation {
        location: analysis.location_of(*span),
        message: visible(message).into_owned(),
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    LspDiagnostic {
        range,
        severity: Some(match problem.severity() {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
        }),
        code: Some(LspCode::String(problem.code.name().to_owned())),
        source: Some(SOURCE.to_owned()),
        message: message(problem).into(),
        tags: is_unnecessary(problem.code).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        ..LspDiagnostic::default()
    }
}

/// What is wrong, then what to do about it on a line of its own.
fn message(problem: &Diagnostic) -> String {
    let message = visible(&problem.message);
    match &problem.help {
        Some(help) => format!("{message}\n{}", visible(help)),
        None => message.into_owned(),
    }
}

/// Whether what is marked could as well be left out: editors show it faded.
fn is_unnecessary(code: Code) -> bool {
    matches!(
        code,
        Code::Unused | Code::UnusedAllow | Code::DuplicateEvidence | Code::IgnoredField | Code::ByteOrderMark
    )
}
