//! Phrases for every output: degrees, verdicts, reasons, explanations, edits, lists.
//!
//! Plain English from the answer alone: it reads verdicts and never computes them.

mod account;
mod as_of;
mod brief;
mod clause;
mod date;
mod edit;
mod explanation;
mod finding;
mod ground;
mod method;
mod phrase;
mod prose;
mod quotation;
mod reason;
mod remark;
mod wording;

pub use account::{Account, Part, Topic, account};
pub use as_of::{as_of_phrase, read_as_of};
pub use brief::brief;
pub(crate) use clause::{bar_clause, cases_clause, standard_phrase};
pub use date::{date_phrase, day_phrase, known_phrase, month_phrase, released_phrase, year_phrase};
pub use edit::{edit_phrase, edit_sentence, edit_subject};
pub(crate) use explanation::amounts;
pub use explanation::{
    best_case_lines, load_bearing_sentences, missing_sentences, premise_words, shared_ground_sentences,
    why_not_sentences,
};
pub use finding::summary;
pub use ground::{
    RelationWords, attack_words, attacked_by, attacked_part, ground_words, named_after, relation_label, relation_words,
};
pub(crate) use method::method_sentence;
pub use method::{degree_within, method_name, method_phrase};
pub(crate) use phrase::{capital, is_nothing, one_line, shortened, strength_phrase};
pub use phrase::{
    count, count_or_no, degree, detail_phrase, finding_phrase, joined, joined_by, others_phrase, quoted, spaced,
    spelled, verdict_phrase, verdict_with_detail, would_be, would_become,
};
pub(crate) use prose::in_brief;
pub use prose::{Mentioned, Piece, Prose};
pub use quotation::{quotation_words, verified_only};
pub use reason::{
    doubt_phrases, in_backquotes, not_refuted, reason_phrase, reason_sentence, standing, too_close, too_complex,
};
pub(crate) use reason::{not_refuted_sentence, reason_clause};
pub(crate) use remark::remark_prose;
pub use remark::remarks;
pub use wording::{STRENGTHS, Strength, strength};
