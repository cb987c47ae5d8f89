//! Histories against the case read as of each day, against a case that is worked out by hand, and the pictures of them.
//!
//! `SNAPSHOTS=overwrite UPDATE_DOCS=1 cargo test history::` writes the page and its picture anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::random::{self, Dice, Profile};
use evigraph::internals::compare::{Limit, Thoroughness};
use evigraph::internals::diagram::{TimePicture, history_picture, pdf, png, svg, time_page, timeline_picture};
use evigraph::internals::history::{History, Options, Standing, history};
use evigraph::{
    Case, Day, Detail, DocumentId, Engine, Finding, Input, Period, Scenario, Source, StatementAnswer, StatementId,
    Verdict, load,
};

use self::looks::{assert_readable, spans};

mod looks;

const SETTLED: Options = Options { settle: true, limit: Limit { each: 400, in_all: 4000 } };
const VERDICTS: Options = Options { settle: false, ..SETTLED };

fn of(case: &Case, options: Options) -> History {
    let engine = Engine::new(case, Scenario::default());
    let (statements, questions) = (case.statements.ids().collect(), case.questions.ids().collect());
    history(&engine, (&statements, &questions), options).expect("it is small enough")
}

fn from_file(path: &str) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    load(Input::Path(path)).expect("it can be read").case.expect("it is well formed")
}

fn from_text(text: &str) -> Case {
    let input = Input::Text { name: "case.ron".to_owned(), text: text.to_owned() };
    load(input).expect("it can be read").case.expect("it is well formed")
}

fn four() -> Case {
    from_file("tests/cases/four-documents-in-time.ron")
}

fn as_of(day: Day) -> Scenario {
    Scenario { as_of: Some(Period::parse(&day.to_string()).expect("a day is a date")), ..Scenario::default() }
}

/// How a statement stood after some of the days.
fn after<S: Copy>(course: &evigraph::internals::history::Course<S>, moment: usize) -> S {
    course.turns.iter().take_while(|turn| turn.moment <= moment).last().map_or(course.first, |turn| turn.to)
}

/// Whether two are the same, as far as both are known.
fn agrees(one: Option<bool>, other: Option<bool>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

/// After every day a history says what the case says as of that day; before all, what it says without those documents.
fn assert_is_as_of_each_day(name: &str, case: &Case, options: Options) {
    let told = of(case, options);
    for (at, moment) in told.moments.iter().enumerate() {
        let answer = Engine::new(case, as_of(moment.day)).answer_all(options.settle).expect("it is small enough");
        for one in &answer.statements {
            let stood: Standing = after(&told.statements[&one.statement], at);
            let (is, should) = (stood.assessment.detail, one.assessment.detail);
            let key = &case.statements[one.statement].key;
            assert_eq!(is, should, "{name}: {key} as of {}", moment.day);
            let settled = one.settlement.as_ref().and_then(|settlement| settlement.settled);
            assert!(agrees(stood.settled, settled), "{name}: {key} settled as of {}", moment.day);
        }
        for one in &answer.questions {
            assert_eq!(after(&told.questions[&one.question], at), one.finding, "{name} as of {}", moment.day);
        }
    }
    let dated = told.moments.iter().flat_map(|moment| &moment.documents).map(|&id| Source::Document(id));
    let before = Scenario { without: dated.collect(), ..Scenario::default() };
    let answer = Engine::new(case, before).answer_all(false).expect("it is small enough");
    for one in &answer.statements {
        let first = told.statements[&one.statement].first.assessment.detail;
        assert_eq!(first, one.assessment.detail, "{name} at first");
    }
}

#[test]
fn every_shipped_case_stood_as_it_stands_as_of_each_day() {
    let mut days = 0;
    for (name, case) in crate::support::shipped() {
        days += of(&case, VERDICTS).moments.len();
        assert_is_as_of_each_day(&name, &case, VERDICTS);
        if case.statements.len() < 40 {
            assert_is_as_of_each_day(&name, &case, SETTLED);
        }
    }
    assert!(days > 60, "days were looked at: {days}");
}

/// What could not be told is no change: of two standings with one verdict, both say what was settled, and something else.
fn assert_turns_are_known(case: &Case, told: &History) {
    for (&id, course) in &told.statements {
        let standings: Vec<&Standing> =
            std::iter::once(&course.first).chain(course.turns.iter().map(|turn| &turn.to)).collect();
        for pair in standings.windows(2).filter(|pair| pair[0].has_verdict_of(pair[1])) {
            let key = &case.statements[id].key;
            assert!(pair[1].settled.is_some() && pair[0].settled != pair[1].settled, "{key}: {pair:?}");
        }
    }
}

/// Being settled takes long for all days of the large case: every seventh is looked at.
#[test]
fn the_large_case_was_settled_as_it_is_as_of_each_day() {
    let case = from_file("graphs/contra-record");
    let told = of(&case, SETTLED);
    for (at, moment) in told.moments.iter().enumerate().step_by(7) {
        let answer = Engine::new(&case, as_of(moment.day)).answer_all(true).expect("it is small enough");
        for one in &answer.statements {
            let settled = one.settlement.as_ref().and_then(|settlement| settlement.settled);
            let key = &case.statements[one.statement].key;
            let stood = after(&told.statements[&one.statement], at).settled;
            assert!(agrees(stood, settled), "{key} as of {}", moment.day);
        }
    }
    assert_turns_are_known(&case, &told);
}

#[test]
fn as_of_the_far_future_nothing_changes_and_before_everything_no_document_is_known() {
    for (name, case) in crate::support::shipped() {
        let answer = |scenario| Engine::new(&case, scenario).answer_all(false).expect("it is small enough");
        let read = |date: &str| Scenario { as_of: Some(Period::parse(date).expect("a date")), ..Scenario::default() };
        assert_eq!(answer(read("Y99999")), answer(Scenario::default()), "{name}");
        let early = read("Y-99999");
        let dated: Vec<DocumentId> =
            case.documents.ids().filter(|&id| case.documents[id].known_by().is_some()).collect();
        assert_eq!(early.not_yet_known(&case).collect::<Vec<_>>(), dated, "{name}");
        let without = dated.iter().map(|&id| Source::Document(id)).collect();
        assert_eq!(answer(early), answer(Scenario { without, ..Scenario::default() }), "{name}");
    }
}

/// B is 0.80, A 0.95; a finding 0.85, an account 0.65. A case has to reach 0.75 and lead by 0.35, or outweigh the other 2.71
/// to 1.
///
/// | day | overloaded | |
/// | --- | --- | --- |
/// | at first | 0 | no evidence |
/// | 1890-05-02 | wire: 0.80 × 0.85 = 0.68 | insufficient |
/// | 1998-10-08 | with the log, 0.8075: 1 − 0.32 × 0.1925 = 0.94; with the survey, 0.68: 0.90; with both 0.98 | established, and settled, by both |
/// | 2005 | 0.98 against 0.8075: a lead of 0.17; weights 3.93 and 1.65, 2.4 to 1 | conflicting evidence |
///
/// In 1998 either of the two establishes it, but with the wire and one of them that one is needed, and it is open. With both no
/// one document is needed: of three, two of 0.68 leave 0.90. A tenth weaker, at 0.61, 0.61 and 0.73, they come to
/// 0.96. So it is settled. For the cargo the survey has 0.68 and the log 0.95 × 0.65 = 0.6175, which alone are too little, and
/// together 1 − 0.32 × 0.3825 = 0.88; without either that falls, so it is open.
#[test]
fn four_documents_turn_what_they_turn_by_hand() {
    let case = four();
    let told = of(&case, SETTLED);
    let days: Vec<String> = told.moments.iter().map(|moment| moment.day.to_string()).collect();
    assert_eq!(days, ["1890-05-02", "1998-10-08", "2005-12-31"]);
    let keys = |documents: &[DocumentId]| -> Vec<String> {
        documents.iter().map(|&id| case.documents[id].key.to_string()).collect()
    };
    let course = |name: &str| {
        let course = &told.statements[&case.statement(name).expect("it is there")];
        let turns = course.turns.iter().map(|turn| {
            let by = turn.by.as_ref().expect("it is small");
            assert_eq!(by.thoroughness, Thoroughness::Smallest);
            (days[turn.moment].clone(), turn.to.assessment.detail, turn.to.settled, keys(&by.documents), by.others)
        });
        (course.first.assessment.detail, turns.collect::<Vec<_>>())
    };
    let turn = |day: &str, detail, settled, by: &[&str], others| {
        (day.to_owned(), detail, Some(settled), by.iter().map(|&key| key.to_owned()).collect::<Vec<_>>(), others)
    };
    let overloaded = vec![
        turn("1890-05-02", Detail::Insufficient, false, &["wire"], 0),
        turn("1998-10-08", Detail::Established, true, &["log", "survey"], 0),
        turn("2005-12-31", Detail::ConflictingEvidence, false, &["retraction"], 0),
    ];
    assert_eq!(course("overloaded"), (Detail::NoEvidence, overloaded));
    let cargo = vec![turn("1998-10-08", Detail::Established, false, &["log", "survey"], 0)];
    assert_eq!(course("cargo"), (Detail::NoEvidence, cargo));
    let question = &told.questions[&case.question("ferry").expect("it is there")];
    assert_eq!(question.first, Finding::Unresolved);
    let findings: Vec<(&str, Finding)> =
        question.turns.iter().map(|turn| (days[turn.moment].as_str(), turn.to)).collect();
    // In 2005 the cargo, which is part of the answer, still stands.
    assert_eq!(findings, [("1998-10-08", Finding::Confirmed), ("2005-12-31", Finding::Nuanced)]);
}

#[test]
fn a_document_is_known_from_the_last_day_of_its_release_and_one_of_unknown_date_always() {
    let case = from_text(
        r#"Case(
            title: "When?",
            documents: {
                "released": (title: "1", date: "1985", released: "1998-10"),
                "dated": (title: "2", date: "1985"),
                "undated": (title: "3"),
                "unread": (title: "4", released: "some day"),
                "half-read": (title: "4", date: "1985", released: "some day"),
                "from": (title: "5", date: "1984/.."),
                "until": (title: "6", released: "../1990"),
            },
        )"#,
    );
    let known = |date: &str| -> BTreeSet<&str> {
        let read = Scenario { as_of: Some(Period::parse(date).expect("a date")), ..Scenario::default() };
        let is_known = |id: &DocumentId| read.knows(&case.documents[*id]);
        case.documents.ids().filter(is_known).map(|id| case.documents[id].key.as_str()).collect()
    };
    let always = BTreeSet::from(["undated", "unread"]);
    let with = |more: &[&'static str]| -> BTreeSet<&str> { always.iter().chain(more).copied().collect() };
    assert_eq!(known("1983"), with(&[]));
    assert_eq!(known("1984-12-30"), with(&[]), "of 1984 the last day counts, with an end or without");
    assert_eq!(known("1985-06"), with(&["from"]));
    let of_1985 = ["from", "dated", "half-read"];
    assert_eq!(known("1985"), with(&of_1985));
    assert_eq!(known("1990-12-30"), with(&of_1985));
    assert_eq!(known("198X"), with(&of_1985));
    let of_1990 = [&of_1985[..], &["until"]].concat();
    assert_eq!(known("1990"), with(&of_1990));
    assert_eq!(known("1998-10-30"), with(&of_1990));
    assert_eq!(known("1998-10"), with(&[&of_1990[..], &["released"]].concat()));
}

/// A random case with dates on most of its documents, several on the same day.
fn dated(profile: &Profile, seed: u64) -> Case {
    let mut case = random::case(profile, seed).build();
    let mut dice = Dice::new(seed ^ 0x0da7e);
    for document in case.documents.values_mut() {
        if dice.chance(85) {
            let year = 1990 + dice.below(4);
            document.date = Some(Period::parse(&year.to_string()).expect("a year"));
        }
        if dice.chance(30) {
            document.released = Some(Period::parse(&(1992 + dice.below(4)).to_string()).expect("a year"));
        }
    }
    case
}

/// What turned a verdict turns it: with that and all that was known before it stands as after the day, and not without any
/// one of it.
#[test]
fn in_random_cases_the_documents_that_turned_a_verdict_turn_it() {
    let mut together = 0;
    for seed in 0..60 {
        let profiles = [Profile::broad(), Profile::tangled(), Profile::competing(), Profile::withheld(1..=2, 4, 50)];
        let case = dated(&Profile { uncertain: 6, ..profiles[seed as usize % 4].clone() }, seed);
        assert_is_as_of_each_day(&format!("case {seed}"), &case, SETTLED);
        let told = of(&case, VERDICTS);
        for (&id, course) in &told.statements {
            for turn in &course.turns {
                let by = turn.by.as_ref().expect("it is small");
                together += usize::from(by.documents.len() > 1);
                let stands = |documents: &[DocumentId]| -> Detail { stood(&case, &told, turn.moment, documents, id) };
                let to = turn.to.assessment.detail;
                assert_eq!(stands(&by.documents), to, "case {seed}");
                for left_out in &by.documents {
                    let rest: Vec<DocumentId> = by.documents.iter().copied().filter(|one| one != left_out).collect();
                    assert_ne!(stands(&rest), to, "case {seed}");
                }
            }
        }
    }
    assert!(together > 2, "sets of several documents were looked at: {together}");
}

/// The verdict with all that was known before a day, and some of that day's documents.
fn stood(case: &Case, told: &History, moment: usize, documents: &[DocumentId], id: StatementId) -> Detail {
    let since = told.moments[moment..].iter().flat_map(|moment| &moment.documents);
    let later = told.moments[moment + 1..].iter().flat_map(|moment| &moment.documents);
    let later: BTreeSet<DocumentId> = later.copied().collect();
    let out = since.copied().filter(|one| later.contains(one) || !documents.contains(one));
    let without = out.map(Source::Document).collect();
    Engine::new(case, Scenario { without, ..Scenario::default() }).assess(id).expect("it is small").detail
}

// The command line.

fn run(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_evigraph")).args(arguments).current_dir(root).output();
    output.expect("the program runs")
}

fn stdout(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.code() < Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

const FOUR: &str = "tests/cases/four-documents-in-time.ron";

#[test]
fn every_command_that_evaluates_takes_a_date_and_says_so() {
    let said = "As of 1997: 3 documents became known later and are left out";
    for arguments in [
        &["verdict", FOUR][..],
        &["settled", FOUR, "overloaded"],
        &["why", FOUR, "overloaded"],
        &["query", FOUR, "documents"],
        &["history", FOUR],
    ] {
        let text = stdout(&[arguments, &["--as-of", "1997"]].concat());
        assert!(text.contains(said), "{arguments:?}:\n{text}");
        let json: serde_json::Value =
            serde_json::from_str(&stdout(&[arguments, &["--as-of", "1997", "--format", "json"]].concat()))
                .expect("JSON");
        assert_eq!(json["scenario"]["as_of"], "1997", "{arguments:?}");
        assert_eq!(json["scenario"]["not_yet_known"], serde_json::json!(["log", "retraction", "survey"]));
        assert_eq!(json["scenario"]["undated"], serde_json::json!([]));
    }
    let report = stdout(&["report", FOUR, "--as-of", "1997", "--format", "markdown"]);
    assert!(report.contains("became known later and is left out of this reading"), "{report}");
    assert!(stdout(&["diagram", FOUR, "--as-of", "1997"]).contains("as of 1997: 3 documents"));
    let compared = stdout(&["compare", FOUR, "--as-of", "1997"]);
    assert!(compared.contains("as written → --as-of 1997") && compared.contains(said), "{compared}");
    let versions = stdout(&["compare", FOUR, FOUR, "--as-of", "1997"]);
    assert_eq!(versions.matches(said).count(), 1, "{versions}");
}

#[test]
fn a_history_ends_with_the_date_that_it_is_read_as_of() {
    let text = stdout(&["history", FOUR, "--as-of", "2000"]);
    assert!(text.contains("3 documents became known on 2 days from 2 May 1890 to 8 October 1998."), "{text}");
    assert!(text.contains("8 October 1998") && !text.contains("2005"), "{text}");
}

#[test]
fn dates_that_are_none_are_refused() {
    for (date, message) in [
        ("May 1990", "--as-of: `May 1990` is no date"),
        ("1984/..", "--as-of: `1984/..` has no end"),
        ("", "--as-of: `` is no date"),
    ] {
        let output = run(&["verdict", FOUR, "--as-of", date]);
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(message) && output.stdout.is_empty(), "{error}");
    }
}

#[test]
fn views_of_time_refuse_what_makes_no_sense_for_them() {
    for arguments in [
        &["--view", "history", "--format", "dot"][..],
        &["--view", "history", "--format", "mermaid"],
        &["--view", "history", "--select", "kind:Book"],
        &["--view", "timeline", "--focus", "overloaded"],
        &["--view", "history", "--cluster", "kind"],
        &["--view", "history", "--engine", "dot"],
        &["--view", "history", "--direction", "left"],
    ] {
        let output = run(&[&["diagram", FOUR][..], arguments].concat());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains("--view") && output.stdout.is_empty(), "{error}");
    }
}

#[test]
fn a_case_without_dates_says_so() {
    let text = stdout(&["history", "graphs/two-sources.ron"]);
    assert!(text.contains("No document of the case has a date."), "{text}");
    let output = run(&["diagram", "graphs/two-sources.ron", "--view", "timeline"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing that would be drawn has a date"));
    assert!(stdout(&["diagram", "graphs/two-sources.ron", "--view", "history"]).contains("</svg>"));
}

/// The findings of a and b are 0.95 × 0.85 = 0.81 each, that of any two 1 − 0.19² = 0.96. A case has to reach 0.75: one is
/// enough for the verdict, and with two no one of them is needed, so that it is settled; a tenth weaker they are 0.73 each,
/// and 0.93 together. `p1` is answered by `p2`, which is a conflict of evidence, and by `p3`, which speaks for the rival.
const TURNS: &str = r#"Case(
    title: "Turns",
    documents: {
        "a": (title: "A", date: "1990", reliability: A),
        "b": (title: "B", date: "1990", reliability: A),
        "c": (title: "C", date: "1990", reliability: A),
        "p1": (title: "P1", date: "2000", reliability: A),
        "p2": (title: "P2", date: "2001", reliability: A),
        "p3": (title: "P3", date: "2002", reliability: A),
    },
    claims: {
        "settle": (text: "So it was.", evidence: [Supports(from: ["a", "b", "c"], as: Finding)]),
        "contest": (
            text: "It was he.",
            evidence: [Supports(from: "p1", as: Finding), Opposes(from: "p2", as: Finding)],
            rivals: ["rival"],
        ),
        "rival": (text: "It was she.", evidence: [Supports(from: "p3", as: Finding)]),
    },
)"#;

#[test]
fn what_settled_a_verdict_is_named_with_what_turned_it() {
    let case = from_text(TURNS);
    let told = of(&case, SETTLED);
    let [turn] = &told.statements[&case.statement("settle").expect("it is there")].turns[..] else {
        panic!("it turns once: {told:?}");
    };
    let by = turn.by.as_ref().expect("it is small");
    assert_eq!((turn.to.settled, by.documents.len(), by.others), (Some(true), 2, 2), "{by:?}");
}

#[test]
fn the_last_line_of_a_history_is_the_verdict_of_today() {
    let case = from_text(TURNS);
    let told = of(&case, SETTLED);
    let today = Engine::new(&case, Scenario::default()).answer_all(false).expect("it is small enough");
    for one in &today.statements {
        let now = told.statements[&one.statement].now();
        assert_eq!(now.assessment.detail, one.assessment.detail, "{}", case.statements[one.statement].key);
    }
}

/// A case in a file of its own, for the command line.
fn written(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("history-{name}.ron"));
    std::fs::write(&path, text).expect("it can be written");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_history_without_dates_in_this_reading_does_not_say_that_the_case_has_none() {
    let said = "No document with a date is in this reading.";
    for arguments in [&["--as-of", "1500"][..], &["--as-of", "-0043"]] {
        let text = stdout(&[&["history", FOUR][..], arguments].concat());
        assert!(text.contains(said), "{arguments:?}:\n{text}");
    }
}

#[test]
fn what_is_taken_out_does_not_count_as_known() {
    let text = r#"Case(title: "T", documents: {"a": (title: "A"), "b": (title: "B")}, claims: {"c": (text: "C")})"#;
    let case = written("undated", text);
    for command in ["verdict", "history"] {
        let text = stdout(&[command, &case, "--as-of", "1990", "--without", "a"]);
        assert!(text.contains("1 document of unknown date counts as known"), "{text}");
        let text = stdout(&[command, &case, "--as-of", "1990", "--without", "a", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["scenario"]["undated"], serde_json::json!(["b"]));
    }
}

/// The newspaper of 1985 is taken from a cable of 1998, the digest of 1990 from the newspaper; the letter from either the cable
/// or Ann, who was always there. With the cable left out for good, nobody waits for it.
#[test]
fn what_waits_for_its_origin_is_named() {
    let text = r#"Case(
        title: "T",
        actors: {"ann": (name: "Ann")},
        documents: {
            "cable": (title: "Cable", date: "1985", released: "1998"),
            "newspaper": (title: "Newspaper", date: "1985-05-05", derives_from: ["cable"]),
            "digest": (title: "Digest", date: "1990", rests_on: ["newspaper"]),
            "letter": (title: "Letter", date: "1986", derives_from: ["cable", "ann"]),
        },
        claims: {"c": (text: "So it was.", evidence: [Supports(from: "newspaper", as: Finding)])},
    )"#;
    let case = written("waits", text);
    let text = stdout(&["verdict", &case, "--as-of", "1991"]).replace("\n", " ");
    assert!(text.contains("so that they do not hold: digest (newspaper) and newspaper (cable)"), "{text}");
    let text = stdout(&["verdict", &case, "--as-of", "1989", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let waiting = serde_json::json!([{ "document": "newspaper", "origins": ["cable"] }]);
    assert_eq!(json["scenario"]["origin_not_yet_known"], waiting);
    let text = stdout(&["history", &case]).replace("\n", " ");
    assert!(text.contains("newspaper was known from 5 May 1985 on, but holds from 31 December 1998 on only"), "{text}");
    let text = stdout(&["history", &case, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let waited = |document: &str, known: &str, origin: &str| {
        serde_json::json!({
            "document": document, "known": known, "holds_from": "1998-12-31", "origins": [origin],
        })
    };
    let expected =
        serde_json::json!([waited("newspaper", "1985-05-05", "cable"), waited("digest", "1990-12-31", "newspaper")]);
    let sorted = |json: &serde_json::Value| {
        let mut all: Vec<String> = json.as_array().expect("a list").iter().map(ToString::to_string).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&json["waited"]), sorted(&expected));
    assert!(!stdout(&["history", &case, "--without", "cable"]).contains("goes back to"));
}

/// Sixty documents of one day, each too weak: not all sets are tried, so none is said to be needed.
#[test]
fn where_not_all_sets_were_tried_others_may_do_as_well() {
    let mut text = "Case(title: \"Sixty\", documents: {".to_owned();
    for number in 0..60 {
        text += &format!("\"d{number}\": (title: \"{number}\", date: \"1990\", reliability: D),");
    }
    text += "}, claims: {\"c\": (text: \"So it was.\", evidence: [";
    for number in 0..60 {
        text += &format!("Supports(from: \"d{number}\", as: Account),");
    }
    let case = written("sixty", &(text + "])})"));
    let text = stdout(&["history", &case, "--no-settled"]);
    assert!(text.contains("for instance by"), "{text}");
    assert!(text.replace("\n", " ").contains("may do"), "{text}");
    let text = stdout(&["history", &case, "--no-settled", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let by = &json["statements"][0]["standings"][1]["turned_by"];
    assert_eq!((&by["search"], &by["others"]), (&"minimal".into(), &serde_json::Value::Null), "{by}");
}

#[test]
fn pictures_of_time_say_what_is_supposed() {
    for view in ["history", "timeline"] {
        let drawn = stdout(&["diagram", FOUR, "--view", view, "--without", "log", "--set", "wire=A"]);
        for said in ["standard: clear and convincing", "without log", "wire at 0.95"] {
            assert!(drawn.contains(said), "{view}: {said}");
        }
    }
}

#[test]
fn a_timeline_of_some_documents_has_the_events_that_they_speak_to() {
    let case = written(
        "selected",
        r#"Case(
            title: "T",
            documents: {"a": (title: "A", date: "1990", tags: ["x"]), "b": (title: "B", date: "1991")},
            claims: {
                "c": (text: "C.", period: "1980", evidence: [Supports(from: "a", as: Finding)]),
                "d": (text: "D.", period: "1981", evidence: [Supports(from: "b", as: Finding)]),
            },
        )"#,
    );
    let drawn = stdout(&["diagram", &case, "--view", "timeline", "--select", "tag:x"]);
    assert!(drawn.contains("data-id=\"c\"") && !drawn.contains("data-id=\"d\""), "{drawn}");
    assert_eq!(stdout(&["diagram", &case, "--view", "timeline"]).matches("class=\"event\"").count(), 2);
}

const ENDS: &str = r#"Case(
    title: "Ends: open",
    documents: {"a": (title: "A", date: "1990", reliability: A)},
    claims: {
        "begun": (text: "Begun: and {on}.", period: "1984/..", evidence: [Supports(from: "a", as: Finding)]),
        "over": (text: "Over.", period: "../1985"),
        "twice": (text: "Twice.", period: "{1951,1961}"),
        "once": (text: "Once.", period: "1970"),
    },
)"#;

#[test]
fn open_ends_and_sets_of_dates_are_drawn_as_such() {
    let drawn = svg(&timeline_of(&from_text(ENDS)).expect("it has dates").picture);
    assert!(drawn.contains("open at that end") && drawn.contains("several dates, or one of them"), "{drawn}");
    assert_readable("ends", &drawn);
    let document = roxmltree::Document::parse(&drawn).expect("it is XML");
    let event = |id: &str| {
        let is_it = |node: &roxmltree::Node<'_, '_>| {
            node.attribute("class") == Some("event") && node.attribute("data-id") == Some(id)
        };
        document.descendants().find(is_it).expect("it is drawn")
    };
    // An arrow is a triangle: three corners and a way back.
    let arrows = |id: &str| {
        let paths = event(id).descendants().filter_map(|node| node.attribute("d"));
        paths.filter(|path| path.matches('L').count() == 2 && path.ends_with('Z')).count()
    };
    assert_eq!(["begun", "over", "twice", "once"].map(arrows), [1, 1, 0, 0], "{drawn}");
    let plain = ENDS.replace("1984/..", "1984").replace("../1985", "1985").replace("{1951,1961}", "1951");
    let drawn = svg(&timeline_of(&from_text(&plain)).expect("it has dates").picture);
    assert!(!drawn.contains("open at that end") && !drawn.contains("several dates"), "{drawn}");
}

#[test]
fn a_timeline_in_mermaid_has_the_same_things_in_order() {
    let case = written("mermaid", ENDS);
    let text = stdout(&["diagram", &case, "--view", "timeline", "--format", "mermaid"]);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert_eq!(lines[..3], ["timeline", "title Ends#58; open", "section What happened"]);
    let times: Vec<&str> = lines[3..7].iter().map(|line| line.split(" : ").next().expect("a time")).collect();
    assert_eq!(times, ["1951 and 1961", "1970", "from 1984 on", "until 1985"], "{text}");
    assert!(lines[5].ends_with("● Begun#58; and #123;on#125;."), "{text}");
    assert_eq!(lines[7..], ["section What became known", "1990 : A"]);
}

#[test]
fn of_an_interval_the_day_that_counts_is_said() {
    for (date, said) in [("../1998", "31 December 1998"), ("[1990,1998-10]", "31 October 1998"), ("1998", "1998")] {
        let text = stdout(&["verdict", FOUR, &format!("--as-of={date}")]);
        assert!(text.contains(&format!("As of {said}:")), "{date}: {text}");
    }
}

// Pictures.

/// Stopped in 1998, nothing is drawn of what was later: bars and line end there.
#[test]
fn a_history_that_was_stopped_ends_where_it_was() {
    let case = four();
    let mut told = of(&case, VERDICTS);
    told.stopped_at = Some(1);
    told.statements.values_mut().for_each(|course| course.turns.retain(|turn| turn.moment < 1));
    told.questions.values_mut().for_each(|course| course.turns.retain(|turn| turn.moment < 1));
    let drawn = svg(&history_picture(&Engine::new(&case, Scenario::default()), &told).picture);
    assert!(!drawn.contains(">2005<") && !drawn.contains(">2000<"), "{drawn}");
    let last = |drawn: &str| spans(drawn).into_iter().flatten().map(|span| span.end).fold(0.0, f64::max);
    assert!(last(&drawn) + 100.0 < last(&svg(&history_of(&case).picture)));
    assert_readable("stopped", &drawn);
}

fn history_of(case: &Case) -> TimePicture {
    history_picture(&Engine::new(case, Scenario::default()), &of(case, VERDICTS))
}

fn timeline_of(case: &Case) -> Option<TimePicture> {
    let engine = Engine::new(case, Scenario::default());
    let answer = engine.answer_all(false).expect("it is small enough");
    timeline_picture(&engine, &answer, &[])
}

#[test]
fn words_in_pictures_of_time_do_not_overlap_and_stay_on_the_page() {
    for (name, case) in crate::support::shipped() {
        assert_readable(&format!("{name}, history"), &svg(&history_of(&case).picture));
        if let Some(timeline) = timeline_of(&case) {
            assert_readable(&format!("{name}, timeline"), &svg(&timeline.picture));
        }
    }
    for seed in 0..30 {
        let case = dated(&Profile::broad(), seed);
        assert_readable(&format!("case {seed}"), &svg(&history_of(&case).picture));
    }
}

/// The bars of a row stand where its history says, with the look of each verdict, and leave no gap.
#[test]
fn bars_are_those_of_the_history() {
    let case = four();
    let found = spans(&svg(&history_of(&case).picture));
    let verdicts: Vec<Vec<&str>> =
        found.iter().map(|row| row.iter().map(|span| span.verdict.as_str()).collect()).collect();
    assert_eq!(
        verdicts,
        [
            // The finding: unresolved, confirmed, nuanced.
            vec!["insufficient", "established", "rival_readings"],
            vec!["no_evidence", "established"],
            vec!["no_evidence", "insufficient", "established", "conflicting_evidence"],
        ]
    );
    for row in &found {
        assert!(row.windows(2).all(|pair| (pair[0].end - pair[1].start).abs() < 0.02), "{row:?}");
    }
    // What turns on one day, in whichever row, turns at one place.
    let starts: Vec<f64> =
        found.iter().map(|row| row.iter().find(|span| span.verdict == "established").expect("a bar").start).collect();
    assert!(starts.iter().all(|start| (start - starts[0]).abs() < 0.02), "{starts:?}");
}

/// Ten thousand documents of as many days, and as many events: the pictures fold them, and say so.
#[test]
fn ten_thousand_documents_are_folded() {
    let mut text = "Case(title: \"Many\", documents: {".to_owned();
    for number in 0..10_000 {
        text += &format!(
            "\"d{number}\": (title: \"Document {number}\", date: \"{:04}-{:02}-{:02}\", reliability: A),",
            1000 + number / 10,
            1 + number % 12,
            1 + number % 28
        );
    }
    text += "}, claims: {";
    for number in 0..400 {
        text += &format!(
            "\"c{number}\": (text: \"Claim {number}\", period: \"{}\", evidence: [Supports(from: \"d{number}\", as: Finding)]),",
            1000 + number
        );
    }
    text += "})";
    let case = from_text(&text);
    let timeline = timeline_of(&case).expect("there are dates");
    assert!(
        timeline.left_out.iter().any(|note| note.starts_with("10000 documents are drawn by decades")),
        "{timeline:?}"
    );
    let drawn = svg(&timeline.picture);
    // Of 400 years from 1000 on, 40 decades: events stay events.
    assert_eq!(drawn.matches("class=\"event\"").count(), 40);
    assert!(drawn.len() < 400_000, "{} bytes", drawn.len());
    assert_readable("many, timeline", &drawn);
    let history = history_of(&case);
    assert!(
        history.left_out.iter().any(|note| note.starts_with("320 more rows are not drawn")),
        "{:?}",
        history.left_out
    );
    assert_readable("many, history", &svg(&history.picture));
}

#[test]
fn hostile_words_stay_words() {
    let mut case = crate::diagram::cases::hostile();
    for document in case.documents.values_mut() {
        document.date = Some(Period::parse("1990").expect("a year"));
    }
    for picture in [Some(history_of(&case)), timeline_of(&case)].into_iter().flatten() {
        let drawn = svg(&picture.picture);
        assert!(!drawn.contains("<script") && !drawn.contains("<img"), "{drawn}");
        assert_readable("hostile", &drawn);
        let page = time_page(&picture);
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
        assert!(png(&picture.picture, 1.0).is_ok() && pdf(&picture.picture).is_ok());
    }
}

/// A document of 1890 and others of 2018 and later: the years between are broken out, and said.
#[test]
fn a_century_of_nothing_is_broken_out_of_the_line() {
    let mut text = "Case(title: \"Gap\", documents: {".to_owned();
    let dates = ["1890-03", "2018-01", "2018-04", "2018-09", "2019-02", "2019-08", "2020-06"];
    for (number, date) in dates.iter().enumerate() {
        text += &format!("\"d{number}\": (title: \"Letter {number}\", date: \"{date}\", reliability: A),");
    }
    text += "}, claims: {\"c\": (text: \"So it was.\", evidence: [";
    for number in 0..dates.len() {
        let side = if number % 2 == 0 { "Supports" } else { "Opposes" };
        text += &format!("{side}(from: \"d{number}\", as: Finding),");
    }
    text += "])})";
    let drawn = svg(&history_of(&from_text(&text)).picture);
    assert!(drawn.contains("127 years"), "{drawn}");
    assert_readable("gap", &drawn);
}

// The page.

#[test]
fn the_page_on_time() {
    crate::walk::page("docs/history.md", "history");
}

/// The table on the page has the numbers of the case as of each of its dates.
#[test]
fn the_page_counts_what_was_known_and_settled() {
    let case = from_file("graphs/contra-record");
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/history.md")).expect("the page");
    let dated = case.documents.len() - case.undated().count();
    for date in ["1986", "1989", "1998", "now"] {
        let as_of = (date != "now").then(|| Period::parse(date).expect("a year"));
        let scenario = Scenario { as_of, ..Scenario::default() };
        let known = dated - scenario.not_yet_known(&case).count();
        let answer = Engine::new(&case, scenario).answer_all(true).expect("it is small enough");
        let own: Vec<_> =
            answer.statements.iter().filter(|one| case.canonical(one.statement) == one.statement).collect();
        let count = |verdict| own.iter().filter(|one| one.assessment.verdict() == verdict).count();
        let settled = |one: &&&StatementAnswer| one.settlement.as_ref().is_some_and(|one| one.settled == Some(true));
        let settled = own.iter().filter(settled).count();
        let (supported, contested) = (count(Verdict::Supported), count(Verdict::Contested));
        let row = format!("| {date} | {known} of {dated} | {supported} | {contested} | {settled} |");
        assert!(page.contains(&row), "docs/history.md has no row {row}");
    }
}

/// The picture on the page is the one that the command beside it makes.
#[test]
fn the_page_shows_the_picture_that_its_command_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/history.md")).expect("the page");
    for (view, name) in [("history", "contra-history.svg"), ("timeline", "contra-timeline.svg")] {
        let command = format!("evigraph diagram graphs/contra-record --view {view} -o docs/pictures/{name}");
        assert!(page.contains(&command) && page.contains(&format!("](pictures/{name})")), "{command}");
        let drawn = stdout(&["diagram", "graphs/contra-record", "--view", view, "--max-time", "3600"]);
        let path = root.join("docs/pictures").join(name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, &drawn).expect("it can be written");
        }
        assert!(std::fs::read_to_string(&path).unwrap_or_default() == drawn, "{name} is stale: UPDATE_DOCS=1");
    }
}
