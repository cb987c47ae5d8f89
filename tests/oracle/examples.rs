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
fn claims_that_oppose_each_other_as_accepted_are_reported_both() {
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

// The second edition.

#[test]
fn what_an_account_rests_on_has_to_hold_altogether() {
    // 0.9 * 0.8 * 0.5, where it derives from one of them 0.9 * (1 - 0.2 * 0.5).
    let case =
        Sketch::new().document("d", 0.9).document("e", 0.8).actor_of("a", 0.5).claim("s").supports("d", "s", 1.0);
    judged(case.clone().rests("d", &["e", "a"])).has("s", [0.36, 0.0, 0.0, 0.64]);
    judged(case.derives("d", &["e", "a"])).has("s", [0.81, 0.0, 0.0, 0.19]);
}

#[test]
fn a_document_holds_only_where_none_that_supersedes_it_does() {
    let case = Sketch::new().document("old", 0.8).document("new", 0.75).supersedes("new", "old").claims(&["s", "t"]);
    let judged = judged(case.supports("old", "s", 1.0).supports("old", "t", 0.5).shown_by_exhibit("t"));
    judged.has("s", [0.2, 0.0, 0.0, 0.8]);
    // An exhibit needs no more than that nothing impeaches it.
    judged.has("t", [0.125, 0.0, 0.0, 0.875]);
}

#[test]
fn links_of_one_step_are_on_as_far_as_its_draw_reaches() {
    // Three copies of a witness, of strengths 0.8, 0.5 and 0.2. The draw is above 0.5 and up to 0.8 with 0.3, where only
    // the first speaks (0.9); above 0.2 with 0.3, where the second does too (1 - 0.1 * 0.4); below that all three do.
    let case = Sketch::new().actor("w").document("d", 0.9).document("e", 0.6).document("f", 0.5).claim("s");
    let case = case.derives("d", &["w"]).derives("e", &["w"]).derives("f", &["w"]);
    let case = case.supports("e", "s", 0.5).supports("d", "s", 0.8).supports("f", "s", 0.2);
    let expected = 0.3 * 0.9 + 0.3 * 0.96 + 0.2 * 0.98;
    judged(case.clone()).has("s", [expected, 0.0, 0.0, 1.0 - expected]);
    // The other side draws for itself.
    let both = judged(case.opposes("d", "s", 0.8));
    assert!((both.of("s").degrees.case_against() - 0.72).abs() < 1e-12);
}

#[test]
fn what_is_out_proves_nothing_by_entailment() {
    // For 0.5, against 1: out. The weak statement has nothing for it but the strong one.
    let case =
        Sketch::new().document("d", 0.5).document("e", 1.0).claims(&["strong", "weak"]).entails("strong", "weak");
    let judged = judged(case.supports("d", "strong", 1.0).opposes("e", "strong", 1.0));
    assert!(judged.of("strong").out);
    judged.has("weak", [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(judged.detail("weak"), Detail::NoEvidence);
}

/// Three suspects, one of whom it was; against so many of them there is a case of 0.9.
fn suspects(cleared: &[&str]) -> Sketch {
    let case = Sketch::new().claims(&["a", "b", "c", "who"]).one_of("who", &["a", "b", "c"]).assumed("who", 0.8);
    let cleared_by = |case: Sketch, name: &&str| {
        let alibi = format!("alibi-{name}");
        case.document(&alibi, 0.9).opposes(&alibi, name, 1.0)
    };
    cleared.iter().fold(case, cleared_by)
}

#[test]
fn the_one_that_is_left_has_a_case_where_all_others_are_out() {
    let judged_so = |cleared: &[&str]| judged(suspects(cleared));
    judged_so(&["a"]).has("c", [0.0, 0.0, 0.0, 1.0]);
    // Assumed 0.8, and cases against both others: 0.8 * 0.9 * 0.9.
    let two = judged_so(&["a", "b"]);
    two.has("c", [0.648, 0.0, 0.0, 0.352]);
    assert_eq!(two.detail("c"), Detail::Insufficient);
    // A case for the one that is left is one against the others: 0.648 of it where there is one already.
    two.has("a", [0.0, 0.9, 0.0, 0.1]);
    // Against all of them is against the whole: 0.9^3.
    let three = judged_so(&["a", "b", "c"]);
    three.has("who", [0.8 * (1.0 - 0.729), 0.729 * 0.2, 0.8 * 0.729, 0.2 * (1.0 - 0.729)]);
}

#[test]
fn a_member_entails_the_whole_and_is_a_rival_of_the_others() {
    let case = Sketch::new().document("d", 0.9).claims(&["a", "b", "who"]).one_of("who", &["a", "b"]);
    let judged = judged(case.supports("d", "a", 1.0));
    judged.has("who", [0.9, 0.0, 0.0, 0.1]);
    judged.has("b", [0.0, 0.9, 0.0, 0.1]);
    assert_eq!(judged.detail("b"), Detail::Refuted);
}

#[test]
fn an_assumption_whose_loss_counts_is_named() {
    let case = Sketch::new().claim("s").assumed("s", 1.0);
    let statement = case.statement("s").expect("declared");
    // A tenth less, 0.9, is enough.
    assert_eq!(settled(&case, "s").reasons, [Reason::Assumption { statements: vec![statement] }]);
}

#[test]
fn evidence_outweighs_from_the_ratio_that_the_bar_itself_has() {
    // Of the bar itself ln 0.25 / ln 0.6 = 2.7138. Against 0.64, twice the weight of 0.4 (0.36 is 0.6^2), it takes twice
    // the weight of 0.75: 1 - 0.25^2 = 0.9375.
    for (case_for, detail) in [(0.9376, Detail::Established), (0.9374, Detail::ConflictingEvidence)] {
        let case = Sketch::new().document("d", case_for).document("e", 0.64).claim("s");
        let judged = judged(case.supports("d", "s", 1.0).opposes("e", "s", 1.0));
        assert_eq!(judged.detail("s"), detail);
    }
}

#[test]
fn a_case_against_that_meets_the_standard_without_rivals_refutes_though_it_was_not_out() {
    // Without rivals and with nothing out: for `s` 0.6 by way of `strong`, against it 0.9 of weight 2.30, 2.5 to 1: not
    // out. `strong` is: for 0.6, against 0.995. As that proves nothing, nothing is for `s`.
    let case = Sketch::new().document("d", 0.6).document("e", 0.9).document("f", 0.95).claims(&["strong", "s"]);
    let case = case.entails("strong", "s").supports("d", "strong", 1.0).opposes("f", "strong", 1.0);
    let judged = judged(case.opposes("e", "s", 1.0));
    assert!(judged.of("strong").out && !judged.of("s").out);
    judged.has("s", [0.0, 0.9, 0.0, 0.1]);
    assert_eq!(judged.detail("s"), Detail::Refuted);
}

#[test]
fn several_open_premises_each_enough_are_all_named() {
    // Two premises, established by nobody (0.7), each of which is enough for `t`: 1 - 0.3 * 0.3 = 0.91. Without the steps
    // from both nothing is left; without those from one the other bears it no longer, 0.7.
    let case = Sketch::new().document("d", 0.7).document("e", 0.7).claims(&["r", "s", "t"]);
    let case = case.supports("d", "r", 1.0).supports("e", "s", 1.0).supports("r", "t", 1.0).supports("s", "t", 1.0);
    let ids = ["r", "s"].map(|name| case.statement(name).expect("declared"));
    let open = Reason::RestsOnOpenPremise { premises: ids.to_vec() };
    assert_eq!(settled(&case, "t").reasons[0], open);
    // The same document behind both, so that either alone does all that both do: still both.
    let case = Sketch::new().document("d", 0.7).claims(&["r", "s", "t"]).held_to("t", Standard::Preponderance);
    let case = case.supports("d", "r", 1.0).supports("d", "s", 1.0).supports("r", "t", 1.0).supports("s", "t", 1.0);
    assert_eq!(settled(&case, "t").reasons[0], open);
}
