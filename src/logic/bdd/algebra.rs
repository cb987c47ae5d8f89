//! The algebra of decision diagrams: exact degrees, whatever the sources share.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::rc::Rc;
use std::sync::Arc;

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet, op_function};
use rustc_hash::FxHashMap;

use crate::model::{Effect, StatementId};

use super::completions::{Completions, Uncertain};
use super::diagram::Diagram;
use super::most_probable_explanation::{Best, TooManyStates, best};
use super::order::Order;
use crate::logic::simplify::{Events, Simplified, simplify};
use crate::logic::{Algebra, AtomId, Program, Values, VariableId, components, evaluate};

/// How much may be spent on exact degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The most nodes in one diagram.
    pub diagram: usize,
    /// The most nodes that may be read and made for one question, under one order of the variables.
    pub work: usize,
    /// The most multiplications of one elimination; 0 for none.
    pub elimination: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { diagram: 1_000_000, work: 12_000_000, elimination: 30_000_000_000 }
    }
}

impl Budget {
    /// Smaller budgets first, so that a good order is found before much is spent on a bad one. Many atoms
    /// together do not fit the smallest.
    fn steps(self, atoms: usize) -> impl Iterator<Item = Self> {
        const FEW: usize = 16;
        let parts: &[usize] = if atoms <= FEW { &[256, 4, 1] } else { &[4, 1] };
        parts.iter().map(move |&part| Self { diagram: self.diagram / part, work: self.work / part, ..self })
    }
}

/// The diagrams of a question grew past the budget, under every order of the variables that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge {
    /// How many uncertain numbers the question depends on.
    pub variables: usize,
    /// How many nodes had been made when the last try was given up.
    pub nodes: usize,
    /// The budget.
    pub budget: Budget,
}

/// When a statement is told true, false or both, as decision diagrams.
#[derive(Debug, Clone)]
pub struct CaseDiagrams {
    in_favour: Arc<Diagram>,
    conflict: Arc<Diagram>,
    against: Arc<Diagram>,
    possible: [Arc<Diagram>; 2],
    certain: [Arc<Diagram>; 2],
    order: Arc<Vec<VariableId>>,
    level: Arc<FxHashMap<VariableId, usize>>,
    events: Arc<Events>,
}

/// What the diagrams of a statement say under some weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The probability that it is told true.
    pub in_favour: f64,
    /// The probability that it is told both.
    pub conflict: f64,
    /// The probability that it is told false.
    pub against: f64,
    /// Whether a case for it or against it is possible in some world of probability above 0.
    pub any_case: bool,
}

/// What the diagrams of a statement say under some weights, and how that changes with each variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// What they say.
    pub reading: Reading,
    /// For told true, told both and told false: by each variable that matters, in order, the probability given that
    /// it is on, less that given that it is off.
    by: Vec<(VariableId, [f64; 3])>,
}

impl Gradient {
    /// From the gradient of told true, told both and told false, each by the same variables in the same order.
    pub(in crate::logic) fn new(reading: Reading, by: [Vec<(VariableId, f64)>; 3]) -> Self {
        let [in_favour, conflict, against] = by;
        let by = in_favour.into_iter().zip(conflict).zip(against);
        let by = by.map(|(((variable, in_favour), (_, both)), (_, against))| (variable, [in_favour, both, against]));
        Self { reading, by: by.collect() }
    }

    /// How much told true, told both and told false grow with a variable.
    pub fn of(&self, variable: VariableId) -> [f64; 3] {
        let place = self.by.binary_search_by_key(&variable, |&(variable, _)| variable);
        place.map_or([0.0; 3], |place| self.by[place].1)
    }

    /// How much (told true less told false) grows with each variable that matters, in order.
    pub fn lead(&self) -> impl Iterator<Item = (VariableId, f64)> + '_ {
        self.by.iter().map(|&(variable, [in_favour, _, against])| (variable, in_favour - against))
    }

    /// What the diagrams say when a variable that is off is on with some probability instead.
    pub fn with(&self, variable: VariableId, probability: f64) -> Reading {
        let [in_favour, conflict, against] = self.of(variable).map(|slope| slope * probability);
        let Reading { in_favour: was_true, conflict: was_both, against: was_false, any_case } = self.reading;
        Reading {
            in_favour: was_true + in_favour,
            conflict: was_both + conflict,
            against: was_false + against,
            any_case,
        }
    }
}

impl CaseDiagrams {
    /// Reads the diagrams under some weights. Cost: one pass over them.
    pub fn read(&self, weights: &[f64]) -> Reading {
        self.read_by(|variable| weights[variable.index()])
    }

    /// The same, from the weight of each variable.
    pub fn read_by(&self, weight: impl Fn(VariableId) -> f64) -> Reading {
        let weights = self.events.weights_by(weight);
        let [in_favour, conflict, against] = self.told().map(|diagram| diagram.probability(&weights));
        self.reading(in_favour, conflict, against, &weights)
    }

    fn told(&self) -> [&Diagram; 3] {
        [&self.in_favour, &self.conflict, &self.against].map(Arc::as_ref)
    }

    fn reading(&self, in_favour: f64, conflict: f64, against: f64, event_weights: &[f64]) -> Reading {
        let any_case =
            in_favour + conflict + against > 0.0 || self.possible.iter().any(|case| case.is_possible(event_weights));
        Reading { in_favour, conflict, against, any_case }
    }

    /// Reads the diagrams under some weights, and how each probability grows with each variable. Cost: two
    /// passes over them.
    pub fn gradient(&self, weights: &[f64]) -> Gradient {
        let event_weights = self.events.weights(weights);
        let by = self.told().map(|diagram| self.events.by_variable(weights, diagram.gradient(&event_weights)));
        Gradient::new(self.read(weights), by)
    }

    /// Reads the diagrams under every completion of withheld passages: each absent, speaking for or speaking
    /// against. Completion `n` has passage `p` in state `n / 3^p % 3`, in that order.
    ///
    /// Cost: for each node, 3 to the number of passages that matter at its level or below it.
    pub fn read_completions(&self, weights: &[f64], passages: &[Uncertain]) -> Vec<Reading> {
        let completions = Completions::new(&self.events, &self.order, weights, passages);
        let [in_favour, conflict, against] = self.told().map(|diagram| completions.probabilities(diagram));
        (0..completions.count())
            .map(|number| {
                let told = [in_favour[number], conflict[number], against[number]];
                if told.iter().sum::<f64>() > 0.0 {
                    let [in_favour, conflict, against] = told;
                    return Reading { in_favour, conflict, against, any_case: true };
                }
                self.read(&completions.weights(number))
            })
            .collect()
    }

    /// The number of nodes of all the diagrams together.
    pub fn size(&self) -> usize {
        self.told().into_iter().map(Diagram::size).sum()
    }

    /// For each set of variables, whether in some world of probability above 0 the case on a side of the
    /// statement is certain, but no longer so once they are off. They have to be among those that were not to
    /// be merged.
    pub fn need(&self, side: Effect, sets: &[Vec<VariableId>], weights: &[f64]) -> Vec<bool> {
        let weights = self.events.weights(weights);
        let event_of: FxHashMap<VariableId, VariableId> =
            (self.order.iter()).filter_map(|&event| Some((self.events.only_variable(event.index())?, event))).collect();
        let needs = |off: &Vec<VariableId>| {
            let off: Vec<VariableId> = off.iter().filter_map(|variable| event_of.get(variable).copied()).collect();
            !off.is_empty() && self.certain(side).loses(&off, &weights, |event| self.level[&event])
        };
        sets.iter().map(needs).collect()
    }

    fn certain(&self, side: Effect) -> &Diagram {
        let [case_for, case_against] = &self.certain;
        match side {
            Effect::Supports => case_for,
            Effect::Opposes => case_against,
        }
    }

    /// The most probable way in which the case on a side is certain: the variables that make sure of it,
    /// whatever the others are. None where there never is such a case.
    ///
    /// # Errors
    ///
    /// [`TooManyStates`] if the search grows past its limit.
    pub fn best(&self, side: Effect, weights: &[f64]) -> Result<Option<Best>, TooManyStates> {
        best(self.certain(side), &self.events, weights, |event| self.level[&event])
    }

    /// The variables that any of the diagrams depends on, in order.
    pub fn variables(&self) -> BTreeSet<VariableId> {
        let diagrams = self.told().into_iter().chain(self.possible.iter().map(Arc::as_ref));
        let events: BTreeSet<VariableId> = diagrams.flat_map(Diagram::variables).collect();
        events.into_iter().flat_map(|event| self.events.variables(event.index())).collect()
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
    under_some_order(program, targets.as_flattened(), weights, keep, budget, |diagrams, values| {
        targets.iter().map(|&sides| diagrams.case_diagrams(values, sides)).collect()
    })
}

/// Simplifies what `atoms` depend on, evaluates it under one order of the events after another, and reads
/// the result off the first that stays within the budget.
fn under_some_order<T>(
    program: &Program,
    atoms: &[AtomId],
    weights: &[f64],
    keep: &dyn Fn(VariableId) -> bool,
    budget: Budget,
    read: impl Fn(&mut Diagrams, &Values<Rc<Bdd>>) -> Result<T, Grown>,
) -> Result<T, TooLarge> {
    let components = components(program, atoms.iter().copied());
    let Simplified { program, components, events } = simplify(program, components, atoms, weights, keep);
    let events = Arc::new(events);
    let mut failure = TooLarge { variables: 0, nodes: 0, budget };
    for step in budget.steps(atoms.len()) {
        for order in Order::ALL {
            let order = order.variables(&program, atoms);
            failure.variables = order.len();
            if order.len() > Diagrams::MOST_VARIABLES {
                return Err(failure);
            }
            let mut diagrams = Diagrams::new(order, Arc::clone(&events), step);
            let result = evaluate(&program, &components, &mut diagrams).and_then(|values| read(&mut diagrams, &values));
            match result {
                Ok(result) => return Ok(result),
                Err(Grown { nodes }) => failure.nodes = nodes,
            }
        }
    }
    Err(failure)
}

/// A diagram, or all of them together, grew past the budget.
struct Grown {
    nodes: usize,
}

/// The algebra. Its variables are the events of a simplified program.
struct Diagrams {
    order: Arc<Vec<VariableId>>,
    events: Arc<Events>,
    level: Arc<FxHashMap<VariableId, usize>>,
    variables: BddVariableSet,
    budget: Budget,
    nodes: usize,
    made: FxHashMap<*const Bdd, (Rc<Bdd>, Arc<Diagram>)>,
}

impl Diagrams {
    /// The library numbers its variables in 16 bits.
    const MOST_VARIABLES: usize = u16::MAX as usize - 1;

    fn new(order: Vec<VariableId>, events: Arc<Events>, budget: Budget) -> Self {
        let count = u16::try_from(order.len()).expect("the caller keeps to the most variables");
        let level = order.iter().enumerate().map(|(level, &variable)| (variable, level)).collect();
        Self {
            level: Arc::new(level),
            variables: BddVariableSet::new_anonymous(count),
            order: Arc::new(order),
            events,
            budget,
            nodes: 0,
            made: FxHashMap::default(),
        }
    }

    fn case_diagrams(
        &mut self,
        values: &Values<Rc<Bdd>>,
        [case_for, case_against]: [AtomId; 2],
    ) -> Result<CaseDiagrams, Grown> {
        let truth = |atom| values.truth(atom).expect("targets are in their own cone");
        let (case_for, case_against) = (truth(case_for), truth(case_against));
        let in_favour = self.and_not(case_for.certain(), case_against.possible())?;
        let against = self.and_not(case_against.certain(), case_for.possible())?;
        let conflict = self.and(case_for.possible(), case_against.possible())?;
        Ok(CaseDiagrams {
            in_favour: self.diagram(&in_favour),
            conflict: self.diagram(&conflict),
            against: self.diagram(&against),
            possible: [case_for, case_against].map(|truth| self.diagram(truth.possible())),
            certain: [case_for, case_against].map(|truth| self.diagram(truth.certain())),
            order: Arc::clone(&self.order),
            level: Arc::clone(&self.level),
            events: Arc::clone(&self.events),
        })
    }

    /// The diagram of a value, made once.
    fn diagram(&mut self, value: &Rc<Bdd>) -> Arc<Diagram> {
        let order = &self.order;
        let made = self.made.entry(Rc::as_ptr(value));
        // The value is kept with it, so that nothing else gets its address.
        Arc::clone(&made.or_insert_with(|| (Rc::clone(value), Arc::new(Diagram::new(value, order)))).1)
    }

    fn apply(
        &mut self,
        one: &Bdd,
        other: &Bdd,
        operation: impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Rc<Bdd>, Grown> {
        self.affordable(one, other, &operation)?;
        let result = Bdd::binary_op_with_limit(self.budget.diagram, one, other, operation);
        self.nodes += one.size() + other.size() + result.as_ref().map_or(self.budget.diagram, Bdd::size);
        match result {
            Some(result) if self.nodes <= self.budget.work => Ok(Rc::new(result)),
            _ => Err(Grown { nodes: self.nodes }),
        }
    }

    /// The library limits the size of a result, not the work for it, which can be the product of the two
    /// sizes: where that could be much, it is counted beforehand.
    fn affordable(
        &mut self,
        one: &Bdd,
        other: &Bdd,
        operation: &impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<(), Grown> {
        let most = self.budget.work.saturating_sub(self.nodes);
        if one.size().saturating_mul(other.size()) > most && Bdd::check_binary_op(most, one, other, operation).is_none()
        {
            return Err(Grown { nodes: self.nodes + most });
        }
        Ok(())
    }
}

impl Algebra for Diagrams {
    type Value = Rc<Bdd>;
    type Failure = Grown;

    fn never(&self) -> Rc<Bdd> {
        Rc::new(self.variables.mk_false())
    }

    fn always(&self) -> Rc<Bdd> {
        Rc::new(self.variables.mk_true())
    }

    fn variable(&mut self, variable: VariableId) -> Rc<Bdd> {
        match self.level.get(&variable) {
            Some(&level) => Rc::new(self.variables.mk_var(BddVariable::from_index(level))),
            None => self.never(),
        }
    }

    fn and(&mut self, one: &Rc<Bdd>, other: &Rc<Bdd>) -> Result<Rc<Bdd>, Grown> {
        if one.is_false() || other.is_true() {
            Ok(Rc::clone(one))
        } else if other.is_false() || one.is_true() {
            Ok(Rc::clone(other))
        } else {
            self.apply(one, other, op_function::and)
        }
    }

    fn or(&mut self, one: &Rc<Bdd>, other: &Rc<Bdd>) -> Result<Rc<Bdd>, Grown> {
        if one.is_true() || other.is_false() {
            Ok(Rc::clone(one))
        } else if other.is_true() || one.is_false() {
            Ok(Rc::clone(other))
        } else {
            self.apply(one, other, op_function::or)
        }
    }

    fn and_not(&mut self, one: &Rc<Bdd>, other: &Rc<Bdd>) -> Result<Rc<Bdd>, Grown> {
        if one.is_false() || other.is_false() {
            Ok(Rc::clone(one))
        } else {
            self.apply(one, other, op_function::and_not)
        }
    }

    /// Joins the smallest first, so that few large diagrams are made on the way.
    fn any(&mut self, values: Vec<Rc<Bdd>>) -> Result<Rc<Bdd>, Grown> {
        let mut waiting: BinaryHeap<(Reverse<usize>, Reverse<usize>)> =
            values.iter().enumerate().map(|(place, value)| (Reverse(value.size()), Reverse(place))).collect();
        let mut values = values;
        while let (Some((_, Reverse(one))), Some((_, Reverse(other)))) = (waiting.pop(), waiting.pop()) {
            let joined = self.or(&values[one], &values[other])?;
            waiting.push((Reverse(joined.size()), Reverse(values.len())));
            values.push(joined);
        }
        Ok(values.pop().unwrap_or_else(|| self.never()))
    }
}
