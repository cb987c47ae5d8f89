//! The part of a program that some statements depend on, in the order in which it is worked out, without a
//! pointer in it.

use std::ops::Range;

use super::code::{Code, Kind, narrow};
use super::draft::Draft;
use super::order::{Group, Order};
use crate::logic::{Atom, AtomId, Program, VariableId};
use crate::model::StatementId;

/// Everything that some statements depend on as compressed rows, in the order in which it is worked out.
///
/// A row is a value with its rules: it is so when all conditions of one of them are. Row `r` writes value `r`;
/// where loops through negation may leave something undecided, a second value says when it is possibly so.
/// Parts without loops are straight lines; each loop knows how its fixed point is found, as
/// [`evaluate`](crate::logic::evaluate) does it.
///
/// Memory: four bytes for each condition and each value, whatever the shape of the case.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Conditions of row `r`: `first[r]..first[r + 1]`.
    first: Vec<u32>,
    codes: Vec<Code>,
    pub(in crate::logic) stretches: Vec<Stretch>,
    /// Where the value is that says when each value is possibly so; itself where nothing stays undecided.
    pub(in crate::logic) possible: Vec<u32>,
    /// Attacks in loops: the row, and the value that says when the attack silences.
    pub(in crate::logic) attacks: Vec<(u32, u32)>,
    pub(in crate::logic) users: Users,
    pub(in crate::logic) targets: Vec<Target>,
    variables: usize,
}

/// Rows that are worked out in one way.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Stretch {
    pub(in crate::logic) rows: Range<u32>,
    pub(in crate::logic) scheme: Scheme,
}

/// How rows are worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::logic) enum Scheme {
    /// One after another.
    Straight {
        /// Whether what is certainly so and what is possibly so may differ.
        undecided: bool,
    },
    /// As a fixed point.
    Loop {
        /// Whether what is certainly so and what is possibly so may differ.
        undecided: bool,
        /// Whether a loop runs through a negation: an alternating fixed point, else a least one.
        negative: bool,
        /// Its part of [`Rows::attacks`].
        attacks: Range<u32>,
    },
}

/// A statement, or anything else with two sides, that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::logic) struct Target {
    pub(in crate::logic) sides: [AtomId; 2],
    /// The row of the case for it.
    pub(in crate::logic) case_for: u32,
    /// The row of the case against it.
    pub(in crate::logic) case_against: u32,
}

/// Which rows of the same loop look at each row.
#[derive(Debug, Clone, Default)]
pub(in crate::logic) struct Users {
    /// Users of row `r`: `first[r]..first[r + 1]`; empty where there are no loops.
    first: Vec<u32>,
    /// Twice the row that looks, and one more where it asks for the value not to be so.
    users: Vec<u32>,
}

impl Users {
    /// The rows of its own loop that look at a row, and whether they ask for it not to be so.
    #[inline(always)]
    pub(in crate::logic) fn of(&self, row: usize) -> impl Iterator<Item = (u32, bool)> {
        let users = self.first[row] as usize..self.first[row + 1] as usize;
        self.users[users].iter().map(|&user| (user >> 1, user & 1 == 1))
    }
}

impl Rows {
    /// What `targets` depend on in a program, ready to be worked out.
    ///
    /// Cost: linear in the size of that part, but for one sort of its components; about a second for a million
    /// statements.
    pub fn new(program: &Program, targets: &[StatementId]) -> Self {
        let sides: Vec<[AtomId; 2]> = targets.iter().map(|&target| Program::sides(target)).collect();
        Self::of(program, &sides)
    }

    /// The same, of anything that has two sides.
    pub fn of(program: &Program, targets: &[[AtomId; 2]]) -> Self {
        let draft = Draft::new(program, targets.iter().flatten().copied());
        let order = Order::new(&draft);
        let is_attack = |node: usize| draft.atom(program, node).is_some_and(Atom::is_attack);
        let mut layout = Layout::new(&draft, &order, &is_attack);
        let (first, codes) = layout.write(&draft, &order);
        let users = Users::new(&layout.stretches, &first, &codes);
        let row = |node: u32| layout.row_of[node as usize];
        let target = |(&sides, nodes): (&[AtomId; 2], &[u32])| Target {
            sides,
            case_for: row(nodes[0]),
            case_against: row(nodes[1]),
        };
        let most_variable = |code: &Code| (code.kind() == Kind::Variable).then(|| code.index() + 1);
        Self {
            targets: targets.iter().zip(draft.targets.chunks_exact(2)).map(target).collect(),
            variables: codes.iter().filter_map(most_variable).max().unwrap_or(0),
            stretches: layout.stretches,
            possible: layout.possible,
            attacks: layout.attacks,
            first,
            codes,
            users,
        }
    }

    /// The two sides of what it was made for, in the order in which that was given.
    pub fn targets(&self) -> impl ExactSizeIterator<Item = [AtomId; 2]> {
        self.targets.iter().map(|target| target.sides)
    }

    /// How many values there are: what a block of worlds takes, 64 bytes each.
    pub fn len(&self) -> usize {
        self.possible.len()
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.possible.is_empty()
    }

    /// How many conditions there are, the measure of its size.
    pub fn size(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has loops, so that one pass is not enough.
    pub fn has_loops(&self) -> bool {
        self.stretches.iter().any(|stretch| matches!(stretch.scheme, Scheme::Loop { .. }))
    }

    /// How many rows there are.
    pub(in crate::logic) fn rows(&self) -> usize {
        self.first.len() - 1
    }

    /// The conditions of a row, rule after rule.
    #[inline(always)]
    pub(in crate::logic) fn codes(&self, row: usize) -> &[Code] {
        &self.codes[self.first[row] as usize..self.first[row + 1] as usize]
    }

    /// The conditions of these rows.
    #[inline(always)]
    pub(in crate::logic) fn codes_of(&self, rows: Range<usize>) -> &[Code] {
        &self.codes[self.first[rows.start] as usize..self.first[rows.end] as usize]
    }

    /// Whether every variable of these rows has its number.
    pub(in crate::logic) fn covers(&self, numbers: usize) -> bool {
        self.variables <= numbers
    }

    /// Every variable that some row looks at, with that row.
    pub(in crate::logic) fn variable_uses(&self) -> impl Iterator<Item = (VariableId, u32)> {
        (0..narrow(self.rows())).flat_map(|row| {
            let codes = self.codes(row as usize).iter().filter(|code| code.kind() == Kind::Variable);
            codes.map(move |code| (VariableId(narrow(code.index())), row))
        })
    }
}

impl Users {
    fn new(stretches: &[Stretch], first: &[u32], codes: &[Code]) -> Self {
        let loops = || stretches.iter().filter(|stretch| matches!(stretch.scheme, Scheme::Loop { .. }));
        if loops().next().is_none() {
            return Self::default();
        }
        let uses = || {
            loops().flat_map(|stretch| {
                stretch.rows.clone().flat_map(move |row| {
                    let codes = &codes[first[row as usize] as usize..first[row as usize + 1] as usize];
                    let inside = codes
                        .iter()
                        .filter(move |code| code.value().is_some_and(|used| stretch.rows.contains(&narrow(used))));
                    inside.map(move |code| (code.index(), row << 1 | u32::from(code.kind() == Kind::Not)))
                })
            })
        };
        let (first, users) = compressed(first.len() - 1, uses);
        Self { first, users }
    }
}

/// Pairs of an index below `count` and an entry as compressed rows.
pub(in crate::logic) fn compressed<I: Iterator<Item = (usize, u32)>>(
    count: usize,
    pairs: impl Fn() -> I,
) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; count + 1];
    pairs().for_each(|(index, _)| first[index + 1] += 1);
    for index in 0..count {
        first[index + 1] += first[index];
    }
    let mut entries = vec![0; first[count] as usize];
    let mut next = first.clone();
    for (index, entry) in pairs() {
        entries[next[index] as usize] = entry;
        next[index] += 1;
    }
    (first, entries)
}

/// Where everything goes.
struct Layout {
    /// The row of each node.
    row_of: Vec<u32>,
    stretches: Vec<Stretch>,
    possible: Vec<u32>,
    attacks: Vec<(u32, u32)>,
    /// For each node what others look at when they ask for it not to be so: of an attack that may stay
    /// undecided, the value that says when it is in force or silences.
    denied: Vec<u32>,
    rows: u32,
}

impl Layout {
    fn new(draft: &Draft, order: &Order, is_attack: &impl Fn(usize) -> bool) -> Self {
        let mut layout = Self {
            row_of: vec![0; draft.len()],
            stretches: Vec::new(),
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
            layout.place(draft, order, index, is_attack, &mut done);
        }
        layout
    }

    /// A value beside those that the rows write.
    fn another_value(&mut self) -> u32 {
        let value = narrow(self.possible.len());
        self.possible.push(value);
        value
    }

    /// Decides how a group is worked out, and gives it the values that it needs besides. Rows up to `done`
    /// are in a stretch already.
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
                self.stretch(*done..rows.start, Scheme::Straight { undecided: false });
            }
            Scheme::Loop { undecided, negative: group.negative, attacks }
        } else {
            Scheme::Straight { undecided }
        };
        *done = rows.end;
        self.stretch(rows, scheme);
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

    /// Adds rows that come next, to the last stretch where they are worked out in the same straight line.
    fn stretch(&mut self, rows: Range<u32>, scheme: Scheme) {
        match self.stretches.last_mut() {
            Some(last) if matches!(scheme, Scheme::Straight { .. }) && last.scheme == scheme => {
                last.rows.end = rows.end;
            }
            _ => self.stretches.push(Stretch { rows, scheme }),
        }
    }

    /// The rows themselves. Variables of loops become values ahead of them, so that what is drawn for a block
    /// of worlds is drawn once, however often a loop is gone round.
    fn write(&mut self, draft: &Draft, order: &Order) -> (Vec<u32>, Vec<Code>) {
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
                // Inside its own loop an attack is denied by what is assumed of it, and by its silencing.
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
