//! The rows of a file, with the places of their cells.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use crate::source::{FileId, Span};

use super::super::text::unmarked;

/// A table as it is written.
pub(super) struct Rows<'t> {
    file: FileId,
    text: &'t str,
    delimiter: u8,
    /// The names of the columns, in small letters and with `_` for spaces.
    pub(super) columns: Vec<String>,
    /// Where they stand.
    header: usize,
    /// The rows, each with the byte at which it begins.
    pub(super) rows: Vec<(usize, StringRecord)>,
}

/// Signs that may stand between cells.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// The most columns of a table: what stands behind them has none.
const MOST_COLUMNS: usize = 500;

impl<'t> Rows<'t> {
    /// Reads a file. Cost: linear in its size.
    pub(super) fn read(file: FileId, whole: &'t str) -> Self {
        let (text, mut start) = unmarked(whole);
        // Excel says in a line of its own what stands between cells.
        let first = text.lines().next().unwrap_or_default();
        let said = first.strip_prefix("sep=").filter(|sign| sign.len() == 1).map(|sign| sign.as_bytes()[0]);
        start += said.map_or(0, |_| text.find('\n').map_or(text.len(), |newline| newline + 1));
        let delimiter = said.unwrap_or_else(|| delimiter(&whole[start..]));
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(&whole.as_bytes()[start..]);
        let mut rows: Vec<(usize, StringRecord)> = Vec::new();
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).unwrap_or(false) {
            let at = record.position().map_or(0, csv::Position::byte);
            rows.push((start + usize::try_from(at).unwrap_or(0), record.clone()));
        }
        let is_empty = |record: &StringRecord| record.iter().all(|cell| cell.trim().is_empty());
        rows.retain(|(_, record)| !is_empty(record));
        let (header, columns) = if rows.is_empty() { (start, StringRecord::new()) } else { rows.remove(0) };
        let columns = columns.iter().take(MOST_COLUMNS).map(column).collect();
        Self { file, text: whole, delimiter, columns, header, rows }
    }

    /// The place of a cell of a row that begins at a byte; of the row, where it has no such cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> Span {
        let row = self.skip_breaks(row);
        let cells = self.cells(row, column);
        Span::new(self.file, cells.unwrap_or(row..row))
    }

    /// The place of the name of a column.
    pub(super) fn column(&self, column: usize) -> Span {
        self.cell(self.header, column)
    }

    /// Line breaks that end the row before.
    fn skip_breaks(&self, row: usize) -> usize {
        let rest = self.text.get(row..).unwrap_or_default();
        row.min(self.text.len()) + (rest.len() - rest.trim_start_matches(['\n', '\r']).len())
    }

    /// The bytes of a cell, its quotation marks included.
    fn cells(&self, row: usize, column: usize) -> Option<Range<usize>> {
        let (mut start, mut number, mut is_quoted) = (row, 0, false);
        for (at, byte) in self.text.bytes().enumerate().skip(row) {
            let ends_row = matches!(byte, b'\n' | b'\r') && !is_quoted;
            if byte == b'"' {
                is_quoted = !is_quoted;
            } else if ends_row || byte == self.delimiter && !is_quoted {
                if number == column {
                    return Some(start..at);
                }
                if ends_row {
                    return None;
                }
                (start, number) = (at + 1, number + 1);
            }
        }
        (number == column).then_some(start..self.text.len())
    }
}

/// The name of a column, as fields are called.
fn column(name: &str) -> String {
    let words = name.split(|letter: char| letter.is_whitespace() || matches!(letter, '_' | '-'));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// The sign that stands most often in the first line, outside of quotation marks.
fn delimiter(text: &str) -> u8 {
    let (mut counts, mut is_quoted) = ([0_usize; DELIMITERS.len()], false);
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            byte => DELIMITERS.iter().position(|&sign| sign == byte).into_iter().for_each(|place| counts[place] += 1),
        }
    }
    let most = (0..DELIMITERS.len()).rev().max_by_key(|&place| counts[place]).unwrap_or(0);
    DELIMITERS[most]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn tables_are_read_however_they_are_written() {
        let sources = Sources::new();
        for text in
            ["ID;Derives From\na;\"x\ny; z\"\n\n;\nb;c", "\u{feff}id\tderives-from\r\na\t\"x\ny; z\"\r\nb\tc\r\n"]
        {
            let file = sources.add("a.csv", None, text.to_owned());
            let rows = Rows::read(file, sources.file(file).text());
            assert_eq!(rows.columns, ["id", "derives_from"]);
            let cells: Vec<&str> = rows.rows.iter().flat_map(|(_, row)| row.iter()).collect();
            assert_eq!(cells, ["a", "x\ny; z", "b", "c"]);
            let place = |row: usize, column: usize| sources.text(rows.cell(rows.rows[row].0, column));
            assert_eq!([place(0, 0), place(0, 1), place(1, 1)], ["a", "\"x\ny; z\"", "c"]);
            assert_eq!(sources.position(file, rows.cell(rows.rows[1].0, 1).start).column, 3);
        }
        let file = sources.add("b.csv", None, "sep=|\nid|name\na|b,c;d".to_owned());
        assert_eq!(&Rows::read(file, sources.file(file).text()).rows[0].1[1], "b,c;d");
    }
}
