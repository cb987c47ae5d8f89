//! Parts that nothing else is joined to, in columns: where one row of them would be wider than the page.
//!
//! A layout sees a column as one box, from which one line leads to the whole. In its place come the parts, one below the other, each
//! with a branch to a line along the side of the column.

use std::collections::BTreeMap;

use super::geometry::{Point, Rect};
use super::plan::{Plan, Route, Sizes};
use super::scene::{Scene, Sign};
use super::weave::NODE_GAP;

/// The proportion of the columns of one whole together.
const PROPORTION: f64 = 1.4;
/// Between the parts of a column.
const GAP: f64 = 12.0;
/// Left of the parts, for the line along the side; above them, for its way to there.
const SIDE: f64 = 20.0;
const HEAD: f64 = 24.0;
/// From the left of a column to the line along its side, and how far it bends at a corner.
const SPINE: f64 = 5.0;
const CORNER: f64 = 8.0;

/// A scene in which each column is one node.
pub(super) struct Columns<'a> {
    whole: &'a Scene,
    sizes: &'a Sizes,
    /// The parts of each column, from the top.
    columns: Vec<Vec<usize>>,
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

impl<'a> Columns<'a> {
    /// Finds what stands in columns on a page of a width. The main direction of the sizes is downwards.
    ///
    /// Cost: linear in the scene.
    pub(super) fn of(whole: &'a Scene, sizes: &'a Sizes, page: f64) -> Self {
        let columns: Vec<Vec<usize>> =
            leaves(whole, sizes).into_values().flat_map(|leaves| columns(&leaves, sizes, page)).collect();
        let mut is_shown = vec![true; whole.nodes.len()];
        columns.iter().flat_map(|column| &column[1..]).for_each(|&node| is_shown[node] = false);
        let nodes = (0..whole.nodes.len()).filter(|&node| is_shown[node]).collect();
        let edges = (0..whole.edges.len()).filter(|&edge| is_shown[whole.edges[edge].from]).collect();
        Self { whole, sizes, columns, nodes, edges }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The scene with a node for each column.
    pub(super) fn scene(&self) -> Scene {
        let place: BTreeMap<usize, usize> = self.nodes.iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let edge = |&edge: &usize| {
            let mut edge = self.whole.edges[edge].clone();
            (edge.from, edge.to) = (place[&edge.from], place[&edge.to]);
            edge
        };
        Scene {
            nodes: self.nodes.iter().map(|&node| self.whole.nodes[node].clone()).collect(),
            edges: self.edges.iter().map(edge).collect(),
            ..self.whole.clone()
        }
    }

    /// The sizes of its parts.
    pub(super) fn sizes(&self) -> Sizes {
        let mut sizes = self.sizes.nodes.clone();
        for column in &self.columns {
            let width = column.iter().map(|&node| self.sizes.nodes[node].0).fold(0.0, f64::max);
            let height: f64 = column.iter().map(|&node| self.sizes.nodes[node].1 + GAP).sum();
            sizes[column[0]] = (SIDE + width, HEAD + height - GAP);
        }
        Sizes {
            nodes: self.nodes.iter().map(|&node| sizes[node]).collect(),
            labels: self.edges.iter().map(|&edge| self.sizes.labels[edge]).collect(),
            titles: self.sizes.titles.clone(),
        }
    }

    /// The plan of the whole scene, from that in which columns are nodes.
    pub(super) fn opened(&self, plan: Plan) -> Plan {
        let mut boxes = vec![Rect::default(); self.whole.nodes.len()];
        let mut routes = vec![Route::default(); self.whole.edges.len()];
        self.nodes.iter().zip(plan.boxes).for_each(|(&node, rect)| boxes[node] = rect);
        self.edges.iter().zip(plan.routes).for_each(|(&edge, route)| routes[edge] = route);
        let edge_of: BTreeMap<usize, usize> =
            self.whole.edges.iter().enumerate().map(|(index, edge)| (edge.from, index)).collect();
        for column in &self.columns {
            let frame = boxes[column[0]];
            let way = routes[edge_of[&column[0]]].clone();
            let mut y = frame.y + HEAD;
            for &node in column {
                let (width, height) = self.sizes.nodes[node];
                boxes[node] = Rect { x: frame.x + SIDE, y, width, height };
                routes[edge_of[&node]] = branch(frame, boxes[node], &way);
                y += height + GAP;
            }
        }
        Plan { boxes, routes, ..plan }
    }
}

/// The nodes with a single line, which leads to what they are parts of: by that and the sign of the line.
fn leaves(scene: &Scene, sizes: &Sizes) -> BTreeMap<(usize, Sign), Vec<usize>> {
    let mut lines = vec![0; scene.nodes.len()];
    for edge in &scene.edges {
        lines[edge.from] += 1;
        lines[edge.to] += 1;
    }
    let mut leaves: BTreeMap<(usize, Sign), Vec<usize>> = BTreeMap::new();
    for (index, edge) in scene.edges.iter().enumerate() {
        let is_part = matches!(edge.sign, Sign::AllOf | Sign::AnyOf | Sign::OneOf | Sign::SupportedBy);
        let is_bare = sizes.labels[index].is_none() && scene.nodes[edge.from].group.is_none();
        if is_part && is_bare && lines[edge.from] == 1 {
            leaves.entry((edge.to, edge.sign)).or_default().push(edge.from);
        }
    }
    leaves.values_mut().for_each(|nodes| nodes.sort_unstable());
    leaves
}

/// Leaves in columns, as even as possible; none where they have room in one row.
fn columns(leaves: &[usize], sizes: &Sizes, page: f64) -> Vec<Vec<usize>> {
    let total: f64 = leaves.iter().map(|&node| sizes.nodes[node].0 + NODE_GAP).sum();
    if total <= page {
        return Vec::new();
    }
    let area: f64 =
        leaves.iter().map(|&node| (sizes.nodes[node].0 + SIDE + NODE_GAP) * (sizes.nodes[node].1 + GAP)).sum();
    let width = total / leaves.len() as f64 + SIDE;
    let most = ((area * PROPORTION).sqrt().min(page) / width).round().max(1.0) as usize;
    leaves.chunks(leaves.len().div_ceil(most)).filter(|column| column.len() > 1).map(<[usize]>::to_vec).collect()
}

/// The way from a part along the side of its column, and on as the column's line leads: the points of a cubic spline.
fn branch(frame: Rect, part: Rect, way: &Route) -> Route {
    if way.points.len() < 2 {
        return Route::default();
    }
    let (x, middle) = (frame.x + SPINE, part.middle().y);
    let mut spline = vec![Point::new(part.x, middle)];
    straight(&mut spline, Point::new(x + CORNER, middle));
    spline.extend([Point::new(x, middle), Point::new(x, middle), Point::new(x, middle - CORNER)]);
    straight(&mut spline, Point::new(x, frame.y + HEAD));
    way.points.iter().for_each(|&to| upright(&mut spline, to));
    Route { points: spline, spline: true, ..Route::default() }
}

fn straight(spline: &mut Vec<Point>, to: Point) {
    let from = spline[spline.len() - 1];
    let at = |share: f64| Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
    spline.extend([at(1.0 / 3.0), at(2.0 / 3.0), to]);
}

/// A curve that is upright at both ends, as those between the points of other routes are.
fn upright(spline: &mut Vec<Point>, to: Point) {
    let from = spline[spline.len() - 1];
    let half = (from.y + to.y) / 2.0;
    spline.extend([Point::new(from.x, half), Point::new(to.x, half), to]);
}
