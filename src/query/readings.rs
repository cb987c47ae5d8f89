//! Rival readings of a claim: who asserts each, what both grant and draw on, and what would decide between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, Edge, Effect, EvidenceGraph, InferenceId, Manner, Node, Premise, Source, StatementId};
use crate::verdict::{Detail, Judge, JudgeError, Shortfall, StatementAnswer};

use super::sources::rounded;

/// A source that asserts a reading, by its evidence for it or for something that entails it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// The source.
    pub source: Source,
    /// Its links: the statement, and the link's place under it.
    pub links: Vec<(StatementId, usize)>,
    /// What its account goes back to in the end; empty where it stands on its own.
    pub origins: BTreeSet<Source>,
}

/// One of several readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The verdict on it, and whether it is settled.
    pub answer: StatementAnswer,
    /// How far it is from its standard.
    pub lacks: Shortfall,
    /// Who asserts it, documents first.
    pub asserted: Vec<Assertion>,
    /// The inferences that lead to it, or to something that entails it.
    pub inferred_by: Vec<InferenceId>,
    /// The sources that its case draws on, with how much smaller it would be without each: above 0, to 1.
    pub draws_on: BTreeMap<Source, f64>,
    /// The sources that tell for it rather than for another reading, the one that does so most first.
    pub tells_for: Vec<Weight>,
}

/// What a source weighs for one reading, and for another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// The source.
    pub source: Source,
    /// How much smaller the case for the reading would be without it, from 0 to 1.
    pub own: f64,
    /// The same for the other reading for which it is most; always less.
    pub other: f64,
}

/// Readings that cannot be true together.
#[derive(Debug, Clone, PartialEq)]
pub struct Readings {
    /// The reading that was asked for, then its rivals.
    pub readings: Vec<Reading>,
    /// Statements that every reading entails or starts from, with their verdicts.
    pub granted: Vec<(StatementId, Detail)>,
    /// The sources that the cases of all readings draw on.
    pub shared: BTreeSet<Source>,
}

/// A statement with its rivals: those declared on either side, of it or of what it entails. None if it has no rival.
///
/// Cost: the influence of every source on each reading, and whether each is settled.
///
/// # Errors
///
/// [`JudgeError`] if the decision diagrams of a statement grow past the budget.
pub fn readings(judge: &mut Judge<'_>, statement: StatementId) -> Result<Option<Readings>, JudgeError> {
    let case = judge.case();
    let graph = EvidenceGraph::new(case);
    let asked = case.canonical(statement);
    let rivals = rivals(case, &graph, asked);
    if rivals.is_empty() {
        return Ok(None);
    }
    judge.expect_all(false)?;
    let mut readings = Vec::new();
    for &statement in [asked].iter().chain(&rivals) {
        readings.push(reading(judge, &graph, statement)?);
    }
    let shared = common(readings.iter().map(|reading| reading.draws_on.keys().copied().collect()));
    for index in 0..readings.len() {
        readings[index].tells_for = tells_for(&readings, index);
    }
    let grants = readings.iter().map(|reading| grants(case, &graph, reading));
    let mut granted = Vec::new();
    for statement in common(grants) {
        granted.push((statement, judge.assess(statement)?.detail));
    }
    Ok(Some(Readings { readings, granted, shared }))
}

/// The sources that weigh more for one of the readings than for any other.
fn tells_for(readings: &[Reading], index: usize) -> Vec<Weight> {
    let others = || readings.iter().enumerate().filter(|&(other, _)| other != index);
    let weigh = |(&source, &own): (&Source, &f64)| {
        let other = others().map(|(_, reading)| reading.draws_on.get(&source).copied().unwrap_or(0.0));
        Weight { source, own, other: other.fold(0.0, f64::max) }
    };
    let mut found: Vec<Weight> = readings[index].draws_on.iter().map(weigh).collect();
    found.retain(|weight| weight.own - weight.other > ROUNDING);
    found.sort_by(|one, other| {
        let apart = |weight: &Weight| rounded(weight.own - weight.other);
        apart(other).total_cmp(&apart(one)).then(one.source.cmp(&other.source))
    });
    found
}

/// Differences up to this are those of rounding.
const ROUNDING: f64 = 1e-9;

fn common<T: Ord + Copy>(sets: impl Iterator<Item = BTreeSet<T>>) -> BTreeSet<T> {
    sets.reduce(|one, other| one.intersection(&other).copied().collect()).unwrap_or_default()
}

fn reading(judge: &mut Judge<'_>, graph: &EvidenceGraph, statement: StatementId) -> Result<Reading, JudgeError> {
    let case = judge.case();
    let answer = judge.answer_statement(statement, true)?;
    let degrees = answer.assessment.degrees;
    let loss = |without: f64| degrees.case_for() - without;
    let influence = judge.influence(statement)?;
    let losses = influence.iter().map(|one| (one.source, loss(one.degrees.case_for())));
    let draws_on = losses.filter(|&(_, loss)| loss > ROUNDING).collect();
    let stronger = along(case, graph, statement, Direction::Stronger);
    let inferred_by = (case.inferences.iter())
        .filter(|(_, step)| step.effect == Effect::Supports && stronger.contains(&case.canonical(step.to)))
        .map(|(id, _)| id)
        .collect();
    Ok(Reading {
        lacks: judge.shortfall(statement, degrees),
        answer,
        asserted: assertions(case, graph, &stronger),
        inferred_by,
        draws_on,
        tells_for: Vec::new(),
    })
}

/// Who supports any of these statements with evidence.
fn assertions(case: &Case, graph: &EvidenceGraph, statements: &BTreeSet<StatementId>) -> Vec<Assertion> {
    let mut found: Vec<Assertion> = Vec::new();
    for &statement in statements {
        for (index, link) in case.statements[statement].evidence.iter().enumerate() {
            let (Premise::Source(source), Effect::Supports) = (link.from, link.effect) else { continue };
            let starts = match link.manner {
                Some(Manner::Exhibit) => Vec::new(),
                _ if link.relies_on.is_empty() => vec![source],
                _ => link.relies_on.clone(),
            };
            let place = match found.iter().position(|assertion| assertion.source == source) {
                Some(place) => place,
                None => {
                    found.push(Assertion { source, links: Vec::new(), origins: BTreeSet::new() });
                    found.len() - 1
                }
            };
            found[place].links.push((statement, index));
            found[place].origins.extend(starts.into_iter().flat_map(|start| roots(graph, start)));
        }
    }
    for assertion in &mut found {
        assertion.origins.remove(&assertion.source);
    }
    found.sort_by_key(|assertion| assertion.source);
    found
}

/// What a source's account goes back to in the end; itself, where it stands on its own.
fn roots(graph: &EvidenceGraph, source: Source) -> BTreeSet<Source> {
    let (mut seen, mut roots) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting = vec![source];
    while let Some(next) = waiting.pop() {
        if seen.insert(next) {
            let origins = graph.incoming(next.into()).filter(|(_, edge, _)| matches!(edge, Edge::OriginOf));
            let origins: Vec<Source> = origins.filter_map(|(origin, ..)| source_of(origin)).collect();
            if origins.is_empty() {
                roots.insert(next);
            }
            waiting.extend(origins);
        }
    }
    roots
}

fn source_of(node: Node) -> Option<Source> {
    match node {
        Node::Document(document) => Some(Source::Document(document)),
        Node::Actor(actor) => Some(Source::Actor(actor)),
        Node::Statement(_) | Node::Inference(_) => None,
    }
}

/// The rivals of a statement and of all that it entails.
fn rivals(case: &Case, graph: &EvidenceGraph, statement: StatementId) -> Vec<StatementId> {
    let mut found = BTreeSet::new();
    for weaker in along(case, graph, statement, Direction::Weaker) {
        for node in names(graph, weaker) {
            let out = graph.outgoing(node).filter(|(_, edge, _)| matches!(edge, Edge::Rivals)).map(|(_, _, to)| to);
            let back = graph.incoming(node).filter(|(_, edge, _)| matches!(edge, Edge::Rivals)).map(|(from, ..)| from);
            found.extend(out.chain(back).filter_map(|node| statement_of(case, node)));
        }
    }
    found.remove(&statement);
    found.into_iter().collect()
}

/// What a reading entails, and what the steps to it start from.
fn grants(case: &Case, graph: &EvidenceGraph, reading: &Reading) -> BTreeSet<StatementId> {
    let statement = reading.answer.statement;
    let mut found = along(case, graph, statement, Direction::Weaker);
    found.remove(&statement);
    for &inference in &reading.inferred_by {
        found.extend(case.inferences[inference].given.iter().filter_map(|&premise| match premise {
            Premise::Statement(premise) => Some(case.canonical(premise)),
            Premise::Source(_) => None,
        }));
    }
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    /// To what is entailed.
    Weaker,
    /// To what entails.
    Stronger,
}

/// A statement and all that it entails, or that entails it.
fn along(case: &Case, graph: &EvidenceGraph, statement: StatementId, direction: Direction) -> BTreeSet<StatementId> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![statement];
    while let Some(next) = waiting.pop() {
        if !found.insert(next) {
            continue;
        }
        for node in names(graph, next) {
            // What is all of its parts entails each, so these edges lead from the weaker to the stronger.
            let ahead = |edge: &Edge| match direction {
                Direction::Weaker => matches!(edge, Edge::Entails | Edge::AnyOfPart),
                Direction::Stronger => matches!(edge, Edge::AllOfPart),
            };
            let back = |edge: &Edge| match direction {
                Direction::Weaker => matches!(edge, Edge::AllOfPart),
                Direction::Stronger => matches!(edge, Edge::Entails | Edge::AnyOfPart),
            };
            let ahead = graph.outgoing(node).filter(|(_, edge, _)| ahead(edge)).map(|(_, _, to)| to);
            let back = graph.incoming(node).filter(|(_, edge, _)| back(edge)).map(|(from, ..)| from);
            waiting.extend(ahead.chain(back).filter_map(|node| statement_of(case, node)));
        }
    }
    found
}

/// The nodes of a statement: its own, and those of the relationships that take its verdict.
fn names(graph: &EvidenceGraph, statement: StatementId) -> Vec<Node> {
    let own = Node::Statement(statement);
    let same = graph.incoming(own).filter(|(_, edge, _)| matches!(edge, Edge::SameAs)).map(|(alias, ..)| alias);
    [own].into_iter().chain(same).collect()
}

fn statement_of(case: &Case, node: Node) -> Option<StatementId> {
    match node {
        Node::Statement(statement) => Some(case.canonical(statement)),
        Node::Document(_) | Node::Actor(_) | Node::Inference(_) => None,
    }
}
