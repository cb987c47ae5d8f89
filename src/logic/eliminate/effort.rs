//! How much an elimination may take, and the error when it would take more.

use thiserror::Error;

use crate::logic::Budget;

/// The most that one question may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Multiplications with an addition, each; a core does about a thousand million in a second.
    pub multiply_adds: f64,
    /// Memory for tables, in bytes; for questions that are answered side by side, of all together.
    pub bytes: f64,
    /// For the questions that elimination leaves to decision diagrams.
    pub diagrams: Budget,
}

impl Default for Effort {
    /// About a second, 4 GiB, and the usual diagrams.
    fn default() -> Self {
        Self { multiply_adds: 1e9, bytes: 4.0 * 1024.0 * 1024.0 * 1024.0, diagrams: Budget::default() }
    }
}

/// Elimination would take more than it may. Known before any table is made.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error(
    "elimination would take {multiply_adds:.1e} multiplications and {bytes:.1e} bytes: {width} things of \
     {variables} uncertain numbers have to be looked at together"
)]
pub struct TooWide {
    /// The predicted multiply-adds of one reading under the best order found. Infinite where not even an order was
    /// made.
    pub multiply_adds: f64,
    /// The predicted memory, in bytes.
    pub bytes: f64,
    /// The most on-or-off things that the largest table ranges over, or the inputs of a loop that is too wide.
    pub width: usize,
    /// How many uncertain numbers the question depends on.
    pub variables: usize,
}
