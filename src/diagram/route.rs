//! Routes lines: where each leaves its nodes, and how it passes the rows in between without touching a box.

use std::collections::{BTreeMap, BTreeSet};

use super::geometry::{Point, Rect};
use super::plan::Route;
use super::scene::Scene;

/// The vertical stretch of a line past a row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Pass {
    pub(super) x: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// What the layout gives for an edge: where it passes rows, and the middle of its label.
#[derive(Debug, Clone, Default)]
pub(super) struct Bend {
    pub(super) passes: Vec<Pass>,
    pub(super) label: Option<Point>,
    /// Before which pass it turns back, if it rises over what it joins, and how high it rises.
    pub(super) arch: Option<(usize, f64)>,
}

impl Bend {
    pub(super) fn moved(mut self, x: f64, y: f64) -> Self {
        for pass in &mut self.passes {
            *pass = Pass { x: pass.x + x, top: pass.top + y, bottom: pass.bottom + y };
        }
        self.label = self.label.map(|label| label.moved(x, y));
        self
    }

    pub(super) fn reversed(mut self) -> Self {
        self.passes.reverse();
        self
    }
}

/// The top and the bottom of the row of a box.
pub(super) type Band = (f64, f64);

/// A side of a box where lines attach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Top,
    Bottom,
}

/// The lines at each side of each box: the wanted position, the edge, and whether it starts there.
type Ports = BTreeMap<(usize, Side), Vec<(f64, usize, bool)>>;

/// The least distance of a line from the corner of a box.
pub(super) const CORNER: f64 = 14.0;
/// Between neighbouring lines at a side, where there is room.
const PORT_GAP: f64 = 13.0;
/// How high a line rises over a row where nobody has said it.
const RISE: f64 = 34.0;

/// The routes of the edges in `bends`, in coordinates with conclusions at the top; those of all other edges are empty.
pub(super) fn routes(scene: &Scene, (boxes, bands): (&[Rect], &[Band]), bends: &BTreeMap<usize, Bend>) -> Vec<Route> {
    let mut routes = vec![Route::default(); scene.edges.len()];
    let mut ports: Ports = BTreeMap::new();
    let mut joined = BTreeSet::new();
    for (&index, bend) in bends {
        let edge = &scene.edges[index];
        let (from, to) = (boxes[edge.from], boxes[edge.to]);
        let mut is_first = || joined.insert((edge.from.min(edge.to), edge.from.max(edge.to)));
        let points = beside(boxes, edge.from, edge.to).filter(|_| bend.passes.is_empty());
        // Of several lines between two neighbours, one runs beside them, and the others over them.
        if let Some(points) = points.filter(|_| is_first()) {
            routes[index] = Route { across: true, ..Route::through(points) };
            continue;
        }
        let first = bend.passes.first().map_or(to.middle(), |pass| Point::new(pass.x, pass.top));
        let last = bend.passes.last().map_or(from.middle(), |pass| Point::new(pass.x, pass.top));
        ports.entry((edge.from, side(from, first))).or_default().push((first.x, index, true));
        ports.entry((edge.to, side(to, last))).or_default().push((last.x, index, false));
    }
    let places = port_places(boxes, ports);
    for (&index, bend) in bends {
        if routes[index].across {
            continue;
        }
        let edge = &scene.edges[index];
        let end = |node: usize, starts: bool| (boxes[node], bands[node], places[&(index, starts)]);
        routes[index] = around(end(edge.from, true), end(edge.to, false), bend);
    }
    routes
}

/// A straight line between two boxes of a row that have no box between them.
fn beside(boxes: &[Rect], from: usize, to: usize) -> Option<Vec<Point>> {
    let (one, other) = (boxes[from], boxes[to]);
    let y = one.middle().y;
    if (y - other.middle().y).abs() > 0.5 {
        return None;
    }
    let (left, right) = if one.x < other.x { (one, other) } else { (other, one) };
    let gap = Rect { x: left.right(), y: y - 6.0, width: right.x - left.right(), height: 12.0 };
    if gap.width > 120.0 || boxes.iter().any(|one| one.overlaps(gap)) {
        return None;
    }
    let (start, end) = if one.x < other.x { (one.right(), other.x) } else { (one.x, other.right()) };
    Some(vec![Point::new(start, y), Point::new(end, y)])
}

/// The side of a box at which a line to a point leaves it; to another place of its row, the top.
fn side(rect: Rect, to: Point) -> Side {
    if to.y > rect.middle().y + 0.5 { Side::Bottom } else { Side::Top }
}

/// The port of each line on its side: as straight as possible at a distance from its neighbours.
fn port_places(boxes: &[Rect], ports: Ports) -> BTreeMap<(usize, bool), Point> {
    let mut places = BTreeMap::new();
    for ((node, side), mut lines) in ports {
        lines.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
        let rect = boxes[node];
        // On a side shorter than two corners, one line attaches in the middle, several on both sides of it.
        let corner = if lines.len() > 1 { CORNER.min(rect.width * 0.15) } else { CORNER.min(rect.width / 2.0) };
        let low = rect.x + corner;
        let high = (rect.right() - corner).max(low);
        let gap = if lines.len() > 1 { PORT_GAP.min((high - low) / (lines.len() - 1) as f64) } else { 0.0 };
        let mut xs: Vec<f64> = lines.iter().map(|(wanted, ..)| wanted.clamp(low, high)).collect();
        for index in 1..xs.len() {
            xs[index] = xs[index].max(xs[index - 1] + gap);
        }
        for index in (0..xs.len()).rev() {
            let most = xs.get(index + 1).map_or(high, |next| next - gap);
            xs[index] = xs[index].min(most);
        }
        // Such a box is round: beside its middle, lines run on a little to reach it.
        let under = if lines.len() > 1 && rect.width < 2.0 * CORNER { 3.0 } else { 0.0 };
        let y = if side == Side::Top { rect.y + under } else { rect.bottom() - under };
        for ((_, edge, starts), x) in lines.into_iter().zip(xs) {
            places.insert((edge, starts), Point::new(x, y));
        }
    }
    places
}

/// From one port to the other: straight past every row, bending only between rows.
fn around(from: (Rect, Band, Point), to: (Rect, Band, Point), bend: &Bend) -> Route {
    let clear = |(rect, (top, bottom), port): (Rect, Band, Point)| {
        let is_above = port.y < rect.middle().y;
        Point::new(port.x, if is_above { port.y.min(top) } else { port.y.max(bottom) })
    };
    let (leave, arrive) = (clear(from), clear(to));
    let within_row = bend.passes.is_empty() && (from.0.middle().y - to.0.middle().y).abs() < 0.5;
    let arch_at = bend.arch.or(within_row.then_some((0, RISE)));
    let mut points = vec![from.2];
    let put = |points: &mut Vec<Point>, point: Point| {
        if points.last() != Some(&point) {
            points.push(point);
        }
    };
    put(&mut points, leave);
    let mut arch = None;
    for step in 0..=bend.passes.len() {
        let pass = bend.passes.get(step);
        let before = points[points.len() - 1];
        let turns = arch_at.filter(|(at, _)| *at == step);
        if let Some((_, rise)) = turns {
            let after = pass.map_or(arrive, |pass| Point::new(pass.x, pass.top));
            // A curve reaches three quarters of the way to the points that pull it.
            let top = before.y.min(after.y) - rise / 0.75;
            points.push(Point::new((before.x + after.x) / 2.0, top));
            arch = Some(points.len() - 1);
        }
        let Some(&Pass { x, top, bottom }) = pass else { continue };
        let downwards = turns.is_some() || before.y <= (top + bottom) / 2.0;
        let (one, other) = if downwards { (top, bottom) } else { (bottom, top) };
        put(&mut points, Point::new(x, one));
        put(&mut points, Point::new(x, other));
    }
    put(&mut points, arrive);
    put(&mut points, to.2);
    Route { label: bend.label, arch, ..Route::through(points) }
}
