//! Decision diagrams that share their nodes: a condition has one node, however many statements need it.
//!
//! Reduced ordered diagrams (Bryant 1986) in one table, with complemented edges and a cache of conjunctions (Brace,
//! Rudell and Bryant 1990). What one statement needs has mostly been made for another already.

use crate::logic::program::narrow;

/// More steps than the budget allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent;

/// A condition: a node, and in the lowest bit whether it is denied. Equal conditions are equal edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Edge(u32);

impl Edge {
    /// Always so.
    pub(super) const TOP: Self = Self(0);
    /// Never so.
    pub(super) const BOTTOM: Self = Self(1);

    /// The condition of a node.
    pub(super) fn of(node: u32) -> Self {
        Self(node << 1)
    }

    /// The same or its denial, as `denied` says.
    pub(super) fn denied_if(self, denied: bool) -> Self {
        Self(self.0 ^ u32::from(denied))
    }

    pub(super) fn is_denied(self) -> bool {
        self.0 & 1 == 1
    }

    pub(super) fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// A number of its own, below twice [`Manager::nodes`].
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

impl std::ops::Not for Edge {
    type Output = Self;

    fn not(self) -> Self {
        self.denied_if(true)
    }
}

/// A question about the variable at a level. Its `high` edge is never denied, so that no condition has two nodes.
#[derive(Debug, Clone, Copy)]
struct Node {
    level: u32,
    low: Edge,
    high: Edge,
    /// The next node in the same bucket of the table.
    next: u32,
}

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// All nodes, and what has been worked out lately.
#[derive(Debug)]
pub(super) struct Manager {
    /// Children come before their parents; the first stands for [`Edge::TOP`].
    nodes: Vec<Node>,
    /// The first node of each bucket.
    table: Vec<u32>,
    /// Conjunctions: two edges and the result.
    cache: Vec<[Edge; 3]>,
    /// Room for the cache when it grows.
    spare: Vec<[Edge; 3]>,
    /// Conjunctions that were not found in the cache; no more nodes than these were made.
    steps: usize,
    most_steps: usize,
    tasks: Vec<Task>,
    results: Vec<Edge>,
}

/// What is left to do of a conjunction.
#[derive(Debug, Clone, Copy)]
enum Task {
    Conjoin(Edge, Edge),
    /// Joins the last two results under a level, as the conjunction of two edges.
    Make(u32, Edge, Edge),
}

/// No conjunction.
const EMPTY: [Edge; 3] = [Edge(NONE); 3];

/// Tables start with so many entries.
const FEW: usize = 1 << 12;

/// The cache has no more entries than this.
const MOST_CACHED: usize = 1 << 23;

impl Manager {
    /// Diagrams are made of no more variables than this.
    pub(super) const MOST_VARIABLES: usize = u16::MAX as usize;

    /// No conditions but top and bottom, and how many steps may be taken in all.
    pub(super) fn new(most_steps: usize) -> Self {
        let mut manager = Self {
            nodes: Vec::new(),
            table: Vec::new(),
            cache: Vec::new(),
            spare: Vec::new(),
            steps: 0,
            most_steps,
            tasks: Vec::new(),
            results: Vec::new(),
        };
        manager.clear(most_steps);
        manager
    }

    /// The same in the memory of one that is no longer needed, if there is any: to get memory anew takes as long as to
    /// make diagrams in it.
    pub(super) fn among(unused: &mut Vec<Self>, most_steps: usize) -> Self {
        let Some(mut manager) = unused.pop() else { return Self::new(most_steps) };
        manager.clear(most_steps);
        manager
    }

    fn clear(&mut self, most_steps: usize) {
        self.nodes.clear();
        self.nodes.push(Node { level: u32::MAX, low: Edge::TOP, high: Edge::TOP, next: NONE });
        anew(&mut self.table, FEW, NONE);
        anew(&mut self.cache, FEW, EMPTY);
        self.tasks.clear();
        self.results.clear();
        (self.steps, self.most_steps) = (0, most_steps);
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// How many steps have been taken.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    /// The level that a condition asks first, and what is left of it where that is off and where it is on. None of top
    /// and bottom.
    pub(super) fn question(&self, edge: Edge) -> Option<(usize, [Edge; 2])> {
        let Node { level, low, high, .. } = self.nodes[edge.node()];
        let children = [low, high].map(|child| child.denied_if(edge.is_denied()));
        (edge.node() > 0).then_some((level as usize, children))
    }

    /// The condition that the variable at a level is on.
    pub(super) fn variable(&mut self, level: usize) -> Edge {
        self.make(narrow(level), Edge::BOTTOM, Edge::TOP)
    }

    /// Both conditions. Cost: one step for each pair of nodes at worst.
    ///
    /// # Errors
    ///
    /// [`Spent`] if that is more than is left of the budget.
    pub(super) fn and(&mut self, one: Edge, other: Edge) -> Result<Edge, Spent> {
        if let Some(known) = self.known(one, other) {
            return Ok(known);
        }
        // Diagrams are as deep as there are variables: too deep for the stack of the machine.
        let mut tasks = std::mem::take(&mut self.tasks);
        let mut results = std::mem::take(&mut self.results);
        tasks.push(Task::Conjoin(one, other));
        while let Some(task) = tasks.pop() {
            match task {
                Task::Conjoin(one, other) => match self.known(one, other) {
                    Some(known) => results.push(known),
                    None if self.steps >= self.most_steps => return Err(Spent),
                    None => {
                        self.steps += 1;
                        let [first, second] = [one, other].map(|edge| self.nodes[edge.node()].level);
                        let level = first.min(second);
                        let ([one_low, one_high], [other_low, other_high]) =
                            (self.below(one, level), self.below(other, level));
                        tasks.push(Task::Make(level, one, other));
                        tasks.push(Task::Conjoin(one_high, other_high));
                        tasks.push(Task::Conjoin(one_low, other_low));
                    }
                },
                Task::Make(level, one, other) => {
                    let high = results.pop().expect("of the task before");
                    let low = results.pop().expect("of the task before that");
                    let made = self.make(level, low, high);
                    let [one, other] = ordered(one, other);
                    let place = bucket(self.cache.len(), [one.0, other.0, 0]);
                    self.cache[place] = [one, other, made];
                    results.push(made);
                }
            }
        }
        let result = results.pop().expect("of the last task");
        (self.tasks, self.results) = (tasks, results);
        Ok(result)
    }

    /// At least one of the conditions. Cost and errors as [`Manager::and`].
    pub(super) fn or(&mut self, one: Edge, other: Edge) -> Result<Edge, Spent> {
        Ok(!self.and(!one, !other)?)
    }

    /// A conjunction, where it is plain or has been worked out lately.
    fn known(&self, one: Edge, other: Edge) -> Option<Edge> {
        if one == Edge::BOTTOM || other == Edge::BOTTOM || one == !other {
            return Some(Edge::BOTTOM);
        }
        if one == Edge::TOP || one == other {
            return Some(other);
        }
        if other == Edge::TOP {
            return Some(one);
        }
        let [one, other] = ordered(one, other);
        let [of, and, result] = self.cache[bucket(self.cache.len(), [one.0, other.0, 0])];
        (of == one && and == other).then_some(result)
    }

    /// What is left of a condition where the variable at a level, which is not below its own, is off and where it is on.
    fn below(&self, edge: Edge, level: u32) -> [Edge; 2] {
        let node = self.nodes[edge.node()];
        if node.level == level {
            [node.low, node.high].map(|child| child.denied_if(edge.is_denied()))
        } else {
            [edge; 2]
        }
    }

    fn make(&mut self, level: u32, low: Edge, high: Edge) -> Edge {
        if low == high {
            return low;
        }
        // As a node whose high edge is not denied.
        let denied = high.is_denied();
        let (low, high) = (low.denied_if(denied), high.denied_if(denied));
        let place = bucket(self.table.len(), [level, low.0, high.0]);
        let mut index = self.table[place];
        while index != NONE {
            let node = self.nodes[index as usize];
            if (node.level, node.low, node.high) == (level, low, high) {
                return Edge::of(index).denied_if(denied);
            }
            index = node.next;
        }
        let index = narrow(self.nodes.len());
        self.nodes.push(Node { level, low, high, next: std::mem::replace(&mut self.table[place], index) });
        if self.nodes.len() > self.table.len() {
            self.grow();
        }
        Edge::of(index).denied_if(denied)
    }

    fn grow(&mut self) {
        let size = 2 * self.table.len();
        anew(&mut self.table, size, NONE);
        for (index, node) in (0..).zip(&mut self.nodes).skip(1) {
            let place = bucket(size, [node.level, node.low.0, node.high.0]);
            node.next = std::mem::replace(&mut self.table[place], index);
        }
        if size <= MOST_CACHED {
            std::mem::swap(&mut self.cache, &mut self.spare);
            anew(&mut self.cache, size, EMPTY);
            for &[one, other, result] in self.spare.iter().filter(|[one, ..]| one.0 != NONE) {
                self.cache[bucket(size, [one.0, other.0, 0])] = [one, other, result];
            }
        }
    }
}

/// So many equal entries and nothing else.
fn anew<T: Copy>(table: &mut Vec<T>, size: usize, entry: T) {
    table.clear();
    table.resize(size, entry);
}

fn ordered(one: Edge, other: Edge) -> [Edge; 2] {
    if one <= other { [one, other] } else { [other, one] }
}

/// A place in a table of a size that is a power of two.
pub(super) fn bucket(size: usize, [one, other, third]: [u32; 3]) -> usize {
    // The multipliers and shifts of SplitMix64's finalizer (Steele, Lea and Flood 2014).
    let mixed = u64::from(one).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ u64::from(other).wrapping_mul(0xbf58_476d_1ce4_e5b9)
        ^ u64::from(third).wrapping_mul(0x94d0_49bb_1331_11eb);
    let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ mixed >> 32) as usize & (size - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(manager: &Manager, mut edge: Edge, on: u32) -> bool {
        while let Some((level, children)) = manager.question(edge) {
            edge = children[(on >> level & 1) as usize];
        }
        edge == Edge::TOP
    }

    #[test]
    fn equal_conditions_are_equal_edges() {
        let mut manager = Manager::new(1_000);
        let [a, b, c] = [0, 1, 2].map(|level| manager.variable(level));
        let mut or = |one, other| manager.or(one, other).expect("it is small");
        let (bc, ab) = (or(b, c), or(a, b));
        assert_eq!(or(a, bc), or(ab, c));
        // De Morgan, and the distributive law.
        let [ab, ac] = [b, c].map(|other| manager.and(a, other).expect("it is small"));
        assert_eq!(manager.or(!a, !b), Ok(!ab));
        assert_eq!(manager.and(a, bc), manager.or(ab, ac));
        assert_eq!((manager.and(a, !a), manager.or(a, !a)), (Ok(Edge::BOTTOM), Ok(Edge::TOP)));
    }

    #[test]
    fn a_condition_holds_where_its_parts_do() {
        let mut manager = Manager::new(1_000);
        let [a, b, c] = [2, 0, 1].map(|level| manager.variable(level));
        let not_b = manager.and(a, !b).expect("it is small");
        let either = manager.or(not_b, c).expect("it is small");
        for on in 0..8 {
            let is_on = |level: u32| on >> level & 1 == 1;
            assert_eq!(holds(&manager, either, on), is_on(2) && !is_on(0) || is_on(1), "{on:03b}");
        }
    }

    #[test]
    fn many_conditions_outgrow_the_first_tables_and_stay_right() {
        // Bit sums: as many nodes as pairs of a level and a count.
        let mut manager = Manager::new(1_000_000);
        let levels: usize = 150;
        let mut at_least = vec![Edge::BOTTOM; levels + 1];
        at_least[0] = Edge::TOP;
        // From the last level up, so that each variable comes on top of what there is.
        for level in (0..levels).rev() {
            let variable = manager.variable(level);
            for count in (1..=levels - level).rev() {
                let more = manager.and(at_least[count - 1], variable).expect("it fits");
                at_least[count] = manager.or(at_least[count], more).expect("it fits");
            }
        }
        assert!(manager.nodes() > FEW);
        let first = |count: u32| if count == 0 { 0 } else { u32::MAX >> (32 - count) };
        for count in 0..32 {
            let mut edge = at_least[20];
            while let Some((level, children)) = manager.question(edge) {
                edge = children[usize::from(level < 32 && first(count) >> level & 1 == 1)];
            }
            assert_eq!(edge == Edge::TOP, count >= 20, "{count}");
        }
    }

    #[test]
    fn more_steps_than_allowed_are_an_error() {
        let mut manager = Manager::new(1);
        let [a, b, c] = [0, 1, 2].map(|level| manager.variable(level));
        let both = manager.and(a, b).expect("one step");
        assert_eq!(manager.and(both, c), Err(Spent));
        assert_eq!(manager.and(a, b), Ok(both));
    }
}
