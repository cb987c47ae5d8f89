//! What an editor shows between the words: verdicts behind ids, numbers behind grades.

use gen_lsp_types::{InlayHint, InlayHintKind, Label, Range as LspRange};

use crate::assist::Verdicts;
use crate::authoring::{Part, Piece, Words};
use crate::source::FileId;
use crate::words::{degree, verdict_with_detail};

use super::analysis::Analysis;

pub(super) fn hints(analysis: &Analysis, file: FileId, range: LspRange, verdicts: Option<&Verdicts>) -> Vec<InlayHint> {
    let lines = analysis.lines(file);
    let shown = lines.bytes(range);
    let is_sound = analysis.case.loaded.case.is_some();
    let label = |piece: &Piece| match &piece.part {
        Part::Defined { id, .. } if is_sound => {
            let assessment = verdicts?.of(id)?;
            // Behind the quotation mark.
            Some((piece.bytes.end + 1, verdict_with_detail(assessment.detail)))
        }
        Part::Word(words @ (Words::Reliability | Words::Strength | Words::Withheld)) => {
            let written = &lines.text[piece.bytes.clone()];
            let (_, number) = words.known().into_iter().find(|(word, _)| *word == written)?;
            Some((piece.bytes.end, degree(number?)))
        }
        _ => None,
    };
    let pieces = analysis.case.outline(file).pieces.iter();
    let pieces = pieces.filter(|piece| piece.bytes.start <= shown.end && shown.start <= piece.bytes.end);
    pieces.filter_map(|piece| label(piece).map(|(byte, label)| hint(lines.position(byte), label))).collect()
}

fn hint(position: gen_lsp_types::Position, label: String) -> InlayHint {
    InlayHint {
        position,
        label: Label::String(label),
        kind: Some(InlayHintKind::Type),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
