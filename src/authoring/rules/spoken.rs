//! Which statements anything speaks to, as far as that shows without any verdict.

use std::sync::OnceLock;

use crate::model::{Case, Effect, Relations, StatementId};

use super::checked::Checked;

/// What speaks to each statement: under itself, by inferences, and by what it is related to.
pub(super) struct Spoken {
    /// Made when it is first asked for: where everything has evidence, nobody asks.
    relations: OnceLock<Relations>,
    /// Whether a statement has evidence, parts, or an inference that leads to it.
    directly: Vec<bool>,
    /// Whether evidence or an inference opposes it.
    opposed: Vec<bool>,
}

impl Spoken {
    /// Cost: linear in the size of the case.
    pub(super) fn new(checked: &Checked<'_>) -> Self {
        let case = checked.case;
        let none = vec![false; case.statements.len()];
        let mut spoken = Self { relations: OnceLock::new(), directly: none.clone(), opposed: none };
        for (id, statement) in checked.statements() {
            // What is written under a relationship with `same_as` counts for its claim; there is none, by another rule.
            spoken.directly[id.index()] |= statement.has_grounds();
            spoken.opposed[id.index()] |= statement.evidence.iter().any(|link| link.effect == Effect::Opposes);
        }
        for (_, inference) in checked.inferences() {
            let to = case.canonical(inference.to).index();
            spoken.directly[to] = true;
            spoken.opposed[to] |= inference.effect == Effect::Opposes;
        }
        spoken
    }

    /// Whether nothing speaks to a statement but what has it for a part: no evidence, no inference, nothing else that
    /// entails it, and no case against it by way of a rival or of what it entails. Cost: what it entails.
    pub(super) fn is_open(&self, case: &Case, statement: StatementId) -> bool {
        let is_whole =
            |other: StatementId| case.statements[other].all_of.iter().any(|&part| case.canonical(part) == statement);
        let relations = || self.relations(case);
        !self.directly[statement.index()]
            && relations().entailing(statement).all(is_whole)
            && !relations().with_entailed(statement).into_iter().any(|weaker| self.is_opposed(case, weaker))
    }

    /// Whether something entails a statement.
    pub(super) fn is_entailed(&self, case: &Case, statement: StatementId) -> bool {
        self.relations(case).entailing(statement).next().is_some()
    }

    fn is_opposed(&self, case: &Case, statement: StatementId) -> bool {
        let speaks = |rival: StatementId| self.directly[rival.index()] || self.is_entailed(case, rival);
        self.opposed[statement.index()] || self.relations(case).rivals(statement).any(speaks)
    }

    fn relations(&self, case: &Case) -> &Relations {
        self.relations.get_or_init(|| Relations::new(case))
    }
}
