//! Layered layout: levels, rows no wider than a page, the order within rows by `dugong`, then lines.
//!
//! `dugong` (a port of dagre) orders and spaces the nodes of a row; the row of a node is decided here and passed on as
//! the lengths of edges. Connected components are laid out separately and packed side by side on shelves.

use std::collections::{BTreeMap, BTreeSet};

use dugong::graphlib::{Graph, GraphOptions};
use dugong::{EdgeLabel, GraphLabel, LabelPos, NodeLabel, layout_dagreish};

use super::geometry::{Point, Rect, Turn};
use super::level::{levels, lower_and_upper};
use super::plan::{Plan, Route, Sizes, frame_around};
use super::route::{Bend, CORNER, routes};
use super::scene::Scene;
use super::spread::{Item, Link, spread};
use super::straighten::{Passage, straighten};

/// Between nodes of a row.
const NODE_GAP: f64 = 26.0;
/// Between nodes of a row that a line joins: room for its heads at both ends, and for the line.
const BESIDE_GAP: f64 = 46.0;
/// Between rows.
const ROW_GAP: f64 = 62.0;
/// Between lines that pass through a row.
const LINE_GAP: f64 = 9.0;
/// Between components, and between shelves.
const PART_GAP: f64 = 40.0;
/// How many times as wide as a page a row can be before it is broken.
const WIDER: f64 = 1.35;
/// The most rows that the lines of a component pass together on a way that is looked for. `dugong` makes nodes of them, and
/// its cost is quadratic in their number. The longest lines beyond that take the straight way.
const MOST_STEPS: usize = 1_500;

/// Places a scene. Cost: that of `dugong`, about quadratic in the nodes and in the rows that lines pass, up to
/// [`MOST_STEPS`].
pub(super) fn place(scene: &Scene, sizes: &Sizes) -> Plan {
    let sideways = Turn::is_sideways(scene.direction);
    let swap = |(width, height): (f64, f64)| if sideways { (height, width) } else { (width, height) };
    let sizes = Sizes {
        nodes: sizes.nodes.iter().copied().map(swap).collect(),
        labels: sizes.labels.iter().map(|label| label.map(swap)).collect(),
    };
    let levels = levels(scene);
    let parts = parts(scene);
    let total: f64 = sizes.nodes.iter().map(|(width, height)| (width + NODE_GAP) * (height + ROW_GAP)).sum();
    let page = (total * if sideways { 0.9 } else { 1.7 }).sqrt().max(1000.0);
    let (lone, parts): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| is_lone(scene, part));
    let plans = parts.into_iter().map(|part| {
        let plan = place_part(scene, &sizes, &levels, &part, page);
        (part, plan)
    });
    let mut plans: Vec<(Vec<usize>, Plan)> = plans.collect();
    plans.sort_by(|(_, one), (_, other)| (other.width * other.height).total_cmp(&(one.width * one.height)));
    let upright = shelves(scene, &sizes, plans, lone.concat(), page);
    turned(upright, scene)
}

/// The connected components under edges and groups, each with its nodes in order.
fn parts(scene: &Scene) -> Vec<Vec<usize>> {
    let mut leader: Vec<usize> = (0..scene.nodes.len()).collect();
    fn find(leader: &mut [usize], node: usize) -> usize {
        let mut root = node;
        while leader[root] != root {
            leader[root] = leader[leader[root]];
            root = leader[root];
        }
        root
    }
    let mut join = |one: usize, other: usize| {
        let (one, other) = (find(&mut leader, one), find(&mut leader, other));
        leader[one.max(other)] = one.min(other);
    };
    for edge in &scene.edges {
        join(edge.from, edge.to);
    }
    let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, node) in scene.nodes.iter().enumerate() {
        if let Some(group) = node.group {
            join(*first_of.entry(group).or_insert(index), index);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..scene.nodes.len() {
        let root = find(&mut leader, node);
        parts.entry(root).or_default().push(node);
    }
    parts.into_values().collect()
}

/// Whether a component is a single node without edges, self-loops included, and without a frame.
fn is_lone(scene: &Scene, part: &[usize]) -> bool {
    let linked = |node: usize| scene.edges.iter().any(|edge| edge.from == node || edge.to == node);
    matches!(part, [node] if scene.nodes[*node].group.is_none() && !linked(*node))
}

/// The row of each node of a component, from 0 at the top. A level much wider than a page is broken into several rows, if possible
/// between what leads to different nodes: siblings stay together.
fn rows(scene: &Scene, sizes: &Sizes, levels: &[usize], part: &[usize], page: f64) -> BTreeMap<usize, usize> {
    let mut above: BTreeMap<usize, usize> = BTreeMap::new();
    for (low, upper) in scene.edges.iter().filter_map(lower_and_upper) {
        above.entry(low).and_modify(|first| *first = upper.min(*first)).or_insert(upper);
    }
    let mut by_level: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &node in part {
        by_level.entry(levels[node]).or_default().push(node);
    }
    let mut rows = BTreeMap::new();
    let mut row = 0;
    for nodes in by_level.values_mut().rev() {
        nodes.sort_by_key(|node| (above.get(node).copied().unwrap_or(usize::MAX), *node));
        let width = |node: usize| sizes.nodes[node].0 + NODE_GAP;
        let total: f64 = nodes.iter().map(|&node| width(node)).sum();
        let breaks = if total <= page * WIDER { 1.0 } else { (total / page).ceil() };
        let (mut filled, mut broken, mut in_row) = (0.0, 0, 0.0);
        let mut before = None;
        for &node in nodes.iter() {
            let siblings = before == Some(above.get(&node));
            let is_full = filled >= total / breaks * (broken + 1) as f64 - width(node) / 2.0;
            if is_full && !(siblings && in_row + width(node) <= page * WIDER) {
                (broken, in_row) = (broken + 1, 0.0);
            }
            (filled, in_row, before) = (filled + width(node), in_row + width(node), Some(above.get(&node)));
            rows.insert(node, row + broken);
        }
        row += broken + 1;
    }
    rows
}

fn place_part(scene: &Scene, sizes: &Sizes, levels: &[usize], part: &[usize], page: f64) -> Plan {
    let rows = rows(scene, sizes, levels, part, page);
    let edges: Vec<usize> = (0..scene.edges.len()).filter(|&edge| rows.contains_key(&scene.edges[edge].from)).collect();
    let mut graph = graph(scene, sizes, &rows, &edges);
    layout_dagreish(&mut graph);
    read(scene, sizes, part, &edges, &graph)
}

type Dagre = Graph<NodeLabel, EdgeLabel, GraphLabel>;

fn graph(scene: &Scene, sizes: &Sizes, rows: &BTreeMap<usize, usize>, edges: &[usize]) -> Dagre {
    let mut graph: Dagre = Graph::new(GraphOptions { directed: true, multigraph: true, compound: true });
    let crowd = (edges.len() as f64 / rows.len() as f64 * 10.0).min(40.0);
    graph.set_graph(GraphLabel {
        nodesep: NODE_GAP,
        ranksep: ROW_GAP + crowd,
        edgesep: LINE_GAP,
        ranker: Some("tight-tree".to_owned()),
        ..GraphLabel::default()
    });
    let joined_in_row = joined_in_row(scene, |one, other| rows[&one] == rows[&other], edges);
    for &node in rows.keys() {
        let (width, height) = sizes.nodes[node];
        let room = if joined_in_row.contains(&node) { BESIDE_GAP - NODE_GAP } else { 0.0 };
        graph.set_node(node_id(node), NodeLabel { width: width + room, height, ..NodeLabel::default() });
    }
    for &node in rows.keys() {
        if let Some(group) = scene.nodes[node].group {
            graph.ensure_node(group_id(group));
            graph.set_parent(node_id(node), group_id(group));
        }
    }
    let mut joined: BTreeSet<(usize, usize)> = BTreeSet::new();
    let laid = shortest(scene, rows, edges);
    for &index in &laid {
        let edge = &scene.edges[index];
        let (upper, lower) =
            if rows[&edge.from] <= rows[&edge.to] { (edge.from, edge.to) } else { (edge.to, edge.from) };
        let length = rows[&lower] - rows[&upper];
        if length == 0 && rows[&upper] > 0 {
            // A hub in the row above pulls rivals together.
            graph.set_node(hub_id(index), NodeLabel::default());
            for end in [edge.from, edge.to] {
                let label = EdgeLabel { weight: 2.0, ..EdgeLabel::default() };
                graph.set_edge_named(hub_id(index), node_id(end), None::<String>, Some(label));
            }
            joined.insert((edge.from, edge.to));
        } else if length > 0 {
            joined.insert((upper, lower));
            let (width, height) = sizes.labels[index].unwrap_or_default();
            let label =
                EdgeLabel { minlen: length, weight: 1.0, width, height, labelpos: LabelPos::C, ..EdgeLabel::default() };
            graph.set_edge_named(node_id(upper), node_id(lower), Some(format!("e{index}")), Some(label));
        }
    }
    if laid.len() == edges.len() {
        hold_together(&mut graph, rows, &joined);
    } else {
        hold_in_rows(&mut graph, rows, &joined);
    }
    graph
}

/// The nodes that a line joins to another of their row.
fn joined_in_row(scene: &Scene, is_row: impl Fn(usize, usize) -> bool, edges: &[usize]) -> BTreeSet<usize> {
    let ends = edges.iter().map(|&edge| (scene.edges[edge].from, scene.edges[edge].to));
    ends.filter(|&(from, to)| from != to && is_row(from, to)).flat_map(|(from, to)| [from, to]).collect()
}

/// The edges that pass [`MOST_STEPS`] rows together at most, the shortest first; in the order in which they came.
fn shortest(scene: &Scene, rows: &BTreeMap<usize, usize>, edges: &[usize]) -> Vec<usize> {
    let length = |edge: usize| rows[&scene.edges[edge].from].abs_diff(rows[&scene.edges[edge].to]).max(1);
    let mut laid = edges.to_vec();
    laid.sort_by_key(|&edge| length(edge));
    let mut steps = 0;
    let fitting = laid.iter().take_while(|&&edge| {
        steps += length(edge);
        steps <= MOST_STEPS
    });
    laid.truncate(fitting.count());
    laid.sort_unstable();
    laid
}

/// Ties every node below the first row to one in the row above, so that rows stay aligned at a step for each node.
fn hold_in_rows(graph: &mut Dagre, rows: &BTreeMap<usize, usize>, joined: &BTreeSet<(usize, usize)>) {
    let mut by_row: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    rows.iter().for_each(|(&node, &row)| by_row.entry(row).or_default().push(node));
    let held: BTreeSet<usize> =
        joined.iter().filter(|(upper, lower)| rows[upper] + 1 == rows[lower]).map(|&(_, lower)| lower).collect();
    for (row, nodes) in &by_row {
        let Some(above) = row.checked_sub(1).and_then(|above| by_row.get(&above)) else { continue };
        for (place, &node) in nodes.iter().enumerate().filter(|(_, node)| !held.contains(node)) {
            let tie = EdgeLabel { weight: 1.0, ..EdgeLabel::default() };
            graph.set_edge_named(node_id(above[place % above.len()]), node_id(node), None::<String>, Some(tie));
        }
    }
}

/// Ties together what only lines within a row connect, under one node above all, so that rows stay aligned.
fn hold_together(graph: &mut Dagre, rows: &BTreeMap<usize, usize>, joined: &BTreeSet<(usize, usize)>) {
    let mut neighbours: BTreeMap<usize, Vec<usize>> = rows.keys().map(|&node| (node, Vec::new())).collect();
    for &(one, other) in joined {
        neighbours.entry(one).or_default().push(other);
        neighbours.entry(other).or_default().push(one);
    }
    let mut seen = BTreeSet::new();
    let mut tops: Vec<usize> = Vec::new();
    for &start in rows.keys() {
        let mut waiting = vec![start];
        let mut top: Option<usize> = None;
        while let Some(node) = waiting.pop() {
            if seen.insert(node) {
                top = top.filter(|&top| rows[&top] <= rows[&node]).or(Some(node));
                waiting.extend(&neighbours[&node]);
            }
        }
        tops.extend(top);
    }
    if tops.len() > 1 {
        graph.set_node("top", NodeLabel::default());
        for top in tops {
            let label = EdgeLabel { minlen: rows[&top] + 1, weight: 1.0, ..EdgeLabel::default() };
            graph.set_edge_named("top", node_id(top), None::<String>, Some(label));
        }
    }
}

fn node_id(node: usize) -> String {
    format!("n{node}")
}

fn hub_id(edge: usize) -> String {
    format!("h{edge}")
}

fn group_id(group: usize) -> String {
    format!("g{group}")
}

/// Reads the positions that `dugong` found, and routes the lines anew around the boxes.
fn read(scene: &Scene, sizes: &Sizes, part: &[usize], edges: &[usize], graph: &Dagre) -> Plan {
    let mut boxes = vec![Rect::default(); scene.nodes.len()];
    for &node in part {
        let placed = graph.node(&node_id(node)).expect("it was put in");
        let middle = Point::new(placed.x.unwrap_or_default(), placed.y.unwrap_or_default());
        let (width, height) = sizes.nodes[node];
        boxes[node] = Rect::around(middle, width, height);
    }
    let mut frames = vec![Rect::default(); scene.groups.len()];
    let mut framed: BTreeMap<usize, Rect> = BTreeMap::new();
    for &node in part {
        if let Some(group) = scene.nodes[node].group {
            let frame = framed.entry(group).or_insert(boxes[node]);
            *frame = frame.union(boxes[node]);
        }
    }
    for (group, frame) in framed {
        frames[group] = frame_around(frame, scene.direction);
    }
    let mut bends: BTreeMap<usize, Bend> = edges.iter().map(|&index| (index, bend(scene, graph, index))).collect();
    if scene.groups.is_empty() {
        draw_together(scene, part, graph, &mut boxes, &mut bends);
    }
    let mut plan = Plan { boxes, frames, routes: Vec::new(), width: 0.0, height: 0.0 };
    plan.routes = routes(scene, &plan.boxes, part, &bends);
    settle(plan, part)
}

/// The inner points of an edge, and the middle of its label.
fn bend(scene: &Scene, graph: &Dagre, index: usize) -> Bend {
    let edge = &scene.edges[index];
    let name = format!("e{index}");
    let (from, to) = (node_id(edge.from), node_id(edge.to));
    let forth = graph.edge(&from, &to, Some(&name));
    let back = graph.edge(&to, &from, Some(&name));
    let Some(placed) = forth.or(back) else { return Bend::default() };
    let mut points: Vec<Point> = placed.points.iter().map(|point| Point::new(point.x, point.y)).collect();
    if forth.is_none() {
        points.reverse();
    }
    let inner = if points.len() > 2 { points[1..points.len() - 1].to_vec() } else { Vec::new() };
    let label = placed.x.zip(placed.y).map(|(x, y)| Point::new(x, y)).filter(|_| placed.width > 0.0);
    Bend { inner, label, label_width: placed.width }
}

/// An item of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Standing {
    Box(usize),
    /// An edge and the index of its inner point.
    Line(usize, usize),
    /// The hub of two rivals.
    Hub(usize),
}

/// Moves boxes and lines along their rows, closer to what they are linked to.
fn draw_together(scene: &Scene, part: &[usize], graph: &Dagre, boxes: &mut [Rect], bends: &mut BTreeMap<usize, Bend>) {
    let edges: Vec<usize> = bends.keys().copied().collect();
    let is_row = |one: usize, other: usize| (boxes[one].middle().y - boxes[other].middle().y).abs() < 0.5;
    let joined_in_row = joined_in_row(scene, is_row, &edges);
    let mut standing: Vec<(f64, f64, Standing, f64)> = Vec::new();
    for &node in part {
        let middle = boxes[node].middle();
        standing.push((middle.y, middle.x, Standing::Box(node), boxes[node].width));
    }
    for (&edge, bend) in bends.iter() {
        for (index, point) in bend.inner.iter().enumerate() {
            let width = if bend.label == Some(*point) { bend.label_width } else { 0.0 };
            standing.push((point.y, point.x, Standing::Line(edge, index), width));
        }
        if let Some(hub) = graph.node(&hub_id(edge)) {
            let (x, y) = (hub.x.unwrap_or_default(), hub.y.unwrap_or_default());
            standing.push((y, x, Standing::Hub(edge), 0.0));
        }
    }
    standing.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut rows: Vec<Vec<Item>> = Vec::new();
    let mut whats: Vec<Vec<Standing>> = Vec::new();
    let mut row_y = f64::NEG_INFINITY;
    for (y, x, what, width) in standing {
        if y - row_y > 0.5 {
            (row_y, rows, whats) = (y, pushed(rows), pushed(whats));
        }
        let margin = match what {
            Standing::Box(node) if joined_in_row.contains(&node) => BESIDE_GAP,
            Standing::Box(_) => NODE_GAP / 2.0,
            Standing::Line(..) | Standing::Hub(_) => LINE_GAP / 2.0,
        };
        let last = rows.len() - 1;
        rows[last].push(Item { width, margin, x });
        whats[last].push(what);
    }
    let places = places(&whats);
    spread(&mut rows, &links(scene, &places, bends));
    let passages = passages(scene, &rows, &places, bends);
    straighten(&mut rows, &passages);
    for (row, whats) in rows.iter().zip(&whats) {
        for (item, what) in row.iter().zip(whats) {
            match *what {
                Standing::Box(node) => boxes[node].x = item.x - boxes[node].width / 2.0,
                Standing::Line(edge, index) => {
                    let bend = bends.get_mut(&edge).expect("it was there");
                    if bend.label == Some(bend.inner[index]) {
                        bend.label = Some(Point::new(item.x, bend.inner[index].y));
                    }
                    bend.inner[index].x = item.x;
                }
                Standing::Hub(_) => {}
            }
        }
    }
}

fn pushed<T>(mut rows: Vec<Vec<T>>) -> Vec<Vec<T>> {
    rows.push(Vec::new());
    rows
}

/// The row of each item and its index in it.
#[derive(Debug, Clone, Default)]
struct Places {
    boxes: BTreeMap<usize, (usize, usize)>,
    lines: BTreeMap<(usize, usize), (usize, usize)>,
    hubs: BTreeMap<usize, (usize, usize)>,
}

fn places(whats: &[Vec<Standing>]) -> Places {
    let mut places = Places::default();
    for (row, whats) in whats.iter().enumerate() {
        for (index, &what) in whats.iter().enumerate() {
            match what {
                Standing::Box(node) => places.boxes.insert(node, (row, index)),
                Standing::Line(edge, point) => places.lines.insert((edge, point), (row, index)),
                Standing::Hub(edge) => places.hubs.insert(edge, (row, index)),
            };
        }
    }
    places
}

/// One link for each step of an edge from row to row. Steps between inner points pull harder, which keeps lines
/// straight.
fn links(scene: &Scene, places: &Places, bends: &BTreeMap<usize, Bend>) -> Vec<Link> {
    let mut links = Vec::new();
    for (&index, bend) in bends {
        let (from, to) = (places.boxes[&scene.edges[index].from], places.boxes[&scene.edges[index].to]);
        if let Some(&hub) = places.hubs.get(&index) {
            links.extend([from, to].map(|end| Link { one: hub, other: end, weight: 2.0 }));
            continue;
        }
        let inner = (0..bend.inner.len()).map(|point| places.lines[&(index, point)]);
        let way: Vec<(usize, usize)> = std::iter::once(from).chain(inner).chain([to]).collect();
        let steps = way.len() - 1;
        for (step, pair) in way.windows(2).enumerate() {
            let between = step > 0 && step + 1 < steps;
            links.push(Link { one: pair[0], other: pair[1], weight: if between { 4.0 } else { 1.0 } });
        }
    }
    links
}

/// The passages of edges through the rows between their boxes.
fn passages(scene: &Scene, rows: &[Vec<Item>], places: &Places, bends: &BTreeMap<usize, Bend>) -> Vec<Passage> {
    let side = |node: usize| {
        let (row, index) = places.boxes[&node];
        let item = rows[row][index];
        let half = (item.width / 2.0 - CORNER).max(0.0);
        (item.x - half, item.x + half)
    };
    let passage = |(&index, bend): (&usize, &Bend)| Passage {
        leave: side(scene.edges[index].from),
        items: (0..bend.inner.len()).map(|point| places.lines[&(index, point)]).collect(),
        arrive: side(scene.edges[index].to),
    };
    bends.iter().map(passage).collect()
}

/// Moves a component to the origin, and measures it.
fn settle(mut plan: Plan, part: &[usize]) -> Plan {
    let mut all = plan.boxes[part[0]];
    let boxes = part.iter().map(|&node| plan.boxes[node]);
    let frames = plan.frames.iter().copied().filter(|frame| frame.width > 0.0);
    let points = plan.routes.iter().flat_map(|route| &route.points).map(|point| Rect::around(*point, 8.0, 8.0));
    for rect in boxes.chain(frames).chain(points) {
        all = all.union(rect);
    }
    shift(&mut plan, -all.x, -all.y);
    Plan { width: all.width, height: all.height, ..plan }
}

fn shift(plan: &mut Plan, x: f64, y: f64) {
    plan.boxes.iter_mut().chain(&mut plan.frames).for_each(|rect| *rect = rect.moved(x, y));
    for route in &mut plan.routes {
        route.points.iter_mut().chain(&mut route.label).for_each(|point| *point = point.moved(x, y));
    }
}

/// Packs components side by side on shelves of the page's width, the largest first, then the nodes without edges.
fn shelves(scene: &Scene, sizes: &Sizes, plans: Vec<(Vec<usize>, Plan)>, lone: Vec<usize>, page: f64) -> Plan {
    let widest = plans.iter().map(|(_, plan)| plan.width).fold(page, f64::max);
    let mut whole = Plan {
        boxes: vec![Rect::default(); scene.nodes.len()],
        frames: vec![Rect::default(); scene.groups.len()],
        routes: vec![Route::default(); scene.edges.len()],
        width: 0.0,
        height: 0.0,
    };
    let (mut x, mut y, mut shelf) = (0.0, 0.0, 0.0_f64);
    for (part, mut plan) in plans {
        if x > 0.0 && x + plan.width > widest {
            (x, y, shelf) = (0.0, y + shelf + PART_GAP, 0.0);
        }
        shift(&mut plan, x, y);
        x += plan.width + PART_GAP;
        shelf = shelf.max(plan.height);
        whole.width = whole.width.max(x - PART_GAP);
        whole.height = whole.height.max(y + plan.height);
        let members: BTreeSet<usize> = part.into_iter().collect();
        members.iter().for_each(|&node| whole.boxes[node] = plan.boxes[node]);
        for (group, frame) in plan.frames.iter().enumerate().filter(|(_, frame)| frame.width > 0.0) {
            whole.frames[group] = *frame;
        }
        for (index, _) in scene.edges.iter().enumerate().filter(|(_, edge)| members.contains(&edge.from)) {
            whole.routes[index] = plan.routes[index].clone();
        }
    }
    // Beside the last components if at least half of the page is free there, else below them.
    let corner = if widest - x >= widest / 2.0 { Point::new(x, y) } else { Point::new(0.0, whole.height + PART_GAP) };
    let corner = if whole.height > 0.0 { corner } else { Point::default() };
    lay_out_lone(scene, sizes, lone, corner, widest, &mut whole);
    whole
}

/// Places nodes without edges in a grid, in the order of their citations.
fn lay_out_lone(scene: &Scene, sizes: &Sizes, mut lone: Vec<usize>, corner: Point, right: f64, whole: &mut Plan) {
    lone.sort_by_key(|&node| (scene.nodes[node].citation.unwrap_or(u64::MAX), node));
    let widest = lone.iter().map(|&node| sizes.nodes[node].0).fold(0.0, f64::max);
    let most = (((right - corner.x + NODE_GAP) / (widest + NODE_GAP)).floor() as usize).max(1);
    let columns = lone.len().div_ceil(lone.len().div_ceil(most).max(1)).max(1);
    let mut y = corner.y;
    for row in lone.chunks(columns) {
        for (column, &node) in row.iter().enumerate() {
            let (width, height) = sizes.nodes[node];
            let x = corner.x + column as f64 * (widest + NODE_GAP);
            whole.boxes[node] = Rect { x, y, width, height };
            whole.width = whole.width.max(x + width);
        }
        let height = row.iter().map(|&node| sizes.nodes[node].1).fold(0.0, f64::max);
        whole.height = whole.height.max(y + height);
        y += height + NODE_GAP;
    }
}

/// Turns a plan with conclusions at the top into the direction of the scene.
fn turned(plan: Plan, scene: &Scene) -> Plan {
    let turn = Turn { direction: scene.direction, height: plan.height };
    let routes = plan.routes.into_iter().map(|route| Route {
        points: route.points.into_iter().map(|point| turn.point(point)).collect(),
        label: route.label.map(|point| turn.point(point)),
        ..route
    });
    let (width, height) =
        if Turn::is_sideways(scene.direction) { (plan.height, plan.width) } else { (plan.width, plan.height) };
    Plan {
        boxes: plan.boxes.into_iter().map(|rect| turn.rect(rect)).collect(),
        frames: plan.frames.into_iter().map(|rect| turn.rect(rect)).collect(),
        routes: routes.collect(),
        width,
        height,
    }
}

#[cfg(test)]
mod tests {
    use super::super::options::Direction;
    use super::super::scene::{Arrangement, Figure, SceneEdge, SceneNode, Sign};
    use super::*;

    /// So many actors, each of whom did something with every other.
    fn crowd(count: usize) -> Scene {
        let node = |index: usize| SceneNode {
            id: format!("a{index}"),
            figure: Figure::Person,
            kind: String::new(),
            heading: String::new(),
            citation: None,
            label: String::new(),
            mark: None,
            withheld: 0.0,
            facts: Vec::new(),
            group: None,
            absent: false,
        };
        let edge = |from, to| SceneEdge {
            from,
            to,
            sign: Sign::Acted,
            strength: None,
            count: 1,
            label: None,
            mark: None,
            absent: false,
        };
        Scene {
            title: String::new(),
            subtitle: String::new(),
            direction: Direction::Up,
            arrangement: Arrangement::Levels,
            nodes: (0..count).map(node).collect(),
            edges: (0..count).flat_map(|to| (0..to).map(move |from| edge(from, to))).collect(),
            groups: Vec::new(),
            left_out: Vec::new(),
            folded: 0,
        }
    }

    #[test]
    fn a_crowd_of_lines_is_laid_out_in_bounded_steps() {
        let scene = crowd(100);
        // Each on a row of its own, as the levels of such a crowd are.
        let rows: BTreeMap<usize, usize> = (0..100).map(|node| (node, 99 - node)).collect();
        let edges: Vec<usize> = (0..scene.edges.len()).collect();
        let laid = shortest(&scene, &rows, &edges);
        let steps = |edge: usize| scene.edges[edge].to - scene.edges[edge].from;
        assert!(laid.iter().map(|&edge| steps(edge)).sum::<usize>() <= MOST_STEPS);
        // 99 edges of one step, 98 of two, …: those of up to five make 1,445 steps, and nine of six fit in besides.
        let of = |least, most| laid.iter().filter(|&&edge| (least..=most).contains(&steps(edge))).count();
        assert_eq!((of(1, 5), of(6, 6), of(7, 99)), (99 + 98 + 97 + 96 + 95, 9, 0));
        assert!(laid.is_sorted());
        let few: Vec<usize> = (0..50).collect();
        assert_eq!(shortest(&scene, &rows, &few), few, "where they are few, all of them");
    }

    #[test]
    fn every_node_below_the_first_row_is_held_by_one_above() {
        let mut graph: Dagre = Graph::new(GraphOptions { directed: true, multigraph: true, compound: true });
        let rows: BTreeMap<usize, usize> = (0..9).map(|node| (node, node / 3)).collect();
        for &node in rows.keys() {
            graph.set_node(node_id(node), NodeLabel::default());
        }
        hold_in_rows(&mut graph, &rows, &BTreeSet::from([(0, 3), (1, 8)]));
        let held =
            |node: usize| (0..9).filter(|&above| graph.edge(&node_id(above), &node_id(node), None).is_some()).count();
        assert_eq!((0..9).map(held).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1, 1, 1, 1]);
    }
}
