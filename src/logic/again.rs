//! Working out again only what a change can reach.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::logic::algebra::independent::{Probabilities, reading};
use crate::logic::evaluate_rows::{Memory, evaluate, straight, work_out};
use crate::logic::lanes::{Lanes, OneByOne};
use crate::logic::lower::{Rows, Scheme, Stretch, compressed, narrow};
use crate::logic::{Belnap, Outcome, Reading, VariableId};

/// The values of one kind of lanes, kept.
#[derive(Debug, Clone)]
struct Kept<'f, L: Lanes> {
    flat: &'f Rows,
    lanes: L,
    memory: Memory<L::Value>,
    /// Rows that look at each value.
    readers: (Vec<u32>, Vec<u32>),
    /// Rows that look at each variable.
    variable_readers: (Vec<u32>, Vec<u32>),
    /// The target that each row is a case of.
    target_of: Vec<u32>,
    /// Rows that have to be worked out again, and those of them that are in the heap.
    waiting: BinaryHeap<Reverse<u32>>,
    queued: Vec<bool>,
}

const NO_TARGET: u32 = u32::MAX;

impl<'f, L: Lanes<Value: PartialEq>> Kept<'f, L> {
    fn new(flat: &'f Rows, lanes: L, variables: usize) -> Self {
        assert!(flat.covers(variables), "every variable has its number");
        let mut memory = Memory::new(flat, lanes.never());
        evaluate(flat, &lanes, &mut memory);
        let reads = || {
            (0..flat.rows()).flat_map(|row| {
                let values = flat.codes(row).iter().filter_map(|code| code.value());
                values.map(move |value| (value, narrow(row)))
            })
        };
        let mut target_of = vec![NO_TARGET; flat.rows()];
        for (index, target) in flat.targets.iter().enumerate() {
            target_of[target.case_for as usize] = narrow(index);
            target_of[target.case_against as usize] = narrow(index);
        }
        Self {
            readers: compressed(flat.len(), reads),
            variable_readers: compressed(variables, || {
                flat.variable_uses().map(|(variable, row)| (variable.index(), row))
            }),
            target_of,
            waiting: BinaryHeap::new(),
            queued: vec![false; flat.rows()],
            flat,
            lanes,
            memory,
        }
    }

    /// Works out again what depends on a variable whose number has changed. `before` is told of each target,
    /// by its index, while its values are still what they were, and afterwards they may have changed.
    fn changed(&mut self, variable: VariableId, mut before: impl FnMut(u32, &[L::Value])) {
        let (first, rows) = &self.variable_readers;
        let readers = first[variable.index()] as usize..first[variable.index() + 1] as usize;
        for &row in &rows[readers] {
            wait(&mut self.waiting, &mut self.queued, row);
        }
        while let Some(Reverse(row)) = self.waiting.pop() {
            self.queued[row as usize] = false;
            self.again(row, &mut before);
        }
    }

    fn again(&mut self, row: u32, before: &mut impl FnMut(u32, &[L::Value])) {
        let flat = self.flat;
        let stretch = &flat.stretches[flat.stretches.partition_point(|stretch| stretch.rows.end <= row)];
        match &stretch.scheme {
            &Scheme::Straight { undecided } => self.row_again(row, undecided, before),
            Scheme::Loop { attacks, .. } => self.loop_again(stretch, attacks.clone(), before),
        }
    }

    fn row_again(&mut self, row: u32, undecided: bool, before: &mut impl FnMut(u32, &[L::Value])) {
        let places = [row as usize, self.flat.possible[row as usize] as usize];
        let values = &mut self.memory.values;
        let were = places.map(|place| values[place]);
        straight(self.flat, &self.lanes, values, row as usize, undecided);
        let now = places.map(|place| values[place]);
        if were == now {
            return;
        }
        if self.target_of[row as usize] != NO_TARGET {
            places.into_iter().zip(were).for_each(|(place, was)| values[place] = was);
            before(self.target_of[row as usize], values);
            places.into_iter().zip(now).for_each(|(place, now)| values[place] = now);
        }
        places.into_iter().for_each(|place| self.tell(place, 0));
    }

    fn loop_again(&mut self, stretch: &Stretch, attacks: Range<u32>, before: &mut impl FnMut(u32, &[L::Value])) {
        let flat = self.flat;
        let targets = stretch.rows.clone().map(|row| self.target_of[row as usize]);
        targets.filter(|&target| target != NO_TARGET).for_each(|target| before(target, &self.memory.values));
        let own = stretch.rows.clone().map(|row| [row, flat.possible[row as usize]]);
        let attacks = flat.attacks[attacks.start as usize..attacks.end as usize].iter();
        let places: Vec<[u32; 2]> = own.chain(attacks.map(|&(_, silenced)| [silenced, silenced])).collect();
        let of = |values: &[L::Value], places: [u32; 2]| places.map(|place| values[place as usize]);
        let were: Vec<[L::Value; 2]> = places.iter().map(|&places| of(&self.memory.values, places)).collect();
        work_out(flat, &self.lanes, &mut self.memory, stretch);
        for (&places, were) in places.iter().zip(were) {
            if were != of(&self.memory.values, places) {
                places.into_iter().for_each(|place| self.tell(place as usize, stretch.rows.end));
            }
        }
    }

    /// Those that look at a value, from row `from` on, have to be worked out again.
    fn tell(&mut self, value: usize, from: u32) {
        let (first, rows) = &self.readers;
        for &row in rows[first[value] as usize..first[value + 1] as usize].iter().filter(|&&row| row >= from) {
            wait(&mut self.waiting, &mut self.queued, row);
        }
    }
}

fn wait(waiting: &mut BinaryHeap<Reverse<u32>>, queued: &mut [bool], row: u32) {
    if !std::mem::replace(&mut queued[row as usize], true) {
        waiting.push(Reverse(row));
    }
}

/// What one world says of the targets, kept while variables are switched on and off.
#[derive(Debug, Clone)]
pub struct OneWorld<'f> {
    kept: Kept<'f, OneByOne>,
}

/// What the world in which the variables `on` are on says of each target, in the order in which they were given.
///
/// Cost: linear in the size of the rows.
pub fn in_world(flat: &Rows, on: Vec<bool>) -> Vec<Outcome> {
    assert!(flat.covers(on.len()), "every variable is on or off");
    let lanes = OneByOne { on };
    let mut memory = Memory::new(flat, lanes.never());
    evaluate(flat, &lanes, &mut memory);
    (0..flat.targets.len()).map(|target| said(flat, &memory.values, target)).collect()
}

impl<'f> OneWorld<'f> {
    /// The world in which the variables `on` are on. Cost: one evaluation, and the rows once more, turned round.
    pub fn new(flat: &'f Rows, on: Vec<bool>) -> Self {
        let variables = on.len();
        Self { kept: Kept::new(flat, OneByOne { on }, variables) }
    }

    /// What is said of each target, in the order in which they were given.
    pub fn said(&self) -> Vec<Outcome> {
        let flat = self.kept.flat;
        (0..flat.targets.len()).map(|target| said(flat, &self.kept.memory.values, target)).collect()
    }

    /// Switches a variable on or off. The places of the targets of which something else is told from then on, in order.
    ///
    /// Cost: the rows that depend on what has changed; a loop is gone round as a whole.
    pub fn set(&mut self, variable: VariableId, on: bool) -> Vec<usize> {
        if std::mem::replace(&mut self.kept.lanes.on[variable.index()], on) == on {
            return Vec::new();
        }
        let flat = self.kept.flat;
        let mut before: Vec<(u32, Belnap)> = Vec::new();
        self.kept.changed(variable, |target, values| before.push((target, said(flat, values, target as usize).value)));
        // What was said first is what was said before.
        before.sort_by_key(|&(target, _)| target);
        before.dedup_by_key(|&mut (target, _)| target);
        let is_changed =
            |&(target, told): &(u32, Belnap)| said(flat, &self.kept.memory.values, target as usize).value != told;
        before.into_iter().filter(is_changed).map(|(target, _)| target as usize).collect()
    }
}

fn said(flat: &Rows, values: &[bool], target: usize) -> Outcome {
    let target = flat.targets[target];
    let certain = |row: u32| values[row as usize];
    let possible = |row: u32| values[flat.possible[row as usize] as usize];
    Outcome::new(
        (certain(target.case_for), possible(target.case_for)),
        (certain(target.case_against), possible(target.case_against)),
    )
}

/// The estimate of [`independent`](super::independent()), kept while weights change.
#[derive(Debug, Clone)]
pub struct KeptEstimate<'f> {
    kept: Kept<'f, Probabilities<Vec<f64>>>,
}

impl<'f> KeptEstimate<'f> {
    /// The estimate under these weights. Cost: one evaluation, and the rows once more, turned round.
    pub fn new(flat: &'f Rows, weights: Vec<f64>) -> Self {
        let variables = weights.len();
        Self { kept: Kept::new(flat, Probabilities { weights }, variables) }
    }

    /// The degrees of each target, in the order in which they were given.
    pub fn readings(&self) -> Vec<Reading> {
        let flat = self.kept.flat;
        (0..flat.targets.len()).map(|target| reading(flat, &self.kept.memory.values, target)).collect()
    }

    /// Changes a weight. The degrees are to the bit those that [`independent`](super::independent()) gives.
    ///
    /// Cost: the rows that depend on what has changed; a loop is gone round as a whole.
    pub fn set(&mut self, variable: VariableId, weight: f64) {
        self.kept.lanes.weights[variable.index()] = weight;
        self.kept.changed(variable, |_, _| {});
    }
}
