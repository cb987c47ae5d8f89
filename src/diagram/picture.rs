//! A picture before it has a format: shapes and text in painting order.
//!
//! It is drawn once, from a scene and the places of its parts; SVG, PNG and PDF are ways to write it down.

use super::geometry::{Point, Rect};
use super::style::Dash;
use super::text::{Ruler, Weight};

/// A drawing of fixed size: shapes and text with positions and colours. Lengths are in units of 1/96 inch.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) items: Vec<Item>,
}

/// One step of painting. Every `Begin` has its `End`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Begin(Group),
    End,
    Shape(Shape),
    Words(Words),
}

/// Items that are moved and faded together; a reader sees the title on hover.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Group {
    /// The class for style sheets and scripts.
    pub(super) class: String,
    /// A name for links and style sheets that stays the same while the case changes; empty for none.
    pub(super) id: String,
    /// Further attributes for scripts. Those with an empty value are not written.
    pub(super) data: Vec<(&'static str, String)>,
    pub(super) title: Option<String>,
    pub(super) placed: Option<Placed>,
    /// Whether it recedes behind more important items.
    pub(super) faded: bool,
}

/// The opacity of strokes and fills in a faded group.
pub(super) const FADED: f32 = 0.6;

/// The coordinates of a group, relative to those around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Placed {
    /// Moved by this much.
    Moved(Point),
    /// Rotated about this point, so that text runs upwards.
    Upwards(Point),
}

/// An outline with its paint.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    pub(super) outline: Outline,
    pub(super) fill: Fill,
    pub(super) stroke: Option<Stroke>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outline {
    Path(Path),
    /// A box, and the radius of its corners: 0 for sharp ones.
    Box(Rect, f64),
    Circle(Point, f64),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fill {
    None,
    /// A colour as `#rrggbb`.
    Plain(&'static str),
    /// The pattern for the degree against a statement.
    Against,
    /// The pattern for the degree of conflict.
    Conflict,
}

/// The line along an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    /// As `#rrggbb`; none for a line that is not visible.
    pub(super) colour: Option<&'static str>,
    /// 1 by default.
    pub(super) width: Option<f64>,
    pub(super) dash: Dash,
}

impl Stroke {
    pub(super) fn new(colour: &'static str, width: f64) -> Self {
        Self { colour: Some(colour), width: Some(width), dash: &[] }
    }
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    pub(super) text: String,
    /// The start of the baseline.
    pub(super) at: Point,
    pub(super) letters: Letters,
    /// By the built-in font.
    pub(super) width: f64,
}

/// The look of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letters {
    pub(super) size: f64,
    pub(super) weight: Weight,
    /// As `#rrggbb`.
    pub(super) colour: &'static str,
}

/// A path, in absolute coordinates.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Path(pub(super) Vec<Step>);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    Move(Point),
    Line(Point),
    Horizontal(f64),
    Vertical(f64),
    /// A cubic Bézier curve: two control points and the end.
    Curve(Point, Point, Point),
    /// The shorter arc of a circle.
    Arc {
        radius: f64,
        clockwise: bool,
        to: Point,
    },
    Close,
}

impl Path {
    pub(super) fn from(x: f64, y: f64) -> Self {
        Self::default().jump(x, y)
    }

    /// Straight lines from point to point.
    pub(super) fn through(points: &[Point]) -> Self {
        let (first, rest) = points.split_first().expect("a path has points");
        rest.iter().fold(Self::from(first.x, first.y), |path, point| path.line(point.x, point.y))
    }

    /// A box whose corners have a radius: 0 for sharp ones.
    pub(super) fn rounded(rect: Rect, radius: f64) -> Self {
        let Rect { x, y, .. } = rect;
        let radius = radius.min(rect.height / 2.0);
        let (right, bottom) = (rect.right(), rect.bottom());
        let path = Self::from(x + radius, y).horizontal(right - radius);
        if radius == 0.0 {
            return path.vertical(bottom).horizontal(x).closed();
        }
        let path = path.arc(radius, true, right, y + radius).vertical(bottom - radius);
        let path = path.arc(radius, true, right - radius, bottom).horizontal(x + radius);
        let path = path.arc(radius, true, x, bottom - radius).vertical(y + radius);
        path.arc(radius, true, x + radius, y).closed()
    }

    fn step(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }

    /// Continues elsewhere, without a line.
    pub(super) fn jump(self, x: f64, y: f64) -> Self {
        self.step(Step::Move(Point::new(x, y)))
    }

    pub(super) fn line(self, x: f64, y: f64) -> Self {
        self.step(Step::Line(Point::new(x, y)))
    }

    pub(super) fn horizontal(self, x: f64) -> Self {
        self.step(Step::Horizontal(x))
    }

    pub(super) fn vertical(self, y: f64) -> Self {
        self.step(Step::Vertical(y))
    }

    pub(super) fn curve(self, one: Point, other: Point, to: Point) -> Self {
        self.step(Step::Curve(one, other, to))
    }

    pub(super) fn arc(self, radius: f64, clockwise: bool, x: f64, y: f64) -> Self {
        self.step(Step::Arc { radius, clockwise, to: Point::new(x, y) })
    }

    pub(super) fn closed(self) -> Self {
        self.step(Step::Close)
    }
}

impl Picture {
    pub(super) fn new(width: f64, height: f64, title: &str) -> Self {
        Self { width, height, title: title.to_owned(), description: None, items: Vec::new() }
    }

    /// Every line of text in it.
    #[cfg(feature = "raster")]
    pub fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        self.items.iter().filter_map(|item| match item {
            Item::Words(words) => Some(words.text.as_str()),
            _ => None,
        })
    }

    pub(super) fn begin(&mut self, group: Group) {
        self.items.push(Item::Begin(group));
    }

    pub(super) fn end(&mut self) {
        self.items.push(Item::End);
    }

    pub(super) fn path(&mut self, path: Path, fill: Fill, stroke: impl Into<Option<Stroke>>) {
        self.shape(Outline::Path(path), fill, stroke);
    }

    pub(super) fn rect(&mut self, rect: Rect, radius: f64, fill: Fill, stroke: impl Into<Option<Stroke>>) {
        self.shape(Outline::Box(rect, radius), fill, stroke);
    }

    pub(super) fn circle(&mut self, middle: Point, radius: f64, fill: Fill, stroke: impl Into<Option<Stroke>>) {
        self.shape(Outline::Circle(middle, radius), fill, stroke);
    }

    fn shape(&mut self, outline: Outline, fill: Fill, stroke: impl Into<Option<Stroke>>) {
        self.items.push(Item::Shape(Shape { outline, fill, stroke: stroke.into() }));
    }

    /// Writes a line of text from a point on its baseline.
    pub(super) fn words(&mut self, ruler: &Ruler, text: &str, x: f64, y: f64, letters: Letters) {
        if !text.is_empty() {
            let width = ruler.width(text, letters.size, letters.weight);
            self.items.push(Item::Words(Words { text: text.to_owned(), at: Point::new(x, y), letters, width }));
        }
    }
}
