//! Degrees by counting worlds.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use fearless_simd::{Level, Simd, dispatch, prelude::*, u64x8};

use super::confidence::Confidence;
use super::draw::{Numbers, Thresholds, WORLDS};
use crate::logic::algebra::words::{Variables, Words};
use crate::logic::algebra::{Algebra, FourValues, four_values_in};
use crate::logic::evaluate::{Memory, evaluate};
use crate::logic::lower::Rows;
use crate::logic::{Bounds, Interval, Reading, Weights};

/// How worlds are sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// What the random numbers depend on besides the world and the variable.
    pub seed: u64,
    /// Sampling ends when every probability is known to within this on either side; above 0.
    pub half_width: f64,
    /// With this probability, from 0 to 1, a probability lies in its interval.
    pub confidence: f64,
    /// The most worlds; at least one block of 512 is taken.
    pub most_worlds: u64,
    /// On how many threads. It changes no number.
    pub threads: NonZeroUsize,
}

impl Default for Sampling {
    /// Half a percentage point on either side at 99 %, on every core.
    fn default() -> Self {
        let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { seed: 1, half_width: 0.005, confidence: 0.99, most_worlds: 1 << 20, threads }
    }
}

impl Sampling {
    /// How many worlds are enough for the half width, whatever is counted, within [`Sampling::most_worlds`].
    ///
    /// Cost: none to speak of; what sampling will take at most is known before it starts.
    pub fn worlds(&self) -> u64 {
        self.looks().last().expect("there is a last look").worlds
    }

    /// When the counts are looked at: after 8 blocks of worlds, after twice as many, and so on to the last.
    ///
    /// To stop at the first of several looks that will do errs more often than a single look. So the allowed error is
    /// shared out (Bonferroni): nine tenths go to the last look, the rest in equal parts to those before it.
    fn looks(&self) -> Vec<Look> {
        const LAST: f64 = 0.9;
        const FIRST: u64 = 8;
        let error = 1.0 - self.confidence;
        let enough = Confidence::new(LAST * error).enough(self.half_width.max(1e-6));
        let blocks = enough.div_ceil(WORLDS).min(self.most_worlds / WORLDS).max(1);
        let earlier: Vec<u64> = (0..64).map(|doublings| FIRST << doublings).take_while(|&look| look < blocks).collect();
        let share = (1.0 - LAST) * error / earlier.len() as f64;
        let mut looks: Vec<Look> =
            earlier.into_iter().map(|look| Look { worlds: look * WORLDS, error: share }).collect();
        let error = if looks.is_empty() { error } else { LAST * error };
        looks.push(Look { worlds: blocks * WORLDS, error });
        looks
    }
}

/// A look at the counts.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// After how many worlds.
    worlds: u64,
    /// How often an interval may miss at this look.
    error: f64,
}

/// In how many worlds a statement has which value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Belnap true.
    pub in_favour: u64,
    /// Belnap false.
    pub against: u64,
    /// Belnap both.
    pub conflict: u64,
    /// A case for it or against it is possible.
    pub any_case: u64,
}

impl Tally {
    /// Adds the counts in other worlds. The sums have to fit, as those of the worlds of one sampling do.
    pub fn add(&mut self, other: Self) {
        self.in_favour += other.in_favour;
        self.against += other.against;
        self.conflict += other.conflict;
        self.any_case += other.any_case;
    }
}

/// What was counted, for each target in the order in which they were given.
#[derive(Debug, Clone)]
pub struct Tallies {
    worlds: u64,
    tallies: Vec<Tally>,
    /// For one share.
    one: Confidence,
    /// For two shares at once.
    two: Confidence,
}

impl Tallies {
    fn new(targets: usize) -> Self {
        let none = Confidence::new(1.0);
        Self { worlds: 0, tallies: vec![Tally::default(); targets], one: none.clone(), two: none }
    }

    /// The counts of a fixed number of worlds, looked at once: with this probability, from 0 to 1, each probability lies
    /// in its interval.
    ///
    /// Cost: none to speak of.
    pub fn counted(worlds: u64, tallies: Vec<Tally>, confidence: f64) -> Self {
        let mut counted = Self { tallies, ..Self::new(0) };
        counted.look(Look { worlds, error: 1.0 - confidence });
        counted
    }

    /// How many worlds were counted. None where sampling was interrupted before the first look.
    pub fn worlds(&self) -> u64 {
        self.worlds
    }

    /// How many targets there are.
    pub fn len(&self) -> usize {
        self.tallies.len()
    }

    /// Whether there is no target.
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// The counts of a target.
    pub fn tally(&self, target: usize) -> Tally {
        self.tallies[target]
    }

    /// The shares of a target; 0 where no world was counted. That a case is possible is known when one was
    /// seen, and not ruled out when none was.
    pub fn reading(&self, target: usize) -> Reading {
        let Tally { in_favour, against, conflict, any_case } = self.tallies[target];
        let share = |count: u64| count as f64 / self.worlds.max(1) as f64;
        Reading {
            in_favour: share(in_favour),
            conflict: share(conflict),
            against: share(against),
            any_case: any_case > 0,
        }
    }

    /// What the probabilities of a target lie between, each by itself at the confidence of the sampling,
    /// whichever look it ended at: the score interval of Wilson (1927) around each share, wider near 0 and 1
    /// where that is too narrow. The lead is the difference of two shares, each at half the error, and so has
    /// at least that confidence; where few worlds have it true or false it is wider than need be, by at
    /// most 60 %.
    ///
    /// Several intervals together hold less often than each: of a hundred at 99 %, one is likely to miss.
    pub fn intervals(&self, target: usize) -> Bounds {
        if self.worlds == 0 {
            return Bounds::UNKNOWN;
        }
        let tally = self.tallies[target];
        let two = |count: u64| self.two.interval(count, self.worlds);
        Bounds { lead: two(tally.in_favour).less(two(tally.against)), ..tally.bounds(self.worlds, &self.one) }
    }

    /// The half width of the widest interval around a probability of any target; the lead, a difference of
    /// two, is not among them.
    pub fn half_width(&self) -> f64 {
        let widest = |target: usize| {
            let of = self.intervals(target);
            let around = [of.in_favour, of.against, of.conflict, of.ignorance, of.case_for, of.case_against];
            around.into_iter().map(Interval::half_width).fold(0.0, f64::max)
        };
        (0..self.len()).map(widest).fold(0.0, f64::max)
    }

    fn look(&mut self, look: Look) {
        self.worlds = look.worlds;
        self.one = Confidence::new(look.error);
        self.two = Confidence::new(look.error / 2.0);
    }
}

/// Counts the values of the targets in random worlds, in each of which every variable is on with its weight.
///
/// The counts are looked at after fixed numbers of worlds that double. It ends when every interval is narrow
/// enough, when `decided` says that what is known by then will do, or after the most worlds. `interrupted` is
/// asked before each block of worlds, on any thread; when it says so, what came after the last look is dropped.
///
/// The same seed, weights and numbers give the same counts, on any number of threads and any machine; under
/// other weights every variable keeps its number in every world (see [`Sampling::seed`]).
///
/// Cost: time linear in the size of the rows times the worlds; 64 bytes for each value and thread.
pub fn sample(
    rows: &Rows,
    weights: &Weights,
    sampling: &Sampling,
    mut decided: impl FnMut(&Tallies) -> bool,
    interrupted: impl Fn() -> bool + Sync,
) -> Tallies {
    assert!(rows.covers(weights.len()), "every variable has a weight");
    run(rows, &Thresholds::new(weights), sampling, &mut decided, &interrupted)
}

/// Counts the values of the targets in a range of the worlds that [`sample`] draws with the same seed and weights, so that
/// the counts of ranges that meet add up to those of all their worlds.
///
/// Both ends of the range are multiples of [`BLOCK`](super::BLOCK). Of `sampling` the seed and the threads matter.
/// `interrupted` is asked before each block, on any thread; when it says so, there is no count.
///
/// Cost: as [`sample`].
///
/// # Panics
///
/// If an end of the range is no multiple of the block.
pub fn count(
    rows: &Rows,
    weights: &Weights,
    sampling: &Sampling,
    worlds: Range<u64>,
    interrupted: impl Fn() -> bool + Sync,
) -> Option<Vec<Tally>> {
    assert!(rows.covers(weights.len()), "every variable has a weight");
    assert!(
        [worlds.start, worlds.end].iter().all(|end| end.is_multiple_of(WORLDS)),
        "worlds are counted in whole blocks"
    );
    let blocks = worlds.start / WORLDS..worlds.end / WORLDS;
    run_range(rows, &Thresholds::new(weights), sampling, blocks, &interrupted)
}

/// The part of [`count`] that is compiled for each level of SIMD.
fn run_range(
    rows: &Rows,
    thresholds: &Thresholds,
    sampling: &Sampling,
    blocks: Range<u64>,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Tally>> {
    dispatch!(Level::new(), simd => {
        let mut sums = vec![Tally::default(); rows.targets().len()];
        let sampler = Sampler { simd, rows, thresholds, sampling, interrupted };
        sampler.blocks(&mut Vec::new(), blocks, &mut sums).then_some(sums)
    })
}

/// The part of [`sample`] that is compiled for each level of SIMD, once for all closures.
fn run(
    rows: &Rows,
    thresholds: &Thresholds,
    sampling: &Sampling,
    decided: &mut dyn FnMut(&Tallies) -> bool,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Tallies {
    dispatch!(Level::new(), simd => Sampler { simd, rows, thresholds, sampling, interrupted }.run(decided))
}

struct Sampler<'a, S: Simd> {
    simd: S,
    rows: &'a Rows,
    thresholds: &'a Thresholds,
    sampling: &'a Sampling,
    interrupted: &'a (dyn Fn() -> bool + Sync),
}

/// What one thread keeps from round to round.
struct Worker<S: Simd> {
    memory: Memory<u64x8<S>>,
    /// Of the round.
    tallies: Vec<Tally>,
}

impl<S: Simd> Sampler<'_, S> {
    fn run(&self, decided: &mut dyn FnMut(&Tallies) -> bool) -> Tallies {
        let mut tallies = Tallies::new(self.rows.targets().len());
        let mut workers: Vec<Worker<S>> = Vec::new();
        let mut done = 0;
        for look in self.sampling.looks() {
            let blocks = done..look.worlds / WORLDS;
            done = blocks.end;
            if !self.blocks(&mut workers, blocks, &mut tallies.tallies) {
                break;
            }
            tallies.look(look);
            if decided(&tallies) || tallies.half_width() <= self.sampling.half_width {
                break;
            }
        }
        tallies
    }

    /// Adds what is counted in these blocks. False if it was interrupted, with nothing added.
    fn blocks(&self, workers: &mut Vec<Worker<S>>, blocks: Range<u64>, sums: &mut [Tally]) -> bool {
        let threads = (blocks.end - blocks.start).min(self.sampling.threads.get() as u64);
        while (workers.len() as u64) < threads {
            workers.push(self.worker());
        }
        if !self.round(workers, blocks) {
            return false;
        }
        for worker in workers {
            for (sum, tally) in sums.iter_mut().zip(&mut worker.tallies) {
                sum.add(std::mem::take(tally));
            }
        }
        true
    }

    fn worker(&self) -> Worker<S> {
        let memory = Memory::new(self.rows, u64x8::splat(self.simd, 0));
        Worker { memory, tallies: vec![Tally::default(); self.rows.targets().len()] }
    }

    /// Evaluates these blocks. False if it was interrupted.
    fn round(&self, workers: &mut [Worker<S>], blocks: Range<u64>) -> bool {
        each_block(workers, blocks, self.interrupted, |worker, block| self.block(worker, block))
    }

    fn block(&self, worker: &mut Worker<S>, block: u64) {
        let Self { simd, rows, .. } = *self;
        simd.vectorize(
            #[inline(always)]
            || {
                let numbers = Numbers::new(simd, self.thresholds, self.sampling.seed, block);
                let mut words = Words { simd, variables: numbers };
                let Ok(()) = evaluate(rows, &mut words, &mut worker.memory);
                add_values(rows, &mut words, &worker.memory.values, &mut worker.tallies);
            },
        );
    }
}

/// Shares blocks out among workers, a thread each: the next block goes to the next that is free. False if it was interrupted.
pub(super) fn each_block<W: Send>(
    workers: &mut [W],
    blocks: Range<u64>,
    interrupted: &(dyn Fn() -> bool + Sync),
    work: impl Fn(&mut W, u64) + Sync,
) -> bool {
    let next = AtomicU64::new(blocks.start);
    let stopped = AtomicBool::new(false);
    let work = |worker: &mut W| {
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= blocks.end {
                return;
            }
            if stopped.load(Ordering::Relaxed) || interrupted() {
                stopped.store(true, Ordering::Relaxed);
                return;
            }
            work(worker, block);
        }
    };
    match workers {
        [only] => work(only),
        workers => thread::scope(|scope| {
            for worker in workers {
                scope.spawn(|| work(worker));
            }
        }),
    }
    !stopped.load(Ordering::Relaxed)
}

/// Adds the values of each target in a block of worlds.
#[inline(always)]
fn add_values<S: Simd, V: Variables<S>>(
    rows: &Rows,
    words: &mut Words<S, V>,
    values: &[u64x8<S>],
    tallies: &mut [Tally],
) {
    for (sides, tally) in rows.sides(values).zip(tallies) {
        let Ok(FourValues { in_favour, against, conflict }) = four_values_in(words, &sides);
        let Ok(any_case) = words.or(sides[0].possible, &sides[1].possible);
        tally.in_favour += ones(in_favour);
        tally.against += ones(against);
        tally.conflict += ones(conflict);
        tally.any_case += ones(any_case);
    }
}

#[inline(always)]
pub(super) fn ones<S: Simd>(words: u64x8<S>) -> u64 {
    words.count_ones().reduce_sum()
}
