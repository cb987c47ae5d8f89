//! What tells apart the programs that a case is compiled to.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::logic::{Idle, Supposition};
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
    /// The sides of statements that lead on to nothing, if there are any.
    pub(super) idle: Option<Arc<Idle>>,
}

/// Which model of a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// With rivals; what is out proves nothing.
    AsItIs,
    /// Without rivals and with nothing out, as when asking what is out.
    WithoutRivals,
    /// Without rivals; what is out proves nothing. It tells a refutation from a contest of readings.
    Uncontested,
}

/// How many models there are.
pub(super) const MODELS: usize = 3;

/// Everything that shapes a program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ModelKey {
    /// Whether rivals compete.
    pub(super) rivals: bool,
    /// What is out, as far as it can reach what is asked about.
    pub(super) out: BTreeSet<StatementId>,
    pub(super) shape: Shape,
}

impl ModelKey {
    /// With rivals and with nothing out.
    pub(super) fn with_rivals(shape: Shape) -> Self {
        Self { rivals: true, out: BTreeSet::new(), shape }
    }

    /// Without rivals and with nothing out.
    pub(super) fn without_rivals(shape: Shape) -> Self {
        Self { rivals: false, ..Self::with_rivals(shape) }
    }
}
