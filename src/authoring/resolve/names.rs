//! The ids of a case: one set for everything in it.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::{Key, is_letter, normalized};
use crate::source::Span;

use super::super::mirror::WrittenFile;
use super::super::nearest::rank;
use super::entries::{Entries, Row};
use super::sort::Sort;

/// What an id names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) sort: Sort,
    /// Its place in the table of its sort; none where its entry could not be read.
    pub(super) index: Option<u32>,
    pub(super) declared: Span,
}

/// Every id of a case.
#[derive(Debug, Default)]
pub(super) struct Names<'m> {
    ids: Vec<&'m str>,
    /// The short ids, by their letters: looking one up does not look into the file.
    short: FxHashMap<u128, Named>,
    long: FxHashMap<&'m str, Named>,
}

/// A short id as a number: its bytes, and how many there are.
fn letters(id: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    let (length, letters) = bytes.split_last_mut()?;
    letters.get_mut(..id.len())?.copy_from_slice(id.as_bytes());
    *length = u8::try_from(id.len()).ok()?;
    Some(u128::from_le_bytes(bytes))
}

impl<'m> Names<'m> {
    /// Takes the ids of every entry, and reports those that are given twice.
    pub(super) fn collect(files: &'m [WrittenFile<'m>], entries: &Entries<'m>, problems: &mut Diagnostics) -> Self {
        let mut names = Self::default();
        let mut again = Vec::new();
        names.take(&entries.actors, Sort::Actor, &mut again);
        names.take(&entries.documents, Sort::Document, &mut again);
        names.take(&entries.claims, Sort::Claim, &mut again);
        names.take(&entries.relationships, Sort::Relationship, &mut again);
        names.take(&entries.inferences, Sort::Inference, &mut again);
        names.take(&entries.questions, Sort::Question, &mut again);
        for (id, sort) in Entries::unread(files) {
            names.insert(&id.text, Named { sort, index: None, declared: id.span }, &mut again);
        }
        for (key, one, other) in again {
            problems.push(twice(key, one, other, entries));
        }
        names
    }

    fn take<T>(&mut self, rows: &[Row<'m, T>], sort: Sort, again: &mut Vec<(&'m str, Named, Named)>) {
        self.ids.reserve(rows.len());
        self.short.reserve(rows.len());
        for (index, row) in (0..).zip(rows) {
            self.insert(row.key, Named { sort, index: Some(index), declared: row.declared }, again);
        }
    }

    /// Takes an id, or notes that it was given before.
    fn insert(&mut self, key: &'m str, named: Named, again: &mut Vec<(&'m str, Named, Named)>) {
        match self.get(key) {
            Some(other) => again.push((key, other, named)),
            None => {
                self.ids.push(key);
                match letters(key) {
                    Some(letters) => self.short.insert(letters, named),
                    None => self.long.insert(key, named),
                };
            }
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<Named> {
        let key = &*normalized(key);
        match letters(key) {
            Some(letters) => self.short.get(&letters),
            None => self.long.get(key),
        }
        .copied()
    }

    /// How many ids there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The id that a mistyped one most likely means, of a sort that would fit: another leads to another error. Cost: a
    /// comparison for each id.
    pub(super) fn nearest(&self, key: &str, wanted: &[Sort]) -> Option<&'m str> {
        let near = self.ids.iter().filter_map(|&id| rank(key, id).map(|rank| (rank, id)));
        near.filter(|(_, id)| self.get(id).is_some_and(|named| wanted.contains(&named.sort))).min().map(|(_, id)| id)
    }
}

/// An id that is given twice, underlined at the later of the two places.
fn twice(key: &str, a: Named, b: Named, entries: &Entries<'_>) -> Diagnostic {
    let (first, second) = if a.declared <= b.declared { (a, b) } else { (b, a) };
    let is_same = words_of(first, entries).zip(words_of(second, entries)).is_some_and(|(one, other)| one == other);
    let help = match (is_same, a.sort == b.sort && a.declared.file != b.declared.file) {
        (true, true) => "both are the same: write it once, in a file that both include",
        (true, false) => "both are the same: keep one of the two",
        (false, true) => {
            "if they are two, give one of them another id; if they are one, write it once, in a file that both include"
        }
        (false, false) => "give one of the two another id",
    };
    Diagnostic::new(Code::DuplicateId, second.declared, format!("the id `{key}` is given twice"))
        .label(format!("here it is {}", second.sort.what()))
        .related(first.declared, format!("first given here, to {}", first.sort.what()))
        .help(help)
}

/// The sort of an entry with its title, its name or its words, by which one tells that two are the same.
fn words_of<'m>(named: Named, entries: &Entries<'m>) -> Option<(Sort, &'m str)> {
    let index = named.index? as usize;
    let words = match named.sort {
        Sort::Actor => &entries.actors[index].entry.name,
        Sort::Document => &entries.documents[index].entry.title,
        Sort::Claim => &entries.claims[index].entry.text,
        Sort::Question => &entries.questions[index].entry.text,
        Sort::Relationship | Sort::Inference => &None,
    };
    words.as_ref().map(|text| (named.sort, text.text.trim()))
}

/// The key of a row. One that is no id is reported, and another stands in for it: the case is dropped anyway.
pub(super) fn key<T>(row: &Row<'_, T>, problems: &mut Diagnostics) -> Key {
    Key::new(row.key).unwrap_or_else(|error| {
        let problem = Diagnostic::new(Code::InvalidId, row.declared, error.to_string());
        let fix = mended(row.key).map(|id| Fix::suggested(format!("write `\"{id}\"`"), row.declared, id));
        problems.push(problem.fix_if(fix));
        Key::new("x").expect("a letter is an id")
    })
}

/// A similar text that is an id.
fn mended(key: &str) -> Option<String> {
    let letters = key.chars().map(|letter| if is_letter(letter) { letter } else { '-' });
    let id: String = letters.collect();
    let id = id.trim_matches(['-', '_', '.']);
    Key::new(id).is_ok().then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn ids_of_up_to_fifteen_bytes_are_numbers_of_their_own() {
        let ids = ["a", "b", "aa", "a.", "ab", "ba", "123456789012345", "123456789012346", "ä", "Ã¤"];
        let numbers: std::collections::BTreeSet<_> = ids.iter().map(|id| letters(id).expect("it is short")).collect();
        assert_eq!(numbers.len(), ids.len());
        assert_eq!(letters("1234567890123456"), None);
    }
}
