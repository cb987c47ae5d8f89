//! The entries of a case, and what is written in them.
//!
//! Fields that every entry of that sort needs are arguments of `new`. Ids are those of the case's own entries.

use crate::diagnostic::Code;
use crate::model::{ActorKind, ClaimKind, DocumentKind, Effect, Expectation, Manner, RelationshipKind, Standard};

use super::super::layout::{Value, Written, fields};
use super::super::values::Words;
use super::part::part;
use super::scale::{Reliability, Strength, Withheld};

part! {
    /// Somebody who acts or gives an account.
    Actor {
        /// The name.
        name: text,
        /// What it is.
        kind: one<ActorKind>,
        /// How far its own account can be trusted; not set: it always holds, unless impeached.
        reliability: one<Reliability>,
        /// Adds an attack on it as a source.
        impeached_by: many<Attack>,
        /// Other names.
        aliases: texts,
        /// The actor that it belongs to.
        part_of: text,
        /// The author's tags.
        tags: texts,
        /// The author's note.
        note: text,
        /// Allows a warning.
        allow: many<Code>,
    }
}

part! {
    /// A document, or a container of documents.
    Document {
        /// The title.
        title: text,
        /// What it is.
        kind: one<DocumentKind>,
        /// How far its account can be trusted, given its origins; not set: 0.5.
        reliability: one<Reliability>,
        /// Documents and actors that its account is taken from: one of them has to hold.
        derives_from: texts,
        /// Documents and actors that it needs, all of them, as a meta-analysis needs its trials.
        rests_on: texts,
        /// Documents that no longer hold where this one does: older versions, or what the same hand took back.
        supersedes: texts,
        /// Adds an attack on it as a source.
        impeached_by: many<Attack>,
        /// The share that is withheld.
        withheld: one<Withheld>,
        /// Statements that the withheld part may speak to; not set: those that it is evidence on.
        bears_on: list,
        /// Actors who issued it.
        by: texts,
        /// Who wrote it, as plain names.
        authors: texts,
        /// Actors whom it speaks of.
        mentions: texts,
        /// When it was issued: a date in ISO 8601 or EDTF.
        date: text,
        /// When it became known to the public; not set: when it was issued.
        released: text,
        /// The time that it speaks of: a date or an interval in ISO 8601 or EDTF.
        period: text,
        /// The document or actor that keeps it.
        collection: text,
        /// Where it is kept.
        locator: text,
        /// Where it can be read.
        url: text,
        /// Where an archive of the web keeps it.
        archived: text,
        /// When it was last read at its address.
        accessed: text,
        /// The copy that is kept with the case: a path inside its folder.
        copy: text,
        /// The SHA-256 of that copy, in hexadecimal digits.
        sha256: text,
        /// The number by which a text cites it.
        cite: one<u32>,
        /// Places that it speaks of.
        places: texts,
        /// The author's tags.
        tags: texts,
        /// The author's note.
        note: text,
        /// Allows a warning.
        allow: many<Code>,
    }
}

part! {
    /// A claim.
    Claim {
        /// The claim in words.
        text: text,
        /// What sort of claim it is; not set: a fact.
        kind: one<ClaimKind>,
        /// Adds a link to what speaks for it or against it.
        evidence: many<Evidence>,
        /// Weaker statements, which hold if this one does.
        entails: texts,
        /// Statements that cannot be true together with this one.
        rivals: texts,
        /// It says that all of these are true.
        all_of: texts,
        /// It says that at least one of these is true.
        any_of: texts,
        /// It says that exactly one of these is true.
        one_of: texts,
        /// Takes it for granted, with this strength.
        assumed: one<Strength>,
        /// Its own standard of proof; not set: the case's.
        standard: one<Standard>,
        /// The answer that is expected.
        expect: one<Expectation>,
        /// Documents and actors that it is about.
        about: texts,
        /// Places that it speaks of.
        places: texts,
        /// The time that it speaks of: a date or an interval in ISO 8601 or EDTF.
        period: text,
        /// The author's tags.
        tags: texts,
        /// The author's note.
        note: text,
        /// Allows a warning.
        allow: many<Code>,
    }
}

part! {
    /// What one actor did with another.
    Relationship {
        /// Who did it.
        from: text,
        /// With whom.
        to: text,
        /// What was done.
        kind: one<RelationshipKind>,
        /// The claim that says the same, whose verdict it takes.
        same_as: text,
        /// Adds a link to what speaks for it or against it.
        evidence: many<Evidence>,
        /// Weaker statements, which hold if this one does.
        entails: texts,
        /// Statements that cannot be true together with this one.
        rivals: texts,
        /// It says that all of these are true.
        all_of: texts,
        /// It says that at least one of these is true.
        any_of: texts,
        /// It says that exactly one of these is true.
        one_of: texts,
        /// Takes it for granted, with this strength.
        assumed: one<Strength>,
        /// Its own standard of proof; not set: the case's.
        standard: one<Standard>,
        /// The answer that is expected.
        expect: one<Expectation>,
        /// Places that it speaks of.
        places: texts,
        /// The time that it speaks of: a date or an interval in ISO 8601 or EDTF.
        period: text,
        /// The author's tags.
        tags: texts,
        /// The author's note.
        note: text,
        /// Allows a warning.
        allow: many<Code>,
    }
}

part! {
    /// One link from a source or a statement to the statement that it is evidence on.
    Evidence named by effect {
        /// The source or statement that it comes from.
        from: text,
        /// How strongly it speaks, given that its source holds; not set: by its manner, else moderately.
        strength: one<Strength>,
        /// How the source speaks.
        manner as "as": one<Manner>,
        /// The place in the source.
        at: text,
        /// What it says there.
        quote: text,
        /// Documents and actors that stand, for this link alone, in place of what the document derives from.
        relies_on: texts,
        /// Adds an attack on this link.
        undercut_by: many<Attack>,
    }
}

part! {
    /// An undercut of a step, or an impeachment of a source.
    Attack {
        /// The source or statement that it comes from.
        from: text,
        /// How likely it is in force, given what it comes from; not set: moderately.
        strength: one<Strength>,
    }
}

part! {
    /// Several premises taken together.
    Inference {
        /// Sources and statements, all of which have to hold.
        given: list,
        /// Statements that have to be rejected.
        given_rejected: texts,
        /// The statement that is concluded.
        to: text,
        /// For or against it.
        effect: one<Effect>,
        /// How strong the step is, given its premises; not set: moderately.
        strength: one<Strength>,
        /// The pattern of reasoning, in words.
        scheme: text,
        /// Adds an attack on this step.
        undercut_by: many<Attack>,
        /// The author's note.
        note: text,
        /// Allows a warning.
        allow: many<Code>,
    }
}

part! {
    /// A question that the case is to answer.
    Question {
        /// The question in words.
        text: text,
        /// The statements that answer it, the weakest first.
        claims: texts,
        /// The one of them that decides the answer; not set: the last.
        headline: text,
        /// Allows a warning.
        allow: many<Code>,
    }
}

part! {
    /// One section of a written report.
    Section {
        /// The heading.
        title: text,
        /// The statements that it covers.
        claims: texts,
        /// The author's own words.
        text: text,
    }
}

impl Actor {
    /// An actor of that name.
    pub fn new(name: impl Into<String>) -> Self {
        Self::default().name(name)
    }
}

impl Document {
    /// A document of that title.
    pub fn new(title: impl Into<String>) -> Self {
        Self::default().title(title)
    }
}

impl Claim {
    /// A claim of those words.
    pub fn new(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }
}

impl Relationship {
    /// What the actor `from` did with the actor `to`.
    pub fn new(from: impl Into<String>, kind: RelationshipKind, to: impl Into<String>) -> Self {
        Self::default().from(from).kind(kind).to(to)
    }
}

impl Evidence {
    /// Evidence for the statement that it is added to.
    pub fn supports(from: impl Into<String>) -> Self {
        Self::new(Effect::Supports, from)
    }

    /// Evidence against the statement that it is added to.
    pub fn opposes(from: impl Into<String>) -> Self {
        Self::new(Effect::Opposes, from)
    }

    /// Evidence on one of the two sides.
    pub fn new(effect: Effect, from: impl Into<String>) -> Self {
        Self { effect: Some(effect), ..Self::default() }.from(from)
    }
}

impl Attack {
    /// An attack from a source or a statement.
    pub fn new(from: impl Into<String>) -> Self {
        Self::default().from(from)
    }
}

impl From<&str> for Attack {
    fn from(from: &str) -> Self {
        Self::new(from)
    }
}

impl Inference {
    /// A step from several premises to a statement.
    pub fn new(given: impl IntoIterator<Item: Into<String>>, effect: Effect, to: impl Into<String>) -> Self {
        Self::default().given(given).effect(effect).to(to)
    }
}

impl Question {
    /// A question in words.
    pub fn new(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }
}

impl Section {
    /// A section of that heading.
    pub fn new(title: impl Into<String>) -> Self {
        Self::default().title(title)
    }
}

impl Written for Code {
    fn written(&self) -> Value {
        Value::Text(self.name().to_owned())
    }
}

/// The word of a value that has one.
pub(in super::super) fn word<T: Words + PartialEq>(value: T) -> &'static str {
    let found = T::WORDS.iter().find(|(_, known)| *known == value);
    found.map(|(word, _)| *word).expect("every value has its word")
}

macro_rules! words {
    ($($kind:ident)*) => {$(
        impl Written for $kind {
            fn written(&self) -> Value {
                Value::Word(word(*self).to_owned())
            }
        }
    )*};
}

words! { Standard ClaimKind Manner Effect Expectation }

macro_rules! open_kinds {
    ($($kind:ident)*) => {$(
        impl Written for $kind {
            fn written(&self) -> Value {
                match self {
                    Self::Other(text) => Value::Wrapped("Other", text.clone()),
                    known => Value::Word(known.word().to_owned()),
                }
            }
        }
    )*};
}

open_kinds! { ActorKind DocumentKind RelationshipKind }
