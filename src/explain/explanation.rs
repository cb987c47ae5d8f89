//! Everything that explains one verdict.

use crate::engine::{Engine, Result, Searched, StatementAnswer, unless_stopped, with_room};
use crate::model::{Effect, StatementId};

use super::argument::{Argument, argument};
use super::best_case::{BestCase, best_case};
use super::influence::{Influence, influence};
use super::load_bearing::{LoadBearing, load_bearing};
use super::missing::{Missing, missing};
use super::shared_ground::{SharedGround, shared_ground};

/// What a verdict rests on, and what would change it. Where the engine was asked to stop, what was not worked out by then
/// is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The verdict, and whether it is settled.
    pub answer: StatementAnswer,
    /// The argument for and against, down to the sources.
    pub argument: Argument,
    /// The most probable case for it, and against it.
    pub best: Option<[Searched<Option<BestCase>>; 2]>,
    /// The statement without each source.
    pub influence: Option<Vec<Influence>>,
    /// The smallest sets of sources whose loss turns the verdict.
    pub load_bearing: Option<LoadBearing>,
    /// What it shares with its rivals.
    pub shared_ground: Option<Searched<Vec<SharedGround>>>,
    /// What would settle it; none inside if it is settled.
    pub missing: Option<Option<Missing>>,
}

impl Explanation {
    /// The parts that were not worked out, by their names in JSON.
    pub fn left_out(&self) -> Vec<&'static str> {
        let parts = [
            (self.best.is_none(), "best_case"),
            (self.influence.is_none(), "influence"),
            (self.load_bearing.is_none(), "load_bearing"),
            (self.shared_ground.is_none(), "shared_ground"),
            (self.missing.is_none(), "missing"),
        ];
        parts.into_iter().filter(|(is_left_out, _)| *is_left_out).map(|(_, name)| name).collect()
    }
}

/// Explains the verdict on a statement, with its argument `depth` levels down.
///
/// Cost: that of [`influence`], [`load_bearing`] and [`missing`] together.
///
/// # Errors
///
/// As [`Engine::degrees`]; that it was asked to stop only where not even the argument was worked out.
pub fn explain(engine: &Engine<'_>, statement: StatementId, depth: usize) -> Result<Explanation> {
    engine.or_sampled(|engine| {
        let engine = &with_room(engine, engine.case().canonical(statement))?;
        let best =
            || Ok([best_case(engine, statement, Effect::Supports)?, best_case(engine, statement, Effect::Opposes)?]);
        Ok(Explanation {
            answer: engine.answer_statement(statement, true)?,
            argument: argument(engine, statement, depth)?,
            best: unless_stopped(best())?,
            influence: unless_stopped(influence(engine, statement))?,
            load_bearing: unless_stopped(load_bearing(engine, statement))?,
            shared_ground: unless_stopped(shared_ground(engine, statement))?,
            missing: unless_stopped(missing(engine, statement))?,
        })
    })
}
