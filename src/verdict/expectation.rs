//! Authors' checks that need verdicts: what they expect, and what hangs on sources nobody has graded.

use crate::model::{Case, Expectation, StatementId};

use super::degrees::{Detail, Verdict};

/// Whether a verdict is what its author expects.
pub fn expectation_met(expected: Expectation, detail: Detail) -> bool {
    match expected {
        Expectation::Supported => detail.verdict() == Verdict::Supported,
        Expectation::Contested => detail.verdict() == Verdict::Contested,
        Expectation::Unsupported => detail.verdict() == Verdict::Unsupported,
        Expectation::Established => detail == Detail::Established,
        Expectation::Refuted => detail == Detail::Refuted,
        Expectation::Insufficient => detail == Detail::Insufficient,
        Expectation::NoEvidence => detail == Detail::NoEvidence,
        Expectation::RivalReadings => detail == Detail::RivalReadings,
        Expectation::ConflictingEvidence => detail == Detail::ConflictingEvidence,
    }
}

#[allow(dead_code)]
fn placeholder(_: &Case, _: StatementId) {}
