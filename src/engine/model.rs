//! What tells apart the programs that a case is compiled to.

use std::collections::BTreeSet;

use crate::logic::Supposition;
use crate::model::StatementId;

/// Which withheld passages a program has.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Presence {
    /// None: the case as written.
    #[default]
    AsWritten,
    /// All of them; which are absent is a matter of their weights.
    Any,
    /// These, by index.
    Exactly(Vec<usize>),
}

/// What a program has besides the case as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Shape {
    pub(super) presence: Presence,
    /// What is supposed for the sake of argument.
    pub(super) supposed: Vec<Supposition>,
}

/// Which of the two models of a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// With rivals, as far as they are not out.
    AsItIs,
    /// Without rivals, as when asking what is out.
    WithoutRivals,
}

/// Everything that shapes a program. No rivalry where `out` is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ModelKey {
    pub(super) out: Option<BTreeSet<StatementId>>,
    pub(super) shape: Shape,
}
