//! Typed ids, and tables that only take the id of their own kind.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;

use thiserror::Error;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// An author's id of an actor, a document, a statement, an inference or a question.
///
/// Letters and digits of any script, `-`, `_` and `.`; it starts with a letter or a digit. Vowel signs, accents and other
/// marks belong to the letter before them. However it was typed, it is kept in Unicode's normalization form C, so that
/// two ids that look alike for that reason are one.
///
/// ```
/// use evigraph::Key;
/// assert!(Key::new("hitz-vol-2").is_ok());
/// assert!(Key::new("-draft").is_err());
/// assert_eq!(Key::new("cafe\u{301}"), Key::new("café"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Box<str>);

impl Key {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// [`KeyError`], with what is wrong with it.
    pub fn new(name: &str) -> Result<Self, KeyError> {
        let name = normalized(name);
        let mut letters = name.chars();
        match letters.next() {
            None => return Err(KeyError::Empty),
            Some(first) if !first.is_alphanumeric() => return Err(KeyError::Start(first)),
            Some(_) => {}
        }
        match letters.find(|&letter| !is_letter(letter)) {
            Some(letter) => Err(KeyError::Letter(letter)),
            None if name.len() > KeyError::LONGEST => Err(KeyError::Long),
            None => Ok(Self(name.into())),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an id can have a character behind its first.
pub(crate) fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.') || is_combining_mark(letter)
}

/// A name as ids are kept: in normalization form C. Cost: one pass; nothing is copied where it is in that form.
pub(crate) fn normalized(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Nothing in it.
    #[error("an id cannot be empty")]
    Empty,
    /// It starts with something other than a letter or a digit.
    #[error("an id starts with a letter or a digit, not with {0:?}")]
    Start(char),
    /// It has a character that ids do not have.
    #[error("an id has letters, digits, `-`, `_` and `.` only, not {0:?}")]
    Letter(char),
    /// Longer than [`KeyError::LONGEST`] bytes.
    #[error("an id has 200 bytes at most")]
    Long,
}

impl KeyError {
    /// The longest id, in bytes.
    pub const LONGEST: usize = 200;
}

/// An index into a [`Table`] of things of one kind.
pub trait TableId: Copy + Ord {
    /// The id of the entry at `index`.
    fn from_index(index: usize) -> Self;
    /// The entry's place in its table.
    fn index(self) -> usize;
}

macro_rules! table_ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl TableId for $name {
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 4 billion entries"))
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl $name {
            /// The entry's place in its table.
            pub fn index(self) -> usize {
                TableId::index(self)
            }
        }
    )*};
}

table_ids! {
    /// An actor of a case.
    ActorId
    /// A document of a case.
    DocumentId
    /// A claim or a relationship of a case.
    StatementId
    /// An inference of a case.
    InferenceId
    /// A question of a case.
    QuestionId
}

/// Entries of one kind, reached by an id of that kind only, in the order of their keys.
#[derive(Debug, Clone)]
pub struct Table<I, T> {
    entries: Vec<T>,
    ids: PhantomData<fn() -> I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self { entries: Vec::new(), ids: PhantomData }
    }
}

impl<I: TableId, T> Table<I, T> {
    /// A table of entries that are already in their order.
    pub fn from_entries(entries: Vec<T>) -> Self {
        Self { entries, ids: PhantomData }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Finds an entry by binary search: `place` says whether an entry comes before or behind what is looked for.
    /// Cost: the logarithm of the number of entries.
    pub(crate) fn find(&self, place: impl Fn(&T) -> Ordering) -> Option<I> {
        self.entries.binary_search_by(place).ok().map(I::from_index)
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.entries.len()).map(I::from_index)
    }

    /// Every entry with its id, in order.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        self.ids().zip(&self.entries)
    }

    /// Every entry, in order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// Every entry, to change. Keys and their order are to stay.
    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.entries.iter_mut()
    }
}

impl<I: TableId, T> Index<I> for Table<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.entries[id.index()]
    }
}

impl<I: TableId, T> std::ops::IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.entries[id.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_refuse_what_could_escape_into_a_terminal_or_a_page() {
        assert_eq!(Key::new(""), Err(KeyError::Empty));
        assert_eq!(Key::new("a\u{1b}[31m"), Err(KeyError::Letter('\u{1b}')));
        assert_eq!(Key::new("<b>"), Err(KeyError::Start('<')));
        assert_eq!(Key::new(&"a".repeat(201)), Err(KeyError::Long));
        assert!(Key::new("9.b_c-d").is_ok());
        assert_eq!(Key::new("a\u{202e}b"), Err(KeyError::Letter('\u{202e}')));
        assert_eq!(Key::new("a\u{200b}b"), Err(KeyError::Letter('\u{200b}')));
    }

    #[test]
    fn words_of_any_script_are_keys_with_their_marks() {
        for name in ["हिन्दी", "ภาษาไทย", "ที่นี่", "தமிழ்", "đặt", "中文", "日本語", "ελληνικά", "עִבְרִית"]
        {
            assert!(Key::new(name).is_ok(), "{name}");
        }
        assert_eq!(Key::new("\u{301}a"), Err(KeyError::Start('\u{301}')));
    }

    #[test]
    fn the_same_letters_are_the_same_key() {
        let decomposed = Key::new("\u{64}\u{323}a\u{323}\u{306}t").expect("letters with marks");
        assert_eq!(decomposed.as_str(), "ḍặt");
        assert_eq!(decomposed, Key::new("ḍặt").expect("letters"));
    }
}
