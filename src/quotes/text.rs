//! The text of a copy, with its lines and pages.

use std::borrow::Cow;
use std::ops::Range;

use thiserror::Error;

/// The text of a copy.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct CopyText {
    /// The words, in the order of reading.
    pub text: String,
    /// Where lines of the file begin in it, with their numbers; both ascend. Empty: the copy has no lines that a person
    /// could look up.
    pub lines: Vec<(usize, usize)>,
    /// Where pages begin in it. Empty: the copy has none.
    pub pages: Vec<usize>,
}

/// Where something stands in a copy, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The page, where the copy has pages.
    pub page: Option<usize>,
    /// The line of the file, where it is text.
    pub line: Option<usize>,
}

/// Why a copy cannot be read as text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// Bytes that are none of UTF-8, from one on.
    #[error("it is not UTF-8 (from byte {0} on); save it as UTF-8")]
    NotUtf8(usize),
    /// What no text has.
    #[error("it is not a text: byte {0} is NUL")]
    Nul(usize),
    /// UTF-16 with a half pair in it.
    #[error("it is damaged UTF-16")]
    NotUtf16,
    /// A file of another sort.
    #[error("it is {0}; save it as text, Markdown, HTML or PDF")]
    Format(&'static str),
    /// What the reader of PDF says.
    #[error("{0}")]
    Pdf(String),
    /// A text of more than [`LONGEST_TEXT`](super::LONGEST_TEXT).
    #[error("its text is longer than 64 MiB")]
    TooLong,
    /// A PDF whose fonts do not say what they show.
    #[error("its fonts do not say which letters they show")]
    UnknownLetters,
    /// A file that is made to hold its reader up.
    #[error("a tag in it has more than 1,000 attributes")]
    LongTag,
    /// A page without words.
    #[error("it has no text in it")]
    NoText,
    /// A PDF of pictures.
    #[error("it has no text in it, as a scan without recognised text has none")]
    Scan,
}

/// What a copy is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Pdf,
}

impl Format {
    /// What a file is in: a PDF by how it begins, everything else by the ending of its name.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Self, Unreadable> {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        if start.starts_with(b"%PDF-") {
            return Ok(Self::Pdf);
        }
        if let Some((_, format)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return Err(Unreadable::Format(format));
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        Ok(match ending.as_deref() {
            Some("html" | "htm" | "xhtml") => Self::Html,
            Some("md" | "markdown") => Self::Markdown,
            Some("pdf") => return Err(Unreadable::Pdf("it is not a PDF, despite its name".to_owned())),
            Some("docx" | "odt" | "doc" | "pages") => return Err(Unreadable::Format("of a word processor")),
            Some("mht" | "mhtml" | "eml" | "msg") => {
                return Err(Unreadable::Format("a mail or a page that was saved as one"));
            }
            Some("epub" | "xml" | "json" | "tex") => return Err(Unreadable::Format("in another markup")),
            _ => Self::Text,
        })
    }
}

/// How files begin that are none of the four formats.
const OTHERS: [(&[u8], &str); 8] = [
    (b"{\\rtf", "rich text (RTF)"),
    (b"PK\x03\x04", "an archive (ZIP), or of a word processor"),
    (b"\xd0\xcf\x11\xe0", "of a word processor"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
];

/// Bytes as text: UTF-8, with or without its mark, or UTF-16 with it.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let text: Cow<'_, str> = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?.into(),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?.into(),
        _ => {
            let (mark, rest) = if bytes.starts_with(b"\xef\xbb\xbf") { (3, &bytes[3..]) } else { (0, bytes) };
            let text = std::str::from_utf8(rest);
            text.map_err(|error| Unreadable::NotUtf8(mark + error.valid_up_to()))?.into()
        }
    };
    if let Some(nul) = memchr::memchr(0, text.as_bytes()) {
        return Err(Unreadable::Nul(nul));
    }
    if text.trim().is_empty() { Err(Unreadable::Empty) } else { Ok(text) }
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let (units, rest) = bytes.as_chunks::<2>();
    let letters = char::decode_utf16(units.iter().map(|&bytes| unit(bytes)));
    let text: Result<String, _> = letters.collect();
    if rest.is_empty() { text.map_err(|_| Unreadable::NotUtf16) } else { Err(Unreadable::NotUtf16) }
}

/// A plain text: its lines, and pages where form feeds part them.
pub(super) fn plain(text: String) -> CopyText {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let lines = std::iter::once(0).chain(ends.map(|end| end + 1)).zip(1..).collect();
    let feeds: Vec<usize> = memchr::memchr_iter(b'\x0c', text.as_bytes()).map(|feed| feed + 1).collect();
    let pages = if feeds.is_empty() { Vec::new() } else { std::iter::once(0).chain(feeds).collect() };
    CopyText { text, lines, pages }
}

impl CopyText {
    /// The page and the line of a byte. Cost: the logarithm of their number.
    pub fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|&(start, _)| start <= at).checked_sub(1);
        let page = self.pages.partition_point(|&start| start <= at);
        Place { page: (page > 0).then_some(page), line: line.map(|line| self.lines[line].1) }
    }

    /// Whether a page ends within some bytes.
    pub(super) fn goes_across_pages(&self, Range { start, end }: Range<usize>) -> bool {
        self.pages.partition_point(|&page| page <= start) != self.pages.partition_point(|&page| page < end)
    }

    /// The text, if a page or a font here and there is all that it does not know.
    pub(super) fn with_known_letters(self) -> Result<Self, Unreadable> {
        if is_mostly_unknown(&self.text, 10) { Err(Unreadable::UnknownLetters) } else { Ok(self) }
    }

    /// Whether a page that is asked about has many letters that are not known. Cost: a pass over those pages.
    pub(super) fn has_unknown_letters(&self, is_asked: impl Fn(usize) -> bool) -> bool {
        let ends = self.pages.iter().skip(1).copied().chain([self.text.len()]);
        let pages = self.pages.iter().zip(ends).map(|(&start, end)| &self.text[start..end]);
        let is_pdf = self.lines.is_empty();
        is_pdf && pages.zip(1..).any(|(text, page)| is_asked(page) && is_mostly_unknown(text, 50))
    }
}

/// Whether more than one letter of so many is not known.
fn is_mostly_unknown(text: &str, of: usize) -> bool {
    let unknown = text.matches('\u{fffd}').count();
    unknown > 0 && unknown * of > text.chars().filter(|letter| !letter.is_whitespace()).count()
}

/// Gathers a text in which white space is one space, as a browser shows it, with the lines that its pieces are from.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    lines: Vec<(usize, usize)>,
    gap: Gap,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    /// The end of a line of the file: a space, but behind a hyphen, where a word may go on.
    Line,
    Block,
}

impl Flow {
    /// Adds words that are from a line of the file on.
    pub(super) fn words(&mut self, words: &str, mut line: usize) {
        for letter in words.chars() {
            match letter {
                '\n' => {
                    line += 1;
                    self.gap = self.gap.max(Gap::Line);
                }
                // A browser keeps the spaces that do not break.
                ' ' | '\t' | '\r' | '\x0c' => self.gap = self.gap.max(Gap::Space),
                _ => self.letter(letter, line),
            }
        }
    }

    fn letter(&mut self, letter: char, line: usize) {
        match std::mem::take(&mut self.gap) {
            _ if self.text.is_empty() => {}
            Gap::None => {}
            Gap::Line if self.text.ends_with(['-', '\u{2010}', '\u{ad}']) => self.text.push('\n'),
            Gap::Space | Gap::Line => self.text.push(' '),
            Gap::Block => self.text.push('\n'),
        }
        if self.lines.last().is_none_or(|&(_, last)| last < line) {
            self.lines.push((self.text.len(), line));
        }
        self.text.push(letter);
    }

    /// Ends a paragraph.
    pub(super) fn block(&mut self) {
        self.gap = Gap::Block;
    }

    pub(super) fn finish(self) -> CopyText {
        CopyText { text: self.text, lines: self.lines, pages: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_with_their_marks_or_not_at_all() {
        let read = |bytes: &[u8]| decoded(bytes).map(Cow::into_owned);
        assert_eq!(read("\u{feff}a é".as_bytes()).as_deref(), Ok("a é"));
        assert_eq!(read(b"\xff\xfea\0\xe9\0").as_deref(), Ok("aé"));
        assert_eq!(read(b"\xfe\xff\0a\0\xe9").as_deref(), Ok("aé"));
        assert_eq!(read(b"caf\xe9"), Err(Unreadable::NotUtf8(3)));
        assert_eq!(read(b"a\0b"), Err(Unreadable::Nul(1)));
        assert_eq!(read(b"\xff\xfe\x00\xd8"), Err(Unreadable::NotUtf16));
        assert_eq!(read(b"\xff\xfea"), Err(Unreadable::NotUtf16));
        assert_eq!(read(b" \n"), Err(Unreadable::Empty));
    }

    #[test]
    fn formats_are_told_by_the_start_and_the_ending() {
        let of = |name, bytes: &[u8]| Format::of(name, bytes).ok();
        assert_eq!(of("a.txt", b"%PDF-1.7"), Some(Format::Pdf));
        assert_eq!(of("a.txt", b"A file that begins with %PDF-1.7 is a PDF."), Some(Format::Text));
        assert_eq!(of("notes", b"words"), Some(Format::Text));
        assert_eq!(of("a.pdf", b"words"), None);
        assert_eq!(of("a.docx", b"words"), None);
        assert_eq!(of("a.mhtml", b"words"), None);
    }

    #[test]
    fn lines_and_pages_are_counted_from_one() {
        let copy = plain("one\ntwo\x0cthree\nfour".to_owned());
        let place = |word| copy.place(copy.text.find(word).unwrap_or(0));
        assert_eq!(place("one"), Place { page: Some(1), line: Some(1) });
        assert_eq!(place("two"), Place { page: Some(1), line: Some(2) });
        assert_eq!(place("three"), Place { page: Some(2), line: Some(2) });
        assert_eq!(place("four"), Place { page: Some(2), line: Some(3) });
        assert_eq!(plain("no pages".to_owned()).place(0).page, None);
    }
}
