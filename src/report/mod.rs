//! Verdicts in words: plain English from the answer alone.
//!
//! It reads verdicts and never computes them.

mod edit;
mod explanation;
mod finding;
mod reason;
mod words;

pub use edit::{edit_phrase, edit_sentence, edit_subject};
pub use explanation::{
    attack_words, best_case_lines, ground_words, load_bearing_sentences, missing_sentences, premise_words,
    shared_ground_sentences, why_not_sentences,
};
pub use finding::summary;
pub use reason::{not_refuted, reason_phrase, reason_sentence};
pub use words::{count, degree, detail_phrase, finding_phrase, joined, quoted};
