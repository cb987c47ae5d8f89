//! Pages of a document as PDF: text and pictures in their places, with the structure by which a screen reader goes through them.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{self, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope};
use krilla::tagging::{Tag, TagGroup, TagKind, TagTree};
use krilla::{Document, SerializeSettings};

use super::super::geometry::{Point, Rect};
use super::super::picture::{Fill, Letters, Outline as Drawn, Picture, Shape, Words};
use super::super::text::Weight;
use super::letters::{Letters as Lacking, letters_of};
use super::pdf::{POINTS, Painter, Press};
use super::trouble::RasterError;
use super::typeset::{Reading, Typesetter};

/// A document that is set in pages. Lengths are in units of 1/96 inch, from the upper left corner of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Printed {
    /// Its title.
    pub title: String,
    /// The width of a page.
    pub width: f64,
    /// The height of a page.
    pub height: f64,
    /// What stands on each page, in the order in which it is read.
    pub pages: Vec<Vec<Mark>>,
    /// What its marks belong to.
    pub parts: Vec<Part>,
    /// Where links within it lead.
    pub anchors: BTreeMap<String, Spot>,
    /// Its headings.
    pub outline: Vec<Heading>,
    /// What the built-in font lacks for it.
    pub letters: Lacking,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spot {
    /// The page, from 0.
    pub page: usize,
    /// How far down.
    pub y: f64,
}

/// A heading, for the table of contents of a reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// From 1.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub at: Spot,
}

/// A part of the structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The part that it is in.
    pub within: Option<usize>,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// A heading of a level, with its words.
    Heading(u8, String),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// The head of a column.
    ColumnHead,
    /// A cell.
    Cell,
    /// A picture, with a text that describes it.
    Figure(String),
    /// Words that lead somewhere.
    Link,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The part that it belongs to; none where it is no part of the text, such as the number of the page.
    pub part: Option<usize>,
    /// What it is.
    pub ink: Ink,
}

/// What is put on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Ink {
    /// A line of words, or a part of one.
    Words {
        /// The words.
        text: String,
        /// Where they begin.
        x: f64,
        /// Their baseline.
        y: f64,
        /// How they look.
        look: Look,
        /// How their paragraph is read.
        reading: Reading,
    },
    /// A picture.
    Picture {
        /// The picture.
        picture: Box<Picture>,
        /// Its left edge.
        x: f64,
        /// Its upper edge.
        y: f64,
        /// How much larger than itself it is.
        scale: f64,
    },
    /// A rule or an area.
    Area {
        /// Its left edge.
        x: f64,
        /// Its upper edge.
        y: f64,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
        /// Its colour, as `#rrggbb`.
        colour: &'static str,
    },
    /// An area that leads somewhere.
    Link {
        /// Its left edge.
        x: f64,
        /// Its upper edge.
        y: f64,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
        /// The words in it.
        words: String,
        /// Where it leads.
        to: Lead,
    },
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// To an anchor of the document.
    Anchor(String),
    /// To the web.
    Web(String),
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The size of the letters.
    pub size: f64,
    /// Whether they are bold.
    pub bold: bool,
    /// Whether they lean.
    pub italic: bool,
    /// Their colour, as `#rrggbb`.
    pub colour: &'static str,
}

impl Look {
    fn letters(self) -> Letters {
        let weight = if self.bold { Weight::Bold } else { Weight::Regular };
        Letters { size: self.size, weight, colour: self.colour }
    }
}

/// Measures words as they are printed.
pub struct Measure {
    typesetter: Typesetter,
    /// What the built-in font lacks for the texts.
    pub letters: Lacking,
}

impl Measure {
    /// For a document of these texts.
    pub fn for_texts<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Self {
        let typesetter = Typesetter::for_texts(texts.clone());
        Self { letters: letters_of(&typesetter, texts), typesetter }
    }

    /// The width of a line.
    pub fn width(&self, text: &str, look: Look) -> f64 {
        self.typesetter.width(text, look.letters())
    }
}

/// The document as PDF: tagged, and marked as accessible (PDF/UA-1) unless something in it cannot be, such as a letter that no font
/// has. The same document gives the same bytes, if the built-in font has its letters.
///
/// Cost: linear in the document.
///
/// # Errors
///
/// [`RasterError::Conversion`] if it exceeds a limit of the format.
pub fn printed_pdf(printed: &Printed) -> Result<Vec<u8>, RasterError> {
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let settings = accessible.map(|configuration| SerializeSettings { configuration, ..SerializeSettings::default() });
    let checked = settings.ok().and_then(|settings| write(printed, settings).ok());
    checked.map_or_else(|| write(printed, SerializeSettings::default()), Ok)
}

fn write(printed: &Printed, settings: SerializeSettings) -> Result<Vec<u8>, RasterError> {
    let mut document = Document::new_with(settings);
    document.set_metadata(Metadata::new().title(printed.title.clone()).language("en".to_owned()));
    let texts = printed.pages.iter().flatten().flat_map(|mark| match &mark.ink {
        Ink::Words { text, .. } => vec![text.as_str()],
        Ink::Picture { picture, .. } => picture.texts().collect(),
        Ink::Area { .. } | Ink::Link { .. } => Vec::new(),
    });
    let mut press = Press::new(Typesetter::for_texts(texts));
    let mut structure = Structure::new(&printed.parts);
    for marks in &printed.pages {
        let size = PageSettings::from_wh(points(printed.width), points(printed.height)).expect("a page has a size");
        let mut page = document.start_page_with(size);
        let mut painter = Painter::new(page.surface(), &mut press);
        painter.surface.push_transform(&Transform::from_scale(POINTS as f32, POINTS as f32));
        for mark in marks {
            put(&mut painter, mark, &mut structure);
        }
        painter.surface.pop();
        drop(painter);
        for mark in marks {
            if let (Some(annotation), Some(part)) = (link(printed, &mark.ink), mark.part) {
                structure.add(part, page.add_tagged_annotation(annotation));
            }
        }
        page.finish();
    }
    document.set_outline(outline(printed));
    document.set_tag_tree(structure.tree());
    document.finish().map_err(RasterError::conversion)
}

/// How far a slanted letter leans for each unit of its height: 12 degrees.
const SLANT: f32 = 0.21;

fn points(length: f64) -> f32 {
    (length * POINTS) as f32
}

/// Paints a mark, and tells the structure where it is.
fn put(painter: &mut Painter<'_>, mark: &Mark, structure: &mut Structure<'_>) {
    if matches!(mark.ink, Ink::Link { .. }) {
        return;
    }
    let tag = match (mark.part, &mark.ink) {
        (None, _) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        (Some(_), Ink::Words { .. }) => ContentTag::Span(SpanTag::empty()),
        (Some(_), _) => ContentTag::Other,
    };
    let identifier = painter.surface.start_tagged(tag);
    match &mark.ink {
        Ink::Words { text, x, y, look, reading } => {
            // The font has no italics: its letters are slanted about their baseline.
            let slant = if look.italic { SLANT } else { 0.0 };
            painter.surface.push_transform(&Transform::from_row(1.0, 0.0, -slant, 1.0, *x as f32, *y as f32));
            let at = Point::default();
            painter.line(&Words { text: text.clone(), at, letters: look.letters(), width: f64::INFINITY }, *reading);
            painter.surface.pop();
        }
        Ink::Picture { picture, x, y, scale } => {
            let place = Transform::from_row(*scale as f32, 0.0, 0.0, *scale as f32, *x as f32, *y as f32);
            painter.surface.push_transform(&place);
            painter.picture(picture);
            painter.surface.pop();
        }
        Ink::Area { x, y, width, height, colour } => {
            let area = Rect { x: *x, y: *y, width: *width, height: *height };
            painter.shape(&Shape { outline: Drawn::Box(area, 0.0), fill: Fill::Plain(colour), stroke: None });
        }
        Ink::Link { .. } => {}
    }
    painter.surface.end_tagged();
    if let Some(part) = mark.part {
        structure.add(part, identifier);
    }
}

fn link(printed: &Printed, ink: &Ink) -> Option<Annotation> {
    let Ink::Link { x, y, width, height, words, to } = ink else { return None };
    let area = geom::Rect::from_xywh(points(*x), points(*y), points(*width), points(*height))?;
    let target = match to {
        Lead::Web(address) => Target::Action(Action::Link(LinkAction::new(address.clone()))),
        Lead::Anchor(anchor) => Target::Destination(Destination::Xyz(destination(*printed.anchors.get(anchor)?))),
    };
    Some(Annotation::new_link(LinkAnnotation::new(area, target), Some(words.clone())))
}

fn destination(spot: Spot) -> XyzDestination {
    XyzDestination::new(spot.page, geom::Point::from_xy(0.0, points(spot.y)))
}

/// The headings, those of the second level and below in the one before them.
fn outline(printed: &Printed) -> Outline {
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for heading in &printed.outline {
        let node = OutlineNode::new(heading.text.clone(), destination(heading.at));
        match &mut open {
            Some(parent) if heading.level > 2 => parent.push_child(node),
            _ => open.replace(node).into_iter().for_each(|done| outline.push_child(done)),
        }
    }
    open.into_iter().for_each(|done| outline.push_child(done));
    outline
}

/// The structure while pages are painted: what each part has, in the order in which it came.
struct Structure<'a> {
    parts: &'a [Part],
    content: Vec<Vec<Content>>,
    is_placed: Vec<bool>,
    top: Vec<usize>,
}

/// What a part has.
enum Content {
    Leaf(Identifier),
    Part(usize),
}

impl<'a> Structure<'a> {
    fn new(parts: &'a [Part]) -> Self {
        let content = parts.iter().map(|_| Vec::new()).collect();
        Self { parts, content, is_placed: vec![false; parts.len()], top: Vec::new() }
    }

    fn add(&mut self, part: usize, identifier: Identifier) {
        self.content[part].push(Content::Leaf(identifier));
        self.place(part);
    }

    /// Puts a part where it first appears, and those around it.
    fn place(&mut self, part: usize) {
        let mut part = part;
        while !std::mem::replace(&mut self.is_placed[part], true) {
            match self.parts[part].within {
                Some(around) => {
                    self.content[around].push(Content::Part(part));
                    part = around;
                }
                None => self.top.push(part),
            }
        }
    }

    fn tree(mut self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        for part in std::mem::take(&mut self.top) {
            tree.push(self.group(part));
        }
        tree
    }

    /// Parts are nested no deeper than a link in a cell in a row of a table.
    fn group(&mut self, part: usize) -> TagGroup {
        let mut group = TagGroup::new(tag(&self.parts[part].role));
        for content in std::mem::take(&mut self.content[part]) {
            let node: Node = match content {
                Content::Leaf(identifier) => identifier.into(),
                Content::Part(inner) => self.group(inner).into(),
            };
            group.push(node);
        }
        group
    }
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(alternative) => Tag::Figure(Some(alternative.clone())).into(),
        Role::Link => Tag::Link.into(),
    }
}
