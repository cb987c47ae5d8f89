//! Case files laid out anew: the same case, the same comments, and nothing left to lay out.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use evigraph::{Input, format, load, print};
use proptest::prelude::*;

use crate::printer::{content, fit_for_a_file};
use crate::support::random::{self, Profile};

fn laid_out(text: &str) -> String {
    format("case.ron", text).unwrap_or_else(|broken| panic!("{:#?}\n{text}", broken.diagnostics))
}

/// The comments of a text, and the text without them and without white space and commas outside of texts.
fn taken_apart(text: &str) -> (Vec<String>, String) {
    let (mut comments, mut rest, mut at) = (Vec::new(), String::new(), 0);
    let find = |from: usize, end: &str| text[from..].find(end).map(|length| from + length + end.len());
    while let Some(letter) = text[at..].chars().next() {
        let end = match letter {
            '"' => {
                let mut end = at + 1;
                while !text[end..].starts_with('"') {
                    end += if text[end..].starts_with('\\') {
                        2
                    } else {
                        text[end..].chars().next().map_or(1, char::len_utf8)
                    };
                }
                end + 1
            }
            '/' if text[at..].starts_with("//") => text[at..].find('\n').map_or(text.len(), |length| at + length),
            '/' => find(at, "*/").expect("a comment ends"),
            letter => at + letter.len_utf8(),
        };
        match letter {
            '/' => comments.push(text[at..end].trim_end().to_owned()),
            letter if letter.is_whitespace() || letter == ',' => {}
            _ => rest += &text[at..end],
        }
        at = end;
    }
    (comments, rest)
}

/// Checks a text that is well formed; returns how it is laid out.
fn holds(text: &str) -> String {
    let formatted = laid_out(text);
    assert_eq!(taken_apart(&formatted), taken_apart(text), "words and comments\n{text}\n{formatted}");
    assert_eq!(laid_out(&formatted), formatted, "laid out once more\n{text}");
    formatted
}

fn ron_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path()) {
        if entry.is_dir() {
            ron_files(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "ron") {
            found.push(entry);
        }
    }
}

#[test]
fn shipped_files_say_the_same_when_laid_out() {
    let mut files = Vec::new();
    for folder in ["graphs", "tests/cases", "tests/inputs"] {
        ron_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    assert!(files.len() > 40, "the files were found");
    let case = |text: &str| load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text");
    for path in files {
        let text = fs::read_to_string(&path).expect("it can be read");
        let formatted = holds(&text);
        let [before, after] = [text, formatted].map(|text| case(&text).case.map(|case| content(&case)));
        assert_eq!(before, after, "{}", path.display());
    }
}

#[test]
fn what_is_printed_is_laid_out_already() {
    for seed in 0..60 {
        let profile = Profile { relationships: 0..=0, ..Profile::tangled() };
        let text = print(&fit_for_a_file(random::case(&profile, seed)).build());
        assert_eq!(laid_out(&text), text);
    }
}

#[test]
fn comments_stay_with_what_they_are_about() {
    let text = "#![enable(implicit_some)]\n\n\n// head\n\nCase( // of the case\n  title: // before a value\n \"T\", /* behind it */\n\n\n\n  // before a section\n  claims: {\n\n    \"a\": (text: \"A\", tags: [\"x\", // the first\n \"y\"]) // no comma\n    , // after the comma\n    // nothing follows\n\n  }\n) // end\n";
    let expected = "#![enable(implicit_some)]\n\n// head\n\nCase(\n    // of the case\n    // before a value\n    title: \"T\", /* behind it */\n\n    // before a section\n    claims: {\n        \"a\": (\n            text: \"A\",\n            tags: [\n                \"x\", // the first\n                \"y\",\n            ],\n        ), // no comma\n        // after the comma\n        // nothing follows\n    },\n)\n// end\n";
    assert_eq!(holds(text), expected);
}

#[test]
fn what_does_not_fit_is_broken_and_what_fits_is_joined() {
    let long = "x".repeat(70);
    let text = format!(
        "(claims: {{\"a\":\n(text:\n\"A\",),\"b\": (text: \"{long}\", evidence: [Supports(from: \"{long}\")], kind: Fact)}})"
    );
    let expected = format!(
        "(\n    claims: {{\n        \"a\": (text: \"A\"),\n        \"b\": (\n            text: \"{long}\",\n            evidence: [Supports(from: \"{long}\")],\n            kind: Fact,\n        ),\n    }},\n)\n"
    );
    assert_eq!(holds(&text), expected);
    let windows = "Case(title: \"T\",\r\n note: \"a\r\nb\")\r\n";
    assert_eq!(laid_out(windows), "Case(\r\n    title: \"T\",\r\n    note: \"a\r\nb\",\r\n)\r\n");
}

#[test]
fn a_broken_file_is_left_alone() {
    for broken in [
        "",
        "// nothing",
        "Case(",
        "Case(title: \"T\" claims: {})",
        "Case(title: \"T)",
        "Case())",
        "[]",
        "Case(title = \"T\")",
    ] {
        let broken = format("case.ron", broken).expect_err(broken);
        assert!(broken.diagnostics.iter().any(|problem| problem.is_error()));
    }
    // What is wrong with what is said does not matter.
    assert!(format("case.ron", "Case(titel: \"T\", claims: {\"a b\": (kind: Fakt, rivals: [\"nobody\"])})").is_ok());
}

/// White space and comments that may stand between two tokens.
fn gap() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => Just(String::new()),
        2 => Just("\n".to_owned()),
        1 => Just("\n\n\n".to_owned()),
        1 => Just("  \t".to_owned()),
        2 => "// [a-z\",:(){}]{0,12}".prop_map(|comment| comment + "\n"),
        2 => "/\\*[a-z\n\",:]{0,12}\\*/".prop_map(|comment| comment),
    ];
    prop::collection::vec(piece, 0..3).prop_map(|pieces| pieces.concat())
}

/// A text with gaps put in behind some of what separates its words.
fn with_gaps(text: &str, gaps: &[String]) -> String {
    let (mut out, mut in_text, mut gaps) = (String::new(), false, gaps.iter().cycle());
    let mut escaped = false;
    for letter in text.chars() {
        out.push(letter);
        if letter == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = letter == '\\' && !escaped;
        let separates = "([{,:\"".contains(letter) || ")]}".contains(letter);
        if separates && !in_text {
            out += gaps.next().map_or("", String::as_str);
        }
    }
    out
}

fn evigraph(args: &[&std::ffi::OsStr], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
    command.arg("fmt").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    // The program may refuse before it has read everything.
    let _ = child.stdin.take().expect("it was piped").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

#[test]
fn all_files_of_a_case_are_written_whole_or_none() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = |name: &str| folder.path().join(name);
    let (case, part) = ("Case(title:\"T\", includes:[\"part.ron\"])", "(claims:{\"a\":(text:\"A\")})");
    fs::write(path("case.ron"), case).expect("a file");
    fs::write(path("part.ron"), part).expect("a file");
    let read = |name: &str| fs::read_to_string(path(name)).expect("it is there");
    let run = |args: &[&str]| {
        let mut all: Vec<&std::ffi::OsStr> = args.iter().map(std::ffi::OsStr::new).collect();
        all.push(folder.path().as_os_str());
        let output = evigraph(&all, "");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (code, told) = run(&["--check"]);
    assert!(code == Some(1) && told.lines().count() == 2 && told.contains("part.ron would change"), "{told}");
    let (code, diff) = run(&["--diff"]);
    assert!(code == Some(0) && diff.contains("+    title: \"T\","), "{diff}");
    assert_eq!(read("case.ron"), case, "neither of them writes");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path("part.ron"), fs::Permissions::from_mode(0o640)).expect("it is ours");
    }
    assert_eq!(run(&[]), (Some(0), String::new()));
    assert_eq!(read("part.ron"), laid_out(part));
    assert_eq!(run(&["--check"]), (Some(0), String::new()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path("part.ron")).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640, "the mode is kept");
    }
    fs::write(path("part.ron"), "(claims: {").expect("a file");
    fs::write(path("case.ron"), case).expect("a file");
    assert_eq!(run(&[]), (Some(2), String::new()));
    assert_eq!(read("case.ron"), case, "where one is broken none is written");
    // Of a file that is no text, only a part is known.
    fs::write(path("part.ron"), b"(claims: {})\n// caf\xe9").expect("a file");
    assert_eq!(run(&[]), (Some(2), String::new()));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let output = evigraph(&["-".as_ref()], "Case(title:\"T\")");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Case(\n    title: \"T\",\n)\n");
    let output = evigraph(&["-".as_ref()], "Case(title:\"T\"");
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn any_layout_is_laid_out_to_the_same_case_with_the_same_comments(seed in 0_u64..1000, gaps in prop::collection::vec(gap(), 1..40)) {
        let profile = Profile { relationships: 0..=0, ..Profile::tangled() };
        let printed = print(&fit_for_a_file(random::case(&profile, seed)).build());
        let formatted = holds(&with_gaps(&printed, &gaps));
        prop_assert_eq!(taken_apart(&formatted).1, taken_apart(&printed).1);
    }

    #[test]
    fn no_text_is_too_broken_to_be_refused(text in "[\\(\\)\\[\\]\\{\\},:\"/* \na-c]{0,60}") {
        if let Ok(formatted) = format("case.ron", &text) {
            prop_assert_eq!(format("case.ron", &formatted).ok(), Some(formatted.clone()), "{}", formatted);
        }
    }
}
