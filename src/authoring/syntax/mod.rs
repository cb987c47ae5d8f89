//! A case file as brackets and what stands between them, whatever its author has got to in writing it.
//!
//! The reader puts a file together as a case and says what is wrong. Here a file is only looked at: the formatter lays out
//! the brackets anew, and the [outline](super::outline) says what each word is for. Nothing is reported, and nothing is lost.

mod comments;
mod reference;
mod schema;
mod tree;

pub(super) use comments::{Comment, Gap};
pub use reference::field_words;
pub use schema::{Field, Record, Sorts, Takes, Words};
pub(super) use tree::{Group, Item, Tree, Value};
