//! What withheld material could make of a verdict.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{DocumentId, Effect, StatementId};
use crate::verdict::{Detail, Search};

/// What the completions of withheld material can do to a verdict.
#[derive(Debug)]
pub(crate) struct Reach {
    pub(crate) search: Search,
    /// The documents that take part in a smallest completion that changes the verdict or, where not all were tried, in
    /// one that was found.
    pub(crate) documents: BTreeSet<DocumentId>,
    /// For each of the other verdicts a completion that brings it about: of those that were tried, one with the fewest
    /// passages.
    pub(crate) examples: BTreeMap<Detail, Vec<Said>>,
}

impl Reach {
    pub(super) fn none(search: Search) -> Self {
        Self { search, documents: BTreeSet::new(), examples: BTreeMap::new() }
    }

    /// Notes a completion that brings about another verdict; `counts` if its documents are needed for that.
    pub(super) fn note(&mut self, detail: Detail, said: Vec<Said>, counts: bool) {
        if counts {
            self.documents.extend(said.iter().map(|said| said.document));
        }
        if self.examples.get(&detail).is_none_or(|known| said.len() < known.len()) {
            self.examples.insert(detail, said);
        }
    }

    pub(super) fn found(self) -> Option<Self> {
        (!self.examples.is_empty()).then_some(self)
    }
}

/// What a withheld passage says in a completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Said {
    /// The document that it is withheld from.
    pub document: DocumentId,
    /// What it speaks to.
    pub statement: StatementId,
    /// Whether it supports or opposes that.
    pub effect: Effect,
}
