//! The lines between nodes, with what stands at their ends.

use super::super::geometry::Point;
use super::super::layout::Route;
use super::super::style::{EdgeStyle, Head};
use super::markup::{Markup, Path, dashes, number};

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) style: EdgeStyle,
    pub(super) colour: &'static str,
    pub(super) width: f64,
    /// Whether the main direction of the picture is from side to side.
    pub(super) sideways: bool,
    /// Whether the heads are drawn.
    pub(super) headed: bool,
}

/// Draws a line along a route.
pub(super) fn edge(markup: &mut Markup, route: &Route, stroke: Stroke) {
    let mut points = route.points.clone();
    let count = points.len();
    if count < 2 {
        return;
    }
    let sideways = stroke.sideways != route.across;
    let (end, start) = (points[count - 1], points[0]);
    let arriving = |before: Point, end: Point| {
        if route.spline { straight(before, end) } else { direction(before, end, sideways) }
    };
    let (into, out_of) = (arriving(points[count - 2], end), arriving(points[1], start));
    let (head, tail) =
        if stroke.headed { (stroke.style.head, stroke.style.tail) } else { (Head::None, stroke.style.tail) };
    let (back, ahead) = (length(head, stroke.width), length(tail, stroke.width));
    points[count - 1] = end.moved(-into.x * back, -into.y * back);
    points[0] = start.moved(-out_of.x * ahead, -out_of.y * ahead);
    let path = if route.spline { spline(&points) } else { path(&points, sideways, route.is_arch()) };
    line(markup, &path, stroke);
    draw_head(markup, head, end, into, stroke);
    draw_head(markup, tail, start, out_of, stroke);
}

fn line(markup: &mut Markup, path: &Path, stroke: Stroke) {
    let draw = |markup: &mut Markup, colour: &str, width: f64| {
        markup.empty(
            "path",
            &[
                ("d", path.as_str()),
                ("fill", "none"),
                ("stroke", colour),
                ("stroke-width", &number(width)),
                ("stroke-dasharray", &dashes(stroke.style.dash)),
            ],
        );
    };
    if stroke.style.double {
        draw(markup, stroke.colour, 4.2);
        draw(markup, "#ffffff", 2.2);
    } else {
        draw(markup, stroke.colour, stroke.width);
    }
}

/// The direction in which a line arrives: along the main direction, or straight where it does not turn.
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
    let start = Path::default().step('M', &[points[0].x, points[0].y]);
    points[1..]
        .chunks_exact(3)
        .fold(start, |path, bend| path.step('C', &[bend[0].x, bend[0].y, bend[1].x, bend[1].y, bend[2].x, bend[2].y]))
}

fn path(points: &[Point], sideways: bool, arch: bool) -> Path {
    let start = Path::default().step('M', &[points[0].x, points[0].y]);
    if let (true, [_, leave, top, arrive, end]) = (arch, points) {
        let (one, other) = if sideways {
            (Point::new(top.x, leave.y), Point::new(top.x, arrive.y))
        } else {
            (Point::new(leave.x, top.y), Point::new(arrive.x, top.y))
        };
        return start
            .step('L', &[leave.x, leave.y])
            .step('C', &[one.x, one.y, other.x, other.y, arrive.x, arrive.y])
            .step('L', &[end.x, end.y]);
    }
    points.windows(2).fold(start, |path, pair| {
        let (from, to) = (pair[0], pair[1]);
        if (from.x - to.x).abs() < 0.01 || (from.y - to.y).abs() < 0.01 {
            return path.step('L', &[to.x, to.y]);
        }
        let half = Point::new((from.x + to.x) / 2.0, (from.y + to.y) / 2.0);
        let (one, other) = if sideways {
            (Point::new(half.x, from.y), Point::new(half.x, to.y))
        } else {
            (Point::new(from.x, half.y), Point::new(to.x, half.y))
        };
        path.step('C', &[one.x, one.y, other.x, other.y, to.x, to.y])
    })
}

/// How much of the line a head takes the place of.
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

/// Draws what stands at an end, `tip`, of a line that arrives in direction `into`.
pub(super) fn draw_head(markup: &mut Markup, head: Head, tip: Point, into: Point, stroke: Stroke) {
    // `along` the line backwards, `aside` from it.
    let at = |along: f64, aside: f64| {
        Point::new(tip.x - into.x * along - into.y * aside, tip.y - into.y * along + into.x * aside)
    };
    let polygon = |points: &[Point]| {
        let path = Path::default().step('M', &[points[0].x, points[0].y]);
        points[1..].iter().fold(path, |path, point| path.step('L', &[point.x, point.y]))
    };
    let solid = |markup: &mut Markup, path: Path, fill: &str| {
        let path = path.closed();
        let attributes = [("d", path.as_str()), ("fill", fill), ("stroke", stroke.colour), ("stroke-width", "1.2")];
        markup.empty("path", &attributes);
    };
    let thin = |markup: &mut Markup, path: Path, width: f64| {
        let width = number(width);
        let attributes =
            [("d", path.as_str()), ("fill", "none"), ("stroke", stroke.colour), ("stroke-width", width.as_str())];
        markup.empty("path", &attributes);
    };
    let circle = |markup: &mut Markup, middle: Point, radius: f64, fill: &str| {
        let (x, y, radius) = (number(middle.x), number(middle.y), number(radius));
        let attributes = [
            ("cx", x.as_str()),
            ("cy", &y),
            ("r", &radius),
            ("fill", fill),
            ("stroke", stroke.colour),
            ("stroke-width", "1.4"),
        ];
        markup.empty("circle", &attributes);
    };
    let long = arrow(stroke.width);
    match head {
        Head::None => {}
        Head::Arrow => solid(markup, polygon(&[tip, at(long, long * 0.46), at(long, -long * 0.46)]), stroke.colour),
        Head::HollowArrow => solid(markup, polygon(&[tip, at(9.0, 5.0), at(9.0, -5.0)]), "#ffffff"),
        Head::Diamond => solid(markup, polygon(&[tip, at(5.5, 3.8), at(11.0, 0.0), at(5.5, -3.8)]), stroke.colour),
        Head::HollowDiamond => solid(markup, polygon(&[tip, at(5.5, 3.8), at(11.0, 0.0), at(5.5, -3.8)]), "#ffffff"),
        Head::Bar => {
            let reach = 5.0 + stroke.width;
            thin(markup, polygon(&[at(2.0, reach), at(2.0, -reach)]), 2.0 + stroke.width * 0.6);
        }
        Head::Cross => {
            thin(markup, polygon(&[at(3.0, 4.5), at(12.0, -4.5)]), 2.0);
            thin(markup, polygon(&[at(3.0, -4.5), at(12.0, 4.5)]), 2.0);
        }
        Head::CircledCross => {
            circle(markup, at(4.7, 0.0), 4.7, "#ffffff");
            thin(markup, polygon(&[at(1.9, 2.8), at(7.5, -2.8)]), 1.4);
            thin(markup, polygon(&[at(1.9, -2.8), at(7.5, 2.8)]), 1.4);
        }
        Head::Circle => circle(markup, at(3.5, 0.0), 3.5, "#ffffff"),
        Head::Dot => circle(markup, at(2.6, 0.0), 2.2, stroke.colour),
        Head::Vee => thin(markup, polygon(&[at(7.0, 3.6), at(0.6, 0.0), at(7.0, -3.6)]), 1.3),
        Head::Square => {
            solid(markup, polygon(&[at(0.6, 2.8), at(0.6, -2.8), at(6.2, -2.8), at(6.2, 2.8)]), stroke.colour)
        }
    }
}
