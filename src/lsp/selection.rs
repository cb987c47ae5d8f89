//! Wider and wider selections: a word, its brackets, its entry, its section, the case.

use std::ops::Range;

use gen_lsp_types::{Position, SelectionRange};

use crate::source::FileId;

use super::analysis::Analysis;

pub(super) fn ranges(analysis: &Analysis, file: FileId, positions: &[Position]) -> Vec<SelectionRange> {
    positions.iter().map(|&at| around(analysis, file, at)).collect()
}

fn around(analysis: &Analysis, file: FileId, at: Position) -> SelectionRange {
    let (outline, lines) = (analysis.case.outline(file), analysis.lines(file));
    let byte = lines.byte(at);
    let is_around = |bytes: &Range<usize>| bytes.start <= byte && byte <= bytes.end;
    let words = outline.piece_at(byte).map(|piece| piece.bytes.clone());
    let entry = outline.entry_at(byte).map(|entry| entry.extent.clone());
    let section = outline.sections.iter().map(|(.., extent)| extent.clone());
    let all = 0..lines.text.len();
    let ranges = outline.brackets.iter().cloned().chain(section).chain(entry).chain(words).chain([all]);
    let mut ranges: Vec<Range<usize>> = ranges.filter(is_around).collect();
    ranges.sort_by_key(|bytes| (bytes.start, std::cmp::Reverse(bytes.end)));
    ranges.dedup();
    let mut outer: Option<(Range<usize>, SelectionRange)> = None;
    for bytes in ranges {
        // What only touches the one around it is none inside it.
        if outer.as_ref().is_some_and(|(around, _)| bytes.end > around.end) {
            continue;
        }
        let parent = outer.take().map(|(_, range)| Box::new(range));
        outer = Some((bytes.clone(), SelectionRange { range: lines.range(bytes), parent }));
    }
    outer.map(|(_, range)| range).unwrap_or_else(|| SelectionRange { range: lines.range(byte..byte), parent: None })
}
