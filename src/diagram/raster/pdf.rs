//! PDF, straight from the picture.

use std::collections::BTreeMap;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{self, PathBuilder, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{self, FillRule, Paint, Pattern, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::super::geometry::{Point, Rect};
use super::super::hatching::{Hatching, TILE};
use super::super::picture::{FADED, Fill, Group, Item, Letters, Outline, Picture, Placed, Shape, Stroke, Words};
use super::super::style::FAINT;
use super::super::text::{BOLD, REGULAR, Ruler, Weight};
use super::colour::rgb_of;
use super::cut::Cutting;
use super::segment::{Segment, segments};
use super::trouble::RasterError;
use super::typeset::{self, Face, Reading, Typesetter};

/// The line along which pages of a poster are cut.
const CUT: &str = "#9aa3ad";

/// Points (1/72 inch) per unit of the picture.
pub(super) const POINTS: f64 = 72.0 / 96.0;

/// A picture as a PDF of one page of its size, whose text can be searched. The same picture gives the same bytes.
///
/// Cost: linear in the picture.
///
/// # Errors
///
/// [`RasterError::Conversion`] if the picture exceeds a limit of the format.
pub fn pdf(picture: &Picture) -> Result<Vec<u8>, RasterError> {
    let whole = Sheet { width: picture.width, height: picture.height, x: 0.0, y: 0.0, scale: 1.0, tile: None };
    on_sheets(picture, &[whole])
}

/// A page with a part of a picture, or with all of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Where the upper left corner of the picture stands.
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) scale: f64,
    /// If it is one of several that are put together, which.
    pub(super) tile: Option<Tile>,
}

/// What a page shows that is put together with others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tile {
    /// The part of the page that the picture is on.
    pub(super) room: Rect,
    /// Which of the pages it is.
    pub(super) name: String,
}

/// A picture over pages, as one figure with a text that describes it.
pub(super) fn on_sheets(picture: &Picture, sheets: &[Sheet]) -> Result<Vec<u8>, RasterError> {
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(picture.title.clone()).language("en".to_owned()));
    let mut press = Press::new(Typesetter::of(picture));
    let mut figure = TagGroup::new(Tag::Figure(Some(picture.alternative())));
    let cutting = Cutting::of(picture);
    for sheet in sheets {
        let (width, height) = ((sheet.width * POINTS) as f32, (sheet.height * POINTS) as f32);
        let size = PageSettings::from_wh(width, height).expect("a page has a size");
        let mut page = document.start_page_with(size);
        figure.push(paint(picture, &cutting, sheet, page.surface(), &mut press));
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    tree.push(figure);
    document.set_tag_tree(tree);
    document.finish().map_err(RasterError::conversion)
}

fn paint(
    picture: &Picture,
    cutting: &Cutting<'_>,
    sheet: &Sheet,
    surface: Surface<'_>,
    press: &mut Press,
) -> Identifier {
    let mut painter = Painter::new(surface, press);
    painter.surface.push_transform(&Transform::from_scale(POINTS as f32, POINTS as f32));
    let identifier = painter.surface.start_tagged(ContentTag::Other);
    let clip = sheet.tile.as_ref().and_then(|tile| way(&Outline::Box(tile.room, 0.0)));
    clip.iter().for_each(|clip| painter.surface.push_clip_path(clip, &FillRule::NonZero));
    let (scale, x, y) = (sheet.scale as f32, sheet.x as f32, sheet.y as f32);
    painter.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
    let paper = Rect { x: 0.0, y: 0.0, width: picture.width, height: picture.height };
    painter.shape(&Shape { outline: Outline::Box(paper, 0.0), fill: Fill::Plain("#ffffff"), stroke: None });
    match &sheet.tile {
        Some(Tile { room, .. }) => {
            let area = Rect { x: room.x - sheet.x, y: room.y - sheet.y, ..*room };
            cutting.touching(area).into_iter().for_each(|item| painter.item(item));
        }
        None => painter.picture(picture),
    }
    painter.surface.pop();
    clip.iter().for_each(|_| painter.surface.pop());
    painter.surface.end_tagged();
    sheet.tile.iter().for_each(|tile| painter.edge(tile));
    painter.surface.pop();
    identifier
}

/// What all pages of a document are painted with.
pub(super) struct Press {
    typesetter: Typesetter,
    fonts: BTreeMap<Face, Option<Font>>,
}

impl Press {
    pub(super) fn new(typesetter: Typesetter) -> Self {
        Self { typesetter, fonts: BTreeMap::new() }
    }

    /// A font of the document; none if it is one of the system that cannot be embedded.
    fn font(&mut self, face: Face) -> Option<Font> {
        let typesetter = &self.typesetter;
        let font = self.fonts.entry(face).or_insert_with(|| match face {
            Face::Regular => Font::new(REGULAR.into(), 0),
            Face::Bold => Font::new(BOLD.into(), 0),
            Face::Other(index) => {
                let other = typesetter.font(index);
                Font::new(other.bytes.to_vec().into(), other.index)
            }
        });
        font.clone()
    }
}

/// A page being painted.
pub(super) struct Painter<'a> {
    pub(super) surface: Surface<'a>,
    press: &'a mut Press,
    against: Paint,
    conflict: Paint,
    /// The open groups: whether each is placed elsewhere, and its opacity.
    groups: Vec<(bool, NormalizedF32)>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(mut surface: Surface<'a>, press: &'a mut Press) -> Self {
        let against = pattern(&mut surface, &Hatching::against());
        let conflict = pattern(&mut surface, &Hatching::conflict());
        Self { surface, press, against, conflict, groups: Vec::new() }
    }

    /// The edge of a page along which it is cut and put together with others, and which of them it is.
    fn edge(&mut self, tile: &Tile) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        let line = Some(Stroke::new(CUT, 0.6));
        self.shape(&Shape { outline: Outline::Box(tile.room, 0.0), fill: Fill::None, stroke: line });
        let letters = Letters { size: 11.0, weight: Weight::Regular, colour: FAINT };
        let at = Point::new(tile.room.x, tile.room.bottom() + 15.0);
        let ruler = Ruler::new();
        let text = ruler.fitted(&tile.name, letters.size, letters.weight, tile.room.width);
        let width = ruler.width(&text, letters.size, letters.weight);
        self.words(&Words { text, at, letters, width });
        self.surface.end_tagged();
    }

    /// A picture, at its own size.
    pub(super) fn picture(&mut self, picture: &Picture) {
        picture.items.iter().for_each(|item| self.item(item));
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

    pub(super) fn shape(&mut self, shape: &Shape) {
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

    pub(super) fn words(&mut self, words: &Words) {
        let placed = self.press.typesetter.set(words);
        self.placed(words, &placed);
    }

    /// A line that was measured as it is drawn, in the direction in which its paragraph is read.
    pub(super) fn line(&mut self, words: &Words, reading: Reading) {
        let placed = self.press.typesetter.line(&words.text, words.letters, Some(reading));
        self.placed(words, &placed);
    }

    fn placed(&mut self, words: &Words, placed: &[typeset::Placed]) {
        self.surface.set_fill(self.fill(Fill::Plain(words.letters.colour)));
        self.surface.set_stroke(None);
        for run in placed.chunk_by(|one, other| one.face == other.face) {
            if let Some(font) = self.press.font(run[0].face) {
                self.run(words, run, font);
            }
        }
    }

    /// Glyphs of one font. Its places are shares of the size.
    fn run(&mut self, words: &Words, run: &[typeset::Placed], font: Font) {
        let (size, stretch, start) = (words.letters.size, run[0].stretch, run[0].x);
        let share = |length: f64| (length / stretch / size) as f32;
        let mut pen = start;
        let glyphs = run.iter().map(|one| {
            let (advance, aside) = (share(one.advance), share(one.x - pen));
            pen += one.advance;
            let up = (one.y / size) as f32;
            KrillaGlyph::new(GlyphId::new(one.glyph.to_u32()), advance, aside, up, 0.0, one.range.clone(), None)
        });
        let glyphs: Vec<KrillaGlyph> = glyphs.collect();
        let at = Transform::from_translate((words.at.x + start) as f32, words.at.y as f32);
        self.surface.push_transform(&at);
        self.surface.push_transform(&Transform::from_scale(stretch as f32, 1.0));
        let origin = geom::Point::from_xy(0.0, 0.0);
        self.surface.draw_glyphs(origin, &glyphs, font, &words.text, size as f32, false);
        self.surface.pop();
        self.surface.pop();
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
