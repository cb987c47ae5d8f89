//! A case as it stood at one moment, with the addresses of its files and places as the editor counts them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use gen_lsp_types::{Location, Position, TextEdit, Uri, WorkspaceEdit};
use line_index::LineIndex;

use crate::assist::OutlinedCase;
use crate::authoring::{Input, Piece, load_from};
use crate::model::Case;
use crate::quotes::{PdfReader, Quotations, check_quotes, copy_paths};
use crate::source::{FileId, Overlay, Span};

use super::documents::{Document, Documents};
use super::position::{Encoding, Lines};
use super::uri::uri_of;

/// By what a case is known: the file that is opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    /// By its canonical path.
    File(PathBuf),
    /// A text that is no file, by its address.
    Untitled(String),
}

/// A file of a case.
#[derive(Debug)]
struct View {
    id: FileId,
    uri: Uri,
    version: Option<i32>,
    lines: OnceLock<LineIndex>,
}

/// A case as it stood at one moment.
#[derive(Debug)]
pub(super) struct Analysis {
    pub(super) case: OutlinedCase,
    views: Vec<View>,
    encoding: Encoding,
    /// What it was read from.
    overlay: Overlay,
    /// The case with the states of its quotations, once somebody has asked.
    verified: OnceLock<(Case, Quotations)>,
}

impl Analysis {
    /// Loads a case from the open texts and the disk; none where there is nothing to open.
    pub(super) fn load(root: &Root, documents: &Documents, encoding: Encoding) -> Option<Arc<Self>> {
        let input = match root {
            Root::File(path) => Input::Path(path.clone()),
            Root::Untitled(uri) => {
                let document = documents.get(&Uri(uri.clone()))?;
                Input::Text { name: uri.clone(), text: document.text.to_string() }
            }
        };
        let loaded = load_from(input, &documents.overlay).ok()?;
        let view = |id, path: Option<&std::path::Path>| {
            let document = match (path, root) {
                (Some(path), _) => documents.at(path),
                (None, Root::Untitled(uri)) => documents.get(&Uri(uri.clone())),
                (None, Root::File(_)) => None,
            };
            let uri = document.map(|document| document.uri.clone());
            let uri = uri.or_else(|| path.map(uri_of)).unwrap_or_else(|| Uri(String::new()));
            let version = document.map(|document| document.version);
            View { id, uri, version, lines: OnceLock::new() }
        };
        let views = loaded.sources.iter().map(|(id, file)| view(id, file.path())).collect();
        Some(Arc::new(Self {
            case: OutlinedCase::new(loaded),
            views,
            encoding,
            overlay: documents.overlay.clone(),
            verified: OnceLock::new(),
        }))
    }

    /// The case with the states of its quotations, and what became of each; none where the case keeps no copies. It is
    /// worked out when it is first asked for.
    pub(super) fn verified(&self, pdf: PdfReader) -> Option<&(Case, Quotations)> {
        let loaded = &self.case.loaded;
        let case = loaded.case.as_ref().filter(|case| case.keeps_copies())?;
        Some(self.verified.get_or_init(|| {
            let found = check_quotes(case, &loaded.sources, &self.overlay, pdf);
            let mut case = case.clone();
            found.write_into(&mut case);
            (case, found)
        }))
    }

    /// The files that it keeps as copies of its documents, or means to; none where that is not known, as it is broken.
    pub(super) fn copies(&self) -> Option<BTreeSet<PathBuf>> {
        let loaded = &self.case.loaded;
        loaded.case.as_ref().map(|case| copy_paths(case, &loaded.sources, &self.overlay))
    }

    /// The files, each with its address and the version of the text that it was read from.
    pub(super) fn files(&self) -> impl Iterator<Item = (FileId, &Uri, Option<i32>)> {
        self.views.iter().map(|view| (view.id, &view.uri, view.version))
    }

    /// The file of the case that an open text is: by its address, or by its path where the same text is open by another
    /// address. Of a text that differs from the one that was read nothing is known.
    pub(super) fn file(&self, document: &Document) -> Option<FileId> {
        let is_same = |view: &View| {
            let path = self.case.loaded.sources.file(view.id).path();
            path.is_some() && path == document.path.as_deref() && *document.text == *self.case.text(view.id)
        };
        self.views.iter().find(|view| view.uri == document.uri || is_same(view)).map(|view| view.id)
    }

    pub(super) fn uri(&self, file: FileId) -> &Uri {
        &self.views[file.index()].uri
    }

    pub(super) fn lines(&self, file: FileId) -> Lines<'_> {
        let text = self.case.text(file);
        let index = self.views[file.index()].lines.get_or_init(|| LineIndex::new(text));
        Lines { text, index, encoding: self.encoding }
    }

    pub(super) fn location(&self, file: FileId, bytes: Range<usize>) -> Location {
        Location { uri: self.uri(file).clone(), range: self.lines(file).range(bytes) }
    }

    pub(super) fn location_of(&self, span: Span) -> Location {
        self.location(span.file, span.range())
    }

    /// What stands at a place of a file.
    pub(super) fn piece(&self, file: FileId, at: Position) -> Option<&Piece> {
        self.case.outline(file).piece_at(self.lines(file).byte(at))
    }

    /// Changes of the files of a case, as the editor takes them.
    pub(super) fn workspace_edit(
        &self,
        edits: impl IntoIterator<Item = (FileId, Range<usize>, String)>,
    ) -> WorkspaceEdit {
        let mut changes: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
        for (file, bytes, new_text) in edits {
            let range = self.lines(file).range(bytes);
            changes.entry(file).or_default().push(TextEdit { range, new_text });
        }
        let changes = changes.into_iter().map(|(file, edits)| (self.uri(file).clone(), edits)).collect();
        WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
    }
}
