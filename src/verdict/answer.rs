//! The whole answer: verdicts on statements, findings on questions.

use std::collections::BTreeSet;

use crate::model::{QuestionId, StatementId};

use super::degrees::Assessment;
use super::finding::Finding;
use super::judge::{Judge, JudgeError};
use super::models::Presence;
use super::settle::Settlement;

/// The answer on one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementAnswer {
    /// The statement.
    pub statement: StatementId,
    /// The verdict, with the numbers behind it.
    pub assessment: Assessment,
    /// Settled or open, if that was asked.
    pub settlement: Option<Settlement>,
    /// The contested readings that alone make the case against it strong, where that keeps it from being
    /// refuted.
    pub contest: Vec<StatementId>,
}

/// The answer on one question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionAnswer {
    /// The question.
    pub question: QuestionId,
    /// The finding.
    pub finding: Finding,
    /// The answers on its claims, in their order.
    pub claims: Vec<StatementAnswer>,
}

/// The answers that were asked for, in the order of their ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// On statements: claims, then relationships.
    pub statements: Vec<StatementAnswer>,
    /// On questions.
    pub questions: Vec<QuestionAnswer>,
}

impl Judge<'_> {
    /// The verdicts on all statements and questions.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if the decision diagrams of one of them grow past the budget.
    pub fn answer_all(&mut self, settle: bool) -> Result<Answer, JudgeError> {
        let presence = if settle { self.presence_for_completions() } else { Presence::AsWritten };
        self.prepare_all(presence)?;
        let statements = self.case.statements.ids().collect();
        let questions = self.case.questions.ids().collect();
        self.answer(&statements, &questions, settle)
    }

    /// Compiles all statements together where that stays small, for whoever goes on to ask for many of them one by
    /// one. It changes no answer.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if the decision diagrams of a statement that has rivals grow past the budget.
    pub fn expect_many(&mut self) -> Result<(), JudgeError> {
        self.prepare_all(Presence::AsWritten)
    }

    /// The verdicts on these statements and questions.
    ///
    /// # Errors
    ///
    /// As [`Judge::answer_all`].
    pub fn answer(
        &mut self,
        statements: &BTreeSet<StatementId>,
        questions: &BTreeSet<QuestionId>,
        settle: bool,
    ) -> Result<Answer, JudgeError> {
        Ok(Answer {
            statements: statements.iter().map(|&id| self.answer_statement(id, settle)).collect::<Result<_, _>>()?,
            questions: questions.iter().map(|&id| self.answer_question(id, settle)).collect::<Result<_, _>>()?,
        })
    }

    /// The verdict on a statement, and whether it is settled if that is asked. In a single world nothing
    /// is settled or open: that is a question about probabilities.
    ///
    /// # Errors
    ///
    /// As [`Judge::answer_all`].
    pub fn answer_statement(&mut self, statement: StatementId, settle: bool) -> Result<StatementAnswer, JudgeError> {
        let assessment = self.assess(statement)?;
        let canonical = self.case.canonical(statement);
        let contest = if assessment.only_contested {
            self.in_base(|judge, base| judge.competing_readings(base, canonical))?
        } else {
            Vec::new()
        };
        Ok(StatementAnswer {
            statement,
            assessment,
            contest,
            settlement: if settle && self.is_exact() { Some(self.settle(statement)?) } else { None },
        })
    }

    fn answer_question(&mut self, question: QuestionId, settle: bool) -> Result<QuestionAnswer, JudgeError> {
        let claims = &self.case.questions[question].claims;
        Ok(QuestionAnswer {
            question,
            finding: self.finding(question)?,
            claims: claims.iter().map(|&claim| self.answer_statement(claim, settle)).collect::<Result<_, _>>()?,
        })
    }
}
