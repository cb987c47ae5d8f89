//! In which order variables are summed out. Finding the best order is NP-hard (Arnborg, Corneil and Proskurowski
//! 1987), so a few good ways are tried, for as long as is in proportion to what they can save.
//!
//! Variables with two neighbours or fewer go first, which costs nothing. What is left is small and dense, and is
//! ordered by *min-fill* with noise, again and again (after Rose 1970; Gogate and Dechter 2004), and the best order is then annealed
//! (Kirkpatrick, Gelatt and Vecchi 1983; for this problem Kjærulff 1992).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::dense::{Dense, MOST_WIDTH};

/// An order and what it costs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ordering {
    pub(super) sequence: Vec<u32>,
    /// The sizes of all tables over a variable that is summed out and those that it is linked with.
    pub(super) cost: f64,
}

/// More variables than this are ordered by degree alone, until as many are left.
const MOST_DENSE: usize = 1200;

/// An order of all variables under which no sum is over more than [`MOST_WIDTH`] of them; otherwise the width that
/// stands against it. `most` is the cost over which no order is of use.
///
/// Cost: for what is sparse, nearly linear in the size of the scopes; for the rest about a fifth of what eliminating
/// it will cost, and for hopeless ones a part of `most`.
pub(super) fn order<'a>(
    variables: usize,
    scopes: impl Iterator<Item = &'a [u32]>,
    last: &[u32],
    most: f64,
) -> Result<Ordering, usize> {
    let mut sparse = Sparse::new(variables, scopes);
    last.iter().for_each(|&variable| sparse.held[variable as usize] = true);
    sparse.reduce()?;
    let (kernel, dense) = sparse.rest();
    let found = dense.best(sparse.cost, most)?;
    let mut sequence = sparse.sequence;
    sequence.extend(found.sequence.into_iter().map(|place| kernel[place as usize]));
    sequence.extend(last);
    Ok(Ordering { sequence, cost: sparse.cost + found.cost })
}

/// A graph as lists of neighbours, from which eliminated ones are removed lazily.
struct Sparse {
    neighbours: Vec<Vec<u32>>,
    degree: Vec<u32>,
    gone: Vec<bool>,
    /// What is to stay.
    held: Vec<bool>,
    alive: usize,
    sequence: Vec<u32>,
    cost: f64,
}

impl Sparse {
    fn new<'a>(variables: usize, scopes: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut edges: Vec<(u32, u32)> = Vec::new();
        for scope in scopes {
            for (index, &one) in scope.iter().enumerate() {
                edges.extend(scope[index + 1..].iter().flat_map(|&other| [(one, other), (other, one)]));
            }
        }
        edges.sort_unstable();
        edges.dedup();
        let mut neighbours = vec![Vec::new(); variables];
        edges.into_iter().for_each(|(one, other)| neighbours[one as usize].push(other));
        Self {
            degree: neighbours.iter().map(|list| u32::try_from(list.len()).expect("as many as variables")).collect(),
            neighbours,
            gone: vec![false; variables],
            held: vec![false; variables],
            alive: variables,
            sequence: Vec::with_capacity(variables),
            cost: 0.0,
        }
    }

    /// Takes out what has few neighbours, for as long as it costs nothing or too much is left.
    fn reduce(&mut self) -> Result<(), usize> {
        const FREE: u32 = 2;
        let mut waiting: BinaryHeap<Reverse<(u32, u32)>> =
            self.degree.iter().copied().zip(0..).map(|(degree, variable)| Reverse((degree, variable))).collect();
        while let Some(Reverse((degree, variable))) = waiting.pop() {
            let at = variable as usize;
            if self.gone[at] || self.held[at] || self.degree[at] != degree {
                continue;
            }
            if degree > FREE && self.alive <= MOST_DENSE {
                break;
            }
            if degree as usize >= MOST_WIDTH {
                return Err(degree as usize + 1);
            }
            for neighbour in self.eliminate(variable) {
                waiting.push(Reverse((self.degree[neighbour as usize], neighbour)));
            }
        }
        Ok(())
    }

    fn eliminate(&mut self, variable: u32) -> Vec<u32> {
        self.gone[variable as usize] = true;
        self.alive -= 1;
        self.sequence.push(variable);
        let mut around = std::mem::take(&mut self.neighbours[variable as usize]);
        around.retain(|&neighbour| !self.gone[neighbour as usize]);
        self.cost += (1_u64 << (around.len() + 1)) as f64;
        for (index, &one) in around.iter().enumerate() {
            self.degree[one as usize] -= 1;
            for &other in &around[index + 1..] {
                if !self.linked(one, other) {
                    self.link(one, other);
                    self.link(other, one);
                }
            }
        }
        around
    }

    fn linked(&mut self, one: u32, other: u32) -> bool {
        let [one, other] = if self.neighbours[one as usize].len() < self.neighbours[other as usize].len() {
            [one, other]
        } else {
            [other, one]
        };
        self.neighbours[one as usize].contains(&other)
    }

    fn link(&mut self, one: u32, other: u32) {
        let one = one as usize;
        self.degree[one] += 1;
        // Removes the eliminated when they are half of the list.
        if self.neighbours[one].len() > 2 * self.degree[one] as usize {
            let gone = &self.gone;
            self.neighbours[one].retain(|&neighbour| !gone[neighbour as usize]);
        }
        self.neighbours[one].push(other);
    }

    /// What is left, by its old and its new numbers; what is held is in the graph's own last rows.
    fn rest(&self) -> (Vec<u32>, Dense) {
        let all = 0..u32::try_from(self.gone.len()).expect("numbered in 32 bits");
        let left = |held: bool| {
            all.clone().filter(move |&variable| !self.gone[variable as usize] && self.held[variable as usize] == held)
        };
        let kernel: Vec<u32> = left(false).collect();
        let free = kernel.len();
        let both: Vec<u32> = kernel.iter().copied().chain(left(true)).collect();
        let mut place = vec![u32::MAX; self.gone.len()];
        both.iter().zip(0..).for_each(|(&variable, new)| place[variable as usize] = new);
        let mut dense = Dense::new(both.len(), free);
        for &variable in &both {
            for &neighbour in self.neighbours[variable as usize].iter().filter(|&&other| !self.gone[other as usize]) {
                dense.link(place[variable as usize] as usize, place[neighbour as usize] as usize);
            }
        }
        (kernel, dense)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: usize, edges: &[[u32; 2]]) -> Ordering {
        order(variables, edges.iter().map(<[u32; 2]>::as_slice), &[], 1e12).expect("it is narrow")
    }

    #[test]
    fn a_tree_costs_four_entries_an_edge() {
        let edges: Vec<[u32; 2]> = (1..500).map(|node| [node / 3, node]).collect();
        let Ordering { sequence, cost } = found(500, &edges);
        assert_eq!(sequence.len(), 500);
        assert_eq!(cost, 499.0 * 4.0 + 2.0);
    }

    #[test]
    fn a_grid_is_no_wider_than_its_side() {
        let mut edges = Vec::new();
        for place in 0..36 {
            edges.extend((place % 6 < 5).then_some([place, place + 1]));
            edges.extend((place < 30).then_some([place, place + 6]));
        }
        let Ordering { sequence, cost } = found(36, &edges);
        let mut sorted = sequence.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..36).collect::<Vec<u32>>());
        assert!(cost < 36.0 * 128.0, "{cost}");
    }

    #[test]
    fn an_order_costs_its_tables_and_ends_with_what_is_last() {
        const NODES: u32 = 60;
        for seed in 1..=8 {
            let near = |node: u32, step: u32| (node % 3 < step).then_some([node * (7 * seed + step) % node, node]);
            let edges: Vec<[u32; 2]> =
                (1..NODES).flat_map(|node| [near(node, 1), near(node, 2), near(node, 3)]).flatten().collect();
            let edges: Vec<[u32; 2]> = edges.into_iter().filter(|[one, other]| one != other).collect();
            let last = [NODES - 2, 3];
            let found =
                order(NODES as usize, edges.iter().map(<[u32; 2]>::as_slice), &last, 1e6).expect("it is narrow");
            let (first, end) = found.sequence.split_at(NODES as usize - last.len());
            assert_eq!(end, last);
            let mut around = vec![std::collections::BTreeSet::new(); NODES as usize];
            for &[one, other] in &edges {
                around[one as usize].insert(other);
                around[other as usize].insert(one);
            }
            let mut cost = 0.0;
            for &node in first {
                let taken = std::mem::take(&mut around[node as usize]);
                cost += (1_u64 << (taken.len() + 1)) as f64;
                for &one in &taken {
                    around[one as usize].extend(taken.iter().filter(|&&other| other != one));
                    around[one as usize].remove(&node);
                }
            }
            assert_eq!(found.cost, cost, "{seed}");
            let mut sorted = found.sequence;
            sorted.sort_unstable();
            assert_eq!(sorted, (0..NODES).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn a_clique_that_is_too_wide_is_refused() {
        let scope: Vec<u32> = (0..60).collect();
        assert_eq!(order(60, std::iter::once(scope.as_slice()), &[], 1e6), Err(60));
    }
}
