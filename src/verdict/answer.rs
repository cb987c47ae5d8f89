//! The whole answer: verdicts on statements, findings on questions.

use std::collections::BTreeSet;

use crate::model::{QuestionId, StatementId};

use super::degrees::Assessment;
use super::finding::Finding;
use super::judge::{Judge, JudgeError, Method};
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
    /// How many statements and questions had not been answered when the judge was asked to stop.
    pub unanswered: usize,
}

/// More statements are never compiled to diagrams together.
const FEW_ENOUGH: usize = 2_000;

impl Judge<'_> {
    /// The verdicts on all statements and questions.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if the decision diagrams of one of them grow past the budget.
    pub fn answer_all(&mut self, settle: bool) -> Result<Answer, JudgeError> {
        self.expect_all(settle)?;
        let statements = self.case.statements.ids().collect();
        let questions = self.case.questions.ids().collect();
        self.answers(&statements, &questions, settle)
    }

    /// Makes ready to answer all statements and questions, for whoever goes on to ask for many of them one by one. It
    /// changes no answer.
    ///
    /// # Errors
    ///
    /// As [`Judge::answer_all`].
    pub fn expect_all(&mut self, settle: bool) -> Result<(), JudgeError> {
        self.asked = None;
        if self.eliminate_loose()? {
            return Ok(());
        }
        if self.case.statements.len() > FEW_ENOUGH {
            self.hopeless = self.method == Method::Auto;
            return Ok(());
        }
        let presence = if settle { self.presence_for_completions() } else { Presence::AsWritten };
        self.prepare_all(presence)
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
        self.expect(statements, questions);
        self.answers(statements, questions, settle)
    }

    /// Makes ready to answer these statements and questions, and no others. It changes no answer.
    pub fn expect(&mut self, statements: &BTreeSet<StatementId>, questions: &BTreeSet<QuestionId>) {
        let of_questions = questions.iter().flat_map(|&id| self.case.questions[id].claims.iter().copied());
        let asked: Vec<StatementId> = statements.iter().copied().chain(of_questions).collect();
        self.ask_about(asked);
        self.look_how_loose();
    }

    /// The answers one after another, as far as the judge is not asked to stop after the first.
    fn answers(
        &mut self,
        statements: &BTreeSet<StatementId>,
        questions: &BTreeSet<QuestionId>,
        settle: bool,
    ) -> Result<Answer, JudgeError> {
        self.watch.expect(statements.len());
        let mut answer = Answer { statements: Vec::new(), questions: Vec::new(), unanswered: 0 };
        for &statement in statements {
            match self.answer_statement(statement, settle) {
                Ok(one) => answer.statements.push(one),
                Err(JudgeError::Stopped) if !answer.statements.is_empty() => break,
                Err(error) => return Err(error),
            }
            self.watch.one_more();
        }
        for &question in questions {
            match self.answer_question(question, settle) {
                Ok(one) => answer.questions.push(one),
                Err(JudgeError::Stopped) if !answer.statements.is_empty() => {}
                Err(error) => return Err(error),
            }
        }
        let answered = answer.statements.len() + answer.questions.len();
        answer.unanswered = statements.len() + questions.len() - answered;
        Ok(answer)
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
            settlement: if settle { self.settle_if_exact(statement, &assessment)? } else { None },
        })
    }

    /// Whether a statement is settled, where its degrees are exact. It is not told where some reading that decides it
    /// is too large to be exact.
    fn settle_if_exact(
        &mut self,
        statement: StatementId,
        assessment: &Assessment,
    ) -> Result<Option<Settlement>, JudgeError> {
        if !matches!(self.method, Method::Exact | Method::Auto) || assessment.degrees.within.is_some() {
            return Ok(None);
        }
        let method = std::mem::replace(&mut self.method, Method::Exact);
        let settlement = self.settle(statement);
        self.method = method;
        match settlement {
            Err(JudgeError::TooLarge { .. }) if self.method == Method::Auto => Ok(None),
            settlement => Ok(Some(settlement?)),
        }
    }

    /// The answer on one question.
    ///
    /// # Errors
    ///
    /// As [`Judge::answer_all`].
    pub fn answer_question(&mut self, question: QuestionId, settle: bool) -> Result<QuestionAnswer, JudgeError> {
        let claims = &self.case.questions[question].claims;
        Ok(QuestionAnswer {
            question,
            finding: self.finding(question)?,
            claims: claims.iter().map(|&claim| self.answer_statement(claim, settle)).collect::<Result<_, _>>()?,
        })
    }
}
