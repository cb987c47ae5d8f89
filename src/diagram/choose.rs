//! Selects the parts of a case that a request draws.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Engine;
use crate::model::{Case, Edge, EvidenceGraph, Node, Premise, Source, StatementId};

use super::chosen::{Chosen, SourcesShown, draws, neighbours};
use super::fold::fold;
use super::options::{Focus, Request, Subject, View};
use super::section::section;

/// The most sources that an argument draws as nodes. With more, each statement only states how many it has.
const FEW_SOURCES: usize = 24;
/// The most lines from sources to statements that an argument draws. With more, statements cite their sources.
pub(super) const FEW_LINES: usize = 30;

/// What a request draws, before nodes are collapsed into piles.
pub(super) fn choose(engine: &Engine<'_>, graph: &EvidenceGraph, request: &Request) -> Chosen {
    let case = engine.case();
    let mut chosen = match request.view {
        View::Argument => return argument(engine, graph, request),
        View::Section(at) => return section(engine, graph, request, at),
        View::Sources => sources(case),
        View::Actors | View::Provenance => linked(graph, request.view),
        View::All | View::Overview => all(case),
    };
    narrow(case, graph, request, &mut chosen);
    chosen
}

/// Keeps what is selected, and what is near to the focus.
fn narrow(case: &Case, graph: &EvidenceGraph, request: &Request, chosen: &mut Chosen) {
    if !request.select.is_empty() {
        select(case, graph, request, &mut chosen.subjects);
    }
    if let Some(focus) = request.focus {
        near(case, graph, request.view, focus, chosen);
    }
}

fn all(case: &Case) -> Chosen {
    let questions = case.questions.ids().map(Subject::Question);
    let nodes = (case.actors.ids().map(Node::Actor))
        .chain(case.documents.ids().map(Node::Document))
        .chain(case.statements.ids().map(Node::Statement))
        .chain(case.inferences.ids().map(Node::Inference));
    let subjects = questions.chain(nodes.map(Subject::Node)).collect();
    Chosen { subjects, sources: SourcesShown::Linked, ..Chosen::default() }
}

/// The questions and everything that their claims depend on; in a case without questions, everything that any
/// statement depends on. What is more than a picture takes is folded.
fn argument(engine: &Engine<'_>, graph: &EvidenceGraph, request: &Request) -> Chosen {
    let case = engine.case();
    let roots = roots(case);
    let mut depended: BTreeSet<Node> = BTreeSet::new();
    for &root in &roots {
        if !depended.contains(&Node::Statement(root)) {
            depended.extend(graph.depends_on(Node::Statement(root)));
        }
    }
    depended
        .retain(|&node| !matches!(node, Node::Statement(statement) if case.statements[statement].same_as.is_some()));
    let questions = case.questions.ids().map(Subject::Question);
    let subjects = questions.chain(depended.iter().copied().map(Subject::Node)).collect();
    let mut chosen = Chosen { subjects, ..Chosen::default() };
    narrow(case, graph, request, &mut chosen);
    let (sources, mut reasons): (BTreeSet<Subject>, BTreeSet<Subject>) =
        chosen.subjects.iter().partition(|subject| matches!(subject, Subject::Node(node) if is_source(*node)));
    let first: BTreeSet<Subject> = match request.focus {
        Some(focus) => BTreeSet::from([focus.subject]),
        None if case.questions.is_empty() => first_statements(case, graph),
        None => case.questions.ids().map(Subject::Question).collect(),
    };
    chosen.folded = fold(engine, graph, request, &first, &mut reasons);
    let sources = if chosen.folded.is_empty() { sources } else { behind(graph, &reasons, &sources) };
    let lines = graph.edges().filter(|(from, edge, to)| {
        matches!(edge, Edge::Evidence { .. }) && is_source(*from) && reasons.contains(&Subject::Node(*to))
    });
    chosen.sources = match (sources.len(), lines.count()) {
        (FEW_SOURCES.., _) => SourcesShown::Counted,
        (_, FEW_LINES..) => SourcesShown::Cited,
        _ => SourcesShown::Linked,
    };
    chosen.subjects = reasons;
    if chosen.sources != SourcesShown::Counted {
        chosen.subjects.extend(sources);
    } else if let Some(focus) = request.focus {
        chosen.subjects.insert(focus.subject);
    }
    chosen
}

/// The claims of the questions; in a case without questions, every statement that has a verdict of its own.
fn roots(case: &Case) -> BTreeSet<StatementId> {
    if case.questions.is_empty() {
        case.statements.ids().filter(|&id| case.statements[id].same_as.is_none()).collect()
    } else {
        let claims = case.questions.values().flat_map(|question| question.claims.iter().copied());
        claims.map(|claim| case.canonical(claim)).collect()
    }
}

/// In a case without questions, the statements that a picture is about: those on which nothing but their rivals depends.
pub(super) fn first_statements(case: &Case, graph: &EvidenceGraph) -> BTreeSet<Subject> {
    tops(graph, &roots(case))
}

/// The statements on which nothing but their rivals depends; all of them, if every one has something that depends on it.
fn tops(graph: &EvidenceGraph, roots: &BTreeSet<StatementId>) -> BTreeSet<Subject> {
    let nodes = |statements: &BTreeSet<StatementId>| -> BTreeSet<Subject> {
        statements.iter().map(|&statement| Subject::Node(Node::Statement(statement))).collect()
    };
    let is_top = |root: StatementId| {
        let mut uses = graph.outgoing(Node::Statement(root));
        uses.all(|(_, edge, _)| matches!(edge, Edge::Rivals | Edge::Mentions))
    };
    let tops: BTreeSet<StatementId> = roots.iter().copied().filter(|&root| is_top(root)).collect();
    nodes(if tops.is_empty() { roots } else { &tops })
}

/// Those of the sources from which lines of the view lead to these reasons, by way of other sources or not.
fn behind(graph: &EvidenceGraph, reasons: &BTreeSet<Subject>, sources: &BTreeSet<Subject>) -> BTreeSet<Subject> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<Subject> = reasons.iter().copied().collect();
    while let Some(subject) = waiting.pop() {
        let Subject::Node(node) = subject else { continue };
        let from = graph.incoming(node).filter(|(_, edge, _)| draws(View::Argument, edge));
        for source in from.map(|(from, ..)| Subject::Node(from)).filter(|from| sources.contains(from)) {
            if found.insert(source) {
                waiting.push(source);
            }
        }
    }
    found
}

fn is_source(node: Node) -> bool {
    matches!(node, Node::Actor(_) | Node::Document(_))
}

fn sources(case: &Case) -> Chosen {
    let mut subjects = BTreeSet::new();
    for (id, statement) in case.statements.iter() {
        for link in &statement.evidence {
            if let Premise::Source(source) = link.from {
                subjects.insert(Subject::Node(source.into()));
                subjects.insert(Subject::Node(Node::Statement(id)));
            }
        }
    }
    Chosen { subjects, sources: SourcesShown::Linked, ..Chosen::default() }
}

/// Both ends of every edge of the view; in a view of sources, every document as well.
fn linked(graph: &EvidenceGraph, view: View) -> Chosen {
    let edges = graph.edges().filter(|(_, edge, _)| draws(view, edge));
    let ends = edges.flat_map(|(from, edge, to)| match edge {
        // This one is drawn from the origin to the document of the link that relies on it.
        Edge::ReliedOn { .. } => vec![from],
        _ => vec![from, to],
    });
    let documents = graph.nodes().filter(|node| view == View::Provenance && matches!(node, Node::Document(_)));
    let subjects = ends.chain(documents).map(Subject::Node).collect();
    Chosen { subjects, sources: SourcesShown::Hidden, ..Chosen::default() }
}

/// Keeps the selected documents and whatever an edge of the view links to one of them, except other documents.
fn select(case: &Case, graph: &EvidenceGraph, request: &Request, subjects: &mut BTreeSet<Subject>) {
    let meant = |node: &Node| match node {
        Node::Document(document) => request.select.iter().any(|selector| selector.matches(*document)),
        _ => false,
    };
    let mut kept: BTreeSet<Node> = graph.nodes().filter(meant).collect();
    for (from, edge, to) in graph.edges().filter(|(_, edge, _)| draws(request.view, edge)) {
        match edge {
            Edge::Related { .. } => continue,
            _ if meant(&from) && !matches!(to, Node::Document(_)) => kept.insert(to),
            _ if meant(&to) && !matches!(from, Node::Document(_)) => kept.insert(from),
            _ => continue,
        };
    }
    subjects.retain(|subject| match subject {
        Subject::Question(question) => {
            case.questions[*question].claims.iter().any(|&claim| kept.contains(&Node::Statement(claim)))
        }
        Subject::Node(node) => kept.contains(node),
    });
}

/// Keeps what lies within a number of hops along edges of the view.
fn near(case: &Case, graph: &EvidenceGraph, view: View, focus: Focus, chosen: &mut Chosen) {
    let subjects = &chosen.subjects;
    let mut reached = BTreeMap::from([(focus.subject, 0)]);
    let mut border = BTreeSet::from([focus.subject]);
    for hops in 1..=focus.hops {
        let found: BTreeSet<Subject> =
            border.iter().flat_map(|&subject| neighbours(case, graph, view, subject)).collect();
        border = found.into_iter().filter(|one| subjects.contains(one) && !reached.contains_key(one)).collect();
        if border.is_empty() {
            break;
        }
        reached.extend(border.iter().map(|&subject| (subject, hops)));
    }
    chosen.subjects.retain(|subject| reached.contains_key(subject));
    chosen.hops = reached;
}

/// The document or actor that a link of evidence comes from, if it comes from one.
pub(super) fn source_of_link(case: &Case, statement: StatementId, index: usize) -> Option<Source> {
    match case.statements[statement].evidence[index].from {
        Premise::Source(source) => Some(source),
        Premise::Statement(_) => None,
    }
}
