//! SVG whose letters are outlines: it looks alike in programs that neither have the font nor squeeze text to a length, librsvg
//! among them. What is read aloud and found by a search stands in labels.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use skrifa::GlyphId;
use skrifa::outline::OutlinePen;

use super::super::markup::{Markup, number};
use super::super::picture::{Item, Picture, Words};
use super::super::svg::write_with;
use super::typeset::{Face, Typesetter};

/// A picture as SVG with outlines for letters. The same picture gives the same bytes, if the built-in font has its letters.
///
/// Cost: linear in the picture.
pub fn svg_outlined(picture: &Picture) -> String {
    let typesetter = Typesetter::of(picture);
    let glyphs = glyphs(picture, &typesetter);
    let define = |markup: &mut Markup| {
        for ((face, glyph), outline) in glyphs.iter().filter(|(_, outline)| !outline.is_empty()) {
            markup.empty("path", &[("id", &name(*face, *glyph)), ("d", outline)]);
        }
    };
    let inked = |face: Face, glyph: GlyphId| glyphs.get(&(face, glyph)).is_some_and(|outline| !outline.is_empty());
    write_with(picture, define, |markup, words| write_words(markup, words, &typesetter, inked))
}

/// The outline of each glyph, in font units.
fn glyphs(picture: &Picture, typesetter: &Typesetter) -> BTreeMap<(Face, GlyphId), String> {
    let mut glyphs = BTreeMap::new();
    for item in &picture.items {
        let Item::Words(words) = item else { continue };
        for placed in typesetter.set(words) {
            glyphs.entry((placed.face, placed.glyph)).or_insert_with(|| {
                let mut pen = Pen::default();
                typesetter.draw(placed.face, placed.glyph, &mut pen);
                pen.0
            });
        }
    }
    glyphs
}

fn name(face: Face, glyph: GlyphId) -> String {
    match face {
        Face::Regular => format!("r{}", glyph.to_u32()),
        Face::Bold => format!("b{}", glyph.to_u32()),
        Face::Other(index) => format!("s{index}-{}", glyph.to_u32()),
    }
}

fn write_words(markup: &mut Markup, words: &Words, typesetter: &Typesetter, inked: impl Fn(Face, GlyphId) -> bool) {
    let attributes = [("class", "words"), ("role", "img"), ("aria-label", &words.text), ("fill", words.letters.colour)];
    markup.begin("g", &attributes);
    for placed in typesetter.set(words).into_iter().filter(|placed| inked(placed.face, placed.glyph)) {
        let unit = words.letters.size / typesetter.units(placed.face);
        let (x, y) = (words.at.x + placed.x, words.at.y - placed.y);
        // Five digits: a font has thousands of units to the em.
        let (wide, high) = (unit * placed.stretch, -unit);
        let place = format!("matrix({wide:.5} 0 0 {high:.5} {} {})", number(x), number(y));
        markup.empty("use", &[("href", &format!("#{}", name(placed.face, placed.glyph))), ("transform", &place)]);
    }
    markup.end();
}

/// Writes an outline as the value of the attribute `d`.
#[derive(Default)]
struct Pen(String);

impl Pen {
    fn step(&mut self, command: char, numbers: &[f32]) {
        let numbers: Vec<String> = numbers.iter().map(|&value| number(f64::from(value))).collect();
        let _ = write!(self.0, "{command}{}", numbers.join(" "));
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step('L', &[x, y]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.step('Q', &[x1, y1, x, y]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.step('C', &[x1, y1, x2, y2, x, y]);
    }

    fn close(&mut self) {
        self.step('Z', &[]);
    }
}
