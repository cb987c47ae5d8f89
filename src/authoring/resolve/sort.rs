//! What an id can name.

/// The sort of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Actor,
    Document,
    Claim,
    Relationship,
    Inference,
    Question,
}

impl Sort {
    /// One of them, with its article.
    pub(super) fn what(self) -> &'static str {
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
    pub(super) fn plural(self) -> &'static str {
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
