//! The command line from outside: exit codes, JSON fields, hostile input, files written whole or not at all,
//! and `docs/cli.md`, which is made from the program's own help.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) fn evigraph<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    command(args).output().expect("the program runs")
}

pub(crate) fn command<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
    command.args(args).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command
}

pub(crate) fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut child = command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // The program may refuse before it has read everything.
    let _ = child.stdin.take().expect("it was piped").write_all(input);
    child.wait_with_output().expect("the program ends")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stdout(output)))
}

fn graph(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs").join(name).display().to_string()
}

/// A folder with one case in it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn with(name: &str, text: impl AsRef<[u8]>) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder for the test"));
        fs::write(folder.0.path().join(name), text).expect("the test's file is written");
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn arg(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }
}

pub(crate) const CASE: &str = r#"Case(
    title: "A bridge",
    actors: { "engineer": (name: "The engineer", kind: Person) },
    documents: {
        "survey": (title: "The survey", kind: Memorandum, by: ["engineer"], reliability: A),
        "letter": (title: "A letter", kind: Other("letter"), reliability: C, withheld: Heavy),
    },
    claims: {
        "cracked": (text: "The bridge is cracked.", evidence: [Supports(from: "survey", as: Finding)]),
        "unsafe": (text: "The bridge is unsafe.", entails: ["cracked"], evidence: [Supports(from: "letter")]),
    },
    inferences: { "so-unsafe": (given: ["cracked"], to: "unsafe", effect: Supports, strength: Weak) },
    questions: { "q": (text: "Is it safe?", claims: ["cracked", "unsafe"]) },
)
"#;

/// Fails with nothing on standard output, a message on standard error, and exit 2.
pub(crate) fn assert_refused(output: &Output, message: &str) {
    assert_eq!(code(output), 2, "{}{}", stdout(output), stderr(output));
    assert_eq!(stdout(output), "");
    assert!(stderr(output).contains(message), "{}", stderr(output));
}

#[test]
fn verdicts_as_json_have_the_fields_that_outside_programs_read() {
    let folder = Folder::with("case.ron", CASE);
    let output = evigraph(["verdict", &folder.arg("."), "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let answer = json(&output);
    assert_eq!(answer["schema"], "evigraph/verdicts/1");
    assert_eq!(answer["case"]["title"], "A bridge");
    assert_eq!(answer["case"]["standard"], "clear_and_convincing");
    assert_eq!(answer["method"]["name"], "exact");
    let cracked = &answer["statements"][0];
    assert_eq!(cracked["id"], "cracked");
    assert_eq!(cracked["kind"], "claim");
    assert_eq!(cracked["text"], "The bridge is cracked.");
    assert_eq!(cracked["verdict"], "supported");
    assert_eq!(cracked["detail"], "established");
    assert_eq!(cracked["leans"], "for");
    // 1 - (1 - 0.95 * 0.85) * (1 - 0.6 * 0.65 ), for what supports the stronger supports the weaker.
    let expected = 1.0 - (1.0 - 0.95 * 0.85) * (1.0 - 0.6 * 0.65);
    let degree = |name: &str| cracked["degrees"][name].as_f64().expect("a number");
    assert!((degree("for") - expected).abs() < 1e-12, "{cracked}");
    assert!((degree("for") + degree("against") + degree("conflict") + degree("ignorance") - 1.0).abs() < 1e-12);
    assert_eq!(cracked["case_against"], 0.0);
    assert_eq!(cracked["settled"], false);
    assert_eq!(cracked["reasons"][0]["reason"], "single_source");
    assert_eq!(cracked["reasons"][0]["witnesses"], serde_json::json!(["survey"]));
    let question = &answer["questions"][0];
    assert_eq!(question["id"], "q");
    assert_eq!(question["finding"], "nuanced");
    assert_eq!(question["headline"], "unsafe");
    assert_eq!(question["claims"], serde_json::json!(["cracked", "unsafe"]));
    assert!(question["summary"].as_str().is_some_and(|summary| summary.starts_with("Nuanced: 1 of 2 claims")));
}

#[test]
fn without_settled_the_field_is_null_and_there_are_no_reasons() {
    let folder = Folder::with("case.ron", CASE);
    let output = evigraph(["verdict", &folder.arg("case.ron"), "--no-settled", "--format", "json"]);
    let answer = json(&output);
    assert_eq!(answer["statements"][0]["settled"], Value::Null);
    assert_eq!(answer["statements"][0]["reasons"], serde_json::json!([]));
}

#[test]
fn verdicts_can_be_asked_one_by_one() {
    let folder = Folder::with("case.ron", CASE);
    let all = json(&evigraph(["verdict", &folder.arg("case.ron"), "--format", "json"]));
    let one = json(&evigraph(["verdict", &folder.arg("case.ron"), "unsafe", "--format", "json"]));
    assert_eq!(one["statements"].as_array().map(Vec::len), Some(1));
    assert_eq!(one["statements"][0], all["statements"][1]);
    assert_eq!(one["questions"], serde_json::json!([]));
    let question = json(&evigraph(["verdict", &folder.arg("case.ron"), "q", "--format", "json"]));
    assert_eq!(question["questions"], all["questions"]);
}

#[test]
fn settled_answers_by_its_exit_code() {
    let settled = CASE.replace("cracked\": (text", "cracked\": (standard: Preponderance, text");
    let settled = settled.replace(
        "[Supports(from: \"survey\", as: Finding)]",
        "[Supports(from: [\"survey\", \"second\"], as: Finding)]",
    );
    let settled = settled
        .replace("\"letter\": (", "\"second\": (title: \"A second survey\", reliability: A),\n        \"letter\": (");
    let folder = Folder::with("case.ron", settled);
    let yes = evigraph(["settled", &folder.arg("case.ron"), "cracked"]);
    assert_eq!(code(&yes), 0, "{}", stdout(&yes));
    assert!(stdout(&yes).contains("settled"));
    let no = evigraph(["settled", &folder.arg("case.ron"), "unsafe", "--format", "json"]);
    assert_eq!(code(&no), 1);
    assert_eq!(json(&no)["schema"], "evigraph/settled/1");
    assert_eq!(json(&no)["settled"], false);
    let reasons = json(&no)["reasons"].clone();
    let names: Vec<&str> = reasons.as_array().into_iter().flatten().filter_map(|one| one["reason"].as_str()).collect();
    assert_eq!(names, ["insufficient", "withheld"]);
}

#[test]
fn why_names_the_source_whose_loss_would_change_it_most() {
    let folder = Folder::with("case.ron", CASE);
    let answer = json(&evigraph(["why", &folder.arg("case.ron"), "cracked", "--format", "json"]));
    assert_eq!(answer["schema"], "evigraph/why/1");
    assert_eq!(answer["influence"][0]["source"], "survey");
    assert_eq!(answer["influence"][0]["verdict"], "unsupported");
    // Without the survey only what supports the stronger claim is left: 0.6 * 0.65.
    let left = answer["influence"][0]["degrees"]["for"].as_f64().expect("a number");
    assert!((left - 0.6 * 0.65).abs() < 1e-12);
    assert_eq!(answer["grounds"][0]["from"], "survey");
    let weight = answer["grounds"][0]["weight"].as_f64().expect("a number");
    assert!((weight - 0.95 * 0.85).abs() < 1e-12);
    let text = stdout(&evigraph(["why", &folder.arg("case.ron"), "cracked"]));
    assert!(text.contains("For it") && text.contains("Without one source"), "{text}");
}

#[test]
fn why_not_tells_what_is_short_and_by_how_much() {
    let folder = Folder::with("case.ron", CASE);
    let case = folder.arg("case.ron");
    let not = |verdict: &str| json(&evigraph(["why", &case, "cracked", "--not", verdict, "--format", "json"]));
    let supported = not("supported");
    assert_eq!(supported["schema"], "evigraph/why-not/1");
    assert_eq!(supported["verdict"], "supported");
    assert_eq!(supported["unmet"], serde_json::json!([]));
    // Nothing opposes it: the case against is 0, and serious from 0.25.
    let unmet = serde_json::json!([{ "condition": "serious", "side": "against", "has": 0.0, "needs": 0.25 }]);
    assert_eq!(not("contested")["unmet"], unmet);
    // Hyphens do for underscores, and details are understood.
    assert_eq!(not("no-evidence")["unmet"][0]["condition"], "no_case");
    let text = stdout(&evigraph(["why", &case, "cracked", "--not", "refuted"]));
    assert!(text.contains("It is not refuted: the case against it is 0.00"), "{text}");
    assert_refused(&evigraph(["why", &case, "cracked", "--not", "suported"]), "did you mean `supported`?");
}

#[test]
fn why_goes_down_as_far_as_it_is_asked() {
    let case = r#"Case(title: "Depth",
        documents: { "log": (title: "Log", kind: Cable, reliability: A) },
        claims: {
            "low": (text: "Low.", evidence: [Supports(from: "log", as: Finding)]),
            "middle": (text: "Middle.", evidence: [Supports(from: "low")]),
            "high": (text: "High.", evidence: [Supports(from: "middle")]),
        })"#;
    let folder = Folder::with("case.ron", case);
    let statements = |depth: &str| {
        let answer = json(&evigraph(["why", &folder.arg("case.ron"), "high", "--depth", depth, "--format", "json"]));
        let statements = answer["argument"]["statements"].as_object().expect("an object");
        statements.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(statements("0"), ["high"]);
    assert_eq!(statements("1"), ["high", "middle"]);
    assert_eq!(statements("9"), ["high", "low", "middle"]);
    let text = stdout(&evigraph(["why", &folder.arg("case.ron"), "high"]));
    assert!(text.contains("1 statement further down: --depth 2 goes on"), "{text}");
    // 0.95 * 0.85 * 0.65 * 0.65
    assert!(text.contains("Best case for it · 0.34"), "{text}");
}

#[test]
fn scenarios_change_the_answer_and_are_named_in_it() {
    let folder = Folder::with("case.ron", CASE);
    let case = folder.arg("case.ron");
    let verdict = |args: &[&str]| {
        let mut all = vec!["verdict", &case, "cracked", "--format", "json"];
        all.extend(args);
        json(&evigraph(all))
    };
    assert_eq!(verdict(&["--without", "survey"])["statements"][0]["verdict"], "unsupported");
    assert_eq!(verdict(&["--without", "survey"])["scenario"]["without"], serde_json::json!(["survey"]));
    assert_eq!(verdict(&["--set", "survey=0.1"])["statements"][0]["verdict"], "unsupported");
    assert_eq!(verdict(&["--only", "by:engineer"])["statements"][0]["degrees"]["for"], 0.95 * 0.85);
    assert_eq!(verdict(&["--standard", "beyond-reasonable-doubt"])["statements"][0]["verdict"], "unsupported");
    let world = verdict(&["--method", "world", "--off", "survey", "--off", "letter"]);
    assert_eq!(world["statements"][0]["degrees"]["for"], 0.0);
    assert_eq!(world["statements"][0]["settled"], Value::Null);
    assert_eq!(verdict(&["--method", "world"])["statements"][0]["degrees"]["for"], 1.0);
}

#[test]
fn a_grade_is_a_number_of_a_scenario() {
    let folder = Folder::with("case.ron", CASE);
    let with = |set: &str| stdout(&evigraph(["verdict", &folder.arg("case.ron"), "--set", set]));
    assert_eq!(with("survey=C"), with("survey=0.6"));
    assert_ne!(with("survey=C"), with("survey=0.8"));
}

/// Two links from one source are one step, and that has a number for each strength in it.
#[test]
fn no_two_lines_of_a_best_case_have_the_same_words() {
    let case = r#"Case(
        title: "T",
        documents: {
            "wire": (title: "Wire", reliability: B), "paper": (title: "Paper", reliability: B, derives_from: ["wire"]),
        },
        claims: {"c": (text: "C.", evidence: [Supports(from: ["wire", "paper"], as: Account)])},
    )"#;
    let folder = Folder::with("case.ron", case);
    let why = stdout(&evigraph(["why", &folder.arg("case.ron"), "c"]));
    let best: Vec<&str> =
        why.split("\n\n").find(|part| part.starts_with("Best case for it")).expect("it has one").lines().collect();
    assert_eq!(best, ["Best case for it · 0.52", "  0.80  wire “Wire”", "  0.65  account of wire for c"]);
    // It was not established before.
    assert!(why.contains("case for 0.52 → 0.00, and it would be without evidence either way"), "{why}");
}

/// Lost to the second witness, a refuted claim is neither: nobody had said that it was established.
#[test]
fn what_was_not_established_is_not_said_to_be_so_no_longer() {
    let case = r#"Case(
        title: "T",
        documents: {"log": (title: "Log", reliability: A)},
        claims: {"c": (text: "C.", evidence: [
            Opposes(from: "log", as: Finding), Supports(from: "log", as: Allegation, strength: Slight),
        ])},
    )"#;
    let folder = Folder::with(
        "case.ron",
        case.replace("Supports(from: \"log\"", "Supports(from: \"note\"")
            .replace("documents: {", "documents: {\"note\": (title: \"Note\", reliability: D), "),
    );
    let why = stdout(&evigraph(["why", &folder.arg("case.ron"), "c"]));
    let words = why.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("and it would be neither established nor refuted"), "{why}");
    assert!(!words.contains("and it would not be established"), "{why}");
}

/// More than one point under a label is a list.
#[test]
fn the_account_of_a_question_is_a_list() {
    let case = r#"Case(
        title: "T",
        documents: {"log": (title: "Log", reliability: A), "diary": (title: "Diary", reliability: A)},
        claims: {
            "rain": (text: "It rained.", evidence: [Supports(from: ["log", "diary"], as: Finding)]),
            "wind": (text: "It blew.", evidence: [Supports(from: ["log", "diary"], as: Finding)]),
            "hail": (text: "It hailed.", evidence: [Supports(from: "diary", as: Allegation)]),
        },
        questions: {"q": (text: "Was there a storm?", claims: ["rain", "wind", "hail"])},
    )"#;
    let folder = Folder::with("case.ron", case);
    for command in ["verdict", "settled", "why"] {
        let account = stdout(&evigraph([command, &folder.arg("case.ron"), "q"]));
        let lines: Vec<&str> = account.lines().skip_while(|line| *line != "  Confirmed:").collect();
        assert_eq!(lines[1..3].iter().map(|line| &line[..7]).collect::<Vec<_>>(), ["  - “", "  - “"], "{account}");
        assert!(lines.iter().any(|line| line.starts_with("  Not established: “It hailed”.")), "{account}");
    }
}

#[test]
fn wrong_arguments_are_refused_with_a_way_out() {
    let folder = Folder::with("case.ron", CASE);
    let case = folder.arg("case.ron");
    assert_refused(&evigraph(["verdict", &case, "crakced"]), "did you mean `cracked`?");
    assert_refused(&evigraph(["why", &case, "survey"]), "`survey` is a document");
    assert_refused(&evigraph(["verdict", &case, "--without", "surve"]), "did you mean `survey`?");
    assert_refused(&evigraph(["verdict", &case, "--set", "survey=2"]), "not from 0 to 1");
    assert_refused(&evigraph(["verdict", &case, "--set", "survey=NaN"]), "not from 0 to 1");
    assert_refused(&evigraph(["verdict", &case, "--set", "survey=Weak"]), "neither a number nor a grade from A to F");
    assert_refused(&evigraph(["verdict", &case, "--set", "survey"]), "has no `=`");
    assert_refused(&evigraph(["why", &case]), "name a claim, relationship or question behind the case");
    assert_refused(&evigraph(["why", &case, "nothing-like-it"]), "`cracked`");
    let twice = ["verdict", &case, "--set", "survey=0.1", "--set", "letter=0.1", "--set", "survey=0.1"];
    assert_refused(&evigraph(twice), "`survey` is given two numbers");
    assert_refused(&evigraph(["verdict", &case, "--only", "tag:nothing"]), "no document with the tag `nothing`");
    assert_refused(&evigraph(["verdict", &case, "--only", "kind:Book"]), "no document of the case matches");
    assert_refused(&evigraph(["verdict", &case, "--only", "colour:red"]), "there is no key `colour`");
    assert_refused(&evigraph(["verdict", &case, "--standard", "likely"]), "the standards are");
    assert_refused(&evigraph(["verdict", &case, "--off", "survey"]), "--method world");
    assert_refused(&evigraph(["settled", &case, "cracked", "--method", "world"]), "all worlds");
    assert_refused(&evigraph(["verdict", &case, "--method", "magic"]), "possible values");
    assert_refused(&evigraph(["verdict", &case, "--frobnicate"]), "--frobnicate");
    assert_refused(&evigraph(["judge", &case]), "unrecognized subcommand");
    assert_refused(&evigraph::<&str>([]), "Usage");
}

#[test]
fn what_cannot_be_read_is_refused() {
    let folder = Folder::with("empty.txt", "");
    for command in ["verdict", "check"] {
        assert_refused(&evigraph([command, &folder.arg("missing.ron")]), "missing.ron");
        assert_refused(&evigraph([command, &folder.arg(".")]), "case.ron");
    }
}

#[test]
fn a_case_with_errors_is_told_by_check_and_refused_by_all_else() {
    let hostile: [(&str, Vec<u8>); 7] = [
        ("empty", Vec::new()),
        ("junk", (0..=255).cycle().take(4096).collect()),
        ("nested", [b"Case(claims: {\"a\": ".to_vec(), vec![b'['; 10_000]].concat()),
        ("passwd", b"Case(title: \"x\", includes: [\"/etc/passwd\"])".to_vec()),
        ("up", b"Case(title: \"x\", includes: [\"../../../../etc/passwd\"])".to_vec()),
        ("control", b"Case(title: \"x\", claims: {\"a\x1b[31m\": (text: \"t\")})".to_vec()),
        ("nan", b"Case(title: \"x\", documents: {\"d\": (title: \"t\", reliability: NaN)})".to_vec()),
    ];
    for (name, text) in hostile {
        let folder = Folder::with("case.ron", text);
        let target = folder.arg("out.json");
        let told = evigraph(["check", &folder.arg("case.ron"), "--format", "json"]);
        assert_eq!(code(&told), 1, "{name}: {}", stderr(&told));
        let diagnostics = json(&told);
        assert!(diagnostics["diagnostics"].as_array().is_some_and(|all| !all.is_empty()), "{name}");
        let refused = evigraph(["verdict", &folder.arg("case.ron"), "-o", &target]);
        assert_refused(&refused, "error");
        assert!(!stderr(&refused).contains("\u{1b}"), "{name}: a terminal code got through");
        assert!(!folder.path("out.json").exists(), "{name}: something was written");
        let listed = stderr(&refused) + &stdout(&told);
        assert!(!listed.contains("root:"), "{name}: a file outside the case was read");
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_does_not_lead_out_of_the_folder() {
    let outside = Folder::with("secret.ron", "Case(claims: {\"secret\": (text: \"t\")})");
    let folder = Folder::with("case.ron", "Case(title: \"x\", includes: [\"link.ron\"])");
    std::os::unix::fs::symlink(outside.path("secret.ron"), folder.path("link.ron")).expect("a link is made");
    let output = evigraph(["check", &folder.arg("."), "--format", "json"]);
    assert_eq!(code(&output), 1);
    assert_eq!(json(&output)["diagnostics"][0]["code"], "include-outside");
}

#[test]
fn standard_input_is_a_case() {
    let output = piped(&["verdict", "-", "--format", "json"], CASE.as_bytes());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(json(&output)["statements"][0]["verdict"], "supported");
    let broken = piped(&["check", "-", "--format", "short"], b"Case(title: 3)");
    assert_eq!(code(&broken), 1);
    assert!(stdout(&broken).contains("error["), "{}", stdout(&broken));
}

#[test]
fn an_answer_is_written_whole_or_not_at_all() {
    let folder = Folder::with("case.ron", CASE);
    let target = folder.arg("answer.json");
    let output = evigraph(["verdict", &folder.arg("case.ron"), "--format", "json", "-o", &target]);
    assert_eq!((code(&output), stdout(&output).as_str()), (0, ""));
    let written = fs::read_to_string(folder.path("answer.json")).expect("it was written");
    assert_eq!(serde_json::from_str::<Value>(&written).expect("whole JSON")["schema"], "evigraph/verdicts/1");
    let nowhere = folder.arg("no-such-folder/answer.json");
    assert_refused(&evigraph(["verdict", &folder.arg("case.ron"), "-o", &nowhere]), "cannot write");
    let left: Vec<_> = fs::read_dir(folder.0.path()).expect("the folder is there").collect();
    assert_eq!(left.len(), 2, "no temporary file is left: {left:?}");
}

#[test]
fn colour_follows_the_flag_and_no_color() {
    let folder = Folder::with("case.ron", CASE);
    let args = |when: &str| ["verdict".to_owned(), folder.arg("case.ron"), "--color".to_owned(), when.to_owned()];
    assert!(stdout(&evigraph(args("always"))).contains('\u{1b}'));
    assert!(!stdout(&evigraph(args("never"))).contains('\u{1b}'));
    let quiet = command(args("auto")).env("CLICOLOR_FORCE", "0").env("NO_COLOR", "1").output().expect("it runs");
    assert!(!stdout(&quiet).contains('\u{1b}'));
}

#[test]
fn hostile_words_do_not_reach_the_terminal() {
    let hostile = CASE
        .replace("The bridge is cracked.", "The \\u{1b}[2Jbridge \\u{202e}is cracked.")
        .replace("A bridge", "A \\u{7}bridge")
        .replace("The survey", "The \\u{9b}survey");
    let folder = Folder::with("case.ron", hostile);
    for args in [vec!["verdict"], vec!["why", "cracked"], vec!["settled", "cracked"]] {
        let mut all = vec![args[0].to_owned(), folder.arg("case.ron")];
        all.extend(args[1..].iter().map(|&arg| arg.to_owned()));
        let text = stdout(&evigraph(all));
        assert!(text.contains("bridge"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{9b}']), "{text:?}");
    }
}

/// Entries of a case's sections, so that they can be put in another order.
fn reordered(forward: bool) -> String {
    let order = |mut entries: Vec<&str>| {
        if !forward {
            entries.reverse();
        }
        entries.join(",\n")
    };
    let documents = order(vec![
        r#""a": (title: "A", reliability: B, withheld: Partial)"#,
        r#""b": (title: "B", reliability: B, derives_from: ["w"])"#,
        r#""c": (title: "C", reliability: A, derives_from: ["a", "b"])"#,
    ]);
    let claims = order(vec![
        r#""one": (text: "One.", rivals: ["two"], evidence: [Supports(from: "a"), Supports(from: "c")])"#,
        r#""two": (text: "Two.", evidence: [Supports(from: "c", as: Finding)])"#,
        r#""three": (text: "Three.", any_of: ["one", "two"])"#,
    ]);
    let sections = order(vec!["actors", "questions"]);
    let actors = r#"actors: {"w": (name: "W", reliability: C)}"#;
    let questions = r#"questions: {"q": (text: "Q?", claims: ["three", "one"], headline: "one")}"#;
    let rest = if sections.starts_with("actors") {
        format!("{actors}, {questions}")
    } else {
        format!("{questions}, {actors}")
    };
    format!("Case(title: \"Order\", {rest}, claims: {{\n{claims}\n}}, documents: {{\n{documents}\n}})")
}

#[test]
fn the_order_of_entries_changes_no_byte_of_the_answer() {
    let (one, other) = (Folder::with("case.ron", reordered(true)), Folder::with("case.ron", reordered(false)));
    for args in [
        vec!["verdict"],
        vec!["verdict", "--format", "json"],
        vec!["why", "one"],
        vec!["why", "one", "--format", "json"],
    ] {
        let answer = |folder: &Folder| {
            let mut all = vec![args[0].to_owned(), folder.arg("case.ron")];
            all.extend(args[1..].iter().map(|&arg| arg.to_owned()));
            stdout(&evigraph(all))
        };
        assert!(!answer(&one).is_empty());
        assert_eq!(answer(&one), answer(&other), "{args:?}");
    }
}

#[test]
fn the_order_of_files_changes_no_byte_of_the_answer() {
    let (documents, claims) = (
        r#"Case(documents: {"a": (title: "A", reliability: B)})"#,
        r#"Case(claims: {"one": (text: "One.", evidence: [Supports(from: "a")])})"#,
    );
    let mut answers = Vec::new();
    for includes in [r#"["x.ron", "y.ron"]"#, r#"["y.ron", "x.ron"]"#] {
        let folder = Folder::with("case.ron", format!("Case(title: \"Files\", includes: {includes})"));
        fs::write(folder.path("x.ron"), documents).expect("written");
        fs::write(folder.path("y.ron"), claims).expect("written");
        let output = evigraph(["verdict", &folder.arg("."), "--format", "json"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        answers.push(stdout(&output));
    }
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn shipped_cases_are_well_formed_and_come_out_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("graphs/").map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    assert!(cases.len() >= 19, "two large cases, five of different trades and twelve to learn from");
    for case in cases {
        let output = evigraph([OsStr::new("check"), case.as_os_str()]);
        assert_eq!(code(&output), 0, "{}", stdout(&output));
    }
}

#[test]
fn the_article_gets_its_nuanced_verdict() {
    let output = evigraph(["verdict", &graph("declassified"), "--format", "json"]);
    let answer = json(&output);
    assert_eq!(answer["questions"][0]["finding"], "nuanced");
    let headline = answer["questions"][0]["headline"].as_str().expect("an id").to_owned();
    let statements = answer["statements"].as_array().expect("statements");
    let headline = statements.iter().find(|one| one["id"] == headline.as_str()).expect("the headline");
    assert_eq!(headline["detail"], "insufficient");
    assert_eq!(headline["settled"], false);
    let reasons: Vec<&str> =
        headline["reasons"].as_array().into_iter().flatten().filter_map(|one| one["reason"].as_str()).collect();
    assert!(reasons.contains(&"withheld"), "{reasons:?}");
}

#[test]
fn settled_without_an_id_answers_for_the_headline_of_every_question() {
    let two = CASE.replace(
        "claims: [\"cracked\", \"unsafe\"])",
        "claims: [\"cracked\", \"unsafe\"]), \"p\": (text: \"Is it sound?\", claims: [\"cracked\"])",
    );
    let folder = Folder::with("case.ron", two);
    let text = evigraph(["settled", &folder.arg("case.ron")]);
    assert_eq!(code(&text), 1, "{}", stderr(&text));
    for words in ["Is it safe?", "Is it sound?", "unsafe (claim)", "cracked (claim)"] {
        assert!(stdout(&text).contains(words), "{words}: {}", stdout(&text));
    }
    let all = json(&evigraph(["settled", &folder.arg("case.ron"), "--format", "json"]));
    assert_eq!(all["schema"], "evigraph/settled-headlines/1");
    assert_eq!(all["settled"], false);
    for (at, question) in ["p", "q"].into_iter().enumerate() {
        let one = json(&evigraph(["settled", &folder.arg("case.ron"), question, "--format", "json"]));
        for field in ["id", "settled", "reasons", "degrees", "question"] {
            assert_eq!(all["headlines"][at][field], one[field], "{question} {field}");
        }
    }
    let open = |standard: &str| {
        let case = format!(
            "Case(title: \"A bridge\", standard: {standard}, documents: {{\"a\": (title: \"A\", kind: Memorandum, \
             reliability: A), \"b\": (title: \"B\", kind: Memorandum, reliability: A)}}, claims: {{\"c\": (text: \
             \"It is cracked.\", evidence: [Supports(from: [\"a\", \"b\"], as: Finding)])}}, questions: {{\"q\": (text: \
             \"Is it?\", claims: [\"c\"])}})"
        );
        code(&piped(&["settled", "-"], case.as_bytes()))
    };
    // Two findings make 1 - (1 - 0.85 · 0.95)² = 0.96, one alone 0.81: over 0.5, and under 0.9.
    assert_eq!((open("Preponderance"), open("BeyondReasonableDoubt")), (0, 1));
    let no_question = piped(&["settled", "-"], b"Case(title: \"A\", claims: {\"c\": (text: \"T.\")})");
    assert_refused(&no_question, "asks no question");
}

/// `docs/cli.md` is the program's own help. `UPDATE_DOCS=1` rewrites it.
#[test]
fn the_page_on_the_command_line_is_what_the_program_says() {
    let mut page = String::from(
        "# The command line\n\nThis page is made from the program's own help by `tests/cli.rs`: what `evigraph help COMMAND` \
         prints. `evigraph COMMAND --help` has the same on one screen, and `evigraph man DIR` writes it as manual pages.\n\n\
         Exit codes: 0 for yes or an answer given; 1 for no (a check that failed, a statement that is open, a \
         comparison in which a verdict changed); 2 for wrong usage, a file that cannot be read and, in all commands but `check`, a case with errors in it; 3 where only a part \
         of the answer could be given within `--max-time` or `--max-memory`, which the answer and standard error say. With \
         exit 2 the message is on standard error, nothing is on standard output, and no file is written.\n",
    );
    let questions =
        ["documents", "sources", "collections", "claims", "actors", "readings", "paths", "derives", "open", "coverage"];
    let commands = [
        "",
        "new",
        "check",
        "verdict",
        "settled",
        "why",
        "diagram",
        "report",
        "query",
        "quotes",
        "compare",
        "sample",
        "merge",
        "import",
        "export",
        "fmt",
        "explain",
        "lsp",
        "completions",
        "man",
        "schema",
        "export json",
        "watch",
        "export parquet",
        "export csv",
        "export csl",
        "export ftm",
        "export claimreview",
        "export graphml",
        "export gexf",
        "export problog",
    ]
    .map(str::to_owned);
    for command in commands.into_iter().chain(questions.map(|question| format!("query CASE {question}"))) {
        let args = ["help"].into_iter().chain(command.split_whitespace().filter(|word| *word != "CASE"));
        let help = stdout(&self::command(args).env("COLUMNS", "100").output().expect("it runs"));
        let title = format!("evigraph {command}");
        page += &format!("\n## `{}`\n\n```text\n{}\n```\n", title.trim(), help.trim_end());
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().expect("docs")).expect("docs is there");
        fs::write(&path, &page).expect("docs/cli.md is written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/cli.md is stale: run `UPDATE_DOCS=1 cargo test cli::`");
}

/// A passage that only a rival bears on was missed where a statement was asked for by itself.
#[test]
fn a_statement_asked_for_by_itself_has_the_reasons_that_it_has_among_all() {
    let folder = Folder::with(
        "case.ron",
        r#"Case(title: "Rivals", documents: {"d": (title: "D", reliability: 1, withheld: 0.5, bears_on: ["whole"])},
        claims: {
            // 0.9 against 0.5, and against 1 - 0.5 * 0.5 where the passage speaks for a rival: then nothing outweighs.
            "one": (text: "One.", evidence: [Supports(from: "d", strength: 0.9)]),
            "other": (text: "Other.", evidence: [Supports(from: "d", strength: 0.5)], rivals: ["one"]),
            "whole": (text: "Whole.", any_of: ["other"], rivals: ["one"]),
        })"#,
    );
    let all = json(&evigraph(["verdict", &folder.arg("case.ron"), "--format", "json"]));
    for statement in all["statements"].as_array().expect("statements") {
        let id = statement["id"].as_str().expect("an id");
        let alone = json(&evigraph(["settled", &folder.arg("case.ron"), id, "--format", "json"]));
        assert_eq!(alone["reasons"], statement["reasons"], "{id}");
        assert!(alone["reasons"].to_string().contains("withheld"), "{id}: {}", alone["reasons"]);
    }
}

/// Withheld material that would close a loop of attacks changed verdicts that are computed without it.
#[test]
fn leaving_out_settled_changes_no_verdict() {
    let loops = r#"Case(title: "Loops", documents: {
        "w": (title: "W", reliability: 1, impeached_by: [(from: "d", strength: 1), (from: "y", strength: 1)]),
        "d": (title: "D", reliability: 1, derives_from: ["w"]),
        "ds": (title: "DS", reliability: 1), "dt": (title: "DT", reliability: 0.6),
        "du": (title: "DU", reliability: 0.9), "dr": (title: "DR", reliability: 0.5),
        "p": (title: "P", reliability: 1, withheld: 0.5, bears_on: ["y"], impeached_by: [(from: "t", strength: 1)]),
    }, claims: {
        "t": (text: "T.", rivals: ["u"], evidence: [
            Opposes(from: "ds", strength: 1, undercut_by: [(from: "d", strength: 1)]), Supports(from: "dt", strength: 1),
        ]),
        "u": (text: "U.", evidence: [Supports(from: "du", strength: 1)]),
        "q": (text: "Q.", rivals: ["r"], evidence: [Supports(from: "p", strength: 1)]),
        "r": (text: "R.", evidence: [Supports(from: "dr", strength: 1)]),
        "y": (text: "Y."),
    }, inferences: {
        "i1": (given: ["r"], to: "y", effect: Supports, strength: 0.5),
        "i2": (given: ["r"], to: "y", effect: Opposes, strength: 0.5),
    })"#;
    let folder = Folder::with("case.ron", loops);
    let with = json(&evigraph(["verdict", &folder.arg("case.ron"), "--format", "json"]));
    let without = json(&evigraph(["verdict", &folder.arg("case.ron"), "--no-settled", "--format", "json"]));
    for (with, without) in
        with["statements"].as_array().into_iter().flatten().zip(without["statements"].as_array().into_iter().flatten())
    {
        assert_eq!((&with["id"], &with["detail"]), (&without["id"], &without["detail"]));
    }
    assert_eq!(with["statements"][3]["id"], "u");
    assert_eq!(with["statements"][3]["detail"], "established");
}

/// Merging the numbers of a long chain went as deep as the chain.
#[test]
fn a_long_chain_of_inferences_does_not_exhaust_the_stack() {
    const LONG: usize = 20_000;
    let claims: String = (0..LONG).map(|n| format!("\"c{n}\": (text: \"Claim {n}.\"),\n")).collect();
    let steps = (1..LONG)
        .map(|n| format!("\"i{n}\": (given: [\"c{}\"], to: \"c{n}\", effect: Supports, strength: 1),\n", n - 1));
    let steps: String = steps.collect();
    let text = format!(
        "Case(title: \"A chain\", documents: {{\"d\": (title: \"D\", reliability: A, withheld: Partial, bears_on: [\"c0\"])}}, \
         claims: {{\n{claims}}}, inferences: {{\n\"i0\": (given: [\"d\"], to: \"c0\", effect: Supports, strength: 1),\n{steps}}})"
    );
    let folder = Folder::with("case.ron", text);
    let last = format!("c{}", LONG - 1);
    let answer = json(&evigraph(["verdict", &folder.arg("case.ron"), &last, "--format", "json"]));
    assert_eq!(answer["statements"][0]["degrees"]["for"], 0.95);
}

#[test]
fn the_format_of_a_picture_follows_from_the_ending_of_the_file() {
    let folder = Folder::with("case.ron", CASE);
    let starts: [(&str, &[u8]); 7] = [
        ("a.svg", b"<svg "),
        ("a.png", b"\x89PNG"),
        ("a.pdf", b"%PDF-"),
        ("a.dot", b"digraph "),
        ("a.GV", b"digraph "),
        ("a.mmd", b"%% A bridge"),
        ("a.html", b"<!doctype html>"),
    ];
    for (name, start) in starts {
        let output = evigraph(["diagram", &folder.arg("case.ron"), "-o", &folder.arg(name)]);
        assert_eq!(code(&output), 0, "{name}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
        assert!(fs::read(folder.path(name)).expect("it is written").starts_with(start), "{name}");
    }
    let output = evigraph(["diagram", &folder.arg("case.ron"), "--format", "mermaid"]);
    assert!(stdout(&output).contains("\nflowchart BT\n"), "{}", stdout(&output));
    let output = evigraph(["diagram", &folder.arg("case.ron"), "-o", &folder.arg("a.txt")]);
    assert_refused(&output, "the ending of");
    assert!(!folder.path("a.txt").exists());
}

#[test]
fn what_a_picture_leaves_out_is_reported_on_standard_error() {
    let folder = Folder::with("case.ron", CASE);
    let output = evigraph(["diagram", &folder.arg("case.ron")]);
    // The one actor issued a document, and is nothing that a claim depends on.
    assert_eq!(stderr(&output), "note: Not drawn: 1 actor. --view all draws everything.\n");
    assert!(stdout(&output).contains("Not drawn: 1 actor."), "and under the picture");
    let output = evigraph(["diagram", &folder.arg("case.ron"), "--view", "all"]);
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_picture_without_anything_in_it_is_refused() {
    let folder = Folder::with("case.ron", CASE);
    let case = folder.arg("case.ron");
    assert_refused(&evigraph(["diagram", &case, "--view", "actors"]), "nothing of the case is drawn");
    assert_refused(&evigraph(["diagram", &case, "--view", "sources", "--focus", "q"]), "`q` is not drawn in the view");
    assert_refused(&evigraph(["diagram", &case, "--focus", "crackd"]), "did you mean `cracked`?");
    assert_refused(
        &evigraph(["diagram", &case, "--select", "kind:Cabel"]),
        "--select: there is no kind of document `Cabel`",
    );
    assert_refused(&evigraph(["diagram", &case, "--engine", "dot", "--format", "html"]), "--engine is for");
    assert_refused(&evigraph(["diagram", &case, "--hops", "1"]), "--focus");
}

#[test]
fn without_graphviz_its_engine_says_what_to_do() {
    let folder = Folder::with("case.ron", CASE);
    let mut command = command(["diagram", &folder.arg("case.ron"), "--engine", "dot"]);
    let output = command.env("PATH", folder.path("nothing")).output().expect("the program runs");
    assert_refused(&output, "Graphviz cannot be started");
    assert!(stderr(&output).contains("install it"), "{}", stderr(&output));
    // Without it, the picture is laid out in process.
    let mut command = self::command(["diagram", &folder.arg("case.ron")]);
    assert_eq!(code(&command.env("PATH", folder.path("nothing")).output().expect("the program runs")), 0);
}

#[test]
fn changes_of_a_scenario_show_in_the_picture() {
    let folder = Folder::with("case.ron", CASE);
    let output = evigraph(["diagram", &folder.arg("case.ron"), "--without", "survey", "--format", "mermaid"]);
    assert!(stdout(&output).contains("what if: without survey"), "{}", stdout(&output));
    // Without the survey only the letter is left, for the stronger claim and so for the weaker: 0.6 * 0.65 = 0.39.
    assert!(stdout(&output).contains("The bridge is cracked.</b><br/>for 0.39"), "{}", stdout(&output));
}

#[test]
fn lines_of_json_say_what_the_whole_says() {
    let case = graph("strong-and-weak.ron");
    let whole = json(&evigraph(["verdict", &case, "--format", "json"]));
    let lines = stdout(&evigraph(["verdict", &case, "--format", "jsonl"]));
    let mut lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let end = lines.pop().expect("a last line");
    assert_eq!(end["line"], "end");
    assert_eq!(end["method"], whole["method"]);
    assert_eq!(end["unanswered"], 0);
    assert_eq!(lines.remove(0)["case"], whole["case"]);
    let of = |kind: &str| -> Vec<Value> {
        let mut of: Vec<Value> = lines.iter().filter(|line| line["line"] == kind).cloned().collect();
        of.iter_mut().for_each(|line| drop(line.as_object_mut().expect("an object").remove("line")));
        of
    };
    assert_eq!(Value::from(of("statement")), whole["statements"]);
    assert_eq!(Value::from(of("question")), whole["questions"]);
    assert_eq!(of("statement").len() + of("question").len(), lines.len());
}

#[test]
fn sampled_degrees_come_with_what_they_lie_in() {
    let ask = |seed: &str| {
        let args = ["verdict", "--method", "sampled", "--half-width", "0.02", "--format", "json", "--seed", seed];
        json(&evigraph(args.into_iter().chain([graph("two-sources.ron").as_str()])))
    };
    let (one, again, other) = (ask("1"), ask("1"), ask("2"));
    assert_eq!(one, again);
    assert_ne!(one, other);
    let method = &one["method"];
    assert_eq!((&method["name"], &method["half_width"], &method["seed"]), (&"sampled".into(), &0.02.into(), &1.into()));
    // 1 / (2 * 0.02) squared, times 2.58 squared, is about 4,160 worlds.
    assert!((4_000..6_000).contains(&method["worlds"].as_u64().expect("a number")), "{method}");
    let statement = &one["statements"][0];
    let [low, high] = [0, 1].map(|end| statement["within"]["case_for"][end].as_f64().expect("a number"));
    let case_for = statement["case_for"].as_f64().expect("a number");
    // Two independent sources: 1 - (1 - 0.80 * 0.85) * (1 - 0.80 * 0.65) = 0.8464.
    assert!(low <= case_for && case_for <= high && low <= 0.8464 && 0.8464 <= high, "{statement}");
    assert!(high - low <= 0.04, "{statement}");
    // Without the better source the case is 0.80 * 0.65 = 0.52, and 0.75 is asked.
    assert_eq!((&statement["settled"], &statement["settled_from"]), (&false.into(), &"sampled worlds".into()));
    assert_eq!(statement["reasons"][0]["reason"], "single_source");
}

#[test]
fn what_could_be_is_reported_where_the_bounds_do_not_decide() {
    let ask = |standard: &str| {
        let case = graph("two-sources.ron");
        let found = ["verdict", &case, "--method", "bounds", "--format", "json", "--standard", standard];
        json(&evigraph(found))["statements"][0].clone()
    };
    // Whatever the dependence, from the better of the two, 0.80 + 0.85 - 1 = 0.65, to 1.
    let statement = ask("preponderance");
    assert_eq!(statement["detail"], "established");
    assert_eq!(statement.get("could_be"), None);
    let low = statement["within"]["case_for"][0].as_f64().expect("a number");
    assert!((low - 0.65).abs() < 1e-12, "{low}");
    let statement = ask("clear-and-convincing");
    assert_eq!((&statement["verdict"], &statement["detail"]), (&"undecided".into(), &"undecided".into()));
    assert_eq!(statement["could_be"], serde_json::json!(["established", "insufficient"]));
}

#[test]
fn settled_is_asked_of_probabilities_and_of_bounds() {
    let case = graph("two-sources.ron");
    let sampled = evigraph(["settled", &case, "closed", "--method", "sampled"]);
    assert_eq!(code(&sampled), 1, "without either source less than 0.75 is left");
    assert!(stdout(&sampled).contains("open, from sampled worlds at 99 %"), "{}", stdout(&sampled));
    let independent = evigraph(["settled", &case, "closed", "--method", "independent"]);
    assert_refused(&independent, "--whatever-the-dependence");
    let bounds = evigraph(["settled", &case, "closed", "--whatever-the-dependence"]);
    assert_eq!(code(&bounds), 1, "the bounds begin at 0.65, and 0.75 is asked");
    assert!(stdout(&bounds).contains("not settled for sure"));
}

#[test]
fn a_ceiling_of_time_ends_with_a_message_and_nothing_else() {
    let folder = Folder::with("case.ron", CASE);
    let output = evigraph(["verdict", &folder.arg("case.ron"), "--max-time", "0", "-o", &folder.arg("answer")]);
    assert_refused(&output, "give it more time or memory");
    assert!(!folder.path("answer").exists());
    let enough = evigraph(["verdict", &folder.arg("case.ron"), "--max-time", "3600", "--max-memory", "16GB"]);
    assert_eq!(code(&enough), 0);
    for wrong in [["--max-memory", "5"], ["--max-time", "-1"], ["--half-width", "0"], ["--confidence", "1"]] {
        let args = ["verdict".to_owned(), folder.arg("case.ron"), format!("{}={}", wrong[0], wrong[1])];
        assert_eq!(code(&evigraph(args)), 2, "{wrong:?}");
    }
}

#[cfg(not(feature = "columns"))]
#[test]
fn without_the_feature_it_is_said_how_tables_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("case.json"), "{}").expect("it can be written");
    fs::write(folder.path().join("actors.parquet"), "").expect("it can be written");
    let tables = folder.path().to_str().expect("a plain path");
    for args in [&["export", "parquet", "graphs/two-sources.ron", "tables"][..], &["verdict", tables]] {
        let output = evigraph(args);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("--features columns"), "{output:?}");
    }
}
