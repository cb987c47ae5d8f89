//! What is wrong with a case file, and how that is reported.
//!
//! A [`Diagnostic`] is data: a code, a message, the words it is about, a way out. The renderers turn it
//! into a report for a person, a line for an editor or JSON for a program. Nothing here knows what a
//! claim is, and nothing here prints.

mod catalogue;
mod code;
mod collect;
mod data;
mod fix;
mod human;
mod json;
mod place;
mod severity;
mod short;

pub use crate::escape::visible;
pub use catalogue::{catalogue_page, code_page};
pub use code::Code;
pub use collect::Diagnostics;
pub use data::Diagnostic;
pub use fix::{Fix, Safety, TextEdit, chosen, edited, spliced};
pub use human::{Look, human};
pub use json::json;
pub use severity::Severity;
pub use short::short;
