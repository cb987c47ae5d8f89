//! Which of its two bounds a condition asks of an atom: when it is certain, or when it is possible.

use crate::logic::evaluate::Bound;
use crate::logic::{AtomId, Literal, Program};

/// An atom at one of its bounds: the certain one where the two are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Bounded {
    pub(super) atom: AtomId,
    pub(super) bound: Bound,
}

/// A program, and which of its atoms may be undecided in some world.
pub(super) struct Bounds {
    pub(super) program: Program,
    pub(super) undecided: Vec<bool>,
}

impl Bounds {
    /// Whether a literal, on an atom that has been dealt with, may be undecided.
    pub(super) fn may_be_undecided(&self, literal: Literal) -> bool {
        match literal {
            Literal::Variable(_) => false,
            Literal::Atom(atom) => self.undecided[atom.index()],
            // An undecided attack silences: then it is not true that it is not in force.
            Literal::Not(atom) => self.undecided[atom.index()] && !self.program.atom(atom).is_attack(),
        }
    }

    /// What a literal asks for, within a certain or a possible rule, and whether it is to hold or not.
    pub(super) fn asked(&self, literal: Literal, bound: Bound) -> Option<(Bounded, bool)> {
        let (atom, bound, on) = match literal {
            Literal::Variable(_) => return None,
            Literal::Atom(atom) => (atom, bound, true),
            Literal::Not(atom) if self.program.atom(atom).is_attack() => (atom, Bound::Possible, false),
            Literal::Not(atom) => (atom, bound.other(), false),
        };
        Some((self.bounded(atom, bound), on))
    }

    /// An atom at a bound.
    pub(super) fn bounded(&self, atom: AtomId, bound: Bound) -> Bounded {
        Bounded { atom, bound: if self.undecided[atom.index()] { bound } else { Bound::Certain } }
    }
}
