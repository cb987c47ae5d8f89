//! The dense core of a graph, as rows of bits, and the search for an order of it.

/// The most variables of a table.
pub(super) const MOST_WIDTH: usize = 48;

/// What is left once no variable can be eliminated without cost. The last rows are not to be eliminated.
#[derive(Debug, Clone)]
pub(super) struct Dense {
    words: usize,
    nodes: usize,
    /// How many of the nodes are to be ordered; they come first.
    free: usize,
    rows: Vec<u64>,
}

/// An order of the free nodes.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) sequence: Vec<u32>,
    pub(super) cost: f64,
}

/// Noise that is the same every time (xorshift; Marsaglia 2003).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from((u128::from(self.next()) * end as u128) >> 64).expect("below a usize")
    }

    /// The Metropolis threshold at a temperature of 1: the largest rise that is still accepted.
    fn threshold(&mut self) -> f64 {
        -libm::log(1.0 - self.share())
    }
}

/// How a greedy run breaks ties and how much it leaves to chance.
#[derive(Clone, Copy)]
struct Taste {
    /// What a neighbour counts beside a missing edge.
    degree: f64,
    /// How much is left to chance, in missing edges.
    noise: f64,
}

impl Dense {
    pub(super) fn new(nodes: usize, free: usize) -> Self {
        let words = nodes.div_ceil(64).max(1);
        Self { words, nodes, free, rows: vec![0; nodes * words] }
    }

    pub(super) fn link(&mut self, one: usize, other: usize) {
        self.rows[one * self.words + other / 64] |= 1 << (other % 64);
        self.rows[other * self.words + one / 64] |= 1 << (one % 64);
    }

    /// The best order found; the width of the narrowest table over which there is none. The search goes on for a
    /// part of what the best order costs, `already` beside it, and no longer than for a part of `most`.
    pub(super) fn best(&self, already: f64, most: f64) -> Result<Found, usize> {
        /// Steps of the search for each multiplication to come, at most, and of hopeless ones for each allowed.
        const GREEDY: f64 = 0.08;
        const ANNEALED: f64 = 0.2;
        const HOPELESS: f64 = 0.05;
        let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
        let mut search = Search::new(self);
        let mut best = search.greedy(Taste { degree: 0.0, noise: 0.0 }, &mut noise, f64::INFINITY);
        if self.free < 2 {
            return best.ok_or(search.narrowest);
        }
        let allowed = |part: f64, best: &Option<Found>| {
            let cost = best.as_ref().map_or(f64::INFINITY, |found| found.cost + already);
            (part * cost).min(HOPELESS * most)
        };
        while search.steps < allowed(GREEDY, &best) {
            let taste = Taste { degree: [0.0, 0.5, 1.0][noise.below(3)], noise: 3.0 * noise.share() };
            let bound = best.as_ref().map_or(f64::INFINITY, |found| found.cost);
            best = search.greedy(taste, &mut noise, bound).or(best);
        }
        let Some(mut best) = best else { return Err(search.narrowest) };
        while search.steps < allowed(ANNEALED, &Some(best.clone())) {
            let rounds = (allowed(ANNEALED, &Some(best.clone())) - search.steps) / search.steps_a_run().max(1.0);
            best = search.annealed(best, rounds.min(100_000.0), &mut noise);
        }
        Ok(best)
    }
}

/// A search, with room to work in.
struct Search<'a> {
    graph: &'a Dense,
    rows: Vec<u64>,
    /// Nodes that are not taken out yet.
    alive: Vec<u64>,
    /// Missing edges among the neighbours of each node.
    missing: Vec<u32>,
    stale: Vec<u64>,
    around: Vec<u64>,
    /// Words read so far.
    steps: f64,
    /// The least width over which a run was given up.
    narrowest: usize,
}

impl<'a> Search<'a> {
    fn new(graph: &'a Dense) -> Self {
        let words = graph.words;
        Self {
            graph,
            rows: Vec::new(),
            alive: vec![0; words],
            missing: vec![0; graph.nodes],
            stale: vec![0; words],
            around: vec![0; words],
            steps: 0.0,
            narrowest: usize::MAX,
        }
    }

    fn steps_a_run(&self) -> f64 {
        // What one evaluation of an order takes, roughly: each node's row joined to those around it.
        let (nodes, words) = (self.graph.nodes as f64, self.graph.words as f64);
        nodes * words * 12.0
    }

    fn restart(&mut self) {
        self.rows.clone_from(&self.graph.rows);
        for (word, alive) in self.alive.iter_mut().enumerate() {
            let left = self.graph.nodes.saturating_sub(64 * word);
            *alive = if left >= 64 { u64::MAX } else { (1 << left) - 1 };
        }
    }

    fn row(&self, node: usize) -> &[u64] {
        &self.rows[node * self.graph.words..(node + 1) * self.graph.words]
    }

    /// Takes a node out and links what it was linked with. The size of the table, which is none above the widest.
    fn eliminate(&mut self, node: usize) -> Option<f64> {
        let words = self.graph.words;
        self.around.copy_from_slice(&self.rows[node * words..(node + 1) * words]);
        self.alive[node / 64] &= !(1 << (node % 64));
        let degree: u32 = self.around.iter().map(|word| word.count_ones()).sum();
        self.steps += f64::from(degree + 1) * words as f64;
        if degree as usize >= MOST_WIDTH {
            self.narrowest = self.narrowest.min(degree as usize + 1);
            return None;
        }
        for index in 0..words {
            let mut bits = self.around[index];
            while bits != 0 {
                let other = 64 * index + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let row = &mut self.rows[other * words..(other + 1) * words];
                row.iter_mut().zip(&self.around).for_each(|(row, around)| *row |= around);
                row[other / 64] &= !(1 << (other % 64));
                row[node / 64] &= !(1 << (node % 64));
            }
        }
        Some((1_u64 << (degree + 1)) as f64)
    }

    /// Takes out the node that scores lowest, until none is left. None where it costs as much as `bound`.
    fn greedy(&mut self, taste: Taste, noise: &mut Noise, bound: f64) -> Option<Found> {
        self.restart();
        let free = self.graph.free;
        (0..free).for_each(|node| self.count_missing(node));
        let mut found = Found { sequence: Vec::with_capacity(free), cost: 0.0 };
        let mut left: Vec<usize> = (0..free).collect();
        while !left.is_empty() {
            let mut best = (f64::INFINITY, 0);
            for (place, &node) in left.iter().enumerate() {
                let mut score = f64::from(self.missing[node]);
                if taste.degree > 0.0 {
                    let degree: u32 = self.row(node).iter().map(|word| word.count_ones()).sum();
                    score += taste.degree * f64::from(degree);
                }
                if taste.noise > 0.0 {
                    score += taste.noise * noise.share();
                }
                if score < best.0 {
                    best = (score, place);
                }
            }
            self.steps += left.len() as f64;
            let node = left.swap_remove(best.1);
            let simplicial = self.missing[node] == 0;
            found.cost += self.eliminate(node)?;
            found.sequence.push(u32::try_from(node).expect("few nodes"));
            if found.cost >= bound {
                return None;
            }
            self.recount(simplicial);
        }
        Some(found)
    }

    /// Counts anew where the last elimination may have changed something.
    fn recount(&mut self, simplicial: bool) {
        let words = self.graph.words;
        self.stale.copy_from_slice(&self.around);
        if !simplicial {
            for index in 0..words {
                let mut bits = self.around[index];
                while bits != 0 {
                    let other = 64 * index + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    let row = &self.rows[other * words..(other + 1) * words];
                    self.stale.iter_mut().zip(row).for_each(|(stale, row)| *stale |= row);
                }
            }
        }
        for index in 0..words {
            let mut bits = self.stale[index] & self.alive[index];
            while bits != 0 {
                let node = 64 * index + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if node < self.graph.free {
                    self.count_missing(node);
                }
            }
        }
    }

    fn count_missing(&mut self, node: usize) {
        let words = self.graph.words;
        let own = &self.rows[node * words..(node + 1) * words];
        let degree: u32 = own.iter().map(|word| word.count_ones()).sum();
        let mut twice = 0;
        for (index, &word) in own.iter().enumerate() {
            let mut bits = word;
            while bits != 0 {
                let other = 64 * index + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let row = &self.rows[other * words..(other + 1) * words];
                let common: u32 = own.iter().zip(row).map(|(own, row)| (own & row).count_ones()).sum();
                twice += degree - 1 - common;
            }
        }
        self.steps += f64::from(degree) * words as f64;
        self.missing[node] = twice / 2;
    }

    /// What an order costs. None where it is as much as `bound`.
    fn cost(&mut self, sequence: &[u32], bound: f64) -> Option<f64> {
        self.restart();
        let mut cost = 0.0;
        for &node in sequence {
            cost += self.eliminate(node as usize)?;
            if cost >= bound {
                return None;
            }
        }
        Some(cost)
    }

    /// Moves nodes about, at first also where it gets a little worse. The best order seen.
    fn annealed(&mut self, best: Found, rounds: f64, noise: &mut Noise) -> Found {
        /// Temperatures, in doublings of the cost.
        const HOT: f64 = 0.5;
        const COLD: f64 = 0.01;
        let free = self.graph.free;
        let (mut now, mut best) = (best.clone(), best);
        let mut round = 0.0;
        while round < rounds {
            let temperature = HOT * libm::pow(COLD / HOT, round / rounds);
            round += 1.0;
            let from = noise.below(free);
            // Near by more often than far away.
            let reach = [8, 32, free][noise.below(3)].min(free);
            let to = (from + noise.below(2 * reach)).saturating_sub(reach).min(free - 1);
            moved(&mut now.sequence, from, to);
            let bound = now.cost * (temperature * noise.threshold()).exp2() * (1.0 + 1e-12);
            match self.cost(&now.sequence, bound) {
                Some(cost) => {
                    now.cost = cost;
                    if cost < best.cost {
                        best.clone_from(&now);
                    }
                }
                None => moved(&mut now.sequence, to, from),
            }
        }
        best
    }
}

/// Moves what is at one place to another; what is between makes room.
fn moved(sequence: &mut [u32], from: usize, to: usize) {
    if from < to {
        sequence[from..=to].rotate_left(1);
    } else {
        sequence[to..=from].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A graph with about this share of all links, and the last nodes held.
    fn graph(nodes: usize, held: usize, share: f64, seed: u64) -> Dense {
        let (mut dense, mut noise) = (Dense::new(nodes, nodes - held), Noise(seed));
        for one in 0..nodes {
            for other in 0..one {
                if noise.share() < share {
                    dense.link(one, other);
                }
            }
        }
        dense
    }

    /// What an order costs, by sets of neighbours: each node takes a table over itself and what it is linked with by then.
    fn by_sets(graph: &Dense, sequence: &[u32]) -> f64 {
        let is_linked = |one: usize, other: usize| graph.rows[one * graph.words + other / 64] >> (other % 64) & 1 == 1;
        let around = |one: usize| (0..graph.nodes).filter(|&other| is_linked(one, other)).collect();
        let mut around: Vec<BTreeSet<usize>> = (0..graph.nodes).map(around).collect();
        let mut cost = 0.0;
        for node in sequence.iter().map(|&node| node as usize) {
            let taken = std::mem::take(&mut around[node]);
            cost += (1_u64 << (taken.len() + 1)) as f64;
            for &one in &taken {
                around[one].extend(taken.iter().filter(|&&other| other != one));
                around[one].remove(&node);
            }
        }
        cost
    }

    fn orders(left: &[u32]) -> Vec<Vec<u32>> {
        if left.is_empty() {
            return vec![Vec::new()];
        }
        let from = |&first: &u32| {
            let others: Vec<u32> = left.iter().copied().filter(|&other| other != first).collect();
            orders(&others).into_iter().map(move |order| [vec![first], order].concat())
        };
        left.iter().flat_map(from).collect()
    }

    #[test]
    fn an_order_has_every_free_node_and_costs_what_its_tables_do() {
        for (nodes, held, share) in [(12, 0, 0.3), (40, 5, 0.1), (70, 0, 0.05), (100, 40, 0.04), (140, 3, 0.015)] {
            for seed in 1..=5 {
                let graph = graph(nodes, held, share, seed);
                let Found { mut sequence, cost } = graph.best(0.0, 1e6).expect("it is narrow");
                assert_eq!(cost, by_sets(&graph, &sequence), "{nodes} nodes, {seed}");
                assert_eq!(Search::new(&graph).cost(&sequence, cost), None, "it costs as much as that");
                assert_eq!(Search::new(&graph).cost(&sequence, cost + 1.0), Some(cost));
                sequence.sort_unstable();
                assert_eq!(sequence, (0..u32::try_from(nodes - held).expect("few")).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn of_small_graphs_the_best_of_all_orders_is_found() {
        let all = orders(&[0, 1, 2, 3, 4, 5]);
        for seed in 1..=20 {
            let graph = graph(6, 0, 0.5, seed);
            let least = all.iter().map(|order| by_sets(&graph, order)).fold(f64::INFINITY, f64::min);
            assert_eq!(graph.best(1e5, 1e12).expect("it is narrow").cost, least, "{seed}");
        }
    }

    #[test]
    fn annealing_mends_the_worst_order() {
        // A star: its centre first takes a table over all, and last none over more than two.
        let mut star = Dense::new(12, 12);
        (1..12).for_each(|leaf| star.link(0, leaf));
        let worst: Vec<u32> = (0..12).collect();
        let worst = Found { cost: by_sets(&star, &worst), sequence: worst };
        let best = Search::new(&star).annealed(worst, 2_000.0, &mut Noise(1));
        assert_eq!((best.cost, by_sets(&star, &best.sequence)), (11.0 * 4.0 + 2.0, 11.0 * 4.0 + 2.0));
    }

    #[test]
    fn every_word_that_is_read_is_counted() {
        // 0 - 1 - 2. Counting at first reads 1 + 2 + 1 rows. Node 0 is chosen of three and has one neighbour, whose
        // row is joined and counted anew: 3 + 2 + 1. Node 2 likewise, of two, after which none is left to read: 2 + 2.
        // Node 1 is alone: 1 + 1.
        let mut path = Dense::new(3, 3);
        path.link(0, 1);
        path.link(1, 2);
        let mut search = Search::new(&path);
        let found =
            search.greedy(Taste { degree: 0.0, noise: 0.0 }, &mut Noise(1), f64::INFINITY).expect("it is narrow");
        assert_eq!((found.sequence, found.cost), (vec![0, 2, 1], 4.0 + 4.0 + 2.0));
        assert_eq!(search.steps, 4.0 + 6.0 + 4.0 + 2.0);
    }

    #[test]
    fn noise_is_spread_evenly() {
        let mut noise = Noise(1);
        let shares: Vec<f64> = (0..10_000).map(|_| noise.share()).collect();
        let mean = shares.iter().sum::<f64>() / 10_000.0;
        // The standard deviation of the mean is 0.0029.
        assert!(shares.iter().all(|share| (0.0..1.0).contains(share)) && (mean - 0.5).abs() < 0.015, "{mean}");
        let mut times = [0; 3];
        (0..3_000).for_each(|_| times[noise.below(3)] += 1);
        // The standard deviation is 26.
        assert!(times.iter().all(|&times| (870..1130).contains(&times)), "{times:?}");
        // A waiting time of mean 1.
        let mean = (0..10_000).map(|_| noise.threshold()).sum::<f64>() / 10_000.0;
        assert!((mean - 1.0).abs() < 0.05, "{mean}");
    }
}
