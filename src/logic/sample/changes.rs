//! What changes make of sampled worlds: the same worlds are evaluated with and without each change.
//!
//! Two samples of their own would have to be large for a small difference between them to stand out. The same worlds with
//! a change differ by what it does and by no chance besides (*common random numbers*; Glasserman and Yao 1992), and only
//! what the change can reach is evaluated again.

use std::ops::Range;
use std::sync::Arc;

use fearless_simd::{Level, Simd, dispatch, prelude::*, u64x8};
use rustc_hash::FxHashMap;

use super::confidence::Confidence;
use super::draw::{Numbers, Thresholds, WORLDS, is_zero};
use super::sampling::{Sampling, Tally, each_block, ones};
use crate::logic::algebra::words::{Drawn, Words};
use crate::logic::algebra::{FourValues, four_values_in};
use crate::logic::incremental::{Cone, Kept};
use crate::logic::lower::Rows;
use crate::logic::{Bounds, Interval, VariableId, Weights};

/// A change, and the targets that are counted under it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Varied {
    pub(crate) change: Change,
    /// Their places.
    pub(crate) targets: Vec<usize>,
}

/// Something that is otherwise in every world.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// Some variables have other weights, and some targets are decided, whatever their rules say: whether there is a case
    /// for each, and one against it.
    Other { weights: Vec<(VariableId, f64)>, decided: Vec<(usize, [bool; 2])> },
    /// A variable is on in all worlds, where it was off in all: the derivatives.
    On(VariableId),
}

/// In how many worlds a target goes from one of the four values to another: for, against, both, neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Moves([[u64; 4]; 4]);

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Counted {
    /// How many worlds.
    pub(crate) worlds: u64,
    /// The values of each target without a change.
    pub(crate) base: Vec<Tally>,
    /// For each change, those of its targets that it moved in some world.
    pub(crate) moves: Vec<FxHashMap<usize, Moves>>,
    /// How many rows were evaluated, in how many blocks.
    pub(crate) evaluated: u64,
}

impl Moves {
    /// Adds the counts in other worlds.
    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().flatten().zip(other.0.iter().flatten()).for_each(|(sum, count)| *sum += count);
    }

    /// In how many worlds a target comes to have one of some values, and ceases to.
    fn of(&self, values: [bool; 4]) -> [u64; 2] {
        let moves = (0..4).flat_map(|from| (0..4).map(move |to| (from, to)));
        let mut counts = [0; 2];
        for (from, to) in moves.filter(|&(from, to)| values[from] != values[to]) {
            counts[usize::from(values[from])] += self.0[from][to];
        }
        counts
    }

    /// By how much the degree for less the degree against changes, from -2 to 2.
    pub(crate) fn lead(&self, worlds: u64) -> f64 {
        let net = |values| {
            let [more, less] = self.of(values);
            more as f64 - less as f64
        };
        (net(IN_FAVOUR) - net(AGAINST)) / worlds as f64
    }

    /// What the probabilities of a target lie between under a change, by what they lie between without it.
    pub(crate) fn bounds(&self, base: &Bounds, worlds: u64, confidence: &Confidence) -> Bounds {
        let change = |values| {
            let [more, less] = self.of(values).map(|count| confidence.interval(count, worlds));
            more.less(less)
        };
        let moved = |base: Interval, values| plus(base, change(values), 0.0);
        let (in_favour, against) = (change(IN_FAVOUR), change(AGAINST));
        Bounds {
            in_favour: plus(base.in_favour, in_favour, 0.0),
            against: plus(base.against, against, 0.0),
            conflict: moved(base.conflict, BOTH),
            ignorance: moved(base.ignorance, NEITHER),
            case_for: moved(base.case_for, [true, false, true, false]),
            case_against: moved(base.case_against, [false, true, true, false]),
            lead: plus(base.lead, in_favour.less(against), -1.0),
        }
    }

    /// In how many worlds a target has which value after it has moved.
    pub(crate) fn after(&self, before: Tally) -> Tally {
        let moved = |count: u64, values| {
            let [more, less] = self.of(values);
            count + more - less
        };
        Tally {
            in_favour: moved(before.in_favour, IN_FAVOUR),
            against: moved(before.against, AGAINST),
            conflict: moved(before.conflict, BOTH),
            ..before
        }
    }
}

const IN_FAVOUR: [bool; 4] = [true, false, false, false];
const AGAINST: [bool; 4] = [false, true, false, false];
const BOTH: [bool; 4] = [false, false, true, false];
const NEITHER: [bool; 4] = [false, false, false, true];

/// The sum of two intervals, cut to what is at least `least` and at most 1.
fn plus(one: Interval, other: Interval, least: f64) -> Interval {
    Interval { low: (one.low + other.low).clamp(least, 1.0), high: (one.high + other.high).clamp(least, 1.0) }
}

impl Tally {
    /// What the probabilities lie between, each with a confidence.
    pub(crate) fn bounds(self, worlds: u64, confidence: &Confidence) -> Bounds {
        let Self { in_favour, against, conflict, .. } = self;
        let of = |count: u64| confidence.interval(count, worlds);
        Bounds {
            in_favour: of(in_favour),
            against: of(against),
            conflict: of(conflict),
            ignorance: of(worlds - in_favour - against - conflict),
            case_for: of(in_favour + conflict),
            case_against: of(against + conflict),
            lead: of(in_favour).less(of(against)),
        }
    }
}

/// Counts what each change makes of its targets in a range of the worlds that [`sample`](super::sample) draws with the same
/// seed and weights. Both ends are multiples of a block. None if it was interrupted.
///
/// The counts are the same on any number of threads, and those of ranges that meet add up.
///
/// Cost: for each block of worlds one evaluation, and for each change what it can reach. Memory: 64 bytes for each value
/// and variable and thread.
pub(crate) fn count_changes(
    rows: &Rows,
    weights: &Weights,
    changes: &[Varied],
    sampling: &Sampling,
    worlds: Range<u64>,
    interrupted: impl Fn() -> bool + Sync,
) -> Option<Counted> {
    assert!(rows.covers(weights.len()), "every variable has a weight");
    let blocks = worlds.start / WORLDS..worlds.end / WORLDS;
    let writers = rows.writers();
    // Many changes are counted for the same targets.
    let mut cones: FxHashMap<&[usize], Arc<Cone>> = FxHashMap::default();
    let mut with_cone = Vec::with_capacity(changes.len());
    for Varied { change, targets } in changes {
        let cone = cones.entry(targets).or_insert_with(|| Arc::new(Cone::new(rows, &writers, targets)));
        with_cone.push((change, Arc::clone(cone)));
    }
    run(rows, &Thresholds::new(weights), &with_cone, sampling, blocks, &interrupted)
}

/// The part of [`count_changes`] that is compiled for each level of SIMD.
fn run(
    rows: &Rows,
    thresholds: &Thresholds,
    changes: &[(&Change, Arc<Cone>)],
    sampling: &Sampling,
    blocks: Range<u64>,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Option<Counted> {
    dispatch!(Level::new(), simd => {
        let threads = (blocks.end - blocks.start).min(sampling.threads.get() as u64);
        let mut workers: Vec<_> = (0..threads).map(|_| Worker::new(simd, rows, changes.len())).collect();
        let work = |worker: &mut Worker<'_, _>, block| simd.vectorize(
            #[inline(always)]
            || worker.block(thresholds, changes, sampling.seed, block),
        );
        let done = each_block(&mut workers, blocks.clone(), interrupted, work);
        let mut counted = Counted::new((blocks.end - blocks.start) * WORLDS, rows.targets().len(), changes.len());
        for worker in workers {
            counted.add_counts(worker.counted);
            counted.evaluated += worker.kept.evaluated;
        }
        done.then_some(counted)
    })
}

impl Counted {
    fn new(worlds: u64, targets: usize, changes: usize) -> Self {
        let moves = (0..changes).map(|_| FxHashMap::default()).collect();
        Self { worlds, base: vec![Tally::default(); targets], moves, evaluated: 0 }
    }

    fn add_counts(&mut self, other: Self) {
        self.base.iter_mut().zip(other.base).for_each(|(sum, tally)| sum.add(tally));
        for (sums, moves) in self.moves.iter_mut().zip(other.moves) {
            moves.into_iter().for_each(|(target, moves)| sums.entry(target).or_default().add(&moves));
        }
    }
}

/// A weight, and the worlds in which a variable is on with it.
type WithWeight<S> = (u32, u64x8<S>);

/// What one thread keeps from block to block.
struct Worker<'r, S: Simd> {
    kept: Kept<'r, Words<S, Drawn<S>>>,
    /// The values of each target without a change: for, against, both.
    before: Vec<[u64x8<S>; 3]>,
    /// For each variable, a smaller and a larger weight that were drawn in this block, and where it is on then: many changes
    /// ask for the same.
    drawn: Vec<[Option<WithWeight<S>>; 2]>,
    counted: Counted,
}

impl<'r, S: Simd> Worker<'r, S> {
    fn new(simd: S, rows: &'r Rows, changes: usize) -> Self {
        let variables = rows.variables();
        let drawn = Drawn { on: vec![u64x8::splat(simd, 0); variables], decided: Vec::new() };
        let words = Words { simd, variables: drawn };
        let (kept, targets) = (Kept::new(rows, words, variables), rows.targets().len());
        Self {
            kept,
            before: Vec::with_capacity(targets),
            drawn: vec![[None; 2]; variables],
            counted: Counted::new(0, targets, changes),
        }
    }

    #[inline(always)]
    fn block(&mut self, thresholds: &Thresholds, changes: &[(&Change, Arc<Cone>)], seed: u64, block: u64) {
        let Self { kept, before, drawn, counted } = self;
        let simd = kept.algebra.simd;
        let numbers = Numbers::new(simd, thresholds, seed, block);
        let all = u64x8::splat(simd, u64::MAX);
        for (variable, on) in kept.algebra.variables.on.iter_mut().enumerate() {
            *on = numbers.on(simd, variable, all);
        }
        kept.evaluate();
        drawn.fill([None; 2]);
        before.clear();
        for target in 0..counted.base.len() {
            let values = values_of(kept, target);
            let [in_favour, against, conflict] = [ones(values[0]), ones(values[1]), ones(values[2])];
            counted.base[target].add(Tally { in_favour, against, conflict, any_case: 0 });
            before.push(values);
        }
        kept.commit();
        for ((change, cone), moves) in changes.iter().zip(&mut counted.moves) {
            let mut were = Vec::new();
            match change {
                Change::Other { weights, decided } => {
                    for &(variable, weight) in weights {
                        let variable = variable.index();
                        // A variable that no row looks at changes nothing.
                        if variable < kept.algebra.variables.on.len() {
                            let weight = Thresholds::of(weight);
                            let known = &mut drawn[variable][usize::from(weight > thresholds.at(variable))];
                            let on = match *known {
                                Some((known, on)) if known == weight => on,
                                _ => numbers.below(simd, variable, weight, all),
                            };
                            *known = Some((weight, on));
                            were.push((variable, switch(kept, variable, on)));
                        }
                    }
                    kept.evaluated += weights.len() as u64 / 4;
                    for &(target, sides) in decided {
                        for (row, so) in kept.rows.rows_of(target).into_iter().zip(sides) {
                            kept.algebra.variables.decided.push((row as usize, so));
                            kept.touch(row);
                        }
                    }
                }
                Change::On(variable) => {
                    let variable = variable.index();
                    if variable < kept.algebra.variables.on.len() {
                        let on = !kept.algebra.variables.on[variable];
                        were.push((variable, switch(kept, variable, on)));
                    }
                }
            }
            // Where a variable is switched over, those worlds come first in which it is off.
            let swapped = if let (Change::On(_), Some((_, on))) = (change, were.first()) { *on } else { !all };
            for target in kept.propagate_in(Some(cone)) {
                let (one, other) = (before[target], values_of(kept, target));
                let changed = (one[0] ^ other[0]) | (one[1] ^ other[1]) | (one[2] ^ other[2]);
                if !is_zero(simd, changed) {
                    let moved = moved(either(swapped, other, one), either(swapped, one, other));
                    moves.entry(target).or_default().add(&moved);
                }
            }
            kept.undo();
            kept.algebra.variables.decided.clear();
            for (variable, on) in were.into_iter().rev() {
                kept.algebra.variables.on[variable] = on;
            }
        }
    }
}

/// Has a variable on in other worlds, and gives those in which it was.
#[inline(always)]
fn switch<S: Simd>(kept: &mut Kept<'_, Words<S, Drawn<S>>>, variable: usize, on: u64x8<S>) -> u64x8<S> {
    kept.touch_readers(variable);
    std::mem::replace(&mut kept.algebra.variables.on[variable], on)
}

/// The worlds in which a target is true, false and both.
#[inline(always)]
fn values_of<S: Simd>(kept: &mut Kept<'_, Words<S, Drawn<S>>>, target: usize) -> [u64x8<S>; 3] {
    let [case_for, case_against] = kept.rows.rows_of(target);
    let side = [kept.rows.side(case_for, &kept.memory.values), kept.rows.side(case_against, &kept.memory.values)];
    let Ok(FourValues { in_favour, against, conflict }) = four_values_in(&mut kept.algebra, &side);
    [in_favour, against, conflict]
}

#[inline(always)]
fn moved<S: Simd>(from: [u64x8<S>; 3], to: [u64x8<S>; 3]) -> Moves {
    let [from, to] = [with_neither(from), with_neither(to)];
    let mut moves = Moves::default();
    for (before, (counts, from)) in moves.0.iter_mut().zip(from).enumerate() {
        for (after, (count, to)) in counts.iter_mut().zip(to).enumerate() {
            if before != after {
                *count = ones(from & to);
            }
        }
    }
    moves
}

/// With the worlds in which there is neither case.
#[inline(always)]
fn with_neither<S: Simd>([in_favour, against, both]: [u64x8<S>; 3]) -> [u64x8<S>; 4] {
    [in_favour, against, both, !(in_favour | against | both)]
}

/// `one` in these worlds, `other` in the rest.
#[inline(always)]
fn either<S: Simd>(worlds: u64x8<S>, one: [u64x8<S>; 3], other: [u64x8<S>; 3]) -> [u64x8<S>; 3] {
    let mut chosen = other;
    for value in 0..3 {
        chosen[value] = (one[value] & worlds) | (other[value] & !worlds);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::logic::program::Builder;
    use crate::logic::{Atom, AtomId, Component, Literal, Program, components, count};
    use crate::model::{ActorId, Source, StatementId, TableId};

    const STATEMENTS: usize = 6;
    const VARIABLES: usize = 9;

    /// A random program of statements and two attacks, loops and negation among them.
    fn program(roll: &mut impl FnMut(usize) -> usize) -> Program {
        let mut builder = Builder::default();
        let mut atoms: Vec<AtomId> = Vec::new();
        for statement in (0..STATEMENTS).map(StatementId::from_index) {
            atoms.extend([Atom::CaseFor(statement), Atom::CaseAgainst(statement)].map(|atom| builder.atom(atom)));
        }
        let source = Source::Actor(ActorId::from_index(0));
        atoms.extend((0..2).map(|index| builder.atom(Atom::Impeachment(source, index))));
        // In every other program nothing looks at the attacks.
        let seen = if roll(2) == 0 { atoms.len() } else { 2 * STATEMENTS };
        for &head in &atoms {
            for _ in 0..1 + roll(3) {
                let body = (0..1 + roll(3)).map(|_| match roll(5) {
                    0 | 1 => Literal::Variable(VariableId::from_index(roll(VARIABLES))),
                    2 | 3 => Literal::Atom(atoms[roll(seen)]),
                    _ => Literal::Not(atoms[roll(seen)]),
                });
                builder.rule(head, body.collect::<Vec<_>>());
            }
        }
        builder.finish()
    }

    /// The same worlds with a change are to the last world those of a program, or of weights, that have the change.
    #[test]
    fn what_a_change_moves_is_what_the_changed_worlds_have() {
        let mut state = 1_u64;
        let mut roll = |end: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % end
        };
        let sampling = Sampling { threads: std::num::NonZeroUsize::MIN, ..Sampling::default() };
        let worlds = 512..2048;
        let statements: Vec<StatementId> = (0..STATEMENTS).map(StatementId::from_index).collect();
        let all: Vec<usize> = (0..STATEMENTS).collect();
        let (mut moving, mut whole) = (0, 0);
        for _ in 0..200 {
            let program = program(&mut roll);
            let rows = Rows::new(&program, &statements);
            let weights: Weights = (0..VARIABLES).map(|_| roll(11) as f64 / 10.0).collect();
            let counts = |program: &Program, sides: &[[AtomId; 2]], weights: &Weights| {
                let rows = Rows::of(program, sides);
                let counted = count(&rows, weights, &sampling, worlds.clone(), || false).expect("nothing stops it");
                counted.iter().map(|one| [one.in_favour, one.against, one.conflict]).collect::<Vec<_>>()
            };
            let sides: Vec<[AtomId; 2]> = statements.iter().map(|&statement| Program::sides(statement)).collect();
            let (one, other, decided) = (roll(VARIABLES), roll(VARIABLES), roll(STATEMENTS));
            let variable = VariableId::from_index;
            let others = vec![(variable(one), 0.0), (variable(other), roll(11) as f64 / 10.0)];
            let so = [roll(2) == 0, roll(2) == 0];
            let vary = |change, targets: &[usize]| Varied { change, targets: targets.to_vec() };
            let changes = [
                vary(Change::Other { weights: others.clone(), decided: Vec::new() }, &all),
                vary(Change::Other { weights: Vec::new(), decided: vec![(decided, so)] }, &all),
                vary(Change::On(variable(one)), &all),
                vary(Change::Other { weights: others.clone(), decided: Vec::new() }, &[3]),
            ];
            let counted = count_changes(&rows, &weights, &changes, &sampling, worlds.clone(), || false);
            let counted = counted.expect("nothing stops it");
            let under = |change: usize| -> Vec<[u64; 3]> {
                let moves = |target| counted.moves[change].get(&target).copied().unwrap_or_default();
                let after = all.iter().map(|&target| moves(target).after(counted.base[target]));
                after.map(|after| [after.in_favour, after.against, after.conflict]).collect()
            };
            let mut changed = weights.clone();
            for &(variable, weight) in &others {
                changed[variable.index()] = weight;
            }
            let expected = counts(&program, &sides, &changed);
            assert_eq!(under(0), expected);
            assert_eq!(under(3)[3], expected[3], "what is counted for one target is what is counted for all");
            let fixed: BTreeMap<AtomId, bool> = sides[decided].into_iter().zip(so).collect();
            // What is decided may part a loop, and with it the attacks that silence together.
            let parted =
                |one: &Component| one.recursive && one.atoms.iter().any(|&atom| program.atom(atom).is_attack());
            let parts = components(&program, program.atoms()).iter().any(parted);
            whole += usize::from(!parts);
            for (target, &sides) in sides.iter().enumerate().filter(|_| !parts) {
                let (supposing, sides) = program.supposing(sides, &fixed);
                assert_eq!(under(1)[target], counts(&supposing, &[sides], &weights)[0]);
            }
            let with = |weight: f64| {
                let mut weights = weights.clone();
                weights[one] = weight;
                counts(&program, &sides, &weights)
            };
            for (target, (on, off)) in with(1.0).into_iter().zip(with(0.0)).enumerate() {
                let lead = |[in_favour, against, _]: [u64; 3]| in_favour as f64 - against as f64;
                let moves = counted.moves[2].get(&target).copied().unwrap_or_default();
                assert_eq!(moves.lead(counted.worlds), (lead(on) - lead(off)) / counted.worlds as f64);
            }
            moving += counted.moves.iter().map(FxHashMap::len).sum::<usize>();
        }
        assert!(moving > 1000 && whole > 20, "the changes change something: {moving}, {whole}");
    }
}
