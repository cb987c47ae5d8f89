//! Selectors: a small language that says which entries of a case are meant.
//!
//! Conditions `key:value`, joined by `not`, `and`, `or` (in this order of strength) and parentheses. The language is
//! the same for documents, claims and actors; each has keys of its own. docs/query.md has the grammar and the keys.

mod document;
mod error;
mod expression;
mod keys;
mod parse;
mod vocabulary;

pub use document::Selector;
pub use error::{SelectorError, SelectorProblem};
pub use expression::Expression;
pub use keys::{Chosen, Selection, SelectorKey};
pub(crate) use keys::{Reader, Test};
pub(crate) use vocabulary::{Vocabulary, unreadable};
