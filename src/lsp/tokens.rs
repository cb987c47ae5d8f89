//! Colours by what a word is for.

use gen_lsp_types::{SemanticToken, SemanticTokens};
use serde_json::{Value, json};

use crate::authoring::{Part, Piece};
use crate::source::FileId;

use super::analysis::Analysis;

const TYPES: [&str; 8] = ["class", "variable", "property", "enumMember", "type", "string", "number", "comment"];
const MODIFIERS: [&str; 1] = ["declaration"];

pub(super) fn legend() -> Value {
    json!({ "tokenTypes": TYPES, "tokenModifiers": MODIFIERS })
}

/// The place of its type in the legend.
fn type_of(part: &Part) -> u32 {
    match part {
        Part::Defined { .. } => 0,
        Part::Used { .. } => 1,
        Part::Field(_) => 2,
        Part::Word(_) | Part::Lint => 3,
        Part::Name => 4,
        Part::Text | Part::Path => 5,
        Part::Number => 6,
        Part::Comment => 7,
    }
}

pub(super) fn tokens(analysis: &Analysis, file: FileId) -> SemanticTokens {
    let (outline, lines) = (analysis.case.outline(file), analysis.lines(file));
    let (mut data, mut last) = (Vec::new(), lines.position(0));
    for piece in &outline.pieces {
        for bytes in on_lines(piece, lines.text) {
            let (start, end) = (lines.position(bytes.start), lines.position(bytes.end));
            let is_same_line = start.line == last.line;
            data.push(SemanticToken {
                delta_line: start.line.saturating_sub(last.line),
                delta_start: if is_same_line {
                    start.character.saturating_sub(last.character)
                } else {
                    start.character
                },
                length: end.character.saturating_sub(start.character),
                token_type: type_of(&piece.part),
                token_modifiers_bitset: u32::from(piece.is_definition()),
            });
            last = start;
        }
    }
    SemanticTokens { result_id: None, data }
}

/// The bytes of a piece, line by line: no token goes over the end of a line.
fn on_lines<'t>(piece: &Piece, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + use<'t> {
    let start = piece.bytes.start;
    let lines = text[piece.bytes.clone()].split_inclusive('\n').scan(start, |at, line| {
        let from = *at;
        *at += line.len();
        Some(from..from + line.trim_end_matches(['\n', '\r']).len())
    });
    lines.filter(|bytes| !bytes.is_empty())
}
