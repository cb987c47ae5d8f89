//! Lines between nodes, with the heads at their ends.

use super::super::geometry::Point;
use super::super::picture::{Fill, Path, Picture, Stroke};
use super::super::plan::Route;
use super::super::style::{EdgeStyle, Head};

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) style: EdgeStyle,
    pub(super) colour: &'static str,
    pub(super) width: f64,
    /// Whether the main direction of the picture is horizontal.
    pub(super) sideways: bool,
    /// Whether the head at the end is drawn.
    pub(super) headed: bool,
}

/// Draws a line along a route.
pub(super) fn line(picture: &mut Picture, route: &Route, look: Look) {
    let mut points = route.points.clone();
    let count = points.len();
    if count < 2 {
        return;
    }
    let sideways = look.sideways != route.across;
    let (end, start) = (points[count - 1], points[0]);
    let arriving = |before: Point, end: Point| {
        if route.spline { straight(before, end) } else { direction(before, end, sideways) }
    };
    let (into, out_of) = (arriving(points[count - 2], end), arriving(points[1], start));
    let head = if look.headed { look.style.head } else { Head::None };
    let tail = look.style.tail;
    let (back, ahead) = (length(head, look.width), length(tail, look.width));
    points[count - 1] = end.moved(-into.x * back, -into.y * back);
    points[0] = start.moved(-out_of.x * ahead, -out_of.y * ahead);
    let path = if route.spline { spline(&points) } else { path(&points, sideways, route.arch) };
    stroke(picture, path, look);
    draw_head(picture, head, End { tip: end, into }, look);
    draw_head(picture, tail, End { tip: start, into: out_of }, look);
}

/// The middle of something of a radius that lies on a line right before the head at its end.
pub(super) fn before_head(route: &Route, look: Look, radius: f64) -> Option<Point> {
    let [.., before, end] = route.points[..] else { return None };
    let sideways = look.sideways != route.across;
    let into = if route.spline { straight(before, end) } else { direction(before, end, sideways) };
    let back = if look.headed { length(look.style.head, look.width) } else { 0.0 } + radius + 1.0;
    Some(end.moved(-into.x * back, -into.y * back))
}

fn stroke(picture: &mut Picture, path: Path, look: Look) {
    let stroke = |colour, width| Stroke { dash: look.style.dash, ..Stroke::new(colour, width) };
    if look.style.double {
        picture.path(path.clone(), Fill::None, stroke(look.colour, 4.2));
        picture.path(path, Fill::None, stroke("#ffffff", 2.2));
    } else {
        picture.path(path, Fill::None, stroke(look.colour, look.width));
    }
}

/// The unit vector along the main direction in which a line arrives.
fn direction(before: Point, end: Point, sideways: bool) -> Point {
    let (x, y) = (end.x - before.x, end.y - before.y);
    if sideways {
        Point::new(if x < 0.0 { -1.0 } else { 1.0 }, 0.0)
    } else {
        Point::new(0.0, if y < 0.0 { -1.0 } else { 1.0 })
    }
}

fn straight(before: Point, end: Point) -> Point {
    let (x, y) = (end.x - before.x, end.y - before.y);
    let length = x.hypot(y);
    if length > 0.0 { Point::new(x / length, y / length) } else { Point::new(0.0, 1.0) }
}

fn spline(points: &[Point]) -> Path {
    let start = Path::from(points[0].x, points[0].y);
    points[1..].chunks_exact(3).fold(start, |path, bend| path.curve(bend[0], bend[1], bend[2]))
}

fn path(points: &[Point], sideways: bool, arch: Option<usize>) -> Path {
    let mut path = Path::from(points[0].x, points[0].y);
    let mut from = points[0];
    for (index, &to) in points.iter().enumerate().skip(1).filter(|(index, _)| arch != Some(*index)) {
        let half = match arch {
            Some(top) if top + 1 == index => points[top],
            _ if (from.x - to.x).abs() < 0.01 || (from.y - to.y).abs() < 0.01 => {
                (path, from) = (path.line(to.x, to.y), to);
                continue;
            }
            _ => Point::new((from.x + to.x) / 2.0, (from.y + to.y) / 2.0),
        };
        let (one, other) = if sideways {
            (Point::new(half.x, from.y), Point::new(half.x, to.y))
        } else {
            (Point::new(from.x, half.y), Point::new(to.x, half.y))
        };
        (path, from) = (path.curve(one, other, to), to);
    }
    path
}

/// The length of the line that a head replaces.
fn length(head: Head, width: f64) -> f64 {
    match head {
        Head::Arrow => arrow(width),
        Head::HollowArrow => 9.0,
        Head::Diamond | Head::HollowDiamond => 11.0,
        Head::Circle => 7.0,
        Head::CircledCross => 9.0,
        _ => 0.0,
    }
}

fn arrow(width: f64) -> f64 {
    6.0 + 1.6 * width
}

/// An end of a line, and the unit vector in which the line arrives there.
#[derive(Debug, Clone, Copy)]
struct End {
    tip: Point,
    into: Point,
}

impl End {
    /// The point at a distance back along the line and a distance to its side.
    fn at(self, along: f64, aside: f64) -> Point {
        let Self { tip, into } = self;
        Point::new(tip.x - into.x * along - into.y * aside, tip.y - into.y * along + into.x * aside)
    }

    fn polyline(self, points: &[(f64, f64)]) -> Path {
        let points: Vec<Point> = points.iter().map(|&(along, aside)| self.at(along, aside)).collect();
        Path::through(&points)
    }
}

fn draw_head(picture: &mut Picture, head: Head, end: End, look: Look) {
    let (white, full) = (Fill::Plain("#ffffff"), Fill::Plain(look.colour));
    let line = |picture: &mut Picture, points: &[(f64, f64)], width: f64| {
        picture.path(end.polyline(points), Fill::None, Stroke::new(look.colour, width));
    };
    let area = |picture: &mut Picture, points: &[(f64, f64)], fill: Fill| {
        picture.path(end.polyline(points).closed(), fill, Stroke::new(look.colour, 1.2));
    };
    let circle = |picture: &mut Picture, along: f64, radius: f64, fill: Fill| {
        picture.circle(end.at(along, 0.0), radius, fill, Stroke::new(look.colour, 1.4));
    };
    let long = arrow(look.width);
    let diamond = [(0.0, 0.0), (5.5, 3.8), (11.0, 0.0), (5.5, -3.8)];
    match head {
        Head::None => {}
        Head::Arrow => area(picture, &[(0.0, 0.0), (long, long * 0.46), (long, -long * 0.46)], full),
        Head::HollowArrow => area(picture, &[(0.0, 0.0), (9.0, 5.0), (9.0, -5.0)], white),
        Head::Diamond => area(picture, &diamond, full),
        Head::HollowDiamond => area(picture, &diamond, white),
        Head::Bar => {
            let reach = 5.0 + look.width;
            line(picture, &[(2.0, reach), (2.0, -reach)], 2.0 + look.width * 0.6);
        }
        Head::Cross => {
            line(picture, &[(3.0, 4.5), (12.0, -4.5)], 2.0);
            line(picture, &[(3.0, -4.5), (12.0, 4.5)], 2.0);
        }
        Head::CircledCross => {
            circle(picture, 4.7, 4.7, white);
            line(picture, &[(1.9, 2.8), (7.5, -2.8)], 1.4);
            line(picture, &[(1.9, -2.8), (7.5, 2.8)], 1.4);
        }
        Head::Circle => circle(picture, 3.5, 3.5, white),
        Head::Dot => circle(picture, 2.6, 2.2, full),
        Head::Vee => line(picture, &[(7.0, 3.6), (0.6, 0.0), (7.0, -3.6)], 1.3),
        Head::Square => area(picture, &[(0.6, 2.8), (0.6, -2.8), (6.2, -2.8), (6.2, 2.8)], full),
    }
}
