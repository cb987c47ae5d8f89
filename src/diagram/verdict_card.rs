//! The verdict on one question, as much of it as goes with an article or a post: what was asked, what was found, how strong the
//! two cases are, which sources weigh most on each side, and what is withheld.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::engine::{Answer, Engine, EngineError, QuestionAnswer, StatementAnswer};
use crate::explain;
use crate::model::{Case, DocumentId, EvidenceGraph, Node, QuestionId, Source, StatementId};
use crate::verdict::{Degrees, Detail, Reason};
use crate::words::{Topic, brief, capital, cases_clause, count, degree, finding_phrase, joined, quoted, reason_phrase};
use crate::words::{standard_phrase, verdict_with_detail};

use super::alternative::{FEW, described};
use super::options::Subject;
use super::text::clean;

/// So many sources are named on each side.
const FEW_SOURCES: usize = 2;

/// Why there is no card.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CardError {
    /// There is nothing to be asked.
    #[error("a card is about a question, and the case has none")]
    NoQuestion,
    /// The focus has no verdict.
    #[error("a card is about a question or a statement, and `{0}` is neither")]
    NoVerdict(String),
    /// The verdict could not be worked out.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl CardError {
    /// A hint for the user.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NoQuestion => Some("name a claim with --focus ID, or add one under `questions`"),
            Self::NoVerdict(_) => Some("name a question or a claim with --focus ID"),
            Self::Engine(_) => None,
        }
    }
}

/// What stands on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictCard {
    /// What was asked, or the claim itself.
    pub question: String,
    /// The verdict on the headline, which gives the card its colour and its sign.
    pub detail: Detail,
    /// The finding in a word or two.
    pub finding: String,
    /// The finding in words.
    pub words: String,
    /// The degrees of the headline.
    pub degrees: Degrees,
    /// The other claims of the question: what is confirmed, contested, not established. Those that are empty are left out.
    pub lists: Vec<ClaimList>,
    /// The sources whose loss would weaken the headline most, and those whose loss would strengthen it most.
    pub sources: [Vec<String>; 2],
    /// What is withheld, in a sentence.
    pub withheld: String,
    /// The case, and the standard.
    pub foot: String,
}

/// Claims under a heading, the strongest first.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimList {
    /// The heading.
    pub heading: &'static str,
    /// The verdict whose sign stands before it.
    pub detail: Detail,
    /// Their texts.
    pub claims: Vec<String>,
}

impl VerdictCard {
    /// All of it in words, for those who do not see the card.
    pub fn alternative(&self) -> String {
        let claims = |list: &ClaimList| {
            let claims = list.claims.iter().take(FEW).map(|claim| quoted(claim));
            let more = list.claims.len().saturating_sub(FEW);
            joined(claims.chain((more > 0).then(|| count(more, "other claim"))))
        };
        let lists = self.lists.iter().map(|list| format!("{}: {}.", list.heading, claims(list)));
        let sides = self.sources.iter().zip(["for it", "against it"]).filter(|(sources, _)| !sources.is_empty());
        let sides = sides.map(|(sources, side)| format!("The weightiest {side}: {}.", joined(sources)));
        let words = [self.finding.clone() + ".", self.words.clone()].into_iter().chain(lists).chain(sides);
        described(words.chain([self.withheld.clone()]))
    }
}

/// The card of a question or a statement; of the first question where nothing is named.
///
/// Cost: that of the influence of each source on the headline.
///
/// # Errors
///
/// [`CardError`] if there is nothing that has a verdict, or it cannot be worked out.
pub fn verdict_card(engine: &Engine<'_>, answer: &Answer, subject: Option<Subject>) -> Result<VerdictCard, CardError> {
    let case = engine.case();
    match subject {
        None => of_question(engine, answer, case.questions.ids().next().ok_or(CardError::NoQuestion)?),
        Some(Subject::Question(question)) => of_question(engine, answer, question),
        Some(Subject::Node(Node::Statement(statement))) => of_statement(engine, answer, statement),
        Some(other) => Err(CardError::NoVerdict(other.key(case).to_string())),
    }
}

fn of_question(engine: &Engine<'_>, answer: &Answer, id: QuestionId) -> Result<VerdictCard, CardError> {
    let question = &engine.case().questions[id];
    let found = answer.questions.iter().find(|one| one.question == id).ok_or(EngineError::Stopped)?;
    let headline = found.claims.iter().find(|one| one.statement == question.headline).ok_or(EngineError::Stopped)?;
    let (case, citations) = (engine.case(), engine.citations());
    let words = brief(engine, found).into_iter().next().unwrap_or_default().capital();
    Ok(VerdictCard {
        question: clean(&question.text),
        finding: finding_phrase(found.finding).to_owned(),
        words: clean(&words.plain(case, citations)),
        lists: lists(case, found, question.headline),
        ..about(engine, headline)?
    })
}

fn of_statement(engine: &Engine<'_>, answer: &Answer, id: StatementId) -> Result<VerdictCard, CardError> {
    let found = answer.statements.iter().find(|one| one.statement == id).ok_or(EngineError::Stopped)?;
    about(engine, found)
}

/// The card of a statement by itself.
fn about(engine: &Engine<'_>, answer: &StatementAnswer) -> Result<VerdictCard, CardError> {
    let (case, assessment) = (engine.case(), answer.assessment);
    let standard = standard_phrase(engine.standard(answer.statement));
    Ok(VerdictCard {
        question: clean(&case.statements[answer.statement].text),
        detail: assessment.detail,
        finding: capital(&verdict_with_detail(assessment.detail)),
        words: capital(&cases_clause(engine, assessment.degrees, "it")) + ".",
        degrees: assessment.degrees,
        lists: Vec::new(),
        sources: weightiest(engine, answer.statement)?,
        withheld: withheld(engine, answer),
        foot: clean(&format!("{} · standard: {standard} · {}", case.title, count(case.sources().count(), "source"))),
    })
}

/// The claims of a question but its headline, by verdict.
fn lists(case: &Case, answer: &QuestionAnswer, headline: StatementId) -> Vec<ClaimList> {
    let list = |heading: &'static str, detail: Detail, topics: &[Topic]| {
        let claims = answer.claims.iter().rev().filter(|claim| claim.statement != headline);
        let claims = claims.filter(|claim| topics.contains(&Topic::of(claim.assessment.detail)));
        let claims = claims.map(|claim| clean(&case.statements[claim.statement].text)).collect();
        ClaimList { heading, detail, claims }
    };
    let open = [Topic::NotEstablished, Topic::Refuted, Topic::WithoutEvidence, Topic::Undecided];
    let lists = [
        list("Confirmed", Detail::Established, &[Topic::Confirmed]),
        list("Contested", Detail::RivalReadings, &[Topic::Contested]),
        list("Not established", Detail::Insufficient, &open),
    ];
    lists.into_iter().filter(|list| !list.claims.is_empty()).collect()
}

/// The sources whose loss moves a statement most: those for it, and those against it.
fn weightiest(engine: &Engine<'_>, statement: StatementId) -> Result<[Vec<String>; 2], EngineError> {
    let mut influence = explain::influence(engine, statement)?;
    influence.sort_by(|one, other| other.shift.abs().total_cmp(&one.shift.abs()).then(one.source.cmp(&other.source)));
    let side = |is: fn(f64) -> bool| -> Vec<String> {
        let sources = influence.iter().filter(|one| is(one.shift)).take(FEW_SOURCES);
        sources.map(|one| source(engine, one.source)).collect()
    };
    Ok([side(|shift| shift > 0.0), side(|shift| shift < 0.0)])
}

/// A source with its number.
fn source(engine: &Engine<'_>, source: Source) -> String {
    let number = engine.citations().source_number(source).map(|number| format!("[{number}] ")).unwrap_or_default();
    clean(&format!("{number}{}", engine.case().source_title(source)))
}

/// Which of the documents behind a statement are withheld in part, and what that could change.
fn withheld(engine: &Engine<'_>, answer: &StatementAnswer) -> String {
    let case = engine.case();
    let behind = EvidenceGraph::new(case).depends_on(Node::Statement(case.canonical(answer.statement)));
    let bears = case.documents.iter().filter(|(_, document)| {
        document
            .bears_on
            .iter()
            .flatten()
            .any(|&statement| case.canonical(statement) == case.canonical(answer.statement))
    });
    let behind = behind.into_iter().filter_map(|node| match node {
        Node::Document(document) => Some(document),
        _ => None,
    });
    let documents: BTreeSet<DocumentId> = behind.chain(bears.map(|(id, _)| id)).collect();
    let shares = documents.into_iter().filter(|&id| case.documents[id].withheld.get() > 0.0).map(|id| {
        let number = engine.citations().source_number(Source::Document(id)).map(|number| format!("[{number}] "));
        let title = number.unwrap_or_else(|| format!("{} ", case.documents[id].key));
        format!(
            "{title}{}%",
            degree(case.documents[id].withheld.get() * 100.0).trim_end_matches('0').trim_end_matches('.')
        )
    });
    let shares: Vec<String> = shares.collect();
    if shares.is_empty() {
        return "Nothing of its sources is withheld.".to_owned();
    }
    let reasons = answer.settlement.iter().flat_map(|settlement| &settlement.reasons);
    let mut could = reasons.filter(|reason| matches!(reason, Reason::Withheld { .. }));
    let could = could.next().map(|reason| format!(": {}", reason_phrase(case, reason))).unwrap_or_default();
    format!("Withheld in part: {}{could}.", joined(shares))
}
