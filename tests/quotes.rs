//! Kept copies: what the program makes of quotations, from outside; planted damage in numbers; copies made to do harm.

mod damage;
mod hostile;
mod pages;
mod tongues;

use std::fs;
use std::path::Path;

use evigraph::{Engine, Scenario};
use serde_json::Value;

use super::cli::{code, command, evigraph, stderr, stdout};
use super::support::random::{self, Profile};
use pages::pdf;

#[test]
fn the_page_shows_what_the_program_prints() {
    crate::walk::page("docs/quotes.md", "quotes");
}

const LETTER: &str = "My dear sister, at nine in the evening we left the quay,\nand the wind was already from the north. “Nobody will\n\
                      cross to-night,” said the pilot; the pas-\nsengers believed him.\n";

/// A folder with a file in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(name: &str, text: impl AsRef<[u8]>) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder for the test"));
        fs::write(folder.path().join(name), text).expect("the test's file is written");
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A case that quotes from one letter, once for each of some quotations.
fn case(copy: &str, quotes: &[&str]) -> String {
    let claims: Vec<String> = quotes
        .iter()
        .enumerate()
        .map(|(at, quote)| {
            let quote = quote.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"c{at}\": (text: \"Claim {at}\", evidence: [Supports(from: \"letter\", as: Finding, at: \"p. 1\", quote: \"{quote}\")]),")
        })
        .collect();
    format!(
        "Case(\n    title: \"A letter\",\n    documents: {{\"letter\": (title: \"A letter\", reliability: A, {copy})}},\n    claims: {{\n        {}\n    }},\n)\n",
        claims.join("\n        ")
    )
}

fn folder(copy: &str, quotes: &[&str]) -> Folder {
    let folder = Folder::with("case.ron", case(copy, quotes));
    fs::write(folder.path().join("letter.txt"), LETTER).expect("the copy is written");
    folder
}

fn quotes(folder: &Path, more: &[&str]) -> (Value, i32) {
    let case = folder.display().to_string();
    let answer = evigraph([&["quotes", &case, "--format", "json"], more].concat());
    let json = serde_json::from_slice(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(&answer)));
    (json, code(&answer))
}

fn states(answer: &Value) -> Vec<&str> {
    let all = answer["quotations"].as_array().expect("a list");
    all.iter().map(|one| one["state"].as_str().expect("a word")).collect()
}

const SIX: [&str; 4] = [
    "the wind was already from the north",
    "\"Nobody will cross to-night,\" said the pilot; the passengers believed him.",
    "at ten in the evening we left the quay",
    "the captain had been drinking since noon",
];

#[test]
fn each_quotation_has_its_state_and_place() {
    let folder = folder("copy: \"letter.txt\"", &SIX);
    let (answer, code) = quotes(folder.path(), &[]);
    assert_eq!(states(&answer), ["exact", "normalised", "near", "missing"]);
    assert_eq!(code, 1);
    let all = &answer["quotations"];
    assert_eq!([&all[0]["line"], &all[1]["line"], &all[2]["line"]], [2, 2, 1]);
    assert_eq!(all[2]["passage"]["words"], "at nine in the evening we left the quay");
    assert_eq!(answer["counts"]["missing"], 1);
    let (answer, code) = quotes(folder.path(), &["c0", "c1"]);
    assert_eq!((states(&answer), code), (vec!["exact", "normalised"], 0), "only what is asked about counts");
    assert_eq!(quotes(folder.path(), &["letter"]).1, 1);
}

#[test]
fn an_id_that_is_none_is_refused() {
    let folder = folder("copy: \"letter.txt\"", &SIX);
    let case = folder.path().display().to_string();
    let answer = evigraph(["quotes", case.as_str(), "lettr"]);
    assert_eq!((code(&answer), stdout(&answer)), (2, String::new()));
    assert!(stderr(&answer).contains("did you mean `letter`?"), "{}", stderr(&answer));
    let file = folder.path().join("case.ron");
    let text = fs::read_to_string(&file).expect("the case");
    fs::write(&file, text.replace("claims: {", "questions: {\"q\": (text: \"Q?\", claims: [\"c0\"])}, claims: {"))
        .expect("the case is written");
    let answer = evigraph(["quotes", case.as_str(), "q"]);
    assert!(code(&answer) == 2 && !stderr(&answer).contains("did you mean"), "{}", stderr(&answer));
}

#[test]
fn without_a_copy_nothing_is_checked_and_nothing_is_said() {
    let folder = folder("cite: 1", &SIX);
    let (answer, code) = quotes(folder.path(), &[]);
    assert_eq!((states(&answer), code), (vec!["unchecked"; 4], 0));
    assert_eq!(answer["quotations"][0]["reason"], "no copy of its source is kept");
    let case = folder.path().display().to_string();
    for command in ["why", "report", "verdict"] {
        let id: &[&str] = if command == "why" { &["c0"] } else { &[] };
        let answer = evigraph([&[command, &case], id].concat());
        assert!(!stdout(&answer).contains("copy"), "{command}: {}", stdout(&answer));
    }
}

#[test]
fn unchecked_never_looks_like_checked() {
    // A copy that is gone, of a case that keeps one: every output says so, and none says that anything was found.
    let folder = folder("copy: \"gone.txt\"", &SIX[..1]);
    let case = folder.path().display().to_string();
    for args in [
        &["why", &case, "c0"][..],
        &["report", &case],
        &["report", &case, "--format", "html"],
        &["diagram", &case, "--format", "html"],
        &["quotes", &case],
    ] {
        let text = stdout(&evigraph(args));
        assert!(text.contains("not checked") || text.contains("unchecked"), "{args:?}: {text}");
        assert!(!text.contains("found in the kept copy"), "{args:?}");
    }
    let answer = stdout(&evigraph(["check", case.as_str()]));
    assert!(answer.contains("warning[copy-unreadable]"), "{answer}");
}

#[test]
fn every_output_shows_the_states() {
    let folder = folder("copy: \"letter.txt\"", &[SIX[0], SIX[3]]);
    let case = folder.path().display().to_string();
    let why = |id: &str| stdout(&evigraph(["why", case.as_str(), id]));
    assert!(why("c0").contains("quotation found in the kept copy"), "{}", why("c0"));
    assert!(why("c1").contains("quotation not in the kept copy"), "{}", why("c1"));
    let json = stdout(&evigraph(["why", case.as_str(), "c1", "--format", "json"]));
    assert!(json.contains("\"quotation\": \"missing\""), "{json}");
    let report = stdout(&evigraph(["report", case.as_str()]));
    assert!(report.contains("; found in the kept copy") && report.contains("; not in the kept copy"), "{report}");
    assert!(report.contains("1 found in the kept copy; 1 not in the kept copy"), "{report}");
    let page = stdout(&evigraph(["diagram", case.as_str(), "--format", "html"]));
    assert!(page.contains("✓ found in the kept copy") && page.contains("✕ not in the kept copy"));
}

#[test]
fn a_copy_with_another_hash_is_changed() {
    let hash = |text: &str| {
        evigraph::internals::quotes::digest(text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let good = folder(&format!("copy: \"letter.txt\", sha256: \"{}\"", hash(LETTER).to_uppercase()), &SIX[..1]);
    assert_eq!(states(&quotes(good.path(), &[]).0), ["exact"], "capitals are digits as well");
    let bad = folder(&format!("copy: \"letter.txt\", sha256: \"{}\"", hash("another")), &SIX[..1]);
    let (answer, code) = quotes(bad.path(), &[]);
    assert_eq!((states(&answer), code), (vec!["changed"], 1));
    assert_eq!(answer["copies"][0]["sha256"], hash(LETTER));
    let case = bad.path().display().to_string();
    let checked = stdout(&evigraph(["check", case.as_str()]));
    assert!(checked.contains("warning[copy-changed]") && checked.contains(&hash(LETTER)), "{checked}");
}

#[test]
fn near_quotations_are_repaired_and_nothing_else() {
    let folder = folder(
        "copy: \"letter.txt\"",
        &[SIX[2], "at nine in the evening […] and the wind was already from the south.", SIX[3]],
    );
    let (case, file) = (folder.path().display().to_string(), folder.path().join("case.ron"));
    let before = fs::read_to_string(&file).expect("the case");
    let diff = evigraph(["quotes", case.as_str(), "--repair", "--diff"]);
    assert!(stdout(&diff).contains("+        \"c0\""), "{}", stdout(&diff));
    assert_eq!(fs::read_to_string(&file).expect("the case"), before, "nothing was written");
    let repaired = evigraph(["quotes", case.as_str(), "--repair"]);
    assert!(stderr(&repaired).contains("repaired 2 quotations in 1 file"), "{}", stderr(&repaired));
    let after = fs::read_to_string(&file).expect("the case");
    let expected = before
        .replace(SIX[2], "at nine in the evening we left the quay")
        .replace("and the wind was already from the south.", "and the wind was already from the north.");
    assert_eq!(after, expected);
    let (answer, code) = quotes(folder.path(), &[]);
    assert_eq!((states(&answer), code), (vec!["exact", "exact", "missing"], 1));
}

#[test]
fn check_warns_and_offers_the_words_of_the_copy() {
    let folder = folder("copy: \"letter.txt\"", &[SIX[2], SIX[3]]);
    let case = folder.path().display().to_string();
    let checked = stdout(&evigraph(["check", case.as_str(), "--format", "short"]));
    assert!(checked.contains("warning[quote-near]") && checked.contains("warning[quote-missing]"), "{checked}");
    let fixed = evigraph(["check", case.as_str(), "--fix"]);
    assert!(stdout(&fixed).contains("quote-near"), "it is for the author to look at: {}", stdout(&fixed));
    let fixed = evigraph(["check", case.as_str(), "--fix", "--unsafe-fixes"]);
    assert!(!stdout(&fixed).contains("quote-near") && stdout(&fixed).contains("quote-missing"), "{}", stdout(&fixed));
    assert_eq!(states(&quotes(folder.path(), &[]).0), ["exact", "missing"]);
}

#[test]
fn a_warning_about_a_quotation_can_be_allowed() {
    let text = case("copy: \"letter.txt\"", &SIX[3..])
        .replace("text: \"Claim 0\",", "text: \"Claim 0\", allow: [\"quote-missing\"],");
    let folder = Folder::with("case.ron", text);
    fs::write(folder.path().join("letter.txt"), LETTER).expect("the copy is written");
    let case = folder.path().display().to_string();
    let checked = stdout(&evigraph(["check", case.as_str()]));
    assert!(
        checked.contains("1 allowed")
            && !checked.contains("warning[quote-missing]")
            && !checked.contains("unused-allow"),
        "{checked}"
    );
}

#[test]
fn evidence_that_is_not_verified_can_be_struck() {
    let folder = folder("copy: \"letter.txt\"", &[SIX[0], SIX[3]]);
    let path = folder.path().display().to_string();
    let verdicts = |more: &[&str]| -> Value {
        let answer = evigraph([&["verdict", &path, "--format", "json"], more].concat());
        serde_json::from_slice(&answer.stdout).expect("JSON")
    };
    let case_for = |answer: &Value, at: usize| answer["statements"][at]["case_for"].as_f64().expect("a number");
    let (plain, struck) = (verdicts(&[]), verdicts(&["--verified-quotes-only"]));
    // A reliability of 0.95 and a finding, 0.85.
    assert!((case_for(&plain, 0) - 0.8075).abs() < 1e-9 && (case_for(&plain, 1) - 0.8075).abs() < 1e-9);
    assert!((case_for(&struck, 0) - 0.8075).abs() < 1e-9, "it was found");
    assert_eq!(case_for(&struck, 1), 0.0, "it was not");
    assert!(plain["scenario"].is_null());
    assert_eq!(struck["scenario"]["verified_quotes_only"]["left_out"][0]["statement"], "c1");
    let text = stdout(&evigraph(["verdict", path.as_str(), "--verified-quotes-only"]));
    assert!(text.contains("What if: verified quotations only, which leaves 1 link of evidence out"), "{text}");
    let compared = evigraph(["compare", path.as_str(), "--verified-quotes-only"]);
    assert_eq!(code(&compared), 1, "one verdict changes");
    assert!(stdout(&compared).contains("as written → --verified-quotes-only"), "{}", stdout(&compared));
    let refused = evigraph(["sample", path.as_str(), "--worlds", "0..10", "--verified-quotes-only"]);
    assert_eq!(code(&refused), 2);
}

#[test]
fn struck_evidence_is_as_if_it_had_not_been_written() {
    for (seed, profile) in (0..40).flat_map(|seed| [(seed, Profile::broad()), (seed, Profile::competing())]) {
        let case = random::case(&profile, seed).build();
        let links =
            case.statements.iter().flat_map(|(id, entry)| (0..entry.evidence.len()).map(move |index| (id, index)));
        let struck: Vec<_> =
            links.filter(|(id, index)| (id.index() + index + seed as usize).is_multiple_of(3)).collect();
        let mut without = case.clone();
        for &(id, index) in struck.iter().rev() {
            without.statements[id].evidence.remove(index);
        }
        let scenario = Scenario { unverified: Some(struck), ..Scenario::default() };
        let (engine, other) = (Engine::new(&case, scenario), Engine::new(&without, Scenario::default()));
        for id in case.statements.ids() {
            let [one, other] = [&engine, &other].map(|engine| engine.assess(id).expect("it is small"));
            assert!((one.degrees.case_for() - other.degrees.case_for()).abs() < 1e-9, "{seed}");
            assert!((one.degrees.case_against() - other.degrees.case_against()).abs() < 1e-9, "{seed}");
            assert_eq!(one.detail, other.detail, "{seed}");
        }
    }
}

#[test]
fn versions_are_compared_by_what_is_verified() {
    let old = folder("copy: \"letter.txt\"", &[SIX[0]]);
    let new = folder("copy: \"letter.txt\"", &[SIX[3]]);
    let (old, new) = (old.path().display().to_string(), new.path().display().to_string());
    let compared = evigraph(["compare", old.as_str(), new.as_str()]);
    assert_eq!(code(&compared), 0, "words alone: {}", stdout(&compared));
    assert!(!stdout(&compared).contains("(missing)"), "{}", stdout(&compared));
    let moved = folder("copy: \"letter.txt\"", &[SIX[0]]);
    fs::remove_file(moved.path().join("letter.txt")).expect("the copy is gone");
    let compared = evigraph(["compare", old.as_str(), moved.path().display().to_string().as_str()]);
    assert!(!stdout(&compared).contains("quote"), "nobody edited it: {}", stdout(&compared));
    let compared = evigraph(["compare", old.as_str(), new.as_str(), "--verified-quotes-only"]);
    assert_eq!(code(&compared), 1, "{}", stdout(&compared));
    assert!(stdout(&compared).contains("quote"), "{}", stdout(&compared));
}

#[test]
fn pages_are_held_against_at() {
    let text = "one page here\x0canother page there\x0cand a third";
    let ron = case("copy: \"letter.txt\"", &["another page there"]);
    for (at, elsewhere) in [
        ("p. 2", false),
        ("p. 1", true),
        ("pp. 1-2", false),
        ("p. 214", false),
        ("fol. 3", false),
        ("pp. 1, 3", true),
        ("pages 1 and 2", false),
    ] {
        let folder = Folder::with("case.ron", ron.replace("at: \"p. 1\"", &format!("at: \"{at}\"")));
        fs::write(folder.path().join("letter.txt"), text).expect("the copy is written");
        let (answer, code) = quotes(folder.path(), &[]);
        assert_eq!(answer["quotations"][0]["elsewhere"].as_bool().unwrap_or(false), elsewhere, "{at}");
        assert_eq!((states(&answer), code), (vec!["exact"], 0), "where it stands is a remark");
        let checked = stdout(&evigraph(["check", &folder.path().display().to_string()]));
        assert_eq!(checked.contains("quote-elsewhere"), elsewhere, "{checked}");
    }
}

#[test]
fn copies_are_read_from_the_folder_of_the_case_alone() {
    let outer = tempfile::tempdir().expect("a folder");
    fs::write(outer.path().join("secret.txt"), LETTER).expect("a file");
    let inner = outer.path().join("case");
    fs::create_dir_all(inner.join("sub")).expect("a folder");
    let absolute = outer.path().join("secret.txt").display().to_string();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.txt", inner.join("link.txt")).expect("a link");
    for copy in ["../secret.txt", absolute.as_str(), "sub/../../secret.txt", "link.txt", "sub", "", "."] {
        let copy = copy.replace('\\', "\\\\");
        fs::write(inner.join("case.ron"), case(&format!("copy: \"{copy}\""), &SIX[..1])).expect("a case");
        let (answer, code) = quotes(&inner, &[]);
        assert_eq!((states(&answer), code), (vec!["unchecked"], 0), "{copy}: {answer}");
        assert!(answer["copies"][0]["trouble"].is_string(), "{copy}");
        assert!(!answer.to_string().contains("wind was already from the north. "), "{copy}");
    }
    let piped =
        super::cli::piped(&["quotes", "-", "--format", "json"], case("copy: \"letter.txt\"", &SIX[..1]).as_bytes());
    assert!(stdout(&piped).contains("copies are read only for a case that is read from a file"), "{}", stdout(&piped));
}

#[test]
fn an_answer_does_not_take_the_place_of_a_copy() {
    let folder = folder("copy: \"letter.txt\"", &SIX);
    let (case, copy) = (folder.path().display().to_string(), folder.path().join("letter.txt"));
    let refused = command(["quotes", case.as_str(), "-o", &copy.display().to_string()]).output().expect("it runs");
    assert_eq!(code(&refused), 2, "{}", stderr(&refused));
    assert_eq!(fs::read_to_string(copy).expect("it is there"), LETTER);
}

#[test]
fn the_same_words_are_found_in_every_format() {
    let html = "<!doctype html><title>x</title><p>My dear sister, at nine in the evening we left the quay, and the <b>wind</b> was already from \
                the north. &ldquo;Nobody will cross to-night,&rdquo; said the pilot; the pas&shy;sengers believed him.</p>";
    let markdown = "# Letter\n\nMy dear sister, at nine in the evening we left the quay, and\nthe *wind* was already from the north. “Nobody will \
                    cross to-night,” said the pilot; the pas\u{ad}sengers believed him.\n";
    let copies: [(&str, Vec<u8>); 5] = [
        ("letter.html", html.into()),
        ("letter.md", markdown.into()),
        ("letter.pdf", pdf(&[&LETTER.lines().collect::<Vec<_>>()])),
        ("utf16.txt", [0xff, 0xfe].into_iter().chain(LETTER.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
        ("latin1.txt", b"the wind was already from the north \xe9".to_vec()),
    ];
    for (name, bytes) in copies {
        let folder = Folder::with("case.ron", case(&format!("copy: \"{name}\""), &SIX));
        fs::write(folder.path().join(name), bytes).expect("the copy is written");
        let (answer, code) = quotes(folder.path(), &[]);
        if name == "latin1.txt" {
            assert_eq!((states(&answer), code), (vec!["unchecked"; 4], 0), "{answer}");
            assert!(answer.to_string().contains("it is not UTF-8"), "{answer}");
        } else {
            assert_eq!(
                (states(&answer), code),
                (vec!["exact", "normalised", "near", "missing"], 1),
                "{name}: {answer}"
            );
        }
    }
}

/// A folder with a case that quotes from a copy with that text.
fn copied(text: &str, quotes: &[&str]) -> Folder {
    let folder = folder("copy: \"letter.txt\"", quotes);
    fs::write(folder.path().join("letter.txt"), text).expect("the copy is written");
    folder
}

/// What `--repair` says, and the case before and after.
fn repaired(folder: &Folder) -> (String, String, String) {
    let file = folder.path().join("case.ron");
    let before = fs::read_to_string(&file).expect("the case");
    let answer = evigraph(["quotes", folder.path().display().to_string().as_str(), "--repair"]);
    (stderr(&answer), before, fs::read_to_string(&file).expect("the case"))
}

#[test]
fn a_case_is_no_copy_of_its_sources() {
    for (copy, included) in [("case.ron", "more.ron"), ("./more.ron", "more.ron")] {
        let text = case(&format!("copy: \"{copy}\""), &["words that nobody wrote"])
            .replace("documents:", &format!("includes: [\"{included}\"], documents:"));
        let folder = Folder::with("case.ron", text);
        fs::write(folder.path().join("more.ron"), "Case(claims: {\"m\": (text: \"words that nobody wrote\")})")
            .expect("a file");
        let (answer, _) = quotes(folder.path(), &[]);
        assert_eq!(states(&answer), ["unchecked"], "{answer}");
        assert_eq!(answer["copies"][0]["trouble"], "it is a file of the case itself");
    }
}

#[test]
fn a_passage_over_two_pages_is_not_written() {
    let folder = copied(
        "so the bridge was closed by\n12\n\x0cHISTORY OF BRIDGES\nthe county in May of that year when it rained a lot in the valley",
        &["the bridge was closed by the county in May of that year when it rained a lot in the valley"],
    );
    let (said, before, after) = repaired(&folder);
    assert_eq!(before, after);
    assert!(said.contains("is not repaired: the passage goes on from one page to the next"), "{said}");
    assert!(said.contains("there is nothing to repair"), "{said}");
}

/// The report that `graphs/kept-copies` keeps.
fn inquiry() -> Vec<u8> {
    const HEAD: &str = "INQUIRY INTO THE LOSS OF THE MARIGOLD";
    pages::pdf(&[
        &[
            HEAD,
            "The harbour master was heard on the second day. He said that the",
            "bar was closed at five, and that the message was taken down to the",
            "12",
        ],
        &[
            HEAD,
            "quay by the office boy, who was seen to hand it over. The master had",
            "carried passengers on worse nights, as the owners told us. We do not",
            "13",
        ],
        &[HEAD, "find that he had not been told.", "14"],
    ])
}

#[test]
fn the_shipped_case_has_its_copies_and_each_quotation_is_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs/kept-copies");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(folder.join("copies/inquiry.pdf"), inquiry()).expect("it is written");
    }
    assert!(fs::read(folder.join("copies/inquiry.pdf")).expect("it is there") == inquiry(), "it is made by this test");
    let (answer, code) = quotes(&folder, &[]);
    assert_eq!(code, 0, "{answer}");
    let all = answer["quotations"].as_array().expect("a list").iter();
    let found: Vec<(&str, &str)> =
        all.map(|one| (one["from"].as_str().unwrap_or(""), one["state"].as_str().unwrap_or(""))).collect();
    let expected = [
        ("notice", "normalised"),
        ("letter", "unchecked"),
        ("gazette", "normalised"),
        ("inquiry", "normalised"),
        ("log", "exact"),
        ("owners", "exact"),
    ];
    assert_eq!(found, expected);
}

const HEAD: &str = "HISTORY OF BRIDGES";

#[test]
fn a_sentence_over_two_pages_is_found_without_what_stands_between() {
    let pages: [&[&str]; 3] = [
        &[HEAD, "so the bridge was closed by", "12"],
        &[HEAD, "the county in May and nobody crossed the pas-", "13"],
        &[HEAD, "sage of the river in 14 days", "14"],
    ];
    let quoted = [
        "the bridge was closed by the county in May",
        "nobody crossed the passage of the river",
        HEAD,
        "the bridge was opened by the county in May",
        "the river in days",
    ];
    let text = pages.map(|lines| lines.join("\n")).join("\n\x0c");
    for (name, copy) in [("book.pdf", pages::pdf(&pages)), ("book.txt", text.into_bytes())] {
        let folder = Folder::with("case.ron", case(&format!("copy: \"{name}\""), &quoted));
        fs::write(folder.path().join(name), copy).expect("the copy is written");
        let (answer, _) = quotes(folder.path(), &[]);
        assert_eq!(states(&answer), ["normalised", "normalised", "exact", "near", "near"], "{name}: {answer}");
        let all = &answer["quotations"];
        assert_eq!((&all[0]["page"], &all[1]["page"]), (&1.into(), &2.into()));
        assert_eq!(all[3]["passage"]["words"], "the bridge was closed by the county in May");
        assert_eq!(all[3]["passage"]["unrepaired"], "the passage goes on from one page to the next");
        assert_eq!(all[4]["passage"]["words"], "the river in 14 days", "a number of the text");
    }
}

#[test]
fn the_mark_of_a_note_makes_no_quotation_fail() {
    let quoted = ["the bridge was closed in 1984 by the county", "it was 5 m2 of planks", "it was 5 m of planks"];
    for (name, copy) in [
        (
            "note.html",
            "the bridge was closed<sup>3</sup> in 1984<sup><a href='#n4'>4</a></sup> by the<sup><a href='#b'>[b]</a></sup> county",
        ),
        ("note.md", "the bridge was closed[^3] in 1984<sup>[4](#n4)</sup> by the<sup>[b](#b)</sup> county"),
        ("note.txt", "the bridge was closed³ in 1984 by the county"),
        ("note.pdf", ""),
    ] {
        let area = if name == "note.txt" { "it was 5 m² of planks" } else { "it was 5 m<sup>2</sup> of planks" };
        let copy = match name {
            "note.pdf" => pages::by_hand(&["the bridge was closed³ in 1984 by the³ county", "it was 5 m2 of planks"]),
            _ => format!("{copy}, {area}").into_bytes(),
        };
        let folder = Folder::with("case.ron", case(&format!("copy: \"{name}\""), &quoted));
        fs::write(folder.path().join(name), copy).expect("the copy is written");
        let (answer, _) = quotes(folder.path(), &[]);
        let found = states(&answer);
        assert_eq!((found[0], found[2]), ("normalised", "near"), "{name}: {answer}");
        assert!(matches!(found[1], "exact" | "normalised"), "{name}: {answer}");
    }
}

#[test]
fn parts_in_another_order_are_missing_and_not_repaired() {
    let folder = copied(
        "Alpha beta gamma was here. Later the town paid for it all.",
        &["the town paid for it all … Alpha beta gamma was here"],
    );
    let (answer, code) = quotes(folder.path(), &[]);
    assert_eq!((states(&answer), code), (vec!["missing"], 1));
    assert_eq!(answer["quotations"][0]["out_of_order"], true);
    let (said, before, after) = repaired(&folder);
    assert!(before == after && said.contains("there is nothing to repair"), "{said}");
    let checked = stdout(&evigraph(["check", folder.path().display().to_string().as_str()]));
    assert!(checked.contains("in another order"), "{checked}");
}

#[test]
fn a_text_that_two_copies_differ_on_is_not_repaired() {
    for (other, why) in [("was shut on 4 May", true), ("was closed on 4 May", true), ("was closed on 5 May", false)] {
        let text = case("copy: \"letter.txt\"", &["the bridge was closed on 4 May by the county"])
            .replace("from: \"letter\"", "from: [\"letter\", \"second\"]")
            .replace(
                "documents: {",
                "documents: {\"second\": (title: \"Second\", reliability: A, copy: \"second.txt\"), ",
            );
        let folder = Folder::with("case.ron", text);
        fs::write(folder.path().join("letter.txt"), "Then the bridge was closed on 5 May by the county.")
            .expect("a copy");
        fs::write(folder.path().join("second.txt"), format!("Then the bridge {other} by the county.")).expect("a copy");
        let (said, before, after) = repaired(&folder);
        assert_eq!(before == after, why, "{other}: {said}");
        assert_eq!(said.contains("quoted from another source"), why, "{said}");
        let checked =
            stdout(&evigraph(["check", folder.path().display().to_string().as_str(), "--fix", "--unsafe-fixes"]));
        assert_eq!(fs::read_to_string(folder.path().join("case.ron")).expect("the case") == before, why, "{checked}");
    }
}

#[test]
fn a_repair_keeps_the_words_that_are_right() {
    let folder = copied(
        "It is said the well-\nknown “bridge”[38] was closed [sic] on 4 May by all.",
        &["the well-known \"bridge\" was closed on 5 May"],
    );
    let (_, before, after) = repaired(&folder);
    assert_eq!(after, before.replace("5 May", "4 May"));
}

#[test]
fn what_cannot_be_repaired_is_said() {
    let piped = super::cli::piped(&["quotes", "-", "--repair"], case("copy: \"letter.txt\"", &SIX).as_bytes());
    assert_eq!((code(&piped), stdout(&piped)), (2, String::new()));
    assert!(stderr(&piped).contains("read from standard input"), "{}", stderr(&piped));
}

#[test]
fn a_raw_text_that_cannot_hold_the_repair_is_written_with_other_marks() {
    for (quote, copy, expected) in [
        ("r\"It said closed on 5 May\"", "It said \"closed\" on 4 May", "r#\"It said \"closed\" on 4 May\"#"),
        ("r#\"It said \"closed\" on 5 May\"#", "It said \"closed\" on 4 May", "r#\"It said \"closed\" on 4 May\"#"),
        (
            "r#\"It said closed on 5 May\"#",
            "It said \"#closed\"##, on 4 May",
            "r###\"It said \"#closed\"##, on 4 May\"###",
        ),
        (
            "r\"The county said in its letter that the bridge was closed on 5 May\"",
            "The county said in its letter that the bridge was \"########closed on 4 May",
            "\"The county said in its letter that the bridge was \\\"########closed on 4 May\"",
        ),
    ] {
        let text = case("copy: \"letter.txt\"", &["Q"]).replace("\"Q\"", quote);
        let folder = Folder::with("case.ron", &text);
        fs::write(folder.path().join("letter.txt"), copy).expect("a copy");
        let (said, before, after) = repaired(&folder);
        assert_eq!(after, before.replace(quote, expected), "{said}");
        assert_eq!(states(&quotes(folder.path(), &[]).0), ["exact"], "{after}");
    }
}

#[test]
fn a_word_that_goes_on_in_the_next_line_is_one_in_every_format() {
    for (name, copy) in [
        ("letter.txt", "then the pas\u{ad}\nsengers believed him"),
        ("letter.md", "then the pas-\nsengers believed him"),
        ("letter.md", "then the pas\u{ad}\nsengers believed him"),
        ("letter.html", "<p>then the pas-\n   sengers believed him"),
    ] {
        let folder = Folder::with("case.ron", case(&format!("copy: \"{name}\""), &["the passengers believed him"]));
        fs::write(folder.path().join(name), copy).expect("the copy is written");
        assert_eq!(states(&quotes(folder.path(), &[]).0), ["normalised"], "{copy}");
    }
}
