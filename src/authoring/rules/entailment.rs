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
        let index = |statement| TableId::index(case.canonical(statement));
        let steps = case.statements.iter().flat_map(move |(id, statement)| {
            let weaker =
                statement.entails.iter().chain(&statement.all_of).map(move |&weaker| (index(id), index(weaker)));
            weaker.chain(statement.any_of.iter().map(move |&part| (index(part), index(id))))
        });
        Self { steps: Reach::new(case.statements.len(), steps.filter(|(stronger, weaker)| stronger != weaker)) }
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
