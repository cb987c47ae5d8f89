//! What a statement can depend on in any version between two, and what can depend on an entry.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, Edge, EvidenceGraph, Node};

use super::side::Names;

/// The evidence graphs of both versions laid over each other, to be walked in one direction.
pub(super) struct Cone {
    next: BTreeMap<Node, Vec<Node>>,
}

impl Cone {
    /// From what depends on something to what that is.
    pub(super) fn new(cases: [&Case; 2], names: &Names) -> Self {
        Self::over(cases, names, Edge::carries, |from, to| (to, from))
    }

    /// From something to what depends on it, over these edges.
    pub(super) fn forwards(cases: [&Case; 2], names: &Names, carries: impl Fn(&Edge) -> bool) -> Self {
        Self::over(cases, names, carries, |from, to| (from, to))
    }

    fn over(
        cases: [&Case; 2],
        names: &Names,
        carries: impl Fn(&Edge) -> bool,
        turned: fn(Node, Node) -> (Node, Node),
    ) -> Self {
        let mut next: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        for case in cases {
            let graph = EvidenceGraph::new(case);
            for (from, edge, to) in graph.edges().filter(|(_, edge, _)| carries(edge)) {
                let (from, to) = turned(names.common(case, from), names.common(case, to));
                next.entry(from).or_default().push(to);
                if edge.is_mutual() {
                    next.entry(to).or_default().push(from);
                }
            }
        }
        Self { next }
    }

    /// Everything that is reached from these nodes, they among it. Cost: one walk over both graphs.
    pub(super) fn of(&self, starts: impl IntoIterator<Item = Node>) -> BTreeSet<Node> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<Node> = starts.into_iter().collect();
        while let Some(node) = waiting.pop() {
            if found.insert(node) {
                waiting.extend(self.next.get(&node).into_iter().flatten());
            }
        }
        found
    }
}
