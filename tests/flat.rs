//! Rows that are worked out in lanes: against one world after another, against diagrams, against themselves.
//!
//! Random cases have all features of the semantics and loops of every kind; they are the same on every run. What
//! a variable is in a sampled world is worked out here once more, from the definition.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::support::random::{self, Dice, Profile};
use crate::support::sketch::Sketch;
use crate::support::worlds::{all_worlds, one_world};
use evigraph::internals::logic::{
    AtomId, Belnap, Budget, Exact, KeptEstimate, Literal, OneWorld, Outcome, Parameters, Program, Rows, Sampling,
    Subject, Tallies, Tally, VariableId, Variant, Weights, bounds, compile, exact, exact_of, in_world, independent,
    sample,
};
use evigraph::{Case, Effect, StatementId};

/// A case in every form that the tests look at.
struct Compiled {
    program: Program,
    weights: Vec<f64>,
    variables: Vec<VariableId>,
    statements: Vec<StatementId>,
}

impl Compiled {
    fn new(case: &Case) -> Self {
        let quantities = Parameters::new(case, &[]);
        let program = compile(case, &quantities, Variant::AS_WRITTEN);
        let statements = case.statements.ids().filter(|&id| case.canonical(id) == id).collect();
        let variables = quantities.iter().map(|(variable, _)| variable).collect();
        Self { program, weights: quantities.weights(case), variables, statements }
    }

    fn flat(&self) -> Rows {
        Rows::new(&self.program, &self.statements)
    }

    fn one_world(&self, on: Vec<bool>) -> Vec<Outcome> {
        one_world(&self.program, &self.statements, &on)
    }
}

fn profiles() -> [Profile; 4] {
    [Profile::broad(), Profile::tangled(), Profile::competing(), Profile::flat()]
}

/// Random cases of every sort, so many of each.
fn cases(of_each: u64) -> impl Iterator<Item = (String, Compiled)> {
    profiles().into_iter().enumerate().flat_map(move |(sort, profile)| {
        (0..of_each).map(move |seed| {
            let case = random::case(&profile, 7_000 * (sort as u64 + 1) + seed).build();
            (format!("sort {sort}, seed {seed}"), Compiled::new(&case))
        })
    })
}

fn coins(dice: &mut Dice, count: usize) -> Vec<bool> {
    // As likely as not all on, or all but a few.
    let percent = *dice.pick(&[50, 80, 97]);
    (0..count).map(|_| dice.chance(percent)).collect()
}

#[test]
fn one_world_says_what_the_reference_says() {
    let mut dice = Dice::new(1);
    let (mut loops, mut told) = (0, [0; 4]);
    for (name, compiled) in cases(600) {
        let flat = compiled.flat();
        loops += usize::from(flat.has_loops());
        for _ in 0..4 {
            let on = coins(&mut dice, compiled.weights.len());
            let expected = compiled.one_world(on.clone());
            expected.iter().for_each(|said| told[said.value as usize] += 1);
            assert_eq!(in_world(&flat, on.clone()), expected, "{name}, {on:?}");
            assert_eq!(OneWorld::new(&flat, on.clone()).outcomes(), expected, "{name}, {on:?}");
        }
    }
    assert!(loops > 500 && told.into_iter().all(|count| count > 500), "{loops} {told:?}");
}

#[test]
fn what_is_asked_of_groups_of_atoms_is_so_where_all_of_them_are() {
    let (mut dice, mut so) = (Dice::new(9), [0; 2]);
    for (name, compiled) in cases(40) {
        let atoms: Vec<AtomId> = compiled.program.atoms().collect();
        let mut group = |size| (0..size % 3).map(|_| Literal::Atom(*dice.pick(&atoms))).collect();
        let groups: Vec<Vec<Literal>> = (0..8).map(&mut group).collect();
        let (asking, asked) = compiled.program.asking(&groups);
        let flat = Rows::of(&asking, &asked);
        let on = coins(&mut dice, compiled.weights.len());
        let weights: Weights = on.iter().map(|&on| f64::from(u8::from(on))).collect();
        let expected = exact_of(
            &Subject { program: &asking, targets: &asked, weights: &weights, keep: &|_| false },
            Budget::default(),
        )
        .expect("one world is small");
        for (said, diagrams) in OneWorld::new(&flat, on).outcomes().iter().zip(expected) {
            let is_so = diagrams.read(&weights).in_favour > 0.5;
            so[usize::from(is_so)] += 1;
            assert_eq!(said.value == Belnap::True, is_so, "{name}");
        }
    }
    assert!(so.into_iter().all(|count| count > 300), "{so:?}");
}

#[test]
fn a_part_says_what_the_whole_says() {
    for (name, compiled) in cases(100) {
        let on = coins(&mut Dice::new(2), compiled.weights.len());
        let whole = compiled.one_world(on.clone());
        for (&statement, expected) in compiled.statements.iter().zip(whole) {
            let flat = Rows::new(&compiled.program, &[statement]);
            assert_eq!(OneWorld::new(&flat, on.clone()).outcomes(), [expected], "{name}");
            assert_eq!(flat.targets().collect::<Vec<_>>(), [Program::sides(statement)]);
        }
    }
}

/// The word `index` of SplitMix64 from a seed.
fn split_mix(seed: u64, index: u64) -> u64 {
    Dice::new(seed.wrapping_add(index.wrapping_mul(0x9e37_79b9_7f4a_7c15))).roll()
}

/// The number of 32 bits that a variable has in a world. Eight words make a block; bit `b` of the numbers of the
/// 64 worlds of word `w` is word `32 w + b` of the stream of the variable.
fn number(seed: u64, world: u64, variable: VariableId) -> u32 {
    // The finalizer alone: the generator adds its step first.
    let mixed = Dice::new(seed.wrapping_sub(0x9e37_79b9_7f4a_7c15)).roll();
    let stream = split_mix(mixed, variable.index() as u64);
    (0..32).fold(0, |number, bit| {
        let word = split_mix(stream, world / 64 * 32 + bit);
        number << 1 | u32::try_from(word >> (world % 64) & 1).expect("a bit")
    })
}

fn drawn(compiled: &Compiled, seed: u64, world: u64) -> Vec<bool> {
    let is_on = |(&weight, &variable): (&f64, &VariableId)| {
        f64::from(number(seed, world, variable)) < (weight * 4_294_967_296.0).round()
    };
    compiled.weights.iter().zip(&compiled.variables).map(is_on).collect()
}

fn sampling(seed: u64, most_worlds: u64) -> Sampling {
    Sampling { seed, most_worlds, half_width: 1e-4, threads: NonZeroUsize::MIN, ..Sampling::default() }
}

fn counts(compiled: &Compiled, sampling: &Sampling) -> Tallies {
    sample(&compiled.flat(), &compiled.weights, sampling, |_| false, || false)
}

fn tallies(tallies: &Tallies) -> Vec<Tally> {
    (0..tallies.len()).map(|target| tallies.tally(target)).collect()
}

#[test]
fn a_block_of_worlds_is_those_worlds_one_by_one() {
    for (name, compiled) in cases(25) {
        let found = counts(&compiled, &sampling(77, 1024));
        assert_eq!(found.worlds(), 1024);
        let mut expected = vec![Tally::default(); compiled.statements.len()];
        for world in 0..1024 {
            for (tally, said) in expected.iter_mut().zip(compiled.one_world(drawn(&compiled, 77, world))) {
                tally.in_favour += u64::from(said.value == Belnap::True);
                tally.against += u64::from(said.value == Belnap::False);
                tally.conflict += u64::from(said.value == Belnap::Both);
                tally.any_case += u64::from(said.any_case);
            }
        }
        assert_eq!(tallies(&found), expected, "{name}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    for (name, compiled) in cases(3) {
        let with = |threads| {
            let threads = NonZeroUsize::new(threads).expect("some");
            tallies(&counts(&compiled, &Sampling { threads, ..sampling(3, 20_000) }))
        };
        let one = with(1);
        assert!([2, 3, 8].into_iter().all(|threads| with(threads) == one), "{name}");
    }
}

#[test]
fn a_weight_that_stays_draws_the_same_numbers() {
    let sketch = || {
        let claims = Sketch::new().claims(&["one", "two"]).document("a", 0.6).document("b", 0.7);
        claims.supports("a", "one", 0.9).supports("b", "two", 0.8)
    };
    let count = |sketch: &Sketch| tallies(&counts(&Compiled::new(&sketch.build()), &sampling(5, 10_000)));
    let before = count(&sketch());
    assert_eq!(before, count(&sketch()));
    // A number of the other claim: not one world of this one changes.
    let mut other = sketch();
    other.documents.get_mut("a").expect("declared").reliability = Some(0.1);
    let after = count(&other);
    assert!(after[0] != before[0] && after[1] == before[1]);
    // A little more of its own: no world is lost.
    let mut more = sketch();
    more.documents.get_mut("a").expect("declared").reliability = Some(0.61);
    let gained = count(&more)[0].in_favour - before[0].in_favour;
    // About one world in a hundred of those in which the link holds: 90.
    assert!((50..150).contains(&gained), "{gained}");
}

#[test]
fn intervals_miss_no_oftener_than_they_say() {
    // One statement a case and seed, so that misses are independent of each other but for the case.
    let (mut looked, mut missed) = (0, 0);
    for (name, compiled) in cases(30) {
        let Ok(worlds) = all_worlds(&compiled.program, &compiled.statements, &compiled.weights) else { continue };
        let Some(target) = worlds.iter().position(|of| of.iter().all(|&share| share < 0.999)) else { continue };
        let [in_favour, against, conflict, neither] = worlds[target];
        for seed in 0..20 {
            let sampling = Sampling { confidence: 0.9, half_width: 0.01, ..sampling(1000 + seed, 1 << 20) };
            let found = counts(&compiled, &sampling);
            let within = found.intervals(target);
            let pairs = [
                (within.in_favour, in_favour),
                (within.against, against),
                (within.conflict, conflict),
                (within.ignorance, neither),
                (within.case_for, in_favour + conflict),
                (within.case_against, against + conflict),
                (within.lead, in_favour - against),
            ];
            assert!(found.half_width() <= 0.01, "{name}: {}", found.half_width());
            // Which of the seven is looked at goes round; each is to miss in one of ten at most.
            let (interval, exact) = pairs[usize::try_from(seed).expect("few") % pairs.len()];
            looked += 1;
            missed += usize::from(!interval.contains(exact));
        }
    }
    // At one in ten, of 1500 about 150 miss, with a standard deviation of the root of 1500 * 0.1 * 0.9, which is
    // 11.6; 200 would be more than four of them. Seldom missing at all would be as wrong: intervals far too wide.
    assert!(looked >= 1500, "{looked}");
    let most = 0.1 * looked as f64 + 4.0 * (looked as f64 * 0.09).sqrt();
    assert!((missed as f64) < most && missed > looked / 100, "{missed} of {looked}");
}

#[test]
fn sampling_ends_when_it_is_decided_or_interrupted() {
    let compiled = Compiled::new(&Sketch::new().claim("c").document("d", 0.5).supports("d", "c", 0.5).build());
    let flat = compiled.flat();
    let mut looks = Vec::new();
    let every = sample(
        &flat,
        &compiled.weights,
        &sampling(1, 50_000),
        |found| {
            looks.push(found.worlds());
            false
        },
        || false,
    );
    // 97 blocks of 512 go into 50,000.
    assert_eq!(looks, [4096, 8192, 16_384, 32_768, 49_664]);
    assert_eq!(every.worlds(), 49_664);
    let first = sample(&flat, &compiled.weights, &sampling(1, 50_000), |_| true, || false);
    assert_eq!(first.worlds(), 4096);
    // Before the eleventh block: what came after the first eight is dropped.
    let asked = AtomicU32::new(0);
    let cut = || asked.fetch_add(1, Ordering::Relaxed) >= 10;
    let interrupted = sample(&flat, &compiled.weights, &sampling(1, 50_000), |_| false, cut);
    assert_eq!((interrupted.worlds(), interrupted.tally(0)), (4096, first.tally(0)));
    let at_once = sample(&flat, &compiled.weights, &sampling(1, 50_000), |_| false, || true);
    assert_eq!((at_once.worlds(), at_once.reading(0).in_favour), (0, 0.0));
    assert!(at_once.intervals(0).in_favour.contains(1.0));
}

#[test]
fn the_worlds_needed_are_known_beforehand() {
    // Nine tenths of one percent are left for the last look: 2.6121 standard deviations, and
    // 2.6121^2 * (10000 - 1) = 68224, in whole blocks 134.
    assert_eq!(Sampling::default().worlds(), 134 * 512);
    assert_eq!(Sampling { most_worlds: 700, ..Sampling::default() }.worlds(), 512);
    assert_eq!(Sampling { most_worlds: 0, ..Sampling::default() }.worlds(), 512);
}

/// A tree: every document, claim and step is used once.
fn tree(dice: &mut Dice) -> Sketch {
    let mut sketch = Sketch::new().claim("c0");
    let mut open = vec!["c0".to_owned()];
    let mut next = 0;
    while let Some(claim) = open.pop() {
        for _ in 0..dice.within(&(1..=3)) {
            next += 1;
            let effect = if dice.chance(65) { Effect::Supports } else { Effect::Opposes };
            let from = if next < 9 && dice.chance(45) {
                let name = format!("c{next}");
                sketch = sketch.claim(&name);
                open.push(name.clone());
                name
            } else {
                let name = format!("d{next}");
                sketch = sketch.document(&name, dice.between(0.1, 1.0));
                name
            };
            sketch = sketch.link(effect, &claim, &from, dice.between(0.1, 1.0));
            if dice.chance(30) {
                next += 1;
                let (critic, strength) = (format!("d{next}"), dice.between(0.1, 1.0));
                sketch = sketch.document(&critic, dice.between(0.1, 1.0));
                let link = sketch.claims.get_mut(&claim).and_then(|claim| claim.evidence.last_mut());
                link.expect("just written").undercut_by.push((critic, strength));
            }
        }
    }
    sketch
}

#[test]
fn independent_is_exact_on_trees() {
    let mut dice = Dice::new(8);
    for number in 0..300 {
        let compiled = Compiled::new(&tree(&mut dice).build());
        let diagrams = exact(&compiled.program, &compiled.statements, &compiled.weights, &|_| false, Budget::default())
            .expect("trees are small in some order");
        let estimate = independent(&compiled.flat(), &compiled.weights);
        assert!(estimate.settled);
        for (diagrams, found) in diagrams.iter().zip(estimate.readings) {
            let exact = diagrams.read(&compiled.weights);
            let pairs =
                [(found.in_favour, exact.in_favour), (found.against, exact.against), (found.conflict, exact.conflict)];
            assert!(pairs.iter().all(|(found, exact)| (found - exact).abs() < 1e-12), "tree {number}: {pairs:?}");
            assert_eq!(found.any_case, exact.any_case, "tree {number}");
        }
    }
}

#[test]
fn independent_numbers_are_probabilities_even_round_loops() {
    for (name, compiled) in cases(300) {
        let estimate = independent(&compiled.flat(), &compiled.weights);
        for reading in estimate.readings {
            let told = [reading.in_favour, reading.against, reading.conflict];
            assert!(told.iter().all(|share| (0.0..=1.0).contains(share)), "{name}: {reading:?}");
            assert!(told.iter().sum::<f64>() <= 1.0 + 1e-9, "{name}: {reading:?}");
        }
    }
}

#[test]
fn bounds_contain_what_is_exact() {
    /// Rounding.
    const CLOSE: f64 = 1e-9;
    let (mut tried, mut told_something, mut loops) = (0, 0, 0);
    for (name, compiled) in cases(120) {
        let Ok(worlds) = all_worlds(&compiled.program, &compiled.statements, &compiled.weights) else { continue };
        let flat = compiled.flat();
        loops += usize::from(flat.has_loops());
        for ([in_favour, against, conflict, neither], found) in
            worlds.into_iter().zip(bounds(&flat, &compiled.weights, &compiled.weights))
        {
            tried += 1;
            told_something += usize::from(found.case_for.half_width() < 0.45);
            let pairs = [
                (found.in_favour, in_favour),
                (found.against, against),
                (found.conflict, conflict),
                (found.ignorance, neither),
                (found.case_for, in_favour + conflict),
                (found.case_against, against + conflict),
                (found.lead, in_favour - against),
            ];
            for (place, (interval, exact)) in pairs.into_iter().enumerate() {
                assert!(
                    interval.low - CLOSE <= exact && exact <= interval.high + CLOSE,
                    "{name}, number {place}: {exact} not in {interval:?}"
                );
            }
        }
    }
    assert!(tried > 1000 && told_something > tried / 2 && loops > 100, "{tried} {told_something} {loops}");
}

#[test]
fn bounds_hold_for_sources_that_stand_and_fall_together() {
    // Two documents of 0.5: true with 0.75 if independent, but 0.5 to 1 whatever they have in common.
    let sketch = Sketch::new().claim("c").document("a", 0.5).document("b", 0.5);
    let compiled = Compiled::new(&sketch.supports("a", "c", 1.0).supports("b", "c", 1.0).build());
    let found = bounds(&compiled.flat(), &compiled.weights, &compiled.weights)[0];
    assert_eq!((found.in_favour.low, found.in_favour.high), (0.5, 1.0));
    assert_eq!((found.case_against.low, found.case_against.high), (0.0, 0.0));
    assert_eq!((found.ignorance.low, found.ignorance.high), (0.0, 0.5));
    assert_eq!((found.lead.low, found.lead.high), (0.5, 1.0));
}

#[test]
fn a_ring_of_documents_has_no_case_in_bounds_either() {
    let ring = Sketch::new().claim("c").document("a", 0.9).document("b", 0.9).derives("a", &["b"]).derives("b", &["a"]);
    let compiled = Compiled::new(&ring.supports("a", "c", 1.0).build());
    let found = bounds(&compiled.flat(), &compiled.weights, &compiled.weights)[0];
    assert_eq!((found.case_for.low, found.case_for.high), (0.0, 0.0));
    assert!(!independent(&compiled.flat(), &compiled.weights).readings[0].any_case);
}

#[test]
fn a_world_that_changes_is_that_world_from_scratch() {
    let mut dice = Dice::new(4);
    let mut changes = 0;
    for (name, compiled) in cases(200) {
        let flat = compiled.flat();
        let mut on = coins(&mut dice, compiled.weights.len());
        let mut world = OneWorld::new(&flat, on.clone());
        let mut before = world.outcomes().to_vec();
        for _ in 0..25 {
            let variable = *dice.pick(&compiled.variables);
            let switched = dice.chance(50);
            on[variable.index()] = switched;
            let changed = world.set(variable, switched);
            let after = compiled.one_world(on.clone());
            assert_eq!(world.outcomes(), after, "{name}");
            let differs = |place: &usize| before[*place].value != after[*place].value;
            let expected: Vec<usize> = (0..after.len()).filter(differs).collect();
            assert_eq!(changed, expected, "{name}");
            changes += changed.len();
            before = after;
        }
    }
    assert!(changes > 2000, "{changes}");
}

#[test]
fn an_estimate_that_changes_is_that_estimate_from_scratch() {
    let mut dice = Dice::new(6);
    for (name, compiled) in cases(100) {
        let flat = compiled.flat();
        let mut weights = compiled.weights.clone();
        let mut kept = KeptEstimate::new(&flat, weights.clone());
        for _ in 0..10 {
            let variable = *dice.pick(&compiled.variables);
            weights[variable.index()] = dice.between(0.0, 0.9);
            kept.set(variable, weights[variable.index()]);
            assert_eq!(kept.readings(), independent(&flat, &weights).readings, "{name}");
        }
    }
}

#[test]
fn a_long_chain_needs_no_stack() {
    let chain = (1..30_000).fold(Sketch::new().document("d00000", 1.0), |sketch, at| {
        sketch.document(&format!("d{at:05}"), 1.0).derives(&format!("d{at:05}"), &[&format!("d{:05}", at - 1)])
    });
    let compiled = Compiled::new(&chain.claim("c").supports("d29999", "c", 1.0).build());
    let flat = compiled.flat();
    let all_on = vec![true; compiled.weights.len()];
    let mut world = OneWorld::new(&flat, all_on);
    assert_eq!(world.outcomes()[0].value, Belnap::True);
    // The origin of all of them.
    assert_eq!(world.set(compiled.variables[0], false), [0]);
    assert_eq!(world.outcomes()[0].value, Belnap::Neither);
}
