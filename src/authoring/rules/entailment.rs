//! Which statements entail which, for many pairs at once.

use crate::model::{Case, StatementId, TableId, entailments};

use super::reach::Reach;

/// Stronger statements with the weaker ones that they entail. A relationship with `same_as` is its claim.
#[derive(Debug)]
pub(super) struct Entailment {
    steps: Reach,
}

impl Entailment {
    /// Cost: linear in the size of the case.
    pub(super) fn new(case: &Case) -> Self {
        let steps = entailments(case).filter(|(stronger, weaker)| stronger != weaker);
        let steps = steps.map(|(stronger, weaker)| (stronger.index(), weaker.index()));
        Self { steps: Reach::new(case.statements.len(), steps) }
    }

    /// Of these pairs, those whose first entails the second, by any path.
    pub(super) fn entailed(
        &self,
        case: &Case,
        pairs: impl Iterator<Item = (StatementId, StatementId)>,
    ) -> Vec<(StatementId, StatementId)> {
        let pairs = pairs.map(|(a, b)| (case.canonical(a).index(), case.canonical(b).index()));
        let reached = self.steps.reached(&pairs.collect::<Vec<_>>());
        reached.into_iter().map(|(a, b)| (StatementId::from_index(a), StatementId::from_index(b))).collect()
    }

    /// The groups of statements that entail each other.
    pub(super) fn loops(&self) -> Vec<Vec<StatementId>> {
        let loops = self.steps.loops().into_iter();
        loops.map(|members| members.into_iter().map(StatementId::from_index).collect()).collect()
    }
}
