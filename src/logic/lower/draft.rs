//! The part of a program that some statements depend on, as rows in the order in which it is found.
//!
//! Two things are shortened on the way, and no value changes in any world. A step that
//! makes a case is written into the row of that case: nothing else asks whether it is applicable. And *accepted* (a case
//! for, none against) and *rejected* become values of their own, evaluated once a statement and not once for each step
//! that rests on it.

use super::code::Code;
use crate::logic::program::narrow;
use crate::logic::{Atom, AtomId, Literal, Program};

/// Nodes with their rules in compressed rows. A node is an atom of the program, or says that a statement is
/// accepted or rejected.
pub(super) struct Draft {
    /// Conditions of node `n`: `first[n]..first[n + 1]`.
    pub(super) first: Vec<u32>,
    pub(super) codes: Vec<Code>,
    /// What each node is: the index of an atom, or one of those that [`Found`] numbers after them.
    pub(super) origin: Vec<u32>,
    /// The node of each target.
    pub(super) targets: Vec<u32>,
    /// How many atoms the program has.
    atoms: usize,
}

impl Draft {
    /// Follows the rules from `targets`. Unless `shortened`, they stay as they are written.
    pub(super) fn new(program: &Program, targets: impl IntoIterator<Item = AtomId>, shortened: bool) -> Self {
        Found::new(program, shortened).draft(targets)
    }

    /// These atoms, in this order, with their rules as they are written.
    pub(super) fn of_atoms(
        program: &Program,
        atoms: impl IntoIterator<Item = AtomId>,
        targets: impl IntoIterator<Item = AtomId>,
    ) -> Self {
        let mut found = Found::new(program, false);
        for atom in atoms {
            found.node(atom.index());
        }
        found.draft(targets)
    }

    pub(super) fn len(&self) -> usize {
        self.origin.len()
    }

    pub(super) fn codes(&self, node: usize) -> &[Code] {
        &self.codes[self.first[node] as usize..self.first[node + 1] as usize]
    }

    /// The atom that a node is, unless it says that a statement is accepted or rejected.
    pub(super) fn atom(&self, program: &Program, node: usize) -> Option<Atom> {
        let origin = self.origin[node];
        ((origin as usize) < self.atoms).then(|| program.atom(AtomId(origin)))
    }

    /// Where a node stands among those of its level: with its statement.
    pub(super) fn place(&self, node: usize) -> u32 {
        let origin = self.origin[node];
        origin.checked_sub(narrow(self.atoms)).unwrap_or(origin)
    }
}

struct Found<'p> {
    program: &'p Program,
    shortened: bool,
    /// Atoms that speak of statements; they come first, two for each.
    sides: usize,
    /// The node of each origin that has one. Accepted and rejected are numbered after the atoms, like the
    /// case for and the case against.
    node_of: Vec<u32>,
    origin: Vec<u32>,
    first: Vec<u32>,
    codes: Vec<Code>,
}

const NO_NODE: u32 = u32::MAX;

impl<'p> Found<'p> {
    fn new(program: &'p Program, shortened: bool) -> Self {
        let is_side = |&atom: &AtomId| matches!(program.atom(atom), Atom::CaseFor(_) | Atom::CaseAgainst(_));
        let sides = program.atoms().take_while(is_side).count();
        assert!(program.len() + sides < NO_NODE as usize, "fewer than 4 billion atoms");
        let node_of = vec![NO_NODE; program.len() + sides];
        Self { program, shortened, sides, node_of, origin: Vec::new(), first: vec![0], codes: Vec::new() }
    }

    /// Everything that is found from the targets, or was before.
    fn draft(mut self, targets: impl IntoIterator<Item = AtomId>) -> Draft {
        let targets = targets.into_iter().map(|target| self.node(target.index())).collect();
        let mut next = 0;
        while let Some(&origin) = self.origin.get(next) {
            self.rules_of(origin as usize);
            self.first.push(narrow(self.codes.len()));
            next += 1;
        }
        Draft { first: self.first, codes: self.codes, origin: self.origin, targets, atoms: self.program.len() }
    }

    fn node(&mut self, origin: usize) -> u32 {
        if self.node_of[origin] == NO_NODE {
            self.node_of[origin] = narrow(self.origin.len());
            self.origin.push(narrow(origin));
        }
        self.node_of[origin]
    }

    fn rules_of(&mut self, origin: usize) {
        let program = self.program;
        let Some(side) = origin.checked_sub(program.len()) else {
            for body in program.rules(AtomId(narrow(origin))) {
                self.rule_or_step(body);
            }
            return;
        };
        let (so, not) = (self.node(side), self.node(side ^ 1));
        self.codes.extend([Code::so(so), Code::not(not).last()]);
    }

    /// Writes a rule; one that only asks whether a step is applicable becomes what makes it so.
    fn rule_or_step(&mut self, body: &[Literal]) {
        if !self.shortened {
            self.rule_as_written(body);
        } else if let [Literal::Atom(step)] = *body
            && matches!(self.program.atom(step), Atom::Applicable(_))
        {
            let program = self.program;
            program.rules(step).for_each(|body| self.rule(body));
        } else {
            self.rule(body);
        }
    }

    fn rule_as_written(&mut self, body: &[Literal]) {
        let start = self.codes.len();
        for &literal in body {
            let code = self.code(literal);
            self.codes.push(code);
        }
        end_rule(&mut self.codes, start);
    }

    fn code(&mut self, literal: Literal) -> Code {
        match literal {
            Literal::Variable(variable) => Code::variable(narrow(variable.index())),
            Literal::Atom(atom) => Code::so(self.node(atom.index())),
            Literal::Not(atom) => Code::not(self.node(atom.index())),
        }
    }

    fn rule(&mut self, body: &[Literal]) {
        let start = self.codes.len();
        let mut rest = body;
        while let [literal, after @ ..] = rest {
            rest = after;
            let code = match (*literal, after) {
                (Literal::Atom(one), [Literal::Not(other), after @ ..]) if self.are_sides(one, *other) => {
                    rest = after;
                    Code::so(self.node(self.program.len() + one.index()))
                }
                (literal, _) => self.code(literal),
            };
            self.codes.push(code);
        }
        self.tidy(start);
    }

    /// Whether these are the two sides of one statement.
    fn are_sides(&self, one: AtomId, other: AtomId) -> bool {
        one.index() < self.sides && one.index() ^ 1 == other.index()
    }

    /// Sorts the conditions of a rule from `start` on, drops repeated ones, and marks the last.
    fn tidy(&mut self, start: usize) {
        self.codes[start..].sort_unstable();
        let mut kept = start;
        for at in start..self.codes.len() {
            if at == start || self.codes[at] != self.codes[kept - 1] {
                self.codes[kept] = self.codes[at];
                kept += 1;
            }
        }
        self.codes.truncate(kept);
        end_rule(&mut self.codes, start);
    }
}

/// Marks the last condition of the rule that starts there.
fn end_rule(codes: &mut Vec<Code>, start: usize) {
    if codes.len() == start {
        codes.push(Code::NOTHING);
    }
    let last = codes.len() - 1;
    codes[last] = codes[last].last();
}
