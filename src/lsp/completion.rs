//! What can be written at a place, as the protocol has it.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, InsertTextFormat, MarkupContent, MarkupKind, Position, TextEdit,
};

use crate::assist::{self, Choice, ChoiceKind, Verdicts, without_places};
use crate::source::{FileId, Overlay};

use super::analysis::Analysis;

pub(super) fn complete(
    analysis: &Analysis,
    file: FileId,
    at: Position,
    verdicts: Option<&Verdicts>,
    takes_snippets: bool,
    overlay: &Overlay,
) -> Option<CompletionList> {
    let lines = analysis.lines(file);
    let found = assist::complete(&analysis.case, file, lines.byte(at), verdicts, overlay)?;
    let range = lines.range(found.replaced);
    let item = |(index, choice): (usize, Choice)| {
        let new_text = if takes_snippets { choice.snippet } else { without_places(&choice.snippet) };
        CompletionItem {
            kind: Some(kind(choice.kind)),
            label: choice.label,
            detail: choice.detail,
            documentation: choice.documentation.map(markdown),
            sort_text: Some(format!("{index:05}")),
            filter_text: Some(choice.filter),
            insert_text_format: takes_snippets.then_some(InsertTextFormat::Snippet),
            text_edit: Some(TextEdit { range, new_text }.into()),
            ..CompletionItem::default()
        }
    };
    let items = found.choices.into_iter().enumerate().map(item).collect();
    Some(CompletionList { is_incomplete: found.is_incomplete, item_defaults: None, apply_kind: None, items })
}

fn kind(kind: ChoiceKind) -> CompletionItemKind {
    match kind {
        ChoiceKind::Snippet => CompletionItemKind::Snippet,
        ChoiceKind::Field => CompletionItemKind::Field,
        ChoiceKind::Reference => CompletionItemKind::Reference,
        ChoiceKind::Word => CompletionItemKind::EnumMember,
        ChoiceKind::File => CompletionItemKind::File,
        ChoiceKind::Lint => CompletionItemKind::Constant,
    }
}

fn markdown(value: String) -> gen_lsp_types::Documentation {
    MarkupContent { kind: MarkupKind::Markdown, value }.into()
}
