//! How far decision diagrams may grow.

use thiserror::Error;

/// How much may be spent on exact degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Budget {
    /// The most steps that making diagrams may take for one question, and finding an order of the variables for them; no
    /// more nodes are made than that.
    pub steps: usize,
    /// The most multiplications of one elimination; 0 for none.
    pub elimination: u64,
    /// What may be spent on exact degrees, in steps, where sampling would do as well. Elimination has its share in
    /// proportion.
    pub before_sampling: usize,
}

/// So many steps are about a second of a processor. What is spent is counted in steps, not in seconds, so that a budget
/// gives the same answer on every machine.
const STEPS_A_SECOND: f64 = 4e6;

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 30_000_000, elimination: 30_000_000_000, before_sampling: 8_000_000 }
    }
}

impl Budget {
    /// The default, but for what may be spent before sampling: about so many seconds.
    pub fn seconds(seconds: f64) -> Self {
        Self { before_sampling: (seconds * STEPS_A_SECOND) as usize, ..Self::default() }
    }

    /// What may be spent before sampling, as a part of what it is by default.
    pub(crate) fn share_of_default(self) -> f64 {
        self.before_sampling as f64 / Self::default().before_sampling as f64
    }
}

/// Making the diagrams of a question takes more than the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("making its decision diagrams takes more than {} steps", budget.steps)]
pub struct TooLarge {
    /// How many uncertain numbers the question depends on.
    pub variables: usize,
    /// How many nodes had been made when the last try was given up.
    pub nodes: usize,
    /// The budget.
    pub budget: Budget,
}
