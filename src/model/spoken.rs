//! Which statements anything speaks to, as far as that shows without any verdict.

use std::sync::OnceLock;

use super::{Case, Effect, Relations, StatementId, entailments};

/// What speaks to each statement: under itself, by inferences, and by what it is related to.
pub(crate) struct Spoken {
    /// Whether a statement has evidence, parts, or an inference that leads to it.
    directly: Vec<bool>,
    /// Whether evidence or an inference opposes it.
    opposed: Vec<bool>,
    /// Whether anything entails it.
    entailed: Vec<bool>,
    /// Whether something entails it that does not have it for a part.
    implied: Vec<bool>,
    /// Whether it may have a case against it. Made when it is first asked for: where everything has evidence, nobody asks.
    against: OnceLock<Vec<bool>>,
}

impl Spoken {
    /// Cost: linear in the size of the case.
    pub(crate) fn new(case: &Case) -> Self {
        let none = || vec![false; case.statements.len()];
        let mut spoken =
            Self { directly: none(), opposed: none(), entailed: none(), implied: none(), against: OnceLock::new() };
        for (id, statement) in case.statements.iter() {
            // What is written under a relationship with `same_as` counts for its claim; there is none, by another rule.
            spoken.directly[id.index()] |= statement.has_grounds();
            spoken.opposed[id.index()] |= statement.evidence.iter().any(|link| link.effect == Effect::Opposes);
            statement.entails.iter().for_each(|&weaker| spoken.implied[case.canonical(weaker).index()] = true);
        }
        for inference in case.inferences.values() {
            let to = case.canonical(inference.to).index();
            spoken.directly[to] = true;
            spoken.opposed[to] |= inference.effect == Effect::Opposes;
        }
        entailments(case).for_each(|(_, weaker)| spoken.entailed[weaker.index()] = true);
        spoken
    }

    /// Whether nothing at all speaks to a statement: no evidence, no inference, nothing that entails it, and no case
    /// against it by way of a rival or of what it entails.
    pub(crate) fn is_bare(&self, case: &Case, statement: StatementId) -> bool {
        !self.entailed[statement.index()] && self.is_open(case, statement)
    }

    /// The same, where it may be a part of something.
    pub(crate) fn is_open(&self, case: &Case, statement: StatementId) -> bool {
        let index = statement.index();
        !self.directly[index]
            && !self.implied[index]
            && !self.against.get_or_init(|| self.opposed_or_rivalled(case))[index]
    }

    /// What is opposed, or has a rival that something speaks for, and all that entails it.
    fn opposed_or_rivalled(&self, case: &Case) -> Vec<bool> {
        let relations = Relations::new(case);
        let speaks = |rival: StatementId| self.directly[rival.index()] || self.entailed[rival.index()];
        let starts = case.statements.ids().filter(|&id| self.opposed[id.index()] || relations.rivals(id).any(speaks));
        let (mut against, mut waiting) = (vec![false; case.statements.len()], starts.collect::<Vec<_>>());
        while let Some(statement) = waiting.pop() {
            if !std::mem::replace(&mut against[statement.index()], true) {
                waiting.extend(relations.entailing(statement));
            }
        }
        against
    }
}
