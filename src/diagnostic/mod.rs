//! What is wrong with a case file, and how that is told.
//!
//! A [`Diagnostic`] is data: a code, a message, the words it is about, a way out. The renderers turn it
//! into a report for a person, a line for an editor or JSON for a program. Nothing here knows what a
//! claim is, and nothing here prints.

mod catalogue;
mod code;
mod collect;
mod data;
mod human;
mod json;
mod place;
mod short;
mod visible;

pub use catalogue::catalogue_page;
pub use code::{Code, Severity};
pub use collect::Diagnostics;
pub use data::Diagnostic;
pub use human::human;
pub use json::json;
pub use short::short;
pub use visible::visible;
