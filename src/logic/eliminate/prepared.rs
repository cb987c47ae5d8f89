//! A program made ready for questions: simplified once, its loops taken apart, what may be undecided marked.

use std::sync::Arc;

use crate::logic::events::Events;
use crate::logic::program::narrow;
use crate::logic::simplify::{Simplified, simplify};
use crate::logic::{Atom, AtomId, Component, Literal, Program, attainable, components};

use super::bounded::Bounds;
use super::loops::{Loop, parts};

/// A simplified program over events.
pub(super) struct Prepared {
    pub(super) bounds: Bounds,
    pub(super) events: Arc<Events>,
    /// The loop that an atom belongs to.
    loop_of: Vec<Option<u32>>,
    pub(super) loops: Vec<Loop>,
}

impl Prepared {
    /// Prepares what `atoms` depend on. Cost: a few passes over the program; each loop, two to the number of its
    /// inputs, which is limited.
    pub(super) fn new(program: &Program, atoms: &[AtomId], weights: &[f64]) -> Self {
        let written = components(program, atoms.iter().copied());
        let Simplified { mut program, components, events } = simplify(program, written, atoms, weights, &|_| false);
        if components.iter().any(|component| component.recursive) {
            program = program.without_rules_on(&attainable(&program, &vec![1.0; events.len()]));
        }
        let count = program.len();
        let mut prepared = Self {
            bounds: Bounds { program, undecided: vec![false; count] },
            events: Arc::new(events),
            loop_of: vec![None; count],
            loops: Vec::new(),
        };
        components.iter().for_each(|component| prepared.component(component));
        prepared
    }

    fn component(&mut self, component: &Component) {
        if !component.recursive {
            component.atoms.iter().for_each(|&atom| self.plain(atom));
            return;
        }
        for part in parts(&self.bounds, component) {
            match part[..] {
                [atom] if !self.needs_itself(atom) => self.plain(atom),
                _ => self.add_loop(part),
            }
        }
    }

    fn plain(&mut self, atom: AtomId) {
        let Bounds { program, .. } = &self.bounds;
        let undecided = program.literals(atom).iter().any(|&literal| self.bounds.may_be_undecided(literal));
        self.bounds.undecided[atom.index()] = undecided;
    }

    fn add_loop(&mut self, atoms: Vec<AtomId>) {
        let index = narrow(self.loops.len());
        let new = Loop::new(&self.bounds, atoms);
        for (&atom, undecided) in new.atoms.iter().zip(new.undecided()) {
            self.loop_of[atom.index()] = Some(index);
            self.bounds.undecided[atom.index()] = undecided;
        }
        self.loops.push(new);
    }

    fn needs_itself(&self, atom: AtomId) -> bool {
        self.bounds.program.literals(atom).iter().any(|literal| literal.atom() == Some(atom))
    }

    /// The rules of an atom.
    pub(super) fn rules(&self, atom: AtomId) -> impl ExactSizeIterator<Item = &[Literal]> {
        self.bounds.program.rules(atom)
    }

    /// The loop that an atom is a part of.
    pub(super) fn loop_of(&self, atom: AtomId) -> Option<u32> {
        self.loop_of[atom.index()]
    }

    /// Whether two atoms are the case for and the case against one statement, in this order or the other.
    pub(super) fn are_two_sides(&self, one: AtomId, other: AtomId) -> bool {
        let Bounds { program, .. } = &self.bounds;
        match (program.atom(one), program.atom(other)) {
            (Atom::CaseFor(one), Atom::CaseAgainst(other)) | (Atom::CaseAgainst(one), Atom::CaseFor(other)) => {
                one == other
            }
            _ => false,
        }
    }
}
