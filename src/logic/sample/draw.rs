//! Which variables are on in which worlds: random numbers that can be entered anywhere.
//!
//! Every variable has a uniform number of 32 bits in every world, and is on where that is below its weight. The
//! numbers depend on the seed, the world and the variable alone: whatever else is asked, under whatever other
//! weights, the same variable draws the same number in the same world (*common random numbers*), so that two
//! answers differ by what was changed and by no chance besides.
//!
//! A word has the same bit of the numbers of 64 worlds. Bits are drawn from the highest down and only as long
//! as some world that matters is tied with the weight: about ten words instead of thirty-two.

use fearless_simd::{Simd, prelude::*, u64x8};

/// How many worlds are evaluated side by side: a bit each of eight machine words.
pub(in crate::logic) const WORLDS: u64 = 512;

/// The bits of a number.
const BITS: u64 = u32::BITS as u64;

/// What a stream of SplitMix64 goes on by: the golden ratio, made odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014), by which a counter becomes a random word.
#[inline(always)]
fn mixed(mut word: u64) -> u64 {
    word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ word >> 31
}

/// The same for eight words.
#[inline(always)]
fn mixed_words<S: Simd>(words: u64x8<S>) -> u64x8<S> {
    let words = (words ^ (words >> 30)) * 0xbf58_476d_1ce4_e5b9;
    let words = (words ^ (words >> 27)) * 0x94d0_49bb_1331_11eb;
    words ^ (words >> 31)
}

/// The word `index` of the stream of SplitMix64 from `seed`, from 0.
#[inline(always)]
fn word(seed: u64, index: u64) -> u64 {
    mixed(seed.wrapping_add(STEP.wrapping_mul(index.wrapping_add(1))))
}

/// The weights as numbers of 32 bits.
#[derive(Debug, Clone)]
pub(in crate::logic) struct Thresholds(Vec<u32>);

/// Stands for a weight of 1; no number reaches it.
const ONE: u32 = u32::MAX;

impl Thresholds {
    pub(in crate::logic) fn new(weights: &[f64]) -> Self {
        Self(weights.iter().map(|&weight| Self::of(weight)).collect())
    }

    /// The weight of a variable.
    pub(in crate::logic) fn at(&self, variable: usize) -> u32 {
        self.0[variable]
    }

    /// One weight as a number of 32 bits.
    pub(in crate::logic) fn of(weight: f64) -> u32 {
        (weight * f64::from(ONE) + weight).round() as u32
    }
}

/// The numbers of all variables in one block of worlds.
pub(in crate::logic) struct Numbers<'a, S: Simd> {
    thresholds: &'a Thresholds,
    /// From which the seed of each variable is taken.
    seed: u64,
    /// Where the streams of the block start, by word.
    start: u64x8<S>,
}

impl<'a, S: Simd> Numbers<'a, S> {
    #[inline(always)]
    pub(in crate::logic) fn new(simd: S, thresholds: &'a Thresholds, seed: u64, block: u64) -> Self {
        let first = |lane: usize| STEP.wrapping_mul((block * 8 + lane as u64) * BITS + 1);
        Self { thresholds, seed: mixed(seed), start: u64x8::from_slice(simd, &std::array::from_fn::<u64, 8, _>(first)) }
    }

    /// The worlds among `relevant` in which a variable is on.
    #[inline(always)]
    pub(in crate::logic) fn on(&self, simd: S, variable: usize, relevant: u64x8<S>) -> u64x8<S> {
        self.below(simd, variable, self.thresholds.0[variable], relevant)
    }

    /// The worlds among `relevant` in which a variable would be on with another weight.
    #[inline(always)]
    pub(in crate::logic) fn below(&self, simd: S, variable: usize, mut weight: u32, relevant: u64x8<S>) -> u64x8<S> {
        /// Fewer words hardly ever decide the worlds of a block.
        const AT_FIRST: u32 = 6;
        const THEN: u32 = 2;
        let mut on = u64x8::splat(simd, 0);
        if weight == ONE {
            return relevant;
        }
        if weight == 0 || is_zero(simd, relevant) {
            return on;
        }
        let mut counters = self.start + word(self.seed, variable as u64);
        let mut tied = relevant;
        let mut words = AT_FIRST;
        loop {
            for _ in 0..words {
                let bit = u64x8::splat(simd, (weight.cast_signed() >> 31) as i64 as u64);
                let drawn = mixed_words(counters);
                on |= tied & bit & !drawn;
                tied &= !(drawn ^ bit);
                counters += STEP;
                weight <<= 1;
            }
            if weight == 0 || is_zero(simd, tied) {
                return on;
            }
            words = THEN;
        }
    }
}

/// Whether no bit is set.
#[inline(always)]
pub(in crate::logic) fn is_zero<S: Simd>(simd: S, words: u64x8<S>) -> bool {
    words.simd_eq(u64x8::splat(simd, 0)).all_true()
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    #[test]
    fn the_stream_is_that_of_splitmix64() {
        // The first words from the seed 1234567, as published with the algorithm in many languages.
        let expected = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        for (index, expected) in (0..).zip(expected) {
            assert_eq!(word(1_234_567, index), expected);
        }
    }

    /// The number of a variable in a world, bit by bit from the definition.
    fn number(seed: u64, world: u64, variable: u64) -> u32 {
        let stream = word(mixed(seed), variable);
        let bit = |place: u64| (word(stream, world / 64 * BITS + place) >> (world % 64) & 1) as u32;
        (0..BITS).fold(0, |number, place| number << 1 | bit(place))
    }

    fn drawn(weight: f64, seed: u64, block: u64, variable: usize, relevant: [u64; 8]) -> [u64; 8] {
        let thresholds = Thresholds::new(&vec![weight; variable + 1]);
        dispatch!(Level::new(), simd => {
            let numbers = Numbers::new(simd, &thresholds, seed, block);
            let on = numbers.on(simd, variable, u64x8::from_slice(simd, &relevant));
            let mut words = [0; 8];
            on.store_slice(&mut words);
            words
        })
    }

    #[test]
    fn a_variable_is_on_where_its_number_is_below_its_weight() {
        for (weight, variable, block) in [(0.5, 0, 0), (0.123, 7, 3), (0.999, 2, 900), (1.0, 1, 1), (0.0, 1, 1)] {
            let relevant = std::array::from_fn(|lane| word(99, lane as u64));
            let on = drawn(weight, 42, block, variable, relevant);
            for world in 0..WORLDS {
                let bit = |words: [u64; 8]| words[world as usize / 64] >> (world % 64) & 1 == 1;
                let number = number(42, block * WORLDS + world, variable as u64);
                let below = f64::from(number) < (weight * 4_294_967_296.0).round();
                assert_eq!(bit(on), bit(relevant) && below, "weight {weight}, world {world}, number {number}");
            }
        }
    }

    #[test]
    fn a_smaller_weight_only_switches_off() {
        let more = drawn(0.7, 5, 11, 3, [u64::MAX; 8]);
        let less = drawn(0.6, 5, 11, 3, [u64::MAX; 8]);
        assert!((0..8).all(|lane| less[lane] & !more[lane] == 0));
        assert_ne!(less, more);
    }
}
