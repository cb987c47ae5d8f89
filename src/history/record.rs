//! Going through the days.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::Limit;
use crate::engine::{Engine, EngineError, Hypothesis, Result};
use crate::model::{Day, DocumentId, QuestionId, Source, StatementId};

use super::course::{Course, History, Moment, Standing, Stands, Turn, TurnedBy};
use super::one_day::{Goal, OneDay};
use super::waited::waited;

/// How much of a history is worked out.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether to find out what was settled.
    pub settle: bool,
    /// The most evaluations that may be spent on which documents turned something.
    pub limit: Limit,
}

/// The history of some statements and questions. It ends with the case as the engine's scenario has it.
///
/// Cost: each statement is evaluated once for every day on which a document became known on which it depends, with what was
/// compiled once, within the budget for each of the days; and within the limit for sets of documents of one day.
///
/// # Errors
///
/// [`EngineError`] if a statement is too large for the budget, or the engine is asked to stop before anything is known.
pub fn history(
    engine: &Engine<'_>,
    (statements, questions): (&BTreeSet<StatementId>, &BTreeSet<QuestionId>),
    options: Options,
) -> Result<History> {
    let is_all = statements.len() == engine.case().statements.len();
    let engine =
        if is_all { engine.for_all(options.settle)? } else { engine.asking(statements, questions, options.settle)? };
    let moments = moments(&engine);
    let mut record = Record::new(&engine, (statements, questions), options, &moments)?;
    let mut stopped_at = None;
    for at in 0..moments.len() {
        match record.add(at) {
            Err(EngineError::Stopped) => {
                stopped_at = Some(at);
                break;
            }
            added => added?,
        }
    }
    let Record { statements, questions, .. } = record;
    let courses =
        |recorded: BTreeMap<_, Recorded<_>>| recorded.into_iter().map(|(id, recorded)| (id, recorded.course)).collect();
    let undated: Vec<DocumentId> = engine.scenario().undated(engine.case()).collect();
    let waited = waited(&engine, &moments, &undated);
    let questions = questions.into_iter().map(|(id, recorded)| (id, recorded.course)).collect();
    Ok(History { undated, waited, statements: courses(statements), questions, stopped_at, moments })
}

/// The days on which documents became known that the scenario leaves in.
fn moments(engine: &Engine<'_>) -> Vec<Moment> {
    let case = engine.case();
    let struck = engine.scenario().struck(case);
    let mut by_day: BTreeMap<Day, Vec<DocumentId>> = BTreeMap::new();
    for (id, document) in case.documents.iter().filter(|&(id, _)| !struck.contains(&Source::Document(id))) {
        if let Some(day) = document.known_by() {
            by_day.entry(day).or_default().push(id);
        }
    }
    by_day.into_iter().map(|(day, documents)| Moment { day, documents }).collect()
}

/// What has been recorded of one thing, and the documents that it depends on.
struct Recorded<S> {
    course: Course<S>,
    /// How it stood last, with what was known last of what could not be worked out since.
    last: S,
    reach: BTreeSet<DocumentId>,
}

impl<S: Stands> Recorded<S> {
    fn new(first: S, reach: BTreeSet<DocumentId>) -> Self {
        Self { course: Course { first, turns: Vec::new() }, last: first, reach }
    }

    fn depends_on(&self, documents: &[DocumentId]) -> bool {
        documents.iter().any(|document| self.reach.contains(document))
    }

    /// What it stands at now, if that is something else than it stood at last.
    fn turned(&mut self, now: S) -> Option<S> {
        let before = self.last;
        self.last = now.filled_in(&before);
        (!now.stands_as(&before)).then_some(now)
    }
}

/// A history up to some day.
struct Record<'a, 'c> {
    engine: &'a Engine<'c>,
    options: Options,
    moments: &'a [Moment],
    /// What is not known yet.
    later: BTreeSet<Source>,
    statements: BTreeMap<StatementId, Recorded<Standing>>,
    questions: BTreeMap<QuestionId, Recorded<crate::verdict::Finding>>,
    /// How many evaluations may still go into which documents turned something.
    left: usize,
}

impl<'a, 'c> Record<'a, 'c> {
    /// The record before the first day.
    fn new(
        engine: &'a Engine<'c>,
        (statements, questions): (&BTreeSet<StatementId>, &BTreeSet<QuestionId>),
        options: Options,
        moments: &'a [Moment],
    ) -> Result<Self> {
        let later = moments.iter().flat_map(|moment| &moment.documents).map(|&id| Source::Document(id)).collect();
        let (no_statements, no_questions) = (BTreeMap::new(), BTreeMap::new());
        let left = options.limit.in_all;
        let mut record =
            Self { engine, options, moments, later, statements: no_statements, questions: no_questions, left };
        let view = engine.at_with_budget(record.known());
        for &id in statements {
            let recorded = Recorded::new(Standing::of(&view, id, options.settle)?, reach(engine, [id]));
            record.statements.insert(id, recorded);
        }
        for &id in questions {
            let claims = engine.case().questions[id].claims.iter().copied();
            let recorded = Recorded::new(view.finding(id)?, reach(engine, claims));
            record.questions.insert(id, recorded);
        }
        Ok(record)
    }

    /// The case with what is known by now.
    fn known(&self) -> Hypothesis {
        self.engine.base().without_all(self.later.iter().copied())
    }

    /// Adds one day.
    fn add(&mut self, at: usize) -> Result<()> {
        self.engine.unless_stopped()?;
        let documents = &self.moments[at].documents;
        documents.iter().for_each(|&id| {
            self.later.remove(&Source::Document(id));
        });
        let statements: Vec<StatementId> = reached(&self.statements, documents);
        let questions: Vec<QuestionId> = reached(&self.questions, documents);
        if statements.is_empty() && questions.is_empty() {
            return Ok(());
        }
        let view = self.engine.at_with_budget(self.known());
        let mut goals = Vec::new();
        for id in statements {
            let now = Standing::of(&view, id, self.options.settle)?;
            let turned = self.statements.get_mut(&id).and_then(|recorded| recorded.turned(now));
            goals.extend(turned.map(|to| Goal::Statement { id, to: Box::new(to) }));
        }
        for id in questions {
            let now = view.finding(id)?;
            let turned = self.questions.get_mut(&id).and_then(|recorded| recorded.turned(now));
            goals.extend(turned.map(|to| Goal::Question { id, to }));
        }
        let by = self.turned_by(at, &goals);
        for (goal, by) in goals.into_iter().zip(by) {
            match goal {
                Goal::Statement { id, to } => turn(&mut self.statements, id, Turn { moment: at, to: *to, by }),
                Goal::Question { id, to } => turn(&mut self.questions, id, Turn { moment: at, to, by }),
            }
        }
        Ok(())
    }

    /// Which documents of a day reach each goal.
    fn turned_by(&mut self, at: usize, goals: &[Goal]) -> Vec<Option<TurnedBy>> {
        let reach = |goal: &Goal| match goal {
            Goal::Statement { id, .. } => &self.statements[id].reach,
            Goal::Question { id, .. } => &self.questions[id].reach,
        };
        let day = OneDay::new(self.engine, &self.later, &self.moments[at].documents, self.options.settle);
        let goals: Vec<_> = goals.iter().map(|goal| day.within(goal, reach(goal))).collect();
        let limit = Limit { each: self.options.limit.each, in_all: self.left };
        let (found, spent) = day.turned_by(&goals, limit);
        self.left = self.left.saturating_sub(spent);
        found
    }
}

/// The documents that statements can depend on.
fn reach(engine: &Engine<'_>, statements: impl IntoIterator<Item = StatementId>) -> BTreeSet<DocumentId> {
    let canonical = statements.into_iter().map(|id| engine.case().canonical(id));
    let sources = canonical.flat_map(|id| engine.sources_of(id));
    let document = |source| if let Source::Document(id) = source { Some(id) } else { None };
    sources.filter_map(document).collect()
}

fn reached<I: Ord + Copy, S: Stands>(recorded: &BTreeMap<I, Recorded<S>>, documents: &[DocumentId]) -> Vec<I> {
    recorded.iter().filter(|(_, recorded)| recorded.depends_on(documents)).map(|(&id, _)| id).collect()
}

fn turn<I: Ord, S>(recorded: &mut BTreeMap<I, Recorded<S>>, id: I, turn: Turn<S>) {
    recorded.get_mut(&id).expect("it was asked about").course.turns.push(turn);
}
