//! From the files of an author to a checked [`Case`](crate::model::Case).
//!
//! [`load`] opens a file and what it includes, reads each from its first token to its last, resolves every
//! reference, and applies the rules of `check`. It goes on after every mistake, so that one run reports them
//! all. This is the only part of the engine that knows the format of the files.
//!
//! The way of the data: `token` cuts a file into tokens; `reader` puts them together, recovering from mistakes;
//! `mirror` says which records there are and what their fields take; `values` reads those, with `ron` for what
//! texts and numbers mean; `json` is the other notation of the same records; `resolve` makes the model; `rules` look at the result. Each of these uses all `threads`.

#[cfg(test)]
mod alike;
mod allow;
pub mod build;
#[cfg(feature = "columns")]
mod columns;
mod cursor;
mod dates;
mod edit;
mod encoding;
mod entry_text;
mod files;
mod folder;
mod format;
mod input;
mod json;
mod layout;
mod load;
mod merging;
mod mirror;
mod nearest;
mod notation;
mod offers;
mod outline;
mod print;
mod reader;
mod resolve;
mod rules;
mod spelling;
mod syntax;
mod threads;
mod token;
mod values;

pub use allow::Allowances;
#[cfg(feature = "columns")]
pub use columns::{export_columns, is_exported};
pub use cursor::{Cursor, Place, cursor};
pub use dates::date_meant;
pub use edit::{EditError, put_entry};
pub use files::{LARGEST, MOST_FILES, opened_file};
pub use folder::{Stray, within};
pub use format::{BrokenFile, format};
pub use input::{Input, LoadError};
pub use json::{export_json, json_schema, worded};
pub use layout::quoted;
pub use load::{Loaded, has_tables, load, load_from, open};
pub use merging::{EntryEdit, FieldEdit, Rule, merge_entries};
pub use nearest::{by_nearness, nearest};
pub use notation::is_json;
pub use offers::offer_fixes;
pub use outline::{Outline, OutlineEntry, Part, Piece};
pub use print::print;
pub use resolve::Sort;
pub use spelling::respelled;
pub use syntax::{Field, Record, Sorts, Takes, Words, field_words};
