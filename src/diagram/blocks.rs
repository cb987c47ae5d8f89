//! Layout of frames: each is woven by itself, and they stand side by side on shelves that fill a page.
//!
//! A shelf is a row of frames, so that lines between frames are laid as lines between boxes are: past a shelf they run between
//! its frames, and into a frame through a place at its rim.

use std::collections::BTreeMap;

use super::geometry::{Rect, Turn};
use super::level::{Sources, levels};
use super::options::Direction;
use super::order::Rows;
use super::plan::{FRAME, FRAME_TITLE, PAGE, Plan, Sizes, frame_around};
use super::route::{Band, Bend, Pass, routes};
use super::rows::{MOST_STEPS, rows, settle, strands};
use super::scene::{Figure, Scene, SceneEdge};
use super::spread::{Item, Link, spread};
use super::straighten::{Passage, straighten};
use super::weave::{ABOVE_ARCH, NODE_GAP, ROW_GAP, Strand, Threads, Woven, arches, weave};

/// Between frames of a shelf, and a frame and a line that passes.
const BLOCK_GAP: f64 = 22.0;
const LINE_GAP: f64 = 9.0;
/// Between shelves, and for each line that runs from shelf to shelf up to [`MOST_CROWDED`].
const SHELF_GAP: f64 = 40.0;
const MOST_CROWDED: f64 = 30.0;
/// The proportions of a frame that are tried; for more nodes than a few the first alone.
const PROPORTIONS: [f64; 2] = [1.4, 2.4];
const FEW: usize = 150;
/// The widths of a page that are tried, as shares of the one that its blocks would fill without gaps.
const WIDTHS: [f64; 5] = [0.6, 0.75, 0.9, 1.1, 1.35];
/// A frame is not narrower than this because it is small.
const NARROW: f64 = 460.0;

/// Nodes that stand together: those of a frame, or those of a sort that are in none.
#[derive(Debug, Clone, Default)]
struct Block {
    group: Option<usize>,
    members: Vec<usize>,
    /// How high its nodes stand in the whole, on average.
    stands: f64,
    shelf: usize,
    threads: Threads,
    woven: Woven,
    /// The size with the frame.
    width: f64,
    height: f64,
}

/// The layout of one component.
#[derive(Debug, Clone)]
struct Shelving<'a> {
    scene: &'a Scene,
    sizes: &'a Sizes,
    blocks: Vec<Block>,
    block_of: BTreeMap<usize, usize>,
    /// The edges between blocks that are laid.
    between: Vec<usize>,
    shelves: usize,
    /// What stands on each shelf, from left to right: blocks, then what passes.
    order: Vec<Vec<usize>>,
    /// The way of each edge between blocks past the shelves, its blocks included.
    ways: BTreeMap<usize, Vec<usize>>,
    /// Above two blocks of a shelf that an edge joins.
    hubs: BTreeMap<usize, usize>,
}

/// Places a component with frames.
///
/// Cost: that of weaving the frames and the shelves, twice for each of [`WIDTHS`]; of few nodes so often for each of [`PROPORTIONS`].
pub(super) fn place_blocks(scene: &Scene, sizes: &Sizes, levels: &[usize], part: &[usize]) -> Plan {
    let proportions = if part.len() <= FEW { &PROPORTIONS[..] } else { &PROPORTIONS[..1] };
    let plans = proportions.iter().flat_map(|&proportion| {
        let shelving = Shelving::new(scene, sizes, levels, part, proportion);
        shelving.ways().map(move |(width, packing)| settle(shelving.clone().filled(width, packing), part))
    });
    plans.min_by(|one, other| one.cost().total_cmp(&other.cost())).unwrap_or_default()
}

/// How blocks are put on shelves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    /// In their order, so that lines lead down.
    ByLevel,
    /// The highest first, each on the first shelf that has room, and then the shelves so that most lines lead down.
    ByHeight,
}

impl Packing {
    /// The blocks on each shelf, from the uppermost.
    fn shelves(self, blocks: &[Block], most: f64) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..blocks.len()).collect();
        if self == Self::ByHeight {
            order.sort_by(|&one, &other| blocks[other].height.total_cmp(&blocks[one].height));
        }
        let mut shelves: Vec<(f64, Vec<usize>)> = Vec::new();
        for block in order {
            let width = blocks[block].width + BLOCK_GAP;
            let open = if self == Self::ByHeight { 0 } else { shelves.len().saturating_sub(1) };
            match shelves[open..].iter_mut().find(|(taken, _)| taken + width <= most + BLOCK_GAP) {
                Some((taken, shelf)) => {
                    *taken += width;
                    shelf.push(block);
                }
                None => shelves.push((width, vec![block])),
            }
        }
        let mut shelves: Vec<Vec<usize>> = shelves.into_iter().map(|(_, shelf)| shelf).collect();
        if self == Self::ByHeight {
            let stands = |shelf: &[usize]| {
                let nodes = |block: &usize| blocks[*block].members.len() as f64;
                let sum: f64 = shelf.iter().map(|block| blocks[*block].stands * nodes(block)).sum();
                sum / shelf.iter().map(nodes).sum::<f64>()
            };
            shelves.sort_by(|one, other| stands(other).total_cmp(&stands(one)));
        }
        shelves
    }
}

impl<'a> Shelving<'a> {
    fn new(scene: &'a Scene, sizes: &'a Sizes, levels: &[usize], part: &[usize], proportion: f64) -> Self {
        let blocks = blocks(scene, sizes, levels, part, proportion);
        let members =
            blocks.iter().enumerate().flat_map(|(block, one)| one.members.iter().map(move |&node| (node, block)));
        let block_of = members.collect();
        let mut shelving = Self {
            scene,
            sizes,
            blocks,
            block_of,
            between: Vec::new(),
            shelves: 0,
            order: Vec::new(),
            ways: BTreeMap::new(),
            hubs: BTreeMap::new(),
        };
        for block in 0..shelving.blocks.len() {
            shelving.weave_block(block);
        }
        shelving
    }

    /// The widths of a page that are tried, with each packing.
    fn ways(&self) -> impl Iterator<Item = (f64, Packing)> + use<> {
        let widest = self.blocks.iter().map(|block| block.width).fold(0.0, f64::max);
        let area: f64 = self.blocks.iter().map(|block| (block.width + BLOCK_GAP) * (block.height + SHELF_GAP)).sum();
        let side = (area * PAGE).sqrt();
        let mut widths = WIDTHS.map(|share| (side * share).max(widest)).to_vec();
        widths.dedup();
        widths.into_iter().flat_map(|width| [Packing::ByLevel, Packing::ByHeight].map(|packing| (width, packing)))
    }

    fn weave_block(&mut self, index: usize) {
        let block = &mut self.blocks[index];
        block.woven = weave(&block.threads, self.sizes);
        let frame = Rect { x: 0.0, y: 0.0, width: block.woven.width, height: block.woven.height };
        let frame = if block.group.is_some() { frame_around(frame, self.scene.direction) } else { frame };
        (block.width, block.height) = (frame.width, frame.height);
    }

    /// The blocks at the ends of an edge, if it is one of this component between two of them.
    fn ends(&self, edge: usize) -> Option<(usize, usize)> {
        let edge = &self.scene.edges[edge];
        let (from, to) = (*self.block_of.get(&edge.from)?, *self.block_of.get(&edge.to)?);
        (from != to).then_some((from, to))
    }

    /// The plan with the blocks on shelves of a width.
    fn filled(mut self, most: f64, packing: Packing) -> Plan {
        let shelves = packing.shelves(&self.blocks, most);
        for (shelf, blocks) in shelves.iter().enumerate() {
            blocks.iter().for_each(|&block| self.blocks[block].shelf = shelf);
        }
        self.shelves = shelves.len();
        self.order_shelves();
        self.weave_again();
        self.placed()
    }

    /// Orders blocks and passing lines on all shelves.
    fn order_shelves(&mut self) {
        self.between = self.laid();
        let mut rows = vec![Vec::new(); self.shelves + 1];
        self.blocks.iter().enumerate().for_each(|(index, block)| rows[block.shelf + 1].push(index));
        let (mut next, mut links) = (self.blocks.len(), Vec::new());
        let mut put = |row: &mut Vec<usize>| {
            row.push(next);
            next += 1;
            next - 1
        };
        for &edge in &self.between {
            let Some((upper, lower)) = self.upper_and_lower(edge) else { continue };
            let (first, last) = (self.blocks[upper].shelf, self.blocks[lower].shelf);
            if first == last {
                let hub = put(&mut rows[first]);
                links.extend([(hub, upper), (hub, lower)]);
                self.hubs.insert(edge, hub);
                continue;
            }
            let passed: Vec<usize> = (first + 1..last).map(|shelf| put(&mut rows[shelf + 1])).collect();
            let way: Vec<usize> = [upper].into_iter().chain(passed).chain([lower]).collect();
            links.extend(way.windows(2).map(|pair| (pair[0], pair[1])));
            self.ways.insert(edge, way);
        }
        (_, self.order) = Rows { rows, links, fixed: Vec::new() }.ordered();
    }

    /// The edges between blocks, the shortest first up to [`MOST_STEPS`], in their order.
    fn laid(&self) -> Vec<usize> {
        let mut edges: Vec<usize> = (0..self.scene.edges.len()).filter(|&edge| self.ends(edge).is_some()).collect();
        let length = |&edge: &usize| {
            self.ends(edge).map_or(0, |(one, other)| self.blocks[one].shelf.abs_diff(self.blocks[other].shelf) + 1)
        };
        edges.sort_by_key(length);
        let mut steps = 0;
        let fitting = edges.iter().take_while(|edge| {
            steps += length(edge);
            steps <= MOST_STEPS
        });
        edges.truncate(fitting.count());
        edges.sort_unstable();
        edges
    }

    fn upper_and_lower(&self, edge: usize) -> Option<(usize, usize)> {
        let (from, to) = self.ends(edge)?;
        Some(if self.blocks[from].shelf <= self.blocks[to].shelf { (from, to) } else { (to, from) })
    }

    /// Weaves each block with the lines that come in at its rims.
    fn weave_again(&mut self) {
        let mut place_of = BTreeMap::new();
        self.order.iter().for_each(|row| place_of.extend(row.iter().enumerate().map(|(place, &item)| (item, place))));
        for block in 0..self.blocks.len() {
            let [upper, lower] = self.rims(block, &place_of);
            let title = self.blocks[block].group.map_or(0.0, |group| self.sizes.titles[group]);
            let free = |rim: &[usize], direction: Direction| {
                let is_titled = self.scene.direction == direction && !rim.is_empty();
                if is_titled { title } else { 0.0 }
            };
            let free = [free(&upper, Direction::Up), free(&lower, Direction::Down)];
            let inside = |edge: usize| {
                let edge = &self.scene.edges[edge];
                if self.block_of.get(&edge.from) == Some(&block) { edge.from } else { edge.to }
            };
            let labelled = upper.iter().copied().filter(|&edge| self.is_labelled_at(block, edge)).collect();
            let up = upper.iter().map(|&edge| Strand { edge, upper: None, lower: Some(inside(edge)) });
            let down = lower.iter().map(|&edge| Strand { edge, upper: Some(inside(edge)), lower: None });
            let strands: Vec<Strand> = up.chain(down).collect();
            let threads = &mut self.blocks[block].threads;
            threads.strands.extend(strands);
            (threads.rims, threads.free, threads.labelled) = ([upper, lower], free, labelled);
            self.weave_block(block);
        }
    }

    /// Whether the label of an edge stands where it comes in at the upper rim of a block.
    fn is_labelled_at(&self, block: usize, edge: usize) -> bool {
        !self.hubs.contains_key(&edge) || self.block_of[&self.scene.edges[edge].to] == block
    }

    /// The edges at the upper and the lower rim of a block, from left to right: by where they lead, then by what they join.
    fn rims(&self, block: usize, place_of: &BTreeMap<usize, usize>) -> [Vec<usize>; 2] {
        let mut rims: [Vec<((f64, f64), usize)>; 2] = Default::default();
        for &edge in &self.between {
            let Some((upper, lower)) = self.upper_and_lower(edge).filter(|ends| ends.0 == block || ends.1 == block)
            else {
                continue;
            };
            let inner = |node: usize| {
                let one = &self.blocks[self.block_of[&node]];
                one.woven.boxes[&node].middle().x / one.woven.width.max(1.0)
            };
            let joined = inner(self.scene.edges[edge].from) + inner(self.scene.edges[edge].to);
            let (rim, leads) = match self.ways.get(&edge) {
                None => {
                    let other = if upper == block { lower } else { upper };
                    (0, if place_of[&other] < place_of[&block] { -1.0 } else { f64::MAX })
                }
                Some(way) if upper == block => (1, place_of[&way[1]] as f64),
                Some(way) => (0, place_of[&way[way.len() - 2]] as f64),
            };
            rims[rim].push(((leads, joined), edge));
        }
        rims.map(|mut rim| {
            rim.sort_by(|(one, first), (other, second)| {
                one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)).then(first.cmp(second))
            });
            rim.into_iter().map(|(_, edge)| edge).collect()
        })
    }

    /// From the corner of a block to that of what is woven in it.
    fn inset(&self, block: usize) -> (f64, f64) {
        if self.blocks[block].group.is_none() {
            return (0.0, 0.0);
        }
        match self.scene.direction {
            Direction::Up => (FRAME, FRAME + FRAME_TITLE),
            direction if Turn::is_sideways(direction) => (FRAME + FRAME_TITLE, FRAME),
            _ => (FRAME, FRAME),
        }
    }

    /// The place of a line at the rim of a block, from the block's left side.
    fn port(&self, block: usize, edge: usize) -> f64 {
        let bend = &self.blocks[block].woven.bends[&edge];
        let is_upper = self.blocks[block].threads.rims[0].contains(&edge);
        let pass = if is_upper { bend.passes.first() } else { bend.passes.last() };
        pass.map_or(0.0, |pass| pass.x) + self.inset(block).0
    }

    /// The middles of all that stands on the shelves.
    fn spread(&self) -> BTreeMap<usize, f64> {
        let item = |&item: &usize| match self.blocks.get(item) {
            Some(block) => Item { width: block.width, margin: BLOCK_GAP, x: 0.0 },
            None => Item { width: 0.0, margin: LINE_GAP, x: 0.0 },
        };
        let mut rows: Vec<Vec<Item>> = self.order.iter().map(|row| row.iter().map(item).collect()).collect();
        let mut places = BTreeMap::new();
        for (row, items) in self.order.iter().enumerate() {
            places.extend(items.iter().enumerate().map(|(place, &item)| (item, (row, place))));
        }
        let pairs = self.ways.values().flat_map(|way| way.windows(2));
        let links: Vec<Link> =
            pairs.map(|pair| Link { one: places[&pair[0]], other: places[&pair[1]], weight: 1.0 }).collect();
        spread(&mut rows, &links);
        let side = |block: usize, edge: usize| {
            let (row, place) = places[&block];
            let x = rows[row][place].x - self.blocks[block].width / 2.0 + self.port(block, edge);
            (x, x)
        };
        let passages: Vec<Passage> = (self.ways.iter())
            .map(|(&edge, way)| Passage {
                leave: side(way[0], edge),
                items: way[1..way.len() - 1].iter().map(|item| places[item]).collect(),
                arrive: side(way[way.len() - 1], edge),
            })
            .collect();
        straighten(&mut rows, &passages);
        places.iter().map(|(&item, &(row, place))| (item, rows[row][place].x)).collect()
    }

    /// How high the edges between frames of a shelf rise over it.
    fn rises(&self, xs: &BTreeMap<usize, f64>) -> BTreeMap<usize, f64> {
        let mut spans = vec![Vec::new(); self.shelves];
        for (&edge, (one, other)) in self.hubs.keys().filter_map(|edge| Some((edge, self.ends(*edge)?))) {
            let at = |block: usize| xs[&block] - self.blocks[block].width / 2.0 + self.port(block, edge);
            spans[self.blocks[one].shelf].push((edge, (at(one), at(other))));
        }
        spans.into_iter().flat_map(arches).collect()
    }

    /// The top and the bottom of each shelf.
    fn heights(&self, rises: &BTreeMap<usize, f64>) -> Vec<Band> {
        let mut arched = vec![0.0_f64; self.shelves];
        for (&edge, &rise) in rises {
            let shelf = self.ends(edge).map_or(0, |(block, _)| self.blocks[block].shelf);
            arched[shelf] = arched[shelf].max(rise + ABOVE_ARCH);
        }
        let crowd = (self.ways.len() as f64 / self.shelves.max(1) as f64).min(MOST_CROWDED);
        let mut heights: Vec<Band> = Vec::new();
        for (shelf, arch) in arched.into_iter().enumerate() {
            let top = heights.last().map_or(arch, |&(_, bottom)| bottom + SHELF_GAP + crowd + arch);
            let blocks = self.blocks.iter().filter(|block| block.shelf == shelf);
            heights.push((top, top + blocks.map(|block| block.height).fold(0.0, f64::max)));
        }
        heights
    }

    fn placed(&self) -> Plan {
        let (scene, xs) = (self.scene, self.spread());
        let rises = self.rises(&xs);
        let heights = self.heights(&rises);
        let count = scene.nodes.len();
        let (mut boxes, mut bands) = (vec![Rect::default(); count], vec![(0.0, 0.0); count]);
        let mut frames = vec![Rect::default(); scene.groups.len()];
        for (index, block) in self.blocks.iter().enumerate() {
            let (x, y) = self.origin(index, &xs, &heights);
            for &node in &block.members {
                let (top, bottom) = block.woven.bands[&node];
                (boxes[node], bands[node]) = (block.woven.boxes[&node].moved(x, y), (top + y, bottom + y));
            }
            if let Some(group) = block.group {
                let woven = Rect { x, y, width: block.woven.width, height: block.woven.height };
                frames[group] = frame_around(woven, scene.direction);
            }
        }
        let edges = (0..scene.edges.len()).filter(|&edge| self.block_of.contains_key(&scene.edges[edge].from));
        let bends: BTreeMap<usize, Bend> = edges.map(|edge| (edge, self.bend(edge, (&xs, &rises), &heights))).collect();
        let routes = routes(scene, (&boxes, &bands), &bends);
        Plan { boxes, frames, routes, width: 0.0, height: 0.0 }
    }

    /// Where what is woven in a block starts.
    fn origin(&self, block: usize, xs: &BTreeMap<usize, f64>, heights: &[Band]) -> (f64, f64) {
        let (x, y) = self.inset(block);
        (xs[&block] - self.blocks[block].width / 2.0 + x, heights[self.blocks[block].shelf].0 + y)
    }

    /// The way of an edge from its start to its end.
    fn bend(
        &self,
        index: usize,
        (xs, rises): (&BTreeMap<usize, f64>, &BTreeMap<usize, f64>),
        heights: &[Band],
    ) -> Bend {
        let edge = &self.scene.edges[index];
        let inner = |block: usize| {
            let (x, y) = self.origin(block, xs, heights);
            let bend = self.blocks[block].woven.bends.get(&index).cloned().unwrap_or_default();
            bend.moved(x, y)
        };
        let (from, to) = (self.block_of[&edge.from], self.block_of[&edge.to]);
        if from == to {
            let rows = &self.blocks[from].threads.rows;
            return if rows[&edge.from] <= rows[&edge.to] { inner(from) } else { inner(from).reversed() };
        }
        if let Some(&rise) = rises.get(&index) {
            let top = heights[self.blocks[from].shelf].0;
            let up = |block: usize| extended(inner(block), |pass| Pass { top, ..pass });
            let (mut bend, arrival) = (up(from).reversed(), up(to));
            bend.arch = Some((bend.passes.len(), rise));
            bend.passes.extend(arrival.passes);
            return Bend { label: arrival.label, ..bend };
        }
        let Some(way) = self.ways.get(&index) else { return Bend::default() };
        let (upper, lower) = (way[0], way[way.len() - 1]);
        let (first, last) = (self.blocks[upper].shelf, self.blocks[lower].shelf);
        let bottom = heights[first].1;
        let mut bend = extended(inner(upper).reversed(), |pass| Pass { bottom, ..pass }).reversed();
        let passed = way[1..way.len() - 1].iter().zip(first + 1..last);
        bend.passes.extend(passed.map(|(item, shelf)| Pass {
            x: xs[item],
            top: heights[shelf].0,
            bottom: heights[shelf].1,
        }));
        let top = heights[last].0;
        let arrival = extended(inner(lower), |pass| Pass { top, ..pass });
        bend.passes.extend(arrival.passes);
        bend.label = arrival.label;
        if upper == from { bend } else { bend.reversed() }
    }
}

/// A bend whose first pass, the one at the rim, is changed.
fn extended(mut bend: Bend, change: impl Fn(Pass) -> Pass) -> Bend {
    if let Some(first) = bend.passes.first_mut() {
        *first = change(*first);
    }
    bend
}

/// The nodes of each frame; those without one by their sort. From the highest to the lowest.
fn blocks(scene: &Scene, sizes: &Sizes, stands: &[usize], part: &[usize], proportion: f64) -> Vec<Block> {
    // Questions stand side by side, however high what they ask about stands.
    let top = stands.iter().max().copied().unwrap_or_default();
    let is_question = |node: usize| scene.nodes[node].figure == Figure::Question;
    let stands: Vec<usize> =
        stands.iter().enumerate().map(|(node, &level)| if is_question(node) { top } else { level }).collect();
    let mut by_group: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for &node in part {
        let group = scene.nodes[node].group;
        let sort = group.is_none().then(|| sort(scene.nodes[node].figure));
        by_group.entry((group, sort)).or_default().push(node);
    }
    let inner = inner_levels(scene, &by_group);
    let mut blocks: Vec<Block> = Vec::new();
    for ((group, _), members) in by_group {
        let area: f64 =
            members.iter().map(|&node| (sizes.nodes[node].0 + NODE_GAP) * (sizes.nodes[node].1 + ROW_GAP)).sum();
        let page = (area * proportion).sqrt().max(NARROW);
        let mut threads = rows(scene, sizes, &inner, &members, page);
        let inside = |&edge: &usize| {
            let edge = &scene.edges[edge];
            threads.rows.contains_key(&edge.from) && threads.rows.contains_key(&edge.to)
        };
        let edges: Vec<usize> = (0..scene.edges.len()).filter(inside).collect();
        threads.strands = strands(scene, &threads.rows, &edges);
        let height: usize = members.iter().map(|&node| stands[node]).sum();
        let stands = height as f64 / members.len() as f64;
        blocks.push(Block { group, members, stands, threads, ..Block::default() });
    }
    blocks.sort_by(|one, other| other.stands.total_cmp(&one.stands));
    blocks
}

/// What a node stands in: a frame, or those of its sort that are in none.
type Place = (Option<usize>, Option<Sort>);

/// The levels of the nodes as if there were no lines but those within blocks: of others, nobody sees which way they point, and a
/// block without them is flatter.
fn inner_levels(scene: &Scene, blocks: &BTreeMap<Place, Vec<usize>>) -> Vec<usize> {
    let mut place_of = vec![None; scene.nodes.len()];
    for (place, members) in blocks {
        members.iter().for_each(|&node| place_of[node] = Some(place));
    }
    let is_inside = |edge: &&SceneEdge| place_of[edge.from].is_some() && place_of[edge.from] == place_of[edge.to];
    let edges = scene.edges.iter().filter(is_inside).cloned().collect();
    levels(&Scene { edges, ..scene.clone() }, Sources::Below)
}

/// What stands together where there is no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Question,
    Reason,
    Source,
}

fn sort(figure: Figure) -> Sort {
    match figure {
        Figure::Question => Sort::Question,
        figure if super::level::is_source(figure) => Sort::Source,
        _ => Sort::Reason,
    }
}
