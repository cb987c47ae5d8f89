//! The words of a copy in PDF, in the order in which they are painted.
//!
//! A PDF says where letters are, and not what is a line or a word: lines end where letters go on elsewhere, words where there
//! is a gap. A file may take any time and any memory, so this runs in a process of its own, which the program may end.

use std::borrow::Cow;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::kept::LONGEST_TEXT;
use super::notes::raised_figures;
use super::text::{CopyText, Unreadable};

/// The most pages of a PDF.
pub const MOST_PAGES: usize = 20_000;

/// Reads the text of a PDF, page by page. It may take long, or need much memory, of a file that is made for that.
///
/// # Errors
///
/// [`Unreadable::Pdf`] where it is none, is damaged, or is protected by a password; [`Unreadable::TooLong`] beyond the
/// limits.
pub fn pdf_text(bytes: Vec<u8>) -> Result<CopyText, Unreadable> {
    let pdf = Pdf::new(bytes).map_err(|error| Unreadable::Pdf(words_of(&error).to_owned()))?;
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let mut copy = CopyText::default();
    if pdf.pages().len() > MOST_PAGES {
        return Err(Unreadable::TooLong);
    }
    for page in pdf.pages().iter() {
        let everywhere = Rect::new(-1e6, -1e6, 1e6, 1e6);
        let mut context = Context::new(Affine::IDENTITY, everywhere, &cache, pdf.xref(), settings.clone());
        let mut reading = Reading { room: LONGEST_TEXT.saturating_sub(copy.text.len()), ..Reading::default() };
        interpret_page(page, &mut context, &mut reading);
        let Some(text) = reading.finish() else { return Err(Unreadable::TooLong) };
        copy.pages.push(copy.text.len());
        copy.text += &text;
        copy.text.push('\n');
    }
    Ok(copy)
}

fn words_of(error: &LoadPdfError) -> &'static str {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => "it is a PDF that a password protects",
        LoadPdfError::Decryption(_) => "it is a PDF that is encrypted in an unsupported way",
        LoadPdfError::Invalid => "it is a PDF that is damaged",
    }
}

/// A gap of so much of the size of a letter parts words.
const WORD_GAP: f64 = 0.16;

/// Letters that are so far beside a line, or before its last letter, are on another.
const LINE_GAP: f64 = 0.6;
const BACK: f64 = 1.5;

/// A letter that was painted, or several as one.
#[derive(Clone)]
struct Letter {
    words: String,
    start: Point,
    end: Point,
    size: f64,
}

#[derive(Default)]
struct Reading {
    text: String,
    line: Vec<Letter>,
    /// What parts of the page say they are, the innermost last; what was said has been written already.
    said: Vec<Option<Said>>,
    /// How many bytes may still come.
    room: usize,
    is_full: bool,
}

struct Said {
    words: String,
    is_written: bool,
}

impl Reading {
    fn finish(mut self) -> Option<String> {
        self.end_line();
        (!self.is_full).then_some(self.text)
    }

    fn letter(&mut self, letter: Letter) {
        if letter.words.is_empty() {
            return;
        }
        if self.line.last().is_some_and(|last| is_elsewhere(last, &letter)) {
            self.end_line();
        }
        match self.room.checked_sub(letter.words.len() + 1) {
            Some(room) => self.room = room,
            None => self.is_full = true,
        }
        if !self.is_full {
            self.line.push(letter);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text += &words_of_line(&line);
    }
}

/// Whether a letter goes on elsewhere than behind the last one.
fn is_elsewhere(last: &Letter, next: &Letter) -> bool {
    let (along, size) = (last.end - last.start, last.size.max(next.size).max(f64::EPSILON));
    let direction = if along.hypot() > f64::EPSILON { along.normalize() } else { Vec2::new(1.0, 0.0) };
    let step = next.start - last.end;
    let beside = direction.cross(step).abs();
    let ahead = direction.dot(step);
    let is_back = ahead < -BACK * size && !(is_right_to_left(&next.words) && ahead > -4.0 * size);
    beside > LINE_GAP * size || is_back
}

fn is_right_to_left(words: &str) -> bool {
    words
        .chars()
        .any(|letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'))
}

/// The letters of a line in the order of reading, with a space where there is a gap. Hebrew and Arabic are painted as they
/// are read or as they are seen, from left to right: then they are turned round, and the numbers and words in them are not.
fn words_of_line(line: &[Letter]) -> String {
    let raised = raised(line);
    let painted = with_spaces(&raised);
    if !is_as_seen(line) {
        return painted.concat();
    }
    let mut read: Vec<&str> = painted.into_iter().rev().collect();
    let mut start = 0;
    while start < read.len() {
        let run = forwards(&read[start..]);
        read[start..start + run].reverse();
        start += run.max(1);
    }
    // What opens on one side closes on the other.
    read.concat().chars().map(turned).collect()
}

/// A figure that is so much smaller than the letter before it, and stands so much higher, is raised.
const RAISED_SIZE: f64 = 0.85;
const RAISED_BY: f64 = 0.15;

/// The letters of a line, raised figures as such.
fn raised(line: &[Letter]) -> Cow<'_, [Letter]> {
    let mut base: Option<&Letter> = None;
    let mut found = Vec::new();
    for (at, letter) in line.iter().enumerate() {
        match base.filter(|base| is_raised(base, letter)) {
            Some(_) => found.push(at),
            None => base = Some(letter),
        }
    }
    if found.is_empty() {
        return line.into();
    }
    let mut line = line.to_vec();
    found.into_iter().for_each(|at| line[at].words = raised_figures(&line[at].words));
    line.into()
}

fn is_raised(base: &Letter, letter: &Letter) -> bool {
    let along = base.end - base.start;
    let direction = if along.hypot() > f64::EPSILON { along.normalize() } else { Vec2::new(1.0, 0.0) };
    let above = direction.cross(letter.start - base.end);
    let is_figure = letter.words.bytes().all(|byte| byte.is_ascii_digit());
    is_figure && letter.size < RAISED_SIZE * base.size && above > RAISED_BY * base.size
}

fn with_spaces(line: &[Letter]) -> Vec<&str> {
    let mut painted: Vec<&str> = Vec::with_capacity(line.len());
    for (at, letter) in line.iter().enumerate() {
        let last = at.checked_sub(1).map(|last| &line[last]);
        let is_gap = last.is_some_and(|last| {
            let is_space = last.words.ends_with(' ') || letter.words.starts_with(' ');
            !is_space && gap_between(last, letter) > WORD_GAP * last.size.min(letter.size)
        });
        painted.extend(is_gap.then_some(" "));
        painted.push(&letter.words);
    }
    painted
}

/// How far two letters are from each other, whichever is first.
fn gap_between(one: &Letter, other: &Letter) -> f64 {
    (other.start - one.end).hypot().min((one.start - other.end).hypot())
}

/// Whether more neighbours that are read from right to left were painted from left to right.
fn is_as_seen(line: &[Letter]) -> bool {
    let (mut seen, mut read) = (0, 0);
    for pair in line.windows(2).filter(|pair| pair.iter().all(|letter| is_right_to_left(&letter.words))) {
        if pair[1].start.x > pair[0].start.x { seen += 1 } else { read += 1 }
    }
    seen > read
}

/// How many of some letters, from the first on, are numbers or words that are read from left to right.
fn forwards(letters: &[&str]) -> usize {
    let run = letters.iter().take_while(|words| !is_right_to_left(words));
    let last = run.enumerate().filter(|(_, words)| words.chars().any(char::is_alphanumeric)).last();
    let begins = letters.first().is_some_and(|words| words.chars().any(char::is_alphanumeric));
    last.filter(|_| begins).map_or(0, |(last, _)| last + 1)
}

fn turned(letter: char) -> char {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];
    let other = PAIRS.iter().find_map(|&(open, close)| match letter {
        _ if letter == open => Some(close),
        _ if letter == close => Some(open),
        _ => None,
    });
    other.unwrap_or(letter)
}

impl<'a> Device<'a> for Reading {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let width = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let width = f64::from(width.unwrap_or(500.0));
            let (start, end) = (place * Point::ZERO, place * Point::new(width, 0.0));
            let size = ((place * Point::new(0.0, 1000.0)) - start).hypot();
            let words = self.words(glyph);
            if [start.x, start.y, end.x, end.y, size].iter().all(|number| number.is_finite()) {
                self.letter(Letter { words, start, end, size });
            }
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let said = properties.and_then(|properties| properties.get::<PdfString>(b"ActualText".as_slice()));
        self.said.push(said.map(|said| Said { words: text_string(&said), is_written: false }));
    }

    fn end_marked_content(&mut self) {
        self.said.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

impl Reading {
    /// What a letter says: what the part that it is in says it is, or what its font knows of it.
    fn words(&mut self, glyph: &Glyph<'_>) -> String {
        if let Some(said) = self.said.iter_mut().rev().flatten().next() {
            return if std::mem::replace(&mut said.is_written, true) { String::new() } else { said.words.clone() };
        }
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => one_line(letter).to_string(),
            Some(BfString::String(words)) => words.chars().map(one_line).collect(),
            // What is not known is no word that anybody quotes.
            None => '\u{fffd}'.to_string(),
        }
    }
}

fn one_line(letter: char) -> char {
    if letter.is_control() { ' ' } else { letter }
}

/// A text of a PDF: UTF-16 or UTF-8 with their marks, or else Latin letters a byte each.
fn text_string(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let (units, _) = rest.as_chunks::<2>();
            char::decode_utf16(units.iter().map(|&unit| u16::from_be_bytes(unit)))
                .map(|letter| letter.unwrap_or('\u{fffd}'))
                .collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect::<String>(),
    };
    text.chars().map(one_line).collect()
}
