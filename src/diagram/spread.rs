//! Positions along rows: as close to linked items as the neighbours in the row allow.
//!
//! The order in each row is given. Each sweep moves every row to the least weighted sum of squared distances from linked
//! items that keeps the required distances between neighbours: isotonic regression by pooling adjacent violators (Ayer,
//! Brunk, Ewing, Reid and Silverman 1955). The result is narrower than that of Brandes and Köpf (2001), which keeps
//! long lines straight at the cost of width. No row exceeds the page, which is as wide as the widest row: an optimum
//! within bounds is the unbounded optimum, clamped to them.

/// An item of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    /// Its extent along the row.
    pub(super) width: f64,
    /// The space that it keeps free on each side.
    pub(super) margin: f64,
    /// Its middle.
    pub(super) x: f64,
}

impl Item {
    /// The least distance between its middle and that of a neighbour.
    pub(super) fn distance(self, other: Self) -> f64 {
        (self.width + other.width) / 2.0 + self.margin.max(other.margin)
    }
}

/// A link between two items, each given by its row and its index in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) one: (usize, usize),
    pub(super) other: (usize, usize),
    /// The weight of the squared distance, above 0.
    pub(super) weight: f64,
}

/// What pulls at an item: row, index in it, and weight.
type Pulls = Vec<(usize, usize, f64)>;

const SWEEPS: usize = 60;

/// Finds the middles of all items.
///
/// Cost: `SWEEPS` times the number of items and links.
pub(super) fn spread(rows: &mut [Vec<Item>], links: &[Link]) {
    rows.iter_mut().for_each(|row| pack(row));
    let half = rows.iter().map(|row| reach(row)).fold(0.0, f64::max);
    let mut pulls: Vec<Vec<Pulls>> = rows.iter().map(|row| vec![Vec::new(); row.len()]).collect();
    for link in links {
        pulls[link.one.0][link.one.1].push((link.other.0, link.other.1, link.weight));
        pulls[link.other.0][link.other.1].push((link.one.0, link.one.1, link.weight));
    }
    for sweep in 0..SWEEPS {
        for step in 0..rows.len() {
            let row = if sweep % 2 == 0 { step } else { rows.len() - 1 - step };
            let wanted: Vec<(f64, f64)> = (0..rows[row].len()).map(|item| wanted(rows, &pulls, row, item)).collect();
            settle(&mut rows[row], &wanted, half);
        }
    }
}

/// Packs a row tightly around 0.
fn pack(row: &mut [Item]) {
    let mut x = 0.0;
    for item in row.iter_mut() {
        x += item.width / 2.0 + item.margin;
        item.x = x;
        x += item.width / 2.0 + item.margin;
    }
    row.iter_mut().for_each(|item| item.x -= x / 2.0);
}

/// How far a packed row extends from 0.
fn reach(row: &[Item]) -> f64 {
    row.last().map_or(0.0, |item| item.x + item.width / 2.0)
}

/// The position of an item if it had no neighbours, and its weight.
fn wanted(rows: &[Vec<Item>], pulls: &[Vec<Pulls>], row: usize, item: usize) -> (f64, f64) {
    let (mut sum, mut total) = (0.0, 0.0);
    for &(other_row, other, weight) in &pulls[row][item] {
        sum += weight * rows[other_row][other].x;
        total += weight;
    }
    if total > 0.0 { (sum / total, total) } else { (rows[row][item].x, 0.05) }
}

/// Moves a row as close to the wanted positions as the distances in it allow, and no farther than `half` from 0.
fn settle(row: &mut [Item], wanted: &[(f64, f64)], half: f64) {
    let ([first, ..], [.., last]) = (&*row, &*row) else { return };
    let (first, last) = (first.width / 2.0, last.width / 2.0);
    // Pools of touching items: position of the first less all distances before it, total weight, number of items.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(row.len());
    for index in 0..row.len() {
        if index > 0 {
            let (before, item) = (row[index - 1], row[index]);
            offset += before.distance(item);
        }
        offsets.push(offset);
        pools.push((wanted[index].0 - offset, wanted[index].1, 1));
        while let [.., before, last] = pools.as_slice()
            && before.0 > last.0
        {
            let weight = before.1 + last.1;
            let merged = ((before.0 * before.1 + last.0 * last.1) / weight, weight, before.2 + last.2);
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    let places = pools.iter().flat_map(|&(place, _, count)| std::iter::repeat_n(place, count));
    let low = first - half;
    let high = (half - last - offset).max(low);
    for ((item, place), offset) in row.iter_mut().zip(places).zip(offsets) {
        item.x = place.clamp(low, high) + offset;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_keep_their_distance_and_lone_items_stand_above_each_other() {
        let item = |width| Item { width, margin: 5.0, x: 0.0 };
        let mut rows = vec![vec![item(10.0), item(10.0), item(10.0)], vec![item(10.0)]];
        let links: Vec<Link> = (0..3).map(|index| Link { one: (0, index), other: (1, 0), weight: 1.0 }).collect();
        spread(&mut rows, &links);
        // All three want the same place: they stand side by side around it, 15 apart.
        assert!((rows[0][1].x - rows[0][0].x - 15.0).abs() < 1e-6);
        assert!((rows[0][2].x - rows[0][1].x - 15.0).abs() < 1e-6);
        assert!((rows[0][1].x - rows[1][0].x).abs() < 1e-6);
    }

    #[test]
    fn no_row_leaves_the_page() {
        let mut row = vec![Item { width: 10.0, margin: 5.0, x: 0.0 }; 3];
        // Whatever pulls: the last box ends at 50, the others keep 15 from middle to middle.
        settle(&mut row, &[(1000.0, 1.0), (-40.0, 1.0), (1000.0, 1.0)], 50.0);
        assert!(row.iter().zip([15.0, 30.0, 45.0]).all(|(item, x)| (item.x - x).abs() < 1e-9), "{row:?}");
        settle(&mut row, &[(-1000.0, 1.0); 3], 50.0);
        assert!(row.iter().zip([-45.0, -30.0, -15.0]).all(|(item, x)| (item.x - x).abs() < 1e-9), "{row:?}");
    }
}
