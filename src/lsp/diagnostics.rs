//! What is wrong with a case, file by file, as an editor shows it.

use std::collections::BTreeMap;

use gen_lsp_types::{
    Code as LspCode, Diagnostic as LspDiagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
};

use crate::assist::{is_unnecessary, message, place};
use crate::diagnostic::{Diagnostic, Severity};
use crate::escape::visible;
use crate::source::FileId;

use super::analysis::Analysis;

/// The name that an editor shows with each of them.
pub(super) const SOURCE: &str = "evigraph";

/// The diagnostics of a case, for each of its files: of a file without any there is an empty list.
pub(super) fn by_file(analysis: &Analysis, diagnostics: &[Diagnostic]) -> BTreeMap<FileId, Vec<LspDiagnostic>> {
    let mut files: BTreeMap<FileId, Vec<LspDiagnostic>> =
        analysis.files().map(|(file, ..)| (file, Vec::new())).collect();
    for problem in diagnostics {
        if let Some(of_file) = place(problem, &analysis.case.loaded.sources).and_then(|span| files.get_mut(&span.file))
        {
            of_file.push(shown(analysis, problem));
        }
    }
    files
}

/// A problem as the editor shows it.
pub(super) fn shown(analysis: &Analysis, problem: &Diagnostic) -> LspDiagnostic {
    let place = place(problem, &analysis.case.loaded.sources);
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
