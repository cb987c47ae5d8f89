//! Sampling in parts: however the worlds are split, the sum is the same bytes, and what does not belong together is
//! refused. `UPDATE_DOCS=1 cargo test tally::` writes the outputs on docs/scale.md anew.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use evigraph::internals::engine::{CountedModel, Counts, what_is_out};
use evigraph::internals::json::{read_tally, tally_line};
use evigraph::internals::tally::{Merging, Refusal, TallySheet};
use evigraph::internals::verdict::Precision;
use evigraph::{Assessment, Budget, Case, Detail, Engine, Input, Method, Sampling, Scenario, load, print};

use crate::support::random::{self, Profile};

/// A folder for the files of a test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.0.path().join(name), text).expect("the test's file is written");
        self.arg(name)
    }

    fn arg(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// Samples some worlds into a file, and gives its path.
    fn sample(&self, name: &str, case: &str, worlds: &str, more: &[&str]) -> String {
        let path = self.arg(name);
        let args = ["sample", case, "--worlds", worlds, "-o", &path];
        let output = evigraph(&[&args[..], more].concat(), b"");
        assert!(output.status.success(), "{}", stderr(&output));
        path
    }
}

fn evigraph(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_evigraph"))
        .args(args)
        .env("COLUMNS", "100")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // The program may refuse before it has read everything.
    let _ = child.stdin.take().expect("it was piped").write_all(input);
    child.wait_with_output().expect("the program ends")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn merged(format: &str, files: &[String]) -> Vec<u8> {
    let files = files.iter().map(String::as_str);
    let output = evigraph(&["merge", "--format", format].into_iter().chain(files).collect::<Vec<_>>(), b"");
    assert!(output.status.success(), "{}", stderr(&output));
    output.stdout
}

/// Fails with nothing on standard output, these words on standard error, and exit 2.
fn assert_refused(output: &Output, words: &[&str]) {
    assert_eq!(output.status.code(), Some(2), "{}", stderr(output));
    assert!(output.stdout.is_empty());
    for word in words {
        assert!(stderr(output).contains(word), "{word}: {}", stderr(output));
    }
}

fn merge_is_refused(files: &[&str], words: &[&str]) {
    assert_refused(&evigraph(&[&["merge"], files].concat(), b""), words);
}

fn here(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

/// Rivals, one of them out, and an entailment.
const CASE: &str = r#"Case(
    title: "Who was it?",
    documents: {
        "log": (title: "The log", reliability: 0.97),
        "letter": (title: "A letter", reliability: 0.6),
        "memoir": (title: "A memoir", reliability: 0.7),
    },
    claims: {
        "butler": (text: "The butler.", rivals: ["cook"], entails: ["inside"],
            evidence: [Supports(from: "letter", strength: 0.9), Opposes(from: "log", strength: Conclusive)]),
        "cook": (text: "The cook.", evidence: [Supports(from: "memoir", strength: 0.8)]),
        "inside": (text: "One of the house.", evidence: [Opposes(from: "memoir", strength: 0.5)]),
    },
    questions: { "who": (text: "Who was it?", claims: ["inside", "butler", "cook"]) },
)
"#;

#[test]
fn one_part_or_two_or_seven_give_the_same_bytes() {
    let folder = Folder::new();
    let small = folder.write("case.ron", CASE);
    for case in [small, here("graphs/declassified")] {
        let one = [folder.sample("one", &case, "0..7168", &[])];
        let two = [folder.sample("b", &case, "4096..7168", &[]), folder.sample("a", &case, "0..4096", &[])];
        let seven: Vec<String> = [3, 0, 6, 1, 5, 2, 4]
            .map(|part| (part, format!("{}..{}", part * 1024, (part + 1) * 1024)))
            .map(|(part, worlds)| folder.sample(&part.to_string(), &case, &worlds, &[]))
            .to_vec();
        for format in ["text", "json", "tally"] {
            let all = merged(format, &one);
            assert!(all == merged(format, &two) && all == merged(format, &seven), "{case} as {format}");
        }
        assert_eq!(merged("tally", &one), fs::read(&one[0]).expect("it was written"));
        // Several in one file, from standard input, and sums of sums.
        let piped: Vec<u8> = seven.iter().flat_map(|file| fs::read(file).expect("it was written")).collect();
        let verdicts = evigraph(&["merge", "-", "--format", "json"], &piped);
        assert_eq!(verdicts.stdout, merged("json", &one), "{}", stderr(&verdicts));
        let upper = folder.arg("upper");
        fs::write(&upper, merged("tally", &[seven[2].clone(), seven[4].clone()])).expect("it is written");
        let others = [0, 1, 3, 5, 6].map(|at| seven[at].clone());
        assert_eq!(merged("json", &[&others[..], &[upper]].concat()), merged("json", &one));
    }
}

/// The verdicts by so many worlds, sampled in one go and in two parts.
fn in_one_go_and_in_parts(case: &Case, worlds: u64) -> [Vec<Assessment>; 2] {
    // So few worlds are looked at once, as the sum of parts is; what is looked at again and again has wider intervals.
    assert!(worlds <= 4096);
    let sampling = Sampling { seed: 7, half_width: 1e-6, most_worlds: worlds, confidence: 0.99, ..Sampling::default() };
    let whole = Engine::with_method(case, Scenario::default(), Method::Sampled, Budget::default()).sampling(sampling);
    let out = what_is_out(&whole).expect("nobody stops it");
    let mut merging = Merging::default();
    for range in [1024..worlds, 0..1024] {
        let counts = Counts::new(&whole, range, &out).expect("nobody stops it");
        let line = tally_line(&TallySheet::new(&whole, &counts));
        let sheet = read_tally(line.trim_end().as_bytes(), "part", 1).expect("it was just written");
        merging.add("part", sheet).expect("it fits");
    }
    let (sum, file) = merging.finish(true).expect("it is whole");
    let case = sum.read_case(&file).expect("it is that of the case");
    let engine = sum.engine(&case, &file).expect("its options are those of the case");
    let parts = sum.answering(&engine, 0.99, &file).expect("the plan was made from the same worlds");
    [whole, parts].map(|engine| {
        let statements = engine.case().statements.ids();
        statements.map(|statement| engine.assess(statement).expect("nobody stops it")).collect()
    })
}

fn shipped(folder: &str) -> Vec<(String, Case)> {
    let entries = fs::read_dir(here(folder)).expect("it is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: PathBuf| Some((path.display().to_string(), load(Input::Path(path)).ok()?.case?));
    files.into_iter().filter_map(read).collect()
}

#[test]
fn parts_give_the_verdicts_of_sampling_in_one_go() {
    let mut cases = [shipped("graphs"), shipped("tests/cases")].concat();
    let profiles = [Profile::broad(), Profile::competing(), Profile::exhaustive()];
    for (profile, seed) in profiles.iter().flat_map(|profile| (0..40).map(move |seed| (profile, seed))) {
        // Random cases are built past the checks of a case file, which some of them would not pass.
        let text = print(&random::case(profile, seed).build());
        let loaded = load(Input::Text { name: "case".to_owned(), text }).expect("it is there");
        cases.extend(loaded.case.map(|case| (format!("random {seed}"), case)));
    }
    assert!(cases.len() > 120, "{}", cases.len());
    let (mut out, mut undecided, mut told, mut less) = (0, 0, 0, 0);
    for (name, case) in &cases {
        let [whole, parts] = in_one_go_and_in_parts(case, 4096);
        for (whole, parts) in whole.iter().zip(&parts) {
            // Where it is not known whether a rival is out, one sampling works out both ways; a sum of parts has counted one.
            let is_told = parts.degrees == whole.degrees || parts.degrees.within == Some(Precision::NONE);
            assert!(
                is_told && whole.possible.iter().all(|one| parts.possible.has(one)),
                "{name}: {whole:?}, {parts:?}"
            );
            told += usize::from(whole == parts);
            less += usize::from(whole != parts);
        }
        out += whole.iter().filter(|assessment| assessment.out).count();
        undecided += whole.iter().filter(|assessment| assessment.detail == Detail::Undecided).count();
    }
    assert!(out > 20 && undecided > 20, "{out} out, {undecided} undecided");
    assert!(told > 20 * less, "{less} of {told} are told less of by parts");
}

#[test]
fn scenarios_go_with_the_tally() {
    let folder = Folder::new();
    let case = folder.write("case.ron", CASE);
    let options: &[&str] = &[
        "--without",
        "letter",
        "--only",
        "title:\"The log\" or title:memoir",
        "--set",
        "memoir=0.123456789012345",
        "--standard",
        "preponderance",
    ];
    let part = folder.sample("part", &case, "0..512", options);
    let verdicts: serde_json::Value = serde_json::from_slice(&merged("json", &[part])).expect("it is JSON");
    assert_eq!(verdicts["method"]["worlds"], 512);
    assert_eq!(verdicts["case"]["standard"], "preponderance");
    assert_eq!(verdicts["scenario"]["without"][0], "letter");
    assert_eq!(verdicts["scenario"]["set"]["memoir"], 0.123_456_789_012_345);
    assert!(verdicts["scenario"]["only"][0].as_str().expect("a selector").contains("memoir"), "{verdicts}");
    // What is given in another order is the same.
    let turned: Vec<&str> = options.chunks(2).rev().flatten().copied().collect();
    let other = folder.sample("other", &case, "512..1024", &turned);
    merged("json", &[folder.arg("part"), other]);
}

#[test]
fn another_spelling_of_the_same_case_is_the_same_case() {
    let folder = Folder::new();
    let case = folder.write("case.ron", CASE);
    let respelled = CASE
        .replace("title: \"Who was it?\",\n", "// A comment.\ntitle: \"Who was it?\",\n\n")
        .replace("        \"log\": (title: \"The log\", reliability: 0.97),\n", "")
        .replace("reliability: 0.7)", "reliability: 0.70),\n\"log\": (reliability: 0.97, title: \"The log\")");
    assert_ne!(respelled, CASE);
    let respelled = folder.write("respelled.ron", &respelled);
    let [one, other] =
        [case, respelled].map(|case| fs::read(folder.sample("part", &case, "0..1024", &[])).expect("it was written"));
    assert!(one == other);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let folder = Folder::new();
    let case = folder.write("case.ron", CASE);
    let edited = folder.write("edited.ron", &CASE.replace("0.97", "0.96"));
    let first = folder.sample("first", &case, "0..1024", &[]);
    let sampled = |name, case, worlds, more: &[&str]| folder.sample(name, case, worlds, more);
    let second = sampled("second", &case, "1024..2048", &[]);
    let fourth = sampled("fourth", &case, "3072..4096", &[]);
    merge_is_refused(
        &[&first, &fourth, &second],
        &["no tally counts worlds 2048..3072", "second and", "fourth", "--worlds 2048..3072 --seed 1"],
    );
    merge_is_refused(&[&second], &["no tally counts worlds 0..1024"]);
    merge_is_refused(&[&first, &second, &first], &["both count worlds 0..1024", "first", "leave one of them out"]);
    let across = sampled("across", &case, "512..1536", &[]);
    merge_is_refused(&[&across, &first], &["both count worlds 512..1024", "across", "first"]);
    merge_is_refused(&[&second, &across], &["both count worlds 1024..1536"]);
    let seed = sampled("seed", &case, "1024..2048", &["--seed", "2"]);
    merge_is_refused(&[&first, &seed], &["the seed differs, 2 against 1", "--seed"]);
    let other_case = sampled("other", &edited, "1024..2048", &[]);
    merge_is_refused(&[&first, &other_case], &["the content of the case differs", "from the same case"]);
    let without = sampled("without", &case, "1024..2048", &["--without", "memoir"]);
    merge_is_refused(&[&first, &without], &["--without memoir against no options", "first", "without"]);
    let text = fs::read_to_string(&second).expect("it was written");
    let older = folder.write("older", &text.replace(concat!("\"", env!("CARGO_PKG_VERSION"), "\""), "\"0.0.1\""));
    merge_is_refused(&[&first, &older], &["the version of evigraph differs, 0.0.1 against"]);
    let later = folder.write("later", &text.replace("evigraph/tally/1", "evigraph/tally/9"));
    merge_is_refused(&[&first, &later], &["later is in the format `evigraph/tally/9`"]);
    merge_is_refused(&[&folder.write("none", "\n\n")], &["there is no tally in what was given"]);
    merge_is_refused(&[&folder.arg("nowhere")], &["cannot read", "nowhere"]);
    assert_refused(
        &evigraph(&["merge", "-"], format!("{0}{0}", text.replace("[1024,2048]", "[0,1024]")).as_bytes()),
        &["standard input and standard input, line 2, both count worlds 0..1024"],
    );
    let out = folder.arg("out");
    assert_refused(&evigraph(&["merge", &first, &seed, "-o", &out], b""), &["the seed"]);
    assert!(!Path::new(&out).exists());
}

#[test]
fn worlds_come_in_whole_blocks() {
    let folder = Folder::new();
    let case = folder.write("case.ron", CASE);
    for (worlds, message) in [
        ("0..1000", "1000 is no multiple of that; the nearest are 512 and 1024"),
        ("100..1024", "the nearest are 0 and 512"),
        ("512..512", "the second number has to be larger"),
        ("1024..512", "the second number has to be larger"),
        ("0-512", "two dots"),
        ("0..many", "`many` is no whole number"),
        ("0..9007199254741504", "more than 9007199254740992"),
        ("0..99999999999999999999", "is no whole number"),
    ] {
        assert_refused(&evigraph(&["sample", &case, "--worlds", worlds], b""), &[message]);
    }
    folder.sample("last", &case, "9007199254740480..9007199254740992", &[]);
}

/// The case against `x` is 0.753 and its standard takes 0.75. By the first 65,536 worlds of seed 52 it is less, so that the
/// parts are sampled as if it were not out; by two million worlds it is out.
#[test]
fn where_the_guess_at_what_is_out_was_wrong_there_is_a_second_round() {
    let folder = Folder::new();
    let case = folder.write(
        "case.ron",
        r#"Case(title: "A close call", documents: {
            "against": (title: "Against it", reliability: 0.753), "friend": (title: "For its rival", reliability: 0.6),
        }, claims: {
            "x": (text: "X.", rivals: ["y"], evidence: [Opposes(from: "against", strength: Conclusive)]),
            "y": (text: "Y.", evidence: [Supports(from: "friend", strength: Conclusive)]),
        })"#,
    );
    let ranges = ["0..1048576", "1048576..2097152"];
    let first = ranges.map(|worlds| folder.sample(worlds, &case, worlds, &["--seed", "52"]));
    merge_is_refused(&[&first[0], &first[1]], &["`x` out, and taken as not out", "--out-from whole.tally"]);
    let whole = folder.arg("whole.tally");
    fs::write(&whole, merged("tally", &first)).expect("it is written");
    let second = ranges.map(|worlds| {
        folder.sample(&format!("second{worlds}"), &case, worlds, &["--seed", "52", "--out-from", &whole])
    });
    let verdicts: serde_json::Value = serde_json::from_slice(&merged("json", &second)).expect("it is JSON");
    assert_eq!(verdicts["statements"][0]["detail"], "refuted");
    merge_is_refused(&[&second[0], &first[1]], &["what was taken as out differs, nothing against x"]);
    let args = ["sample", &case, "--worlds", "0..512", "--without", "friend", "--out-from", &whole];
    assert_refused(
        &evigraph(&args, b""),
        &["does not go with what is to be sampled", "the reading of the case differs"],
    );
}

/// A tally of [`CASE`], as text.
fn tally() -> String {
    let case = load(Input::Text { name: "case".to_owned(), text: CASE.to_owned() }).expect("it is there").case;
    let case = case.expect("it is well formed");
    let engine = Engine::with_method(&case, Scenario::default(), Method::Sampled, Budget::default());
    let out = what_is_out(&engine).expect("nobody stops it");
    assert_eq!(CountedModel::of(&engine, &out).len(), 3, "something is out");
    let counts = Counts::new(&engine, 0..1024, &out).expect("nobody stops it");
    tally_line(&TallySheet::new(&engine, &counts))
}

/// Everything that `merge` does with a tally.
fn verdicts(text: &[u8]) -> Result<(), Refusal> {
    let mut merging = Merging::default();
    merging.add("file", read_tally(text, "file", 1)?)?;
    let (sum, file) = merging.finish(true)?;
    let case = sum.read_case(&file)?;
    let engine = sum.engine(&case, &file)?;
    let engine = sum.answering(&engine, 0.99, &file)?;
    assert_eq!(engine.answer_all(false).expect("nothing is sampled").statements.len(), case.statements.len());
    Ok(())
}

#[test]
fn damaged_tallies_are_reported_with_the_place() {
    let tally = tally();
    assert_eq!(verdicts(tally.as_bytes()), Ok(()));
    let sheet = read_tally(tally.as_bytes(), "file", 1).expect("it was just written");
    let [in_favour, against, conflict, any] = {
        let first = sheet.statements[0].1[0];
        [first.in_favour, first.against, first.conflict, first.any_case]
    };
    let counted = format!("[{in_favour},{against},{conflict},{any}]");
    assert_eq!(sheet.models[2], CountedModel::Uncontested);
    for (from, to, message) in [
        (counted.as_str(), "[1025,0,0,1025]", "`statements`, `butler`: `with_rivals` is [1025, 0, 0, 1025]"),
        (&counted, "[1000,20,10,1024]", "which cannot be counts of 1024 worlds"),
        (&counted, "[10,0,0,9]", "which cannot be counts of 1024 worlds"),
        (&counted, "[18446744073709551615,1,0,1024]", "which cannot be counts of 1024 worlds"),
        (&counted, "[18446744073709551616,0,0,0]", "column"),
        (&counted, "[-1,0,0,0]", "column"),
        (&counted, "[1,0,0]", "column"),
        (&counted, "[0.5,0,0,1]", "column"),
        ("\"id\":\"cook\"", "\"id\":\"clerk\"", "`statements` has `clerk` where the case has `cook`"),
        ("\"seed\":1", "\"seed\":-1", "column"),
        ("\"seed\":1", "\"seeds\":1", "unknown field `seeds`"),
        ("[0,1024]", "[0,1000]", "`worlds` is 0..1000"),
        ("[0,1024]", "[1024,0]", "`worlds` is 1024..0"),
        ("[0,1024]", "[0,18446744073709551104]", "`worlds` is"),
        ("\"out\":[\"butler\"]", "\"out\":[\"nobody\"]", "`out`: `nobody`"),
        ("\"out\":[\"butler\"]", "\"out\":[]", "the models that the case needs"),
        ("\"options\":[]", "\"options\":[\"--without nobody\"]", "`--without nobody` means nothing in the case"),
        ("\"options\":[]", "\"options\":[\"--off log\"]", "`--off log` means nothing in the case"),
        ("\"options\":[]", "\"options\":[\"--set log=1.5\"]", "`--set log=1.5` means nothing in the case"),
        ("The butler.", "The Butler.", "`digest` is not that of `case`"),
        ("\"any_case\"]", "\"any\"]", "`counts` is not"),
        ("evigraph/tally/1", "evigraph/tally/2", "is in the format `evigraph/tally/2`"),
        ("\"schema\"", "\"scheme\"", "it has no `schema`"),
    ] {
        let edited = tally.replacen(from, to, 1);
        assert_ne!(edited, tally, "{from}");
        let refusal = verdicts(edited.as_bytes()).expect_err(to).to_string();
        assert!(refusal.contains(message) && refusal.starts_with("file"), "{to}: {refusal}");
    }
    let fewer = TallySheet { statements: sheet.statements[1..].to_vec(), ..sheet.clone() };
    let refusal = verdicts(tally_line(&fewer).as_bytes()).expect_err("one is missing").to_string();
    assert!(refusal.contains("`statements` has 2, and the case has 3"), "{refusal}");
}

/// Whatever a byte is changed to, and wherever a tally ends, there is an answer or a refusal.
#[test]
fn no_byte_makes_it_panic() {
    let tally = tally().into_bytes();
    for end in 0..tally.len() - 1 {
        assert!(verdicts(&tally[..end]).is_err(), "{end}");
    }
    let mut refused = BTreeSet::new();
    for at in 0..tally.len() {
        for byte in [b'0', b'9', b'"', b'[', b'\\', 0xff] {
            let mut edited = tally.clone();
            edited[at] = byte;
            if let Err(refusal) = verdicts(&edited) {
                refused.insert(refusal.to_string());
            }
        }
    }
    assert!(refused.len() > 50, "{}", refused.len());
}

#[test]
fn the_page_on_more_than_one_machine_shows_what_happens() {
    crate::walk::page("docs/scale.md", "tally");
}
