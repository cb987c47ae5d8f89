//! Which sums of products make up the degrees of a statement.

use std::collections::BTreeSet;

use crate::logic::algebra::{FourValues, Side, four_values};
use crate::logic::engine::Reading;
use crate::logic::evaluate::Bound;
use crate::logic::events::Events;
use crate::logic::{AtomId, VariableId};

use super::bounded::Bounded;
use super::effort::{Effort, TooWide};
use super::network::{Network, WideLoop};
use super::ordering::order;
use super::prepared::Prepared;
use super::schedule::Schedule;
use crate::logic::number::{Number, Residue};

/// Weights of events in the finite field: 0 and 1 stay what they are, and all else is scattered.
pub(super) fn scattered(events: &Events, weight: impl Fn(VariableId) -> f64) -> Vec<Residue> {
    events.weights_by(|variable| match weight(variable) {
        weight if weight <= 0.0 => Residue::ZERO,
        weight if weight >= 1.0 => Residue::ONE,
        _ => Residue::scattered(variable.index() as u64),
    })
}

/// Whole multiples of parts and a constant, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sum {
    constant: i8,
    terms: Vec<(i8, usize)>,
}

impl Sum {
    fn new(constant: i8, terms: &[(i8, Asked)]) -> Self {
        let mut sum = Self { constant, terms: Vec::new() };
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

    /// The sum, from the results of all runs.
    pub(super) fn of<N: Number>(&self, values: &[N]) -> N {
        let start = N::whole(self.constant);
        self.terms.iter().fold(start, |sum, &(times, part)| sum + N::whole(times) * values[part])
    }

    pub(super) fn derivative<N: Number>(&self, part: impl Fn(usize) -> N) -> N {
        self.terms.iter().fold(N::ZERO, |sum, &(times, index)| sum + N::whole(times) * part(index))
    }
}

/// The runs whose results make up the degrees: each the probability that none of some atoms is true.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) parts: Vec<Schedule>,
    /// In favour, conflict, against.
    pub(super) values: [Sum; 3],
    any_case: Sum,
}

impl Plan {
    /// Plans the runs for the two sides of a statement, leaving out the events that are `certain` for good.
    pub(super) fn new(
        prepared: &Prepared,
        sides: [AtomId; 2],
        weights: &[f64],
        certain: &dyn Fn(u32) -> bool,
        limits: Effort,
    ) -> Result<Self, TooWide> {
        let mut planner = Planner { prepared, certain, weights, limits, asked: Vec::new(), parts: Vec::new() };
        let sides = sides.map(|atom| {
            let [certain, possible] = Bound::BOTH.map(|bound| prepared.bounds.bounded(atom, bound));
            Side { certain, possible }
        });
        let possible = sides.map(|side| side.possible);
        let no_case = planner.none(&possible)?;
        possible.iter().try_for_each(|&side| planner.none(&[side]).map(drop))?;
        let FourValues { in_favour, against, conflict } =
            four_values(&sides[0], &sides[1], |&one, &other, so| planner.when(one, other, so))?;
        let any_case = Sum::new(1, &[(-1, no_case)]);
        Ok(Self { parts: planner.parts, values: [in_favour, conflict, against], any_case })
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
    pub(super) fn reading(&self, values: &[f64], exact_weights: impl Fn() -> Vec<Residue>) -> Reading {
        /// Above this nothing can have come of rounding.
        const CLEAR: f64 = 1e-9;
        let [in_favour, conflict, against] = self.values.each_ref().map(|value| value.of(values).clamp(0.0, 1.0));
        let any_case = if self.any_case.terms.is_empty() {
            self.any_case.constant != 0
        } else {
            self.any_case.of(values) > CLEAR || self.any_case.of(&self.sums(&exact_weights())) != Residue::ZERO
        };
        Reading { in_favour, conflict, against, any_case }
    }
}

/// What is asked: nothing (which has probability 1), or a run.
type Asked = Option<usize>;

struct Planner<'a> {
    prepared: &'a Prepared,
    certain: &'a dyn Fn(u32) -> bool,
    weights: &'a [f64],
    limits: Effort,
    asked: Vec<Vec<Bounded>>,
    parts: Vec<Schedule>,
}

impl Planner<'_> {
    /// The probability that one holds and another does or does not, by inclusion and exclusion: it is that of not the
    /// other, less that of neither.
    fn when(&mut self, one: Bounded, other: Bounded, so: bool) -> Result<Sum, TooWide> {
        let not_other = self.none(&[other])?;
        let neither = self.none(&[one, other])?;
        if !so {
            return Ok(Sum::new(0, &[(1, not_other), (-1, neither)]));
        }
        let not_one = self.none(&[one])?;
        Ok(Sum::new(1, &[(-1, not_one), (-1, not_other), (1, neither)]))
    }

    /// The run for the probability that none of these is true. Those without a rule need not be asked about.
    fn none(&mut self, atoms: &[Bounded]) -> Result<Asked, TooWide> {
        let ever = |asked: &&Bounded| {
            self.prepared.loop_of(asked.atom).is_some() || self.prepared.rules(asked.atom).next().is_some()
        };
        let mut atoms: Vec<Bounded> = atoms.iter().filter(ever).copied().collect();
        atoms.sort_unstable();
        if atoms.is_empty() {
            return Ok(None);
        }
        if let Some(part) = self.asked.iter().position(|other| *other == atoms) {
            return Ok(Some(part));
        }
        let part = self.part(&atoms)?;
        self.parts.push(part);
        self.asked.push(atoms);
        Ok(Some(self.parts.len() - 1))
    }

    fn part(&self, atoms: &[Bounded]) -> Result<Schedule, TooWide> {
        let network = Network::new(self.prepared, atoms, self.certain)
            .map_err(|WideLoop { inputs }| self.too_wide(f64::INFINITY, f64::INFINITY, inputs, &Network::default()))?;
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
}
