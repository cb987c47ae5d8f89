//! What derives from a source, and what that reaches.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, EngineError, unless_stopped};
use crate::model::{Case, DocumentId, Edge, Effect, Evidence, EvidenceGraph, Node, Premise, Source, StatementId};
use crate::verdict::Detail;

use super::found::Found;
use super::links::{Spoken, spoken};

/// A document that derives from a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The document.
    pub document: DocumentId,
    /// How many steps it is from the source; 1 where it derives from it itself.
    pub steps: usize,
    /// The origins through which it does: the source, or documents that derive from it.
    pub through: Vec<Source>,
    /// Whether it has origins besides.
    pub has_others: bool,
    /// What it speaks to.
    pub speaks_to: Vec<Spoken>,
}

/// A statement with a link that comes from a source, or from what derives from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The statement.
    pub statement: StatementId,
    /// The verdict on it.
    pub detail: Detail,
    /// The verdict without the source.
    pub without: Detail,
    /// Whether all evidence for it goes back to the source, and to nothing else.
    pub alone: bool,
}

/// All that derives from a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// The source.
    pub source: Source,
    /// The documents, the nearest first.
    pub documents: Vec<Derived>,
    /// The statements that the source and these documents give evidence on.
    pub statements: Vec<Reached>,
    /// Other statements whose verdict would differ without the source.
    pub turned_beyond: Vec<Reached>,
    /// How many documents and statements were not asked about, since the engine was asked to stop.
    pub unanswered: usize,
}

/// All that derives from a source: documents, however indirectly, and the statements that they give evidence on.
///
/// A link that relies on origins of its own counts by these; an exhibit counts by its document alone.
///
/// Cost: one reading a statement that depends on the source.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn derived_from(engine: &Engine<'_>, source: Source) -> Result<Derivation, EngineError> {
    let case = engine.case();
    let graph = EvidenceGraph::new(case);
    let engine = &engine.for_all(false)?;
    let steps = steps_from(&graph, source);
    let derived: BTreeSet<DocumentId> = steps.keys().copied().collect();
    let only = deriving_only(case, &graph, source, derived.clone());
    let Found { found: mut documents, mut unanswered } = Found::one_by_one(&steps, |(&document, &steps)| {
        let origins = case.origins(Source::Document(document));
        let is_through = |origin: &Source| *origin == source || is_among(&derived, *origin);
        let through: Vec<Source> = origins.iter().copied().filter(is_through).collect();
        let has_others = through.len() < origins.len();
        let speaks_to = spoken(engine, &graph, Source::Document(document))?;
        Ok(Derived { document, steps, through, has_others, speaks_to })
    })?;
    documents.sort_by_key(|derived| (derived.steps, derived.document));
    let (mut statements, mut turned_beyond) = (Vec::new(), Vec::new());
    let dependents = graph.dependents(source.into()).into_iter().filter_map(|node| match node {
        Node::Statement(statement) => Some(statement),
        Node::Document(_) | Node::Actor(_) | Node::Inference(_) => None,
    });
    for statement in dependents.filter(|&id| case.canonical(id) == id) {
        let links = &case.statements[statement].evidence;
        let mut supporting = links.iter().filter(|link| link.effect == Effect::Supports).peekable();
        let alone = supporting.peek().is_some() && supporting.all(|link| comes_only_from(case, link, source, &only));
        let verdicts = || {
            let without = engine.detail(&engine.base().without(source), statement)?;
            Ok((engine.assess(statement)?.detail, without))
        };
        let Some((detail, without)) = unless_stopped(verdicts())? else {
            unanswered += 1;
            continue;
        };
        let reached = Reached { statement, detail, without, alone };
        if links.iter().any(|link| comes_from(case, link, source, &derived)) {
            statements.push(reached);
        } else if reached.turns() {
            turned_beyond.push(reached);
        }
    }
    Ok(Derivation { source, documents, statements, turned_beyond, unanswered })
}

impl Reached {
    /// Whether the verdict would differ without the source.
    pub fn turns(self) -> bool {
        super::sources::turns(self.detail, self.without)
    }
}

/// Every document that derives from a source, with the least number of steps.
fn steps_from(graph: &EvidenceGraph, source: Source) -> BTreeMap<DocumentId, usize> {
    let mut steps = BTreeMap::new();
    let mut nearest: BTreeSet<Node> = BTreeSet::from([source.into()]);
    for away in 1.. {
        let edges = nearest.iter().flat_map(|&node| graph.outgoing(node));
        let next = edges.filter(|(_, edge, _)| matches!(edge, Edge::OriginOf)).map(|(_, _, target)| target);
        let mut found = BTreeSet::new();
        for node in next.filter(|&node| node != source.into()) {
            if let Node::Document(document) = node
                && !steps.contains_key(&document)
            {
                found.insert(node);
            }
        }
        if found.is_empty() {
            break;
        }
        steps.extend(found.iter().filter_map(|&node| match node {
            Node::Document(document) => Some((document, away)),
            Node::Actor(_) | Node::Statement(_) | Node::Inference(_) => None,
        }));
        nearest = found;
    }
    steps
}

/// Those of the derived documents that have no origin but the source and each other: without those that have another, and
/// all that derive from one of these.
fn deriving_only(
    case: &Case,
    graph: &EvidenceGraph,
    source: Source,
    mut derived: BTreeSet<DocumentId>,
) -> BTreeSet<DocumentId> {
    let has_another = |&document: &DocumentId| {
        let mut origins = case.origins(Source::Document(document)).iter();
        !origins.all(|&origin| origin == source || is_among(&derived, origin))
    };
    let mut waiting: Vec<DocumentId> = derived.iter().copied().filter(has_another).collect();
    while let Some(document) = waiting.pop() {
        if derived.remove(&document) {
            let copies = graph.outgoing(Node::Document(document));
            waiting.extend(copies.filter_map(|edge| match edge {
                (_, Edge::OriginOf, Node::Document(copy)) => Some(copy),
                _ => None,
            }));
        }
    }
    derived
}

fn is_among(documents: &BTreeSet<DocumentId>, source: Source) -> bool {
    matches!(source, Source::Document(document) if documents.contains(&document))
}

/// Whether some of a link's content comes from a source.
fn comes_from(case: &Case, link: &Evidence, source: Source, derived: &BTreeSet<DocumentId>) -> bool {
    let comes = |&origin: &Source| origin == source || is_among(derived, origin);
    link.from == Premise::Source(source) || case.link_origins(link).iter().any(comes)
}

/// Whether all of a link's content comes from a source.
fn comes_only_from(case: &Case, link: &Evidence, source: Source, only: &BTreeSet<DocumentId>) -> bool {
    let origins = case.link_origins(link);
    let comes = |&origin: &Source| origin == source || is_among(only, origin);
    link.from == Premise::Source(source) || !origins.is_empty() && origins.iter().all(comes)
}
