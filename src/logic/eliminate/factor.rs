//! The small tables that a network is made of, before they have numbers in them.

use crate::logic::number::Number;

/// A function of a few on-or-off variables: `base + weight * factor`, the weight a product of events' probabilities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Factor {
    /// Its variables. The first is the highest bit of a place in the table.
    pub(super) scope: Vec<u32>,
    /// What does not depend on the weight.
    pub(super) base: Vec<i8>,
    /// What the weight adds.
    pub(super) factor: Vec<i8>,
    /// The events whose probabilities multiply to the weight.
    pub(super) events: Vec<u32>,
}

impl Factor {
    /// The factor with these values for each setting of the variables, in the order of the scope.
    pub(super) fn new(scope: Vec<u32>, events: Vec<u32>, value: impl Fn(&[bool]) -> (i8, i8)) -> Self {
        let mut setting = vec![false; scope.len()];
        let values = (0..1_usize << scope.len()).map(|place| {
            for (index, on) in setting.iter_mut().enumerate() {
                *on = place >> (scope.len() - 1 - index) & 1 == 1;
            }
            value(&setting)
        });
        let (base, factor) = values.unzip();
        Self { scope, base, factor, events }
    }

    /// The same factor with its variables renamed and in ascending order.
    pub(super) fn renamed(&self, name: impl Fn(u32) -> u32) -> Self {
        let mut order: Vec<(u32, usize)> = self.scope.iter().map(|&old| name(old)).zip(0..).collect();
        order.sort_unstable();
        let bits = order.len();
        let old_place = |place: usize| {
            let moved = |(new, &(_, old)): (usize, &(u32, usize))| (place >> (bits - 1 - new) & 1) << (bits - 1 - old);
            order.iter().enumerate().map(moved).sum::<usize>()
        };
        let places = || (0..1_usize << bits).map(old_place);
        Self {
            base: places().map(|place| self.base[place]).collect(),
            factor: places().map(|place| self.factor[place]).collect(),
            scope: order.into_iter().map(|(new, _)| new).collect(),
            events: self.events.clone(),
        }
    }

    /// Whether all values are 1, whatever the weight, where the first variable is off, and where it is on.
    pub(super) fn ones(&self) -> [bool; 2] {
        let half = self.base.len() / 2;
        let ones = |range: std::ops::Range<usize>| {
            !self.scope.is_empty() && range.into_iter().all(|place| (self.base[place], self.factor[place]) == (1, 0))
        };
        [ones(0..half), ones(half..2 * half)]
    }

    fn weight<N: Number>(&self, events: &[N]) -> N {
        self.events.iter().fold(N::ONE, |product, &event| product * events[event as usize])
    }

    /// Appends its values, given the probabilities of all events.
    pub(super) fn fill<N: Number>(&self, events: &[N], table: &mut [N]) {
        let weight = self.weight(events);
        for ((value, &base), &factor) in table.iter_mut().zip(&self.base).zip(&self.factor) {
            *value = N::whole(base) + weight * N::whole(factor);
        }
    }

    /// Adds to the derivative by each of its events, given that by each value of its table.
    pub(super) fn pull<N: Number>(&self, by_value: &[N], events: &[N], by_event: &mut [N]) {
        let by_values = by_value.iter().zip(&self.factor);
        let by_weight = by_values.fold(N::ZERO, |sum, (&by, &factor)| sum + by * N::whole(factor));
        for (index, &event) in self.events.iter().enumerate() {
            let others = self.events.iter().enumerate().filter(|&(other, _)| other != index);
            let product = others.fold(N::ONE, |product, (_, &other)| product * events[other as usize]);
            by_event[event as usize] = by_event[event as usize] + by_weight * product;
        }
    }
}
