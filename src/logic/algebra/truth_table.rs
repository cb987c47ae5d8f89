//! Functions of a few variables as truth tables.

use std::sync::Arc;

use super::Algebra;

/// A bit for each setting of the variables, variable `i` being bit `i` of its number.
pub(in crate::logic) type Table = Arc<Vec<u64>>;

/// Truth tables over so many variables.
pub(in crate::logic) struct TruthTables {
    constants: [Table; 2],
    /// How many words may still be read.
    work: usize,
}

/// More words would have to be read than may be.
#[derive(Debug)]
pub(in crate::logic) struct Exhausted;

impl TruthTables {
    /// Tables of which at most this many words are read.
    pub(in crate::logic) fn new(variables: usize, work: usize) -> Self {
        let constants = [0, u64::MAX].map(|word| Arc::new(vec![word; (1_usize << variables).div_ceil(64)]));
        Self { constants, work }
    }

    /// The table of one variable.
    pub(in crate::logic) fn variable(&self, variable: usize) -> Table {
        const WITHIN: [u64; 6] = [
            0xaaaa_aaaa_aaaa_aaaa,
            0xcccc_cccc_cccc_cccc,
            0xf0f0_f0f0_f0f0_f0f0,
            0xff00_ff00_ff00_ff00,
            0xffff_0000_ffff_0000,
            0xffff_ffff_0000_0000,
        ];
        let word = |place: usize| match WITHIN.get(variable) {
            Some(&word) => word,
            None if place >> (variable - WITHIN.len()) & 1 == 1 => u64::MAX,
            None => 0,
        };
        Arc::new((0..self.constants[0].len()).map(word).collect())
    }

    fn combined(&mut self, one: &Table, other: &Table, word: impl Fn(u64, u64) -> u64) -> Result<Table, Exhausted> {
        self.work = self.work.checked_sub(one.len()).ok_or(Exhausted)?;
        Ok(Arc::new(one.iter().zip(other.iter()).map(|(&one, &other)| word(one, other)).collect()))
    }
}

impl Algebra for TruthTables {
    type Value = Table;
    type Failure = Exhausted;

    const SYMBOLIC: bool = true;

    fn bottom(&self) -> Table {
        Arc::clone(&self.constants[0])
    }

    fn top(&self) -> Table {
        Arc::clone(&self.constants[1])
    }

    fn and_variable(&mut self, one: Table, variable: usize) -> Result<Table, Exhausted> {
        let variable = self.variable(variable);
        self.and(one, &variable)
    }

    fn and(&mut self, one: Table, other: &Table) -> Result<Table, Exhausted> {
        self.combined(&one, other, |one, other| one & other)
    }

    fn and_not(&mut self, one: Table, other: &Table) -> Result<Table, Exhausted> {
        self.combined(&one, other, |one, other| one & !other)
    }

    fn or(&mut self, one: Table, other: &Table) -> Result<Table, Exhausted> {
        self.combined(&one, other, |one, other| one | other)
    }

    fn same(&self, one: &Table, other: &Table) -> bool {
        Arc::ptr_eq(one, other) || one == other
    }
}
