//! Explanations of small cases, worked out by hand.

use evigraph::internals::explain::{self, Asked, BestCase, Influence, LoadBearingSet, Unmet};
use evigraph::internals::logic::{Origin, Parameter, Step};
use evigraph::internals::verdict::{Detail, Search, Verdict};
use evigraph::{Case, Effect, Manner, Source, StatementId};
use evigraph::{Engine, Scenario};
use evigraph::{Input, load};

use super::trial::CLOSE;

fn case(text: &str) -> Case {
    let text = format!("Case(title: \"example\", {text})");
    let loaded = load(Input::Text { name: "example.ron".to_owned(), text }).expect("a text is always there");
    loaded.case.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

fn judge(case: &Case) -> Engine<'_> {
    Engine::new(case, Scenario::default())
}

fn statement(case: &Case, key: &str) -> StatementId {
    case.statement(key).expect("declared")
}

fn source(case: &Case, key: &str) -> Source {
    case.source(key).expect("declared")
}

fn link(case: &Case, key: &str, index: usize) -> Step {
    Step::Evidence { statement: statement(case, key), index }
}

#[track_caller]
fn is(found: f64, expected: f64) {
    assert!((found - expected).abs() < CLOSE, "{found}, not {expected}");
}

#[track_caller]
fn without<'i>(influences: &'i [Influence], case: &Case, key: &str) -> &'i Influence {
    influences.iter().find(|influence| influence.source == source(case, key)).expect("it makes a difference")
}

fn holding(best: &BestCase) -> Vec<(Parameter, f64)> {
    best.holding.iter().map(|condition| (condition.quantity, condition.probability)).collect()
}

/// The log makes a case with 0.95 * 0.85 = 0.8075, the diary with 0.8 * 0.65 = 0.52.
const TWO_ACCOUNTS: &str = r#"
    documents: { "log": (title: "Log", reliability: A), "diary": (title: "Diary", reliability: B) },
    claims: {
        "closed": (text: "It was closed.", evidence: [
            Supports(from: "diary", as: Account), Supports(from: "log", as: Finding),
        ]),
    },
"#;

#[test]
fn two_independent_accounts() {
    let case = case(TWO_ACCOUNTS);
    let (judge, closed) = (judge(&case), statement(&case, "closed"));
    // 1 - 0.1925 * 0.48 = 0.9076. Without the log 0.52, which is short of 0.75.
    let influences = explain::influence(&judge, closed).expect("small");
    assert_eq!(influences.len(), 2);
    assert_eq!(influences[0].source, source(&case, "log"));
    is(influences[0].degrees.in_favour, 0.52);
    is(influences[0].shift, 0.9076 - 0.52);
    assert_eq!(influences[0].detail, Detail::Insufficient);
    is(influences[1].degrees.in_favour, 0.8075);
    assert_eq!(influences[1].detail, Detail::Established);

    let load = explain::load_bearing(&judge, closed).expect("small");
    let log = LoadBearingSet { sources: vec![source(&case, "log")], detail: Detail::Insufficient };
    assert_eq!((load.sets, load.searched), (vec![log], 1));

    let best =
        explain::best_case(&judge, closed, Effect::Supports).expect("small").expect("small").expect("there is one");
    is(best.probability, 0.8075);
    let reliability = (Parameter::Reliability(source(&case, "log")), 0.95);
    assert_eq!(holding(&best), [reliability, (Parameter::Strength(link(&case, "closed", 1)), 0.85)]);
    assert_eq!(best.failing, []);
    assert_eq!(explain::best_case(&judge, closed, Effect::Opposes), Ok(Ok(None)));

    let argument = explain::argument(&judge, closed, 3).expect("small");
    let grounds = &argument.branches[&closed].grounds;
    assert_eq!(grounds[0].origin, Origin::Step(link(&case, "closed", 1)));
    is(grounds[0].weight, 0.8075);
    is(grounds[0].loss.expect("a step"), 0.9076 - 0.52);
    is(grounds[1].weight, 0.52);
    is(grounds[1].loss.expect("a step"), 0.9076 - 0.8075);
    is(argument.sources[&source(&case, "diary")].holds, 0.8);
}

/// A third account of 0.52 besides: no source alone turns the verdict, two together may.
#[test]
fn load_bearing_pairs() {
    let case = case(
        r#"
        documents: {
            "log": (title: "Log", reliability: A), "diary": (title: "Diary", reliability: B),
            "letter": (title: "Letter", reliability: B),
        },
        claims: {
            "closed": (text: "It was closed.", evidence: [
                Supports(from: ["diary", "letter"], as: Account), Supports(from: "log", as: Finding),
            ]),
        },
        "#,
    );
    let (judge, closed) = (judge(&case), statement(&case, "closed"));
    // Diary and letter make 1 - 0.48 * 0.48 = 0.7696. One of them alone makes 0.52, the log alone 0.8075.
    let load = explain::load_bearing(&judge, closed).expect("small");
    let pair = |other| LoadBearingSet {
        sources: vec![source(&case, other), source(&case, "log")],
        detail: Detail::Insufficient,
    };
    assert_eq!((load.sets, load.searched), (vec![pair("diary"), pair("letter")], 2));
}

#[test]
fn an_undercut() {
    let case = case(
        r#"
        documents: { "log": (title: "Log", reliability: 0.9), "forensics": (title: "Forensics", reliability: 0.5) },
        claims: {
            "closed": (text: "It was closed.", evidence: [
                Supports(from: "log", strength: 1.0, undercut_by: [(from: "forensics", strength: 0.8)]),
            ]),
        },
        "#,
    );
    let (judge, closed) = (judge(&case), statement(&case, "closed"));
    // The undercut is in force with 0.5 * 0.8 = 0.4: the link holds with 0.9 * 0.6 = 0.54.
    let grounds = explain::grounds(&judge, closed).expect("small");
    is(grounds[0].weight, 0.54);
    is(grounds[0].attacks[0].in_force, 0.4);
    // It is most probable that the undercut fails because its source does (0.5), not because the step does (0.2).
    let best =
        explain::best_case(&judge, closed, Effect::Supports).expect("small").expect("small").expect("there is one");
    is(best.probability, 0.45);
    assert_eq!(best.failing[0].quantity, Parameter::Reliability(source(&case, "forensics")));
    is(best.failing[0].probability, 0.5);
    // It needs 0.75, and would have 0.9 without the undercut or what it comes from.
    let why = explain::why_not(&judge, closed, Asked::Verdict(Verdict::Supported)).expect("small");
    let [Unmet::Case { side: Effect::Supports, has, needs }] = why.unmet[..] else { panic!("{why:?}") };
    is(has, 0.54);
    is(needs, 0.75);
    let undercut = Parameter::Undercut(link(&case, "closed", 0), 0);
    let hindrances: Vec<Parameter> = why.hindrances.iter().flat_map(|hindrance| hindrance.quantities.clone()).collect();
    assert_eq!(hindrances, [Parameter::Reliability(source(&case, "forensics")), undercut]);
    for hindrance in why.hindrances {
        is(hindrance.degrees.in_favour, 0.9);
        assert_eq!(hindrance.detail, Detail::Established);
    }
}

#[test]
fn rivals_on_shared_ground() {
    let case = case(
        r#"
        documents: { "log": (title: "Log", reliability: 0.9), "diary": (title: "Diary", reliability: 0.5) },
        claims: {
            "by-flood": (text: "A flood closed it.", rivals: ["by-order"],
                         evidence: [Supports(from: "log", strength: 1.0)]),
            "by-order": (text: "An order closed it.",
                         evidence: [Supports(from: ["log", "diary"], strength: 1.0)]),
        },
        "#,
    );
    let (judge, flood, order) = (judge(&case), statement(&case, "by-flood"), statement(&case, "by-order"));
    let shared = explain::shared_ground(&judge, flood).expect("small").expect("small");
    assert_eq!(shared.len(), 1);
    assert_eq!((shared[0].rival, &shared[0].shared, shared[0].of), (order, &vec![source(&case, "log")], 2));
    is(shared[0].share(), 0.5);
    // Case for: 0.9; against: 1 - 0.1 * 0.5 = 0.95.
    let why = explain::why_not(&judge, flood, "conflicting_evidence".parse().expect("a word")).expect("small");
    assert_eq!(why.unmet, [Unmet::RivalReadings { rivals: vec![order] }]);
    let grounds = explain::grounds(&judge, flood).expect("small");
    assert_eq!((grounds[1].origin, grounds[1].effect), (Origin::Rival(order), Effect::Opposes));
    is(grounds[1].weight, 0.95);
    // Without the log the flood has nothing for it, and 0.5 against it: the order is not supported by that.
    let influences = explain::influence(&judge, flood).expect("small");
    let log = without(&influences, &case, "log");
    is(log.degrees.against, 0.5);
    assert_eq!(log.detail, Detail::Insufficient);
}

/// An exhibit needs neither the reliability of the document nor its origins; but if it is dropped, there is none.
#[test]
fn an_exhibit() {
    let case = case(
        r#"
        documents: { "forgery": (title: "Letter", reliability: 0.1) },
        claims: { "exists": (text: "There is a letter.", evidence: [Supports(from: "forgery", as: Exhibit)]) },
        "#,
    );
    let (judge, exists) = (judge(&case), statement(&case, "exists"));
    let best =
        explain::best_case(&judge, exists, Effect::Supports).expect("small").expect("small").expect("there is one");
    assert_eq!(holding(&best), [(Parameter::Strength(link(&case, "exists", 0)), 0.85)]);
    let influences = explain::influence(&judge, exists).expect("small");
    assert_eq!((influences[0].detail, influences[0].degrees.any_case), (Detail::NoEvidence, false));
    is(influences[0].shift, 0.85);
    let load = explain::load_bearing(&judge, exists).expect("small");
    assert_eq!(load.sets, [LoadBearingSet { sources: vec![source(&case, "forgery")], detail: Detail::NoEvidence }]);
}

#[test]
fn a_loss_that_brings_a_reading_back() {
    let case = case(
        r#"
        documents: {
            "log": (title: "Log", reliability: 0.9), "hearsay": (title: "Hearsay", reliability: 0.6),
            "denial": (title: "Denial", reliability: 1.0),
        },
        claims: {
            "fact": (text: "It was closed.", rivals: ["rumour"], evidence: [Supports(from: "log", strength: 1.0)]),
            "rumour": (text: "It was open.",
                       evidence: [Supports(from: "hearsay", strength: 1.0), Opposes(from: "denial", strength: 1.0)]),
        },
        "#,
    );
    let (judge, fact, rumour) = (judge(&case), statement(&case, "fact"), statement(&case, "rumour"));
    // The rumour is out: 1 against it, 0.6 for it. Without the denial it competes again with 0.6: for the fact
    // 0.9 * 0.4, against it 0.1 * 0.6, both 0.9 * 0.6, and 0.9 - 0.6 is short of a lead of 0.35.
    let influences = explain::influence(&judge, fact).expect("small");
    let denial = without(&influences, &case, "denial");
    is(denial.degrees.in_favour, 0.36);
    is(denial.degrees.against, 0.06);
    is(denial.degrees.conflict, 0.54);
    assert_eq!(denial.detail, Detail::RivalReadings);
    assert_eq!(influences.iter().filter(|of| of.source == source(&case, "hearsay")).count(), 0, "no difference");
    let load = explain::load_bearing(&judge, fact).expect("small");
    let set = |key, detail| LoadBearingSet { sources: vec![source(&case, key)], detail };
    assert_eq!(load.sets, [set("denial", Detail::RivalReadings), set("log", Detail::NoEvidence)]);
    // What is out is no ground against the fact, but shares what it rests on with it: nothing.
    let grounds = explain::grounds(&judge, fact).expect("small");
    assert_eq!(grounds.len(), 1);
    assert_eq!(explain::shared_ground(&judge, fact).expect("small").expect("small")[0].rival, rumour);
}

#[test]
fn what_is_missing() {
    let case = case(
        r#"
        documents: { "file": (title: "File", reliability: 1.0, withheld: Full, bears_on: ["closed"]) },
        claims: {
            "closed": (text: "It was closed."),
            "flood": (text: "There was a flood.", evidence: [Supports(from: "file", strength: 0.4)]),
        },
        inferences: { "flooded": (given: ["flood"], to: "closed", effect: Supports, strength: 0.8) },
        "#,
    );
    let (judge, closed, flood) = (judge(&case), statement(&case, "closed"), statement(&case, "flood"));
    let missing = explain::missing(&judge, closed).expect("small").expect("it is open");
    // 0.4 * 0.8 = 0.32 for it. What is withheld may make that 1 - 0.68 * 0.05 = 0.966, or 0.95 against it.
    let kinds: Vec<_> = missing.evidence.iter().map(|of| (of.effect, of.manner, of.grade)).collect();
    let [finding, account, allegation] = [(Manner::Finding, "A"), (Manner::Account, "B"), (Manner::Allegation, "C")];
    let on = |effect| [finding, account, allegation].map(|(manner, grade)| (effect, manner, grade));
    assert_eq!(kinds, [on(Effect::Supports), on(Effect::Opposes)].concat());
    // For: 1 - 0.68 * 0.1925 = 0.8691; 1 - 0.68 * 0.48 = 0.6736, with two 0.8433; 1 - 0.68 * 0.76^n reaches 0.75
    // where 0.76^n is at most 0.3676, at n = 4 (0.3336).
    let decides: Vec<_> = missing.evidence.iter().map(|of| of.decides).collect();
    assert_eq!(decides[..3], [Some(1), Some(2), Some(4)]);
    // Against: nothing opposes it. The case has to be 0.75 and to lead 0.32 by 0.35: 0.75 is enough. With 0.8075,
    // one; with 0.52, two (0.7696); with 0.24, none of 5 (0.7464).
    assert_eq!(decides[3..], [Some(1), Some(2), None]);
    // Against the file, 0.95 and of weight 3.00, five findings are 1 - 0.68 * 0.1925^5 of weight 8.62, 2.88 to 1, where
    // 2.71 is enough; four are of weight 6.98. Five accounts are of 4.06. Where it is for, its 0.966 of weight 3.38 stands
    // against at most 8.24.
    let settles: Vec<_> = missing.evidence.iter().map(|of| of.settles).collect();
    assert_eq!(settles, [Some(5), None, None, None, None, None]);
    // With the flood established 0.8.
    assert_eq!(missing.premises.len(), 1);
    let premise = missing.premises[0];
    assert_eq!((premise.premise, premise.needed, premise.reached), (flood, Effect::Supports, Detail::Established));
    assert_eq!(missing.all_premises, None);
    let words: Vec<_> = missing.withheld.iter().map(|word| (word.reached, word.says[0].effect)).collect();
    // Opposed: 0.95 against, 0.32 for: refuted, by 0.63.
    assert_eq!(words, [(Detail::Established, Effect::Supports), (Detail::Refuted, Effect::Opposes)]);
    assert_eq!(missing.search, Some(Search::Exhaustive));
}

#[test]
fn what_would_settle_a_claim_with_nothing() {
    let case = case(r#"claims: { "closed": (text: "It was closed.") },"#);
    let missing = explain::missing(&judge(&case), statement(&case, "closed")).expect("small").expect("it is open");
    // A finding: 0.8075; with one of two lost still that, and with both weaker, 1 - (1 - 0.8075 * 0.81)^2 = 0.88.
    // An account: 0.52, two make 0.7696; so three settle: weaker 1 - (1 - 0.4212)^3 = 0.806. Allegations: 0.7464 of 5.
    let found: Vec<_> = missing.evidence.iter().map(|of| (of.decides, of.settles)).collect();
    let side = [(Some(1), Some(2)), (Some(2), Some(3)), (None, None)];
    assert_eq!(found, [side, side].concat());
}

// Mended defects.

/// What is out is out for the statements below, too, though nothing above asks what is against those.
#[test]
fn what_is_out_is_no_ground_further_down() {
    let case = case(
        r#"
        documents: {
            "hearsay": (title: "Hearsay", reliability: 0.5), "denial": (title: "Denial", reliability: 1.0),
            "log": (title: "Log", reliability: 0.9),
        },
        claims: {
            "flood": (text: "A flood closed it.", rivals: ["rumour"], evidence: [Supports(from: "log", strength: 1.0)]),
            "nature": (text: "Nature closed it.", any_of: ["flood"], rivals: ["rumour"]),
            "rumour": (text: "It was open.",
                       evidence: [Supports(from: "hearsay", strength: 1.0), Opposes(from: "denial", strength: 1.0)]),
        },
        "#,
    );
    // The rumour is out (1 against 0.5), so that nothing is against the flood, nor against nature.
    let argument = explain::argument(&judge(&case), statement(&case, "rumour"), 2).expect("small");
    for key in ["flood", "nature"] {
        let grounds = &argument.branches[&statement(&case, key)].grounds;
        assert!(grounds.iter().all(|ground| ground.effect == Effect::Supports), "{key}: {grounds:?}");
    }
}

/// A premise that is given in one step and has to be rejected in another is missing only as it is not decided.
#[test]
fn a_premise_is_missing_only_on_the_side_that_is_needed() {
    let case = case(
        r#"
        documents: { "log": (title: "Log", reliability: 1.0) },
        claims: {
            "flood": (text: "There was a flood.", evidence: [Supports(from: "log", strength: 1.0)]),
            "closed": (text: "It was closed."),
        },
        inferences: {
            "by-flood": (given: ["flood"], to: "closed", effect: Supports, strength: 0.4),
            "by-order": (given: ["log"], given_rejected: ["flood"], to: "closed", effect: Supports, strength: 0.9),
        },
        "#,
    );
    let missing = explain::missing(&judge(&case), statement(&case, "closed")).expect("small").expect("it is open");
    let [premise] = missing.premises[..] else { panic!("{:?}", missing.premises) };
    assert_eq!((premise.premise, premise.needed), (statement(&case, "flood"), Effect::Opposes));
    assert_eq!(premise.reached, Detail::Established);
}

/// A number on which nothing hangs stays as it is when weights are weakened, those of further evidence, too.
#[test]
fn further_evidence_beside_something_certain_is_not_weakened() {
    let case = case(
        r#"
        standard: Preponderance,
        documents: { "log": (title: "Log", reliability: 1.0), "diary": (title: "Diary", reliability: 1.0) },
        claims: {
            "closed": (text: "It was closed.", evidence: [Supports(from: "log", strength: 1.0)]),
            "open": (text: "It was open.", rivals: ["closed"], evidence: [Supports(from: "diary", strength: 0.8)]),
        },
        "#,
    );
    let missing =
        explain::missing(&judge(&case), statement(&case, "closed")).expect("small").expect("it hangs on the log");
    // 1 for it, 0.8 against it; it has to lead by 0.1. With two findings of 0.8075, not counting the log: 0.963 leads.
    // Weaker: the log makes it with 0.9 * 0.9, the diary against it with 0.88; as long as the log is certain, neither
    // finding matters, so they stay: 1 - 0.19 * 0.1925^2 = 0.993 leads by 0.113. (With weaker ones it would be 0.097.)
    let finding = missing.evidence[0];
    assert_eq!((finding.manner, finding.decides, finding.settles), (Manner::Finding, Some(0), Some(2)));
}

/// What keeps a rival reading out may be all that holds a verdict back.
#[test]
fn what_keeps_a_reading_out_is_a_hindrance() {
    let case = case(
        r#"
        documents: { "log": (title: "Log", reliability: 0.6), "denial": (title: "Denial", reliability: 1.0) },
        claims: {
            "closed": (text: "It was closed.", rivals: ["open"]),
            "open": (text: "It was open.", standard: Preponderance,
                     evidence: [Supports(from: "log", strength: 1.0), Opposes(from: "denial", strength: 1.0)]),
        },
        "#,
    );
    // It being open is out: 1 against 0.6. Without the denial it is supported (0.6) and makes 0.6 against its rival.
    let (judge, closed) = (judge(&case), statement(&case, "closed"));
    let why = explain::why_not(&judge, closed, Asked::Detail(Detail::Insufficient)).expect("small");
    assert_eq!((why.detail, why.unmet), (Detail::NoEvidence, vec![Unmet::NoCase]));
    let quantities: Vec<Parameter> = why.hindrances.iter().flat_map(|hindrance| hindrance.quantities.clone()).collect();
    let denial = Parameter::Reliability(source(&case, "denial"));
    assert_eq!(quantities, [denial, Parameter::Strength(link(&case, "open", 1))]);
    for hindrance in why.hindrances {
        is(hindrance.degrees.against, 0.6);
        assert_eq!(hindrance.detail, Detail::Insufficient);
    }
}

/// Where nothing is asked for, nothing is enough.
#[test]
fn a_standard_that_asks_for_nothing_comes_before_no_evidence() {
    let case = case(
        r#"
        thresholds: (clear_and_convincing: (case: 0.0, margin: 0.0)),
        claims: { "closed": (text: "It was closed.") },
        "#,
    );
    let judge = judge(&case);
    let why = explain::why_not(&judge, statement(&case, "closed"), Asked::Detail(Detail::NoEvidence)).expect("small");
    assert_eq!(why.unmet, [Unmet::Prevails { detail: Detail::Established }]);
}
