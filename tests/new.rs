//! `evigraph new`: its templates are cases that teach, and it never takes anything's place.

use std::fs;
use std::path::Path;

use crate::cli::{Folder, assert_refused, code, command, evigraph, stderr, stdout};

const TEMPLATES: [&str; 5] = ["blank", "article", "replication", "hypotheses", "assurance"];

fn template(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/templates").join(format!("{name}.ron"));
    fs::read_to_string(path).expect("the template is there")
}

fn empty() -> Folder {
    Folder::with("unrelated.txt", "")
}

/// Runs in a folder, so that paths in messages are short.
fn in_folder(folder: &Folder, args: &[&str]) -> std::process::Output {
    command(args).current_dir(folder.path("")).output().expect("it runs")
}

/// What is in a folder besides what [`empty`] puts there.
fn left(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path("")).expect("it is there");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> = names.filter(|name| name != "unrelated.txt").collect();
    names.sort();
    names
}

#[test]
fn a_case_in_json_is_refused_since_it_would_have_no_comments() {
    let folder = Folder::with("there.txt", "");
    let refused = evigraph(["new", &folder.arg("bridge.json")]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("name it .ron"), "{}", stderr(&refused));
    assert!(!folder.path("bridge.json").exists());
}

#[test]
fn every_template_is_written_and_passes_check_without_a_remark() {
    for name in TEMPLATES {
        let folder = empty();
        let made = in_folder(&folder, &["new", "case.ron", "--template", name]);
        assert_eq!((code(&made), stderr(&made).as_str()), (0, ""), "{name}");
        assert_eq!(fs::read_to_string(folder.path("case.ron")).expect("written"), template(name));
        let checked = in_folder(&folder, &["check", "case.ron"]);
        assert_eq!(code(&checked), 0, "{name}: {}", stdout(&checked));
        assert!(stdout(&checked).contains("well formed, 0 errors, 0 warnings"), "{name}: {}", stdout(&checked));
        let laid_out = in_folder(&folder, &["fmt", "--check", "case.ron"]);
        assert_eq!((code(&laid_out), stdout(&laid_out).as_str()), (0, ""), "{name}");
    }
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/templates")).expect("templates");
    assert_eq!(files.count(), TEMPLATES.len(), "every template is offered");
}

/// The cases for and against of what matters in each, worked out by hand from the grades: A 0.95, B 0.80, C 0.60; a
/// finding 0.85, an account 0.65, an allegation 0.40.
#[test]
fn the_verdicts_of_the_templates_are_those_of_their_grades() {
    let finding = |grade: f64| grade * 0.85;
    let either = |one: f64, other: f64| 1.0 - (1.0 - one) * (1.0 - other);

    assert_cases("blank", "closed", 0.80 * 0.65, 0.0);

    // The Herald and the Gazette go back to the official and are one step of 0.65: it takes the official and the Herald.
    // The same two are one step of 0.40 for the headline, which needs the same two sources and passes on what it has.
    let told = 0.60 * 0.80;
    let by_press = told * either(0.65, 0.40);
    // The warden's word that the dye did it is the only other thing.
    assert_cases("article", "dye-killed-fish", either(by_press, 0.80 * 0.40), 0.95 * 0.65);
    assert_cases("article", "council-knew", told * 0.40, 0.95 * 0.65);

    // Two replications against; for it, the small trial, and the step from the survey where it is not undercut.
    let survey = 0.95 * (1.0 - 0.2_f64.powi(3)) * 0.85;
    assert_cases("replication", "difference", survey, 0.0);
    let not_undercut = 1.0 - 0.95 * 0.85;
    let step = survey * 0.65 * not_undercut;
    assert_cases("replication", "improves", either(finding(0.60), step), either(finding(0.95), finding(0.95)));

    // What is left of a list that is complete by the inspector's finding, and of which two are out; besides, the residues.
    let left = finding(0.95) * 0.95 * 0.95;
    assert_cases("hypotheses", "spray", either(left, 0.80 * 0.65), 0.0);
    assert_cases("hypotheses", "neighbour", 0.0, 0.0);

    // Two tests for each subgoal; of the third, one is undercut by a claim that an exhibit shows.
    let two_tests = either(finding(0.95), finding(0.95));
    let undercut = 0.85 * 0.85;
    let fails_safe = either(finding(0.95) * (1.0 - undercut), 0.80 * 0.65);
    assert_cases("assurance", "fails-safe", fails_safe, 0.0);
    assert_cases("assurance", "safe", two_tests * two_tests * fails_safe, 0.0);
}

fn assert_cases(name: &str, claim: &str, case_for: f64, case_against: f64) {
    crate::support::assert_cases(name, &template(name), claim, case_for, case_against);
}

#[test]
fn a_name_without_ending_is_a_folder() {
    let folder = empty();
    let made = in_folder(&folder, &["new", "bridge"]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    assert_eq!(left(&folder), ["bridge"]);
    let next = "Wrote bridge/case.ron. Open it in a text editor, and try:\n\n  evigraph check bridge\n  \
                evigraph verdict bridge\n  evigraph report bridge -o bridge/report.html\n\nOr keep a page open that follows the text: evigraph watch bridge --open\n";
    assert_eq!(stdout(&made).replace('\\', "/"), next);
    for command in next.lines().filter_map(|line| line.trim().strip_prefix("evigraph ")) {
        let args: Vec<&str> = command.split(' ').collect();
        assert_eq!(code(&in_folder(&folder, &args)), 0, "{command}");
    }
    assert!(folder.path("bridge/report.html").is_file());
    // A folder that has no case yet is as good as none.
    fs::create_dir(folder.path("mill")).expect("a folder");
    assert_eq!(code(&in_folder(&folder, &["new", "mill"])), 0);
}

#[test]
fn nothing_is_overwritten() {
    let folder = empty();
    assert_eq!(code(&in_folder(&folder, &["new", "mine"])), 0);
    fs::write(folder.path("mine.ron"), "mine").expect("a file");
    fs::write(folder.path("notes"), "mine").expect("a file");
    fs::write(folder.path("mine/case.ron"), "mine").expect("a file");
    for path in ["mine.ron", "notes", "mine", "mine/case.ron"] {
        assert_refused(&in_folder(&folder, &["new", path]), "it is there already");
    }
    for path in ["mine.ron", "notes", "mine/case.ron"] {
        assert_eq!(fs::read_to_string(folder.path(path)).expect("it is there"), "mine");
    }
    assert_eq!(left(&folder), ["mine", "mine.ron", "notes"]);
    assert_eq!(fs::read_dir(folder.path("mine")).expect("a folder").count(), 1, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_something_too() {
    let folder = empty();
    for name in ["link.ron", "link"] {
        std::os::unix::fs::symlink("elsewhere", folder.path(name)).expect("a link");
        assert_refused(&in_folder(&folder, &["new", name]), "it is there already");
    }
    assert_eq!(left(&folder), ["link", "link.ron"]);
}

#[test]
fn where_there_is_no_folder_its_name_is_said() {
    let folder = empty();
    for path in ["cases/bridge.ron", "cases/bridge"] {
        assert_refused(&in_folder(&folder, &["new", path]), "there is no folder cases");
    }
    assert_refused(&in_folder(&folder, &["new", "-"]), "a new case needs a name");
    assert_eq!(left(&folder), Vec::<String>::new());
    let unknown = evigraph(["new", "case.ron", "--template", "artikel"]);
    assert_refused(&unknown, "possible values: blank, article, replication, hypotheses, assurance");
}

#[cfg(unix)]
#[test]
fn the_next_commands_can_be_pasted_into_a_shell() {
    let folder = empty();
    for (path, word) in [
        ("our bridge.ron", "'our bridge.ron'"),
        ("it's.ron", r"'it'\''s.ron'"),
        ("$(touch pwned).ron", "'$(touch pwned).ron'"),
        ("~.ron", "'~.ron'"),
        ("brücke.ron", "brücke.ron"),
        ("-x.ron", "./-x.ron"),
    ] {
        let made = in_folder(&folder, &["new", "--", path]);
        assert_eq!(code(&made), 0, "{}", stderr(&made));
        assert!(stdout(&made).contains(&format!("\n  evigraph check {word}\n")), "{}", stdout(&made));
        let shell = stdout(&made).lines().find_map(|line| line.strip_prefix("  evigraph check ").map(str::to_owned));
        let shell = format!("printf %s {}", shell.expect("the command"));
        let printed = std::process::Command::new("sh").args(["-c", &shell]).output().expect("a shell");
        assert_eq!(stdout(&printed).trim_start_matches("./"), path);
    }
    let made = in_folder(&folder, &["new", "a\u{1b}[31m\n.ron"]);
    assert!(!stdout(&made).contains('\u{1b}'), "{:?}", stdout(&made));
}
