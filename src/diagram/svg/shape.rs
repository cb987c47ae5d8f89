//! The outlines of nodes, and the small marks in them.

use crate::verdict::Detail;

use super::super::card::{BAR, Card};
use super::super::geometry::{Point, Rect};
use super::super::scene::{Figure, Mark, SceneNode};
use super::super::style::{FAINT, INK, VerdictStyle, figure_colours, verdict_style};
use super::markup::{Markup, Path, dashes, number};

/// Fill and border of an outline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub(super) fill: &'static str,
    pub(super) stroke: &'static str,
    pub(super) dash: &'static [f64],
    pub(super) double: bool,
    pub(super) width: f64,
}

impl From<VerdictStyle> for Paint {
    fn from(style: VerdictStyle) -> Self {
        let VerdictStyle { fill, stroke, dash, double, width, .. } = style;
        Self { fill, stroke, dash, double, width }
    }
}

/// How a node is painted: by its verdict if it has one.
pub(super) fn paint(node: &SceneNode) -> Paint {
    match node.mark {
        Some(mark) => verdict_style(mark.detail).into(),
        None => plain_paint(node.figure),
    }
}

/// How a figure without a verdict is painted.
pub(super) fn plain_paint(figure: Figure) -> Paint {
    let (fill, stroke) = figure_colours(figure);
    Paint { fill, stroke, dash: &[], double: false, width: 1.3 }
}

/// The outline of a figure in a box.
pub(super) fn outline(markup: &mut Markup, figure: Figure, rect: Rect, paint: Paint) {
    if figure == Figure::Pile {
        for step in [6.0, 3.0] {
            let behind =
                Rect { x: rect.x + step, y: rect.y + step, width: rect.width - 6.0, height: rect.height - 6.0 };
            draw(markup, &rounded(behind, 3.0), paint);
        }
        let front = Rect { width: rect.width - 6.0, height: rect.height - 6.0, ..rect };
        draw(markup, &rounded(front, 3.0), paint);
        return;
    }
    draw(markup, &contour(figure, rect), paint);
    if paint.double {
        let inner = if rect.height < 20.0 { rounded(rect.grown(-3.0), 5.0) } else { contour(figure, rect.grown(-3.2)) };
        draw(markup, &inner, Paint { fill: "none", ..paint });
    }
    if let Some(path) = second_line(figure, rect) {
        draw(markup, &path, Paint { fill: "none", dash: &[], ..paint });
    }
}

fn draw(markup: &mut Markup, path: &Path, paint: Paint) {
    markup.empty(
        "path",
        &[
            ("d", path.as_str()),
            ("fill", paint.fill),
            ("stroke", paint.stroke),
            ("stroke-width", &number(paint.width)),
            ("stroke-dasharray", &dashes(paint.dash)),
        ],
    );
}

fn contour(figure: Figure, rect: Rect) -> Path {
    match figure {
        Figure::Question => rounded(rect, 10.0),
        Figure::Fact => rounded(rect, 8.0),
        Figure::Interpretation => chamfered(rect, 9.0),
        Figure::Generalisation => scooped(rect, 9.0),
        Figure::Record | Figure::News | Figure::Book | Figure::Pile => rounded(rect, 0.0),
        Figure::Relationship => pointed(rect, 14.0),
        Figure::Inference | Figure::Person => rounded(rect, (rect.height / 2.0).min(16.0)),
        Figure::Page => folded(rect, 11.0),
        Figure::Speech => bubble(rect, 8.0),
        Figure::Dataset => cylinder(rect, 5.0),
        Figure::Archive => tabbed(rect, 8.0),
        Figure::Organisation => hexagon(rect, 11.0),
        Figure::ArmedGroup => chamfered(rect, 7.0),
        Figure::OtherActor => rounded(rect, 3.0),
        Figure::Junction => rounded(rect, rect.height / 2.0),
    }
}

/// What some figures have inside their outline.
fn second_line(figure: Figure, rect: Rect) -> Option<Path> {
    let (left, right, top) = (rect.x, rect.right(), rect.y);
    match figure {
        Figure::Book => Some(Path::default().step('M', &[left + 6.0, top]).step('V', &[rect.bottom()])),
        Figure::News => {
            let rule = |path: Path, y: f64| path.step('M', &[left, y]).step('H', &[right]);
            Some(rule(rule(Path::default(), top + 2.5), top + 5.0))
        }
        Figure::Record => Some(Path::default().step('M', &[left, top + 4.0]).step('H', &[right])),
        Figure::Page => {
            Some(Path::default().step('M', &[right - 11.0, top]).step('V', &[top + 11.0]).step('H', &[right]))
        }
        Figure::Dataset => Some(
            Path::default()
                .step('M', &[left, top + 5.0])
                .step('C', &[left, top + 11.0, right, top + 11.0, right, top + 5.0]),
        ),
        _ => None,
    }
}

fn rounded(rect: Rect, radius: f64) -> Path {
    let Rect { x, y, .. } = rect;
    let radius = radius.min(rect.height / 2.0);
    let (right, bottom) = (rect.right(), rect.bottom());
    let path = Path::default().step('M', &[x + radius, y]).step('H', &[right - radius]);
    if radius == 0.0 {
        return path.step('V', &[bottom]).step('H', &[x]).closed();
    }
    let arc = |path: Path, x: f64, y: f64| path.step('A', &[radius, radius, 0.0, 0.0, 1.0, x, y]);
    let path = arc(path, right, y + radius).step('V', &[bottom - radius]);
    let path = arc(path, right - radius, bottom).step('H', &[x + radius]);
    let path = arc(path, x, bottom - radius).step('V', &[y + radius]);
    arc(path, x + radius, y).closed()
}

fn polygon(points: &[(f64, f64)]) -> Path {
    let (first, rest) = points.split_first().expect("a polygon has corners");
    let path = Path::default().step('M', &[first.0, first.1]);
    rest.iter().fold(path, |path, &(x, y)| path.step('L', &[x, y])).closed()
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
    let arc = |path: Path, x: f64, y: f64| path.step('A', &[radius, radius, 0.0, 0.0, 0.0, x, y]);
    let path = Path::default().step('M', &[x + radius, y]).step('H', &[right - radius]);
    let path = arc(path, right, y + radius).step('V', &[bottom - radius]);
    let path = arc(path, right - radius, bottom).step('H', &[x + radius]);
    let path = arc(path, x, bottom - radius).step('V', &[y + radius]);
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

fn bubble(rect: Rect, tail: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom() - tail);
    let (from, to) = (x + 18.0, x + 30.0);
    let arc = |path: Path, x: f64, y: f64| path.step('A', &[7.0, 7.0, 0.0, 0.0, 1.0, x, y]);
    let path = Path::default().step('M', &[x + 7.0, y]).step('H', &[right - 7.0]);
    let path = arc(path, right, y + 7.0).step('V', &[bottom - 7.0]);
    let path = arc(path, right - 7.0, bottom).step('H', &[to]).step('L', &[from, rect.bottom()]);
    let path = path.step('V', &[bottom]).step('H', &[x + 7.0]);
    let path = arc(path, x, bottom - 7.0).step('V', &[y + 7.0]);
    arc(path, x + 7.0, y).closed()
}

fn cylinder(rect: Rect, lid: f64) -> Path {
    let (x, y, right, bottom) = (rect.x, rect.y + lid, rect.right(), rect.bottom() - lid);
    let curve = lid * 4.0 / 3.0;
    (Path::default().step('M', &[x, y]))
        .step('C', &[x, y - curve, right, y - curve, right, y])
        .step('V', &[bottom])
        .step('C', &[right, bottom + curve, x, bottom + curve, x, bottom])
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

/// The glyph of a verdict: a disc that is full, half full, crossed, empty or dotted.
pub(super) fn glyph(markup: &mut Markup, detail: Detail, x: f64, y: f64) {
    let stroke = verdict_style(detail).stroke;
    let circle = |markup: &mut Markup, fill: &str, dash: &str| {
        let (x, y) = (number(x), number(y));
        markup.empty(
            "circle",
            &[
                ("cx", &x),
                ("cy", &y),
                ("r", "5"),
                ("fill", fill),
                ("stroke", stroke),
                ("stroke-width", "1.6"),
                ("stroke-dasharray", dash),
            ],
        );
    };
    let line = |markup: &mut Markup, path: Path, stroke: &str| {
        markup.empty("path", &[("d", path.as_str()), ("fill", "none"), ("stroke", stroke), ("stroke-width", "1.6")]);
    };
    match detail {
        Detail::Established => {
            circle(markup, stroke, "");
            let check = Path::default().step('M', &[x - 2.6, y + 0.2]);
            line(markup, check.step('L', &[x - 0.7, y + 2.2]).step('L', &[x + 2.8, y - 2.0]), "#ffffff");
        }
        Detail::RivalReadings | Detail::ConflictingEvidence => {
            circle(markup, "#ffffff", "");
            let half =
                Path::default().step('M', &[x, y - 5.0]).step('A', &[5.0, 5.0, 0.0, 0.0, 0.0, x, y + 5.0]).closed();
            markup.empty("path", &[("d", half.as_str()), ("fill", stroke)]);
        }
        Detail::Refuted => {
            circle(markup, "#ffffff", "");
            let cross = Path::default().step('M', &[x - 2.6, y - 2.6]).step('L', &[x + 2.6, y + 2.6]);
            line(markup, cross.step('M', &[x + 2.6, y - 2.6]).step('L', &[x - 2.6, y + 2.6]), stroke);
        }
        Detail::Insufficient => circle(markup, "#ffffff", ""),
        Detail::NoEvidence => circle(markup, "#ffffff", "1.2 2"),
        Detail::Undecided => {
            circle(markup, "#ffffff", "");
            line(markup, Path::default().step('M', &[x - 2.6, y]).step('L', &[x + 2.6, y]), stroke);
        }
    }
}

/// A padlock, shut for settled, open for open.
pub(super) fn lock(markup: &mut Markup, settled: bool, x: f64, y: f64) {
    let fill = if settled { INK } else { "#ffffff" };
    let body = rounded(Rect { x, y: y - 5.0, width: 8.0, height: 5.5 }, 1.0);
    markup.empty("path", &[("d", body.as_str()), ("fill", fill), ("stroke", INK), ("stroke-width", "0.9")]);
    let shackle = if settled {
        Path::default()
            .step('M', &[x + 1.8, y - 5.0])
            .step('V', &[y - 6.6])
            .step('A', &[2.2, 2.2, 0.0, 0.0, 1.0, x + 6.2, y - 6.6])
            .step('V', &[y - 5.0])
    } else {
        Path::default()
            .step('M', &[x + 6.2, y - 5.0])
            .step('V', &[y - 7.2])
            .step('A', &[2.2, 2.2, 0.0, 0.0, 1.0, x + 10.4, y - 7.2])
    };
    markup.empty("path", &[("d", shackle.as_str()), ("fill", "none"), ("stroke", INK), ("stroke-width", "1.1")]);
}

/// The degrees as a bar: for, both, neither, against. For is dark, against hatched, both the two together.
pub(super) fn degrees(markup: &mut Markup, prefix: &str, mark: Mark, at: Point, width: f64) {
    let Point { x, y } = at;
    let (both, against) = (format!("url(#{prefix}both)"), format!("url(#{prefix}against)"));
    let shares = [mark.degrees.in_favour, mark.degrees.conflict, mark.degrees.ignorance, mark.degrees.against];
    let fills = ["#00694b", &both, "#ffffff", &against];
    let mut left = x;
    for (share, fill) in shares.into_iter().zip(fills) {
        let part = share * width;
        if part > 0.05 {
            block(markup, left, y, part, fill);
        }
        left += part;
    }
    frame(markup, x, y, width);
}

/// The share that is withheld, blacked out.
pub(super) fn withheld(markup: &mut Markup, share: f64, x: f64, y: f64, width: f64) {
    block(markup, x, y, width, "#ffffff");
    block(markup, x, y, share * width, "#000000");
    frame(markup, x, y, width);
}

fn block(markup: &mut Markup, x: f64, y: f64, width: f64, fill: &str) {
    let (x, y, width, height) = (number(x), number(y), number(width), number(BAR));
    markup.empty("rect", &[("x", &x), ("y", &y), ("width", &width), ("height", &height), ("fill", fill)]);
}

fn frame(markup: &mut Markup, x: f64, y: f64, width: f64) {
    let (x, y, width, height) = (number(x), number(y), number(width), number(BAR));
    let attributes = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height), ("fill", "none")];
    let line = [("stroke", FAINT), ("stroke-width", "0.7")];
    markup.empty("rect", &attributes.into_iter().chain(line).collect::<Vec<_>>());
}

/// The sign of an inference: therefore.
pub(super) fn therefore(markup: &mut Markup, card: &Card, rect: Rect) {
    let (x, y) = (rect.x + 13.0, rect.y + card.height / 2.0);
    for (dx, dy) in [(0.0, -3.2), (-3.6, 3.0), (3.6, 3.0)] {
        let (x, y) = (number(x + dx), number(y + dy));
        markup.empty("circle", &[("cx", &x), ("cy", &y), ("r", "1.7"), ("fill", "#5a4b7c")]);
    }
}
