//! One version of a case, or one between two, in the common numbering.

use crate::model::{Actor, Case, Document, Inference, Key, Node, Question, Statement, Table, TableId};

use super::content::{Content, Visit};
use super::frame::Frame;
use super::names::{Entry, Keyed, Names, number};

/// An entry of a table that can be renumbered.
pub(super) trait Row: Keyed + Clone {
    /// Visits what it refers to.
    fn visit(&mut self, visit: Visit<'_>);
}

impl Row for Actor {
    fn visit(&mut self, visit: Visit<'_>) {
        self.part_of.visit(visit);
        self.impeached_by.visit(visit);
    }
}

impl Row for Document {
    fn visit(&mut self, visit: Visit<'_>) {
        self.by.visit(visit);
        self.impeached_by.visit(visit);
        self.derives_from.visit(visit);
        self.rests_on.visit(visit);
        self.supersedes.visit(visit);
        self.bears_on.visit(visit);
        self.collection.visit(visit);
        self.mentions.visit(visit);
    }
}

impl Row for Statement {
    fn visit(&mut self, visit: Visit<'_>) {
        super::fields::visit_nature(&mut self.nature, visit);
        self.evidence.visit(visit);
        for list in [&mut self.entails, &mut self.rivals, &mut self.all_of, &mut self.any_of, &mut self.one_of] {
            list.visit(visit);
        }
        self.same_as.visit(visit);
    }
}

impl Row for Inference {
    fn visit(&mut self, visit: Visit<'_>) {
        self.given.visit(visit);
        self.given_rejected.visit(visit);
        self.to.visit(visit);
        self.undercut_by.visit(visit);
    }
}

impl Row for Question {
    fn visit(&mut self, visit: Visit<'_>) {
        self.claims.visit(visit);
        self.headline.visit(visit);
    }
}

/// What the version does not have is none.
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
