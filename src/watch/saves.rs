//! Word of every save, and what is stopped by it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::engine::Watch;

use super::files::Files;

/// A save is over when nothing more has been written for so long.
const QUIET: Duration = Duration::from_millis(30);
/// A save is not waited for any longer.
const LONGEST_SAVE: Duration = Duration::from_millis(300);
/// How often files are looked at that the system tells of.
const SELDOM: Duration = Duration::from_secs(2);
/// How often others are.
const OFTEN: Duration = Duration::from_millis(300);

/// What reaches the thread that waits for saves.
enum Event {
    /// Something in a folder of the case has been written.
    Written,
    /// These files are to be followed, which have been read.
    Follow(BTreeSet<PathBuf>),
    /// The case is to be loaded once more in a while.
    LookAgain,
}

/// Word of every save, from a thread that waits for them; a save stops what is worked out of the text before.
pub struct Saves {
    events: Sender<Event>,
    coming: Receiver<()>,
    stage: Arc<Stage>,
}

/// What is being worked out, and whether that is still wanted.
#[derive(Debug, Default)]
struct Stage {
    saves: AtomicU64,
    running: Mutex<Watch>,
}

impl Stage {
    fn running(&self) -> MutexGuard<'_, Watch> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn overtake(&self) {
        let running = self.running();
        self.saves.fetch_add(1, Ordering::SeqCst);
        running.stop();
    }
}

impl Saves {
    /// Starts to listen; nothing is heard until files are followed.
    pub fn start() -> Self {
        let ((events, heard), (saved, coming)) = (channel(), channel());
        let (stage, tell) = (Arc::<Stage>::default(), events.clone());
        let files = Files::new(move || drop(tell.send(Event::Written)));
        let listener = Listener { heard, files, saved, stage: Arc::clone(&stage), again: None };
        thread::spawn(move || listener.listen());
        Self { events, coming, stage }
    }

    /// Waits for the next save; several at once are one. Not everything that it takes for a save has changed a text.
    pub fn wait(&self) -> bool {
        let is_there = self.coming.recv().is_ok();
        while self.coming.try_recv().is_ok() {}
        is_there
    }

    /// Says what is worked out from now on, which the next save stops. Returns what tells it from what comes later.
    pub fn enter(&self, watch: Watch) -> u64 {
        let mut running = self.stage.running();
        *running = watch;
        self.stage.saves.load(Ordering::SeqCst)
    }

    /// Whether there was a save since.
    pub fn have_overtaken(&self, entered: u64) -> bool {
        self.stage.saves.load(Ordering::SeqCst) != entered
    }

    /// Follows the files of a case from now on, and no others.
    pub fn follow(&self, files: BTreeSet<PathBuf>) {
        // The thread ends with the program only.
        let _ = self.events.send(Event::Follow(files));
    }

    /// Speaks of a save in a while even if there is none. What a broken case lacks may come where nobody looks: a file that
    /// it includes and that could not be read is none of those that are followed.
    pub fn look_again(&self) {
        let _ = self.events.send(Event::LookAgain);
    }
}

/// The thread that waits for saves.
struct Listener {
    heard: Receiver<Event>,
    files: Files,
    saved: Sender<()>,
    stage: Arc<Stage>,
    /// When the case is to be loaded once more.
    again: Option<Instant>,
}

impl Listener {
    fn listen(mut self) {
        loop {
            let (is_changed, is_written) = match self.heard.recv_timeout(self.pause()) {
                Ok(event) => (false, self.hear(event)),
                Err(RecvTimeoutError::Timeout) => (self.files.have_changed(), self.is_due()),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if !is_changed && !is_written {
                continue;
            }
            self.until_quiet();
            // What else is written in the folder is no reason to stop; it may be a file that an include has missed.
            if self.files.have_changed() || is_changed {
                self.stage.overtake();
            }
            self.again = None;
            if self.saved.send(()).is_err() {
                return;
            }
        }
    }

    /// How long to wait for an event.
    fn pause(&self) -> Duration {
        let look = if self.files.are_watched() { SELDOM } else { OFTEN };
        self.again.map_or(look, |again| look.min(again.saturating_duration_since(Instant::now())))
    }

    fn is_due(&self) -> bool {
        self.again.is_some_and(|again| again <= Instant::now())
    }

    /// Takes note of an event. Whether there may be another text.
    fn hear(&mut self, event: Event) -> bool {
        match event {
            Event::Written => true,
            // What was written before they were followed has gone unnoticed.
            Event::Follow(files) => self.files.follow(files),
            Event::LookAgain => {
                self.again = Some(Instant::now() + SELDOM);
                false
            }
        }
    }

    /// Waits until a save is over.
    fn until_quiet(&mut self) {
        let end = Instant::now() + LONGEST_SAVE;
        while Instant::now() < end {
            match self.heard.recv_timeout(QUIET) {
                Ok(event) => drop(self.hear(event)),
                // Many editors empty a file before they write it.
                Err(_) if self.files.is_any_empty() => {}
                Err(_) => return,
            }
        }
    }
}
