//! Static orders of the variables, for decision diagrams.
//!
//! How large a diagram grows depends on the order of its variables, sometimes by orders of magnitude, and
//! finding the best order is NP-hard (Bollig and Wegener 1996). So a few cheap orders are tried and the
//! first one that stays small is kept.

use std::collections::VecDeque;

use super::{AtomId, Literal, Program, VariableId};

/// A way to put the variables in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As a walk from the targets meets them, a rule's own variables before what its atoms need
    /// (after Fujita, Fujisawa and Kawato 1988).
    DepthFirst,
    /// The same walk, a rule's own variables after what its atoms need.
    DepthFirstSourcesFirst,
    /// As a walk in widening circles meets them.
    BreadthFirst,
    /// The widest circle first.
    BreadthLast,
}

impl Order {
    pub(super) const ALL: [Self; 4] =
        [Self::DepthFirst, Self::DepthFirstSourcesFirst, Self::BreadthLast, Self::BreadthFirst];

    /// The variables that `targets` depend on, in this order. Cost: linear in that part of the program.
    pub(super) fn variables(self, program: &Program, targets: &[AtomId]) -> Vec<VariableId> {
        let mut order = match self {
            Self::DepthFirst => depth_first(program, targets, false),
            Self::DepthFirstSourcesFirst => depth_first(program, targets, true),
            Self::BreadthFirst | Self::BreadthLast => breadth_first(program, targets),
        };
        if self == Self::BreadthLast {
            order.reverse();
        }
        order
    }
}

/// Keeps the first sight of each variable.
#[derive(Default)]
struct Sighted {
    order: Vec<VariableId>,
    seen: rustc_hash::FxHashSet<VariableId>,
}

impl Sighted {
    fn see(&mut self, variable: VariableId) {
        if self.seen.insert(variable) {
            self.order.push(variable);
        }
    }
}

fn depth_first(program: &Program, targets: &[AtomId], sources_first: bool) -> Vec<VariableId> {
    let mut sighted = Sighted::default();
    let mut visited = vec![false; program.len()];
    let mut waiting: Vec<Literal> = targets.iter().rev().map(|&target| Literal::Atom(target)).collect();
    while let Some(literal) = waiting.pop() {
        match literal {
            Literal::Variable(variable) => sighted.see(variable),
            Literal::Atom(atom) | Literal::Not(atom) => {
                if !std::mem::replace(&mut visited[atom.index()], true) {
                    let bodies: Vec<&[Literal]> = program.rules(atom).collect();
                    for body in bodies.into_iter().rev() {
                        let (own, needed): (Vec<Literal>, Vec<Literal>) =
                            body.iter().partition(|literal| matches!(literal, Literal::Variable(_)));
                        let [first, second] = if sources_first { [needed, own] } else { [own, needed] };
                        waiting.extend(second.into_iter().rev());
                        waiting.extend(first.into_iter().rev());
                    }
                }
            }
        }
    }
    sighted.order
}

fn breadth_first(program: &Program, targets: &[AtomId]) -> Vec<VariableId> {
    let mut sighted = Sighted::default();
    let mut visited = vec![false; program.len()];
    let mut waiting: VecDeque<AtomId> = targets.iter().copied().collect();
    while let Some(atom) = waiting.pop_front() {
        if std::mem::replace(&mut visited[atom.index()], true) {
            continue;
        }
        for &literal in program.literals(atom) {
            match literal {
                Literal::Variable(variable) => sighted.see(variable),
                Literal::Atom(needed) | Literal::Not(needed) => waiting.push_back(needed),
            }
        }
    }
    sighted.order
}
