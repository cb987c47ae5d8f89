//! Imported entries put into the files of a case.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::authoring::{EditError, EntryEdit, Loaded, Sort, is_json, merge_entries};
use crate::model::Case;
use crate::source::{FileId, SourceFile};

use super::entry::Entry;

/// Puts entries where they belong in a case of several files: those that are there already where they are, new ones into
/// the file that has most of their sort that came from the same import, else into the opened one.
pub struct Into<'l> {
    loaded: &'l Loaded,
    case: &'l Case,
}

/// A file that gets something new.
#[derive(Debug)]
pub struct Changed<'l> {
    /// The file.
    pub file: &'l SourceFile,
    /// What it is to have in it.
    pub text: String,
}

impl<'l> Into<'l> {
    /// Into a case that was loaded without errors.
    pub fn new(loaded: &'l Loaded, case: &'l Case) -> Self {
        Self { loaded, case }
    }

    /// A file of the case in JSON, in which nothing can be changed.
    pub fn json_file(&self) -> Option<&'l SourceFile> {
        let mut files = self.loaded.sources.iter().map(|(_, file)| file);
        files.find(|file| is_json(file.name(), file.text()))
    }

    /// What the files of the case are to have in them; only those that change.
    ///
    /// # Errors
    ///
    /// [`EditError`], where a file cannot be changed.
    pub fn put(&self, entries: &[Entry]) -> Result<Vec<Changed<'l>>, EditError> {
        let places: FxHashMap<&str, FileId> = self.places();
        let homes = Homes::of(entries, &places);
        let mut by_file: FxHashMap<FileId, Vec<EntryEdit>> = FxHashMap::default();
        let opened = self.loaded.sources.iter().next().map(|(file, _)| file);
        for entry in entries {
            let place = places.get(entry.edit.id.as_str()).copied();
            let home = place.or_else(|| homes.of_sort(entry.edit.section)).or(opened);
            by_file.entry(home.expect("a case that was loaded has a file")).or_default().push(entry.edit.clone());
        }
        let mut changed = Vec::new();
        for (id, file) in self.loaded.sources.iter() {
            let Some(entries) = by_file.get(&id) else { continue };
            let text = merge_entries(file.text(), entries)?;
            if text != file.text() {
                changed.push(Changed { file, text });
            }
        }
        Ok(changed)
    }

    /// The file that each entry of the case is in.
    fn places(&self) -> FxHashMap<&'l str, FileId> {
        let case = self.case;
        let actors = case.actors.values().map(|one| (one.key.as_str(), one.declared));
        let documents = case.documents.values().map(|one| (one.key.as_str(), one.declared));
        let statements = case.statements.values().map(|one| (one.key.as_str(), one.declared));
        let inferences = case.inferences.values().map(|one| (one.key.as_str(), one.declared));
        let questions = case.questions.values().map(|one| (one.key.as_str(), one.declared));
        let every = actors.chain(documents).chain(statements).chain(inferences).chain(questions);
        every.filter_map(|(id, span)| Some((id, span.somewhere()?.file))).collect()
    }
}

/// Where new entries of each sort go.
struct Homes(FxHashMap<(Sort, FileId), usize>);

impl Homes {
    fn of(entries: &[Entry], places: &FxHashMap<&str, FileId>) -> Self {
        let mut counts = FxHashMap::default();
        for entry in entries {
            if let Some(file) = places.get(entry.edit.id.as_str()) {
                *counts.entry((entry.edit.section, *file)).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// The file that has most entries of a sort; of those that have as many, the first.
    fn of_sort(&self, sort: Sort) -> Option<FileId> {
        let files = self.0.iter().filter(|((of, _), _)| *of == sort);
        files.max_by_key(|((_, file), count)| (**count, std::cmp::Reverse(*file))).map(|((_, file), _)| *file)
    }
}

impl Changed<'_> {
    /// Where the file is; standard input has no path.
    pub fn path(&self) -> Option<&Path> {
        self.file.path()
    }
}
