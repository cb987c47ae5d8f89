//! One edit of a case, in its author's terms.

use crate::model::{Effect, Key, Manner};

/// What sort of thing was edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The case itself: its standard, its thresholds, its words.
    Case,
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
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Actor => "actor",
            Self::Document => "document",
            Self::Claim => "claim",
            Self::Relationship => "relationship",
            Self::Inference => "inference",
            Self::Question => "question",
        }
    }
}

/// What an edit can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearing {
    /// Verdicts and findings.
    Verdicts,
    /// Which documents a selector of `--only` means, or `--as-of` leaves out; without either, nothing.
    Selection,
    /// Whether a quotation is in the kept copy of its source, which counts under `--verified-quotes-only`; else nothing.
    Quotation,
    /// Whether a verdict is settled, but no verdict.
    Settled,
    /// Words alone.
    Words,
}

impl Bearing {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdicts => "verdicts",
            Self::Selection => "selection",
            Self::Quotation => "quotation",
            Self::Settled => "settled",
            Self::Words => "words",
        }
    }
}

/// An evidence link, by what an author would know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// For or against.
    pub effect: Effect,
    /// What it comes from.
    pub from: Key,
    /// The place in the source.
    pub at: Option<String>,
}

/// What stood, or stands, in an edited place.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, or the default.
    Nothing,
    /// A reliability, a strength or a share, from 0 to 1.
    Number(f64),
    /// Words.
    Text(String),
    /// Other entries.
    Ids(Vec<Key>),
    /// How a link speaks, and its strength from 0 to 1.
    Weight {
        /// In which manner, if one is written.
        manner: Option<Manner>,
        /// Its strength, from 0 to 1.
        strength: f64,
    },
    /// From what to what an inference goes.
    Step {
        /// What has to hold or be accepted.
        given: Vec<Key>,
        /// What has to be rejected.
        given_rejected: Vec<Key>,
        /// The conclusion.
        to: Key,
        /// For or against it.
        effect: Effect,
    },
    /// The claims of a question.
    Claims {
        /// The weakest first.
        claims: Vec<Key>,
        /// The one that decides the finding.
        headline: Key,
    },
}

/// One edit: the smallest part of a change that makes sense by itself. In an entry that both versions have, that is
/// one number, one evidence link, one undercut; an entry that only one of them has is added or removed as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What was edited.
    pub sort: Sort,
    /// Its id; the case itself has none.
    pub id: Option<Key>,
    /// The field, as in the case file; none: the entry as a whole.
    pub field: Option<&'static str>,
    /// The evidence link that it is in, or is.
    pub link: Option<Link>,
    /// The other entry of a pair: where an attack comes from, what is entailed, the rival.
    pub other: Option<Key>,
    /// What stood there before; none where something is added.
    pub before: Option<Value>,
    /// What stands there now; none where something is removed.
    pub after: Option<Value>,
    /// What it can change.
    pub bearing: Bearing,
}
