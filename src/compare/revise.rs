//! The answers on an edited case: what no edit can reach keeps the answer that it had.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::engine::{Answer, Engine, EngineError, QuestionAnswer, StatementAnswer};
use crate::model::{Case, Node, QuestionId, StatementId};
use crate::verdict::{Finding, Reason};

use super::cone::Cone;
use super::content::{Content, Visit};
use super::difference::{Action, Differences};
use super::edit::Bearing;
use super::flags::{Options, Terms};
use super::names::{Entry, Names};

/// The answers on an edited case.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// On all statements and questions.
    pub answer: Answer,
    /// How many of the statements were judged again.
    pub judged: usize,
}

/// The answers on a case that was edited, from those on it before, both on the same terms. Only what an edit can reach
/// is judged again; of an edit of the case itself, or where it is asked which documents a selector means, that is all.
///
/// The answers are those of an engine that starts afresh; degrees may differ by rounding, and sampled ones within their
/// intervals, as each version has its own random numbers.
///
/// Cost: one walk over both versions, and what judging the statements takes that are reached.
///
/// # Errors
///
/// [`EngineError`] if a statement that is judged again grows past the budget.
pub fn revised(
    (old, before): (&Case, &Answer),
    new: &Case,
    differences: &Differences,
    terms: &Terms,
    options: Options,
) -> Result<Revision, EngineError> {
    let cone = Cone::new(&[old, new], &differences.names);
    let engine = terms.engine(new, options.budget);
    judged_again(&cone, &engine, (old, before), differences, terms, options.settle)
}

/// The same by an engine of the newer version on those terms, which may be watched. Of what is judged again it is not asked
/// whether it is settled.
///
/// # Errors
///
/// As [`revised`], and that the engine was asked to stop.
pub fn revised_by(
    engine: &Engine<'_>,
    (old, before): (&Case, &Answer),
    differences: &Differences,
    terms: &Terms,
) -> Result<Revision, EngineError> {
    let cone = Cone::new(&[old, engine.case()], &differences.names);
    judged_again(&cone, engine, (old, before), differences, terms, false)
}

/// The same with a cone of both versions that is there already.
pub(super) fn judged_again(
    cone: &Cone,
    engine: &Engine<'_>,
    (old, before): (&Case, &Answer),
    differences: &Differences,
    terms: &Terms,
    settle: bool,
) -> Result<Revision, EngineError> {
    let new = engine.case();
    let reached =
        if before.unanswered > 0 || terms.selects() || terms.verifies() { None } else { reached(cone, differences) };
    let Some(reached) = reached else {
        return Ok(Revision { answer: engine.answer_all(settle)?, judged: new.statements.len() });
    };
    let names = &differences.names;
    let now = numbered(new, names);
    let mut known: FxHashMap<StatementId, StatementAnswer> = FxHashMap::default();
    for answer in &before.statements {
        if !reached.contains(&names.common(old, Node::Statement(answer.statement))) {
            let mut answer = answer.clone();
            // Only statements that are judged again can refer to what is gone.
            let mut complete = true;
            visit_answer(&mut answer, &mut |node| {
                let place = now.get(&names.common(old, node)).copied();
                complete &= place.is_some();
                place.unwrap_or(node)
            });
            if complete {
                known.insert(answer.statement, answer);
            }
        }
    }
    let again: BTreeSet<StatementId> = new.statements.ids().filter(|id| !known.contains_key(id)).collect();
    let judged = again.len();
    if judged == new.statements.len() {
        return Ok(Revision { answer: engine.answer_all(settle)?, judged });
    }
    let answer = engine.answer(&again, &BTreeSet::new(), settle)?;
    known.extend(answer.statements.into_iter().map(|one| (one.statement, one)));
    let statements: Vec<StatementAnswer> = new.statements.ids().filter_map(|id| known.get(&id).cloned()).collect();
    let questions: Vec<QuestionAnswer> = new.questions.ids().filter_map(|id| question(new, id, &known)).collect();
    let unanswered = new.statements.len() - statements.len() + new.questions.len() - questions.len();
    Ok(Revision { answer: Answer { statements, questions, unanswered }, judged })
}

/// Everything, in the common numbering, that an edit can change the answer on; none where that may be all.
fn reached(cone: &Cone, differences: &Differences) -> Option<BTreeSet<Node>> {
    let edits = differences.edits().iter().zip(&differences.actions);
    let mut starts = BTreeSet::new();
    for (_, &Action { entry, .. }) in
        edits.filter(|(edit, _)| matches!(edit.bearing, Bearing::Verdicts | Bearing::Settled))
    {
        match entry {
            Entry::Case => return None,
            Entry::Actor(id) => starts.insert(Node::Actor(id)),
            Entry::Document(id) => starts.insert(Node::Document(id)),
            Entry::Statement(id) => starts.insert(Node::Statement(id)),
            Entry::Inference(id) => starts.insert(Node::Inference(id)),
            Entry::Question(_) => false,
        };
    }
    Some(cone.dependents_of(starts))
}

/// The finding on a question, from the answers on its claims; none where one of them is missing.
fn question(case: &Case, id: QuestionId, known: &FxHashMap<StatementId, StatementAnswer>) -> Option<QuestionAnswer> {
    let question = &case.questions[id];
    let headline = known.get(&question.headline)?.assessment.possible;
    let claims = question.claims.iter().map(|claim| known.get(claim).cloned()).collect::<Option<Vec<_>>>()?;
    let finding = Finding::of_possible(headline, claims.iter().map(|claim| claim.assessment.possible));
    Some(QuestionAnswer { question: id, finding, claims })
}

/// Where the entries of the newer version are, by their number in the common numbering.
fn numbered(case: &Case, names: &Names) -> FxHashMap<Node, Node> {
    let nodes = (case.actors.ids().map(Node::Actor))
        .chain(case.documents.ids().map(Node::Document))
        .chain(case.statements.ids().map(Node::Statement));
    nodes.map(|node| (names.common(case, node), node)).collect()
}

/// Visits every entry that an answer speaks of, and puts in its place what the visit gives back.
fn visit_answer(answer: &mut StatementAnswer, visit: Visit<'_>) {
    answer.statement.visit(visit);
    answer.contest.visit(visit);
    for reason in answer.settlement.iter_mut().flat_map(|settlement| &mut settlement.reasons) {
        match reason {
            Reason::Contested { rivals, shared } => {
                rivals.visit(visit);
                shared.iter_mut().for_each(|shared| shared.visit(visit));
            }
            Reason::RestsOnOpenPremise { premises: statements } | Reason::Assumption { statements } => {
                statements.visit(visit);
            }
            Reason::SingleSource { sources } => sources.visit(visit),
            Reason::Withheld { documents, .. } => documents.visit(visit),
            Reason::Insufficient(_) | Reason::NoEvidence(_) | Reason::Weights { .. } => {}
        }
    }
}
