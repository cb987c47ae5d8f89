//! What a diagram is asked to show.

use crate::model::{Node, QuestionId};
use crate::selector::Selector;

/// Which part of a case is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum View {
    /// What the answers to the questions rest on: statements, steps, and the sources that speak to them.
    #[default]
    Argument,
    /// Which source speaks to which statement, for or against.
    Sources,
    /// Who did what with whom.
    Actors,
    /// Where the sources come from, and what impeaches them.
    Provenance,
    /// Everything.
    All,
}

impl View {
    /// Every view.
    pub const EVERY: [Self; 5] = [Self::Argument, Self::Sources, Self::Actors, Self::Provenance, Self::All];

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Argument => "argument",
            Self::Sources => "sources",
            Self::Actors => "actors",
            Self::Provenance => "provenance",
            Self::All => "all",
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
        }
    }
}

/// By what nodes are put together in groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cluster {
    /// Documents by the collection that keeps them.
    Collection,
    /// Everything by its kind.
    Kind,
    /// Documents by the one source that their account goes back to.
    Origin,
    /// Statements by the section of the report that tells of them first.
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

/// Which way evidence flows on the page: conclusions stand where it leads.
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
    /// A question.
    Question(QuestionId),
    /// An actor, a document, a statement or an inference.
    Node(Node),
}

/// A thing and how far around it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// In the middle.
    pub subject: Subject,
    /// How many edges away from it, whichever way they point.
    pub hops: usize,
}

/// What a diagram is asked to show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// Which part of the case.
    pub view: View,
    /// Only what is near to something.
    pub focus: Option<Focus>,
    /// Of the documents only those that one of these means, with what they speak to. Empty: all.
    pub select: Vec<Selector>,
    /// Groups to show.
    pub cluster: Option<Cluster>,
    /// Whether a group is drawn as one node with its counts. Without `cluster`, groups are by kind.
    pub collapse: bool,
    /// Which way evidence flows.
    pub direction: Direction,
}
