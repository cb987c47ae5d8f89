//! Verdicts: proof standards, settled or open, findings, and what a verdict rests on.
//!
//! [`Judge`] answers every question about one case. It compiles only what a question depends on, and
//! keeps what it has compiled for the next.

mod answer;
mod completion;
mod degrees;
mod eliminated;
mod estimate;
mod expectation;
mod explain;
mod finding;
mod judge;
mod lints;
mod losses;
mod models;
mod numbers;
mod one_sided;
mod precision;
mod relations;
mod scenario;
mod settle;
mod watch;
mod whatever;

pub use crate::logic::{Interval, Sampling};
pub use answer::{Answer, QuestionAnswer, StatementAnswer};
pub use completion::{Said, Search};
pub use degrees::{Assessment, Degrees, Detail, Details, Leaning, Precision, Verdict};
pub use expectation::{expectation_met, judge_diagnostics};
pub use explain::{
    Argument, Asked, AskedError, BestCase, Branch, Condition, Explanation, FurtherEvidence, Ground, Hindrance,
    Influence, LoadBearing, LoadBearingSet, Missing, MissingPremise, SharedGround, Standing, Unmet, Weighed,
    WeighedAttack, WhyNot, WithheldWord,
};
pub use finding::Finding;
pub use judge::{Judge, JudgeError, Method};
pub use scenario::Scenario;
pub use settle::{Reason, Settlement, Shortfall};
pub use watch::Watch;
pub use whatever::WhateverTheDependence;
