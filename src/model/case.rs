//! The case: what its author wrote, with every reference resolved and every quantity checked.

use crate::source::Span;

use super::{
    ActorId, ActorKind, ClaimKind, Day, DocumentId, DocumentKind, InferenceId, Key, Manner, Period, Probability,
    QuestionId, QuoteState, RareList, RelationshipKind, Standard, StatementId, Table, Thresholds, normalized,
};

/// Where an account comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A document.
    Document(DocumentId),
    /// An actor, at first hand.
    Actor(ActorId),
}

/// What a step of reasoning starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Premise {
    /// A document or an actor: it counts when it holds.
    Source(Source),
    /// A claim or a relationship: it counts when it is accepted.
    Statement(StatementId),
}

impl Premise {
    /// The source that it is, if it is one.
    pub fn source(self) -> Option<Source> {
        match self {
            Self::Source(source) => Some(source),
            Self::Statement(_) => None,
        }
    }

    /// The statement that it is, if it is one.
    pub fn statement(self) -> Option<StatementId> {
        match self {
            Self::Statement(statement) => Some(statement),
            Self::Source(_) => None,
        }
    }
}

/// Which side a step speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It makes a case for the statement.
    Supports,
    /// It makes a case against the statement.
    Opposes,
}

impl Effect {
    /// The other side.
    pub fn other(self) -> Self {
        match self {
            Self::Supports => Self::Opposes,
            Self::Opposes => Self::Supports,
        }
    }
}

/// An undercut of a step, or an impeachment of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Attack {
    /// What it comes from.
    pub from: Premise,
    /// The probability that it is in force, given what it comes from.
    pub strength: Probability,
    /// Whether the author wrote the strength.
    pub strength_given: bool,
    /// Where `from` is written.
    pub span: Span,
}

/// One link from a source or a statement to the statement that it is written under.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// For or against.
    pub effect: Effect,
    /// What it comes from.
    pub from: Premise,
    /// The probability that the link holds, given its source.
    pub strength: Probability,
    /// Whether the author wrote the strength.
    pub strength_given: bool,
    /// How the source speaks.
    pub manner: Option<Manner>,
    /// Replaces, for this link alone, what the document derives from. Empty: not given.
    pub relies_on: RareList<Source>,
    /// Attacks on this link.
    pub undercut_by: RareList<Attack>,
    /// The place in the source.
    pub at: Option<String>,
    /// What it says there.
    pub quote: Option<String>,
    /// Where that is written, without its quotation marks.
    pub quote_place: Span,
    /// What became of the quotation; none where there is none, or no document of the case has a kept copy.
    pub quote_state: Option<QuoteState>,
    /// Where `from` is written.
    pub span: Span,
}

/// Somebody who acts or gives an account.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The author's id.
    pub key: Key,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Other names.
    pub aliases: RareList<String>,
    /// The larger actor that it is a part of.
    pub part_of: Option<ActorId>,
    /// The probability that its account holds; none: it always does, unless impeached.
    pub reliability: Option<Probability>,
    /// Recantations, retractions, findings that it fabricated.
    pub impeached_by: RareList<Attack>,
    /// The author's tags.
    pub tags: RareList<String>,
    /// The author's note.
    pub note: Option<String>,
    /// Where the id is written.
    pub declared: Span,
}

/// A document, or a container of documents.
#[derive(Debug, Clone)]
pub struct Document {
    /// The author's id.
    pub key: Key,
    /// The title.
    pub title: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Who issued it.
    pub by: RareList<ActorId>,
    /// Who wrote it, as plain names.
    pub authors: RareList<String>,
    /// When it was issued.
    pub date: Option<Period>,
    /// When it became known to the public; none: when it was issued.
    pub released: Option<Period>,
    /// The probability that its account holds, given its origins.
    pub reliability: Probability,
    /// Whether the author wrote the reliability.
    pub reliability_given: bool,
    /// Recantations, retractions, findings that it was fabricated.
    pub impeached_by: RareList<Attack>,
    /// What its account is taken from: it is only as good as one of them. Empty: it stands on its own.
    pub derives_from: RareList<Source>,
    /// What it needs, all of it, as a meta-analysis needs its trials. Empty: nothing.
    pub rests_on: RareList<Source>,
    /// Documents that no longer hold where this one does: older versions, or what the same hand took back.
    pub supersedes: RareList<DocumentId>,
    /// The share that is withheld.
    pub withheld: Probability,
    /// What the withheld part may speak to; none: every statement that it gives evidence on.
    pub bears_on: Option<Vec<StatementId>>,
    /// The number by which a text cites it.
    pub cite: Option<u32>,
    /// The collection that it is kept in.
    pub collection: Option<Source>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where an archive of the web keeps it.
    pub archived: Option<String>,
    /// When it was last read at its address.
    pub accessed: Option<Period>,
    /// The copy that is kept with the case: a path that starts from the folder of the file that it is written in.
    pub copy: Option<String>,
    /// The SHA-256 of that copy, in hexadecimal digits.
    pub sha256: Option<String>,
    /// The place in the collection.
    pub locator: Option<String>,
    /// Actors that it speaks of.
    pub mentions: RareList<ActorId>,
    /// Places that it speaks of.
    pub places: RareList<String>,
    /// The time that it speaks of.
    pub period: Option<Period>,
    /// The author's tags.
    pub tags: RareList<String>,
    /// The author's note.
    pub note: Option<String>,
    /// Where the id is written.
    pub declared: Span,
}

impl Case {
    /// The documents of which it is not known when they became known, in order.
    pub fn undated(&self) -> impl Iterator<Item = DocumentId> + '_ {
        self.documents.iter().filter(|(_, document)| document.known_by().is_none()).map(|(id, _)| id)
    }
}

impl Document {
    /// What it goes back to, as it is taken from that or rests on it.
    pub fn origins(&self) -> impl Iterator<Item = Source> + '_ {
        self.derives_from.iter().chain(self.rests_on.iter()).copied()
    }

    /// When it became known to the public: when it was released, or else, or where that could not be read, when it was
    /// issued.
    pub fn known_since(&self) -> Option<&Period> {
        self.released.as_ref().filter(|released| released.over_by().is_some()).or(self.date.as_ref())
    }

    /// The day by which it was known: the last of that date, or of the date with which one begins that has no end. None
    /// where there is no date, or none that could be read.
    pub fn known_by(&self) -> Option<Day> {
        self.known_since()?.over_by()
    }
}

/// What sort of statement it is.
#[derive(Debug, Clone)]
pub enum Nature {
    /// A claim in the author's words.
    Claim {
        /// What sort of claim.
        kind: ClaimKind,
        /// Whom it is about.
        about: RareList<Source>,
    },
    /// What one actor did with another.
    Relationship {
        /// Who did it.
        from: ActorId,
        /// With whom.
        to: ActorId,
        /// What was done.
        kind: RelationshipKind,
    },
}

/// The verdict, or its detail, that the author expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expectation {
    /// Supported.
    Supported,
    /// Contested, in either way.
    Contested,
    /// Unsupported, in any way.
    Unsupported,
    /// Supported: established.
    Established,
    /// Unsupported: refuted.
    Refuted,
    /// Unsupported: not enough either way.
    Insufficient,
    /// Unsupported: nothing either way.
    NoEvidence,
    /// Contested by a rival reading.
    RivalReadings,
    /// Contested by evidence on both sides.
    ConflictingEvidence,
}

/// A claim or a relationship: what gets a verdict.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The author's id.
    pub key: Key,
    /// The words of a claim; of a relationship, the names with the kind's phrase between them.
    pub text: String,
    /// A claim or a relationship.
    pub nature: Nature,
    /// Its own proof standard; none: the case's.
    pub standard: Option<Standard>,
    /// Links from sources and statements.
    pub evidence: Vec<Evidence>,
    /// Weaker statements that hold if this one does.
    pub entails: RareList<StatementId>,
    /// Statements that cannot be true together with this one, as written on this side.
    pub rivals: RareList<StatementId>,
    /// It is all of these together. Empty: not given.
    pub all_of: RareList<StatementId>,
    /// It is at least one of these. Empty: not given.
    pub any_of: RareList<StatementId>,
    /// It is exactly one of these. Empty: not given.
    pub one_of: RareList<StatementId>,
    /// Taken for granted by the author, with this probability.
    pub assumed: Option<Probability>,
    /// The claim whose verdict this relationship takes.
    pub same_as: Option<StatementId>,
    /// Places that it speaks of.
    pub places: RareList<String>,
    /// The time that it speaks of.
    pub period: Option<Period>,
    /// The author's tags.
    pub tags: RareList<String>,
    /// The author's note.
    pub note: Option<String>,
    /// What the author expects of the engine, and where that is written.
    pub expect: Option<(Expectation, Span)>,
    /// Where the id is written.
    pub declared: Span,
}

/// Several premises taken together.
#[derive(Debug, Clone)]
pub struct Inference {
    /// The author's id.
    pub key: Key,
    /// What has to hold or be accepted.
    pub given: Vec<Premise>,
    /// What has to be rejected.
    pub given_rejected: Vec<StatementId>,
    /// The conclusion.
    pub to: StatementId,
    /// For or against it.
    pub effect: Effect,
    /// The probability that the step holds, given its premises.
    pub strength: Probability,
    /// Whether the author wrote the strength.
    pub strength_given: bool,
    /// The pattern of reasoning.
    pub scheme: Option<String>,
    /// Attacks on this step.
    pub undercut_by: RareList<Attack>,
    /// The author's note.
    pub note: Option<String>,
    /// Where the id is written.
    pub declared: Span,
}

/// A question that the case is to answer.
#[derive(Debug, Clone)]
pub struct Question {
    /// The author's id.
    pub key: Key,
    /// The question in words.
    pub text: String,
    /// Its claims, the weakest first.
    pub claims: Vec<StatementId>,
    /// The claim whose verdict decides the finding.
    pub headline: StatementId,
    /// Where the id is written.
    pub declared: Span,
}

/// One section of a written report.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The statements that it covers.
    pub claims: Vec<StatementId>,
    /// The author's own words.
    pub text: Option<String>,
}

impl Section {
    /// What stands above it: its title, or that it has none.
    pub fn heading(&self) -> &str {
        if self.title.trim().is_empty() { "Untitled" } else { &self.title }
    }
}

/// The order of a written report.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The sections, in order.
    pub sections: Vec<Section>,
}

/// A whole case. Tables are in the order of their keys, so that neither the order of files nor that of
/// the entries in them changes anything that is computed or printed.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// The title.
    pub title: String,
    /// The author's summary; Markdown is allowed.
    pub summary: Option<String>,
    /// The proof standard of every statement that has none of its own.
    pub standard: Standard,
    /// The numbers behind the standards.
    pub thresholds: Thresholds,
    /// The actors.
    pub actors: Table<ActorId, Actor>,
    /// The documents.
    pub documents: Table<DocumentId, Document>,
    /// The claims, then the relationships, each in the order of their keys.
    pub statements: Table<StatementId, Statement>,
    /// The inferences.
    pub inferences: Table<InferenceId, Inference>,
    /// The questions.
    pub questions: Table<QuestionId, Question>,
    /// The order of a written report.
    pub report: Report,
}

impl Statement {
    /// Whether it is a claim rather than a relationship.
    pub fn is_claim(&self) -> bool {
        matches!(self.nature, Nature::Claim { .. })
    }

    /// The kind of a claim; relationships have none.
    pub fn claim_kind(&self) -> Option<ClaimKind> {
        match self.nature {
            Nature::Claim { kind, .. } => Some(kind),
            Nature::Relationship { .. } => None,
        }
    }

    /// Whether it has anything that could make a case for or against it, written under itself.
    pub fn has_grounds(&self) -> bool {
        self.has_parts() || !self.evidence.is_empty() || self.assumed.is_some() || self.same_as.is_some()
    }

    /// Whether it is made of other statements.
    pub fn has_parts(&self) -> bool {
        self.parts().next().is_some()
    }

    /// The statements that it is made of: all of them, any of them or one of them.
    pub fn parts(&self) -> impl Iterator<Item = StatementId> + '_ {
        self.all_of.iter().chain(&self.any_of).chain(&self.one_of).copied()
    }
}

impl Case {
    /// Whether copies of documents are kept with the case.
    pub fn keeps_copies(&self) -> bool {
        self.documents.values().any(|document| document.copy.is_some())
    }

    /// Marks every quotation as unchecked, if copies are kept that it could be compared with. Cost: a pass
    /// over the documents, and one over the evidence if there are any.
    pub(crate) fn mark_unchecked(&mut self) {
        if self.keeps_copies() {
            let links = self.statements.values_mut().flat_map(|entry| &mut entry.evidence);
            links.filter(|link| link.quote.is_some()).for_each(|link| link.quote_state = Some(QuoteState::Unchecked));
        }
    }

    /// The statement whose verdict this one has: the claim of a relationship with `same_as`, else itself.
    pub fn canonical(&self, statement: StatementId) -> StatementId {
        self.statements[statement].same_as.unwrap_or(statement)
    }

    /// The id of a source.
    pub fn source_key(&self, source: Source) -> &Key {
        match source {
            Source::Document(document) => &self.documents[document].key,
            Source::Actor(actor) => &self.actors[actor].key,
        }
    }

    /// The title of a document or the name of an actor.
    pub fn source_title(&self, source: Source) -> &str {
        match source {
            Source::Document(document) => &self.documents[document].title,
            Source::Actor(actor) => &self.actors[actor].name,
        }
    }

    /// What impeaches a source.
    pub fn impeachments(&self, source: Source) -> &[Attack] {
        match source {
            Source::Document(document) => &self.documents[document].impeached_by,
            Source::Actor(actor) => &self.actors[actor].impeached_by,
        }
    }

    /// The id of a premise.
    pub fn premise_key(&self, premise: Premise) -> &Key {
        match premise {
            Premise::Source(source) => self.source_key(source),
            Premise::Statement(statement) => &self.statements[statement].key,
        }
    }

    /// Every document, then every actor.
    pub fn sources(&self) -> impl Iterator<Item = Source> + '_ {
        self.documents.ids().map(Source::Document).chain(self.actors.ids().map(Source::Actor))
    }

    /// The standard of proof for a statement.
    pub fn standard_of(&self, statement: StatementId) -> Standard {
        self.statements[statement].standard.unwrap_or(self.standard)
    }

    /// The statement of that id. Cost of this and the other look-ups: the logarithm of the number of entries.
    pub fn statement(&self, key: &str) -> Option<StatementId> {
        let key = &*normalized(key);
        let find = |is_claim: bool| {
            // Claims come before relationships.
            let place = move |one: &Statement| is_claim.cmp(&one.is_claim()).then_with(|| one.key.as_str().cmp(key));
            self.statements.find(place)
        };
        find(true).or_else(|| find(false))
    }

    /// The document or actor of that id.
    pub fn source(&self, key: &str) -> Option<Source> {
        let key = &*normalized(key);
        let document = self.documents.find(|document| document.key.as_str().cmp(key));
        document
            .map(Source::Document)
            .or_else(|| self.actors.find(|actor| actor.key.as_str().cmp(key)).map(Source::Actor))
    }

    /// The inference of that id.
    pub fn inference(&self, key: &str) -> Option<InferenceId> {
        let key = &*normalized(key);
        self.inferences.find(|inference| inference.key.as_str().cmp(key))
    }

    /// The question of that id.
    pub fn question(&self, key: &str) -> Option<QuestionId> {
        let key = &*normalized(key);
        self.questions.find(|question| question.key.as_str().cmp(key))
    }

    /// Every id of the case: actors, documents, statements, inferences, questions.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        (self.actors.values().map(|entry| &entry.key))
            .chain(self.documents.values().map(|entry| &entry.key))
            .chain(self.statements.values().map(|entry| &entry.key))
            .chain(self.inferences.values().map(|entry| &entry.key))
            .chain(self.questions.values().map(|entry| &entry.key))
    }
}
