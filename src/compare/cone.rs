//! What a statement can depend on in any version between two.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, EvidenceGraph, Node};

use super::side::Names;

/// The evidence graphs of both versions laid over each other, edges backwards.
pub(super) struct Cone {
    before: BTreeMap<Node, Vec<Node>>,
}

impl Cone {
    pub(super) fn new(cases: [&Case; 2], names: &Names) -> Self {
        let mut before: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        for case in cases {
            let graph = EvidenceGraph::new(case);
            for node in graph.nodes() {
                let target = names.common(case, node);
                for (from, edge, _) in graph.incoming(node).filter(|(_, edge, _)| edge.carries()) {
                    let from = names.common(case, from);
                    before.entry(target).or_default().push(from);
                    if edge.is_mutual() {
                        before.entry(from).or_default().push(target);
                    }
                }
            }
        }
        Self { before }
    }

    /// Everything that these nodes can depend on, they among it. Cost: one walk over both graphs.
    pub(super) fn of(&self, starts: impl IntoIterator<Item = Node>) -> BTreeSet<Node> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<Node> = starts.into_iter().collect();
        while let Some(node) = waiting.pop() {
            if found.insert(node) {
                waiting.extend(self.before.get(&node).into_iter().flatten());
            }
        }
        found
    }
}
