//! Elimination against decision diagrams, all worlds and differences, on random cases; and what it refuses.

use evigraph::internals::logic::{
    Atom, AtomId, Best, Budget, Effort, Elimination, Exact, Literal, Parameters, Program, Reading, Subject, TooComplex,
    TooWide, VariableId, Variant, Weights, compile, eliminate_all, exact, exact_of,
};
use evigraph::{Case, Effect, StatementId};

use crate::support::random::{Dice, Profile};
use crate::support::sketch::Sketch;
use crate::support::trials::{CASES, Tally, add, note, saw, try_all};
use crate::support::worlds::all_worlds;

/// A case with its program, its numbers and the statements that can be asked about.
struct Compiled {
    program: Program,
    weights: Weights,
    statements: Vec<StatementId>,
}

fn compiled(case: &Case) -> Compiled {
    let quantities = Parameters::new(case, &[]);
    let program = compile(case, &quantities, Variant::AS_WRITTEN);
    let statements = case.statements.ids().filter(|&id| case.canonical(id) == id).collect();
    Compiled { program, weights: quantities.weights(case), statements }
}

fn numbers(reading: Reading) -> [f64; 3] {
    [reading.in_favour, reading.conflict, reading.against]
}

fn near(name: &str, found: Reading, expected: Reading, tolerance: f64) -> Result<(), String> {
    let far =
        numbers(found).iter().zip(numbers(expected)).any(|(found, expected)| (found - expected).abs() > tolerance);
    if far || found.any_case != expected.any_case {
        return Err(format!("{name}: {found:?} by elimination, {expected:?} otherwise"));
    }
    Ok(())
}

/// Other numbers for a case: some certain, some impossible, the rest anything. What was 0 stays 0.
fn others(weights: &[f64], seed: u64) -> Weights {
    let mut dice = Dice::new(seed);
    let mut other = |&weight: &f64| match dice.below(6) {
        _ if weight == 0.0 => 0.0,
        0 => 0.0,
        1 => 1.0,
        2 => weight,
        _ => dice.between(0.01, 0.99),
    };
    weights.iter().map(&mut other).collect()
}

/// Elimination of each statement of a case against diagrams, under its numbers and under others; gradient too.
fn as_diagrams(case: &Case, seed: u64) -> Result<Tally, String> {
    let Compiled { program, weights, statements } = compiled(case);
    let diagrams = exact(&program, &statements, &weights, &|_| false, Budget::default()).expect("it is small");
    let mut tally = Tally::from([(CASES, 1)]);
    for (&statement, diagrams) in statements.iter().zip(&diagrams) {
        let name = &case.statements[statement].key.to_string();
        let elimination = match Elimination::plan(&program, statement, &weights, &|_| false, Effort::default()) {
            Ok(elimination) => elimination,
            // Loops have a limit of their own, which small cases of nothing but loops can reach.
            Err(refused) if refused.multiply_adds.is_infinite() && refused.width > 20 => {
                note(&mut tally, true, "a loop too wide");
                continue;
            }
            Err(refused) => return Err(format!("{name}: {refused}")),
        };
        for weights in [weights.clone(), others(&weights, seed), others(&weights, seed + 1)] {
            near(name, elimination.read(&weights), diagrams.read(&weights), 1e-12)?;
            let (found, expected) = (elimination.gradient(&weights), diagrams.gradient(&weights));
            near(name, found.reading, expected.reading, 1e-12)?;
            for (variable, _) in found.lead().chain(expected.lead()) {
                let (found, expected) = (found.of(variable), expected.of(variable));
                if found.iter().zip(expected).any(|(found, expected)| (found - expected).abs() > 1e-12) {
                    return Err(format!("{name}: gradient {found:?} by elimination, {expected:?} otherwise"));
                }
            }
            let reading = elimination.read(&weights);
            note(&mut tally, reading.conflict > 0.01, "told both");
            note(&mut tally, numbers(reading).iter().sum::<f64>() == 0.0 && reading.any_case, "only possible");
            note(&mut tally, !reading.any_case, "no case");
        }
        note(&mut tally, elimination.width() > 4, "wider than four");
    }
    Ok(tally)
}

/// All statements together against diagrams, with any number of threads to the same bit.
fn all_together(case: &Case) -> Result<(), String> {
    let Compiled { program, weights, statements } = compiled(case);
    let diagrams = exact(&program, &statements, &weights, &|_| false, Budget::default()).expect("it is small");
    let all = |threads| eliminate_all(&program, &statements, &weights, Effort::default(), threads);
    let alone = all(1);
    for ((&statement, diagrams), found) in statements.iter().zip(&diagrams).zip(&alone) {
        let Ok(found) = found else { continue };
        near(&case.statements[statement].key.to_string(), *found, diagrams.read(&weights), 1e-12)?;
    }
    let bits = |answers: &[Result<Reading, TooWide>]| -> Vec<Option<[u64; 3]>> {
        answers.iter().map(|answer| answer.ok().map(|reading| numbers(reading).map(f64::to_bits))).collect()
    };
    for threads in [2, 3, 8] {
        if bits(&all(threads)) != bits(&alone) {
            return Err(format!("{threads} threads find something else than one"));
        }
    }
    Ok(())
}

#[test]
fn broad_cases_are_the_same_as_in_diagrams() {
    let tally = try_all(&Profile::broad(), 0, 1000, 1, |sketch, seed| as_diagrams(&sketch.build(), seed));
    saw(&tally, 100, &["told both", "no case", "wider than four"]);
}

#[test]
fn tangled_cases_are_the_same_as_in_diagrams() {
    let tally = try_all(&Profile::tangled(), 0, 500, 1, |sketch, seed| as_diagrams(&sketch.build(), seed));
    saw(&tally, 100, &["told both", "no case", "wider than four"]);
    saw(&tally, 10, &["only possible"]);
    assert!(tally.get("a loop too wide").copied().unwrap_or(0) < 20, "{tally:?}");
}

#[test]
fn competing_cases_are_the_same_as_in_diagrams() {
    let tally = try_all(&Profile::competing(), 0, 600, 1, |sketch, seed| as_diagrams(&sketch.build(), seed));
    saw(&tally, 100, &["told both", "no case", "wider than four"]);
}

#[test]
fn all_statements_together_are_the_same_with_any_number_of_threads() {
    for profile in [Profile::broad(), Profile::competing(), Profile::flat()] {
        try_all(&profile, 10_000, 250, 1, |sketch, _| {
            all_together(&sketch.build()).map(|()| Tally::from([(CASES, 1)]))
        });
    }
}

/// Groups of atoms of a program, by chance: some together, some by themselves.
fn groups(program: &Program, seed: u64) -> Vec<Vec<Literal>> {
    let mut dice = Dice::new(seed);
    let atoms: Vec<AtomId> = program.atoms().collect();
    (0..12).map(|at| (0..if at < 4 { 3 } else { 1 }).map(|_| Literal::Atom(*dice.pick(&atoms))).collect()).collect()
}

#[test]
fn what_is_asked_of_groups_of_atoms_is_the_same_as_in_diagrams() {
    for (profile, count) in [(Profile::broad(), 60), (Profile::tangled(), 30)] {
        let tally = try_all(&profile, 20_000, count, 1, |sketch, seed| {
            let mut tally = Tally::from([(CASES, 1)]);
            let Compiled { program, weights, .. } = compiled(&sketch.build());
            let groups = groups(&program, seed);
            let (asking, asked) = program.asking(&groups);
            let keep = |_| false;
            let diagrams = exact_of(
                &Subject { program: &asking, targets: &asked, weights: &weights, keep: &keep },
                Budget::default(),
            )
            .expect("it is small");
            for ((group, &sides), diagrams) in groups.iter().zip(&asked).zip(diagrams) {
                let expected = diagrams.read(&weights);
                note(&mut tally, expected.in_favour > 0.01 && expected.in_favour < 0.99, "uncertain");
                note(&mut tally, expected.in_favour > 0.01 && group.len() > 1, "several atoms");
                assert_eq!((expected.conflict, expected.against), (0.0, 0.0), "nothing is against a question");
                match Elimination::plan_of(&asking, sides, &weights, &keep, Effort::default()) {
                    Ok(elimination) => {
                        let found = elimination.read(&weights).in_favour;
                        if (found - expected.in_favour).abs() > 1e-12 {
                            return Err(format!("{group:?}: {found} by elimination, {} otherwise", expected.in_favour));
                        }
                    }
                    Err(refused) => assert!(refused.multiply_adds.is_infinite(), "{refused}"),
                }
            }
            Ok(tally)
        });
        saw(&tally, 30, &["uncertain"]);
        saw(&tally, 10, &["several atoms"]);
    }
}

#[test]
fn an_impeachment_by_nothing_but_the_word_of_the_impeached_is_not_in_force() {
    let own_word = Sketch::new().document("d", 1.0).claim("c").supports("d", "c", 1.0).impeached("d", "c", 1.0);
    let case = own_word.build();
    let Compiled { program, weights, .. } = compiled(&case);
    let is_impeachment = |&atom: &AtomId| matches!(program.atom(atom), Atom::Impeachment(..));
    let impeachment = program.atoms().find(is_impeachment).expect("the case has one");
    let (asking, asked) = program.asking(&[vec![Literal::Atom(impeachment)]]);
    let elimination =
        Elimination::plan_of(&asking, asked[0], &weights, &|_| false, Effort::default()).expect("it is small");
    // It silences the document, so the claim has no case; and it stays undecided whether it is in force.
    assert_eq!(elimination.read(&weights).in_favour, 0.0);
}

/// A row of claims, each resting on the one before and on two documents out of so many, which all share.
fn row(claims: usize, documents: usize) -> Sketch {
    let mut sketch = (0..documents).fold(Sketch::new(), |sketch, at| sketch.document(&format!("d{at:03}"), 0.7));
    for at in 0..claims {
        let claim = format!("c{at:03}");
        sketch = sketch.claim(&claim);
        if at > 0 {
            sketch = sketch.supports(&format!("c{:03}", at - 1), &claim, 0.8);
        }
        sketch = sketch.supports(&format!("d{:03}", at * 7 % documents), &claim, 0.6);
        sketch = sketch.opposes(&format!("d{:03}", (at * 5 + 3) % documents), &claim, 0.3);
    }
    sketch
}

#[test]
fn what_is_too_wide_is_refused_before_any_memory_is_taken() {
    let case = row(40, 12).build();
    let Compiled { program, weights, statements } = compiled(&case);
    let last = *statements.last().expect("it has claims");
    let plan = |effort| Elimination::plan(&program, last, &weights, &|_| false, effort);
    let fits = plan(Effort::default()).expect("twelve documents and a row of claims");
    let half = fits.cost() / 2.0;
    let refused = plan(Effort { multiply_adds: half, ..Effort::default() }).expect_err("half is not enough");
    assert!(refused.multiply_adds > half && refused.multiply_adds.is_finite(), "{refused:?}");
    assert!(refused.width > 8 && refused.variables > 100, "{refused:?}");
    let half = fits.memory() / 2.0;
    let refused = plan(Effort { bytes: half, ..Effort::default() }).expect_err("half is not enough");
    assert!(refused.bytes > half && refused.bytes.is_finite(), "{refused:?}");
    // Nobody could make these tables.
    let case = row(400, 80).build();
    let Compiled { program, weights, statements } = compiled(&case);
    let last = *statements.last().expect("it has claims");
    let refused = Elimination::plan(&program, last, &weights, &|_| false, Effort::default())
        .expect_err("eighty shared documents");
    assert!(refused.width > 30, "{refused:?}");
}

/// The value of the last claim of a [`row`], one setting of the documents after another: given it, each claim of the
/// row depends on the one before and on links of its own.
fn row_by_hand(claims: usize, documents: usize) -> [f64; 3] {
    let mut told = [0.0; 3];
    for setting in 0..1_usize << documents {
        let holds = |document: usize| if setting >> document & 1 == 1 { 1.0 } else { 0.0 };
        let chance: f64 = (0..documents).map(|document| if holds(document) > 0.5 { 0.7 } else { 0.3 }).product();
        let (mut accepted, mut last) = (0.0, [0.0; 3]);
        for at in 0..claims {
            let case_for = 1.0 - (1.0 - 0.8 * accepted) * (1.0 - 0.6 * holds(at * 7 % documents));
            let against = 0.3 * holds((at * 5 + 3) % documents);
            accepted = case_for * (1.0 - against);
            last = [accepted, case_for * against, against * (1.0 - case_for)];
        }
        told.iter_mut().zip(last).for_each(|(told, last)| *told += chance * last);
    }
    told
}

#[test]
fn a_long_row_of_claims_loses_no_precision() {
    for (claims, documents) in [(30, 3), (300, 6), (120, 11)] {
        let case = row(claims, documents).build();
        let Compiled { program, weights, statements } = compiled(&case);
        let last = *statements.last().expect("it has claims");
        let elimination =
            Elimination::plan(&program, last, &weights, &|_| false, Effort::default()).expect("few documents");
        let by_hand = row_by_hand(claims, documents);
        for found in [elimination.read(&weights), elimination.gradient(&weights).reading] {
            let far = numbers(found).iter().zip(by_hand).any(|(found, by_hand)| (found - by_hand).abs() > 1e-12);
            assert!(!far, "{claims} claims, {documents} documents: {found:?}, by hand {by_hand:?}");
        }
    }
}

#[test]
fn slopes_are_differences() {
    let case = row(12, 5).build();
    let Compiled { program, weights, statements } = compiled(&case);
    let last = *statements.last().expect("it has claims");
    let elimination = Elimination::plan(&program, last, &weights, &|_| false, Effort::default()).expect("it is small");
    let gradient = elimination.gradient(&weights);
    for (variable, quantity) in Parameters::new(&case, &[]).iter() {
        let at = |weight: f64| {
            let mut weights = weights.clone();
            weights[variable.index()] = weight;
            numbers(elimination.read(&weights))
        };
        let (on, off) = (at(1.0), at(0.0));
        for value in 0..3 {
            let expected = if weights[variable.index()] == 0.0 { 0.0 } else { on[value] - off[value] };
            assert!((gradient.of(variable)[value] - expected).abs() < 1e-12, "{quantity:?}");
        }
    }
}

#[test]
fn small_rows_are_the_same_in_all_worlds() {
    let case = row(4, 3).build();
    let Compiled { program, weights, statements } = compiled(&case);
    let worlds = all_worlds(&program, &statements, &weights).expect("few numbers");
    let found = eliminate_all(&program, &statements, &weights, Effort::default(), 1);
    for (found, worlds) in found.iter().zip(worlds) {
        let found = numbers(found.expect("it is small"));
        let [in_favour, against, conflict, _] = worlds;
        assert!(found.iter().zip([in_favour, conflict, against]).all(|(a, b)| (a - b).abs() < 1e-12));
    }
}

/// The variables of each source of a case, by themselves and a few of them together.
fn sets_of_sources(case: &Case, seed: u64) -> (Vec<VariableId>, Vec<Vec<VariableId>>) {
    let parameters = Parameters::new(case, &[]);
    let sources: Vec<VariableId> = case.sources().map(|source| parameters.source(source)).collect();
    let mut dice = Dice::new(seed);
    let mut sets: Vec<Vec<VariableId>> = sources.iter().map(|&source| vec![source]).collect();
    if !sources.is_empty() {
        sets.extend((0..4).map(|_| (0..3).map(|_| *dice.pick(&sources)).collect()));
    }
    (sources, sets)
}

/// What each statement needs, and the most probable case for and against it, by elimination against diagrams.
fn needs_as_diagrams(case: &Case, seed: u64) -> Result<Tally, String> {
    let Compiled { program, weights, statements } = compiled(case);
    let (sources, sets) = sets_of_sources(case, seed);
    let keep = |variable| sources.contains(&variable);
    let diagrams = exact(&program, &statements, &weights, &keep, Budget::default()).expect("it is small");
    let mut tally = Tally::from([(CASES, 1)]);
    for (&statement, diagrams) in statements.iter().zip(&diagrams) {
        let name = &case.statements[statement].key;
        let Ok(elimination) = Elimination::plan(&program, statement, &weights, &keep, Effort::default()) else {
            note(&mut tally, true, "a loop too wide");
            continue;
        };
        for weights in [weights.clone(), others(&weights, seed), others(&weights, seed + 1)] {
            for side in [Effect::Supports, Effect::Opposes] {
                let found = elimination.needs(side, &sets, &weights).expect("it is small");
                let expected = diagrams.needs(side, &sets, &weights).expect("diagrams are there");
                if found != expected {
                    return Err(format!("{side:?} {name} needs {found:?} by elimination, {expected:?} otherwise"));
                }
                for (set, needed) in sets.iter().zip(found) {
                    let without = |variable| if set.contains(&variable) { 0.0 } else { weights[variable.index()] };
                    let [with, without] = [diagrams.read(&weights), diagrams.read_by(&without)];
                    let less = with.in_favour + with.conflict - without.in_favour - without.conflict;
                    let is_about_it = side == Effect::Supports;
                    note(&mut tally, needed, "needed");
                    note(&mut tally, !needed, "not needed");
                    note(&mut tally, is_about_it && needed && less < 1e-9, "needed and no less probable without");
                    note(&mut tally, is_about_it && !needed && less < -1e-9, "more probable without");
                }
                let [found, expected] = [elimination.best(side, &weights), diagrams.best(side, &weights)];
                let [found, expected] = [found.expect("it is small"), expected.expect("it is small")];
                let probability = |best: &Option<Best>| best.as_ref().map(|best| best.probability);
                let [found, expected] = [probability(&found), probability(&expected)];
                let gap = found.unwrap_or(-1.0) - expected.unwrap_or(-1.0);
                if gap.abs() > 1e-12 {
                    return Err(format!("best for {side:?} {name}: {found:?} by elimination, {expected:?} otherwise"));
                }
                note(&mut tally, found.is_some(), "a best case");
                note(&mut tally, found.is_none(), "no best case");
            }
        }
    }
    Ok(tally)
}

#[test]
fn needs_and_best_cases_are_the_same_as_in_diagrams() {
    let profiles = [(Profile::broad(), 120), (Profile::competing(), 80), (Profile::tangled(), 60)];
    let mut tally = Tally::new();
    for (profile, count) in profiles {
        add(&mut tally, try_all(&profile, 30_000, count, 1, |sketch, seed| needs_as_diagrams(&sketch.build(), seed)));
    }
    saw(&tally, 100, &["needed", "not needed", "a best case", "no best case"]);
    saw(&tally, 10, &["needed and no less probable without", "more probable without"]);
}

/// A claim of a case by elimination, with the variables of some of its documents.
fn eliminated(case: &Sketch, effort: Effort, documents: &[&str]) -> (Elimination, Weights, Vec<Vec<VariableId>>) {
    let built = case.build();
    let Compiled { program, weights, .. } = compiled(&built);
    let parameters = Parameters::new(&built, &[]);
    let variable = |name: &&str| vec![parameters.source(case.source(name).expect("declared"))];
    let claim = case.statement("c").expect("declared");
    let elimination = Elimination::plan(&program, claim, &weights, &|_| true, effort).expect("it is small");
    (elimination, weights, documents.iter().map(variable).collect())
}

/// One document supports a claim weakly and undercuts what another says for it.
fn helper_and_hinderer() -> Sketch {
    let case = Sketch::new().document("d", 0.5).document("e", 0.5).claim("c");
    case.supports("d", "c", 0.3).supports("e", "c", 1.0).undercut("c", "d", 1.0)
}

#[test]
fn a_source_can_be_needed_though_a_case_is_more_probable_without_it() {
    let (elimination, weights, sets) = eliminated(&helper_and_hinderer(), Effort::default(), &["d", "e"]);
    // With d, 0.5 × 0.3, else 0.5 of e: 0.4 in all; without d, 0.5. But where d holds and e does not, d makes the case.
    assert!((elimination.read(&weights).in_favour - 0.4).abs() < 1e-12);
    assert_eq!(elimination.needs(Effect::Supports, &sets, &weights), Ok(vec![true, true]));
    assert_eq!(elimination.needs(Effect::Opposes, &sets, &weights), Ok(vec![false, false]));
    // The most probable case is e's where d does not hold: 0.5 × 0.5, against 0.5 × 0.3.
    let best = elimination.best(Effect::Supports, &weights).expect("it is small").expect("there is one");
    assert!((best.probability - 0.25).abs() < 1e-12, "{best:?}");
}

#[test]
fn a_source_is_needed_however_improbable_the_case() {
    let case = Sketch::new().document("d", 1e-7).document("e", 0.5).claim("c").supports("d", "c", 1e-7);
    let case = case.supports("e", "c", 1e-3).opposes("e", "c", 0.5);
    let (elimination, weights, sets) = eliminated(&case, Effort::default(), &["d", "e"]);
    assert_eq!(elimination.needs(Effect::Supports, &sets, &weights), Ok(vec![true, true]));
    assert_eq!(elimination.needs(Effect::Opposes, &sets, &weights), Ok(vec![false, true]));
}

#[test]
fn what_needs_larger_diagrams_than_it_may_make_says_so() {
    let nothing = Budget { steps: 1, ..Budget::default() };
    let effort = Effort { diagrams: nothing, ..Effort::default() };
    let (elimination, weights, sets) = eliminated(&helper_and_hinderer(), effort, &["d", "e"]);
    let refused = elimination.needs(Effect::Supports, &sets, &weights).expect_err("d helps and hinders");
    assert_eq!((refused.budget, refused.variables > 0), (nothing, true));
    assert_eq!(elimination.best(Effect::Supports, &weights), Err(TooComplex::Diagrams(refused)));
    // Of e it is known without diagrams.
    assert_eq!(elimination.needs(Effect::Supports, &sets[1..], &weights), Ok(vec![true]));
}
