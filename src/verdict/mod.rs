//! Verdicts as pure rules: degrees and relations in, words out.
//!
//! Nothing here asks for degrees; [`engine`](crate::engine) does.

mod assessment;
mod degrees;
mod detail;
mod finding;
mod settle;
mod shown;
mod standard;

pub use assessment::{Assessment, Leaning};
pub use degrees::{Degrees, Precision};
pub use detail::{Detail, Details, Verdict};
pub use finding::Finding;
pub(crate) use settle::weakened;
pub use settle::{Doubt, Further, Reason, Search, Settlement, Shortfall};
pub use shown::degree;
#[cfg(feature = "render")]
pub(crate) use shown::is_nothing;
pub(crate) use standard::{Sure, TOLERANCE, all_sure, any_sure, leads, reaches};
