//! Evaluating again only what a change can reach.

use std::convert::Infallible;
use std::ops::Range;

use super::algebra::Algebra;
use super::algebra::boolean::Boolean;
use super::algebra::independent::{Probabilities, reading};
use super::evaluate::{Memory, evaluate, evaluate_row, evaluate_stratum};
use super::lower::{Rows, Scheme, compressed};
use super::program::narrow;
use super::{Outcome, Reading, VariableId};

/// The values of all rows in an algebra, kept while the numbers of variables change.
#[derive(Debug, Clone)]
pub(super) struct Kept<'r, A: Algebra> {
    pub(super) rows: &'r Rows,
    pub(super) algebra: A,
    pub(super) memory: Memory<A::Value>,
    /// Rows that look at each value.
    readers: (Vec<u32>, Vec<u32>),
    /// Rows that look at each variable.
    variable_readers: (Vec<u32>, Vec<u32>),
    /// The target that each row is a side of.
    target_of: Vec<Option<u32>>,
    /// The stratum of each row.
    stratum_of: Vec<u32>,
    /// Rows that have to be evaluated again.
    waiting: Waiting,
    /// The places of values that have changed, with what stood there before.
    trail: Vec<(u32, A::Value)>,
    /// How many rows have been evaluated.
    pub(super) evaluated: u64,
}

/// A set of rows whose first is soon found: a bit for each row, and one for each 64 of them that have any.
#[derive(Debug, Clone)]
struct Waiting {
    rows: Vec<u64>,
    any: Vec<u64>,
    /// No word of `any` before this one has a bit.
    first: usize,
}

impl Waiting {
    fn new(rows: usize) -> Self {
        let words = rows.div_ceil(64);
        Self { rows: vec![0; words], any: vec![0; words.div_ceil(64)], first: usize::MAX }
    }

    #[inline(always)]
    fn add(&mut self, row: u32) {
        let word = row as usize / 64;
        self.rows[word] |= 1 << (row % 64);
        self.any[word / 64] |= 1 << (word % 64);
        self.first = self.first.min(word / 64);
    }

    /// Takes out the first.
    #[inline(always)]
    fn next(&mut self) -> Option<u32> {
        while let Some(&any) = self.any.get(self.first) {
            if any != 0 {
                let word = self.first * 64 + any.trailing_zeros() as usize;
                let row = word as u32 * 64 + self.rows[word].trailing_zeros();
                self.remove(row);
                return Some(row);
            }
            self.first += 1;
        }
        self.first = usize::MAX;
        None
    }

    #[inline(always)]
    fn remove(&mut self, row: u32) {
        let word = row as usize / 64;
        self.rows[word] &= !(1 << (row % 64));
        if self.rows[word] == 0 {
            self.any[word / 64] &= !(1 << (word % 64));
        }
    }
}

/// The rows that some targets depend on.
#[derive(Debug, Clone)]
pub(super) struct Cone(Vec<bool>);

impl Cone {
    /// `writers` are those of the rows. Cost: linear in what they depend on, and a byte for each row.
    pub(super) fn new(rows: &Rows, writers: &[u32], targets: &[usize]) -> Self {
        let mut within = vec![false; rows.rows()];
        let mut waiting: Vec<u32> = targets.iter().flat_map(|&target| rows.rows_of(target)).collect();
        while let Some(row) = waiting.pop() {
            if !std::mem::replace(&mut within[row as usize], true) {
                let needed = rows.codes(row as usize).iter().filter_map(|code| code.value());
                waiting.extend(needed.map(|value| writers[value]));
            }
        }
        Self(within)
    }

    #[inline(always)]
    fn has(&self, row: u32) -> bool {
        self.0[row as usize]
    }
}

impl<'r, A: Algebra<Failure = Infallible>> Kept<'r, A> {
    #[inline(always)]
    pub(super) fn new(rows: &'r Rows, mut algebra: A, variables: usize) -> Self {
        assert!(rows.covers(variables), "every variable has its number");
        let Ok(memory) = Memory::evaluated(rows, &mut algebra);
        let reads = || {
            (0..rows.rows()).flat_map(|row| {
                let values = rows.codes(row).iter().filter_map(|code| code.value());
                values.map(move |value| (value, narrow(row)))
            })
        };
        let mut target_of = vec![None; rows.rows()];
        for (target, index) in rows.targets.iter().zip(0..) {
            target.rows.into_iter().for_each(|row| target_of[row as usize] = Some(index));
        }
        Self {
            readers: compressed(rows.len(), reads),
            variable_readers: compressed(variables, || rows.variable_uses()),
            target_of,
            stratum_of: (0..narrow(rows.strata.len()))
                .flat_map(|stratum| rows.strata[stratum as usize].rows.clone().map(move |_| stratum))
                .collect(),
            waiting: Waiting::new(rows.rows()),
            trail: Vec::new(),
            evaluated: 0,
            rows,
            algebra,
            memory,
        }
    }

    /// Evaluates everything anew.
    #[inline(always)]
    pub(super) fn evaluate(&mut self) {
        let Ok(()) = evaluate(self.rows, &mut self.algebra, &mut self.memory);
        self.evaluated += self.rows.rows() as u64;
    }

    /// Lets a row be evaluated again.
    #[inline(always)]
    pub(super) fn touch(&mut self, row: u32) {
        self.waiting.add(row);
    }

    /// Lets the rows be evaluated again that look at a variable.
    #[inline(always)]
    pub(super) fn touch_readers(&mut self, variable: usize) {
        let (first, rows) = &self.variable_readers;
        for &row in &rows[first[variable] as usize..first[variable + 1] as usize] {
            self.waiting.add(row);
        }
    }

    /// Evaluates what depends on what was touched. The places of the targets that this may have changed, in order.
    #[inline(always)]
    pub(super) fn propagate(&mut self) -> Vec<usize> {
        self.propagate_in(None)
    }

    /// The same for those rows that are in a cone, where one is given.
    #[inline(always)]
    pub(super) fn propagate_in(&mut self, cone: Option<&Cone>) -> Vec<usize> {
        let mut targets = Vec::new();
        while let Some(row) = self.waiting.next() {
            if cone.is_some_and(|cone| !cone.has(row)) {
                continue;
            }
            let changed = self.again(row);
            targets.extend(changed.filter_map(|row| self.target_of[row as usize]).map(|target| target as usize));
        }
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// Takes back every change of a value since the trail was last cleared.
    #[inline(always)]
    pub(super) fn undo(&mut self) {
        while let Some((place, before)) = self.trail.pop() {
            self.memory.values[place as usize] = before;
        }
    }

    /// Makes the values what they are before any later change.
    pub(super) fn commit(&mut self) {
        self.trail.clear();
    }

    /// Evaluates a row again, in a loop with all others of the loop. The rows whose values may have changed.
    #[inline(always)]
    fn again(&mut self, row: u32) -> Range<u32> {
        let rows = self.rows;
        let stratum = &rows.strata[self.stratum_of[row as usize] as usize];
        match &stratum.scheme {
            &Scheme::Straight { undecided } => {
                let places = [row, rows.possible[row as usize]];
                let before = self.at(places);
                let Ok(()) = evaluate_row(rows, &mut self.algebra, &mut self.memory.values, row as usize, undecided);
                self.evaluated += 1;
                if self.note(places, before, row + 1) { row..row + 1 } else { row..row }
            }
            Scheme::Loop { attacks, .. } => {
                let own = stratum.rows.clone();
                // Who reads a row may read either of its two values.
                let mut places: Vec<[u32; 2]> = own.clone().map(|row| [row, rows.possible[row as usize]]).collect();
                let attacks = &rows.attacks[attacks.start as usize..attacks.end as usize];
                places.extend(attacks.iter().map(|&(_, silenced)| [silenced; 2]));
                let before: Vec<[A::Value; 2]> = places.iter().map(|&places| self.at(places)).collect();
                let Ok(()) = evaluate_stratum(rows, &mut self.algebra, &mut self.memory, stratum);
                self.evaluated += 4 * own.len() as u64;
                own.clone().for_each(|row| self.waiting.remove(row));
                for (places, before) in places.into_iter().zip(before) {
                    self.note(places, before, own.end);
                }
                own
            }
        }
    }

    #[inline(always)]
    fn at(&self, [one, other]: [u32; 2]) -> [A::Value; 2] {
        [self.memory.values[one as usize].clone(), self.memory.values[other as usize].clone()]
    }

    /// Notes the change of the two values of a row, if there is one, and lets those rows wait that look at them, from `end`
    /// on. Whether there is one.
    #[inline(always)]
    fn note(&mut self, places: [u32; 2], before: [A::Value; 2], end: u32) -> bool {
        let is_same = |at: usize| self.algebra.identical(&before[at], &self.memory.values[places[at] as usize]);
        if is_same(0) && (places[0] == places[1] || is_same(1)) {
            return false;
        }
        for (place, before) in places.into_iter().zip(before).take(if places[0] == places[1] { 1 } else { 2 }) {
            self.trail.push((place, before));
            let (first, readers) = &self.readers;
            let readers = &readers[first[place as usize] as usize..first[place as usize + 1] as usize];
            for &reader in readers.iter().filter(|&&reader| reader >= end) {
                self.waiting.add(reader);
            }
        }
        true
    }
}

/// The values of the targets in one world, kept while variables are switched on and off.
#[derive(Debug, Clone)]
pub struct OneWorld<'r> {
    kept: Kept<'r, Boolean>,
    outcomes: Vec<Outcome>,
}

impl<'r> OneWorld<'r> {
    /// The world in which the variables `on` are on. Cost: one evaluation, and one more pass over the rows.
    pub fn new(rows: &'r Rows, on: Vec<bool>) -> Self {
        let variables = on.len();
        let mut kept = Kept::new(rows, Boolean { on }, variables);
        let outcomes = rows.sides(&kept.memory.values).map(|sides| Outcome::of(&mut kept.algebra, &sides)).collect();
        Self { kept, outcomes }
    }

    /// The value of each target, in the order in which they were given.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// Switches a variable on or off. The places of the targets whose value changes, in order.
    ///
    /// Cost: the rows that depend on what has changed; a loop is evaluated as a whole.
    pub fn set(&mut self, variable: VariableId, on: bool) -> Vec<usize> {
        if std::mem::replace(&mut self.kept.algebra.on[variable.index()], on) == on {
            return Vec::new();
        }
        self.kept.touch_readers(variable.index());
        let mut changed = self.kept.propagate();
        self.kept.commit();
        changed.retain(|&target| {
            let Kept { rows, memory, algebra, .. } = &mut self.kept;
            let sides = rows.targets[target].rows.map(|row| rows.side(row, &memory.values));
            let now = Outcome::of(algebra, &sides);
            std::mem::replace(&mut self.outcomes[target], now).value != now.value
        });
        changed
    }
}

/// The estimate of [`independent`](super::independent()), kept while weights change.
#[derive(Debug, Clone)]
pub struct KeptEstimate<'r> {
    kept: Kept<'r, Probabilities<Vec<f64>>>,
}

impl<'r> KeptEstimate<'r> {
    /// The estimate under these weights. Cost: one evaluation, and one more pass over the rows.
    pub fn new(rows: &'r Rows, weights: Vec<f64>) -> Self {
        let variables = weights.len();
        Self { kept: Kept::new(rows, Probabilities { weights }, variables) }
    }

    /// The degrees of each target, in the order in which they were given.
    pub fn readings(&mut self) -> Vec<Reading> {
        let Kept { rows, memory, algebra, .. } = &mut self.kept;
        rows.sides(&memory.values).map(|sides| reading(algebra, sides)).collect()
    }

    /// Changes a weight. The degrees are to the bit those that [`independent`](super::independent()) gives.
    ///
    /// Cost: the rows that depend on what has changed; a loop is evaluated as a whole.
    pub fn set(&mut self, variable: VariableId, weight: f64) {
        self.kept.algebra.weights[variable.index()] = weight;
        self.kept.touch_readers(variable.index());
        self.kept.propagate();
        self.kept.commit();
    }
}
