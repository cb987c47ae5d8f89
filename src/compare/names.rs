//! The common numbering of two versions of a case, in which an entry has the same id on either side.

use std::collections::BTreeSet;

use crate::model::{
    Actor, ActorId, Case, Document, DocumentId, Inference, InferenceId, Key, Node, Question, QuestionId, Statement,
    StatementId, Table, TableId,
};

use super::edit::Sort;

/// One entry of either version, or the case itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Entry {
    Case,
    Actor(ActorId),
    Document(DocumentId),
    Statement(StatementId),
    Inference(InferenceId),
    Question(QuestionId),
}

impl From<Node> for Entry {
    fn from(node: Node) -> Self {
        match node {
            Node::Actor(id) => Self::Actor(id),
            Node::Document(id) => Self::Document(id),
            Node::Statement(id) => Self::Statement(id),
            Node::Inference(id) => Self::Inference(id),
        }
    }
}

/// An entry of a table, by what decides its place there.
pub(super) trait Keyed {
    fn key(&self) -> &Key;

    /// Claims come before relationships.
    fn rank(&self) -> (bool, &Key) {
        (false, self.key())
    }
}

macro_rules! keyed {
    ($($sort:ty),*) => {$(
        impl Keyed for $sort {
            fn key(&self) -> &Key {
                &self.key
            }
        }
    )*};
}

keyed!(Actor, Document, Inference, Question);

impl Keyed for Statement {
    fn key(&self) -> &Key {
        &self.key
    }

    fn rank(&self) -> (bool, &Key) {
        (!self.is_claim(), &self.key)
    }
}

/// The ids of everything that either version has, each at the place of its number.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) actors: Vec<(bool, Key)>,
    pub(super) documents: Vec<(bool, Key)>,
    pub(super) statements: Vec<(bool, Key)>,
    pub(super) inferences: Vec<(bool, Key)>,
    pub(super) questions: Vec<(bool, Key)>,
}

impl Names {
    pub(super) fn new(old: &Case, new: &Case) -> Self {
        Self {
            actors: ranks(&old.actors, &new.actors),
            documents: ranks(&old.documents, &new.documents),
            statements: ranks(&old.statements, &new.statements),
            inferences: ranks(&old.inferences, &new.inferences),
            questions: ranks(&old.questions, &new.questions),
        }
    }

    pub(super) fn key(&self, node: Node) -> &Key {
        self.id(Entry::from(node)).expect("only the case itself has no id")
    }

    /// The author's id of an entry; the case itself has none.
    pub(super) fn id(&self, entry: Entry) -> Option<&Key> {
        let (names, at) = match entry {
            Entry::Case => return None,
            Entry::Actor(id) => (&self.actors, id.index()),
            Entry::Document(id) => (&self.documents, id.index()),
            Entry::Statement(id) => (&self.statements, id.index()),
            Entry::Inference(id) => (&self.inferences, id.index()),
            Entry::Question(id) => (&self.questions, id.index()),
        };
        Some(&names[at].1)
    }

    pub(super) fn sort(&self, entry: Entry) -> Sort {
        match entry {
            Entry::Case => Sort::Case,
            Entry::Actor(_) => Sort::Actor,
            Entry::Document(_) => Sort::Document,
            Entry::Statement(id) if self.statements[id.index()].0 => Sort::Relationship,
            Entry::Statement(_) => Sort::Claim,
            Entry::Inference(_) => Sort::Inference,
            Entry::Question(_) => Sort::Question,
        }
    }

    /// The common number of an entry of one of the versions.
    pub(super) fn common(&self, case: &Case, node: Node) -> Node {
        match node {
            Node::Actor(id) => Node::Actor(number(&self.actors, &case.actors[id])),
            Node::Document(id) => Node::Document(number(&self.documents, &case.documents[id])),
            Node::Statement(id) => Node::Statement(number(&self.statements, &case.statements[id])),
            Node::Inference(id) => Node::Inference(number(&self.inferences, &case.inferences[id])),
        }
    }
}

fn ranks<I: TableId, T: Keyed>(old: &Table<I, T>, new: &Table<I, T>) -> Vec<(bool, Key)> {
    let all: BTreeSet<(bool, &Key)> = old.values().chain(new.values()).map(Keyed::rank).collect();
    all.into_iter().map(|(later, key)| (later, key.clone())).collect()
}

pub(super) fn number<I: TableId, T: Keyed>(names: &[(bool, Key)], row: &T) -> I {
    let (later, key) = row.rank();
    let found = names.binary_search_by(|(other_later, other)| (*other_later, other).cmp(&(later, key)));
    I::from_index(found.expect("both versions are numbered"))
}
