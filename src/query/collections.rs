//! How much each collection carries: what is kept in it, and the container itself.

use std::collections::BTreeSet;

use crate::engine::{Engine, EngineError};
use crate::model::{Case, DocumentId, DocumentKind, Edge, EvidenceGraph, Node, Source, StatementId};
use crate::selector::Selector;

use super::found::Found;
use super::links::Directness;
use super::sources::{Carried, all, rounded};

/// A collection with what the documents in it carry.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// The collection: a document, mostly of kind `Archive`, or an actor.
    pub source: Source,
    /// The documents of the case that are kept in it, and are meant.
    pub members: Vec<DocumentId>,
    /// What its members carry, summed; see [`Carried::carries`]. The loss of all of them together may be more or less.
    pub carries: f64,
    /// What the container carries itself, as evidence that there are records, and as the origin of documents that
    /// are kept elsewhere.
    pub carries_itself: f64,
    /// The statements whose verdict would differ without one of its members.
    pub turns: BTreeSet<StatementId>,
    /// How directly its members speak.
    pub directness: Directness,
    /// The mean share that is withheld of its members, from 0 to 1; none where it has none.
    pub withheld: Option<f64>,
    /// The statements that depend on one of its members.
    pub reach: BTreeSet<StatementId>,
    /// The places that its members, and the container itself, speak of.
    pub places: BTreeSet<String>,
}

/// The collections of the case, those whose members carry most first. With a selector only members that it means count,
/// and only collections with such a member, or that are meant themselves, are listed.
///
/// A collection is what some document names as its own, or a document of kind `Archive`.
///
/// Cost: as for `sources`.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn collections(engine: &Engine<'_>, selector: Option<&Selector>) -> Result<Found<Collection>, EngineError> {
    let case = engine.case();
    let graph = EvidenceGraph::new(case);
    let (carried, unanswered) = all(engine)?;
    let is_meant = |document: DocumentId| selector.is_none_or(|selector| selector.matches(document));
    let mut found = Vec::new();
    for source in case.sources().filter(|&source| is_collection(case, &graph, source)) {
        let members: Vec<DocumentId> = held(&graph, source).filter(|&member| is_meant(member)).collect();
        let is_meant_itself = matches!(source, Source::Document(document) if is_meant(document));
        if !members.is_empty() || is_meant_itself {
            let parts = members.iter().map(|&member| &carried[&Source::Document(member)]);
            found.push(collection(case, source, &members, parts, carried[&source].carries));
        }
    }
    found.sort_by(|one, other| order(case, one).partial_cmp(&order(case, other)).expect("no number is NaN"));
    Ok(Found { found, unanswered })
}

fn is_collection(case: &Case, graph: &EvidenceGraph, source: Source) -> bool {
    let is_archive =
        matches!(source, Source::Document(document) if case.documents[document].kind == DocumentKind::Archive);
    is_archive || held(graph, source).next().is_some()
}

/// The documents that name a source as their collection, in order.
fn held(graph: &EvidenceGraph, source: Source) -> impl Iterator<Item = DocumentId> {
    let held: BTreeSet<DocumentId> = graph
        .outgoing(source.into())
        .filter_map(|edge| match edge {
            (_, Edge::Holds, Node::Document(document)) => Some(document),
            _ => None,
        })
        .collect();
    held.into_iter()
}

fn collection<'p>(
    case: &Case,
    source: Source,
    members: &[DocumentId],
    parts: impl Iterator<Item = &'p Carried>,
    carries_itself: f64,
) -> Collection {
    let own = match source {
        Source::Document(document) => Some(document),
        Source::Actor(_) => None,
    };
    let places = members.iter().copied().chain(own).flat_map(|document| case.documents[document].places.clone());
    let mut found = Collection {
        source,
        members: members.to_vec(),
        carries: 0.0,
        carries_itself,
        turns: BTreeSet::new(),
        directness: Directness::default(),
        withheld: mean(members.iter().map(|&member| case.documents[member].withheld.get())),
        reach: BTreeSet::new(),
        places: places.collect(),
    };
    for part in parts {
        found.carries += part.carries;
        found.turns.extend(&part.turns);
        found.directness.add(part.directness);
        found.reach.extend(&part.reach);
    }
    found
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let count = numbers.len();
    (count > 0).then(|| numbers.sum::<f64>() / count as f64)
}

fn order<'c>(case: &'c Case, collection: &Collection) -> (f64, f64, usize, &'c str) {
    (
        -rounded(collection.carries),
        -rounded(collection.carries_itself),
        usize::MAX - collection.members.len(),
        case.source_key(collection.source).as_str(),
    )
}
