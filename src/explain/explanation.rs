//! Everything that explains one verdict.

use crate::engine::{Engine, Result, Searched, StatementAnswer, with_room};
use crate::model::{Effect, StatementId};

use super::argument::{Argument, argument};
use super::best_case::{BestCase, best_case};
use super::influence::{Influence, influence};
use super::load_bearing::{LoadBearing, load_bearing};
use super::missing::{Missing, missing};
use super::shared_ground::{SharedGround, shared_ground};

/// What a verdict rests on, and what would change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The verdict, and whether it is settled.
    pub answer: StatementAnswer,
    /// The argument for and against, down to the sources.
    pub argument: Argument,
    /// The most probable case for it, and against it.
    pub best: [Searched<Option<BestCase>>; 2],
    /// The statement without each source.
    pub influence: Vec<Influence>,
    /// The smallest sets of sources whose loss turns the verdict.
    pub load_bearing: LoadBearing,
    /// What it shares with its rivals.
    pub shared_ground: Searched<Vec<SharedGround>>,
    /// What would settle it; none if it is settled.
    pub missing: Option<Missing>,
}

/// Explains the verdict on a statement, with its argument `depth` levels down.
///
/// Cost: that of [`influence`], [`load_bearing`] and [`missing`] together.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn explain(engine: &Engine<'_>, statement: StatementId, depth: usize) -> Result<Explanation> {
    engine.or_sampled(|engine| {
        let engine = &with_room(engine, engine.case().canonical(statement))?;
        Ok(Explanation {
            answer: engine.answer_statement(statement, true)?,
            argument: argument(engine, statement, depth)?,
            best: [best_case(engine, statement, Effect::Supports)?, best_case(engine, statement, Effect::Opposes)?],
            influence: influence(engine, statement)?,
            load_bearing: load_bearing(engine, statement)?,
            shared_ground: shared_ground(engine, statement)?,
            missing: missing(engine, statement)?,
        })
    })
}
