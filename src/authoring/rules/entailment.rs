//! What entails what: as written, and by the parts of `all_of` and `any_of`.

use crate::model::{Case, StatementId, TableId};

use super::reach::Reach;

/// Stronger statements with the weaker ones that they entail. A relationship with `same_as` is its claim.
#[derive(Debug)]
pub(super) struct Entailment {
    steps: Reach,
}

impl Entailment {
    /// Cost: linear in the size of the case.
    pub(super) fn new(case: &Case) -> Self {
        let steps = case.entailments().filter(|(stronger, weaker)| stronger != weaker);
        let steps = steps.map(|(stronger, weaker)| (stronger.index(), weaker.index()));
        Self { steps: Reach::new(case.statements.len(), steps) }
    }

    /// Of these pairs, those whose first entails the second, by whatever path.
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
    pub(super) fn rings(&self) -> Vec<Vec<StatementId>> {
        let rings = self.steps.rings().into_iter();
        rings.map(|ring| ring.into_iter().map(StatementId::from_index).collect()).collect()
    }
}
