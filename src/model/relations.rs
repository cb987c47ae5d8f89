//! Entailment and rivalry between statements, each read from the fields of a case in one place.
//!
//! A relationship with `same_as` is its claim throughout: ask with [`Case::canonical`].

use std::collections::BTreeSet;

use super::digraph::Digraph;
use super::{Case, InferenceId, StatementId, TableId};

impl Case {
    /// The entailments that a statement's own entry declares, as pairs of the stronger and the weaker: it entails those
    /// in `entails` and the parts of `all_of`, and each part of `any_of` entails it.
    pub(crate) fn entailments_of(&self, id: StatementId) -> impl Iterator<Item = (StatementId, StatementId)> {
        let entry = &self.statements[id];
        let own = self.canonical(id);
        let weaker = entry.entails.iter().chain(&entry.all_of).map(move |&weaker| (own, self.canonical(weaker)));
        weaker.chain(entry.any_of.iter().map(move |&part| (self.canonical(part), own)))
    }

    /// Every entailment that is written, by one step, as pairs of the stronger and the weaker.
    pub(crate) fn entailments(&self) -> impl Iterator<Item = (StatementId, StatementId)> {
        self.statements.ids().flat_map(|id| self.entailments_of(id))
    }

    /// Every pair of rivals once, the earlier statement first, in order.
    pub(crate) fn rival_pairs(&self) -> BTreeSet<(StatementId, StatementId)> {
        let declared =
            self.statements.iter().flat_map(|(id, entry)| entry.rivals.iter().map(move |&rival| (id, rival)));
        let own = declared.map(|(one, other)| (self.canonical(one), self.canonical(other)));
        own.map(|(one, other)| (one.min(other), one.max(other))).collect()
    }
}

/// Which statements entail which, which compete and which inferences lead to them, indexed in every direction.
///
/// Built in one pass over the statements, and a sort of what they say.
#[derive(Debug, Clone)]
pub(crate) struct Relations {
    weaker: Digraph,
    stronger: Digraph,
    rivals: Digraph,
    /// By the statement that they lead to.
    inferences: Vec<Vec<InferenceId>>,
}

impl Relations {
    pub(crate) fn new(case: &Case) -> Self {
        let graph = |pairs: BTreeSet<(StatementId, StatementId)>| {
            let pairs: Vec<_> = pairs.into_iter().map(|(from, to)| (from.index(), to.index())).collect();
            Digraph::new(case.statements.len(), &pairs)
        };
        let mut inferences = vec![Vec::new(); case.statements.len()];
        for (id, inference) in case.inferences.iter() {
            inferences[case.canonical(inference.to).index()].push(id);
        }
        Self {
            weaker: graph(case.entailments().collect()),
            stronger: graph(case.entailments().map(|(stronger, weaker)| (weaker, stronger)).collect()),
            rivals: graph(case.rival_pairs().into_iter().flat_map(|(a, b)| [(a, b), (b, a)]).collect()),
            inferences,
        }
    }

    /// What a statement entails by one step, in order.
    pub(crate) fn entailed_by(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        next(&self.weaker, statement)
    }

    /// What entails a statement by one step, in order.
    pub(crate) fn entailing(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        next(&self.stronger, statement)
    }

    /// A statement and all that it entails, by any path. Cost: the entailments that are followed.
    pub(crate) fn with_entailed(&self, statement: StatementId) -> BTreeSet<StatementId> {
        closure(&self.weaker, statement)
    }

    /// A statement and all that entails it, by any path. Cost: the entailments that are followed.
    pub(crate) fn with_entailing(&self, statement: StatementId) -> BTreeSet<StatementId> {
        closure(&self.stronger, statement)
    }

    /// The rivals of a statement itself, declared on either side, in order.
    pub(crate) fn rivals(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        next(&self.rivals, statement)
    }

    /// Every statement with each of its rivals, in order: each pair both ways.
    pub(crate) fn rivalries(&self) -> impl Iterator<Item = (StatementId, StatementId)> + '_ {
        self.competing().flat_map(|one| self.rivals(one).map(move |other| (one, other)))
    }

    /// Every statement that has a rival, in order.
    pub(crate) fn competing(&self) -> impl Iterator<Item = StatementId> + '_ {
        let all = (0..self.rivals.nodes()).filter(|&statement| !self.rivals.successors(statement).is_empty());
        all.map(StatementId::from_index)
    }

    /// The inferences that lead to a statement, in order.
    pub(crate) fn inferences_to(&self, statement: StatementId) -> &[InferenceId] {
        &self.inferences[statement.index()]
    }

    /// The rivals of a statement and of all that it entails. Cost: the entailments and rivalries that are followed.
    pub(crate) fn competitors(&self, statement: StatementId) -> BTreeSet<StatementId> {
        self.with_entailed(statement).into_iter().flat_map(|weaker| self.rivals(weaker)).collect()
    }
}

fn next(graph: &Digraph, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
    graph.successors(statement.index()).iter().map(|&index| StatementId::from_index(index))
}

fn closure(graph: &Digraph, statement: StatementId) -> BTreeSet<StatementId> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![statement];
    while let Some(statement) = waiting.pop() {
        if found.insert(statement) {
            waiting.extend(next(graph, statement));
        }
    }
    found
}
