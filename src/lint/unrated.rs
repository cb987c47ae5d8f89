//! Decided verdicts that hang on documents that nobody graded.

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Engine, Result};
use crate::model::{DocumentId, Source, StatementId};
use crate::verdict::Detail;

use super::phrases::came_out;

/// A warning where a decided verdict changes without the documents that give no reliability.
pub(super) fn check(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Option<Diagnostic>> {
    let case = engine.case();
    let unrated: Vec<DocumentId> = (engine.sources_of(statement).into_iter())
        .filter_map(|source| match source {
            Source::Document(document) if !case.documents[document].reliability_given => Some(document),
            _ => None,
        })
        .collect();
    if unrated.is_empty() {
        return Ok(None);
    }
    let without = engine.base().without_all(unrated.iter().map(|&document| Source::Document(document)));
    if engine.detail(&without, statement)?.contests_merged() == detail.contests_merged() {
        return Ok(None);
    }
    let entry = &case.statements[statement];
    let message =
        format!("`{}` is {}, but it hangs on documents that give no reliability", entry.key, came_out(detail));
    let warning = Diagnostic::new(Code::UnratedDocuments, entry.declared, message)
        .help("give each of them a reliability from A to F; where none is given, 0.5 is taken")
        .about(&entry.key)
        .about_all(unrated.iter().map(|&document| &case.documents[document].key));
    let declared = unrated.into_iter().map(|document| case.documents[document].declared);
    Ok(Some(declared.fold(warning, |warning, declared| warning.related(declared, "gives no reliability"))))
}
