//! The order in which a program is read: its strongly connected components, each after what it depends on.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::logic::{AtomId, Literal, Program};

/// Atoms whose equations depend on each other, or one atom on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The atoms, in order.
    pub atoms: Vec<AtomId>,
    /// Whether some atom depends on itself, directly or round a loop.
    pub recursive: bool,
    /// Whether a loop runs through a negation.
    pub negative: bool,
}

/// The components of the part of a program that `targets` depend on, each after those that it depends on.
///
/// Cost: linear in the size of that part. Loops are found on the program as written, whatever the world.
pub fn components(program: &Program, targets: impl IntoIterator<Item = AtomId>) -> Vec<Component> {
    let cone = cone(program, targets);
    let mut place = vec![None; program.len()];
    let mut graph = DiGraph::<AtomId, ()>::with_capacity(cone.len(), cone.len());
    for &atom in &cone {
        place[atom.index()] = Some(graph.add_node(atom));
    }
    for &atom in &cone {
        for needed in program.literals(atom).iter().filter_map(|literal| literal.atom()) {
            let node = |atom: AtomId| -> NodeIndex { place[atom.index()].expect("the cone is closed") };
            graph.add_edge(node(atom), node(needed), ());
        }
    }
    petgraph::algo::kosaraju_scc(&graph)
        .into_iter()
        .map(|nodes| component(program, nodes.into_iter().map(|node| graph[node]).collect()))
        .collect()
}

fn component(program: &Program, mut atoms: Vec<AtomId>) -> Component {
    atoms.sort_unstable();
    let inside = |atom: AtomId| atoms.binary_search(&atom).is_ok();
    let (mut recursive, mut negative) = (false, false);
    for &literal in atoms.iter().flat_map(|&atom| program.literals(atom)) {
        match literal {
            Literal::Atom(needed) if inside(needed) => recursive = true,
            Literal::Not(needed) if inside(needed) => negative = true,
            _ => {}
        }
    }
    Component { recursive: recursive || negative, negative, atoms }
}

/// Every atom that the targets depend on, themselves among them, in order.
fn cone(program: &Program, targets: impl IntoIterator<Item = AtomId>) -> Vec<AtomId> {
    let mut seen = vec![false; program.len()];
    let mut waiting: Vec<AtomId> = targets.into_iter().collect();
    let mut cone = Vec::new();
    while let Some(atom) = waiting.pop() {
        if !std::mem::replace(&mut seen[atom.index()], true) {
            cone.push(atom);
            waiting.extend(program.literals(atom).iter().filter_map(|literal| literal.atom()));
        }
    }
    cone.sort_unstable();
    cone
}
