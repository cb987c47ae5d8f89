//! The one evaluator over rows, in whatever lanes.
//!
//! It finds what [`evaluate`](super::super::evaluate) finds, by the same schemes: straight lines take one pass,
//! positive loops their least fixed point, loops through negation the alternating fixed point (Van Gelder
//! 1993), and attacks that a loop leaves undecided silence what they attack, all such of the loop at once,
//! until it leaves none undecided that has not silenced. After the first round only what a change can reach is
//! read again: what is possible is taken back step by step, and worked out from nothing only when nothing else
//! changes any more.

use std::collections::VecDeque;
use std::hint::black_box;
use std::ops::Range;

use super::lanes::Lanes;
use super::lower::{Kind, Rows, Scheme, Stretch};

/// The values of all rows, and what loops need while they are gone round.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Memory<V> {
    /// By the numbers of [`Rows`].
    pub(in crate::logic) values: Vec<V>,
    waiting: Waiting,
    /// Whether some loop did not end within the patience of its lanes.
    pub(in crate::logic) unfinished: bool,
}

impl<V: Copy> Memory<V> {
    pub(in crate::logic) fn new(flat: &Rows, never: V) -> Self {
        let loops = flat.stretches.iter().filter(|stretch| matches!(stretch.scheme, Scheme::Loop { .. }));
        let longest = loops.map(|stretch| stretch.rows.len()).max().unwrap_or(0);
        let waiting = Waiting { queue: VecDeque::new(), queued: vec![false; longest], start: 0 };
        Self { values: vec![never; flat.len()], waiting, unfinished: false }
    }
}

/// Which value of a row is meant: what is certainly so or what is possibly so. `Plain` where they are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Plain,
    Certain,
    Possible,
}

/// Works out every row. Cost: one operation for each condition outside of loops, and inside of them that times
/// the number of rounds, which is a few in practice and at worst the square of the number of rows.
#[inline(always)]
pub(in crate::logic) fn evaluate<L: Lanes>(flat: &Rows, lanes: &L, memory: &mut Memory<L::Value>) {
    for stretch in &flat.stretches {
        work_out(flat, lanes, memory, stretch);
    }
}

/// Works out the rows of one stretch, given everything before it.
#[inline(always)]
pub(in crate::logic) fn work_out<L: Lanes>(flat: &Rows, lanes: &L, memory: &mut Memory<L::Value>, stretch: &Stretch) {
    match &stretch.scheme {
        &Scheme::Straight { undecided } => {
            let Range { start, end } = stretch.rows;
            for first in (start..end).step_by(AT_ONCE as usize) {
                let rows = first as usize..end.min(first + AT_ONCE) as usize;
                if L::FETCH {
                    fetch::<L>(flat, &memory.values, rows.clone());
                }
                for row in rows {
                    straight(flat, lanes, &mut memory.values, row, undecided);
                }
            }
        }
        Scheme::Loop { undecided, negative, attacks } => {
            let rows = stretch.rows.clone();
            memory.waiting.start = rows.start;
            let patience = lanes.patience().map(|rounds| rounds.saturating_mul(rows.len()));
            let Memory { values, waiting, .. } = memory;
            let mut round = Loop { flat, lanes, values, waiting, rows, left: patience };
            let ended = round.settle(*undecided, *negative, attacks.clone());
            memory.unfinished |= !ended;
        }
    }
}

/// So many rows are worked out after their values have been fetched together.
const AT_ONCE: u32 = 16;

/// Looks at everything that these rows look at, so that memory answers for all of it at once: in a large case
/// most of what a row needs is in no cache, and drawing variables keeps the machine from asking ahead by itself.
#[inline(always)]
fn fetch<L: Lanes>(flat: &Rows, values: &[L::Value], rows: Range<usize>) {
    let needed = flat.codes_of(rows).iter().filter_map(|code| code.value());
    black_box(needed.fold(0, |glimpses, value| glimpses ^ L::glimpse(&values[value])));
}

/// Works out one row of a straight line, and what is possibly so where that may differ.
#[inline(always)]
pub(in crate::logic) fn straight<L: Lanes>(
    flat: &Rows,
    lanes: &L,
    values: &mut [L::Value],
    row: usize,
    undecided: bool,
) {
    if undecided {
        values[row] = read(flat, lanes, values, row, Bound::Certain);
        values[flat.possible[row] as usize] = read(flat, lanes, values, row, Bound::Possible);
    } else {
        values[row] = read(flat, lanes, values, row, Bound::Plain);
    }
}

/// What the rules of a row say, given the values that they look at.
#[inline(always)]
fn read<L: Lanes>(flat: &Rows, lanes: &L, values: &[L::Value], row: usize, bound: Bound) -> L::Value {
    let at = |index: usize, possible: bool| values[if possible { flat.possible[index] as usize } else { index }];
    let mut so = lanes.never();
    let mut rule = lanes.always();
    for &code in flat.codes(row) {
        rule = match code.kind() {
            Kind::So => lanes.and(rule, at(code.index(), bound == Bound::Possible)),
            Kind::Not => lanes.and_not(rule, at(code.index(), bound == Bound::Certain)),
            Kind::Variable => lanes.and_variable(rule, code.index()),
            Kind::Nothing => rule,
        };
        if code.is_last() {
            so = lanes.join(so, rule);
            rule = lanes.open(so);
        }
    }
    so
}

/// Rows of a loop that have to be read, the longest waiting first.
#[derive(Debug, Clone)]
struct Waiting {
    queue: VecDeque<u32>,
    /// Whether a row waits, by its place in the loop.
    queued: Vec<bool>,
    /// The first row of the loop.
    start: u32,
}

impl Waiting {
    fn add(&mut self, row: u32) -> bool {
        let new = !std::mem::replace(&mut self.queued[(row - self.start) as usize], true);
        if new {
            self.queue.push_back(row);
        }
        new
    }

    fn next(&mut self) -> Option<u32> {
        let row = self.queue.pop_front()?;
        self.queued[(row - self.start) as usize] = false;
        Some(row)
    }

    fn clear(&mut self) {
        while self.next().is_some() {}
    }
}

/// One loop while it is gone round.
struct Loop<'a, L: Lanes> {
    flat: &'a Rows,
    lanes: &'a L,
    values: &'a mut [L::Value],
    waiting: &'a mut Waiting,
    rows: Range<u32>,
    /// How many rows may still be read.
    left: Option<usize>,
}

impl<L: Lanes> Loop<'_, L> {
    /// Finds the model of the loop and lets its undecided attacks silence. Whether it ended.
    #[inline(always)]
    fn settle(&mut self, undecided: bool, negative: bool, attacks: Range<u32>) -> bool {
        let attacks = &self.flat.attacks[attacks.start as usize..attacks.end as usize];
        for &(_, silenced) in attacks {
            self.values[silenced as usize] = self.lanes.never();
        }
        loop {
            self.model(undecided, negative);
            if self.is_spent() || !self.silence(attacks) {
                break;
            }
        }
        let ended = !self.is_spent();
        if !ended {
            self.give_up(undecided, attacks);
        }
        // From here on it is in force or silences; nobody else has to tell the two apart.
        for &(row, silenced) in attacks {
            let possible = self.values[self.place(row, Bound::Possible)];
            let silent = self.values[silenced as usize];
            self.values[silenced as usize] = self.lanes.silence(silent, possible);
        }
        ended
    }

    /// Lets every undecided attack of the loop silence what it attacks. Whether any is new to it.
    #[inline(always)]
    fn silence(&mut self, attacks: &[(u32, u32)]) -> bool {
        let mut any = false;
        for &(row, silenced) in attacks {
            let (certain, possible) = (self.values[row as usize], self.values[self.place(row, Bound::Possible)]);
            let undecided = self.lanes.undecided(possible, certain);
            let before = self.values[silenced as usize];
            let after = self.lanes.silence(before, undecided);
            if !self.lanes.same(before, after) {
                self.values[silenced as usize] = after;
                any = true;
            }
        }
        any
    }

    #[inline(always)]
    fn give_up(&mut self, undecided: bool, attacks: &[(u32, u32)]) {
        self.waiting.clear();
        for row in self.rows.clone() {
            let (certain, possible) = (row as usize, self.place(row, Bound::Possible));
            self.values[certain] = self.lanes.unfinished(self.values[certain]);
            if undecided {
                self.values[possible] = self.lanes.unfinished(self.values[possible]);
            }
        }
        for &(_, silenced) in attacks {
            self.values[silenced as usize] = self.lanes.unfinished(self.values[silenced as usize]);
        }
    }

    /// The well-founded model of the loop.
    #[inline(always)]
    fn model(&mut self, undecided: bool, negative: bool) {
        let never = self.lanes.never();
        for row in self.rows.clone() {
            let possible = self.place(row, Bound::Possible);
            (self.values[row as usize], self.values[possible]) = (never, never);
        }
        if !undecided {
            self.rise_from_all(Bound::Plain);
            return;
        }
        self.rise_from_all(Bound::Possible);
        let mut grown = self.rise_from_all(Bound::Certain);
        // Whether what is possible is known to be the least there is, and does not hold itself up.
        let mut founded = true;
        while negative && !(founded && grown.is_empty()) && !self.is_spent() {
            let shrunk = if grown.is_empty() { self.found_anew() } else { self.sink(&grown) };
            founded = grown.is_empty();
            shrunk.into_iter().for_each(|row| self.wait_for_deniers(row));
            grown = self.rise(Bound::Certain);
        }
    }

    #[inline(always)]
    fn rise_from_all(&mut self, bound: Bound) -> Vec<u32> {
        for row in self.rows.clone() {
            self.waiting.add(row);
        }
        self.rise(bound)
    }

    /// Reads waiting rows, and those that look at what has changed, until nothing does. The rows that have
    /// changed, some perhaps several times.
    #[inline(always)]
    fn rise(&mut self, bound: Bound) -> Vec<u32> {
        let mut changed = Vec::new();
        while !self.is_spent()
            && let Some(row) = self.waiting.next()
        {
            let place = self.place(row, bound);
            let value = read(self.flat, self.lanes, self.values, row as usize, bound);
            if !self.lanes.same(value, self.values[place]) {
                self.values[place] = value;
                changed.push(row);
                for (user, _) in self.flat.users.of(row as usize).filter(|&(_, denies)| !denies) {
                    self.waiting.add(user);
                }
            }
            self.left = self.left.map(|left| left - 1);
        }
        changed
    }

    /// Takes back what is no longer possible, now that these rows are certain oftener. What holds itself up
    /// stays. The rows that are possible less often.
    #[inline(always)]
    fn sink(&mut self, grown: &[u32]) -> Vec<u32> {
        grown.iter().for_each(|&row| self.wait_for_deniers(row));
        self.rise(Bound::Possible)
    }

    /// Works out what is possible from nothing, so that what only held itself up falls. The rows that are
    /// possible less often.
    #[inline(always)]
    fn found_anew(&mut self) -> Vec<u32> {
        let mut before = Vec::with_capacity(self.rows.len());
        for row in self.rows.clone() {
            let place = self.place(row, Bound::Possible);
            before.push(std::mem::replace(&mut self.values[place], self.lanes.never()));
        }
        self.rise_from_all(Bound::Possible);
        let has_changed =
            |&(row, was): &(u32, L::Value)| !self.lanes.same(self.values[self.place(row, Bound::Possible)], was);
        self.rows.clone().zip(before).filter(has_changed).map(|(row, _)| row).collect()
    }

    /// Whether the patience of the lanes is at its end.
    #[inline(always)]
    fn is_spent(&self) -> bool {
        self.left == Some(0)
    }

    #[inline(always)]
    fn wait_for_deniers(&mut self, row: u32) {
        for (user, _) in self.flat.users.of(row as usize).filter(|&(_, denies)| denies) {
            self.waiting.add(user);
        }
    }

    #[inline(always)]
    fn place(&self, row: u32, bound: Bound) -> usize {
        match bound {
            Bound::Plain | Bound::Certain => row as usize,
            Bound::Possible => self.flat.possible[row as usize] as usize,
        }
    }
}
