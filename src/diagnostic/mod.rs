//! What is wrong with a case file, and how that is reported.
//!
//! A [`Diagnostic`] is data: a code, a message, the words it is about, a way out. The renderers turn it
//! into a report for a person, a line for an editor or JSON for a program. Nothing here knows what a
//! claim is, and nothing here prints.

mod catalogue;
mod checked;
mod code;
mod collect;
mod data;
mod fingerprint;
mod fix;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod place;
mod sarif;
mod severity;
mod short;

pub use crate::escape::visible;
pub use catalogue::{catalogue_page, code_page};
pub use checked::{Checked, Expected, Paths};
pub use code::Code;
pub use collect::Diagnostics;
pub use data::Diagnostic;
pub use fix::{Fix, Safety, TextEdit, chosen, edited, spliced};
pub use github::github;
pub use gitlab::gitlab;
pub use human::{Look, human};
pub use json::json;
pub use junit::junit;
pub use place::Places;
pub use sarif::sarif;
pub use severity::Severity;
pub use short::short;
