//! What can follow at all in a program, if nothing is denied and every variable is on, and how soon.
//!
//! An explanation asks of each ground of a statement whether it has a ground besides that statement. Where the least number of
//! steps is known in which each atom follows, most answers are there: what follows in no more steps than the statement
//! follows without it.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{AtomId, Literal, Program};

/// In how many steps each atom of a program follows.
#[derive(Debug)]
pub struct Derivation {
    steps: Vec<Steps>,
}

/// How many steps it takes at least; none where it never follows.
type Steps = Option<u32>;

impl Derivation {
    /// Cost: linear in the size of the program.
    pub fn new(program: &Program) -> Self {
        let rules = program.atoms().flat_map(|head| program.rules(head).map(move |body| (head, body)));
        let mut steps = vec![None; program.len()];
        for (atom, least) in following(rules, |_| false) {
            steps[atom.index()] = Some(least);
        }
        Self { steps }
    }

    /// Whether some literals can all become true without an atom: else what they say has no ground but that atom.
    ///
    /// Cost: the literals; where they follow later than the atom, the rules behind them down to what follows sooner.
    pub fn follow_without(&self, program: &Program, literals: &[Literal], absent: AtomId) -> bool {
        let steps = |atom: AtomId| self.steps[atom.index()];
        let is_sooner = |least: u32| steps(absent).is_none_or(|by| least <= by);
        let is_known = |atom: AtomId| atom != absent && steps(atom).is_some_and(is_sooner);
        let is_possible = |body: &[Literal]| needed(body).all(|atom| atom != absent && steps(atom).is_some());
        if !is_possible(literals) {
            return false;
        }
        let mut waiting: Vec<AtomId> = needed(literals).filter(|&atom| !is_known(atom)).collect();
        let (mut seen, mut rules) = (FxHashSet::default(), Vec::new());
        while let Some(atom) = waiting.pop() {
            if !seen.insert(atom) {
                continue;
            }
            let bodies: Vec<&[Literal]> = program.rules(atom).filter(|body| is_possible(body)).collect();
            // One that rests on what is known is enough.
            match bodies.iter().find(|body| needed(body).all(is_known)) {
                Some(&enough) => rules.push((atom, enough)),
                None => {
                    waiting.extend(bodies.iter().flat_map(|body| needed(body)).filter(|&atom| !is_known(atom)));
                    rules.extend(bodies.into_iter().map(|body| (atom, body)));
                }
            }
        }
        let found = following(rules.into_iter(), is_known);
        needed(literals).all(|atom| is_known(atom) || found.contains_key(&atom))
    }
}

/// What follows from rules and what is known, with the least number of steps that each takes. Cost: linear in the rules.
fn following<'p>(
    rules: impl Iterator<Item = (AtomId, &'p [Literal])>,
    is_known: impl Fn(AtomId) -> bool,
) -> FxHashMap<AtomId, u32> {
    let mut missing: Vec<(AtomId, usize)> = Vec::new();
    let mut waiting_for: FxHashMap<AtomId, Vec<usize>> = FxHashMap::default();
    let mut next: VecDeque<(AtomId, u32)> = VecDeque::new();
    for (rule, (head, body)) in rules.enumerate() {
        let unknown = needed(body).filter(|&atom| !is_known(atom));
        let count = unknown.map(|atom| waiting_for.entry(atom).or_default().push(rule)).count();
        missing.push((head, count));
        if count == 0 {
            next.push_back((head, 0));
        }
    }
    let mut found: FxHashMap<AtomId, u32> = FxHashMap::default();
    // First in, first out: what follows sooner comes first.
    while let Some((atom, steps)) = next.pop_front() {
        if found.contains_key(&atom) {
            continue;
        }
        found.insert(atom, steps);
        for rule in waiting_for.remove(&atom).unwrap_or_default() {
            let (head, count) = &mut missing[rule];
            *count -= 1;
            if *count == 0 {
                next.push_back((*head, steps + 1));
            }
        }
    }
    found
}

/// The atoms that have to be true for a body.
fn needed(body: &[Literal]) -> impl Iterator<Item = AtomId> + '_ {
    body.iter().filter_map(|literal| match *literal {
        Literal::Atom(atom) => Some(atom),
        Literal::Variable(_) | Literal::Not(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Atom;
    use super::super::program::Builder;
    use super::*;

    /// The same by taking away what is absent, and deriving all that is left.
    fn by_definition(program: &Program, literals: &[Literal], absent: AtomId) -> bool {
        let rules = program.atoms().flat_map(|head| program.rules(head).map(move |body| (head, body)));
        let found = following(rules.filter(|&(head, _)| head != absent), |_| false);
        needed(literals).all(|atom| found.contains_key(&atom))
    }

    /// Programs over four atoms with a rule for each, and one more for the last: loops, chains, what never follows.
    #[test]
    fn what_follows_without_an_atom_is_what_follows_when_it_is_taken_away() {
        let body = |number: usize| -> Vec<Literal> {
            (0..4)
                .filter(|place| number >> place & 1 == 1)
                .map(|place| Literal::Atom(AtomId::from_index(place)))
                .collect()
        };
        for number in (0..1_usize << 15).step_by(5) {
            let mut builder = Builder::default();
            let atoms: Vec<AtomId> = (0..4).map(|index| builder.atom(Atom::Asked(index))).collect();
            // The first two have small bodies, so that not all is tried that differs only in names.
            builder.rule(atoms[0], body(number & 7));
            builder.rule(atoms[1], body(number >> 3 & 15));
            builder.rule(atoms[2], body(number >> 7 & 15));
            builder.rule(atoms[3], body(number >> 11 & 15));
            builder.rule(atoms[3], body((number * 7) >> 3 & 15));
            let program = builder.finish();
            let derivation = Derivation::new(&program);
            for absent in program.atoms() {
                for asked in program.atoms() {
                    let asked = [Literal::Atom(asked)];
                    let found = derivation.follow_without(&program, &asked, absent);
                    assert_eq!(found, by_definition(&program, &asked, absent), "program {number}, without {absent:?}");
                }
            }
        }
    }
}
