//! Text in a picture: cleaned, measured by the advance widths of the font, broken into lines that fit.
//!
//! The font is built into the program, so that a picture has the same lines on every machine.

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
#[cfg(feature = "raster")]
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::escape::visible;

/// The family of the built-in font, as pictures name it.
pub(super) const FAMILY: &str = "Roboto Condensed";
/// The built-in font, regular.
pub(super) const REGULAR: &[u8] = include_bytes!("fonts/RobotoCondensed-Regular.ttf");
/// The built-in font, bold.
pub(super) const BOLD: &[u8] = include_bytes!("fonts/RobotoCondensed-Bold.ttf");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A text with single spaces, and without characters that a reader would not see or a program would obey.
pub(super) fn clean(text: &str) -> String {
    let visible = visible(text);
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is read from right to left: its first letter is of such a script.
fn is_backwards(text: &str) -> bool {
    let first = text.chars().find(|letter| letter.is_alphabetic()).map_or(0, u32::from);
    matches!(first, 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF)
}

/// Text broken into lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Broken {
    pub(super) lines: Vec<String>,
    /// Whether the end was cut.
    pub(super) shortened: bool,
}

/// One weight of the built-in font.
struct Face {
    #[cfg(feature = "raster")]
    font: FontRef<'static>,
    glyphs: Charmap<'static>,
    advances: GlyphMetrics<'static>,
    /// Font units per em.
    units: f64,
}

impl Face {
    fn new(font: &'static [u8]) -> Self {
        let font = FontRef::new(font).expect("the built-in font is well formed");
        let (unscaled, location) = (Size::unscaled(), LocationRef::default());
        Self {
            glyphs: font.charmap(),
            advances: font.glyph_metrics(unscaled, location),
            units: f64::from(font.metrics(unscaled, location).units_per_em),
            #[cfg(feature = "raster")]
            font,
        }
    }

    fn glyph(&self, letter: char) -> Option<GlyphId> {
        self.glyphs.map(letter).filter(|&glyph| glyph != GlyphId::NOTDEF)
    }

    /// The advance width of a character, as a share of the size.
    fn advance(&self, letter: char) -> f64 {
        let advance = self.glyph(letter).and_then(|glyph| self.advances.advance_width(glyph));
        advance.map_or_else(|| guessed(letter), |advance| f64::from(advance) / self.units)
    }
}

/// Measures text by the built-in font.
pub(super) struct Ruler {
    regular: Face,
    bold: Face,
}

impl Ruler {
    pub(super) fn new() -> Self {
        Self { regular: Face::new(REGULAR), bold: Face::new(BOLD) }
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The width of a line, in the unit of `size`. The width of a character that the font lacks is estimated.
    pub(super) fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let face = self.face(weight);
        text.chars().map(|letter| face.advance(letter)).sum::<f64>() * size
    }

    /// From the left of a room of a width to a line of a text: what is read from right to left ends at the right.
    pub(super) fn indent(&self, line: &str, text: &str, size: f64, weight: Weight, room: f64) -> f64 {
        if is_backwards(text) { room - self.width(line, size, weight) } else { 0.0 }
    }

    /// Breaks text into at most `most` lines of a width; what does not fit is cut, with an ellipsis.
    pub(super) fn broken(&self, text: &str, size: f64, weight: Weight, width: f64, most: usize) -> Broken {
        let fits = |line: &str| self.width(line, size, weight) <= width;
        let mut lines: Vec<String> = Vec::new();
        let mut words = text.split(' ').flat_map(|word| self.pieces(word, size, weight, width)).peekable();
        while let Some(word) = words.next() {
            let mut line = word;
            while let Some(next) = words.next_if(|next| fits(&format!("{line} {next}"))) {
                line.push(' ');
                line.push_str(&next);
            }
            if lines.len() + 1 == most && words.peek().is_some() {
                lines.push(self.cut(&line, size, weight, width));
                return Broken { lines, shortened: true };
            }
            lines.push(line);
        }
        Broken { lines, shortened: false }
    }

    /// A word, in parts if it is wider than a line.
    fn pieces(&self, word: &str, size: f64, weight: Weight, width: f64) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for letter in word.chars() {
            let last = pieces.last_mut().expect("it starts with one");
            last.push(letter);
            if self.width(last, size, weight) > width && last.chars().count() > 1 {
                last.pop();
                pieces.push(letter.to_string());
            }
        }
        pieces
    }

    /// A line shortened until it fits with an ellipsis. Cost: linear in the line, of which most may not fit.
    pub(super) fn cut(&self, line: &str, size: f64, weight: Weight, width: f64) -> String {
        let face = self.face(weight);
        let mut room = width - face.advance('…') * size;
        let fits = |letter: &char| {
            room -= face.advance(*letter) * size;
            room >= 0.0
        };
        let kept: String = line.chars().take_while(fits).collect();
        kept.trim_end_matches([' ', ',', '.', ';', ':']).to_owned() + "…"
    }

    /// The text, cut if it does not fit into a line.
    pub(super) fn fitted(&self, text: &str, size: f64, weight: Weight, width: f64) -> String {
        if self.width(text, size, weight) <= width { text.to_owned() } else { self.cut(text, size, weight, width) }
    }
}

/// What renderers need to draw glyphs.
#[cfg(feature = "raster")]
impl Ruler {
    /// The characters of a text that the font lacks.
    pub(super) fn lacking<'a>(&'a self, text: &'a str) -> impl Iterator<Item = char> + 'a {
        text.chars().filter(|&letter| self.regular.glyph(letter).is_none())
    }

    /// The glyph of a character (a box if the font lacks it), and its advance width as a share of the size.
    pub(super) fn glyph(&self, letter: char, weight: Weight) -> (GlyphId, f64) {
        let face = self.face(weight);
        (face.glyph(letter).unwrap_or(GlyphId::NOTDEF), face.advance(letter))
    }

    /// Draws a glyph in font units, y upwards.
    pub(super) fn draw(&self, glyph: GlyphId, weight: Weight, pen: &mut impl OutlinePen) {
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        if let Some(outline) = self.face(weight).font.outline_glyphs().get(glyph) {
            outline.draw(settings, pen).expect("the built-in font is well formed");
        }
    }

    /// Font units per em.
    pub(super) fn units(&self, weight: Weight) -> f64 {
        self.face(weight).units
    }
}

/// The likely advance width of a character in other fonts, as a share of the size: East Asian scripts and pictographs
/// fill a square; other scripts are as narrow as Latin.
fn guessed(letter: char) -> f64 {
    match u32::from(letter) {
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7FF => 1.0,
        0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x1_F300..=0x3_FFFF => 1.0,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use skrifa::raw::TableProvider as _;

    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let ruler = Ruler::new();
        // Advance widths in units of 1/2048 of the size, as the font's own table `hmtx` has them.
        let font = FontRef::new(REGULAR).expect("the font");
        let glyph = font.charmap().map('m').expect("an m");
        let widths = font.hmtx().expect("its table of widths");
        let expected = f64::from(widths.advance(glyph).expect("its width")) / 2048.0 * 24.0;
        assert!((ruler.width("mm", 12.0, Weight::Regular) - expected).abs() < 1e-9);
        assert!(ruler.width("illi", 12.0, Weight::Bold) > ruler.width("illi", 12.0, Weight::Regular));
        assert!((ruler.width("語", 12.0, Weight::Regular) - 12.0).abs() < 1e-9);
        assert!((ruler.width("שלום", 12.0, Weight::Regular) - 4.0 * 7.2).abs() < 1e-9, "Hebrew is narrow");
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost_unless_it_says_so() {
        let ruler = Ruler::new();
        let text = "An uncommonly long sentence with Donaudampfschifffahrtsgesellschaftskapitänsmütze in it";
        let broken = ruler.broken(text, 12.0, Weight::Regular, 80.0, 20);
        assert!(broken.lines.iter().all(|line| ruler.width(line, 12.0, Weight::Regular) <= 80.0));
        assert!(!broken.shortened);
        assert_eq!(broken.lines.concat().replace(' ', ""), text.replace(' ', ""));
        let short = ruler.broken(text, 12.0, Weight::Regular, 80.0, 2);
        assert!(short.shortened && short.lines.len() == 2 && short.lines[1].ends_with('…'));
        assert!(ruler.width(&short.lines[1], 12.0, Weight::Regular) <= 80.0);
    }

    #[test]
    fn a_line_is_cut_before_what_does_not_fit_and_before_the_mark_that_would_end_it() {
        let ruler = Ruler::new();
        let width = |text: &str| ruler.width(text, 12.0, Weight::Regular);
        let cut = |text: &str, room: f64| ruler.cut(text, 12.0, Weight::Regular, room);
        assert_eq!(cut("one, two three", width("one, two…") + 0.01), "one, two…");
        assert_eq!(cut("one, two three", width("one, …") + 0.01), "one…");
        assert_eq!(cut("one", 0.0), "…");
        // Work that grows with the square of a text would take hours here.
        assert!(width(&cut(&"word ".repeat(400_000), 300.0)) <= 300.0);
    }
}
