//! Something is tried on many random cases; what fails is made small before it is reported.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::random::{self, Profile};
use super::reduce::smallest;
use super::sketch::Sketch;

/// How often something was seen.
pub type Tally = BTreeMap<&'static str, usize>;

/// The key under which the cases that were tried are counted.
pub const CASES: &str = "cases";

/// The key under which cases are counted of which rounding decides.
pub const TOO_CLOSE: &str = "too close to tell";

/// Tries so many cases of a profile, `ORACLE_TIMES` as many where that is set. At most one case in `rare` may be too
/// close to tell.
///
/// # Panics
///
/// With the smallest case that fails, if one does.
#[track_caller]
pub fn try_all(
    profile: &Profile,
    first: u64,
    count: u64,
    rare: usize,
    trial: impl Fn(&Sketch, u64) -> Result<Tally, String>,
) -> Tally {
    let times: u64 = std::env::var("ORACLE_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let mut tally = Tally::new();
    for seed in first..first + count * times {
        let trial = |sketch: &Sketch| or_panic(|| trial(sketch, seed));
        let sketch = random::case(profile, seed);
        match trial(&sketch) {
            Ok(seen) => add(&mut tally, seen),
            Err(difference) => {
                let small = smallest(&sketch, |smaller| trial(smaller).is_err());
                let of_small = trial(&small).err().unwrap_or_default();
                panic!("seed {seed}: {difference}\nsmallest: {of_small}\n{small:#?}");
            }
        }
    }
    let cases = tally.get(CASES).copied().unwrap_or(0);
    let skipped = tally.get(TOO_CLOSE).copied().unwrap_or(0);
    assert!(skipped * rare <= cases + rare, "{skipped} of {cases} cases were too close to tell");
    tally
}

/// What a trial says, a panic in it among that.
pub fn or_panic(trial: impl FnOnce() -> Result<Tally, String>) -> Result<Tally, String> {
    catch_unwind(AssertUnwindSafe(trial)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        let message = message.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
        Err(format!("panic: {}", message.unwrap_or_default()))
    })
}

/// Counts something that may have been seen.
pub fn note(tally: &mut Tally, seen: bool, what: &'static str) {
    *tally.entry(what).or_default() += usize::from(seen);
}

/// Adds one count to another.
pub fn add(tally: &mut Tally, more: Tally) {
    for (what, count) in more {
        *tally.entry(what).or_default() += count;
    }
}

/// # Panics
///
/// If one of these was not seen so often, so that no test passes because nothing of interest occurred.
#[track_caller]
pub fn saw(tally: &Tally, least: usize, what: &[&'static str]) {
    for what in what {
        let count = tally.get(what).copied().unwrap_or(0);
        assert!(count >= least, "only {count} of {what}: {tally:#?}");
    }
}
