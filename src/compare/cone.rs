//! What a statement can depend on in any version between two, and what can depend on an entry.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, Edge, EvidenceGraph, Node};

use super::names::Names;

/// The evidence graphs of all versions laid over each other, to be walked in either direction.
pub(super) struct Cone {
    dependents: Next,
    premises: Next,
}

type Next = BTreeMap<Node, Vec<Node>>;

impl Cone {
    /// Of these versions. Cost: one pass over the graph of each.
    pub(super) fn new(cases: &[&Case], names: &Names) -> Self {
        let mut cone = Self { dependents: Next::new(), premises: Next::new() };
        for case in cases {
            for (from, edge, to) in EvidenceGraph::new(case).edges() {
                cone.add(names.common(case, from), edge, names.common(case, to));
            }
        }
        cone
    }

    fn add(&mut self, from: Node, edge: &Edge, to: Node) {
        // What is withheld of a document can become evidence, and so settle or unsettle a verdict; it changes none.
        if edge.carries() || matches!(edge, Edge::BearsOn { .. }) {
            join(&mut self.dependents, from, edge, to);
        }
        if edge.carries() {
            join(&mut self.premises, to, edge, from);
        }
    }

    /// What can depend on these nodes, and they themselves. Cost: one walk over the graphs.
    pub(super) fn dependents_of(&self, starts: impl IntoIterator<Item = Node>) -> BTreeSet<Node> {
        reached(&self.dependents, starts)
    }

    /// What these nodes can depend on, and they themselves. Cost: one walk over the graphs.
    pub(super) fn premises_of(&self, starts: impl IntoIterator<Item = Node>) -> BTreeSet<Node> {
        reached(&self.premises, starts)
    }
}

fn join(next: &mut Next, from: Node, edge: &Edge, to: Node) {
    next.entry(from).or_default().push(to);
    if edge.is_mutual() {
        next.entry(to).or_default().push(from);
    }
}

fn reached(next: &Next, starts: impl IntoIterator<Item = Node>) -> BTreeSet<Node> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<Node> = starts.into_iter().collect();
    while let Some(node) = waiting.pop() {
        if found.insert(node) {
            waiting.extend(next.get(&node).into_iter().flatten());
        }
    }
    found
}
