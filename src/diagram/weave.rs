//! Puts boxes into their rows, and the lines that pass these rows between them.

use std::collections::{BTreeMap, BTreeSet};

use super::geometry::{Point, Rect};
use super::order::Rows;
use super::plan::Sizes;
use super::route::{Bend, CORNER, Pass};
use super::spread::{Item, Link, spread};
use super::straighten::{Passage, straighten};

/// Between nodes of a row.
pub(super) const NODE_GAP: f64 = 26.0;
/// Between nodes of a row that a line joins: room for its heads at both ends, and for the line.
const BESIDE_GAP: f64 = 46.0;
/// Between rows.
pub(super) const ROW_GAP: f64 = 62.0;
/// Between a row and the labels of lines above or below it.
const LABEL_GAP: f64 = 30.0;
/// Between a row and the rim.
const RIM_GAP: f64 = 26.0;
/// Above what rises over a row.
pub(super) const ABOVE_ARCH: f64 = 14.0;
/// How high the lowest arch rises, by how much each over it rises more, and how much that can be in all.
const RISE: f64 = 28.0;
const RISE_STEP: f64 = 4.0;
const MOST_RISEN: f64 = 72.0;
/// A row that is higher than this has a column of boxes in it.
const TALL: f64 = 300.0;
/// Between lines that pass through a row.
const LINE_GAP: f64 = 9.0;

/// A line through the rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strand {
    pub(super) edge: usize,
    /// The node at each end; none where it goes on beyond the rim.
    pub(super) upper: Option<usize>,
    pub(super) lower: Option<usize>,
}

/// What is to be woven.
#[derive(Debug, Clone, Default)]
pub(super) struct Threads {
    /// The row of each node, from 0 at the top.
    pub(super) rows: BTreeMap<usize, usize>,
    /// The level of each row, where levels were broken into several.
    pub(super) levels: Vec<usize>,
    pub(super) strands: Vec<Strand>,
    /// The edges that come in at the upper and the lower rim, from left to right.
    pub(super) rims: [Vec<usize>; 2],
    /// The width that stays free at the left end of each rim.
    pub(super) free: [f64; 2],
    /// The edges whose label stands where they come in at the upper rim.
    pub(super) labelled: BTreeSet<usize>,
}

/// Places that start at 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Woven {
    pub(super) boxes: BTreeMap<usize, Rect>,
    /// The top and the bottom of the row of each node.
    pub(super) bands: BTreeMap<usize, (f64, f64)>,
    /// Of each edge, from its upper end to its lower end.
    pub(super) bends: BTreeMap<usize, Bend>,
    pub(super) width: f64,
    pub(super) height: f64,
    /// How often lines cross.
    pub(super) crossings: usize,
}

/// What stands in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Box(usize),
    /// A line that passes.
    Line,
    /// A line that passes, with its label.
    Label,
    /// Above two nodes that a line joins within their row: it pulls them together.
    Hub,
    /// The place of a line at the rim.
    Rim,
    /// What stays free at the rim.
    Free,
}

#[derive(Debug, Clone, Copy)]
struct Thing {
    what: What,
    row: usize,
    width: f64,
    height: f64,
}

/// The rows of nodes with those of labels and rims between and around them.
struct Loom<'a> {
    threads: &'a Threads,
    sizes: &'a Sizes,
    /// The place of each row of nodes among all rows, and of the row of labels below it.
    row_at: Vec<usize>,
    label_at: BTreeMap<usize, usize>,
    count: usize,
    things: Vec<Thing>,
    box_of: BTreeMap<usize, usize>,
    /// The things on the way of each edge, its ends among them.
    ways: BTreeMap<usize, Vec<usize>>,
    hubs: Vec<(usize, [usize; 2])>,
    rims: [Vec<usize>; 2],
}

/// Weaves lines and boxes.
///
/// Cost: that of ordering the rows, which is linear in the links between rows times the length of rows.
pub(super) fn weave(threads: &Threads, sizes: &Sizes) -> Woven {
    let mut loom = Loom::new(threads, sizes);
    loom.fill();
    let (crossings, order) = loom.ordered(loom.start());
    let xs = loom.spread(&order);
    Woven { crossings, ..loom.placed(&order, &xs) }
}

impl<'a> Loom<'a> {
    fn new(threads: &'a Threads, sizes: &'a Sizes) -> Self {
        let rows = threads.rows.values().max().map_or(0, |last| last + 1);
        let labelled: BTreeSet<usize> =
            threads.strands.iter().filter_map(|one| label_row(threads, sizes, one)).collect();
        let has_hub = threads.strands.iter().any(|one| row_joined(threads, one) == Some(0));
        let is_rimmed = [0, 1].map(|rim| !threads.rims[rim].is_empty() || threads.free[rim] > 0.0);
        let mut count = usize::from(has_hub || is_rimmed[0]);
        let (mut row_at, mut label_at) = (Vec::new(), BTreeMap::new());
        for row in 0..rows {
            row_at.push(count);
            count += 1;
            if labelled.contains(&row) {
                label_at.insert(row, count);
                count += 1;
            }
        }
        count += usize::from(is_rimmed[1]);
        Self {
            threads,
            sizes,
            row_at,
            label_at,
            count,
            things: Vec::new(),
            box_of: BTreeMap::new(),
            ways: BTreeMap::new(),
            hubs: Vec::new(),
            rims: Default::default(),
        }
    }

    fn put(&mut self, what: What, row: usize, (width, height): (f64, f64)) -> usize {
        self.things.push(Thing { what, row, width, height });
        self.things.len() - 1
    }

    /// Makes the things of all rows.
    fn fill(&mut self) {
        let (threads, last) = (self.threads, self.count.saturating_sub(1));
        for (&node, &row) in &threads.rows {
            let thing = self.put(What::Box(node), self.row_at[row], self.sizes.nodes[node]);
            self.box_of.insert(node, thing);
        }
        for rim in [0, 1] {
            let row = if rim == 0 { 0 } else { last };
            if threads.free[rim] > 0.0 {
                let free = self.put(What::Free, row, (threads.free[rim], 0.0));
                self.rims[rim].push(free);
            }
            for edge in &threads.rims[rim] {
                let label = self.sizes.labels[*edge].filter(|_| rim == 0 && threads.labelled.contains(edge));
                let place = self.put(What::Rim, row, label.unwrap_or_default());
                self.rims[rim].push(place);
            }
        }
        for strand in &threads.strands {
            self.lead(strand);
        }
    }

    /// Makes the things on the way of a line.
    fn lead(&mut self, strand: &Strand) {
        let threads = self.threads;
        let at_rim = |rim: usize, things: &[usize]| {
            let place = threads.rims[rim].iter().position(|&edge| edge == strand.edge);
            let skipped = usize::from(threads.free[rim] > 0.0);
            place.map_or(0, |place| things[place + skipped])
        };
        let end = |node: Option<usize>, rim: usize| {
            node.map_or_else(|| at_rim(rim, &self.rims[rim]), |node| self.box_of[&node])
        };
        let (upper, lower) = (end(strand.upper, 0), end(strand.lower, 1));
        let (first, last) = (self.things[upper].row, self.things[lower].row);
        let mut way = vec![upper];
        if first == last {
            let hub = self.put(What::Hub, first.saturating_sub(1), (0.0, 0.0));
            self.hubs.push((hub, [upper, lower]));
        }
        let label = label_row(threads, self.sizes, strand).map(|row| self.label_at[&row]);
        for row in first + 1..last {
            let (what, size) = if label == Some(row) {
                (What::Label, self.sizes.labels[strand.edge].unwrap_or_default())
            } else {
                (What::Line, (0.0, 0.0))
            };
            way.push(self.put(what, row, size));
        }
        way.push(lower);
        self.ways.insert(strand.edge, way);
    }

    /// The things of each row, in the order of the levels before they were broken: it has no more crossings broken than whole.
    fn start(&self) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); self.count];
        self.things.iter().enumerate().for_each(|(thing, one)| rows[one.row].push(thing));
        let levels = &self.threads.levels;
        if levels.is_empty() {
            return rows;
        }
        let nodes = self.threads.rows.iter().map(|(&node, &row)| (node, levels[row])).collect();
        let whole = Threads { rows: nodes, levels: Vec::new(), ..self.threads.clone() };
        let mut whole = Loom::new(&whole, self.sizes);
        whole.fill();
        let mut places = vec![0; whole.things.len()];
        for row in whole.ordered(whole.start()).1 {
            row.iter().enumerate().for_each(|(place, &thing)| places[thing] = place);
        }
        let mut keys = vec![0; self.things.len()];
        self.box_of.iter().for_each(|(node, &thing)| keys[thing] = places[whole.box_of[node]]);
        for (edge, way) in &self.ways {
            let same_level = |thing: usize| {
                let row = self.level_row(self.things[thing].row, &whole);
                let led = whole.ways[edge].iter().find(|&&other| whole.things[other].row == row);
                led.or(whole.ways[edge].first()).map_or(0, |&other| places[other])
            };
            way[1..way.len() - 1].iter().for_each(|&thing| keys[thing] = same_level(thing));
        }
        let is_rim =
            |row: usize| (0..2).any(|rim| self.rims[rim].first().is_some_and(|&thing| self.things[thing].row == row));
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| !is_rim(*row)) {
            row.sort_by_key(|&thing| keys[thing]);
        }
        rows
    }

    /// The row of whole levels of which a row is a part.
    fn level_row(&self, row: usize, whole: &Loom<'_>) -> usize {
        let labelled = self.label_at.iter().find(|(_, at)| **at == row).map(|(&above, _)| self.threads.levels[above]);
        let label_row = labelled.and_then(|level| whole.label_at.get(&level).copied());
        let of_nodes = self.row_at.iter().rposition(|&at| at <= row).map(|row| whole.row_at[self.threads.levels[row]]);
        label_row.or(of_nodes).unwrap_or_default()
    }

    /// The things of each row from left to right, ordered from a start.
    fn ordered(&self, rows: Vec<Vec<usize>>) -> (usize, Vec<Vec<usize>>) {
        let mut links = Vec::new();
        let led = self.ways.values().filter(|way| self.things[way[0]].row != self.things[way[1]].row);
        led.for_each(|way| links.extend(way.windows(2).map(|pair| (pair[0], pair[1]))));
        links.extend(self.hubs.iter().flat_map(|(hub, ends)| ends.iter().map(move |&end| (*hub, end))));
        let last = self.count.saturating_sub(1);
        let fixed = [(0, 0), (1, last)].into_iter().filter(|(rim, _)| !self.rims[*rim].is_empty());
        Rows { rows, links, fixed: fixed.map(|(_, row)| row).collect() }.ordered()
    }

    /// The middles of all things.
    fn spread(&self, order: &[Vec<usize>]) -> Vec<f64> {
        let mut places = vec![(0, 0); self.things.len()];
        for (row, things) in order.iter().enumerate() {
            things.iter().enumerate().for_each(|(place, &thing)| places[thing] = (row, place));
        }
        let joined: BTreeSet<usize> = self.hubs.iter().flat_map(|(_, ends)| ends).copied().collect();
        let item = |&thing: &usize| {
            let Thing { what, width, .. } = self.things[thing];
            let margin = match what {
                What::Box(_) if joined.contains(&thing) => BESIDE_GAP,
                What::Box(_) | What::Free => NODE_GAP / 2.0,
                What::Rim => LINE_GAP,
                What::Line | What::Label | What::Hub => LINE_GAP / 2.0,
            };
            Item { width, margin, x: 0.0 }
        };
        let mut rows: Vec<Vec<Item>> = order.iter().map(|things| things.iter().map(item).collect()).collect();
        spread(&mut rows, &self.pulls(&places));
        let side = |thing: usize| {
            let (row, place) = places[thing];
            let item = rows[row][place];
            let half = (item.width / 2.0 - CORNER).max(0.0);
            (item.x - half, item.x + half)
        };
        let passages: Vec<Passage> = (self.ways.values())
            .map(|way| Passage {
                leave: side(way[0]),
                items: way[1..way.len() - 1].iter().map(|&thing| places[thing]).collect(),
                arrive: side(way[way.len() - 1]),
            })
            .collect();
        straighten(&mut rows, &passages);
        places.iter().map(|&(row, place)| rows[row][place].x).collect()
    }

    /// One link for each step of a line from row to row. Steps between inner places pull harder, which keeps lines straight.
    fn pulls(&self, places: &[(usize, usize)]) -> Vec<Link> {
        let mut links = Vec::new();
        for (hub, ends) in &self.hubs {
            links.extend(ends.iter().map(|&end| Link { one: places[*hub], other: places[end], weight: 2.0 }));
        }
        for way in self.ways.values().filter(|way| self.things[way[0]].row != self.things[way[1]].row) {
            let steps = way.len() - 1;
            for (step, pair) in way.windows(2).enumerate() {
                let between = step > 0 && step + 1 < steps;
                let weight = if between { 4.0 } else { 1.0 };
                links.push(Link { one: places[pair[0]], other: places[pair[1]], weight });
            }
        }
        links
    }

    /// How high the line between two boxes of a row rises over it.
    fn rises(&self, xs: &[f64]) -> BTreeMap<usize, f64> {
        let ends = |hub: usize| self.hubs.iter().find(|(other, _)| *other == hub).map(|(_, ends)| *ends);
        let mut rises = BTreeMap::new();
        let rows: BTreeSet<usize> = self.hubs.iter().map(|(_, ends)| self.things[ends[0]].row).collect();
        for row in rows {
            let hubs = self.hubs.iter().filter(|(_, ends)| self.things[ends[0]].row == row);
            let spans = hubs.map(|&(hub, _)| (hub, ends(hub).map_or((0.0, 0.0), |[one, other]| (xs[one], xs[other]))));
            rises.extend(arches(spans.collect()));
        }
        rises
    }

    /// The top and the bottom of each row.
    fn heights(&self, order: &[Vec<usize>], rises: &BTreeMap<usize, f64>) -> Vec<(f64, f64)> {
        let inner =
            self.threads.strands.iter().filter(|strand| strand.upper.is_some() && strand.lower.is_some()).count();
        let crowd = (inner as f64 / self.row_at.len().max(1) as f64 * 10.0).min(40.0);
        let mut arched: BTreeMap<usize, f64> = BTreeMap::new();
        for (hub, ends) in &self.hubs {
            let highest = arched.entry(self.things[ends[0]].row).or_default();
            *highest = highest.max(rises[hub]);
        }
        let is_label = |row: usize| self.label_at.values().any(|&at| at == row);
        let is_rim = |row: usize| !self.row_at.contains(&row) && !is_label(row);
        let mut heights: Vec<(f64, f64)> = Vec::new();
        for (row, things) in order.iter().enumerate() {
            let gap = match row.checked_sub(1) {
                None => 0.0,
                Some(above) if is_rim(above) && self.rims[0].is_empty() => 0.0,
                Some(above) if is_rim(above) || is_rim(row) => RIM_GAP + crowd / 2.0,
                Some(above) if is_label(above) || is_label(row) => LABEL_GAP + crowd / 2.0,
                Some(_) => ROW_GAP + crowd,
            };
            let gap = arched.get(&row).map_or(gap, |rise| gap.max(rise + ABOVE_ARCH));
            let top = heights.last().map_or(0.0, |&(_, bottom)| bottom + gap);
            let height = things.iter().map(|&thing| self.things[thing].height).fold(0.0, f64::max);
            heights.push((top, top + height));
        }
        heights
    }

    fn placed(&self, order: &[Vec<usize>], xs: &[f64]) -> Woven {
        let rises = self.rises(xs);
        let heights = self.heights(order, &rises);
        let left = self.things.iter().zip(xs).map(|(thing, x)| x - thing.width / 2.0).fold(f64::INFINITY, f64::min);
        let right = self.things.iter().zip(xs).map(|(thing, x)| x + thing.width / 2.0).fold(left, f64::max);
        let mut woven = Woven { width: right - left, ..Woven::default() };
        woven.height = heights.last().map_or(0.0, |&(_, bottom)| bottom);
        let middle = |thing: usize| {
            let (top, bottom) = heights[self.things[thing].row];
            Point::new(xs[thing] - left, (top + bottom) / 2.0)
        };
        for (&node, &thing) in &self.box_of {
            let Thing { width, height, row, .. } = self.things[thing];
            let (top, bottom) = heights[row];
            // Beside a column, everything else hangs from the top of the row.
            let y = if bottom - top > TALL { top + height / 2.0 } else { (top + bottom) / 2.0 };
            woven.boxes.insert(node, Rect::around(Point::new(middle(thing).x, y), width, height));
            woven.bands.insert(node, (top, bottom));
        }
        let pass = |&thing: &usize| {
            let (top, bottom) = heights[self.things[thing].row];
            Pass { x: xs[thing] - left, top, bottom }
        };
        let is_passed = |thing: &&usize| !matches!(self.things[**thing].what, What::Box(_));
        for (&edge, way) in &self.ways {
            let is_label = |thing: &Thing| thing.what == What::Label || thing.what == What::Rim && thing.height > 0.0;
            let label = way.iter().find(|&&thing| is_label(&self.things[thing]));
            let passes = way.iter().filter(is_passed).map(pass).collect();
            let hub = self
                .hubs
                .iter()
                .find(|(_, ends)| ends[..] == way[..] && self.things[way[0]].row == self.things[way[1]].row);
            let arch = hub.map(|(hub, _)| (0, rises[hub]));
            woven.bends.insert(edge, Bend { passes, label: label.map(|&thing| middle(thing)), arch });
        }
        woven
    }
}

/// The row of nodes in which a line joins two of them, if it does so within a row.
fn row_joined(threads: &Threads, strand: &Strand) -> Option<usize> {
    let (upper, lower) = (threads.rows[&strand.upper?], threads.rows[&strand.lower?]);
    (upper == lower).then_some(upper)
}

/// The row of nodes below which the label of a line stands, if it has one.
fn label_row(threads: &Threads, sizes: &Sizes, strand: &Strand) -> Option<usize> {
    sizes.labels[strand.edge]?;
    let (upper, lower) = (threads.rows[&strand.upper?], threads.rows[&strand.lower?]);
    (upper < lower).then(|| (upper + lower - 1) / 2)
}

/// How high arches between two places each rise: over all shorter ones that they have under them.
pub(super) fn arches<K: Ord + Copy>(spans: Vec<(K, (f64, f64))>) -> BTreeMap<K, f64> {
    let mut spans: Vec<(K, f64, f64)> =
        spans.into_iter().map(|(key, (one, other))| (key, one.min(other), one.max(other))).collect();
    spans.sort_by(|one, other| (one.2 - one.1).total_cmp(&(other.2 - other.1)).then(one.0.cmp(&other.0)));
    let mut lanes: Vec<(f64, f64, usize)> = Vec::new();
    let mut rises = BTreeMap::new();
    for (key, left, right) in spans {
        let under = lanes.iter().filter(|(low, high, _)| *low <= right && left <= *high);
        let lane = under.map(|(.., lane)| lane + 1).max().unwrap_or(0);
        lanes.push((left, right, lane));
        rises.insert(key, RISE + (lane as f64 * RISE_STEP).min(MOST_RISEN));
    }
    rises
}
