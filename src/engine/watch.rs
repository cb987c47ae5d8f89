//! The progress of an engine as seen from another thread, and how to stop it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// Shared between an engine and those who watch it. Clones are the same watch.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    stopped: AtomicBool,
    answered: AtomicUsize,
    asked: AtomicUsize,
    worlds: AtomicU64,
}

impl Watch {
    /// Asks the engine to stop: the next thing that it is about to work out ends with
    /// [`EngineError::Stopped`](super::EngineError::Stopped).
    pub fn stop(&self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.shared.stopped.load(Ordering::Relaxed)
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
