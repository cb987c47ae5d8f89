//! Loops: a strongly connected component as a function of what enters it.
//!
//! What enters a loop is gathered into *gates*: for each atom of the loop one for all rules that need nothing of the
//! loop, and one for each way in which it needs the loop. The component is then read by the evaluator in an algebra of
//! truth tables over the gates, so that its rules, the silencing of undecided attacks among them, are written once.

use std::sync::Arc;

use crate::logic::algebra::Algebra;
use crate::logic::algebra::truth_table::{Table, TruthTables};
use crate::logic::evaluate::{Bound, Memory, evaluate_stratum};
use crate::logic::lower::{Rows, strongly_connected};
use crate::logic::program::Builder;
use crate::logic::{Atom, AtomId, Component, Literal};
use crate::model::{StatementId, TableId};

use super::bounded::Bounds;

/// The most inputs of one loop. Its tables have two to this number of entries.
pub(super) const MOST_INPUTS: usize = 20;

/// The most words of truth tables that are read for one loop.
const MOST_WORK: usize = 400_000_000;

/// One condition on what is outside the loop: at least one of these bodies.
pub(super) type Gate = Vec<Vec<Literal>>;

/// A gate in one of its readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Input {
    pub(super) gate: usize,
    pub(super) bound: Bound,
}

/// An atom of a loop as a function of gates: `truth[n]` where gate `i` is bit `i` of `n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) inputs: Vec<Input>,
    pub(super) truth: Vec<bool>,
}

/// A loop.
pub(super) struct Loop {
    pub(super) atoms: Vec<AtomId>,
    pub(super) gates: Vec<Gate>,
    /// How many inputs the gates make.
    pub(super) width: usize,
    /// For each atom when it is certain and when it is possible; none where the loop is too wide.
    functions: Option<Vec<[Function; 2]>>,
}

impl Loop {
    /// Reads a loop whose atoms are in order.
    pub(super) fn new(bounds: &Bounds, atoms: Vec<AtomId>) -> Self {
        let inside = Inside::new(bounds, &atoms);
        let functions = inside.functions();
        Self { width: inside.inputs.len(), gates: inside.gates, functions, atoms }
    }

    /// For each atom whether it is undecided in some world.
    pub(super) fn undecided(&self) -> Vec<bool> {
        match &self.functions {
            Some(functions) => functions.iter().map(|[certain, possible]| certain != possible).collect(),
            None => vec![true; self.atoms.len()],
        }
    }

    /// When an atom is certain, or possible; none where the loop is too wide.
    pub(super) fn function(&self, atom: AtomId, bound: Bound) -> Option<&Function> {
        let place = self.atoms.binary_search(&atom).expect("an atom of this loop");
        self.functions.as_ref().map(|functions| &functions[place][bound as usize])
    }
}

/// The strongly connected components that are left of one, each after those that it needs.
///
/// A component stays what it is as written, for what silences what depends on it, unless nothing in it can be
/// undecided: then, without the rules that apply in no world, it may fall into several.
pub(super) fn parts(bounds: &Bounds, component: &Component) -> Vec<Vec<AtomId>> {
    let rules = || component.atoms.iter().map(|&atom| bounds.program.literals(atom)).enumerate();
    let literals = || rules().flat_map(|(place, literals)| literals.iter().map(move |&literal| (place, literal)));
    let inside = |literal: Literal| component.atoms.binary_search(&literal.atom()?).ok();
    let edges = literals().filter_map(|(from, literal)| Some((from, inside(literal)?)));
    let parts = strongly_connected(component.atoms.len(), edges);
    let mut part_of = vec![0; component.atoms.len()];
    for (number, part) in parts.iter().enumerate() {
        part.iter().for_each(|&place| part_of[place] = number);
    }
    let may_be_undecided = literals().any(|(from, literal)| match inside(literal) {
        Some(to) => matches!(literal, Literal::Not(_)) && part_of[from] == part_of[to],
        None => bounds.may_be_undecided(literal),
    });
    if may_be_undecided {
        return vec![component.atoms.clone()];
    }
    let atoms = |mut part: Vec<usize>| {
        part.sort_unstable();
        part.into_iter().map(|place| component.atoms[place]).collect()
    };
    parts.into_iter().map(atoms).collect()
}

/// A rule of the loop: a gate, which may be always open, and literals on atoms of the loop, by place.
struct Rule {
    gate: Option<usize>,
    body: Vec<(usize, bool)>,
}

struct Inside<'a> {
    bounds: &'a Bounds,
    atoms: &'a [AtomId],
    /// The rules of each atom.
    rules: Vec<Vec<Rule>>,
    gates: Vec<Gate>,
    inputs: Vec<Input>,
}

impl<'a> Inside<'a> {
    fn new(bounds: &'a Bounds, atoms: &'a [AtomId]) -> Self {
        let mut inside = Self { bounds, atoms, rules: Vec::new(), gates: Vec::new(), inputs: Vec::new() };
        for &atom in atoms {
            let rules = inside.rules_of(atom);
            inside.rules.push(rules);
        }
        for (gate, bodies) in inside.gates.iter().enumerate() {
            let undecided = bodies.iter().flatten().any(|&literal| bounds.may_be_undecided(literal));
            let bounds: &[Bound] = if undecided { &[Bound::Certain, Bound::Possible] } else { &[Bound::Certain] };
            inside.inputs.extend(bounds.iter().map(|&bound| Input { gate, bound }));
        }
        inside
    }

    /// The rules of an atom, one for each body over the loop.
    fn rules_of(&mut self, atom: AtomId) -> Vec<Rule> {
        let mut ways: Vec<(Vec<(usize, bool)>, Gate)> = Vec::new();
        for literals in self.bounds.program.rules(atom) {
            let (mut body, mut outside) = (Vec::new(), Vec::new());
            for &literal in literals {
                let place = |needed: &AtomId| self.atoms.binary_search(needed);
                match literal {
                    Literal::Atom(ref needed) if let Ok(place) = place(needed) => body.push((place, true)),
                    Literal::Not(ref needed) if let Ok(place) = place(needed) => body.push((place, false)),
                    _ => outside.push(literal),
                }
            }
            body.sort_unstable();
            match ways.iter_mut().find(|(other, _)| *other == body) {
                Some((_, gate)) => gate.push(outside),
                None => ways.push((body, vec![outside])),
            }
        }
        let rule = |(body, gate): (_, Gate)| {
            // A gate with an empty body is always open.
            let gate = (!gate.iter().any(Vec::is_empty)).then(|| self.gate(gate));
            Rule { gate, body }
        };
        ways.into_iter().map(rule).collect()
    }

    /// The place of a gate; alike ones are one.
    fn gate(&mut self, mut gate: Gate) -> usize {
        gate.iter_mut().for_each(|body| body.sort_unstable());
        gate.sort_unstable();
        self.gates.iter().position(|other| *other == gate).unwrap_or_else(|| {
            self.gates.push(gate);
            self.gates.len() - 1
        })
    }

    fn functions(&self) -> Option<Vec<[Function; 2]>> {
        let count = self.inputs.len();
        if count > MOST_INPUTS {
            return None;
        }
        let (rows, row_of) = self.rows();
        let mut algebra = TruthTables::new(count, MOST_WORK);
        let mut memory = Memory::new(&rows, algebra.bottom());
        for (variable, &Input { gate, bound }) in self.inputs.iter().enumerate() {
            let row = row_of[self.atoms.len() + gate] as usize;
            let value = algebra.variable(variable);
            if bound == Bound::Certain {
                memory.values[row] = Arc::clone(&value);
            }
            memory.values[rows.possible[row] as usize] = value;
        }
        let component = rows.strata.last().expect("the loop comes after its gates");
        evaluate_stratum(&rows, &mut algebra, &mut memory, component).ok()?;
        // An attack counts as possible wherever it silences.
        let functions = row_of[..self.atoms.len()].iter().map(|&row| {
            [&memory.values[row as usize], &memory.values[rows.denied(row)]].map(|table| self.reduced(table))
        });
        Some(functions.collect())
    }

    /// The loop by itself: its atoms, then its gates, which have no rules here.
    fn rows(&self) -> (Rows, Vec<u32>) {
        let mut builder = Builder::default();
        let atoms: Vec<AtomId> = self.atoms.iter().map(|&atom| builder.atom(self.bounds.program.atom(atom))).collect();
        let any_atom = Atom::CaseFor(StatementId::from_index(0));
        let gates: Vec<AtomId> = self.gates.iter().map(|_| builder.atom(any_atom)).collect();
        for (&atom, rules) in atoms.iter().zip(&self.rules) {
            for Rule { gate, body } in rules {
                let inner = body.iter().map(|&(place, on)| match on {
                    true => Literal::Atom(atoms[place]),
                    false => Literal::Not(atoms[place]),
                });
                builder.rule(atom, gate.map(|gate| Literal::Atom(gates[gate])).into_iter().chain(inner));
            }
        }
        let undecided = |gate| self.inputs.contains(&Input { gate, bound: Bound::Possible });
        let gate = |(index, &gate)| Component { atoms: vec![gate], recursive: false, negative: undecided(index) };
        let mut components: Vec<Component> = gates.iter().enumerate().map(gate).collect();
        let negative = self.rules.iter().flatten().flat_map(|rule| &rule.body).any(|&(_, on)| !on);
        components.push(Component { atoms, recursive: true, negative });
        Rows::of_components(&builder.finish(), &components, &[])
    }

    /// A truth table over the inputs that matter.
    fn reduced(&self, table: &Table) -> Function {
        let at = |place: usize| table[place / 64] >> (place % 64) & 1 == 1;
        let places = 1_usize << self.inputs.len();
        let matters = |input: &usize| {
            let bit = 1 << input;
            (0..places).any(|place| place & bit == 0 && at(place) != at(place | bit))
        };
        let kept: Vec<usize> = (0..self.inputs.len()).filter(matters).collect();
        let spread = |place: usize| kept.iter().enumerate().map(|(new, old)| (place >> new & 1) << old).sum::<usize>();
        Function {
            inputs: kept.iter().map(|&input| self.inputs[input]).collect(),
            truth: (0..1_usize << kept.len()).map(|place| at(spread(place))).collect(),
        }
    }
}
