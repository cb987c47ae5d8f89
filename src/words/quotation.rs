//! What became of quotations, in words.

use crate::model::Evidence;

use super::phrase::count;

/// What became of the quotation of a link, if it has one and copies are kept with the case: `quotation found in the kept
/// copy`.
pub fn quotation_words(link: &Evidence) -> Option<String> {
    link.quote_state.map(|state| format!("quotation {}", state.phrase()))
}

/// That evidence is left out whose quotation was not found, and how many links of it.
pub fn verified_only(left_out: usize) -> String {
    match left_out {
        0 => "verified quotations only, which leaves nothing out".to_owned(),
        links => format!("verified quotations only, which leaves {} of evidence out", count(links, "link")),
    }
}
