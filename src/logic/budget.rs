//! How far decision diagrams may grow.

use thiserror::Error;

/// How much may be spent on exact degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The most nodes in one diagram.
    pub diagram: usize,
    /// The most nodes that may be read and made for one question, under one order of the variables.
    pub work: usize,
    /// The most multiplications of one elimination; 0 for none.
    pub elimination: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { diagram: 1_000_000, work: 12_000_000, elimination: 30_000_000_000 }
    }
}

impl Budget {
    /// Smaller budgets first, so that a good order is found before much is spent on a bad one. Many atoms
    /// together do not fit the smallest.
    pub(in crate::logic) fn steps(self, atoms: usize) -> impl Iterator<Item = Self> {
        const FEW: usize = 16;
        let parts: &[usize] = if atoms <= FEW { &[256, 4, 1] } else { &[4, 1] };
        parts.iter().map(move |&part| Self { diagram: self.diagram / part, work: self.work / part, ..self })
    }
}

/// The diagrams of a question grew past the budget, under every order of the variables that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("its decision diagrams grew past {} nodes in all, or {} in one", budget.work, budget.diagram)]
pub struct TooLarge {
    /// How many uncertain numbers the question depends on.
    pub variables: usize,
    /// How many nodes had been made when the last try was given up.
    pub nodes: usize,
    /// The budget.
    pub budget: Budget,
}
