//! The report on a case: what is in it, whatever its format.

mod brief;
mod carrier;
mod contest;
mod dig;
mod document;
mod entry;
mod legend;
mod source_list;
mod whole;
mod writer;

pub use brief::Brief;
pub use document::Document;
pub(super) use document::{
    Carriers, Contest, Dig, Entry, Fact, Finding, Inline, Legend, Line, Meaning, Section, Sign, SourceEntry, Summary,
};
pub(super) use source_list::is_safe;
pub use whole::{document, document_with};
