//! Lists that most entries do not have.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// A list that is mostly empty, and then takes the room of a pointer: cases have millions of them.
///
/// ```
/// use evigraph::internals::model::RareList;
/// let list: RareList<u8> = [1, 2].into_iter().collect();
/// assert_eq!((list.len(), list.first()), (2, Some(&1)));
/// assert!(RareList::<u8>::default().is_empty());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RareList<T>(Option<Box<Items<T>>>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Items<T>(Vec<T>);

impl<T> RareList<T> {
    /// No items.
    pub const NONE: Self = Self(None);

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.0.get_or_insert_with(|| Box::new(Items(Vec::new()))).0.push(item);
    }

    /// Keeps only the items for which a condition holds.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        if let Some(items) = &mut self.0 {
            items.0.retain(keep);
        }
        self.0.take_if(|items| items.0.is_empty());
    }
}

impl<T> Default for RareList<T> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<T> Deref for RareList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().map_or(&[], |items| &items.0)
    }
}

impl<T> DerefMut for RareList<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.0.as_deref_mut().map_or(&mut [], |items| &mut items.0)
    }
}

impl<T> From<Vec<T>> for RareList<T> {
    fn from(items: Vec<T>) -> Self {
        Self((!items.is_empty()).then(|| Box::new(Items(items))))
    }
}

impl<T> FromIterator<T> for RareList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<T> IntoIterator for RareList<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map_or_else(Vec::new, |items| items.0).into_iter()
    }
}

impl<'a, T> IntoIterator for &'a RareList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for RareList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.deref().fmt(f)
    }
}
