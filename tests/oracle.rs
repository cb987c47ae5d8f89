//! The engine against a brute-force reading of the definition, on random small cases.
//!
//! Every test counts what it has seen, so that none of them passes because nothing of interest occurred. The
//! cases are the same on every run; `ORACLE_TIMES=20 cargo test --release oracle::` tries twenty times as many.

mod examples;

use std::collections::BTreeSet;
use std::fmt::Debug;

use crate::brute::{self, Oracle, Settling, Situation, in_words, same_degrees};
use crate::support::random::Profile;
use crate::support::sketch::Sketch;
use crate::support::trials::{CASES, TOO_CLOSE, Tally, add, note, or_panic, saw, try_all};
use evigraph::internals::explain;
use evigraph::internals::verdict::{Assessment, Detail, Finding, Leaning, Reason, Search, Settlement};
use evigraph::{Case, StatementId};
use evigraph::{Engine, EngineError, Scenario};

/// What a comparison looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scope {
    /// Under a random scenario, not the case as written.
    scenario: bool,
    settled: Settled,
}

/// Whose settlement is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Settled {
    Nobody,
    /// Every statement's.
    All,
    /// That of one statement which depends on more passages than can all be tried.
    BeyondTrying,
}

const VERDICTS: Scope = Scope { scenario: false, settled: Settled::Nobody };
const VERDICTS_IN_SCENARIOS: Scope = Scope { scenario: true, settled: Settled::Nobody };
const SETTLEMENTS: Scope = Scope { scenario: false, settled: Settled::All };
const SETTLEMENTS_IN_SCENARIOS: Scope = Scope { scenario: true, settled: Settled::All };

#[test]
fn verdicts_of_cases_with_something_of_everything() {
    let tally = compare_all(&Profile::broad(), 0, 400, VERDICTS);
    saw(&tally, 20, &["established", "refuted", "conflicting_evidence", "no_evidence", "insufficient"]);
    saw(&tally, 5, &["rival_readings", "silencing", "undecided", "out", "confirmed", "unresolved"]);
    saw(&tally, 1, &["nuanced", "question refuted", "leans for", "leans against", "leans neither"]);
    saw(&tally, 50, &["shared step", "step of several strengths", "rests on", "supersedes", "assumed"]);
    saw(&tally, 10, &["one of"]);
}

#[test]
fn verdicts_of_cases_with_loops_through_negation() {
    let tally = compare_all(&Profile::tangled(), 1_000_000, 150, VERDICTS);
    saw(&tally, 20, &["silencing", "undecided"]);
    saw(&tally, 3, &["silencing again"]);
}

#[test]
fn verdicts_of_cases_with_competing_readings() {
    let tally = compare_all(&Profile::competing(), 2_000_000, 520, VERDICTS);
    saw(&tally, 20, &["rival_readings", "out", "refuted", "contest that refutes nobody"]);
}

#[test]
fn verdicts_and_settlements_of_cases_with_exhaustive_lists() {
    let mut tally = compare_all(&Profile::exhaustive(), 12_000_000, 150, VERDICTS);
    let small = Profile { uncertain: 6, ..Profile::exhaustive() };
    add(&mut tally, compare_all(&small, 13_000_000, 100, SETTLEMENTS));
    let tangled = Profile { statement_premises: 50, inferences: 1..=2, undercuts: 0..=3, impeachments: 0..=2, ..small };
    add(&mut tally, compare_all(&tangled, 14_000_000, 100, SETTLEMENTS));
    saw(&tally, 100, &["one of"]);
    saw(&tally, 30, &["one is left"]);
    saw(&tally, 5, &["assumption", "settled", "rests_on_open_premise", "silencing"]);
}

#[test]
fn verdicts_in_scenarios() {
    let mut tally = compare_all(&Profile::broad(), 3_000_000, 300, VERDICTS_IN_SCENARIOS);
    add(&mut tally, compare_all(&Profile::tangled(), 4_000_000, 150, VERDICTS_IN_SCENARIOS));
    saw(&tally, 50, &["without", "left out", "only", "set source", "set inference", "standard"]);
}

#[test]
fn settlements() {
    let small = |profile: Profile| Profile { uncertain: 7, ..profile };
    let mut tally = compare_all(&small(Profile::broad()), 5_000_000, 200, SETTLEMENTS);
    add(&mut tally, compare_all(&small(Profile::competing()), 6_000_000, 200, SETTLEMENTS));
    saw(&tally, 20, &["settled", "contested", "insufficient reason", "no_evidence reason", "single_source", "weights"]);
    saw(&tally, 10, &["rests_on_open_premise", "contested with rivals", "contested with shared sources"]);
    saw(&tally, 3, &["settled against", "assumption"]);
}

#[test]
fn settlements_of_cases_with_loops_through_negation() {
    let tally = compare_all(&Profile { uncertain: 6, ..Profile::tangled() }, 7_000_000, 80, SETTLEMENTS);
    saw(&tally, 1, &["settled", "silencing again"]);
    saw(&tally, 10, &["single_source", "weights", "rests_on_open_premise", "silencing"]);
}

#[test]
fn settlements_with_withheld_passages() {
    let tally = compare_all(&Profile::withheld(1..=3, 5, 25), 8_000_000, 160, SETTLEMENTS);
    saw(&tally, 10, &["withheld"]);
    saw(&tally, 3, &["settled with passages", "several documents withheld", "several verdicts within reach"]);
}

/// A passage may close a loop that the case as written does not have.
#[test]
fn settlements_with_withheld_passages_in_loops() {
    let profile = Profile { passages: 1..=2, fully_withheld: 50, uncertain: 5, links: 2..=6, ..Profile::tangled() };
    let tally = compare_all(&profile, 11_000_000, 50, SETTLEMENTS);
    saw(&tally, 10, &["withheld", "silencing"]);
}

#[test]
fn settlements_with_more_passages_than_can_be_tried() {
    let profile = Profile {
        documents: 3..=4,
        claims: 3..=4,
        relationships: 0..=0,
        entailments: 1..=3,
        rivals: 1..=3,
        ..Profile::withheld(9..=10, 4, 40)
    };
    let tally = compare_all(&profile, 9_000_000, 120, Scope { scenario: false, settled: Settled::BeyondTrying });
    saw(&tally, 10, &["greedy"]);
    saw(&tally, 3, &["several documents withheld", "several verdicts within reach"]);
}

#[test]
fn settlements_in_scenarios() {
    let profile = Profile { uncertain: 6, ..Profile::withheld(0..=2, 5, 50) };
    let tally = compare_all(&profile, 10_000_000, 200, SETTLEMENTS_IN_SCENARIOS);
    saw(&tally, 3, &["withheld", "settled", "without", "left out", "only", "set source"]);
}

/// A passage may bear on a claim through what impeaches the document that another passage is withheld from.
#[test]
fn a_withheld_passage_may_need_another_one() {
    // s is settled but for what is withheld: `d` may oppose it, and is impeached; the impeachment may be opposed.
    let case = Sketch::new().document("a", 1.0).document("b", 1.0).document("c", 1.0).document("d", 1.0);
    let case = case.document("e", 1.0).claims(&["liar", "s"]).supports("a", "s", 1.0).supports("b", "s", 1.0);
    let case = case.supports("c", "liar", 1.0).impeached("d", "liar", 1.0);
    let case = case.withheld("d", 0.95, Some(&["s"])).withheld("e", 0.95, Some(&["liar"]));
    agrees(&case);
}

/// Components are those of the case as written, whatever the world.
#[test]
fn a_step_of_strength_0_still_closes_a_loop() {
    let case = Sketch::new().actor("w").document("d", 1.0).claims(&["liar", "s"]);
    let case = case.supports("w", "liar", 1.0).impeached("w", "liar", 1.0);
    let open = case.supports("d", "s", 1.0).undercut("s", "liar", 1.0);
    let closed = open.clone().supports("s", "liar", 0.0);
    // Open: w falls silent before the undercut is looked at. Closed: the undercut is as undecided as the rest.
    for (case, detail) in [(open, Detail::Established), (closed, Detail::NoEvidence)] {
        let built = case.build();
        let found = Engine::new(&built, Scenario::default()).assess(case.statement("s").expect("declared"));
        assert_eq!(found.expect("small").detail, detail);
        agrees(&case);
    }
}

/// Changes that raise the score equally are tried in the order of the file, whatever rounding says.
#[test]
fn equal_changes_go_by_the_order_of_the_file() {
    let case = Sketch::new().document("d0", 1.0).document("d1", 1.0).document("d2", 1.0).actor_of("a", 0.417992);
    let case = case.claims(&["c0", "c1", "c2"]).rivals("c0", "c2").entails("c2", "c1");
    let case = case.supports("d1", "c0", 0.792939).supports("a", "c0", 1.0);
    let case = case.withheld("d0", 1.0, Some(&["c2"])).withheld("d1", 1.0, Some(&["c0", "c1", "c2"]));
    agrees(&case.withheld("d2", 0.941727, Some(&["c0", "c1", "c2"])));
}

/// The bar is reached from a billionth below.
#[test]
fn bars_are_reached_within_a_billionth() {
    for (reliability, detail) in [(0.75, Detail::Established), (0.75 - 5e-10, Detail::Established)] {
        let case = Sketch::new().document("d", reliability).claim("s").supports("d", "s", 1.0);
        let built = case.build();
        let found = Engine::new(&built, Scenario::default()).assess(case.statement("s").expect("declared"));
        assert_eq!(found.expect("small").detail, detail);
        agrees(&case);
    }
    let case = Sketch::new().document("d", 0.75 - 5e-9).claim("s").supports("d", "s", 1.0);
    agrees(&case);
}

/// The engine and the brute force say the same of a case, however they are asked.
#[track_caller]
fn agrees(sketch: &Sketch) {
    for asked in [Asked::AtOnce, Asked::Singly] {
        match or_panic(|| compare(sketch, Situation::default(), SETTLEMENTS, asked)) {
            Ok(tally) => assert!(!tally.contains_key(TOO_CLOSE), "{TOO_CLOSE}"),
            Err(difference) => panic!("{difference}"),
        }
    }
}

// Which cases.

/// Compares on so many cases of a profile.
fn compare_all(profile: &Profile, first: u64, count: u64, scope: Scope) -> Tally {
    let rare = if scope.settled == Settled::BeyondTrying { 4 } else { 20 };
    try_all(profile, first, count, rare, |sketch, seed| {
        let situation =
            if scope.scenario { Situation::random(sketch, &sketch.build(), seed) } else { Situation::default() };
        compare(sketch, situation, scope, if seed % 2 == 0 { Asked::AtOnce } else { Asked::Singly })
    })
}

// The comparison.

/// How the engine is asked, which is to make no difference: about everything at once, or about one thing after
/// another, settlements first and the last statement first.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Asked {
    AtOnce,
    Singly,
}

fn compare(sketch: &Sketch, situation: Situation, scope: Scope, asked: Asked) -> Result<Tally, String> {
    let case = sketch.build();
    let scenario = situation.scenario();
    let mut tally = Tally::from([(CASES, 1)]);
    let mut differences = Differences { case: &case, situation: format!("{situation:?}"), found: Vec::new() };
    let oracle = Oracle::new(&case, situation);
    let expected = oracle.judge(&oracle.base);
    let judge = Engine::new(&case, scenario);
    let settles = asked == Asked::AtOnce && scope.settled == Settled::All;
    let at_once = (asked == Asked::AtOnce).then(|| judge.answer_all(settles)).transpose().map_err(told)?;
    if scope.settled != Settled::Nobody {
        let settling = Settling::new(&oracle, &expected);
        let statements: Vec<StatementId> = match scope.settled {
            Settled::BeyondTrying => oracle.statements().filter(|&id| settling.is_beyond_trying(id)).take(1).collect(),
            _ => case.statements.ids().rev().collect(),
        };
        for id in statements {
            let answered = at_once.as_ref().and_then(|answer| answer.statements[id.index()].settlement.clone());
            let found = answered.map_or_else(|| judge.settle(id), Ok).map_err(told)?;
            let expected_settlement = settling.settle(id);
            note_settlement(&mut tally, &oracle, &expected_settlement, expected.assessments[&id].detail);
            differences.note(id, "settlement", &settlement(&found), &expected_settlement);
            influence(&judge, id, &settling, &mut tally, &mut differences)?;
        }
    }
    for (&id, expected) in expected.assessments.iter().rev() {
        note_assessment(&mut tally, expected, &case);
        let answered = at_once.as_ref().map(|answer| answer.statements[id.index()].assessment);
        let found = answered.map_or_else(|| judge.assess(id), Ok).map_err(told)?;
        if !same(&found, expected) {
            differences.note(id, "verdict", &format!("{found:?}"), &format!("{expected:?}"));
        }
    }
    for question in case.questions.ids() {
        let answered = at_once.as_ref().map(|answer| answer.questions[question.index()].finding);
        let found = answered.map_or_else(|| judge.finding(question), Ok).map_err(told)?;
        let expected = oracle.finding(question, &expected);
        note_finding(&mut tally, expected);
        differences.note(case.questions[question].headline, "finding", &finding(found), &expected);
    }
    note_case(&mut tally, &oracle);
    note_edition(&mut tally, &case, &expected.out);
    if oracle.trace.close.get() {
        return Ok(Tally::from([(TOO_CLOSE, 1), (CASES, 1)]));
    }
    differences.none().map(|()| tally)
}

/// What each source does for a statement.
fn influence(
    judge: &Engine<'_>,
    id: StatementId,
    settling: &Settling<'_>,
    tally: &mut Tally,
    differences: &mut Differences<'_>,
) -> Result<(), String> {
    let influences = explain::influence(judge, id).map_err(told)?;
    let with = judge.assess(id).map_err(told)?;
    for (source, expected) in settling.without(id) {
        let found = influences.iter().find(|influence| influence.source == source);
        note(tally, found.is_some(), "influence");
        // A source that is not listed makes no difference.
        let (degrees, detail) = found.map_or((with.degrees, with.detail), |found| (found.degrees, found.detail));
        if !same_degrees(&degrees, &expected.degrees) || in_words(detail) != expected.detail {
            let found = format!("{degrees:?} {detail:?}");
            differences.note(id, &format!("without {source:?}"), &found, &format!("{expected:?}"));
        }
    }
    Ok(())
}

fn told(error: EngineError) -> String {
    format!("no answer: {error}")
}

/// What the engine says otherwise.
struct Differences<'a> {
    case: &'a Case,
    situation: String,
    found: Vec<String>,
}

impl Differences<'_> {
    fn note<T: PartialEq + Debug>(&mut self, id: StatementId, what: &str, found: &T, expected: &T) {
        if found != expected {
            let key = &self.case.statements[id].key;
            self.found.push(format!("{what} of {key}: {found:?}, not {expected:?}"));
        }
    }

    fn none(self) -> Result<(), String> {
        if self.found.is_empty() { Ok(()) } else { Err(format!("{}\nin {}", self.found.join("\n"), self.situation)) }
    }
}

fn same(found: &Assessment, expected: &brute::Assessment) -> bool {
    same_degrees(&found.degrees, &expected.degrees)
        && in_words(found.detail) == expected.detail
        && leaning(found.leaning) == expected.leaning
        && found.out == expected.out
}

// The engine's words in those of the definition.

fn leaning(leaning: Leaning) -> brute::Leaning {
    match leaning {
        Leaning::For => brute::Leaning::For,
        Leaning::Against => brute::Leaning::Against,
        Leaning::Neither => brute::Leaning::Neither,
    }
}

fn finding(finding: Finding) -> brute::Finding {
    match finding {
        Finding::Confirmed => brute::Finding::Confirmed,
        Finding::Nuanced => brute::Finding::Nuanced,
        Finding::Refuted => brute::Finding::Refuted,
        Finding::Unresolved => brute::Finding::Unresolved,
        Finding::Undecided => panic!("exact degrees decide every finding"),
    }
}

fn settlement(settlement: &Settlement) -> brute::Settlement {
    brute::Settlement { settled: settlement.is_settled(), reasons: settlement.reasons.iter().map(reason).collect() }
}

fn reason(reason: &Reason) -> brute::Reason {
    match reason {
        Reason::Contested { rivals, shared } => {
            brute::Reason::Contested { rivals: rivals.clone(), shared: shared.clone().expect("small") }
        }
        Reason::Insufficient { .. } => brute::Reason::Insufficient,
        Reason::NoEvidence { .. } => brute::Reason::NoEvidence,
        Reason::RestsOnOpenPremise { premises } => brute::Reason::RestsOnOpenPremise { premises: premises.clone() },
        Reason::Assumption { statements } => brute::Reason::Assumption { statements: statements.clone() },
        Reason::SingleSource { sources } => brute::Reason::SingleSource { sources: sources.clone() },
        Reason::Withheld { documents, verdicts, search } => brute::Reason::Withheld {
            documents: documents.clone(),
            verdicts: verdicts.iter().map(|&of| in_words(of)).collect::<BTreeSet<_>>(),
            search: match search {
                Search::Exhaustive => brute::Search::Exhaustive,
                Search::Greedy => brute::Search::Greedy,
            },
        },
        Reason::Weights { falls_to } => brute::Reason::Weights { falls_to: in_words(*falls_to) },
    }
}

// What was seen.

fn note_case(tally: &mut Tally, oracle: &Oracle<'_>) {
    let (trace, situation) = (&oracle.trace, &oracle.situation);
    note(tally, trace.silencing.get() > 0, "silencing");
    note(tally, trace.repeated.get() > 0, "silencing again");
    note(tally, trace.undecided.get() > 0, "undecided");
    note(tally, !situation.without.is_empty(), "without");
    note(tally, !situation.left_out.is_empty(), "left out");
    note(tally, !situation.only.is_empty(), "only");
    note(tally, !situation.set_sources.is_empty(), "set source");
    note(tally, !situation.set_inferences.is_empty(), "set inference");
    note(tally, situation.standard.is_some(), "standard");
}

/// What the second edition has brought.
fn note_edition(tally: &mut Tally, case: &Case, out: &BTreeSet<StatementId>) {
    let steps = brute::shared_steps(case);
    note(tally, !steps.is_empty(), "shared step");
    note(tally, steps.iter().any(|(_, levels)| levels.len() > 1), "step of several strengths");
    note(tally, case.documents.values().any(|document| !document.rests_on.is_empty()), "rests on");
    note(tally, case.documents.values().any(|document| !document.supersedes.is_empty()), "supersedes");
    note(tally, case.statements.values().any(|statement| statement.assumed.is_some()), "assumed");
    let members = || case.statements.values().map(|statement| &statement.one_of).filter(|members| members.len() > 1);
    let left = |members: &[StatementId]| members.iter().filter(|&&id| !out.contains(&case.canonical(id))).count();
    note(tally, members().next().is_some(), "one of");
    note(tally, members().any(|members| left(members) == 1), "one is left");
}

fn note_assessment(tally: &mut Tally, assessment: &brute::Assessment, case: &Case) {
    let detail = match assessment.detail {
        brute::Detail::Established => "established",
        brute::Detail::Refuted => "refuted",
        brute::Detail::RivalReadings => "rival_readings",
        brute::Detail::ConflictingEvidence => "conflicting_evidence",
        brute::Detail::NoEvidence => "no_evidence",
        brute::Detail::Insufficient => "insufficient",
    };
    note(tally, true, detail);
    let leaning = match assessment.leaning {
        brute::Leaning::For => "leans for",
        brute::Leaning::Against => "leans against",
        brute::Leaning::Neither => "leans neither",
    };
    note(tally, true, leaning);
    note(tally, assessment.out, "out");
    let bar = case.thresholds.bar(case.standard);
    let (case_for, case_against) = (assessment.degrees.case_for(), assessment.degrees.case_against());
    let refuted_by_numbers = case_against >= bar.case.get() && case_against - case_for >= bar.margin.get();
    note(tally, refuted_by_numbers && detail == "rival_readings", "contest that refutes nobody");
}

fn note_finding(tally: &mut Tally, finding: brute::Finding) {
    let finding = match finding {
        brute::Finding::Confirmed => "confirmed",
        brute::Finding::Nuanced => "nuanced",
        brute::Finding::Refuted => "question refuted",
        brute::Finding::Unresolved => "unresolved",
    };
    note(tally, true, finding);
}

fn note_settlement(tally: &mut Tally, oracle: &Oracle<'_>, settlement: &brute::Settlement, detail: brute::Detail) {
    note(tally, settlement.settled, "settled");
    note(tally, settlement.settled && detail == brute::Detail::Refuted, "settled against");
    note(tally, settlement.settled && !oracle.passages.is_empty(), "settled with passages");
    for reason in &settlement.reasons {
        match reason {
            brute::Reason::Contested { rivals, shared } => {
                note(tally, true, "contested");
                note(tally, !rivals.is_empty(), "contested with rivals");
                note(tally, !shared.is_empty(), "contested with shared sources");
            }
            brute::Reason::Insufficient => note(tally, true, "insufficient reason"),
            brute::Reason::NoEvidence => note(tally, true, "no_evidence reason"),
            brute::Reason::RestsOnOpenPremise { .. } => note(tally, true, "rests_on_open_premise"),
            brute::Reason::Assumption { .. } => note(tally, true, "assumption"),
            brute::Reason::SingleSource { .. } => note(tally, true, "single_source"),
            brute::Reason::Withheld { documents, verdicts, search } => {
                note(tally, true, "withheld");
                note(tally, documents.len() > 1, "several documents withheld");
                note(tally, verdicts.len() > 1, "several verdicts within reach");
                note(tally, *search == brute::Search::Greedy, "greedy");
            }
            brute::Reason::Weights { .. } => note(tally, true, "weights"),
        }
    }
}
