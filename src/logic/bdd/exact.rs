//! Statements compiled to decision diagrams, and what is read from those.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::logic::algebra::{FourValues, Side, four_values_in};
use crate::logic::engine::{Best, Exact, Gradient, Reading, TooComplex, Uncertain};
use crate::logic::evaluate::{Memory, evaluate};
use crate::logic::events::Events;
use crate::logic::lower::Rows;
use crate::logic::simplify::{Simplified, simplify};
use crate::logic::{AtomId, Budget, Program, TooLarge, VariableId, Weights, components};
use crate::model::{Effect, StatementId};

use super::algebra::Diagrams;
use super::completions::Completions;
use super::diagram::Diagram;
use super::manager::{Edge, Manager, Spent};
use super::most_probable_explanation::best;
use super::order::{Order, is_source};
use super::sift::sift;

/// The values of a statement as decision diagrams.
#[derive(Debug, Clone)]
pub struct CaseDiagrams {
    /// In favour, conflict, against.
    values: Arc<Diagram<3>>,
    /// When the case for it and the case against it are possible.
    possible: Arc<Diagram<2>>,
    /// When they are certain.
    certain: Arc<Diagram<2>>,
    order: Arc<Vec<VariableId>>,
    level: Arc<FxHashMap<VariableId, usize>>,
    events: Arc<Events>,
}

impl CaseDiagrams {
    /// The node that says when the case on a side is certain.
    fn certain(&self, side: Effect) -> u32 {
        let [case_for, case_against] = self.certain.roots();
        match side {
            Effect::Supports => case_for,
            Effect::Opposes => case_against,
        }
    }

    /// Its variables in an order that served it well.
    pub fn order(&self) -> Vec<VariableId> {
        self.order.iter().flat_map(|event| self.events.variables(event.index())).collect()
    }

    /// The same of other events.
    pub(super) fn of_events(&self, events: &Arc<Events>) -> Self {
        Self { events: Arc::clone(events), ..self.clone() }
    }

    /// From the probabilities under some weights of the events.
    fn reading(&self, [in_favour, conflict, against]: [f64; 3], weights: &[f64]) -> Reading {
        let any_case = in_favour + conflict + against > 0.0 || self.possible.is_possible(weights);
        Reading { in_favour, conflict, against, any_case }
    }
}

impl Exact for CaseDiagrams {
    /// Cost: one pass over the diagrams.
    fn read_by(&self, weight: &dyn Fn(VariableId) -> f64) -> Reading {
        let weights = self.events.weights_by(weight);
        self.reading(self.values.probability(&weights), &weights)
    }

    /// Cost: for every few weights one pass over the diagrams.
    fn read_many(&self, weights: &[&dyn Fn(VariableId) -> f64]) -> Vec<Reading> {
        /// So many numbers fit the registers of common machines.
        const LANES: usize = 8;
        let mut readings = Vec::with_capacity(weights.len());
        for together in weights.chunks(LANES) {
            let own: Vec<Weights> = together.iter().map(|weight| self.events.weights_by(weight)).collect();
            let lane = |event: usize, lane: usize| own[lane.min(own.len() - 1)][event];
            let by_event: Vec<[f64; LANES]> =
                (0..self.events.len()).map(|event| std::array::from_fn(|place| lane(event, place))).collect();
            let values = self.values.probability_in_lanes(&by_event);
            let reading = |(lane, weights): (usize, &Weights)| self.reading(values.map(|value| value[lane]), weights);
            readings.extend(own.iter().enumerate().map(reading));
        }
        readings
    }

    /// Cost: two passes over the diagrams.
    fn gradient(&self, weights: &[f64]) -> Gradient {
        let weights = self.events.weights(weights);
        let (values, by) = self.values.gradient(&weights);
        Gradient::new(self.reading(values, &weights), by.map(|by| self.events.by_variable(&weights, by)))
    }

    /// Cost: for each node, 3 to the number of passages that matter at its level or below it.
    fn completions(&self, weights: &[f64], passages: &[Uncertain]) -> Vec<Reading> {
        let completions = Completions::new(&self.events, &self.order, weights, passages);
        let values = completions.probabilities(&self.values);
        let reading = |number: usize| {
            let [in_favour, conflict, against] = values.each_ref().map(|of_each| of_each[number]);
            if [in_favour, conflict, against].iter().sum::<f64>() > 0.0 {
                return Reading { in_favour, conflict, against, any_case: true };
            }
            self.read(&completions.weights(number))
        };
        (0..completions.count()).map(reading).collect()
    }

    /// Variables that were to be kept when it was compiled can be asked about, no others. Cost: at most one step for
    /// each set and pair of nodes.
    fn needs(&self, side: Effect, sets: &[Vec<VariableId>], weights: &[f64]) -> Result<Vec<bool>, TooLarge> {
        let weights = self.events.weights(weights);
        let event_of: FxHashMap<VariableId, VariableId> =
            (self.order.iter()).filter_map(|&event| Some((self.events.only_variable(event.index())?, event))).collect();
        let needs = |off: &Vec<VariableId>| {
            let off: Vec<VariableId> = off.iter().filter_map(|variable| event_of.get(variable).copied()).collect();
            !off.is_empty() && self.certain.loses(self.certain(side), &off, &weights, |event| self.level[&event])
        };
        Ok(sets.iter().map(needs).collect())
    }

    fn best(&self, side: Effect, weights: &[f64]) -> Result<Option<Best>, TooComplex> {
        Ok(best(&self.certain, self.certain(side), &self.events, weights, |event| self.level[&event])?)
    }

    fn variables(&self) -> BTreeSet<VariableId> {
        let events: BTreeSet<VariableId> = self.values.variables().chain(self.possible.variables()).collect();
        events.into_iter().flat_map(|event| self.events.variables(event.index())).collect()
    }

    /// The number of nodes.
    fn size(&self) -> usize {
        self.values.size()
    }
}

/// Compiles statements of a program to decision diagrams, together. Variables of weight 0 are off in every world;
/// all others stay variables, those of weight 1 too, so that the result can be read under other weights.
/// Variables that `keep` names can be asked about by themselves.
///
/// Cost: time and memory in the number of nodes, which is exponential in the worst case and bounded by
/// `budget`.
///
/// # Errors
///
/// [`TooLarge`] if that is reached.
pub fn exact(
    program: &Program,
    targets: &[StatementId],
    weights: &[f64],
    keep: &dyn Fn(VariableId) -> bool,
    budget: Budget,
) -> Result<Vec<CaseDiagrams>, TooLarge> {
    let targets: Vec<[AtomId; 2]> = targets.iter().map(|&target| Program::sides(target)).collect();
    exact_of(&Subject { program, targets: &targets, weights, keep }, budget)
}

/// As [`exact`], of anything that has two sides.
///
/// # Errors
///
/// As [`exact`].
pub fn exact_of(subject: &Subject<'_>, budget: Budget) -> Result<Vec<CaseDiagrams>, TooLarge> {
    let (task, events) = Task::new(subject, budget, Start::default());
    task.make(&events, &mut Vec::new()).diagrams
}

/// What diagrams are made of.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The rules.
    pub program: &'a Program,
    /// What is asked for: its two sides each.
    pub targets: &'a [[AtomId; 2]],
    /// The probability of each variable, as [`exact`] takes it.
    pub weights: &'a [f64],
    /// Whether a variable can be asked about by itself.
    pub keep: &'a dyn Fn(VariableId) -> bool,
}

/// As far as this an order is tried as it is, in steps, of which a machine does some millions in a second.
const FIRST: usize = 50_000;

/// Moving variables may take so many times what was made.
const SIFTING: usize = 300;

/// An order that gets through less than this part more than the one before has to be tried further.
const PROGRESS: usize = 50;

/// So much of the work of sifting is one step.
const WORK_A_STEP: usize = 8;

/// One event in so many may be a stranger to an order that was learned.
const STRANGERS: usize = 10;

/// Diagrams, or why there are none, and what they took.
#[derive(Debug, Clone)]
pub struct Made {
    /// One for each target.
    pub diagrams: Result<Vec<CaseDiagrams>, TooLarge>,
    /// How many steps were spent.
    pub steps: usize,
}

/// From where diagrams are made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Start<'a> {
    /// An order of the variables that served other programs of the same case well.
    pub order: Option<&'a [VariableId]>,
    /// What part of the rows the first static order has to get through, from 0 to 1: where it does not, there is no second
    /// try, for what is left mostly takes more than all that was done.
    pub promise: f64,
}

/// All that decides what diagrams are made, whatever the atoms and variables are called.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    rows: Rows,
    /// For each atom its rank by number, and what static orders ask of it.
    atoms: Vec<(usize, Nature)>,
    /// For each event the rank of its first variable in the order that was learned, if one was.
    ranks: Option<Vec<usize>>,
    /// How many rows a first static order has to get through for a second try.
    promised: usize,
    budget: Budget,
}

impl Key {
    /// How many conditions there are.
    pub(super) fn size(&self) -> usize {
        self.rows.size()
    }
}

/// Diagrams that are to be made.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) key: Key,
    /// What is simplified, and the atoms of the targets in it.
    program: Program,
    targets: Vec<AtomId>,
}

impl Task {
    /// What is to be made of a program, and the events that it will be about.
    pub(super) fn new(subject: &Subject<'_>, budget: Budget, start: Start<'_>) -> (Self, Arc<Events>) {
        let &Subject { program, targets, weights, keep } = subject;
        let targets_of = targets.as_flattened();
        let written = components(program, targets_of.iter().copied());
        let Simplified { program, components, events } = simplify(program, written, targets_of, weights, keep);
        let (rows, _) = Rows::of_components(&program, &components, targets);
        let key = Key {
            atoms: ranked(&program, components.iter().flat_map(|component| component.atoms.iter().copied())),
            ranks: start.order.and_then(|learned| ranks(&events, learned)),
            promised: (start.promise * rows.rows() as f64).ceil() as usize,
            rows: rows.nameless(),
            budget,
        };
        (Self { key, program, targets: targets_of.to_vec() }, Arc::new(events))
    }

    /// The orders of the events to begin with.
    fn orders(&self) -> Vec<Vec<VariableId>> {
        let of = |order: Order| order.variables(&self.program, &self.targets);
        match &self.key.ranks {
            Some(ranks) => vec![as_learned(&of(Order::ALL[0]), ranks)],
            None => Order::ALL.into_iter().map(of).collect(),
        }
    }

    /// Makes the diagrams, with managers that others have left, and leaves them to others.
    ///
    /// Static orders are tried as far as a quarter of [`FIRST`], and the one that got furthest to its end; an order that was
    /// learned as far as that at once. Beyond, its variables are moved to where what has been made so far is smallest, and
    /// making begins anew, until it gets through.
    pub(super) fn make(&self, events: &Arc<Events>, managers: &mut Vec<Manager>) -> Made {
        let (orders, Key { ranks, promised, budget, .. }) = (self.orders(), &self.key);
        let variables = orders[0].len();
        let too_large = |nodes| TooLarge { variables, nodes, budget: *budget };
        if variables > Manager::MOST_VARIABLES {
            return Made { diagrams: Err(too_large(0)), steps: 0 };
        }
        let mut limit = if ranks.is_some() { FIRST } else { FIRST / 4 };
        let (mut tries, mut left, mut furthest) = (orders, budget.steps, 0);
        loop {
            let share = left / tries.len();
            let (best, stuck) = self.tried(tries, limit.min(share), managers, &mut left);
            if let Some(best) = best {
                let steps = budget.steps - left + best.manager.steps();
                let diagrams = best.diagrams(events);
                managers.extend([best.manager].into_iter().chain(stuck.map(|stuck| stuck.manager)));
                return Made { diagrams: Ok(diagrams), steps };
            }
            let Stuck { order, manager, values, rows: evaluated } =
                *stuck.expect("there was a try, and it did not get through");
            if limit < FIRST && left > 0 {
                // The static order that got furthest is worth a longer try before anything is moved.
                (limit, tries) = (FIRST, vec![order]);
                managers.push(manager);
                continue;
            }
            if furthest == 0 && evaluated < *promised {
                return Made { diagrams: Err(too_large(manager.nodes())), steps: budget.steps - left };
            }
            let most_work = (SIFTING * limit).min(WORK_A_STEP * left);
            let moved = sift(&manager, &values, order.len(), most_work);
            left = left.saturating_sub(moved.work / WORK_A_STEP);
            if left == 0 {
                return Made { diagrams: Err(too_large(manager.nodes())), steps: budget.steps };
            }
            if evaluated <= furthest + furthest / PROGRESS || 2 * moved.live > limit {
                limit *= 2;
            }
            furthest = furthest.max(evaluated);
            managers.push(manager);
            tries = vec![moved.order.into_iter().map(|level| order[level]).collect()];
        }
    }

    /// What comes out under the order that takes least, of those that get through; and of the others, which take something
    /// of what is left, the one that gets furthest.
    fn tried(
        &self,
        orders: Vec<Vec<VariableId>>,
        limit: usize,
        managers: &mut Vec<Manager>,
        left: &mut usize,
    ) -> (Option<Ordered>, Option<Box<Stuck>>) {
        let (mut best, mut stuck): (Option<Ordered>, Option<Box<Stuck>>) = (None, None);
        for order in orders {
            // What is made once is read many times: one that takes more than the best so far is of no use.
            let steps = best.as_ref().map_or(limit, |best| best.manager.steps());
            let unused = match Ordered::new(&self.key.rows, order, Manager::among(managers, steps)) {
                Ok(found) => best.replace(found).map(|best| best.manager),
                Err(found) => {
                    *left = left.saturating_sub(found.manager.steps());
                    let is_furthest = stuck.as_ref().is_none_or(|stuck| found.rows > stuck.rows);
                    let other = if is_furthest { stuck.replace(found) } else { Some(found) };
                    other.map(|other| other.manager)
                }
            };
            managers.extend(unused);
        }
        (best, stuck)
    }
}

/// What static orders ask of an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Nature {
    Source,
    Attack,
    Other,
}

/// Some atoms by their rank among themselves.
fn ranked(program: &Program, atoms: impl Iterator<Item = AtomId>) -> Vec<(usize, Nature)> {
    let atoms: Vec<AtomId> = atoms.collect();
    let mut sorted = atoms.clone();
    sorted.sort_unstable();
    let rank = |atom: &AtomId| sorted.binary_search(atom).expect("it is one of them");
    let nature = |atom: AtomId| match program.atom(atom) {
        source if is_source(source) => Nature::Source,
        attack if attack.is_attack() => Nature::Attack,
        _ => Nature::Other,
    };
    atoms.iter().map(|atom| (rank(atom), nature(*atom))).collect()
}

/// For each event the rank of the first of its variables that stands in a learned order; the largest number where none does.
/// Nothing where many events are strangers to that order: it says too little of how they stand well.
fn ranks(events: &Events, learned: &[VariableId]) -> Option<Vec<usize>> {
    let rank: FxHashMap<VariableId, usize> =
        learned.iter().zip(0..).map(|(&variable, rank)| (variable, rank)).collect();
    let of_event = |event| events.variables(event).filter_map(|variable| rank.get(&variable).copied()).min();
    let ranks: Vec<usize> = (0..events.len()).map(|event| of_event(event).unwrap_or(usize::MAX)).collect();
    let strangers = ranks.iter().filter(|&&rank| rank == usize::MAX).count();
    (strangers * STRANGERS <= ranks.len()).then_some(ranks)
}

/// Events in the order in which their variables were learned to stand well. Those of other variables keep to what they
/// follow in a static order.
fn as_learned(order: &[VariableId], ranks: &[usize]) -> Vec<VariableId> {
    let mut last = 0;
    let mut ranked: Vec<(usize, VariableId)> = Vec::with_capacity(order.len());
    for &event in order {
        let rank = ranks[event.index()];
        last = if rank == usize::MAX { last } else { rank };
        ranked.push((last, event));
    }
    ranked.sort_by_key(|&(rank, _)| rank);
    ranked.into_iter().map(|(_, event)| event).collect()
}

/// Everything that was asked for, under one order of the events.
struct Ordered {
    order: Vec<VariableId>,
    level: FxHashMap<VariableId, usize>,
    manager: Manager,
    sides: Vec<[Side<Edge>; 2]>,
    values: Vec<FourValues<Edge>>,
}

/// What had been made when a try was given up.
struct Stuck {
    order: Vec<VariableId>,
    manager: Manager,
    values: Vec<Edge>,
    /// How many rows had been evaluated, some of them more than once.
    rows: usize,
}

impl Ordered {
    fn new(rows: &Rows, order: Vec<VariableId>, manager: Manager) -> Result<Self, Box<Stuck>> {
        let level = order.iter().zip(0..).map(|(&variable, level)| (variable, level)).collect();
        let mut algebra = Diagrams::new(&level, manager);
        let mut memory = Memory::new(rows, Edge::BOTTOM);
        let mut evaluated = || {
            evaluate(rows, &mut algebra, &mut memory)?;
            let sides: Vec<[Side<Edge>; 2]> = rows.sides(&memory.values).collect();
            let values = sides.iter().map(|sides| four_values_in(&mut algebra, sides)).collect::<Result<_, Spent>>()?;
            Ok((sides, values))
        };
        match evaluated() {
            Ok((sides, values)) => Ok(Self { manager: algebra.manager, order, level, sides, values }),
            Err(Spent) => {
                let Diagrams { manager, rows, .. } = algebra;
                Err(Box::new(Stuck { order, manager, values: memory.values, rows }))
            }
        }
    }

    fn diagrams(&self, events: &Arc<Events>) -> Vec<CaseDiagrams> {
        let Self { order, level, manager, sides, values } = self;
        let (order, level) = (Arc::new(order.clone()), Arc::new(level.clone()));
        let mut place = Vec::new();
        let statement = |(sides, values): (&[Side<Edge>; 2], &FourValues<Edge>)| {
            let &FourValues { in_favour, against, conflict } = values;
            let [possible, certain] =
                [sides.each_ref().map(|side| side.possible), sides.each_ref().map(|side| side.certain)];
            CaseDiagrams {
                values: Arc::new(Diagram::new(manager, [in_favour, conflict, against], &order, &mut place)),
                possible: Arc::new(Diagram::new(manager, possible, &order, &mut place)),
                certain: Arc::new(Diagram::new(manager, certain, &order, &mut place)),
                order: Arc::clone(&order),
                level: Arc::clone(&level),
                events: Arc::clone(events),
            }
        };
        sides.iter().zip(values).map(statement).collect()
    }
}
