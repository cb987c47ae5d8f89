//! Text as glyphs in their places: by the built-in font and, where that lacks a letter, by a subset of Noto in the program or by a
//! font of the system, shaped and in the order in which it is read.
//!
//! A line is as wide as it was measured, whatever font it is drawn with: one that is wider is narrowed to it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use fontdb::Database;
use harfrust::{Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use unicode_bidi::{BidiInfo, Level};

use super::super::picture::{Letters, Picture, Words};
use super::super::text::{Ruler, Weight};

/// The most fonts of the system that one picture is drawn with.
const MOST_FONTS: usize = 12;

/// What a glyph is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    Regular,
    Bold,
    /// Another font, by its place among those that the picture needs.
    Other(usize),
}

/// The direction in which a paragraph is read: that of its first letter which has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// As English is.
    #[default]
    Rightwards,
    /// As Hebrew and Arabic are.
    Leftwards,
}

impl Reading {
    /// The direction of a text.
    pub fn of(text: &str) -> Self {
        match unicode_bidi::get_base_direction(text) {
            unicode_bidi::Direction::Rtl => Self::Leftwards,
            unicode_bidi::Direction::Ltr | unicode_bidi::Direction::Mixed => Self::Rightwards,
        }
    }

    fn level(self) -> Level {
        match self {
            Self::Rightwards => Level::ltr(),
            Self::Leftwards => Level::rtl(),
        }
    }
}

/// A glyph in its place. Lengths are in the unit of the picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) face: Face,
    pub(super) glyph: GlyphId,
    /// From the start of the baseline, rightwards and upwards.
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) advance: f64,
    /// How many times as wide as high it is drawn.
    pub(super) stretch: f64,
    /// The bytes of the text that it stands for.
    pub(super) range: Range<usize>,
}

/// A font for letters that the built-in one lacks: in the program, or of the system.
pub(super) struct OtherFont {
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) index: u32,
}

/// What a machine without fonts would lose: polytonic Greek, Hebrew, Arabic.
const NOTO: [&[u8]; 3] = [
    include_bytes!("../fonts/NotoSans.ttf"),
    include_bytes!("../fonts/NotoSansHebrew.ttf"),
    include_bytes!("../fonts/NotoSansArabic.ttf"),
];

impl OtherFont {
    /// None if it is not well formed: most are not ours.
    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }
}

/// Sets the lines of a picture.
pub(super) struct Typesetter {
    ruler: Ruler,
    fonts: Vec<OtherFont>,
    /// The font of each letter that the built-in one lacks.
    letters: BTreeMap<char, usize>,
}

impl Typesetter {
    /// With the fonts that a picture needs. The system is asked only if the built-in font lacks a letter.
    pub(super) fn of(picture: &Picture) -> Self {
        Self::for_texts(picture.texts())
    }

    pub(super) fn for_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let ruler = Ruler::new();
        let lacking: BTreeSet<char> = texts.flat_map(|text| ruler.lacking(text).collect::<Vec<_>>()).collect();
        let (fonts, letters) = if lacking.is_empty() { Default::default() } else { other_fonts(lacking) };
        Self { ruler, fonts, letters }
    }

    /// The letters of a text that no font has.
    pub(super) fn lacking<'a>(&'a self, text: &'a str) -> impl Iterator<Item = char> + 'a {
        self.ruler.lacking(text).filter(|letter| !self.letters.contains_key(letter))
    }

    /// Whether a text is drawn with a font of the system.
    pub(super) fn borrows(&self, text: &str) -> bool {
        let of_system = |&index: &usize| matches!(self.fonts[index].bytes, Cow::Owned(_));
        self.ruler.lacking(text).any(|letter| self.letters.get(&letter).is_some_and(of_system))
    }

    /// Whether a text is drawn with another font than the built-in one for text, shaped.
    fn is_shaped(&self, text: &str) -> bool {
        text.chars().any(|letter| self.letters.contains_key(&letter))
    }

    pub(super) fn font(&self, index: usize) -> &OtherFont {
        &self.fonts[index]
    }

    /// The glyphs of a line, from left to right, no wider than it was measured.
    pub(super) fn set(&self, words: &Words) -> Vec<Placed> {
        let line = self.whole(&words.text, words.letters, None);
        if !self.is_shaped(&words.text) {
            return line.placed;
        }
        line.fitted(words.width, Reading::of(&words.text) == Reading::Leftwards)
    }

    /// The same as wide as it comes out, read in a direction; without one, in that of its first letter that has one.
    pub(super) fn line(&self, text: &str, letters: Letters, reading: Option<Reading>) -> Vec<Placed> {
        self.whole(text, letters, reading).placed
    }

    /// How wide a line comes out.
    pub(super) fn width(&self, text: &str, letters: Letters) -> f64 {
        if self.is_shaped(text) {
            self.whole(text, letters, Some(Reading::Rightwards)).x
        } else {
            self.ruler.width(text, letters.size, letters.weight)
        }
    }

    fn whole(&self, text: &str, letters: Letters, reading: Option<Reading>) -> Line<'_> {
        let Letters { size, weight, .. } = letters;
        let mut line = Line { typesetter: self, size, weight, x: 0.0, placed: Vec::new() };
        if !self.is_shaped(text) {
            line.plain(text, 0..text.len(), false);
            return line;
        }
        let bidi = BidiInfo::new(text, reading.map(Reading::level));
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let backwards = levels[run.start].is_rtl();
                line.run(text, run, backwards);
            }
        }
        line
    }

    /// What draws a letter: the other font that has it, if the built-in one does not.
    fn face_of(&self, letter: char) -> Option<usize> {
        self.letters.get(&letter).copied()
    }

    /// Font units per em.
    pub(super) fn units(&self, face: Face) -> f64 {
        match face {
            Face::Regular => self.ruler.units(Weight::Regular),
            Face::Bold => self.ruler.units(Weight::Bold),
            Face::Other(index) => {
                let font = self.fonts[index].font();
                font.map_or(1000.0, |font| {
                    f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1))
                })
            }
        }
    }

    /// Draws a glyph in font units, y upwards. One that is not well formed is not drawn.
    pub(super) fn draw(&self, face: Face, glyph: GlyphId, pen: &mut impl OutlinePen) {
        match face {
            Face::Regular => self.ruler.draw(glyph, Weight::Regular, pen),
            Face::Bold => self.ruler.draw(glyph, Weight::Bold, pen),
            Face::Other(index) => {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                let outline = self.fonts[index].font().and_then(|font| font.outline_glyphs().get(glyph));
                let _ = outline.map(|outline| outline.draw(settings, pen));
            }
        }
    }
}

/// A line that is being set.
struct Line<'t> {
    typesetter: &'t Typesetter,
    size: f64,
    weight: Weight,
    x: f64,
    placed: Vec<Placed>,
}

impl Line<'_> {
    /// Letters of the built-in font, one after another. Where text runs backwards, brackets open to the other side.
    fn plain(&mut self, text: &str, range: Range<usize>, backwards: bool) {
        let face = if self.weight == Weight::Bold { Face::Bold } else { Face::Regular };
        let mut letters: Vec<(usize, char)> = text[range.clone()].char_indices().collect();
        if backwards {
            letters.reverse();
        }
        for (at, letter) in letters {
            let shown = if backwards { mirrored(letter) } else { letter };
            let (glyph, advance) = self.typesetter.ruler.glyph(shown, self.weight);
            let start = range.start + at;
            self.put(face, glyph, (0.0, 0.0), advance * self.size, start..start + letter.len_utf8());
        }
    }

    fn put(&mut self, face: Face, glyph: GlyphId, (x, y): (f64, f64), advance: f64, range: Range<usize>) {
        self.placed.push(Placed { face, glyph, x: self.x + x, y, advance, stretch: 1.0, range });
        self.x += advance;
    }

    /// A stretch of text in one direction, cut where the font changes. Marks and spaces stay with the letters before them.
    fn run(&mut self, text: &str, run: Range<usize>, backwards: bool) {
        let mut spans: Vec<(Option<usize>, Range<usize>)> = Vec::new();
        for (at, letter) in text[run.clone()].char_indices() {
            let (start, end) = (run.start + at, run.start + at + letter.len_utf8());
            let face = self.typesetter.face_of(letter);
            match spans.last_mut() {
                Some((known, span)) if *known == face || letter == ' ' || letter == '\u{200D}' => span.end = end,
                _ => spans.push((face, start..end)),
            }
        }
        if backwards {
            spans.reverse();
        }
        for (face, span) in spans {
            match face {
                Some(face) => self.shaped(text, span, face, backwards),
                None => self.plain(text, span, backwards),
            }
        }
    }

    /// A span of text in another font, shaped.
    fn shaped(&mut self, text: &str, span: Range<usize>, index: usize, backwards: bool) {
        let other = &self.typesetter.fonts[index];
        let Some(font) = other.font() else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[span.clone()]);
        buffer.set_direction(if backwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let data = ShaperData::new(&font);
        let glyphs = data.shaper(&font).build().shape(buffer, ShapeOptions::default());
        let unit = self.size / self.typesetter.units(Face::Other(index));
        let starts: BTreeSet<usize> = glyphs.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        for (info, position) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            let start = info.cluster as usize;
            let end = starts.range(start + 1..).next().copied().unwrap_or(span.len());
            let offset = (f64::from(position.x_offset) * unit, f64::from(position.y_offset) * unit);
            let advance = f64::from(position.x_advance) * unit;
            let range = span.start + start..span.start + end;
            self.put(Face::Other(index), GlyphId::new(info.glyph_id), offset, advance, range);
        }
    }

    /// The line, narrowed to a width if it is wider, and at the right end of it if it is read from there and narrower.
    fn fitted(self, width: f64, ends_left: bool) -> Vec<Placed> {
        let narrowed = if self.x > width { width / self.x } else { 1.0 };
        let start = if ends_left { (width - self.x).max(0.0) } else { 0.0 };
        let fit = |one: Placed| Placed {
            x: start + one.x * narrowed,
            advance: one.advance * narrowed,
            stretch: narrowed,
            ..one
        };
        self.placed.into_iter().map(fit).collect()
    }
}

/// The bracket that opens to the other side; any other letter as it is.
fn mirrored(letter: char) -> char {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    let pairs = PAIRS.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]);
    pairs.into_iter().find(|&(one, _)| one == letter).map_or(letter, |(_, other)| other)
}

/// The fonts of the system, looked for when one is needed first.
static SYSTEM: LazyLock<Database> = LazyLock::new(|| {
    let mut database = Database::new();
    database.load_system_fonts();
    database
});

/// Fonts that together have as many of these letters as can be had, and which of them has each: those in the program before those
/// of the system.
fn other_fonts(lacking: BTreeSet<char>) -> (Vec<OtherFont>, BTreeMap<char, usize>) {
    let mut found = Found { lacking, fonts: Vec::new(), letters: BTreeMap::new() };
    for bytes in NOTO {
        found.look_into(bytes, 0, || Cow::Borrowed(bytes));
    }
    if !found.lacking.is_empty() {
        found.look_into_system();
    }
    (found.fonts, found.letters)
}

/// The fonts found so far, and what is still to be found.
struct Found {
    lacking: BTreeSet<char>,
    fonts: Vec<OtherFont>,
    letters: BTreeMap<char, usize>,
}

impl Found {
    /// Takes a font if it has some of the letters that are lacking.
    fn look_into(&mut self, bytes: &[u8], index: u32, kept: impl FnOnce() -> Cow<'static, [u8]>) {
        let Ok(font) = FontRef::from_index(bytes, index) else { return };
        let charmap = font.charmap();
        let is_there = |letter: char| charmap.map(letter).is_some_and(|glyph| glyph != GlyphId::NOTDEF);
        let had: Vec<char> = self.lacking.iter().copied().filter(|&letter| is_there(letter)).collect();
        if !had.is_empty() {
            self.letters.extend(had.iter().map(|&letter| (letter, self.fonts.len())));
            self.lacking.retain(|letter| !had.contains(letter));
            self.fonts.push(OtherFont { bytes: kept(), index });
        }
    }

    fn look_into_system(&mut self) {
        let mut faces: Vec<&fontdb::FaceInfo> = SYSTEM.faces().collect();
        // The plainest first; in the same order whenever the machine has the same fonts.
        faces.sort_by_key(|face| {
            let slanted = face.style != fontdb::Style::Normal;
            let sans = !face.post_script_name.contains("Sans");
            let stretched = face.stretch != fontdb::Stretch::Normal;
            let weight = face.weight.0.abs_diff(fontdb::Weight::NORMAL.0);
            (slanted, weight, face.monospaced, sans, stretched, &face.post_script_name, face.index)
        });
        for face in faces {
            if self.lacking.is_empty() || self.fonts.len() == MOST_FONTS {
                break;
            }
            SYSTEM.with_face_data(face.id, |bytes, index| {
                self.look_into(bytes, index, || Cow::Owned(bytes.to_vec()));
            });
        }
    }
}
