//! Which tables are multiplied and summed, one after another, and what that takes: known before any is made.
//!
//! Bucket elimination (Dechter 1999): each variable in turn is summed out of the product of the tables that have it.
//! Small tables are multiplied with each other before they meet a large one.

use super::factor::Factor;
use super::kernel::{Factored, multiply, pull};
use super::network::Network;
use super::ordering::Ordering;
use crate::logic::number::Number;

/// A plan to sum a product of factors.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    /// Over variables that are numbered in the order in which they are summed out.
    factors: Vec<Factor>,
    /// The variables of each table; those of the factors come first.
    scopes: Vec<Vec<u32>>,
    /// Each makes a table, the last one the result.
    steps: Vec<Step>,
    /// Multiply-adds.
    pub(super) cost: f64,
    /// The most bytes in use at once.
    pub(super) peak: f64,
    /// The most variables under one sum.
    pub(super) width: usize,
}

#[derive(Debug, Clone)]
struct Step {
    inputs: Vec<Input>,
    result: usize,
    sums: bool,
}

#[derive(Debug, Clone, Copy)]
struct Input {
    table: usize,
    /// Whether the halves in which its first variable is off, and on, have nothing but ones.
    ones: [bool; 2],
}

impl Step {
    /// Multiply-adds, given the number of the result's variables.
    fn cost(&self, bits: usize) -> f64 {
        let halves = if self.sums { 2 } else { 1 };
        let read = |half: usize| self.inputs.iter().filter(|input| !input.ones[half]).count().max(1);
        (0..halves).map(read).sum::<usize>() as f64 * size(bits)
    }
}

/// The number of values of a table.
fn size(bits: usize) -> f64 {
    (1_u64 << bits) as f64
}

impl Schedule {
    /// Lays out the sum of a network's product over all its variables but the last `held` of the order.
    pub(super) fn new(network: &Network, ordering: &Ordering, held: usize) -> Self {
        let mut name = vec![0; ordering.sequence.len()];
        ordering.sequence.iter().zip(0..).for_each(|(&variable, place)| name[variable as usize] = place);
        let factors: Vec<Factor> =
            network.factors.iter().map(|factor| factor.renamed(|variable| name[variable as usize])).collect();
        let mut layout = Layout::new(&factors, name.len() - held);
        layout.all(held);
        let Layout { scopes, steps, width, .. } = layout;
        let mut schedule = Self { factors, scopes, steps, cost: 0.0, peak: 0.0, width };
        schedule.steps = schedule.depth_first();
        schedule.cost = schedule.steps.iter().map(|step| step.cost(schedule.scopes[step.result].len())).sum();
        schedule.peak = schedule.peak();
        schedule
    }

    /// The steps in an order that keeps few tables in use: each right after what it needs, the larger part first.
    fn depth_first(&self) -> Vec<Step> {
        let first = self.factors.len();
        let mut done = Vec::with_capacity(self.steps.len());
        let mut waiting: Vec<(usize, bool)> = vec![(self.steps.len() - 1, false)];
        while let Some((step, ready)) = waiting.pop() {
            if ready {
                done.push(self.steps[step].clone());
                continue;
            }
            waiting.push((step, true));
            let made = self.steps[step].inputs.iter().filter_map(|input| input.table.checked_sub(first));
            let mut made: Vec<usize> = made.collect();
            made.sort_by_key(|&step| (self.scopes[first + step].len(), step));
            waiting.extend(made.into_iter().map(|step| (step, false)));
        }
        done
    }

    fn peak(&self) -> f64 {
        const BYTES: f64 = 8.0;
        let bytes = |table: usize| BYTES * size(self.scopes[table].len());
        let mut now: f64 = (0..self.factors.len()).map(bytes).sum();
        let mut peak = now;
        for step in &self.steps {
            now += bytes(step.result);
            peak = peak.max(now);
            now -= step
                .inputs
                .iter()
                .filter(|input| input.table >= self.factors.len())
                .map(|input| bytes(input.table))
                .sum::<f64>();
        }
        peak
    }

    /// Bytes for all tables and their derivatives at once.
    pub(super) fn everything(&self) -> f64 {
        self.scopes.iter().map(|scope| 16.0 * size(scope.len())).sum()
    }

    /// The sum, a value for each setting of the variables that are held.
    pub(super) fn sum<N: Number>(&self, events: &[N]) -> Vec<N> {
        let mut tables = Tables::new(self, events);
        for step in &self.steps {
            tables.make(step);
            step.inputs.iter().for_each(|input| tables.drop(input.table));
        }
        tables.result()
    }

    /// The sum, and the derivative by each event of each of its values: one pass forward, and for each value one
    /// back (Darwiche 2003).
    pub(super) fn gradient<N: Number>(&self, events: &[N]) -> (Vec<N>, Vec<Vec<N>>) {
        let mut tables = Tables::new(self, events);
        self.steps.iter().for_each(|step| tables.make(step));
        let result = tables.result();
        let by = (0..result.len()).map(|place| self.back(&tables, events, place)).collect();
        (result, by)
    }

    fn back<N: Number>(&self, tables: &Tables<'_, N>, events: &[N], place: usize) -> Vec<N> {
        let mut by_event = vec![N::ZERO; events.len()];
        let mut by_table: Vec<Vec<N>> = vec![Vec::new(); self.scopes.len()];
        for (count, step) in self.steps.iter().rev().enumerate() {
            let mut by_result = std::mem::take(&mut by_table[step.result]);
            if count == 0 {
                by_result = vec![N::ZERO; 1 << self.scopes[step.result].len()];
                by_result[place] = N::ONE;
            }
            let mut by_inputs: Vec<Vec<N>> =
                step.inputs.iter().map(|input| vec![N::ZERO; 1 << self.scopes[input.table].len()]).collect();
            pull(&tables.factored(step), &self.scopes[step.result], step.sums, &by_result, &mut by_inputs);
            for (input, by) in step.inputs.iter().zip(by_inputs) {
                match self.factors.get(input.table) {
                    Some(factor) => factor.pull(&by, events, &mut by_event),
                    None => by_table[input.table] = by,
                }
            }
        }
        by_event
    }
}

/// The numbers, while they are made.
struct Tables<'a, N> {
    schedule: &'a Schedule,
    /// The values of all factors, one after another.
    factors: Vec<N>,
    starts: Vec<usize>,
    made: Vec<Vec<N>>,
    /// Memory that can be used again, by the number of variables.
    spare: Vec<Vec<Vec<N>>>,
}

impl<'a, N: Number> Tables<'a, N> {
    fn new(schedule: &'a Schedule, events: &[N]) -> Self {
        let mut starts = vec![0];
        schedule.factors.iter().for_each(|factor| starts.push(starts[starts.len() - 1] + factor.base.len()));
        let mut factors = vec![N::ZERO; starts[starts.len() - 1]];
        for (factor, &start) in schedule.factors.iter().zip(&starts) {
            factor.fill(events, &mut factors[start..]);
        }
        let made = vec![Vec::new(); schedule.scopes.len() - schedule.factors.len()];
        Self { schedule, factors, starts, made, spare: Vec::new() }
    }

    fn values(&self, table: usize) -> &[N] {
        match table.checked_sub(self.schedule.factors.len()) {
            Some(made) => &self.made[made],
            None => &self.factors[self.starts[table]..self.starts[table + 1]],
        }
    }

    fn factored(&self, step: &Step) -> Vec<Factored<'_, N>> {
        let skipped = usize::from(step.sums);
        let factored = |&Input { table, ones }: &Input| Factored {
            values: self.values(table),
            scope: &self.schedule.scopes[table][skipped..],
            ones,
        };
        step.inputs.iter().map(factored).collect()
    }

    fn make(&mut self, step: &Step) {
        let along = &self.schedule.scopes[step.result];
        let room = self.spare.get_mut(along.len()).and_then(Vec::pop);
        let mut result = room.unwrap_or_else(|| vec![N::ZERO; 1 << along.len()]);
        multiply(&self.factored(step), along, step.sums, &mut result);
        self.made[step.result - self.schedule.factors.len()] = result;
    }

    fn drop(&mut self, table: usize) {
        let Some(made) = table.checked_sub(self.schedule.factors.len()) else { return };
        let bits = self.schedule.scopes[table].len();
        if self.spare.len() <= bits {
            self.spare.resize_with(bits + 1, Vec::new);
        }
        let values = std::mem::take(&mut self.made[made]);
        // Little is kept that nothing may need again: one of each large size.
        if bits < 12 || self.spare[bits].is_empty() {
            self.spare[bits].push(values);
        }
    }

    fn result(&self) -> Vec<N> {
        let last = self.schedule.steps.last().expect("the last step makes the result");
        self.values(last.result).to_vec()
    }
}

/// Lays out the steps.
struct Layout {
    scopes: Vec<Vec<u32>>,
    /// Where a table's halves have nothing but ones.
    ones: Vec<[bool; 2]>,
    /// The tables whose first variable is this one; in the last, those with none that is summed out.
    buckets: Vec<Vec<usize>>,
    steps: Vec<Step>,
    width: usize,
}

impl Layout {
    fn new(factors: &[Factor], variables: usize) -> Self {
        let mut layout = Self {
            scopes: Vec::with_capacity(2 * factors.len()),
            ones: Vec::with_capacity(2 * factors.len()),
            buckets: vec![Vec::new(); variables + 1],
            steps: Vec::with_capacity(2 * variables),
            width: 0,
        };
        for factor in factors {
            let table = layout.table(factor.scope.clone(), factor.ones());
            layout.file(table);
        }
        layout
    }

    fn table(&mut self, scope: Vec<u32>, ones: [bool; 2]) -> usize {
        self.scopes.push(scope);
        self.ones.push(ones);
        self.scopes.len() - 1
    }

    fn file(&mut self, table: usize) {
        let last = self.buckets.len() - 1;
        let first = self.scopes[table].first().map_or(last, |&first| last.min(first as usize));
        self.buckets[first].push(table);
    }

    fn all(&mut self, held: usize) {
        let last = self.buckets.len() - 1;
        for variable in 0..last {
            let tables = std::mem::take(&mut self.buckets[variable]);
            let tables = self.joined(tables);
            let mut scope = self.union(&tables);
            self.width = self.width.max(scope.len());
            scope.remove(0);
            let result = self.step(&tables, scope, true);
            self.file(result);
        }
        let tables = std::mem::take(&mut self.buckets[last]);
        let first = u32::try_from(last).expect("numbered in 32 bits");
        let scope = (first..).take(held).collect();
        self.step(&tables, scope, false);
    }

    fn step(&mut self, tables: &[usize], scope: Vec<u32>, sums: bool) -> usize {
        let input = |&table: &usize| Input { table, ones: if sums { self.ones[table] } else { [false; 2] } };
        let inputs = tables.iter().map(input).collect();
        let both = |half: usize| !sums && tables.iter().all(|&table| self.ones[table][half]);
        let result = self.table(scope, [both(0), both(1)]);
        self.steps.push(Step { inputs, result, sums });
        result
    }

    fn union(&self, tables: &[usize]) -> Vec<u32> {
        let mut union: Vec<u32> = tables.iter().flat_map(|&table| self.scopes[table].iter().copied()).collect();
        union.sort_unstable();
        union.dedup();
        union
    }

    /// Multiplies small tables of a bucket with each other, where that saves more than it costs.
    fn joined(&mut self, mut tables: Vec<usize>) -> Vec<usize> {
        /// Below this number of variables a table more is as cheap as a step more.
        const SMALL: usize = 7;
        const FEW: usize = 16;
        let whole = self.union(&tables).len();
        if whole < SMALL || tables.len() < 3 {
            return tables;
        }
        let most = whole - 2;
        if tables.len() > FEW {
            tables = self.joined_in_passing(tables, most.min(SMALL));
        }
        while tables.len() > 1 {
            let pairs = (0..tables.len()).flat_map(|one| (one + 1..tables.len()).map(move |other| (one, other)));
            let size = |&(one, other): &(usize, usize)| self.union(&[tables[one], tables[other]]).len();
            let Some((one, other)) = pairs.min_by_key(size).filter(|pair| size(pair) <= most) else { break };
            let pair = [tables[one], tables.swap_remove(other)];
            let scope = self.union(&pair);
            tables[one] = self.step(&pair, scope, false);
        }
        tables
    }

    /// Multiplies many tables in groups with few variables, alike ones first.
    fn joined_in_passing(&mut self, mut tables: Vec<usize>, most: usize) -> Vec<usize> {
        tables.sort_by(|&one, &other| self.scopes[one].cmp(&self.scopes[other]));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for table in tables {
            match groups.last_mut() {
                Some(group) if self.union(&[&group[..], &[table]].concat()).len() <= most => group.push(table),
                _ => groups.push(vec![table]),
            }
        }
        let mut joined = Vec::with_capacity(groups.len());
        for group in groups {
            let scope = self.union(&group);
            joined.push(if group.len() == 1 { group[0] } else { self.step(&group, scope, false) });
        }
        joined
    }
}
