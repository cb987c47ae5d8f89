//! Two versions of a case judged, with what changed and why.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Answer, Engine, EngineError, QuestionAnswer, StatementAnswer, Watch};
use crate::logic::Budget;
use crate::model::{Case, Key, Node, QuestionId, StatementId};
use crate::verdict::{Detail, Finding};

use super::cone::Cone;
use super::difference::Differences;
use super::edit::Bearing;
use super::flags::{Flag, Named, Options, Terms, named};
use super::names::{Entry, Names};
use super::revise::judged_again;
use super::search::{Cause, Edited, Limit, causes};

/// How the answers on a statement, or on a question, differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// In the verdict or its detail, the two details of contested taken as one; of a question, in its finding.
    Verdict,
    /// Not in the verdict, but in whether it is settled.
    Settled,
    /// In the degrees alone, by more than 1e-9 in one of them, or in the detail of contested.
    Degrees,
    /// Not at all.
    Same,
}

impl Outcome {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Settled => "settled",
            Self::Degrees => "degrees",
            Self::Same => "same",
        }
    }
}

/// The answers on a statement that both versions have.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementChange {
    /// Its id.
    pub id: Key,
    /// The claim whose verdict it takes in both versions.
    pub same_as: Option<Key>,
    /// The answer before.
    pub before: StatementAnswer,
    /// The answer after.
    pub after: StatementAnswer,
    /// How they differ.
    pub outcome: Outcome,
    /// Where the verdict changed and is the statement's own: the edits that change it, unless that is too much to
    /// compute.
    pub cause: Option<Cause>,
}

/// The answers on a question that both versions have.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionChange {
    /// Its id.
    pub id: Key,
    /// The answer before.
    pub before: QuestionAnswer,
    /// The answer after.
    pub after: QuestionAnswer,
    /// Where the finding changed: the edits that change it, unless that is too much to compute.
    pub cause: Option<Cause>,
}

impl QuestionChange {
    /// Whether the finding changed.
    pub fn changed(&self) -> bool {
        self.before.finding != self.after.finding
    }
}

/// Two judged versions, side by side. Ids in `before` are those of the older case, ids in `after` those of the newer.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Statements of both, claims first, in the order of their ids.
    pub statements: Vec<StatementChange>,
    /// Questions of both, in the order of their ids.
    pub questions: Vec<QuestionChange>,
    /// Statements of the older version alone.
    pub removed: Vec<StatementAnswer>,
    /// Statements of the newer version alone.
    pub added: Vec<StatementAnswer>,
    /// How many statements and questions of the newer version had not been answered when it was asked to stop: these, and
    /// what the older has of them, are left out.
    pub unanswered: usize,
    /// Whether it was asked to stop before every cause had been looked for.
    pub is_cut_short: bool,
}

impl Comparison {
    /// Compares two versions of a case, both read on the same terms. Causes are edits of `differences`; once the watch is
    /// stopped, no more of them are looked for.
    ///
    /// Cost: a judgement of the older case and one of what the edits reach in the newer, and one of a statement for each evaluation that the limit allows.
    ///
    /// # Errors
    ///
    /// [`EngineError`] if a statement of either version grows past the budget, or the watch is stopped before the older is
    /// answered, and something of the newer.
    pub fn of_versions(
        old: &Case,
        new: &Case,
        differences: &Differences,
        terms: &Terms,
        options: Options,
        watch: &Watch,
    ) -> Result<Self, EngineError> {
        let budget = options.budget;
        let before = whole(terms.engine(old, budget).watched(watch.clone()).answer_all(options.settle)?)?;
        let cone = Cone::new(&[old, new], &differences.names);
        let engine = terms.engine(new, budget).watched(watch.clone());
        let revision = judged_again(&cone, &engine, (old, &before), differences, terms, options.settle)?;
        let mut comparison = Self::matched((old, before), (new, revision.answer));
        let versions = Versions { differences, cone, cases: [old, new], terms, budget, watch: watch.clone() };
        comparison.explain(&versions, options.limit, watch);
        Ok(comparison)
    }

    /// Compares two versions that have been judged, both on these terms. Once the watch is stopped, no more causes are
    /// looked for.
    ///
    /// Cost: one judgement of a statement for each evaluation that the limit allows.
    pub fn of_answers(
        (old, before): (&Case, Answer),
        (new, after): (&Case, Answer),
        differences: &Differences,
        terms: &Terms,
        options: Options,
        watch: Watch,
    ) -> Self {
        let (cone, cases, budget) = (Cone::new(&[old, new], &differences.names), [old, new], options.budget);
        let mut comparison = Self::matched((old, before), (new, after));
        let versions = Versions { differences, cone, cases, terms, budget, watch: watch.clone() };
        comparison.explain(&versions, options.limit, &watch);
        comparison
    }

    /// Compares a case as written with the same case under flags. Causes are flags of `terms`.
    ///
    /// # Errors
    ///
    /// As [`Comparison::of_versions`].
    pub fn of_flags(case: &Case, terms: &Terms, options: Options, watch: &Watch) -> Result<Self, EngineError> {
        let written = Terms { flags: Vec::new(), ..terms.clone() };
        let engine = |terms: &Terms| terms.engine(case, options.budget).watched(watch.clone());
        let before = whole(engine(&written).answer_all(options.settle)?)?;
        let mut comparison = Self::matched((case, before), (case, engine(terms).answer_all(options.settle)?));
        let names = Names::new(case, case);
        let cone = Cone::new(&[case], &names);
        let flagged = Flagged { case, cone, terms, budget: options.budget, watch: watch.clone() };
        comparison.explain(&flagged, options.limit, watch);
        Ok(comparison)
    }

    /// Whether any verdict or finding changed.
    pub fn any_verdict_changed(&self) -> bool {
        self.statements.iter().any(|change| change.outcome == Outcome::Verdict)
            || self.questions.iter().any(QuestionChange::changed)
    }

    /// Puts the answers of both sides together, by id and sort.
    fn matched((old, before): (&Case, Answer), (new, after): (&Case, Answer)) -> Self {
        let unanswered = after.unanswered;
        let mut after_statements: BTreeMap<StatementId, StatementAnswer> =
            after.statements.into_iter().map(|after| (after.statement, after)).collect();
        let mut after_questions: BTreeMap<QuestionId, QuestionAnswer> =
            after.questions.into_iter().map(|after| (after.question, after)).collect();
        let (mut statements, mut removed) = (Vec::new(), Vec::new());
        for before in before.statements {
            match partner(old, new, before.statement) {
                // One that was not answered is left out.
                Some(id) => statements
                    .extend(after_statements.remove(&id).map(|after| statement_change((old, before), (new, after)))),
                None => removed.push(before),
            }
        }
        let mut questions = Vec::new();
        for before in before.questions {
            let id = old.questions[before.question].key.clone();
            let after = new.question(id.as_str()).and_then(|question| after_questions.remove(&question));
            questions.extend(after.map(|after| QuestionChange { id, before, after, cause: None }));
        }
        let added = after_statements.into_values().collect();
        Self { statements, questions, removed, added, unanswered, is_cut_short: false }
    }

    /// Looks for the cause of every change of verdict.
    fn explain(&mut self, edited: &impl Edited<Goal = Goal>, limit: Limit, watch: &Watch) {
        let own = |change: &&mut StatementChange| change.outcome == Outcome::Verdict && change.same_as.is_none();
        let mut statements: Vec<&mut StatementChange> = self.statements.iter_mut().filter(own).collect();
        let mut questions: Vec<&mut QuestionChange> =
            self.questions.iter_mut().filter(|change| change.changed()).collect();
        let verdicts = statements.iter().map(|change| Goal::Verdict(change.id.clone(), change.after.assessment.detail));
        let findings = questions.iter().map(|change| Goal::Finding(change.id.clone(), change.after.finding));
        let goals: Vec<Goal> = verdicts.chain(findings).collect();
        let mut found = causes(edited, &goals, limit).into_iter();
        statements.iter_mut().zip(&mut found).for_each(|(change, cause)| change.cause = cause);
        questions.iter_mut().zip(found).for_each(|(change, cause)| change.cause = cause);
        self.is_cut_short = !goals.is_empty() && watch.is_stopped();
    }
}

/// An answer in which nothing is missing: what is missing on the older side would be taken for added.
fn whole(answer: Answer) -> Result<Answer, EngineError> {
    if answer.unanswered > 0 { Err(EngineError::Stopped) } else { Ok(answer) }
}

/// The statement of that id and sort in another version.
fn partner(old: &Case, new: &Case, statement: StatementId) -> Option<StatementId> {
    let entry = &old.statements[statement];
    // Claims come before relationships.
    new.statements.find(|one| entry.is_claim().cmp(&one.is_claim()).then_with(|| one.key.cmp(&entry.key)))
}

fn statement_change(
    (old, before): (&Case, StatementAnswer),
    (new, after): (&Case, StatementAnswer),
) -> StatementChange {
    let alias = |case: &Case, id| case.statements[id].same_as.map(|claim| case.statements[claim].key.clone());
    let same_as = alias(old, before.statement).filter(|claim| alias(new, after.statement).as_ref() == Some(claim));
    let id = old.statements[before.statement].key.clone();
    let outcome = outcome(&before, &after);
    StatementChange { id, same_as, before, after, outcome, cause: None }
}

fn outcome(before: &StatementAnswer, after: &StatementAnswer) -> Outcome {
    const TOLERANCE: f64 = 1e-9;
    let settled = |answer: &StatementAnswer| answer.settlement.as_ref().map(|settlement| settlement.settled);
    let (one, other) = (before.assessment, after.assessment);
    let apart = |one: f64, other: f64| (one - other).abs() > TOLERANCE;
    let moved = apart(one.degrees.in_favour, other.degrees.in_favour)
        || apart(one.degrees.against, other.degrees.against)
        || apart(one.degrees.conflict, other.degrees.conflict)
        || apart(one.degrees.ignorance, other.degrees.ignorance);
    if !one.detail.is_same_verdict(other.detail) {
        Outcome::Verdict
    } else if settled(before) != settled(after) {
        Outcome::Settled
    } else if moved || one.detail != other.detail {
        Outcome::Degrees
    } else {
        Outcome::Same
    }
}

/// What changed, and what it changed to.
enum Goal {
    Verdict(Key, Detail),
    Finding(Key, Finding),
}

impl Goal {
    /// Whether it is so in a case. None where that is too much to compute.
    fn is_reached(&self, engine: &Engine<'_>) -> Option<bool> {
        let case = engine.case();
        match self {
            Self::Verdict(id, detail) => {
                let Some(statement) = case.statement(id.as_str()) else { return Some(false) };
                engine.assess(statement).ok().map(|assessment| assessment.detail.is_same_verdict(*detail))
            }
            Self::Finding(id, finding) => {
                let Some(question) = case.question(id.as_str()) else { return Some(false) };
                engine.finding(question).ok().map(|found| found == *finding)
            }
        }
    }

    /// The statements that it is read from.
    fn statements(&self, case: &Case) -> Vec<StatementId> {
        match self {
            Self::Verdict(id, _) => case.statement(id.as_str()).into_iter().collect(),
            Self::Finding(id, _) => {
                let question = case.question(id.as_str()).map(|question| &case.questions[question]);
                question.map_or_else(Vec::new, |question| {
                    question.claims.iter().copied().chain([question.headline]).collect()
                })
            }
        }
    }
}

/// Two versions, between which edits lead.
struct Versions<'c> {
    differences: &'c Differences,
    cone: Cone,
    cases: [&'c Case; 2],
    terms: &'c Terms,
    budget: Budget,
    watch: Watch,
}

impl Edited for Versions<'_> {
    type Goal = Goal;

    fn candidates(&self, goal: &Goal) -> Vec<usize> {
        let names = &self.differences.names;
        let starts = self.cases.iter().flat_map(|case| {
            let statements = goal.statements(case).into_iter();
            statements.map(|id| names.common(case, Node::Statement(id))).collect::<Vec<_>>()
        });
        let cone: BTreeSet<Entry> = self.cone.premises_of(starts).into_iter().map(Entry::from).collect();
        let asks = |entry: Entry| match (entry, goal) {
            (Entry::Case, _) => true,
            (Entry::Question(_), Goal::Finding(id, _)) => names.id(entry) == Some(id),
            _ => cone.contains(&entry),
        };
        let bears = |bearing: Bearing| match bearing {
            Bearing::Verdicts => true,
            Bearing::Selection => self.terms.selects(),
            Bearing::Quotation => self.terms.verifies(),
            Bearing::Settled | Bearing::Words => false,
        };
        let edits = self.differences.edits().iter().zip(&self.differences.actions).enumerate();
        edits.filter(|(_, (edit, action))| bears(edit.bearing) && asks(action.entry)).map(|(at, _)| at).collect()
    }

    fn closed(&self, chosen: &BTreeSet<usize>) -> BTreeSet<usize> {
        self.differences.closed(chosen)
    }

    fn reached(&self, chosen: &BTreeSet<usize>, goals: &[&Goal]) -> Vec<Option<bool>> {
        let case = self.differences.apply(chosen);
        let engine = self.terms.engine(&case, self.budget).watched(self.watch.clone());
        goals.iter().map(|goal| goal.is_reached(&engine)).collect()
    }
}

/// One case, and flags that may be set.
struct Flagged<'c> {
    case: &'c Case,
    cone: Cone,
    terms: &'c Terms,
    budget: Budget,
    watch: Watch,
}

impl Edited for Flagged<'_> {
    type Goal = Goal;

    fn candidates(&self, goal: &Goal) -> Vec<usize> {
        let cone = self.cone.premises_of(goal.statements(self.case).into_iter().map(Node::Statement));
        let asks = |flag: &Flag| match flag {
            Flag::Only(_) | Flag::Standard(_) | Flag::AsOf(_) | Flag::VerifiedQuotesOnly => true,
            Flag::Without(key) | Flag::Set(key, _) => match named(self.case, key) {
                Some(Named::Source(source)) => cone.contains(&Node::from(source)),
                Some(Named::Inference(inference)) => cone.contains(&Node::Inference(inference)),
                None => false,
            },
        };
        let flags = self.terms.flags.iter().enumerate();
        flags.filter(|(_, flag)| asks(flag)).map(|(at, _)| at).collect()
    }

    fn closed(&self, chosen: &BTreeSet<usize>) -> BTreeSet<usize> {
        chosen.clone()
    }

    fn reached(&self, chosen: &BTreeSet<usize>, goals: &[&Goal]) -> Vec<Option<bool>> {
        let flags = chosen.iter().map(|&at| self.terms.flags[at].clone()).collect();
        let terms = Terms { flags, ..self.terms.clone() };
        let engine = terms.engine(self.case, self.budget).watched(self.watch.clone());
        goals.iter().map(|goal| goal.is_reached(&engine)).collect()
    }
}
