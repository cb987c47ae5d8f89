//! The numbers of entries: one count through all tables whose rows are referred to.

use crate::model::{ActorId, DocumentId, InferenceId, Premise, QuestionId, Source, StatementId, TableId};

use super::manifest::Rows;

/// Where the rows of each table begin in the count. The tables come in the order of the fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    documents: u32,
    claims: u32,
    relationships: u32,
    inferences: u32,
    questions: u32,
    sections: u32,
    evidence: u32,
    end: u32,
}

/// Why a number is not that of the entry that is needed.
pub(super) type Wrong = String;

impl Numbers {
    /// None if there are more than 2³² - 1 entries.
    pub(super) fn new(rows: &Rows) -> Option<Self> {
        let documents = rows.actors;
        let claims = documents.checked_add(rows.documents)?;
        let relationships = claims.checked_add(rows.claims)?;
        let inferences = relationships.checked_add(rows.relationships)?;
        let questions = inferences.checked_add(rows.inferences)?;
        let sections = questions.checked_add(rows.questions)?;
        let evidence = sections.checked_add(rows.sections)?;
        let end = evidence.checked_add(rows.evidence)?;
        Some(Self { documents, claims, relationships, inferences, questions, sections, evidence, end })
    }

    pub(super) fn of_actor(self, id: ActorId) -> u32 {
        row(id.index())
    }

    pub(super) fn of_document(self, id: DocumentId) -> u32 {
        self.documents + row(id.index())
    }

    pub(super) fn of_statement(self, id: StatementId) -> u32 {
        self.claims + row(id.index())
    }

    pub(super) fn of_inference(self, id: InferenceId) -> u32 {
        self.inferences + row(id.index())
    }

    pub(super) fn of_question(self, id: QuestionId) -> u32 {
        self.questions + row(id.index())
    }

    pub(super) fn of_section(self, index: usize) -> u32 {
        self.sections + row(index)
    }

    pub(super) fn of_evidence(self, index: usize) -> u32 {
        self.evidence + row(index)
    }

    pub(super) fn of_source(self, source: Source) -> u32 {
        match source {
            Source::Document(document) => self.of_document(document),
            Source::Actor(actor) => self.of_actor(actor),
        }
    }

    pub(super) fn of_premise(self, premise: Premise) -> u32 {
        match premise {
            Premise::Source(source) => self.of_source(source),
            Premise::Statement(statement) => self.of_statement(statement),
        }
    }

    pub(super) fn actor(self, number: u32) -> Result<ActorId, Wrong> {
        within(0, number, self.documents).ok_or_else(|| self.wrong(number, "actor"))
    }

    pub(super) fn document(self, number: u32) -> Result<DocumentId, Wrong> {
        within(self.documents, number, self.claims).ok_or_else(|| self.wrong(number, "document"))
    }

    pub(super) fn claim(self, number: u32) -> Result<StatementId, Wrong> {
        within(self.claims, number, self.relationships).ok_or_else(|| self.wrong(number, "claim"))
    }

    pub(super) fn statement(self, number: u32) -> Result<StatementId, Wrong> {
        within(self.claims, number, self.inferences).ok_or_else(|| self.wrong(number, "claim or relationship"))
    }

    pub(super) fn source(self, number: u32) -> Result<Source, Wrong> {
        let actor = || within(0, number, self.documents).map(Source::Actor);
        let document = || within(self.documents, number, self.claims).map(Source::Document);
        actor().or_else(document).ok_or_else(|| self.wrong(number, "document or actor"))
    }

    pub(super) fn premise(self, number: u32) -> Result<Premise, Wrong> {
        if number < self.claims {
            return self.source(number).map(Premise::Source);
        }
        self.statement(number).map(Premise::Statement)
    }

    pub(super) fn is_of_evidence(self, number: u32) -> bool {
        number >= self.evidence
    }

    fn wrong(self, number: u32, wanted: &str) -> Wrong {
        let found = match number {
            _ if number >= self.end => return format!("entry {number} is none of the {} that there are", self.end),
            _ if number < self.documents => "an actor",
            _ if number < self.claims => "a document",
            _ if number < self.relationships => "a claim",
            _ if number < self.inferences => "a relationship",
            _ if number < self.questions => "an inference",
            _ if number < self.sections => "a question",
            _ if number < self.evidence => "a section",
            _ => "a link",
        };
        format!("entry {number} is {found}, and the number of a {wanted} is needed")
    }
}

fn row(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 4 billion entries")
}

/// The id of a number from `first` to below `end`.
fn within<I: TableId>(first: u32, number: u32, end: u32) -> Option<I> {
    (first..end).contains(&number).then(|| I::from_index((number - first) as usize))
}
