//! A statement compiled by one engine or the other.

use std::ops::Deref;

use super::{CaseDiagrams, Elimination, Exact};

/// A statement compiled by one of the engines.
#[derive(Debug, Clone)]
pub enum Compiled {
    /// As decision diagrams: best where many numbers are shared by few statements, or in loops.
    Diagrams(CaseDiagrams),
    /// As an order in which everything else is eliminated: best where the treewidth is low, however large the case.
    Elimination(Box<Elimination>),
}

impl Deref for Compiled {
    type Target = dyn Exact;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Diagrams(diagrams) => diagrams,
            Self::Elimination(elimination) => &**elimination,
        }
    }
}
