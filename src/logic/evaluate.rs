//! The one evaluator: a program, component by component, in any algebra.
//!
//! Acyclic parts take one pass. Positive loops take their least fixed point. Loops through negation take
//! the well-founded model (Van Gelder, Ross and Schlipf 1991) by its alternating fixed point (Van Gelder
//! 1993): what is certainly so, what is possibly so, and between them the undecided. An attack that is
//! left undecided silences what it attacks, all such of a component at once, and the component is taken
//! again, until it leaves none undecided that has not silenced.

use super::{Algebra, AtomId, Component, Literal, Program, components};

/// When an atom is certainly true and when it is possibly true.
#[derive(Debug, Clone, PartialEq)]
pub enum Truth<V> {
    /// The two are the same.
    Decided(V),
    /// They may differ.
    Between {
        /// When it is certainly true.
        certain: V,
        /// When it is possibly true.
        possible: V,
    },
}

impl<V> Truth<V> {
    /// When it is certainly true.
    pub fn certain(&self) -> &V {
        match self {
            Self::Decided(value) | Self::Between { certain: value, .. } => value,
        }
    }

    /// When it is possibly true.
    pub fn possible(&self) -> &V {
        match self {
            Self::Decided(value) | Self::Between { possible: value, .. } => value,
        }
    }

    fn at(&self, bound: Bound) -> &V {
        match bound {
            Bound::Certain => self.certain(),
            Bound::Possible => self.possible(),
        }
    }

    fn is_decided(&self) -> bool {
        matches!(self, Self::Decided(_))
    }
}

/// The truth of every atom that was asked for.
#[derive(Debug, Clone)]
pub struct Values<V> {
    truths: Vec<Option<Truth<V>>>,
    /// When an attack silences what it attacks although it is not certainly in force.
    silenced: Vec<Option<V>>,
}

impl<V> Values<V> {
    /// The truth of an atom, if it was in one of the components.
    pub fn truth(&self, atom: AtomId) -> Option<&Truth<V>> {
        self.truths[atom.index()].as_ref()
    }

    /// When an attack silences what it attacks although it is not certainly in force, if it ever does.
    pub(super) fn silenced(&self, atom: AtomId) -> Option<&V> {
        self.silenced[atom.index()].as_ref()
    }

    /// The truth of an atom that an earlier component has.
    fn known(&self, atom: AtomId) -> &Truth<V> {
        self.truth(atom).expect("components come after those that they depend on")
    }
}

/// Reads `components` of `program` in `algebra`.
///
/// Cost: one operation a literal in acyclic parts; in a component with loops that times the number of
/// rounds, which is at most the number of its atoms for positive loops and its square for loops through
/// negation, and a few in practice.
///
/// # Errors
///
/// The algebra's own failure.
pub fn evaluate<A: Algebra>(
    program: &Program,
    components: &[Component],
    algebra: &mut A,
) -> Result<Values<A::Value>, A::Failure> {
    let values = Values { truths: vec![None; program.len()], silenced: vec![None; program.len()] };
    let mut evaluation = Evaluation { program, algebra, values };
    for component in components {
        evaluation.component(component)?;
    }
    Ok(evaluation.values)
}

/// The atoms that could be true in some world if nothing were ever denied: an upper bound, in one pass and
/// a few rounds round positive loops. Variables of weight 0 are off.
pub fn attainable(program: &Program, weights: &[f64]) -> Vec<bool> {
    let mut attainable = vec![false; program.len()];
    let components = components(program, program.atoms());
    for component in &components {
        let mut grows = true;
        while std::mem::take(&mut grows) {
            for &atom in component.atoms.iter() {
                let holds = |literal: &Literal| match *literal {
                    Literal::Variable(variable) => weights[variable.index()] > 0.0,
                    Literal::Atom(needed) => attainable[needed.index()],
                    Literal::Not(_) => true,
                };
                if !attainable[atom.index()] && program.rules(atom).any(|body| body.iter().all(holds)) {
                    attainable[atom.index()] = true;
                    grows = component.recursive;
                }
            }
        }
    }
    attainable
}

/// One of the two readings of an atom that may be undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Bound {
    Certain,
    Possible,
}

impl Bound {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Certain => Self::Possible,
            Self::Possible => Self::Certain,
        }
    }
}

/// Values of the atoms of one component while it is being read, in the order of its atoms.
struct Loop<'a, V> {
    atoms: &'a [AtomId],
    /// What positive occurrences inside the component read.
    current: Vec<V>,
    /// What negated occurrences inside the component read.
    assumed: &'a [V],
}

impl<V> Loop<'_, V> {
    fn place(&self, atom: AtomId) -> Option<usize> {
        self.atoms.binary_search(&atom).ok()
    }
}

struct Evaluation<'a, A: Algebra> {
    program: &'a Program,
    algebra: &'a mut A,
    values: Values<A::Value>,
}

impl<A: Algebra> Evaluation<'_, A> {
    fn component(&mut self, component: &Component) -> Result<(), A::Failure> {
        loop {
            let (certain, possible) = self.model(component)?;
            for ((&atom, certain), possible) in component.atoms.iter().zip(certain).zip(possible) {
                let truth = match possible {
                    None => Truth::Decided(certain),
                    Some(possible) if possible == certain => Truth::Decided(certain),
                    Some(possible) => Truth::Between { certain, possible },
                };
                self.values.truths[atom.index()] = Some(truth);
            }
            if !self.silence(component)? || !component.recursive {
                return Ok(());
            }
        }
    }

    /// The well-founded model of a component. No second bound where it is known to equal the first.
    #[expect(clippy::type_complexity, reason = "two rows of values, used once")]
    fn model(&mut self, component: &Component) -> Result<(Vec<A::Value>, Vec<Option<A::Value>>), A::Failure> {
        let nothing = vec![self.algebra.never(); component.atoms.len()];
        if !component.negative {
            let certain = self.least(component, Bound::Certain, &nothing)?;
            let possible = if self.inputs_decided(component) {
                vec![None; certain.len()]
            } else {
                self.least(component, Bound::Possible, &nothing)?.into_iter().map(Some).collect()
            };
            return Ok((certain, possible));
        }
        let mut certain = nothing;
        loop {
            let possible = self.least(component, Bound::Possible, &certain)?;
            let more = self.least(component, Bound::Certain, &possible)?;
            if more == certain {
                return Ok((certain, possible.into_iter().map(Some).collect()));
            }
            certain = more;
        }
    }

    fn inputs_decided(&self, component: &Component) -> bool {
        let inside = |atom: AtomId| component.atoms.binary_search(&atom).is_ok();
        component.atoms.iter().flat_map(|&atom| self.program.literals(atom)).all(|&literal| match literal {
            Literal::Variable(_) => true,
            Literal::Atom(atom) | Literal::Not(atom) => inside(atom) || self.values.known(atom).is_decided(),
        })
    }

    /// The least values closed under the rules, with negated atoms of the component as `assumed`. After
    /// the first round only rules whose atoms have grown are read again.
    fn least(
        &mut self,
        component: &Component,
        bound: Bound,
        assumed: &[A::Value],
    ) -> Result<Vec<A::Value>, A::Failure> {
        let size = component.atoms.len();
        let current = vec![self.algebra.never(); size];
        let mut state = Loop { atoms: &component.atoms, current, assumed };
        // The round in which an atom last grew, and that in which its rules were last read.
        let (mut grew, mut read) = (vec![0; size], vec![0; size]);
        let mut round = 0;
        loop {
            round += 1;
            let mut changed = false;
            for (place, &atom) in component.atoms.iter().enumerate() {
                let last = read[place];
                let value = self.grown(atom, place, bound, &state, last == 0, |needed| grew[needed] >= last)?;
                read[place] = round;
                if value != state.current[place] {
                    state.current[place] = value;
                    grew[place] = round;
                    changed = true;
                }
            }
            if !changed || !component.recursive {
                return Ok(state.current);
            }
        }
    }

    /// The value of an atom with what its rules add. A rule is read the first time round, and again when
    /// one of its atoms of the component has grown.
    fn grown(
        &mut self,
        atom: AtomId,
        place: usize,
        bound: Bound,
        state: &Loop<'_, A::Value>,
        first: bool,
        has_grown: impl Fn(usize) -> bool,
    ) -> Result<A::Value, A::Failure> {
        let program = self.program;
        let mut terms = vec![state.current[place].clone()];
        for body in program.rules(atom) {
            let inside = |literal: &Literal| match *literal {
                Literal::Atom(needed) => state.place(needed),
                Literal::Variable(_) | Literal::Not(_) => None,
            };
            if first || body.iter().filter_map(inside).any(&has_grown) {
                terms.push(self.body(body, bound, state)?);
            }
        }
        self.algebra.any(terms)
    }

    fn body(&mut self, body: &[Literal], bound: Bound, state: &Loop<'_, A::Value>) -> Result<A::Value, A::Failure> {
        let mut value = self.algebra.always();
        for &literal in body {
            value = match literal {
                Literal::Variable(variable) => {
                    let variable = self.algebra.variable(variable);
                    self.algebra.and(&value, &variable)?
                }
                Literal::Atom(atom) => match state.place(atom) {
                    Some(place) => self.algebra.and(&value, &state.current[place])?,
                    None => self.algebra.and(&value, self.values.known(atom).at(bound))?,
                },
                Literal::Not(atom) => self.and_not_atom(&value, atom, bound, state)?,
            };
        }
        Ok(value)
    }

    fn and_not_atom(
        &mut self,
        value: &A::Value,
        atom: AtomId,
        bound: Bound,
        state: &Loop<'_, A::Value>,
    ) -> Result<A::Value, A::Failure> {
        let denied = match state.place(atom) {
            Some(place) => &state.assumed[place],
            None => self.values.known(atom).at(bound.other()),
        };
        let value = self.algebra.and_not(value, denied)?;
        match &self.values.silenced[atom.index()] {
            Some(silenced) => self.algebra.and_not(&value, silenced),
            None => Ok(value),
        }
    }

    /// Lets every undecided attack of the component silence what it attacks. Whether any is new to it.
    fn silence(&mut self, component: &Component) -> Result<bool, A::Failure> {
        let never = self.algebra.never();
        let mut any = false;
        for &atom in component.atoms.iter().filter(|&&atom| self.program.atom(atom).is_attack()) {
            let Truth::Between { certain, possible } = self.values.known(atom) else { continue };
            let undecided = self.algebra.and_not(possible, certain)?;
            let before = self.values.silenced[atom.index()].clone().unwrap_or_else(|| never.clone());
            let silenced = self.algebra.or(&before, &undecided)?;
            if silenced != before {
                self.values.silenced[atom.index()] = Some(silenced);
                any = true;
            }
        }
        Ok(any)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::logic::program::Builder;
    use crate::logic::{Atom, World};
    use crate::model::{ActorId, Source, StatementId, TableId};

    /// A program of plain atoms `0..plain` and attacks behind them, without variables.
    fn program(plain: usize, attacks: usize, rules: &[(usize, &[i32])]) -> Program {
        let mut builder = Builder::default();
        let mut atoms: Vec<AtomId> =
            (0..plain).map(|index| builder.atom(Atom::CaseFor(StatementId::from_index(index)))).collect();
        let source = Source::Actor(ActorId::from_index(0));
        atoms.extend((0..attacks).map(|index| builder.atom(Atom::Impeachment(source, index))));
        for &(head, body) in rules {
            let literal = |&number: &i32| {
                let atom = atoms[number.unsigned_abs() as usize - 1];
                if number > 0 { Literal::Atom(atom) } else { Literal::Not(atom) }
            };
            builder.rule(atoms[head - 1], body.iter().map(literal));
        }
        builder.finish()
    }

    /// For each atom `t`rue, `f`alse or `u`ndecided.
    fn model(program: &Program) -> String {
        let components = components(program, program.atoms());
        let Ok(values): Result<_, Infallible> = evaluate(program, &components, &mut World::new(Vec::new()));
        let letter = |atom| match values.known(atom) {
            Truth::Decided(true) => 't',
            Truth::Decided(false) => 'f',
            Truth::Between { .. } => 'u',
        };
        program.atoms().map(letter).collect()
    }

    #[test]
    fn a_positive_loop_never_gets_off_the_ground() {
        assert_eq!(model(&program(3, 0, &[(1, &[2]), (2, &[1]), (3, &[])])), "fft");
        assert_eq!(model(&program(3, 0, &[(1, &[2]), (2, &[1]), (3, &[]), (2, &[3])])), "ttt");
    }

    #[test]
    fn two_atoms_that_deny_each_other_stay_undecided() {
        assert_eq!(model(&program(2, 0, &[(1, &[-2]), (2, &[-1])])), "uu");
    }

    #[test]
    fn a_loop_through_negation_with_a_way_out_is_decided() {
        // 1 unless 2; 2 unless 3; 3 unless 1, or anyway.
        assert_eq!(model(&program(3, 0, &[(1, &[-2]), (2, &[-3]), (3, &[-1]), (3, &[])])), "tft");
    }

    #[test]
    fn an_undecided_attack_silences_what_it_attacks() {
        // A witness (1) gives an account (2) that impeaches (3) the witness: nothing is proved.
        assert_eq!(model(&program(2, 1, &[(1, &[-3]), (2, &[1]), (3, &[2])])), "fff");
    }

    #[test]
    fn what_a_loop_does_not_reach_is_left_alone() {
        // The same witness, and somebody else (4, an attack no rule concludes; 2 rests on nothing else).
        assert_eq!(model(&program(3, 1, &[(1, &[-4]), (2, &[1]), (4, &[2]), (3, &[])])), "fftf");
    }

    #[test]
    fn an_attack_from_something_undecided_silences_too() {
        // 1 and 2 deny each other; the attack (4) comes from 1 and is on 3.
        assert_eq!(model(&program(3, 1, &[(1, &[-2]), (2, &[-1]), (4, &[1]), (3, &[-4])])), "uufu");
    }
}
