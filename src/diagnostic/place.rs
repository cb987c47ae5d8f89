//! Lines and columns of many places, without counting a file's lines, or what stands before on a long one, for each.

use std::cell::OnceCell;

use crate::source::{FileId, Position, Sources, Span};

/// So many bytes are counted at once: a file may be one line, as programs write JSON.
const BLOCK: u32 = 1 << 12;

/// Finds lines and columns. Each file's lines and characters are counted once, when the first place in it is asked for.
pub struct Places<'s> {
    sources: &'s Sources,
    files: Vec<OnceCell<Vec<u32>>>,
    /// For each file, how many characters stand before each of its blocks.
    blocks: Vec<OnceCell<Vec<usize>>>,
}

impl<'s> Places<'s> {
    /// Of the files of a case; nothing is counted yet.
    pub fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            files: sources.iter().map(|_| OnceCell::new()).collect(),
            blocks: sources.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// Where the lines of a file start.
    fn lines(&self, file: FileId) -> &[u32] {
        self.files[file.index()].get_or_init(|| {
            let text = self.sources.file(file).text().as_bytes();
            let starts = memchr::memchr_iter(b'\n', text).map(|newline| newline + 1);
            std::iter::once(0).chain(starts).filter_map(|start| u32::try_from(start).ok()).collect()
        })
    }

    /// Line and column of a byte, from 1, columns in characters; a byte-order mark takes no column.
    pub fn position(&self, file: FileId, byte: u32) -> Position {
        let lines = self.lines(file);
        let line = lines.partition_point(|&start| start <= byte);
        Position { line, column: 1 + self.characters(file, byte) - self.characters(file, lines[line - 1]) }
    }

    /// How many characters stand before a byte; a byte-order mark is none. Cost: that of a block.
    fn characters(&self, file: FileId, byte: u32) -> usize {
        let count = |from, to| self.slice(file, from, to).chars().filter(|&letter| letter != '\u{feff}').count();
        let blocks = self.blocks[file.index()].get_or_init(|| {
            let length = u32::try_from(self.sources.file(file).text().len()).unwrap_or(u32::MAX);
            let counts = (0..length / BLOCK).scan(0, |before, block| {
                *before += count(block * BLOCK, (block + 1) * BLOCK);
                Some(*before)
            });
            std::iter::once(0).chain(counts).collect()
        });
        let block = (byte / BLOCK).min(blocks.len() as u32 - 1);
        blocks[block as usize] + count(block * BLOCK, byte)
    }

    /// Where a span starts and where it ends, one past its last character.
    pub fn ends(&self, span: Span) -> (Position, Position) {
        (self.position(span.file, span.start), self.position(span.file, span.end))
    }

    /// The bytes of the lines `first` to `last`, from 1, both among them and without the last line's break.
    pub fn line_range(&self, file: FileId, first: usize, last: usize) -> (u32, u32) {
        let lines = self.lines(file);
        let length = u32::try_from(self.sources.file(file).text().len()).unwrap_or(u32::MAX);
        let end = lines.get(last).map_or(length, |next| next - 1);
        (lines[first - 1], end)
    }

    /// How many lines a file has.
    pub fn line_count(&self, file: FileId) -> usize {
        self.lines(file).len()
    }

    /// The text between two bytes, moved to the characters' starts.
    pub fn slice(&self, file: FileId, start: u32, end: u32) -> &'s str {
        let text = self.sources.file(file).text();
        let floor = |byte: u32| text.floor_char_boundary(byte as usize);
        let start = floor(start);
        &text[start..floor(end).max(start)]
    }

    /// The name of a file, as messages show it.
    pub fn name(&self, file: FileId) -> &'s str {
        self.sources.file(file).name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_agree_with_those_of_the_sources() {
        let sources = Sources::new();
        let file = sources.add("a.ron", None, "\u{feff}x: ä\r\n  ö: \"z\"\n\n".to_owned());
        let places = Places::new(&sources);
        for byte in 0..=17 {
            assert_eq!(places.position(file, byte), sources.position(file, byte), "byte {byte}");
        }
    }

    #[test]
    fn columns_on_a_long_line_are_counted_from_its_start() {
        let sources = Sources::new();
        let text = format!("a\n{}b\n", "é日🜁".repeat(2000));
        let file = sources.add("a.json", None, text.clone());
        let places = Places::new(&sources);
        for byte in (0..text.len() as u32 + 9).step_by(97).chain([4095, 4096, 4097, 8191, 8192, 8193]) {
            assert_eq!(places.position(file, byte), sources.position(file, byte), "byte {byte}");
        }
    }
}
