//! What an editor can fold: brackets over several lines, and comments.

use gen_lsp_types::{FoldingRange, FoldingRangeKind};

use crate::authoring::Part;
use crate::source::FileId;

use super::analysis::Analysis;

pub(super) fn ranges(analysis: &Analysis, file: FileId) -> Vec<FoldingRange> {
    let (outline, lines) = (analysis.case.outline(file), analysis.lines(file));
    let line = |byte| lines.position(byte).line;
    let bracket = |bytes: &std::ops::Range<usize>| {
        // The line of the closing bracket stays.
        let (start_line, end_line) = (line(bytes.start), line(bytes.end).saturating_sub(1));
        FoldingRange { start_line, end_line, ..FoldingRange::default() }
    };
    let brackets = outline.brackets.iter().map(bracket);
    let mut comments: Vec<FoldingRange> = Vec::new();
    let is_alone = |start: usize| lines.text[..start].trim_end_matches([' ', '\t']).ends_with('\n') || start == 0;
    let alone = outline.pieces.iter().filter(|piece| piece.part == Part::Comment && is_alone(piece.bytes.start));
    for piece in alone {
        let (start_line, end_line) = (line(piece.bytes.start), line(piece.bytes.end));
        match comments.last_mut() {
            Some(last) if last.end_line + 1 == start_line => last.end_line = end_line,
            _ => comments.push(FoldingRange {
                start_line,
                end_line,
                kind: Some(FoldingRangeKind::Comment),
                ..FoldingRange::default()
            }),
        }
    }
    brackets.chain(comments).filter(|range| range.end_line > range.start_line).collect()
}
