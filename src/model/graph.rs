//! The case as a graph: nodes with typed edges, to be walked by checks, queries and diagrams.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashSet;

use super::digraph::Digraph;
use super::id::TableId;
use super::{
    ActorId, Attack, Case, DocumentId, Effect, InferenceId, Nature, Premise, Probability, RelationshipKind, Source,
    StatementId,
};

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An actor.
    Actor(ActorId),
    /// A document.
    Document(DocumentId),
    /// A claim or a relationship.
    Statement(StatementId),
    /// An inference.
    Inference(InferenceId),
}

/// How the two ends of an edge are related, in the direction in which evidence flows.
#[derive(Debug, Clone, PartialEq)]
pub enum Edge {
    /// Evidence: the `index`th link written under the target.
    Evidence {
        /// Its place in the target's list.
        index: usize,
        /// For or against.
        effect: Effect,
        /// The strength of the link.
        strength: Probability,
    },
    /// Premise of an inference.
    Given,
    /// Premise of an inference that has to be rejected.
    GivenRejected,
    /// From an inference to its conclusion.
    Concludes {
        /// For or against.
        effect: Effect,
        /// The strength of the step.
        strength: Probability,
    },
    /// Undercuts a step: an inference, or the `evidence`th link written under the target.
    Undercuts {
        /// The link that is undercut; none where the target is the inference itself.
        evidence: Option<usize>,
        /// The strength of the undercut.
        strength: Probability,
    },
    /// Impeaches a source.
    Impeaches {
        /// The strength of the impeachment.
        strength: Probability,
    },
    /// The target's account is taken from the start.
    OriginOf,
    /// The target needs the start, with all else that it rests on.
    Underlies,
    /// The target no longer holds where the start does.
    Supersedes,
    /// The target, a statement, rests on this origin in its `evidence`th link.
    ReliedOn {
        /// The link that relies on it.
        evidence: usize,
    },
    /// The start is stronger: if it holds, so does the target.
    Entails,
    /// Both cannot be true. Written once, from the side that says so.
    Rivals,
    /// The target is all of its parts; the start is one of them.
    AllOfPart,
    /// The target is any of its parts; the start is one of them.
    AnyOfPart,
    /// The target is exactly one of its parts; the start is one of them.
    OneOfPart,
    /// The relationship at the start takes the verdict of the target.
    SameAs,
    /// What is withheld of the document may speak to the target.
    BearsOn {
        /// The share that is withheld.
        withheld: Probability,
    },
    /// The actor issued the document.
    Issued,
    /// The start keeps the target in its collection.
    Holds,
    /// The start, a document or a claim, speaks of the target.
    Mentions,
    /// The actor at the start is a part of the target.
    PartOf,
    /// From one actor of a relationship to the other.
    Related {
        /// The relationship.
        statement: StatementId,
        /// What was done.
        kind: RelationshipKind,
    },
}

impl Edge {
    /// Whether what holds at the target can depend on what holds at the start, or the other way round
    /// where entailment and rivalry work in both directions.
    pub fn carries(&self) -> bool {
        !matches!(
            self,
            Self::Issued | Self::Holds | Self::Mentions | Self::PartOf | Self::Related { .. } | Self::BearsOn { .. }
        )
    }

    /// Whether it works in both directions.
    pub fn is_mutual(&self) -> bool {
        matches!(
            self,
            Self::Entails | Self::Rivals | Self::AllOfPart | Self::AnyOfPart | Self::OneOfPart | Self::SameAs
        )
    }
}

/// The case as a graph of nodes and typed edges.
///
/// Built in time and memory linear in the size of the case.
#[derive(Debug, Clone)]
pub struct EvidenceGraph {
    graph: DiGraph<Node, Edge>,
    /// How many nodes come before the documents, the statements and the inferences. Actors come first.
    before: [usize; 3],
}

impl EvidenceGraph {
    /// The graph of a case.
    pub fn new(case: &Case) -> Self {
        let documents = case.actors.len();
        let statements = documents + case.documents.len();
        let inferences = statements + case.statements.len();
        let size = inferences + case.inferences.len();
        let mut graph = Self { graph: DiGraph::with_capacity(size, size), before: [documents, statements, inferences] };
        let nodes = (case.actors.ids().map(Node::Actor))
            .chain(case.documents.ids().map(Node::Document))
            .chain(case.statements.ids().map(Node::Statement))
            .chain(case.inferences.ids().map(Node::Inference));
        for node in nodes {
            graph.graph.add_node(node);
        }
        graph.connect_sources(case);
        graph.connect_statements(case);
        graph.connect_inferences(case);
        graph
    }

    fn connect_sources(&mut self, case: &Case) {
        for (id, actor) in case.actors.iter() {
            self.connect_attacks(&actor.impeached_by, Node::Actor(id), |strength| Edge::Impeaches { strength });
            if let Some(whole) = actor.part_of {
                self.connect(Node::Actor(id), Node::Actor(whole), Edge::PartOf);
            }
        }
        for (id, document) in case.documents.iter() {
            let node = Node::Document(id);
            self.connect_attacks(&document.impeached_by, node, |strength| Edge::Impeaches { strength });
            for &origin in case.origins(Source::Document(id)) {
                self.connect(origin.into(), node, Edge::OriginOf);
            }
            for &needed in case.needs(Source::Document(id)) {
                self.connect(needed.into(), node, Edge::Underlies);
            }
            for &superseded in &document.supersedes {
                self.connect(node, Node::Document(superseded), Edge::Supersedes);
            }
            for &actor in &document.by {
                self.connect(Node::Actor(actor), node, Edge::Issued);
            }
            if let Some(collection) = document.collection {
                self.connect(collection.into(), node, Edge::Holds);
            }
            for &actor in &document.mentions {
                self.connect(node, Node::Actor(actor), Edge::Mentions);
            }
            for &statement in document.bears_on.iter().flatten() {
                self.connect(node, Node::Statement(statement), Edge::BearsOn { withheld: document.withheld });
            }
        }
    }

    fn connect_statements(&mut self, case: &Case) {
        for (id, statement) in case.statements.iter() {
            let node = Node::Statement(id);
            for (index, link) in statement.evidence.iter().enumerate() {
                let edge = Edge::Evidence { index, effect: link.effect, strength: link.strength };
                self.connect(link.from.into(), node, edge);
                for &origin in &link.relies_on {
                    self.connect(origin.into(), node, Edge::ReliedOn { evidence: index });
                }
                self.connect_attacks(&link.undercut_by, node, |strength| Edge::Undercuts {
                    evidence: Some(index),
                    strength,
                });
            }
            for &weaker in &statement.entails {
                self.connect(node, Node::Statement(weaker), Edge::Entails);
            }
            for &rival in &statement.rivals {
                self.connect(node, Node::Statement(rival), Edge::Rivals);
            }
            for &part in &statement.all_of {
                self.connect(Node::Statement(part), node, Edge::AllOfPart);
            }
            for &part in &statement.any_of {
                self.connect(Node::Statement(part), node, Edge::AnyOfPart);
            }
            for &part in &statement.one_of {
                self.connect(Node::Statement(part), node, Edge::OneOfPart);
            }
            if let Some(claim) = statement.same_as {
                self.connect(node, Node::Statement(claim), Edge::SameAs);
            }
            match &statement.nature {
                Nature::Claim { about, .. } => {
                    for &subject in about {
                        self.connect(node, subject.into(), Edge::Mentions);
                    }
                }
                Nature::Relationship { from, to, kind } => {
                    let edge = Edge::Related { statement: id, kind: kind.clone() };
                    self.connect(Node::Actor(*from), Node::Actor(*to), edge);
                }
            }
        }
    }

    fn connect_inferences(&mut self, case: &Case) {
        for (id, inference) in case.inferences.iter() {
            let node = Node::Inference(id);
            for &premise in &inference.given {
                self.connect(premise.into(), node, Edge::Given);
            }
            for &statement in &inference.given_rejected {
                self.connect(Node::Statement(statement), node, Edge::GivenRejected);
            }
            self.connect_attacks(&inference.undercut_by, node, |strength| Edge::Undercuts { evidence: None, strength });
            let edge = Edge::Concludes { effect: inference.effect, strength: inference.strength };
            self.connect(node, Node::Statement(inference.to), edge);
        }
    }

    fn connect_attacks(&mut self, attacks: &[Attack], target: Node, edge: impl Fn(Probability) -> Edge) {
        for attack in attacks {
            self.connect(attack.from.into(), target, edge(attack.strength));
        }
    }

    fn connect(&mut self, from: Node, to: Node, edge: Edge) {
        self.graph.add_edge(self.place(from), self.place(to), edge);
    }

    /// Where a node stands in the graph.
    fn place(&self, node: Node) -> NodeIndex {
        let [documents, statements, inferences] = self.before;
        let before = match node {
            Node::Actor(_) => 0,
            Node::Document(_) => documents,
            Node::Statement(_) => statements,
            Node::Inference(_) => inferences,
        };
        NodeIndex::new(before + node.index())
    }

    /// Every node: actors, documents, statements, inferences, each in the order of their keys.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.graph.node_weights().copied()
    }

    /// Every edge, with the node that it starts at and the node that it leads to.
    pub fn edges(&self) -> impl Iterator<Item = (Node, &Edge, Node)> + '_ {
        self.graph.edge_references().map(|edge| self.ends(edge))
    }

    /// The edges that start at a node.
    pub fn outgoing(&self, node: Node) -> impl Iterator<Item = (Node, &Edge, Node)> + '_ {
        self.graph.edges_directed(self.place(node), Direction::Outgoing).map(|edge| self.ends(edge))
    }

    /// The edges that lead to a node.
    pub fn incoming(&self, node: Node) -> impl Iterator<Item = (Node, &Edge, Node)> + '_ {
        self.graph.edges_directed(self.place(node), Direction::Incoming).map(|edge| self.ends(edge))
    }

    fn ends<'a>(&'a self, edge: petgraph::graph::EdgeReference<'a, Edge>) -> (Node, &'a Edge, Node) {
        (self.graph[edge.source()], edge.weight(), self.graph[edge.target()])
    }

    /// Every node that is reached from `start` over edges that `follow` allows, `start` among them, in
    /// the order of the nodes. Cost: the edges at the nodes that are found.
    pub fn reachable(&self, start: Node, follow: impl Fn(&Edge) -> bool) -> Vec<Node> {
        self.walk(start, |index, next| next.extend(self.beyond(index, Direction::Outgoing, &follow)))
    }

    /// Every node that what holds at `start` can depend on, `start` among them, in the order of the nodes.
    /// Entailment and rivalry are followed both ways. Cost: the edges at the nodes that are found.
    pub fn depends_on(&self, start: Node) -> Vec<Node> {
        self.walk_carrying(start, Direction::Incoming)
    }

    /// Every node for which what holds can depend on `start`, `start` among them, in the order of the nodes: the
    /// converse of [`EvidenceGraph::depends_on`]. Cost: the edges at the nodes that are found.
    pub fn dependents(&self, start: Node) -> Vec<Node> {
        self.walk_carrying(start, Direction::Outgoing)
    }

    /// The nodes that depend on each other, directly or through others, as numbered circles. Such nodes depend on the same.
    /// Cost: linear in the size of the case.
    pub(crate) fn circles(&self) -> BTreeMap<Node, usize> {
        let mut pairs = Vec::new();
        for edge in self.graph.edge_references().filter(|edge| edge.weight().carries()) {
            let (from, to) = (edge.source().index(), edge.target().index());
            pairs.push((from, to));
            if edge.weight().is_mutual() {
                pairs.push((to, from));
            }
        }
        let components = Digraph::new(self.graph.node_count(), &pairs).components().into_iter();
        let circles = components.filter(|nodes| nodes.len() > 1).enumerate();
        let numbered = circles.flat_map(|(number, nodes)| nodes.into_iter().map(move |node| (node, number)));
        numbered.map(|(node, number)| (self.graph[NodeIndex::new(node)], number)).collect()
    }

    /// For every source the statements for which what holds can depend on it, by the one whose verdict each has.
    ///
    /// Cost: what is found for all sources together, with the edges at it. A source comes after those that depend on it,
    /// and takes over what was found for them, so that a chain of copies is not walked again from each of its members.
    pub fn reach(&self) -> BTreeMap<Source, BTreeSet<StatementId>> {
        let mut reach: BTreeMap<Source, BTreeSet<StatementId>> = BTreeMap::new();
        for index in self.sources_copies_first() {
            let mut found = BTreeSet::new();
            self.walk(self.graph[index], |next, waiting| {
                match self.graph[next] {
                    Node::Statement(statement) => drop(found.insert(self.canonical(statement))),
                    node => {
                        if let Some(known) = node.source().and_then(|source| reach.get(&source)) {
                            found.extend(known);
                            return;
                        }
                    }
                }
                waiting.extend(self.beyond(next, Direction::Outgoing, Edge::carries));
                waiting.extend(self.beyond(next, Direction::Incoming, Edge::is_mutual));
            });
            reach.extend(self.graph[index].source().map(|source| (source, found)));
        }
        reach
    }

    /// Every source, those that depend on one before it wherever there is no circle.
    fn sources_copies_first(&self) -> Vec<NodeIndex> {
        let count = self.before[1];
        let copies = |index: NodeIndex| {
            self.beyond(index, Direction::Outgoing, Edge::carries).filter(move |next| next.index() < count)
        };
        let (mut seen, mut order) = (vec![false; count], Vec::with_capacity(count));
        for start in (0..count).map(NodeIndex::new) {
            let mut path = vec![(start, None)];
            while let Some((index, next)) = path.pop() {
                let mut next = match next {
                    None if std::mem::replace(&mut seen[index.index()], true) => continue,
                    None => copies(index).collect::<Vec<_>>(),
                    Some(next) => next,
                };
                match next.pop() {
                    Some(copy) => path.extend([(index, Some(next)), (copy, None)]),
                    None => order.push(index),
                }
            }
        }
        order
    }

    /// Walks the edges over which what holds at one end can depend on the other, mutual ones both ways.
    fn walk_carrying(&self, start: Node, direction: Direction) -> Vec<Node> {
        self.walk(start, |index, next| {
            next.extend(self.beyond(index, direction, Edge::carries));
            next.extend(self.beyond(index, direction.opposite(), Edge::is_mutual));
        })
    }

    /// The other ends of those edges at a node, in a direction, that `follow` allows.
    fn beyond(
        &self,
        index: NodeIndex,
        direction: Direction,
        follow: impl Fn(&Edge) -> bool,
    ) -> impl Iterator<Item = NodeIndex> {
        let edges = self.graph.edges_directed(index, direction).filter(move |edge| follow(edge.weight()));
        edges.map(move |edge| if direction == Direction::Outgoing { edge.target() } else { edge.source() })
    }

    /// Every node that is found from `start` when `follow` adds those next to one, in the order of the nodes.
    fn walk(&self, start: Node, mut follow: impl FnMut(NodeIndex, &mut Vec<NodeIndex>)) -> Vec<Node> {
        let mut seen: FxHashSet<NodeIndex> = FxHashSet::default();
        let mut waiting = vec![self.place(start)];
        while let Some(index) = waiting.pop() {
            if seen.insert(index) {
                follow(index, &mut waiting);
            }
        }
        let mut found: Vec<NodeIndex> = seen.into_iter().collect();
        found.sort_unstable();
        found.into_iter().map(|index| self.graph[index]).collect()
    }

    /// The statements that a source speaks to itself, with the side: it gives evidence on them, or is a premise of
    /// an inference to them. Statements that take another's verdict count as that other. Cost: the edges at the
    /// source.
    pub fn speaks_to(&self, source: Source) -> BTreeSet<(StatementId, Effect)> {
        let mut found = BTreeSet::new();
        for (_, edge, target) in self.outgoing(source.into()) {
            match (edge, target) {
                (Edge::Evidence { effect, .. }, Node::Statement(statement)) => {
                    found.insert((self.canonical(statement), *effect));
                }
                (Edge::Given, inference) => found.extend(self.conclusion(inference)),
                _ => {}
            }
        }
        found
    }

    /// What an inference concludes.
    fn conclusion(&self, inference: Node) -> Option<(StatementId, Effect)> {
        self.outgoing(inference).find_map(|edge| match edge {
            (_, Edge::Concludes { effect, .. }, Node::Statement(to)) => Some((self.canonical(to), *effect)),
            _ => None,
        })
    }

    /// The statement whose verdict a statement has.
    fn canonical(&self, statement: StatementId) -> StatementId {
        let same = self.outgoing(Node::Statement(statement)).find_map(|edge| match edge {
            (_, Edge::SameAs, Node::Statement(claim)) => Some(claim),
            _ => None,
        });
        same.unwrap_or(statement)
    }

    /// The documents that derive from a source, however indirectly, without itself. Cost: one pass over the graph.
    pub fn derived_from(&self, source: Source) -> BTreeSet<DocumentId> {
        let derived = self.reachable(source.into(), |edge| matches!(edge, Edge::OriginOf));
        let documents = derived.into_iter().filter_map(|node| match node {
            Node::Document(document) => Some(document),
            Node::Actor(_) | Node::Statement(_) | Node::Inference(_) => None,
        });
        documents.filter(|&document| Source::Document(document) != source).collect()
    }

    /// An actor and its parts, however far down. Cost: the actors that are found.
    pub fn parts_of(&self, actor: ActorId) -> BTreeSet<ActorId> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![actor];
        while let Some(whole) = waiting.pop() {
            if found.insert(whole) {
                let parts = self.incoming(Node::Actor(whole)).filter(|(_, edge, _)| matches!(edge, Edge::PartOf));
                waiting.extend(parts.filter_map(|(part, ..)| match part {
                    Node::Actor(part) => Some(part),
                    Node::Document(_) | Node::Statement(_) | Node::Inference(_) => None,
                }));
            }
        }
        found
    }
}

impl From<Source> for Node {
    fn from(source: Source) -> Self {
        match source {
            Source::Document(document) => Self::Document(document),
            Source::Actor(actor) => Self::Actor(actor),
        }
    }
}

impl From<Premise> for Node {
    fn from(premise: Premise) -> Self {
        match premise {
            Premise::Source(source) => source.into(),
            Premise::Statement(statement) => Self::Statement(statement),
        }
    }
}

impl Node {
    /// The place of the node's entry in its table.
    pub fn index(self) -> usize {
        match self {
            Self::Actor(id) => TableId::index(id),
            Self::Document(id) => TableId::index(id),
            Self::Statement(id) => TableId::index(id),
            Self::Inference(id) => TableId::index(id),
        }
    }

    /// The source that the node stands for, if it is one.
    pub fn source(self) -> Option<Source> {
        match self {
            Self::Actor(actor) => Some(Source::Actor(actor)),
            Self::Document(document) => Some(Source::Document(document)),
            Self::Statement(_) | Self::Inference(_) => None,
        }
    }
}
