//! Which of the documents that became known on one day turned something.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::compare::{Edited, Limit, Thoroughness, causes};
use crate::engine::{Engine, Result};
use crate::model::{DocumentId, QuestionId, Source, StatementId};
use crate::verdict::Finding;

use super::course::{Standing, TurnedBy};

/// What something turned to.
#[derive(Debug, Clone)]
pub(super) enum Goal {
    /// A statement.
    Statement { id: StatementId, to: Box<Standing> },
    /// A question.
    Question { id: QuestionId, to: Finding },
}

impl Goal {
    /// Whether it is reached in a view: the verdict, and being settled or not, where that is known of the goal.
    fn is_reached(&self, view: &Engine<'_>, settle: bool) -> Result<bool> {
        match self {
            Self::Question { id, to } => Ok(view.finding(*id)? == *to),
            // Being settled takes much longer, and is worked out only where the verdict is reached.
            Self::Statement { id, to } => Ok(Standing::of(view, *id, false)?.has_verdict_of(to)
                && (to.settled.is_none() || Standing::of(view, *id, settle)?.settled == to.settled)),
        }
    }
}

/// A goal with those documents of the day, by their places, that can have anything to do with it.
pub(super) struct Within<'g> {
    goal: &'g Goal,
    candidates: Vec<usize>,
}

/// The documents of one day, of which some may be left out.
pub(super) struct OneDay<'a, 'c> {
    engine: &'a Engine<'c>,
    /// What becomes known after the day.
    later: &'a BTreeSet<Source>,
    documents: &'a [DocumentId],
    settle: bool,
    spent: Cell<usize>,
}

impl<'a, 'c> OneDay<'a, 'c> {
    pub(super) fn new(
        engine: &'a Engine<'c>,
        later: &'a BTreeSet<Source>,
        documents: &'a [DocumentId],
        settle: bool,
    ) -> Self {
        Self { engine, later, documents, settle, spent: Cell::new(0) }
    }

    /// A goal with the documents of the day among those that it depends on.
    pub(super) fn within<'g>(&self, goal: &'g Goal, reach: &BTreeSet<DocumentId>) -> Within<'g> {
        let places = self.documents.iter().enumerate();
        Within { goal, candidates: places.filter(|(_, id)| reach.contains(id)).map(|(place, _)| place).collect() }
    }

    /// The documents that reach each goal, none where that is too much to work out; and the evaluations that it took.
    pub(super) fn turned_by(&self, goals: &[Within<'_>], limit: Limit) -> (Vec<Option<TurnedBy>>, usize) {
        let (alone, together): (Vec<_>, Vec<_>) = (0..goals.len()).partition(|&at| goals[at].candidates.len() == 1);
        let mut found = vec![None; goals.len()];
        for at in alone {
            // Nothing else of that day can have done it.
            found[at] = Some(self.cause(&goals[at].candidates, Thoroughness::Smallest, 0));
        }
        let searched: Vec<Within<'_>> = together.iter().map(|&at| goals[at].again()).collect();
        for (at, cause) in together.into_iter().zip(causes(self, &searched, limit)) {
            found[at] = cause.map(|cause| self.cause(&cause.edits, cause.thoroughness, cause.others));
        }
        (found, self.spent.get())
    }

    fn cause(&self, places: &[usize], thoroughness: Thoroughness, others: usize) -> TurnedBy {
        let documents = places.iter().map(|&place| self.documents[place]).collect();
        TurnedBy { documents, thoroughness, others }
    }
}

impl Within<'_> {
    fn again(&self) -> Within<'_> {
        Within { goal: self.goal, candidates: self.candidates.clone() }
    }
}

impl<'g> Edited for OneDay<'g, '_> {
    type Goal = Within<'g>;

    fn candidates(&self, goal: &Within<'g>) -> Vec<usize> {
        goal.candidates.clone()
    }

    fn closed(&self, chosen: &BTreeSet<usize>) -> BTreeSet<usize> {
        chosen.clone()
    }

    fn reached(&self, chosen: &BTreeSet<usize>, goals: &[&Within<'g>]) -> Vec<Option<bool>> {
        self.spent.set(self.spent.get() + goals.len());
        let out = self.documents.iter().enumerate().filter(|(place, _)| !chosen.contains(place));
        let out = out.map(|(_, &id)| Source::Document(id));
        let view = self.engine.at_with_budget(self.engine.base().without_all(self.later.iter().copied().chain(out)));
        goals.iter().map(|goal| goal.goal.is_reached(&view, self.settle).ok()).collect()
    }
}
