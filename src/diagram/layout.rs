//! Layered layout: levels, rows no wider than a page, the order within rows, then lines.
//!
//! Connected components are laid out separately and packed side by side on shelves.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::place_blocks;
use super::column::Columns;
use super::geometry::{Point, Rect, Turn};
use super::level::{Sources, is_source, levels};
use super::plan::{Plan, Route, Sizes};
use super::route::routes;
use super::rows::{rows, settle, shift, strands};
use super::scene::{Figure, Scene, Sign};
use super::weave::{NODE_GAP, ROW_GAP, Woven, weave};

/// Between components, and between shelves.
const PART_GAP: f64 = 40.0;
/// The widths of a page that are tried for components side by side, as shares of that on which rows are broken.
const WIDTHS: [f64; 4] = [1.0, 1.25, 1.5, 1.8];

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
