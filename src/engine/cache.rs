//! What an engine has compiled, shared by all who ask it.
//!
//! Every entry is a function of its key, so that it does not matter who comes first; no lock is held while something is
//! worked out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::logic::{Compiled, Program, Rows, Supposition, TooLarge};
use crate::model::{EvidenceGraph, Node, StatementId};

use super::bearing::Widest;
use super::degrees::WrittenRules;
use super::model::{ModelKey, Presence};
use super::strategy::{MOST_BEHIND, MOST_KEPT};

/// What an engine has worked out. Dropped at any time, it changes no answer.
#[derive(Debug, Default)]
pub(super) struct Cache {
    pub(super) programs: Memo<ModelKey, Arc<Program>>,
    /// Programs with what each rule stands for.
    pub(super) written: Memo<ModelKey, Arc<WrittenRules>>,
    /// The statements of each program, compiled; or why not.
    pub(super) compiled: Memo<(ModelKey, StatementId), Result<Arc<Compiled>, TooLarge>>,
    pub(super) widest: OnceLock<Widest>,
    /// The statements whose rivalry or entailment can reach a statement, by what is supposed.
    pub(super) competing: Memo<(Vec<Supposition>, StatementId), Arc<BTreeSet<StatementId>>>,
    /// The same, whether or not they could be out.
    pub(super) bearing: Memo<StatementId, Arc<BTreeSet<StatementId>>>,
    /// The rivals of a statement and of all that it entails.
    pub(super) rivals: Memo<StatementId, Arc<BTreeSet<StatementId>>>,
    /// Statements against which there could be a case without rivals, by what is supposed.
    pub(super) opposable: Memo<Vec<Supposition>, Arc<[bool]>>,
    /// Whether any statement that bears on others could be out, by what is supposed.
    pub(super) any_out: Memo<Vec<Supposition>, bool>,
    /// Statements against which there is any rule at all, whatever is supposed.
    pub(super) has_opposition: OnceLock<Arc<[bool]>>,
    /// The models that were last laid out for estimates, and for which statements.
    flats: Mutex<VecDeque<LaidOut>>,
    pub(super) is_loose: OnceLock<bool>,
    /// Whether an attack lies on a loop of the case as written.
    pub(super) attacks_in_loops: OnceLock<bool>,
    pub(super) graph: OnceLock<EvidenceGraph>,
    /// The circle that each node is on, if it is on one.
    pub(super) circles: OnceLock<BTreeMap<Node, usize>>,
    /// What the nodes on each circle depend on.
    behind: Mutex<FxHashMap<usize, Arc<[Node]>>>,
    #[cfg(feature = "render")]
    pub(super) citations: OnceLock<crate::model::Citations>,
}

/// A model as rows, and the statements that the rows are for.
type LaidOut = (ModelKey, Vec<StatementId>, Arc<Rows>);

/// A function whose values are kept.
#[derive(Debug)]
pub(super) struct Memo<K, V>(Mutex<FxHashMap<K, V>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<V> {
        held(&self.0).get(key).cloned()
    }

    /// Keeps a value, unless somebody else was faster; gives the one that is kept.
    pub(super) fn keep(&self, key: K, value: V) -> V {
        held(&self.0).entry(key).or_insert(value).clone()
    }

    pub(super) fn get_or(&self, key: K, make: impl FnOnce() -> V) -> V {
        self.get(&key).unwrap_or_else(|| self.keep(key, make()))
    }
}

impl Cache {
    /// Keeps a compiled statement. Who walks through a large case asks for one statement after another; true where all
    /// that was kept before was dropped for that.
    pub(super) fn keep_compiled(&self, key: (ModelKey, StatementId), made: Result<Arc<Compiled>, TooLarge>) -> bool {
        let mut kept = held(&self.compiled.0);
        let clears = kept.len() >= MOST_KEPT;
        if clears {
            kept.clear();
        }
        kept.entry(key).or_insert(made);
        clears
    }

    /// What the nodes on a circle depend on. Where that is much in all, what was kept of others is dropped.
    pub(super) fn behind(&self, circle: usize, find: impl FnOnce() -> Arc<[Node]>) -> Arc<[Node]> {
        let known = held(&self.behind).get(&circle).cloned();
        known.unwrap_or_else(|| {
            let found = find();
            let mut kept = held(&self.behind);
            if kept.values().map(|nodes| nodes.len()).sum::<usize>() + found.len() > MOST_BEHIND {
                kept.clear();
            }
            kept.entry(circle).or_insert(found).clone()
        })
    }

    /// The program of a model laid out for estimates. The last few are kept: estimates go to and fro between the models
    /// with rivals and without.
    pub(super) fn flat(&self, key: &ModelKey, program: &Program, statements: &[StatementId]) -> Arc<Rows> {
        const KEPT: usize = 4;
        let known = |flats: &VecDeque<(ModelKey, Vec<StatementId>, Arc<Rows>)>| {
            let known = flats.iter().find(|(known, of, _)| known == key && of == statements);
            known.map(|(_, _, flat)| Arc::clone(flat))
        };
        if let Some(flat) = known(&held(&self.flats)) {
            return flat;
        }
        let flat = Arc::new(Rows::new(program, statements));
        let mut flats = held(&self.flats);
        flats.truncate(KEPT - 1);
        flats.push_front((key.clone(), statements.to_vec(), Arc::clone(&flat)));
        flat
    }

    /// Drops what was compiled for single completions of withheld passages.
    pub(super) fn forget_completions(&self) {
        let is_kept = |key: &ModelKey| !matches!(key.shape.presence, Presence::Exactly(_));
        held(&self.programs.0).retain(|key, _| is_kept(key));
        held(&self.compiled.0).retain(|(key, _), _| is_kept(key));
    }
}

/// Entries are whole whenever they are there, even after a panic elsewhere.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
