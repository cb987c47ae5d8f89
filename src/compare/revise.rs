//! The answers on an edited case: what no edit can reach keeps the answer that it had.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::{Case, DocumentId, Edge, Node, QuestionId, Source, StatementId};
use crate::verdict::{Answer, Finding, JudgeError, QuestionAnswer, Reason, Settlement, StatementAnswer};

use super::comparison::Options;
use super::cone::Cone;
use super::difference::{Action, Differences};
use super::edit::Bearing;
use super::flags::Terms;
use super::side::{Entry, Names};

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
/// The answers are those that a judge gives who starts from nothing; degrees may differ by rounding, and sampled ones
/// within their intervals, as the random numbers belong to a version.
///
/// Cost: one walk over both versions, and what judging the statements takes that are reached.
///
/// # Errors
///
/// [`JudgeError`] if a statement that is judged again grows past the budget.
pub fn revised(
    (old, before): (&Case, &Answer),
    new: &Case,
    differences: &Differences,
    terms: &Terms,
    options: Options,
) -> Result<Revision, JudgeError> {
    let mut judge = terms.judge(new, options.budget);
    let reached = if before.unanswered > 0 || terms.selects() { None } else { reached([old, new], differences) };
    let Some(reached) = reached else {
        return Ok(Revision { answer: judge.answer_all(options.settle)?, judged: new.statements.len() });
    };
    let kept = Kept::new(new, &differences.names);
    let mut known: FxHashMap<StatementId, StatementAnswer> = FxHashMap::default();
    for answer in &before.statements {
        if !reached.contains(&differences.names.common(old, Node::Statement(answer.statement)))
            && let Some(answer) = kept.statement(old, answer)
        {
            known.insert(answer.statement, answer);
        }
    }
    let again: BTreeSet<StatementId> = new.statements.ids().filter(|id| !known.contains_key(id)).collect();
    let judged = again.len();
    if judged == new.statements.len() {
        return Ok(Revision { answer: judge.answer_all(options.settle)?, judged });
    }
    known.extend(
        judge.answer(&again, &BTreeSet::new(), options.settle)?.statements.into_iter().map(|one| (one.statement, one)),
    );
    let statements: Vec<StatementAnswer> = new.statements.ids().map(|id| known[&id].clone()).collect();
    let questions = new.questions.ids().map(|id| question(new, id, &known)).collect();
    Ok(Revision { answer: Answer { statements, questions, unanswered: 0 }, judged })
}

/// Everything, in the common numbering, that an edit can change the answer on; none where that may be all.
fn reached(cases: [&Case; 2], differences: &Differences) -> Option<BTreeSet<Node>> {
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
    // What is withheld of a document may be evidence too.
    let carries = |edge: &Edge| edge.carries() || matches!(edge, Edge::BearsOn { .. });
    Some(Cone::forwards(cases, &differences.names, carries).of(starts))
}

/// The finding on a question, from the answers on its claims.
fn question(case: &Case, id: QuestionId, known: &FxHashMap<StatementId, StatementAnswer>) -> QuestionAnswer {
    let question = &case.questions[id];
    let possible = |claim: &StatementId| known[claim].assessment.possible;
    QuestionAnswer {
        question: id,
        finding: Finding::of_possible(possible(&question.headline), question.claims.iter().map(possible)),
        claims: question.claims.iter().map(|claim| known[claim].clone()).collect(),
    }
}

/// Where the entries of the newer version are.
struct Kept<'n> {
    names: &'n Names,
    /// By their number in the common numbering.
    now: FxHashMap<Node, Node>,
}

impl<'n> Kept<'n> {
    fn new(new: &Case, names: &'n Names) -> Self {
        let nodes = (new.actors.ids().map(Node::Actor))
            .chain(new.documents.ids().map(Node::Document))
            .chain(new.statements.ids().map(Node::Statement));
        Self { names, now: nodes.map(|node| (names.common(new, node), node)).collect() }
    }

    /// An answer on the older version with the ids of the newer one; none if that lacks anything that it speaks of.
    fn statement(&self, old: &Case, answer: &StatementAnswer) -> Option<StatementAnswer> {
        let settlement = match &answer.settlement {
            Some(settlement) => Some(self.settlement(old, settlement)?),
            None => None,
        };
        Some(StatementAnswer {
            statement: self.claim(old, answer.statement)?,
            assessment: answer.assessment,
            settlement,
            contest: self.claims(old, &answer.contest)?,
        })
    }

    fn settlement(&self, old: &Case, settlement: &Settlement) -> Option<Settlement> {
        let reasons = settlement.reasons.iter().map(|reason| self.reason(old, reason)).collect::<Option<_>>()?;
        Some(Settlement { settled: settlement.settled, reasons })
    }

    fn reason(&self, old: &Case, reason: &Reason) -> Option<Reason> {
        Some(match reason {
            Reason::Contested { rivals, shared } => {
                Reason::Contested { rivals: self.claims(old, rivals)?, shared: self.sources(old, shared)? }
            }
            Reason::RestsOnOpenPremise { premises } => {
                Reason::RestsOnOpenPremise { premises: self.claims(old, premises)? }
            }
            Reason::SingleSource { sources } => Reason::SingleSource { sources: self.sources(old, sources)? },
            Reason::Withheld { documents, verdicts, search } => Reason::Withheld {
                documents: documents.iter().map(|&id| self.document(old, id)).collect::<Option<_>>()?,
                verdicts: verdicts.clone(),
                search: *search,
            },
            Reason::Insufficient(_) | Reason::NoEvidence(_) | Reason::Weights { .. } => reason.clone(),
        })
    }

    fn node(&self, old: &Case, node: Node) -> Option<Node> {
        self.now.get(&self.names.common(old, node)).copied()
    }

    fn claim(&self, old: &Case, id: StatementId) -> Option<StatementId> {
        match self.node(old, Node::Statement(id))? {
            Node::Statement(id) => Some(id),
            Node::Actor(_) | Node::Document(_) | Node::Inference(_) => None,
        }
    }

    fn claims(&self, old: &Case, ids: &[StatementId]) -> Option<Vec<StatementId>> {
        ids.iter().map(|&id| self.claim(old, id)).collect()
    }

    fn document(&self, old: &Case, id: DocumentId) -> Option<DocumentId> {
        match self.node(old, Node::Document(id))? {
            Node::Document(id) => Some(id),
            Node::Actor(_) | Node::Statement(_) | Node::Inference(_) => None,
        }
    }

    fn sources(&self, old: &Case, sources: &[Source]) -> Option<Vec<Source>> {
        let source = |&source: &Source| match self.node(old, source.into())? {
            Node::Document(id) => Some(Source::Document(id)),
            Node::Actor(id) => Some(Source::Actor(id)),
            Node::Statement(_) | Node::Inference(_) => None,
        };
        sources.iter().map(source).collect()
    }
}
