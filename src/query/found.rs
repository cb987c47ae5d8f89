//! What a question lists, and what is missing in it.

/// A list, and how many statements had not been asked about when the engine was asked to stop: the list may lack what they
/// would have added.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// What was found.
    pub found: Vec<T>,
    /// How many statements were not asked about.
    pub unanswered: usize,
}
