//! Places as editors count them, and as files do.

use std::ops::Range;

use gen_lsp_types::{Position, Range as LspRange};
use line_index::{LineCol, LineIndex, TextSize, WideEncoding};

/// What columns are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
}

/// A text with its lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    pub(super) index: &'t LineIndex,
    pub(super) encoding: Encoding,
}

impl Lines<'_> {
    /// The place of a byte; of one inside a character or behind the text, that of the last before it.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let offset = TextSize::from(u32::try_from(byte).unwrap_or(u32::MAX));
        let LineCol { line, col } = self.index.try_line_col(offset).unwrap_or(LineCol { line: 0, col: 0 });
        let narrow = Position { line, character: col };
        match self.encoding {
            Encoding::Utf8 => narrow,
            Encoding::Utf16 => {
                let wide = self.index.to_wide(WideEncoding::Utf16, LineCol { line, col });
                wide.map_or(narrow, |wide| Position { line: wide.line, character: wide.col })
            }
        }
    }

    pub(super) fn range(&self, bytes: Range<usize>) -> LspRange {
        LspRange { start: self.position(bytes.start), end: self.position(bytes.end) }
    }

    /// The byte at a place; a column behind its line is at the end of the line, a line behind the text at its end.
    pub(super) fn byte(&self, Position { line, character }: Position) -> usize {
        let Some(range) = self.index.line(line) else { return self.text.len() };
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        let wanted = character as usize;
        start
            + match self.encoding {
                Encoding::Utf8 => line.floor_char_boundary(wanted.min(line.len())),
                Encoding::Utf16 => {
                    let mut units = 0;
                    let is_before = |letter: &char| {
                        units += letter.len_utf16();
                        units <= wanted
                    };
                    line.chars().take_while(is_before).map(char::len_utf8).sum()
                }
            }
    }

    pub(super) fn bytes(&self, range: LspRange) -> Range<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_in_both_ways_of_counting() {
        let text = "a🜁ä\r\n\u{feff}x\n日";
        let index = LineIndex::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines { text, index: &index, encoding };
            for (byte, letter) in text.char_indices() {
                if letter != '\n' {
                    assert_eq!(lines.byte(lines.position(byte)), byte, "{encoding:?} {letter:?}");
                }
            }
            assert_eq!(lines.byte(Position { line: 0, character: 99 }), 7);
            assert_eq!(lines.byte(Position { line: 9, character: 0 }), text.len());
            // Inside a character.
            assert_eq!(lines.byte(Position { line: 0, character: 2 }), 1);
        }
        let wide = Lines { text, index: &index, encoding: Encoding::Utf16 };
        assert_eq!(wide.position(5), Position { line: 0, character: 3 });
    }
}
