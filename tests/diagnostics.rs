//! What is reported about broken cases: `tests/bad` has one for every code, with the message and the JSON beside it.
//!
//! `SNAPSHOTS=overwrite cargo test diagnostics::` writes them anew. The name of a case is its code; what stands
//! behind a `+` only tells several cases of one code apart.

use std::fs;
use std::path::{Path, PathBuf};

use evigraph::Probability;
use evigraph::internals::authoring::{Input, LARGEST, LoadError, Loaded, load};
use evigraph::internals::diagnostic::{Code, Diagnostic, Diagnostics, Look, Severity, human, json, short};
use evigraph::internals::lint::{check, verdict_diagnostics};
use evigraph::quotations::verify_quotes;
use evigraph::{Disk, Engine, Scenario};
use proptest::prelude::*;
use snapbox::data::DataFormat;

/// Codes that only verdicts lead to.
const OF_VERDICTS: [&str; 9] = [
    "expectation-failed",
    "unrated-documents",
    "one-sided",
    "allegations-only",
    "generalisation-alone",
    "hangs-on-default",
    "one-dissenter",
    "reversed-entailment",
    "unused-allow",
];

/// Codes whose cases are too large to keep, or of no case: tests below make them, `tests/budget.rs`, and those of imports.
const MADE: [&str; 4] = ["not-imported", "too-complex", "too-large", "too-many"];

/// A broken case of `tests/bad`.
struct Bad {
    code: String,
    name: String,
    path: PathBuf,
}

fn bad_cases() -> Vec<Bad> {
    let paths =
        fs::read_dir("tests/bad").expect("tests/bad is there").map(|entry| entry.expect("it can be read").path());
    let cases = paths.filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "ron"));
    let mut cases: Vec<Bad> = cases.map(bad_case).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn bad_case(path: PathBuf) -> Bad {
    let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
    Bad { code: name.split('+').next().unwrap_or_default().to_owned(), name, path }
}

impl Bad {
    fn open(&self) -> Loaded {
        let name = self.path.display().to_string();
        let input = match self.code.as_str() {
            "include-refused" => Input::Bytes { name, bytes: fs::read(&self.path).expect("it can be read") },
            _ => Input::Path(self.path.clone()),
        };
        let mut loaded = load(input).expect("it can be opened");
        // None of these copies is a PDF.
        verify_quotes(&mut loaded, &Disk, |_, _| unreachable!());
        if let Some(case) = loaded.case.as_ref().filter(|_| self.is_of_verdicts()) {
            let judged = verdict_diagnostics(&Engine::new(case, Scenario::default()));
            loaded.diagnostics.extend(loaded.allowances.silence(judged));
            loaded.diagnostics.extend(loaded.allowances.unused(&loaded.sources));
        }
        loaded
    }

    fn is_of_verdicts(&self) -> bool {
        OF_VERDICTS.contains(&self.code.as_str())
    }
}

fn read(text: &str) -> Loaded {
    load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text can be read")
}

fn codes(loaded: &Loaded) -> Vec<&'static str> {
    loaded.diagnostics.iter().map(|problem| problem.code.name()).collect()
}

/// The words that a problem underlines.
fn words<'l>(loaded: &'l Loaded, problem: &Diagnostic) -> &'l str {
    loaded.sources.text(problem.span.expect("it has a place"))
}

/// A folder with files for one test, and nothing else in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    folder
}

#[test]
fn every_broken_case_is_reported_as_before() {
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    for bad in bad_cases() {
        let Loaded { diagnostics, sources, .. } = bad.open();
        let beside = |extension: &str| {
            let path = format!("tests/bad/{}.{extension}", bad.name);
            snapbox::Data::read_from(Path::new(&path), Some(DataFormat::Text)).raw()
        };
        assert.eq(human(&diagnostics, &sources, Look::default()), beside("txt"));
        assert.eq(json([(&diagnostics[..], &sources)]), beside("json"));
    }
}

#[test]
fn every_broken_case_has_its_code_and_no_other() {
    for bad in bad_cases() {
        let loaded = bad.open();
        let codes = codes(&loaded);
        assert!(!codes.is_empty() && codes.iter().all(|code| *code == bad.code), "{}: {codes:?}", bad.name);
        let severity = Code::from_name(&bad.code).map(Code::severity);
        let is_lost = severity == Some(Severity::Error) && !bad.is_of_verdicts();
        assert_eq!(loaded.case.is_none(), is_lost, "{}", bad.name);
    }
}

#[test]
fn every_code_has_a_broken_case() {
    let cases = bad_cases();
    let kept = Code::ALL.iter().map(|code| code.name());
    for code in kept.filter(|code| !MADE.contains(code)) {
        assert!(cases.iter().any(|bad| bad.code == code), "tests/bad has no case for `{code}`");
    }
}

#[test]
fn everything_reported_of_a_broken_case_has_a_place_and_a_way_out() {
    for bad in bad_cases() {
        for problem in bad.open().diagnostics {
            assert!(problem.span.is_some() && problem.help.is_some(), "{}: {problem:?}", bad.name);
            assert!(!problem.message.contains(&format!("[{}]", bad.code)), "no codes in messages: {problem:?}");
        }
    }
}

/// What is reported about an input that was once judged wrong: the codes, and the words that each underlines.
fn reported(name: &str) -> Vec<(&'static str, String)> {
    let path = Path::new("tests/inputs").join(name).with_extension("ron");
    let loaded = check(load(Input::Path(path)).expect("it can be opened"));
    let reported = loaded.diagnostics.iter();
    reported.map(|problem| (problem.code.name(), words(&loaded, problem).to_owned())).collect()
}

#[test]
fn a_julian_leap_day_takes_no_verdict_away() {
    assert!(reported("leap-day").is_empty());
}

#[test]
fn ids_are_words_of_any_script() {
    let found = reported("ids-of-many-scripts");
    assert_eq!(found.len(), 8, "all but the one that is used");
    assert!(found.iter().all(|(code, _)| *code == "unused"), "{found:?}");
}

#[test]
fn however_an_id_is_typed_it_is_the_same() {
    let case = |declared: &str, named: &str| {
        format!(
            r#"Case(title: "T", documents: {{"{declared}": (title: "D")}}, claims: {{"c": (text: "C", evidence: [Supports(from: "{named}")])}})"#
        )
    };
    for (declared, named) in [("đặt", "đa\u{323}\u{306}t"), ("đa\u{306}\u{323}t", "đặt")] {
        let loaded = read(&case(declared, named));
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        assert!(loaded.case.is_some_and(|case| case.source(declared).is_some() && case.source(named).is_some()));
    }
    let twice = r#"Case(title: "T", claims: {"caf\u{e9}": (text: "C"), "cafe\u{301}": (text: "D")})"#;
    assert_eq!(codes(&read(twice)), ["duplicate-id"]);
}

#[test]
fn a_text_may_go_on_on_the_next_line() {
    let path = Path::new("tests/inputs/text-over-two-lines.ron");
    let case = load(Input::Path(path.to_owned())).expect("it can be opened").case.expect("it is sound");
    let claim = case.statement("ink-modern").expect("it is there");
    assert_eq!(case.statements[claim].text, "The ink is of the twentieth century.");
}

#[test]
fn what_is_written_twice_is_reported_each() {
    let found = reported("written-twice");
    for (code, words) in [
        ("same-source", "smith-2010-pdf"),
        ("no-evidence", "k4"),
        ("same-text", "k4"),
        ("same-inference", "test-2-again"),
    ] {
        assert!(found.iter().any(|one| one.0 == code && one.1 == words), "{code}: {found:?}");
    }
}

#[test]
fn what_is_well_said_is_not_remarked_on() {
    assert!(reported("exhibit-and-account").is_empty(), "an exhibit needs no other origin");
    assert!(reported("refuted-by-a-rival").is_empty(), "what a rival refutes is not without evidence");
}

#[test]
fn every_warning_says_which_entries_it_is_about() {
    let of_no_entry = ["byte-order-mark", "ignored-field", "unused-allow"];
    for bad in bad_cases().into_iter().filter(|bad| !of_no_entry.contains(&bad.code.as_str())) {
        let Loaded { diagnostics, case: Some(case), .. } = bad.open() else { continue };
        for problem in diagnostics {
            assert!(!problem.about.is_empty(), "{}: {problem:?}", bad.name);
            let known = |id: &String| case.keys().any(|key| key.as_str() == id);
            assert!(problem.about.iter().all(known), "{}: {:?}", bad.name, problem.about);
        }
    }
}

#[test]
fn one_line_for_each_problem() {
    let bad = bad_case("tests/bad/unknown-id.ron".into());
    let Loaded { diagnostics, sources, .. } = bad.open();
    let lines = short(&diagnostics, &sources);
    let first = "tests/bad/unknown-id.ron:9:77: error[unknown-id]: nothing in the case has the id `bord`";
    assert_eq!(lines.lines().next(), Some(first));
    assert_eq!(lines.lines().count(), diagnostics.len());
}

#[test]
fn several_syntax_errors_of_one_file_are_reported_each() {
    let loaded = bad_case("tests/bad/syntax+several.ron".into()).open();
    let lines = loaded.diagnostics.iter().filter_map(|problem| problem.span);
    let lines: Vec<usize> = lines.map(|span| loaded.sources.position(span.file, span.start).line).collect();
    assert_eq!(lines, [5, 9, 16, 19, 23, 25], "{:#?}", loaded.diagnostics);
}

#[test]
fn an_error_in_one_entry_makes_none_elsewhere() {
    let loaded = read(
        r#"Case(title: "T",
        claims: {
            "a": (text: "A", rivals: ["b", "c"]),
            "b": (text: "B", kind: Guess, entails: ["d"]),
            "c": 7,
            "d": (text: "D" evidence: [Supports(from: "e")]),
        },
        documents: { "e": (titel: "E") },
        questions: { "q": (text: "?", claims: ["a", "b", "c", "d"]) },
    )"#,
    );
    assert_eq!(codes(&loaded), ["unknown-kind", "wrong-type", "syntax", "unknown-field"]);
}

/// What is reported about one claim between others, and of the claim's brackets alone: the bracket that it is about and the
/// help.
fn of_brackets(entry: &str) -> (String, String) {
    let loaded = read(&format!(
        "Case(title: \"T\", documents: {{\"d\": (title: \"D\"), \"e\": (title: \"E\")}}, claims: {{\n\
         \"a\": (text: \"A\"),\n{entry}\n\"z\": (text: \"Z\", entails: [\"b\"]),\n}})"
    ));
    let [problem] = &loaded.diagnostics[..] else { panic!("{entry}: {:#?}", loaded.diagnostics) };
    assert_eq!(problem.code, Code::Syntax, "{entry}");
    let opened = problem.related.first().filter(|(_, what)| what == "opened here" && problem.label.is_some());
    let bracket = opened.map_or_else(|| words(&loaded, problem), |(opener, _)| loaded.sources.text(*opener));
    (bracket.to_owned(), problem.help.clone().expect("a way out"))
}

#[test]
fn brackets_that_are_still_open_are_reported_once() {
    for (entry, opened, help) in [
        (r#""b": (text: "B", evidence: [Supports(from: "d"]),"#, "(", "put `)` before `]`"),
        (r#""b": (text: "B", evidence: [Supports(from: "d"], note: "n"),"#, "(", "put `)` before `]`"),
        (r#""b": (text: "B", evidence: [Supports(from: ["d", "e")]),"#, "[", "put `]` before `)`"),
        (
            r#""b": (text: "B", evidence: [Supports(from: "d", undercut_by: [(from: ["a"), (from: "z")])]),"#,
            "[",
            "put `]` before `)`",
        ),
        (r#""b": (text: "B", tags: ["t"),"#, "[", "put `]` before `)`"),
        (r#""b": (text: "B", evidence: [Supports(from: "d")),"#, "[", "put `]` before `)`"),
        (r#""b": (text: "B", evidence: [Supports(from: "d")],"#, "(", "put `)` before the text `\"z\"`"),
        (r#""b": (text: "B", evidence: [Supports(from: "d"], Supports(from: "e")]),"#, "]", "write `)`"),
        (r#""b": (text: "B", tags: ["t"), note: "n"),"#, ")", "write `]`"),
        (
            r#""b": (text: "B", evidence: [Supports(from: "d"], as: Account)]),"#,
            "]",
            "remove it, or open a bracket before it",
        ),
        (
            r#""b": (text: "B", evidence: [Supports(from: ["d"), "e"])]),"#,
            ")",
            "remove it, or open a bracket before it",
        ),
        (r#""b": (text: "B", evidence: [Supports(from: "d")}]),"#, "}", "remove it, or open a bracket before it"),
    ] {
        assert_eq!(of_brackets(entry), (opened.to_owned(), help.to_owned()), "{entry}");
    }
}

#[test]
fn the_last_entry_of_a_section_may_be_open_still() {
    for (entry, help) in [
        (r#""b": (text: "B", evidence: [Supports(from: "d")]"#, "put `)` before `}`"),
        (r#""b": (text: "B", evidence: [Supports(from: "d")"#, "put `])` before `}`"),
        (r#""b": (text: "B", evidence: [Supports(from: "d""#, "put `)])` before `}`"),
    ] {
        for behind in ["}, documents: {\"d\": (title: \"D\")})", "})", "},\n)\n", "}, report: (sections: []))"] {
            let documents = if behind.contains("documents") { "" } else { "documents: {\"d\": (title: \"D\")}, " };
            let loaded = read(&format!("Case(title: \"T\", {documents}claims: {{\n{entry},\n{behind}"));
            assert_eq!(codes(&loaded), ["syntax"], "{entry}{behind}: {:#?}", loaded.diagnostics);
            assert_eq!(loaded.diagnostics[0].help.as_deref(), Some(help), "{entry}{behind}");
        }
    }
}

#[test]
fn unknown_ids_are_reported_beside_broken_entries() {
    let case = |claims: &str| {
        let loaded = read(&format!(
            "Case(title: \"T\", documents: {{\"diary\": (title: \"D\")}}, claims: {{\n{claims}\n\
             \"z\": (text: \"Z\", entails: [\"b\"], evidence: [Supports(from: \"nowhere\")]),\n}})"
        ));
        loaded.diagnostics.iter().map(|problem| words(&loaded, problem).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(case(r#""b": (text: "B", evidence: [Supports(from: "diary"]),"#), ["", "nowhere"]);
    assert_eq!(case(r#""b": (text: "B", evidence: [Supports(from: "else"]),"#), ["", "nowhere"]);
    assert_eq!(case(r#""b": (text: "B, kind: Fact),"#), [r#""B"#, "nowhere"]);
    assert_eq!(case(r#""a": (text: "A), "b": (text: "B"),"#).last().map(String::as_str), Some("nowhere"));
    assert_eq!(case(r#""b: (text: "B"),"#).last().map(String::as_str), Some("nowhere"));
}

#[test]
fn ids_of_what_could_not_be_read_are_not_reported_as_unknown() {
    let claims = r#"claims: {"c": (text: "C", evidence: [Supports(from: "diary")])}"#;
    for (documents, code) in [
        (r#"documants: {"diary": (title: "D")}"#, "unknown-field"),
        (r#"documents: [{"diary": (title: "D")}]"#, "wrong-type"),
        (r#"documents: {"x": (title: "X")}, documents: {"diary": (title: "D")}"#, "duplicate-field"),
        (r#"includes: "diary.ron""#, "wrong-type"),
    ] {
        assert_eq!(codes(&read(&format!("Case(title: \"T\", {documents}, {claims})"))), [code], "{documents}");
    }
    let commented = format!("Case(title: \"T\", /* \"diary\": (title: \"D\") */ {claims})");
    assert_eq!(codes(&read(&commented)), ["unknown-id"]);
}

#[test]
fn one_slip_is_one_error() {
    for (case, code) in [
        (r#"Case(title: “T”, claims: {"c": (text: "C")})"#, "syntax"),
        ("Case(title: “T\nand more”, claims: {\"c\": (text: \"C\")})", "syntax"),
        (r#"Case(title: “T", claims: {"c": (text: "C")})"#, "syntax"),
        (r#"Case(title: "T", claims: {“c”: (text: "C")})"#, "syntax"),
        (r#"Case(title: "T", documents: {"d": (title: "D", reliability: 85%)})"#, "out-of-range"),
        (r#"Case(title: "T", documents: {"d": (title: "D", reliability: 250 %, note: "n")})"#, "out-of-range"),
        (r#"Case(title: "T", documents: {"d": (title: "D", cite: 7%)})"#, "not-a-number"),
        (r#"Case(title: "T", documents: {"d": (title: "D", cite: 7_)})"#, "not-a-number"),
        (r#"Case(title: "T", documents: {"d": (title: "D", reliability: 0_1)})"#, "not-a-number"),
        (r#"Case(title: "T", documents: {"d": (title: "D", reliability: 1__)})"#, "not-a-number"),
        (r#"Case(title: "T", documents: {"d": (title: "D", reliability: Some())})"#, "wrong-type"),
        (r#"Case(title: "T", documents: {"d": (title: "D", reliability: Some(A, B), note: "n")})"#, "wrong-type"),
        (r#"Case(title: "T", documents: {"d": (title: Some(), reliability: B)})"#, "wrong-type"),
        (r#"Case(title: "T", documents: {"d": ("D", reliability: B)})"#, "syntax"),
        (r#"Case(title: "T", documents: {"d": (title: "D", reliability: 0,85, note: "n")})"#, "syntax"),
        (r#"Case(title: "T", documents: {"d": (title: The diary, reliability: B)})"#, "wrong-type"),
        (r#"Case(title: "T", documents: {"d": (title: The diary of 1912", reliability: B)})"#, "syntax"),
        (r#"Case(title: "T", documents: {"d: (title: "D"), "e": (title: "E")})"#, "syntax"),
        (r#"Case(title: "T", documents: "d": (title: "D"), "e": (title: "E")}, claims: {})"#, "syntax"),
        (r#"Case(title: "T", documents: {"d": (title: "D", kind: Some Book)})"#, "unknown-kind"),
        (r#"Case(title: "T", documents: {"d": (title: "D", kind: news report)})"#, "unknown-kind"),
        (r#"Case(title: "T", claims: {"c": (text: "C", evidence: "d")})"#, "wrong-type"),
        (r#"Case(title: "T", claims: {"c": (text: "C", evidence: ["d"])})"#, "wrong-type"),
        (
            r#"Case(title: "T", claims: {"c": (text: "C"), "e": (text: "E", evidence: [Opposesfrom: ["c"])])})"#,
            "syntax",
        ),
        ("Case(title: \"T\",\u{a0}claims: {\"c\": (text: \"C\")})", "syntax"),
    ] {
        let loaded = read(case);
        let errors: Vec<_> = loaded.diagnostics.iter().filter(|problem| problem.is_error()).collect();
        assert!(errors.len() == 1 && errors[0].code.name() == code, "{case}: {errors:#?}");
    }
}

#[test]
fn a_section_written_twice_is_reported() {
    let loaded = read(r#"Case(title: "T", claims: {"a": (text: "A")}, claims: {"b": (text: "B", entails: ["a"])})"#);
    assert_eq!(codes(&loaded), ["duplicate-field"]);
}

#[test]
fn keys_written_twice_are_reported_with_both_places() {
    let loaded = read(r#"Case(title: "T", claims: {"a": (text: "A"), "b": (text: "B"), "a": (text: "C")})"#);
    assert_eq!(codes(&loaded), ["duplicate-id"]);
    let (first, _) = loaded.diagnostics[0].related[0];
    assert!(first < loaded.diagnostics[0].span.expect("a place"));
}

#[test]
fn an_id_of_two_included_files_is_reported_with_both_places() {
    let loaded = bad_case("tests/bad/duplicate-id+files".into()).open();
    let problem = &loaded.diagnostics[0];
    let file = |span: evigraph::internals::source::Span| loaded.sources.file(span.file).name().to_owned();
    assert!(file(problem.span.expect("a place")).ends_with("press.ron"));
    assert!(file(problem.related[0].0).ends_with("witnesses.ron"));
}

#[test]
fn ten_thousand_brackets_are_one_clear_error() {
    for open in ["(", "[", "{", "Some(", "[(", "{\"a\":"] {
        for head in [
            "",
            "Case(title: \"T\", note: ",
            "Case(title: \"T\", claims: {\"a\": (text: ",
            "Case(title: \"T\", claims: {\"a\": (evidence: ",
        ] {
            let loaded = read(&format!("{head}{}", open.repeat(10_000)));
            assert!(loaded.case.is_none());
            assert!(loaded.diagnostics.len() < 6, "{head}{open}: {:?}", codes(&loaded));
        }
    }
    let nested = format!(
        "Case(title: \"T\", claims: {{\"a\": (text: \"A\", note: {}{})}})",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    assert_eq!(codes(&read(&nested)), ["too-deep"]);
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let case = r#"Case(title: "T", includes: ["/etc/passwd", "../other/x.ron", "sub/../../other/x.ron", "link.ron"])"#;
    let folder = folder("outside", &[("case/case.ron", case), ("other/x.ron", "Case()")]);
    std::os::unix::fs::symlink("/etc/passwd", folder.join("case/link.ron")).expect("a link can be made");
    let loaded = load(Input::Path(folder.join("case"))).expect("it can be opened");
    assert_eq!(codes(&loaded), ["include-outside"; 4]);
    assert_eq!(loaded.sources.iter().count(), 1);
    assert!(!human(&loaded.diagnostics, &loaded.sources, Look::default()).contains("root:"));
}

#[test]
fn links_inside_the_folder_are_followed() {
    let folder = folder(
        "inside",
        &[
            ("case.ron", r#"Case(title: "T", includes: ["link.ron", "a/b.ron"])"#),
            ("a/b.ron", "Case(includes: [\"../c.ron\"])"),
            ("c.ron", "Case()"),
        ],
    );
    std::os::unix::fs::symlink("a/b.ron", folder.join("link.ron")).expect("a link can be made");
    let loaded = load(Input::Path(folder)).expect("it can be opened");
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(loaded.sources.iter().count(), 3, "each file is read once");
}

#[test]
fn a_pipe_is_refused_without_waiting_for_it() {
    let folder = folder("pipe", &[("case.ron", r#"Case(title: "T", includes: ["pipe.ron"])"#)]);
    let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.ron")).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let loaded = load(Input::Path(folder.clone())).expect("it can be opened");
    assert_eq!(codes(&loaded), ["include-unreadable"]);
    assert!(matches!(load(Input::Path(folder.join("pipe.ron"))), Err(LoadError::NotAFile { .. })));
}

#[test]
fn a_file_of_more_than_a_gibibyte_is_refused_unread() {
    let folder = folder("large", &[("case.ron", r#"Case(title: "T", includes: ["large.ron"])"#)]);
    let large = fs::File::create(folder.join("large.ron")).expect("a file can be made");
    large.set_len(LARGEST + 1).expect("a file can have holes");
    let loaded = load(Input::Path(folder.clone())).expect("it can be opened");
    assert_eq!(codes(&loaded), ["too-large"]);
    assert!(matches!(load(Input::Path(folder.join("large.ron"))), Err(LoadError::Unreadable { .. })));
}

#[test]
fn what_cannot_be_opened_says_what_to_do() {
    let folder = folder("unopened", &[("a.ron", "Case(title: \"T\")")]);
    let told = |path: PathBuf| load(Input::Path(path)).expect_err("it cannot be opened").to_string();
    assert!(told(folder.clone()).contains("has no `case.ron`"));
    assert!(told(folder.join("b.ron")).contains("there is no file"));
    assert!(told(folder.join("a.ron/b.ron")).contains("cannot be read"));
    assert!(told("/dev/null".into()).contains("is not a regular file"));
}

#[test]
fn more_than_a_thousand_problems_are_counted() {
    let claims: String = (0..1500).map(|number| format!("\"c{number}\": (text: {number}),\n")).collect();
    let loaded = read(&format!("Case(title: \"T\", claims: {{{claims}}})"));
    assert_eq!(loaded.diagnostics.len(), Diagnostics::KEPT + 1);
    let last = loaded.diagnostics.last().expect("there is one");
    assert!(last.code == Code::TooMany && last.message.contains("500"), "{last:?}");
}

#[test]
fn a_hundred_thousand_mistyped_ids_do_not_take_for_ever() {
    let claims: String = (0..100_000)
        .map(|number| format!("\"claim-{number}\": (text: \"T\", entails: [\"clam-{number}\"]),\n"))
        .collect();
    let loaded = read(&format!("Case(title: \"T\", claims: {{{claims}}})"));
    assert_eq!(loaded.diagnostics.len(), Diagnostics::KEPT + 1);
}

#[test]
fn long_chains_do_not_exhaust_the_stack() {
    let links = (0..50_000)
        .map(|number| format!("\"d{number}\": (title: \"T\", derives_from: [\"d{}\"]),\n", (number + 1) % 50_000));
    let claims = (0..50_000).map(|number| {
        format!(
            "\"c{number}\": (text: \"T\", entails: [\"c{}\"], evidence: [Supports(from: [\"d{number}\", \"d0\"])]),\n",
            (number + 1) % 50_000
        )
    });
    let (links, claims): (String, String) = (links.collect(), claims.collect());
    let loaded = read(&format!("Case(title: \"T\", documents: {{{links}}}, claims: {{{claims}}})"));
    let codes = codes(&loaded);
    assert!(
        codes.contains(&"circular-derivation") && codes.contains(&"same-statement"),
        "{:?}",
        &codes[..codes.len().min(5)]
    );
}

#[test]
fn control_characters_of_ids_do_not_reach_the_terminal() {
    let loaded =
        read("Case(title: \"T\", claims: {\"a\u{1b}[2J\u{202e}\": (text: \"A\", entails: [\"b\u{7}\u{9b}\"])})");
    assert_eq!(codes(&loaded), ["invalid-id", "unknown-id"]);
    let shown =
        human(&loaded.diagnostics, &loaded.sources, Look::default()) + &short(&loaded.diagnostics, &loaded.sources);
    assert!(!shown.contains(|letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}'), "{shown:?}");
}

/// A case without mistakes, to be spoilt.
const SOUND: &str = include_str!("../graphs/recantation.ron");

fn is_ron(text: &str) -> bool {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// One change: where, how many characters go, and what comes instead.
fn change() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "(", ")", "[", "]", "{", "}", ",", ":", "\"", "\\", "'", "//", "/*", "*/", "#", "r#\"", "\"#", "b\"", "=", ";", "\n",
            "\0", "\u{feff}", "\u{1b}", "NaN", "-", "1e999", "None", "Some(", "Case(", "\"x\": (", "claims: {", "é", "\u{2028}",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
        1 => Just(String::new()),
    ];
    (any::<prop::sample::Index>(), prop_oneof![4 => 0..3_usize, 1 => 0..80_usize], piece)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_changed_errors_have_a_place(changes in prop::collection::vec(change(), 1..5)) {
        let mut letters: Vec<char> = SOUND.chars().collect();
        for (place, length, instead) in changes {
            let start = place.index(letters.len() + 1);
            let end = (start + length).min(letters.len());
            letters.splice(start..end, instead.chars());
        }
        let text: String = letters.into_iter().collect();
        let loaded = read(&text);
        for problem in &loaded.diagnostics {
            prop_assert!(problem.span.is_some(), "{problem:?}");
        }
        prop_assert_eq!(loaded.case.is_none(), loaded.diagnostics.iter().any(Diagnostic::is_error));
        prop_assert!(loaded.case.is_none() || is_ron(text.trim_start_matches('\u{feff}')), "not RON, and read without an error:\n{}", text);
        human(&loaded.diagnostics, &loaded.sources, Look { colour: true, pages: None });
        json([(&loaded.diagnostics[..], &loaded.sources)]);
    }

    #[test]
    fn any_bytes_are_reported_or_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let loaded = load(Input::Bytes { name: "case.ron".to_owned(), bytes }).expect("bytes can be read");
        prop_assert!(loaded.case.is_none());
        human(&loaded.diagnostics, &loaded.sources, Look::default());
        short(&loaded.diagnostics, &loaded.sources);
    }
}

#[test]
fn the_shipped_cases_are_ron() {
    fn all(folder: &Path, found: &mut usize) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                all(&entry, found);
            } else if entry.extension().is_some_and(|extension| extension == "ron") {
                assert!(is_ron(&fs::read_to_string(&entry).expect("a text")), "{}", entry.display());
                *found += 1;
            }
        }
    }
    let mut found = 0;
    all(Path::new("graphs"), &mut found);
    assert!(found > 10);
}

/// The blocks of RON in the reference of the format that are whole cases.
fn examples(page: &str) -> Vec<&str> {
    let blocks = page.split("```ron\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.filter(|block| block.starts_with("Case(")).collect()
}

#[test]
fn the_examples_of_the_reference_are_sound() {
    let page = fs::read_to_string("docs/format.md").expect("the reference is there");
    assert!(!examples(&page).is_empty());
    for example in examples(&page) {
        let loaded = read(example);
        assert!(loaded.diagnostics.is_empty(), "{}", human(&loaded.diagnostics, &loaded.sources, Look::default()));
    }
}

#[test]
fn the_reference_has_every_field_and_word() {
    let page = fs::read_to_string("docs/format.md").expect("the reference is there");
    let everywhere = r#"Case(title: "T", qqqq: 1, thresholds: (qqqq: 1, preponderance: (qqqq: 1)),
        actors: {"a": (name: "A", qqqq: 1, kind: Qqqq, reliability: Qqqq, impeached_by: [(from: "a", qqqq: 1)])},
        documents: {"b": (title: "B", qqqq: 1, kind: Qqqq, withheld: Qqqq)},
        claims: {"c": (text: "C", qqqq: 1, kind: Qqqq, standard: Qqqq, expect: Qqqq,
            evidence: [Supports(from: "b", qqqq: 1, as: Qqqq, strength: Qqqq)])},
        relationships: {"d": (from: "a", to: "a", kind: Qqqq, qqqq: 1)},
        inferences: {"e": (given: ["c"], to: "c", effect: Qqqq, qqqq: 1)},
        questions: {"f": (text: "F", claims: ["c"], qqqq: 1)},
        report: (qqqq: 1, sections: [(title: "S", qqqq: 1)]))"#;
    let loaded = read(everywhere);
    let of_words =
        loaded.diagnostics.iter().filter(|problem| matches!(problem.code, Code::UnknownField | Code::UnknownKind));
    let mut found = 0;
    for help in of_words.filter_map(|problem| problem.help.as_deref()) {
        for word in help.split('`').skip(1).step_by(2).filter(|word| !word.contains(['(', '?'])) {
            assert!(page.contains(&format!("`{word}`")), "docs/format.md does not speak of `{word}`");
            found += 1;
        }
    }
    assert!(found > 150, "{found}");
    for (word, number) in Probability::RELIABILITY.iter().chain(&Probability::STRENGTH).chain(&Probability::WITHHELD) {
        assert!(page.contains(&format!("| `{word}` | {number:.2} |")), "docs/format.md does not say what `{word}` is");
    }
}

#[test]
fn words_underlined_are_those_meant() {
    let loaded = read(r#"Case(title: "T", claims: {"a": (text: "A", entails: ["ä", "bb"], standard: Beyond)})"#);
    let underlined: Vec<&str> = loaded.diagnostics.iter().map(|problem| words(&loaded, problem)).collect();
    assert_eq!(underlined, ["ä", "bb", "Beyond"]);
}
