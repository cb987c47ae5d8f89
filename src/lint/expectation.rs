//! What an author expects of a verdict.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Case, Expectation, StatementId};
use crate::source::Span;
use crate::verdict::{Assessment, Detail, Verdict};

use super::phrases::{came_out, numbers};

/// Whether a verdict is what its author expects.
fn expectation_met(expected: Expectation, detail: Detail) -> bool {
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

/// An error where a verdict is not what is expected.
pub(super) fn check(case: &Case, statement: StatementId, assessment: Assessment) -> Option<Diagnostic> {
    let entry = &case.statements[statement];
    let (expected, span) = entry.expect?;
    if assessment.detail == Detail::Undecided {
        return Some(cannot_tell(entry.key.as_str(), expected, span, assessment));
    }
    if expectation_met(expected, assessment.detail) {
        return None;
    }
    let key = &entry.key;
    let message = format!("`{key}` is expected to be {expected:?}, but it comes out {}", came_out(assessment.detail));
    let help = format!(
        "{}: see what it rests on with `evigraph why CASE {key}`, then change the case or what you expect",
        numbers(assessment.degrees)
    );
    Some(Diagnostic::new(Code::ExpectationFailed, span, message).help(help).about(key))
}

/// A warning where what is expected of a statement may be so or not, as far as its degrees are known; an error where it
/// cannot be so.
fn cannot_tell(key: &str, expected: Expectation, span: Span, assessment: Assessment) -> Diagnostic {
    if assessment.possible.iter().any(|detail| expectation_met(expected, detail)) {
        let message =
            format!("`{key}` is expected to be {expected:?}, and its degrees are not known well enough to tell");
        let help =
            "it is too large to be computed exactly: ask for it alone with `evigraph verdict --half-width 0.001`";
        Diagnostic::new(Code::TooComplex, span, message).help(help).about(key)
    } else {
        let message = format!("`{key}` is expected to be {expected:?}, but whatever it is, it is not that");
        let help = format!("{}, give or take a little", numbers(assessment.degrees));
        Diagnostic::new(Code::ExpectationFailed, span, message).help(help).about(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_met_by_its_details_and_a_detail_by_itself() {
        use Detail as D;
        use Expectation as E;
        let met =
            |expected: E| D::ALL.into_iter().filter(|&detail| expectation_met(expected, detail)).collect::<Vec<_>>();
        assert_eq!(met(E::Supported), [D::Established]);
        assert_eq!(met(E::Contested), [D::RivalReadings, D::ConflictingEvidence]);
        assert_eq!(met(E::Unsupported), [D::Refuted, D::Insufficient, D::NoEvidence]);
        assert_eq!(met(E::Established), [D::Established]);
        assert_eq!(met(E::Refuted), [D::Refuted]);
        assert_eq!(met(E::Insufficient), [D::Insufficient]);
        assert_eq!(met(E::NoEvidence), [D::NoEvidence]);
        assert_eq!(met(E::RivalReadings), [D::RivalReadings]);
        assert_eq!(met(E::ConflictingEvidence), [D::ConflictingEvidence]);
        assert!(!expectation_met(E::Unsupported, D::Undecided) && !expectation_met(E::Supported, D::Undecided));
    }
}
