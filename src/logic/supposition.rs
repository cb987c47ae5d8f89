//! What may be supposed of a case beyond what is written: withheld passages, what leads on to nothing, what is given for the
//! sake of argument.

use std::collections::BTreeSet;

use crate::model::{DocumentId, Effect, StatementId};

/// A withheld part of a document that may speak to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// The document.
    pub document: DocumentId,
    /// What it may speak to.
    pub statement: StatementId,
}

/// Sides of statements that lead on to nothing.
pub type Idle = BTreeSet<(StatementId, Effect)>;

/// Something that is taken as given for the sake of argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Supposition {
    /// The statement is decided: there is a case on this side of it in every world, and none on the other.
    Decided(StatementId, Effect),
    /// There is further evidence on this side of the statement. It depends on nothing else, and holds with the
    /// probability of the variable that [`Parameters::further`](super::Parameters::further) names.
    Further(StatementId, Effect),
}

impl Supposition {
    /// Whether it decides a statement.
    pub fn is_decided(&self) -> bool {
        matches!(self, Self::Decided(..))
    }
}
