//! The finding on a question.

use crate::model::QuestionId;

use super::degrees::{Detail, Verdict};
use super::judge::{Judge, JudgeError};

/// The answer to a question, read from the verdicts on its claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// The headline is supported.
    Confirmed,
    /// The headline is not supported, and at least one other claim of the question is.
    Nuanced,
    /// The headline is refuted and no claim of the question is supported.
    Refuted,
    /// All else.
    Unresolved,
}

impl Finding {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Nuanced => "nuanced",
            Self::Refuted => "refuted",
            Self::Unresolved => "unresolved",
        }
    }
}

impl Judge<'_> {
    /// The finding on a question.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if the decision diagrams of one of its claims grow past the budget.
    pub fn finding(&mut self, question: QuestionId) -> Result<Finding, JudgeError> {
        let question = &self.case.questions[question];
        let headline = self.assess(question.headline)?.detail;
        if headline == Detail::Established {
            return Ok(Finding::Confirmed);
        }
        for &claim in &question.claims {
            if self.assess(claim)?.verdict() == Verdict::Supported {
                return Ok(Finding::Nuanced);
            }
        }
        Ok(if headline == Detail::Refuted { Finding::Refuted } else { Finding::Unresolved })
    }
}
