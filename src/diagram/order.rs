//! The order of items within rows, with few crossings of the links between rows.
//!
//! Sweeps of means and medians with transposition of neighbours (Gansner, Koutsofios, North and Vo 1993) from several starts, then
//! sifting: each item moves to the best place of its row (Matuszewski, Schönfeld and Molitor 1999). Crossings are counted
//! with a tree of sums (Barth, Jünger and Mutzel 2002).

/// Sweeps from each start; fewer, down to the least, where the links are more than so many for each.
const SWEEPS: usize = 14;
const LEAST_SWEEPS: usize = 4;
const SWEPT_LINKS: usize = 6_000;
/// Rounds of transposition after each.
const TRANSPOSITIONS: usize = 8;
/// Rounds of sifting at most: it nearly always ends by itself before.
const ROUNDS: usize = 12;
/// So many further starts are shuffled where the links are few, in all about so many links.
const MOST_SHUFFLED: usize = 24;
const MOST_LINKS: usize = 5_000;
/// After so many sweeps a start that has half as many crossings again as the best is given up.
const ENOUGH: usize = 3;
/// So many pairs of items are compared by all rounds of sifting from one start.
const MOST_SIFTED: usize = 600_000;

/// Items in rows, and links between items of neighbouring rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// The items of each row, from left to right; every number from 0 on is in one of them.
    pub(super) rows: Vec<Vec<usize>>,
    /// Upper and lower item of each link.
    pub(super) links: Vec<(usize, usize)>,
    /// The rows whose order stays as it is.
    pub(super) fixed: Vec<usize>,
}

impl Rows {
    /// The rows in an order with few crossings, and how many these are.
    ///
    /// Cost: a fixed number of rounds, each linear in the links times the length of the rows.
    pub(super) fn ordered(self) -> (usize, Vec<Vec<usize>>) {
        let count = self.rows.iter().map(Vec::len).sum();
        let (mut above, mut below) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for &(upper, lower) in &self.links {
            below[upper].push(lower);
            above[lower].push(upper);
        }
        let links = self.links.len();
        let free = (0..self.rows.len()).map(|row| !self.fixed.contains(&row)).collect();
        let given = Order { rows: self.rows, places: vec![0; count], above, below, free };
        let mut best = given.clone().improved(usize::MAX);
        let shuffles = MOST_SHUFFLED.min(MOST_LINKS / links.max(1));
        let shuffled = (0..shuffles as u64).map(|seed| given.shuffled(seed));
        for start in [given.searched(false), given.searched(true)].into_iter().chain(shuffled) {
            if best.0 > 0 {
                let limit = best.0;
                best = std::cmp::min_by_key(best, start.improved(limit), |(crossings, _)| *crossings);
            }
        }
        (best.0, best.1.rows)
    }
}

/// Of each item of a row, the sorted places of what it is linked to above and below.
type Ends = Vec<[Vec<usize>; 2]>;

#[derive(Debug, Clone)]
struct Order {
    rows: Vec<Vec<usize>>,
    /// The place of each item in its row.
    places: Vec<usize>,
    /// What each item is linked to in the row above, and below.
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    free: Vec<bool>,
}

impl Order {
    /// The best order that sweeps from this one find, and its crossings. Gives up where they stay far above a limit.
    fn improved(mut self, limit: usize) -> (usize, Self) {
        (0..self.rows.len()).for_each(|row| self.number(row));
        let far = limit.saturating_add(limit / 2);
        let mut best = (self.crossings(), self.rows.clone());
        let links = self.above.iter().map(Vec::len).sum::<usize>().max(1);
        for sweep in 0..(SWEPT_LINKS / links).clamp(LEAST_SWEEPS, SWEEPS) {
            if sweep == ENOUGH && best.0 > far {
                return (best.0, self);
            }
            self.sweep(sweep);
            self.transpose(sweep % 4 > 1);
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
            }
        }
        self.rows = best.1;
        (0..self.rows.len()).for_each(|row| self.number(row));
        let pairs: usize = self.rows.iter().map(|row| row.len() * row.len()).sum();
        let mut stale = self.free.clone();
        (0..ROUNDS.min(MOST_SIFTED / pairs.max(1))).find(|_| !self.each_stale(&mut stale, sift));
        (self.crossings(), self)
    }

    /// The order in which a depth-first search from the first or the last row finds the items.
    fn searched(&self, upwards: bool) -> Self {
        let mut found = Self { rows: vec![Vec::new(); self.rows.len()], ..self.clone() };
        let mut row_of = vec![0; self.places.len()];
        for (row, items) in self.rows.iter().enumerate() {
            items.iter().for_each(|&item| row_of[item] = row);
        }
        let mut seen = vec![false; self.places.len()];
        let starts = self.rows.iter().flatten();
        let starts: Vec<usize> = if upwards { starts.rev().copied().collect() } else { starts.copied().collect() };
        for start in starts {
            let mut waiting = vec![start];
            while let Some(item) = waiting.pop() {
                if !std::mem::replace(&mut seen[item], true) {
                    found.rows[row_of[item]].push(item);
                    waiting.extend(self.above[item].iter().chain(&self.below[item]).rev());
                }
            }
        }
        for (row, items) in self.rows.iter().enumerate().filter(|(row, _)| !self.free[*row]) {
            found.rows[row].clone_from(items);
        }
        found
    }

    /// The same items in an order that depends on the seed alone.
    fn shuffled(&self, seed: u64) -> Self {
        let mut shuffled = self.clone();
        let mut state = seed;
        for (row, _) in shuffled.rows.iter_mut().zip(&self.free).filter(|(_, free)| **free) {
            for last in (1..row.len()).rev() {
                // The upper bits of a linear congruential generator (Knuth 1997, MMIX).
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                row.swap(last, (state >> 33) as usize % (last + 1));
            }
        }
        shuffled
    }

    fn number(&mut self, row: usize) {
        for (place, &item) in self.rows[row].iter().enumerate() {
            self.places[item] = place;
        }
    }

    fn crossings(&self) -> usize {
        (1..self.rows.len()).map(|row| self.crossings_above(row)).sum()
    }

    /// The crossings of links between a row and the one above.
    fn crossings_above(&self, row: usize) -> usize {
        let first = self.rows[row - 1].len().next_power_of_two();
        let mut sums = vec![0; 2 * first];
        let mut crossings = 0;
        for &item in &self.rows[row] {
            for &end in &self.above[item] {
                let mut at = self.places[end] + first;
                while at > 1 {
                    crossings += if at.is_multiple_of(2) { sums[at + 1] } else { 0 };
                    at /= 2;
                }
            }
            for &end in &self.above[item] {
                let mut at = self.places[end] + first;
                while at > 0 {
                    sums[at] += 1;
                    at /= 2;
                }
            }
        }
        crossings
    }

    /// Orders every row by the row before it, downwards and upwards in turn; items without a link there keep their places.
    fn sweep(&mut self, sweep: usize) {
        let (upwards, median, to_the_right) = (sweep % 2 == 1, sweep % 4 < 2, sweep % 8 < 4);
        let count = self.rows.len();
        for step in 1..count {
            let row = if upwards { count - 1 - step } else { step };
            if !self.free[row] {
                continue;
            }
            let linked = if upwards { &self.below } else { &self.above };
            let wanted = |&item: &usize| Some((self.wanted(&linked[item], median)?, item));
            let mut moved: Vec<(f64, usize)> = self.rows[row].iter().filter_map(wanted).collect();
            if to_the_right {
                moved.reverse();
            }
            moved.sort_by(|one, other| one.0.total_cmp(&other.0));
            let mut moved = moved.into_iter().map(|(_, item)| item);
            let is_moved = |item: usize| !linked[item].is_empty();
            let ordered: Vec<usize> = (self.rows[row].iter())
                .map(|&item| if is_moved(item) { moved.next().unwrap_or(item) } else { item })
                .collect();
            self.rows[row] = ordered;
            self.number(row);
        }
    }

    /// The median or the mean of the places of what an item is linked to.
    fn wanted(&self, linked: &[usize], median: bool) -> Option<f64> {
        let places = self.sorted(linked);
        let (low, high) = (places.get(places.len().saturating_sub(1) / 2)?, places.get(places.len() / 2)?);
        let mean = places.iter().sum::<usize>() as f64 / places.len() as f64;
        Some(if median { (low + high) as f64 / 2.0 } else { mean })
    }

    fn sorted(&self, linked: &[usize]) -> Vec<usize> {
        let mut places: Vec<usize> = linked.iter().map(|&item| self.places[item]).collect();
        places.sort_unstable();
        places
    }

    fn ends(&self, row: usize) -> Ends {
        self.rows[row].iter().map(|&item| [self.sorted(&self.above[item]), self.sorted(&self.below[item])]).collect()
    }

    /// Exchanges neighbours as long as that takes crossings away; in the first round also where it makes no difference, if so
    /// asked.
    fn transpose(&mut self, also_equal: bool) {
        let mut stale = self.free.clone();
        for round in 0..TRANSPOSITIONS {
            let least = if also_equal && round == 0 { 0 } else { 1 };
            if !self.each_stale(&mut stale, |row, ends| exchange(row, ends, least)) {
                break;
            }
        }
    }

    /// Changes every row that is stale, and returns whether one was changed. A row that was looked at in vain is stale again
    /// when it or one beside it changes.
    fn each_stale(&mut self, stale: &mut [bool], change: impl Fn(&mut Vec<usize>, &mut Ends) -> bool) -> bool {
        let mut any = false;
        for row in 0..self.rows.len() {
            if !std::mem::take(&mut stale[row]) {
                continue;
            }
            let mut ends = self.ends(row);
            if change(&mut self.rows[row], &mut ends) {
                self.number(row);
                let near = row.saturating_sub(1)..(row + 2).min(stale.len());
                near.for_each(|near| stale[near] = self.free[near]);
                any = true;
            }
        }
        any
    }
}

/// Exchanges neighbours of a row where that takes at least so many crossings away. Returns whether there were any.
fn exchange(row: &mut [usize], ends: &mut [[Vec<usize>; 2]], least: isize) -> bool {
    let mut changed = false;
    for left in 1..row.len() {
        if gain(&ends[left - 1], &ends[left]) >= least {
            ends.swap(left - 1, left);
            row.swap(left - 1, left);
            changed = true;
        }
    }
    changed
}

/// Moves each item of a row to its best place. Returns whether any moved.
fn sift(row: &mut Vec<usize>, ends: &mut Ends) -> bool {
    let mut changed = false;
    for item in row.clone() {
        let from = row.iter().position(|&other| other == item).unwrap_or_default();
        let to = best_place(ends, from);
        if to != from {
            let (moved, its_ends) = (row.remove(from), ends.remove(from));
            row.insert(to, moved);
            ends.insert(to, its_ends);
            changed = true;
        }
    }
    changed
}

/// The place of a row to which an item at `from` moves with the most gain; its own if there is none.
fn best_place(ends: &[[Vec<usize>; 2]], from: usize) -> usize {
    let (mut best, mut gained) = (from, 0);
    let mut total = 0;
    for (to, other) in ends.iter().enumerate().skip(from + 1) {
        total += gain(&ends[from], other);
        if total > gained {
            (best, gained) = (to, total);
        }
    }
    total = 0;
    for to in (0..from).rev() {
        total += gain(&ends[to], &ends[from]);
        if total > gained {
            (best, gained) = (to, total);
        }
    }
    best
}

/// By how many crossings fewer there are if two neighbours change places.
fn gain(left: &[Vec<usize>; 2], right: &[Vec<usize>; 2]) -> isize {
    left.iter().zip(right).map(|(left, right)| inversions(left, right) - inversions(right, left)).sum()
}

/// The pairs of an end of the left item and one of the right that are in the wrong order; both are sorted.
fn inversions(left: &[usize], right: &[usize]) -> isize {
    let (mut pairs, mut before) = (0, 0);
    for &end in left {
        while before < right.len() && right[before] < end {
            before += 1;
        }
        pairs += before as isize;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crossings(rows: &[Vec<usize>], links: &[(usize, usize)]) -> usize {
        let place = |item: usize| rows.iter().find_map(|row| row.iter().position(|&other| other == item));
        let row = |item: usize| rows.iter().position(|row| row.contains(&item));
        let mut crossings = 0;
        for (index, one) in links.iter().enumerate() {
            for other in links[index + 1..].iter().filter(|other| row(other.0) == row(one.0)) {
                let ends = (place(one.0).cmp(&place(other.0)), place(one.1).cmp(&place(other.1)));
                crossings += usize::from(ends.0 == ends.1.reverse() && ends.0.is_ne());
            }
        }
        crossings
    }

    #[test]
    fn links_that_need_not_cross_do_not() {
        // A ladder written upside down: 0 to 5 above, 6 to 11 below, and a row of pairs under them.
        let rows = vec![(0..6).collect(), (6..12).collect::<Vec<usize>>(), vec![14, 12, 13]];
        let mut links: Vec<(usize, usize)> = (0..6).map(|item| (item, 11 - item)).collect();
        links.extend((6..12).map(|item| (item, 12 + (item - 6) / 2)));
        assert!(crossings(&rows, &links) >= 15);
        let (counted, ordered) = Rows { rows, links: links.clone(), fixed: Vec::new() }.ordered();
        assert_eq!((counted, crossings(&ordered, &links)), (0, 0), "{ordered:?}");
    }

    #[test]
    fn the_tree_of_sums_counts_what_pairs_count_and_fixed_rows_stay() {
        let rows: Vec<Vec<usize>> = vec![(0..7).collect(), (7..14).collect()];
        let links: Vec<(usize, usize)> = (0..21).map(|link| (link * 5 % 7, 7 + link * link % 7)).collect();
        let fixed = Rows { rows: rows.clone(), links: links.clone(), fixed: vec![0, 1] };
        assert_eq!(fixed.ordered(), (crossings(&rows, &links), rows.clone()));
        let (mut above, mut below) = (vec![Vec::new(); 14], vec![Vec::new(); 14]);
        for &(upper, lower) in &links {
            below[upper].push(lower);
            above[lower].push(upper);
        }
        let mut order = Order { rows: rows.clone(), places: vec![0; 14], above, below, free: vec![true; 2] };
        (0..2).for_each(|row| order.number(row));
        assert_eq!(order.crossings(), crossings(&rows, &links));
        let (counted, improved) = order.improved(usize::MAX);
        assert_eq!(counted, crossings(&improved.rows, &links));
        assert!(counted < crossings(&rows, &links));
    }
}
