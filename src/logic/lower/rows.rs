//! The part of a program that some statements depend on, in the order in which it is evaluated, without a pointer in it.

use std::ops::Range;

use super::code::{Code, Kind};
use super::components::Component;
use super::draft::Draft;
use super::layout::{Layout, Scheme, Stratum};
use super::order::Order;
use crate::logic::algebra::Side;
use crate::logic::program::narrow;
use crate::logic::{AtomId, Program};
use crate::model::StatementId;

/// Everything that some statements depend on as compressed rows, in the order in which it is evaluated.
///
/// A row is a value with its rules: it holds when all conditions of one of them do. Row `r` writes value `r`; where
/// loops through negation may leave something undecided, a second value says when it is possible. Rows outside of
/// loops are evaluated one after another; each component knows how its fixed point is found.
///
/// Memory: four bytes for each condition and each value, whatever the shape of the case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rows {
    /// Conditions of row `r`: `first[r]..first[r + 1]`.
    first: Vec<u32>,
    codes: Vec<Code>,
    pub(in crate::logic) strata: Vec<Stratum>,
    /// The value that says when each value is possible; itself where nothing stays undecided.
    pub(in crate::logic) possible: Vec<u32>,
    /// Attacks in loops: the row, and the value that says when the attack silences.
    pub(in crate::logic) attacks: Vec<(u32, u32)>,
    pub(in crate::logic) users: Users,
    pub(in crate::logic) targets: Vec<Target>,
    variables: usize,
}

/// A statement, or anything else with two sides, that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::logic) struct Target {
    atoms: [AtomId; 2],
    /// The rows of the case for it and of the case against it.
    pub(in crate::logic) rows: [u32; 2],
}

/// Which rows of the same component look at each row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(in crate::logic) struct Users {
    /// Users of row `r`: `first[r]..first[r + 1]`; empty where there are no loops.
    first: Vec<u32>,
    /// Twice the row that looks, and one more where its condition is negated.
    users: Vec<u32>,
}

impl Users {
    /// The rows of its own component that look at a row, and whether their condition is negated.
    #[inline(always)]
    pub(in crate::logic) fn of(&self, row: usize) -> impl Iterator<Item = (u32, bool)> {
        let users = self.first[row] as usize..self.first[row + 1] as usize;
        self.users[users].iter().map(|&user| (user >> 1, user & 1 == 1))
    }
}

impl Rows {
    /// What `targets` depend on in a program.
    ///
    /// Cost: linear in the size of that part, but for one sort of its components; about a second for a million
    /// statements.
    pub fn new(program: &Program, targets: &[StatementId]) -> Self {
        let sides: Vec<[AtomId; 2]> = targets.iter().map(|&target| Program::sides(target)).collect();
        Self::of(program, &sides)
    }

    /// The same, of anything that has two sides.
    pub fn of(program: &Program, targets: &[[AtomId; 2]]) -> Self {
        let draft = Draft::new(program, targets.iter().flatten().copied(), true);
        let order = Order::new(&draft);
        Self::laid_out(program, &draft, &order, targets).0
    }

    /// What `targets` depend on, with its rules as they are written.
    pub(in crate::logic) fn as_written(program: &Program, targets: &[StatementId]) -> Self {
        let sides: Vec<[AtomId; 2]> = targets.iter().map(|&target| Program::sides(target)).collect();
        let draft = Draft::new(program, sides.iter().flatten().copied(), false);
        Self::laid_out(program, &draft, &Order::new(&draft), &sides).0
    }

    /// A whole program with its rules as they are written, and the row of each atom.
    pub(in crate::logic) fn of_program(program: &Program) -> (Self, Vec<u32>) {
        let draft = Draft::of_atoms(program, program.atoms(), []);
        Self::laid_out(program, &draft, &Order::new(&draft), &[])
    }

    /// The rules of some components as they stand, and the row of each atom: nothing is shortened and nothing moved,
    /// for what an algebra of functions makes on the way depends on the order of the rules.
    ///
    /// Cost: linear in the size of the program.
    pub(in crate::logic) fn of_components(
        program: &Program,
        components: &[Component],
        targets: &[[AtomId; 2]],
    ) -> (Self, Vec<u32>) {
        let atoms = components.iter().flat_map(|component| component.atoms.iter().copied());
        let draft = Draft::of_atoms(program, atoms, targets.iter().flatten().copied());
        let order = Order::of_components(components);
        let (rows, row_of_node) = Self::laid_out(program, &draft, &order, targets);
        let mut row_of = vec![u32::MAX; program.len()];
        draft.origin.iter().zip(row_of_node).for_each(|(&atom, row)| row_of[atom as usize] = row);
        (rows, row_of)
    }

    /// The rows, and the row of each node of the draft.
    fn laid_out(program: &Program, draft: &Draft, order: &Order, targets: &[[AtomId; 2]]) -> (Self, Vec<u32>) {
        let mut layout = Layout::new(program, draft, order);
        let (first, codes) = layout.write(draft, order);
        let users = Users::new(&layout.strata, &first, &codes);
        let target = |(&atoms, nodes): (&[AtomId; 2], &[u32])| Target {
            atoms,
            rows: [0, 1].map(|side| layout.row_of[nodes[side] as usize]),
        };
        let most_variable = |code: &Code| (code.kind() == Kind::Variable).then(|| code.index() + 1);
        let rows = Self {
            targets: targets.iter().zip(draft.targets.chunks_exact(2)).map(target).collect(),
            variables: codes.iter().filter_map(most_variable).max().unwrap_or(0),
            strata: layout.strata,
            possible: layout.possible,
            attacks: layout.attacks,
            first,
            codes,
            users,
        };
        (rows, layout.row_of)
    }

    /// The same, which no longer knows what was asked for: equal to all that are evaluated alike.
    pub(in crate::logic) fn nameless(mut self) -> Self {
        self.targets.iter_mut().for_each(|target| target.atoms = [AtomId(0); 2]);
        self
    }

    /// The two sides of what it was made for, in the order in which that was given.
    pub fn targets(&self) -> impl ExactSizeIterator<Item = [AtomId; 2]> {
        self.targets.iter().map(|target| target.atoms)
    }

    /// The values of the two sides of each target: when the case for it is certain and possible, and that against it.
    #[inline(always)]
    pub(in crate::logic) fn sides<'a, V: Clone>(
        &'a self,
        values: &'a [V],
    ) -> impl ExactSizeIterator<Item = [Side<V>; 2]> {
        self.targets.iter().map(
            #[inline(always)]
            |&Target { rows: [case_for, case_against], .. }| {
                [self.side(case_for, values), self.side(case_against, values)]
            },
        )
    }

    /// The rows of the two sides of a target.
    #[inline(always)]
    pub(in crate::logic) fn rows_of(&self, target: usize) -> [u32; 2] {
        self.targets[target].rows
    }

    /// The row that writes each value, by itself or as one of the attacks of a loop.
    pub(in crate::logic) fn writers(&self) -> Vec<u32> {
        let mut writers: Vec<u32> = (0..narrow(self.len())).collect();
        for row in 0..narrow(self.rows()) {
            writers[self.possible[row as usize] as usize] = row;
        }
        self.attacks.iter().for_each(|&(row, silenced)| writers[silenced as usize] = row);
        writers
    }

    /// When a row is certain and when it is possible.
    #[inline(always)]
    pub(in crate::logic) fn side<V: Clone>(&self, row: u32, values: &[V]) -> Side<V> {
        Side { certain: values[row as usize].clone(), possible: values[self.possible[row as usize] as usize].clone() }
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
        self.longest_loop() > 0
    }

    /// The number of rows of its largest component with a loop.
    pub(in crate::logic) fn longest_loop(&self) -> usize {
        let loops = self.strata.iter().filter(|stratum| matches!(stratum.scheme, Scheme::Loop { .. }));
        loops.map(|stratum| stratum.rows.len()).max().unwrap_or(0)
    }

    /// The value that a negated condition outside of its component looks at when a row is certain: of an attack in a
    /// loop, when it is in force or silences.
    pub(in crate::logic) fn denied(&self, row: u32) -> usize {
        let silenced = self.attacks.iter().find(|&&(attack, _)| attack == row).map(|&(_, silenced)| silenced);
        silenced.unwrap_or(self.possible[row as usize]) as usize
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

    /// The number of variables up to the last that some row looks at.
    pub(in crate::logic) fn variables(&self) -> usize {
        self.variables
    }

    /// Every variable that some row looks at, with that row.
    pub(in crate::logic) fn variable_uses(&self) -> impl Iterator<Item = (usize, u32)> {
        (0..narrow(self.rows())).flat_map(|row| {
            let codes = self.codes(row as usize).iter().filter(|code| code.kind() == Kind::Variable);
            codes.map(move |code| (code.index(), row))
        })
    }
}

impl Users {
    fn new(strata: &[Stratum], first: &[u32], codes: &[Code]) -> Self {
        let loops = || strata.iter().filter(|stratum| matches!(stratum.scheme, Scheme::Loop { .. }));
        if loops().next().is_none() {
            return Self::default();
        }
        let uses = || {
            loops().flat_map(|stratum| {
                stratum.rows.clone().flat_map(move |row| {
                    let codes = &codes[first[row as usize] as usize..first[row as usize + 1] as usize];
                    let inside = codes
                        .iter()
                        .filter(move |code| code.value().is_some_and(|used| stratum.rows.contains(&narrow(used))));
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
