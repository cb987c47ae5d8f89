//! From a compiled rule back to what the author wrote, so that explanations are made from the rules that were evaluated.
//!
//! A rule of evidence names its origin where it stands, in [`super::compile`]: a new one explains itself.

use std::collections::BTreeMap;

use super::{AtomId, Literal, Passage, Program, Step, Supposition};
use crate::model::{DocumentId, Source, StatementId};

/// What the author wrote that a rule stands for. Explanations list what weighs the same in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A source, with its number, its origins and what impeaches it: it holds.
    Source(Source),
    /// A source that another derives from, or that a link relies on: one of its origins holds.
    DerivesFrom(Source),
    /// What a step needs to be applicable: its number, what it starts from and what undercuts it.
    Applicable(Step),
    /// An evidence link or an inference: it makes a case.
    Step(Step),
    /// What undercuts a step, at this place in its list.
    Undercut(Step, usize),
    /// What impeaches a source, at this place in its list.
    Impeachment(Source, usize),
    /// A document that takes the place of another, named first.
    Superseded(DocumentId, DocumentId),
    /// The draw of a step of several links, as far as it reaches this one and its equals.
    Draw(Step),
    /// The author's word: the statement is assumed.
    Assumed(StatementId),
    /// A stronger statement that entails this one, in its own list or as a whole or a part: a case for it is one for this.
    EntailedBy(StatementId),
    /// A weaker statement that this one entails: a case against it is one against this.
    Entails(StatementId),
    /// A rival that is not out: a case for it is one against this.
    Rival(StatementId),
    /// All parts of a statement: cases for all of them are one for it (`all_of`).
    AllOf(StatementId),
    /// All parts of a statement: cases against all of them are one against it (`any_of`).
    AnyOf(StatementId),
    /// All parts of a statement: cases against all of them are one against it (`one_of`).
    OneOf(StatementId),
    /// A statement that is exactly one of several, of which all others are out: a case for it and cases against those
    /// others are one for the one that is left.
    Left(StatementId),
    /// A withheld passage that may be there.
    Passage(Passage),
    /// What is supposed for the sake of argument.
    Supposed(Supposition),
}

/// The origins of all rules of a program.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    /// By their heads, in the order of the rules.
    rules: Vec<(AtomId, Origin)>,
    /// Heads whose rules were replaced.
    fixed: BTreeMap<AtomId, Option<Origin>>,
}

/// A rule that concludes an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground<'p> {
    /// What the author wrote.
    pub origin: Origin,
    /// What has to hold.
    pub body: &'p [Literal],
}

impl Origins {
    /// Notes the origin of the next rule under a head.
    pub(super) fn note(&mut self, head: AtomId, origin: Origin) {
        self.rules.push((head, origin));
    }

    /// Replaces all rules under a head by one, or by none.
    pub(super) fn fix(&mut self, head: AtomId, origin: Option<Origin>) {
        self.fixed.insert(head, origin);
    }

    /// The origins in the order of the rules of the finished program.
    pub(super) fn finish(mut self) -> Self {
        self.rules.retain(|(head, _)| !self.fixed.contains_key(head));
        self.rules.extend(self.fixed.iter().filter_map(|(&head, &origin)| Some((head, origin?))));
        self.rules.sort_by_key(|&(head, _)| head);
        self
    }

    /// Everything that concludes an atom of the program that these are the origins of, in the order of its rules.
    ///
    /// Cost: a binary search.
    pub fn grounds<'p>(&'p self, program: &'p Program, atom: AtomId) -> impl Iterator<Item = Ground<'p>> {
        let first = self.rules.partition_point(|&(head, _)| head < atom);
        let origins = self.rules[first..].iter().map(|&(_, origin)| origin);
        program.rules(atom).zip(origins).map(|(body, origin)| Ground { origin, body })
    }
}
