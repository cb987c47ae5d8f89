//! The rows of a component, the lines that are led past them, and where it stands.

use std::collections::BTreeMap;

use super::geometry::Rect;
use super::level::lower_and_upper;
use super::plan::{Plan, Sizes};
use super::scene::{Scene, Sign};
use super::weave::{NODE_GAP, Strand, Threads};

/// How many times as wide as a page a row can be before it is broken.
const WIDER: f64 = 1.35;
/// The most rows that the lines of a component pass together on a way that is looked for: ordering them costs about their square.
/// The longest lines beyond that take the straight way.
pub(super) const MOST_STEPS: usize = 5_000;

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

pub(super) fn shift(plan: &mut Plan, x: f64, y: f64) {
    plan.boxes.iter_mut().chain(&mut plan.frames).for_each(|rect| *rect = rect.moved(x, y));
    for route in &mut plan.routes {
        route.points.iter_mut().chain(&mut route.label).for_each(|point| *point = point.moved(x, y));
    }
}

#[cfg(test)]
mod tests {
    use super::super::node::plain;
    use super::super::options::Direction;
    use super::super::scene::{Arrangement, Figure, SceneEdge};
    use super::*;

    /// So many actors, each of whom did something with every other.
    fn crowd(count: usize) -> Scene {
        let node = |index: usize| plain(&format!("a{index}"), Figure::Person, "", "");
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
