//! Bibliographies of BibTeX and BibLaTeX.
//!
//! They are read here and not by a crate: one mistake in a file of thousands of entries must not keep the others from being
//! read, and an abbreviation that names itself must not end the program.

mod fields;
mod latex;
mod names;
mod reader;

use rustc_hash::FxHashMap;

use crate::source::{FileId, Sources};

use super::entry::Imported;
use super::ids::{Ids, Known};
use super::losses::Losses;
use reader::{Raw, read};

/// So many bytes are copied from abbreviations of a file, and as many from entries to those that refer to them: either can be
/// made to stand for far more than the file has.
const MOST_COPIED: usize = 1 << 26;

/// Makes documents of the entries of bibliographies.
pub(super) fn import(files: &[FileId], sources: &Sources, known: Known<'_>) -> Imported {
    let (mut losses, mut ids, mut entries) = (Losses::default(), Ids::new(known), Vec::new());
    let mut raws: Vec<Raw> = Vec::new();
    for &file in files {
        raws.extend(read(file, sources.file(file).text(), &mut losses));
    }
    let by_key: FxHashMap<String, usize> =
        raws.iter().enumerate().rev().map(|(index, raw)| (raw.key.to_lowercase(), index)).collect();
    let mut left = MOST_COPIED;
    for raw in raws.iter().filter(|raw| raw.kind != "xdata") {
        let inherited = fields::inherited(raw, &raws, &by_key, &mut left, &mut losses);
        fields::reference(raw, inherited, &mut losses).write(&mut ids, &mut losses, &mut entries);
    }
    Imported { entries, diagnostics: losses.finish(), ..Imported::default() }
}
