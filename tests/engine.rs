//! The engine as a value that is shared: from several threads, under several hypotheses, in any order.

use evigraph::internals::engine::{Answer, Engine, Hypothesis, Method, Scenario};
use evigraph::internals::explain::{Explanation, explain};
use evigraph::internals::model::{Case, Source, StatementId};

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
