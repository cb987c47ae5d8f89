//! Which row each value gets, in which strata rows are evaluated, and which values say when something is possible or
//! silences.

use std::ops::Range;

use super::code::{Code, Kind};
use super::draft::Draft;
use super::order::{Group, Order};
use crate::logic::program::narrow;
use crate::logic::{Atom, Program};

/// Rows that are evaluated in one way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::logic) struct Stratum {
    pub(in crate::logic) rows: Range<u32>,
    pub(in crate::logic) scheme: Scheme,
}

/// How rows are evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::logic) enum Scheme {
    /// One after another.
    Straight {
        /// Whether what is certain and what is possible may differ.
        undecided: bool,
    },
    /// As a fixed point.
    Loop {
        /// Whether what is certain and what is possible may differ.
        undecided: bool,
        /// Whether a loop runs through a negation: an alternating fixed point, else a least one.
        negative: bool,
        /// Its part of [`Rows::attacks`].
        attacks: Range<u32>,
    },
}

/// The rows and strata of a draft.
pub(super) struct Layout {
    /// The row of each node.
    pub(super) row_of: Vec<u32>,
    pub(super) strata: Vec<Stratum>,
    pub(super) possible: Vec<u32>,
    pub(super) attacks: Vec<(u32, u32)>,
    /// For each node what a negated condition on it looks at: of an attack that may stay undecided, the value that
    /// says when it is in force or silences.
    denied: Vec<u32>,
    rows: u32,
}

impl Layout {
    pub(super) fn new(program: &Program, draft: &Draft, order: &Order) -> Self {
        let is_attack = |node: usize| draft.atom(program, node).is_some_and(Atom::is_attack);
        let mut layout = Self {
            row_of: vec![0; draft.len()],
            strata: Vec::new(),
            possible: Vec::new(),
            attacks: Vec::new(),
            denied: vec![0; draft.len()],
            rows: 0,
        };
        for &group in &order.groups {
            if group.recursive {
                layout.rows += narrow(variables(draft, order.nodes(group)).count());
            }
            for &node in order.nodes(group) {
                layout.row_of[node as usize] = layout.rows;
                layout.rows += 1;
            }
        }
        layout.possible = (0..layout.rows).collect();
        let mut done = 0;
        for index in 0..order.groups.len() {
            layout.place(draft, order, index, &is_attack, &mut done);
        }
        layout
    }

    /// A value beside those that the rows write.
    fn another_value(&mut self) -> u32 {
        let value = narrow(self.possible.len());
        self.possible.push(value);
        value
    }

    /// Decides how a group is evaluated, and gives it the values that it needs besides. Rows up to `done` are in a
    /// stratum already.
    fn place(
        &mut self,
        draft: &Draft,
        order: &Order,
        index: usize,
        is_attack: &impl Fn(usize) -> bool,
        done: &mut u32,
    ) {
        let group = order.groups[index];
        let nodes = order.nodes(group);
        let rows = self.row_of[nodes[0] as usize]..self.row_of[nodes[0] as usize] + (group.end - group.start);
        let undecided = group.negative || self.looks_at_undecided(draft, order, index);
        let first_attack = narrow(self.attacks.len());
        for &node in nodes {
            let row = self.row_of[node as usize];
            self.denied[node as usize] = row;
            if undecided {
                let possible = self.another_value();
                self.possible[row as usize] = possible;
                if is_attack(node as usize) {
                    self.denied[node as usize] = possible;
                    if group.recursive {
                        let silenced = self.another_value();
                        self.denied[node as usize] = silenced;
                        self.attacks.push((row, silenced));
                    }
                }
            }
        }
        let scheme = if group.recursive {
            let attacks = first_attack..narrow(self.attacks.len());
            if rows.start > *done {
                self.stratum(*done..rows.start, Scheme::Straight { undecided: false });
            }
            Scheme::Loop { undecided, negative: group.negative, attacks }
        } else {
            Scheme::Straight { undecided }
        };
        *done = rows.end;
        self.stratum(rows, scheme);
    }

    fn looks_at_undecided(&self, draft: &Draft, order: &Order, index: usize) -> bool {
        let nodes = order.nodes(order.groups[index]);
        nodes.iter().flat_map(|&node| draft.codes(node as usize)).any(|code| {
            code.value().filter(|&needed| order.group_of[needed] as usize != index).is_some_and(|needed| {
                let value = if code.kind() == Kind::Not { self.denied[needed] } else { self.row_of[needed] };
                self.possible[value as usize] != value
            })
        })
    }

    /// Adds the rows that come next, to the last stratum where they are evaluated in the same way.
    fn stratum(&mut self, rows: Range<u32>, scheme: Scheme) {
        match self.strata.last_mut() {
            Some(last) if matches!(scheme, Scheme::Straight { .. }) && last.scheme == scheme => {
                last.rows.end = rows.end;
            }
            _ => self.strata.push(Stratum { rows, scheme }),
        }
    }

    /// The rows themselves. Variables of loops become values ahead of them, so that what is drawn for a block of
    /// worlds is drawn once, however often a loop is iterated.
    pub(super) fn write(&mut self, draft: &Draft, order: &Order) -> (Vec<u32>, Vec<Code>) {
        let mut first = Vec::with_capacity(self.rows as usize + 1);
        let mut codes = Vec::with_capacity(draft.codes.len());
        first.push(0);
        for (index, &group) in order.groups.iter().enumerate() {
            let mut ahead = narrow(first.len() - 1);
            if group.recursive {
                for variable in variables(draft, order.nodes(group)) {
                    codes.push(variable.last());
                    first.push(narrow(codes.len()));
                }
            }
            for &node in order.nodes(group) {
                for &code in draft.codes(node as usize) {
                    let own = |node: usize| order.group_of[node] as usize == index;
                    self.condition(code, group, own, &mut ahead, &mut codes);
                }
                first.push(narrow(codes.len()));
            }
        }
        (first, codes)
    }

    fn condition(&self, code: Code, group: Group, own: impl Fn(usize) -> bool, ahead: &mut u32, codes: &mut Vec<Code>) {
        let node = code.index();
        let written = match code.kind() {
            Kind::Nothing => code,
            Kind::So => Code::so(self.row_of[node]),
            Kind::Variable if group.recursive => {
                *ahead += 1;
                Code::so(*ahead - 1)
            }
            Kind::Variable => Code::variable(narrow(node)),
            Kind::Not => {
                // Inside its own component an attack is denied by what is assumed of it, and by its silencing.
                let (row, denied) = (self.row_of[node], self.denied[node]);
                if own(node) && denied != row {
                    codes.push(Code::not(row));
                }
                Code::not(denied)
            }
        };
        codes.push(written.placed_as(code));
    }
}

/// The conditions of these nodes that look at variables.
fn variables<'d>(draft: &'d Draft, nodes: &'d [u32]) -> impl Iterator<Item = Code> + use<'d> {
    let codes = nodes.iter().flat_map(|&node| draft.codes(node as usize));
    codes.copied().filter(|code| code.kind() == Kind::Variable)
}
