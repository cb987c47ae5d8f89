//! Both versions of a case in one numbering, in which an entry has the same id on either side.

use std::collections::BTreeSet;

use crate::model::{
    Actor, ActorId, Case, Document, DocumentId, Inference, InferenceId, Key, Node, Question, QuestionId, Statement,
    StatementId, Table, TableId,
};

use super::content::{Content, Visit};
use super::edit::Sort;
use super::frame::Frame;

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

/// An entry of a table: its place among the others, and what it refers to.
pub(super) trait Row: Clone {
    fn key(&self) -> &Key;

    /// Claims come before relationships.
    fn rank(&self) -> (bool, &Key) {
        (false, self.key())
    }

    fn visit(&mut self, visit: Visit<'_>);
}

impl Row for Actor {
    fn key(&self) -> &Key {
        &self.key
    }

    fn visit(&mut self, visit: Visit<'_>) {
        self.part_of.visit(visit);
        self.impeached_by.visit(visit);
    }
}

impl Row for Document {
    fn key(&self) -> &Key {
        &self.key
    }

    fn visit(&mut self, visit: Visit<'_>) {
        self.by.visit(visit);
        self.impeached_by.visit(visit);
        self.derives_from.visit(visit);
        self.bears_on.visit(visit);
        self.collection.visit(visit);
        self.mentions.visit(visit);
    }
}

impl Row for Statement {
    fn key(&self) -> &Key {
        &self.key
    }

    fn rank(&self) -> (bool, &Key) {
        (!self.is_claim(), &self.key)
    }

    fn visit(&mut self, visit: Visit<'_>) {
        super::fields::visit_nature(&mut self.nature, visit);
        self.evidence.visit(visit);
        for list in [&mut self.entails, &mut self.rivals, &mut self.all_of, &mut self.any_of] {
            list.visit(visit);
        }
        self.same_as.visit(visit);
    }
}

impl Row for Inference {
    fn key(&self) -> &Key {
        &self.key
    }

    fn visit(&mut self, visit: Visit<'_>) {
        self.given.visit(visit);
        self.given_rejected.visit(visit);
        self.to.visit(visit);
        self.undercut_by.visit(visit);
    }
}

impl Row for Question {
    fn key(&self) -> &Key {
        &self.key
    }

    fn visit(&mut self, visit: Visit<'_>) {
        self.claims.visit(visit);
        self.headline.visit(visit);
    }
}

/// The ids of everything that either version has, each at the place of its number.
#[derive(Debug, Clone)]
pub(super) struct Names {
    actors: Vec<(bool, Key)>,
    documents: Vec<(bool, Key)>,
    statements: Vec<(bool, Key)>,
    inferences: Vec<(bool, Key)>,
    questions: Vec<(bool, Key)>,
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

fn ranks<I: TableId, T: Row>(old: &Table<I, T>, new: &Table<I, T>) -> Vec<(bool, Key)> {
    let all: BTreeSet<(bool, &Key)> = old.values().chain(new.values()).map(Row::rank).collect();
    all.into_iter().map(|(later, key)| (later, key.clone())).collect()
}

fn number<I: TableId, T: Row>(names: &[(bool, Key)], row: &T) -> I {
    let (later, key) = row.rank();
    let found = names.binary_search_by(|(other_later, other)| (*other_later, other).cmp(&(later, key)));
    I::from_index(found.expect("both versions are numbered"))
}

/// One version of a case, or one between two, in the common numbering. What it does not have is none.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) frame: Frame,
    pub(super) actors: Vec<Option<Actor>>,
    pub(super) documents: Vec<Option<Document>>,
    pub(super) statements: Vec<Option<Statement>>,
    pub(super) inferences: Vec<Option<Inference>>,
    pub(super) questions: Vec<Option<Question>>,
}

impl Side {
    pub(super) fn of(case: &Case, names: &Names) -> Self {
        let visit = &mut |node| names.common(case, node);
        let mut frame = Frame::of(case);
        frame.report.sections.visit(visit);
        Self {
            frame,
            actors: spread(&case.actors, &names.actors, visit),
            documents: spread(&case.documents, &names.documents, visit),
            statements: spread(&case.statements, &names.statements, visit),
            inferences: spread(&case.inferences, &names.inferences, visit),
            questions: spread(&case.questions, &names.questions, visit),
        }
    }

    pub(super) fn has(&self, entry: Entry) -> bool {
        match entry {
            Entry::Case => true,
            Entry::Actor(id) => self.actors[id.index()].is_some(),
            Entry::Document(id) => self.documents[id.index()].is_some(),
            Entry::Statement(id) => self.statements[id.index()].is_some(),
            Entry::Inference(id) => self.inferences[id.index()].is_some(),
            Entry::Question(id) => self.questions[id.index()].is_some(),
        }
    }

    /// The case that it is. Every reference has to lead to something that it has.
    pub(super) fn case(mut self) -> Case {
        let (actors, documents) = (numbers(&self.actors), numbers(&self.documents));
        let statements = numbers(&self.statements);
        let visit = &mut |node: Node| {
            let gone = "no reference leads to what an edit has taken away";
            match node {
                Node::Actor(id) => Node::Actor(actors[id.index()].expect(gone)),
                Node::Document(id) => Node::Document(documents[id.index()].expect(gone)),
                Node::Statement(id) => Node::Statement(statements[id.index()].expect(gone)),
                Node::Inference(id) => Node::Inference(id),
            }
        };
        self.frame.report.sections.visit(visit);
        let Frame { title, summary, standard, thresholds, report } = self.frame;
        Case {
            title,
            summary,
            standard,
            thresholds,
            report,
            actors: gathered(self.actors, visit),
            documents: gathered(self.documents, visit),
            statements: gathered(self.statements, visit),
            inferences: gathered(self.inferences, visit),
            questions: gathered(self.questions, visit),
        }
    }
}

fn spread<I: TableId, T: Row>(table: &Table<I, T>, names: &[(bool, Key)], visit: Visit<'_>) -> Vec<Option<T>> {
    let mut rows: Vec<Option<T>> = vec![None; names.len()];
    for row in table.values() {
        let at: I = number(names, row);
        let mut row = row.clone();
        row.visit(visit);
        rows[at.index()] = Some(row);
    }
    rows
}

/// The number that each row has among those that are there.
fn numbers<I: TableId, T>(rows: &[Option<T>]) -> Vec<Option<I>> {
    let mut next = 0..;
    rows.iter().map(|row| row.as_ref().and_then(|_| next.next()).map(I::from_index)).collect()
}

fn gathered<I: TableId, T: Row>(rows: Vec<Option<T>>, visit: Visit<'_>) -> Table<I, T> {
    let gathered = rows.into_iter().flatten().map(|mut row| {
        row.visit(visit);
        row
    });
    Table::from_entries(gathered.collect())
}
