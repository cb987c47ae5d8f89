//! Layered layout: levels, rows no wider than a page, the order within rows, then lines.
//!
//! Connected components are laid out separately and packed side by side on shelves.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::place_blocks;
use super::column::Columns;
use super::geometry::{Point, Rect, Turn};
use super::level::{Sources, is_source, levels, lower_and_upper};
use super::plan::{Plan, Route, Sizes};
use super::route::routes;
use super::scene::{Figure, Scene, Sign};
use super::weave::{NODE_GAP, ROW_GAP, Strand, Threads, Woven, weave};

/// Between components, and between shelves.
const PART_GAP: f64 = 40.0;
/// The widths of a page that are tried for components side by side, as shares of that on which rows are broken.
const WIDTHS: [f64; 4] = [1.0, 1.25, 1.5, 1.8];
/// How many times as wide as a page a row can be before it is broken.
const WIDER: f64 = 1.35;
/// The most rows that the lines of a component pass together on a way that is looked for: ordering them costs about their square.
/// The longest lines beyond that take the straight way.
pub(super) const MOST_STEPS: usize = 5_000;

/// Places a scene. Cost: about quadratic in the nodes and in the rows that lines pass, up to [`MOST_STEPS`].
pub(super) fn place(scene: &Scene, sizes: &Sizes) -> Plan {
    let sideways = Turn::is_sideways(scene.direction);
    let swap = |(width, height): (f64, f64)| if sideways { (height, width) } else { (width, height) };
    let sizes = Sizes {
        nodes: sizes.nodes.iter().copied().map(swap).collect(),
        labels: sizes.labels.iter().map(|label| label.map(swap)).collect(),
        titles: sizes.titles.clone(),
    };
    let total: f64 = sizes.nodes.iter().map(|(width, height)| (width + NODE_GAP) * (height + ROW_GAP)).sum();
    let page = (total * if sideways { 0.9 } else { 1.7 }).sqrt().max(1000.0);
    let columns = Columns::of(scene, &sizes, page);
    if columns.is_empty() {
        return turned(upright(scene, &sizes, page), scene);
    }
    let plan = upright(&columns.scene(), &columns.sizes(), page);
    turned(columns.opened(plan), scene)
}

/// The places with conclusions at the top.
fn upright(scene: &Scene, sizes: &Sizes, page: f64) -> Plan {
    let levels = Sources::EVERY.map(|sources| levels(scene, sources));
    let parts = parts(scene);
    let (lone, parts): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| is_lone(scene, part));
    let plans = parts.into_iter().map(|part| {
        let plan = place_part(scene, sizes, &levels, &part, page);
        (part, plan)
    });
    let mut plans: Vec<(Vec<usize>, Plan)> = plans.collect();
    plans.sort_by(|(_, one), (_, other)| (other.width * other.height).total_cmp(&(one.width * one.height)));
    let lone = lone.concat();
    let widths = if plans.len() > 1 { &WIDTHS[..] } else { &WIDTHS[..1] };
    let packed = widths.iter().map(|share| shelves(scene, sizes, plans.clone(), lone.clone(), page * share));
    packed.min_by(|one, other| one.cost().total_cmp(&other.cost())).unwrap_or_default()
}

/// The connected components under edges, each with its nodes in order; all frames are one.
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
    // Frames are packed onto shelves together, whether lines join them or not.
    let framed: Vec<usize> = (0..scene.nodes.len()).filter(|&node| scene.nodes[node].group.is_some()).collect();
    framed.windows(2).for_each(|pair| join(pair[0], pair[1]));
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
pub(super) fn rows(scene: &Scene, sizes: &Sizes, levels: &[usize], part: &[usize], page: f64) -> Threads {
    let mut above: BTreeMap<usize, usize> = BTreeMap::new();
    for (low, upper) in scene.edges.iter().filter_map(lower_and_upper) {
        above.entry(low).and_modify(|first| *first = upper.min(*first)).or_insert(upper);
    }
    // What is stated for another stands beside it.
    let stated = scene.edges.iter().filter(|edge| edge.sign == Sign::InContextOf);
    let beside: BTreeMap<usize, usize> = stated.map(|edge| (edge.from, edge.to)).collect();
    let anchor = |node: usize| beside.get(&node).copied().filter(|&to| levels[to] == levels[node]).unwrap_or(node);
    let mut by_level: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &node in part {
        by_level.entry(levels[node]).or_default().push(node);
    }
    let mut rows = BTreeMap::new();
    let (mut row, mut level_of) = (0, Vec::new());
    for (level, nodes) in by_level.values_mut().rev().enumerate() {
        nodes.sort_by_key(|&node| {
            let anchor = anchor(node);
            (above.get(&anchor).copied().unwrap_or(usize::MAX), anchor, node)
        });
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
        level_of.resize(row, level);
    }
    let is_broken = row > by_level.len();
    Threads { rows, levels: if is_broken { level_of } else { Vec::new() }, ..Threads::default() }
}

/// A component, its frames included.
fn place_part(scene: &Scene, sizes: &Sizes, levels: &[Vec<usize>; 4], part: &[usize], page: f64) -> Plan {
    if part.iter().any(|&node| scene.nodes[node].group.is_some()) {
        return place_blocks(scene, sizes, &levels[0], part);
    }
    let edges: Vec<usize> =
        (0..scene.edges.len()).filter(|&edge| part.binary_search(&scene.edges[edge].from).is_ok()).collect();
    // Sources stand at the bottom unless lines cross less where each stands below what rests on it. Wholes hang over their parts
    // unless lines cross half as often otherwise.
    let [below, among, near, hung] = levels;
    let (first, others, tenths) =
        if is_of_parts(scene, &edges) { (hung, [near, among, below], 5) } else { (below, [among, near, below], 9) };
    let mut woven = woven(scene, sizes, first, (part, &edges), page);
    for other in others {
        if woven.crossings > 0 && part.iter().any(|&node| first[node] != other[node]) {
            let other = self::woven(scene, sizes, other, (part, &edges), page);
            if other.crossings * 10 < woven.crossings * tenths {
                woven = other;
            }
        }
    }
    let (mut boxes, mut bands) = (vec![Rect::default(); scene.nodes.len()], vec![(0.0, 0.0); scene.nodes.len()]);
    for &node in part {
        (boxes[node], bands[node]) = (woven.boxes[&node], woven.bands[&node]);
    }
    let bends = edges.iter().map(|&edge| {
        let bend = woven.bends.get(&edge).cloned().unwrap_or_default();
        let is_upwards = boxes[scene.edges[edge].from].y > boxes[scene.edges[edge].to].y;
        (edge, if is_upwards { bend.reversed() } else { bend })
    });
    let routes = routes(scene, (&boxes, &bands), &bends.collect());
    let frames = vec![Rect::default(); scene.groups.len()];
    settle(Plan { boxes, frames, routes, width: 0.0, height: 0.0 }, part)
}

/// Whether at least half of the lines that argue for statements lead from a part to its whole, as in an assurance case.
fn is_of_parts(scene: &Scene, edges: &[usize]) -> bool {
    let is_statement = |node: usize| {
        let figure = scene.nodes[node].figure;
        !is_source(figure) && figure != Figure::Junction
    };
    let argued = edges.iter().map(|&edge| &scene.edges[edge]);
    let argued = argued.filter(|edge| is_statement(edge.from) && is_statement(edge.to));
    let count = |signs: &[Sign]| argued.clone().filter(|edge| signs.contains(&edge.sign)).count();
    let parts = count(&[Sign::AllOf, Sign::AnyOf, Sign::OneOf, Sign::Remains, Sign::SupportedBy]);
    parts > 0 && parts >= count(&[Sign::Supports, Sign::Opposes, Sign::Premise, Sign::RejectedPremise, Sign::Entails])
}

/// Boxes and lines of a component, given the levels of its nodes.
fn woven(scene: &Scene, sizes: &Sizes, levels: &[usize], (part, edges): (&[usize], &[usize]), page: f64) -> Woven {
    let mut threads = rows(scene, sizes, levels, part, page);
    threads.strands = strands(scene, &threads.rows, edges);
    weave(&threads, sizes)
}

/// The lines of edges between nodes in rows that are led past them.
pub(super) fn strands(scene: &Scene, rows: &BTreeMap<usize, usize>, edges: &[usize]) -> Vec<Strand> {
    let strand = |edge: usize| {
        let (from, to) = (scene.edges[edge].from, scene.edges[edge].to);
        let (upper, lower) = if rows[&from] <= rows[&to] { (from, to) } else { (to, from) };
        Strand { edge, upper: Some(upper), lower: Some(lower) }
    };
    shortest(scene, rows, edges).into_iter().map(strand).collect()
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

/// Moves a component to the origin, and measures it.
pub(super) fn settle(mut plan: Plan, part: &[usize]) -> Plan {
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
    use super::super::scene::{Arrangement, SceneEdge, SceneNode};
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
            assumed: false,
            absent: false,
        };
        let edge = |from, to| SceneEdge {
            from,
            to,
            sign: Sign::Acted,
            strength: None,
            count: 1,
            label: None,
            step: None,
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
        // 99 edges of one step, 98 of two, …: those of up to nine make 4,215 steps, and 78 of ten fit in besides.
        let of = |least, most| laid.iter().filter(|&&edge| (least..=most).contains(&steps(edge))).count();
        assert_eq!((of(1, 9), of(10, 10), of(11, 99)), ((91..=99).sum(), 78, 0));
        assert!(laid.is_sorted());
        let few: Vec<usize> = (0..50).collect();
        assert_eq!(shortest(&scene, &rows, &few), few, "where they are few, all of them");
    }
}
