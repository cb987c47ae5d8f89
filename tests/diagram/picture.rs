//! An SVG read back: boxes, words, lines, each where it really stands. Nothing here knows how it was drawn.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};

use super::geometry::curve;

#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub fn holds(self, inner: Self, slack: f64) -> bool {
        inner.left >= self.left - slack
            && inner.right <= self.right + slack
            && inner.top >= self.top - slack
            && inner.bottom <= self.bottom + slack
    }

    /// The distance of a point from the border, inside or outside.
    pub fn border_distance(self, (x, y): (f64, f64)) -> f64 {
        let outside = (self.left - x).max(x - self.right).max(0.0).hypot((self.top - y).max(y - self.bottom).max(0.0));
        let inside = (x - self.left).min(self.right - x).min(y - self.top).min(self.bottom - y).max(0.0);
        outside.max(inside)
    }

    fn around(points: &[(f64, f64)]) -> Self {
        let fold =
            |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64, start| points.iter().map(pick).fold(start, best);
        Self {
            left: fold(|point| point.0, f64::min, f64::MAX),
            top: fold(|point| point.1, f64::min, f64::MAX),
            right: fold(|point| point.0, f64::max, f64::MIN),
            bottom: fold(|point| point.1, f64::max, f64::MIN),
        }
    }
}

/// A node as drawn.
#[derive(Debug)]
pub struct Drawn {
    pub id: String,
    /// Where it says that it stands.
    pub stated: Area,
    /// Where its outline runs: corners and ends of curves.
    pub outline: Area,
    /// Its words: text, what it takes by the font, the length that it claims.
    pub words: Vec<(String, Area, f64)>,
}

/// An edge as drawn: its ends, where its line starts and stops, and its way as straight pieces.
#[derive(Debug)]
pub struct DrawnEdge {
    pub from: String,
    pub to: String,
    pub start: (f64, f64),
    pub stop: (f64, f64),
    pub line: Vec<(f64, f64)>,
}

pub struct Picture {
    pub nodes: Vec<Drawn>,
    pub edges: Vec<DrawnEdge>,
    /// Frames of groups.
    pub frames: Vec<Area>,
    /// Titles of groups: text and area.
    pub titles: Vec<(String, Area)>,
    /// Boxes around what is written on lines, and the ends of each.
    pub labels: Vec<(String, String, Area)>,
    pub width: f64,
    pub height: f64,
    /// All text in legend and notes: text, area.
    pub others: Vec<(String, Area, f64)>,
}

pub fn fonts() -> BTreeMap<bool, Vec<u8>> {
    let font = |name: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagram/fonts");
        std::fs::read(folder.join(name)).expect("the font is there")
    };
    BTreeMap::from([(false, font("RobotoCondensed-Regular.ttf")), (true, font("RobotoCondensed-Bold.ttf"))])
}

/// The width of a line, added up from the font's own advance widths. What the font does not have is as wide as high if
/// it is Chinese, Japanese, Korean or a pictograph, six tenths of that if it is anything else.
pub fn measured(text: &str, size: f64, font: &[u8]) -> f64 {
    let font = FontRef::new(font).expect("the font");
    let (letters, widths) = (font.charmap(), font.hmtx().expect("its table of widths"));
    let units = f64::from(font.head().expect("its head").units_per_em());
    let advances = text.chars().map(|letter| {
        let advance = letters.map(letter).and_then(|glyph| widths.advance(glyph));
        let square = matches!(letter, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}'
            | '\u{1F300}'..='\u{3FFFF}');
        let share = if square { 1.0 } else { 0.6 };
        advance.map_or(units * share, f64::from)
    });
    advances.sum::<f64>() * size / units
}

pub fn read(svg: &str) -> Picture {
    let document = Document::parse(svg).expect("it is XML");
    let fonts = fonts();
    let root = document.root_element();
    let scene = by_class(root, "scene").next().expect("it has a scene");
    let node = |element: Node<'_, '_>| Drawn {
        id: element.attribute("data-id").expect("an id").to_owned(),
        stated: stated(element.attribute("data-box").expect("a box")),
        outline: outline(element),
        words: words(element, &fonts),
    };
    Picture {
        nodes: by_class(scene, "node").map(node).collect(),
        edges: by_class(scene, "edge").map(edge).collect(),
        frames: by_class(scene, "group").map(|group| frame(group)).collect(),
        titles: by_class(scene, "group-title")
            .flat_map(|title| words(title, &fonts))
            .map(|(text, area, _)| (text, area))
            .collect(),
        labels: by_class(scene, "edge-label").map(label).collect(),
        width: number(root.attribute("width").expect("a width")),
        height: number(root.attribute("height").expect("a height")),
        others: by_class(root, "legend").flat_map(|legend| words(legend, &fonts)).collect(),
    }
}

fn by_class<'a, 'i: 'a>(root: Node<'a, 'i>, class: &'a str) -> impl Iterator<Item = Node<'a, 'i>> + 'a {
    root.descendants().filter(move |node| node.attribute("class").is_some_and(|c| c.split(' ').any(|c| c == class)))
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is a number"))
}

fn stated(text: &str) -> Area {
    let numbers: Vec<f64> = text.split(' ').map(number).collect();
    Area { left: numbers[0], top: numbers[1], right: numbers[0] + numbers[2], bottom: numbers[1] + numbers[3] }
}

fn frame(group: Node<'_, '_>) -> Area {
    let rect = group.children().find(|child| child.has_tag_name("rect")).expect("a frame");
    let value = |name: &str| number(rect.attribute(name).expect("a number"));
    let (left, top) = (value("x"), value("y"));
    Area { left, top, right: left + value("width"), bottom: top + value("height") }
}

fn label(element: Node<'_, '_>) -> (String, String, Area) {
    let end = |name: &str| element.attribute(name).expect("an end").to_owned();
    (end("data-from"), end("data-to"), frame(element))
}

fn outline(node: Node<'_, '_>) -> Area {
    // Outlines come first, before any glyph or word; a pile has three.
    let paths = node.children().filter(|child| child.is_element()).skip_while(|child| child.has_tag_name("title"));
    let paths = paths.take_while(|child| child.has_tag_name("path"));
    let points: Vec<(f64, f64)> = paths.flat_map(|path| ends(path.attribute("d").expect("a path"))).collect();
    Area::around(&points)
}

fn words(node: Node<'_, '_>, fonts: &BTreeMap<bool, Vec<u8>>) -> Vec<(String, Area, f64)> {
    let texts = node.descendants().filter(|child| child.has_tag_name("text"));
    texts
        .map(|text| {
            let words = text.text().expect("words").to_owned();
            let value = |name: &str| number(text.attribute(name).expect("a number"));
            let size = value("font-size");
            let width = measured(&words, size, &fonts[&(text.attribute("font-weight") == Some("bold"))]);
            let (x, y) = (value("x"), value("y"));
            // From above the highest accent to below the deepest letter: a little more than an em.
            let turned = text.parent().and_then(|parent| parent.attribute("transform")).is_some_and(|turn| {
                assert!(turn.starts_with("rotate(-90 ") || turn.starts_with("translate("), "{turn}");
                turn.starts_with("rotate(-90 ")
            });
            let area = if turned {
                Area { left: x - 0.78 * size, right: x + 0.22 * size, top: y - width, bottom: y }
            } else {
                Area { left: x, right: x + width, top: y - 0.78 * size, bottom: y + 0.22 * size }
            };
            (words, area, value("textLength"))
        })
        .collect()
}

fn edge(element: Node<'_, '_>) -> DrawnEdge {
    let path = element.children().find(|child| child.has_tag_name("path")).expect("a line");
    let path = path.attribute("d").expect("a path");
    let points = ends(path);
    DrawnEdge {
        from: element.attribute("data-from").expect("a start").to_owned(),
        to: element.attribute("data-to").expect("an end").to_owned(),
        start: points[0],
        stop: *points.last().expect("a point"),
        line: walked(path, true),
    }
}

/// The points at which the parts of a path end.
pub fn ends(path: &str) -> Vec<(f64, f64)> {
    walked(path, false)
}

/// The points along a path, with those on its curves or without. Knows the commands that are used, all of them absolute.
fn walked(path: &str, curves: bool) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let starts: Vec<usize> =
        path.char_indices().filter(|(_, letter)| letter.is_ascii_alphabetic()).map(|(index, _)| index).collect();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(path.len());
        let command = &path[start..=start];
        let numbers: Vec<f64> = path[start + 1..end].split_whitespace().map(number).collect();
        let (x, y) = points.last().copied().unwrap_or_default();
        match (command, numbers.as_slice()) {
            ("C", &[a, b, c, d, e, f]) if curves => points.extend(curve((x, y), (a, b), (c, d), (e, f))),
            ("M" | "L", &[x, y]) | ("C", &[.., x, y]) | ("A", &[.., x, y]) => points.push((x, y)),
            ("H", &[x]) => points.push((x, y)),
            ("V", &[y]) => points.push((x, y)),
            ("Z", []) => {}
            _ => panic!("a command that this does not know: {path}"),
        }
    }
    points
}
