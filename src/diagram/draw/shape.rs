//! The outlines of nodes, and the marks inside them.

use crate::verdict::{Degrees, Detail};

use super::super::card::{BAR, Card};
use super::super::geometry::{Point, Rect};
use super::super::picture::{Fill, Path, Picture, Stroke};
use super::super::scene::{Figure, Mark, SceneNode};
use super::super::style::{ABSENT, ABSENT_DASH, Dash, FAINT, INK, VerdictStyle, figure_colours, verdict_style};

/// Fill and border of an outline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    fill: Fill,
    stroke: &'static str,
    dash: Dash,
    /// Whether the border is double.
    double: bool,
    width: f64,
}

impl From<VerdictStyle> for Paint {
    fn from(style: VerdictStyle) -> Self {
        let VerdictStyle { fill, stroke, dash, double, width, .. } = style;
        Self { fill: Fill::Plain(fill), stroke, dash, double, width }
    }
}

/// The paint of a node: that of its verdict, or of its figure.
pub(super) fn paint(node: &SceneNode) -> Paint {
    match node.mark {
        _ if node.absent => absent_paint(),
        Some(mark) => verdict_style(mark.detail).into(),
        None => plain_paint(node.figure),
    }
}

/// The paint of what a what-if leaves out.
pub(super) fn absent_paint() -> Paint {
    Paint { fill: Fill::Plain("#ffffff"), stroke: ABSENT, dash: ABSENT_DASH, double: false, width: 1.2 }
}

/// Draws the ground on which what is assumed stands: a bar along the foot of its box.
pub(super) fn ground(picture: &mut Picture, rect: Rect, paint: Paint) {
    let (inset, height) = (10.0 * scale(rect), 4.0 * scale(rect));
    let bar = Rect { x: rect.x + inset, y: rect.bottom() - 1.5 * height, width: rect.width - 2.0 * inset, height };
    picture.rect(bar, 0.0, Fill::Plain(paint.stroke), None);
}

/// Strikes a line of text through.
pub(super) fn strike(picture: &mut Picture, x: f64, y: f64, width: f64) {
    picture.path(Path::from(x, y).horizontal(x + width), Fill::None, Stroke::new(ABSENT, 1.0));
}

/// The paint of a figure without a verdict.
pub(super) fn plain_paint(figure: Figure) -> Paint {
    let (fill, stroke) = figure_colours(figure);
    Paint { fill: Fill::Plain(fill), stroke, dash: &[], double: false, width: 1.3 }
}

/// Draws the outline of a figure in a box.
pub(super) fn outline(picture: &mut Picture, figure: Figure, rect: Rect, paint: Paint) {
    if figure == Figure::Pile {
        for step in [6.0, 3.0] {
            let behind =
                Rect { x: rect.x + step, y: rect.y + step, width: rect.width - 6.0, height: rect.height - 6.0 };
            draw(picture, Path::rounded(behind, 3.0), paint);
        }
        let front = Rect { width: rect.width - 6.0, height: rect.height - 6.0, ..rect };
        draw(picture, Path::rounded(front, 3.0), paint);
        return;
    }
    draw(picture, contour(figure, rect), paint);
    if paint.double {
        draw(picture, contour(figure, rect.grown(-3.2 * scale(rect).max(0.7))), Paint { fill: Fill::None, ..paint });
    }
    if let Some(path) = second_line(figure, rect) {
        draw(picture, path, Paint { fill: Fill::None, dash: &[], ..paint });
    }
}

fn draw(picture: &mut Picture, path: Path, paint: Paint) {
    picture.path(path, paint.fill, Stroke { dash: paint.dash, ..Stroke::new(paint.stroke, paint.width) });
}

/// How much smaller the corners of a small box are than those of a node's: a sign in a legend has the proportions of what it
/// explains.
fn scale(rect: Rect) -> f64 {
    (rect.height / 40.0).min(1.0)
}

fn contour(figure: Figure, rect: Rect) -> Path {
    let scale = scale(rect);
    match figure {
        Figure::Question => Path::rounded(rect, 10.0 * scale),
        Figure::Fact => Path::rounded(rect, 8.0 * scale),
        Figure::Interpretation => chamfered(rect, 9.0 * scale),
        Figure::Generalisation => scooped(rect, 9.0 * scale),
        Figure::Record | Figure::News | Figure::Book | Figure::Pile => Path::rounded(rect, 0.0),
        Figure::Relationship => pointed(rect, 14.0 * scale),
        Figure::Inference | Figure::Person => Path::rounded(rect, (rect.height / 2.0).min(16.0)),
        Figure::Page => folded(rect, 11.0 * scale),
        Figure::Speech => bubble(rect, scale),
        Figure::Dataset => cylinder(rect, 5.0 * scale),
        Figure::Archive => tabbed(rect, 8.0 * scale),
        Figure::Organisation => hexagon(rect, 11.0 * scale),
        Figure::ArmedGroup => chamfered(rect, 7.0 * scale),
        Figure::OtherActor => Path::rounded(rect, 3.0),
        Figure::Junction => Path::rounded(rect, rect.height / 2.0),
        Figure::Goal => Path::rounded(rect, 0.0),
        Figure::UndevelopedGoal => Path::rounded(above_diamond(rect), 0.0),
        Figure::Strategy => slanted(rect, SLANT * scale),
        Figure::Context => Path::rounded(rect, (rect.height / 2.0).min(CORNER)),
        Figure::Solution | Figure::Assumption | Figure::Justification => ellipse(rect),
    }
}

/// How far the sides of a parallelogram lean, and the radius of the corners of a context.
const SLANT: f64 = 14.0;
const CORNER: f64 = 16.0;
/// The height of the diamond under what is not developed.
pub(in crate::diagram) const DIAMOND: f64 = 14.0;

/// Where a line that ends on the box of a figure meets its outline.
pub(super) fn rim(figure: Figure, rect: Rect, point: Point) -> Point {
    let (middle, across, up) = (rect.middle(), rect.width / 2.0, rect.height / 2.0);
    let (x, y) = ((point.x - middle.x) / across, (point.y - middle.y) / up);
    let is_upright = y.abs() >= x.abs();
    let reach = |beside: f64| (1.0 - beside * beside).max(0.0).sqrt();
    match figure {
        Figure::Solution | Figure::Assumption | Figure::Justification if is_upright => {
            Point::new(point.x, middle.y + y.signum() * up * reach(x))
        }
        Figure::Solution | Figure::Assumption | Figure::Justification => {
            Point::new(middle.x + x.signum() * across * reach(y), point.y)
        }
        Figure::Strategy if !is_upright => Point::new(point.x - x.signum() * SLANT / 2.0, point.y),
        Figure::UndevelopedGoal if is_upright && y > 0.0 => {
            let beside = (point.x - middle.x).abs();
            Point::new(point.x, point.y - beside.min(DIAMOND / 2.0) * if beside < DIAMOND / 2.0 { 1.0 } else { 2.0 })
        }
        _ => point,
    }
}

fn above_diamond(rect: Rect) -> Rect {
    Rect { height: rect.height - DIAMOND * scale(rect), ..rect }
}

fn slanted(rect: Rect, slant: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    polygon(&[(x + slant, y), (right, y), (right - slant, bottom), (x, bottom)])
}

fn ellipse(rect: Rect) -> Path {
    let middle = rect.middle();
    // The share at which a cubic curve comes closest to a quarter of a circle.
    let (dx, dy) = (rect.width / 2.0 * 0.5523, rect.height / 2.0 * 0.5523);
    let quarter = |path: Path, from: (f64, f64), one: (f64, f64), other: (f64, f64), to: (f64, f64)| {
        let at = |(x, y): (f64, f64), (dx, dy): (f64, f64)| Point::new(x + dx, y + dy);
        path.curve(at(from, one), at(to, other), Point::new(to.0, to.1))
    };
    let (top, bottom) = ((middle.x, rect.y), (middle.x, rect.bottom()));
    let (left, right) = ((rect.x, middle.y), (rect.right(), middle.y));
    let path = quarter(Path::from(top.0, top.1), top, (dx, 0.0), (0.0, -dy), right);
    let path = quarter(path, right, (0.0, dy), (dx, 0.0), bottom);
    let path = quarter(path, bottom, (-dx, 0.0), (0.0, dy), left);
    quarter(path, left, (0.0, -dy), (-dx, 0.0), top).closed()
}

/// The line that some figures have inside their outline.
fn second_line(figure: Figure, rect: Rect) -> Option<Path> {
    let (left, right, top, scale) = (rect.x, rect.right(), rect.y, scale(rect));
    match figure {
        Figure::Book => Some(Path::from(left + 6.0, top).vertical(rect.bottom())),
        Figure::News => {
            let rule = |path: Path, y: f64| path.jump(left, y).horizontal(right);
            Some(rule(rule(Path::default(), top + 2.5), top + 5.0))
        }
        Figure::Record => Some(Path::from(left, top + 4.0).horizontal(right)),
        Figure::Page => {
            let fold = 11.0 * scale;
            Some(Path::from(right - fold, top).vertical(top + fold).horizontal(right))
        }
        Figure::Dataset => {
            let (lid, curve) = (top + 5.0 * scale, top + 11.0 * scale);
            Some(Path::from(left, lid).curve(Point::new(left, curve), Point::new(right, curve), Point::new(right, lid)))
        }
        Figure::UndevelopedGoal => {
            let (middle, half) = (rect.middle().x, DIAMOND * scale / 2.0);
            let (bottom, side) = (rect.bottom(), rect.bottom() - half);
            Some(polygon(&[
                (middle, bottom - 2.0 * half),
                (middle + half, side),
                (middle, bottom),
                (middle - half, side),
            ]))
        }
        _ => None,
    }
}

fn polygon(points: &[(f64, f64)]) -> Path {
    let (first, rest) = points.split_first().expect("a polygon has corners");
    let path = Path::from(first.0, first.1);
    rest.iter().fold(path, |path, &(x, y)| path.line(x, y)).closed()
}

fn chamfered(rect: Rect, cut: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    polygon(&[
        (x + cut, y),
        (right - cut, y),
        (right, y + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (x + cut, bottom),
        (x, bottom - cut),
        (x, y + cut),
    ])
}

fn scooped(rect: Rect, radius: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    let arc = |path: Path, x: f64, y: f64| path.arc(radius, false, x, y);
    let path = Path::from(x + radius, y).horizontal(right - radius);
    let path = arc(path, right, y + radius).vertical(bottom - radius);
    let path = arc(path, right - radius, bottom).horizontal(x + radius);
    let path = arc(path, x, bottom - radius).vertical(y + radius);
    arc(path, x + radius, y).closed()
}

fn pointed(rect: Rect, point: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    polygon(&[(x, y), (right - point, y), (right, rect.middle().y), (right - point, bottom), (x, bottom)])
}

fn folded(rect: Rect, fold: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    polygon(&[(x, y), (right - fold, y), (right, y + fold), (right, bottom), (x, bottom)])
}

/// A box with round corners, from whose foot a tail hangs.
fn bubble(rect: Rect, scale: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom() - 8.0 * scale);
    let (corner, from, to) = (7.0 * scale, x + 18.0 * scale, x + 30.0 * scale);
    let arc = |path: Path, x: f64, y: f64| path.arc(corner, true, x, y);
    let path = Path::from(x + corner, y).horizontal(right - corner);
    let path = arc(path, right, y + corner).vertical(bottom - corner);
    let path = arc(path, right - corner, bottom).horizontal(to).line(from, rect.bottom());
    let path = path.vertical(bottom).horizontal(x + corner);
    let path = arc(path, x, bottom - corner).vertical(y + corner);
    arc(path, x + corner, y).closed()
}

fn cylinder(rect: Rect, lid: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y + lid, rect.right(), rect.bottom() - lid);
    let curve = lid * 4.0 / 3.0;
    (Path::from(x, y))
        .curve(Point::new(x, y - curve), Point::new(right, y - curve), Point::new(right, y))
        .vertical(bottom)
        .curve(Point::new(right, bottom + curve), Point::new(x, bottom + curve), Point::new(x, bottom))
        .closed()
}

fn tabbed(rect: Rect, tab: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    let end = x + (rect.width * 0.42).min(70.0);
    polygon(&[(x, y), (end, y), (end + tab, y + tab), (right, y + tab), (right, bottom), (x, bottom)])
}

fn hexagon(rect: Rect, point: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    let middle = rect.middle().y;
    polygon(&[
        (x + point, y),
        (right - point, y),
        (right, middle),
        (right - point, bottom),
        (x + point, bottom),
        (x, middle),
    ])
}

/// Draws a bar with the look of a verdict.
pub(in crate::diagram) fn verdict_bar(picture: &mut Picture, detail: Detail, rect: Rect) {
    let paint = Paint::from(verdict_style(detail));
    draw(picture, Path::rounded(rect, f64::min(2.0, rect.width / 2.0)), paint);
    let inner = rect.grown(-2.6);
    if paint.double && inner.width > 2.0 && inner.height > 2.0 {
        draw(picture, Path::rounded(inner, 1.0), Paint { fill: Fill::None, ..paint });
    }
}

/// Draws the glyph of a verdict: a disc that is full, half full, crossed, empty or dotted.
pub(in crate::diagram) fn glyph(picture: &mut Picture, detail: Detail, x: f64, y: f64) {
    large_glyph(picture, detail, Point::new(x, y), 1.0);
}

/// The same so many times as large.
pub(super) fn large_glyph(picture: &mut Picture, detail: Detail, Point { x, y }: Point, times: f64) {
    let colour = verdict_style(detail).stroke;
    let (at, width) = (|dx: f64, dy: f64| (x + dx * times, y + dy * times), 1.6 * times);
    let through = |points: &[(f64, f64)]| -> Path {
        let points: Vec<Point> = points.iter().map(|&(dx, dy)| at(dx, dy)).map(|(x, y)| Point::new(x, y)).collect();
        Path::through(&points)
    };
    let (white, full) = (Fill::Plain("#ffffff"), Fill::Plain(colour));
    let (disc, dash): (Fill, Dash) = match detail {
        Detail::Established => (full, &[]),
        Detail::NoEvidence => (white, &[1.2, 2.0]),
        _ => (white, &[]),
    };
    picture.circle(Point::new(x, y), 5.0 * times, disc, Stroke { dash, ..Stroke::new(colour, width) });
    let mut line = |path: Path, colour| picture.path(path, Fill::None, Stroke::new(colour, width));
    match detail {
        Detail::Established => {
            line(through(&[(-2.6, 0.2), (-0.7, 2.2), (2.8, -2.0)]), "#ffffff");
        }
        Detail::RivalReadings | Detail::ConflictingEvidence => {
            let radius = 5.0 * times;
            picture.path(Path::from(x, y - radius).arc(radius, false, x, y + radius).closed(), full, None);
        }
        Detail::Refuted => {
            let ((left, top), (right, bottom)) = (at(-2.6, -2.6), at(2.6, 2.6));
            line(through(&[(-2.6, -2.6), (2.6, 2.6)]).jump(right, top).line(left, bottom), colour);
        }
        Detail::Insufficient | Detail::NoEvidence => {}
        Detail::Undecided => line(through(&[(-2.6, 0.0), (2.6, 0.0)]), colour),
    }
}

/// Draws a padlock, shut if settled.
pub(in crate::diagram) fn lock(picture: &mut Picture, settled: bool, x: f64, y: f64) {
    let fill = Fill::Plain(if settled { INK } else { "#ffffff" });
    let body = Path::rounded(Rect { x, y: y - 5.0, width: 8.0, height: 5.5 }, 1.0);
    picture.path(body, fill, Stroke::new(INK, 0.9));
    let shackle = if settled {
        let arch = Path::from(x + 1.8, y - 5.0).vertical(y - 6.6).arc(2.2, true, x + 6.2, y - 6.6);
        arch.vertical(y - 5.0)
    } else {
        Path::from(x + 6.2, y - 5.0).vertical(y - 7.2).arc(2.2, true, x + 10.4, y - 7.2)
    };
    picture.path(shackle, Fill::None, Stroke::new(INK, 1.1));
}

/// Draws the degrees as a bar: for (dark), conflict (hatched both ways), ignorance (white), against (hatched).
pub(super) fn degrees(picture: &mut Picture, mark: Mark, at: Point, width: f64) {
    tall_degrees(picture, mark.degrees, Rect { x: at.x, y: at.y, width, height: BAR });
}

/// The same in a box of any height.
pub(super) fn tall_degrees(picture: &mut Picture, degrees: Degrees, whole: Rect) {
    let shares = [degrees.in_favour, degrees.conflict, degrees.ignorance, degrees.against];
    let fills = [Fill::Plain("#00694b"), Fill::Conflict, Fill::Plain("#ffffff"), Fill::Against];
    let mut left = whole.x;
    for (share, fill) in shares.into_iter().zip(fills) {
        let part = share * whole.width;
        if part > 0.05 {
            picture.rect(Rect { x: left, width: part, ..whole }, 0.0, fill, None);
        }
        left += part;
    }
    frame(picture, whole);
}

/// Draws a bar whose withheld share is blacked out.
pub(super) fn withheld(picture: &mut Picture, share: f64, x: f64, y: f64, width: f64) {
    picture.rect(bar(x, y, width), 0.0, Fill::Plain("#ffffff"), None);
    picture.rect(bar(x, y, share * width), 0.0, Fill::Plain("#000000"), None);
    frame(picture, bar(x, y, width));
}

fn frame(picture: &mut Picture, whole: Rect) {
    picture.rect(whole, 0.0, Fill::None, Stroke::new(FAINT, 0.7));
}

fn bar(x: f64, y: f64, width: f64) -> Rect {
    Rect { x, y, width, height: BAR }
}

/// Draws the sign of an inference: therefore.
pub(super) fn therefore(picture: &mut Picture, card: &Card, rect: Rect) {
    let (x, y) = (rect.x + 13.0, rect.y + card.height / 2.0);
    for (dx, dy) in [(0.0, -3.2), (-3.6, 3.0), (3.6, 3.0)] {
        picture.circle(Point::new(x + dx, y + dy), 1.7, Fill::Plain("#5a4b7c"), None);
    }
}
