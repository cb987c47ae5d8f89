//! The algebra of decision diagrams: exact degrees, whatever the sources share.

use std::rc::Rc;

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet, op_function};
use rustc_hash::FxHashMap;

use crate::model::StatementId;

use super::order::Order;
use super::{Algebra, AtomId, Diagram, Program, Values, VariableId, components, evaluate};

/// How much the diagrams may grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The most nodes in one diagram.
    pub diagram: usize,
    /// The most nodes that may be made for one question, under one order of the variables.
    pub work: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { diagram: 1_000_000, work: 20_000_000 }
    }
}

impl Budget {
    /// Smaller budgets first, so that a good order is found before much is spent on a bad one.
    fn steps(self) -> impl Iterator<Item = Self> {
        [64, 8, 1].into_iter().map(move |part| Self { diagram: self.diagram / part, work: self.work / part })
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
    /// Told true.
    pub told_true: Diagram,
    /// Told both.
    pub told_both: Diagram,
    /// Told false.
    pub told_false: Diagram,
    /// A case for it or against it is possible.
    pub any_case: Diagram,
    certain: [Rc<Bdd>; 2],
    order: Rc<Vec<VariableId>>,
}

impl CaseDiagrams {
    /// Whether in some world of probability above 0 the case for the statement (`side` 0) or against it
    /// (1) is certain, but no longer so once the variables `off` are off.
    pub fn needs(&self, side: usize, off: &[VariableId], weights: &[f64]) -> bool {
        let off: Vec<(BddVariable, bool)> = (self.order.iter().enumerate())
            .filter(|(_, variable)| off.contains(variable))
            .map(|(level, _)| (BddVariable::from_index(level), false))
            .collect();
        let certain = &*self.certain[side];
        !off.is_empty() && {
            let lost = certain.and_not(&certain.restrict(&off));
            Diagram::new(&lost, &self.order).is_possible(weights)
        }
    }
}

/// Compiles the statements `targets` of a program to decision diagrams. Variables of weight 0 are off in
/// every world; all others stay variables, those of weight 1 too, so that the result can be read under
/// other weights.
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
    budget: Budget,
) -> Result<Vec<CaseDiagrams>, TooLarge> {
    let atoms: Vec<AtomId> =
        targets.iter().flat_map(|&target| [Program::case_for(target), Program::case_against(target)]).collect();
    under_some_order(program, &atoms, weights, budget, |diagrams, values| {
        targets.iter().map(|&target| diagrams.case_diagrams(values, target)).collect()
    })
}

/// Compiles a diagram of when all of these atoms of a program are certainly true. Otherwise as [`exact`].
///
/// # Errors
///
/// As [`exact`].
pub fn exact_all(program: &Program, atoms: &[AtomId], weights: &[f64], budget: Budget) -> Result<Diagram, TooLarge> {
    under_some_order(program, atoms, weights, budget, |diagrams, values| {
        let mut all = diagrams.always();
        for &atom in atoms {
            let certain = values.truth(atom).expect("targets are in their own cone").certain();
            all = diagrams.and(&all, certain)?;
        }
        Ok(Diagram::new(&all, &diagrams.order))
    })
}

/// Evaluates what `atoms` depend on under one order of the variables after another, and reads the result
/// off the first that stays within the budget.
fn under_some_order<T>(
    program: &Program,
    atoms: &[AtomId],
    weights: &[f64],
    budget: Budget,
    read: impl Fn(&mut Diagrams, &Values<Rc<Bdd>>) -> Result<T, Grown>,
) -> Result<T, TooLarge> {
    let components = components(program, atoms.iter().copied());
    let mut failure = TooLarge { variables: 0, nodes: 0, budget };
    for step in budget.steps() {
        for order in Order::ALL {
            let mut order = order.variables(program, atoms);
            order.retain(|variable| weights[variable.index()] > 0.0);
            failure.variables = order.len();
            if order.len() > Diagrams::MOST_VARIABLES {
                return Err(failure);
            }
            let mut diagrams = Diagrams::new(order, step);
            let result = evaluate(program, &components, &mut diagrams).and_then(|values| read(&mut diagrams, &values));
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

struct Diagrams {
    order: Rc<Vec<VariableId>>,
    level: FxHashMap<VariableId, BddVariable>,
    variables: BddVariableSet,
    budget: Budget,
    nodes: usize,
}

impl Diagrams {
    /// The library numbers its variables in 16 bits.
    const MOST_VARIABLES: usize = u16::MAX as usize - 1;

    fn new(order: Vec<VariableId>, budget: Budget) -> Self {
        let count = u16::try_from(order.len()).expect("the caller keeps to the most variables");
        let level = order.iter().enumerate().map(|(level, &variable)| (variable, BddVariable::from_index(level)));
        Self {
            level: level.collect(),
            variables: BddVariableSet::new_anonymous(count),
            order: Rc::new(order),
            budget,
            nodes: 0,
        }
    }

    fn case_diagrams(&mut self, values: &Values<Rc<Bdd>>, target: StatementId) -> Result<CaseDiagrams, Grown> {
        let truth = |atom| values.truth(atom).expect("targets are in their own cone");
        let case_for = truth(Program::case_for(target));
        let case_against = truth(Program::case_against(target));
        let told_true = self.and_not(case_for.certain(), case_against.possible())?;
        let told_false = self.and_not(case_against.certain(), case_for.possible())?;
        let told_both = self.and(case_for.possible(), case_against.possible())?;
        let any_case = self.or(case_for.possible(), case_against.possible())?;
        Ok(CaseDiagrams {
            told_true: Diagram::new(&told_true, &self.order),
            told_both: Diagram::new(&told_both, &self.order),
            told_false: Diagram::new(&told_false, &self.order),
            any_case: Diagram::new(&any_case, &self.order),
            certain: [Rc::clone(case_for.certain()), Rc::clone(case_against.certain())],
            order: Rc::clone(&self.order),
        })
    }

    fn apply(
        &mut self,
        one: &Bdd,
        other: &Bdd,
        operation: impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Rc<Bdd>, Grown> {
        self.affordable(one, other, &operation)?;
        let result = Bdd::binary_op_with_limit(self.budget.diagram, one, other, operation);
        self.nodes += result.as_ref().map_or(self.budget.diagram, Bdd::size);
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
            Some(&level) => Rc::new(self.variables.mk_var(level)),
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
}
