//! Loops: a strongly connected component as a function of what enters it.
//!
//! What enters a loop is gathered into *gates*: for each atom of the loop one for all rules that need nothing of the
//! loop, and one for each way in which it needs the loop. The component is then read by the evaluator in an algebra of
//! truth tables over the gates, so that its rules, the silencing of undecided attacks among them, are written once.

use std::rc::Rc;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::logic::evaluate::Bound;
use crate::logic::program::Builder;
use crate::logic::{Algebra, Atom, AtomId, Component, Literal, Program, Values, VariableId, evaluate};

use crate::model::{StatementId, TableId};

use super::prepared::Prepared;

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
pub(super) struct Knot {
    pub(super) atoms: Vec<AtomId>,
    pub(super) gates: Vec<Gate>,
    /// How many inputs the gates make.
    pub(super) width: usize,
    /// For each atom when it is certain and when it is possible; none where the loop is too wide.
    functions: Option<Vec<[Function; 2]>>,
}

impl Knot {
    /// Reads a loop whose atoms are in order.
    pub(super) fn new(prepared: &Prepared, atoms: Vec<AtomId>) -> Self {
        let inside = Inside::new(prepared, &atoms);
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

/// The parts of a component that really are loops, each after those that it needs.
///
/// A component stays what it is as written, for what silences what depends on it, unless nothing in it can be
/// undecided: then what is left of it, once rules that never apply are gone, may come apart.
pub(super) fn parts(prepared: &Prepared, component: &Component) -> Vec<Vec<AtomId>> {
    let inside = |atom: &AtomId| component.atoms.binary_search(atom);
    let mut graph = DiGraph::<AtomId, bool>::new();
    let nodes: Vec<NodeIndex> = component.atoms.iter().map(|&atom| graph.add_node(atom)).collect();
    let mut decided = true;
    for (place, &atom) in component.atoms.iter().enumerate() {
        for &literal in prepared.bodies(atom).flatten() {
            match literal {
                Literal::Atom(needed) | Literal::Not(needed) => match inside(&needed) {
                    Ok(other) => {
                        graph.add_edge(nodes[place], nodes[other], matches!(literal, Literal::Not(_)));
                    }
                    Err(_) => decided &= !prepared.may_be_undecided(literal),
                },
                Literal::Variable(_) => {}
            }
        }
    }
    let parts = petgraph::algo::kosaraju_scc(&graph);
    let mut part_of = vec![0; nodes.len()];
    for (number, part) in parts.iter().enumerate() {
        part.iter().for_each(|node| part_of[node.index()] = number);
    }
    let denies = graph.edge_indices().any(|edge| {
        let ends = graph.edge_endpoints(edge).map(|(from, to)| part_of[from.index()] == part_of[to.index()]);
        graph[edge] && ends == Some(true)
    });
    if denies || !decided {
        return vec![component.atoms.clone()];
    }
    let sorted = |part: Vec<NodeIndex>| {
        let mut atoms: Vec<AtomId> = part.into_iter().map(|node| graph[node]).collect();
        atoms.sort_unstable();
        atoms
    };
    parts.into_iter().map(sorted).collect()
}

/// A rule of the loop: a gate, which may be always open, and literals on atoms of the loop, by place.
struct Rule {
    gate: Option<usize>,
    body: Vec<(usize, bool)>,
}

struct Inside<'a> {
    prepared: &'a Prepared,
    atoms: &'a [AtomId],
    /// The rules of each atom.
    rules: Vec<Vec<Rule>>,
    gates: Vec<Gate>,
    inputs: Vec<Input>,
}

impl<'a> Inside<'a> {
    fn new(prepared: &'a Prepared, atoms: &'a [AtomId]) -> Self {
        let mut inside = Self { prepared, atoms, rules: Vec::new(), gates: Vec::new(), inputs: Vec::new() };
        for &atom in atoms {
            let rules = inside.rules_of(atom);
            inside.rules.push(rules);
        }
        for (gate, bodies) in inside.gates.iter().enumerate() {
            let undecided = bodies.iter().flatten().any(|&literal| prepared.may_be_undecided(literal));
            let bounds: &[Bound] = if undecided { &[Bound::Certain, Bound::Possible] } else { &[Bound::Certain] };
            inside.inputs.extend(bounds.iter().map(|&bound| Input { gate, bound }));
        }
        inside
    }

    /// The rules of an atom, one for each body over the loop.
    fn rules_of(&mut self, atom: AtomId) -> Vec<Rule> {
        let mut ways: Vec<(Vec<(usize, bool)>, Gate)> = Vec::new();
        for literals in self.prepared.bodies(atom) {
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
        let (program, components) = self.program();
        let mut tables = Tables { inputs: count, work: MOST_WORK };
        let values = evaluate(&program, &components, &mut tables).ok()?;
        let functions = (0..self.atoms.len()).map(|place| self.function(&program, &values, AtomId(narrow(place))));
        Some(functions.collect())
    }

    /// The loop by itself, its gates variables. Its atoms come first.
    fn program(&self) -> (Program, Vec<Component>) {
        let mut builder = Builder::default();
        let atoms: Vec<AtomId> =
            self.atoms.iter().map(|&atom| builder.atom(self.prepared.program.atom(atom))).collect();
        let (gates, mut components) = self.gate_literals(&mut builder);
        for (&atom, rules) in atoms.iter().zip(&self.rules) {
            for Rule { gate, body } in rules {
                let inner = body.iter().map(|&(place, on)| match on {
                    true => Literal::Atom(atoms[place]),
                    false => Literal::Not(atoms[place]),
                });
                builder.rule(atom, gate.map(|gate| gates[gate]).into_iter().chain(inner));
            }
        }
        let negative = self.rules.iter().flatten().flat_map(|rule| &rule.body).any(|&(_, on)| !on);
        components.push(Component { atoms, recursive: true, negative });
        (builder.finish(), components)
    }

    /// What a rule asks of each gate. A gate that may be undecided is an atom that is denied by its own denial
    /// where it is possible, but not certain.
    fn gate_literals(&self, builder: &mut Builder) -> (Vec<Literal>, Vec<Component>) {
        let (mut literals, mut components) = (Vec::new(), Vec::new());
        let mut variables =
            self.inputs.iter().zip(0..).map(|(input, index)| (input.gate, VariableId(index))).peekable();
        while let Some((gate, certain)) = variables.next() {
            let Some((_, possible)) = variables.next_if(|&(other, _)| other == gate) else {
                literals.push(Literal::Variable(certain));
                continue;
            };
            let any_atom = Atom::CaseFor(StatementId::from_index(0));
            let (so, denial) = (builder.atom(any_atom), builder.atom(any_atom));
            builder.rule(so, [Literal::Variable(certain)]);
            builder.rule(so, [Literal::Variable(possible), Literal::Not(denial)]);
            builder.rule(denial, [Literal::Not(so)]);
            components.push(Component { atoms: vec![so, denial], recursive: true, negative: true });
            literals.push(Literal::Atom(so));
        }
        (literals, components)
    }

    /// When an atom is certain and when it is possible. An attack counts as possible wherever it silences.
    fn function(&self, program: &Program, values: &Values<Table>, atom: AtomId) -> [Function; 2] {
        let truth = values.truth(atom).expect("an atom of the component");
        if !program.atom(atom).is_attack() {
            return [self.reduced(truth.certain()), self.reduced(truth.possible())];
        }
        let blocks = match values.silenced(atom) {
            Some(silenced) => Rc::new(truth.possible().iter().zip(silenced.iter()).map(|(a, b)| a | b).collect()),
            None => Rc::clone(truth.possible()),
        };
        [self.reduced(truth.certain()), self.reduced(&blocks)]
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

/// A bit for each setting of the inputs.
type Table = Rc<Vec<u64>>;

/// The algebra of truth tables.
struct Tables {
    inputs: usize,
    /// Words that may still be read.
    work: usize,
}

/// The loop takes too many rounds.
struct Exhausted;

impl Tables {
    fn filled(&self, word: u64) -> Table {
        Rc::new(vec![word; (1_usize << self.inputs).div_ceil(64)])
    }

    fn combined(&mut self, one: &Table, other: &Table, word: impl Fn(u64, u64) -> u64) -> Result<Table, Exhausted> {
        self.work = self.work.checked_sub(one.len()).ok_or(Exhausted)?;
        Ok(Rc::new(one.iter().zip(other.iter()).map(|(&one, &other)| word(one, other)).collect()))
    }
}

impl Algebra for Tables {
    type Value = Table;
    type Failure = Exhausted;

    fn never(&self) -> Table {
        self.filled(0)
    }

    fn always(&self) -> Table {
        self.filled(u64::MAX)
    }

    fn variable(&mut self, variable: VariableId) -> Table {
        const WITHIN: [u64; 6] = [
            0xaaaa_aaaa_aaaa_aaaa,
            0xcccc_cccc_cccc_cccc,
            0xf0f0_f0f0_f0f0_f0f0,
            0xff00_ff00_ff00_ff00,
            0xffff_0000_ffff_0000,
            0xffff_ffff_0000_0000,
        ];
        let words = (1_usize << self.inputs).div_ceil(64);
        let word = |place: usize| match WITHIN.get(variable.index()) {
            Some(&word) => word,
            None if place >> (variable.index() - WITHIN.len()) & 1 == 1 => u64::MAX,
            None => 0,
        };
        Rc::new((0..words).map(word).collect())
    }

    fn and(&mut self, one: &Table, other: &Table) -> Result<Table, Exhausted> {
        self.combined(one, other, |one, other| one & other)
    }

    fn or(&mut self, one: &Table, other: &Table) -> Result<Table, Exhausted> {
        self.combined(one, other, |one, other| one | other)
    }

    fn and_not(&mut self, one: &Table, other: &Table) -> Result<Table, Exhausted> {
        self.combined(one, other, |one, other| one & !other)
    }
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 4 billion atoms")
}
