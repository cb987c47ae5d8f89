//! A table of keys, conditions that know which entries they mean, and what selectors of all entries share.

use std::collections::BTreeSet;
use std::fmt;

use super::error::{SelectorError, SelectorProblem};
use super::expression::Expression;
use crate::model::TableId;

/// A key of the language, with what it means of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelectorKey {
    /// The word before the colon.
    pub name: &'static str,
    /// Which entries a condition with this key chooses.
    pub meaning: &'static str,
}

/// A predicate on entries.
pub(crate) type Test<'v, I> = Box<dyn Fn(I) -> bool + 'v>;

/// A key with the function that makes a predicate of its value; `V` knows what the value can be.
pub(crate) struct Reader<V, I> {
    pub(crate) key: SelectorKey,
    pub(crate) read: for<'v> fn(&'v V, &str) -> Result<Test<'v, I>, SelectorProblem>,
}

/// A selector of entries of one kind, with those that it chooses in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection<I> {
    expression: Expression<Chosen>,
    chosen: BTreeSet<I>,
}

impl<I: TableId> Selection<I> {
    /// Reads a selector with these keys, of these entries, which are all of their table.
    pub(crate) fn read<V>(
        text: &str,
        keys: &[Reader<V, I>],
        vocabulary: &V,
        entries: impl Iterator<Item = I> + Clone,
    ) -> Result<Self, SelectorError> {
        let read = |key: &str, value: &str| Chosen::read(keys, vocabulary, entries.clone(), key, value);
        Ok(Self::of(Expression::parse(text, read)?, entries))
    }

    pub(super) fn of(expression: Expression<Chosen>, entries: impl Iterator<Item = I>) -> Self {
        let chosen = entries.filter(|entry| expression.holds(&|condition| condition.means(entry.index()))).collect();
        Self { expression, chosen }
    }

    /// The same conditions against other entries.
    pub(super) fn rebound(&self, entries: impl Iterator<Item = I>, mut rebind: impl FnMut(&Chosen) -> Chosen) -> Self {
        Self::of(self.expression.map(&mut rebind), entries)
    }

    /// Whether an entry is chosen.
    pub fn matches(&self, entry: I) -> bool {
        self.chosen.contains(&entry)
    }

    /// The entries that are chosen, in the order of their ids.
    pub fn chosen(&self) -> impl Iterator<Item = I> + '_ {
        self.chosen.iter().copied()
    }

    /// Whether no entry of the case is chosen.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }
}

impl<I> fmt::Display for Selection<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expression.fmt(f)
    }
}

/// A condition `key:value`, with the entries that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    key: &'static str,
    value: String,
    /// By the place of each entry in its table.
    means: Box<[bool]>,
}

impl Chosen {
    /// Reads a condition by a table of keys, and tests every entry.
    pub(crate) fn read<V, I>(
        keys: &[Reader<V, I>],
        vocabulary: &V,
        entries: impl Iterator<Item = I>,
        key: &str,
        value: &str,
    ) -> Result<Self, SelectorProblem> {
        let Some(reader) = keys.iter().find(|reader| reader.key.name == key) else {
            let known = keys.iter().map(|reader| reader.key.name.to_owned()).collect();
            return Err(SelectorProblem::UnknownKey { key: key.to_owned(), known });
        };
        let (name, value) = (reader.key.name, value.trim());
        let test = (reader.read)(vocabulary, value).map_err(|problem| named(problem, name))?;
        Ok(Self { key: name, value: value.to_owned(), means: entries.map(test).collect() })
    }

    /// The same condition against other entries. A value that means nothing among them chooses none.
    pub(super) fn rebound<V, I>(
        &self,
        keys: &[Reader<V, I>],
        vocabulary: &V,
        entries: impl Iterator<Item = I> + Clone,
    ) -> Self {
        match Self::read(keys, vocabulary, entries.clone(), self.key, &self.value) {
            Ok(condition) => condition,
            Err(SelectorProblem::UnknownValue { .. } | SelectorProblem::WrongSort { .. }) => {
                Self { key: self.key, value: self.value.clone(), means: entries.map(|_| false).collect() }
            }
            Err(problem) => unreachable!("a condition that was read once is well written: {problem}"),
        }
    }

    /// Whether the entry at a place of its table is meant.
    pub fn means(&self, index: usize) -> bool {
        self.means[index]
    }
}

/// A problem with the key that it came up at.
fn named(problem: SelectorProblem, name: &'static str) -> SelectorProblem {
    match problem {
        SelectorProblem::WrongSort { value, is, needed, .. } => {
            SelectorProblem::WrongSort { key: name, value, is, needed }
        }
        problem => problem,
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = !self.value.contains(|letter: char| {
            letter.is_whitespace() || letter.is_control() || matches!(letter, '(' | ')' | '"')
        });
        if plain {
            return write!(f, "{}:{}", self.key, self.value);
        }
        write!(f, "{}:\"{}\"", self.key, self.value.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
