//! What tells apart the programs that a case is compiled to.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::logic::{AtomId, Idle, Program, Supposition};
use crate::model::StatementId;

use super::scenario::EFFECTS;

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
    pub(super) idle: Option<IdleSides>,
}

/// Sides of statements that lead on to nothing: there may be many, and they are compared for every statement.
#[derive(Debug, Clone, Eq)]
pub(crate) struct IdleSides {
    sides: Arc<Idle>,
    hash: u64,
}

impl IdleSides {
    pub(super) fn new(sides: Idle) -> Self {
        let hash = FxBuildHasher.hash_one(&sides);
        Self { sides: Arc::new(sides), hash }
    }

    pub(super) fn get(&self) -> &Idle {
        &self.sides
    }
}

impl PartialEq for IdleSides {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && (Arc::ptr_eq(&self.sides, &other.sides) || self.sides == other.sides)
    }
}

impl Hash for IdleSides {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl PartialOrd for IdleSides {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IdleSides {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.sides, &other.sides) { Ordering::Equal } else { self.sides.cmp(&other.sides) }
    }
}

impl Shape {
    /// Whether it is the case as written, with nothing supposed.
    pub(super) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The statements that are decided for the sake of argument: whether there is a case for each, and one against it.
    pub(super) fn decided(&self) -> BTreeMap<StatementId, [bool; 2]> {
        let decided = self.supposed.iter().filter_map(|supposition| match *supposition {
            Supposition::Decided(statement, effect) => Some((statement, EFFECTS.map(|side| side == effect))),
            Supposition::Further(..) => None,
        });
        decided.collect()
    }

    /// Whether it is only for one question: nothing that is compiled for it is worth keeping.
    pub(super) fn is_passing(&self) -> bool {
        self.supposed.iter().any(Supposition::is_decided)
    }
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

    /// The same without the statements that are decided, and those, by their atoms.
    pub(super) fn without_decided(&self) -> (Self, BTreeMap<AtomId, bool>) {
        let mut plain = self.clone();
        plain.shape.supposed.retain(|supposition| !supposition.is_decided());
        let sides = |(statement, so): (StatementId, [bool; 2])| Program::sides(statement).into_iter().zip(so);
        (plain, self.shape.decided().into_iter().flat_map(sides).collect())
    }

    /// Without rivals and with nothing out.
    pub(super) fn without_rivals(shape: Shape) -> Self {
        Self { rivals: false, ..Self::with_rivals(shape) }
    }
}
