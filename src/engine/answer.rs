//! The whole answer: verdicts on statements, findings on questions.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::{QuestionId, StatementId};
use crate::verdict::{Assessment, Detail, Details, Finding, Leaning, Settlement, Sure, all_sure, any_sure, reaches};

use super::dependence::{WhateverTheDependence, settled_whatever_the_dependence};
use super::engine::Engine;
use super::hypothesis::Hypothesis;
use super::method::{EngineError, MayBeTooLarge as _, Result};
use super::prepare;
use super::settle::settle;
use super::settle_sampled::settle_sampled;
use super::strategy::MOST_SETTLED;

/// The answer on one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementAnswer {
    /// The statement.
    pub statement: StatementId,
    /// The verdict, with the numbers behind it.
    pub assessment: Assessment,
    /// Settled or open, if that was asked and could be worked out.
    pub settlement: Option<Settlement>,
    /// The contested readings that alone make the case against it strong, where that keeps it from being
    /// refuted.
    pub contest: Vec<StatementId>,
    /// What `check` warns of that is about the statement or its sources; none where nobody asked.
    pub remarks: Vec<Diagnostic>,
}

impl StatementAnswer {
    /// A verdict with nothing asked besides.
    pub(crate) fn bare(statement: StatementId, assessment: Assessment) -> Self {
        Self { statement, assessment, settlement: None, contest: Vec::new(), remarks: Vec::new() }
    }
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
    /// How many statements and questions had not been answered when the engine was asked to stop.
    pub unanswered: usize,
}

impl<'c> Engine<'c> {
    /// A view that is ready for questions about all statements. It changes no exact answer. With `settle` it is ready
    /// to say whether they are settled, too.
    ///
    /// Cost: as [`Engine::degrees`], for as many statements as can be worked out together.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn for_all(&self, settle: bool) -> Result<Self> {
        prepare::for_all(self, settle)
    }

    /// A view for questions about these statements and questions, and no others. It changes no exact answer; estimates
    /// are made for these alone. `settle` is as in [`Engine::for_all`].
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn asking(
        &self,
        statements: &BTreeSet<StatementId>,
        questions: &BTreeSet<QuestionId>,
        settle: bool,
    ) -> Result<Self> {
        let of_questions = questions.iter().flat_map(|&id| self.case().questions[id].claims.iter());
        let own = statements.iter().chain(of_questions).map(|&id| self.case().canonical(id)).collect();
        prepare::for_some(self, own, settle)
    }

    /// The verdicts on all statements and questions.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn answer_all(&self, settle: bool) -> Result<Answer> {
        let statements = self.case().statements.ids().collect();
        let questions = self.case().questions.ids().collect();
        self.for_all(settle)?.answers(&statements, &questions, settle)
    }

    /// The verdicts on these statements and questions.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn answer(
        &self,
        statements: &BTreeSet<StatementId>,
        questions: &BTreeSet<QuestionId>,
        settle: bool,
    ) -> Result<Answer> {
        self.asking(statements, questions, settle)?.answers(statements, questions, settle)
    }

    /// The answers one after another, as far as the engine is not asked to stop after the first: by a view that is ready for
    /// these questions.
    pub(crate) fn answers(
        &self,
        statements: &BTreeSet<StatementId>,
        questions: &BTreeSet<QuestionId>,
        settle: bool,
    ) -> Result<Answer> {
        self.watch.expect(statements.len());
        let mut answer = Answer { statements: Vec::new(), questions: Vec::new(), unanswered: 0 };
        for &statement in statements {
            match self.answer_statement(statement, settle) {
                Ok(one) => answer.statements.push(one),
                Err(EngineError::Stopped) if !answer.statements.is_empty() => break,
                Err(error) => return Err(error),
            }
            self.watch.one_more();
        }
        for &question in questions {
            match self.answer_question(question, settle) {
                Ok(one) => answer.questions.push(one),
                Err(EngineError::Stopped) if !answer.statements.is_empty() => {}
                Err(error) => return Err(error),
            }
        }
        let answered = answer.statements.len() + answer.questions.len();
        answer.unanswered = statements.len() + questions.len() - answered;
        Ok(answer)
    }

    /// The verdict on a statement, and whether it is settled if that is asked. In a single world nothing is settled or
    /// open: that is a question about probabilities.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn answer_statement(&self, statement: StatementId, settle: bool) -> Result<StatementAnswer> {
        let assessment = self.assess(statement)?;
        let canonical = self.case().canonical(statement);
        let contest = if assessment.only_contested { self.competing_readings(canonical)? } else { Vec::new() };
        let settlement = if settle { self.settlement(canonical, assessment.degrees.within.is_none())? } else { None };
        Ok(StatementAnswer { contest, settlement, ..StatementAnswer::bare(statement, assessment) })
    }

    /// Whether a statement is settled: exactly where its degrees are and that takes no more than its share of the budget,
    /// else from sampled worlds. None by a method that does not know of probabilities, and of more than some thousand
    /// statements.
    fn settlement(&self, statement: StatementId, is_exact: bool) -> Result<Option<Settlement>> {
        if is_exact && !self.method().estimates() {
            match self.for_one().settle(statement) {
                Err(error) if error.is_too_large() && self.settles_by_sampling() => {}
                settlement => return settlement.map(Some),
            }
        }
        if !self.settles_by_sampling() || self.asks_all() && self.case().statements.len() > MOST_SETTLED {
            return Ok(None);
        }
        if let Some(known) = self.base().known().settlements.get(&statement) {
            return Ok(Some(known.clone()));
        }
        let statements = match &self.asked {
            _ if self.asks_all() => self.own_statements().collect(),
            Some(asked) if asked.contains(&statement) => BTreeSet::clone(asked),
            _ => BTreeSet::from([statement]),
        };
        let settlements = settle_sampled(self, &statements)?;
        if !settlements.is_empty() {
            self.note_settled_by_sampling();
        }
        let known = &mut self.base().known().settlements;
        for (statement, settlement) in settlements {
            known.entry(statement).or_insert(settlement);
        }
        Ok(known.get(&statement).cloned())
    }

    /// The answer on one question.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn answer_question(&self, question: QuestionId, settle: bool) -> Result<QuestionAnswer> {
        let claims = &self.case().questions[question].claims;
        Ok(QuestionAnswer {
            question,
            finding: self.finding(question)?,
            claims: claims.iter().map(|&claim| self.answer_statement(claim, settle)).collect::<Result<_, _>>()?,
        })
    }

    /// The finding on a question.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn finding(&self, question: QuestionId) -> Result<Finding> {
        let question = &self.case().questions[question];
        let headline = self.assess(question.headline)?.possible;
        let mut claims = Vec::new();
        for &claim in &question.claims {
            claims.push(self.assess(claim)?.possible);
        }
        Ok(Finding::of_possible(headline, claims))
    }

    /// The verdict on a statement.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn assess(&self, statement: StatementId) -> Result<Assessment> {
        let statement = self.case().canonical(statement);
        let base = self.base();
        let degrees = self.degrees(base, statement)?;
        let possible = self.possible_details(base, statement)?;
        let detail = possible.only();
        Ok(Assessment {
            degrees,
            detail,
            possible,
            leaning: Leaning::of(detail, degrees),
            standard: self.standard(statement),
            out: self.is_out(base, statement)?,
            only_contested: !matches!(detail, Detail::Refuted | Detail::Undecided)
                && degrees.mirrored().meets(self.bar(statement)),
        })
    }

    /// The verdict on a statement under a hypothesis.
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn detail(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Detail> {
        Ok(self.possible_details(hypothesis, self.case().canonical(statement))?.only())
    }

    /// The details that a statement can have under a hypothesis, as far as its degrees are known.
    pub(super) fn possible_details(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Details> {
        let degrees = self.degrees(hypothesis, statement)?;
        Details::possible(
            degrees,
            self.bar(statement),
            &self.case().thresholds,
            || self.refutes_alone(hypothesis, statement),
            || self.any_competing(hypothesis, statement),
        )
    }

    /// Whether the case against a statement is more than a contest of readings: it is out, or refuted without rivals too,
    /// or a rival of it, or of something that it entails, is supported.
    fn refutes_alone(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Sure> {
        let mut alone = self.is_surely_out(hypothesis, statement)?;
        if alone != Some(true) {
            alone = any_sure([alone, self.is_surely_refuted_uncontested(hypothesis, statement)?]);
        }
        for &rival in self.rivals(statement).iter() {
            if alone == Some(true) {
                break;
            }
            let supported = self.degrees(hypothesis, rival)?.surely_meets(self.bar(rival));
            alone = any_sure([alone, supported]);
        }
        Ok(alone)
    }

    /// Whether there is a rival reading that competes, as far as it is known.
    fn any_competing(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Sure> {
        let serious = self.case().thresholds.serious.get();
        let mut any = Some(false);
        for &rival in self.rivals(statement).iter() {
            let case = self.degrees(hypothesis, rival)?.case_surely_reaches(serious);
            if case != Some(false) {
                let stands = self.is_surely_out(hypothesis, rival)?.map(|out| !out);
                any = any_sure([any, all_sure([case, stands])]);
            }
        }
        Ok(any)
    }

    /// The rivals of a statement, or of what it entails, that are not out and have a serious case.
    pub(crate) fn competing_readings(&self, statement: StatementId) -> Result<Vec<StatementId>> {
        let mut competing = Vec::new();
        for &rival in self.rivals(statement).iter() {
            let case_for = self.degrees(self.base(), rival)?.case_for();
            if self.is_serious(case_for) && !self.is_out(self.base(), rival)? {
                competing.push(rival);
            }
        }
        Ok(competing)
    }

    /// Whether a case is serious.
    pub(crate) fn is_serious(&self, case: f64) -> bool {
        reaches(case, self.case().thresholds.serious.get())
    }

    /// Whether a statement is settled, with every reason that it is not.
    ///
    /// Cost: for a decided statement a pass over its diagrams for each source at worst; besides, one for each completion
    /// of its withheld passages (at most 729).
    ///
    /// # Errors
    ///
    /// As [`Engine::degrees`].
    pub fn settle(&self, statement: StatementId) -> Result<Settlement> {
        settle(&self.exactly(), self.case().canonical(statement))
    }

    /// Whether the verdict on a statement is settled whatever the dependence between the sources.
    ///
    /// Cost: one pass over what the statement depends on for each source, and two more.
    ///
    /// # Errors
    ///
    /// [`EngineError::Stopped`] if the engine is asked to stop.
    pub fn settled_whatever_the_dependence(&self, statement: StatementId) -> Result<WhateverTheDependence> {
        settled_whatever_the_dependence(self, self.case().canonical(statement))
    }
}
