//! One component with a loop: its least fixed point, or its well-founded model.

use std::collections::VecDeque;
use std::ops::Range;

use super::row::{Bound, condition, inputs_decided, read};
use crate::logic::algebra::Algebra;
use crate::logic::lower::{Code, Kind, Rows};

/// Rows of a loop that have to be evaluated, the longest waiting first; by their places in the loop.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    queue: VecDeque<u32>,
    queued: Vec<bool>,
    /// The first row of the loop.
    pub(super) start: u32,
    /// How many evaluations there have been, and at which of them each row last changed and was last evaluated: only
    /// for symbolic algebras. A row that was evaluated at 0 is evaluated as a whole.
    now: u32,
    changed: Vec<u32>,
    evaluated: Vec<u32>,
}

impl Waiting {
    pub(super) fn new(longest: usize) -> Self {
        Self {
            queue: VecDeque::new(),
            queued: vec![false; longest],
            start: 0,
            now: 0,
            changed: vec![0; longest],
            evaluated: vec![0; longest],
        }
    }

    fn add(&mut self, row: u32) {
        if !std::mem::replace(&mut self.queued[(row - self.start) as usize], true) {
            self.queue.push_back(row);
        }
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

/// One component while it is iterated.
pub(super) struct Loop<'a, A: Algebra> {
    pub(super) rows: &'a Rows,
    pub(super) algebra: &'a mut A,
    pub(super) values: &'a mut [A::Value],
    pub(super) waiting: &'a mut Waiting,
    pub(super) own: Range<u32>,
    /// How many rows may still be evaluated.
    pub(super) left: Option<usize>,
}

impl<A: Algebra> Loop<'_, A> {
    /// Finds the model of the component and lets its undecided attacks silence. Whether it ended.
    #[inline(always)]
    pub(super) fn settle(
        &mut self,
        undecided: bool,
        negative: bool,
        attacks: &[(u32, u32)],
    ) -> Result<bool, A::Failure> {
        for &(_, silenced) in attacks {
            self.values[silenced as usize] = self.algebra.bottom();
        }
        loop {
            self.model(undecided, negative)?;
            if self.is_spent() || !self.silence(attacks)? {
                break;
            }
        }
        let ended = !self.is_spent();
        if !ended {
            self.give_up(undecided, attacks);
        }
        // From here on it is in force or silences; no other component distinguishes the two.
        for &(row, silenced) in attacks {
            let possible = self.possible(row);
            self.values[silenced as usize] =
                self.algebra.silence(&self.values[silenced as usize], &self.values[possible])?;
        }
        Ok(ended)
    }

    /// Lets every undecided attack of the component silence what it attacks. Whether any does so more than before.
    #[inline(always)]
    fn silence(&mut self, attacks: &[(u32, u32)]) -> Result<bool, A::Failure> {
        let mut any = false;
        for &(row, silenced) in attacks {
            let possible = self.possible(row);
            let undecided = self.algebra.undecided(&self.values[possible], &self.values[row as usize])?;
            let before = &self.values[silenced as usize];
            let after = self.algebra.silence(before, &undecided)?;
            if !self.algebra.same(before, &after) {
                self.values[silenced as usize] = after;
                any = true;
            }
        }
        Ok(any)
    }

    #[inline(always)]
    fn give_up(&mut self, undecided: bool, attacks: &[(u32, u32)]) {
        self.waiting.clear();
        let silenced = attacks.iter().map(|&(_, silenced)| silenced as usize);
        let possible = self.own.clone().filter(|_| undecided).map(|row| self.possible(row));
        let certain = self.own.clone().map(|row| row as usize);
        for place in certain.chain(possible).chain(silenced).collect::<Vec<usize>>() {
            self.values[place] = self.algebra.unfinished(&self.values[place]);
        }
    }

    /// The well-founded model of the component.
    #[inline(always)]
    fn model(&mut self, undecided: bool, negative: bool) -> Result<(), A::Failure> {
        for row in self.own.clone() {
            let possible = self.possible(row);
            self.values[row as usize] = self.algebra.bottom();
            self.values[possible] = self.algebra.bottom();
        }
        if !undecided {
            self.derive_all(None)?;
            return Ok(());
        }
        if A::SYMBOLIC && !negative && self.inputs_decided() {
            self.derive_all(Some(Bound::Certain))?;
            self.share_decided(true);
            return Ok(());
        }
        self.derive_all(Some(Bound::Possible))?;
        let mut grown = self.derive_all(Some(Bound::Certain))?;
        // Whether what is possible is known to be the least there is, and does not support itself.
        let mut open = negative && !grown.is_empty();
        while open && !self.is_spent() && !self.is_decided() {
            let founded = A::SYMBOLIC || grown.is_empty();
            let shrunk = if founded { self.found_anew()? } else { self.retract(&grown)? };
            shrunk.into_iter().for_each(|row| self.wait_for_deniers(row));
            grown = self.propagate(Some(Bound::Certain))?;
            open = !(founded && grown.is_empty());
        }
        if A::SYMBOLIC {
            self.share_decided(false);
        }
        Ok(())
    }

    /// Whether nothing is undecided: what is certain is all that is possible, and both enclose the model.
    #[inline(always)]
    fn is_decided(&self) -> bool {
        let is_decided = |row: u32| self.algebra.same(&self.values[row as usize], &self.values[self.possible(row)]);
        A::OF_WORLDS && self.own.clone().all(is_decided)
    }

    fn inputs_decided(&self) -> bool {
        self.own.clone().all(|row| inputs_decided(self.rows, self.algebra, self.values, row as usize, &self.own))
    }

    /// Makes one value of the two bounds of each row, of `all` or where they are the same: that is then seen at once.
    fn share_decided(&mut self, all: bool) {
        for row in self.own.clone() {
            let possible = self.possible(row);
            if all || self.algebra.same(&self.values[row as usize], &self.values[possible]) {
                self.values[possible] = self.values[row as usize].clone();
            }
        }
    }

    #[inline(always)]
    fn derive_all(&mut self, bound: Option<Bound>) -> Result<Vec<u32>, A::Failure> {
        for row in self.own.clone() {
            self.wait(row);
        }
        self.propagate(bound)
    }

    /// Evaluates waiting rows, and those that look at what has changed, until nothing does. The rows that have
    /// changed, some perhaps several times.
    #[inline(always)]
    fn propagate(&mut self, bound: Option<Bound>) -> Result<Vec<u32>, A::Failure> {
        let mut changed = Vec::new();
        while !self.is_spent()
            && let Some(row) = self.waiting.next()
        {
            let place = self.place(row, bound);
            let value = match A::SYMBOLIC {
                true => self.grown(row, place, bound)?,
                false => read(self.rows, self.algebra, self.values, row as usize, bound)?,
            };
            if !self.algebra.same(&value, &self.values[place]) {
                self.values[place] = value;
                if A::SYMBOLIC {
                    self.waiting.changed[(row - self.own.start) as usize] = self.waiting.now;
                }
                changed.push(row);
                for (user, _) in self.rows.users.of(row as usize).filter(|&(_, denies)| !denies) {
                    self.waiting.add(user);
                }
            }
            self.left = self.left.map(|left| left - 1);
        }
        Ok(changed)
    }

    /// The value of a row with what those of its rules add that look at something that has grown since it was last
    /// evaluated.
    fn grown(&mut self, row: u32, place: usize, bound: Option<Bound>) -> Result<A::Value, A::Failure> {
        let start = self.own.start as usize;
        self.waiting.now += 1;
        let now = self.waiting.now;
        let before = std::mem::replace(&mut self.waiting.evaluated[row as usize - start], now);
        let waiting = &*self.waiting;
        let own = start..self.own.end as usize;
        let has_grown = |code: &Code| {
            code.kind() == Kind::So && own.contains(&code.index()) && waiting.changed[code.index() - start] >= before
        };
        let mut rules = self.values[place].clone();
        for codes in self.rows.codes(row as usize).split_inclusive(|code| code.is_last()) {
            if before == 0 || codes.iter().any(has_grown) {
                let mut rule = self.algebra.open(&rules);
                for &code in codes {
                    rule = condition(self.rows, self.algebra, self.values, rule, code, bound)?;
                }
                rules = self.algebra.join(rules, rule)?;
            }
        }
        self.algebra.conclude(row as usize, rules)
    }

    /// Retracts what is no longer possible, now that these rows are certain more often. What supports itself stays.
    /// The rows that are possible less often.
    #[inline(always)]
    fn retract(&mut self, grown: &[u32]) -> Result<Vec<u32>, A::Failure> {
        grown.iter().for_each(|&row| self.wait_for_deniers(row));
        self.propagate(Some(Bound::Possible))
    }

    /// Derives what is possible from bottom, so that what only supported itself falls. The rows that are possible
    /// less often.
    #[inline(always)]
    fn found_anew(&mut self) -> Result<Vec<u32>, A::Failure> {
        let mut before = Vec::with_capacity(self.own.len());
        for row in self.own.clone() {
            let place = self.possible(row);
            before.push(std::mem::replace(&mut self.values[place], self.algebra.bottom()));
        }
        self.derive_all(Some(Bound::Possible))?;
        let has_changed = |(row, was): &(u32, A::Value)| !self.algebra.same(&self.values[self.possible(*row)], was);
        Ok(self.own.clone().zip(before).filter(has_changed).map(|(row, _)| row).collect())
    }

    /// Whether the patience of the algebra is at its end.
    #[inline(always)]
    fn is_spent(&self) -> bool {
        self.left == Some(0)
    }

    #[inline(always)]
    fn wait_for_deniers(&mut self, row: u32) {
        for (user, _) in self.rows.users.of(row as usize).filter(|&(_, denies)| denies) {
            self.wait(user);
        }
    }

    /// Lets a row wait to be evaluated as a whole.
    #[inline(always)]
    fn wait(&mut self, row: u32) {
        self.waiting.add(row);
        if A::SYMBOLIC {
            self.waiting.evaluated[(row - self.own.start) as usize] = 0;
        }
    }

    #[inline(always)]
    fn place(&self, row: u32, bound: Option<Bound>) -> usize {
        if bound == Some(Bound::Possible) { self.possible(row) } else { row as usize }
    }

    #[inline(always)]
    fn possible(&self, row: u32) -> usize {
        self.rows.possible[row as usize] as usize
    }
}
