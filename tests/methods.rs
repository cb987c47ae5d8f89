//! The methods beside the exact one, checked against it: what they decide is right, and what they cannot is undecided.

use std::collections::BTreeSet;

use crate::support::random::{self, Profile};
use crate::support::shipped;
use crate::support::sketch::Sketch;
use evigraph::Budget;
use evigraph::Case;
use evigraph::internals::explain;
use evigraph::{Assessment, Detail, Finding, Verdict};
use evigraph::{Engine, EngineError, Method, Sampling, Scenario, Watch};
use evigraph::{Input, load};

/// Rounding.
const CLOSE: f64 = 1e-9;

fn judge(case: &Case, method: Method) -> Engine<'_> {
    Engine::with_method(case, Scenario::default(), method, Budget::default())
}

/// Nearly sure, so that what is tried on many statements holds for all of them.
fn sampled(case: &Case, seed: u64) -> Engine<'_> {
    let sampling = Sampling { seed, half_width: 0.02, confidence: 0.999_999, ..Sampling::default() };
    judge(case, Method::Sampled).sampling(sampling)
}

fn random_cases(count: u64) -> Vec<(String, Case)> {
    let profiles = [Profile::broad(), Profile::tangled(), Profile::competing()];
    let seeds = (0..count).flat_map(|seed| profiles.iter().map(move |profile| (seed, profile)));
    seeds.map(|(seed, profile)| (seed.to_string(), random::case(profile, seed).build())).collect()
}

fn assessments(judge: Engine<'_>) -> Vec<Assessment> {
    let statements: Vec<_> = judge.case().statements.ids().collect();
    statements.into_iter().map(|id| judge.assess(id).expect("it is small")).collect()
}

/// Whether what is known of degrees is true of the exact ones.
fn covers(found: &Assessment, exact: &Assessment) -> bool {
    let Some(within) = found.degrees.within else { return false };
    let exact = exact.degrees;
    let pairs = [
        (within.in_favour, exact.in_favour),
        (within.against, exact.against),
        (within.conflict, exact.conflict),
        (within.ignorance, exact.ignorance),
        (within.case_for, exact.case_for()),
        (within.case_against, exact.case_against()),
        (within.lead, exact.in_favour - exact.against),
    ];
    pairs.into_iter().all(|(range, number)| range.low - CLOSE <= number && number <= range.high + CLOSE)
        && within.any_case.is_none_or(|any| any == exact.any_case)
}

/// Each statement under a method, with the same one exactly: how many of them the method decides.
fn decided(cases: &[(String, Case)], method: impl Fn(&Case) -> Engine<'_>) -> (usize, usize) {
    let (mut decided, mut all) = (0, 0);
    for (name, case) in cases {
        let exact = assessments(judge(case, Method::Exact));
        for ((id, found), exact) in case.statements.iter().zip(assessments(method(case))).zip(exact) {
            let key = &id.1.key;
            assert!(covers(&found, &exact), "{name} {key}: {found:?} {exact:?}");
            assert!(found.possible.has(exact.detail), "{name} {key}: {found:?} {exact:?}");
            all += 1;
            decided += usize::from(found.detail != Detail::Undecided);
        }
    }
    (decided, all)
}

#[test]
fn bounds_hold_for_the_exact_degrees_and_never_decide_otherwise() {
    let (of_random, all) = decided(&random_cases(60), |case| judge(case, Method::Bounds));
    assert!(of_random * 10 > all * 3 && of_random < all, "{of_random} of {all}: some are decided, and some are not");
    let (of_shipped, all) = decided(&shipped(), |case| judge(case, Method::Bounds));
    assert!(of_shipped * 2 > all && of_shipped < all, "{of_shipped} of {all}");
}

#[test]
fn sampled_worlds_come_near_to_the_exact_degrees_and_never_decide_otherwise() {
    let (of_random, all) = decided(&random_cases(25), |case| sampled(case, 7));
    assert!(of_random * 10 > all * 8, "{of_random} of {all} are decided");
    let (of_shipped, all) = decided(&shipped(), |case| sampled(case, 8));
    assert!(of_shipped * 10 > all * 8 && of_shipped < all, "{of_shipped} of {all}");
}

#[test]
fn auto_is_exact_where_exact_is_not_too_much() {
    for (name, case) in shipped() {
        let (auto, exact) = (judge(&case, Method::Auto), judge(&case, Method::Exact));
        let answers = [&auto, &exact].map(|judge| judge.answer_all(true).expect("it is small"));
        assert_eq!(answers[0], answers[1], "{name}");
        assert!(auto.is_exact());
    }
}

#[test]
fn some_statements_asked_together_are_answered_as_all_are() {
    for (name, case) in shipped() {
        let engine = judge(&case, Method::Auto);
        let headlines: BTreeSet<_> = case.questions.values().map(|question| question.headline).collect();
        let all = engine.answer_all(true).expect("it is small");
        let questions = case.questions.ids().collect();
        let asked = engine.answer(&headlines, &questions, true).expect("it is small");
        for answer in asked.statements {
            let same = all.statements.iter().find(|one| one.statement == answer.statement).expect("all are answered");
            let [now, then] = [&answer, same].map(|one| one.settlement.as_ref().expect("it is asked for"));
            assert!(!now.sampled, "{name}");
            assert_eq!((now.settled, now.reasons.len()), (then.settled, then.reasons.len()), "{name}");
            let [now, then] = [&answer, same].map(|one| one.assessment.degrees);
            assert!((now.in_favour - then.in_favour).abs() < CLOSE && (now.against - then.against).abs() < CLOSE);
        }
    }
}

/// Documents that all impeach each other: beyond the budget below, and no matter for sampling.
fn quarrel() -> Case {
    let document = |name: usize| {
        let others: Vec<String> =
            (0..8).filter(|other| *other != name).map(|other| format!("(from: \"d{other}\")")).collect();
        format!("\"d{name}\": (title: \"{name}\", reliability: B, impeached_by: [{}]),", others.join(", "))
    };
    let documents: String = (0..8).map(document).collect();
    let text = format!(
        "Case(title: \"A quarrel\", documents: {{{documents} \"e\": (title: \"E\", reliability: A)}}, claims: {{\
         \"claim\": (text: \"It is so.\", evidence: [Supports(from: \"d0\")]),\
         \"other\": (text: \"Something else.\", evidence: [Supports(from: \"e\", as: Finding)])}})"
    );
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text");
    loaded.case.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

#[test]
fn auto_samples_what_is_too_large_and_that_alone() {
    let case = quarrel();
    let tight = Budget { steps: 60, elimination: 0, ..Budget::default() };
    let exact = Engine::with_method(&case, Scenario::default(), Method::Exact, tight);
    let [claim, other] = ["claim", "other"].map(|id| case.statement(id).expect("the case has it"));
    assert!(matches!(exact.assess(claim), Err(EngineError::TooLarge { .. })));
    let auto = Engine::with_method(&case, Scenario::default(), Method::Auto, tight);
    let answer = auto.answer_all(true).expect("what is too large is sampled");
    assert!(!auto.is_exact() && auto.worlds_sampled() > 60_000);
    let of = |id| answer.statements.iter().find(|one| one.statement == id).expect("all are answered");
    assert!(of(claim).assessment.degrees.within.is_some());
    // 0.80 at most, where none of the seven impeachments is in force: far from what is asked.
    assert!(of(claim).settlement.as_ref().is_some_and(|settlement| settlement.sampled && settlement.is_open()));
    assert_eq!(of(other).assessment.degrees.within, None);
    // 0.95 * 0.85.
    assert!((of(other).assessment.degrees.in_favour - 0.8075).abs() < 1e-12);
    // It hangs on its one source, whichever way that is told.
    assert!(of(other).settlement.as_ref().is_some_and(|settlement| settlement.is_open()));
}

/// The weights of everything that the argument for and against each statement of a case is made of.
fn weights_of_arguments(judge: Engine<'_>) -> Vec<f64> {
    let statements: Vec<_> = judge.case().statements.ids().collect();
    let mut weights = Vec::new();
    for statement in statements {
        let argument = explain::argument(&judge, statement, 2).expect("it can be estimated");
        for ground in argument.branches.values().flat_map(|branch| &branch.grounds) {
            weights.push(ground.weight);
            weights.extend(ground.attacks.iter().map(|attack| attack.in_force));
        }
        weights.extend(argument.sources.values().map(|standing| standing.holds));
    }
    weights
}

#[test]
fn the_weight_of_a_step_is_told_by_every_method() {
    let mut uncertain = 0;
    for (name, case) in random_cases(4).into_iter().chain(shipped()) {
        let exact = weights_of_arguments(judge(&case, Method::Exact));
        let sampled = weights_of_arguments(sampled(&case, 5));
        assert_eq!(exact.len(), sampled.len(), "{name}");
        for (exact, sampled) in exact.into_iter().zip(sampled) {
            uncertain += usize::from(exact > 0.05 && exact < 0.95);
            assert!((exact - sampled).abs() < 0.025, "{name}: {exact} and {sampled}");
        }
    }
    assert!(uncertain > 1000, "{uncertain}");
}

#[test]
fn a_wide_case_has_grounds_too() {
    let case = quarrel();
    let few = Budget { steps: 60, elimination: 10, ..Budget::default() };
    let statement = case.statements.ids().next().expect("it has a claim");
    let exact = Engine::with_method(&case, Scenario::default(), Method::Exact, few);
    assert!(matches!(explain::argument(&exact, statement, 2), Err(EngineError::TooLarge { .. })));
    for method in [Method::Sampled, Method::Independent, Method::Bounds] {
        let judge = Engine::with_method(&case, Scenario::default(), method.clone(), few);
        let argument = explain::argument(&judge, statement, 2).expect("it can be estimated");
        let weights: Vec<f64> =
            argument.branches.values().flat_map(|branch| &branch.grounds).map(|ground| ground.weight).collect();
        assert!(
            !weights.is_empty() && weights.iter().all(|weight| (0.0..=1.0).contains(weight)),
            "{method:?}: {weights:?}"
        );
    }
}

#[test]
fn auto_explains_what_is_too_large_from_sampled_worlds() {
    let case = quarrel();
    let few = Budget { steps: 60, elimination: 10, ..Budget::default() };
    let statement = case.statements.ids().next().expect("it has a claim");
    let auto = Engine::with_method(&case, Scenario::default(), Method::Auto, few);
    let explanation = explain::explain(&auto, statement, 2).expect("it is sampled");
    assert!(explanation.answer.assessment.degrees.within.is_some());
    assert_eq!(explanation.missing, Some(None), "sampled worlds do not tell what would settle it");
    assert!(!auto.is_exact());
}

#[test]
fn what_the_bounds_settle_is_settled() {
    let mut settled = 0;
    for (name, case) in random_cases(40).into_iter().chain(shipped()) {
        let (bounds, exact) = (judge(&case, Method::Exact), judge(&case, Method::Exact));
        for id in case.statements.ids().filter(|&id| case.canonical(id) == id) {
            let found = bounds.settled_whatever_the_dependence(id).expect("bounds are never too large");
            if found.settled {
                settled += 1;
                let answer = exact.answer_statement(id, true).expect("it is small");
                assert_eq!(answer.assessment.detail, found.assessment.detail, "{name} {}", case.statements[id].key);
                assert!(answer.settlement.is_some_and(|one| one.is_settled()), "{name} {}", case.statements[id].key);
            }
        }
    }
    assert!(settled > 10, "only {settled}");
}

/// What leaves in doubt that the bounds settle `s`, by the fields of the answer; nothing where it is settled.
fn doubts_by_bounds(sketch: &Sketch) -> (Detail, Vec<&'static str>) {
    let case = sketch.build();
    let statement = sketch.statement("s").expect("declared");
    let found = judge(&case, Method::Bounds).settled_whatever_the_dependence(statement).expect("it is small");
    let assumed: Vec<_> = sketch.statement("assumed").into_iter().collect();
    let only: Vec<_> = sketch.source("only").into_iter().collect();
    assert!(found.assumptions.is_empty() || found.assumptions == assumed, "{found:?}");
    assert!(found.sources.is_empty() || found.sources == only, "{found:?}");
    let doubts = [
        (found.premises, "premises"),
        (!found.assumptions.is_empty(), "assumptions"),
        (!found.sources.is_empty(), "sources"),
        (found.withheld, "withheld"),
        (found.weights, "weights"),
    ];
    let doubts: Vec<_> = doubts.into_iter().filter_map(|(applies, name)| applies.then_some(name)).collect();
    let detail = found.assessment.detail;
    assert_eq!(found.settled, detail.is_decided() && doubts.is_empty(), "{found:?}");
    (detail, doubts)
}

/// The default standard asks for 0.75. Of a source of *r*, a link of strength *l* is worth *r* + *l* - 1 at least; several
/// are worth at least what the best of them is.
#[test]
fn whatever_the_dependence_each_thing_leaves_a_verdict_in_doubt_by_itself() {
    use Detail::{Established, Insufficient, Refuted, Undecided};
    let sources = |names: &[&str], number: f64| {
        let case = Sketch::new().claims(&["s", "other"]);
        names.iter().fold(case, |case, name| case.document(name, number))
    };
    let two = |number: f64| sources(&["d", "e", "f"], number).supports("f", "other", 1.0);
    let speaking = |number: f64| two(number).supports("d", "s", 1.0).supports("e", "s", 1.0);
    // A tenth off 0.9 + 0.9 - 1 = 0.8 is left.
    assert_eq!(doubts_by_bounds(&speaking(1.0)), (Established, vec![]));
    assert_eq!(doubts_by_bounds(&two(1.0).opposes("d", "s", 1.0).opposes("e", "s", 1.0)), (Refuted, vec![]));
    // Two of 0.7 are worth 0.7 to 1, and two of 0.3 are worth 0.3 to 0.6: of what is not decided nothing else is asked.
    assert_eq!(doubts_by_bounds(&speaking(0.7)), (Undecided, vec![]));
    assert_eq!(doubts_by_bounds(&speaking(0.3)), (Insufficient, vec![]));
    // 0.9 is enough, and a tenth off 0.81 + 0.9 - 1 = 0.71 is not.
    assert_eq!(doubts_by_bounds(&speaking(0.9)), (Established, vec!["weights"]));
    assert_eq!(doubts_by_bounds(&sources(&["only"], 1.0).supports("only", "s", 1.0)), (Established, vec!["sources"]));
    let assumed = sources(&["d"], 1.0).claim("assumed").assumed("assumed", 1.0).entails("assumed", "s");
    assert_eq!(doubts_by_bounds(&assumed), (Established, vec!["assumptions"]));
    // What is withheld may speak against it as surely as two speak for it; or it bears on another claim.
    let withheld = |bears_on: &'static str| speaking(1.0).withheld("f", 1.0, Some(&[bears_on]));
    assert_eq!(doubts_by_bounds(&withheld("s")), (Established, vec!["withheld"]));
    assert_eq!(doubts_by_bounds(&withheld("other")), (Established, vec![]));
    // Two speak for a stronger claim and one against: it is contested, and its case is passed on all the same.
    let contested = two(1.0).claim("strong").entails("strong", "s").opposes("f", "strong", 1.0);
    let contested = contested.supports("d", "strong", 1.0).supports("e", "strong", 1.0);
    let (detail, doubts) = doubts_by_bounds(&contested);
    assert!(detail == Established && doubts.contains(&"premises"), "{doubts:?}");
}

#[test]
fn a_finding_is_undecided_only_where_a_verdict_is_that_it_turns_on() {
    use Detail::{Established, Insufficient, Refuted, Undecided};
    assert_eq!(Finding::of(Undecided, [Undecided]), Finding::Undecided);
    assert_eq!(Finding::of(Insufficient, [Undecided, Insufficient]), Finding::Undecided);
    assert_eq!(Finding::of(Insufficient, [Undecided, Established]), Finding::Nuanced);
    assert_eq!(Finding::of(Refuted, [Refuted, Insufficient]), Finding::Refuted);
    assert_eq!(Finding::of(Established, [Undecided, Established]), Finding::Confirmed);
    assert_eq!(Undecided.verdict(), Verdict::Undecided);
}

#[test]
fn a_judge_that_is_stopped_says_so() {
    let case = quarrel();
    let watch = Watch::default();
    watch.stop();
    for method in [Method::Exact, Method::Sampled, Method::Auto, Method::Bounds] {
        let judge = judge(&case, method).watched(watch.clone());
        assert_eq!(judge.answer_all(true), Err(EngineError::Stopped));
    }
}
