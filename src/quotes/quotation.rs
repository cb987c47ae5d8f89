//! A quotation, and what became of it.

use thiserror::Error;

use crate::model::{QuoteState, StatementId};

use super::text::Place;

/// A quotation, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The statement that it is evidence on.
    pub statement: StatementId,
    /// Which link of the statement it is.
    pub index: usize,
    /// What became of it.
    pub state: QuoteState,
    /// Where the copy has its words, or those that come close.
    pub place: Option<Place>,
    /// Whether that is elsewhere than `at` says.
    pub is_elsewhere: bool,
    /// Whether the copy has its parts, in another order.
    pub is_out_of_order: bool,
    /// The words of the copy that come closest.
    pub passage: Option<Passage>,
}

/// Words of a copy that come close to a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words, on one line: of the first part that is not quite so in the copy.
    pub words: String,
    /// The part of the quotation that they are close to.
    pub part: String,
    /// The quotation with the words of the copy in all its parts, or why there is none.
    pub repaired: Result<String, Irreparable>,
}

/// Why a quotation is not repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Irreparable {
    /// Running heads and page numbers may stand between its words.
    #[error("the passage goes on from one page to the next")]
    AcrossPages,
    /// The words of the copy are not all known.
    #[error("the copy does not say which letters it shows there")]
    UnknownLetters,
    /// The copy has no other words.
    #[error("its words are those of the copy")]
    NoChange,
    /// One text is quoted from several copies, and they differ.
    #[error("the same text is quoted from another source, whose copy has other words")]
    OtherCopies,
}
