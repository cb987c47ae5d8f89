//! What tables are computed in: floating point, and a finite field in which nothing is lost.

use std::ops::{Add, Mul, Sub};

/// A commutative ring.
pub(super) trait Number:
    Copy + PartialEq + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self>
{
    /// 0, the sum of nothing.
    const ZERO: Self;
    /// 1, the product of nothing.
    const ONE: Self;

    /// A small whole number.
    fn whole(number: i8) -> Self;
}

impl Number for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    fn whole(number: i8) -> Self {
        Self::from(number)
    }
}

/// A residue modulo the prime 2^61 - 1.
///
/// Sums with signs cancel, and in floating point what is left of nothing may be 1e-17. Whether a probability is 0
/// is therefore asked here: it is a polynomial in the uncertain numbers, which is 0 for all of them if it is for
/// random ones, but for a chance of the degree in 2^61 (Schwartz 1980, Zippel 1979).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Residue(u64);

impl Residue {
    const PRIME: u64 = (1 << 61) - 1;

    /// A residue that looks random, the same for the same number, and is neither 0 nor 1.
    pub(super) fn scattered(number: u64) -> Self {
        // SplitMix64 (Steele, Lea and Flood 2014).
        let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(2 + (mixed ^ (mixed >> 31)) % (Self::PRIME - 2))
    }
}

impl Add for Residue {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let sum = self.0 + other.0;
        Self(if sum >= Self::PRIME { sum - Self::PRIME } else { sum })
    }
}

impl Sub for Residue {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + Self(Self::PRIME - other.0)
    }
}

impl Mul for Residue {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = u128::from(self.0) * u128::from(other.0);
        let [low, high] = [product & u128::from(Self::PRIME), product >> 61];
        let part = |part: u128| Self(u64::try_from(part).expect("61 bits") % Self::PRIME);
        part(low) + part(high)
    }
}

impl Number for Residue {
    const ZERO: Self = Self(0);
    const ONE: Self = Self(1);

    fn whole(number: i8) -> Self {
        let size = Self(u64::from(number.unsigned_abs()));
        if number < 0 { Self::ZERO - size } else { size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residues_add_and_multiply_as_whole_numbers_do() {
        let [one, other] = [Residue::scattered(1), Residue::scattered(2)];
        assert_eq!((one + other) * (one - other), one * one - other * other);
        assert_eq!(Residue::ZERO - Residue::ONE, Residue::whole(-1));
        assert_eq!(Residue::whole(-1) * Residue::whole(-1), Residue::ONE);
        assert_eq!(Residue(1 << 60) * Residue(2), Residue::ONE, "2^61 is 1");
        assert_eq!(Residue(Residue::PRIME - 1) + Residue::ONE, Residue::ZERO);
    }
}
