//! Whether an id that is not found may yet be there, in what could not be read.

use rustc_hash::FxHashSet;

use crate::model::is_letter;
use crate::source::Span;

use super::super::mirror::WrittenFile;

/// What of a case could not be read for certain.
#[derive(Debug)]
pub(super) struct Doubt<'m> {
    /// Whether every file is there and is text.
    complete: bool,
    /// What was not read for certain, in the order of the files and of the places in them.
    damaged: Vec<Span>,
    /// Every word that may be the id of an entry, in files with damage.
    keys: FxHashSet<&'m str>,
}

impl<'m> Doubt<'m> {
    /// Cost: linear in the size of the files that have damage.
    pub(super) fn new(files: &'m [WrittenFile<'m>], complete: bool) -> Self {
        let damaged = files.iter().flat_map(|file| &file.damaged).copied().collect();
        let hurt = files.iter().filter(|file| !file.damaged.is_empty());
        let complete = complete && !files.iter().any(|file| file.has_lost_entry) && hurt.clone().all(has_its_includes);
        Self { complete, damaged, keys: hurt.flat_map(|file| keys(file.text)).collect() }
    }

    /// Whether an entry of this id seems to be there and was not read.
    pub(super) fn is_unread(&self, id: &str) -> bool {
        self.keys.contains(id)
    }

    /// Whether a file is missing, so that an id that is near to another may as well be one of those in it.
    pub(super) fn is_incomplete(&self) -> bool {
        !self.complete
    }

    /// Whether what stands at a place was not read for certain, or what it names may be in a file that was not read.
    pub(super) fn is_about(&self, place: Span) -> bool {
        let after = self.damaged.partition_point(|damaged| *damaged <= place);
        let before = self.damaged[..after].last();
        !self.complete || before.is_some_and(|damaged| damaged.file == place.file && damaged.end > place.start)
    }
}

/// Whether the damage is elsewhere than in the list of files to include.
fn has_its_includes(file: &WrittenFile<'_>) -> bool {
    file.damaged.iter().all(|damaged| !file.text[damaged.range()].trim_start_matches('"').starts_with("includes"))
}

/// The words before colons, quotation marks not counted.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    memchr::memchr2_iter(b':', b'=', text.as_bytes()).filter_map(|colon| {
        let word = text[..colon].trim_end().trim_end_matches(['"', '\'', '“', '”', '’', '»', '#']);
        let letters = word.char_indices().rev();
        let start = letters.take_while(|&(_, letter)| is_letter(letter)).last()?.0;
        Some(&word[start..])
    })
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn keys_are_found_in_damaged_text() {
        let text = r#"{"a-1": (text: "A"), b" : (), “c”: (), d: (), "#;
        assert_eq!(keys(text).collect::<Vec<_>>(), ["a-1", "text", "b", "c", "d"]);
    }
}
