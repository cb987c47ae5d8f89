//! Statements compiled to decision diagrams, and what is read from those.

use std::collections::BTreeSet;
use std::sync::Arc;

use biodivine_lib_bdd::Bdd;
use rustc_hash::FxHashMap;

use crate::logic::algebra::{FourValues, Side, four_values_in};
use crate::logic::engine::{Best, Exact, Gradient, Reading, TooComplex, Uncertain};
use crate::logic::evaluate::Memory;
use crate::logic::events::Events;
use crate::logic::lower::Rows;
use crate::logic::simplify::{Simplified, simplify};
use crate::logic::{AtomId, Budget, Program, TooLarge, VariableId, components};
use crate::model::{Effect, StatementId};

use super::algebra::{Diagrams, Grown};
use super::completions::Completions;
use super::diagram::Diagram;
use super::most_probable_explanation::best;
use super::order::Order;

/// The values of a statement as decision diagrams.
#[derive(Debug, Clone)]
pub struct CaseDiagrams {
    /// In favour, conflict, against.
    values: [Arc<Diagram>; 3],
    /// When the case for it and the case against it are possible.
    possible: [Arc<Diagram>; 2],
    /// When they are certain.
    certain: [Arc<Diagram>; 2],
    order: Arc<Vec<VariableId>>,
    level: Arc<FxHashMap<VariableId, usize>>,
    events: Arc<Events>,
}

impl CaseDiagrams {
    fn values(&self) -> [&Diagram; 3] {
        self.values.each_ref().map(Arc::as_ref)
    }

    fn certain(&self, side: Effect) -> &Diagram {
        let [case_for, case_against] = &self.certain;
        match side {
            Effect::Supports => case_for,
            Effect::Opposes => case_against,
        }
    }
}

impl Exact for CaseDiagrams {
    /// Cost: one pass over the diagrams.
    fn read_by(&self, weight: &dyn Fn(VariableId) -> f64) -> Reading {
        let weights = self.events.weights_by(weight);
        let [in_favour, conflict, against] = self.values().map(|diagram| diagram.probability(&weights));
        let any_case =
            in_favour + conflict + against > 0.0 || self.possible.iter().any(|case| case.is_possible(&weights));
        Reading { in_favour, conflict, against, any_case }
    }

    /// Cost: two passes over the diagrams.
    fn gradient(&self, weights: &[f64]) -> Gradient {
        let event_weights = self.events.weights(weights);
        let by = self.values().map(|diagram| self.events.by_variable(&event_weights, diagram.gradient(&event_weights)));
        Gradient::new(self.read(weights), by)
    }

    /// Cost: for each node, 3 to the number of passages that matter at its level or below it.
    fn completions(&self, weights: &[f64], passages: &[Uncertain]) -> Vec<Reading> {
        let completions = Completions::new(&self.events, &self.order, weights, passages);
        let values = self.values().map(|diagram| completions.probabilities(diagram));
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
            !off.is_empty() && self.certain(side).loses(&off, &weights, |event| self.level[&event])
        };
        Ok(sets.iter().map(needs).collect())
    }

    fn best(&self, side: Effect, weights: &[f64]) -> Result<Option<Best>, TooComplex> {
        Ok(best(self.certain(side), &self.events, weights, |event| self.level[&event])?)
    }

    fn variables(&self) -> BTreeSet<VariableId> {
        let diagrams = self.values().into_iter().chain(self.possible.iter().map(Arc::as_ref));
        let events: BTreeSet<VariableId> = diagrams.flat_map(Diagram::variables).collect();
        events.into_iter().flat_map(|event| self.events.variables(event.index())).collect()
    }

    /// The number of nodes.
    fn size(&self) -> usize {
        self.values().into_iter().map(Diagram::size).sum()
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
/// [`TooLarge`] if that is reached under every order tried.
pub fn exact(
    program: &Program,
    targets: &[StatementId],
    weights: &[f64],
    keep: &dyn Fn(VariableId) -> bool,
    budget: Budget,
) -> Result<Vec<CaseDiagrams>, TooLarge> {
    let sides: Vec<[AtomId; 2]> = targets.iter().map(|&target| Program::sides(target)).collect();
    exact_of(program, &sides, weights, keep, budget)
}

/// As [`exact`], of anything that has two sides.
///
/// # Errors
///
/// As [`exact`].
pub fn exact_of(
    program: &Program,
    targets: &[[AtomId; 2]],
    weights: &[f64],
    keep: &dyn Fn(VariableId) -> bool,
    budget: Budget,
) -> Result<Vec<CaseDiagrams>, TooLarge> {
    let atoms = targets.as_flattened();
    let written = components(program, atoms.iter().copied());
    let Simplified { program, components, events } = simplify(program, written, atoms, weights, keep);
    let (rows, _) = Rows::of_components(&program, &components, targets);
    let events = Arc::new(events);
    let mut failure = TooLarge { variables: 0, nodes: 0, budget };
    for step in budget.steps(atoms.len()) {
        for order in Order::ALL {
            let order = order.variables(&program, atoms);
            failure.variables = order.len();
            if order.len() > Diagrams::MOST_VARIABLES {
                return Err(failure);
            }
            match under_order(&rows, order, &events, step) {
                Ok(found) => return Ok(found),
                Err(Grown { nodes }) => failure.nodes = nodes,
            }
        }
    }
    Err(failure)
}

/// The diagrams of all targets under one order of the events.
fn under_order(
    rows: &Rows,
    order: Vec<VariableId>,
    events: &Arc<Events>,
    budget: Budget,
) -> Result<Vec<CaseDiagrams>, Grown> {
    let level = Arc::new(order.iter().zip(0..).map(|(&variable, level)| (variable, level)).collect());
    let mut algebra = Diagrams::new(&level, budget);
    let memory = Memory::evaluated(rows, &mut algebra)?;
    let order = Arc::new(order);
    let mut made = Made { order: &order, diagrams: FxHashMap::default() };
    let statement = |sides: [Side<Arc<Bdd>>; 2]| {
        let FourValues { in_favour, against, conflict } = four_values_in(&mut algebra, &sides)?;
        Ok(CaseDiagrams {
            values: [&in_favour, &conflict, &against].map(|value| made.diagram(value)),
            possible: sides.each_ref().map(|side| made.diagram(&side.possible)),
            certain: sides.each_ref().map(|side| made.diagram(&side.certain)),
            order: Arc::clone(&order),
            level: Arc::clone(&level),
            events: Arc::clone(events),
        })
    };
    rows.sides(&memory.values).map(statement).collect()
}

/// Diagrams that are made already, by the value that they are of.
struct Made<'a> {
    order: &'a [VariableId],
    /// The value is kept with its diagram, so that nothing else gets its address.
    diagrams: FxHashMap<*const Bdd, (Arc<Bdd>, Arc<Diagram>)>,
}

impl Made<'_> {
    fn diagram(&mut self, value: &Arc<Bdd>) -> Arc<Diagram> {
        let made = self.diagrams.entry(Arc::as_ptr(value));
        Arc::clone(&made.or_insert_with(|| (Arc::clone(value), Arc::new(Diagram::new(value, self.order)))).1)
    }
}
