//! Outlines in the form that renderers take: straight lines and cubic curves.

use super::super::geometry::Point;
use super::super::picture::{Outline, Path, Step};

/// A part of an outline, from the end of the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Segment<P = Point> {
    Move(P),
    Line(P),
    /// Two control points and the end.
    Curve(P, P, P),
    Close,
}

impl<P> Segment<P> {
    pub(super) fn map<Q>(self, of: impl Fn(P) -> Q) -> Segment<Q> {
        match self {
            Self::Move(to) => Segment::Move(of(to)),
            Self::Line(to) => Segment::Line(of(to)),
            Self::Curve(one, other, to) => Segment::Curve(of(one), of(other), of(to)),
            Self::Close => Segment::Close,
        }
    }
}

/// The segments of an outline.
pub(super) fn segments(outline: &Outline) -> Vec<Segment> {
    match outline {
        Outline::Path(path) => path_segments(path),
        Outline::Box(rect, radius) => path_segments(&Path::rounded(*rect, *radius)),
        Outline::Circle(middle, radius) => {
            let (left, right) = (middle.x - radius, middle.x + radius);
            let upper = Path::from(left, middle.y).arc(*radius, true, right, middle.y);
            path_segments(&upper.arc(*radius, true, left, middle.y).closed())
        }
    }
}

fn path_segments(path: &Path) -> Vec<Segment> {
    let mut at = Point::default();
    let mut segments = Vec::new();
    for &step in &path.0 {
        match step {
            Step::Move(to) => segments.push(Segment::Move(to)),
            Step::Line(to) => segments.push(Segment::Line(to)),
            Step::Horizontal(x) => segments.push(Segment::Line(Point::new(x, at.y))),
            Step::Vertical(y) => segments.push(Segment::Line(Point::new(at.x, y))),
            Step::Curve(one, other, to) => segments.push(Segment::Curve(one, other, to)),
            Step::Arc { radius, clockwise, to } => segments.extend(arc(at, radius, clockwise, to)),
            Step::Close => segments.push(Segment::Close),
        }
        if let Some(&(Segment::Move(to) | Segment::Line(to) | Segment::Curve(_, _, to))) = segments.last() {
            at = to;
        }
    }
    segments
}

/// The shorter arc of a circle as cubic curves, each at most a quarter of the circle: the curve that has the arc's ends,
/// tangents and middle.
fn arc(from: Point, radius: f64, clockwise: bool, to: Point) -> Vec<Segment> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let half = dx.hypot(dy) / 2.0;
    if half == 0.0 {
        return Vec::new();
    }
    let radius = radius.max(half);
    let turn = if clockwise { 1.0 } else { -1.0 };
    let away = turn * (radius * radius - half * half).sqrt() / (2.0 * half);
    let centre = Point::new((from.x + to.x) / 2.0 - dy * away, (from.y + to.y) / 2.0 + dx * away);
    let start = (from.y - centre.y).atan2(from.x - centre.x);
    let angle = 2.0 * (half / radius).min(1.0).asin();
    let parts = if angle > std::f64::consts::FRAC_PI_2 + 1e-9 { 2 } else { 1 };
    let step = turn * angle / f64::from(parts);
    let reach = 4.0 / 3.0 * (step / 4.0).tan() * radius;
    let on = |angle: f64| Point::new(centre.x + radius * angle.cos(), centre.y + radius * angle.sin());
    let beside = |angle: f64, by: f64| on(angle).moved(-angle.sin() * by, angle.cos() * by);
    let part = |index: u32| {
        let (one, other) = (start + step * f64::from(index), start + step * f64::from(index + 1));
        Segment::Curve(beside(one, reach), beside(other, -reach), on(other))
    };
    (0..parts).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_keep_to_their_circle() {
        let near = |one: Point, x: f64, y: f64| (one.x - x).hypot(one.y - y) < 1e-9;
        let quarter = arc(Point::new(0.0, -2.0), 2.0, true, Point::new(2.0, 0.0));
        let [Segment::Curve(one, other, end)] = quarter[..] else { panic!("one curve: {quarter:?}") };
        assert!(near(end, 2.0, 0.0));
        let middle = Point::new((3.0 * (one.x + other.x) + end.x) / 8.0, (3.0 * (one.y + other.y) - 2.0) / 8.0);
        assert!((middle.x.hypot(middle.y) - 2.0).abs() < 1e-9, "{middle:?}");
        let half = arc(Point::new(0.0, -2.0), 2.0, false, Point::new(0.0, 2.0));
        let [Segment::Curve(.., middle), Segment::Curve(.., end)] = half[..] else { panic!("two curves: {half:?}") };
        assert!(near(middle, -2.0, 0.0) && near(end, 0.0, 2.0));
    }
}
