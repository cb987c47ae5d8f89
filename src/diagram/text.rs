//! Words in a picture: cleaned, measured by the font's own widths, broken into lines that fit.
//!
//! The font lies in the program, so that a picture has the same lines on every machine.

use ttf_parser::Face;

use crate::diagnostic::visible;

/// The family of the built-in font, as pictures name it.
pub(super) const FAMILY: &str = "Roboto Condensed";
/// The built-in font, regular.
pub(super) const REGULAR: &[u8] = include_bytes!("fonts/RobotoCondensed-Regular.ttf");
/// The built-in font, bold.
pub(super) const BOLD: &[u8] = include_bytes!("fonts/RobotoCondensed-Bold.ttf");

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Words without what a reader would not see or a program would obey: one space between two words.
pub(super) fn clean(text: &str) -> String {
    let visible = visible(text);
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text broken into lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Broken {
    /// The lines.
    pub(super) lines: Vec<String>,
    /// Whether words are missing at the end.
    pub(super) shortened: bool,
}

/// Measures text by the built-in font.
pub(super) struct Ruler {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Ruler {
    pub(super) fn new() -> Self {
        let face = |bytes| Face::parse(bytes, 0).expect("the built-in font is well formed");
        Self { regular: face(REGULAR), bold: face(BOLD) }
    }

    /// The width of a line, in the unit of `size`. Of a letter that the font does not have it is a guess.
    pub(super) fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let face = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        let units = f64::from(face.units_per_em());
        let advance = |letter: char| {
            let glyph = face.glyph_index(letter).and_then(|glyph| face.glyph_hor_advance(glyph));
            glyph.map_or_else(|| guessed(letter), |advance| f64::from(advance) / units)
        };
        text.chars().map(advance).sum::<f64>() * size
    }

    /// The letters of a text that the font does not have.
    pub(super) fn lacking<'a>(&'a self, text: &'a str) -> impl Iterator<Item = char> + 'a {
        text.chars().filter(|&letter| self.regular.glyph_index(letter).is_none())
    }

    /// Breaks text into lines of a width, so many at most; what does not fit is cut, with an ellipsis.
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

    /// A word, or the parts of one that is wider than a line.
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

    /// A line with an ellipsis, shortened until it fits.
    pub(super) fn cut(&self, line: &str, size: f64, weight: Weight, width: f64) -> String {
        let mut kept: Vec<char> = line.chars().collect();
        loop {
            let text: String =
                kept.iter().collect::<String>().trim_end_matches([' ', ',', '.', ';', ':']).to_owned() + "…";
            if kept.is_empty() || self.width(&text, size, weight) <= width {
                return text;
            }
            kept.pop();
        }
    }

    /// The text itself if it fits into a line, else cut.
    pub(super) fn fitted(&self, text: &str, size: f64, weight: Weight, width: f64) -> String {
        if self.width(text, size, weight) <= width { text.to_owned() } else { self.cut(text, size, weight, width) }
    }
}

/// The width of a letter in other fonts, of its height: the scripts of East Asia fill a square, as do pictographs;
/// others are as narrow as Latin ones.
fn guessed(letter: char) -> f64 {
    match u32::from(letter) {
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7FF => 1.0,
        0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x1_F300..=0x3_FFFF => 1.0,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let ruler = Ruler::new();
        // Advance widths in units of 1/2048 of the size, as the font's own table `hmtx` has them.
        let face = Face::parse(REGULAR, 0).expect("the font");
        let glyph = face.glyph_index('m').expect("an m");
        let expected = f64::from(face.glyph_hor_advance(glyph).expect("its width")) / 2048.0 * 24.0;
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
}
