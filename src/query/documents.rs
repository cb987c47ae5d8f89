//! Which documents, and what they speak to.

use std::collections::BTreeSet;

use crate::engine::{Engine, EngineError};
use crate::model::{Case, DocumentId, Edge, Effect, EvidenceGraph, Node, Source, StatementId};
use crate::selector::Selector;

use super::found::Found;
use super::links::{Spoken, spoken};

/// A document with the statements that it speaks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentEntry {
    /// The document.
    pub document: DocumentId,
    /// What it gives evidence on or is a premise for, in the order of the statements.
    pub speaks_to: Vec<Spoken>,
    /// The statements to which it undercuts a step, with what it would speak for without that; in order.
    pub undercuts: Vec<(StatementId, Effect)>,
    /// The sources that it impeaches or takes the place of, in order.
    pub impeaches: Vec<Source>,
}

/// The documents that a selector means, all if there is none, in the order of their ids.
///
/// Cost: the verdicts on the statements that they speak to.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn documents(engine: &Engine<'_>, selector: Option<&Selector>) -> Result<Found<DocumentEntry>, EngineError> {
    let case = engine.case();
    let graph = EvidenceGraph::new(case);
    let engine = &engine.for_all(false)?;
    let meant = case.documents.ids().filter(|&id| selector.is_none_or(|selector| selector.matches(id)));
    let entry = |document| {
        let source = Source::Document(document);
        let speaks_to = spoken(engine, &graph, source)?;
        let (undercuts, impeaches) = attacks(case, &graph, source);
        Ok(DocumentEntry { document, speaks_to, undercuts, impeaches })
    };
    Found::one_by_one(meant, entry)
}

/// The steps that a source undercuts, by the statements that they lead to, and the sources that it impeaches or supersedes.
fn attacks(case: &Case, graph: &EvidenceGraph, source: Source) -> (Vec<(StatementId, Effect)>, Vec<Source>) {
    let (mut undercuts, mut impeaches) = (BTreeSet::new(), BTreeSet::new());
    for (_, edge, target) in graph.outgoing(source.into()) {
        match (edge, target) {
            (Edge::Undercuts { evidence: Some(index), .. }, Node::Statement(statement)) => {
                undercuts.insert((case.canonical(statement), case.statements[statement].evidence[*index].effect));
            }
            (Edge::Undercuts { .. }, Node::Inference(id)) => {
                let inference = &case.inferences[id];
                undercuts.insert((case.canonical(inference.to), inference.effect));
            }
            (Edge::Impeaches { .. } | Edge::Supersedes, Node::Document(document)) => {
                impeaches.insert(Source::Document(document));
            }
            (Edge::Impeaches { .. }, Node::Actor(actor)) => {
                impeaches.insert(Source::Actor(actor));
            }
            _ => {}
        }
    }
    (undercuts.into_iter().collect(), impeaches.into_iter().collect())
}
