//! A better order of the variables, found by moving each to where diagrams are smallest (*sifting*, Rudell 1993).
//!
//! Static orders are guesses; on cases whose sources are shared by many statements they are off by an order of
//! magnitude and more. Here two neighbours of the order are exchanged, which changes only the nodes of the two.

use std::cmp::Reverse;

use super::manager::{Edge, Manager, NONE, bucket};
use crate::logic::program::narrow;

/// A move is given up where the diagrams are this much larger than they were at best.
const GROWTH: f64 = 1.01;

/// Diagrams whose variables can be moved.
#[derive(Debug)]
struct Sifter {
    nodes: Vec<Node>,
    /// The conditions: they stay the same nodes.
    roots: Vec<Edge>,
    /// The nodes of each variable, by their children.
    of: Vec<Table>,
    /// The variables in order. They are named by the levels that they had at first.
    order: Vec<u32>,
    place: Vec<usize>,
    /// How many nodes are in use.
    live: usize,
    free: Vec<u32>,
    interactions: Interactions,
    /// Room for the nodes that an exchange changes, and for the edges that are let go.
    changed: Vec<u32>,
    waiting: Vec<Edge>,
    /// Nodes looked at, and four for each that was changed.
    work: usize,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    variable: u32,
    /// The second is not denied.
    children: [Edge; 2],
    /// How many parents it has, roots counted as one each.
    uses: u32,
    /// The next node in the same bucket of its table.
    next: u32,
}

/// The nodes of a variable, in buckets by their children.
#[derive(Debug, Clone)]
struct Table {
    /// The first node of each bucket.
    buckets: Vec<u32>,
    len: usize,
}

impl Table {
    fn new() -> Self {
        Self { buckets: vec![NONE; 4], len: 0 }
    }

    fn place(&self, [low, high]: [Edge; 2]) -> usize {
        bucket(self.buckets.len(), [narrow(low.index()), narrow(high.index()), 0])
    }

    fn find(&self, nodes: &[Node], children: [Edge; 2]) -> Option<u32> {
        let mut node = self.buckets[self.place(children)];
        while node != NONE && nodes[node as usize].children != children {
            node = nodes[node as usize].next;
        }
        (node != NONE).then_some(node)
    }

    /// Puts in a node that is not there.
    fn insert(&mut self, nodes: &mut [Node], node: u32) {
        self.len += 1;
        if self.len > self.buckets.len() {
            let larger = vec![NONE; 2 * self.buckets.len()];
            for first in std::mem::replace(&mut self.buckets, larger) {
                let mut node = first;
                while node != NONE {
                    let next = nodes[node as usize].next;
                    self.link(nodes, node);
                    node = next;
                }
            }
        }
        self.link(nodes, node);
    }

    fn link(&mut self, nodes: &mut [Node], node: u32) {
        let place = self.place(nodes[node as usize].children);
        nodes[node as usize].next = std::mem::replace(&mut self.buckets[place], node);
    }

    /// Takes a node out.
    fn remove(&mut self, nodes: &mut [Node], node: u32) {
        self.len -= 1;
        let Node { children, next, .. } = nodes[node as usize];
        let place = self.place(children);
        if self.buckets[place] == node {
            self.buckets[place] = next;
            return;
        }
        let mut before = self.buckets[place];
        while nodes[before as usize].next != node {
            before = nodes[before as usize].next;
        }
        nodes[before as usize].next = next;
    }

    /// Takes out all nodes with a child that is one of a variable.
    fn take_parents_of(&mut self, variable: u32, nodes: &mut [Node], taken: &mut Vec<u32>) {
        for first in &mut self.buckets {
            let (mut node, mut stay) = (*first, NONE);
            while node != NONE {
                let Node { children, next, .. } = nodes[node as usize];
                if children.iter().any(|child| nodes[child.node()].variable == variable) {
                    taken.push(node);
                } else {
                    nodes[node as usize].next = std::mem::replace(&mut stay, node);
                }
                node = next;
            }
            *first = stay;
        }
        self.len -= taken.len();
    }
}

/// Which variables matter to a condition together: the nodes of two others never change when they are exchanged
/// (Somenzi 2001).
#[derive(Debug, Default)]
struct Interactions {
    /// For each variable, as bits, those that some condition depends on as well; empty if that is too much to tell.
    rows: Vec<u64>,
    words: usize,
}

impl Interactions {
    /// More words are not looked at.
    const MOST: usize = 1 << 22;

    /// Nodes come after their children.
    fn new(nodes: &[Node], roots: &[Edge], variables: usize) -> Self {
        let words = variables.div_ceil(64);
        let mut roots: Vec<usize> = roots.iter().map(|root| root.node()).collect();
        roots.sort_unstable();
        roots.dedup();
        if nodes.len().max(roots.len() * variables) * words > Self::MOST {
            return Self::default();
        }
        let mut supports = vec![0_u64; nodes.len() * words];
        for (index, node) in nodes.iter().enumerate().skip(1) {
            let (below, own) = supports.split_at_mut(index * words);
            for child in node.children {
                let child = &below[child.node() * words..][..words];
                own.iter_mut().zip(child).for_each(|(own, child)| *own |= child);
            }
            own[node.variable as usize / 64] |= 1 << (node.variable % 64);
        }
        let mut rows = vec![0; variables * words];
        for root in roots {
            let support = &supports[root * words..][..words];
            for variable in (0..variables).filter(|variable| support[variable / 64] >> (variable % 64) & 1 == 1) {
                rows[variable * words..][..words].iter_mut().zip(support).for_each(|(row, bits)| *row |= bits);
            }
        }
        Self { rows, words }
    }

    fn of(&self, one: u32, other: u32) -> bool {
        let word = self.rows.get(one as usize * self.words + other as usize / 64);
        word.is_none_or(|word| word >> (other % 64) & 1 == 1)
    }
}

/// What sifting came to.
#[derive(Debug)]
pub(super) struct Sifted {
    /// The levels that the variables had before, in their new order.
    pub(super) order: Vec<usize>,
    /// How many nodes there are under it.
    pub(super) live: usize,
    pub(super) work: usize,
}

/// Moves the variables of some conditions, those with the most nodes first, as long as `most_work` is not spent.
///
/// Cost: a step for each node of a variable that is moved past another.
pub(super) fn sift(manager: &Manager, conditions: &[Edge], variables: usize, most_work: usize) -> Sifted {
    let mut sifter = Sifter::new(manager, conditions, variables);
    sifter.sift(most_work);
    let Sifter { order, live, work, .. } = sifter;
    Sifted { order: order.into_iter().map(|variable| variable as usize).collect(), live, work }
}

impl Sifter {
    fn new(manager: &Manager, conditions: &[Edge], variables: usize) -> Self {
        let top = Node { variable: u32::MAX, children: [Edge::TOP; 2], uses: 1, next: NONE };
        let mut sifter = Self {
            nodes: vec![top],
            roots: Vec::new(),
            of: vec![Table::new(); variables],
            order: (0..narrow(variables)).collect(),
            place: (0..variables).collect(),
            live: 0,
            free: Vec::new(),
            interactions: Interactions::default(),
            changed: Vec::new(),
            waiting: Vec::new(),
            work: 0,
        };
        let mut copies: Vec<Option<Edge>> = vec![None; manager.nodes()];
        copies[Edge::TOP.node()] = Some(Edge::TOP);
        let mut waiting = conditions.to_vec();
        while let Some(&edge) = waiting.last() {
            let plain = edge.denied_if(edge.is_denied());
            match manager.question(plain).filter(|_| copies[edge.node()].is_none()) {
                None => _ = waiting.pop(),
                Some((level, children)) => {
                    let copied = children.map(|child| Some(copies[child.node()]?.denied_if(child.is_denied())));
                    if let [Some(low), Some(high)] = copied {
                        copies[edge.node()] = Some(sifter.make(narrow(level), [low, high]));
                    } else {
                        waiting.extend(children);
                    }
                }
            }
        }
        for condition in conditions {
            let copy = copies[condition.node()].expect("every condition was copied");
            sifter.nodes[copy.node()].uses += 1;
            sifter.roots.push(copy.denied_if(condition.is_denied()));
        }
        sifter.interactions = Interactions::new(&sifter.nodes, &sifter.roots, variables);
        sifter
    }

    fn sift(&mut self, most_work: usize) {
        let mut largest_first = self.order.clone();
        largest_first.sort_by_key(|&variable| Reverse(self.of[variable as usize].len));
        for variable in largest_first {
            if self.work > most_work || self.of[variable as usize].len == 0 {
                break;
            }
            self.settle(variable as usize);
        }
    }

    /// Moves a variable both ways, the shorter way first, and back to where it was best.
    fn settle(&mut self, variable: usize) {
        let last = self.order.len() - 1;
        let (mut best, mut at) = (self.live, self.place[variable]);
        let down_first = last - at < at;
        for down in [down_first, !down_first] {
            while self.place[variable] != if down { last } else { 0 } && self.live as f64 <= GROWTH * best as f64 {
                self.exchange(if down { self.place[variable] } else { self.place[variable] - 1 });
                if self.live < best {
                    (best, at) = (self.live, self.place[variable]);
                }
            }
        }
        while self.place[variable] != at {
            self.exchange(self.place[variable] - usize::from(self.place[variable] > at));
        }
    }

    /// Exchanges the variable at a place with the next: only nodes of the upper that lead to the lower change, and stay
    /// the same conditions.
    fn exchange(&mut self, place: usize) {
        let [upper, lower] = [self.order[place], self.order[place + 1]];
        if self.interactions.of(upper, lower) {
            self.exchange_nodes(upper, lower);
        }
        self.order.swap(place, place + 1);
        (self.place[upper as usize], self.place[lower as usize]) = (place + 1, place);
    }

    fn exchange_nodes(&mut self, upper: u32, lower: u32) {
        self.work += self.of[upper as usize].len;
        let mut changed = std::mem::take(&mut self.changed);
        self.of[upper as usize].take_parents_of(lower, &mut self.nodes, &mut changed);
        for node in changed.drain(..) {
            self.work += 4;
            let children = self.nodes[node as usize].children;
            let [low, high] = children.map(|child| self.below(child, lower));
            let children_anew = [0, 1].map(|side| {
                let child = self.make(upper, [low[side], high[side]]);
                self.nodes[child.node()].uses += 1;
                child
            });
            self.nodes[node as usize].variable = lower;
            self.nodes[node as usize].children = children_anew;
            self.of[lower as usize].insert(&mut self.nodes, node);
            children.into_iter().for_each(|child| self.release(child));
        }
        self.changed = changed;
    }

    /// What is left of a condition where a variable, which is not below its own, is off and where it is on.
    fn below(&self, edge: Edge, variable: u32) -> [Edge; 2] {
        let node = self.nodes[edge.node()];
        if node.variable == variable { node.children.map(|child| child.denied_if(edge.is_denied())) } else { [edge; 2] }
    }

    fn make(&mut self, variable: u32, [low, high]: [Edge; 2]) -> Edge {
        if low == high {
            return low;
        }
        let denied = high.is_denied();
        let children = [low, high].map(|child| child.denied_if(denied));
        if let Some(node) = self.of[variable as usize].find(&self.nodes, children) {
            return Edge::of(node).denied_if(denied);
        }
        children.iter().for_each(|child| self.nodes[child.node()].uses += 1);
        let node = Node { variable, children, uses: 0, next: NONE };
        let index = self.free.pop().unwrap_or_else(|| {
            self.nodes.push(node);
            narrow(self.nodes.len() - 1)
        });
        self.nodes[index as usize] = node;
        self.of[variable as usize].insert(&mut self.nodes, index);
        self.live += 1;
        Edge::of(index).denied_if(denied)
    }

    /// One parent less; without any, a node goes, and so on below it.
    fn release(&mut self, edge: Edge) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.push(edge);
        while let Some(edge) = waiting.pop() {
            if edge.node() == Edge::TOP.node() {
                continue;
            }
            let node = &mut self.nodes[edge.node()];
            node.uses -= 1;
            if node.uses == 0 {
                let Node { variable, children, .. } = *node;
                let index = narrow(edge.node());
                self.of[variable as usize].remove(&mut self.nodes, index);
                self.free.push(index);
                self.live -= 1;
                waiting.extend(children);
            }
        }
        self.waiting = waiting;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs `a & b` joined, each `a` above all `b`: exponential until each pair stands together.
    #[test]
    fn variables_that_belong_together_come_nearer() {
        const PAIRS: usize = 8;
        let mut manager = Manager::new(1_000_000);
        let mut any = Edge::BOTTOM;
        for pair in 0..PAIRS {
            let [one, other] = [pair, PAIRS + pair].map(|level| manager.variable(level));
            let both = manager.and(one, other).expect("it fits");
            any = manager.or(any, both).expect("it fits");
        }
        let before = Sifter::new(&manager, &[any], 2 * PAIRS).live;
        let sifted = sift(&manager, &[any], 2 * PAIRS, usize::MAX);
        assert!(before > 1 << PAIRS);
        assert!(sifted.live < before / 3, "{} of {before}", sifted.live);
        let mut order = sifted.order.clone();
        order.sort_unstable();
        assert_eq!(order, Vec::from_iter(0..2 * PAIRS));
    }

    #[test]
    fn conditions_stay_what_they_are() {
        const VARIABLES: usize = 6;
        let mut manager = Manager::new(1_000_000);
        // Conditions from the bits of some numbers: whatever comes.
        let conditions: Vec<Edge> = [0x2f8a_61c3_9d04_b75e_u64, 0x0f1e_2d3c_4b5a_6978, 0x8001_7ffe_1234_fedc]
            .into_iter()
            .map(|table| {
                let rows: Vec<usize> = (0..1 << VARIABLES).filter(|row| table >> row & 1 == 1).collect();
                rows.into_iter().fold(Edge::BOTTOM, |any, row| {
                    let one = (0..VARIABLES).fold(Edge::TOP, |all, level| {
                        let variable = manager.variable(level);
                        manager.and(all, if row >> level & 1 == 1 { variable } else { !variable }).expect("it fits")
                    });
                    manager.or(any, one).expect("it fits")
                })
            })
            .collect();
        let mut sifter = Sifter::new(&manager, &conditions, VARIABLES);
        let holds = |sifter: &Sifter, mut edge: Edge, row: usize| {
            while edge.node() != Edge::TOP.node() {
                let node = sifter.nodes[edge.node()];
                edge = node.children[row >> node.variable & 1].denied_if(edge.is_denied());
            }
            edge == Edge::TOP
        };
        let tables = |sifter: &Sifter| -> Vec<Vec<bool>> {
            let table = |&root: &Edge| (0..1 << VARIABLES).map(|row| holds(sifter, root, row)).collect();
            sifter.roots.iter().map(table).collect()
        };
        let (before, live) = (tables(&sifter), sifter.live);
        for place in [0, 3, 1, 4, 2] {
            sifter.exchange(place);
            assert_eq!(tables(&sifter), before);
        }
        sifter.sift(usize::MAX);
        assert_eq!(tables(&sifter), before);
        assert!(sifter.live <= live);
        assert_eq!(sifter.live, sifter.of.iter().map(|of| of.len).sum::<usize>());
    }
}
