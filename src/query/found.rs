//! What a question lists, and what is missing in it.

use crate::engine::EngineError;

/// A list, and of how much had not been asked when the engine was asked to stop: the list may lack what that would have added.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// What was found.
    pub found: Vec<T>,
    /// How many were not asked about: statements or, where verdicts are given with what is listed, entries of the list.
    pub unanswered: usize,
}

impl<T> Found<T> {
    /// The answers on some things one after another, as far as the engine is not asked to stop after the first.
    pub(super) fn one_by_one<I>(
        asked: impl IntoIterator<Item = I>,
        mut answer: impl FnMut(I) -> Result<T, EngineError>,
    ) -> Result<Self, EngineError> {
        let mut asked = asked.into_iter();
        let mut found = Vec::new();
        while let Some(one) = asked.next() {
            match answer(one) {
                Err(EngineError::Stopped) if !found.is_empty() => {
                    return Ok(Self { found, unanswered: 1 + asked.count() });
                }
                answered => found.push(answered?),
            }
        }
        Ok(Self { found, unanswered: 0 })
    }
}
