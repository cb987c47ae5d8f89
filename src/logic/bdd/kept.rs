//! Diagrams that were made before, for those who make the same again.
//!
//! Statements that say the same of each other depend on the same, what is out mostly changes little of what a statement
//! depends on, and most edits of a case that is being written change words or numbers, which no diagram has. What is kept
//! is found by all that it is made from, so that it makes no difference to any answer, nor to what is counted as
//! spent on it, whether it was there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::logic::Budget;
use crate::logic::engine::Exact as _;
use crate::logic::events::Events;

use super::exact::{Key, Made, Start, Subject, Task};
use super::manager::Manager;

/// Of more nodes and conditions than these none is kept.
const MOST: usize = 4_000_000;

/// So many unused managers are kept, of no more nodes than these.
const MOST_MANAGERS: usize = 4;
const MOST_NODES: usize = 1 << 20;

/// Diagrams that were made before.
#[derive(Debug, Default)]
pub struct Kept {
    store: Mutex<Store>,
    /// Those that are not in use now.
    managers: Mutex<Vec<Manager>>,
}

#[derive(Debug, Default)]
struct Store {
    made: FxHashMap<Key, Entry>,
    /// How many nodes and conditions there are.
    size: usize,
    /// How often diagrams had to be made.
    times: usize,
}

#[derive(Debug)]
struct Entry {
    made: Made,
    /// Whether it was asked for since the last sweep.
    is_asked: bool,
}

impl Kept {
    /// As [`exact_of`](super::exact_of), from a start. Cost, where the same was made before: linear in that part of the
    /// program.
    pub fn exact_ordered(&self, subject: &Subject<'_>, budget: Budget, start: Start<'_>) -> Made {
        let (task, events) = Task::new(subject, budget, start);
        if let Some(known) = held(&self.store).find(&task.key, &events) {
            return known;
        }
        let mut managers = std::mem::take(&mut *held(&self.managers));
        let made = task.make(&events, &mut managers);
        managers.retain(|manager| manager.nodes() <= MOST_NODES);
        managers.truncate(MOST_MANAGERS);
        *held(&self.managers) = managers;
        held(&self.store).keep(task.key, made.clone());
        made
    }

    /// Drops what nobody has asked for since this was called before.
    pub fn sweep(&self) {
        let mut store = held(&self.store);
        store.made.retain(|_, entry| std::mem::take(&mut entry.is_asked));
        store.size = store.made.iter().map(|(key, entry)| size(key, &entry.made)).sum();
    }

    /// How often diagrams had to be made, as they were not there.
    pub fn times(&self) -> usize {
        held(&self.store).times
    }
}

impl Store {
    fn find(&mut self, key: &Key, events: &Arc<Events>) -> Option<Made> {
        let entry = self.made.get_mut(key)?;
        entry.is_asked = true;
        let diagrams = entry.made.diagrams.as_ref().map(|made| made.iter().map(|one| one.of_events(events)).collect());
        Some(Made { diagrams: diagrams.map_err(|cause| *cause), steps: entry.made.steps })
    }

    fn keep(&mut self, key: Key, made: Made) {
        self.times += 1;
        self.size += size(&key, &made);
        if self.size > MOST {
            *self = Self { times: self.times, ..Self::default() };
            return;
        }
        self.made.insert(key, Entry { made, is_asked: true });
    }
}

fn size(key: &Key, made: &Made) -> usize {
    key.size() + made.diagrams.iter().flatten().map(|diagrams| diagrams.size()).sum::<usize>()
}

/// What is kept is whole whenever it is there, even after a panic elsewhere.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
