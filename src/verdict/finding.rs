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
    /// The finding that follows from the details of a question's headline and of its claims.
    pub fn of(headline: Detail, claims: impl IntoIterator<Item = Detail>) -> Self {
        if headline == Detail::Established {
            Self::Confirmed
        } else if claims.into_iter().any(|claim| claim.verdict() == Verdict::Supported) {
            Self::Nuanced
        } else if headline == Detail::Refuted {
            Self::Refuted
        } else {
            Self::Unresolved
        }
    }

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
        let mut claims = Vec::new();
        for &claim in &question.claims {
            claims.push(self.assess(claim)?.detail);
        }
        Ok(Finding::of(headline, claims))
    }
}
