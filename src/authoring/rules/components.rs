//! A graph of numbered nodes, and its strongly connected components (Tarjan 1972), without recursion.

/// Edges by the node that they start at.
#[derive(Debug)]
pub(super) struct Edges {
    /// Where the ends of each node's edges begin; one more than there are nodes.
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Edges {
    /// Cost: linear in nodes and edges.
    pub(super) fn new(nodes: usize, pairs: &[(usize, usize)]) -> Self {
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

    pub(super) fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where the edges of a node lead.
    pub(super) fn from(&self, node: usize) -> &[usize] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }
}

/// The components, in an order in which every edge leads on. Cost: linear in nodes and edges.
pub(super) fn components(edges: &Edges) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        entered: vec![0; edges.nodes()],
        lowest: vec![0; edges.nodes()],
        clock: 0,
        waiting: Vec::new(),
        found: Vec::new(),
    };
    (0..edges.nodes()).for_each(|node| search.visit(node));
    search.found.reverse();
    search.found
}

struct Search<'e> {
    edges: &'e Edges,
    /// When each node was entered, from 1; 0: not yet; [`DONE`]: its component is known.
    entered: Vec<usize>,
    /// The earliest node that each reaches.
    lowest: Vec<usize>,
    clock: usize,
    /// The nodes whose component is not known yet, in the order in which they were entered.
    waiting: Vec<usize>,
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
            if let Some(&end) = self.edges.from(node).get(next) {
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
        self.waiting.push(node);
    }

    /// Where nothing earlier is reached, what waits behind the node is its component.
    fn leave(&mut self, node: usize) {
        if self.lowest[node] == self.entered[node] {
            let start = self.waiting.iter().rposition(|&other| other == node).unwrap_or(0);
            let component = self.waiting.split_off(start);
            component.iter().for_each(|&member| self.entered[member] = DONE);
            self.found.push(component);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reaches(edges: &Edges, from: usize) -> Vec<bool> {
        let mut reached = vec![false; edges.nodes()];
        let mut next = vec![from];
        while let Some(node) = next.pop() {
            if !std::mem::replace(&mut reached[node], true) {
                next.extend(edges.from(node));
            }
        }
        reached
    }

    proptest! {
        #[test]
        fn components_are_what_walks_find(pairs in prop::collection::vec((0..8_usize, 0..8_usize), 0..16)) {
            let edges = Edges::new(8, &pairs);
            let reached: Vec<Vec<bool>> = (0..8).map(|node| reaches(&edges, node)).collect();
            let found = components(&edges);
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
