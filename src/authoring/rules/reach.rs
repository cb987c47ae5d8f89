//! Reachability in a directed graph, for up to 64 starts in one pass.

use crate::model::Digraph;

/// A graph with its strongly connected components in topological order.
#[derive(Debug)]
pub(super) struct Reach {
    graph: Digraph,
    /// Whether an edge leads to each node.
    is_reached: Vec<bool>,
    components: Vec<Vec<usize>>,
}

impl Reach {
    /// A graph of `nodes` nodes. Cost: linear in nodes and edges.
    pub(super) fn new(nodes: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Self {
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let graph = Digraph::new(nodes, &pairs);
        let mut is_reached = vec![false; nodes];
        pairs.iter().for_each(|&(_, to)| is_reached[to] = true);
        let components = if pairs.is_empty() { Vec::new() } else { graph.components() };
        Self { graph, is_reached, components }
    }

    /// The loops: strongly connected components of two and more nodes, each in the order of the nodes.
    pub(super) fn loops(&self) -> Vec<Vec<usize>> {
        let mut loops: Vec<Vec<usize>> = self.components.iter().filter(|group| group.len() > 1).cloned().collect();
        loops.iter_mut().for_each(|members| members.sort_unstable());
        loops.sort_unstable();
        loops
    }

    /// For every node, from which of up to 64 starts it is reached, one bit for each; a start reaches itself.
    /// Cost: one pass over the graph.
    pub(super) fn masks(&self, starts: &[usize]) -> Vec<u64> {
        let mut masks = vec![0_u64; self.graph.nodes()];
        for (bit, &start) in starts.iter().take(64).enumerate() {
            masks[start] |= 1 << bit;
        }
        for component in &self.components {
            let mask = component.iter().fold(0, |mask, &node| mask | masks[node]);
            if mask == 0 {
                continue;
            }
            for &node in component {
                masks[node] = mask;
                self.graph.successors(node).iter().for_each(|&next| masks[next] |= mask);
            }
        }
        masks
    }

    /// Of these pairs, those whose second is reached from the first. Cost: one pass over the graph for every 64
    /// different firsts, skipping pairs that have no edge out of the first or none into the second.
    pub(super) fn reached(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = pairs.iter().copied().filter(|&pair| self.is_possible(pair)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let groups: Vec<&[(usize, usize)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
        let mut reached = Vec::new();
        for batch in groups.chunks(64) {
            let starts: Vec<usize> = batch.iter().map(|group| group[0].0).collect();
            let masks = self.masks(&starts);
            for (bit, group) in batch.iter().enumerate() {
                reached.extend(group.iter().filter(|&&(_, to)| masks[to] & (1 << bit) != 0));
            }
        }
        reached
    }

    fn is_possible(&self, (from, to): (usize, usize)) -> bool {
        from != to && self.is_reached[to] && !self.graph.successors(from).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_is_what_a_walk_finds() {
        let graph = Reach::new(6, [(0, 1), (1, 2), (2, 1), (2, 3), (4, 3)].into_iter());
        assert_eq!(graph.reached(&[(0, 3), (3, 0), (4, 1), (1, 2), (2, 1), (5, 3)]), [(0, 3), (1, 2), (2, 1)]);
        assert_eq!(graph.loops(), [[1, 2]]);
    }
}
