//! What others keep, made into a case, and a case made into what others read.
//!
//! [`FORMATS`] has the formats. An import makes [`Entry`]s of files, whatever they are written in, and a [`Diagnostic`] with
//! its place in the file for all that it could not carry; [`whole`](whole()) makes a case file of them, [`Into`] puts them
//! into the files of a case. An export makes a text of a case.
//!
//! Imported files come from strangers: each is bounded in size, depth and what it can be made to grow to, and whatever is
//! wrong with one part of it does not keep the others from being read.
//!
//! [`Diagnostic`]: crate::diagnostic::Diagnostic

mod bibliography;
mod bibtex;
mod claimreview;
mod csl;
mod csv;
mod dates;
mod entry;
mod exported;
mod format;
mod ftm;
mod graphs;
mod ids;
mod into;
mod json;
mod kinds;
mod losses;
mod problog;
mod text;
mod whole;

pub use claimreview::{Publisher, export as export_claimreview, reviewed};
pub use csl::export as export_csl;
pub use csv::{Table, export as export_csv};
pub use entry::{Entry, Imported};
pub use exported::Exported;
pub use format::{FORMATS, Format};
pub use ftm::export as export_ftm;
pub use graphs::{export_gexf, export_graphml};
pub use ids::Known;
pub use into::{Changed, Into};
pub use problog::export as export_problog;
pub use text::{LARGEST_IMPORT, add_file};
pub use whole::whole;
