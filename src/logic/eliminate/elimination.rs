//! Exact degrees by variable elimination.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::logic::evaluate::Bound;
use crate::logic::simplify::Events;
use crate::logic::{self, AtomId, Gradient, Program, VariableId};
use crate::model::StatementId;

use super::effort::{Effort, TooWide};
use super::network::{Knotted, Network};
use super::number::{Number, Residue};
use super::ordering::order;
use super::prepared::{Prepared, Reading};
use super::schedule::Schedule;

/// How to compute the degrees of one statement, and what that takes.
///
/// The cost follows how closely what the statement depends on is knit together (the width of the graph of statements and
/// shared sources), not how many numbers there are.
#[derive(Debug, Clone)]
pub struct Elimination {
    plan: Plan,
    events: Arc<Events>,
}

impl Elimination {
    /// Finds a way to compute the degrees of a statement. Variables of weight 0 are off in every world; all others
    /// stay variables, so that the result can be read under other weights.
    ///
    /// Cost: a few passes over what the statement depends on, and a search for a good order that takes a fifth of the
    /// time that the order found will take.
    ///
    /// # Errors
    ///
    /// [`TooWide`] where one reading would take more than `limits`; no table has been made then.
    pub fn plan(program: &Program, target: StatementId, weights: &[f64], limits: Effort) -> Result<Self, TooWide> {
        Self::plan_of(program, Program::sides(target), weights, limits)
    }

    /// As [`Self::plan`], of anything that has two sides.
    ///
    /// # Errors
    ///
    /// As [`Self::plan`].
    pub fn plan_of(program: &Program, sides: [AtomId; 2], weights: &[f64], limits: Effort) -> Result<Self, TooWide> {
        let (part, sides) = program.part(sides);
        let prepared = Prepared::new(&part, &sides, weights);
        let plan = Plan::new(&prepared, sides, weights, &|_| false, limits)?;
        Ok(Self { plan, events: prepared.events })
    }

    /// Multiply-adds of one reading.
    pub fn cost(&self) -> f64 {
        self.plan.cost()
    }

    /// The most bytes that one reading has in use at once, but for small change.
    pub fn memory(&self) -> f64 {
        self.plan.memory()
    }

    /// The most bytes that [`Self::gradient`] has in use at once: all tables are kept for the way back.
    pub fn memory_for_slopes(&self) -> f64 {
        self.plan.parts.iter().map(Schedule::everything).fold(0.0, f64::max)
    }

    /// The most on-or-off things that are looked at together.
    pub fn width(&self) -> usize {
        self.plan.parts.iter().map(|part| part.width).max().unwrap_or(0)
    }

    /// The variables that it depends on, in order.
    pub fn variables(&self) -> BTreeSet<VariableId> {
        (0..self.events.len()).filter_map(|event| self.events.only_variable(event)).collect()
    }

    /// The degrees under some weights: any, but what had weight 0 stays off. Cost: as [`Self::cost`] says.
    pub fn read(&self, weights: &[f64]) -> logic::Reading {
        self.read_by(|variable| weights[variable.index()])
    }

    /// The same, from the weight of each variable.
    pub fn read_by(&self, weight: impl Fn(VariableId) -> f64) -> logic::Reading {
        let values: Vec<f64> = self.plan.sums(&self.events.weights_by(&weight));
        self.reading(&values, weight)
    }

    /// The degrees under some weights, and how they grow with each variable, by one pass back through what a
    /// reading does. Cost: about four times that of a reading.
    pub fn gradient(&self, weights: &[f64]) -> Gradient {
        let event_weights = self.events.weights(weights);
        let found: Vec<(f64, Vec<f64>)> = self.plan.parts.iter().map(|part| gradient(part, &event_weights)).collect();
        let values: Vec<f64> = found.iter().map(|(value, _)| *value).collect();
        let by = self.plan.told.each_ref().map(|told| {
            let by_event = (0..event_weights.len()).map(|event| told.slope(|part| found[part].1[event])).collect();
            self.events.by_variable(weights, by_event)
        });
        Gradient::new(self.reading(&values, |variable| weights[variable.index()]), by)
    }

    fn reading(&self, values: &[f64], weight: impl Fn(VariableId) -> f64) -> logic::Reading {
        self.plan.reading(values, || scattered(&self.events, &weight))
    }
}

fn gradient(part: &Schedule, events: &[f64]) -> (f64, Vec<f64>) {
    let (values, mut by) = part.gradient(events);
    (values[0], by.pop().expect("one for the one value"))
}

/// Weights of events in the finite field: what is certain and what is impossible stay so, and all else is scattered.
pub(super) fn scattered(events: &Events, weight: impl Fn(VariableId) -> f64) -> Vec<Residue> {
    events.weights_by(|variable| match weight(variable) {
        weight if weight <= 0.0 => Residue::ZERO,
        weight if weight >= 1.0 => Residue::ONE,
        _ => Residue::scattered(variable.index() as u64),
    })
}

/// Whole multiples of parts and a constant, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sum {
    constant: i8,
    terms: Vec<(i8, usize)>,
}

impl Sum {
    fn value<N: Number>(&self, values: &[N]) -> N {
        let start = N::whole(self.constant);
        self.terms.iter().fold(start, |sum, &(times, part)| sum + N::whole(times) * values[part])
    }

    fn slope(&self, part: impl Fn(usize) -> f64) -> f64 {
        self.terms.iter().map(|&(times, index)| f64::from(times) * part(index)).sum()
    }
}

/// The runs whose results make up the degrees: each the probability that none of some atoms is so.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    parts: Vec<Schedule>,
    told: [Sum; 3],
    any_case: Sum,
}

impl Plan {
    /// Plans the runs for the two sides of a statement, leaving out the events that are `certain` for good.
    pub(super) fn new(
        prepared: &Prepared,
        [case_for, case_against]: [AtomId; 2],
        weights: &[f64],
        certain: &dyn Fn(u32) -> bool,
        limits: Effort,
    ) -> Result<Self, TooWide> {
        let mut planner = Planner { prepared, certain, weights, limits, asked: Vec::new(), parts: Vec::new() };
        let read = |atom, bound| prepared.reading(atom, bound);
        let for_it = [Bound::Certain, Bound::Possible].map(|bound| read(case_for, bound));
        let against = [Bound::Certain, Bound::Possible].map(|bound| read(case_against, bound));
        let [no_case, ..] = [planner.none(&[for_it[1], against[1]])?];
        let none_for = planner.none(&[for_it[1]])?;
        let none_against = planner.none(&[against[1]])?;
        // Certain, and the other not possible: the other is not possible, less those where neither is so.
        let in_favour = [(1, none_against), (-1, planner.none(&[for_it[0], against[1]])?)];
        let against = [(1, none_for), (-1, planner.none(&[against[0], for_it[1]])?)];
        let conflict = [(-1, none_for), (-1, none_against), (1, no_case)];
        let told = [planner.sum(0, &in_favour), planner.sum(1, &conflict), planner.sum(0, &against)];
        let any_case = planner.sum(1, &[(-1, no_case)]);
        Ok(Self { parts: planner.parts, told, any_case })
    }

    pub(super) fn cost(&self) -> f64 {
        self.parts.iter().map(|part| part.cost).sum()
    }

    pub(super) fn memory(&self) -> f64 {
        self.parts.iter().map(|part| part.peak).fold(0.0, f64::max)
    }

    /// The result of each run.
    pub(super) fn sums<N: Number>(&self, events: &[N]) -> Vec<N> {
        self.parts.iter().map(|part| part.sum(events)[0]).collect()
    }

    /// The degrees, from the results of the runs. `exact_weights` are those of the events in the finite field.
    pub(super) fn reading(&self, values: &[f64], exact_weights: impl Fn() -> Vec<Residue>) -> logic::Reading {
        /// Above this nothing can have come of rounding.
        const CLEAR: f64 = 1e-9;
        let [in_favour, conflict, against] = self.told.each_ref().map(|told| told.value(values).clamp(0.0, 1.0));
        let any_case = if self.any_case.terms.is_empty() {
            self.any_case.constant != 0
        } else {
            self.any_case.value(values) > CLEAR || self.any_case.value(&self.sums(&exact_weights())) != Residue::ZERO
        };
        logic::Reading { in_favour, conflict, against, any_case }
    }
}

/// What is asked: nothing (which has probability 1), or a run.
type Asked = Option<usize>;

struct Planner<'a> {
    prepared: &'a Prepared,
    certain: &'a dyn Fn(u32) -> bool,
    weights: &'a [f64],
    limits: Effort,
    asked: Vec<Vec<Reading>>,
    parts: Vec<Schedule>,
}

impl Planner<'_> {
    /// The run for the probability that none of these is so. Those that never are need not be asked about.
    fn none(&mut self, readings: &[Reading]) -> Result<Asked, TooWide> {
        let ever = |reading: &&Reading| {
            self.prepared.knot_of(reading.atom).is_some() || self.prepared.bodies(reading.atom).next().is_some()
        };
        let mut readings: Vec<Reading> = readings.iter().filter(ever).copied().collect();
        readings.sort_unstable();
        if readings.is_empty() {
            return Ok(None);
        }
        if let Some(part) = self.asked.iter().position(|other| *other == readings) {
            return Ok(Some(part));
        }
        let part = self.part(&readings)?;
        self.parts.push(part);
        self.asked.push(readings);
        Ok(Some(self.parts.len() - 1))
    }

    fn part(&self, readings: &[Reading]) -> Result<Schedule, TooWide> {
        let network = Network::new(self.prepared, readings, self.certain)
            .map_err(|Knotted { inputs }| self.too_wide(f64::INFINITY, f64::INFINITY, inputs, &Network::default()))?;
        let scopes = network.factors.iter().map(|factor| factor.scope.as_slice());
        let most = self.limits.multiply_adds;
        let ordering = order(network.variables as usize, scopes, &[], most)
            .map_err(|width| self.too_wide(f64::INFINITY, f64::INFINITY, width, &network))?;
        let schedule = Schedule::new(&network, &ordering, 0);
        let cost = schedule.cost + self.parts.iter().map(|part| part.cost).sum::<f64>();
        if cost > most || schedule.peak > self.limits.bytes {
            return Err(self.too_wide(cost, schedule.peak, schedule.width, &network));
        }
        Ok(schedule)
    }

    fn too_wide(&self, multiply_adds: f64, bytes: f64, width: usize, network: &Network) -> TooWide {
        let uncertain = |variable: &VariableId| {
            let weight = self.weights[variable.index()];
            weight > 0.0 && weight < 1.0
        };
        let events: BTreeSet<u32> = network.events().collect();
        let variables = events.into_iter().flat_map(|event| self.prepared.events.variables(event as usize));
        TooWide { multiply_adds, bytes, width, variables: variables.filter(uncertain).count() }
    }

    fn sum(&self, constant: i8, terms: &[(i8, Asked)]) -> Sum {
        let mut sum = Sum { constant, terms: Vec::new() };
        for &(times, asked) in terms {
            match asked {
                None => sum.constant += times,
                Some(part) => match sum.terms.iter_mut().find(|(_, other)| *other == part) {
                    Some((before, _)) => *before += times,
                    None => sum.terms.push((times, part)),
                },
            }
        }
        sum.terms.retain(|&(times, _)| times != 0);
        sum
    }
}
