//! Statements all of whose grounds are independent, in one pass over the program: there degrees are a closed form.
//!
//! Where no two conditions of an atom's rules depend on the same uncertain thing, *and* is a product and *or* is
//! `p + q - pq` (Pearl 1988 on trees). A tree of claims is of that sort from its leaves to its top.

use crate::logic::{AtomId, Literal, Program, Reading};
use crate::model::StatementId;

/// The degrees of the targets whose grounds are seen to be independent.
///
/// Cost: linear in the size of what the targets depend on.
pub(super) fn independent(program: &Program, targets: &[StatementId], weights: &[f64]) -> Vec<Option<Reading>> {
    let mut pass = Pass::new(program, weights, targets);
    pass.walk(targets);
    targets.iter().map(|&target| pass.reading(target)).collect()
}

/// What is known of an atom.
#[derive(Clone, Copy)]
struct Known {
    probability: f64,
    /// Where it is told, in the row of all, what it depends on that something else may depend on too.
    start: u32,
    end: u32,
}

/// Stands for a probability that has no closed form here.
const UNKNOWN: Known = Known { probability: -1.0, start: 0, end: 0 };

/// Marks an atom that has been come across, but not finished.
const OPEN: Known = Known { probability: -2.0, start: 0, end: 0 };

/// Marks an atom that has not been come across.
const UNSEEN: Known = Known { probability: -3.0, start: 0, end: 0 };

/// An atom that depends on more shared things than this is left to elimination.
const MOST_SHARED: usize = 16;

struct Pass<'a> {
    program: &'a Program,
    weights: &'a [f64],
    known: Vec<Known>,
    /// In how many literals an atom or a variable occurs, at most two.
    atom_uses: Vec<u8>,
    variable_uses: Vec<u8>,
    /// Shared atoms, and shared variables numbered on behind them.
    shared: Vec<u32>,
    found: Vec<u32>,
}

impl<'a> Pass<'a> {
    fn new(program: &'a Program, weights: &'a [f64], targets: &[StatementId]) -> Self {
        let mut pass = Self {
            program,
            weights,
            known: vec![UNSEEN; program.len()],
            atom_uses: vec![0; program.len()],
            variable_uses: vec![0; weights.len()],
            shared: Vec::new(),
            found: Vec::with_capacity(MOST_SHARED + 1),
        };
        pass.count(targets);
        pass
    }

    /// Counts uses in all rules of what the targets depend on, those that never apply too.
    fn count(&mut self, targets: &[StatementId]) {
        let mut seen = vec![false; self.program.len()];
        let mut waiting: Vec<AtomId> = targets.iter().flat_map(|&target| Program::sides(target)).collect();
        while let Some(atom) = waiting.pop() {
            if std::mem::replace(&mut seen[atom.index()], true) {
                continue;
            }
            for &literal in self.program.literals(atom) {
                let uses = match literal {
                    Literal::Variable(variable) => &mut self.variable_uses[variable.index()],
                    Literal::Atom(needed) | Literal::Not(needed) => {
                        waiting.push(needed);
                        &mut self.atom_uses[needed.index()]
                    }
                };
                *uses = uses.saturating_add(1);
            }
        }
    }

    /// Reads every atom after those that it depends on. One that is in a loop meets one that is still open.
    fn walk(&mut self, targets: &[StatementId]) {
        let mut waiting: Vec<(AtomId, bool)> =
            targets.iter().rev().flat_map(|&target| Program::sides(target)).map(|atom| (atom, false)).collect();
        while let Some((atom, ready)) = waiting.pop() {
            if ready {
                self.known[atom.index()] = self.read(atom);
            } else if self.known[atom.index()].probability == UNSEEN.probability {
                self.known[atom.index()] = OPEN;
                waiting.push((atom, true));
                let needed = self.program.literals(atom).iter().filter_map(|literal| literal.atom());
                waiting.extend(needed.map(|needed| (needed, false)));
            }
        }
    }

    fn read(&mut self, atom: AtomId) -> Known {
        let program = self.program;
        self.found.clear();
        let mut any = 0.0;
        for body in program.rules(atom) {
            let mut all = 1.0;
            for &literal in body {
                let Some(probability) = self.literal(literal) else { return UNKNOWN };
                all *= probability;
            }
            any += all * (1.0 - any);
        }
        // Two grounds of one atom that share something are not independent.
        self.found.sort_unstable();
        if self.found.len() > MOST_SHARED || self.found.windows(2).any(|pair| pair[0] == pair[1]) {
            return UNKNOWN;
        }
        let start = narrow(self.shared.len());
        self.shared.extend_from_slice(&self.found);
        Known { probability: any, start, end: narrow(self.shared.len()) }
    }

    /// The probability of a literal; what it shares is noted.
    fn literal(&mut self, literal: Literal) -> Option<f64> {
        match literal {
            Literal::Variable(variable) => {
                let weight = self.weights[variable.index()];
                if self.variable_uses[variable.index()] > 1 && is_uncertain(weight) {
                    self.found.push(narrow(self.known.len() + variable.index()));
                }
                Some(weight)
            }
            Literal::Atom(needed) | Literal::Not(needed) => {
                let Known { probability, start, end } = self.known[needed.index()];
                if probability < 0.0 || self.found.len() > MOST_SHARED {
                    return None;
                }
                self.found.extend_from_slice(&self.shared[start as usize..end as usize]);
                if self.atom_uses[needed.index()] > 1 && is_uncertain(probability) {
                    self.found.push(narrow(needed.index()));
                }
                Some(if matches!(literal, Literal::Atom(_)) { probability } else { 1.0 - probability })
            }
        }
    }

    fn reading(&self, target: StatementId) -> Option<Reading> {
        let [case_for, case_against] = Program::sides(target).map(|atom| self.known[atom.index()]);
        let shared = |known: Known| &self.shared[known.start as usize..known.end as usize];
        let known = case_for.probability >= 0.0 && case_against.probability >= 0.0;
        if !known || shared(case_for).iter().any(|one| shared(case_against).contains(one)) {
            return None;
        }
        let (in_favour, against) = (case_for.probability, case_against.probability);
        Some(Reading {
            in_favour: in_favour * (1.0 - against),
            conflict: in_favour * against,
            against: against * (1.0 - in_favour),
            any_case: in_favour > 0.0 || against > 0.0,
        })
    }
}

fn is_uncertain(probability: f64) -> bool {
    probability > 0.0 && probability < 1.0
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 4 billion atoms and variables")
}
