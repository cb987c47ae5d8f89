//! Which statements compete, which entail which, and which withheld passages there are.

use std::collections::{BTreeMap, BTreeSet};

use crate::logic::{Passage, rival_pairs};
use crate::model::{Case, DocumentId, InferenceId, Premise, Source, StatementId};

/// Rivalry and entailment between statements, aliases looked through.
#[derive(Debug, Clone)]
pub(super) struct Relations {
    rivals: BTreeMap<StatementId, BTreeSet<StatementId>>,
    weaker: BTreeMap<StatementId, BTreeSet<StatementId>>,
    stronger: BTreeMap<StatementId, BTreeSet<StatementId>>,
    /// Inferences by the statement that they lead to.
    steps: BTreeMap<StatementId, Vec<InferenceId>>,
}

impl Relations {
    /// Reads a case once.
    pub(super) fn new(case: &Case) -> Self {
        let mut rivals: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (one, other) in rival_pairs(case) {
            rivals.entry(one).or_default().insert(other);
            rivals.entry(other).or_default().insert(one);
        }
        let mut weaker: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (id, entry) in case.statements.iter() {
            let stronger = case.canonical(id);
            for &entailed in entry.entails.iter().chain(&entry.all_of) {
                weaker.entry(stronger).or_default().insert(case.canonical(entailed));
            }
            for &part in &entry.any_of {
                weaker.entry(case.canonical(part)).or_default().insert(stronger);
            }
        }
        let mut stronger: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (&strong, weaker) in &weaker {
            for &weak in weaker {
                stronger.entry(weak).or_default().insert(strong);
            }
        }
        let mut steps: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, step) in case.inferences.iter() {
            steps.entry(case.canonical(step.to)).or_default().push(id);
        }
        Self { rivals, weaker, stronger, steps }
    }

    /// The inferences that lead to a statement, in order.
    pub(super) fn steps_to(&self, statement: StatementId) -> impl Iterator<Item = InferenceId> + '_ {
        self.steps.get(&statement).into_iter().flatten().copied()
    }

    /// Every statement that has a rival.
    pub(super) fn competitors(&self) -> impl Iterator<Item = StatementId> + '_ {
        self.rivals.keys().copied()
    }

    /// Every pair of rivals, each way.
    pub(super) fn rival_rules(&self) -> impl Iterator<Item = (StatementId, StatementId)> + '_ {
        self.rivals.iter().flat_map(|(&from, rivals)| rivals.iter().map(move |&to| (from, to)))
    }

    /// The rivals of a statement itself.
    pub(super) fn direct_rivals(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        self.rivals.get(&statement).into_iter().flatten().copied()
    }

    /// What a statement entails by one step.
    pub(super) fn entailed_by(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        self.weaker.get(&statement).into_iter().flatten().copied()
    }

    /// What entails a statement by one step.
    pub(super) fn stronger_than(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        self.stronger.get(&statement).into_iter().flatten().copied()
    }

    /// A statement and all that it entails, by whatever path.
    pub(super) fn with_entailed(&self, statement: StatementId) -> BTreeSet<StatementId> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![statement];
        while let Some(next) = waiting.pop() {
            if found.insert(next) {
                waiting.extend(self.entailed_by(next));
            }
        }
        found
    }

    /// The rivals of a statement and of all that it entails.
    pub(super) fn rivals(&self, statement: StatementId) -> BTreeSet<StatementId> {
        let entailed = self.with_entailed(statement);
        entailed.iter().flat_map(|&weaker| self.direct_rivals(weaker)).collect()
    }
}

/// The withheld passages of a case, in the order of their documents and statements.
pub(super) fn passages(case: &Case, admits: impl Fn(DocumentId) -> bool) -> Vec<Passage> {
    let withheld: BTreeSet<DocumentId> = (case.documents.iter())
        .filter(|(id, document)| document.withheld.get() > 0.0 && admits(*id))
        .map(|(id, _)| id)
        .collect();
    let mut found = BTreeSet::new();
    for &document in &withheld {
        for &statement in case.documents[document].bears_on.iter().flatten() {
            found.insert(Passage { document, statement: case.canonical(statement) });
        }
    }
    for (id, entry) in case.statements.iter() {
        for link in &entry.evidence {
            if let Premise::Source(Source::Document(document)) = link.from
                && withheld.contains(&document)
                && case.documents[document].bears_on.is_none()
            {
                found.insert(Passage { document, statement: case.canonical(id) });
            }
        }
    }
    found.into_iter().collect()
}
