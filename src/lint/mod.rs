//! What `check` says of verdicts: expectations that do not hold, and what an editor would remark on.

mod check;
mod default_strength;
mod expectation;
mod mend;
mod one_dissenter;
mod one_sided;
mod phrases;
mod remarks;
mod remarks_on;
mod reversed_entailment;
mod unrated;
mod verdicts;

pub use check::{check, check_watched, with_further, with_remarks};
pub use mend::{AppliedFix, Mended, MendedFile, mend, mend_watched};
pub use remarks_on::Remarks;
pub use verdicts::verdict_diagnostics;
