//! A case as it stood at one moment, with the outlines of its files.

use std::path::Path;
use std::sync::OnceLock;

use crate::authoring::{Loaded, Outline, OutlineEntry, Piece, is_json};
use crate::source::FileId;

/// A loaded case with the outlines of its files, each made when it is first asked for.
#[derive(Debug)]
pub struct OutlinedCase {
    /// The case.
    pub loaded: Loaded,
    /// By the places of the files.
    outlines: Vec<OnceLock<Outline>>,
}

impl OutlinedCase {
    /// Of a case that was loaded. No outline is made yet.
    pub fn new(loaded: Loaded) -> Self {
        let outlines = loaded.sources.iter().map(|_| OnceLock::new()).collect();
        Self { loaded, outlines }
    }

    /// The files, the opened one first.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.loaded.sources.iter().map(|(id, _)| id)
    }

    /// The paths of the files.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.loaded.sources.iter().filter_map(|(_, file)| file.path())
    }

    /// What stands in a file.
    pub fn text(&self, file: FileId) -> &str {
        self.loaded.sources.file(file).text()
    }

    /// Whether a file is in JSON: what is wrong with it is known, and no more.
    pub fn is_json(&self, file: FileId) -> bool {
        is_json(self.loaded.sources.file(file).name(), self.text(file))
    }

    /// What each word of a file is for; nothing of one in JSON.
    pub fn outline(&self, file: FileId) -> &Outline {
        let outline = || if self.is_json(file) { Outline::default() } else { Outline::of(self.text(file)) };
        self.outlines[file.index()].get_or_init(outline)
    }

    /// Every entry, with its file.
    pub fn entries(&self) -> impl Iterator<Item = (FileId, &OutlineEntry)> {
        self.files().flat_map(|file| self.outline(file).entries.iter().map(move |entry| (file, entry)))
    }

    /// The entry of an id, the first where there are several.
    pub fn entry(&self, id: &str) -> Option<(FileId, &OutlineEntry)> {
        self.entries().find(|(_, entry)| entry.id == id)
    }

    /// Every place in which an id stands.
    pub fn mentions<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (FileId, &'a Piece)> {
        self.files().flat_map(move |file| {
            let ids = self.outline(file).ids().filter(move |(_, other)| *other == id);
            ids.map(move |(piece, _)| (file, piece))
        })
    }
}
