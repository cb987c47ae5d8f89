//! The random numbers of NumPy's `default_rng(seed)`, bit for bit: a seed sequence and PCG64 (XSL-RR).
//!
//! The definition of the graphs is a Python script that draws from it. Source: O'Neill, *PCG: A Family of Simple Fast
//! Space-Efficient Statistically Good Algorithms for Random Number Generation* (2014); Lemire, *Fast Random Integer
//! Generation in an Interval* (2019); and what NumPy documents of its generators.

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// The generator.
#[derive(Debug, Clone)]
pub struct Random {
    state: u128,
    increment: u128,
    /// The upper half of a draw whose lower half was given out.
    half: Option<u32>,
}

impl Random {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        let words = seed_words(seed);
        let long = |at: usize| (u128::from(words[at]) << 64) | u128::from(words[at + 1]);
        let mut random = Self { state: 0, increment: (long(2) << 1) | 1, half: None };
        random.step();
        random.state = random.state.wrapping_add(long(0));
        random.step();
        random
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// 32 random bits, two of them from each draw of 64.
    fn half_bits(&mut self) -> u32 {
        self.half.take().unwrap_or_else(|| {
            let bits = self.bits();
            self.half = Some((bits >> 32) as u32);
            bits as u32
        })
    }

    /// A number from 0 up to 1, that not included: `random()`.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A number between two others: `uniform(low, high)`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number from 0 up to `count`, that not included: `integers(0, count)`.
    ///
    /// # Panics
    ///
    /// If `count` is 0 or more than 2^32 - 1.
    pub fn below(&mut self, count: usize) -> usize {
        let count = u32::try_from(count).expect("the range has less than 2^32 numbers");
        assert!(count > 0, "a range with a number in it");
        if count == 1 {
            return 0;
        }
        let refused = count.wrapping_neg() % count;
        loop {
            let product = u64::from(self.half_bits()) * u64::from(count);
            if product as u32 >= refused {
                return (product >> 32) as usize;
            }
        }
    }

    /// Draws what `permutation(count)` draws, which refuses by a mask; nobody looks at the result.
    pub fn skip_permutation(&mut self, count: usize) {
        for last in (1..count as u32).rev() {
            let mask = u32::MAX >> last.leading_zeros();
            while self.half_bits() & mask > last {}
        }
    }
}

/// What `SeedSequence(seed).generate_state(4)` gives.
fn seed_words(seed: u64) -> [u64; 4] {
    let pool = seed_pool([seed as u32, (seed >> 32) as u32, 0, 0]);
    let mut factor = 0x8b51_f9dd_u32;
    let halves: [u32; 8] = std::array::from_fn(|at| scramble(pool[at % 4], &mut factor, 0x58f3_8ded));
    std::array::from_fn(|at| u64::from(halves[2 * at]) | (u64::from(halves[2 * at + 1]) << 32))
}

fn seed_pool(entropy: [u32; 4]) -> [u32; 4] {
    const FACTOR: u32 = 0x931e_8875;
    let mut factor = 0x43b0_d7e5_u32;
    let mut pool = entropy.map(|word| scramble(word, &mut factor, FACTOR));
    for from in 0..4 {
        for to in (0..4).filter(|&to| to != from) {
            let other = scramble(pool[from], &mut factor, FACTOR);
            let mixed = 0xca01_f9dd_u32.wrapping_mul(pool[to]).wrapping_sub(0x4973_f715_u32.wrapping_mul(other));
            pool[to] = mixed ^ (mixed >> 16);
        }
    }
    pool
}

fn scramble(word: u32, factor: &mut u32, growth: u32) -> u32 {
    let word = word ^ *factor;
    *factor = factor.wrapping_mul(growth);
    let word = word.wrapping_mul(*factor);
    word ^ (word >> 16)
}
