//! Selectors: which documents are meant.

use std::fmt;

use thiserror::Error;

use super::{Case, DocumentId, Source};

/// Chooses documents: `kind:Cable`, `tag:declassified`, `collection:cia-foia`, `by:cia`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Documents of a kind, by its word.
    Kind(String),
    /// Documents with a tag.
    Tag(String),
    /// Documents of a collection, by its id.
    Collection(String),
    /// Documents issued by an actor, by its id.
    By(String),
}

/// A text that is no selector, or that names what the case does not have.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SelectorError {
    /// No key that is known.
    #[error("`{0}` is no selector: write kind:Cable, tag:declassified, collection:ID or by:ID")]
    Unknown(String),
    /// An id that names nothing in the case.
    #[error("`{selector}` names `{key}`, and the case has no document or actor of that id")]
    NoSuchId {
        /// The selector.
        selector: String,
        /// The id.
        key: String,
    },
    /// No document of the case matches.
    #[error("no document of the case matches `{0}`")]
    NothingMatches(String),
}

impl Selector {
    /// Reads a selector and holds it against a case.
    ///
    /// # Errors
    ///
    /// [`SelectorError`] if it is not understood, names an unknown id, or matches no document: a mistyped
    /// selector would otherwise quietly leave a case without evidence.
    pub fn parse(text: &str, case: &Case) -> Result<Self, SelectorError> {
        let unknown = || SelectorError::Unknown(text.to_owned());
        let (key, value) = text.split_once(':').ok_or_else(unknown)?;
        let value = value.trim().to_owned();
        let (selector, id) = match key.trim() {
            "kind" => (Self::Kind(value), None),
            "tag" => (Self::Tag(value), None),
            "collection" => (Self::Collection(value.clone()), Some(value)),
            "by" => (Self::By(value.clone()), Some(value)),
            _ => return Err(unknown()),
        };
        match id {
            Some(key) if case.source(&key).is_none() => Err(SelectorError::NoSuchId { selector: text.to_owned(), key }),
            _ if !case.documents.ids().any(|document| selector.matches(case, document)) => {
                Err(SelectorError::NothingMatches(text.to_owned()))
            }
            _ => Ok(selector),
        }
    }

    /// Whether a document is meant.
    pub fn matches(&self, case: &Case, document: DocumentId) -> bool {
        let entry = &case.documents[document];
        match self {
            Self::Kind(word) => entry.kind.word() == word,
            Self::Tag(tag) => entry.tags.contains(tag),
            Self::Collection(key) => {
                entry.collection.is_some_and(|collection| case.source_key(collection).as_str() == key)
            }
            Self::By(key) => entry.by.iter().any(|&actor| case.source_key(Source::Actor(actor)).as_str() == key),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, value) = match self {
            Self::Kind(value) => ("kind", value),
            Self::Tag(value) => ("tag", value),
            Self::Collection(value) => ("collection", value),
            Self::By(value) => ("by", value),
        };
        write!(f, "{key}:{value}")
    }
}
