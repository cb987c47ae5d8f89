//! From a text to the parts of the page, one after another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::authoring::Loaded;
use crate::compare::{Comparison, Differences, Limit, Options, Terms, revised_by};
use crate::diagnostic::Diagnostic;
use crate::diagram::Layouts;
use crate::engine::{Answer, Engine, EngineError, StatementAnswer, Watch};
use crate::escape::visible;
use crate::lint::{Remarks, with_remarks};
use crate::logic::{Budget, Kept};
use crate::model::{Case, StatementId};

use super::changes::{Change, changes};
use super::parts::{Shown, explorer, report, trouble};
use super::state::State;

/// Causes are looked for while somebody waits: all sets of five edits are tried, and not much of a case that was changed
/// everywhere at once.
const CAUSES: Limit = Limit { each: 32, in_all: 64 };

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
    /// Whether nothing in the answers was sampled: only then do they fit those of the next version.
    is_exact: bool,
}

/// The page of one case.
#[derive(Debug, Default)]
pub struct Page {
    terms: Terms,
    budget: Budget,
    generation: u64,
    last: Option<Good>,
    layouts: Layouts,
    /// The diagrams of the last version: where an edit changes no more than numbers and words, they are those of the next.
    diagrams: Arc<Kept>,
}

impl Page {
    /// A page that shows nothing yet. Every version of the case is read on these terms.
    pub fn new(terms: Terms, budget: Budget) -> Self {
        Self { terms, budget, ..Self::default() }
    }

    /// Works out the page of a new text, and hands over each part as soon as it is there. Once the watch is stopped, what
    /// is not there by then is said to be missing. `publish` says whether it has shown what it was given: the next text is
    /// compared with the last one of which the state was.
    ///
    /// Cost: that of the verdicts that an edit can change, then that of the explorer, then that of the report.
    pub fn update(&mut self, loaded: Loaded, watch: &Watch, publish: &mut dyn FnMut(Update) -> bool) {
        self.show(loaded, watch, true, publish);
    }

    /// The same, but for the explorer and the report.
    pub fn update_state(&mut self, loaded: Loaded, watch: &Watch, publish: &mut dyn FnMut(Update) -> bool) {
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

    fn show(&mut self, mut loaded: Loaded, watch: &Watch, is_whole: bool, publish: &mut dyn FnMut(Update) -> bool) {
        self.generation += 1;
        let generation = self.generation;
        let mut publish = |part| publish(Update { generation, at: None, part });
        let remarks = Remarks::of(&loaded);
        let Some(case) = loaded.case.take() else {
            publish(Part::State(Box::new(State::broken(&loaded, &loaded.diagnostics, self.flags()))));
            return;
        };
        let engine = self.terms.engine(&case, self.budget).watched(watch.clone()).keeping(Arc::clone(&self.diagrams));
        let differences = self.last.as_ref().map(|last| Differences::new(&last.case, &case));
        let (state, answer) = self.state(&engine, differences.as_ref(), &loaded, watch);
        let is_shown = publish(Part::State(Box::new(state)));
        let Some(answer) = answer.filter(|_| is_shown) else { return };
        let answer = if is_whole {
            let answer = self.remembering(&engine, differences.as_ref(), answer);
            self.pages(&engine, answer, &remarks, &mut publish)
        } else {
            answer
        };
        self.diagrams.sweep();
        let is_exact = is_exact(&engine);
        self.last = Some(Good { case, answer, is_exact });
    }

    /// How a case stands, and its verdicts, unless they could not be worked out.
    fn state(
        &self,
        engine: &Engine<'_>,
        differences: Option<&Differences>,
        loaded: &Loaded,
        watch: &Watch,
    ) -> (State, Option<Answer>) {
        let case = engine.case();
        let answer = engine.or_sampled(|engine| engine.for_all(false)?.answer_all(false)).and_then(complete);
        let state = State::broken(loaded, &self.diagnostics(loaded, engine, watch), self.flags());
        match answer {
            Ok(answer) => {
                let changes = differences.and_then(|differences| self.changes(differences, case, &answer, watch));
                (state.with(case, &answer, changes, loaded), Some(answer))
            }
            Err(error) => (State { trouble: Some(trouble(&error)), ..state }, None),
        }
    }

    /// An answer with what is known already of which statements are settled: those that no edit can reach. Where anything
    /// was sampled, that is nothing.
    fn remembering(&self, engine: &Engine<'_>, differences: Option<&Differences>, answer: Answer) -> Answer {
        let (Some(last), Some(differences)) = (&self.last, differences) else { return answer };
        if !last.is_exact || !is_exact(engine) {
            return answer;
        }
        match revised_by(engine, (&last.case, &last.answer), differences, &self.terms) {
            Ok(revision) if is_exact(engine) && revision.answer.unanswered == 0 => revision.answer,
            Ok(_) | Err(_) => answer,
        }
    }

    /// Makes the explorer and the report. What is settled takes longest: the explorer is made without it first.
    fn pages(
        &mut self,
        engine: &Engine<'_>,
        answer: Answer,
        remarks: &Remarks,
        publish: &mut dyn FnMut(Part) -> bool,
    ) -> Answer {
        publish(Part::Explorer(explorer(engine, &answer, remarks, &mut self.layouts)));
        let answer = match settled(engine, &answer) {
            Ok(whole) if whole != answer => {
                publish(Part::Explorer(explorer(engine, &whole, remarks, &mut self.layouts)));
                whole
            }
            _ => answer,
        };
        publish(Part::Report(report(engine, remarks)));
        answer
    }

    /// What `check` says, which reads a case as it is written.
    fn diagnostics(&self, loaded: &Loaded, engine: &Engine<'_>, watch: &Watch) -> Vec<Diagnostic> {
        if self.terms == Terms::default() {
            return with_remarks(loaded, engine).0;
        }
        let as_written = Terms::default().engine(engine.case(), self.budget).watched(watch.clone());
        let as_written = as_written.keeping(Arc::clone(&self.diagrams));
        with_remarks(loaded, &as_written).0
    }

    fn changes(&self, differences: &Differences, case: &Case, answer: &Answer, watch: &Watch) -> Option<Vec<Change>> {
        let last = self.last.as_ref()?;
        let options = Options { settle: false, limit: CAUSES, budget: self.budget };
        let (before, after) = ((&last.case, last.answer.clone()), (case, answer.clone()));
        let comparison = Comparison::of_answers(before, after, differences, &self.terms, options, watch.clone());
        Some(changes([&last.case, case], differences, &comparison))
    }
}

/// The same answers, each with whether it is settled.
fn settled(engine: &Engine<'_>, answer: &Answer) -> Result<Answer, EngineError> {
    let missing = answer.statements.iter().filter(|one| one.settlement.is_none()).map(|one| one.statement);
    let missing: BTreeSet<StatementId> = missing.collect();
    if missing.len() < answer.statements.len() {
        let found = complete(engine.answer(&missing, &BTreeSet::new(), true)?)?;
        if is_exact(engine) {
            return Ok(with(answer.clone(), found));
        }
    }
    engine.or_sampled(|engine| engine.for_all(true)?.answer_all(true)).and_then(complete)
}

/// Answers with some of them in place of those that were there.
fn with(mut answer: Answer, found: Answer) -> Answer {
    let found: BTreeMap<StatementId, StatementAnswer> =
        found.statements.into_iter().map(|one| (one.statement, one)).collect();
    let of_questions = answer.questions.iter_mut().flat_map(|question| &mut question.claims);
    for one in answer.statements.iter_mut().chain(of_questions) {
        if let Some(found) = found.get(&one.statement) {
            one.clone_from(found);
        }
    }
    answer
}

/// Whether nothing was sampled so far.
fn is_exact(engine: &Engine<'_>) -> bool {
    engine.is_exact() && engine.worlds_sampled() == 0 && !engine.settled_by_sampling()
}

/// An answer on every statement.
fn complete(answer: Answer) -> Result<Answer, EngineError> {
    if answer.unanswered > 0 { Err(EngineError::Stopped) } else { Ok(answer) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::{Input, load};

    /// The log alone makes 0.95 * 0.85 = 0.8075 with grade A, which the standard of 0.75 is content with, and 0.17 with E.
    fn of_grade(grade: &str) -> Loaded {
        let text = format!(
            "Case(title: \"A bridge\", documents: {{ \"log\": (title: \"The log\", reliability: {grade}) }},
            claims: {{ \"closed\": (text: \"It was closed.\", evidence: [Supports(from: \"log\", as: Finding)]) }})"
        );
        load(Input::Text { name: "case.ron".to_owned(), text }).expect("it is read")
    }

    /// The explorer and the report, as they are in the end.
    fn shown(page: &mut Page, text: &str) -> Vec<Part> {
        let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("it is read");
        let mut parts = Vec::new();
        page.update(loaded, &Watch::default(), &mut |update| {
            parts.push(update.part);
            true
        });
        parts.split_off(parts.len() - 2)
    }

    #[test]
    fn the_report_has_its_pictures() {
        let parts =
            shown(&mut Page::new(Terms::default(), Budget::default()), include_str!("../../graphs/fact-check.ron"));
        let [_, Part::Report(Shown::Page(report))] = &parts[..] else { panic!("{parts:?}") };
        // The card, and one of a section at least.
        assert!(report.matches("<figure").count() > 1);
    }

    #[test]
    fn what_is_remembered_of_a_text_makes_no_difference_to_the_next() {
        let text = include_str!("../../graphs/fact-check.ron");
        let other = text.replacen("reliability: B", "reliability: C", 1);
        assert_ne!(text, other);
        let mut page = Page::new(Terms::default(), Budget::default());
        for text in [text, &other, text] {
            let anew = shown(&mut Page::new(Terms::default(), Budget::default()), text);
            assert!(matches!(anew[..], [Part::Explorer(Shown::Page(_)), Part::Report(Shown::Page(_))]));
            assert!(shown(&mut page, text) == anew, "a page that has shown another text shows something else");
        }
    }

    #[test]
    fn a_text_is_compared_with_the_last_one_that_was_shown() {
        let mut page = Page::new(Terms::default(), Budget::default());
        let mut changes = |grade, is_shown| {
            let mut found = None;
            page.update_state(of_grade(grade), &Watch::default(), &mut |update| {
                let Part::State(state) = update.part else { return is_shown };
                found = state.changes;
                is_shown
            });
            found.map(|changes| changes.len())
        };
        assert_eq!(changes("A", false), None);
        assert_eq!(changes("A", true), None, "nobody has seen the first");
        assert_eq!(changes("E", false), Some(1));
        assert_eq!(changes("E", true), Some(1), "and nobody the third");
        assert_eq!(changes("E", true), Some(0));
    }
}
