//! `evigraph query` from outside: each question on a shipped case, held against lists made by hand or against code that
//! shares nothing with it; JSON fields, exit codes, hostile input; and `docs/query.md` against what the program prints.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use evigraph::Reason;
use evigraph::Selector;
use evigraph::internals::model::{Case, EvidenceGraph, Nature, Node, Source};
use evigraph::internals::query::{
    ActorSelector, ClaimSelector, Limits, actors, claims, collections, derived_from, documents, open, paths, readings,
    sources,
};
use evigraph::{Engine, EngineError, Scenario, Watch};
use evigraph::{Input, load};
use serde_json::{Value, json};

use super::support::random::{self, Profile};

const RECORD: &str = "graphs/contra-record";
const ARTICLE: &str = "graphs/declassified";

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evigraph"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

fn read(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
}

/// The answer to a question as JSON.
#[track_caller]
fn query(case: &str, args: &[&str]) -> Value {
    let output = run(&[&["query", case], args, &["--format", "json"]].concat());
    assert!(code(&output) < 2, "{}", text(&output.stderr));
    let answer = read(&output);
    assert_eq!(answer["schema"], "evigraph/query/1");
    assert_eq!(answer["query"], args[0]);
    assert_eq!(answer["method"]["name"], "exact");
    answer
}

/// The statements of `evigraph verdict`, by id.
fn verdicts(case: &str, args: &[&str]) -> BTreeMap<String, Value> {
    let answer = read(&run(&[&["verdict", case, "--format", "json"], args].concat()));
    let list = answer["statements"].as_array().expect("a list").iter();
    list.map(|statement| (string(&statement["id"]), statement.clone())).collect()
}

fn string(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

fn ids(value: &Value) -> Vec<String> {
    list(value).iter().map(|entry| string(if entry.is_string() { entry } else { &entry["id"] })).collect()
}

fn entry<'v>(value: &'v Value, id: &str) -> &'v Value {
    list(value).iter().find(|entry| entry["id"] == id).unwrap_or_else(|| panic!("{id} is there"))
}

fn shipped(name: &str) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    load(Input::Path(path)).expect("it is there").case.expect("it is sound")
}

/// A case file of a test.
struct File(tempfile::TempDir);

impl File {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        std::fs::write(folder.path().join("case.ron"), text).expect("the test's file is written");
        Self(folder)
    }

    fn path(&self) -> String {
        self.0.path().join("case.ron").display().to_string()
    }
}

#[track_caller]
fn assert_refused(args: &[&str], message: &str) {
    let output = run(args);
    assert_eq!(code(&output), 2, "{}", text(&output.stdout));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
}

#[test]
fn the_page_on_queries_shows_what_the_program_prints() {
    crate::walk::page("docs/query.md", "query");
}

#[test]
fn the_page_on_queries_explains_every_key() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/query.md")).expect("it is there");
    for (title, keys) in [
        ("### Keys for documents", Selector::keys()),
        ("### Keys for claims and relationships", ClaimSelector::keys()),
        ("### Keys for actors", ActorSelector::keys()),
    ] {
        let (_, section) = page.split_once(title).unwrap_or_else(|| panic!("the page has {title}"));
        let section = section.split("\n#").next().expect("a section");
        for key in keys {
            assert!(section.contains(&format!("| `{}:` |", key.name)), "{title}: {}", key.name);
            assert!(section.contains(key.meaning), "{title}: {}: {}", key.name, key.meaning);
        }
    }
}

/// The help of the command names every key of the language, in order.
#[test]
fn help_names_every_key() {
    for (question, keys) in [
        ("documents", Selector::keys()),
        ("sources", Selector::keys()),
        ("collections", Selector::keys()),
        ("claims", ClaimSelector::keys()),
        ("actors", ActorSelector::keys()),
    ] {
        let help = text(&run(&["query", RECORD, question, "--help"]).stdout);
        let words: Vec<&str> = help.split_whitespace().collect();
        let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        assert!(words.join(" ").contains(&format!("Keys: {}", names.join(", "))), "{question}: {help}");
    }
}

// Documents.

#[test]
fn documents_of_the_agency_on_the_contra_years() {
    let answer = query(RECORD, &["documents", "under:cia and topic:contra and period:1980/1989"]);
    // The statement of 1993 on Caracas speaks to a claim with the tag, and of another time.
    assert_eq!(
        ids(&answer["documents"]),
        ["hitz-testimony-1998", "hitz-vol-1", "hitz-vol-2", "reporting-letters-1982"]
    );
    assert_eq!(answer["selector"], "under:cia and topic:contra and period:1980/1989");
    let first = entry(&answer["documents"], "hitz-vol-1");
    assert_eq!(first["kind"], "InspectorGeneralReport");
    assert_eq!(first["by"], json!(["cia-oig"]));
    assert_eq!((&first["date"], &first["released"]), (&json!("1997-12-17"), &json!("1998-01-29")));
    assert_eq!(first["collection"], "cia-reading-room");
    assert_eq!(number(&first["withheld"]), 0.25);
    // The links that the files have under these statements.
    let said: Vec<(String, String)> =
        list(&first["speaks_to"]).iter().map(|said| (string(&said["id"]), string(&said["effect"]))).collect();
    let expected = [
        ("blandon-meneses-cia-relationship", "opposes"),
        ("blandon-meneses-traffickers", "supports"),
        ("cable-on-arms-exchange", "supports"),
        ("frogman-intervention", "supports"),
        ("narcotics-for-arms-exchange", "supports"),
        ("series-triggered-cia-inspector", "supports"),
    ];
    assert_eq!(said, expected.map(|(id, effect)| (id.to_owned(), effect.to_owned())));
    let verdicts = verdicts(RECORD, &["--no-settled"]);
    for said in list(&first["speaks_to"]) {
        assert_eq!(said["detail"], verdicts[&string(&said["id"])]["detail"]);
    }
}

#[test]
fn a_scenario_changes_the_verdicts_that_documents_speak_to() {
    let args = ["documents", "id:hitz-vol-1", "--without", "cia-operational-files"];
    let answer = query(RECORD, &args);
    let verdicts = verdicts(RECORD, &["--no-settled", "--without", "cia-operational-files"]);
    let said = list(&answer["documents"][0]["speaks_to"]);
    assert!(!said.is_empty());
    for said in said {
        assert_eq!(said["detail"], verdicts[&string(&said["id"])]["detail"]);
    }
    assert_eq!(entry(&answer["documents"][0]["speaks_to"], "frogman-intervention")["detail"], "no_evidence");
    assert_eq!(answer["scenario"]["without"], json!(["cia-operational-files"]));
}

// Sources and collections.

/// Two documents of which each can show the claim, and one that derives from the first.
const CARRIED: &str = r#"Case(title: "Two and one", documents: {
        "one": (title: "One", reliability: 0.8),
        "other": (title: "Other", reliability: 0.5, withheld: Partial, collection: "shelf"),
        "copy": (title: "Copy", reliability: 1, derives_from: ["one"], collection: "shelf", places: ["Lima"]),
        "shelf": (title: "Shelf", kind: Archive),
        "empty": (title: "Empty shelf", kind: Archive),
        "idle": (title: "Idle", kind: Book),
    }, actors: { "witness": (name: "W", reliability: 0.5), "reader": (name: "R") },
    claims: {
        "a": (text: "A.", about: ["reader"], evidence: [
            Supports(from: "one", as: Finding, strength: 1), Supports(from: "other", strength: 1),
        ]),
        "b": (text: "B.", evidence: [Supports(from: "copy", as: Account, strength: 1), Opposes(from: "witness", strength: 1)]),
    },
)"#;

#[test]
fn what_a_source_carries_is_its_influence_summed() {
    let file = File::new(CARRIED);
    let answer = query(&file.path(), &["sources"]);
    // Of A: 1 - 0.2 * 0.5 = 0.9; without one 0.5, without the other 0.8. Of B, for less against: 0.8 - 0.5, since it is
    // true in 0.8 * 0.5 and false in 0.2 * 0.5; without one or the copy -0.5, without the witness 0.8.
    let expected = [
        ("one", 0.4 + 0.8, 2, Some(1.0)),
        ("copy", 0.8, 1, Some(0.0)),
        ("witness", 0.5, 1, Some(1.0)),
        ("other", 0.1, 1, Some(0.0)),
    ];
    assert_eq!(ids(&answer["sources"]), expected.map(|(id, ..)| id.to_owned()));
    for (found, (id, carries, reach, directness)) in list(&answer["sources"]).iter().zip(expected) {
        assert!((number(&found["carries"]) - carries).abs() < 1e-12, "{id}: {found}");
        assert_eq!(found["reach"], reach, "{id}");
        assert_eq!(found["directness"], json!(directness), "{id}");
    }
    // A is established at 0.9, and at 0.8 as well, but not at 0.5; B is contested, and without the witness established.
    assert_eq!(entry(&answer["sources"], "one")["turns"], json!(["a", "b"]));
    assert_eq!(entry(&answer["sources"], "other")["turns"], json!([]));
    assert_eq!(entry(&answer["sources"], "other")["moves"], json!(["a"]));
    assert_eq!(entry(&answer["sources"], "witness")["turns"], json!(["b"]));
    assert_eq!(entry(&answer["sources"], "witness")["withheld"], Value::Null);
    // With a selector those that carry nothing are listed too, and no actor.
    let books = query(&file.path(), &["sources", "kind:Book or id:one"]);
    assert_eq!(ids(&books["sources"]), ["one", "idle"]);
    assert_eq!(entry(&books["sources"], "idle")["directness"], Value::Null);
}

#[test]
fn a_collection_carries_what_its_documents_carry() {
    let file = File::new(CARRIED);
    let answer = query(&file.path(), &["collections"]);
    assert_eq!(ids(&answer["collections"]), ["shelf", "empty"]);
    let shelf = entry(&answer["collections"], "shelf");
    assert_eq!(shelf["members"], json!(["copy", "other"]));
    assert!((number(&shelf["carries"]) - 0.9).abs() < 1e-12);
    assert_eq!(number(&shelf["withheld"]), 0.125);
    assert_eq!(shelf["turns"], json!(["b"]));
    assert_eq!(shelf["reach"], 2);
    assert_eq!(shelf["places"], json!(["Lima"]));
    assert_eq!(number(&shelf["directness"]), 0.0);
    assert_eq!(entry(&answer["collections"], "empty")["withheld"], Value::Null);
    let lima = query(&file.path(), &["collections", "place:Lima"]);
    assert_eq!(ids(&lima["collections"]), ["shelf"]);
    assert_eq!(lima["collections"][0]["members"], json!(["copy"]));
}

/// Against the program itself, asked without the source.
#[test]
fn on_a_large_case_a_source_carries_what_verdicts_lose_without_it() {
    let answer = query(RECORD, &["sources"]);
    let with = verdicts(RECORD, &["--no-settled"]);
    let lead = |statement: &Value| number(&statement["degrees"]["for"]) - number(&statement["degrees"]["against"]);
    for id in ["hitz-vol-2", "kerry-committee-evidence", "paid-informant"] {
        let without = verdicts(RECORD, &["--no-settled", "--without", id]);
        let own = with.iter().filter(|(_, statement)| statement.get("same_as").is_none());
        let carries: f64 = own.clone().map(|(key, statement)| (lead(statement) - lead(&without[key])).abs()).sum();
        let turns: BTreeSet<&String> =
            own.filter(|(key, statement)| turned(statement, &without[*key])).map(|(key, _)| key).collect();
        let found = entry(&answer["sources"], id);
        assert!((number(&found["carries"]) - carries).abs() < 1e-9, "{id}: {carries}");
        assert_eq!(ids(&found["turns"]).iter().collect::<BTreeSet<_>>(), turns, "{id}");
    }
    // Counted in the files: 23 links from the second volume, 10 of them findings or exhibits.
    let volume = entry(&answer["sources"], "hitz-vol-2");
    assert_eq!((&volume["links"], &volume["direct_links"]), (&json!(23), &json!(10)));
}

fn turned(one: &Value, other: &Value) -> bool {
    one["detail"] != other["detail"] && !(one["verdict"] == "contested" && other["verdict"] == "contested")
}

// Readings.

#[test]
fn readings_of_the_guadalajara_dealings() {
    let answer = query(RECORD, &["readings", "guadalajara-collaboration"]);
    assert_eq!(answer["of"], "guadalajara-collaboration");
    assert_eq!(ids(&answer["readings"]), ["guadalajara-collaboration", "guadalajara-trade-off"]);
    assert_eq!(ids(&answer["granted_by_all"]), ["dfs-partner-and-protector", "guadalajara-us-contacts"]);
    let collaboration = &answer["readings"][0];
    assert_eq!(ids(&collaboration["asserted_by"]), ["fox-2013", "proceso-2013"]);
    assert_eq!(collaboration["asserted_by"][1]["by"], json!(["proceso"]));
    assert_eq!(collaboration["asserted_by"][1]["origins"], json!(["ex-agents-2013"]));
    assert_eq!(collaboration["inferred_by"], json!(["ties-read-as-collaboration"]));
    let trade_off = &answer["readings"][1];
    assert_eq!(trade_off["asserted_by"][0]["origins"], json!(["cia-operational-files", "kerry-committee-evidence"]));
    // What each lacks to 0.75, and to a lead of 0.35.
    for reading in [collaboration, trade_off] {
        let [case_for, against] = ["case_for", "case_against"].map(|side| number(&reading[side]));
        assert!((number(&reading["lacks"]["case"]) - (0.75 - case_for).max(0.0)).abs() < 1e-12);
        assert!((number(&reading["lacks"]["margin"]) - (0.35 - case_for + against).max(0.0)).abs() < 1e-12);
    }
}

/// Two readings of a fact. `page` speaks for both, `diary` (from `clerk`) for the first, `ledger` for the second.
const READ: &str = r#"Case(title: "Two readings", actors: { "clerk": (name: "The clerk", reliability: 0.8) },
    documents: {
        "page": (title: "The page", reliability: 0.9), "diary": (title: "The diary", reliability: 0.6, derives_from: ["clerk"]),
        "ledger": (title: "The ledger", reliability: 0.7), "idle": (title: "An idle page"),
    },
    claims: {
        "left": (text: "They left.", evidence: [Supports(from: "page", strength: 1)]),
        "fled": (text: "They fled.", entails: ["left"], rivals: ["moved"], evidence: [
            Supports(from: "page", as: Account, strength: 0.5), Supports(from: "diary", as: Allegation, strength: 0.5),
        ]),
        "moved": (text: "They moved.", entails: ["left"], evidence: [
            Supports(from: "page", as: Account, strength: 0.5), Supports(from: "ledger", as: Finding, strength: 0.5),
        ]),
        "went": (text: "They went on purpose.", any_of: ["moved"]),
        "idle-claim": (text: "Idle.", evidence: [Supports(from: "idle")]),
    })"#;

#[test]
fn what_readings_share_and_what_tells_for_each() {
    let file = File::new(READ);
    let answer = query(&file.path(), &["readings", "fled"]);
    assert_eq!(ids(&answer["readings"]), ["fled", "moved"]);
    assert_eq!(ids(&answer["granted_by_all"]), ["left"]);
    assert_eq!(answer["shared_sources"], json!(["page"]));
    let asserted = &answer["readings"][0]["asserted_by"];
    assert_eq!(ids(asserted), ["diary", "page"]);
    assert_eq!(asserted[0]["links"], json!([{"statement": "fled", "as": "allegation", "strength": 0.5}]));
    assert_eq!(asserted[0]["origins"], json!(["clerk"]));
    // The page makes a case in 0.45 of all worlds, the diary in 0.6 * 0.8 * 0.5 = 0.24, the ledger in 0.35.
    let losses = |reading: &Value| -> Vec<(String, f64)> {
        list(&reading["draws_on"]).iter().map(|one| (string(&one["source"]), number(&one["loss"]))).collect()
    };
    let expected = [
        vec![("diary", 0.24 * 0.55), ("page", 0.45 * 0.76), ("clerk", 0.24 * 0.55)],
        vec![("ledger", 0.35 * 0.55), ("page", 0.45 * 0.65)],
    ];
    for (reading, expected) in list(&answer["readings"]).iter().zip(expected) {
        let found = losses(reading);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((source, loss), (expected_source, expected_loss)) in found.iter().zip(expected) {
            assert_eq!(source, expected_source);
            assert!((loss - expected_loss).abs() < 1e-12, "{source}: {loss}");
        }
    }
    let tells = |reading: &Value| -> Vec<String> {
        list(&reading["tells_for"]).iter().map(|one| string(&one["source"])).collect()
    };
    // The page weighs 0.342 for the first and 0.2925 for the second: less apart than the diary and its clerk.
    assert_eq!(tells(&answer["readings"][0]), ["diary", "clerk", "page"]);
    assert_eq!(tells(&answer["readings"][1]), ["ledger"]);
    // What is any of its parts is asserted by whoever asserts a part, and is no rival of what the part competes with.
    assert_eq!(query(&file.path(), &["readings", "went"])["readings"], json!([]));
}

/// Against the program itself, asked without the source.
#[test]
fn a_reading_draws_on_the_sources_without_which_its_case_is_smaller() {
    let answer = query(RECORD, &["readings", "guadalajara-collaboration"]);
    let both = ["guadalajara-collaboration", "guadalajara-trade-off"];
    let asked = [both.as_slice(), &["--no-settled"]].concat();
    let with = verdicts(RECORD, &asked);
    for id in ["ex-agents-2013", "insight-2013", "kerry-report", "dfs-scholarship", "family-jewels"] {
        let without = verdicts(RECORD, &[asked.as_slice(), &["--without", id]].concat());
        for reading in both {
            let loss = number(&with[reading]["case_for"]) - number(&without[reading]["case_for"]);
            let drawn = list(&entry(&answer["readings"], reading)["draws_on"]);
            let told = drawn.iter().find(|one| one["source"] == id).map_or(0.0, |one| number(&one["loss"]));
            assert!((told - loss).abs() < 1e-9, "{reading} {id}: {told} {loss}");
        }
    }
}

#[test]
fn a_part_of_a_reading_competes_as_the_whole_does_and_a_fact_competes_with_nothing() {
    let answer = query(ARTICLE, &["readings", "rogue-contractors"]);
    assert_eq!(ids(&answer["readings"]), ["rogue-contractors", "complicity"]);
    // Asserted as a part, the whole is asserted.
    let whole = query(ARTICLE, &["readings", "no-direction"]);
    let sources = ["contra-material", "contra-reports", "contra-reports-in-dispute", "operational-ties"];
    assert_eq!(ids(&whole["readings"][0]["asserted_by"]), sources);
    let output = run(&["query", ARTICLE, "readings", "contacts"]);
    assert_eq!(code(&output), 1);
    assert!(text(&output.stdout).contains("contacts has no rival reading"));
    assert_eq!(query(ARTICLE, &["readings", "contacts"])["readings"], json!([]));
}

// Paths.

/// All simple paths of at most so many hops, by trying every way.
fn all_paths(
    ties: &BTreeMap<(String, String), f64>,
    path: &mut Vec<String>,
    to: &str,
    longest: usize,
) -> Vec<Vec<String>> {
    let here = path.last().expect("a start").clone();
    if here == to {
        return vec![path.clone()];
    }
    let mut found = Vec::new();
    if path.len() <= longest {
        for (_, next) in ties.keys().filter(|(from, _)| *from == here) {
            if !path.contains(next) {
                path.push(next.clone());
                found.extend(all_paths(ties, path, to, longest));
                path.pop();
            }
        }
    }
    found
}

#[test]
fn paths_are_those_that_one_finds_by_trying_every_way() {
    let case = shipped(RECORD);
    let verdicts = verdicts(RECORD, &["--no-settled"]);
    let mut ties: BTreeMap<(String, String), f64> = BTreeMap::new();
    for statement in case.statements.values() {
        let verdict = &verdicts[statement.key.as_str()];
        if let Nature::Relationship { from, to, .. } = &statement.nature
            && verdict["detail"] != "refuted"
            && number(&verdict["case_for"]) > 0.0
        {
            let [from, to] = [from, to].map(|&actor| case.actors[actor].key.to_string());
            ties.insert((from.clone(), to.clone()), 0.0);
            ties.insert((to, from), 0.0);
        }
    }
    for (from, to) in
        [("cia", "matta"), ("cia", "fdn"), ("nhao", "guadalajara-organisation"), ("cia", "hpsci"), ("doj", "fdn")]
    {
        let mut expected = all_paths(&ties, &mut vec![from.to_owned()], to, 5);
        let answer = query(RECORD, &["paths", from, to, "--longest", "5", "--most", "1000"]);
        let mut found: Vec<Vec<String>> = list(&answer["paths"])
            .iter()
            .map(|path| {
                let next = list(&path["hops"]).iter().map(|hop| string(&hop["to"]));
                [from.to_owned()].into_iter().chain(next).collect()
            })
            .collect();
        let lengths: Vec<usize> = found.iter().map(Vec::len).collect();
        assert!(lengths.is_sorted(), "{lengths:?}");
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{from} {to}");
        assert_eq!(answer["more"], false);
    }
}

#[test]
fn a_path_is_as_strong_as_its_weakest_link() {
    let answer = query(RECORD, &["paths", "cia", "matta"]);
    let verdicts = verdicts(RECORD, &["--no-settled"]);
    let order = ["supported", "contested", "unsupported"];
    let mut before = (0, 0, f64::NEG_INFINITY);
    assert!(list(&answer["paths"]).len() > 2);
    for path in list(&answer["paths"]) {
        let hops = list(&path["hops"]).iter();
        let links = hops.map(|hop| {
            let ties = list(&hop["relationships"]).iter().map(|tie| {
                let verdict = &verdicts[&string(&tie["id"])];
                assert_eq!(tie["detail"], verdict["detail"]);
                let rank = order.iter().position(|&name| verdict["verdict"] == name).expect("a verdict");
                (rank, -number(&verdict["case_for"]))
            });
            ties.reduce(|one, other| if other < one { other } else { one }).expect("a relationship")
        });
        let weakest = links.reduce(|one, other| if other > one { other } else { one }).expect("a hop");
        assert_eq!(path["weakest"]["verdict"], order[weakest.0]);
        assert!((number(&path["weakest"]["case_for"]) + weakest.1).abs() < 1e-12);
        let now = (list(&path["hops"]).len(), weakest.0, weakest.1);
        assert!(before <= now, "{before:?} {now:?}");
        before = now;
    }
    // Without the committee's evidence the State Department's payments are not shown enough, and not refuted.
    let weaker = query(RECORD, &["paths", "nhao", "setco", "--without", "kerry-committee-evidence"]);
    assert_eq!(weaker["paths"][0]["weakest"]["verdict"], "unsupported");
}

#[test]
fn a_path_steps_between_part_and_whole_only_if_that_is_asked() {
    let output = run(&["query", ARTICLE, "paths", "cia", "traffickers"]);
    assert_eq!(code(&output), 1);
    assert!(text(&output.stdout).contains("--parts"));
    let answer = query(ARTICLE, &["paths", "cia", "traffickers", "--parts"]);
    assert_eq!(answer["paths"][0]["hops"][0]["part_of"], true);
    assert_eq!(answer["paths"][0]["weakest"]["id"], "agencies-and-traffickers");
}

/// Everybody knows everybody: more paths than anyone can count.
#[test]
fn many_paths_are_cut_short() {
    let people = 40;
    let actors: String = (0..people).map(|n| format!("\"p{n}\": (name: \"P {n}\"),\n")).collect();
    let pairs = (0..people).flat_map(|one| (0..one).map(move |other| (one, other)));
    let ties: String = pairs
        .map(|(a, b)| {
            format!(
                "\"r{a}-{b}\": (from: \"p{a}\", to: \"p{b}\", kind: WorkedWith, evidence: [Supports(from: \"d\")]),\n"
            )
        })
        .collect();
    let file = File::new(&format!(
        "Case(title: \"Many\", actors: {{{actors}}}, documents: {{\"d\": (title: \"D\")}}, relationships: {{{ties}}})"
    ));
    let answer = query(&file.path(), &["paths", "p0", "p1", "--longest", "12", "--most", "100"]);
    assert_eq!(list(&answer["paths"]).len(), 100);
    assert_eq!(answer["more"], true);
    assert_eq!(answer["paths"][0]["length"], 1);
    // 38 ways over one other, and then those over two.
    assert_eq!(answer["paths"][38]["length"], 2);
    assert_eq!(answer["paths"][39]["length"], 3);
}

// What derives from a source.

#[test]
fn what_derives_from_a_source() {
    let case = shipped(RECORD);
    // By asking of every document whether it, or an origin of it, derives from the source.
    fn derives(case: &Case, source: Source, from: &str) -> bool {
        let Source::Document(document) = source else { return false };
        let origins = &case.documents[document].derives_from;
        origins.iter().any(|&origin| case.source_key(origin).as_str() == from || derives(case, origin, from))
    }
    for from in ["cia-operational-files", "guard-witnesses", "kerry-report", "north-notebooks"] {
        let expected: BTreeSet<String> = (case.documents.iter())
            .filter(|(id, _)| derives(&case, Source::Document(*id), from))
            .map(|(_, document)| document.key.to_string())
            .collect();
        let answer = query(RECORD, &["derives", from]);
        let found = &answer["documents"];
        assert_eq!(ids(found).into_iter().collect::<BTreeSet<_>>(), expected, "{from}");
        let steps: Vec<u64> = list(found).iter().map(|one| one["steps"].as_u64().expect("steps")).collect();
        assert!(steps.is_sorted());
    }
    let answer = query(RECORD, &["derives", "paid-informant"]);
    assert_eq!(ids(&answer["documents"]), ["informant-debriefings", "los-angeles-times-1990"]);
    assert_eq!(answer["documents"][1]["through"], json!(["informant-debriefings"]));
    assert_eq!(answer["documents"][1]["steps"], 2);
    // Two of the links under the claim on the ranch are from documents that rely on him in these links alone.
    let reached = ids(&answer["statements"]);
    assert_eq!(reached, ["dfs-joint-knowledge", "dfs-officials-protected-traffickers", "guerrilla-training-at-ranch"]);
    let alone: Vec<bool> =
        list(&answer["statements"]).iter().map(|one| one["alone"].as_bool().expect("yes or no")).collect();
    assert_eq!(alone, [false, false, true]);
}

#[test]
fn what_would_turn_without_a_source_is_what_turns() {
    let answer = query(RECORD, &["derives", "kerry-committee-evidence"]);
    let with = verdicts(RECORD, &["--no-settled"]);
    let without = verdicts(RECORD, &["--no-settled", "--without", "kerry-committee-evidence"]);
    let told = [&answer["statements"], &answer["turned_beyond"]].into_iter().flat_map(list);
    let mut turned_here = BTreeSet::new();
    for one in told {
        let id = string(&one["id"]);
        assert_eq!(one["without"]["detail"], without[&id]["detail"]);
        if one["turns"] == true {
            turned_here.insert(id);
        }
    }
    let expected: BTreeSet<String> = (with.iter())
        .filter(|(id, statement)| statement.get("same_as").is_none() && turned(statement, &without[*id]))
        .map(|(id, _)| id.clone())
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(turned_here, expected);
}

/// What depends on a node is what the node is found among, asked the other way round.
#[test]
fn dependents_are_the_other_side_of_dependence() {
    for name in [RECORD, ARTICLE] {
        let case = shipped(name);
        let graph = EvidenceGraph::new(&case);
        let nodes: Vec<Node> = graph.nodes().collect();
        let there: BTreeSet<(Node, Node)> =
            nodes.iter().flat_map(|&node| graph.depends_on(node).into_iter().map(move |other| (other, node))).collect();
        let back: BTreeSet<(Node, Node)> =
            nodes.iter().flat_map(|&node| graph.dependents(node).into_iter().map(move |other| (node, other))).collect();
        assert!(there.len() > nodes.len());
        assert_eq!(there, back);
    }
}

#[test]
fn an_exhibit_does_not_come_from_what_its_document_derives_from() {
    let file = File::new(
        r#"Case(title: "Exhibit", documents: { "old": (title: "Old"), "new": (title: "New", derives_from: ["old"]) },
        claims: { "a": (text: "A.", evidence: [Supports(from: "new", as: Exhibit)]),
                  "b": (text: "B.", evidence: [Supports(from: "new", as: Account)]) })"#,
    );
    let answer = query(&file.path(), &["derives", "old"]);
    assert_eq!(ids(&answer["statements"]), ["b"]);
    assert_eq!(answer["statements"][0]["alone"], true);
}

// Claims, actors, what is open.

#[test]
fn claims_and_open_statements_are_those_of_verdict() {
    let verdicts = verdicts(ARTICLE, &[]);
    let expected = |test: &dyn Fn(&Value) -> bool| -> BTreeSet<String> {
        verdicts.iter().filter(|(_, statement)| test(statement)).map(|(id, _)| id.clone()).collect()
    };
    let case = shipped(ARTICLE);
    let judge = Engine::new(&case, Scenario::default());
    let answers = claims(&judge).expect("it is small enough").found;
    let claims = |text: &str| -> BTreeSet<String> {
        let selector = ClaimSelector::parse(text, &case, &answers).unwrap_or_else(|error| panic!("{error}"));
        selector.chosen().map(|id| case.statements[id].key.to_string()).collect()
    };
    assert_eq!(claims("verdict:contested"), expected(&|found| found["verdict"] == "contested"));
    let not_enough = |found: &Value| found["detail"] == "insufficient" && found["kind"] == "claim";
    assert_eq!(claims("detail:insufficient and is:claim"), expected(&not_enough));
    assert_eq!(claims("settled:yes"), expected(&|found| found["settled"] == true));
    let open_for = |found: &Value, name: &str| list(&found["reasons"]).iter().any(|reason| reason["reason"] == name);
    assert_eq!(claims("open:withheld"), expected(&|found| open_for(found, "withheld")));
    assert_eq!(claims("kind:Generalisation"), BTreeSet::from(["institutional-programme".to_owned()]));
    assert_eq!(claims("question:collaboration").len(), 11);
    assert_eq!(claims("id:liaison or kind:Contracted").len(), 2);
    assert_eq!(claims("place:venezuela"), BTreeSet::from(["covert-action-abroad".to_owned()]));
    assert_eq!(claims("about:setco and not kind:Interpretation").len(), 2);
    assert_eq!(claims("period:1980/1989 and tag:s2").len(), 8);
    assert_eq!(claims("text:\"expressly no such words\"").len(), 0);
    let from: BTreeSet<String> = (case.statements.values())
        .filter(|entry| {
            let canonical = entry.same_as.map_or(&entry.evidence, |claim| &case.statements[claim].evidence);
            canonical.iter().any(|link| case.premise_key(link.from).as_str() == "contra-material")
        })
        .map(|entry| entry.key.to_string())
        .collect();
    assert_eq!(claims("from:contra-material"), from);
    assert!(from.is_subset(&claims("depends:contra-material")));
    for reason in Reason::NAMES.into_iter().map(Some).chain([None]) {
        let found = open(&judge, reason).expect("it is small enough");
        let found = found.found.iter().map(|answer| case.statements[answer.statement].key.to_string()).collect();
        let is_open = |statement: &Value| reason.is_none_or(|reason| open_for(statement, reason));
        let expected = expected(&|found| found.get("same_as").is_none() && found["settled"] == false && is_open(found));
        assert_eq!(expected, found, "{reason:?}");
    }
}

#[test]
fn claims_and_open_statements_as_json() {
    let answer = query(RECORD, &["claims", "tag:readings and verdict:contested"]);
    let readings =
        ["complicity", "guadalajara-collaboration", "guadalajara-trade-off", "knowing-tolerance", "poor-control"];
    assert_eq!(ids(&answer["claims"]), readings);
    assert_eq!(answer["claims"][0]["kind_of_statement"], "Interpretation");
    assert_eq!(answer["claims"][0]["tags"], json!(["readings", "contra"]));
    assert_eq!(answer["claims"][0]["settled"], false);
    let open = query(RECORD, &["open", "withheld"]);
    assert_eq!(open["reason"], "withheld");
    for statement in list(&open["open"]) {
        assert!(list(&statement["reasons"]).iter().any(|reason| reason["reason"] == "withheld"), "{statement}");
    }
}

#[test]
fn actors_with_their_relationships() {
    let answer = query(RECORD, &["actors", "kind:Company and tied:nhao"]);
    assert_eq!(ids(&answer["actors"]), ["diacsa", "frigorificos", "hondu-carib", "setco"]);
    let setco = entry(&answer["actors"], "setco");
    let ties = ["matta-setco", "nhao-contracted-setco", "setco-supplied-fdn"];
    assert_eq!(ids(&setco["relationships"]), ties);
    assert_eq!(setco["relationships"][2]["kind"], "Supplied");
    // The Senate's report, the second volume and the analysis of 2013.
    assert_eq!(setco["documents_mentioning"], 3);
    assert_eq!(setco["documents_issued"], 0);
    let agencies = query(RECORD, &["actors", "under:cia"]);
    assert_eq!(ids(&agencies["actors"]), ["cia", "cia-oig", "cia-public-affairs"]);
    assert_eq!(ids(&query(RECORD, &["actors", "name:\"drug enforcement\""])["actors"]), ["dea"]);
}

// Usage.

#[test]
fn exit_is_0_for_found_1_for_nothing_2_for_wrong_usage() {
    let exit = |args: &[&str]| code(&run(&[&["query", RECORD], args].concat()));
    assert_eq!(exit(&["documents", "kind:Cable"]), 1);
    assert_eq!(exit(&["documents", "kind:Book or kind:Memorandum"]), 0);
    assert_eq!(exit(&["open", "no_evidence"]), 1);
    assert_eq!(exit(&["claims", "verdict:contested and settled:yes"]), 1);
    assert_eq!(exit(&["actors", "kind:Cartel"]), 0);
    assert_eq!(exit(&["paths", "cia", "time-magazine"]), 1);
    assert_eq!(exit(&["derives", "usa-today-2020"]), 1);
    assert_eq!(exit(&["documents", "--only", "kind:Cable"]), 2);
    let refused = |args: &[&str], message: &str| assert_refused(&[&["query", RECORD], args].concat(), message);
    refused(&["documents", "tag:pres"], "did you mean `press`?");
    refused(&["documents", "by:cai"], "\n     ^^^\n");
    refused(&["claims", "verdict:suported"], "did you mean `supported`?");
    refused(&["claims", "open:witheld"], "did you mean `withheld`?");
    refused(&["actors", "kind:company"], "did you mean `Company`?");
    refused(&["open", "withold"], "did you mean `withheld`?");
    refused(&["open", "withheld", "--method", "world"], "all worlds");
    refused(&["readings", "hitz-vol-1"], "is a document, and here a claim, relationship or question is needed");
    refused(&["paths", "cia", "hitz-vol-1"], "is a document, and here an actor is needed");
    refused(&["paths", "cia", "cai"], "did you mean `cia`?");
    refused(&["paths", "cia", "cia"], "both ends");
    refused(&["paths", "cia", "dfs", "--longest", "13"], "1..=12");
    refused(&["derives", "complicity"], "here a document or actor is needed");
    refused(&["dokuments"], "unrecognized subcommand");
    refused(&[], "Usage");
    assert_refused(&["query", "graphs/missing.ron", "documents"], "missing.ron");
    let deep = "(".repeat(10_000);
    refused(&["documents", &deep], "64 deep");
    refused(&["documents", "--only", &deep], "64 deep");
}

#[test]
fn an_answer_goes_to_a_file_whole() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("answer.json");
    let named = path.display().to_string();
    let args = ["query", RECORD, "derives", "paid-informant", "--format", "json"];
    let output = run(&[args.as_slice(), &["-o", &named]].concat());
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    assert_eq!(std::fs::read(&path).expect("it is written"), run(&args).stdout);
    let refused = run(&["query", RECORD, "documents", "tag:pres", "-o", &named]);
    assert_eq!(code(&refused), 2);
    assert_eq!(std::fs::read(&path).expect("it is still there"), run(&args).stdout);
}

#[test]
fn one_world_can_be_asked_as_well() {
    let output = run(&["query", RECORD, "documents", "id:hitz-vol-1", "--method", "world", "--format", "json"]);
    let answer = read(&output);
    assert_eq!(answer["method"]["name"], "world");
    for question in [
        &["sources"][..],
        &["collections"],
        &["readings", "complicity"],
        &["paths", "cia", "fdn"],
        &["derives", "kerry-report"],
    ] {
        let output = run(&[&["query", RECORD], question, &["--method", "world"]].concat());
        assert_eq!(code(&output), 0, "{question:?}: {}", text(&output.stderr));
    }
}

/// Nothing that a stranger wrote reaches the terminal as a command to it.
#[test]
fn hostile_text_is_made_visible() {
    let evil = "\\u{1b}[31mred\\u{202e}\\u{7}\\nnew line";
    let file = File::new(&format!(
        r#"Case(title: "{evil}", actors: {{ "a": (name: "{evil}", kind: Other("{evil}"), aliases: ["{evil}"]), "b": (name: "B") }},
        documents: {{
            "d": (title: "{evil}", kind: Other("{evil}"), by: ["a"], tags: ["{evil}"], places: ["{evil}"], collection: "s", withheld: Heavy),
            "e": (title: "E", derives_from: ["d"]), "s": (title: "{evil}", kind: Archive, places: ["{evil}"]),
        }},
        claims: {{
            "c": (text: "{evil}", rivals: ["r"], evidence: [Supports(from: "d", at: "{evil}", quote: "{evil}"), Supports(from: "e")]),
            "r": (text: "{evil}", evidence: [Supports(from: "d")]),
        }},
        relationships: {{ "k": (from: "a", to: "b", kind: Other("{evil}"), evidence: [Supports(from: "d")]) }})"#
    ));
    let path = file.path();
    let evil = "tag:\"\u{1b}[31mred\u{202e}\u{7}\nnew line\"";
    for question in [
        &["documents"][..],
        &["documents", evil],
        &["documents", "place:\u{1b}[31m"],
        &["sources"],
        &["collections"],
        &["claims"],
        &["actors"],
        &["readings", "c"],
        &["paths", "a", "b"],
        &["derives", "d"],
        &["open"],
        &["documents", "--only", evil],
    ] {
        let output = run(&[&["query", &path], question].concat());
        let printed = text(&output.stdout) + &text(&output.stderr);
        assert!(!printed.is_empty());
        let wrong = printed.chars().find(|&letter| letter.is_control() && letter != '\n' || letter == '\u{202e}');
        assert_eq!(wrong, None, "{question:?}: {printed}");
        assert!(!printed.contains("\nnew line"), "{question:?}: {printed}");
    }
}

/// A title of 100,000 letters neither breaks a table nor takes long.
#[test]
fn long_text_is_wrapped() {
    let long = "word ".repeat(20_000);
    let endless = "x".repeat(100_000);
    let file = File::new(&format!(
        r#"Case(title: "Long", documents: {{ "d": (title: "{long}"), "e": (title: "{endless}") }},
        claims: {{ "c": (text: "{long}", evidence: [Supports(from: "d"), Supports(from: "e")]) }})"#
    ));
    for question in ["documents", "sources", "claims", "open"] {
        let output = run(&["query", &file.path(), question]);
        assert_eq!(code(&output), 0);
        assert!(text(&output.stdout).lines().all(|line| line.chars().count() <= 100), "{question}");
    }
}

/// What every source reaches is found for all together, and is what a walk from each finds.
#[test]
fn what_sources_reach_together_is_what_each_reaches() {
    let random = (0..60)
        .flat_map(|seed| [Profile::broad(), Profile::tangled()].map(|profile| random::case(&profile, seed).build()));
    // Copies in a circle, which is a warning.
    let circle = "Case(title: \"t\", documents: { \"a\": (title: \"A\", derives_from: [\"b\", \"c\"]), \"b\": (title: \"B\", \
                  derives_from: [\"a\"]), \"c\": (title: \"C\") }, claims: { \"x\": (text: \"X.\", evidence: [Supports(from: \
                  \"b\")]), \"y\": (text: \"Y.\", rivals: [\"x\"]) })";
    let circle = load(Input::Text { name: "case.ron".to_owned(), text: circle.to_owned() }).expect("it can be read");
    let shipped = [RECORD, ARTICLE].map(shipped).into_iter();
    for case in random.chain(shipped).chain([circle.case.expect("it is well formed")]) {
        let graph = EvidenceGraph::new(&case);
        let together = graph.reach();
        for source in case.sources() {
            let alone = graph.dependents(source.into()).into_iter().filter_map(|node| match node {
                Node::Statement(statement) => Some(case.canonical(statement)),
                Node::Actor(_) | Node::Document(_) | Node::Inference(_) => None,
            });
            assert_eq!(together[&source], alone.collect::<BTreeSet<_>>(), "{}", case.source_key(source));
        }
    }
}

/// A case whose gaps are plain to see. `bare` is named by nothing; `guess` has only a rival that nothing speaks for; `whole`
/// is its part, and so entailed by what is inferred.
const GAPS: &str = r#"Case(
    title: "Gaps",
    actors: {"her": (name: "Her"), "nobody": (name: "Nobody")},
    documents: {
        "graded": (title: "Graded", reliability: B, by: ["her"], derives_from: ["origin"]),
        "origin": (title: "Origin"),
        "denial": (title: "Denial"),
        "shelf": (title: "Shelf", kind: Archive),
        "held": (title: "Held", collection: "shelf", reliability: F),
    },
    claims: {
        "told": (text: "Told", evidence: [
            Supports(from: "graded", quote: "one", at: "p. 1", undercut_by: [(from: "denial")]), Supports(from: "held"),
        ]),
        "inferred": (text: "Inferred", all_of: ["part"]),
        "part": (text: "Part"),
        "bare": (text: "Bare"),
        "guess": (text: "Guess", rivals: ["bare"], allow: ["no-evidence"]),
        "quoted": (text: "Quoted", evidence: [Opposes(from: "her", quote: "two", at: "p. 2")]),
    },
    report: (sections: [(title: "First", claims: ["told", "bare"]), (title: "Second", claims: ["told", "part"])]),
)"#;

fn gaps() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the case");
    std::fs::write(folder.path().join("gaps.ron"), GAPS).expect("it is written");
    folder
}

#[test]
fn coverage_by_section_and_of_the_whole() {
    let folder = gaps();
    let answer =
        run(&["query", folder.path().join("gaps.ron").to_str().expect("a path"), "coverage", "--format", "json"]);
    assert_eq!(code(&answer), 0, "{}", text(&answer.stderr));
    let answer = read(&answer);
    let told = json!([{ "statement": "told", "from": "graded", "at": "p. 1", "quote": "one" }]);
    let quoted = json!({ "statement": "quoted", "from": "her", "at": "p. 2", "quote": "two" });
    let found = |part: &Value, field: &str| part[field].clone();
    let sections = answer["coverage"].as_array().expect("a list");
    let titles: Vec<_> = sections.iter().map(|section| found(section, "section")).collect();
    assert_eq!(titles, [json!("First"), json!("Second"), Value::Null]);
    assert_eq!(found(&sections[0], "statements"), json!(["bare", "told"]));
    assert_eq!(found(&sections[0], "without_evidence"), json!(["bare"]));
    assert_eq!(found(&sections[0], "documents"), json!(["denial", "graded", "held", "origin"]));
    assert_eq!(found(&sections[0], "ungraded"), json!(["denial", "origin"]));
    assert_eq!(found(&sections[0], "unverified"), told);
    assert_eq!(found(&sections[1], "without_evidence"), json!([]));
    assert_eq!(found(&sections[2], "statements"), json!(["guess", "inferred", "quoted"]));
    assert_eq!(found(&sections[2], "without_evidence"), json!(["guess"]));
    assert_eq!(found(&sections[2], "documents"), json!([]));
    let whole = &answer["whole"];
    assert_eq!(found(whole, "without_evidence"), json!(["bare", "guess"]));
    assert_eq!(found(whole, "documents"), found(&sections[0], "documents"));
    assert_eq!(found(whole, "quotations"), json!(2));
    assert_eq!(found(whole, "unverified"), json!([quoted, told[0]]));
    assert_eq!(found(&answer, "unused"), json!(["nobody"]));
    assert_eq!(found(&answer, "sources"), json!(7));
}

#[test]
fn limits_of_coverage_decide_the_exit() {
    let folder = gaps();
    let path = folder.path().join("gaps.ron");
    let ask = |limits: &[&str]| {
        let limits = limits.iter().flat_map(|&limit| ["--at-most", limit]);
        run(&["query", path.to_str().expect("a path"), "coverage"].into_iter().chain(limits).collect::<Vec<_>>())
    };
    // Two of six claims, two of four documents, two of two quotations, one of seven sources.
    for kept in ["no-evidence=2", "no-evidence=34%", "ungraded=50%", "unverified=100%", "unused=1"] {
        assert_eq!(code(&ask(&[kept])), 0, "{kept}");
    }
    for exceeded in ["no-evidence=1", "no-evidence=33%", "ungraded=49.9%", "unverified=1", "unused=0"] {
        let answer = ask(&[exceeded, "ungraded=9"]);
        assert_eq!(code(&answer), 1, "{exceeded}");
        assert!(text(&answer.stdout).contains("exceeded"), "{}", text(&answer.stdout));
    }
    for (wrong, message) in [
        ("unused", "write what may be lacking and how much"),
        ("grades=0", "`grades` is not one of `no-evidence`, `ungraded`, `unverified`, `unused`"),
        ("unused=few", "`few` is no number"),
        ("unused=101%", "from 0% to 100%"),
        ("unused=NaN%", "from 0% to 100%"),
    ] {
        let answer = ask(&[wrong]);
        assert_eq!(code(&answer), 2, "{wrong}");
        assert!(text(&answer.stderr).contains(message), "{}", text(&answer.stderr));
    }
}

/// Rivals, copies of a document and ties between actors: something to be asked about one after another for every question.
const PARTS: &str = r#"Case(title: "Parts", actors: {
    "x": (name: "X"), "y": (name: "Y"), "z": (name: "Z"),
}, documents: {
    "d": (title: "D", reliability: 0.9), "e": (title: "E", reliability: 0.8, derives_from: ["d"]),
    "f": (title: "F", reliability: 0.7, derives_from: ["e"], kind: Archive), "g": (title: "G", reliability: 0.6, collection: "f"),
}, claims: {
    "a": (text: "It was so.", evidence: [Supports(from: "d"), Supports(from: "e")], rivals: ["b", "c"]),
    "b": (text: "It was otherwise.", evidence: [Supports(from: "f")]),
    "c": (text: "It was neither.", evidence: [Supports(from: "g")]),
}, relationships: {
    "xy": (from: "x", to: "y", kind: WorkedWith, evidence: [Supports(from: "d")]),
    "yz": (from: "y", to: "z", kind: WorkedWith, evidence: [Supports(from: "e")]),
    "xz": (from: "x", to: "z", kind: WorkedWith, evidence: [Supports(from: "f")]),
})"#;

/// What is missing is counted, and what is given is a part of the whole: at whichever of its looks the engine is asked to stop.
#[test]
fn what_was_found_before_the_engine_was_asked_to_stop_is_a_part() {
    let case = load(Input::Text { name: "case.ron".to_owned(), text: PARTS.to_owned() }).expect("a text");
    let case = case.case.expect("it is a case");
    type Asked = fn(&Engine<'_>) -> Result<(usize, usize), EngineError>;
    let questions: [(&str, Asked); 9] = [
        ("documents", |engine| documents(engine, None).map(|one| (one.found.len(), one.unanswered))),
        ("actors", |engine| actors(engine, None).map(|one| (one.found.len(), one.unanswered))),
        ("readings", |engine| {
            let found = readings(engine, engine.case().statement("a").expect("it is there"))?.expect("it has rivals");
            Ok((found.readings.len(), found.unanswered))
        }),
        ("paths", |engine| {
            let [from, to] = ["x", "z"].map(|id| match engine.case().source(id) {
                Some(Source::Actor(actor)) => actor,
                _ => unreachable!("they are actors"),
            });
            let limits = Limits { longest: 3, most: 9, parts: false };
            paths(engine, from, to, limits).map(|one| (one.paths.len(), one.unanswered))
        }),
        ("derives", |engine| {
            let found = derived_from(engine, engine.case().source("d").expect("it is there"))?;
            Ok((found.documents.len() + found.statements.len(), found.unanswered))
        }),
        ("claims", |engine| claims(engine).map(|one| (one.found.len(), one.unanswered))),
        ("sources", |engine| sources(engine, None).map(|one| (one.found.len(), one.unanswered))),
        ("collections", |engine| collections(engine, None).map(|one| (one.found.len(), one.unanswered))),
        ("open", |engine| open(engine, None).map(|one| (one.found.len(), one.unanswered))),
    ];
    for (name, ask) in questions {
        let asked = |looks| ask(&Engine::new(&case, Scenario::default()).watched(Watch::stopping_after(looks)));
        let (whole, _) = asked(u64::MAX - 1).expect("it is small enough");
        let mut parts = 0;
        for looks in 0.. {
            match asked(looks) {
                Err(error) => assert_eq!(error, EngineError::Stopped, "{name}: {looks}"),
                Ok((found, 0)) => {
                    assert_eq!(found, whole, "{name}: {looks}");
                    break;
                }
                Ok((found, _)) => {
                    assert!(found <= whole, "{name}: {looks}");
                    parts += 1;
                }
            }
        }
        // Rivals depend on the same, so that the first reading may take all looks.
        assert!(parts > 0 || name == "readings", "{name}: no part was ever given");
    }
}
