//! A program made ready for questions: simplified once, its loops taken apart, what may be undecided marked.

use std::sync::Arc;

use crate::logic::evaluate::Bound;
use crate::logic::simplify::{Events, Simplified, simplify};
use crate::logic::{Atom, AtomId, Component, Literal, Program, attainable, components};

use super::loops::{Knot, parts};

/// An atom in one of its readings. What is decided is read as certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Reading {
    pub(super) atom: AtomId,
    pub(super) bound: Bound,
}

/// A simplified program over events.
pub(super) struct Prepared {
    pub(super) program: Program,
    pub(super) events: Arc<Events>,
    attainable: Vec<bool>,
    undecided: Vec<bool>,
    /// Which loop an atom belongs to.
    knot_of: Vec<Option<u32>>,
    pub(super) knots: Vec<Knot>,
}

impl Prepared {
    /// Prepares what `atoms` depend on. Cost: a few passes over the program; each loop, two to the number of its
    /// inputs, which is limited.
    pub(super) fn new(program: &Program, atoms: &[AtomId], weights: &[f64]) -> Self {
        let written = components(program, atoms.iter().copied());
        let Simplified { program, components, events } = simplify(program, written, atoms, weights, &|_| false);
        let count = program.len();
        let attainable = if components.iter().any(|component| component.recursive) {
            attainable(&program, &vec![1.0; events.len()])
        } else {
            vec![true; count]
        };
        let mut prepared = Self {
            program,
            events: Arc::new(events),
            attainable,
            undecided: vec![false; count],
            knot_of: vec![None; count],
            knots: Vec::new(),
        };
        components.iter().for_each(|component| prepared.component(component));
        prepared
    }

    fn component(&mut self, component: &Component) {
        if !component.recursive {
            component.atoms.iter().for_each(|&atom| self.plain(atom));
            return;
        }
        for part in parts(self, component) {
            match part[..] {
                [atom] if !self.needs(atom, atom) => self.plain(atom),
                _ => self.knot(part),
            }
        }
    }

    fn plain(&mut self, atom: AtomId) {
        let undecided = self.bodies(atom).flatten().any(|&literal| self.may_be_undecided(literal));
        self.undecided[atom.index()] = undecided;
    }

    fn knot(&mut self, atoms: Vec<AtomId>) {
        let index = u32::try_from(self.knots.len()).expect("fewer than 4 billion loops");
        let knot = Knot::new(self, atoms);
        for (&atom, undecided) in knot.atoms.iter().zip(knot.undecided()) {
            self.knot_of[atom.index()] = Some(index);
            self.undecided[atom.index()] = undecided;
        }
        self.knots.push(knot);
    }

    /// The rules of an atom that can ever apply.
    pub(super) fn bodies(&self, atom: AtomId) -> impl Iterator<Item = &[Literal]> {
        let possible = |literal: &Literal| match literal {
            Literal::Atom(needed) => self.attainable[needed.index()],
            Literal::Variable(_) | Literal::Not(_) => true,
        };
        self.program.rules(atom).filter(move |body| body.iter().all(possible))
    }

    /// Whether a rule of an atom mentions another.
    pub(super) fn needs(&self, atom: AtomId, other: AtomId) -> bool {
        self.bodies(atom).flatten().any(|literal| match literal {
            Literal::Variable(_) => false,
            Literal::Atom(needed) | Literal::Not(needed) => *needed == other,
        })
    }

    /// Whether a literal, on something that is read already, may be neither so nor not so.
    pub(super) fn may_be_undecided(&self, literal: Literal) -> bool {
        match literal {
            Literal::Variable(_) => false,
            Literal::Atom(atom) => self.undecided[atom.index()],
            // An undecided attack silences: then it is not true that it is not in force.
            Literal::Not(atom) => self.undecided[atom.index()] && !self.program.atom(atom).is_attack(),
        }
    }

    /// The reading of an atom that a literal asks for, within a certain or a possible reading of its rule.
    pub(super) fn asked(&self, literal: Literal, bound: Bound) -> Option<(Reading, bool)> {
        let (atom, bound, on) = match literal {
            Literal::Variable(_) => return None,
            Literal::Atom(atom) => (atom, bound, true),
            Literal::Not(atom) if self.program.atom(atom).is_attack() => (atom, Bound::Possible, false),
            Literal::Not(atom) => (atom, bound.other(), false),
        };
        Some((self.reading(atom, bound), on))
    }

    /// An atom in a reading: the certain one for both, where the two are the same.
    pub(super) fn reading(&self, atom: AtomId, bound: Bound) -> Reading {
        Reading { atom, bound: if self.undecided[atom.index()] { bound } else { Bound::Certain } }
    }

    /// The loop that an atom is a part of.
    pub(super) fn knot_of(&self, atom: AtomId) -> Option<u32> {
        self.knot_of[atom.index()]
    }

    /// Whether two atoms are the case for and the case against one statement, in this order or the other.
    pub(super) fn are_two_sides(&self, one: AtomId, other: AtomId) -> bool {
        match (self.program.atom(one), self.program.atom(other)) {
            (Atom::CaseFor(one), Atom::CaseAgainst(other)) | (Atom::CaseAgainst(one), Atom::CaseFor(other)) => {
                one == other
            }
            _ => false,
        }
    }
}
