//! Routes lines: where each leaves its nodes, and how it passes the rows in between without touching a box.

use std::collections::BTreeMap;

use super::geometry::{Point, Rect};
use super::plan::Route;
use super::scene::Scene;

/// What the layout gives for an edge: its inner points, and the middle of its label.
#[derive(Debug, Clone, Default)]
pub(super) struct Bend {
    pub(super) inner: Vec<Point>,
    pub(super) label: Option<Point>,
    pub(super) label_width: f64,
}

/// The vertical extent of a row of boxes.
#[derive(Debug, Clone, Copy)]
struct Row {
    middle: f64,
    top: f64,
    bottom: f64,
}

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
/// The height of an arch above the row of its two boxes.
const RISE: f64 = 34.0;

/// The routes of the edges in `bends`, in coordinates with conclusions at the top; those of all other edges are empty.
pub(super) fn routes(scene: &Scene, boxes: &[Rect], part: &[usize], bends: &BTreeMap<usize, Bend>) -> Vec<Route> {
    let rows = rows(boxes, part);
    let mut routes = vec![Route::default(); scene.edges.len()];
    let mut ports: Ports = BTreeMap::new();
    for (&index, bend) in bends {
        let edge = &scene.edges[index];
        let (from, to) = (boxes[edge.from], boxes[edge.to]);
        if let Some(points) = beside(boxes, part, edge.from, edge.to) {
            routes[index] = Route { across: true, ..Route::through(points) };
            continue;
        }
        let (leave, arrive) = sides(from, to);
        let first = bend.inner.first().map_or(to.middle().x, |point| point.x);
        let last = bend.inner.last().map_or(from.middle().x, |point| point.x);
        ports.entry((edge.from, leave)).or_default().push((first, index, true));
        ports.entry((edge.to, arrive)).or_default().push((last, index, false));
    }
    let places = port_places(boxes, ports);
    for (&index, bend) in bends {
        if routes[index].across {
            continue;
        }
        let edge = &scene.edges[index];
        let (start, end) = (places[&(index, true)], places[&(index, false)]);
        let points = around(&rows, boxes[edge.from], boxes[edge.to], start, end, bend);
        let arch = (boxes[edge.from].middle().y - boxes[edge.to].middle().y).abs() < 0.5;
        routes[index] = Route { label: bend.label, arch, ..Route::through(points) };
    }
    routes
}

fn rows(boxes: &[Rect], part: &[usize]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for &node in part {
        let (middle, top, bottom) = (boxes[node].middle().y, boxes[node].y, boxes[node].bottom());
        match rows.iter_mut().find(|row| (row.middle - middle).abs() < 0.5) {
            Some(row) => (row.top, row.bottom) = (row.top.min(top), row.bottom.max(bottom)),
            None => rows.push(Row { middle, top, bottom }),
        }
    }
    rows
}

fn row_at(rows: &[Row], y: f64) -> Option<Row> {
    rows.iter().copied().find(|row| (row.middle - y).abs() < 0.5)
}

/// A straight line between two boxes of a row that have no box between them.
fn beside(boxes: &[Rect], part: &[usize], from: usize, to: usize) -> Option<Vec<Point>> {
    let (one, other) = (boxes[from], boxes[to]);
    let y = one.middle().y;
    if (y - other.middle().y).abs() > 0.5 {
        return None;
    }
    let (left, right) = if one.x < other.x { (one, other) } else { (other, one) };
    let gap = Rect { x: left.right(), y: y - 6.0, width: right.x - left.right(), height: 12.0 };
    if gap.width > 120.0 || part.iter().any(|&node| boxes[node].overlaps(gap)) {
        return None;
    }
    let (start, end) = if one.x < other.x { (one.right(), other.x) } else { (one.x, other.right()) };
    Some(vec![Point::new(start, y), Point::new(end, y)])
}

/// The sides at which a line leaves one box and arrives at another; within a row, the tops of both.
fn sides(from: Rect, to: Rect) -> (Side, Side) {
    let (one, other) = (from.middle().y, to.middle().y);
    if (one - other).abs() < 0.5 {
        (Side::Top, Side::Top)
    } else if one < other {
        (Side::Bottom, Side::Top)
    } else {
        (Side::Top, Side::Bottom)
    }
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
fn around(rows: &[Row], from: Rect, to: Rect, start: Point, end: Point, bend: &Bend) -> Vec<Point> {
    let clear = |rect: Rect, port: Point| {
        let row = row_at(rows, rect.middle().y);
        let y = if port.y <= rect.y { row.map(|row| row.top) } else { row.map(|row| row.bottom) };
        Point::new(port.x, y.unwrap_or(port.y))
    };
    let (leave, arrive) = (clear(from, start), clear(to, end));
    let mut points = vec![start, leave];
    if (from.middle().y - to.middle().y).abs() < 0.5 {
        let top = leave.y.min(arrive.y) - RISE;
        points.extend([Point::new((leave.x + arrive.x) / 2.0, top), arrive, end]);
        return points;
    }
    let downwards = from.middle().y < to.middle().y;
    for &point in &bend.inner {
        match row_at(rows, point.y) {
            Some(row) if downwards => points.extend([Point::new(point.x, row.top), Point::new(point.x, row.bottom)]),
            Some(row) => points.extend([Point::new(point.x, row.bottom), Point::new(point.x, row.top)]),
            None => points.push(point),
        }
    }
    points.extend([arrive, end]);
    points.dedup();
    points
}
