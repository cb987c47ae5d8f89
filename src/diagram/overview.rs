//! What there is to know at first sight: the questions, their headlines, the verdicts by section, and the sources whose loss
//! would move a headline most.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Answer, Engine};
use crate::explain;
use crate::logic::shared_steps;
use crate::model::{Case, EvidenceGraph, Nature, Node, QuestionId, Source, StatementId};
use crate::verdict::Degrees;
use crate::words::{count, degree, detail_phrase};

use super::absent::Absent;
use super::caption::{Note, silenced, subtitle};
use super::choose::first_statements;
use super::chosen::SourcesShown;
use super::group::{FURTHER_QUESTIONS, first_questions, kind, section};
use super::node::{Nodes, citations};
use super::options::{Request, Subject};
use super::scene::{Arrangement, Scene, SceneEdge, SceneNode, Sign};
use super::scene_error::SceneError;
use super::text::clean;

/// So many sources are named.
const FEW_SOURCES: usize = 3;

/// A source whose loss shifts a headline by less is none that matters: nobody would see a difference.
const LEAST: f64 = 0.005;
/// So many statements stand in for headlines where there are no questions.
const FEW_STATEMENTS: usize = 6;

/// The loss of a source that moves a headline.
#[derive(Debug, Clone)]
struct Moves {
    source: Source,
    headline: StatementId,
    /// By how much the lead of the headline falls.
    shift: f64,
    /// What the headline would be, in a few words.
    without: String,
}

/// The scene of an overview.
///
/// Cost: the influence of the sources of every headline.
pub(super) fn overview(engine: &Engine<'_>, answer: &Answer, request: &Request) -> Result<Scene, SceneError> {
    let case = engine.case();
    let questions: BTreeSet<QuestionId> = first_questions(case).collect();
    let headlines = headlines(case, &questions);
    let moves = moves(engine, &headlines);
    let sources: BTreeSet<Source> = moves.iter().map(|one| one.source).collect();
    let cited = citations(engine.citations(), &sources.iter().copied().collect::<Vec<_>>());
    let absent = Absent::new(engine);
    let steps = shared_steps(case);
    let nodes = Nodes { case, answer, sources: SourcesShown::Counted, citations: &cited, absent, steps: &steps };
    let mut drawn = Drawn::default();
    for &id in &questions {
        drawn.add(Subject::Question(id), nodes.node(Subject::Question(id)));
    }
    for &headline in &headlines {
        drawn.add(statement(headline), nodes.node(statement(headline)));
    }
    for &source in &sources {
        drawn.add(Subject::Node(source.into()), nodes.node(Subject::Node(source.into())));
    }
    let further: Vec<Subject> =
        case.questions.ids().filter(|id| !questions.contains(id)).map(Subject::Question).collect();
    let further = (!further.is_empty()).then(|| (FURTHER_QUESTIONS.to_owned(), further));
    for (title, members) in further.into_iter().chain(sections(case, &headlines)) {
        drawn.nodes.push(nodes.pile(&title, &members));
    }
    if drawn.nodes.is_empty() {
        return Err(SceneError::Nothing { view: request.view.name() });
    }
    let asks = questions.iter().map(|&id| {
        let headline = case.canonical(case.questions[id].headline);
        drawn.edge(Subject::Question(id), statement(headline), Sign::Headline)
    });
    let moving = moves.iter().map(|one| {
        let sign = if one.shift >= 0.0 { Sign::Supports } else { Sign::Opposes };
        let line = drawn.edge(Subject::Node(one.source.into()), statement(one.headline), sign);
        SceneEdge {
            strength: Some((one.shift.abs() / 2.0).min(1.0)),
            label: Some(format!("without it: {}", one.without)),
            ..line
        }
    });
    let edges = asks.chain(moving).collect();
    Ok(Scene {
        title: clean(&case.title),
        subtitle: subtitle(engine, request),
        direction: request.direction,
        arrangement: Arrangement::Levels,
        edges,
        groups: Vec::new(),
        folded: 0,
        left_out: left_out(case, &sources, absent),
        nodes: drawn.nodes,
    })
}

/// The headlines of these questions; in a case without questions, a few of the statements on which nothing but their rivals depends.
fn headlines(case: &Case, questions: &BTreeSet<QuestionId>) -> BTreeSet<StatementId> {
    if case.questions.is_empty() {
        let first = first_statements(case, &EvidenceGraph::new(case)).into_iter();
        let statements = first.filter_map(|subject| match subject {
            Subject::Node(Node::Statement(statement)) => Some(statement),
            _ => None,
        });
        return statements.take(FEW_STATEMENTS).collect();
    }
    questions.iter().map(|&question| case.canonical(case.questions[question].headline)).collect()
}

fn statement(id: StatementId) -> Subject {
    Subject::Node(Node::Statement(id))
}

/// Nodes, and where each subject stands among them.
#[derive(Default)]
struct Drawn {
    nodes: Vec<SceneNode>,
    places: BTreeMap<Subject, usize>,
}

impl Drawn {
    fn add(&mut self, subject: Subject, node: SceneNode) {
        self.places.insert(subject, self.nodes.len());
        self.nodes.push(node);
    }

    fn edge(&self, from: Subject, to: Subject, sign: Sign) -> SceneEdge {
        let (from, to) = (self.places[&from], self.places[&to]);
        SceneEdge { from, to, sign, strength: None, count: 1, label: None, step: None, mark: None, absent: false }
    }
}

/// The sources whose loss moves one of these headlines most, each with the one that it moves most.
fn moves(engine: &Engine<'_>, headlines: &BTreeSet<StatementId>) -> Vec<Moves> {
    let mut most: BTreeMap<Source, Moves> = BTreeMap::new();
    for &headline in headlines.iter().filter(|_| engine.is_exact()) {
        let known = engine.assess(headline).ok();
        // A picture does not fail where this is too much to compute: it names no source then.
        for one in explain::influence(engine, headline).unwrap_or_default() {
            let turned = known.is_some_and(|known| known.detail != one.detail);
            if !turned && one.shift.abs() < LEAST {
                continue;
            }
            let degrees = cases(one.degrees);
            let without = if turned { format!("{}, {degrees}", detail_phrase(one.detail)) } else { degrees };
            let moves = Moves { source: one.source, headline, shift: one.shift, without };
            let largest = most.entry(one.source).or_insert_with(|| moves.clone());
            if largest.shift.abs() < moves.shift.abs() {
                *largest = moves;
            }
        }
    }
    let mut most: Vec<Moves> = most.into_values().collect();
    most.sort_by(|one, other| other.shift.abs().total_cmp(&one.shift.abs()).then(one.source.cmp(&other.source)));
    most.truncate(FEW_SOURCES);
    most
}

/// The two cases, each on one line.
fn cases(degrees: Degrees) -> String {
    format!("for\u{a0}{}, against\u{a0}{}", degree(degrees.case_for()), degree(degrees.case_against()))
}

/// Statements by section in the order of the report, those of no section by kind; without the headlines.
fn sections(case: &Case, headlines: &BTreeSet<StatementId>) -> Vec<(String, Vec<Subject>)> {
    let mut sections: BTreeMap<(usize, String), Vec<Subject>> = BTreeMap::new();
    for id in case.statements.ids().filter(|&id| !headlines.contains(&id)) {
        let Some(title) = section(case, id).or_else(|| unplaced(case, id)) else { continue };
        sections.entry(title).or_default().push(statement(id));
    }
    sections.into_iter().map(|((_, title), members)| (clean(&title), members)).collect()
}

/// Where a statement of no section stands: behind all sections, by its kind.
fn unplaced(case: &Case, id: StatementId) -> Option<(usize, String)> {
    let title = match &case.statements[id].nature {
        Nature::Relationship { .. } => Some("Relationships".to_owned()),
        Nature::Claim { .. } => kind(case, Node::Statement(id)),
    };
    title.map(|title| (usize::MAX, title))
}

/// What an overview does not draw.
fn left_out(case: &Case, sources: &BTreeSet<Source>, absent: Absent<'_>) -> Vec<Note> {
    let documents = sources.iter().filter(|source| matches!(source, Source::Document(_))).count();
    let others = [
        (case.inferences.len(), "inference"),
        (case.documents.len() - documents, "document"),
        (case.actors.len() - (sources.len() - documents), "actor"),
    ];
    let others: Vec<String> =
        others.iter().filter(|(number, _)| *number > 0).map(|&(number, noun)| count(number, noun)).collect();
    let undrawn = Note::undrawn(&others);
    silenced(case, absent).into_iter().chain(undrawn).collect()
}
