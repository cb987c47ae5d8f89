//! A program read backwards: which atoms depend on one.

use crate::model::Digraph;

use super::{AtomId, Program};

/// For each atom of a program those whose rules mention it.
#[derive(Debug)]
pub struct Users(Digraph);

impl Users {
    /// Cost: linear in the size of the program.
    pub fn new(program: &Program) -> Self {
        let mentions = |head: AtomId| {
            let mentioned = program.literals(head).iter().filter_map(|literal| literal.atom());
            mentioned.map(move |atom| (atom.index(), head.index()))
        };
        let pairs: Vec<(usize, usize)> = program.atoms().flat_map(mentions).collect();
        Self(Digraph::new(program.len(), &pairs))
    }

    /// A walk over what depends on atoms, to be made from some after others.
    pub fn walk(&self) -> Walk<'_> {
        Walk { users: &self.0, seen: vec![false; self.0.nodes()] }
    }
}

/// Memory for walks.
#[derive(Debug)]
pub struct Walk<'u> {
    users: &'u Digraph,
    seen: Vec<bool>,
}

impl Walk<'_> {
    /// Some atoms and all that depend on them. Cost: linear in what is found, and what mentions it.
    pub fn from(&mut self, start: impl IntoIterator<Item = AtomId>) -> Vec<AtomId> {
        let mut found: Vec<AtomId> = Vec::new();
        let mut waiting: Vec<AtomId> = start.into_iter().collect();
        while let Some(atom) = waiting.pop() {
            if !std::mem::replace(&mut self.seen[atom.index()], true) {
                found.push(atom);
                waiting.extend(self.users.successors(atom.index()).iter().map(|&user| AtomId::from_index(user)));
            }
        }
        found.iter().for_each(|atom| self.seen[atom.index()] = false);
        found
    }
}
