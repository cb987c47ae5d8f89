//! Files and byte spans.
//!
//! Everything an author writes keeps its place as a [`Span`]: a file and a range of bytes. Lines and
//! columns are worked out only when something is printed, so that loading pays nothing for them.

mod stamp;
mod storage;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

pub use stamp::Stamp;
pub use storage::{Disk, Entry, Overlay, Storage};

/// One of the files of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The place of the file in its [`Sources`].
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The row of [`Sources`] that the file is in, and where in it.
    fn place(self) -> (usize, usize) {
        let number = self.index() + 1;
        let row = number.ilog2() as usize;
        (row, number - (1 << row))
    }
}

/// A range of bytes in one file. Half open: `start` is in it, `end` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that the bytes are in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// No place: of what was not read from a text.
    pub const NOWHERE: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// The span, unless it is no place.
    pub fn somewhere(self) -> Option<Self> {
        (self != Self::NOWHERE).then_some(self)
    }

    /// The bytes `range` of `file`.
    ///
    /// # Panics
    ///
    /// If the range ends past 4 GiB, which [`Sources::add`] rules out.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let narrow = |at: usize| u32::try_from(at).expect("files are shorter than 4 GiB");
        Self { file, start: narrow(range.start), end: narrow(range.end) }
    }

    /// The range as indices into the file's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as a person counts: from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

/// One file of a case, as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    path: Option<PathBuf>,
    text: String,
}

impl SourceFile {
    /// The name that messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it was read from; standard input has no path.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Places for files, each filled once.
type Row = Box<[OnceLock<SourceFile>]>;

/// The files of a case, in the order in which they were read.
///
/// Files are added through a shared reference, so that what borrows from one can be kept while others come.
#[derive(Debug, Default)]
pub struct Sources {
    /// Row `n` has room for 2ⁿ files, which never move.
    rows: Box<[OnceLock<Row>; 32]>,
    count: AtomicU32,
}

impl Sources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a file and gives it an id.
    ///
    /// # Panics
    ///
    /// If the text is 4 GiB or longer; the loader refuses such a file before.
    pub fn add(&self, name: impl Into<String>, path: Option<PathBuf>, text: String) -> FileId {
        assert!(u32::try_from(text.len()).is_ok(), "files are shorter than 4 GiB");
        let id = FileId(self.count.fetch_add(1, Ordering::Relaxed));
        let (row, column) = id.place();
        let places = self.rows[row].get_or_init(|| (0..1_usize << row).map(|_| OnceLock::new()).collect());
        let kept = places[column].set(SourceFile { name: name.into(), path, text });
        kept.expect("no two files have the same id");
        id
    }

    /// The file of that id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        let (row, column) = id.place();
        let places = self.rows[row].get().expect("the file was added");
        places[column].get().expect("the file was added")
    }

    /// Every file with its id, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let places = self.rows.iter().flat_map(|row| row.get()).flatten();
        (0..).map(FileId).zip(places.map_while(OnceLock::get))
    }

    /// The words that a span covers.
    pub fn text(&self, span: Span) -> &str {
        &self.file(span.file).text[span.range()]
    }

    /// Line and column of a byte. Cost: one pass over the file up to there.
    pub fn position(&self, file: FileId, byte: u32) -> Position {
        let text = &self.file(file).text;
        let mut byte = (byte as usize).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &text[..byte];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: 1 + before.bytes().filter(|&b| b == b'\n').count(),
            column: 1 + before[line_start..].chars().filter(|&c| c != '\u{feff}').count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let sources = Sources::new();
        let file = sources.add("a.ron", None, "x\näö: \"z\"".to_owned());
        assert_eq!(sources.position(file, 0), Position { line: 1, column: 1 });
        assert_eq!(sources.position(file, 6), Position { line: 2, column: 3 });
    }

    #[test]
    fn what_was_borrowed_stays_while_files_come() {
        let sources = Sources::new();
        let first = sources.add("0", None, "text".to_owned());
        let text = sources.file(first).text();
        for index in 1..100 {
            sources.add(index.to_string(), None, String::new());
        }
        assert_eq!(text, "text");
        assert!(sources.iter().enumerate().all(|(index, (id, file))| {
            id.index() == index && file.name() == index.to_string() && sources.file(id).name() == file.name()
        }));
        assert_eq!(sources.iter().count(), 100);
    }
}
