//! PNG, straight from the picture.

use std::collections::BTreeMap;

use skrifa::GlyphId;
use skrifa::outline::OutlinePen;
use tiny_skia::{
    Color, FillRule, FilterQuality, Paint, Path, PathBuilder, Pattern, Pixmap, Shader, SpreadMode, StrokeDash,
    Transform,
};

use super::super::hatching::{Hatching, TILE};
use super::super::picture::{FADED, Fill, Group, Item, Outline, Picture, Placed, Shape, Stroke, Words};
use super::colour::rgb_of;
use super::segment::{Segment, segments};
use super::trouble::RasterError;
use super::typeset::{self, Face, Typesetter};

/// The most pixels at a scale above the least, since each takes four bytes of memory.
const AREA: f64 = 1e8;
const MOST: f64 = RasterError::MOST as f64;

/// A picture as PNG, with `scale` pixels per unit (1/96 inch). The scale is lowered, but not below 0.5, to stay within
/// [`RasterError::MOST`] pixels in each direction and a hundred million in all. The same picture at the same scale gives
/// the same bytes.
///
/// Cost: linear in the pixels and in what is painted on them.
///
/// # Errors
///
/// [`RasterError`] if the picture is too large.
pub fn png(picture: &Picture, scale: f32) -> Result<Vec<u8>, RasterError> {
    // To two decimals, as in SVG.
    let [width, height] = [picture.width, picture.height].map(|length| (length * 100.0).round() / 100.0);
    let roomy = (AREA / (width * height)).sqrt();
    let scale = f64::from(scale).min(MOST / width.max(height)).min(roomy).max(0.5);
    let (width, height) = ((width * scale).ceil() as u32, (height * scale).ceil() as u32);
    let fits = width <= RasterError::MOST && height <= RasterError::MOST;
    let pixmap = if fits { Pixmap::new(width, height) } else { None };
    let mut pixmap = pixmap.ok_or(RasterError::TooLarge { width, height })?;
    pixmap.fill(Color::WHITE);
    let mut painter = Painter::new(&mut pixmap, Typesetter::of(picture), scale as f32);
    picture.items.iter().for_each(|item| painter.item(item));
    pixmap.encode_png().map_err(RasterError::conversion)
}

/// A pixmap being painted.
struct Painter<'a> {
    pixmap: &'a mut Pixmap,
    typesetter: Typesetter,
    /// The outlines of glyphs so far, in font units; none for a glyph without ink.
    letters: BTreeMap<(Face, GlyphId), Option<Path>>,
    against: Pixmap,
    conflict: Pixmap,
    /// The page and the open groups: the transformation to pixels, and the opacity.
    groups: Vec<(Transform, f32)>,
}

impl<'a> Painter<'a> {
    fn new(pixmap: &'a mut Pixmap, typesetter: Typesetter, scale: f32) -> Self {
        Self {
            pixmap,
            typesetter,
            letters: BTreeMap::new(),
            against: tile(&Hatching::against(), scale),
            conflict: tile(&Hatching::conflict(), scale),
            groups: vec![(Transform::from_scale(scale, scale), 1.0)],
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Begin(group) => self.begin(group),
            Item::End => {
                self.groups.pop();
            }
            Item::Shape(shape) => self.shape(shape),
            Item::Words(words) => self.words(words),
        }
    }

    fn group(&self) -> (Transform, f32) {
        *self.groups.last().expect("the page is never left")
    }

    fn begin(&mut self, group: &Group) {
        let (around, opacity) = self.group();
        let placed = match group.placed {
            Some(Placed::Moved(by)) => Transform::from_translate(by.x as f32, by.y as f32),
            Some(Placed::Upwards(about)) => Transform::from_rotate_at(-90.0, about.x as f32, about.y as f32),
            None => Transform::identity(),
        };
        self.groups.push((around.pre_concat(placed), if group.faded { FADED } else { opacity }));
    }

    fn shape(&mut self, shape: &Shape) {
        let (transform, opacity) = self.group();
        let Some(path) = outline(&shape.outline) else { return };
        let shader = match shape.fill {
            Fill::None => None,
            Fill::Plain(colour) => Some(plain(colour, opacity)),
            Fill::Against => Some(repeated(&self.against, opacity)),
            Fill::Conflict => Some(repeated(&self.conflict, opacity)),
        };
        if let Some(shader) = shader {
            self.pixmap.fill_path(&path, &paint(shader), FillRule::Winding, transform, None);
        }
        if let Some(stroke) = shape.stroke {
            draw_stroke(self.pixmap, &path, stroke, opacity, transform);
        }
    }

    fn words(&mut self, words: &Words) {
        let (transform, opacity) = self.group();
        let paint = paint(plain(words.letters.colour, opacity));
        for placed in self.typesetter.set(words) {
            let typeset::Placed { face, glyph, stretch, .. } = placed;
            let outline = self.letters.entry((face, glyph)).or_insert_with(|| {
                let mut pen = Pen::default();
                self.typesetter.draw(face, glyph, &mut pen);
                pen.0.finish()
            });
            let unit = words.letters.size / self.typesetter.units(face);
            let (wide, high) = ((unit * stretch) as f32, unit as f32);
            let (x, y) = ((words.at.x + placed.x) as f32, (words.at.y - placed.y) as f32);
            let place = transform.pre_concat(Transform::from_row(wide, 0.0, 0.0, -high, x, y));
            if let Some(outline) = outline {
                self.pixmap.fill_path(outline, &paint, FillRule::Winding, place, None);
            }
        }
    }
}

fn draw_stroke(pixmap: &mut Pixmap, path: &Path, stroke: Stroke, opacity: f32, transform: Transform) {
    let Some(colour) = stroke.colour else { return };
    let line = tiny_skia::Stroke {
        width: stroke.width.unwrap_or(1.0) as f32,
        dash: StrokeDash::new(stroke.dash.iter().map(|&length| length as f32).collect(), 0.0),
        ..tiny_skia::Stroke::default()
    };
    pixmap.stroke_path(path, &paint(plain(colour, opacity)), &line, transform, None);
}

fn paint(shader: Shader<'_>) -> Paint<'_> {
    Paint { shader, ..Paint::default() }
}

fn plain(colour: &str, opacity: f32) -> Shader<'static> {
    let [red, green, blue] = rgb_of(colour);
    Shader::SolidColor(Color::from_rgba8(red, green, blue, (opacity * 255.0).round() as u8))
}

fn repeated(tile: &Pixmap, opacity: f32) -> Shader<'_> {
    let unit = TILE as f32 / tile.width() as f32;
    let transform = Transform::from_scale(unit, unit);
    Pattern::new(tile.as_ref(), SpreadMode::Repeat, FilterQuality::Bicubic, opacity, transform)
}

/// The tile of a pattern, in whole pixels.
fn tile(hatching: &Hatching, scale: f32) -> Pixmap {
    let side = (TILE as f32 * scale).ceil();
    let mut tile = Pixmap::new(side as u32, side as u32).expect("a pattern has a size");
    let [red, green, blue] = rgb_of(hatching.ground);
    tile.fill(Color::from_rgba8(red, green, blue, 255));
    let unit = side / TILE as f32;
    for (path, stroke) in &hatching.lines {
        let path = outline(&Outline::Path(path.clone())).expect("lines");
        draw_stroke(&mut tile, &path, *stroke, 1.0, Transform::from_scale(unit, unit));
    }
    tile
}

/// An outline as a path, or none if it is empty.
fn outline(outline: &Outline) -> Option<Path> {
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

/// Turns a glyph into a path.
#[derive(Default)]
struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
