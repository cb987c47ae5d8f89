//! How degrees are computed, and why there are none.

use thiserror::Error;

use crate::logic::{TooComplex, TooLarge};
use crate::model::{InferenceId, Key, Source};

/// How degrees are computed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Method {
    /// Exactly where that is not too much, else from sampled worlds.
    Auto,
    /// Exactly.
    #[default]
    Exact,
    /// From sampled worlds, with an interval for each degree.
    Sampled,
    /// As if the parts of every condition were independent of each other: fast, and exact where nothing is shared.
    Independent,
    /// As intervals that hold whatever the dependence between the sources.
    Bounds,
    /// In the single world in which everything holds except these sources, and these inferences.
    World {
        /// Sources that are off.
        off: Vec<Source>,
        /// Inferences that are off.
        off_inferences: Vec<InferenceId>,
    },
}

impl Method {
    /// Whether it works out all statements at once, and no exact probabilities.
    pub(crate) fn estimates(&self) -> bool {
        !matches!(self, Self::Exact | Self::Auto)
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EngineError {
    /// What a statement depends on hangs together too closely for the budget.
    #[error(
        "`{statement}` depends on {} uncertain numbers that hang together too closely for exact degrees: making its \
         decision diagrams takes more than {} steps, and to eliminate one variable after another takes more than {:e} \
         multiplications, or meets a loop with too many inputs",
        .cause.variables, .cause.budget.steps, .cause.budget.elimination as f64
    )]
    TooLarge {
        /// The statement.
        statement: Key,
        /// What was tried.
        cause: TooLarge,
    },
    /// The degrees of a statement are exact, but the rest of what was asked would take more than [`Method::Auto`] may spend.
    #[error("what was asked about `{statement}` takes more than the budget for exact degrees")]
    OverBudget {
        /// The statement.
        statement: Key,
    },
    /// The engine was asked to stop, by its [`Watch`](super::Watch).
    #[error("stopped before it was worked out")]
    Stopped,
}

impl EngineError {
    /// What its user can do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => {
                "ask for fewer statements at a time, leave sources out with --without or --only, or give certain \
                 steps the strength 1: each uncertain number that many statements share doubles the work at worst; \
                 --method sampled gives degrees with an interval at any size"
            }
            Self::OverBudget { .. } => "raise --budget, ask for fewer statements at a time, or take --method exact",
            Self::Stopped => "give it more time or memory, or ask for fewer statements at a time",
        }
    }
}

/// A part of an answer; none if the engine was asked to stop before it was worked out.
pub(crate) fn unless_stopped<T>(part: Result<T>) -> Result<Option<T>> {
    match part {
        Err(EngineError::Stopped) => Ok(None),
        part => part.map(Some),
    }
}

/// An answer of an engine.
pub type Result<T, E = EngineError> = std::result::Result<T, E>;

/// The answer to a question about something whose degrees are known, or why it is too complex for that.
pub type Searched<T> = std::result::Result<T, TooComplex>;

/// An error that may be that of an engine, so that [`Engine::or_sampled`](super::Engine::or_sampled) can tell.
pub trait MayBeTooLarge {
    /// Whether something was too large to be exact.
    fn is_too_large(&self) -> bool;
}

impl MayBeTooLarge for EngineError {
    fn is_too_large(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::OverBudget { .. })
    }
}
