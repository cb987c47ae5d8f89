//! What each source does to a verdict: the same case without it.

use crate::engine::{Engine, Result, losses};
use crate::model::{Source, StatementId};
use crate::verdict::{Degrees, Detail};

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

/// What a statement would be without each of the sources that it depends on (ablation), those first whose loss turns the
/// verdict, then by how much it shifts. Sources that make no difference are left out.
///
/// Cost: two passes over the diagrams for all sources together; a source whose loss changes which reading is out, or that
/// is an exhibit besides, is read by itself.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn influence(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Influence>> {
    engine.or_sampled(|engine| {
        let statement = engine.case().canonical(statement);
        let with = engine.assess(statement)?;
        let mut found = Vec::new();
        for (source, without) in losses(engine, statement)? {
            let degrees = engine.degrees(&without, statement)?;
            let detail = engine.detail(&without, statement)?;
            let shift = with.degrees.lead() - degrees.lead();
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
    })
}

/// Shifts that are equal but for rounding are in the order of the sources.
#[expect(clippy::cast_possible_truncation, reason = "at most 2 million million")]
fn rounded(shift: f64) -> i64 {
    (shift.abs() * 1e12).round() as i64
}
