//! What can be reached from where.

use crate::model::Digraph;

/// A graph with its components in an order in which every edge leads on.
#[derive(Debug)]
pub(super) struct Reach {
    graph: Digraph,
    /// Whether an edge leads to a node.
    has_way_there: Vec<bool>,
    components: Vec<Vec<usize>>,
}

impl Reach {
    /// A graph of `nodes` nodes. Cost: linear in nodes and edges.
    pub(super) fn new(nodes: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Self {
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let graph = Digraph::new(nodes, &pairs);
        let mut has_way_there = vec![false; nodes];
        pairs.iter().for_each(|&(_, to)| has_way_there[to] = true);
        let components = if pairs.is_empty() { Vec::new() } else { graph.components() };
        Self { graph, has_way_there, components }
    }

    /// Groups of two and more nodes that reach each other, each in the order of the nodes.
    pub(super) fn rings(&self) -> Vec<Vec<usize>> {
        let mut rings: Vec<Vec<usize>> = self.components.iter().filter(|group| group.len() > 1).cloned().collect();
        rings.iter_mut().for_each(|ring| ring.sort_unstable());
        rings.sort_unstable();
        rings
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
    /// different firsts, of those alone that have a way on and whose second has a way there.
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
        from != to && self.has_way_there[to] && !self.graph.successors(from).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_is_what_a_walk_finds() {
        let graph = Reach::new(6, [(0, 1), (1, 2), (2, 1), (2, 3), (4, 3)].into_iter());
        assert_eq!(graph.reached(&[(0, 3), (3, 0), (4, 1), (1, 2), (2, 1), (5, 3)]), [(0, 3), (1, 2), (2, 1)]);
        assert_eq!(graph.rings(), [[1, 2]]);
    }
}
