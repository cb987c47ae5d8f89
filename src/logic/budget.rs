//! How far decision diagrams may grow.

use thiserror::Error;

/// How much may be spent on exact degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The most steps that making diagrams may take for one question, and finding an order of the variables for them; no
    /// more nodes are made than that.
    pub steps: usize,
    /// The most multiplications of one elimination; 0 for none.
    pub elimination: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 30_000_000, elimination: 30_000_000_000 }
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
