//! What is chosen to be drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, Edge, EvidenceGraph, Node};

use super::options::{Subject, View};

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

/// What is folded: each part with the drawn one that says so.
pub(super) type Folded = BTreeMap<Subject, Subject>;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Chosen {
    pub(super) subjects: BTreeSet<Subject>,
    /// How far each is from the focus, if there is one.
    pub(super) hops: BTreeMap<Subject, usize>,
    /// What is folded into what is drawn.
    pub(super) folded: Folded,
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
        View::Argument | View::Section(_) => match edge {
            Evidence { .. } | Given | GivenRejected | Concludes { .. } | Undercuts { .. } | Impeaches { .. } => true,
            Entails | Rivals | AllOfPart | AnyOfPart | OneOfPart | SameAs | OriginOf | Underlies | Supersedes => true,
            ReliedOn { .. } | BearsOn { .. } | Issued | Holds | Mentions | PartOf | Related { .. } => false,
        },
        View::Sources => matches!(edge, Evidence { .. } | Undercuts { .. } | Impeaches { .. } | BearsOn { .. }),
        View::Actors => matches!(edge, Related { .. } | PartOf),
        View::Provenance => {
            matches!(edge, OriginOf | Underlies | ReliedOn { .. } | Impeaches { .. } | Supersedes | Holds)
        }
        View::All | View::Overview => !matches!(edge, Mentions),
    }
}

pub(super) fn neighbours(case: &Case, graph: &EvidenceGraph, view: View, subject: Subject) -> Vec<Subject> {
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
