//! Kept copies, and whether they have the words that a case quotes from them.
//!
//! A case says what a source says, and where: `copy` keeps the source with the case, so that a program can look. `kept`
//! reads copies from the folder of the case and from nowhere else, `text` and its neighbours take the words out of text,
//! Markdown, HTML and PDF, `normal` makes one form of texts that differ in how they are set, `flowing` leaves out what
//! pages and notes put between the words, `find` looks for a quotation,
//! `near` for words that come close to it. What was found is written into the case as a state, which every output shows.

mod at;
mod check;
mod find;
mod flowing;
mod html;
mod kept;
mod markdown;
mod near;
mod normal;
mod notes;
mod pdf;
mod quotation;
mod remarks;
mod repair;
mod text;

pub use check::{KeptCopy, Quotations, check_quotes};
pub use kept::{CopyTrouble, LARGEST_COPY, LONGEST_TEXT, PdfReader, copy_paths, digest};
pub use pdf::{MOST_PAGES, pdf_text};
pub use quotation::{Irreparable, Passage, Quotation};
pub use remarks::{note, place_words, warnings};
pub use text::{CopyText, Place, Unreadable};

use crate::authoring::{Loaded, offer_fixes, worded};
use crate::source::Storage;

/// Holds the quotations of a loaded case against the kept copies of their sources: writes their states into the case, and
/// adds to its diagnostics what there is to warn of. Of a case without copies nothing is changed.
///
/// Cost: as [`check_quotes`]; of a case without copies, a pass over its documents.
pub fn verify_quotes(loaded: &mut Loaded, storage: &dyn Storage, pdf: PdfReader) -> Quotations {
    let Some(case) = loaded.case.as_mut().filter(|case| case.keeps_copies()) else { return Quotations::default() };
    let found = check_quotes(case, &loaded.sources, storage, pdf);
    found.write_into(case);
    let mut remarks = loaded.allowances.silence(warnings(case, &loaded.sources, &found));
    offer_fixes(&mut remarks, case, &loaded.sources);
    worded(&mut remarks, &loaded.sources);
    loaded.diagnostics.extend(remarks);
    loaded.diagnostics.sort_by_key(|problem| (problem.span.is_none(), problem.span));
    found
}
