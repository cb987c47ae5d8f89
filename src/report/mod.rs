//! Verdicts in words: plain English from the answer alone.
//!
//! It reads verdicts and never computes them.

mod account;
mod article;
mod clause;
mod edit;
mod explanation;
mod finding;
mod method;
mod prose;
mod reason;
mod render;
mod wording;
mod words;

pub use account::{Account, Part, Topic, account};
pub use article::{Document, document};
pub use edit::{edit_phrase, edit_sentence, edit_subject};
pub use explanation::{
    attack_words, best_case_lines, ground_words, load_bearing_sentences, missing_sentences, premise_words,
    shared_ground_sentences, why_not_sentences,
};
pub use finding::summary;
pub use method::{degree_within, method_phrase};
pub use prose::{Piece, Prose, Told};
pub use reason::{not_refuted, reason_phrase, reason_sentence};
pub use render::{html, markdown};
pub use wording::{Confidence, LIKELIHOODS, Likelihood, likelihood};
pub use words::{count, degree, detail_phrase, finding_phrase, joined, joined_by, quoted, spelled};
