//! From a text to the parts of the page, one after another.

use serde::Serialize;

use crate::authoring::Loaded;
use crate::compare::{Comparison, Differences, Limit, Options, Terms};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Answer, Engine, EngineError, Watch};
use crate::escape::visible;
use crate::lint::{Remarks, diagnostics_by, with_remarks};
use crate::logic::Budget;
use crate::model::Case;

use super::changes::{Change, changes};
use super::parts::{Shown, explorer, report, trouble};
use super::state::State;

/// Causes are looked for while somebody waits.
const CAUSES: Limit = Limit { each: 100, in_all: 400 };

/// A part of the page, and of which text it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Update {
    /// Counts the texts.
    pub generation: u64,
    /// When the text was read, in milliseconds since 1970, where the host says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
    /// What it is.
    #[serde(flatten)]
    pub part: Part,
}

/// A part of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// How the case stands.
    State(Box<State>),
    /// The picture, with everything that can be asked of it.
    Explorer(Shown),
    /// The report.
    Report(Shown),
}

/// A version of a case that had verdicts.
#[derive(Debug)]
struct Good {
    case: Case,
    answer: Answer,
}

/// The page of one case.
#[derive(Debug, Default)]
pub struct Page {
    terms: Terms,
    budget: Budget,
    generation: u64,
    last: Option<Good>,
}

impl Page {
    /// A page that shows nothing yet. Every version of the case is read on these terms.
    pub fn new(terms: Terms, budget: Budget) -> Self {
        Self { terms, budget, ..Self::default() }
    }

    /// How many texts there were.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Works out the page of a new text, and hands over each part as soon as it is there. Once the watch is stopped, what
    /// is not there by then is said to be missing.
    ///
    /// Cost: that of the verdicts, then that of the explorer, then that of the report, each on one thread.
    pub fn update(&mut self, loaded: Loaded, watch: &Watch, publish: &mut dyn FnMut(Update)) {
        self.show(loaded, watch, true, publish);
    }

    /// The same, but for the explorer and the report.
    pub fn update_state(&mut self, loaded: Loaded, watch: &Watch, publish: &mut dyn FnMut(Update)) {
        self.show(loaded, watch, false, publish);
    }

    /// The page of a text that cannot be read at all, and why.
    pub fn unreadable(&mut self, why: &str) -> Update {
        self.generation += 1;
        let state = State { trouble: Some(visible(why).into_owned()), ..State::unread(self.flags()) };
        Update { generation: self.generation, at: None, part: Part::State(Box::new(state)) }
    }

    fn flags(&self) -> Vec<String> {
        self.terms.flags.iter().map(|flag| visible(&flag.to_string()).into_owned()).collect()
    }

    fn show(&mut self, mut loaded: Loaded, watch: &Watch, is_whole: bool, publish: &mut dyn FnMut(Update)) {
        self.generation += 1;
        let generation = self.generation;
        let mut publish = |part| publish(Update { generation, at: None, part });
        let remarks = Remarks::of(&loaded);
        let Some(case) = loaded.case.take() else {
            return publish(Part::State(Box::new(State::broken(&loaded, &loaded.diagnostics, self.flags()))));
        };
        let engine = self.terms.engine(&case, self.budget).watched(watch.clone());
        let answer = engine.or_sampled(|engine| engine.for_all(false)?.answer_all(false)).and_then(complete);
        let state = State::broken(&loaded, &self.diagnostics(&loaded, &engine, watch), self.flags());
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let state = State { trouble: Some(trouble(&error)), ..state };
                return publish(Part::State(Box::new(state)));
            }
        };
        let changes = self.changes(&case, &answer, watch);
        publish(Part::State(Box::new(state.with(&case, &answer, changes, &loaded))));
        if is_whole {
            publish(Part::Explorer(explorer(&engine, &remarks)));
            publish(Part::Report(report(&engine, &remarks)));
        }
        drop(engine);
        self.last = Some(Good { case, answer });
    }

    /// What `check` says, which reads a case as it is written.
    fn diagnostics(&self, loaded: &Loaded, engine: &Engine<'_>, watch: &Watch) -> Vec<Diagnostic> {
        let plain = self.terms == Terms::default();
        let as_written = || Terms::default().engine(engine.case(), self.budget).watched(watch.clone());
        let remarks = if plain { diagnostics_by(engine) } else { diagnostics_by(&as_written()) };
        let (mut diagnostics, _) = with_remarks(loaded, engine.case(), remarks);
        if watch.is_stopped() {
            // What would have been allowed may not have been found yet.
            diagnostics.retain(|problem| problem.code != Code::UnusedAllow);
        }
        diagnostics
    }

    fn changes(&self, case: &Case, answer: &Answer, watch: &Watch) -> Option<Vec<Change>> {
        let last = self.last.as_ref()?;
        let differences = Differences::new(&last.case, case);
        let options = Options { settle: false, limit: CAUSES, budget: self.budget };
        let (before, after) = ((&last.case, last.answer.clone()), (case, answer.clone()));
        let comparison = Comparison::of_answers(before, after, &differences, &self.terms, options, watch.clone());
        Some(changes([&last.case, case], &differences, &comparison))
    }
}

/// An answer on every statement.
fn complete(answer: Answer) -> Result<Answer, EngineError> {
    if answer.unanswered > 0 { Err(EngineError::Stopped) } else { Ok(answer) }
}
