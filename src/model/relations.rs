//! Entailment and rivalry between statements, each read from the fields of a case in one place.
//!
//! A relationship with `same_as` is its claim throughout: ask with [`Case::canonical`].

use std::collections::BTreeSet;

use super::digraph::Digraph;
use super::{Case, Effect, InferenceId, Premise, StatementId, TableId};

/// The entailments that a statement's own entry declares, as pairs of the stronger and the weaker: it entails those
/// in `entails` and the parts of `all_of`, and each part of `any_of` or `one_of` entails it.
pub(crate) fn entailments_of(case: &Case, id: StatementId) -> impl Iterator<Item = (StatementId, StatementId)> {
    let entry = &case.statements[id];
    let own = case.canonical(id);
    let weaker = entry.entails.iter().chain(&entry.all_of).map(move |&weaker| (own, case.canonical(weaker)));
    weaker.chain(entry.any_of.iter().chain(&entry.one_of).map(move |&part| (case.canonical(part), own)))
}

/// Every entailment that is written, by one step, as pairs of the stronger and the weaker.
pub(crate) fn entailments(case: &Case) -> impl Iterator<Item = (StatementId, StatementId)> {
    case.statements.ids().flat_map(|id| entailments_of(case, id))
}

/// Every pair of rivals once, the earlier statement first, in order: those that are declared, and the parts of a
/// `one_of`, of which only one can be so.
pub(crate) fn rival_pairs(case: &Case) -> BTreeSet<(StatementId, StatementId)> {
    let declared = case.statements.iter().flat_map(|(id, entry)| entry.rivals.iter().map(move |&rival| (id, rival)));
    let parts = case.statements.values().map(|entry| &*entry.one_of);
    let among = parts.flat_map(|parts| {
        (0..parts.len()).flat_map(move |one| parts[one + 1..].iter().map(move |&other| (parts[one], other)))
    });
    let own = declared.chain(among).map(|(one, other)| (case.canonical(one), case.canonical(other)));
    own.filter(|(one, other)| one != other).map(|(one, other)| (one.min(other), one.max(other))).collect()
}

/// The statements that something follows from, by their case for and by their case against.
fn leading(case: &Case) -> [Vec<bool>; 2] {
    let mut leading = [vec![false; case.statements.len()], vec![false; case.statements.len()]];
    let mut mark = |statement: StatementId, side: Effect| {
        leading[side as usize][case.canonical(statement).index()] = true;
    };
    for (stronger, weaker) in entailments(case) {
        mark(stronger, Effect::Supports);
        mark(weaker, Effect::Opposes);
    }
    for (id, entry) in case.statements.iter() {
        entry.all_of.iter().for_each(|&part| mark(part, Effect::Supports));
        entry.any_of.iter().chain(&entry.one_of).for_each(|&part| mark(part, Effect::Opposes));
        let from = entry.evidence.iter().map(|link| link.from);
        from.filter_map(Premise::statement).for_each(|statement| mark(statement, Effect::Supports));
        // By elimination the one part follows that is left.
        if !entry.one_of.is_empty() {
            mark(id, Effect::Supports);
        }
    }
    for inference in case.inferences.values() {
        inference.given.iter().filter_map(|given| given.statement()).for_each(|given| mark(given, Effect::Supports));
        inference.given_rejected.iter().for_each(|&rejected| mark(rejected, Effect::Opposes));
    }
    leading
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
    /// The statements that something follows from by their case for, and by their case against.
    leading: [Vec<bool>; 2],
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
            weaker: graph(entailments(case).collect()),
            stronger: graph(entailments(case).map(|(stronger, weaker)| (weaker, stronger)).collect()),
            rivals: graph(rival_pairs(case).into_iter().flat_map(|(a, b)| [(a, b), (b, a)]).collect()),
            inferences,
            leading: leading(case),
        }
    }

    /// What entails a statement by one step, in order.
    pub(crate) fn entailing(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        next(&self.stronger, statement)
    }

    /// What a statement entails by one step, in order.
    pub(crate) fn entailed(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        next(&self.weaker, statement)
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

    /// Whether anything follows from a statement on a side: as a premise, by entailment, as a part.
    pub(crate) fn leads(&self, statement: StatementId, side: Effect) -> bool {
        self.leading[side as usize][statement.index()]
    }

    /// Every statement whose case for bears on another where it is not out, in order: it has a rival, or entails
    /// something.
    pub(crate) fn leading_on(&self) -> impl Iterator<Item = StatementId> + '_ {
        let leads = |&statement: &usize| {
            !self.rivals.successors(statement).is_empty() || !self.weaker.successors(statement).is_empty()
        };
        (0..self.rivals.nodes()).filter(leads).map(StatementId::from_index)
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
