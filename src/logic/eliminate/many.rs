//! The degrees of many statements of a case, each from what it depends on, on several cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, OnceLock};

use crate::logic::algebra::closed_form::closed_forms;
use crate::logic::{Program, Reading};
use crate::model::StatementId;

use super::effort::{Effort, TooWide};
use super::plan::{Plan, scattered};
use super::prepared::Prepared;
use crate::logic::number::Residue;

/// The degrees of each target, exact, or why not. What is independent is settled in one pass over all targets; every
/// other target is a question of its own, with `effort` for each; only the memory is for all threads together.
///
/// The result is the same whatever the number of threads. Cost: as [`Elimination::plan`](super::Elimination::plan)
/// and [`Elimination::cost`](super::Elimination::cost) say, for each.
pub fn eliminate_all(
    program: &Program,
    targets: &[StatementId],
    weights: &[f64],
    effort: Effort,
    threads: usize,
) -> Vec<Result<Reading, TooWide>> {
    let closed = closed_forms(program, targets, weights);
    let open: Vec<StatementId> =
        targets.iter().zip(&closed).filter(|(_, known)| known.is_none()).map(|(&target, _)| target).collect();
    let mut found =
        if open.is_empty() { Vec::new() } else { Questions::new(program, weights, effort, &open).answers(threads) }
            .into_iter();
    let answer = |known: Option<Reading>| match known {
        Some(reading) => Ok(reading),
        None => found.next().expect("an answer for each open question"),
    };
    closed.into_iter().map(answer).collect()
}

/// Questions about one program.
struct Questions<'a> {
    prepared: Prepared,
    targets: &'a [StatementId],
    weights: &'a [f64],
    events: Vec<f64>,
    exact_events: OnceLock<Vec<Residue>>,
    effort: Effort,
    memory: Memory,
}

impl<'a> Questions<'a> {
    fn new(program: &Program, weights: &'a [f64], effort: Effort, targets: &'a [StatementId]) -> Self {
        let atoms: Vec<_> = targets.iter().flat_map(|&target| Program::sides(target)).collect();
        let prepared = Prepared::new(program, &atoms, weights);
        let events = prepared.events.weights(weights);
        let memory = Memory::new(effort.bytes);
        Self { prepared, targets, weights, events, exact_events: OnceLock::new(), effort, memory }
    }

    fn answers(&self, threads: usize) -> Vec<Result<Reading, TooWide>> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut answers = Vec::new();
            loop {
                // The last ones first: statements on top of others are the long ones.
                let taken = next.fetch_add(1, Ordering::Relaxed);
                let Some(place) = self.targets.len().checked_sub(taken + 1) else { return answers };
                answers.push((place, self.answer(self.targets[place])));
            }
        };
        let mut answers: Vec<(usize, Result<Reading, TooWide>)> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut answers = work();
            for other in others {
                answers.extend(other.join().expect("a thread that eliminates does not panic"));
            }
            answers
        });
        answers.sort_unstable_by_key(|(place, _)| *place);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    fn answer(&self, target: StatementId) -> Result<Reading, TooWide> {
        let certain = |event: u32| self.events[event as usize] >= 1.0;
        let plan = Plan::new(&self.prepared, Program::sides(target), self.weights, &certain, self.effort)?;
        let _taken = self.memory.take(plan.memory());
        let scattered = || scattered(&self.prepared.events, |variable| self.weights[variable.index()]);
        let exact = || self.exact_events.get_or_init(scattered).clone();
        Ok(plan.reading(&plan.sums(&self.events), exact))
    }
}

/// Memory that several threads share: each waits until there is enough.
struct Memory {
    free: Mutex<f64>,
    more: Condvar,
}

/// Memory that is taken; given back when dropped.
struct Taken<'a> {
    memory: &'a Memory,
    bytes: f64,
}

impl Memory {
    fn new(bytes: f64) -> Self {
        Self { free: Mutex::new(bytes), more: Condvar::new() }
    }

    /// Waits until this many bytes are free; they must not be more than there are.
    fn take(&self, bytes: f64) -> Taken<'_> {
        let free = self.free.lock().expect("no thread panics while it holds the lock");
        let mut free =
            self.more.wait_while(free, |free| *free < bytes).expect("no thread panics while it holds the lock");
        *free -= bytes;
        Taken { memory: self, bytes }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if let Ok(mut free) = self.memory.free.lock() {
            *free += self.bytes;
        }
        self.memory.more.notify_all();
    }
}
