//! Verdicts in words: plain English from the answer alone.
//!
//! It reads verdicts and never computes them.

mod edit;
mod finding;
mod reason;
mod words;

pub use edit::{edit_phrase, edit_sentence, edit_subject};
pub use finding::summary;
pub use reason::{not_refuted, reason_phrase, reason_sentence};
pub use words::{count, degree, detail_phrase, finding_phrase, joined, quoted};
