//! What is known of the words at a place, as the protocol has it.

use gen_lsp_types::{Hover, MarkupContent, MarkupKind};

use crate::assist::Found;
use crate::engine::Engine;

use super::analysis::Analysis;

/// The whole, with the strongest reasons where an engine is given and has them.
pub(super) fn hover(analysis: &Analysis, found: Found, engine: Option<&Engine<'_>>) -> Hover {
    let range = analysis.lines(found.file).range(found.bytes.clone());
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: found.markdown(engine) };
    Hover { contents: contents.into(), range: Some(range) }
}
