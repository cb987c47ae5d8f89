//! The finding on a question, as one text.

use crate::engine::{Engine, QuestionAnswer};

use super::account::account;

/// The account of a question in plain words: the finding, what is confirmed, what is contested between which readings,
/// what is not established and what it lacks, what is refuted, and why the headline stays open.
pub fn summary(engine: &Engine<'_>, answer: &QuestionAnswer) -> String {
    account(engine, answer).whole().plain(engine.case(), engine.citations())
}
