//! The algebra of decision diagrams: exact, whatever the sources share.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet, op_function};
use rustc_hash::FxHashMap;

use crate::logic::algebra::Algebra;
use crate::logic::{Budget, VariableId};

/// A diagram, or all of them together, grew past the budget.
pub(super) struct Grown {
    pub(super) nodes: usize,
}

/// Diagrams over the events of a simplified program, each of which has a level in the order of the variables.
pub(super) struct Diagrams<'a> {
    level: &'a FxHashMap<VariableId, usize>,
    variables: BddVariableSet,
    terminals: [Arc<Bdd>; 2],
    budget: Budget,
    nodes: usize,
    /// The rules of the row at hand.
    waiting: Vec<Arc<Bdd>>,
}

impl<'a> Diagrams<'a> {
    /// The library numbers its variables in 16 bits.
    pub(super) const MOST_VARIABLES: usize = u16::MAX as usize - 1;

    pub(super) fn new(level: &'a FxHashMap<VariableId, usize>, budget: Budget) -> Self {
        let count = u16::try_from(level.len()).expect("the caller keeps to the most variables");
        let variables = BddVariableSet::new_anonymous(count);
        let terminals = [variables.mk_false(), variables.mk_true()].map(Arc::new);
        Self { level, variables, terminals, budget, nodes: 0, waiting: Vec::new() }
    }

    fn apply(
        &mut self,
        one: &Bdd,
        other: &Bdd,
        operation: impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Arc<Bdd>, Grown> {
        self.affordable(one, other, &operation)?;
        let result = Bdd::binary_op_with_limit(self.budget.diagram, one, other, operation);
        self.nodes += one.size() + other.size() + result.as_ref().map_or(self.budget.diagram, Bdd::size);
        match result {
            Some(result) if self.nodes <= self.budget.work => Ok(Arc::new(result)),
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

impl Algebra for Diagrams<'_> {
    type Value = Arc<Bdd>;
    type Failure = Grown;

    const SYMBOLIC: bool = true;

    fn bottom(&self) -> Arc<Bdd> {
        Arc::clone(&self.terminals[0])
    }

    fn top(&self) -> Arc<Bdd> {
        Arc::clone(&self.terminals[1])
    }

    fn and_variable(&mut self, one: Arc<Bdd>, variable: usize) -> Result<Arc<Bdd>, Grown> {
        let variable = match self.level.get(&VariableId::from_index(variable)) {
            Some(&level) => Arc::new(self.variables.mk_var(BddVariable::from_index(level))),
            None => self.bottom(),
        };
        self.and(one, &variable)
    }

    fn and(&mut self, one: Arc<Bdd>, other: &Arc<Bdd>) -> Result<Arc<Bdd>, Grown> {
        if one.is_false() || other.is_true() {
            Ok(one)
        } else if other.is_false() || one.is_true() {
            Ok(Arc::clone(other))
        } else {
            self.apply(&one, other, op_function::and)
        }
    }

    fn and_not(&mut self, one: Arc<Bdd>, other: &Arc<Bdd>) -> Result<Arc<Bdd>, Grown> {
        if one.is_false() || other.is_false() { Ok(one) } else { self.apply(&one, other, op_function::and_not) }
    }

    fn or(&mut self, one: Arc<Bdd>, other: &Arc<Bdd>) -> Result<Arc<Bdd>, Grown> {
        if one.is_true() || other.is_false() {
            Ok(one)
        } else if other.is_true() || one.is_false() {
            Ok(Arc::clone(other))
        } else {
            self.apply(&one, other, op_function::or)
        }
    }

    /// All rules of a row wait for the last.
    fn join(&mut self, rules: Arc<Bdd>, rule: Arc<Bdd>) -> Result<Arc<Bdd>, Grown> {
        self.waiting.push(rule);
        Ok(rules)
    }

    /// Joins the smallest first, so that few large diagrams are made on the way.
    fn conclude(&mut self, _: usize, rules: Arc<Bdd>) -> Result<Arc<Bdd>, Grown> {
        let mut values = vec![rules];
        values.append(&mut self.waiting);
        let mut smallest: BinaryHeap<(Reverse<usize>, Reverse<usize>)> =
            values.iter().enumerate().map(|(place, value)| (Reverse(value.size()), Reverse(place))).collect();
        while let (Some((_, Reverse(one))), Some((_, Reverse(other)))) = (smallest.pop(), smallest.pop()) {
            let joined = self.or(Arc::clone(&values[one]), &values[other])?;
            smallest.push((Reverse(joined.size()), Reverse(values.len())));
            values.push(joined);
        }
        Ok(values.pop().expect("there is one at least"))
    }

    fn same(&self, one: &Arc<Bdd>, other: &Arc<Bdd>) -> bool {
        Arc::ptr_eq(one, other) || one == other
    }
}
