//! Evaluating again only what a change can reach.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::convert::Infallible;

use super::algebra::Algebra;
use super::algebra::boolean::Boolean;
use super::algebra::independent::{Probabilities, reading};
use super::evaluate::{Memory, evaluate_row, evaluate_stratum};
use super::lower::{Rows, Scheme, compressed};
use super::program::narrow;
use super::{Outcome, Reading, VariableId};

/// The values of all rows in an algebra, kept while the numbers of variables change.
#[derive(Debug, Clone)]
struct Kept<'r, A: Algebra> {
    rows: &'r Rows,
    algebra: A,
    memory: Memory<A::Value>,
    /// Rows that look at each value.
    readers: (Vec<u32>, Vec<u32>),
    /// Rows that look at each variable.
    variable_readers: (Vec<u32>, Vec<u32>),
    /// The target that each row is a side of.
    target_of: Vec<Option<u32>>,
    /// Rows that have to be evaluated again, and those of them that are in the heap.
    waiting: BinaryHeap<Reverse<u32>>,
    queued: Vec<bool>,
}

impl<'r, A: Algebra<Value: PartialEq, Failure = Infallible>> Kept<'r, A> {
    fn new(rows: &'r Rows, mut algebra: A, variables: usize) -> Self {
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
            waiting: BinaryHeap::new(),
            queued: vec![false; rows.rows()],
            rows,
            algebra,
            memory,
        }
    }

    /// Evaluates what depends on a variable whose number has changed. The places of the targets that this may have
    /// changed, in order.
    fn changed(&mut self, variable: VariableId) -> Vec<usize> {
        let mut targets = Vec::new();
        let (first, rows) = &self.variable_readers;
        let readers = first[variable.index()] as usize..first[variable.index() + 1] as usize;
        for &row in &rows[readers] {
            wait(&mut self.waiting, &mut self.queued, row);
        }
        while let Some(Reverse(row)) = self.waiting.pop() {
            self.queued[row as usize] = false;
            let changed = self.again(row);
            targets.extend(changed.filter_map(|row| self.target_of[row as usize]).map(|target| target as usize));
        }
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// Evaluates a row again, in a loop with all others of the loop. The rows whose values may have changed.
    fn again(&mut self, row: u32) -> std::ops::Range<u32> {
        let rows = self.rows;
        let stratum = &rows.strata[rows.strata.partition_point(|stratum| stratum.rows.end <= row)];
        let (own, attacks) = match &stratum.scheme {
            Scheme::Straight { .. } => (row..row + 1, 0..0),
            Scheme::Loop { attacks, .. } => (stratum.rows.clone(), attacks.start as usize..attacks.end as usize),
        };
        // Who reads a row may read either of its two values.
        let mut places: Vec<[u32; 2]> = own.clone().map(|row| [row, rows.possible[row as usize]]).collect();
        places.extend(rows.attacks[attacks].iter().map(|&(_, silenced)| [silenced; 2]));
        let of = |values: &[A::Value], places: [u32; 2]| places.map(|place| values[place as usize].clone());
        let before: Vec<[A::Value; 2]> = places.iter().map(|&places| of(&self.memory.values, places)).collect();
        let Ok(()) = match stratum.scheme {
            Scheme::Straight { undecided } => {
                evaluate_row(rows, &mut self.algebra, &mut self.memory.values, row as usize, undecided)
            }
            Scheme::Loop { .. } => evaluate_stratum(rows, &mut self.algebra, &mut self.memory, stratum),
        };
        for (places, before) in places.into_iter().zip(before) {
            if before != of(&self.memory.values, places) {
                for place in places {
                    let (first, readers) = &self.readers;
                    let readers = &readers[first[place as usize] as usize..first[place as usize + 1] as usize];
                    for &reader in readers.iter().filter(|&&reader| reader >= own.end) {
                        wait(&mut self.waiting, &mut self.queued, reader);
                    }
                }
            }
        }
        own
    }
}

fn wait(waiting: &mut BinaryHeap<Reverse<u32>>, queued: &mut [bool], row: u32) {
    if !std::mem::replace(&mut queued[row as usize], true) {
        waiting.push(Reverse(row));
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
        let mut changed = self.kept.changed(variable);
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
        self.kept.changed(variable);
    }
}
