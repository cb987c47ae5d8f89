//! A limit of time for what the engine works out: a case from a stranger is not to keep a thread busy for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::engine::Watch;

/// Stops what is watched when its time is up, unless this is dropped before.
pub(super) struct Limit {
    is_over: Arc<AtomicBool>,
    /// That it is dropped ends the thread that waits.
    _ended: Sender<()>,
}

impl Limit {
    pub(super) fn start(watch: Watch, time: Duration) -> Self {
        let (ended, end) = channel();
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        thread::spawn(move || {
            if end.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
                over.store(true, Ordering::Relaxed);
                watch.stop();
            }
        });
        Self { is_over, _ended: ended }
    }

    /// Whether the time was up.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_is_stopped_when_the_time_is_up_and_not_before() {
        let [short, long] = [Watch::default(), Watch::default()];
        let limits =
            [Limit::start(short.clone(), Duration::ZERO), Limit::start(long.clone(), Duration::from_secs(3600))];
        while !short.is_stopped() {
            thread::yield_now();
        }
        assert_eq!(limits.each_ref().map(Limit::is_over), [true, false]);
        drop(limits);
        assert!(!long.is_stopped());
    }
}
