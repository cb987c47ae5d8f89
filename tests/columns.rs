//! Cases as tables: what is exported loads to the same, and what is damaged is refused with its file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use evigraph::internals::json::{Verdicts, pretty};
use evigraph::internals::model::Case;
use evigraph::{
    Budget, Engine, Input, LoadError, Loaded, Method, Remarks, Scenario, check, export_columns, load, print,
};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use tempfile::TempDir;

use crate::printer::{content, fit_for_a_file};
use crate::support::random::{self, Dice, Profile};

fn from_text(text: &str) -> Loaded {
    load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text can be read")
}

fn open(folder: &Path) -> Result<Loaded, LoadError> {
    load(Input::Path(folder.to_owned()))
}

fn case(loaded: &Loaded) -> &Case {
    loaded.case.as_ref().unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// The tables of a case in a folder of their own.
fn exported(loaded: &Loaded) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the tables");
    export_columns(loaded, &mut |name, bytes| fs::write(folder.path().join(name), bytes)).expect("it can be written");
    folder
}

/// The case again, from its tables.
fn again(loaded: &Loaded) -> Loaded {
    open(exported(loaded).path()).unwrap_or_else(|error| panic!("{error}"))
}

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let cases =
        entries.filter(|path| path.join("case.ron").is_file() || path.extension().is_some_and(|ron| ron == "ron"));
    let cases: Vec<PathBuf> = cases.collect();
    assert!(cases.len() > 5, "the cases were found");
    cases
}

/// `evigraph verdict --format json`
fn verdicts(loaded: &Loaded) -> String {
    let engine = Engine::with_method(case(loaded), Scenario::default(), Method::Auto, Budget::default());
    let mut answer = engine.answer_all(true).expect("a shipped case has an answer");
    Remarks::of(loaded).by(&engine).add(&mut answer);
    pretty(&Verdicts(&engine, &answer))
}

/// What `check` says, without the places, and what it counts as allowed.
fn remarks(loaded: Loaded) -> (BTreeSet<String>, usize, usize) {
    let checked = check(loaded);
    let said =
        checked.diagnostics.iter().map(|one| format!("{} {} {:?} {:?}", one.code, one.message, one.help, one.about));
    (said.collect(), checked.allowances.silenced(), checked.allowances.unreasoned())
}

#[test]
fn shipped_cases_are_the_same_from_their_tables() {
    for path in shipped() {
        let loaded = open(&path).expect("it can be read");
        let again = again(&loaded);
        assert_eq!(content(case(&again)), content(case(&loaded)), "{}", path.display());
        assert_eq!(print(case(&again)), print(case(&loaded)));
        assert_eq!(verdicts(&again), verdicts(&loaded), "{}", path.display());
        assert_eq!(remarks(again), remarks(loaded), "{}", path.display());
    }
}

#[test]
fn random_cases_are_the_same_from_their_tables() {
    let mut same = 0;
    let profiles =
        [Profile::broad(), Profile::flat(), Profile::competing(), Profile::tangled(), Profile::withheld(1..=2, 5, 20)];
    for (profile, seed) in profiles.iter().flat_map(|one| (0..60).map(move |seed| (one, seed))) {
        let loaded = from_text(&print(&fit_for_a_file(random::case(profile, seed)).build()));
        if let Some(case) = &loaded.case {
            assert_eq!(
                content(again(&loaded).case.as_ref().expect("it was one")),
                content(case),
                "{seed} of {profile:?}"
            );
            same += 1;
        }
    }
    assert!(same > 100, "only {same}");
}

/// A case with something in every table, and what is easily lost on the way.
const EVERYTHING: &str = r#"Case(
    title: "Everything", summary: "Two\nlines", standard: Preponderance, thresholds: (serious: 0.3000000000000001),
    allow: ["unused", (lint: "one-sided", reason: "a test")],
    actors: {"a": (name: "A", kind: Other("Agency"), aliases: ["B", ""], reliability: 0.1, part_of: "z"), "z": (name: "Z", kind: Other("Other:z"))},
    documents: {
        "d": (title: "D", kind: Cable, by: ["a"], authors: ["A. B.", "C"], date: "about 1986", released: "1990-02", reliability: B, derives_from: ["e", "a"], withheld: 0.25,
            bears_on: [], cite: 7, collection: "e", url: "https://example.org", archived: "https://archive.example/1",
            accessed: "2026-11", copy: "copies/d.txt", sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", locator: "p. 1", mentions: ["z"], places: ["X"],
            period: "1986/1987", tags: ["t", "t"], note: "n", impeached_by: [(from: "a"), (from: "c", strength: 0.2)]),
        "e": (title: "E", kind: Archive, supersedes: ["f"]), "f": (title: "F", rests_on: ["a"]),
    },
    claims: {
        "c": (text: "C", kind: Record, about: ["a", "d"], standard: BeyondReasonableDoubt, expect: Unsupported, evidence: [
            Supports(from: "d", as: Exhibit, at: "p. 2", quote: "q", relies_on: ["a"], undercut_by: [(from: "g", strength: Slight)]),
            Opposes(from: ["f", "a"], strength: 0.3),
        ], allow: ["allegations-only"]),
        "g": (text: "G", entails: ["h"], rivals: ["i"], assumed: Weak), "h": (text: "H", any_of: ["c", "i"]), "i": (text: "I", note: ""),
    },
    relationships: {"r": (from: "a", to: "z", kind: Funded, same_as: "c"), "s": (from: "z", to: "a", kind: Other("knew"), evidence: [Supports(from: "f")])},
    inferences: {"k": (given: ["c", "d"], given_rejected: ["i"], to: "h", effect: Opposes, strength: Weak, scheme: "s", undercut_by: [(from: "s")])},
    questions: {"q": (text: "Q", claims: ["h", "g"], headline: "h")},
    report: (sections: [(title: "One", claims: ["c", "r"], text: "…"), (title: "Two")]),
)"#;

#[test]
fn nothing_is_lost() {
    let loaded = from_text(EVERYTHING);
    let again = again(&loaded);
    assert_eq!(content(case(&again)), content(case(&loaded)));
    assert_eq!(remarks(again), remarks(loaded));
}

#[test]
fn the_tables_of_tables_are_the_same_tables() {
    let first = exported(&from_text(EVERYTHING));
    let second = exported(&open(first.path()).expect("it is one"));
    for name in tables(first.path()) {
        let [one, other] = [&first, &second].map(|folder| fs::read(folder.path().join(&name)).expect("it was written"));
        assert!(one == other, "{name}");
    }
}

/// The names of the files in a folder, in order.
fn tables(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read"));
    entries.map(|entry| entry.file_name().into_string().expect("a plain name")).collect()
}

#[test]
fn the_page_has_every_column() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/columns.md")).expect("the page");
    let folder = exported(&from_text(EVERYTHING));
    for name in tables(folder.path()).iter().filter(|name| *name != "case.json") {
        let section = page.split("\n### ").find(|section| section.starts_with(&format!("`{name}`")));
        let section = section.unwrap_or_else(|| panic!("nothing on {name}"));
        let file = fs::File::open(folder.path().join(name)).expect("it was written");
        let file = SerializedFileReader::new(file).expect("it is a table");
        let mut listed: BTreeSet<&str> =
            section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        for column in file.metadata().file_metadata().schema_descr().columns() {
            assert!(listed.remove(column.name()), "`{}` of {name} is not on the page", column.name());
        }
        assert!(listed.is_empty(), "{name} has no {listed:?}");
    }
}

/// The message that a folder is refused with.
#[track_caller]
fn refusal(folder: &TempDir, file: &str) -> String {
    match open(folder.path()) {
        Err(error @ LoadError::Snapshot { .. }) => {
            let message = error.to_string();
            assert!(message.contains(&format!("{file}`")), "{message} does not name {file}");
            message
        }
        other => panic!("{file}: {other:?}"),
    }
}

#[test]
fn what_is_cut_off_is_refused() {
    let loaded = from_text(EVERYTHING);
    let folder = exported(&loaded);
    for name in tables(folder.path()) {
        let path = folder.path().join(&name);
        let bytes = fs::read(&path).expect("it was written");
        for length in [0, 3, 20, bytes.len() / 2, bytes.len() - 5, bytes.len() - 1] {
            fs::write(&path, &bytes[..length]).expect("it can be written");
            // The line break at the end of the manifest says nothing.
            if name != "case.json" || length + 1 < bytes.len() {
                refusal(&folder, &name);
            }
        }
        fs::remove_file(&path).expect("it can be removed");
        if name != "case.json" {
            refusal(&folder, &name);
        }
        fs::write(&path, &bytes).expect("it can be written");
    }
    assert!(open(folder.path()).is_ok());
}

#[test]
fn changed_bytes_are_refused_or_read_but_never_a_panic() {
    let folder = exported(&from_text(EVERYTHING));
    let mut dice = Dice::new(5);
    let (mut refused, mut read) = (0, 0);
    for name in tables(folder.path()) {
        let path = folder.path().join(&name);
        let bytes = fs::read(&path).expect("it was written");
        for _ in 0..300 {
            let mut changed = bytes.clone();
            for _ in 0..=dice.below(3) {
                let at = dice.below(bytes.len());
                changed[at] = u8::try_from(dice.below(256)).expect("a byte");
            }
            fs::write(&path, &changed).expect("it can be written");
            match open(folder.path()) {
                Ok(_) => read += 1,
                Err(error) => {
                    assert!(
                        error.to_string().contains(".parquet") || error.to_string().contains("case.json"),
                        "{error}"
                    );
                    refused += 1;
                }
            }
        }
        fs::write(&path, &bytes).expect("it can be written");
    }
    assert!(refused > 500 && read > 100, "{refused} {read}");
}

/// The tables of a case, of which one is that of another, with its number of rows in the manifest.
fn with_table_of(name: &str, as_name: &str, other: &str) -> TempDir {
    let (folder, donor) = (exported(&from_text(EVERYTHING)), exported(&from_text(other)));
    let from = donor.path().join(name).with_extension("parquet");
    let rows = |path: &Path| {
        let file = SerializedFileReader::new(fs::File::open(path).expect("it was written")).expect("it is a table");
        file.metadata().file_metadata().num_rows()
    };
    let to = folder.path().join(as_name).with_extension("parquet");
    let (old, new) = (rows(&to), rows(&from));
    fs::copy(from, to).expect("it can be copied");
    change_manifest(&folder, &format!("\"{as_name}\": {old}"), &format!("\"{as_name}\": {new}"));
    folder
}

fn change_manifest(folder: &TempDir, from: &str, to: &str) {
    let path = folder.path().join("case.json");
    let text = fs::read_to_string(&path).expect("it was written");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replacen(from, to, 1)).expect("it can be written");
}

/// A case whose entries have higher numbers than any in `EVERYTHING`.
fn long() -> String {
    let claims: String =
        (0..30).map(|at| format!("\"n{at:02}\": (text: \"{at}\", evidence: [Supports(from: \"d\")]),")).collect();
    format!(
        "Case(title: \"L\", documents: {{\"d\": (title: \"D\", impeached_by: [(from: \"n29\")])}}, claims: {{{claims}}}, \
         questions: {{\"q\": (text: \"Q\", claims: [\"n28\", \"n29\"])}})"
    )
}

#[test]
fn rows_that_lead_nowhere_are_refused() {
    let cases = [
        (
            "evidence",
            "evidence",
            "column `statement_entry`, row 0: entry 1 is an actor, and the number of a claim or relationship is needed",
        ),
        ("attacks", "attacks", "column `from_entry`, row 0: entry 30 is none of the 19 that there are"),
        ("questions", "questions", "column `headline_entry`, row 0: entry 30 is none of the 19 that there are"),
        ("claims", "sections", "there is no column `title`"),
        ("words", "evidence", "there is no column `statement_entry`"),
    ];
    for (name, as_name, expected) in cases {
        let message = refusal(&with_table_of(name, as_name, &long()), &format!("{as_name}.parquet"));
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn counts_that_do_not_agree_are_refused() {
    let folder = exported(&from_text(EVERYTHING));
    change_manifest(&folder, "\"words\": 7", "\"words\": 8");
    assert!(refusal(&folder, "words.parquet").contains("it has 7 rows, and `case.json` says 8"));
    change_manifest(&folder, "\"words\": 8", "\"words\": 7");
    change_manifest(&folder, "\"documents\": 3", "\"documents\": 4");
    // The entries behind them have other numbers now.
    assert!(open(folder.path()).is_err());
    change_manifest(&folder, "\"documents\": 4", "\"documents\": 4000000000");
    assert!(refusal(&folder, "case.json").contains("`documents` has 4000000000 rows, and 100 million are read"));
    change_manifest(&folder, "\"documents\": 4000000000", "\"documents\": 3");
    change_manifest(&folder, "\"version\": 1", "\"version\": 2");
    assert!(refusal(&folder, "case.json").contains("version 2"));
}

#[test]
fn what_contradicts_itself_is_an_error_without_a_place() {
    let of = |given: &str, to: &str| {
        let inference = format!("\"i\": (given: [\"{given}\"], to: \"{to}\", effect: Supports)");
        let claims = "\"a\": (text: \"A\"), \"b\": (text: \"B\")";
        exported(&from_text(&format!("Case(title: \"T\", claims: {{{claims}}}, inferences: {{{inference}}})")))
    };
    let (folder, donor) = (of("a", "b"), of("b", "a"));
    let premises = donor.path().join("references.parquet");
    fs::copy(premises, folder.path().join("references.parquet")).expect("it can be copied");
    let loaded = open(folder.path()).expect("every row leads somewhere");
    assert!(loaded.case.is_none());
    assert_eq!(loaded.diagnostics[0].code.name(), "circular-inference");
    assert_eq!(loaded.diagnostics[0].span, None);
}

fn evigraph(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evigraph")).args(args).output().expect("the program runs")
}

/// What the program prints; it ends well.
#[track_caller]
fn printed(args: &[&str]) -> String {
    let output = evigraph(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text")
}

#[test]
fn commands_read_what_export_writes() {
    let room = tempfile::tempdir().expect("a folder");
    let folder = room.path().join("tables");
    let folder = folder.to_str().expect("a plain path");
    assert_eq!(printed(&["export", "parquet", "graphs/recantation.ron", folder]), "");
    for command in
        [["verdict", "--format", "json"], ["verdict", "--format", "jsonl"], ["report", "--format", "markdown"]]
    {
        let [of_tables, of_file] = [folder, "graphs/recantation.ron"].map(|case| {
            let [name, options @ ..] = command;
            printed(&[&[name, case], &options[..]].concat())
        });
        assert_eq!(of_tables, of_file, "{command:?}");
    }
    // What is there is replaced only if it is such an export.
    printed(&["export", "parquet", "graphs/two-sources.ron", "-o", folder]);
    assert!(printed(&["check", folder]).contains("well formed"));
    fs::write(Path::new(folder).join("notes.txt"), "mine").expect("it can be written");
    let refused = evigraph(&["export", "parquet", "graphs/two-sources.ron", folder]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("something else is there already"));
    assert!(Path::new(folder).join("notes.txt").exists());
    assert_eq!(fs::read_dir(room.path()).expect("it is there").count(), 1, "nothing is left beside it");
}
