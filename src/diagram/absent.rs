//! What a what-if leaves out of a case: it is drawn as left out, since the verdicts are those without it.

use crate::engine::{Engine, Method, Scenario};
use crate::logic::Step;
use crate::model::{Case, Edge, Node, Premise, Source};

/// What is in the case and plays no part in the answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Absent<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    /// The sources that do not hold in the one world that was asked for.
    off: &'a [Source],
}

impl<'a> Absent<'a> {
    pub(super) fn new(engine: &'a Engine<'_>) -> Self {
        let off = match engine.method() {
            Method::World { off, .. } => off.as_slice(),
            _ => &[],
        };
        Self { case: engine.case(), scenario: engine.scenario(), off }
    }

    /// Whether a source is no evidence: it does not hold, or may not speak.
    pub(super) fn source(&self, source: Source) -> bool {
        self.is_removed(source) || !self.scenario.speaks(Premise::Source(source))
    }

    /// Whether a node is drawn as left out. Statements always have a verdict, and an actor who may not speak still acts.
    pub(super) fn node(&self, node: Node) -> bool {
        match node {
            Node::Actor(actor) => self.is_removed(Source::Actor(actor)),
            _ => self.is_silent(node),
        }
    }

    /// Whether a line plays no part, since one of its ends does not. An origin counts whether or not it may speak.
    pub(super) fn edge(&self, from: Node, edge: &Edge, to: Node) -> bool {
        match edge {
            Edge::OriginOf | Edge::Underlies | Edge::ReliedOn { .. } | Edge::Issued | Edge::Holds | Edge::PartOf => {
                [from, to].into_iter().filter_map(Node::source).any(|source| self.is_removed(source))
            }
            Edge::Mentions | Edge::Related { .. } => false,
            _ => self.is_silent(from) || self.is_silent(to),
        }
    }

    fn is_silent(&self, node: Node) -> bool {
        match node {
            Node::Inference(inference) => self.scenario.removes(self.case, Step::Inference(inference)),
            _ => node.source().is_some_and(|source| self.source(source)),
        }
    }

    /// Whether a source does not hold at all, not even as an origin.
    fn is_removed(&self, source: Source) -> bool {
        self.scenario.strikes(self.case, source) || self.off.contains(&source)
    }
}
