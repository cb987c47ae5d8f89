//! Selects the parts of a case that a request draws.

use std::collections::BTreeSet;

use crate::model::{Case, Edge, EvidenceGraph, Node, Premise, Source, StatementId};

use super::options::{Focus, Request, Subject, View};

/// The most sources that an argument draws as nodes. With more, each statement only states how many it has.
const FEW_SOURCES: usize = 24;
/// The most lines from sources to statements that an argument draws. With more, statements cite their sources.
pub(super) const FEW_LINES: usize = 30;

/// How the sources of statements are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SourcesShown {
    /// As lines.
    #[default]
    Linked,
    /// As numbers; the numbered sources stand below.
    Cited,
    /// As a count.
    Counted,
    /// Not at all: the view is about something else.
    Hidden,
}

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Chosen {
    pub(super) subjects: BTreeSet<Subject>,
    /// How the sources of its statements are shown.
    pub(super) sources: SourcesShown,
}

/// Whether a view draws an edge between two things that it draws.
pub(super) fn draws(view: View, edge: &Edge) -> bool {
    use Edge::{
        AllOfPart, AnyOfPart, BearsOn, Concludes, Entails, Evidence, Given, GivenRejected, Holds, Impeaches, Issued,
        Mentions, OneOfPart, OriginOf, PartOf, Related, ReliedOn, Rivals, SameAs, Supersedes, Undercuts, Underlies,
    };
    match view {
        View::Argument => match edge {
            Evidence { .. } | Given | GivenRejected | Concludes { .. } | Undercuts { .. } | Impeaches { .. } => true,
            Entails | Rivals | AllOfPart | AnyOfPart | OneOfPart | SameAs | OriginOf | Underlies | Supersedes => true,
            ReliedOn { .. } | BearsOn { .. } | Issued | Holds | Mentions | PartOf | Related { .. } => false,
        },
        View::Sources => matches!(edge, Evidence { .. } | Undercuts { .. } | Impeaches { .. } | BearsOn { .. }),
        View::Actors => matches!(edge, Related { .. } | PartOf),
        View::Provenance => {
            matches!(edge, OriginOf | Underlies | ReliedOn { .. } | Impeaches { .. } | Supersedes | Holds)
        }
        View::All => !matches!(edge, Mentions),
    }
}

/// What a request draws, before nodes are collapsed into piles.
pub(super) fn choose(case: &Case, graph: &EvidenceGraph, request: &Request) -> Chosen {
    let mut chosen = match request.view {
        View::Argument => argument(case, graph),
        View::Sources => sources(case),
        View::Actors | View::Provenance => linked(graph, request.view),
        View::All => all(case),
    };
    if !request.select.is_empty() {
        select(case, graph, request, &mut chosen.subjects);
    }
    if let Some(focus) = request.focus {
        near(case, graph, request.view, focus, &mut chosen.subjects);
    }
    chosen
}

fn all(case: &Case) -> Chosen {
    let questions = case.questions.ids().map(Subject::Question);
    let nodes = (case.actors.ids().map(Node::Actor))
        .chain(case.documents.ids().map(Node::Document))
        .chain(case.statements.ids().map(Node::Statement))
        .chain(case.inferences.ids().map(Node::Inference));
    Chosen { subjects: questions.chain(nodes.map(Subject::Node)).collect(), sources: SourcesShown::Linked }
}

/// The questions and everything that their claims depend on; in a case without questions, everything that any
/// statement depends on.
fn argument(case: &Case, graph: &EvidenceGraph) -> Chosen {
    let roots = case.questions.values().flat_map(|question| question.claims.iter().copied());
    let roots: BTreeSet<StatementId> = if case.questions.is_empty() {
        case.statements.ids().filter(|&id| case.statements[id].same_as.is_none()).collect()
    } else {
        roots.map(|claim| case.canonical(claim)).collect()
    };
    let mut reasons: BTreeSet<Node> = BTreeSet::new();
    for root in roots {
        if !reasons.contains(&Node::Statement(root)) {
            reasons.extend(graph.depends_on(Node::Statement(root)));
        }
    }
    let sources: BTreeSet<Node> = reasons.iter().copied().filter(|&node| is_source(node)).collect();
    reasons.retain(|&node| match node {
        Node::Statement(statement) => case.statements[statement].same_as.is_none(),
        Node::Inference(_) => true,
        Node::Actor(_) | Node::Document(_) => false,
    });
    let lines = graph
        .edges()
        .filter(|(from, edge, to)| matches!(edge, Edge::Evidence { .. }) && is_source(*from) && reasons.contains(to));
    let shown = match (sources.len(), lines.count()) {
        (FEW_SOURCES.., _) => SourcesShown::Counted,
        (_, FEW_LINES..) => SourcesShown::Cited,
        _ => SourcesShown::Linked,
    };
    let sources = sources.into_iter().filter(|_| shown != SourcesShown::Counted);
    let questions = case.questions.ids().map(Subject::Question);
    let subjects = questions.chain(reasons.iter().copied().chain(sources).map(Subject::Node)).collect();
    Chosen { subjects, sources: shown }
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
    Chosen { subjects, sources: SourcesShown::Linked }
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
    Chosen { subjects: ends.chain(documents).map(Subject::Node).collect(), sources: SourcesShown::Hidden }
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
fn near(case: &Case, graph: &EvidenceGraph, view: View, focus: Focus, subjects: &mut BTreeSet<Subject>) {
    let mut reached = BTreeSet::from([focus.subject]);
    let mut border = reached.clone();
    for _ in 0..focus.hops {
        let found: BTreeSet<Subject> =
            border.iter().flat_map(|&subject| neighbours(case, graph, view, subject)).collect();
        border = found.into_iter().filter(|subject| subjects.contains(subject) && !reached.contains(subject)).collect();
        if border.is_empty() {
            break;
        }
        reached.extend(border.iter().copied());
    }
    subjects.retain(|subject| reached.contains(subject));
}

fn neighbours(case: &Case, graph: &EvidenceGraph, view: View, subject: Subject) -> Vec<Subject> {
    match subject {
        Subject::Question(question) => {
            case.questions[question].claims.iter().map(|&claim| Subject::Node(Node::Statement(claim))).collect()
        }
        Subject::Node(node) => {
            let outgoing = graph.outgoing(node).map(|(_, edge, to)| (edge, to));
            let incoming = graph.incoming(node).map(|(from, edge, _)| (edge, from));
            let nodes = outgoing.chain(incoming).filter(|(edge, _)| draws(view, edge));
            let asked = case
                .questions
                .iter()
                .filter(|(_, entry)| matches!(node, Node::Statement(statement) if entry.claims.contains(&statement)));
            nodes.map(|(_, node)| Subject::Node(node)).chain(asked.map(|(id, _)| Subject::Question(id))).collect()
        }
    }
}

/// The document or actor that a link of evidence comes from, if it comes from one.
pub(super) fn source_of_link(case: &Case, statement: StatementId, index: usize) -> Option<Source> {
    match case.statements[statement].evidence[index].from {
        Premise::Source(source) => Some(source),
        Premise::Statement(_) => None,
    }
}
