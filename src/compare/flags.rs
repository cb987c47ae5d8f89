//! What-if flags by the author's ids, so that they fit every version of a case.

use std::fmt;

use crate::engine::{Engine, Method, Sampling, Scenario};
use crate::logic::Budget;
use crate::model::{Case, InferenceId, Key, Period, Probability, Source, Standard};
use crate::selector::Selector;

use super::search::Limit;

/// One what-if flag.
#[derive(Debug, Clone, PartialEq)]
pub enum Flag {
    /// A source fails in every world, or an inference is left out.
    Without(Key),
    /// Only the selected documents are evidence themselves; several of these flags select their union.
    Only(Selector),
    /// Another reliability of a source, or strength of an inference, from 0 to 1.
    Set(Key, Probability),
    /// The standard that applies to all statements.
    Standard(Standard),
    /// Documents that became known after this date fail in every world.
    AsOf(Period),
    /// Evidence whose quotation was not found in a kept copy is left out.
    VerifiedQuotesOnly,
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Without(key) => write!(f, "--without {key}"),
            Self::Only(selector) => write!(f, "--only {selector}"),
            Self::Set(key, number) => write!(f, "--set {key}={number}"),
            Self::VerifiedQuotesOnly => f.write_str("--verified-quotes-only"),
            Self::Standard(standard) => write!(f, "--standard {}", standard.name().replace('_', "-")),
            Self::AsOf(date) => write!(f, "--as-of {date}"),
        }
    }
}

/// How a case is read: under which flags, and by which method.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// The flags. What one of them names and a version does not have changes nothing there.
    pub flags: Vec<Flag>,
    /// How degrees are computed.
    pub method: Method,
    /// What does not hold in the world of [`Method::World`], in place of what that names.
    pub off: Vec<Key>,
    /// How worlds are sampled, where they are. One seed for both versions: what they share is drawn alike.
    pub sampling: Sampling,
}

/// How much a comparison answers, and what it may spend.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether to find out what is settled.
    pub settle: bool,
    /// The most evaluations that finding causes may take.
    pub limit: Limit,
    /// The budget of every engine.
    pub budget: Budget,
}

impl Terms {
    /// The engine of a case on these terms.
    pub fn engine<'c>(&self, case: &'c Case, budget: Budget) -> Engine<'c> {
        Engine::with_method(case, self.scenario(case), self.method(case), budget).sampling(self.sampling)
    }

    /// The flags as a scenario of a case.
    pub fn scenario(&self, case: &Case) -> Scenario {
        let mut scenario = Scenario::default();
        for flag in &self.flags {
            match flag {
                Flag::Without(key) => match named(case, key) {
                    Some(Named::Source(source)) => scenario.without.push(source),
                    Some(Named::Inference(inference)) => scenario.left_out.push(inference),
                    None => {}
                },
                Flag::Set(key, number) => match named(case, key) {
                    Some(Named::Source(source)) => scenario.set_sources.push((source, *number)),
                    Some(Named::Inference(inference)) => scenario.set_inferences.push((inference, *number)),
                    None => {}
                },
                Flag::Only(selector) => scenario.only.push(selector.in_version(case)),
                Flag::Standard(standard) => scenario.standard = Some(*standard),
                Flag::AsOf(date) => scenario.as_of = Some(date.clone()),
                Flag::VerifiedQuotesOnly => scenario.unverified = Some(Scenario::unverified_of(case)),
            }
        }
        scenario
    }

    fn method(&self, case: &Case) -> Method {
        let Method::World { .. } = self.method else { return self.method.clone() };
        let (mut off, mut off_inferences) = (Vec::new(), Vec::new());
        for key in &self.off {
            match named(case, key) {
                Some(Named::Source(source)) => off.push(source),
                Some(Named::Inference(inference)) => off_inferences.push(inference),
                None => {}
            }
        }
        Method::World { off, off_inferences }
    }

    /// Whether it matters what became of quotations.
    pub(super) fn verifies(&self) -> bool {
        self.flags.contains(&Flag::VerifiedQuotesOnly)
    }

    /// Whether documents are selected, by a selector or by when they became known.
    pub(super) fn selects(&self) -> bool {
        self.flags.iter().any(|flag| matches!(flag, Flag::Only(_) | Flag::AsOf(_)))
    }
}

/// What a flag can name.
pub(super) enum Named {
    Source(Source),
    Inference(InferenceId),
}

pub(super) fn named(case: &Case, key: &Key) -> Option<Named> {
    let source = case.source(key.as_str()).map(Named::Source);
    source.or_else(|| case.inference(key.as_str()).map(Named::Inference))
}
