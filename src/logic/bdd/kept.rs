//! Diagrams that were made before, for whoever makes the same again.
//!
//! Most edits of a case that is being written change words or numbers, and neither is in a program. What is kept are the
//! diagrams of whole programs, told apart by all that they are made from, so that it makes no difference to any answer, nor
//! to what is counted as spent on it, whether they were there.

use std::hash::{BuildHasher as _, Hash};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::logic::engine::Exact as _;
use crate::logic::{AtomId, Budget, Program, VariableId};

use super::exact::{Made, Start, exact_ordered};

/// Of more nodes and literals than these none is kept.
const MOST: usize = 4_000_000;

/// Diagrams that were made before.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Store>);

#[derive(Debug, Default)]
struct Store {
    programs: FxHashMap<u64, Arc<Program>>,
    made: FxHashMap<u64, Vec<Entry>>,
    /// How many nodes and literals there are.
    size: usize,
    /// How often diagrams had to be made.
    times: usize,
}

#[derive(Debug)]
struct Entry {
    program: Arc<Program>,
    terms: Terms,
    made: Made,
    /// Whether it was asked for since the last sweep.
    is_asked: bool,
}

/// All that diagrams are made from besides their program.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Terms {
    targets: Vec<[AtomId; 2]>,
    /// Of the numbers it matters which are 0.
    off: Vec<bool>,
    keep: Vec<bool>,
    budget: Budget,
    order: Option<Vec<VariableId>>,
    promise: u64,
}

impl Kept {
    /// As [`exact_ordered`], of which it makes nothing twice. Cost, where it was made before: linear in the program.
    pub fn exact_ordered(
        &self,
        program: &Program,
        targets: &[[AtomId; 2]],
        weights: &[f64],
        keep: &dyn Fn(VariableId) -> bool,
        budget: Budget,
        start: Start<'_>,
    ) -> Made {
        let terms = Terms {
            targets: targets.to_vec(),
            off: weights.iter().map(|&weight| weight <= 0.0).collect(),
            keep: (0..weights.len()).map(|index| keep(VariableId::from_index(index))).collect(),
            budget,
            order: start.order.map(<[VariableId]>::to_vec),
            promise: start.promise.to_bits(),
        };
        let program_hash = FxBuildHasher.hash_one(program);
        let hash = FxBuildHasher.hash_one((program_hash, &terms));
        if let Some(known) = self.store().find(hash, program, &terms) {
            return known;
        }
        let made = exact_ordered(program, targets, weights, keep, budget, start);
        self.store().keep([program_hash, hash], program, terms, made.clone());
        made
    }

    /// Drops what nobody has asked for since this was called before.
    pub fn sweep(&self) {
        let mut store = self.store();
        let Store { programs, made, size, .. } = &mut *store;
        made.values_mut().for_each(|entries| entries.retain_mut(|entry| std::mem::take(&mut entry.is_asked)));
        made.retain(|_, entries| !entries.is_empty());
        programs.retain(|_, program| Arc::strong_count(program) > 1);
        let nodes = made.values().flatten().map(|entry| nodes(&entry.made));
        *size = nodes.chain(programs.values().map(|program| program.len())).sum();
    }

    /// How often diagrams had to be made, as they were not there.
    pub fn times(&self) -> usize {
        self.store().times
    }

    /// Entries are whole whenever they are there, even after a panic elsewhere.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    fn find(&mut self, hash: u64, program: &Program, terms: &Terms) -> Option<Made> {
        let entries = self.made.get_mut(&hash)?;
        let entry = entries.iter_mut().find(|entry| entry.terms == *terms && *entry.program == *program)?;
        entry.is_asked = true;
        Some(entry.made.clone())
    }

    fn keep(&mut self, [program_hash, hash]: [u64; 2], program: &Program, terms: Terms, made: Made) {
        self.times += 1;
        self.size += nodes(&made);
        if self.size > MOST {
            *self = Self { times: self.times, ..Self::default() };
            return;
        }
        let known = self.programs.get(&program_hash).filter(|known| ***known == *program).cloned();
        let program = known.unwrap_or_else(|| {
            self.size += program.len();
            let program = Arc::new(program.clone());
            self.programs.insert(program_hash, Arc::clone(&program));
            program
        });
        self.made.entry(hash).or_default().push(Entry { program, terms, made, is_asked: true });
    }
}

fn nodes(made: &Made) -> usize {
    made.diagrams.iter().flatten().map(|diagrams| diagrams.size()).sum()
}
