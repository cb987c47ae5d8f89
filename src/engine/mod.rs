//! The engine: degrees and verdicts under hypotheses, compiled once and asked from anywhere.
//!
//! An [`Engine`] answers by `&self` and is `Send` and `Sync`. What is supposed is a value, a [`Hypothesis`], so that
//! nothing has to be undone after a what-if question.

mod answer;
mod bearing;
mod cache;
mod completion;
mod counts;
mod degrees;
mod dependence;
#[expect(clippy::module_inception, reason = "the file of the type that the module is about")]
mod engine;
mod estimate;
mod hypothesis;
mod loops;
mod losses;
mod method;
mod model;
mod numbers;
mod origins;
mod passages;
mod prepare;
mod reach;
mod scenario;
mod settle;
mod settle_sampled;
mod strategy;
mod vary;
mod watch;

pub use crate::logic::{Interval, Sampling};
pub use answer::{Answer, QuestionAnswer, StatementAnswer};
pub(crate) use completion::reach;
pub use counts::{CountedModel, Counts, MOST_WORLDS, WrongPlan, what_is_out};
pub(crate) use degrees::{Gradients, WrittenRules};
pub use dependence::WhateverTheDependence;
pub use engine::Engine;
pub(crate) use estimate::estimate;
pub use hypothesis::Hypothesis;
pub(crate) use losses::{fill, same_are_out};
pub(crate) use method::unless_stopped;
pub use method::{EngineError, MayBeTooLarge, Method, Result, Searched};
pub(crate) use origins::Origins;
pub(crate) use prepare::{with_room, with_room_for};
pub(crate) use reach::Reach;
pub use reach::Said;
pub use scenario::Scenario;
pub(crate) use settle::{losses, premises, sources_in_cases, stays};
pub use watch::Watch;
