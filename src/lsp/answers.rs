//! Answers that take the engine, on a thread of their own, so that what is typed meanwhile is answered at once.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use gen_lsp_types::Hover;
use lsp_server::{ErrorCode, RequestId};
use serde_json::Value;

use crate::assist::Found;
use crate::authoring::Loaded;
use crate::engine::{Engine, Method, Scenario, Watch};
use crate::lint::Remarks;
use crate::logic::Budget;
use crate::quotes::PdfReader;
use crate::report::{document, markdown};

use super::analysis::Analysis;
use super::client::{Client, Refusal, locked};
use super::hover::hover;
use super::limit::Limit;

/// Explains the verdict on a statement or a question in words, as `evigraph why` does, or says why it cannot.
pub type Why = fn(&Engine<'_>, &Remarks, &str) -> Result<String, String>;

/// More questions than these at a time are refused.
const MOST_WAITING: usize = 32;

/// How long a question may take.
const LIMIT: Duration = Duration::from_secs(30);

/// About how many seconds may go into exact degrees while somebody points at an id.
const PATIENCE: f64 = 0.25;

/// What is asked of the engine.
pub(super) enum Asked {
    /// What is known of an entry besides what is known anyway.
    Hover(Found),
    /// Why the verdict on a statement or a question is what it is.
    Why(String),
    /// The whole report, as Markdown.
    Report,
}

struct Question {
    id: RequestId,
    analysis: Arc<Analysis>,
    asked: Asked,
    watch: Watch,
}

#[derive(Default)]
struct Questions {
    waiting: VecDeque<Question>,
    running: Option<(RequestId, Watch)>,
    is_over: bool,
}

/// The thread that answers.
pub(super) struct Answers {
    shared: Arc<(Mutex<Questions>, Condvar)>,
    client: Arc<Client>,
}

impl Answers {
    pub(super) fn start(client: Arc<Client>, why: Why, pdf: PdfReader) -> Self {
        let shared: Arc<(Mutex<Questions>, Condvar)> = Arc::default();
        let (questions, answering) = (Arc::clone(&shared), Arc::clone(&client));
        thread::spawn(move || {
            while let Some(question) = next(&questions) {
                let (id, watch) = (question.id.clone(), question.watch.clone());
                let limit = Limit::start(watch.clone(), LIMIT);
                let answer = catch_unwind(AssertUnwindSafe(|| answer(question, why, pdf)));
                locked(&questions.0).running = None;
                let answer = answer.unwrap_or_else(|_| {
                    Err(Refusal::new(ErrorCode::InternalError, "this question met a defect of evigraph"))
                });
                answering.answer(
                    id,
                    answer.map_err(|refusal| match watch.is_stopped() {
                        true if limit.is_over() => too_long(),
                        true => Refusal::new(ErrorCode::RequestCanceled, "it was cancelled"),
                        false => refusal,
                    }),
                );
            }
        });
        Self { shared, client }
    }

    /// Asks; the answer goes to the editor.
    pub(super) fn ask(&self, id: RequestId, analysis: Arc<Analysis>, asked: Asked) {
        let (questions, changed) = &*self.shared;
        let mut questions = locked(questions);
        let is_busy = questions.running.is_some() || !questions.waiting.is_empty();
        match asked {
            // A hover does not wait for a report.
            Asked::Hover(found) if is_busy => {
                drop(questions);
                self.client.answer(id, shown(&hover(&analysis, found, None)));
            }
            asked if questions.waiting.len() < MOST_WAITING => {
                questions.waiting.push_back(Question { id, analysis, asked, watch: Watch::default() });
                changed.notify_one();
            }
            _ => {
                drop(questions);
                let refusal = Refusal::new(ErrorCode::ServerCancelled, "too many questions at a time");
                self.client.answer(id, Err(refusal));
            }
        }
    }

    /// The editor does not want the answer any more.
    pub(super) fn cancel(&self, id: &RequestId) {
        let questions = locked(&self.shared.0);
        let waiting = questions.waiting.iter().filter(|question| question.id == *id).map(|question| &question.watch);
        let running = questions.running.iter().filter(|(running, _)| running == id).map(|(_, watch)| watch);
        waiting.chain(running).for_each(Watch::stop);
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        let (questions, changed) = &*self.shared;
        let mut questions = locked(questions);
        questions.is_over = true;
        if let Some((_, watch)) = &questions.running {
            watch.stop();
        }
        changed.notify_all();
    }
}

fn next((questions, changed): &(Mutex<Questions>, Condvar)) -> Option<Question> {
    let mut questions = locked(questions);
    loop {
        if questions.is_over {
            return None;
        }
        if let Some(question) = questions.waiting.pop_front() {
            questions.running = Some((question.id.clone(), question.watch.clone()));
            return Some(question);
        }
        questions = changed.wait(questions).unwrap_or_else(PoisonError::into_inner);
    }
}

fn too_long() -> Refusal {
    let seconds = LIMIT.as_secs();
    Refusal::failed(format!(
        "the answer takes more than {seconds} seconds: `evigraph` on the command line has no such limit"
    ))
}

fn shown(hover: &Hover) -> Result<Value, Refusal> {
    serde_json::to_value(hover).map_err(|error| Refusal::failed(error.to_string()))
}

fn answer(Question { analysis, asked, watch, .. }: Question, why: Why, pdf: PdfReader) -> Result<Value, Refusal> {
    let loaded: &Loaded = &analysis.case.loaded;
    let case = analysis.verified(pdf).map(|(case, _)| case).or(loaded.case.as_ref());
    let engine = |budget| {
        let case = case.ok_or_else(|| Refusal::failed("the case has errors, and so no verdicts: mend them first"))?;
        Ok(Engine::with_method(case, Scenario::default(), Method::Auto, budget).watched(watch.clone()))
    };
    match asked {
        Asked::Hover(found) => {
            let engine = engine(Budget::seconds(PATIENCE)).ok();
            shown(&hover(&analysis, found, engine.as_ref()))
        }
        Asked::Why(id) => {
            why(&engine(Budget::default())?, &Remarks::of(loaded), &id).map(Value::String).map_err(Refusal::failed)
        }
        Asked::Report => {
            let report = document(&engine(Budget::default())?, &Remarks::of(loaded));
            report.map(|report| Value::String(markdown(&report))).map_err(|error| Refusal::failed(error.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::Uri;
    use lsp_server::{Connection, Message};

    use super::super::analysis::Root;
    use super::super::documents::Documents;
    use super::super::position::Encoding;
    use super::*;

    #[test]
    fn a_question_that_panics_is_answered_and_so_is_the_next() {
        let mut documents = Documents::default();
        let text = r#"Case(title: "T", claims: {"c": (text: "C")})"#;
        documents.open(Uri("untitled:1".to_owned()), 1, text.to_owned());
        let root = Root::Untitled("untitled:1".to_owned());
        let analysis = Analysis::load(&root, &documents, Encoding::Utf8).expect("it is open");
        let (server, editor) = Connection::memory();
        let why: Why = |_, _, id| if id == "c" { Ok("since".to_owned()) } else { panic!("a defect") };
        let answers =
            Answers::start(Arc::new(Client::new(&server)), why, |_, _| unreachable!("the case keeps no copies"));
        let answered = |number: i32, id: &str| {
            answers.ask(RequestId::from(number), Arc::clone(&analysis), Asked::Why(id.to_owned()));
            match editor.receiver.recv().expect("an answer") {
                Message::Response(response) => response.response_result.map_err(|error| error.code),
                other => panic!("{other:?} is no answer"),
            }
        };
        assert_eq!(answered(1, "x"), Err(ErrorCode::InternalError as i32));
        assert_eq!(answered(2, "c"), Ok(Value::String("since".to_owned())));
    }
}
