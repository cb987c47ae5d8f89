//! The brute force itself, on examples that are worked out by hand.

use evigraph::{Effect, Source, Standard, StatementId};

use crate::brute::{
    Assessment, Detail, Finding, Judgement, Leaning, Oracle, Reason, Search, Settlement, Settling, Situation,
};
use crate::support::sketch::Sketch;

/// The verdict on every statement of a sketch, by name.
struct Judged {
    sketch: Sketch,
    judgement: Judgement,
}

fn judged(sketch: Sketch) -> Judged {
    let case = sketch.build();
    let oracle = Oracle::new(&case, Situation::default());
    let judgement = oracle.judge(&oracle.base);
    Judged { sketch, judgement }
}

impl Judged {
    fn id(&self, name: &str) -> StatementId {
        self.sketch.statement(name).expect("declared")
    }

    fn of(&self, name: &str) -> Assessment {
        self.judgement.assessments[&self.id(name)]
    }

    /// For, against, conflict and ignorance are these, within rounding.
    #[track_caller]
    fn has(&self, name: &str, expected: [f64; 4]) {
        let degrees = self.of(name).degrees;
        let found = [degrees.in_favour, degrees.against, degrees.conflict, degrees.ignorance];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{name}: {degrees:?}, not {expected:?}");
        }
    }

    fn detail(&self, name: &str) -> Detail {
        self.of(name).detail
    }
}

fn settled(sketch: &Sketch, name: &str) -> Settlement {
    let case = sketch.build();
    let oracle = Oracle::new(&case, Situation::default());
    let judgement = oracle.judge(&oracle.base);
    Settling::new(&oracle, &judgement).settle(sketch.statement(name).expect("declared"))
}

#[test]
fn a_link_holds_with_its_document_and_its_origin() {
    // 0.8 * 0.5 * 0.9 = 0.36.
    let case = Sketch::new().document("d", 0.8).actor_of("a", 0.5).derives("d", &["a"]).claim("s");
    let judged = judged(case.supports("d", "s", 0.9));
    judged.has("s", [0.36, 0.0, 0.0, 0.64]);
    assert_eq!(judged.detail("s"), Detail::Insufficient);
    assert_eq!(judged.of("s").leaning, Leaning::For);
}

#[test]
fn shared_origins_are_counted_once() {
    // a: 0.5; both documents: 1 - (1 - 0.8)^2 = 0.96; 0.5 * 0.96 = 0.48.
    let case = Sketch::new().document("d", 0.8).document("e", 0.8).actor_of("a", 0.5).claim("s");
    let case = case.derives("d", &["a"]).derives("e", &["a"]).supports("d", "s", 1.0).supports("e", "s", 1.0);
    judged(case).has("s", [0.48, 0.0, 0.0, 0.52]);
}

#[test]
fn both_sides_conflict_where_both_hold() {
    let case = Sketch::new().document("d", 0.8).document("e", 0.5).claim("s");
    let judged = judged(case.supports("d", "s", 1.0).opposes("e", "s", 1.0));
    judged.has("s", [0.4, 0.1, 0.4, 0.1]);
    assert_eq!(judged.detail("s"), Detail::ConflictingEvidence);
}

#[test]
fn what_relies_on_others_and_what_is_an_exhibit_leaves_the_origins_aside() {
    // d derives from a (0.5); one link relies on b (0.7) instead: 0.8 * 0.7; one is an exhibit: its 0.6 alone.
    let case = Sketch::new().document("d", 0.8).actor_of("a", 0.5).actor_of("b", 0.7).derives("d", &["a"]);
    let case = case.claims(&["plain", "other", "shown"]).supports("d", "plain", 1.0);
    let case = case.supports("d", "other", 1.0).relying_on("other", &["b"]);
    let judged = judged(case.supports("d", "shown", 0.6).shown_by_exhibit("shown"));
    judged.has("plain", [0.4, 0.0, 0.0, 0.6]);
    judged.has("other", [0.56, 0.0, 0.0, 0.44]);
    judged.has("shown", [0.6, 0.0, 0.0, 0.4]);
}

#[test]
fn an_impeached_exhibit_shows_nothing() {
    let case = Sketch::new().document("d", 0.1).document("e", 0.25).impeached("d", "e", 1.0).claim("s");
    judged(case.supports("d", "s", 0.6).shown_by_exhibit("s")).has("s", [0.45, 0.0, 0.0, 0.55]);
}

#[test]
fn a_ring_of_documents_carries_nothing() {
    let case = Sketch::new().document("d", 1.0).document("e", 1.0).derives("d", &["e"]).derives("e", &["d"]);
    let judged = judged(case.claim("s").supports("d", "s", 1.0).supports("e", "s", 1.0));
    judged.has("s", [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(judged.detail("s"), Detail::NoEvidence);
}

#[test]
fn a_loop_of_claims_never_gets_off_the_ground() {
    let case = Sketch::new().claims(&["s", "t"]).supports("s", "t", 1.0).supports("t", "s", 1.0);
    assert_eq!(judged(case).detail("s"), Detail::NoEvidence);
}

#[test]
fn a_contested_premise_supports_nothing() {
    let case = Sketch::new().document("d", 1.0).document("e", 0.5).claims(&["s", "t"]);
    let judged = judged(case.supports("d", "s", 1.0).opposes("e", "s", 1.0).supports("s", "t", 1.0));
    judged.has("s", [0.5, 0.0, 0.5, 0.0]);
    judged.has("t", [0.5, 0.0, 0.0, 0.5]);
}

#[test]
fn a_step_may_need_a_rejection() {
    let case = Sketch::new().document("d", 1.0).document("e", 0.5).claims(&["s", "t"]).opposes("e", "s", 1.0);
    let judged = judged(case.inference("i", &["d"], &["s"], Effect::Opposes, "t", 0.8));
    judged.has("t", [0.0, 0.4, 0.0, 0.6]);
}

#[test]
fn a_witness_impeached_by_his_own_word_proves_nothing() {
    // The witness reports that he is a liar: undecided, so that he is silenced, and then nothing impeaches him.
    let case = Sketch::new().actor("witness").document("report", 1.0).derives("report", &["witness"]);
    let case = case.document("other", 1.0).claims(&["liar", "s", "t"]);
    let case = case.supports("report", "liar", 1.0).impeached("witness", "liar", 1.0);
    let case = case.supports("witness", "s", 1.0).supports("other", "t", 1.0).undercut("t", "liar", 1.0);
    let judged = judged(case);
    judged.has("liar", [0.0, 0.0, 0.0, 1.0]);
    judged.has("s", [0.0, 0.0, 0.0, 1.0]);
    judged.has("t", [1.0, 0.0, 0.0, 0.0]);
    // After the witness has fallen nothing is even possible.
    assert_eq!(judged.detail("liar"), Detail::NoEvidence);
}

#[test]
fn two_that_impeach_each_other_are_both_silent() {
    let case = Sketch::new().document("d", 1.0).document("e", 1.0).impeached("d", "e", 1.0).impeached("e", "d", 1.0);
    let judged = judged(case.claims(&["s", "t"]).supports("d", "s", 1.0).supports("e", "t", 1.0));
    judged.has("s", [0.0, 0.0, 0.0, 1.0]);
    judged.has("t", [0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn an_odd_ring_of_undercuts_silences_at_once() {
    // Three claims, each of which undercuts the next one's only link: all undecided, all silenced.
    let case = Sketch::new().document("d", 1.0).claims(&["s", "t", "u"]);
    let case = case.supports("d", "s", 1.0).undercut("s", "u", 1.0).supports("d", "t", 1.0).undercut("t", "s", 1.0);
    let judged = judged(case.supports("d", "u", 1.0).undercut("u", "t", 1.0));
    for name in ["s", "t", "u"] {
        judged.has(name, [0.0, 0.0, 0.0, 1.0]);
    }
}

#[test]
fn claims_that_oppose_each_other_as_accepted_are_told_both() {
    // Case for each is certain; the case against each is there unless the other's is: undecided, hence possible.
    let case = Sketch::new().document("d", 1.0).claims(&["s", "t"]).supports("d", "s", 1.0).supports("d", "t", 1.0);
    let judged = judged(case.opposes("s", "t", 1.0).opposes("t", "s", 1.0));
    judged.has("s", [0.0, 0.0, 1.0, 0.0]);
    judged.has("t", [0.0, 0.0, 1.0, 0.0]);
}

#[test]
fn entailment_carries_both_cases() {
    let case = Sketch::new().document("d", 0.8).document("e", 0.5).claims(&["strong", "weak"]);
    let case = case.entails("strong", "weak").supports("d", "strong", 1.0).opposes("e", "weak", 1.0);
    let judged = judged(case);
    judged.has("strong", [0.4, 0.1, 0.4, 0.1]);
    judged.has("weak", [0.4, 0.1, 0.4, 0.1]);
}

#[test]
fn wholes_and_alternatives() {
    let case = Sketch::new().document("d", 0.8).document("e", 0.5).claims(&["s", "t", "both", "either"]);
    let case = case.supports("d", "s", 1.0).supports("e", "t", 1.0).all_of("both", &["s", "t"]);
    let judged = judged(case.any_of("either", &["s", "t"]));
    judged.has("both", [0.4, 0.0, 0.0, 0.6]);
    judged.has("either", [0.9, 0.0, 0.0, 0.1]);
}

#[test]
fn cases_against_the_whole_and_the_alternatives() {
    // Against any one part is against the whole; against every alternative is against the claim that one is so.
    let case = Sketch::new().document("d", 0.8).document("e", 0.5).claims(&["s", "t", "both", "either"]);
    let case = case.opposes("d", "s", 1.0).opposes("e", "t", 1.0).all_of("both", &["s", "t"]);
    let judged = judged(case.any_of("either", &["s", "t"]));
    judged.has("both", [0.0, 0.9, 0.0, 0.1]);
    judged.has("either", [0.0, 0.4, 0.0, 0.6]);
}

#[test]
fn four_equal_suspects_are_not_all_cleared() {
    let mut case = Sketch::new();
    let suspects = ["one", "two", "three", "four"];
    for suspect in suspects {
        case =
            case.document(&format!("d-{suspect}"), 0.9).claim(suspect).supports(&format!("d-{suspect}"), suspect, 1.0);
    }
    for (at, suspect) in suspects.iter().enumerate() {
        for other in &suspects[at + 1..] {
            case = case.rivals(suspect, other);
        }
    }
    // For: 0.9 * 0.1^3; against: 0.1 * (1 - 0.1^3); both: 0.9 * (1 - 0.1^3); neither: 0.1^4. The case against
    // (0.999) leads by 0.099 only; with d at 0.5 it leads by 0.375, and still refutes nobody.
    let weak = {
        let mut weak = case.clone();
        weak.documents.values_mut().for_each(|document| document.reliability = Some(0.5));
        judged(weak)
    };
    let judged = judged(case);
    for suspect in suspects {
        judged.has(suspect, [0.0009, 0.0999, 0.8991, 0.0001]);
        assert_eq!(judged.detail(suspect), Detail::RivalReadings);
        weak.has(suspect, [0.0625, 0.4375, 0.4375, 0.0625]);
        assert_eq!(weak.detail(suspect), Detail::RivalReadings);
    }
}

#[test]
fn a_reading_that_has_fallen_no_longer_competes() {
    // `rumour`: for 0.5, against 1: it is refuted by its own evidence, so it does not contest `fact`.
    let case = Sketch::new().document("d", 0.9).document("e", 0.5).document("f", 1.0).claims(&["fact", "rumour"]);
    let case = case.rivals("fact", "rumour").supports("d", "fact", 1.0).supports("e", "rumour", 1.0);
    let judged = judged(case.opposes("f", "rumour", 1.0));
    assert!(judged.of("rumour").out);
    judged.has("fact", [0.9, 0.0, 0.0, 0.1]);
    judged.has("rumour", [0.0, 0.5, 0.5, 0.0]);
    assert_eq!(judged.detail("fact"), Detail::Established);
    assert_eq!(judged.detail("rumour"), Detail::Refuted);
}

#[test]
fn a_supported_rival_refutes() {
    let case = Sketch::new().document("d", 0.9).document("e", 0.3).claims(&["fact", "rumour"]);
    let case = case.rivals("rumour", "fact").supports("d", "fact", 1.0).supports("e", "rumour", 1.0);
    // fact: for 0.9, against 0.3; rumour the other way round, not out.
    let judged = judged(case);
    judged.has("fact", [0.63, 0.03, 0.27, 0.07]);
    assert!(!judged.of("rumour").out);
    assert_eq!(judged.detail("fact"), Detail::Established);
    assert_eq!(judged.detail("rumour"), Detail::Refuted);
}

#[test]
fn findings() {
    let case = Sketch::new().document("d", 1.0).claims(&["big", "small"]).supports("d", "small", 1.0);
    let case = case.opposes("d", "big", 1.0).same_as("again", "small");
    let case = case.question("a", &["small", "big"], "small").question("b", &["small", "big"], "big");
    let case = case.question("c", &["big"], "big").question("e", &["again", "big"], "big");
    let built = case.build();
    let oracle = Oracle::new(&built, Situation::default());
    let judgement = oracle.judge(&oracle.base);
    let findings: Vec<Finding> = built.questions.ids().map(|id| oracle.finding(id, &judgement)).collect();
    // A refuted headline is refuted, whatever weaker claims stand.
    assert_eq!(findings, [Finding::Confirmed, Finding::Refuted, Finding::Refuted, Finding::Refuted]);
}

#[test]
fn settled_takes_more_than_one_source() {
    // One document at 0.95 establishes s and is its single source; 0.95 * 0.9 * 0.9 = 0.7695 still does.
    let case = Sketch::new().document("d", 0.95).claim("s").supports("d", "s", 1.0);
    let document = case.source("d").expect("declared");
    assert_eq!(settled(&case, "s").reasons, [Reason::SingleSource { sources: vec![document] }]);
    // Two independent ones: 1 - 0.05^2; either alone will do; weaker ones will do.
    let case = case.document("e", 0.95).supports("e", "s", 1.0);
    assert_eq!(settled(&case, "s"), Settlement { settled: true, reasons: vec![] });
    // 0.9 * 0.85 = 0.765 establishes; 0.81 * 0.765 does not.
    let case = Sketch::new().document("d", 0.9).claim("s").supports("d", "s", 0.85);
    let weights = Reason::Weights { falls_to: Detail::Insufficient };
    let document = case.source("d").expect("declared");
    assert_eq!(settled(&case, "s").reasons, [Reason::SingleSource { sources: vec![document] }, weights]);
}

#[test]
fn what_is_withheld_may_change_the_verdict() {
    let case = Sketch::new().document("d", 1.0).document("e", 1.0).document("f", 1.0).claim("s");
    let case = case.supports("d", "s", 1.0).supports("e", "s", 1.0).withheld("f", 0.95, Some(&["s"]));
    // Opposing: for 0.05, conflict 0.95. The weights of evidence are ln(1e9) = 20.72 and ln(20) = 3.00, 6.9 to 1: more
    // than the default standard asks for (2.71), less than the strictest (10.41).
    assert!(settled(&case, "s").settled);
    let case = case.held_to("s", Standard::BeyondReasonableDoubt);
    let settlement = settled(&case, "s");
    let Source::Document(document) = case.source("f").expect("declared") else { panic!("f is a document") };
    let verdicts = [Detail::ConflictingEvidence].into();
    let withheld = Reason::Withheld { documents: vec![document], verdicts, search: Search::Exhaustive };
    assert_eq!(settlement, Settlement { settled: false, reasons: vec![withheld] });
    let silent = case.withheld("f", 0.95, Some(&[]));
    assert!(settled(&silent, "s").settled);
}

#[test]
fn witnesses_of_a_contest() {
    // d speaks for both readings; e for one only, behind d's back, so that d is still drawn on where e fails.
    let case = Sketch::new().document("d", 0.9).document("e", 0.5).claims(&["one", "other"]).rivals("one", "other");
    let case = case.supports("d", "one", 1.0).supports("d", "other", 1.0).supports("e", "other", 1.0);
    let (one, document) = (case.statement("one").expect("declared"), case.source("d").expect("declared"));
    let contested = Reason::Contested { rivals: vec![one], shared: vec![document] };
    assert_eq!(settled(&case, "other").reasons, [contested]);
}

#[test]
fn premises_that_are_open_are_named_where_the_claim_is_open() {
    let case = Sketch::new().document("d", 0.6).claims(&["s", "t", "u"]).supports("d", "s", 1.0);
    let case = case.supports("s", "t", 1.0).held_to("t", Standard::Preponderance);
    let premise = case.statement("s").expect("declared");
    // t: 0.6 establishes it by preponderance; d is its single source, so the open premise is listed too.
    let reasons = settled(&case, "t").reasons;
    assert_eq!(reasons[0], Reason::RestsOnOpenPremise { premises: vec![premise] });
    assert!(matches!(reasons[1], Reason::SingleSource { .. }));
    // u: established and open for no other reason.
    let case = case.document("e", 1.0).document("f", 1.0).supports("e", "u", 1.0).supports("f", "u", 1.0);
    let case = case.supports("s", "u", 1.0);
    assert!(settled(&case, "u").settled);
}
