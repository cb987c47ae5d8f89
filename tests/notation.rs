//! Cases in JSON: the same case as in RON, mistakes with their places, fixes that leave JSON, and the schema.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use evigraph::edits::mend;
use evigraph::internals::diagnostic::{Look, edited, human};
use evigraph::{Input, Loaded, Overlay, Safety, check, export_json, json_schema, load, load_from};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

fn text(text: &str) -> Input {
    Input::Text { name: "case.json".to_owned(), text: text.to_owned() }
}

fn checked(written: &str) -> Loaded {
    check(load(text(written)).expect("a text can be read"))
}

/// Every problem as `line:column code: message (help)`.
fn problems(loaded: &Loaded) -> Vec<String> {
    let said = loaded.diagnostics.iter().map(|problem| {
        let span = problem.span.expect("a place");
        let place = loaded.sources.position(span.file, span.start);
        let help = problem.help.as_deref().unwrap_or("no help");
        format!("{}:{} {}: {} ({help})", place.line, place.column, problem.code, problem.message)
    });
    said.collect()
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A case with one document that has these members besides its title.
fn with_document(members: &str) -> String {
    format!(
        "{{\"title\": \"T\", \"documents\": {{\n\"d\": {{\"title\": \"D\", {members}}}}}, \"allow\": [\"unused\"]}}"
    )
}

#[test]
fn mistakes_have_their_places_and_are_reported_in_json() {
    for (members, said) in [
        ("\"cite\": 7,", "2:30 syntax: JSON has no comma behind the last item (remove it)"),
        ("\"cite\": 7 \"tags\": []", "2:30 syntax: a comma is missing before the text \"tags\" (add `,`)"),
        ("\"cite\" 7", "2:27 syntax: a colon is missing behind `cite` (add `:`)"),
        ("\"cite\": 7 // as in the list", "2:31 syntax: JSON has no comments (remove it, or write it as a `note`)"),
        ("\"note\": 'n'", "2:29 syntax: in JSON a text stands in double quotation marks (write `\"n\"`)"),
        ("note: \"n\"", "2:21 syntax: in JSON a text stands in double quotation marks (write `\"note\"`)"),
        ("\"note\": \"a\tb\"", "2:31 syntax: a control character is written `\\t` in JSON (write `\\t`)"),
        (
            "\"note\": \"ä\\ud83d\"",
            "2:31 syntax: `\\ud83d` is half of a character (a surrogate without the other) (write the character itself)",
        ),
        (
            "\"note\": \"C:\\docs\"",
            "2:32 syntax: `\\d` is no escape of JSON; a backslash is written `\\\\` (write `\\\\d`)",
        ),
        ("\"reliability\": .5", "2:36 syntax: JSON does not write a number as `.5` (write `0.5`)"),
        ("\"reliability\": +0.5", "2:36 syntax: JSON does not write a number as `+0.5` (write `0.5`)"),
        ("\"cite\": 07", "2:29 syntax: JSON does not write a number as `07` (write `7`)"),
        (
            "\"reliability\": 1e999",
            "2:36 out-of-range: a reliability is a number from 0 to 1, not 1e999 \
             (write a number from 0 to 1, or a letter from `A` to `F`)",
        ),
        (
            "\"reliability\": 85%",
            "2:36 out-of-range: a reliability is a number from 0 to 1, not 85% (for 85 per cent write `0.85`)",
        ),
        (
            "\"reliability\": NaN",
            "2:36 wrong-type: expected a reliability, a number from 0 to 1, found `NaN` \
             (JSON has no such number; write one from 0 to 1)",
        ),
        (
            "\"reliability\": \"0.5\"",
            "2:36 wrong-type: expected a reliability, a number from 0 to 1, found the text \"0.5\" \
             (write `0.5` without quotation marks)",
        ),
        (
            "\"cite\": 99999999999999999999",
            "2:29 out-of-range: expected a whole number from 0 on, not 99999999999999999999 (write a number such as `7`)",
        ),
        (
            "\"tags\": \"t\"",
            "2:29 wrong-type: expected a list `[…]`, found the text \"t\" (put it in square brackets: `[…]`)",
        ),
        ("\"date\": 1986", "2:29 wrong-type: expected a text, found the number 1986 (write `\"1986\"`)"),
        ("\"title\": \"E\"", "2:22 duplicate-field: `title` is written twice (keep one of the two)"),
        (
            "\"reliability\": null, \"reliability\": \"B\"",
            "2:43 duplicate-field: `reliability` is written twice (keep one of the two)",
        ),
        ("\"cite\": null, \"cite\": null", "2:36 duplicate-field: `cite` is written twice (keep one of the two)"),
        ("\"notes\": \"n\"", "2:22 unknown-field: a document has no field `notes` (did you mean `note`?)"),
        (
            "\"kind\": \"Scroll\"",
            "2:30 unknown-kind: `Scroll` is not a kind of document (known are `Cable`, `Memorandum`, \
             `InspectorGeneralReport`, `CongressionalReport`, `CourtRecord`, `Testimony`, `Archive`, `AcademicWork`, \
             `NewsReport`, `Book`, `Leak`, `Dataset` and `OfficialStatement`; or write `{\"Other\":\"scroll\"}`)",
        ),
        (
            "\"kind\": {\"Name\": \"x\"}",
            "2:31 unknown-kind: `Name` is not a kind of document (write `{\"Other\": \"…\"}`)",
        ),
        (
            "\"kind\": {}",
            "2:29 wrong-type: a kind of document in braces has one member, and this has none (write `{\"Other\": \"…\"}`)",
        ),
        (
            "\"kind\": {\"Other\": \"a\", \"Other\": \"b\"}",
            "2:29 wrong-type: a kind of document in braces has one member, and this has several \
             (write `{\"Other\": \"…\"}`)",
        ),
        ("\"impeached_by\": [{}]", "2:38 missing-field: an attack needs `from` (add `\"from\": …`)"),
        (
            "\"by\": [\"dd\"]",
            "2:29 unknown-id: nothing in the case has the id `dd` (`by` names actors: add one of this id, or correct it)",
        ),
        (
            "\"date\": \"5 May 1986\"",
            "2:30 invalid-date: `5 May 1986` cannot be read as a date, so it is kept as a text (write `1986-05-05`)",
        ),
    ] {
        let written = with_document(members);
        let found = problems(&checked(&written));
        assert!(found.contains(&said.to_owned()), "{written}\nis to say\n{said}\nand says\n{found:#?}");
    }
}

#[test]
fn what_is_no_case_is_said_once() {
    for (written, said) in [
        ("", "1:1 empty-file: the file is empty (a case is written `{\"title\": \"…\"}`)"),
        (" \n", "1:1 empty-file: the file has nothing in it but white space (a case is written `{\"title\": \"…\"}`)"),
        ("[]", "1:1 syntax: a case in JSON starts with `{` (write `{\"title\": \"…\", …}`)"),
        ("Case(title: \"T\")", "1:1 syntax: a case in JSON starts with `{` (write `{\"title\": \"…\", …}`)"),
        ("{}", "1:1 missing-field: a case needs `title` (add `\"title\": …`)"),
        ("{\"title\": null}", "1:1 missing-field: a case needs `title` (add `\"title\": …`)"),
        (
            "{\"title\": \"T\", \"$schema\": \"s\", \"$schema\": \"s\"}",
            "1:33 duplicate-field: `$schema` is written twice (keep one of the two)",
        ),
        (
            "{\"title\": \"T\"} {}",
            "1:16 syntax: an object `{…}` stands behind the end of the case \
             (a file has one case; look for a bracket that closes too early)",
        ),
        ("{\"title\": \"T\"", "1:14 syntax: `{` is never closed (close it with `}`)"),
        ("{\"claims\": {\"c\": {]}}", "1:19 syntax: `{` is closed by `]` (one of the two is missing)"),
        (
            "{\"title\": \"T\n\", \"claims\": 5}",
            "1:11 syntax: this text has no closing quotation mark on its line \
             (close it with `\"`; in a text a quotation mark is written `\\\"`, a line break `\\n`)",
        ),
    ] {
        assert_eq!(problems(&checked(written)), [said], "{written}");
    }
}

#[test]
fn evidence_says_which_side_it_is_on() {
    let case = |evidence: &str| {
        format!(
            "{{\"title\": \"T\", \"documents\": {{\"d\": {{\"title\": \"D\"}}}},\n\
             \"claims\": {{\"c\": {{\"text\": \"C\", \"evidence\": [{evidence}]}}}}}}"
        )
    };
    let how = "write `{\"supports\": {\"from\": \"…\"}}` or `{\"opposes\": {\"from\": \"…\"}}`";
    for (evidence, said) in [
        (
            "{\"Supports\": {\"from\": \"d\"}}",
            "2:46 unknown-kind: `Supports` is not evidence (did you mean `supports`?)".to_owned(),
        ),
        ("{\"from\": \"d\"}", format!("2:46 unknown-kind: `from` is not evidence ({how})")),
        ("\"d\"", format!("2:44 wrong-type: expected evidence, found the text \"d\" ({how})")),
        ("{}", format!("2:44 wrong-type: one entry of evidence is for or against, and this one says nothing ({how})")),
        (
            "{\"supports\": {\"from\": \"d\"}, \"opposes\": {\"from\": \"d\"}}",
            format!(
                "2:44 wrong-type: one entry of evidence is for or against, and this one says several things ({how})"
            ),
        ),
        ("{\"opposes\": {}}", "2:46 missing-field: evidence needs `from` (add `\"from\": …`)".to_owned()),
        (
            "{\"opposes\": {\"from\": \"d\", \"quote\": \"q\"}}",
            "2:80 quote-without-locator: this quotation from `d` has no place \
             (say with `at` where it stands, such as `\"at\": \"p. 3\"`)"
                .to_owned(),
        ),
    ] {
        let found = problems(&checked(&case(evidence)));
        assert!(found.contains(&said), "{evidence}\nis to say\n{said}\nand says\n{found:#?}");
    }
    let sound = checked(&case("{\"supports\": {\"from\": [\"d\"], \"as\": \"Finding\", \"strength\": 0.9}}"));
    assert!(sound.case.is_some(), "{:#?}", problems(&sound));
}

#[test]
fn what_both_notations_allow_is_read_alike() {
    let case = checked(
        "\u{feff}{\"$schema\": \"case.schema.json\", \"title\": \"T\", \"summary\": null, \"standard\": \"Preponderance\",
            \"actors\": {\"cafe\\u0301\": {\"name\": \"\\ud83d\\ude00\", \"reliability\": -0, \"aliases\": []}},
            \"documents\": {\"d\": {\"title\": \"D\", \"withheld\": \"None\", \"kind\": \"Other\", \"by\": [\"café\"], \"reliability\": 1e-1}},
            \"claims\": {\"c\": {\"text\": \"C\", \"allow\": [{\"lint\": \"no-evidence\", \"reason\": \"r\"}]}}, \"allow\": [\"unused\"]}",
    );
    assert_eq!(
        problems(&case),
        ["1:1 byte-order-mark: the file starts with a byte-order mark (save it as UTF-8 without one)"]
    );
    let case = case.case.expect("it is a case");
    assert_eq!(case.actors.values().next().map(|actor| actor.name.as_str()), Some("😀"));
    assert_eq!(case.documents.values().next().map(|document| document.reliability.get()), Some(0.1));
}

#[test]
fn brackets_are_refused_beyond_a_depth() {
    for bracket in ["[", "{\"a\":"] {
        let deep = format!("{{\"title\": \"T\", \"x\": {}", bracket.repeat(200_000));
        let codes: Vec<&str> = checked(&deep).diagnostics.iter().map(|problem| problem.code.name()).collect();
        assert_eq!(codes, ["too-deep"], "{bracket}");
    }
    let close = |depth: usize| format!("{{\"title\": \"T\", \"x\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(problems(&checked(&close(63)))[0].contains("unknown-field"));
    assert!(problems(&checked(&close(64)))[0].contains("too-deep"));
}

#[test]
fn files_of_both_notations_make_one_case() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = |name: &str| folder.path().join(name);
    let mut files = Overlay::new();
    let mut put = |name: &str, text: &str| files.put(&path(name), text).expect("its folder is there");
    put(
        "case.json",
        "{\"title\": \"T\", \"includes\": [\"people.ron\"], \"claims\": {\"c\": {\"text\": \"C\", \"evidence\": [{\"supports\": {\"from\": \"d\"}}]}}}",
    );
    put("people.ron", "(actors: {\"p\": (name: \"P\")}, includes: [\"papers.json\"])");
    put("papers.json", "{\"documents\": {\"d\": {\"title\": \"D\", \"by\": [\"p\"], \"reliability\": \"B\"}}}");
    let loaded = load_from(Input::Path(path("case.json")), &files).expect("it can be opened");
    assert_eq!(problems(&loaded), Vec::<String>::new());
    assert_eq!(loaded.case.map(|case| case.actors.len() + case.documents.len()), Some(2));
    let folder = load_from(Input::Path(folder.path().to_owned()), &files).expect("a folder with a case.json");
    assert_eq!(folder.sources.iter().count(), 3);
}

fn shipped() -> Vec<PathBuf> {
    let listed = ["graphs", "tests/cases", "tests/inputs"].map(|folder| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        fs::read_dir(folder)
            .expect("it is there")
            .map(|entry| entry.expect("it can be listed").path())
            .collect::<Vec<_>>()
    });
    let is_case = |path: &PathBuf| path.join("case.ron").is_file() || path.extension().is_some_and(|end| end == "ron");
    listed.into_iter().flatten().filter(is_case).collect()
}

#[test]
fn exported_cases_are_checked_as_their_files_are() {
    for path in shipped() {
        let before = load(Input::Path(path.clone())).expect("it can be read");
        let Some(case) = &before.case else { continue };
        let after = load(text(&export_json(case))).expect("it can be read");
        // Of two alike, the one that stands first is named first: so the order of entries is in the words, and not the same.
        let said = |loaded: &Loaded| {
            let mut said: Vec<_> =
                loaded.diagnostics.iter().map(|one| (one.code, one.about.len(), one.is_error())).collect();
            said.sort();
            said
        };
        // What a file allows is not exported, so that more may be said; and nothing less is.
        let (before, after) = (said(&before), said(&after));
        assert!(before.iter().all(|one| after.contains(one)), "{}: {before:#?} {after:#?}", path.display());
    }
}

#[test]
fn the_schema_takes_every_exported_case() {
    let schema: Value = serde_json::from_str(&json_schema()).expect("it is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "it is a schema itself");
    let validator = jsonschema::validator_for(&schema).expect("it can be compiled");
    let mut cases = 0;
    for path in shipped() {
        let Some(case) = load(Input::Path(path.clone())).expect("it can be read").case else { continue };
        let exported: Value = serde_json::from_str(&export_json(&case)).expect("it is JSON");
        let wrong: Vec<String> = validator.iter_errors(&exported).map(|wrong| wrong.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", path.display());
        cases += 1;
    }
    assert!(cases > 40, "the cases were found");
}

#[test]
fn the_schema_and_the_program_refuse_the_same() {
    let schema: Value = serde_json::from_str(&json_schema()).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it can be compiled");
    let case =
        |document: Value| json!({ "title": "T", "documents": { "d": document }, "allow": ["unused", "invalid-date"] });
    let sound = [
        json!({ "title": "D" }),
        json!({ "title": "D", "kind": { "Other": "scroll" }, "reliability": "B", "withheld": "None", "cite": 7 }),
        json!({ "title": "D", "reliability": 0.5, "date": "1743/44-01-15", "period": "[0742,0747]" }),
        json!({ "title": "D", "allow": [{ "lint": "unused", "reason": "kept for later" }] }),
    ];
    let broken = [
        json!({}),
        json!({ "title": 5 }),
        json!({ "title": "D", "titel": "E" }),
        json!({ "title": "D", "kind": "Scroll" }),
        json!({ "title": "D", "kind": { "Othr": "scroll" } }),
        json!({ "title": "D", "reliability": 1.5 }),
        json!({ "title": "D", "reliability": "G" }),
        json!({ "title": "D", "cite": -1 }),
        json!({ "title": "D", "tags": "t" }),
        json!({ "title": "D", "impeached_by": [{ "strength": "Strong" }] }),
        json!({ "title": "D", "allow": ["no-such-warning"] }),
    ];
    for (documents, is_sound) in [(&sound[..], true), (&broken[..], false)] {
        for document in documents {
            let case = case(document.clone());
            assert_eq!(validator.is_valid(&case), is_sound, "{document}");
            assert_eq!(checked(&case.to_string()).case.is_some(), is_sound, "{document}");
        }
    }
    let ids = |id: &str| json!({ "title": "T", "claims": { id: { "text": "C" } } });
    for (id, is_sound) in
        [("c", true), ("été-1.2_3", true), ("परीक्षा", true), ("-c", false), ("a b", false), ("", false), ("a—b", false)]
    {
        assert_eq!(validator.is_valid(&ids(id)), is_sound, "{id}");
        assert_eq!(checked(&ids(id).to_string()).case.is_some(), is_sound, "{id}");
    }
    assert!(!json_schema().contains(r"\p{"), "Python's regular expressions have no properties of Unicode");
    assert!(!validator.is_valid(&json!({ "claims": {} })), "what is opened has a title");
}

#[test]
fn the_schema_knows_the_forms_of_dates() {
    let schema: Value = serde_json::from_str(&json_schema()).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema["$defs"]["date"]).expect("it can be compiled");
    let dates = [
        "1902",
        "1902-01",
        "1902-01-15",
        "1984/1986",
        "1984/..",
        "1984/",
        "../1986",
        "1985~",
        "1985?",
        "198X",
        "19XX",
        "1986-21",
        "1986-33",
        "[0742,0747]",
        "{1851,1861}",
        "[..1902]",
        "-0043",
        "1743/44-01-15",
        "1743/44",
        "Y-17000",
        "?2004-06~",
    ];
    for date in dates {
        assert!(evigraph::Period::parse(date).is_ok(), "{date}");
        assert!(validator.is_valid(&json!(date)), "{date}");
    }
    for text in ["18 December 1912", "1912-12-18T10:00", "12/18/1912", "yesterday", "1912-1-1", "ca. 1912"] {
        assert!(!validator.is_valid(&json!(text)), "{text}");
    }
}

fn evigraph(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("piped"), input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn the_program_reads_writes_and_mends_json() {
    let out = |output: Output| String::from_utf8(output.stdout).expect("text");
    let exported = out(evigraph(&["export", "json", "graphs/undercut.ron"], ""));
    assert_eq!(out(evigraph(&["export", "json", "-"], &exported)), exported, "standard input that begins with a brace");
    let verdicts = |case: &str, input: &str| out(evigraph(&["verdict", case, "--format", "json"], input));
    assert_eq!(verdicts("-", &exported), verdicts("graphs/undercut.ron", ""));
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("case.json");
    fs::write(&file, "{\"title\": \"T\", \"claims\": {\"c\": {text: \"C\", \"tags\": \"t\",}, },}\n")
        .expect("it can be written");
    let name = file.to_str().expect("a path");
    assert_eq!(evigraph(&["check", "--fix", name], "").status.code(), Some(0));
    let mended = fs::read_to_string(&file).expect("it is there");
    assert_eq!(mended, "{\"title\": \"T\", \"claims\": {\"c\": {\"text\": \"C\", \"tags\": [\"t\"]} }}\n");
    assert_eq!(evigraph(&["fmt", name], "").status.code(), Some(0));
    let laid_out = fs::read_to_string(&file).expect("it is there");
    let pretty: Value = serde_json::from_str(&mended).expect("JSON");
    assert_eq!(laid_out, format!("{pretty:#}\n"));
    assert_eq!(evigraph(&["fmt", "--check", name], "").status.code(), Some(0));
    assert_eq!(evigraph(&["schema"], "").stdout, json_schema().into_bytes());
}

/// A sound case in which most fields are written.
fn seed() -> String {
    let loaded = load(Input::Path("graphs/undercut.ron".into())).expect("it can be read");
    let mut value: Value = serde_json::from_str(&export_json(&loaded.case.expect("a case"))).expect("JSON");
    value["documents"]["clerk"]["date"] = json!("18 December 1912");
    value["documents"]["clerk"]["impeached_by"] = json!([{ "from": "inventory", "strength": 0.25 }]);
    value["allow"] = json!(["unused", { "lint": "one-sided", "reason": "ünïcödé \u{1f600}\t" }]);
    value.to_string()
}

proptest! {
    /// Bytes taken out, put in and exchanged: places are in the file, what is JSON stays JSON under every fix, and the
    /// program calls bad JSON what another reader refuses.
    #[test]
    fn slips_in_json(
        at in any::<prop::sample::Index>(),
        length in 0_usize..12,
        put in prop::sample::select(vec!["", ",", ":", "\"", "{", "}", "]", "[", "\\", "null", "1e999", "x", "//", "'", " ", "\u{202e}", "-0", "\"d\": 1,"]),
    ) {
        let seed = seed();
        let start = seed.floor_char_boundary(at.index(seed.len()));
        let end = seed.floor_char_boundary((start + length).min(seed.len())).max(start);
        let slip = format!("{}{put}{}", &seed[..start], &seed[end..]);
        let loaded = checked(&slip);
        prop_assert!(is_json(&slip) || loaded.case.is_none(), "{}", slip);
        let is_syntax = loaded.diagnostics.iter().any(|problem| problem.code.name() == "syntax");
        prop_assert!(!(is_json(&slip) && is_syntax), "{}\n{:#?}", slip, problems(&loaded));
        human(&loaded.diagnostics, &loaded.sources, Look::default());
        for problem in &loaded.diagnostics {
            for edits in problem.fixes.iter().map(|fix| &fix.edits) {
                let (file, _) = loaded.sources.iter().next().expect("a file");
                let fixed = edited(file, &slip, edits);
                prop_assert!(!is_json(&slip) || is_json(&fixed), "{}\nbecomes\n{}", slip, fixed);
            }
        }
        let mended = mend(text(&slip), Safety::Unsafe).expect("it can be read");
        prop_assert!(mended.loaded.case.is_none() || is_json(mended.loaded.sources.iter().next().expect("a file").1.text()));
    }
}
