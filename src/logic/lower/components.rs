//! The order in which a program is read: its strongly connected components, each after what it depends on.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::logic::{AtomId, Literal, Program};

/// Atoms whose equations depend on each other, or one atom on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The atoms, in order.
    pub atoms: Vec<AtomId>,
    /// Whether some atom depends on itself, directly or through a loop.
    pub recursive: bool,
    /// Whether a loop runs through a negation.
    pub negative: bool,
}

/// The components of the part of a program that `targets` depend on, each after those that it depends on.
///
/// Cost: linear in the size of that part. Loops are those of the program as written, in whatever world they are broken.
pub fn components(program: &Program, targets: impl IntoIterator<Item = AtomId>) -> Vec<Component> {
    let needed = |atom| program.literals(atom).iter().filter_map(|literal| literal.atom());
    let reached = reached(program.len(), targets, needed);
    let cone: Vec<AtomId> = program.atoms().filter(|atom| reached[atom.index()]).collect();
    let mut place = vec![usize::MAX; program.len()];
    cone.iter().enumerate().for_each(|(node, atom)| place[atom.index()] = node);
    let edges = cone.iter().enumerate().flat_map(|(from, &atom)| needed(atom).map(move |needed| (from, needed)));
    strongly_connected(cone.len(), edges.map(|(from, needed)| (from, place[needed.index()])))
        .into_iter()
        .map(|nodes| component(program, nodes.into_iter().map(|node| cone[node]).collect()))
        .collect()
}

/// The strongly connected components of a graph, each after those that its edges lead to.
///
/// Cost: linear in nodes and edges.
pub(in crate::logic) fn strongly_connected(
    nodes: usize,
    edges: impl Iterator<Item = (usize, usize)>,
) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<(), ()>::with_capacity(nodes, nodes);
    (0..nodes).for_each(|_| _ = graph.add_node(()));
    edges.for_each(|(from, to)| _ = graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ()));
    let components = petgraph::algo::kosaraju_scc(&graph).into_iter();
    components.map(|nodes| nodes.into_iter().map(NodeIndex::index).collect()).collect()
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

/// For each of some atoms whether it is one of those to start from, or needed by one that is reached.
///
/// Cost: linear in what is reached.
pub(in crate::logic) fn reached<I: IntoIterator<Item = AtomId>>(
    atoms: usize,
    start: impl IntoIterator<Item = AtomId>,
    needed: impl Fn(AtomId) -> I,
) -> Vec<bool> {
    let mut reached = vec![false; atoms];
    let mut waiting: Vec<AtomId> = start.into_iter().collect();
    while let Some(atom) = waiting.pop() {
        if !std::mem::replace(&mut reached[atom.index()], true) {
            waiting.extend(needed(atom));
        }
    }
    reached
}
