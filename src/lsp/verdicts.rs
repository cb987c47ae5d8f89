//! Verdicts, on a thread of their own: the newest state of each case, and none that has been overtaken.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::assist::{Further, Judged, Verdicts, judge_with};
use crate::engine::Watch;
use crate::quotes::{PdfReader, note, warnings};

use super::analysis::{Analysis, Root};
use super::board::Board;
use super::client::{Client, locked};
use super::limit::Limit;

/// What has been worked out of a case by then is shown, and no more is worked out until it changes.
const LIMIT: Duration = Duration::from_secs(10);

/// A state of a case whose verdicts are wanted.
struct Job {
    generation: u64,
    analysis: Arc<Analysis>,
    watch: Watch,
}

#[derive(Default)]
struct Jobs {
    /// One for each case that is open at most.
    waiting: BTreeMap<Root, Job>,
    /// What is being worked out.
    running: Option<(Root, Watch)>,
    is_over: bool,
}

/// The thread that works out verdicts.
pub(super) struct Worker {
    shared: Arc<(Mutex<Jobs>, Condvar)>,
}

impl Worker {
    pub(super) fn start(client: Arc<Client>, board: Arc<Board>, refreshes: Vec<&'static str>, pdf: PdfReader) -> Self {
        let shared: Arc<(Mutex<Jobs>, Condvar)> = Arc::default();
        let jobs = Arc::clone(&shared);
        thread::spawn(move || {
            while let Some((root, job)) = next(&jobs) {
                let quoted = catch_unwind(AssertUnwindSafe(|| quoted(&job.analysis, pdf))).unwrap_or_default();
                let limit = Limit::start(job.watch.clone(), LIMIT);
                let done = catch_unwind(AssertUnwindSafe(|| judge_with(&job.analysis.case.loaded, &job.watch, quoted)));
                locked(&jobs.0).running = None;
                let Judged { diagnostics, verdicts } = done.unwrap_or_else(|_| {
                    client.log_error("the verdicts of a case could not be worked out: this is a defect of evigraph");
                    Judged { diagnostics: job.analysis.case.loaded.diagnostics.clone(), verdicts: Verdicts::default() }
                });
                let state = (&root, job.generation);
                if limit.is_over() {
                    client.log_error(&too_long());
                }
                let is_overtaken = job.watch.is_stopped() && !limit.is_over();
                if !is_overtaken && board.publish(&client, state, &job.analysis, &diagnostics, Some(Arc::new(verdicts)))
                {
                    refreshes.iter().for_each(|method| client.ask(method, serde_json::Value::Null));
                }
            }
        });
        Self { shared }
    }

    /// Wants the verdicts of a state of a case, and no longer those of older ones.
    pub(super) fn want(&self, root: Root, generation: u64, analysis: Arc<Analysis>) {
        self.stop(&root);
        let (jobs, changed) = &*self.shared;
        locked(jobs).waiting.insert(root, Job { generation, analysis, watch: Watch::default() });
        changed.notify_one();
    }

    /// Wants nothing of a case any more.
    pub(super) fn stop(&self, root: &Root) {
        let mut jobs = locked(&self.shared.0);
        jobs.waiting.remove(root);
        if let Some((_, watch)) = jobs.running.as_ref().filter(|(running, _)| running == root) {
            watch.stop();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let (jobs, changed) = &*self.shared;
        let mut jobs = locked(jobs);
        jobs.is_over = true;
        if let Some((_, watch)) = &jobs.running {
            watch.stop();
        }
        changed.notify_all();
    }
}

/// What became of the quotations of a case of which copies are kept.
fn quoted(analysis: &Analysis, pdf: PdfReader) -> Further {
    let Some((case, found)) = analysis.verified(pdf) else { return Further::default() };
    let notes = found.all.iter().map(|one| {
        let link = &case.statements[one.statement].evidence[one.index];
        (link.quote_place, note(case, found, one))
    });
    Further { warnings: warnings(case, &analysis.case.loaded.sources, found), notes: notes.collect() }
}

/// Waits for the next job; none when it is over.
fn next((jobs, changed): &(Mutex<Jobs>, Condvar)) -> Option<(Root, Job)> {
    let mut jobs = locked(jobs);
    loop {
        if jobs.is_over {
            return None;
        }
        if let Some((root, job)) = jobs.waiting.pop_first() {
            jobs.running = Some((root.clone(), job.watch.clone()));
            return Some((root, job));
        }
        jobs = changed.wait(jobs).unwrap_or_else(PoisonError::into_inner);
    }
}

fn too_long() -> String {
    let seconds = LIMIT.as_secs();
    format!("not all verdicts could be worked out within {seconds} seconds: run `evigraph check` to see all of them")
}
