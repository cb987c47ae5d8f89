//! The sections of a file and their entries, as an editor lists them.

use gen_lsp_types::{DocumentSymbol, SymbolKind};

use crate::authoring::{OutlineEntry, Sort};
use crate::escape::visible;
use crate::source::FileId;

use super::analysis::Analysis;

#[expect(deprecated, reason = "the protocol keeps a field that nobody sets")]
fn symbol(
    name: &str,
    detail: String,
    kind: SymbolKind,
    range: gen_lsp_types::Range,
    selection_range: gen_lsp_types::Range,
) -> DocumentSymbol {
    // Editors refuse a symbol without a name.
    let name = visible(if name.trim().is_empty() { "?" } else { name }).into_owned();
    let detail = (!detail.is_empty()).then(|| visible(&detail).into_owned());
    DocumentSymbol { name, detail, kind, tags: None, deprecated: None, range, selection_range, children: None }
}

pub(super) fn symbols(analysis: &Analysis, file: FileId) -> Vec<DocumentSymbol> {
    let (outline, lines) = (analysis.case.outline(file), analysis.lines(file));
    let entry = |entry: &OutlineEntry| {
        let [range, name] = [&entry.extent, &entry.name].map(|bytes| lines.range(bytes.clone()));
        symbol(&entry.id, entry.title.clone(), kind(entry.sort), range, name)
    };
    let section = |(sort, name, extent): &(Sort, std::ops::Range<usize>, std::ops::Range<usize>)| {
        let inside = outline.entries.iter().filter(|entry| extent.contains(&entry.extent.start));
        let children: Vec<DocumentSymbol> = inside.map(entry).collect();
        let detail = children.len().to_string();
        let [range, name] = [extent, name].map(|bytes| lines.range(bytes.clone()));
        DocumentSymbol { children: Some(children), ..symbol(sort.plural(), detail, SymbolKind::Namespace, range, name) }
    };
    outline.sections.iter().map(section).collect()
}

/// The sign by which an editor shows a sort.
pub(super) fn kind(sort: Sort) -> SymbolKind {
    match sort {
        Sort::Actor => SymbolKind::Class,
        Sort::Document => SymbolKind::File,
        Sort::Claim => SymbolKind::Constant,
        Sort::Relationship => SymbolKind::Interface,
        Sort::Inference => SymbolKind::Function,
        Sort::Question => SymbolKind::Event,
    }
}
