//! `evigraph report` from outside.

use std::fs;
use std::process::{Command, Output, Stdio};

const CASE: &str = r#"Case(
    title: "A bridge",
    documents: {
        "survey": (title: "The survey", kind: Memorandum, reliability: A, cite: 7),
        "letter": (title: "A letter", reliability: C, withheld: Heavy, tags: ["open"], url: "https://example.org/letter"),
    },
    claims: {
        "cracked": (text: "The bridge is cracked.", evidence: [Supports(from: "survey", as: Finding)]),
        "unsafe": (text: "The bridge is unsafe.", entails: ["cracked"], evidence: [Supports(from: "letter")]),
    },
    questions: { "q": (text: "Is it safe?", claims: ["cracked", "unsafe"]) },
)
"#;

pub struct Desk(pub tempfile::TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder for the test"));
        fs::write(desk.0.path().join("case.ron"), CASE).expect("the case is written");
        desk
    }

    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
        command.args(args).current_dir(self.0.path()).env_remove("NO_COLOR").stdin(Stdio::null());
        command.output().expect("the program runs")
    }

    pub fn report(&self, args: &[&str]) -> String {
        let output = self.run(&[&["report", "case.ron"], args].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    pub fn file(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("it was written")
    }
}

#[test]
fn the_format_is_the_one_asked_for_or_that_of_the_file() {
    let desk = Desk::new();
    assert!(desk.report(&[]).starts_with("# A bridge\n"));
    assert!(desk.report(&["--format", "html"]).starts_with("<!DOCTYPE html>\n"));
    for (args, starts) in [
        (vec!["-o", "a.html"], "<!DOCTYPE html>"),
        (vec!["-o", "a.HTM"], "<!DOCTYPE html>"),
        (vec!["-o", "a.md"], "# A bridge"),
        (vec!["-o", "a"], "# A bridge"),
        (vec!["-o", "b.html", "--format", "markdown"], "# A bridge"),
    ] {
        assert_eq!(desk.report(&args), "", "nothing goes to standard output");
        assert!(desk.file(args[1]).starts_with(starts), "{args:?}");
    }
}

#[test]
fn an_ending_that_is_no_format_is_refused_and_nothing_written() {
    let desk = Desk::new();
    let output = desk.run(&["report", "case.ron", "-o", "a.doc"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("add --format"));
    assert!(output.stdout.is_empty() && !desk.0.path().join("a.doc").exists());
}

#[test]
fn numbers_of_the_author_are_kept_and_the_others_count_on() {
    let report = Desk::new().report(&[]);
    assert!(
        report.contains("### Source 7\n\n**The survey**") && report.contains("### Source 8\n\n**A letter**"),
        "{report}"
    );
    assert!(report.contains("[Read it](<https://example.org/letter>)"), "{report}");
}

#[test]
fn a_report_says_what_was_changed_for_it() {
    let desk = Desk::new();
    assert!(!desk.report(&[]).contains("What if"));
    let without = desk.report(&["--without", "survey"]);
    assert!(
        without.contains("**What if.**") && without.contains("- Left out: [[7]](#source-7) “The survey”."),
        "{without}"
    );
    assert!(without.contains("- Standing: left out of this reading; stands on its own."), "{without}");
    let set = desk.report(&["--set", "survey=0.3"]);
    assert!(set.contains("set to 0.30 for this reading; in the case A (0.95)"), "{set}");
    let only = desk.report(&["--only", "tag:open"]);
    assert!(only.contains("Only documents that match tag:open speak themselves."), "{only}");
    let strict = desk.report(&["--standard", "beyond-reasonable-doubt"]);
    assert!(strict.contains("Standard of proof: proof beyond reasonable doubt."), "{strict}");
    assert!(strict.contains("Every statement is held to proof beyond reasonable doubt."), "{strict}");
}

/// In one world nothing is likely, settled or open.
#[test]
fn a_report_of_one_world_speaks_of_no_probability() {
    let world = Desk::new().report(&["--method", "world", "--off", "letter"]);
    assert!(world.contains("A single world, in which everything holds but this."), "{world}");
    assert!(world.contains("Does not hold: [[8]](#source-8) “A letter”."), "{world}");
    assert!(world.contains("There is a case for it and none against it."), "{world}");
    let account = world.split("## How to read").next().unwrap_or_default();
    for word in ["likely", "confidence", "settled", "certain (", "Where to dig"] {
        assert!(!account.contains(word), "{word}: {account}");
    }
}

#[test]
fn a_case_without_questions_is_reported_as_well() {
    let desk = Desk::new();
    fs::write(
        desk.0.path().join("case.ron"),
        CASE.replace(r#"questions: { "q": (text: "Is it safe?", claims: ["cracked", "unsafe"]) },"#, ""),
    )
    .expect("written");
    let report = desk.report(&[]);
    assert!(report.contains("This case asks no question."), "{report}");
    assert!(report.contains("## 1. Claims\n"), "{report}");
    fs::write(desk.0.path().join("case.ron"), "Case(title: \"Nothing yet\")").expect("written");
    assert!(desk.report(&[]).contains("# Nothing yet"));
    super::html::assert_sound(&desk.report(&["--format", "html"]));
}
