//! What an id can name.

use super::super::nearest::joined;

/// The sort of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// An actor.
    Actor,
    /// A document.
    Document,
    /// A claim.
    Claim,
    /// A relationship.
    Relationship,
    /// An inference.
    Inference,
    /// A question.
    Question,
}

impl Sort {
    /// One of them, with its article.
    pub fn what(self) -> &'static str {
        match self {
            Self::Actor => "an actor",
            Self::Document => "a document",
            Self::Claim => "a claim",
            Self::Relationship => "a relationship",
            Self::Inference => "an inference",
            Self::Question => "a question",
        }
    }

    /// Several of them.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Actor => "actors",
            Self::Document => "documents",
            Self::Claim => "claims",
            Self::Relationship => "relationships",
            Self::Inference => "inferences",
            Self::Question => "questions",
        }
    }
}

/// The sorts that a field takes.
pub(super) type Wanted = &'static [Sort];

/// Several of these, with a word before the last.
pub(super) fn plurals(wanted: Wanted, last: &str) -> String {
    joined(&wanted.iter().map(|sort| sort.plural()).collect::<Vec<_>>(), last)
}
