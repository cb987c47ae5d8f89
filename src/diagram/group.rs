//! Groups of nodes: which ones a request asks for, and which are collapsed into one node.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, ClaimKind, DocumentId, Nature, Node, QuestionId, Source, StatementId};

use super::chosen::Chosen;
use super::options::{Cluster, Request, Size, Subject, View};
use super::text::clean;

/// The most nodes that the view `all` draws one by one. With more, most are collapsed into piles.
pub(super) const FEW_NODES: usize = 150;

/// The most questions that are drawn one by one where there is more than a picture takes. The others are one pile.
pub(super) const FEW_QUESTIONS: usize = 12;

/// The most nodes around a focus that are drawn one by one where not all are.
const FEW_AROUND: usize = 60;

/// How nodes are grouped.
#[derive(Debug, Clone, Default)]
pub(super) struct Grouping {
    /// The title of the group of each grouped subject.
    pub(super) groups: BTreeMap<Subject, String>,
    /// Whether each group is drawn as one node.
    pub(super) collapsed: bool,
    /// Whether they are collapsed only because there are too many nodes.
    pub(super) by_itself: bool,
}

/// Groups the subjects as a request asks for.
pub(super) fn grouping(case: &Case, request: &Request, chosen: &Chosen) -> Grouping {
    let (subjects, apart) = (&chosen.subjects, apart(chosen));
    let by = |cluster: Cluster| {
        let grouped = |&subject: &Subject| Some((subject, title(case, cluster, subject)?));
        subjects.iter().filter_map(grouped).collect::<BTreeMap<_, _>>()
    };
    match (request.collapse, request.cluster) {
        (true, cluster) => {
            let mut groups = by(cluster.unwrap_or(Cluster::Kind));
            groups.retain(|subject, _| chosen.hops.get(subject) != Some(&0));
            Grouping { groups, collapsed: true, by_itself: false }
        }
        (false, None) if request.view == View::All && request.size != Size::Full && subjects.len() > FEW_NODES => {
            let mut groups = by_necessity(case, subjects, chosen.hops.is_empty());
            groups.retain(|subject, _| !apart.contains(subject));
            Grouping { groups, collapsed: true, by_itself: true }
        }
        (false, cluster) => {
            Grouping { groups: cluster.map(by).unwrap_or_default(), collapsed: false, by_itself: false }
        }
    }
}

/// What stays by itself around a focus: the focus, and whatever is so many steps away as all of that together is few.
fn apart(chosen: &Chosen) -> BTreeSet<Subject> {
    let mut rings: BTreeMap<usize, BTreeSet<Subject>> = BTreeMap::new();
    chosen.hops.iter().for_each(|(&subject, &hops)| _ = rings.entry(hops).or_default().insert(subject));
    let mut apart = BTreeSet::new();
    for (hops, mut ring) in rings {
        if hops > 0 && apart.len() + ring.len() > FEW_AROUND {
            break;
        }
        apart.append(&mut ring);
    }
    apart
}

/// The pile of the questions that are not drawn one by one.
pub(super) const FURTHER_QUESTIONS: &str = "Further questions";

/// The questions that are drawn one by one where there is more than a picture takes: the first.
pub(super) fn first_questions(case: &Case) -> impl Iterator<Item = QuestionId> + '_ {
    case.questions.ids().take(FEW_QUESTIONS)
}

/// Groups sources by kind, and statements by section or, outside of every section, by kind; questions beyond the first are one
/// group. Claims of a question stay on their own, unless the picture is about something else; of many the headlines alone.
fn by_necessity(case: &Case, subjects: &BTreeSet<Subject>, whole: bool) -> BTreeMap<Subject, String> {
    let claims: BTreeSet<StatementId> =
        case.questions.values().flat_map(|question| question.claims.iter().copied()).collect();
    let first: BTreeSet<QuestionId> = first_questions(case).collect();
    let headlines = || first.iter().map(|&question| case.questions[question].headline).collect();
    let alone = if claims.len() <= FEW_NODES { claims } else { headlines() };
    let asked = |statement: StatementId| whole && alone.contains(&statement);
    let grouped = |&subject: &Subject| {
        let title = match subject {
            Subject::Node(Node::Statement(statement)) if asked(statement) => None,
            Subject::Node(Node::Statement(_)) => {
                title(case, Cluster::Section, subject).or_else(|| title(case, Cluster::Kind, subject))
            }
            Subject::Node(Node::Actor(_) | Node::Document(_)) => title(case, Cluster::Kind, subject),
            Subject::Question(question) if !first.contains(&question) => Some(FURTHER_QUESTIONS.to_owned()),
            Subject::Node(Node::Inference(_)) | Subject::Question(_) => None,
        };
        title.map(|title| (subject, title))
    };
    subjects.iter().filter_map(grouped).collect()
}

/// The title of a subject's group, if it has one: it becomes the id of a pile, and is shown.
fn title(case: &Case, cluster: Cluster, subject: Subject) -> Option<String> {
    let Subject::Node(node) = subject else { return None };
    let title = match (cluster, node) {
        (Cluster::Kind, node) => kind(case, node),
        (Cluster::Section, Node::Statement(statement)) => section(case, statement).map(|(_, title)| title),
        (Cluster::Collection, Node::Document(document)) => {
            case.documents[document].collection.map(|collection| case.source_title(collection).to_owned())
        }
        (Cluster::Origin, Node::Document(document)) => {
            origin(case, document).map(|origin| format!("From: {}", case.source_title(origin)))
        }
        _ => None,
    };
    title.map(|title| clean(&title))
}

pub(super) fn kind(case: &Case, node: Node) -> Option<String> {
    let title = match node {
        Node::Actor(actor) => format!("Actors: {}", case.actors[actor].kind.phrase()),
        Node::Document(document) => format!("Documents: {}", case.documents[document].kind.phrase()),
        Node::Inference(_) => "Inferences".to_owned(),
        Node::Statement(statement) => match &case.statements[statement].nature {
            Nature::Claim { kind, .. } => match kind {
                ClaimKind::Fact => "Claims about what happened".to_owned(),
                ClaimKind::Interpretation => "Readings".to_owned(),
                ClaimKind::Generalisation => "General claims".to_owned(),
                ClaimKind::Record => "Claims about the record".to_owned(),
            },
            Nature::Relationship { kind, .. } => format!("Relationships: {}", kind.phrase()),
        },
    };
    Some(title)
}

/// The section of the report in which a statement comes first: its place and its title.
pub(super) fn section(case: &Case, statement: StatementId) -> Option<(usize, String)> {
    let sections = case.report.sections.iter();
    let first = sections.enumerate().find(|(_, section)| section.claims.contains(&statement));
    first.map(|(index, section)| (index, format!("{}. {}", index + 1, section.heading())))
}

/// The only root of a document's account, if it has a single one; the document itself, if it derives from nothing.
fn origin(case: &Case, document: DocumentId) -> Option<Source> {
    let roots = case.roots(Source::Document(document));
    if roots.len() == 1 { roots.first().copied() } else { None }
}
