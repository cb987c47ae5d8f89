//! Which documents, and what they speak to.

use crate::engine::{Engine, EngineError};
use crate::model::{DocumentId, EvidenceGraph, Source};
use crate::selector::Selector;

use super::links::{Spoken, spoken};

/// A document with the statements that it speaks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentEntry {
    /// The document.
    pub document: DocumentId,
    /// What it gives evidence on or is a premise for, in the order of the statements.
    pub speaks_to: Vec<Spoken>,
}

/// The documents that a selector means, all if there is none, in the order of their ids.
///
/// Cost: the verdicts on the statements that they speak to.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn documents(engine: &Engine<'_>, selector: Option<&Selector>) -> Result<Vec<DocumentEntry>, EngineError> {
    let case = engine.case();
    let graph = EvidenceGraph::new(case);
    let engine = &engine.for_all(false)?;
    let meant = case.documents.ids().filter(|&id| selector.is_none_or(|selector| selector.matches(id)));
    let entry =
        |document| Ok(DocumentEntry { document, speaks_to: spoken(engine, &graph, Source::Document(document))? });
    meant.map(entry).collect()
}
