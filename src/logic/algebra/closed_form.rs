//! Statements all of whose grounds are independent, in one pass: there degrees are a closed form.
//!
//! Where no two conditions of a row's rules depend on the same uncertain thing, *and* is a product and *or* is
//! `p + q - pq` (Pearl 1988 on trees). A tree of claims is of that sort from its leaves to its root. The algebra is
//! [`independent`](super::independent) with the shared things that each value depends on; where one is met twice there
//! is no closed form.

use std::convert::Infallible;

use crate::logic::evaluate::Memory;
use crate::logic::lower::{Kind, Rows};
use crate::logic::program::narrow;
use crate::logic::{Program, Reading};
use crate::model::StatementId;

use super::{Algebra, FourValues, Side, four_values};

/// The probability of a value.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Negative where it has no closed form.
    probability: f64,
    /// Its row.
    row: u32,
    /// The part of [`ClosedForm::shared`] with what it depends on that something else may depend on too.
    shared: [u32; 2],
}

const UNKNOWN: Known = Known { probability: -1.0, row: 0, shared: [0; 2] };

impl Known {
    fn new(probability: f64) -> Self {
        Self { probability, ..UNKNOWN }
    }

    fn is_known(self) -> bool {
        self.probability >= 0.0
    }
}

struct ClosedForm<'a> {
    weights: &'a [f64],
    /// In how many conditions each value and each variable occurs, at most two.
    value_uses: Vec<u8>,
    variable_uses: Vec<u8>,
    /// Shared values, and shared variables numbered on behind them.
    shared: Vec<u32>,
    /// Those of the row at hand.
    found: Vec<u32>,
}

impl<'a> ClosedForm<'a> {
    /// What depends on more shared things than this is left to elimination.
    const MOST_SHARED: usize = 16;

    fn new(rows: &Rows, weights: &'a [f64]) -> Self {
        let (mut value_uses, mut variable_uses) = (vec![0_u8; rows.len()], vec![0_u8; weights.len()]);
        for code in rows.codes_of(0..rows.rows()) {
            let uses = match code.kind() {
                Kind::So | Kind::Not => &mut value_uses[code.index()],
                Kind::Variable => &mut variable_uses[code.index()],
                Kind::Nothing => continue,
            };
            *uses = uses.saturating_add(1);
        }
        Self { weights, value_uses, variable_uses, shared: Vec::new(), found: Vec::new() }
    }

    fn shared(&self, known: Known) -> &[u32] {
        &self.shared[known.shared[0] as usize..known.shared[1] as usize]
    }

    /// A rule with one more condition, given the probability of that.
    fn with(&mut self, rule: Known, other: Known, probability: f64) -> Known {
        if !rule.is_known() || !other.is_known() || self.found.len() > Self::MOST_SHARED {
            return UNKNOWN;
        }
        self.found.extend_from_slice(&self.shared[other.shared[0] as usize..other.shared[1] as usize]);
        if self.value_uses[other.row as usize] > 1 && is_uncertain(other.probability) {
            self.found.push(other.row);
        }
        Known::new(rule.probability * probability)
    }

    fn reading(&self, [case_for, case_against]: [Side<Known>; 2]) -> Option<Reading> {
        let known = case_for.possible.is_known() && case_against.possible.is_known();
        let against = self.shared(case_against.possible);
        if !known || self.shared(case_for.possible).iter().any(|one| against.contains(one)) {
            return None;
        }
        let Ok(FourValues { in_favour, against, conflict }) =
            four_values(&case_for, &case_against, |one, other, so| {
                let other = if so { other.probability } else { 1.0 - other.probability };
                Ok::<f64, Infallible>(one.probability * other)
            });
        let any_case = case_for.possible.probability > 0.0 || case_against.possible.probability > 0.0;
        Some(Reading { in_favour, conflict, against, any_case })
    }
}

impl Algebra for ClosedForm<'_> {
    type Value = Known;
    type Failure = Infallible;

    fn bottom(&self) -> Known {
        Known::new(0.0)
    }

    fn top(&self) -> Known {
        Known::new(1.0)
    }

    fn and_variable(&mut self, one: Known, variable: usize) -> Result<Known, Infallible> {
        let weight = self.weights[variable];
        if self.variable_uses[variable] > 1 && is_uncertain(weight) {
            self.found.push(narrow(self.value_uses.len() + variable));
        }
        Ok(if one.is_known() { Known::new(one.probability * weight) } else { UNKNOWN })
    }

    fn and(&mut self, one: Known, other: &Known) -> Result<Known, Infallible> {
        Ok(self.with(one, *other, other.probability))
    }

    fn and_not(&mut self, one: Known, other: &Known) -> Result<Known, Infallible> {
        Ok(self.with(one, *other, 1.0 - other.probability))
    }

    /// Only attacks that silence are joined so, and they are in loops.
    fn or(&mut self, _: Known, _: &Known) -> Result<Known, Infallible> {
        Ok(UNKNOWN)
    }

    fn join(&mut self, rules: Known, rule: Known) -> Result<Known, Infallible> {
        let either = || rules.probability + rule.probability * (1.0 - rules.probability);
        Ok(if rules.is_known() && rule.is_known() { Known::new(either()) } else { UNKNOWN })
    }

    /// Two grounds of one row that share something are not independent.
    fn conclude(&mut self, row: usize, rules: Known) -> Result<Known, Infallible> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_unstable();
        let start = narrow(self.shared.len());
        let is_closed =
            rules.is_known() && found.len() <= Self::MOST_SHARED && found.windows(2).all(|pair| pair[0] != pair[1]);
        if is_closed {
            self.shared.extend_from_slice(&found);
        }
        found.clear();
        self.found = found;
        let shared = [start, narrow(self.shared.len())];
        Ok(if is_closed { Known { probability: rules.probability, row: narrow(row), shared } } else { UNKNOWN })
    }

    fn same(&self, _: &Known, _: &Known) -> bool {
        true
    }

    /// No loop is iterated.
    fn patience(&self) -> Option<usize> {
        Some(0)
    }

    fn unfinished(&self, _: &Known) -> Known {
        UNKNOWN
    }
}

/// The degrees of the targets whose grounds are seen to be independent.
///
/// Cost: linear in the size of what the targets depend on.
pub(in crate::logic) fn closed_forms(
    program: &Program,
    targets: &[StatementId],
    weights: &[f64],
) -> Vec<Option<Reading>> {
    let rows = Rows::as_written(program, targets);
    let mut algebra = ClosedForm::new(&rows, weights);
    let Ok(memory) = Memory::evaluated(&rows, &mut algebra);
    rows.sides(&memory.values).map(|sides| algebra.reading(sides)).collect()
}

fn is_uncertain(probability: f64) -> bool {
    probability > 0.0 && probability < 1.0
}
