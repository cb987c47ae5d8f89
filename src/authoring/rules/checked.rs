//! A case under check: the model, and the places of what its author wrote.

use std::sync::OnceLock;

use crate::model::{
    Attack, Case, Document, DocumentId, Inference, InferenceId, Premise, QuestionId, Source, Spoken, Statement,
    StatementId, normalized,
};
use crate::source::Span;

use super::super::reader::Text;
use super::super::resolve::{Entries, WrittenStatement};
use super::entailment::Entailment;

/// What every rule is given.
pub(super) struct Checked<'c> {
    pub(super) case: &'c Case,
    /// None: the case was not read from a text.
    entries: Option<&'c Entries<'c>>,
    entailment: OnceLock<Entailment>,
    spoken: OnceLock<Spoken>,
}

impl<'c> Checked<'c> {
    pub(super) fn new(case: &'c Case, entries: Option<&'c Entries<'c>>) -> Self {
        Self { case, entries, entailment: OnceLock::new(), spoken: OnceLock::new() }
    }

    /// Which statements entail which; computed when first asked for.
    pub(super) fn entailment(&self) -> &Entailment {
        self.entailment.get_or_init(|| Entailment::new(self.case))
    }

    /// Which statements anything speaks to; computed when first asked for.
    pub(super) fn spoken(&self) -> &Spoken {
        self.spoken.get_or_init(|| Spoken::new(self.case))
    }

    pub(super) fn statements(&self) -> impl Iterator<Item = (StatementId, &'c Statement)> + use<'c> {
        self.case.statements.iter()
    }

    pub(super) fn documents(&self) -> impl Iterator<Item = (DocumentId, &'c Document)> + use<'c> {
        self.case.documents.iter()
    }

    pub(super) fn inferences(&self) -> impl Iterator<Item = (InferenceId, &'c Inference)> + use<'c> {
        self.case.inferences.iter()
    }

    /// A statement as it is written.
    pub(super) fn written(&self, statement: StatementId) -> WrittenStatement<'c> {
        self.entries.map_or(WrittenStatement::NOTHING, |entries| entries.statement(statement))
    }

    /// Where a list of a statement names another one.
    pub(super) fn place(&self, list: &[Text<'_>], named: StatementId, otherwise: Span) -> Span {
        place_in(list, self.key(named)).unwrap_or(otherwise)
    }

    /// Where an inference names a premise.
    pub(super) fn premise_place(&self, inference: InferenceId, key: &str) -> Span {
        let Some(row) = self.entries.map(|entries| entries.inference(inference)) else { return Span::NOWHERE };
        let given = row.entry.given.as_deref().unwrap_or_default();
        let rejected = row.entry.given_rejected.as_deref().unwrap_or_default();
        place_in(given, key).or_else(|| place_in(rejected, key)).unwrap_or(row.declared)
    }

    /// What a question lists as its claims.
    pub(super) fn listed_claims(&self, question: QuestionId) -> &'c [Text<'c>] {
        let row = self.entries.map(|entries| entries.question(question));
        row.and_then(|row| row.entry.claims.as_deref()).unwrap_or_default()
    }

    /// Where a question names one of its claims.
    pub(super) fn claim_place(&self, question: QuestionId, claim: StatementId) -> Span {
        let Some(row) = self.entries.map(|entries| entries.question(question)) else { return Span::NOWHERE };
        self.place(row.entry.claims.as_deref().unwrap_or_default(), claim, row.declared)
    }

    /// Where a document names one of its origins.
    pub(super) fn origin_place(&self, document: DocumentId, key: &str) -> Span {
        let Some(row) = self.entries.map(|entries| entries.document(document)) else { return Span::NOWHERE };
        place_in(row.entry.derives_from.as_deref().unwrap_or_default(), key).unwrap_or(row.declared)
    }

    /// Where a document names something that it rests on.
    pub(super) fn needed_place(&self, document: DocumentId, key: &str) -> Span {
        let Some(row) = self.entries.map(|entries| entries.document(document)) else { return Span::NOWHERE };
        place_in(row.entry.rests_on.as_deref().unwrap_or_default(), key).unwrap_or(row.declared)
    }

    /// Where a document names one that it supersedes.
    pub(super) fn superseded_place(&self, document: DocumentId, key: &str) -> Span {
        let Some(row) = self.entries.map(|entries| entries.document(document)) else { return Span::NOWHERE };
        place_in(row.entry.supersedes.as_deref().unwrap_or_default(), key).unwrap_or(row.declared)
    }

    /// Where a document says what the SHA-256 of its copy is.
    pub(super) fn hash_place(&self, document: DocumentId) -> Option<Span> {
        let row = self.entries.map(|entries| entries.document(document))?;
        row.entry.sha256.as_ref().map(|hash| hash.span)
    }

    pub(super) fn key(&self, statement: StatementId) -> &'c str {
        self.case.statements[statement].key.as_str()
    }

    /// Whether a premise is that statement, aliases looked through.
    pub(super) fn is_same(&self, premise: Premise, statement: StatementId) -> bool {
        let canonical = self.case.canonical(statement);
        matches!(premise, Premise::Statement(other) if self.case.canonical(other) == canonical)
    }

    /// Every impeachment with the source that it impeaches.
    pub(super) fn impeachments(&self) -> impl Iterator<Item = (Source, &'c Attack)> + use<'c> {
        let case = self.case;
        case.sources().flat_map(move |source| case.impeachments(source).iter().map(move |attack| (source, attack)))
    }

    /// Every undercut, of evidence and of inferences, with the statement that the step leads to.
    pub(super) fn undercuts(&self) -> impl Iterator<Item = (StatementId, &'c Attack)> + use<'c> {
        let inferences = self.case.inferences.values();
        let of_inferences = inferences.flat_map(|one| one.undercut_by.iter().map(move |attack| (one.to, attack)));
        self.undercuts_of_evidence().chain(of_inferences)
    }

    /// Every undercut of evidence, with the statement that the evidence is on.
    pub(super) fn undercuts_of_evidence(&self) -> impl Iterator<Item = (StatementId, &'c Attack)> + use<'c> {
        let links = self.statements().flat_map(|(id, statement)| statement.evidence.iter().map(move |link| (id, link)));
        links.flat_map(|(id, link)| link.undercut_by.iter().map(move |attack| (id, attack)))
    }
}

/// Where a list names an id.
pub(super) fn place_in(list: &[Text<'_>], key: &str) -> Option<Span> {
    list.iter().find(|text| normalized(&text.text) == key).map(|text| text.span)
}
