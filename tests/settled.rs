//! Settled from sampled worlds, against what is exact.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use evigraph::internals::engine::{Engine, Method, Sampling, Scenario};
use evigraph::internals::model::{Case, Source, StatementId};
use evigraph::internals::verdict::{Doubt, Reason, Settlement};

use crate::support::random::{self, Profile};
use crate::support::shipped;
use crate::support::sketch::Sketch;
use crate::support::trials::{Tally, note, saw};

fn engine(case: &Case, method: Method) -> Engine<'_> {
    Engine::with_method(case, Scenario::default(), method, Default::default())
}

fn settlements(engine: &Engine<'_>) -> Vec<(StatementId, Settlement)> {
    let answers = engine.answer_all(true).expect("it is small").statements.into_iter();
    answers.map(|answer| (answer.statement, answer.settlement.expect("it is a question of probabilities"))).collect()
}

fn sources(settlement: &Settlement) -> BTreeSet<Source> {
    let of = |reason: &Reason| match reason {
        Reason::SingleSource { sources } => sources.clone(),
        _ => Vec::new(),
    };
    settlement.reasons.iter().flat_map(of).collect()
}

fn doubtful_sources(settlement: &Settlement) -> BTreeSet<Source> {
    let of = |doubt: &Doubt| match doubt {
        Doubt::SingleSource { sources } => sources.clone(),
        _ => Vec::new(),
    };
    settlement.doubts.iter().flat_map(of).collect()
}

/// Sampled settledness is never the contrary of what is exact, and no reason is told that there is not.
fn compare(name: &str, case: &Case, tally: &mut Tally) {
    let exact = settlements(&engine(case, Method::Exact));
    let view = engine(case, Method::Sampled);
    let details: Vec<_> = view.answer_all(false).expect("it is small").statements;
    for (((statement, exact), (_, sampled)), answer) in exact.into_iter().zip(settlements(&view)).zip(details) {
        let key = &case.statements[statement].key;
        let context = || format!("{name} {key}: {exact:?} but {sampled:?}");
        assert!(sampled.sampled && exact.doubts.is_empty() && !exact.sampled);
        let has = |settlement: &Settlement, name: &str| settlement.reasons.iter().any(|reason| reason.name() == name);
        let doubts = |name: &str| sampled.doubts.iter().any(|doubt| doubt.name() == name);
        if sampled.settled.is_some() {
            assert_eq!(sampled.settled, exact.settled, "{}", context());
        }
        note(tally, sampled.settled.is_none(), "too close to tell");
        note(tally, sampled.settled == Some(true), "settled");
        note(tally, sampled.settled == Some(false), "open");
        if doubts("verdict") {
            continue;
        }
        let is_decided = answer.assessment.detail.is_decided();
        for name in Reason::NAMES {
            // Of what is open already, the completions are not searched.
            if name == "withheld" && !is_decided {
                continue;
            }
            if has(&sampled, name) {
                assert!(has(&exact, name), "{name}: {}", context());
                note(tally, is_decided, name);
            } else if has(&exact, name) {
                assert!(doubts(name), "{name} is neither told nor in doubt: {}", context());
            }
        }
        let (told, doubtful) = (sources(&sampled), doubtful_sources(&sampled));
        assert!(told.is_subset(&sources(&exact)), "{}", context());
        assert!(sources(&exact).is_subset(&(&told | &doubtful)), "{}", context());
    }
}

#[test]
fn sampled_worlds_never_tell_the_contrary_of_shipped_cases() {
    let mut tally = Tally::default();
    for (name, case) in shipped() {
        compare(&name, &case, &mut tally);
    }
    saw(&tally, 20, &["settled", "open", "single_source", "weights"]);
}

#[test]
fn sampled_worlds_never_tell_the_contrary_of_random_cases() {
    let mut tally = Tally::default();
    let profiles = [
        Profile::broad(),
        Profile::tangled(),
        Profile::competing(),
        Profile::withheld(1..=3, 6, 1),
        Profile::withheld(2..=9, 8, 0),
    ];
    for (index, profile) in profiles.iter().enumerate() {
        for seed in 0..40 {
            let case = random::case(profile, 1_000 * index as u64 + seed).build();
            compare(&format!("profile {index}, seed {seed}"), &case, &mut tally);
        }
    }
    let all = ["settled", "single_source", "weights", "withheld", "assumption", "rests_on_open_premise"];
    saw(&tally, 5, &all);
    saw(&tally, 1, &["too close to tell"]);
    let of = |what: &str| tally.get(what).copied().unwrap_or(0);
    assert!(of("too close to tell") * 10 < of("open") + of("settled"), "most is told: {tally:?}");
}

#[test]
fn threads_change_nothing() {
    for (name, case) in shipped() {
        let with = |threads: usize| {
            let threads = NonZeroUsize::new(threads).expect("not 0");
            settlements(&engine(&case, Method::Sampled).sampling(Sampling { threads, ..Sampling::default() }))
        };
        let one = with(1);
        assert_eq!(one, with(2), "{name}");
        assert_eq!(one, with(3), "{name}");
    }
}

#[test]
fn one_statement_is_answered_as_among_all_or_not_at_all() {
    for (name, case) in shipped() {
        let exact = settlements(&engine(&case, Method::Exact));
        for (statement, exact) in exact.into_iter().step_by(7) {
            let alone = engine(&case, Method::Sampled).answer_statement(statement, true).expect("it is small");
            let alone = alone.settlement.expect("it is a question of probabilities");
            assert!(alone.settled.is_none() || alone.settled == exact.settled, "{name}: {exact:?}, {alone:?}");
        }
    }
}

/// Two certain documents speak for it, and what is withheld may speak against it with half of their weight, or with all of
/// it: 1 leads 0.5 by more than 0.35, and 1 by nothing.
#[test]
fn from_sampled_worlds_it_is_known_whether_what_is_withheld_matters() {
    let open_for = |share: f64, method: Method| {
        let case = Sketch::new().document("d", 1.0).document("e", 1.0).document("f", 1.0).claim("s");
        let case = case.supports("d", "s", 1.0).supports("e", "s", 1.0).withheld("f", share, Some(&["s"])).build();
        let found = settlements(&engine(&case, method));
        let settlement = &found[0].1;
        (settlement.settled, settlement.reasons.iter().map(Reason::name).collect::<Vec<&str>>())
    };
    for method in [Method::Exact, Method::Sampled] {
        assert_eq!(open_for(0.5, method.clone()), (Some(true), vec![]), "{method:?}");
        assert_eq!(open_for(1.0, method.clone()), (Some(false), vec!["withheld"]), "{method:?}");
    }
}
