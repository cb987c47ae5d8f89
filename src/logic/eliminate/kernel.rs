//! The inner loops: products of tables, summed over one variable as they are made, and their derivatives.
//!
//! Every table has its variables in the order in which they are summed out, the first as the highest bit of a place.
//! So the variable that is summed out next cuts each table in two halves, and the rest is read in blocks: a table runs
//! along with a block, stands still, or, where it has only some of the block's variables, is gathered.

use crate::logic::number::Number;

/// A block has two to this number of values.
const BLOCK_BITS: usize = 6;
const BLOCK: usize = 1 << BLOCK_BITS;

/// One table of a product.
#[derive(Clone, Copy)]
pub(super) struct Factored<'a, N> {
    pub(super) values: &'a [N],
    /// Its variables, in order; where one is summed out, without it.
    pub(super) scope: &'a [u32],
    /// Whether a half has nothing but ones and need not be read.
    pub(super) ones: [bool; 2],
}

/// How a table moves along with the places of another.
struct Walk {
    /// Where the block starts.
    offset: usize,
    /// What is added to the offset when the block's number goes up by one and its lowest bits to 0 carry over.
    steps: [usize; usize::BITS as usize],
    pace: Pace,
}

enum Pace {
    /// Along with the block.
    Runs,
    /// One value for the whole block.
    Stands,
    /// The places within the block.
    Jumps([u16; BLOCK]),
}

impl Walk {
    /// How a table over `scope` moves along with one over `along`, which has all of its variables.
    fn new(scope: &[u32], along: &[u32], block_bits: usize) -> Self {
        let mut strides = [0; usize::BITS as usize];
        let mut place = scope.len();
        for (bit, variable) in along.iter().rev().enumerate() {
            if place > 0 && scope[place - 1] == *variable {
                strides[bit] = 1 << (scope.len() - place);
                place -= 1;
            }
        }
        debug_assert_eq!(place, 0, "a table has variables that its product lacks");
        let low = &strides[..block_bits];
        let pace = match low.iter().filter(|&&stride| stride > 0).count() {
            0 => Pace::Stands,
            all if all == block_bits => Pace::Runs,
            _ => Pace::Jumps(jumps(low)),
        };
        let mut steps = [0; usize::BITS as usize];
        let mut behind = 0_usize;
        for (step, &stride) in steps.iter_mut().zip(&strides[block_bits..along.len()]) {
            *step = stride.wrapping_sub(behind);
            behind += stride;
        }
        Self { offset: 0, steps, pace }
    }

    /// To the next block; `block` is its number.
    fn step(&mut self, block: usize) {
        let carried = block.trailing_zeros() as usize;
        self.offset = self.offset.wrapping_add(self.steps[carried]);
    }
}

fn jumps(strides: &[usize]) -> [u16; BLOCK] {
    let mut jumps = [0; BLOCK];
    for (bit, &stride) in strides.iter().enumerate() {
        for place in 0..1 << bit {
            jumps[place | 1 << bit] = jumps[place] + u16::try_from(stride).expect("lowest bits are small");
        }
    }
    jumps
}

/// A product, or a product summed over one variable, block by block.
struct Blocks<'a, N> {
    tables: &'a [Factored<'a, N>],
    walks: Vec<Walk>,
    size: usize,
    /// Halves of the tables: two where a variable is summed out.
    halves: usize,
    count: usize,
}

impl<'a, N: Number> Blocks<'a, N> {
    fn new(tables: &'a [Factored<'a, N>], along: &[u32], sums: bool) -> Self {
        let bits = along.len().min(BLOCK_BITS);
        Self {
            tables,
            walks: tables.iter().map(|table| Walk::new(table.scope, along, bits)).collect(),
            size: 1 << bits,
            halves: if sums { 2 } else { 1 },
            count: 1 << (along.len() - bits),
        }
    }

    fn start(&self, table: usize, half: usize) -> usize {
        let all = self.tables[table].values.len();
        half * (all / self.halves) + self.walks[table].offset
    }

    /// Reads a table's values in this block into a row.
    fn copied(&self, table: usize, half: usize, row: &mut [N]) {
        let values = &self.tables[table].values[self.start(table, half)..];
        match &self.walks[table].pace {
            Pace::Runs => row.copy_from_slice(&values[..row.len()]),
            Pace::Stands => row.fill(values[0]),
            Pace::Jumps(jumps) => {
                row.iter_mut().zip(jumps).for_each(|(value, &jump)| *value = values[usize::from(jump)]);
            }
        }
    }

    /// Multiplies a row by a table's values in this block.
    fn multiplied(&self, table: usize, half: usize, row: &mut [N]) {
        let values = &self.tables[table].values[self.start(table, half)..];
        match &self.walks[table].pace {
            Pace::Runs => row.iter_mut().zip(values).for_each(|(value, &factor)| *value = *value * factor),
            Pace::Stands => row.iter_mut().for_each(|value| *value = *value * values[0]),
            Pace::Jumps(jumps) => {
                row.iter_mut().zip(jumps).for_each(|(value, &jump)| *value = *value * values[usize::from(jump)]);
            }
        }
    }

    fn active(&self, half: usize) -> impl Iterator<Item = usize> + use<'a, N> {
        let tables = self.tables;
        (0..tables.len()).filter(move |&table| !tables[table].ones[half])
    }

    fn product(&self, half: usize, row: &mut [N]) {
        let mut active = self.active(half);
        match active.next() {
            Some(first) => self.copied(first, half, row),
            None => row.fill(N::ONE),
        }
        active.for_each(|table| self.multiplied(table, half, row));
    }

    fn step(&mut self, block: usize) {
        if block < self.count {
            self.walks.iter_mut().for_each(|walk| walk.step(block));
        }
    }
}

/// The product of some tables, over the variables `along`; where `sums`, that with their first variable off, which
/// `along` does not name, and that with it on, together.
///
/// Cost: a multiplication for each value of the result and each table, halves of ones left out.
pub(super) fn multiply<N: Number>(tables: &[Factored<'_, N>], along: &[u32], sums: bool, result: &mut [N]) {
    let mut blocks = Blocks::new(tables, along, sums);
    let mut row = [N::ZERO; BLOCK];
    let row = &mut row[..blocks.size];
    for (result, block) in result.chunks_exact_mut(row.len()).zip(1..) {
        blocks.product(0, result);
        if sums {
            blocks.product(1, row);
            result.iter_mut().zip(row.iter()).for_each(|(sum, &value)| *sum = *sum + value);
        }
        blocks.step(block);
    }
}

/// Adds to the derivative by each value of each table, given that by each value of their product (or sum).
///
/// Cost: about three times that of [`multiply`]. Halves of ones get no derivative.
pub(super) fn pull<N: Number>(
    tables: &[Factored<'_, N>],
    along: &[u32],
    sums: bool,
    by_result: &[N],
    by_tables: &mut [Vec<N>],
) {
    let mut blocks = Blocks::new(tables, along, sums);
    let (size, halves) = (blocks.size, blocks.halves);
    let mut before = vec![[N::ZERO; BLOCK]; tables.len() + 1];
    for (by_result, block) in by_result.chunks_exact(size).zip(1..) {
        for half in 0..halves {
            let active: Vec<usize> = blocks.active(half).collect();
            // What comes before each table, the derivative included, then what comes after it.
            before[0][..size].copy_from_slice(by_result);
            for (place, &table) in active.iter().enumerate() {
                before[place + 1] = before[place];
                blocks.multiplied(table, half, &mut before[place + 1][..size]);
            }
            let mut after = [N::ONE; BLOCK];
            for (place, &table) in active.iter().enumerate().rev() {
                let row = &mut before[place][..size];
                row.iter_mut().zip(&after).for_each(|(value, &after)| *value = *value * after);
                let start = blocks.start(table, half);
                give(&blocks.walks[table].pace, row, &mut by_tables[table][start..]);
                if place > 0 {
                    blocks.multiplied(table, half, &mut after[..size]);
                }
            }
        }
        blocks.step(block);
    }
}

fn give<N: Number>(pace: &Pace, row: &[N], by_values: &mut [N]) {
    match pace {
        Pace::Runs => by_values.iter_mut().zip(row).for_each(|(by, &value)| *by = *by + value),
        Pace::Stands => by_values[0] = by_values[0] + row.iter().fold(N::ZERO, |sum, &value| sum + value),
        Pace::Jumps(jumps) => {
            for (&value, &jump) in row.iter().zip(jumps) {
                by_values[usize::from(jump)] = by_values[usize::from(jump)] + value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(table: u32, place: usize) -> f64 {
        f64::from((u32::try_from(place).expect("small") * 7 + table * 13) % 11) - 4.0
    }

    /// The place in a table over `scope` of a setting of variables 0 to 9, given as bits.
    fn place(scope: &[u32], setting: usize) -> usize {
        scope.iter().fold(0, |place, variable| place << 1 | (setting >> variable & 1))
    }

    #[test]
    fn blocks_give_what_single_places_give() {
        let scopes: [&[u32]; 4] = [&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], &[0, 2, 9], &[0, 1, 5], &[0, 3, 4, 5, 6, 7, 8, 9]];
        let tables: Vec<Vec<f64>> = (0..)
            .zip(scopes)
            .map(|(table, scope)| (0..1 << scope.len()).map(|at| value(table, at)).collect())
            .collect();
        let along: Vec<u32> = (1..10).collect();
        let factored: Vec<Factored<'_, f64>> = tables
            .iter()
            .zip(scopes)
            .map(|(values, scope)| Factored { values, scope: &scope[1..], ones: [false; 2] })
            .collect();
        let mut result = vec![0.0; 512];
        multiply(&factored, &along, true, &mut result);
        let product = |setting: usize| -> f64 {
            tables.iter().zip(scopes).map(|(table, scope)| table[place(scope, setting)]).product()
        };
        for setting in (0..1024).step_by(2) {
            assert_eq!(result[place(&along, setting)], product(setting) + product(setting + 1));
        }
        let weights: Vec<f64> = (0..512).map(|at| value(9, at)).collect();
        let mut by: Vec<Vec<f64>> = tables.iter().map(|table| vec![0.0; table.len()]).collect();
        pull(&factored, &along, true, &weights, &mut by);
        for (table, scope) in scopes.iter().enumerate() {
            let mut expected = vec![0.0; tables[table].len()];
            for setting in 0..1024 {
                let others = (0..4).filter(|&other| other != table);
                let product: f64 = others.map(|other| tables[other][place(scopes[other], setting)]).product();
                expected[place(scope, setting)] += weights[place(&along, setting)] * product;
            }
            assert_eq!(by[table], expected);
        }
    }
}
