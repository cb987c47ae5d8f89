//! Composes the scene: selects and groups nodes, and turns the edges of the case into those of the picture.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::engine::{Answer, Engine, Method};
use crate::model::{Case, Citations, Edge, Effect, EvidenceGraph, Node, Premise, Probability, Source, StatementId};
use crate::words::{as_of_phrase, count, joined};

use super::choose::{Chosen, FEW_LINES, SourcesShown, choose, draws, source_of_link};
use super::group::{FEW_NODES, Grouping, grouping};
use super::node::{Nodes, citations};
use super::options::{Request, Subject, View};
use super::scene::{Arrangement, Figure, Mark, Scene, SceneEdge, SceneGroup, SceneNode, Sign};
use super::text::clean;

/// Why there is nothing to draw.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SceneError {
    /// The focus is not part of the view.
    #[error("`{id}` is not drawn in the view `{view}`")]
    FocusOutside {
        /// The id of the focus.
        id: String,
        /// The name of the view.
        view: &'static str,
    },
    /// Nothing of the case is in the view.
    #[error("nothing of the case is drawn in the view `{view}`")]
    Nothing {
        /// The name of the view.
        view: &'static str,
    },
}

impl SceneError {
    /// A hint for the user.
    pub fn help(&self) -> &'static str {
        match self {
            Self::FocusOutside { .. } => "`--view all` draws everything",
            Self::Nothing { .. } => "`--view all` draws everything; without --focus and --select a view is whole",
        }
    }
}

/// The scene of a request, from a case and the answers to it.
///
/// Cost: linear in the size of the case, plus one traversal of it for each claim of each question.
///
/// # Errors
///
/// [`SceneError`] if there is nothing to draw.
pub fn scene(judge: &Engine<'_>, answer: &Answer, request: &Request) -> Result<Scene, SceneError> {
    let case = judge.case();
    let graph = EvidenceGraph::new(case);
    let view = request.view.name();
    let chosen = choose(case, &graph, request);
    if let Some(focus) = request.focus
        && !chosen.subjects.contains(&focus.subject)
    {
        return Err(SceneError::FocusOutside { id: subject_key(case, focus.subject), view });
    }
    if chosen.subjects.is_empty() {
        return Err(SceneError::Nothing { view });
    }
    let grouping = grouping(case, request, &chosen.subjects);
    let left_out = left_out(case, &graph, request, &chosen, &grouping);
    let (shown, parts, lines) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let arrangement = arrangement(case, request, &chosen);
    let sources = chosen.sources;
    let citations = judge.citations();
    let composer = Composer { case, citations, answer, request, sources, arrangement, skipped: 0, shown, parts, lines };
    let mut scene = composer.compose(&graph, &chosen, &grouping);
    scene.subtitle = subtitle(judge, request);
    scene.left_out.extend(left_out);
    Ok(scene)
}

/// A view of sources becomes a table where it would have more lines than the eye can follow.
fn arrangement(case: &Case, request: &Request, chosen: &Chosen) -> Arrangement {
    let drawn = |node: Node| chosen.subjects.contains(&Subject::Node(node));
    let links = case.statements.iter().filter(|(id, _)| drawn(Node::Statement(*id)));
    let links = links.flat_map(|(_, statement)| &statement.evidence);
    let lines = links.filter(|link| matches!(link.from, Premise::Source(source) if drawn(source.into()))).count();
    let free = request.view == View::Sources && request.cluster.is_none() && !request.collapse;
    if free && lines >= FEW_LINES { Arrangement::Table } else { Arrangement::Levels }
}

fn subject_key(case: &Case, subject: Subject) -> String {
    match subject {
        Subject::Question(id) => case.questions[id].key.to_string(),
        Subject::Node(Node::Actor(id)) => case.actors[id].key.to_string(),
        Subject::Node(Node::Document(id)) => case.documents[id].key.to_string(),
        Subject::Node(Node::Statement(id)) => case.statements[id].key.to_string(),
        Subject::Node(Node::Inference(id)) => case.inferences[id].key.to_string(),
    }
}

/// A node of the drawing before its index is known: a subject, a pile of them, or a junction on a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Subject(Subject),
    Pile(usize),
    Junction(usize),
}

/// The key under which lines are merged; the text is a label.
type Line = (Part, Part, Sign, Option<StatementId>);

/// The most claims of a question that get a line each. With more, only the headline gets one, and the others are
/// labelled as claims.
const FEW_CLAIMS: usize = 4;

/// Lines merged between the same ends.
#[derive(Debug, Clone, Default)]
struct Bundle {
    strength: Option<f64>,
    count: usize,
    label: Option<String>,
    mark: Option<Mark>,
}

/// Evidence that is undercut by the same things in the same way: it shares one junction.
#[derive(Debug, Clone, PartialEq)]
struct Struck {
    statement: StatementId,
    effect: Effect,
    attacks: Vec<(Part, f64)>,
}

struct Composer<'a> {
    case: &'a Case,
    citations: &'a Citations,
    answer: &'a Answer,
    request: &'a Request,
    sources: SourcesShown,
    arrangement: Arrangement,
    /// The number of lines that the arrangement cannot show.
    skipped: usize,
    shown: BTreeMap<Subject, Part>,
    parts: Vec<(Part, SceneNode)>,
    lines: BTreeMap<Line, Bundle>,
}

impl Composer<'_> {
    fn compose(mut self, graph: &EvidenceGraph, chosen: &Chosen, grouping: &Grouping) -> Scene {
        let groups = self.place_subjects(chosen, grouping);
        let struck = self.struck(graph);
        self.connect_questions();
        for (from, edge, to) in graph.edges().filter(|(_, edge, _)| draws(self.request.view, edge)) {
            self.connect(from, edge, to, &struck);
        }
        self.connect_struck(&struck);
        self.finish(groups)
    }

    /// Makes the nodes of subjects and piles. Returns the groups that are drawn as frames.
    fn place_subjects(&mut self, chosen: &Chosen, grouping: &Grouping) -> Vec<SceneGroup> {
        let sources = chosen.subjects.iter().filter_map(|subject| match subject {
            Subject::Node(Node::Actor(actor)) => Some(Source::Actor(*actor)),
            Subject::Node(Node::Document(document)) => Some(Source::Document(*document)),
            _ => None,
        });
        let mut sources: Vec<Source> = sources.collect();
        sources.sort();
        let citations = if self.sources == SourcesShown::Cited || self.arrangement == Arrangement::Table {
            citations(self.citations, &sources)
        } else {
            BTreeMap::new()
        };
        let nodes = Nodes { case: self.case, answer: self.answer, sources: self.sources, citations: &citations };
        let mut members: BTreeMap<&str, Vec<Subject>> = BTreeMap::new();
        for (&subject, title) in &grouping.groups {
            members.entry(title).or_default().push(subject);
        }
        members.retain(|_, subjects| subjects.len() > 1);
        let mut grouped: BTreeMap<Subject, usize> = BTreeMap::new();
        for (index, (title, subjects)) in members.iter().enumerate() {
            grouped.extend(subjects.iter().map(|&subject| (subject, index)));
            if grouping.collapsed {
                self.parts.push((Part::Pile(index), nodes.pile(title, subjects)));
            }
        }
        for &subject in &chosen.subjects {
            let group = grouped.get(&subject).copied();
            if let (Some(index), true) = (group, grouping.collapsed) {
                self.shown.insert(subject, Part::Pile(index));
            } else {
                self.shown.insert(subject, Part::Subject(subject));
                self.parts.push((Part::Subject(subject), SceneNode { group, ..nodes.node(subject) }));
            }
        }
        let framed = !grouping.collapsed;
        members.keys().filter(|_| framed).map(|title| SceneGroup { title: clean(title) }).collect()
    }

    fn part(&self, node: Node) -> Option<Part> {
        self.shown.get(&Subject::Node(node)).copied()
    }

    fn line(&mut self, from: Part, to: Part, sign: Sign, strength: Option<f64>) -> Option<&mut Bundle> {
        self.named_line((from, to, sign, None), strength)
    }

    /// Adds a line, unless both ends are in one pile.
    fn named_line(&mut self, line: Line, strength: Option<f64>) -> Option<&mut Bundle> {
        if line.0 == line.1 {
            return None;
        }
        let bundle = self.lines.entry(line).or_default();
        bundle.count += 1;
        bundle.strength = match (bundle.strength, strength) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        };
        Some(bundle)
    }

    fn connect_questions(&mut self) {
        let case = self.case;
        for (id, question) in case.questions.iter() {
            let Some(&from) = self.shown.get(&Subject::Question(id)) else { continue };
            let few = question.claims.len() <= FEW_CLAIMS;
            for &claim in question.claims.iter().filter(|&&claim| few || claim == question.headline) {
                let sign = if claim == question.headline { Sign::Headline } else { Sign::Asks };
                let shown =
                    self.part(Node::Statement(claim)).or_else(|| self.part(Node::Statement(case.canonical(claim))));
                if let Some(to) = shown {
                    self.line(from, to, sign, None);
                }
            }
        }
    }

    fn connect(&mut self, from: Node, edge: &Edge, to: Node, struck: &BTreeMap<(StatementId, usize), usize>) {
        let (Some(start), Some(end)) = (self.part(from), self.part(to)) else { return };
        if self.arrangement == Arrangement::Table && !is_cell(from, edge, to) {
            self.skipped += 1;
            return;
        }
        let weighed = |strength: &Probability| Some(strength.get());
        let (sign, strength) = match edge {
            Edge::Evidence { index, effect, strength } => {
                let Node::Statement(statement) = to else { return };
                if self.sources == SourcesShown::Cited && matches!(from, Node::Document(_) | Node::Actor(_)) {
                    return;
                }
                let end = struck.get(&(statement, *index)).map_or(end, |&junction| Part::Junction(junction));
                self.line(start, end, effect_sign(*effect), weighed(strength));
                return;
            }
            Edge::Undercuts { evidence, strength } => {
                if let (Some(index), Node::Statement(statement)) = (evidence, to)
                    && struck.contains_key(&(statement, *index))
                {
                    return;
                }
                (Sign::Undercuts, weighed(strength))
            }
            Edge::ReliedOn { evidence } => return self.connect_relied_on(start, to, *evidence),
            Edge::Related { statement, .. } => return self.connect_related(start, end, *statement),
            Edge::Concludes { effect, strength } => (effect_sign(*effect), weighed(strength)),
            Edge::Impeaches { strength } => (Sign::Impeaches, weighed(strength)),
            Edge::Given => (Sign::Premise, None),
            Edge::GivenRejected => (Sign::RejectedPremise, None),
            Edge::OriginOf => (Sign::Derives, None),
            Edge::Underlies => (Sign::RestsOn, None),
            Edge::Supersedes => (Sign::Supersedes, None),
            Edge::Entails => (Sign::Entails, None),
            Edge::Rivals => (Sign::Rivals, None),
            Edge::AllOfPart => (Sign::AllOf, None),
            Edge::AnyOfPart => (Sign::AnyOf, None),
            Edge::OneOfPart => (Sign::OneOf, None),
            Edge::SameAs => (Sign::SameAs, None),
            Edge::BearsOn { .. } => (Sign::MayBearOn, None),
            Edge::Issued => (Sign::Issued, None),
            Edge::Holds => (Sign::Holds, None),
            Edge::Mentions => (Sign::Mentions, None),
            Edge::PartOf => (Sign::MemberOf, None),
        };
        // Rivalry may be declared on either side or on both: it is one line.
        let (start, end) = if sign == Sign::Rivals && end < start { (end, start) } else { (start, end) };
        self.line(start, end, sign, strength);
    }

    /// Draws a line from an origin to the document of the link that relies on it.
    fn connect_relied_on(&mut self, origin: Part, to: Node, index: usize) {
        let Node::Statement(statement) = to else { return };
        let source = source_of_link(self.case, statement, index).and_then(|source| self.part(source.into()));
        if let Some(document) = source {
            self.line(origin, document, Sign::ReliesOn, None);
        }
    }

    fn connect_related(&mut self, from: Part, to: Part, statement: StatementId) {
        let citations = BTreeMap::new();
        let nodes =
            Nodes { case: self.case, answer: self.answer, sources: SourcesShown::Hidden, citations: &citations };
        let mark = nodes.mark(statement);
        let piled = matches!(from, Part::Pile(_)) || matches!(to, Part::Pile(_));
        let name = if piled { None } else { Some(statement) };
        let phrase = match &self.case.statements[statement].nature {
            crate::model::Nature::Relationship { kind, .. } => clean(kind.phrase()),
            crate::model::Nature::Claim { .. } => return,
        };
        if let Some(bundle) = self.named_line((from, to, Sign::Acted, name), None) {
            bundle.label = Some(if bundle.count > 1 { count(bundle.count, "relationship") } else { phrase });
            bundle.mark = if bundle.count > 1 { None } else { mark };
        }
    }

    /// The links that are undercut and whose source and statement are both drawn as nodes of their own.
    fn struck(&mut self, graph: &EvidenceGraph) -> BTreeMap<(StatementId, usize), usize> {
        let mut attacks: BTreeMap<(StatementId, usize), Vec<(Part, f64)>> = BTreeMap::new();
        for (from, edge, to) in graph.edges().filter(|(_, edge, _)| draws(self.request.view, edge)) {
            if let (Edge::Undercuts { evidence: Some(index), strength }, Node::Statement(statement)) = (edge, to)
                && let (Some(attacker), true) = (self.part(from), self.is_drawn_link(statement, *index))
            {
                attacks.entry((statement, *index)).or_default().push((attacker, strength.get()));
            }
        }
        let mut places: Vec<Struck> = Vec::new();
        let mut struck = BTreeMap::new();
        for ((statement, index), attacks) in attacks {
            let effect = self.case.statements[statement].evidence[index].effect;
            let place = Struck { statement, effect, attacks };
            // They stand in the order of their statements, and only those of one statement can be alike.
            let first = places.partition_point(|known| known.statement < statement);
            let alike = places[first..].iter().position(|known| *known == place).map(|at| first + at);
            let junction = alike.unwrap_or_else(|| {
                places.push(place);
                places.len() - 1
            });
            struck.insert((statement, index), junction);
        }
        for (index, place) in places.iter().enumerate() {
            self.parts.push((Part::Junction(index), self.junction(place, index)));
            for &(attacker, strength) in &place.attacks {
                self.line(attacker, Part::Junction(index), Sign::Undercuts, Some(strength));
            }
        }
        struck
    }

    fn is_drawn_link(&self, statement: StatementId, index: usize) -> bool {
        let itself = |node: Node| matches!(self.part(node), Some(Part::Subject(_)));
        let from = self.case.statements[statement].evidence[index].from;
        let cited = self.sources == SourcesShown::Cited && matches!(from, Premise::Source(_));
        if cited || self.arrangement == Arrangement::Table {
            return false;
        }
        itself(Node::Statement(statement)) && itself(from.into())
    }

    fn junction(&self, place: &Struck, index: usize) -> SceneNode {
        SceneNode {
            id: format!("{}/{}", self.case.statements[place.statement].key, index + 1),
            figure: Figure::Junction,
            kind: "link of evidence".to_owned(),
            heading: "link of evidence".to_owned(),
            citation: None,
            label: String::new(),
            mark: None,
            withheld: 0.0,
            facts: Vec::new(),
            group: None,
        }
    }

    /// Draws a line from each junction to its statement, as strong as the strongest link through it.
    fn connect_struck(&mut self, struck: &BTreeMap<(StatementId, usize), usize>) {
        for (&(statement, index), &junction) in struck {
            let link = &self.case.statements[statement].evidence[index];
            if let Some(end) = self.part(Node::Statement(statement)) {
                self.line(Part::Junction(junction), end, effect_sign(link.effect), Some(link.strength.get()));
            }
        }
    }

    fn finish(mut self, groups: Vec<SceneGroup>) -> Scene {
        let left_out = self.skipped_note().into_iter().collect();
        self.parts.sort_by_key(|(part, _)| *part);
        let index: BTreeMap<Part, usize> =
            self.parts.iter().enumerate().map(|(index, (part, _))| (*part, index)).collect();
        let edges = self.lines.into_iter().map(|((from, to, sign, _), bundle)| SceneEdge {
            from: index[&from],
            to: index[&to],
            sign,
            strength: bundle.strength,
            count: bundle.count,
            label: bundle.label,
            mark: bundle.mark,
        });
        let edges = edges.collect();
        Scene {
            title: clean(&self.case.title),
            subtitle: String::new(),
            direction: self.request.direction,
            arrangement: self.arrangement,
            nodes: self.parts.into_iter().map(|(_, node)| node).collect(),
            edges,
            groups,
            left_out,
        }
    }

    /// A note on the lines that a table cannot show.
    fn skipped_note(&self) -> Option<String> {
        let lines = count(self.skipped, "other line");
        let verb = if self.skipped == 1 { "is" } else { "are" };
        (self.skipped > 0).then(|| {
            format!("{lines} (undercuts, impeachments, links between statements) {verb} not in the table: --view all draws everything.")
        })
    }
}

/// Whether a table of statements and sources can show an edge.
fn is_cell(from: Node, edge: &Edge, to: Node) -> bool {
    let source = matches!(from, Node::Actor(_) | Node::Document(_));
    source && matches!(to, Node::Statement(_)) && matches!(edge, Edge::Evidence { .. } | Edge::BearsOn { .. })
}

fn effect_sign(effect: Effect) -> Sign {
    match effect {
        Effect::Supports => Sign::Supports,
        Effect::Opposes => Sign::Opposes,
    }
}

/// The view, the standard, and every change that the answers assume.
fn subtitle(judge: &Engine<'_>, request: &Request) -> String {
    let (case, scenario) = (judge.case(), judge.scenario());
    let mut words = vec![request.view.phrase().to_owned()];
    if let Some(focus) = request.focus {
        let hops = if focus.hops == 1 { "1 step".to_owned() } else { format!("{} steps", focus.hops) };
        words.push(format!("{hops} around {}", subject_key(case, focus.subject)));
    }
    let selected: Vec<String> = request.select.iter().map(ToString::to_string).collect();
    if !selected.is_empty() {
        words.push(format!("documents of {}", selected.join(" or ")));
    }
    words.push(format!("standard: {}", scenario.standard.unwrap_or(case.standard).phrase()));
    words.extend(as_of_phrase(judge));
    let off = match judge.method() {
        Method::World { off, .. } => off.as_slice(),
        _ => &[][..],
    };
    let sources = scenario.without.iter().chain(off).map(|&source| case.source_key(source).to_string());
    let steps = scenario.left_out.iter().map(|&id| case.inferences[id].key.to_string());
    let without: Vec<String> = sources.chain(steps).collect();
    if !without.is_empty() {
        words.push(format!("what if: without {}", joined(without)));
    }
    let only: Vec<String> = scenario.only.iter().map(ToString::to_string).collect();
    if !only.is_empty() {
        words.push(format!("what if: only {}", only.join(" or ")));
    }
    let set = |key: &crate::model::Key, number: Probability| format!("{key} at {number}");
    let sources = scenario.set_sources.iter().map(|&(source, number)| set(case.source_key(source), number));
    let steps = scenario.set_inferences.iter().map(|&(id, number)| set(&case.inferences[id].key, number));
    let changed: Vec<String> = sources.chain(steps).collect();
    if !changed.is_empty() {
        words.push(format!("what if: {}", joined(changed)));
    }
    clean(&words.join(" · "))
}

/// What is not drawn, and how to see it.
fn left_out(
    case: &Case,
    graph: &EvidenceGraph,
    request: &Request,
    chosen: &Chosen,
    grouping: &Grouping,
) -> Vec<String> {
    let mut sentences = Vec::new();
    match chosen.sources {
        SourcesShown::Counted => {
            sentences.push("Sources are counted in each box, not drawn: --view sources draws them.".to_owned());
        }
        SourcesShown::Cited => {
            sentences.push("Numbers in brackets are sources. --view sources draws a line for each.".to_owned());
        }
        SourcesShown::Linked | SourcesShown::Hidden => {}
    }
    if grouping.by_itself {
        sentences.push(format!(
            "More than {FEW_NODES} nodes: sections and kinds are drawn as one node each. To see more, ask for one --view, \
             for --focus ID, or for groups of your own with --cluster."
        ));
    }
    sentences.extend(undrawn(case, chosen));
    let drawn = |node: Node| chosen.subjects.contains(&Subject::Node(node));
    let mentions = graph.edges().filter(|(from, edge, to)| {
        request.view == View::All && matches!(edge, Edge::Mentions) && drawn(*from) && drawn(*to)
    });
    let mentions = mentions.count();
    if mentions > 0 {
        let which = if mentions == 1 {
            "place where somebody is spoken of is"
        } else {
            "places where somebody is spoken of are"
        };
        sentences.push(format!("{mentions} {which} not drawn."));
    }
    sentences
}

/// The number of things of each kind that the view leaves out.
fn undrawn(case: &Case, chosen: &Chosen) -> Option<String> {
    let drawn = |is: fn(&Subject) -> bool| chosen.subjects.iter().filter(|subject| is(subject)).count();
    let statements: BTreeSet<StatementId> = (chosen.subjects.iter())
        .filter_map(|subject| match subject {
            Subject::Node(Node::Statement(statement)) => Some(*statement),
            _ => None,
        })
        .collect();
    let missing = |claims: bool| {
        let of_sort = case.statements.iter().filter(|(_, statement)| statement.is_claim() == claims);
        of_sort.filter(|(id, _)| !statements.contains(id)).count()
    };
    let sorts = [
        (case.questions.len() - drawn(|s| matches!(s, Subject::Question(_))), "question"),
        (missing(true), "claim"),
        (missing(false), "relationship"),
        (case.inferences.len() - drawn(|s| matches!(s, Subject::Node(Node::Inference(_)))), "inference"),
        (case.documents.len() - drawn(|s| matches!(s, Subject::Node(Node::Document(_)))), "document"),
        (case.actors.len() - drawn(|s| matches!(s, Subject::Node(Node::Actor(_)))), "actor"),
    ];
    let sorts: Vec<String> =
        sorts.iter().filter(|(number, _)| *number > 0).map(|&(number, noun)| count(number, noun)).collect();
    (!sorts.is_empty()).then(|| format!("Not drawn: {}. --view all draws everything.", joined(sorts)))
}
