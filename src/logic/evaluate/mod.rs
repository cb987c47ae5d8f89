//! The one evaluator: rows in any algebra.
//!
//! Rows outside of loops take one pass. Loops without negation take their least fixed point. Loops through negation
//! take the well-founded model (Van Gelder, Ross and Schlipf 1991) by its alternating fixed point (Van Gelder 1993):
//! what is certain, what is possible, and between them the undecided. An attack that is left undecided silences what
//! it attacks, all such of a component at once, and the component is evaluated again, until it leaves none undecided
//! that has not silenced.
//!
//! After the first round only what a change can reach is evaluated again: what is possible is retracted step by step,
//! and derived anew from bottom only when nothing else changes any more.

mod component;
mod row;

use std::hint::black_box;
use std::ops::Range;

use super::algebra::Algebra;
use super::lower::{Rows, Scheme, Stratum};
use component::{Loop, Waiting};
pub(super) use row::{Bound, evaluate_row};

/// The values of all rows, and what loops need while they are iterated.
#[derive(Debug, Clone)]
pub(super) struct Memory<V> {
    /// By the numbers of [`Rows`].
    pub(super) values: Vec<V>,
    waiting: Waiting,
    /// Whether some loop did not end within the patience of its algebra.
    pub(super) unfinished: bool,
}

impl<V: Clone> Memory<V> {
    /// Memory for the values of some rows, all of them bottom.
    pub(super) fn new(rows: &Rows, bottom: V) -> Self {
        Self { values: vec![bottom; rows.len()], waiting: Waiting::new(rows.longest_loop()), unfinished: false }
    }

    /// The values of all rows.
    ///
    /// # Errors
    ///
    /// If the algebra gives up.
    pub(super) fn evaluated<A: Algebra<Value = V>>(rows: &Rows, algebra: &mut A) -> Result<Self, A::Failure> {
        let mut memory = Self::new(rows, algebra.bottom());
        evaluate(rows, algebra, &mut memory)?;
        Ok(memory)
    }
}

/// Evaluates every row. Cost: one operation for each condition outside of loops, and inside of them that times the
/// number of rounds, which is a few in practice and at worst the square of the number of rows.
///
/// # Errors
///
/// If the algebra gives up.
#[inline(always)]
pub(super) fn evaluate<A: Algebra>(
    rows: &Rows,
    algebra: &mut A,
    memory: &mut Memory<A::Value>,
) -> Result<(), A::Failure> {
    for stratum in &rows.strata {
        evaluate_stratum(rows, algebra, memory, stratum)?;
    }
    Ok(())
}

/// Evaluates the rows of one stratum, given all before it.
///
/// # Errors
///
/// If the algebra gives up.
#[inline(always)]
pub(super) fn evaluate_stratum<A: Algebra>(
    rows: &Rows,
    algebra: &mut A,
    memory: &mut Memory<A::Value>,
    stratum: &Stratum,
) -> Result<(), A::Failure> {
    /// Rows whose inputs are fetched together before they are evaluated.
    const AT_ONCE: u32 = 16;
    match &stratum.scheme {
        &Scheme::Straight { undecided } => {
            let Range { start, end } = stratum.rows;
            for first in (start..end).step_by(AT_ONCE as usize) {
                let together = first as usize..end.min(first + AT_ONCE) as usize;
                if A::FETCH {
                    fetch::<A>(rows, &memory.values, together.clone());
                }
                for row in together {
                    evaluate_row(rows, algebra, &mut memory.values, row, undecided)?;
                }
            }
        }
        Scheme::Loop { undecided, negative, attacks } => {
            let own = stratum.rows.clone();
            memory.waiting.start = own.start;
            let left = algebra.patience().map(|rounds| rounds.saturating_mul(own.len()));
            let Memory { values, waiting, .. } = memory;
            let mut component = Loop { rows, algebra, values, waiting, own, left };
            let attacks = &rows.attacks[attacks.start as usize..attacks.end as usize];
            memory.unfinished |= !component.settle(*undecided, *negative, attacks)?;
        }
    }
    Ok(())
}

/// Looks at everything that these rows look at, so that memory answers for all of it at once: in a large case
/// most of what a row needs is in no cache, and drawing variables keeps the machine from asking ahead by itself.
#[inline(always)]
fn fetch<A: Algebra>(rows: &Rows, values: &[A::Value], together: Range<usize>) {
    let needed = rows.codes_of(together).iter().filter_map(|code| code.value());
    black_box(needed.fold(0, |glimpses, value| glimpses ^ A::glimpse(&values[value])));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::algebra::Side;
    use crate::logic::algebra::boolean::Boolean;
    use crate::logic::program::Builder;
    use crate::logic::{Atom, AtomId, Literal, Program};
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
        let (rows, row_of) = Rows::of_program(program);
        let Ok(Memory { values, .. }) = Memory::evaluated(&rows, &mut Boolean { on: Vec::new() });
        let letter = |atom: AtomId| match rows.side(row_of[atom.index()], &values) {
            Side { certain: true, .. } => 't',
            Side { possible: false, .. } => 'f',
            _ => 'u',
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
        // The same witness beside an attack (4) from the account; 3 is a fact that it does not reach.
        assert_eq!(model(&program(3, 1, &[(1, &[-4]), (2, &[1]), (4, &[2]), (3, &[])])), "fftf");
    }

    #[test]
    fn an_attack_from_something_undecided_silences_too() {
        // 1 and 2 deny each other; the attack (4) comes from 1 and is on 3.
        assert_eq!(model(&program(3, 1, &[(1, &[-2]), (2, &[-1]), (4, &[1]), (3, &[-4])])), "uufu");
    }
}
