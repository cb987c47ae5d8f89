//! The algebra of decision diagrams: exact, whatever the sources share.

use rustc_hash::FxHashMap;

use super::manager::{Edge, Manager, Spent};
use crate::logic::VariableId;
use crate::logic::algebra::Algebra;

/// Diagrams over the events of a simplified program, each of which has a level in the order of the variables.
pub(super) struct Diagrams<'a> {
    level: &'a FxHashMap<VariableId, usize>,
    pub(super) manager: Manager,
    /// How many rows have been evaluated, some of them more than once.
    pub(super) rows: usize,
}

impl<'a> Diagrams<'a> {
    pub(super) fn new(level: &'a FxHashMap<VariableId, usize>, manager: Manager) -> Self {
        Self { level, manager, rows: 0 }
    }
}

impl Algebra for Diagrams<'_> {
    type Value = Edge;
    type Failure = Spent;

    const SYMBOLIC: bool = true;

    fn bottom(&self) -> Edge {
        Edge::BOTTOM
    }

    fn top(&self) -> Edge {
        Edge::TOP
    }

    fn and_variable(&mut self, one: Edge, variable: usize) -> Result<Edge, Spent> {
        let Some(&level) = self.level.get(&VariableId::from_index(variable)) else { return Ok(Edge::BOTTOM) };
        let variable = self.manager.variable(level);
        self.manager.and(one, variable)
    }

    fn and(&mut self, one: Edge, other: &Edge) -> Result<Edge, Spent> {
        self.manager.and(one, *other)
    }

    fn and_not(&mut self, one: Edge, other: &Edge) -> Result<Edge, Spent> {
        self.manager.and(one, !*other)
    }

    fn or(&mut self, one: Edge, other: &Edge) -> Result<Edge, Spent> {
        self.manager.or(one, *other)
    }

    fn conclude(&mut self, _: usize, rules: Edge) -> Result<Edge, Spent> {
        self.rows += 1;
        Ok(rules)
    }

    fn same(&self, one: &Edge, other: &Edge) -> bool {
        one == other
    }
}
