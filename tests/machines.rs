//! `check` for servers of continuous integration: SARIF against its schema, JUnit's XML and GitLab's JSON against what
//! their readers ask for, annotations of GitHub.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use roxmltree::{Document, Node};
use serde_json::{Value, json};

/// Runs the program in a folder.
fn evigraph(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command.output().expect("the program starts")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// A case with two mistakes in it, the part that one of them is in, a case that is not as expected, and a sound one.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
    put(
        "case.ron",
        "Case(\n    title: \"T\",\n    includes: [\"pärts 1.ron\"],\n    claims: {\n        \"c\": (text: \"é <b>&\\\"]]>\" evidence: \
         [Supports(from: \"lettre\")]),\n    },\n)\n",
    );
    put(
        "pärts 1.ron",
        "(documents: {\n    \"letter\": (title: \"Ä letter\", kind: Cabel, note: \"::error::x\"),\n})\n",
    );
    put(
        "expect.ron",
        "Case(title: \"E\", documents: {\"d\": (title: \"D\", reliability: A)}, claims: {\n    \
         \"yes\": (text: \"Y\", evidence: [Supports(from: \"d\", as: Finding)], expect: Supported),\n    \
         \"no\": (text: \"N\", evidence: [Opposes(from: \"d\", as: Finding)], expect: Supported),\n})\n",
    );
    put("sound.ron", "Case(title: \"S\")\n");
    folder
}

const CASES: [&str; 3] = ["case.ron", "expect.ron", "sound.ron"];

fn checked(folder: &Path, format: &str) -> String {
    let output = evigraph(folder, &[&["check", "--format", format], &CASES[..]].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    text(&output)
}

fn is_valid_sarif(log: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif-2.1.0.json");
    let schema = fs::read_to_string(path).expect("the schema is in the repository, and not in the package");
    let mut schema: Value = serde_json::from_str(&schema).expect("JSON");
    // Its pattern of languages has a bracket too many and is no regular expression; nothing here has a language.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"]
            .as_object_mut()
            .map(|language| language.remove("pattern"));
    }
    let validator = jsonschema::validator_for(&schema).expect("it can be compiled");
    let wrong: Vec<String> =
        validator.iter_errors(log).map(|wrong| format!("{}: {wrong}", wrong.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sarif_is_what_its_schema_asks_for() {
    let folder = folder();
    let log: Value = serde_json::from_str(&checked(folder.path(), "sarif")).expect("JSON");
    is_valid_sarif(&log);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    let results = run["results"].as_array().expect("results");
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(result["ruleId"], rules[index]);
    }
    let of = |code: &str| results.iter().find(|result| result["ruleId"] == code).expect("it is reported");
    let place = |result: &Value| result["locations"][0]["physicalLocation"].clone();
    // The letter `é` is one column, and the space in the name of the file is no space in its address.
    assert_eq!(
        place(of("syntax"))["region"],
        json!({ "startLine": 5, "startColumn": 34, "endLine": 5, "endColumn": 34 })
    );
    assert_eq!(
        of("syntax")["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"],
        json!({ "text": "," })
    );
    let kind = of("unknown-kind");
    assert_eq!(place(kind)["artifactLocation"]["uri"], "p%C3%A4rts%201.ron");
    assert_eq!(place(kind)["region"], json!({ "startLine": 2, "startColumn": 41, "endLine": 2, "endColumn": 46 }));
    let expected = of("expectation-failed");
    assert_eq!(expected["level"], "error");
    assert_eq!(expected["locations"][0]["logicalLocations"], json!([{ "name": "no" }]));
}

#[test]
fn every_broken_case_makes_valid_sarif() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bad =
        fs::read_dir(root.join("tests/bad")).expect("it is there").map(|entry| entry.expect("it can be listed").path());
    let mut cases: Vec<String> = bad
        .filter(|path| path.is_dir() || path.extension().is_some_and(|end| end == "ron"))
        .map(|path| path.strip_prefix(root).expect("inside").display().to_string())
        .collect();
    cases.sort();
    let mut args = vec!["check", "--format", "sarif"];
    args.extend(cases.iter().map(String::as_str));
    let log: Value = serde_json::from_str(&text(&evigraph(root, &args))).expect("JSON");
    is_valid_sarif(&log);
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert!(results.len() > 100, "{} results", results.len());
    let prints: std::collections::BTreeSet<&str> =
        results.iter().filter_map(|result| result["partialFingerprints"]["evigraph/v1"].as_str()).collect();
    assert_eq!(prints.len(), results.len(), "no two have the same fingerprint");
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let folder = folder();
    let prints = |log: &str| -> Vec<String> {
        let entries: Vec<Value> = serde_json::from_str(log).expect("JSON");
        let mut prints: Vec<String> = entries.iter().map(|entry| entry["fingerprint"].to_string()).collect();
        prints.sort();
        prints
    };
    let before = prints(&checked(folder.path(), "gitlab"));
    let file = folder.path().join("expect.ron");
    let moved = format!("// A line more.\n\n{}", fs::read_to_string(&file).expect("it is there"));
    fs::write(&file, moved).expect("it can be written");
    assert_eq!(prints(&checked(folder.path(), "gitlab")), before);
}

#[test]
fn annotations_are_commands_on_a_line_each() {
    let folder = folder();
    let log = checked(folder.path(), "github");
    assert!(log.lines().all(|line| line.starts_with("::error file=") || line.starts_with("::warning file=")), "{log}");
    assert!(log.contains(
        "::error file=pärts 1.ron,line=2,endLine=2,col=41,endColumn=46,title=evigraph unknown-kind::`Cabel` is not a kind of \
         document%0Ahelp: did you mean `Cable`?"
    ), "{log}");
    let absolute = folder.path().join("expect.ron").display().to_string();
    let from_root = text(&evigraph(folder.path(), &["check", "--format", "github", &absolute]));
    assert!(from_root.starts_with("::error file=expect.ron,line=3,"), "{from_root}");
}

#[test]
fn gitlab_finds_what_it_needs() {
    let folder = folder();
    let entries: Vec<Value> = serde_json::from_str(&checked(folder.path(), "gitlab")).expect("JSON");
    for entry in &entries {
        for field in ["description", "check_name", "fingerprint"] {
            assert!(entry[field].as_str().is_some_and(|text| !text.is_empty()), "{entry}");
        }
        assert!(
            ["info", "minor", "major", "critical", "blocker"].contains(&entry["severity"].as_str().expect("a word"))
        );
        assert!(entry["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0), "{entry}");
    }
    let kind = entries.iter().find(|entry| entry["check_name"] == "unknown-kind").expect("it is reported");
    assert_eq!(kind["location"], json!({ "path": "pärts 1.ron", "lines": { "begin": 2, "end": 2 } }));
    assert_eq!(text(&evigraph(folder.path(), &["check", "--format", "gitlab", "sound.ron"])), "[]\n");
}

fn children<'a>(node: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
    node.children().filter(Node::is_element).collect()
}

/// What the schema that Jenkins validates against (`junit-10.xsd`) asks for, as far as it is about what is written here.
fn is_valid_junit(root: Node<'_, '_>) {
    assert!(root.has_tag_name("testsuites"));
    for suite in children(root) {
        assert!(suite.has_tag_name("testsuite") && suite.attribute("name").is_some());
        for test in children(suite) {
            match test.tag_name().name() {
                "testcase" => assert!(test.attribute("name").is_some() && test.attribute("classname").is_some()),
                "system-out" => assert!(children(test).is_empty()),
                other => panic!("`{other}` in a suite"),
            }
            let outcomes = children(test);
            assert!(outcomes.len() <= 1);
            assert!(outcomes.iter().all(|one| one.has_tag_name("failure") || one.has_tag_name("skipped")));
        }
        let count =
            |node: Node<'_, '_>, tag: &str| node.descendants().filter(|one| one.has_tag_name(tag)).count().to_string();
        for (attribute, tag) in [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")] {
            assert_eq!(suite.attribute(attribute), Some(count(suite, tag).as_str()), "{attribute}");
        }
    }
}

#[test]
fn files_and_expectations_are_tests() {
    let folder = folder();
    let xml = checked(folder.path(), "junit");
    let document = Document::parse(&xml).expect("XML");
    is_valid_junit(document.root_element());
    let suites = children(document.root_element());
    let tests = |suite: usize| -> Vec<(String, String, bool)> {
        let cases = children(suites[suite]).into_iter().filter(|node| node.has_tag_name("testcase"));
        let attribute = |node: Node<'_, '_>, name: &str| node.attribute(name).expect("an attribute").to_owned();
        cases.map(|case| (attribute(case, "file"), attribute(case, "name"), children(case).is_empty())).collect()
    };
    let test = |file: &str, name: &str, passes: bool| (file.to_owned(), name.to_owned(), passes);
    assert_eq!(tests(0), [test("case.ron", "well formed", false), test("pärts 1.ron", "well formed", false)]);
    assert_eq!(
        tests(1),
        [
            test("expect.ron", "well formed", true),
            test("expect.ron", "no is Supported", false),
            test("expect.ron", "yes is Supported", true),
        ]
    );
    assert_eq!(tests(2), [test("sound.ron", "well formed", true)]);
    let failure = document.descendants().filter(|node| node.has_tag_name("failure")).nth(2).expect("the third");
    assert_eq!(failure.attribute("type"), Some("expectation-failed"));
    assert_eq!(
        failure.attribute("message"),
        Some("`no` is expected to be Supported, but it comes out unsupported (refuted)")
    );
}

#[test]
fn a_ceiling_leaves_expectations_untested() {
    let folder = folder();
    let run = |format: &str| {
        let output = evigraph(folder.path(), &["check", "--max-time", "0", "--format", format, "expect.ron"]);
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        text(&output)
    };
    let xml = run("junit");
    let document = Document::parse(&xml).expect("XML");
    is_valid_junit(document.root_element());
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("skipped")).count(), 2, "{xml}");
    let log: Value = serde_json::from_str(&run("sarif")).expect("JSON");
    is_valid_sarif(&log);
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn an_answer_goes_to_a_file_as_for_other_formats() {
    let folder = folder();
    for format in ["sarif", "github", "junit", "gitlab"] {
        let output = evigraph(folder.path(), &["check", "--format", format, "-o", "out", "expect.ron"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{output:?}");
        let direct = text(&evigraph(folder.path(), &["check", "--format", format, "expect.ron"]));
        assert_eq!(fs::read_to_string(folder.path().join("out")).expect("it was written"), direct);
    }
}
