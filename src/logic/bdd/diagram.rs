//! Decision diagrams as they are read: probabilities, derivatives, what is possible at all.

use std::cell::RefCell;

use rustc_hash::FxHashSet;

use super::manager::{Edge, Manager};
use crate::logic::program::narrow;
use crate::logic::{VariableId, Weights};

/// Some conditions on the variables, as one reduced ordered binary decision diagram (Bryant 1986) with a root for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram<const ROOTS: usize> {
    /// Children come before their parents; the first two are bottom and top.
    nodes: Vec<Node>,
    roots: [u32; ROOTS],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    variable: VariableId,
    low: u32,
    high: u32,
}

/// The node that is false in every world.
pub(super) const BOTTOM: u32 = 0;
/// The node that is true in every world.
pub(super) const TOP: u32 = 1;

/// Stands for no place among the nodes of a diagram.
const UNPLACED: u32 = u32::MAX;

impl<const ROOTS: usize> Diagram<ROOTS> {
    /// Conditions read out of a manager whose levels are the variables in `order`. `place` is scratch space: it comes
    /// and is left without entries other than [`UNPLACED`].
    ///
    /// Cost: linear in the nodes of the conditions.
    pub(super) fn new(
        manager: &Manager,
        conditions: [Edge; ROOTS],
        order: &[VariableId],
        place: &mut Vec<u32>,
    ) -> Self {
        place.resize(2 * manager.nodes(), UNPLACED);
        let mut nodes = vec![Node { variable: VariableId(u32::MAX), low: 0, high: 0 }; 2];
        (place[Edge::BOTTOM.index()], place[Edge::TOP.index()]) = (BOTTOM, TOP);
        let mut placed = vec![Edge::BOTTOM, Edge::TOP];
        let mut waiting = conditions.to_vec();
        while let Some(&edge) = waiting.last() {
            if place[edge.index()] != UNPLACED {
                waiting.pop();
                continue;
            }
            let (level, children) = manager.question(edge).expect("terminals have their places");
            let open = waiting.len();
            waiting.extend(children.into_iter().filter(|child| place[child.index()] == UNPLACED));
            if waiting.len() == open {
                let [low, high] = children.map(|child| place[child.index()]);
                place[edge.index()] = narrow(nodes.len());
                placed.push(edge);
                nodes.push(Node { variable: order[level], low, high });
            }
        }
        let roots = conditions.map(|condition| place[condition.index()]);
        placed.into_iter().for_each(|edge| place[edge.index()] = UNPLACED);
        Self { nodes, roots }
    }

    /// The nodes of the conditions.
    pub(super) fn roots(&self) -> [u32; ROOTS] {
        self.roots
    }

    /// The variable that a node, which is no terminal, asks first.
    pub(super) fn variable(&self, node: u32) -> VariableId {
        self.nodes[node as usize].variable
    }

    /// What is left of a node's condition once a variable, which is none after its own, is on or off.
    pub(super) fn child(&self, node: u32, variable: VariableId, on: bool) -> u32 {
        match self.nodes[node as usize] {
            Node { variable: own, high, .. } if own == variable && node > TOP && on => high,
            Node { variable: own, low, .. } if own == variable && node > TOP => low,
            _ => node,
        }
    }

    /// The number of nodes, the terminals among them.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The variables that it depends on, one for each node.
    pub(super) fn variables(&self) -> impl Iterator<Item = VariableId> {
        self.nodes.iter().skip(2).map(|node| node.variable)
    }

    /// The probability of each condition where every variable is on with its own weight, independently.
    ///
    /// Cost: one multiplication a node.
    pub fn probability(&self, weights: &[f64]) -> [f64; ROOTS] {
        self.probability_in_lanes::<1>(weights.as_chunks().0).map(|[only]| only)
    }

    /// The same under several weights at once, which costs little more: most of it is to look nodes up.
    pub(super) fn probability_in_lanes<const LANES: usize>(&self, weights: &[[f64; LANES]]) -> [[f64; LANES]; ROOTS] {
        with_scratch(LANES * self.nodes.len(), |values| {
            let values = values.as_chunks_mut().0;
            self.upwards(weights, values);
            self.roots.map(|root| values[root as usize])
        })
    }

    /// The probability of each node's condition under several weights.
    fn upwards<const LANES: usize>(&self, weights: &[[f64; LANES]], values: &mut [[f64; LANES]]) {
        (values[BOTTOM as usize], values[TOP as usize]) = ([0.0; LANES], [1.0; LANES]);
        for (index, node) in self.nodes.iter().enumerate().skip(2) {
            let (weight, high, low) =
                (&weights[node.variable.index()], &values[node.high as usize], &values[node.low as usize]);
            values[index] = std::array::from_fn(|lane| mix(weight[lane], high[lane], low[lane]));
        }
    }

    /// The probabilities under many weights at once. `chances` has, for each variable, its weights in turn,
    /// and `count` says how many weights matter at the level of a variable or below it; lengths divide each
    /// other, and shorter rows repeat.
    pub(super) fn probabilities(&self, chances: &[Vec<f64>], count: impl Fn(usize) -> usize) -> [Vec<f64>; ROOTS] {
        let last_use = self.last_use();
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(self.nodes.len());
        // Rows that nothing above needs any more, to be written over: most stay in the cache that way.
        let mut spare: Vec<Vec<f64>> = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            let mut row = spare.pop().unwrap_or_default();
            match index {
                0 => row.push(0.0),
                1 => row.push(1.0),
                _ => {
                    let variable = node.variable.index();
                    let (low, high) = (node.low as usize, node.high as usize);
                    mixed(&mut row, &chances[variable], &rows[high], &rows[low], count(variable));
                    for child in [low, high] {
                        if last_use[child] == index && child > 1 {
                            let mut done = std::mem::take(&mut rows[child]);
                            done.clear();
                            spare.push(done);
                        }
                    }
                }
            }
            rows.push(row);
        }
        self.roots.map(|root| rows[root as usize].clone())
    }

    /// For each node the last that has it as a child; itself where none has, and none of these where it is a root.
    fn last_use(&self) -> Vec<usize> {
        let mut last_use: Vec<usize> = (0..self.nodes.len()).collect();
        for (index, node) in self.nodes.iter().enumerate().skip(2) {
            last_use[node.low as usize] = index;
            last_use[node.high as usize] = index;
        }
        self.roots.iter().for_each(|&root| last_use[root as usize] = self.nodes.len());
        last_use
    }

    /// The probability of each condition, and its derivative by every variable: the probability given that the variable
    /// is on, less that given that it is off. One pass up and one down (Darwiche 2003).
    pub fn gradient(&self, weights: &[f64]) -> ([f64; ROOTS], [Weights; ROOTS]) {
        with_scratch((1 + ROOTS) * self.nodes.len(), |scratch| {
            let (values, reached) = scratch.split_at_mut(self.nodes.len());
            self.upwards::<1>(weights.as_chunks().0, values.as_chunks_mut().0);
            let by = self.downwards(weights, values, reached.as_chunks_mut().0);
            (self.roots.map(|root| values[root as usize]), by)
        })
    }

    /// The derivatives by every variable, from the probability of each node's condition. In `reached` goes, for each node,
    /// the derivative of each root by it.
    fn downwards(&self, weights: &[f64], values: &[f64], reached: &mut [[f64; ROOTS]]) -> [Weights; ROOTS] {
        let mut by = vec![[0.0; ROOTS]; weights.len()];
        reached.fill([0.0; ROOTS]);
        for (place, &root) in self.roots.iter().enumerate() {
            reached[root as usize][place] = 1.0;
        }
        for (index, node) in self.nodes.iter().enumerate().skip(2).rev() {
            let (variable, high, low) = (node.variable.index(), node.high as usize, node.low as usize);
            let (weight, difference, own) = (weights[variable], values[high] - values[low], reached[index]);
            for place in 0..ROOTS {
                by[variable][place] += own[place] * difference;
                reached[high][place] += own[place] * weight;
                reached[low][place] += own[place] * (1.0 - weight);
            }
        }
        std::array::from_fn(|place| by.iter().map(|by| by[place]).collect())
    }

    /// Whether in some world of probability above 0 the condition of a node holds, but no longer once the variables
    /// `off` are off. `level` gives the place of each variable in the order.
    ///
    /// Cost: at most one step for each pair of nodes; the first such world ends it.
    pub(super) fn loses(
        &self,
        root: u32,
        off: &[VariableId],
        weights: &[f64],
        level: impl Fn(VariableId) -> usize,
    ) -> bool {
        let mut seen = FxHashSet::default();
        let mut waiting = vec![(root, root)];
        while let Some((with, without)) = waiting.pop() {
            match (with, without) {
                (1, 0) => return true,
                (0, _) | (_, 1) => continue,
                pair if !seen.insert(pair) => continue,
                _ => {}
            }
            let next = [with, without].into_iter().filter(|&node| node > TOP).map(|node| self.variable(node));
            let Some(variable) = next.min_by_key(|&variable| level(variable)) else { continue };
            let child = |node: u32, on: bool| self.child(node, variable, on);
            let weight = weights[variable.index()];
            for (on, possible) in [(false, weight < 1.0), (true, weight > 0.0)] {
                if possible {
                    waiting.push((child(with, on), child(without, on && !off.contains(&variable))));
                }
            }
        }
        false
    }

    /// Whether any of the conditions holds in some world of probability above 0.
    pub fn is_possible(&self, weights: &[f64]) -> bool {
        let mut possible = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.nodes.iter().enumerate() {
            possible.push(match index {
                0 => false,
                1 => true,
                _ => {
                    let weight = weights[node.variable.index()];
                    weight > 0.0 && possible[node.high as usize] || weight < 1.0 && possible[node.low as usize]
                }
            });
        }
        self.roots.iter().any(|&root| possible[root as usize])
    }
}

/// More numbers than these are given back after use.
const MOST_SCRATCH: usize = 1 << 20;

/// Does something with so many numbers of any value, in memory that each thread uses again: to get that much anew takes
/// as long as to read a diagram.
fn with_scratch<T>(size: usize, work: impl FnOnce(&mut [f64]) -> T) -> T {
    thread_local! {
        static SCRATCH: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    }
    SCRATCH.with_borrow_mut(|scratch| {
        if scratch.len() < size {
            scratch.resize(size, 0.0);
        }
        let done = work(&mut scratch[..size]);
        if scratch.len() > MOST_SCRATCH {
            *scratch = Vec::new();
        }
        done
    })
}

/// `chance * high + (1 - chance) * low`, for `count` weights in turn; shorter rows repeat. The row
/// comes empty.
fn mixed(row: &mut Vec<f64>, chance: &[f64], high: &[f64], low: &[f64], count: usize) {
    row.reserve(count);
    // Runs in which each of the three is either constant or one number after another.
    let run = [chance, high, low].map(<[f64]>::len).into_iter().filter(|&length| length > 1).min().unwrap_or(1);
    while row.len() < count {
        let at = |of: &[f64]| if of.len() == 1 { 0 } else { row.len() % of.len() };
        let (chance, high, low) = (part(chance, at(chance), run), part(high, at(high), run), part(low, at(low), run));
        match (chance, high, low) {
            (&[chance], &[high], _) => row.extend(low.iter().map(|&low| mix(chance, high, low))),
            (&[chance], _, &[low]) => row.extend(high.iter().map(|&high| mix(chance, high, low))),
            (&[chance], ..) => row.extend(high.iter().zip(low).map(|(&high, &low)| mix(chance, high, low))),
            (_, &[high], &[low]) => row.extend(chance.iter().map(|&chance| mix(chance, high, low))),
            (_, &[high], _) => row.extend(chance.iter().zip(low).map(|(&chance, &low)| mix(chance, high, low))),
            (_, _, &[low]) => row.extend(chance.iter().zip(high).map(|(&chance, &high)| mix(chance, high, low))),
            _ => row.extend(chance.iter().zip(high).zip(low).map(|((&chance, &high), &low)| mix(chance, high, low))),
        }
    }
}

/// The next numbers of a row, or the only one it has.
fn part(of: &[f64], at: usize, length: usize) -> &[f64] {
    if of.len() == 1 { of } else { &of[at..at + length] }
}

#[inline(always)]
fn mix(chance: f64, high: f64, low: f64) -> f64 {
    chance * high + (1.0 - chance) * low
}
