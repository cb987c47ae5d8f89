//! What a history tells.

use std::collections::BTreeMap;

use crate::compare::Thoroughness;
use crate::engine::{Engine, Result};
use crate::model::{Day, DocumentId, QuestionId, StatementId};
use crate::verdict::{Assessment, Finding};

/// How verdicts and findings stood as documents became known.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The days on which documents became known, in order.
    pub moments: Vec<Moment>,
    /// The documents of unknown date, in order: they count as known throughout.
    pub undated: Vec<DocumentId>,
    /// The documents that were known before something that they go back to was, in the order in which they came to hold.
    pub waited: Vec<Waited>,
    /// How the statements stood that were asked about.
    pub statements: BTreeMap<StatementId, Course<Standing>>,
    /// How the questions were answered that were asked about.
    pub questions: BTreeMap<QuestionId, Course<Finding>>,
    /// From which of the days on nothing was worked out, where the engine was asked to stop.
    pub stopped_at: Option<usize>,
}

/// A document that was known, and did not hold before something that it goes back to was known as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waited {
    /// The document.
    pub document: DocumentId,
    /// On which of the days it became known; none where that is unknown.
    pub known: Option<usize>,
    /// From which of the days on it holds.
    pub holds: usize,
    /// Its own origins that came to hold on that day.
    pub origins: Vec<DocumentId>,
}

/// A day with the documents that became known on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// The documents, in order.
    pub documents: Vec<DocumentId>,
}

/// How one thing stood: at first, and from each turn on.
#[derive(Debug, Clone, PartialEq)]
pub struct Course<S> {
    /// Before any document of known date.
    pub first: S,
    /// The days on which it changed, in order.
    pub turns: Vec<Turn<S>>,
}

impl<S> Course<S> {
    /// How it stands with everything that is known.
    pub fn now(&self) -> &S {
        self.turns.last().map_or(&self.first, |turn| &turn.to)
    }
}

/// A change of how something stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn<S> {
    /// On which of the days.
    pub moment: usize,
    /// What it stood at from then on.
    pub to: S,
    /// The documents that turned it; none where that was too much to work out.
    pub by: Option<TurnedBy>,
}

/// Documents that turned something: with everything that was known before, and these of all that became known on the day, it
/// stands as it stood after that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnedBy {
    /// The documents, in order.
    pub documents: Vec<DocumentId>,
    /// What is known of there being no smaller set.
    pub thoroughness: Thoroughness,
    /// How many other sets of as many documents turn it as well, where all were tried.
    pub others: usize,
}

/// The verdict on a statement, and whether it was settled, on the day of a turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The verdict, with the numbers behind it.
    pub assessment: Assessment,
    /// Whether it was settled; none where nobody asked, or it could not be worked out.
    pub settled: Option<bool>,
}

impl Standing {
    /// The verdict on a statement in a view, and whether it is settled where that is asked.
    pub(super) fn of(view: &Engine<'_>, id: StatementId, settle: bool) -> Result<Self> {
        let answer = view.answer_statement(id, settle)?;
        let settled = answer.settlement.and_then(|settlement| settlement.settled);
        Ok(Self { assessment: answer.assessment, settled })
    }

    /// Whether the verdict is the same, in detail.
    pub fn has_verdict_of(&self, other: &Self) -> bool {
        self.assessment.detail == other.assessment.detail
    }
}

/// How something can stand, so that a change is seen.
pub(super) trait Stands: Copy {
    /// Whether nothing has changed, as far as that is known.
    fn stands_as(&self, other: &Self) -> bool;

    /// This, with what could not be worked out of it as it was known last.
    fn filled_in(self, _before: &Self) -> Self {
        self
    }
}

impl Stands for Standing {
    fn stands_as(&self, other: &Self) -> bool {
        // Where it could not be worked out, nothing is known to have changed.
        let is_settled_as = self.settled.zip(other.settled).is_none_or(|(one, other)| one == other);
        self.has_verdict_of(other) && is_settled_as
    }

    fn filled_in(self, before: &Self) -> Self {
        Self { settled: self.settled.or(before.settled), ..self }
    }
}

impl Stands for Finding {
    fn stands_as(&self, other: &Self) -> bool {
        self == other
    }
}
