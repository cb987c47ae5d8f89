//! What a diagram is asked to show.

use crate::model::{Case, Key, Node, QuestionId};
use crate::selector::Selector;

/// Which part of a case is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum View {
    /// What the answers to the questions rest on: statements, inferences and their sources.
    #[default]
    Argument,
    /// Which source is evidence for or against which statement.
    Sources,
    /// Who did what with whom.
    Actors,
    /// Where the sources come from, and what impeaches them.
    Provenance,
    /// Everything.
    All,
    /// What there is to know at first sight: the questions and their headlines, the verdicts by section, and the sources that
    /// matter most.
    Overview,
    /// What one section of the report tells, by its place among the sections: its statements and what leads to them next.
    Section(usize),
}

impl View {
    /// Every view of a whole case.
    pub const EVERY: [Self; 6] =
        [Self::Argument, Self::Overview, Self::Sources, Self::Actors, Self::Provenance, Self::All];

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Argument => "argument",
            Self::Sources => "sources",
            Self::Actors => "actors",
            Self::Provenance => "provenance",
            Self::All => "all",
            Self::Overview => "overview",
            Self::Section(_) => "section",
        }
    }

    /// The name of the view among those of one page, where each section has its own.
    pub fn id(self) -> String {
        match self {
            Self::Section(at) => format!("section-{}", at + 1),
            view => view.name().to_owned(),
        }
    }

    /// What it shows, as a subtitle.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Argument => "What the answers rest on",
            Self::Sources => "Which source speaks to which statement",
            Self::Actors => "Who did what with whom",
            Self::Provenance => "Where the sources come from",
            Self::All => "The whole case",
            Self::Overview => "An overview",
            Self::Section(_) => "Statements of this section and what leads to them",
        }
    }
}

/// What nodes are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cluster {
    /// Documents by the collection that keeps them.
    Collection,
    /// Everything by its kind.
    Kind,
    /// Documents by the single source that their account derives from.
    Origin,
    /// Statements by the section of the report in which they come first.
    Section,
}

impl Cluster {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Kind => "kind",
            Self::Origin => "origin",
            Self::Section => "section",
        }
    }
}

/// The direction in which evidence flows on the page, towards the conclusions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Direction {
    /// Conclusions at the top, sources below.
    #[default]
    Up,
    /// Conclusions at the bottom.
    Down,
    /// Conclusions at the left.
    Left,
    /// Conclusions at the right.
    Right,
}

/// Something that a diagram can centre on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A question of the case.
    Question(QuestionId),
    /// An actor, a document, a statement or an inference.
    Node(Node),
}

impl Subject {
    /// Its id in the case.
    pub(super) fn key(self, case: &Case) -> &Key {
        match self {
            Self::Question(id) => &case.questions[id].key,
            Self::Node(Node::Actor(id)) => &case.actors[id].key,
            Self::Node(Node::Document(id)) => &case.documents[id].key,
            Self::Node(Node::Statement(id)) => &case.statements[id].key,
            Self::Node(Node::Inference(id)) => &case.inferences[id].key,
        }
    }
}

/// A subject and how much of its neighbourhood is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// What the diagram centres on.
    pub subject: Subject,
    /// The greatest distance from it, in edges of either direction.
    pub hops: usize,
}

/// The shapes of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Notation {
    /// A shape for each kind of claim and source.
    #[default]
    Own,
    /// The Goal Structuring Notation of assurance cases.
    Gsn,
}

/// How large a picture may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// As large as a person can take in.
    #[default]
    Readable,
    /// So many boxes of an argument; the others are folded into the boxes that they lead to.
    Most(usize),
    /// Everything, however much it is.
    Full,
}

/// What a diagram is asked to show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// The part of the case.
    pub view: View,
    /// Draws only the neighbourhood of one subject.
    pub focus: Option<Focus>,
    /// Draws only documents that match one of these, with what they bear on. Empty for all.
    pub select: Vec<Selector>,
    /// What to group nodes by.
    pub cluster: Option<Cluster>,
    /// Whether each group is collapsed into one node with its counts. Without `cluster`, groups are by kind.
    pub collapse: bool,
    /// Where conclusions stand.
    pub direction: Direction,
    /// How many boxes an argument has at most.
    pub size: Size,
    /// The shapes; other views than the argument, a section and everything have their own in any case.
    pub notation: Notation,
}
