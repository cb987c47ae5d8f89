//! What two rival readings both draw on.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::{Engine, Result, Searched, sources_in_cases};
use crate::model::{Effect, Source, StatementId};

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

/// What a statement shares with each of its rivals, and with those of what it entails. Nothing where degrees are
/// estimates. It may be too complex though degrees are exact: where diagrams would grow past the budget.
///
/// A source occurs in a case for a statement where in some world the case is certain with the source and not without it.
/// Cost: for each source at most one step for each pair of nodes of a diagram.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn shared_ground(engine: &Engine<'_>, statement: StatementId) -> Result<Searched<Vec<SharedGround>>> {
    let statement = engine.case().canonical(statement);
    if engine.written(statement)?.is_none() {
        return Ok(Ok(Vec::new()));
    }
    let rivals = engine.rivals(statement);
    between(engine, statement, &rivals)
}

/// What a statement shares with one of its rivals, as [`shared_ground`] has it; nothing with what is no rival.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn shared_with(
    engine: &Engine<'_>,
    statement: StatementId,
    rival: StatementId,
) -> Result<Searched<Option<SharedGround>>> {
    let statement = engine.case().canonical(statement);
    if engine.written(statement)?.is_none() || !engine.rivals(statement).contains(&rival) {
        return Ok(Ok(None));
    }
    Ok(between(engine, statement, &BTreeSet::from([rival]))?.map(|mut found| found.pop()))
}

fn between(
    engine: &Engine<'_>,
    statement: StatementId,
    rivals: &BTreeSet<StatementId>,
) -> Result<Searched<Vec<SharedGround>>> {
    let sources = |statement| sources_in_cases(engine, statement, Effect::Supports);
    let own = sources(statement)?;
    let theirs = rivals.iter().map(|&rival| sources(rival)).collect::<Result<Vec<_>>>()?;
    let pair = |(&rival, theirs): (&StatementId, Searched<Arc<BTreeSet<Source>>>)| {
        let (own, theirs) = (own.as_ref().map_err(|&cause| cause)?, theirs?);
        let shared = own.intersection(&theirs).copied().collect();
        Ok(SharedGround { rival, shared, of: own.union(&theirs).count() })
    };
    Ok(rivals.iter().zip(theirs).map(pair).collect())
}
