//! What each source does to a verdict: the same case without it.

use crate::model::{Source, StatementId};

use super::super::degrees::{Degrees, Detail};
use super::super::judge::{Judge, JudgeError};

/// What a statement would be without one source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// The source.
    pub source: Source,
    /// The degrees without it.
    pub degrees: Degrees,
    /// The verdict without it.
    pub detail: Detail,
    /// How much (degree for, less degree against) falls by its loss, from -2 to 2.
    pub shift: f64,
}

/// Degrees that differ by less are those of a source that makes no difference.
const NOTHING: f64 = 1e-12;

impl Judge<'_> {
    /// What a statement would be without each of the sources that it depends on, those first whose loss turns
    /// the verdict, then by how much it shifts. Sources that make no difference are left out.
    ///
    /// Cost: two passes over the diagrams for all sources together; a source whose loss changes which reading
    /// is out, or that is an exhibit besides, is read by itself.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn influence(&mut self, statement: StatementId) -> Result<Vec<Influence>, JudgeError> {
        let statement = self.case.canonical(statement);
        let with = self.assess(statement)?;
        let sources = self.sources_of(statement);
        self.fill_losses(statement, &sources)?;
        let mut found = Vec::new();
        for source in sources {
            let (degrees, detail) = self.without(source, statement)?;
            let shift = degrees_lead(with.degrees) - degrees_lead(degrees);
            if !degrees.is_close(with.degrees, NOTHING) || detail != with.detail {
                found.push(Influence { source, degrees, detail, shift });
            }
        }
        let turns = |influence: &Influence| influence.detail.contests_merged() != with.detail.contests_merged();
        found.sort_by(|one, other| {
            (turns(other).cmp(&turns(one)))
                .then(rounded(other.shift).cmp(&rounded(one.shift)))
                .then(one.source.cmp(&other.source))
        });
        Ok(found)
    }

    /// The verdict on a statement with one source less.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn detail_without(&mut self, source: Source, statement: StatementId) -> Result<Detail, JudgeError> {
        let statement = self.case.canonical(statement);
        Ok(self.without(source, statement)?.1)
    }

    /// The degrees of a statement, and the verdict on it, with one source less.
    pub(in crate::verdict) fn without(
        &mut self,
        source: Source,
        statement: StatementId,
    ) -> Result<(Degrees, Detail), JudgeError> {
        let mut reading = self.loss(source);
        let degrees = self.degrees(&mut reading, statement);
        let detail = self.detail(&mut reading, statement);
        self.losses.insert(source, reading);
        Ok((degrees?, detail?))
    }
}

fn degrees_lead(degrees: Degrees) -> f64 {
    degrees.in_favour - degrees.against
}

/// Shifts that are equal but for rounding are in the order of the sources.
#[expect(clippy::cast_possible_truncation, reason = "at most 2 million million")]
fn rounded(shift: f64) -> i64 {
    (shift.abs() * 1e12).round() as i64
}
