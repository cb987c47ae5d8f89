//! What browsers are shown: the newest of each part of the page, and a way to wait for the next.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::page::{Part, Update};

/// The parts of which the newest is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    /// The last state in which the case had verdicts.
    Good,
    /// A later state, in which it had none.
    Broken,
    /// The picture.
    Explorer,
    /// The report.
    Report,
}

#[derive(Debug, Default)]
struct Shown {
    /// Counts what was put here.
    sequence: u64,
    /// What is there, each with its number.
    parts: BTreeMap<Slot, (u64, Arc<str>)>,
}

/// What browsers are shown. Clones are the same board.
#[derive(Debug, Clone, Default)]
pub struct Board {
    shared: Arc<(Mutex<Shown>, Condvar)>,
}

impl Board {
    /// Puts a part of the page in the place of what was there.
    pub fn publish(&self, update: &Update) {
        let slot = match &update.part {
            Part::State(state) if state.is_good => Slot::Good,
            Part::State(_) => Slot::Broken,
            Part::Explorer(_) => Slot::Explorer,
            Part::Report(_) => Slot::Report,
        };
        self.put(slot, serde_json::to_string(update).expect("strings and numbers have a JSON form"));
    }

    fn put(&self, slot: Slot, update: String) {
        let mut shown = self.shown();
        shown.sequence += 1;
        let entry = (shown.sequence, update.into());
        shown.parts.insert(slot, entry);
        if slot == Slot::Good {
            shown.parts.remove(&Slot::Broken);
        }
        self.shared.1.notify_all();
    }

    /// What was put here after the number `since`, as soon as there is anything, oldest first:
    /// `{"sequence": 7, "updates": […]}`. Nothing, if there is nothing by the end of `patience`.
    pub(super) fn next(&self, since: u64, patience: Duration) -> String {
        let shown = self.shown();
        let is_waited_for = |shown: &mut Shown| shown.sequence <= since;
        let waited = self.shared.1.wait_timeout_while(shown, patience, is_waited_for);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let mut new: Vec<&(u64, Arc<str>)> = shown.parts.values().filter(|(number, _)| *number > since).collect();
        new.sort_unstable_by_key(|(number, _)| *number);
        let updates: Vec<&str> = new.into_iter().map(|(_, update)| &**update).collect();
        format!("{{\"sequence\":{},\"updates\":[{}]}}", shown.sequence, updates.join(","))
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_TIME: Duration = Duration::ZERO;

    #[test]
    fn the_newest_of_each_part_is_given_in_the_order_in_which_it_came() {
        let board = Board::default();
        assert_eq!(board.next(0, NO_TIME), r#"{"sequence":0,"updates":[]}"#);
        board.put(Slot::Good, "1".to_owned());
        board.put(Slot::Explorer, "2".to_owned());
        board.put(Slot::Broken, "3".to_owned());
        assert_eq!(board.next(0, NO_TIME), r#"{"sequence":3,"updates":[1,2,3]}"#);
        assert_eq!(board.next(2, NO_TIME), r#"{"sequence":3,"updates":[3]}"#);
        board.put(Slot::Good, "4".to_owned());
        assert_eq!(board.next(0, NO_TIME), r#"{"sequence":4,"updates":[2,4]}"#, "what was broken is mended");
    }

    #[test]
    fn who_waits_is_woken() {
        let board = Board::default();
        let waiting = std::thread::spawn({
            let board = board.clone();
            move || board.next(0, Duration::from_secs(600))
        });
        board.put(Slot::Report, "1".to_owned());
        assert_eq!(waiting.join().expect("it is woken"), r#"{"sequence":1,"updates":[1]}"#);
    }
}
