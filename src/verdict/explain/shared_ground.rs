//! What two rival readings both draw on.

use std::collections::BTreeSet;

use crate::model::{Effect, Source, StatementId};

use super::super::judge::{Judge, JudgeError};

/// The sources of two rivals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedGround {
    /// The rival, of the statement or of something that it entails.
    pub rival: StatementId,
    /// The sources that occur in some case for each of the two, documents first, in order.
    pub shared: Vec<Source>,
    /// How many sources occur in some case for either.
    pub of: usize,
}

impl SharedGround {
    /// The share of all their sources that both draw on, from 0 to 1; 0 where neither has any.
    #[expect(clippy::cast_precision_loss, reason = "far fewer sources than 2^52")]
    pub fn share(&self) -> f64 {
        if self.of == 0 { 0.0 } else { self.shared.len() as f64 / self.of as f64 }
    }
}

impl Judge<'_> {
    /// What a statement shares with each of its rivals, and with those of what it entails. Of one world
    /// nothing is told.
    ///
    /// A source occurs in a case for a statement where in some world the case is certain with the source and
    /// not without it. Cost: for each source at most one step for each pair of nodes of a diagram.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if decision diagrams grow past the budget.
    pub fn shared_ground(&mut self, statement: StatementId) -> Result<Vec<SharedGround>, JudgeError> {
        if !self.is_exact() {
            return Ok(Vec::new());
        }
        let statement = self.case.canonical(statement);
        let own = self.sources_in_cases_for(statement)?;
        let mut found = Vec::new();
        for &rival in self.rivals(statement).iter() {
            let theirs = self.sources_in_cases_for(rival)?;
            let shared = own.intersection(&theirs).copied().collect();
            found.push(SharedGround { rival, shared, of: own.union(&theirs).count() });
        }
        Ok(found)
    }

    /// The sources that occur in some case for a statement.
    fn sources_in_cases_for(&mut self, statement: StatementId) -> Result<BTreeSet<Source>, JudgeError> {
        let sources = self.sources_of(statement);
        let off: Vec<_> = sources.iter().map(|&source| self.variables_of(source)).collect();
        let diagrams = self.in_base(|judge, base| judge.written_diagrams(base, statement))?;
        let needed = diagrams.need(Effect::Supports, &off, &self.base.weights);
        Ok(sources.into_iter().zip(needed).filter(|(_, needed)| *needed).map(|(source, _)| source).collect())
    }
}
