//! The most probable explanation of a condition.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::diagram::{BOTTOM, Diagram, TOP};
use crate::logic::engine::{Best, TooManyStates};
use crate::logic::events::Events;
use crate::logic::{VariableId, Weights};

/// The most states, and the most pairs of nodes compared.
const LIMIT: usize = 200_000;

/// Nodes of a diagram that are all to be true. None of them follows from another.
type State = Vec<u32>;

/// A state with what follows when its first event is left open, on or off.
struct Branch {
    event: VariableId,
    /// Either, on, off; none where a condition of the state fails.
    next: [Option<usize>; 3],
}

/// How an event is taken.
#[derive(Clone, Copy)]
enum Taken {
    Either,
    On,
    Off,
}

/// The most probable setting of variables in which the condition at `root` of a diagram over the events of a simplified
/// program is true; none where that is bottom. Of two that are equally probable, the one that asks less comes first, or
/// that of the earlier variables.
///
/// It is the most probable *implicant* of the condition (for a program without negation the most probable
/// proof, as in ProbLog: De Raedt, Kimmig and Toivonen 2007). An event may be left open when what remains
/// is true both ways, so that a path of the diagram alone would not do.
///
/// Cost: where each variable only ever helps, or only ever hurts, one step a node; at worst one for each set
/// of nodes, and limited.
pub(super) fn best<const ROOTS: usize>(
    diagram: &Diagram<ROOTS>,
    root: u32,
    events: &Events,
    weights: &[f64],
    level: impl Fn(VariableId) -> usize,
) -> Result<Option<Best>, TooManyStates> {
    let chances = Chances::new(events, weights);
    let mut search = Search { diagram, level, implied: FxHashSet::default(), steps: 0 };
    let Some(start) = search.state(BTreeSet::from([root]))? else { return Ok(None) };
    let (states, branches) = search.explore(start)?;
    let (values, taken) = evaluate(&branches, &chances);
    if states.is_empty() || values[0] <= 0.0 {
        return Ok(None);
    }
    Ok(Some(collect(&branches, &taken, &chances, weights)))
}

struct Search<'d, L, const ROOTS: usize> {
    diagram: &'d Diagram<ROOTS>,
    level: L,
    /// Pairs of nodes of which the first is known to imply the second.
    implied: FxHashSet<(u32, u32)>,
    steps: usize,
}

impl<L: Fn(VariableId) -> usize, const ROOTS: usize> Search<'_, L, ROOTS> {
    /// Every state that can be reached, each before those that follow from it, and how it branches.
    fn explore(&mut self, start: State) -> Result<(Vec<State>, Vec<Option<Branch>>), TooManyStates> {
        let mut number: FxHashMap<State, usize> = FxHashMap::from_iter([(start.clone(), 0)]);
        let (mut states, mut branches) = (vec![start], Vec::new());
        let mut next = 0;
        while next < states.len() {
            let state = states[next].clone();
            next += 1;
            let Some(event) = self.first_event(&state) else {
                branches.push(None);
                continue;
            };
            let (on, off) = (self.children(&state, event, true), self.children(&state, event, false));
            let mut following = [None; 3];
            for (place, nodes) in [on.union(&off).copied().collect(), on, off].into_iter().enumerate() {
                let Some(state) = self.state(nodes)? else { continue };
                following[place] = Some(*number.entry(state.clone()).or_insert_with(|| {
                    states.push(state);
                    states.len() - 1
                }));
            }
            if states.len() > LIMIT {
                return Err(TooManyStates { limit: LIMIT });
            }
            branches.push(Some(Branch { event, next: following }));
        }
        Ok((states, branches))
    }

    fn first_event(&self, state: &State) -> Option<VariableId> {
        state.iter().map(|&node| self.diagram.variable(node)).min_by_key(|&event| (self.level)(event))
    }

    fn children(&self, state: &State, event: VariableId, on: bool) -> BTreeSet<u32> {
        state.iter().map(|&node| self.diagram.child(node, event, on)).collect()
    }

    /// The nodes without those that follow from others; none where one of them is bottom.
    fn state(&mut self, nodes: BTreeSet<u32>) -> Result<Option<State>, TooManyStates> {
        if nodes.contains(&BOTTOM) {
            return Ok(None);
        }
        let nodes: State = nodes.into_iter().filter(|&node| node != TOP).collect();
        let mut kept = State::new();
        for &node in &nodes {
            let mut follows = false;
            for &other in nodes.iter().filter(|&&other| other != node) {
                follows = follows || self.implies(other, node)?;
            }
            if !follows {
                kept.push(node);
            }
        }
        Ok(Some(kept))
    }

    /// Whether one node implies the other: no path leads to top from the one and to bottom from the other.
    fn implies(&mut self, one: u32, other: u32) -> Result<bool, TooManyStates> {
        let mut seen = FxHashSet::default();
        let mut waiting = vec![(one, other)];
        while let Some((one, other)) = waiting.pop() {
            if one == BOTTOM || other == TOP || one == other || self.implied.contains(&(one, other)) {
                continue;
            }
            if one == TOP || other == BOTTOM {
                return Ok(false);
            }
            if seen.insert((one, other)) {
                self.steps += 1;
                if self.steps > LIMIT {
                    return Err(TooManyStates { limit: LIMIT });
                }
                let event = [one, other].map(|node| self.diagram.variable(node));
                let first = if (self.level)(event[0]) <= (self.level)(event[1]) { event[0] } else { event[1] };
                let both = |on| (self.diagram.child(one, first, on), self.diagram.child(other, first, on));
                waiting.extend([both(true), both(false)]);
            }
        }
        self.implied.extend(seen);
        Ok(true)
    }
}

/// The value of each state and how its first event is best taken. States that follow come later, but may be
/// shared: so each is evaluated once, those furthest down first.
fn evaluate(branches: &[Option<Branch>], chances: &Chances) -> (Weights, Vec<Taken>) {
    let mut values = vec![f64::NAN; branches.len()];
    let mut taken = vec![Taken::Either; branches.len()];
    let mut waiting = vec![0];
    while let Some(&state) = waiting.last() {
        let Some(branch) = &branches[state] else {
            values[state] = 1.0;
            waiting.pop();
            continue;
        };
        let open: Vec<usize> = branch.next.into_iter().flatten().filter(|&next| values[next].is_nan()).collect();
        if !open.is_empty() {
            waiting.extend(open);
            continue;
        }
        let chance = [1.0, chances.on[branch.event.index()], chances.off[branch.event.index()]];
        let mut best = 0.0;
        for (place, way) in [Taken::Either, Taken::On, Taken::Off].into_iter().enumerate() {
            let value = branch.next[place].map_or(0.0, |next| chance[place] * values[next]);
            if value > best {
                (best, taken[state]) = (value, way);
            }
        }
        values[state] = best;
        waiting.pop();
    }
    (values, taken)
}

fn collect(branches: &[Option<Branch>], taken: &[Taken], chances: &Chances, weights: &[f64]) -> Best {
    let (mut on, mut off) = (BTreeSet::new(), BTreeSet::new());
    let mut state = Some(0);
    while let Some((number, branch)) = state.and_then(|number| Some((number, branches[number].as_ref()?))) {
        let event = branch.event.index();
        let place = match taken[number] {
            Taken::Either => 0,
            Taken::On => {
                chances.take(event, true, &mut on, &mut off);
                1
            }
            Taken::Off => {
                chances.take(event, false, &mut on, &mut off);
                2
            }
        };
        state = branch.next[place];
    }
    let probability = on.iter().map(|variable| weights[variable.index()]).product::<f64>()
        * off.iter().map(|variable| 1.0 - weights[variable.index()]).product::<f64>();
    Best { on: on.into_iter().collect(), off: off.into_iter().collect(), probability }
}

/// The chances of the last variable are less by this part, those of earlier ones by less of it: it is more than rounding,
/// and less than the tolerance, so that of equally probable settings the choice is not left to the order of the diagram.
const TIE: f64 = 1e-10;

/// For each event the probability of the most probable way in which it is on, and of that in which it is off.
struct Chances<'e> {
    events: &'e Events,
    on: Weights,
    off: Weights,
}

impl<'e> Chances<'e> {
    fn new(events: &'e Events, weights: &[f64]) -> Self {
        let (mut on, mut off) = (Weights::new(), Weights::new());
        for event in 0..events.len() {
            let ways = events.ways(event, weights, &on, &off);
            let rank = events.only_variable(event).map_or(0, VariableId::index);
            let [is_on, is_off] = ways.map(|way| way * (1.0 - TIE * rank as f64 / weights.len() as f64));
            on.push(is_on);
            off.push(is_off);
        }
        Self { events, on, off }
    }

    /// Adds the variables of the most probable way in which an event is on, or off.
    fn take(&self, event: usize, is_on: bool, on: &mut BTreeSet<VariableId>, off: &mut BTreeSet<VariableId>) {
        let mut waiting = vec![(event, is_on)];
        while let Some((event, is_on)) = waiting.pop() {
            match self.events.only_variable(event) {
                Some(variable) if is_on => _ = on.insert(variable),
                Some(variable) => _ = off.insert(variable),
                None => waiting.extend(self.events.best_parts(event, is_on, &self.on, &self.off)),
            }
        }
    }
}
