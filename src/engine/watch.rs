//! The progress of an engine as seen from another thread, and how to stop it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// Shared between an engine and those who watch it. Clones are the same watch.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    stopped: AtomicBool,
    /// How many more times it is asked before it stops by itself.
    left: AtomicU64,
    answered: AtomicUsize,
    asked: AtomicUsize,
    worlds: AtomicU64,
}

impl Default for Shared {
    fn default() -> Self {
        let (answered, asked) = Default::default();
        Self {
            stopped: AtomicBool::new(false),
            left: AtomicU64::new(u64::MAX),
            answered,
            asked,
            worlds: AtomicU64::new(0),
        }
    }
}

impl Watch {
    /// A watch that asks the engine to stop when it has looked so many times whether it is to: the same place in every run,
    /// as long as one thread looks.
    pub fn stopping_after(looks: u64) -> Self {
        let watch = Self::default();
        watch.shared.left.store(looks, Ordering::Relaxed);
        watch
    }

    /// Asks the engine to stop: the next thing that it is about to work out ends with
    /// [`EngineError::Stopped`](super::EngineError::Stopped).
    pub fn stop(&self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        let Shared { stopped, left, .. } = &*self.shared;
        if left.load(Ordering::Relaxed) != u64::MAX {
            let more = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            stopped.fetch_or(more.is_err(), Ordering::Relaxed);
        }
        stopped.load(Ordering::Relaxed)
    }

    /// How many statements have been answered, and of how many.
    pub fn answered(&self) -> (usize, usize) {
        (self.shared.answered.load(Ordering::Relaxed), self.shared.asked.load(Ordering::Relaxed))
    }

    /// How many worlds have been sampled in the pass that is under way.
    pub fn worlds(&self) -> u64 {
        self.shared.worlds.load(Ordering::Relaxed)
    }

    pub(super) fn expect(&self, statements: usize) {
        self.shared.asked.store(statements, Ordering::Relaxed);
        self.shared.answered.store(0, Ordering::Relaxed);
    }

    pub(super) fn one_more(&self) {
        self.shared.answered.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn sampled(&self, worlds: u64) {
        self.shared.worlds.store(worlds, Ordering::Relaxed);
    }
}
