//! `compare`: its edits lead from one version to the other, and its causes are causes.
//!
//! Causes are checked by trying, with a fresh engine for each: the edits that are named change the verdict when they are
//! done by themselves, and no smaller set of edits does where that is what the answer says.

mod edits;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::random::{self, Dice, Profile};
use crate::support::sketch::{Sketch, probability};
use evigraph::Budget;
use evigraph::Selector;
use evigraph::Watch;
use evigraph::internals::compare::{
    Bearing, Cause, Comparison, Differences, Flag, Limit, Options, Outcome, Terms, Thoroughness, revised,
};
use evigraph::{Answer, Engine, EngineError, Scenario};
use evigraph::{Assessment, Detail, Finding, Reason};
use evigraph::{Case, Key, Standard};
use serde_json::Value;

/// How often something was seen.
type Tally = BTreeMap<String, usize>;

const OPTIONS: Options = Options {
    settle: false,
    limit: Limit { each: 600, in_all: 6000 },
    budget: Budget { steps: 30_000_000, elimination: 0, before_sampling: 8_000_000 },
};

fn note(tally: &mut Tally, what: impl Into<String>) {
    *tally.entry(what.into()).or_default() += 1;
}

fn saw(tally: &Tally, least: usize, things: &[&str]) {
    for &thing in things {
        let times = tally.get(thing).copied().unwrap_or_default();
        assert!(times >= least, "{thing} was seen {times} times: {tally:#?}");
    }
}

#[test]
fn edits_lead_from_one_version_to_the_other_and_causes_are_causes() {
    let mut tally = Tally::new();
    for (profile, seeds) in
        [(Profile::broad(), 0..80), (Profile::competing(), 1000..1080), (Profile::tangled(), 2000..2006)]
    {
        let profile = Profile { uncertain: 7, ..profile };
        for seed in seeds {
            let mut dice = Dice::new(seed);
            let old = random::case(&profile, seed);
            let count = 1 + dice.below(6);
            if let Some(new) = edits::edited(&old, count, &mut dice) {
                compare(&old, &new, &mut tally);
                // The way back is another set of edits.
                compare(&new, &old, &mut tally);
            }
        }
    }
    saw(&tally, 100, &["verdict", "1 edit", "smallest", "nothing to explain"]);
    saw(&tally, 20, &["2 edits", "needs others", "others as small", "finding", "degrees"]);
    saw(&tally, 10, &["added", "removed", "changed", "evidence", "weight", "undercut_by", "impeached_by", "entails"]);
    saw(&tally, 10, &["rivals", "step", "derives_from", "reliability", "standard", "claims", "same_as", "withheld"]);
}

/// Compares two sketches and checks every answer.
fn compare(old: &Sketch, new: &Sketch, tally: &mut Tally) {
    let cases = [old.build(), new.build()];
    let differences = Differences::new(&cases[0], &cases[1]);
    for edit in differences.edits() {
        note(tally, edit.field.unwrap_or(if edit.before.is_none() { "added" } else { "removed" }));
        note(tally, if edit.before.is_some() && edit.after.is_some() { "changed" } else { "not changed" });
    }
    check_ends(&cases, &differences);
    let terms = Terms::default();
    let comparison = Comparison::of_versions(&cases[0], &cases[1], &differences, &terms, OPTIONS, &Watch::default())
        .expect("small cases");
    let (before, after) = (verdicts(&cases[0]), verdicts(&cases[1]));
    let other_verdict = before.iter().any(|(key, one)| after.get(key).is_some_and(|other| !alike(one.1, other.1)));
    let other_finding = findings(&cases[0]) != findings(&cases[1]);
    assert_eq!(comparison.any_verdict_changed(), other_verdict || other_finding);
    let of = |chosen: &BTreeSet<usize>| differences.apply(chosen);
    for change in &comparison.statements {
        note(tally, change.outcome.name());
        let explained = change.outcome == Outcome::Verdict && change.same_as.is_none();
        assert_eq!(explained, change.cause.is_some());
        let wanted = change.after.assessment.detail;
        let makes = |chosen: &BTreeSet<usize>| alike(verdict(&of(chosen), Scenario::default(), &change.id), wanted);
        match &change.cause {
            Some(cause) => check_cause(cause, differences.edits().len(), &makes, tally),
            None => note(tally, "nothing to explain"),
        }
    }
    for change in &comparison.questions {
        assert_eq!(change.changed(), change.cause.is_some());
        let makes = |chosen: &BTreeSet<usize>| findings(&of(chosen))[&change.id] == change.after.finding;
        if let Some(cause) = &change.cause {
            note(tally, "finding");
            check_cause(cause, differences.edits().len(), &makes, tally);
        }
    }
}

/// No edit is the older version, all edits are the newer, and edits without bearing change no verdict.
fn check_ends(cases: &[Case; 2], differences: &Differences) {
    let all: BTreeSet<usize> = (0..differences.edits().len()).collect();
    let words: BTreeSet<usize> =
        all.iter().copied().filter(|&edit| differences.edits()[edit].bearing != Bearing::Verdicts).collect();
    assert_same(&verdicts(&cases[0]), &verdicts(&differences.apply(&BTreeSet::new())));
    assert_same(&verdicts(&cases[1]), &verdicts(&differences.apply(&all)));
    assert_eq!(findings(&cases[1]), findings(&differences.apply(&all)));
    if differences.closed(&words) == words {
        assert_same(&verdicts(&cases[0]), &verdicts(&differences.apply(&words)));
    }
    let left = Differences::new(&differences.apply(&all), &cases[1]);
    assert!(left.edits().is_empty(), "{:#?}", left.edits());
    assert!(Differences::new(&cases[0], &cases[0]).edits().is_empty());
}

/// The set does it, no part of it does, and, where that is said, nothing smaller at all.
fn check_cause(cause: &Cause, edits: usize, makes: &dyn Fn(&BTreeSet<usize>) -> bool, tally: &mut Tally) {
    note(tally, if cause.edits.len() == 1 { "1 edit".to_owned() } else { format!("{} edits", cause.edits.len()) });
    note(tally, cause.thoroughness.name());
    if !cause.with.is_empty() {
        note(tally, "needs others");
    }
    if cause.others > 0 {
        note(tally, "others as small");
    }
    let chosen: BTreeSet<usize> = cause.edits.iter().copied().collect();
    assert!(makes(&chosen), "{cause:?}");
    let all: Vec<usize> = (0..edits).collect();
    assert_ne!(cause.thoroughness, Thoroughness::Sufficient, "small cases do not run out of evaluations");
    for &edit in &chosen {
        let mut fewer = chosen.clone();
        fewer.remove(&edit);
        assert!(!makes(&fewer), "{cause:?} does without {edit}");
    }
    if cause.thoroughness == Thoroughness::Smallest {
        for size in 0..cause.edits.len().min(3) {
            for set in subsets(&all, size) {
                assert!(!makes(&set), "{cause:?} is not as small as {set:?}");
            }
        }
    }
}

/// Every set of so many of the items.
fn subsets(items: &[usize], size: usize) -> Vec<BTreeSet<usize>> {
    let Some((&first, rest)) = items.split_first() else {
        return if size == 0 { vec![BTreeSet::new()] } else { Vec::new() };
    };
    if size == 0 {
        return vec![BTreeSet::new()];
    }
    let with = subsets(rest, size - 1).into_iter().map(|mut set| {
        set.insert(first);
        set
    });
    with.chain(subsets(rest, size)).collect()
}

fn alike(one: Detail, other: Detail) -> bool {
    let merged = |detail| if detail == Detail::ConflictingEvidence { Detail::RivalReadings } else { detail };
    merged(one) == merged(other)
}

fn verdict(case: &Case, scenario: Scenario, id: &Key) -> Detail {
    let statement = case.statement(id.as_str()).expect("no edit takes it away");
    Engine::new(case, scenario).assess(statement).expect("small cases").detail
}

fn verdicts_under(case: &Case, scenario: Scenario) -> BTreeMap<Key, (Assessment, Detail)> {
    let judge = Engine::new(case, scenario);
    let assess = |id| {
        let assessment = judge.assess(id).expect("small cases");
        (case.statements[id].key.clone(), (assessment, assessment.detail))
    };
    case.statements.ids().map(assess).collect()
}

fn verdicts(case: &Case) -> BTreeMap<Key, (Assessment, Detail)> {
    verdicts_under(case, Scenario::default())
}

fn findings(case: &Case) -> BTreeMap<Key, Finding> {
    let judge = Engine::new(case, Scenario::default());
    let questions = case.questions.iter();
    questions.map(|(id, entry)| (entry.key.clone(), judge.finding(id).expect("small cases"))).collect()
}

fn assert_same(one: &BTreeMap<Key, (Assessment, Detail)>, other: &BTreeMap<Key, (Assessment, Detail)>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (key, (assessment, detail)) in one {
        assert_eq!(*detail, other[key].1, "{key}");
        assert!(near(*assessment, other[key].0), "{key}: {assessment:?}, {:?}", other[key].0);
    }
}

/// The same verdict, and the same degrees but for the order in which numbers are added.
fn near(one: Assessment, other: Assessment) -> bool {
    let apart =
        [one.degrees.case_for() - other.degrees.case_for(), one.degrees.case_against() - other.degrees.case_against()];
    one.detail == other.detail && apart.iter().all(|apart| apart.abs() < 1e-12)
}

/// Each of `count` documents makes a case of 0.3, and next to none after its edit. With three left as they were,
/// 1 - 0.7³ = 0.657 does not reach 0.75, and with four, 1 - 0.7⁴ = 0.7599 does. So all but three have to be edited.
#[test]
fn after_edits_only_what_they_reach_is_judged_again_and_all_is_as_from_scratch() {
    let options = Options { settle: true, budget: Budget::default(), ..OPTIONS };
    let terms = Terms::default();
    let mut tally = Tally::new();
    for (profile, seeds) in [(Profile::broad(), 0..50), (Profile::competing(), 100..130), (Profile::flat(), 200..260)] {
        for seed in seeds {
            let mut dice = Dice::new(seed);
            let mut sketch = random::case(&profile, seed);
            let mut case = sketch.build();
            let mut answer = judged(&case, &terms);
            // One edit after another, each from the answers after the one before.
            for _ in 0..4 {
                let Some(next) = edits::edited(&sketch, 1, &mut dice) else { continue };
                let new = next.build();
                let differences = Differences::new(&case, &new);
                let revision = revised((&case, &answer), &new, &differences, &terms, options).expect("small cases");
                assert_same_answers(&revision.answer, &judged(&new, &terms), seed);
                note(&mut tally, if revision.judged == new.statements.len() { "all again" } else { "some kept" });
                if revision.judged == 0 && !differences.edits().is_empty() {
                    note(&mut tally, "all kept");
                }
                if revision.answer.statements.iter().any(|one| one.settlement.as_ref().is_some_and(|of| of.is_open())) {
                    note(&mut tally, "open");
                }
                (sketch, case, answer) = (next, new, revision.answer);
            }
        }
    }
    saw(&tally, 50, &["all again", "some kept", "open"]);
    saw(&tally, 5, &["all kept"]);
}

fn judged(case: &Case, terms: &Terms) -> Answer {
    terms.engine(case, Budget::default()).answer_all(true).expect("a small case")
}

fn assert_same_answers(one: &Answer, other: &Answer, seed: u64) {
    assert_eq!(one.statements.len(), other.statements.len());
    for (one, other) in one.statements.iter().zip(&other.statements) {
        assert_eq!((one.statement, &one.contest), (other.statement, &other.contest), "seed {seed}");
        assert!(near(one.assessment, other.assessment), "seed {seed}: {one:?} and {other:?}");
        let (one, other) = (one.settlement.as_ref().expect("asked for"), other.settlement.as_ref().expect("asked for"));
        assert_eq!(one.settled, other.settled, "seed {seed}");
        assert_eq!(one.reasons.len(), other.reasons.len(), "seed {seed}");
        for (one, other) in one.reasons.iter().zip(&other.reasons) {
            match (one, other) {
                (Reason::Insufficient(one), Reason::Insufficient(other))
                | (Reason::NoEvidence(one), Reason::NoEvidence(other)) => {
                    let apart = (one.case - other.case).abs().max((one.margin - other.margin).abs());
                    assert!(apart < 1e-9, "seed {seed}: {one:?} and {other:?}");
                }
                _ => assert_eq!(one, other, "seed {seed}"),
            }
        }
    }
    let findings = |answer: &Answer| -> Vec<Finding> { answer.questions.iter().map(|one| one.finding).collect() };
    assert_eq!(findings(one), findings(other), "seed {seed}");
}

#[test]
fn what_is_withheld_is_judged_again_when_the_document_changes() {
    let case = |reliability: f64| {
        let sketch =
            Sketch::new().document("open", 0.95).document("files", reliability).withheld("files", 0.9, Some(&["c"]));
        sketch.claim("c").supports("open", "c", 0.95).claim("other").supports("open", "other", 0.9).build()
    };
    let (old, new) = (case(0.9), case(0.0));
    let options = Options { settle: true, budget: Budget::default(), ..OPTIONS };
    let before = judged(&old, &Terms::default());
    let differences = Differences::new(&old, &new);
    let revision = revised((&old, &before), &new, &differences, &Terms::default(), options).expect("small");
    // The document gives no evidence on the claim, but what is withheld of it may.
    assert_eq!(revision.judged, 1);
    assert_same_answers(&revision.answer, &judged(&new, &Terms::default()), 0);
    assert_ne!(before.statements[0].settlement, revision.answer.statements[0].settlement);
}

#[test]
fn many_edits_together_are_found_and_the_answer_says_how_well() {
    let cause = |count: usize, limit| {
        let of = |strength| {
            (0..count).fold(Sketch::new().claim("c"), |sketch, nth| {
                let name = format!("d{nth:02}");
                sketch.document(&name, 1.0).supports(&name, "c", strength)
            })
        };
        let (old, new) = (of(0.3).build(), of(0.001).build());
        let differences = Differences::new(&old, &new);
        let options = Options { limit, ..OPTIONS };
        let comparison =
            Comparison::of_versions(&old, &new, &differences, &Terms::default(), options, &Watch::default())
                .expect("small");
        comparison.statements[0].cause.clone().expect("supported before, and not after")
    };
    let limit = Limit { each: 400, in_all: 4000 };
    // All sets of three of six: 20.
    let three = cause(6, limit);
    assert_eq!((three.edits.len(), three.others, three.thoroughness), (3, 19, Thoroughness::Smallest));
    // All sets of three are tried in vain, so that the four that are left by leaving others out are the fewest.
    let four = cause(7, limit);
    assert_eq!((four.edits.len(), four.thoroughness), (4, Thoroughness::Smallest));
    let many = cause(20, limit);
    assert_eq!((many.edits.len(), many.thoroughness), (17, Thoroughness::Minimal));
    let cut_short = cause(20, Limit { each: 5, in_all: 5 });
    assert_eq!(cut_short.thoroughness, Thoroughness::Sufficient);
    assert!(cut_short.edits.len() >= 17);
}

/// Of what changed, what was answered of both versions is reported, with how much was not; of the causes, those that were found by then.
#[test]
fn a_comparison_that_is_cut_short_says_so() {
    let of = |strength| {
        (0..6).fold(Sketch::new().claim("c").claim("e"), |sketch, nth| {
            let name = format!("d{nth}");
            sketch.document(&name, 1.0).supports(&name, "c", strength).supports(&name, "e", strength)
        })
    };
    let (old, new) = (of(0.3).build(), of(0.001).build());
    let differences = Differences::new(&old, &new);
    let compared = |looks| {
        let watch = Watch::stopping_after(looks);
        Comparison::of_versions(&old, &new, &differences, &Terms::default(), OPTIONS, &watch)
    };
    let whole = compared(u64::MAX - 1).expect("small");
    assert!(!whole.is_cut_short);
    let (mut parts, mut partly_answered) = (0, 0);
    for looks in 0.. {
        match compared(looks) {
            Err(error) => assert_eq!(error, EngineError::Stopped, "{looks}"),
            Ok(part) if part.unanswered > 0 => {
                let is_whole = |change| whole.statements.iter().any(|one| one.outcome == change);
                assert!(part.statements.iter().all(|change| is_whole(change.outcome)), "{looks}");
                assert_eq!(part.statements.len() + part.unanswered, whole.statements.len(), "{looks}");
                assert!(part.added.is_empty() && part.removed.is_empty(), "{looks}");
                partly_answered += 1;
            }
            Ok(part) if part.is_cut_short => {
                let verdicts = |of: &Comparison| -> Vec<_> {
                    of.statements.iter().map(|change| (change.id.clone(), change.after.assessment.detail)).collect()
                };
                assert_eq!(verdicts(&part), verdicts(&whole), "{looks}");
                parts += 1;
            }
            Ok(all) => {
                assert_eq!(all, whole, "{looks}");
                break;
            }
        }
    }
    assert!(parts > 0 && partly_answered > 0, "no part was ever given: {parts}, {partly_answered}");
}

#[test]
fn a_case_under_flags_is_compared_with_itself() {
    let mut tally = Tally::new();
    for seed in 0..200 {
        let mut dice = Dice::new(seed);
        let sketch = random::case(&Profile { uncertain: 8, ..Profile::broad() }, seed);
        let case = sketch.build();
        let terms = Terms { flags: flags(&case, &mut dice), ..Terms::default() };
        let comparison = Comparison::of_flags(&case, &terms, OPTIONS, &Watch::default()).expect("small cases");
        let (before, after) = (verdicts(&case), verdicts_under(&case, terms.scenario(&case)));
        assert!(comparison.added.is_empty() && comparison.removed.is_empty());
        for change in &comparison.statements {
            let (old, new) = (change.before.assessment, change.after.assessment);
            assert!(near(old, before[&change.id].0) && near(new, after[&change.id].0), "{}", change.id);
            let Some(cause) = &change.cause else { continue };
            let makes = |chosen: &BTreeSet<usize>| {
                let flags = chosen.iter().map(|&at| terms.flags[at].clone()).collect();
                let scenario = Terms { flags, ..Terms::default() }.scenario(&case);
                alike(verdict(&case, scenario, &change.id), change.after.assessment.detail)
            };
            check_cause(cause, terms.flags.len(), &makes, &mut tally);
        }
    }
    saw(&tally, 40, &["1 edit", "smallest"]);
    saw(&tally, 5, &["2 edits", "others as small"]);
}

fn flags(case: &Case, dice: &mut Dice) -> Vec<Flag> {
    let mut names: Vec<Key> = case.sources().map(|source| case.source_key(source).clone()).collect();
    names.extend(case.inferences.values().map(|inference| inference.key.clone()));
    let mut flags = Vec::new();
    for _ in 0..1 + dice.below(4) {
        let key = dice.pick(&names).clone();
        flags.push(match dice.below(4) {
            0 | 1 => Flag::Without(key),
            2 => Flag::Set(key, probability(dice.between(0.0, 1.0))),
            _ => Flag::Standard(*dice.pick(&Standard::ALL)),
        });
    }
    if let (true, Ok(selector)) = (dice.chance(25), Selector::parse("tag:seen", case)) {
        flags.push(Flag::Only(selector));
    }
    flags
}

#[test]
fn the_page_shows_what_the_program_prints() {
    crate::walk::page("docs/compare.md", "compare");
}

// From outside.

fn evigraph<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
    command.args(args).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command.output().expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(output)))
}

/// Two checkouts of one case.
struct Checkouts(tempfile::TempDir);

impl Checkouts {
    fn of(old: &[(&str, &str)], new: &[(&str, &str)]) -> Self {
        let checkouts = Self(tempfile::tempdir().expect("a folder for the test"));
        for (folder, files) in [("old", old), ("new", new)] {
            fs::create_dir(checkouts.path(folder)).expect("the folder is new");
            for (name, text) in files {
                fs::write(checkouts.path(folder).join(name), text).expect("the test's file is written");
            }
        }
        checkouts
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn compare(&self, more: &[&str]) -> Output {
        let cases = [self.path("old"), self.path("new")].map(|path| path.display().to_string());
        evigraph(["compare", &cases[0], &cases[1]].iter().copied().chain(more.iter().copied()))
    }
}

const FRAME: &str = r#"Case(title: "A bridge", includes: ["sources.ron", "claims.ron"])"#;
const SOURCES: &str = r#"Case(documents: {
    "survey": (title: "The survey", reliability: A),
    "letter": (title: "A letter", reliability: C, tags: ["private"]),
})"#;
const CLAIMS: &str = r#"Case(
    claims: {
        "cracked": (text: "The bridge is cracked.", evidence: [Supports(from: "survey", as: Finding), Supports(from: "letter")]),
        "old": (text: "The bridge is old.", evidence: [Supports(from: "letter", as: Exhibit)]),
    },
    questions: { "q": (text: "Is it cracked?", claims: ["old", "cracked"]) },
)"#;

fn files<'t>(sources: &'t str, claims: &'t str) -> [(&'t str, &'t str); 3] {
    [("case.ron", FRAME), ("sources.ron", sources), ("claims.ron", claims)]
}

#[test]
fn a_reviewer_sees_which_edit_changed_which_verdict() {
    let sources = SOURCES.replace("reliability: A", "reliability: E").replace("A letter", "The letter");
    let claims = CLAIMS.replace("\"old\": (text", "\"narrow\": (text: \"It is narrow.\"), \"old\": (text");
    let checkouts = Checkouts::of(&files(SOURCES, CLAIMS), &files(&sources, &claims));
    let output = checkouts.compare(&["--format", "json"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let found = json(&output);
    assert_eq!(found["schema"], "evigraph/compare/1");
    assert_eq!(found["changed"], true);
    let [change] = &found["statements"].as_array().expect("a list")[..] else { panic!("{found:#}") };
    assert_eq!((&change["id"], &change["change"]), (&"cracked".into(), &"verdict".into()));
    assert_eq!(
        (&change["before"]["verdict"], &change["after"]["verdict"]),
        (&"supported".into(), &"unsupported".into())
    );
    // 1 - (1 - 0.95 * 0.85) * (1 - 0.6 * 0.65), and the same with 0.2.
    let case_for = |side: &str| change[side]["case_for"].as_f64().expect("a number");
    assert!((case_for("before") - 0.882_575).abs() < 1e-12 && (case_for("after") - 0.4937).abs() < 1e-12);
    let [edit] = &change["cause"]["edits"].as_array().expect("a list")[..] else { panic!("{change:#}") };
    let edit = &found["edits"][usize::try_from(edit.as_u64().expect("a place")).expect("a place")];
    assert_eq!((&edit["id"], &edit["field"]), (&"survey".into(), &"reliability".into()));
    assert_eq!((&edit["before"], &edit["after"]), (&0.95.into(), &0.2.into()));
    assert_eq!(found["edits"].as_array().map(Vec::len), Some(3));
    assert_eq!(found["added"][0]["id"], "narrow");
    assert_eq!(found["questions"][0]["before"]["finding"], "confirmed");
    assert_eq!(found["questions"][0]["after"]["finding"], "nuanced");
    let text = stdout(&checkouts.compare(&[]));
    for words in [
        "Confirmed → Nuanced",
        "supported → unsupported",
        "survey: reliability 0.95 → 0.20",
        "ONLY IN THE NEWER CASE (1)",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}

#[test]
fn an_edit_says_what_was_edited_and_what_that_can_change() {
    let case = |is_new: bool| {
        let one = |old: &'static str, new: &'static str| if is_new { new } else { old };
        format!(
            r#"Case(
                title: "{}",
                actors: {{"mate": (name: "The mate", kind: Person, reliability: {}), "owner": (name: "The owner", kind: Person)}},
                documents: {{
                    "log": (title: "Log", reliability: B, tags: ["{}"]),
                    "file": (title: "File", reliability: B, withheld: {}, bears_on: ["sailed"]),
                }},
                claims: {{
                    "sailed": (text: "It sailed.", evidence: [Supports(from: "log", quote: "{}"), Supports(from: "mate")]),
                    "paid": (text: "It paid.", evidence: [Supports(from: "file")]),
                }},
                relationships: {{"hired": (
                    from: "owner", to: "mate", kind: Contracted, evidence: [Supports(from: "log", strength: {})],
                )}},
                inferences: {{"trade": (given: ["sailed"], to: "paid", effect: Supports, strength: {})}},
                questions: {{"q": (text: "{}", claims: ["sailed"])}},
            )"#,
            one("A ship", "The ship"),
            one("C", "B"),
            one("press", "archive"),
            one("Partial", "Heavy"),
            one("out at noon", "out at one"),
            one("0.5", "0.6"),
            one("0.5", "0.6"),
            one("Did it sail?", "Has it sailed?"),
        )
    };
    let (old, new) = (case(false), case(true));
    let found = json(&Checkouts::of(&[("case.ron", &old)], &[("case.ron", &new)]).compare(&["--format", "json"]));
    let words = |edit: &Value| {
        ["sort", "id", "field", "bears_on"].map(|name| edit[name].as_str().unwrap_or("none").to_owned()).join(" ")
    };
    let edits: BTreeSet<String> = found["edits"].as_array().expect("a list").iter().map(words).collect();
    let expected: BTreeSet<String> = [
        "actor mate reliability verdicts",
        "case none title words",
        "claim sailed quote quotation",
        "document file withheld settled",
        "document log tags selection",
        "inference trade strength verdicts",
        "question q text words",
        "relationship hired weight verdicts",
    ]
    .map(str::to_owned)
    .into();
    assert_eq!(edits, expected);
}

#[test]
fn the_same_case_in_another_order_is_the_same_case() {
    let sources = r#"Case(documents: {
        "letter": (tags: ["private"], reliability: C, title: "A letter"),
    }, includes: ["more.ron"])"#;
    let claims = r#"Case(
        questions: { "q": (claims: ["old", "cracked"], text: "Is it cracked?") },
        claims: {
            "old": (evidence: [Supports(from: "letter", as: Exhibit)], text: "The bridge is old."),
            "cracked": (text: "The bridge is cracked.", evidence: [Supports(from: "letter"), Supports(as: Finding, from: ["survey"])]),
        },
    )"#;
    let more = r#"Case(documents: {"survey": (title: "The survey", reliability: 0.95)})"#;
    let new = [("case.ron", FRAME), ("sources.ron", sources), ("claims.ron", claims), ("more.ron", more)];
    let checkouts = Checkouts::of(&files(SOURCES, CLAIMS), &new);
    let output = checkouts.compare(&["--format", "json"]);
    assert_eq!(code(&output), 0, "{}{}", stderr(&output), stdout(&output));
    let found = json(&output);
    assert_eq!(found["edits"], Value::Array(Vec::new()));
    assert_eq!(found["statements"], Value::Array(Vec::new()));
    assert!(stdout(&checkouts.compare(&[])).contains("No entry differs."));
}

/// A rivalry that is declared on the other side is the same rivalry.
#[test]
fn a_rivalry_may_be_said_on_either_side() {
    let claims = |one: &str, other: &str| {
        format!(
            r#"Case(title: "Rivals", documents: {{"d": (title: "D", reliability: B)}}, claims: {{
                "a": (text: "A.", {one} evidence: [Supports(from: "d")]), "b": (text: "B.", {other} evidence: [Supports(from: "d")]),
            }})"#
        )
    };
    let (one, other) = (claims(r#"rivals: ["b"],"#, ""), claims("", r#"rivals: ["a"],"#));
    let checkouts = Checkouts::of(&[("case.ron", &one)], &[("case.ron", &other)]);
    assert_eq!(json(&checkouts.compare(&["--format", "json"]))["edits"], Value::Array(Vec::new()));
    let none = claims("", "");
    let checkouts = Checkouts::of(&[("case.ron", &one)], &[("case.ron", &none)]);
    assert_eq!(json(&checkouts.compare(&["--format", "json"]))["edits"][0]["field"], "rivals");
}

#[test]
fn flags_give_the_verdicts_that_verdict_gives_under_them() {
    let case = graph("declassified");
    let flags = [
        "--only",
        "tag:declassified",
        "--set",
        "contra-reports=0.5",
        "--standard",
        "preponderance",
        "--format",
        "json",
        "--no-settled",
    ];
    let compared = json(&evigraph(["compare", &case].into_iter().chain(flags)));
    let judged = json(&evigraph(["verdict", &case].into_iter().chain(flags)));
    let written = json(&evigraph(["verdict", &case, "--format", "json", "--no-settled"]));
    let of = |answer: &Value, id: &Value| {
        answer["statements"].as_array().expect("a list").iter().find(|one| one["id"] == *id).cloned().expect("the id")
    };
    let changes = compared["statements"].as_array().expect("a list");
    assert!(changes.len() > 10);
    for change in changes {
        assert_eq!(change["after"], of(&judged, &change["id"]));
        assert_eq!(change["before"], of(&written, &change["id"]));
    }
    let listed: BTreeSet<&str> = changes.iter().filter_map(|change| change["id"].as_str()).collect();
    for before in written["statements"].as_array().expect("a list") {
        let is_same = of(&judged, &before["id"])["detail"] == before["detail"];
        assert!(is_same || listed.contains(before["id"].as_str().expect("an id")), "{}", before["id"]);
    }
    assert_eq!(compared["edits"][0]["flag"], "--only tag:declassified");
    assert_eq!(compared["after"]["scenario"], judged["scenario"]);
}

#[test]
fn two_cases_are_compared_under_the_same_flags() {
    let sources = SOURCES.replace(r#"tags: ["private"]"#, r#"tags: ["public"]"#);
    let checkouts = Checkouts::of(&files(SOURCES, CLAIMS), &files(&sources, CLAIMS));
    assert_eq!(code(&checkouts.compare(&[])), 0);
    // The letter no longer speaks; what it is tagged is the cause.
    let output = checkouts.compare(&["--only", "tag:private", "--no-settled", "--format", "json"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let found = json(&output);
    assert_eq!(found["statements"][1]["id"], "old");
    assert_eq!(found["statements"][1]["cause"]["edits"], serde_json::json!([0]));
    assert_eq!(found["edits"][0]["field"], "tags");
    assert_eq!(found["statements"][1]["before"]["settled"], Value::Null);
    // A source that one of them has may be named, one that neither has may not.
    let gone = SOURCES.replace("\"survey\"", "\"inspection\"");
    let claims = CLAIMS.replace("\"survey\"", "\"inspection\"");
    let checkouts = Checkouts::of(&files(SOURCES, CLAIMS), &files(&gone, &claims));
    assert_ne!(code(&checkouts.compare(&["--without", "survey"])), 2);
    let refused = checkouts.compare(&["--without", "inspction"]);
    assert_eq!((code(&refused), stdout(&refused).as_str()), (2, ""));
    assert!(stderr(&refused).contains("did you mean `inspection`?"), "{}", stderr(&refused));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let case = graph("two-sources.ron");
    let refused = |args: &[&str], message: &str| {
        let output = evigraph(args);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{args:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    };
    refused(&["compare", &case], "there is nothing to compare with");
    refused(&["compare", "-", "-"], "both cases are standard input");
    refused(&["compare", &case, "missing.ron"], "missing.ron");
    refused(&["compare", &case, "--without", "nobody"], "the case has no document, actor or inference `nobody`");
    refused(&["compare", &case, "--off", "nobody"], "`nobody`");
    refused(&["compare", &case, "--standard", "likely"], "the standards are");
    refused(&["compare", &case, "--only", "tag:nothing"], "there is no document with the tag `nothing`");
    let broken = Checkouts::of(&[("case.ron", "Case(title: \"x\", claims: {\"a\": (txt: \"A.\")})")], &[]);
    let folder = broken.path("old").display().to_string();
    refused(&["compare", &case, &folder], "txt");
}

#[test]
fn hostile_words_stay_in_their_place() {
    let hostile = "\\u{1b}[2J\\u{202e}\\u{7}\\u{9b}";
    let sources =
        SOURCES.replace("The survey", hostile).replace("reliability: A", "reliability: E").replace("private", hostile);
    let claims =
        CLAIMS.replace("The bridge is cracked.", &format!("The {hostile} bridge.")).replace("Is it cracked?", hostile);
    let checkouts = Checkouts::of(&files(SOURCES, CLAIMS), &files(&sources, &claims));
    let output = checkouts.compare(&[]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{9b}']), "{text:?}");
    // Nor does a document whose words are a hundred thousand letters long fill the page.
    let long = SOURCES.replace("A letter", &"long ".repeat(20_000));
    let checkouts = Checkouts::of(&files(SOURCES, CLAIMS), &files(&long, CLAIMS));
    assert!(stdout(&checkouts.compare(&[])).len() < 4000);
}

#[test]
fn shipped_cases_compared_with_themselves_do_not_change() {
    for name in ["declassified", "contra-record", "undercut.ron"] {
        let output = evigraph(["compare", &graph(name), &graph(name), "--no-settled", "--format", "json"]);
        assert_eq!(code(&output), 0, "{name}");
        assert_eq!(json(&output)["edits"], Value::Array(Vec::new()), "{name}");
    }
}

fn graph(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs").join(name).display().to_string()
}
