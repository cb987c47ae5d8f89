//! Work in pieces, on as many threads as the machine has.
//!
//! The result is the same for any number of threads: pieces are put together in their order, and one in which anything
//! was wrong is done again in its turn.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many threads there are, and how small a piece of work is worth one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Threads {
    count: usize,
    /// The least bytes of a file in a piece.
    pub(super) bytes: usize,
    /// The least entries of a case in a piece.
    pub(super) entries: usize,
}

impl Threads {
    /// The calling thread alone.
    pub(super) const ONE: Self = Self { count: 1, bytes: 1 << 18, entries: 1 << 12 };

    /// As many as the machine runs at once.
    pub(super) fn all() -> Self {
        Self { count: thread::available_parallelism().map_or(1, usize::from), ..Self::ONE }
    }

    /// So many, with the smallest pieces, so that small cases exercise everything.
    #[cfg(test)]
    pub(super) fn with_small_pieces(count: usize) -> Self {
        Self { count, bytes: 1, entries: 1 }
    }

    /// How many pieces to make at once: none on a single thread.
    pub(super) fn pieces(self) -> usize {
        if self.count > 1 { self.count * 4 } else { 0 }
    }

    /// Does pieces of work and returns their results in order.
    pub(super) fn map<T: Send>(self, pieces: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let threads = self.count.min(pieces);
        if threads < 2 {
            return (0..pieces).map(work).collect();
        }
        let next = AtomicUsize::new(0);
        let next_piece = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&piece| piece < pieces);
        let some = || std::iter::from_fn(next_piece).map(|piece| (piece, work(piece))).collect::<Vec<_>>();
        let mut done: Vec<(usize, T)> = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
            let mut done = some();
            for other in others {
                done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            done
        });
        done.sort_unstable_by_key(|&(piece, _)| piece);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Threads;

    #[test]
    fn pieces_come_out_in_their_order() {
        for threads in 1..5 {
            let squares = Threads::with_small_pieces(threads).map(100, |piece| piece * piece);
            assert_eq!(squares, (0..100).map(|piece| piece * piece).collect::<Vec<_>>());
        }
    }
}
