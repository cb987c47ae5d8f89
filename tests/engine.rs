//! The engine as a value that is shared: from several threads, under several hypotheses, in any order.

use std::sync::Arc;

use evigraph::Watch;
use evigraph::internals::engine::{Answer, Engine, Hypothesis, Method, Scenario};
use evigraph::internals::explain::{Explanation, Influence, explain, influence};
use evigraph::internals::logic::Kept;
use evigraph::internals::model::{Case, Probability, Source, StatementId};
use evigraph::internals::verdict::Precision;

use crate::support::random::{self, Profile};

#[test]
fn engines_and_hypotheses_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Engine<'static>>();
    shared::<Hypothesis>();
}

fn cases() -> impl Iterator<Item = (u64, Case)> {
    let profiles = [Profile::broad(), Profile::tangled(), Profile::competing(), Profile::withheld(1..=3, 6, 1)];
    let seeds = (0..6).flat_map(move |seed| profiles.clone().into_iter().map(move |profile| (seed, profile)));
    seeds.map(|(seed, profile)| (seed, random::case(&profile, seed).build()))
}

fn explanations(engine: &Engine<'_>, statements: impl IntoIterator<Item = StatementId>) -> Vec<Explanation> {
    let mut found: Vec<Explanation> =
        statements.into_iter().map(|id| explain(engine, id, 2).expect("it is small")).collect();
    found.sort_by_key(|explanation| explanation.answer.statement);
    found
}

/// What was made for one version of a case is there for the next where that differs in numbers alone, and changes nothing.
#[test]
fn kept_diagrams_change_no_answer() {
    let (mut first, mut second) = (0, 0);
    for (seed, case) in cases() {
        let kept = Arc::new(Kept::default());
        let makes = |number: f64| {
            let number = Probability::new(number).expect("it is one");
            let set_sources = case.documents.ids().take(1).map(|id| (Source::Document(id), number)).collect();
            let scenario = Scenario { set_sources, ..Scenario::default() };
            let engine = Engine::with_method(&case, scenario, Method::Auto, Default::default());
            let anew = engine.clone().answer_all(true).expect("it is small");
            let before = kept.times();
            let known = engine.keeping(Arc::clone(&kept)).answer_all(true).expect("it is small");
            assert_eq!(anew, known, "seed {seed}, {}", number.get());
            kept.sweep();
            kept.times() - before
        };
        first += makes(0.61);
        second += makes(0.62);
        assert_eq!(makes(0.62), 0, "seed {seed}: all of it is there");
    }
    assert!(first > 100 && second * 10 < first, "{first} were made of the first versions, {second} of the second");
}

/// Which statements compete, and what each depends on, is found for all together where all are asked about; one that is asked
/// about alone walks for itself.
#[test]
fn all_together_are_answered_as_each_alone_is() {
    let mut out = 0;
    for seed in 0..60 {
        let case = random::case(&Profile::competing(), seed).build();
        let whole = Engine::new(&case, Scenario::default()).answer_all(true).expect("it is small");
        for together in whole.statements {
            let alone =
                Engine::new(&case, Scenario::default()).answer_statement(together.statement, true).expect("small");
            let (one, other) = (alone.assessment, together.assessment);
            assert_eq!((one.detail, one.out), (other.detail, other.out), "seed {seed}, {:?}", together.statement);
            assert!((one.degrees.in_favour - other.degrees.in_favour).abs() < 1e-12, "seed {seed}");
            assert!((one.degrees.against - other.degrees.against).abs() < 1e-12, "seed {seed}");
            let settled = [alone.settlement, together.settlement].map(|one| one.expect("it was asked").settled);
            assert_eq!(settled[0], settled[1], "seed {seed}, {:?}", together.statement);
            out += usize::from(other.out);
        }
    }
    assert!(out > 10, "{out} are out");
}

#[test]
fn two_threads_are_answered_as_one_is() {
    for method in [Method::Exact, Method::Auto, Method::Bounds] {
        for (seed, case) in cases() {
            let engine = || Engine::with_method(&case, Scenario::default(), method.clone(), Default::default());
            let alone = explanations(&engine(), case.statements.ids());
            let both = engine();
            let [forwards, backwards] = std::thread::scope(|scope| {
                let forwards = scope.spawn(|| explanations(&both, case.statements.ids()));
                let backwards = scope.spawn(|| {
                    let mut statements: Vec<StatementId> = case.statements.ids().collect();
                    statements.reverse();
                    explanations(&both, statements)
                });
                [forwards, backwards].map(|thread| thread.join().expect("it does not panic"))
            });
            assert_eq!(forwards, alone, "{method:?} {seed}");
            assert_eq!(backwards, alone, "{method:?} {seed}");
        }
    }
}

/// What was asked about one statement is no answer about another.
#[test]
fn what_is_sampled_of_a_statement_is_the_same_after_another() {
    let mut shared = 0;
    for (seed, case) in cases() {
        let engine = || Engine::with_method(&case, Scenario::default(), Method::Sampled, Default::default());
        let both = engine();
        for statement in case.statements.ids() {
            let alone = influence(&engine(), statement).expect("it is small");
            let after = influence(&both, statement).expect("it is small");
            let sources = |found: &[Influence]| found.iter().map(|one| (one.source, one.detail)).collect::<Vec<_>>();
            assert_eq!(sources(&after), sources(&alone), "{seed}: {}", case.statements[statement].key);
            let is_known = |one: &Influence| one.degrees.within != Some(Precision::NONE);
            assert!(after.iter().all(is_known), "{seed}: {}", case.statements[statement].key);
            shared += after.len();
        }
    }
    assert!(shared > 100, "{shared} sources matter");
}

#[test]
fn a_hypothesis_is_the_scenario_that_supposes_the_same() {
    for (seed, case) in cases() {
        let engine = Engine::new(&case, Scenario::default());
        let before: Answer = engine.answer_all(true).expect("it is small");
        let sources: Vec<Source> = case.sources().collect();
        for &source in &sources {
            let scenario = Scenario { without: vec![source], ..Scenario::default() };
            let other = Engine::new(&case, scenario);
            for statement in case.statements.ids() {
                let found = engine.degrees(&engine.base().without(source), statement).expect("it is small");
                let expected = other.assess(statement).expect("it is small").degrees;
                let close = |one: f64, other: f64| (one - other).abs() < 1e-12;
                assert!(
                    close(found.case_for(), expected.case_for())
                        && close(found.case_against(), expected.case_against()),
                    "{seed}: {found:?} and {expected:?}"
                );
            }
        }
        assert_eq!(
            engine.answer_all(true).expect("it is small"),
            before,
            "{seed}: nothing is left of what was supposed"
        );
    }
}

#[test]
#[should_panic(expected = "a hypothesis is asked of the engine that it was made from")]
fn a_hypothesis_belongs_to_its_engine() {
    let (_, case) = cases().next().expect("there is one");
    let [one, other] = [(); 2].map(|()| Engine::new(&case, Scenario::default()));
    let _ = one.degrees(other.base(), case.statements.ids().next().expect("it has a claim"));
}

/// Everything that is given by the time that an engine stops is what the whole explanation says, and no part that is missing
/// goes unnamed.
#[test]
fn what_is_explained_before_a_stop_is_what_the_whole_says() {
    let (mut refused, mut cut) = (0, 0);
    for seed in 0..6 {
        let case = random::case(&Profile::broad(), seed).build();
        for statement in case.statements.ids() {
            let explained =
                |watch: Watch| explain(&Engine::new(&case, Scenario::default()).watched(watch), statement, 1);
            let whole = explained(Watch::default()).expect("small cases stay small");
            assert!(whole.left_out().is_empty());
            for looks in (0..).map(|step: u32| 2_u64.pow(step) - 1) {
                let Ok(part) = explained(Watch::stopping_after(looks)) else {
                    refused += 1;
                    continue;
                };
                assert_eq!((&part.answer, &part.argument), (&whole.answer, &whole.argument));
                let unless_left_out =
                    |name: &str, same: bool| assert_eq!(part.left_out().contains(&name), !same, "{name}");
                unless_left_out("best_case", part.best == whole.best);
                unless_left_out("influence", part.influence == whole.influence);
                unless_left_out("load_bearing", part.load_bearing == whole.load_bearing);
                unless_left_out("shared_ground", part.shared_ground == whole.shared_ground);
                unless_left_out("missing", part.missing == whole.missing);
                if part.left_out().is_empty() {
                    break;
                }
                cut += 1;
            }
        }
    }
    assert!(refused > 20 && cut > 20, "stopped {refused} times before there was an argument, and {cut} times after");
}
