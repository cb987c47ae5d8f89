//! How far a counted share may be from the probability behind it.

use crate::logic::Interval;

/// Intervals around counted shares that miss the probability with a stated error at most.
///
/// They are those of Wilson (1927), the score interval. Where almost none or almost all were counted its error
/// is far larger than stated (Brown, Cai and DasGupta 2001): there it reaches at least as far as the exact
/// limits of a Poisson count (Garwood 1936). For errors below a ten-thousandth they are those of [`Certainty`].
#[derive(Debug, Clone)]
pub(crate) struct Confidence {
    /// How many standard deviations a normal number stays within, but for the error.
    deviations: f64,
    /// For each small count the smallest mean that it is likely enough from.
    least_means: Vec<f64>,
    /// Takes their place where the error is small.
    certainty: Option<Certainty>,
}

impl Confidence {
    /// Counts below this have exact limits.
    const SMALL: u64 = 50;
    /// Smaller errors are taken for this one.
    const LEAST_ERROR: f64 = 1e-12;
    /// With smaller errors, the tails of a count are heavier than the score interval takes them for.
    const SMALL_ERROR: f64 = 1e-4;

    /// With this chance, between 0 and 1, of missing, on both sides together.
    pub(crate) fn new(error: f64) -> Self {
        let side = (error / 2.0).clamp(Self::LEAST_ERROR, 0.5);
        let least_means = (0..Self::SMALL).map(|count| least_mean(count, side)).collect();
        let certainty = (error < Self::SMALL_ERROR).then(|| Certainty::new(2.0 * side));
        Self { deviations: deviations(side), least_means, certainty }
    }

    /// What the probability lies between of something that happened `count` times of `of`, which is above 0.
    pub(in crate::logic) fn interval(&self, count: u64, of: u64) -> Interval {
        if let Some(certainty) = self.certainty {
            return certainty.interval(count, of);
        }
        let (share, of_all) = (count as f64 / of as f64, of as f64);
        let square = self.deviations * self.deviations;
        let middle = (share + square / (2.0 * of_all)) / (1.0 + square / of_all);
        let spread = (share * (1.0 - share) / of_all + square / (4.0 * of_all * of_all)).sqrt();
        let reach = self.deviations * spread / (1.0 + square / of_all);
        let end = |small: u64, wilson: f64| {
            let least_mean = self.least_means.get(usize::try_from(small).unwrap_or(usize::MAX));
            least_mean.map_or(wilson, |mean| wilson.min(mean / of_all)).max(0.0)
        };
        Interval { low: end(count, middle - reach), high: 1.0 - end(of - count, 1.0 - middle - reach) }
    }

    /// How many are enough for an interval of this half width around any share.
    pub(in crate::logic) fn enough(&self, half_width: f64) -> u64 {
        if let Some(certainty) = self.certainty {
            return certainty.enough(half_width);
        }
        let square = self.deviations * self.deviations;
        (square * (1.0 / (4.0 * half_width * half_width) - 1.0)).ceil().max(1.0) as u64
    }
}

/// Intervals around counted shares that miss the probability with a stated error at most, however small that is.
///
/// By Chernoff's bound (1952): a share of `n` draws is as far from its probability `p` as `s` is, on one side, with a
/// chance of at most exp(-n·D), where D is the relative entropy s·ln(s/p) + (1-s)·ln((1-s)/(1-p)). Where the error is
/// a millionth, they are about a tenth wider than need be; those of [`Confidence`] are too narrow there.
#[derive(Debug, Clone, Copy)]
struct Certainty {
    /// The exponent that the error leaves to either side, in nats.
    nats: f64,
}

impl Certainty {
    /// With this chance, between 0 and 1, of missing, on both sides together.
    fn new(error: f64) -> Self {
        Self { nats: libm::log(2.0 / error) }
    }

    /// What the probability lies between of something that happened `count` times of `of`, which is above 0.
    fn interval(self, count: u64, of: u64) -> Interval {
        let (share, nats) = (count as f64 / of as f64, self.nats / of as f64);
        Interval { low: 1.0 - entropy_away(1.0 - share, nats), high: entropy_away(share, nats) }
    }

    /// How many are enough for an interval of this half width around any share: by Pinsker's inequality D is at least
    /// 2(s-p)².
    fn enough(self, half_width: f64) -> u64 {
        (self.nats / (2.0 * half_width * half_width)).ceil() as u64
    }
}

/// The probability above a share from which it has this relative entropy, by Newton's method from above: the entropy is
/// convex.
fn entropy_away(share: f64, nats: f64) -> f64 {
    const ITERATIONS: u32 = 50;
    if share >= 1.0 {
        return 1.0;
    }
    // The entropy is at least (p - s)² / 2p, which reaches it here.
    let mut probability = share + nats + (2.0 * share * nats + nats * nats).sqrt();
    if probability >= 1.0 {
        // So it is at least s·ln(s) + (1-s)·ln((1-s)/(1-p)).
        let least = if share > 0.0 { share * libm::log(share) } else { 0.0 };
        probability = 1.0 - (1.0 - share) * libm::exp((least - nats) / (1.0 - share));
        if probability >= 1.0 {
            return 1.0;
        }
    }
    for _ in 0..ITERATIONS {
        let slope = (probability - share) / (probability * (1.0 - probability));
        let step = (relative_entropy(share, probability) - nats) / slope;
        probability -= step;
        if step.abs() <= 1e-12 {
            break;
        }
    }
    probability
}

/// Of a share from a probability, both from 0 to 1, in nats.
fn relative_entropy(share: f64, probability: f64) -> f64 {
    let term = |share: f64, probability: f64| if share > 0.0 { share * libm::log(share / probability) } else { 0.0 };
    term(share, probability) + term(1.0 - share, 1.0 - probability)
}

/// The mean of a Poisson number that reaches `count` with just this chance; 0 for a count of 0.
fn least_mean(count: u64, chance: f64) -> f64 {
    let reaches = |mean: f64| {
        let mut term = libm::exp(-mean);
        let mut below = 0.0;
        for number in 0..count {
            below += term;
            term *= mean / (number + 1) as f64;
        }
        1.0 - below
    };
    halved(0.0, count as f64, |mean| reaches(mean) < chance)
}

/// How many standard deviations a normal number exceeds with just this chance, which is at most one half.
fn deviations(chance: f64) -> f64 {
    halved(0.0, 8.0, |deviations| upper_tail(deviations) > chance)
}

/// The chance that a normal number exceeds this many standard deviations, from 0 to 8 (Marsaglia 2004).
fn upper_tail(deviations: f64) -> f64 {
    let (mut term, mut sum, mut odd) = (deviations, deviations, 1.0);
    while sum + term != sum {
        odd += 2.0;
        term *= deviations * deviations / odd;
        sum += term;
    }
    let density = libm::exp(-deviations * deviations / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    0.5 - sum * density
}

/// Where a condition that holds from `low` on ceases to hold before `high`.
fn halved(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    const HALVINGS: u32 = 60;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_that_of_the_tables() {
        for (chance, expected) in [(0.025, 1.959_964), (0.005, 2.575_829), (0.000_5, 3.290_527)] {
            assert!((deviations(chance) - expected).abs() < 1e-6, "{chance}");
        }
    }

    #[test]
    fn a_half_width_of_half_a_percent_takes_as_many_as_the_text_books_say() {
        // (2.575829 / (2 * 0.005))^2 = 66348.96, less 2.575829^2 = 6.63 for the score interval.
        assert_eq!(Confidence::new(0.01).enough(0.005), 66_343);
    }

    #[test]
    fn wilson_is_as_published() {
        // 81 of 263, 95 %: 0.2553 to 0.3662 (Newcombe 1998, table I, method 3).
        let Interval { low, high } = Confidence::new(0.05).interval(81, 263);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn the_limits_of_small_counts_are_those_of_the_poisson_tables() {
        // 95 % limits of a count of 1 and of 10 (Garwood 1936): 0.0253 and 4.795.
        assert!((least_mean(1, 0.025) - 0.0253).abs() < 5e-5);
        assert!((least_mean(10, 0.025) - 4.795).abs() < 5e-4);
        // None of 1000: the score interval ends at 3.84 / 1003.84.
        let Interval { low, high } = Confidence::new(0.05).interval(0, 1000);
        assert!(low == 0.0 && (high - 0.003_827).abs() < 1e-6, "{high}");
    }

    #[test]
    fn what_is_rarely_missing_has_the_limits_of_what_is_rare() {
        let confidence = Confidence::new(0.05);
        for count in [0, 1, 7, 49, 50, 400] {
            let (few, most) = (confidence.interval(count, 1000), confidence.interval(1000 - count, 1000));
            assert!((few.low - (1.0 - most.high)).abs() < 1e-12, "{count}: {few:?}, {most:?}");
            assert!((few.high - (1.0 - most.low)).abs() < 1e-12, "{count}: {few:?}, {most:?}");
        }
        // All but one of 1000: Garwood's limit for a count of 1 is 0.0253.
        assert!((confidence.interval(999, 1000).high - 0.999_974_7).abs() < 5e-8);
    }

    #[test]
    fn chernoff_holds_for_small_errors_too() {
        // Chances added up by the binomial distribution, for 2000 tries and an error of a millionth.
        let certainty = Certainty::new(1e-6);
        for probability in [0.0005, 0.004, 0.02, 0.3, 0.5, 0.97] {
            let log = |count: u64| {
                let ways: f64 = (1..=count).map(|k| ((2000 - count + k) as f64 / k as f64).ln()).sum();
                ways + count as f64 * f64::ln(probability) + (2000 - count) as f64 * f64::ln(1.0 - probability)
            };
            let missed = |count: &u64| !certainty.interval(*count, 2000).contains(probability);
            let missed: f64 = (0..=2000).filter(missed).map(|count| log(count).exp()).sum();
            assert!(missed < 1e-6, "{probability}: {missed}");
        }
        // None of 1000: the rule of three, for this error (1 - p)^1000 = 5e-7.
        let Interval { low, high } = certainty.interval(0, 1000);
        assert!(low == 0.0 && (high - (1.0 - 5e-7_f64.powf(0.001))).abs() < 1e-9, "{high}");
    }

    #[test]
    fn small_errors_take_as_many_as_pinsker_says() {
        // ln(2 / 1e-6) = 14.508658, over 2 * 0.01^2: 72543.29.
        let confidence = Confidence::new(1e-6);
        assert_eq!(confidence.enough(0.01), 72_544);
        for count in [0, 1_000, 36_272, 72_544] {
            let Interval { low, high } = confidence.interval(count, 72_544);
            assert!(high - low <= 0.02, "{count}: {low} {high}");
        }
    }

    #[test]
    fn the_stated_error_holds_for_rare_things_too() {
        // Chances added up by the binomial distribution, for 1000 tries at 99 %.
        let confidence = Confidence::new(0.01);
        for thousandths in [0.05, 0.115, 0.2, 0.5, 1.0, 2.5, 7.0, 20.0, 300.0] {
            let probability = thousandths / 1000.0;
            let mut chance = (1.0_f64 - probability).powi(1000);
            let mut missed = 0.0;
            for count in 0..=1000_u64 {
                if !confidence.interval(count, 1000).contains(probability) {
                    missed += chance;
                }
                chance *= (1000 - count) as f64 / (count + 1) as f64 * probability / (1.0 - probability);
            }
            assert!(missed < 0.0125, "{probability}: {missed}");
        }
    }
}
