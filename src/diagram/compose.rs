//! Composes the scene: selects and groups nodes, and turns the edges of the case into those of the picture.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Answer, Engine};
use crate::logic::shared_steps;
use crate::model::{Case, Citations, Edge, Effect, EvidenceGraph, Node, Premise, Source, StatementId};
use crate::verdict::Detail;
use crate::words::count;

use super::absent::Absent;
use super::caption::{left_out, skipped, subtitle};
use super::choose::{FEW_LINES, choose, source_of_link};
use super::chosen::{Chosen, SourcesShown, draws};
use super::group::{Grouping, grouping};
use super::gsn;
use super::node::{Nodes, Steps, answer_on, citations};
use super::options::{Cluster, Notation, Request, Subject, View};
use super::overview::overview;
use super::scene::{Arrangement, Figure, Mark, Scene, SceneEdge, SceneGroup, SceneNode, Sign};
use super::scene_error::SceneError;
use super::section::heading;
use super::text::clean;

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
    if request.view == View::Overview && request.focus.is_none() {
        return overview(judge, answer, request);
    }
    let sections = judge.citations().sections.len();
    if matches!(request.view, View::Section(at) if at >= sections) {
        return Err(SceneError::NoSection { sections });
    }
    let chosen = choose(judge, &graph, request);
    if let Some(focus) = request.focus
        && (!chosen.subjects.contains(&focus.subject) || request.view == View::Overview)
    {
        return Err(SceneError::FocusOutside { id: focus.subject.key(case).to_string(), view });
    }
    if chosen.subjects.is_empty() {
        return Err(match request.view {
            View::Section(at) => SceneError::EmptySection { number: at + 1 },
            _ => SceneError::Nothing { view },
        });
    }
    let grouping = grouping(case, request, &chosen);
    let absent = Absent::new(judge);
    let left_out = left_out(case, &graph, request, (&chosen, &grouping), (judge.citations(), absent));
    let (shown, parts, lines) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let arrangement = arrangement(case, request, &chosen);
    let sources = chosen.sources;
    let citations = judge.citations();
    let (steps, skipped) = (shared_steps(case), 0);
    let composer = Composer {
        case,
        citations,
        answer,
        request,
        sources,
        arrangement,
        absent,
        steps,
        skipped,
        shown,
        parts,
        lines,
    };
    let mut scene = composer.compose(&graph, &chosen, &grouping);
    scene.subtitle = subtitle(judge, request);
    if let View::Section(at) = request.view {
        scene.title = heading(citations, at);
    }
    scene.left_out.extend(left_out);
    scene.folded = chosen.folded.len();
    let of_argument = matches!(request.view, View::Argument | View::All | View::Section(_));
    let in_gsn = request.notation == Notation::Gsn && of_argument;
    Ok(if in_gsn { gsn::in_gsn(scene, case, &graph) } else { scene })
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
    /// The ids of what strikes the evidence that a line stands for, in a table.
    struck_by: BTreeSet<String>,
    /// The steps of several links that these are of; none for one that is a step by itself.
    steps: BTreeSet<Option<usize>>,
    mark: Option<Mark>,
    /// The number of links that a what-if leaves out.
    absent: usize,
}

/// One of the links that a line stands for.
#[derive(Debug, Clone, Copy, Default)]
struct Link {
    strength: Option<f64>,
    /// Which step of several links it is of.
    step: Option<usize>,
    /// Whether a what-if leaves it out.
    absent: bool,
}

impl Struck {
    /// Whether another can share its junction.
    fn is_like(&self, other: &Self) -> bool {
        let alike = |one: &Self| (one.statement, one.effect, one.drawn);
        alike(self) == alike(other) && self.attacks == other.attacks
    }
}

impl Bundle {
    /// Adds a link. The strength is that of the strongest that plays a part, if any does.
    fn add(&mut self, link: Link) {
        let idle = self.absent == self.count;
        self.strength = match (self.strength, link.strength) {
            (known, new) if idle != link.absent => {
                if idle {
                    new
                } else {
                    known
                }
            }
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        };
        self.steps.insert(link.step);
        self.count += 1;
        self.absent += usize::from(link.absent);
    }
}

/// What strikes a link, how strongly, and whether a what-if leaves it out.
type Attack = (Part, f64, bool);

/// Evidence that is undercut by the same things in the same way: it shares one junction.
#[derive(Debug, Clone, PartialEq)]
struct Struck {
    statement: StatementId,
    effect: Effect,
    /// Whether a line comes from its source. Else the junction says whose link it is.
    drawn: bool,
    attacks: Vec<Attack>,
    /// Of the statement's links.
    indexes: Vec<usize>,
}

struct Composer<'a> {
    case: &'a Case,
    citations: &'a Citations,
    answer: &'a Answer,
    request: &'a Request,
    sources: SourcesShown,
    arrangement: Arrangement,
    absent: Absent<'a>,
    /// The links that are one step with others.
    steps: Steps,
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
        let citations = if matches!(self.request.view, View::Section(_)) {
            citations(self.citations, &self.citations.sources())
        } else if self.sources == SourcesShown::Cited || self.arrangement == Arrangement::Table {
            citations(self.citations, &sources)
        } else {
            BTreeMap::new()
        };
        let (case, answer, sources) = (self.case, self.answer, self.sources);
        let nodes = Nodes { case, answer, sources, citations: &citations, absent: self.absent, steps: &self.steps };
        let mut members: BTreeMap<&str, Vec<Subject>> = BTreeMap::new();
        for (&subject, title) in &grouping.groups {
            members.entry(title).or_default().push(subject);
        }
        // One node alone is no pile, and an origin alone no group; a section of one statement is a section.
        let origins = self.request.cluster == Some(Cluster::Origin);
        members.retain(|_, subjects| subjects.len() > 1 || !grouping.collapsed && !origins);
        let mut grouped: BTreeMap<Subject, usize> = BTreeMap::new();
        for (index, (title, subjects)) in members.iter().enumerate() {
            grouped.extend(subjects.iter().map(|&subject| (subject, index)));
            if grouping.collapsed {
                self.parts.push((Part::Pile(index), nodes.pile(title, subjects)));
            }
        }
        let mut folded: BTreeMap<Subject, Vec<Subject>> = BTreeMap::new();
        for (&subject, &host) in &chosen.folded {
            folded.entry(host).or_default().push(subject);
        }
        for &subject in &chosen.subjects {
            let group = grouped.get(&subject).copied();
            if let (Some(index), true) = (group, grouping.collapsed) {
                self.shown.insert(subject, Part::Pile(index));
            } else {
                self.shown.insert(subject, Part::Subject(subject));
                let mut node = SceneNode { group, ..nodes.node(subject) };
                node.facts.extend(folded.get(&subject).map(|members| Nodes::folded(members)));
                self.parts.push((Part::Subject(subject), node));
            }
        }
        let framed = !grouping.collapsed;
        members.keys().filter(|_| framed).map(|title| SceneGroup { title: clean(title) }).collect()
    }

    fn part(&self, node: Node) -> Option<Part> {
        self.shown.get(&Subject::Node(node)).copied()
    }

    fn line(&mut self, from: Part, to: Part, sign: Sign, link: Link) {
        self.named_line((from, to, sign, None), link);
    }

    /// Adds a line, unless both ends are in one pile.
    fn named_line(&mut self, line: Line, link: Link) -> Option<&mut Bundle> {
        if line.0 == line.1 {
            return None;
        }
        let bundle = self.lines.entry(line).or_default();
        bundle.add(link);
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
                    self.line(from, to, sign, Link::default());
                }
            }
        }
    }

    fn connect(&mut self, from: Node, edge: &Edge, to: Node, struck: &BTreeMap<(StatementId, usize), usize>) {
        if self.arrangement == Arrangement::Table && self.strike_cell(from, edge, to) {
            return;
        }
        let (Some(start), Some(end)) = (self.part(from), self.part(self.end_of(edge, to))) else { return };
        if self.arrangement == Arrangement::Table && !is_cell(from, edge, to) {
            self.skipped += 1;
            return;
        }
        let (sign, strength) = meaning(edge);
        let end = match (edge, to) {
            (Edge::Evidence { .. }, _) if self.is_cited(from) => return,
            (Edge::Evidence { index, .. }, Node::Statement(statement)) => {
                struck.get(&(statement, *index)).map_or(end, |&junction| Part::Junction(junction))
            }
            (Edge::Undercuts { evidence: Some(index), .. }, Node::Statement(statement))
                if struck.contains_key(&(statement, *index)) =>
            {
                return;
            }
            (Edge::Related { statement, .. }, _) => return self.connect_related(start, end, *statement),
            (Edge::OneOfPart, _) if self.remains(from, to) => {
                return self.line(start, end, Sign::Remains, Link::default());
            }
            _ => end,
        };
        // Rivalry may be declared on either side or on both: it is one line.
        let (start, end) = if sign == Sign::Rivals && end < start { (end, start) } else { (start, end) };
        let step = match (edge, to) {
            (Edge::Evidence { index, .. }, Node::Statement(statement)) if !matches!(end, Part::Junction(_)) => {
                self.step_of(statement, *index)
            }
            _ => None,
        };
        self.line(start, end, sign, Link { strength, step, absent: self.absent.edge(from, edge, to) });
    }

    /// Which of the steps of several links into a statement a link is of, if sources have lines: else the statement says it. Where it is struck, the line that goes on from there says so.
    fn step_of(&self, statement: StatementId, index: usize) -> Option<usize> {
        let is_linked = self.sources == SourcesShown::Linked;
        self.steps.get(&(statement, index)).copied().filter(|_| is_linked)
    }

    /// Draws an undercut of evidence in the cell of a table in which that evidence stands. Returns whether there is such a cell.
    fn strike_cell(&mut self, from: Node, edge: &Edge, to: Node) -> bool {
        let (Edge::Undercuts { evidence: Some(index), strength }, Node::Statement(statement)) = (edge, to) else {
            return false;
        };
        let Some(source) = source_of_link(self.case, statement, *index) else { return false };
        let (Some(start), Some(end)) = (self.part(source.into()), self.part(to)) else { return false };
        let by = Subject::Node(from).key(self.case).to_string();
        let link = Link { strength: Some(strength.get()), step: None, absent: self.absent.edge(from, edge, to) };
        if let Some(bundle) = self.named_line((start, end, Sign::Struck, None), link) {
            bundle.struck_by.insert(by);
        }
        true
    }

    /// Whether a part of what is exactly one of its parts is established by what is left: all others are out.
    fn remains(&self, part: Node, whole: Node) -> bool {
        let (Node::Statement(part), Node::Statement(whole)) = (part, whole) else { return false };
        let part = self.case.canonical(part);
        let others = self.case.statements[whole].one_of.iter().map(|&other| self.case.canonical(other));
        let mut others = others.filter(|&other| other != part).peekable();
        others.peek().is_some()
            && self.detail(part) == Some(Detail::Established)
            && others.all(|other| answer_on(self.answer, other).is_some_and(|answer| answer.assessment.out))
    }

    fn detail(&self, statement: StatementId) -> Option<Detail> {
        answer_on(self.answer, statement).map(|answer| answer.assessment.detail)
    }

    /// The node at which an edge ends in the picture: what relies on an origin in one link alone is the document of the link.
    fn end_of(&self, edge: &Edge, to: Node) -> Node {
        match (edge, to) {
            (Edge::ReliedOn { evidence }, Node::Statement(statement)) => {
                source_of_link(self.case, statement, *evidence).map_or(to, Node::from)
            }
            _ => to,
        }
    }

    /// Whether statements cite a source instead of having a line from it.
    fn is_cited(&self, from: Node) -> bool {
        self.sources == SourcesShown::Cited && matches!(from, Node::Document(_) | Node::Actor(_))
    }

    fn connect_related(&mut self, from: Part, to: Part, statement: StatementId) {
        let citations = BTreeMap::new();
        let (case, answer, sources) = (self.case, self.answer, SourcesShown::Hidden);
        let nodes = Nodes { case, answer, sources, citations: &citations, absent: self.absent, steps: &self.steps };
        let mark = nodes.mark(statement);
        let piled = matches!(from, Part::Pile(_)) || matches!(to, Part::Pile(_));
        let name = if piled { None } else { Some(statement) };
        let phrase = match &self.case.statements[statement].nature {
            crate::model::Nature::Relationship { kind, .. } => clean(kind.phrase()),
            crate::model::Nature::Claim { .. } => return,
        };
        if let Some(bundle) = self.named_line((from, to, Sign::Acted, name), Link::default()) {
            bundle.label = Some(if bundle.count > 1 { count(bundle.count, "relationship") } else { phrase });
            bundle.mark = if bundle.count > 1 { None } else { mark };
        }
    }

    /// The links that are undercut and whose statement is drawn as a node of its own, each with its junction.
    fn struck(&mut self, graph: &EvidenceGraph) -> BTreeMap<(StatementId, usize), usize> {
        let mut attacks: BTreeMap<(StatementId, usize), Vec<Attack>> = BTreeMap::new();
        for (from, edge, to) in graph.edges().filter(|(_, edge, _)| draws(self.request.view, edge)) {
            if let (Edge::Undercuts { evidence: Some(index), strength }, Node::Statement(statement)) = (edge, to)
                && let (Some(attacker), Some(Part::Subject(_))) = (self.part(from), self.part(to))
                && self.arrangement == Arrangement::Levels
            {
                let attack = (attacker, strength.get(), self.absent.edge(from, edge, to));
                attacks.entry((statement, *index)).or_default().push(attack);
            }
        }
        let mut places: Vec<Struck> = Vec::new();
        let mut struck = BTreeMap::new();
        for ((statement, index), attacks) in attacks {
            let link = &self.case.statements[statement].evidence[index];
            let from = Node::from(link.from);
            let drawn = self.part(from).is_some() && !self.is_cited(from);
            let place = Struck { statement, effect: link.effect, drawn, attacks, indexes: vec![index] };
            // They stand in the order of their statements, and only those of one statement can be alike.
            let first = places.partition_point(|known| known.statement < statement);
            let alike = places[first..].iter().position(|known| known.is_like(&place)).map(|at| first + at);
            let junction = match alike {
                Some(junction) => {
                    places[junction].indexes.push(index);
                    junction
                }
                None => {
                    places.push(place);
                    places.len() - 1
                }
            };
            struck.insert((statement, index), junction);
        }
        for (index, place) in places.iter().enumerate() {
            self.parts.push((Part::Junction(index), self.junction(place)));
            for &(attacker, strength, absent) in &place.attacks {
                let link = Link { strength: Some(strength), step: None, absent };
                self.line(attacker, Part::Junction(index), Sign::Undercuts, link);
            }
        }
        struck
    }

    fn junction(&self, place: &Struck) -> SceneNode {
        let key = &self.case.statements[place.statement].key;
        let first = place.indexes.first().map_or(0, |index| index + 1);
        SceneNode {
            id: format!("{key}/{first}"),
            figure: Figure::Junction,
            kind: "link of evidence".to_owned(),
            heading: "link of evidence".to_owned(),
            citation: None,
            label: if place.drawn { String::new() } else { self.whose(place) },
            mark: None,
            withheld: 0.0,
            facts: Vec::new(),
            group: None,
            assumed: false,
            absent: place.indexes.iter().all(|&index| self.is_absent_link(place.statement, index)),
        }
    }

    /// Whose links a junction stands for, where no line says so: their citations, or how many they are.
    fn whose(&self, place: &Struck) -> String {
        let links = place.indexes.iter().map(|&index| self.case.statements[place.statement].evidence[index].from);
        let from: BTreeSet<Premise> = links.collect();
        let sources: BTreeSet<Source> = from
            .iter()
            .filter_map(|from| match from {
                Premise::Source(source) => Some(*source),
                Premise::Statement(_) => None,
            })
            .collect();
        let statements = from.len() - sources.len();
        let cited = match self.sources {
            SourcesShown::Cited => sources.iter().filter_map(|&source| self.citations.source_number(source)).collect(),
            _ => Vec::new(),
        };
        let sources = match cited.as_slice() {
            [] => (!sources.is_empty()).then(|| count(sources.len(), "source")),
            cited => Some(cited.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().join(" ")),
        };
        let statements = (statements > 0).then(|| count(statements, "statement"));
        sources.into_iter().chain(statements).collect::<Vec<_>>().join(", ")
    }

    fn is_absent_link(&self, statement: StatementId, index: usize) -> bool {
        let from = self.case.statements[statement].evidence[index].from;
        matches!(from, Premise::Source(source) if self.absent.source(source))
    }

    /// Draws a line from each junction to its statement, as strong as the strongest link through it.
    fn connect_struck(&mut self, struck: &BTreeMap<(StatementId, usize), usize>) {
        for (&(statement, index), &junction) in struck {
            let link = &self.case.statements[statement].evidence[index];
            if let Some(end) = self.part(Node::Statement(statement)) {
                let absent = self.is_absent_link(statement, index);
                let step = self.step_of(statement, index);
                let one = Link { strength: Some(link.strength.get()), step, absent };
                self.line(Part::Junction(junction), end, effect_sign(link.effect), one);
            }
        }
    }

    fn finish(mut self, groups: Vec<SceneGroup>) -> Scene {
        let left_out = skipped(self.skipped).into_iter().collect();
        self.parts.sort_by_key(|(part, _)| *part);
        let index: BTreeMap<Part, usize> =
            self.parts.iter().enumerate().map(|(index, (part, _))| (*part, index)).collect();
        let edges = self.lines.into_iter().map(|((from, to, sign, _), bundle)| SceneEdge {
            from: index[&from],
            to: index[&to],
            sign,
            strength: bundle.strength,
            count: bundle.count,
            label: bundle.label.or_else(|| struck_by(&bundle.struck_by)),
            step: if bundle.steps.len() == 1 { bundle.steps.first().copied().flatten() } else { None },
            mark: bundle.mark,
            absent: bundle.absent == bundle.count,
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
            folded: 0,
        }
    }
}

fn struck_by(attackers: &BTreeSet<String>) -> Option<String> {
    let ids: Vec<&str> = attackers.iter().map(String::as_str).collect();
    (!ids.is_empty()).then(|| format!("undercut by {}", ids.join(", ")))
}

/// Whether a table of statements and sources can show an edge: in a cell, or at the head of a column that is impeached.
fn is_cell(from: Node, edge: &Edge, to: Node) -> bool {
    let source = matches!(from, Node::Actor(_) | Node::Document(_));
    match edge {
        Edge::Evidence { .. } | Edge::BearsOn { .. } => source && matches!(to, Node::Statement(_)),
        Edge::Impeaches { .. } => true,
        _ => false,
    }
}

/// The sign of an edge, and its strength if it has one.
fn meaning(edge: &Edge) -> (Sign, Option<f64>) {
    let sign = match edge {
        Edge::Evidence { effect, strength, .. } => return (effect_sign(*effect), Some(strength.get())),
        Edge::Concludes { effect, strength } => return (effect_sign(*effect), Some(strength.get())),
        Edge::Undercuts { strength, .. } => return (Sign::Undercuts, Some(strength.get())),
        Edge::Impeaches { strength } => return (Sign::Impeaches, Some(strength.get())),
        Edge::Given => Sign::Premise,
        Edge::GivenRejected => Sign::RejectedPremise,
        Edge::OriginOf => Sign::Derives,
        Edge::Underlies => Sign::RestsOn,
        Edge::ReliedOn { .. } => Sign::ReliesOn,
        Edge::Supersedes => Sign::Supersedes,
        Edge::Entails => Sign::Entails,
        Edge::Rivals => Sign::Rivals,
        Edge::AllOfPart => Sign::AllOf,
        Edge::AnyOfPart => Sign::AnyOf,
        Edge::OneOfPart => Sign::OneOf,
        Edge::SameAs => Sign::SameAs,
        Edge::BearsOn { .. } => Sign::MayBearOn,
        Edge::Issued => Sign::Issued,
        Edge::Holds => Sign::Holds,
        Edge::Mentions => Sign::Mentions,
        Edge::PartOf => Sign::MemberOf,
        Edge::Related { .. } => Sign::Acted,
    };
    (sign, None)
}

fn effect_sign(effect: Effect) -> Sign {
    match effect {
        Effect::Supports => Sign::Supports,
        Effect::Opposes => Sign::Opposes,
    }
}
