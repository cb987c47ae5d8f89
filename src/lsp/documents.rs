//! The texts that are open in the editor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};
use line_index::LineIndex;

use crate::authoring::LARGEST;
use crate::source::Overlay;

use super::position::{Encoding, Lines};
use super::uri::path_of;

/// A text that is open.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// Its address, as the editor writes it.
    pub(super) uri: Uri,
    /// Its canonical path; none of one that is no file yet, or whose folder is not there.
    pub(super) path: Option<PathBuf>,
    pub(super) version: i32,
    pub(super) text: Arc<str>,
}

/// The texts that are open, laid over the files of the disk.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// By their addresses.
    all: BTreeMap<String, Document>,
    pub(super) overlay: Overlay,
}

impl Documents {
    pub(super) fn open(&mut self, uri: Uri, version: i32, text: String) {
        let text: Arc<str> = text.into();
        let path = path_of(&uri).and_then(|path| self.overlay.put(&path, Arc::clone(&text)).ok());
        self.all.insert(uri.0.clone(), Document { uri, path, version, text });
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        let Some(path) = self.all.remove(&uri.0).and_then(|document| document.path) else { return };
        // The same file may be open by another address, through a link.
        match self.at(&path).map(|other| Arc::clone(&other.text)) {
            Some(text) => self.overlay.put_at(path, text),
            None => self.overlay.remove(&path),
        }
    }

    /// Changes a text piece by piece. A text that would be too large for a case is emptied, so that nobody answers from
    /// half of it.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let Some(document) = self.all.get_mut(&uri.0) else { return };
        let mut text = String::from(&*document.text);
        for change in changes {
            apply(&mut text, change, encoding);
            if text.len() as u64 > LARGEST {
                text.clear();
            }
        }
        (document.version, document.text) = (version, text.into());
        if let Some(path) = &document.path {
            self.overlay.put_at(path.clone(), Arc::clone(&document.text));
        }
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.all.get(&uri.0)
    }

    /// The text that is open of a file: of several, the one that is laid over it, which is the one opened or changed last.
    pub(super) fn at(&self, path: &Path) -> Option<&Document> {
        let laid = self.overlay.text(path);
        let is_laid = |document: &&Document| laid.is_some_and(|text| Arc::ptr_eq(text, &document.text));
        let mut open = self.all.values().filter(|document| document.path.as_deref() == Some(path));
        open.clone().find(is_laid).or_else(|| open.next())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.all.values()
    }
}

fn apply(text: &mut String, change: TextDocumentContentChangeEvent, encoding: Encoding) {
    match change {
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
            let index = LineIndex::new(text);
            let bytes = Lines { text, index: &index, encoding }.bytes(change.range);
            text.replace_range(bytes, &change.text);
        }
        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => *text = change.text,
    }
}
