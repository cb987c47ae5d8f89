//! PDF, straight from the picture.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{self, PathBuilder, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{self, Paint, Pattern, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::super::geometry::{Point, Rect};
use super::super::hatching::{Hatching, TILE};
use super::super::picture::{FADED, Fill, Group, Item, Outline, Picture, Placed, Shape, Stroke, Words};
use super::super::text::{BOLD, REGULAR, Ruler, Weight};
use super::colour::rgb_of;
use super::segment::{Segment, segments};
use super::trouble::RasterError;

/// Points (1/72 inch) per unit of the picture.
const POINTS: f64 = 72.0 / 96.0;

/// A picture as a PDF of one page, whose text can be searched. The same picture gives the same bytes.
///
/// Cost: linear in the picture.
///
/// # Errors
///
/// [`RasterError::Conversion`] if the picture exceeds a limit of the format.
pub fn pdf(picture: &Picture) -> Result<Vec<u8>, RasterError> {
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(picture.title.clone()));
    let (width, height) = (picture.width * POINTS, picture.height * POINTS);
    let size = PageSettings::from_wh(width as f32, height as f32).expect("a picture has a size");
    let mut page = document.start_page_with(size);
    paint(picture, page.surface());
    page.finish();
    document.finish().map_err(RasterError::conversion)
}

fn paint(picture: &Picture, mut surface: Surface<'_>) {
    surface.push_transform(&Transform::from_scale(POINTS as f32, POINTS as f32));
    let mut painter = Painter::new(surface);
    let paper = Rect { x: 0.0, y: 0.0, width: picture.width, height: picture.height };
    painter.shape(&Shape { outline: Outline::Box(paper, 0.0), fill: Fill::Plain("#ffffff"), stroke: None });
    picture.items.iter().for_each(|item| painter.item(item));
    painter.surface.pop();
}

/// A page being painted.
struct Painter<'a> {
    surface: Surface<'a>,
    ruler: Ruler,
    regular: Font,
    bold: Font,
    against: Paint,
    conflict: Paint,
    /// The open groups: whether each is placed elsewhere, and its opacity.
    groups: Vec<(bool, NormalizedF32)>,
}

impl<'a> Painter<'a> {
    fn new(mut surface: Surface<'a>) -> Self {
        let font = |bytes: &'static [u8]| Font::new(bytes.into(), 0).expect("the built-in font is well formed");
        let against = pattern(&mut surface, &Hatching::against());
        let conflict = pattern(&mut surface, &Hatching::conflict());
        Self {
            surface,
            ruler: Ruler::new(),
            regular: font(REGULAR),
            bold: font(BOLD),
            against,
            conflict,
            groups: Vec::new(),
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Begin(group) => self.begin(group),
            Item::End => self.end(),
            Item::Shape(shape) => self.shape(shape),
            Item::Words(words) => self.words(words),
        }
    }

    fn begin(&mut self, group: &Group) {
        if let Some(placed) = group.placed {
            self.surface.push_transform(&match placed {
                Placed::Moved(by) => Transform::from_translate(by.x as f32, by.y as f32),
                Placed::Upwards(about) => Transform::from_rotate_at(-90.0, about.x as f32, about.y as f32),
            });
        }
        let faded = NormalizedF32::new(FADED).expect("a share");
        self.groups.push((group.placed.is_some(), if group.faded { faded } else { self.opacity() }));
    }

    fn end(&mut self) {
        let (placed, _) = self.groups.pop().expect("every group that ends has begun");
        if placed {
            self.surface.pop();
        }
    }

    fn opacity(&self) -> NormalizedF32 {
        self.groups.last().map_or(NormalizedF32::ONE, |&(_, opacity)| opacity)
    }

    fn shape(&mut self, shape: &Shape) {
        let fill = self.fill(shape.fill);
        let stroke = shape.stroke.and_then(|stroke| self.stroke(stroke));
        let Some(path) = way(&shape.outline).filter(|_| fill.is_some() || stroke.is_some()) else { return };
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
    }

    fn fill(&self, fill: Fill) -> Option<paint::Fill> {
        let paint = match fill {
            Fill::None => return None,
            Fill::Plain(colour) => rgb(colour).into(),
            Fill::Against => self.against.clone(),
            Fill::Conflict => self.conflict.clone(),
        };
        Some(paint::Fill { paint, opacity: self.opacity(), ..paint::Fill::default() })
    }

    fn stroke(&self, stroke: Stroke) -> Option<paint::Stroke> {
        let array: Vec<f32> = stroke.dash.iter().map(|&length| length as f32).collect();
        Some(paint::Stroke {
            paint: rgb(stroke.colour?).into(),
            width: stroke.width.unwrap_or(1.0) as f32,
            opacity: self.opacity(),
            dash: (!array.is_empty()).then_some(StrokeDash { array, offset: 0.0 }),
            ..plain_stroke()
        })
    }

    fn words(&mut self, words: &Words) {
        let font = if words.letters.weight == Weight::Bold { &self.bold } else { &self.regular };
        let glyphs: Vec<KrillaGlyph> = (words.text.char_indices())
            .map(|(at, letter)| {
                let (glyph, advance) = self.ruler.glyph(letter, words.letters.weight);
                let range = at..at + letter.len_utf8();
                KrillaGlyph::new(GlyphId::new(glyph.to_u32()), advance as f32, 0.0, 0.0, 0.0, range, None)
            })
            .collect();
        let (font, at, size) = (font.clone(), point(words.at), words.letters.size as f32);
        self.surface.set_fill(self.fill(Fill::Plain(words.letters.colour)));
        self.surface.set_stroke(None);
        self.surface.draw_glyphs(at, &glyphs, font, &words.text, size, false);
    }
}

fn pattern(surface: &mut Surface<'_>, hatching: &Hatching) -> Paint {
    let mut builder = surface.stream_builder();
    let mut tile = builder.surface();
    let ground = Rect { x: 0.0, y: 0.0, width: TILE, height: TILE };
    tile.set_fill(Some(paint::Fill { paint: rgb(hatching.ground).into(), ..paint::Fill::default() }));
    tile.draw_path(&way(&Outline::Box(ground, 0.0)).expect("a square"));
    tile.set_fill(None);
    for (path, stroke) in &hatching.lines {
        let colour = stroke.colour.expect("hatching is seen");
        let width = stroke.width.expect("hatching has a width") as f32;
        tile.set_stroke(Some(paint::Stroke { paint: rgb(colour).into(), width, ..plain_stroke() }));
        tile.draw_path(&way(&Outline::Path(path.clone())).expect("lines"));
    }
    tile.finish();
    let (stream, side) = (builder.finish(), TILE as f32);
    Pattern { stream, transform: Transform::identity(), width: side, height: side }.into()
}

/// A stroke with the miter limit of SVG.
fn plain_stroke() -> paint::Stroke {
    paint::Stroke { miter_limit: 4.0, ..paint::Stroke::default() }
}

fn rgb(colour: &str) -> rgb::Color {
    let [red, green, blue] = rgb_of(colour);
    rgb::Color::new(red, green, blue)
}

fn point(point: Point) -> geom::Point {
    geom::Point::from_xy(point.x as f32, point.y as f32)
}

/// An outline as a path, or none if it is empty.
fn way(outline: &Outline) -> Option<geom::Path> {
    let mut builder = PathBuilder::new();
    for segment in segments(outline) {
        match segment.map(|point| (point.x as f32, point.y as f32)) {
            Segment::Move((x, y)) => builder.move_to(x, y),
            Segment::Line((x, y)) => builder.line_to(x, y),
            Segment::Curve((x1, y1), (x2, y2), (x, y)) => builder.cubic_to(x1, y1, x2, y2, x, y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}
