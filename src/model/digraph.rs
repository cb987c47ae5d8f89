//! A directed graph of numbered nodes, and its strongly connected components.

/// Edges by the node that they start at, as compressed rows.
#[derive(Debug, Clone)]
pub(crate) struct Digraph {
    /// Where each node's edges begin in `ends`, and, last, where they all end.
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Digraph {
    /// Cost: linear in nodes and edges.
    pub(crate) fn new(nodes: usize, pairs: &[(usize, usize)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        pairs.iter().for_each(|&(from, _)| starts[from + 1] += 1);
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![0; pairs.len()];
        for &(from, to) in pairs {
            ends[next[from]] = to;
            next[from] += 1;
        }
        Self { starts, ends }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// The nodes that a node's edges lead to, in the order in which the edges were given.
    pub(crate) fn successors(&self, node: usize) -> &[usize] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }

    /// The strongly connected components in topological order: no edge leads to an earlier one (Tarjan 1972, without
    /// recursion). Cost: linear in nodes and edges.
    pub(crate) fn components(&self) -> Vec<Vec<usize>> {
        let mut search = Search {
            graph: self,
            entered: vec![0; self.nodes()],
            lowest: vec![0; self.nodes()],
            clock: 0,
            open: Vec::new(),
            found: Vec::new(),
        };
        (0..self.nodes()).for_each(|node| search.visit(node));
        search.found.reverse();
        search.found
    }
}

struct Search<'g> {
    graph: &'g Digraph,
    /// When each node was entered, from 1; 0: not yet; [`DONE`]: its component is known.
    entered: Vec<usize>,
    /// The earliest entry among the nodes that each is known to reach.
    lowest: Vec<usize>,
    clock: usize,
    /// The nodes whose component is not known yet, in the order in which they were entered.
    open: Vec<usize>,
    found: Vec<Vec<usize>>,
}

const DONE: usize = usize::MAX;

impl Search<'_> {
    fn visit(&mut self, root: usize) {
        let mut path = if self.entered[root] == 0 { vec![(root, 0)] } else { Vec::new() };
        while let Some((node, next)) = path.pop() {
            if next == 0 {
                self.enter(node);
            }
            if let Some(&end) = self.graph.successors(node).get(next) {
                path.push((node, next + 1));
                match self.entered[end] {
                    0 => path.push((end, 0)),
                    DONE => {}
                    entered => self.lowest[node] = self.lowest[node].min(entered),
                }
                continue;
            }
            if let Some(&(before, _)) = path.last() {
                self.lowest[before] = self.lowest[before].min(self.lowest[node]);
            }
            self.leave(node);
        }
    }

    fn enter(&mut self, node: usize) {
        self.clock += 1;
        (self.entered[node], self.lowest[node]) = (self.clock, self.clock);
        self.open.push(node);
    }

    /// A node that reaches nothing earlier closes its component: itself and all that is open behind it.
    fn leave(&mut self, node: usize) {
        if self.lowest[node] == self.entered[node] {
            let start = self.open.iter().rposition(|&other| other == node).unwrap_or(0);
            let component = self.open.split_off(start);
            component.iter().for_each(|&member| self.entered[member] = DONE);
            self.found.push(component);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reaches(graph: &Digraph, from: usize) -> Vec<bool> {
        let mut reached = vec![false; graph.nodes()];
        let mut next = vec![from];
        while let Some(node) = next.pop() {
            if !std::mem::replace(&mut reached[node], true) {
                next.extend(graph.successors(node));
            }
        }
        reached
    }

    proptest! {
        #[test]
        fn components_are_what_walks_find(pairs in prop::collection::vec((0..8_usize, 0..8_usize), 0..16)) {
            let graph = Digraph::new(8, &pairs);
            let reached: Vec<Vec<bool>> = (0..8).map(|node| reaches(&graph, node)).collect();
            let found = graph.components();
            let mut place = [0; 8];
            for (index, component) in found.iter().enumerate() {
                component.iter().for_each(|&node| place[node] = index);
            }
            for (a, b) in (0..8).flat_map(|a| (0..8).map(move |b| (a, b))) {
                prop_assert_eq!(place[a] == place[b], reached[a][b] && reached[b][a]);
                prop_assert!(!reached[a][b] || place[a] <= place[b]);
            }
            prop_assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 8);
        }
    }
}
