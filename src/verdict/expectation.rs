//! Authors' checks that need verdicts: what they expect, and what hangs on sources nobody has graded.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DocumentId, Expectation, Source, StatementId};

use super::degrees::{Assessment, Degrees, Detail, Verdict};
use super::judge::{Judge, JudgeError};
use super::lints::Remarkable;

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

/// What the verdicts of a case tell its author: expectations that do not hold, decided claims that hang on
/// documents whose reliability nobody gave, what an editor would remark on, and statements that are too much to compute.
pub fn judge_diagnostics(judge: &mut Judge<'_>) -> Vec<Diagnostic> {
    // Whatever cannot be compiled is told statement by statement.
    let _ = judge.expect_all(false);
    let mut found = Vec::new();
    let remarkable = judge.remarkable();
    let any_unrated = judge.case.documents.values().any(|document| !document.reliability_given);
    for statement in judge.case.statements.ids() {
        match judge.statement_diagnostics(statement, &remarkable, any_unrated) {
            Ok(problems) => found.extend(problems),
            Err(error) => {
                let declared = judge.case.statements[statement].declared;
                found.push(Diagnostic::new(Code::TooComplex, declared, error.to_string()).help(error.help()));
            }
        }
    }
    found
}

impl Judge<'_> {
    fn statement_diagnostics(
        &mut self,
        statement: StatementId,
        remarkable: &Remarkable,
        any_unrated: bool,
    ) -> Result<Vec<Diagnostic>, JudgeError> {
        let assessment = self.assess(statement)?;
        let mut found = Vec::new();
        if assessment.detail == Detail::Undecided {
            found.extend(self.cannot_tell(statement, assessment));
        } else if let Some((expected, span)) = self.case.statements[statement].expect
            && !expectation_met(expected, assessment.detail)
        {
            let key = &self.case.statements[statement].key;
            let message =
                format!("`{key}` is expected to be {expected:?}, but it comes out {}", came_out(assessment.detail));
            let help = format!(
                "{}: see what it rests on with `evigraph why CASE {key}`, then change the case or what you expect",
                numbers(assessment.degrees)
            );
            found.push(Diagnostic::new(Code::ExpectationFailed, span, message).help(help));
        }
        let has_own_verdict = self.case.canonical(statement) == statement;
        if has_own_verdict && any_unrated && assessment.detail.is_decided() && assessment.degrees.within.is_none() {
            found.extend(self.hangs_on_unrated(statement, assessment.detail)?);
        }
        if has_own_verdict {
            found.extend(self.lints(statement, assessment, remarkable));
        }
        Ok(found)
    }

    /// A warning where what is expected of a statement may be so or not, as far as its degrees are known.
    fn cannot_tell(&self, statement: StatementId, assessment: Assessment) -> Option<Diagnostic> {
        let (expected, span) = self.case.statements[statement].expect?;
        let key = &self.case.statements[statement].key;
        let mut could_be = assessment.possible.iter();
        let message =
            format!("`{key}` is expected to be {expected:?}, and its degrees are not known well enough to tell");
        Some(if could_be.any(|detail| expectation_met(expected, detail)) {
            let help =
                "it is too large to be computed exactly: ask for it alone with `evigraph verdict --half-width 0.001`";
            Diagnostic::new(Code::TooComplex, span, message).help(help)
        } else {
            let message = format!("`{key}` is expected to be {expected:?}, but whatever it is, it is not that");
            Diagnostic::new(Code::ExpectationFailed, span, message)
                .help(format!("{}, give or take a little", numbers(assessment.degrees)))
        })
    }

    /// A warning where a decided verdict changes without the documents that give no reliability.
    fn hangs_on_unrated(&mut self, statement: StatementId, detail: Detail) -> Result<Option<Diagnostic>, JudgeError> {
        let unrated: Vec<DocumentId> = (self.sources_of(statement).into_iter())
            .filter_map(|source| match source {
                Source::Document(document) if !self.case.documents[document].reliability_given => Some(document),
                _ => None,
            })
            .collect();
        if unrated.is_empty() {
            return Ok(None);
        }
        let weights = self.weights_without(unrated.iter().map(|&document| Source::Document(document)));
        let mut reading = self.reading(weights);
        if self.detail(&mut reading, statement)?.contests_merged() == detail.contests_merged() {
            return Ok(None);
        }
        let entry = &self.case.statements[statement];
        let message =
            format!("`{}` is {}, but it hangs on documents that give no reliability", entry.key, came_out(detail));
        let mut warning = Diagnostic::new(Code::UnratedDocuments, entry.declared, message)
            .help("give each of them a reliability from A to F; where none is given, 0.5 is taken");
        for &document in &unrated {
            let document = &self.case.documents[document];
            warning = warning.related(document.declared, "gives no reliability");
        }
        Ok(Some(warning))
    }
}

fn came_out(detail: Detail) -> String {
    match detail {
        Detail::Established => "supported".to_owned(),
        Detail::Undecided => "undecided".to_owned(),
        detail => format!("{} ({})", detail.verdict(), detail.name().replace('_', " ")),
    }
}

fn numbers(degrees: Degrees) -> String {
    format!("the case for it is {:.2} and the case against it {:.2}", degrees.case_for(), degrees.case_against())
}
