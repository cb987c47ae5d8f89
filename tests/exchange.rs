//! What is imported and exported: round trips, inputs of strangers, what a case gets and what of it stays, and
//! `docs/exchange.md` against what the program prints.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use evigraph::internals::exchange::{
    FORMATS, Format, Imported, Into, Known, Publisher, Table, add_file, export_claimreview, export_csl, export_csv,
    export_ftm, export_gexf, export_graphml, reviewed, whole,
};
use evigraph::internals::source::{FileId, Sources};
use evigraph::{Case, Code, Engine, Input, Loaded, Scenario, Thresholds, format, load, print};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{random, shipped};

/// What a format makes of files, with their names and texts.
fn import_into(name: &str, files: &[(&str, &str)], known: Option<&Case>) -> (Imported, Sources) {
    let sources = Sources::new();
    let add = |(name, text): &(&str, &str)| add_file(&sources, name, text.as_bytes().to_vec()).0;
    let files: Vec<FileId> = files.iter().map(add).collect();
    let import = Format::of_name(name).and_then(|format| format.import).expect("a format that is read");
    (import(&files, &sources, Known(known)), sources)
}

fn import(name: &str, files: &[(&str, &str)]) -> Imported {
    import_into(name, files, None).0
}

fn read(text: &str) -> Loaded {
    load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text can be read")
}

/// The case that an import makes, which is well formed and laid out.
fn case(imported: &Imported) -> Case {
    let text = whole(imported, "Imported");
    assert_eq!(format("case.ron", &text).expect("it is in order"), text);
    let loaded = read(&text);
    loaded.case.unwrap_or_else(|| panic!("{text}\n{:#?}", loaded.diagnostics))
}

fn codes(imported: &Imported) -> Vec<Code> {
    imported.diagnostics.iter().map(|problem| problem.code).collect()
}

/// The texts of a case in RON after an import into it.
fn merged(name: &str, files: &[(&str, &str)], text: &str) -> String {
    let loaded = read(text);
    let case = loaded.case.as_ref().expect("it is well formed");
    let (imported, _) = import_into(name, files, Some(case));
    let changed = Into::new(&loaded, case).put(&imported.entries).expect("it can be changed");
    changed.into_iter().next().map_or_else(|| text.to_owned(), |changed| changed.text)
}

const LIBRARY: &str = r#"% by hand
@string{mit = "MIT Press"}
@book{doe2001, author = {Doe, Jane and {World Bank}}, title = {Bridges of {G\"o}ttingen}, subtitle = "A Study",
  publisher = mit, year = 2001, month = may, isbn = {1}, keywords = {bridges, history}, file = {a.pdf}}
@incollection{roe, crossref = {doe2001}, author = {Roe, Richard}, title = {Chapter}, pages = {3--9},
  doi = {https://doi.org/10.1000/x\_1}, url = {https://example.org/~roe}, urldate = {2020-01-02}}
@article{moe:1, title = {On 100\% \& more}, journaltitle = {Journal of Bridges}, date = {1984/1986}, volume = 3, number = 2}
"#;

#[test]
fn a_bibliography_is_a_case_of_documents() {
    let imported = import("bibtex", &[("library.bib", LIBRARY)]);
    let expected = r#"Case(
    title: "Imported",

    actors: {
        "mit-press": (name: "MIT Press", kind: Other("publisher")),
        "journal-of-bridges": (name: "Journal of Bridges", kind: Other("journal")),
    },

    documents: {
        "doe2001": (
            title: "Bridges of Göttingen: A Study",
            kind: Book,
            authors: ["Jane Doe", "World Bank"],
            date: "2001-05",
            by: ["mit-press"],
            tags: ["bridges", "history"],
            note: "ISBN: 1",
        ),
        "roe": (
            title: "Chapter",
            kind: Book,
            authors: ["Richard Roe"],
            date: "2001-05",
            by: ["mit-press"],
            locator: "Bridges of Göttingen: A Study, pp. 3–9",
            url: "https://doi.org/10.1000/x_1",
            accessed: "2020-01-02",
            note: "Author of the book: Jane Doe; World Bank
ISBN: 1
Also at: https://example.org/~roe",
        ),
        "moe-1": (
            title: "On 100% & more",
            kind: AcademicWork,
            date: "1984/1986",
            by: ["journal-of-bridges"],
            locator: "Journal of Bridges, vol. 3, no. 2",
        ),
    },
)
"#;
    assert_eq!(whole(&imported, "Imported"), expected);
    let told: Vec<&str> = imported.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["a case has no place for `file`", "the entry `moe:1` is imported as `moe-1`"]);
    case(&imported);
}

#[test]
fn what_is_imported_twice_is_there_once() {
    let text = whole(&import("bibtex", &[("library.bib", LIBRARY)]), "Imported");
    assert_eq!(merged("bibtex", &[("library.bib", LIBRARY)], &text), text);
    // However its author lays it out.
    let by_hand =
        text.replace("        \"doe2001\": (", "        // the main source\n        \"doe2001\" :  ( reliability: B,");
    assert_ne!(by_hand, text);
    assert_eq!(merged("bibtex", &[("library.bib", LIBRARY)], &by_hand), by_hand);
    let newer = LIBRARY.replace("A Study", "A Second Study").replace("bridges, history", "steel");
    let expected = by_hand
        .replace("\"Bridges of Göttingen: A Study\"", "\"Bridges of Göttingen: A Second Study\"")
        .replace("Göttingen: A Study, pp", "Göttingen: A Second Study, pp")
        .replace("[\"bridges\", \"history\"]", "[\"bridges\", \"history\", \"steel\"]");
    assert_eq!(merged("bibtex", &[("library.bib", &newer)], &by_hand), expected);
}

#[test]
fn what_an_author_has_made_of_a_document_stays() {
    let text = "Case(title: \"T\", actors: {\"press\": (name: \"MIT press\")}, documents: {\n    \"doe2001\": (title: \"Old\", kind: Leak, note: \"mine\", reliability: C, tags: [\"mine\"]),\n})";
    let merged = merged("bibtex", &[("library.bib", LIBRARY)], text);
    assert!(
        merged.contains("kind: Leak") && merged.contains("note: \"mine\"") && merged.contains("reliability: C"),
        "{merged}"
    );
    assert!(
        merged.contains("tags: [\"mine\", \"bridges\", \"history\"]") && merged.contains("by: [\"press\"]"),
        "{merged}"
    );
    assert!(!merged.contains("mit-press") && read(&merged).case.is_some(), "{merged}");
}

const ITEMS: &str = r#"[
  {"id": "a", "type": "article-newspaper", "title": "Closed <i>at last</i>", "container-title": "The Courier",
   "author": [{"family": "Doe", "given": "Jane"}, {"literal": "City Desk"}],
   "issued": {"date-parts": [[2001, "5", 3]]}, "URL": "https://example.org", "keyword": "bridge; flood", "page": "1-2"},
  {"id": "http://b/1", "type": "report", "title": "Minutes", "publisher": "The Council", "issued": {"raw": "May 2001"}, "weird": [1],
   "accessed": {"date-parts": [[2020, 1], [2020, 2]]}, "archive": "Town Archive", "archive_location": "Box 7", "DOI": "10.1/y"},
  {"id": 3, "title": "Untyped", "issued": {"season": 1, "date-parts": [[1999]]}, "note": "one\ntwo"},
  7
]"#;

#[test]
fn items_of_csl_are_documents() {
    let imported = import("csl", &[("items.json", ITEMS)]);
    let case = case(&imported);
    let document =
        |id: &str| case.documents.values().find(|document| document.key.as_str() == id).expect("it is there");
    let date = |id: &str| document(id).date.as_ref().map(|date| date.as_str().to_owned());
    assert_eq!(document("a").title, "Closed at last");
    assert_eq!(&document("a").authors[..], ["Jane Doe", "City Desk"]);
    assert_eq!(document("a").locator.as_deref(), Some("The Courier, pp. 1-2"));
    assert_eq!(
        [date("a"), date("http-b-1"), date("3")].map(Option::unwrap_or_default),
        ["2001-05-03", "2001-05", "1999-21"]
    );
    assert_eq!(document("http-b-1").url.as_deref(), Some("https://doi.org/10.1/y"));
    assert_eq!(
        (document("http-b-1").locator.as_deref(), document("3").note.as_deref()),
        (Some("Box 7"), Some("one\ntwo"))
    );
    let told: Vec<&str> = imported.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "the entry `http://b/1` is imported as `http-b-1`",
            "a case has no place for `weird`",
            "an item of a bibliography is an object `{…}`"
        ]
    );
}

#[test]
fn what_is_imported_comes_back_from_its_export() {
    let round = |name: &str, export: fn(&Case) -> String, text: &str| {
        let once = case(&import(name, &[("file", text)]));
        let exported = export(&once);
        let again = import(name, &[("file", &exported)]);
        assert!(again.diagnostics.is_empty(), "{exported}\n{:#?}", again.diagnostics);
        assert_eq!(print(&case(&again)), print(&once), "{exported}");
    };
    round("csl", |case| export_csl(case).text, ITEMS);
    round("ftm", |case| export_ftm(case).text, ENTITIES);
    let library = case(&import("bibtex", &[("library.bib", LIBRARY)]));
    round("csl", |case| export_csl(case).text, &export_csl(&library).text);
}

const ENTITIES: &str = r#"{"id": "p", "schema": "Person", "properties": {"name": ["Jane Doe", "J. Doe"], "nationality": ["de"], "birthDate": ["1970"], "addressEntity": ["x"], "topics": ["role.pep"], "notes": ["A mayor."]}}
{"id": "x", "schema": "Address", "properties": {"full": ["1 Mill Lane"]}}
{"id": "c", "schema": "Company", "properties": {"name": ["Mill Ltd"], "weird": ["1"]}}
{"id": "d", "schema": "Pages", "properties": {"title": ["Register"], "publishedAt": ["2001-02-03T00:00:00"], "parent": ["f"], "author": ["Clerk"]}}
{"id": "f", "schema": "Folder", "properties": {"fileName": ["registers"]}}
{"id": "own", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["c"], "percentage": ["50"], "startDate": ["1999"], "proof": ["d"]}}
{"id": "pay", "schema": "Payment", "properties": {"payer": ["c"], "beneficiary": ["p"], "date": ["2000-01-02"], "amountEur": ["100000"]}}
{"id": "m", "schema": "Documentation", "properties": {"document": ["d"], "entity": ["p"]}}
{"id": "v", "schema": "Vessel", "properties": {"name": ["Ark"]}}
{"id": "sail", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["v"]}}
not json
"#;

#[test]
fn entities_are_actors_documents_and_relationships() {
    let imported = import("ftm", &[("entities.ijson", ENTITIES)]);
    let printed = print(&case(&imported));
    for part in [
        "\"p\": (\n            name: \"Jane Doe\", kind: Person, aliases: [\"J. Doe\"], tags: [\"role.pep\"],",
        "birthDate: 1970\nnationality: de\naddress: 1 Mill Lane\nA mayor.",
        "\"own\": (",
        "evidence: [Supports(from: \"d\")]",
        "period: \"1999/..\"",
        "kind: Other(\"paid\")",
        "mentions: [\"p\"]",
        "collection: \"f\"",
    ] {
        let flat = |text: &str| text.split_whitespace().collect::<String>();
        assert!(flat(&printed).contains(&flat(part)), "{part}\n{printed}");
    }
    let told: Vec<&str> = imported.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "a case has no place for `weird`",
            "a case has no place for `Vessel`",
            "this `Ownership` is not between two actors, and is left out",
            "`v` is not an actor of this import",
            "this is not JSON: expected ident",
        ]
    );
}

/// The tables of a case, as files.
fn tables(case: &Case) -> Vec<(String, String)> {
    Table::ALL.into_iter().map(|table| (format!("{}.csv", table.name()), export_csv(case, table))).collect()
}

/// A case comes back from its tables, but for what they have no place for.
fn comes_back_from_tables(name: &str, original: &Case) {
    let files = tables(original);
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let imported = import("csv", &files);
    assert!(imported.diagnostics.is_empty(), "{name}: {:#?}", imported.diagnostics);
    let mut plain = original.clone();
    (plain.thresholds, plain.report) = (Thresholds::default(), evigraph::internals::model::Report::default());
    assert_eq!(print(&case(&imported)), print(&plain), "{name}");
}

#[test]
fn cases_come_back_from_their_tables() {
    for (name, case) in shipped() {
        comes_back_from_tables(&name, &case);
    }
    let mut tried = 0;
    for seed in 0..60 {
        let sketch = crate::printer::fit_for_a_file(random::case(
            &random::Profile { relationships: 0..=0, ..random::Profile::tangled() },
            seed,
        ));
        if let Some(case) = read(&print(&sketch.build())).case {
            comes_back_from_tables(&format!("seed {seed}"), &case);
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried} cases were tried");
}

#[test]
fn tables_that_were_exported_change_nothing_in_their_case() {
    for (name, case) in shipped() {
        let text = print(&case);
        let files = tables(&case);
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(merged("csv", &files, &text), text, "{name}");
        // Nor in the files that somebody has written by hand.
        let loaded = evigraph::open(name.as_str()).expect("it can be opened");
        let case = loaded.case.as_ref().expect("it is well formed");
        let (imported, _) = import_into("csv", &files, Some(case));
        let changed = Into::new(&loaded, case).put(&imported.entries).expect("it can be changed");
        let changed: Vec<&str> = changed.iter().map(|one| one.text.as_str()).collect();
        assert!(
            imported.diagnostics.is_empty() && changed.is_empty(),
            "{name}: {:#?} {changed:?}",
            imported.diagnostics
        );
    }
}

#[test]
fn a_spreadsheet_of_a_german_excel_is_read() {
    let documents = "\u{feff}ID;Title;Kind;Derives From;Reliability;Date;Tags;Checked by\r\n\
        courier;\"The ; Courier\";news report;;0,8;20.05.2001;a; b;me\r\n";
    let documents = documents.replace("a; b", "\"a; b\"");
    let imported = import("csv", &[("Documents.csv", &documents)]);
    assert_eq!(codes(&imported), [Code::NotImported], "{:#?}", imported.diagnostics);
    let case = case(&imported);
    let courier = case.documents.values().next().expect("one document");
    assert_eq!((courier.title.as_str(), courier.reliability.get()), ("The ; Courier", 0.8));
    assert_eq!(courier.date.as_ref().map(|date| date.as_str()), Some("2001-05-20"));
    assert_eq!(&courier.tags[..], ["a", "b"]);
}

#[test]
fn every_bad_cell_is_reported_with_its_place() {
    let documents = "id,title,reliability,derives_from,cite\na b,T,B,,\nlog,Log,G,dairy,x\ndiary,,2,c,\nlog,Again,,,\n";
    let claims = "id,txet,expect\nc,C,suported\n";
    let evidence = "statement,effect,from,strength\nc,maybe,log,\nd,Supports,log,\nc,Supports,,Strong\n";
    let files = [("documents.csv", documents), ("claims.csv", claims), ("evidence.csv", evidence)];
    let (imported, sources) = import_into("csv", &files, None);
    let places: Vec<(String, Code)> = imported
        .diagnostics
        .iter()
        .map(|problem| {
            let span = problem.span.expect("a place");
            assert!(problem.help.is_some(), "{problem:?}");
            let place = sources.position(span.file, span.start);
            (format!("{}:{}:{}", sources.file(span.file).name(), place.line, place.column), problem.code)
        })
        .collect();
    let expected = [
        ("documents.csv:2:1", Code::InvalidId),
        ("documents.csv:3:9", Code::UnknownKind),
        ("documents.csv:3:11", Code::UnknownId),
        ("documents.csv:3:17", Code::NotANumber),
        ("documents.csv:4:1", Code::MissingField),
        ("documents.csv:4:8", Code::OutOfRange),
        ("documents.csv:4:10", Code::WrongSort),
        ("documents.csv:5:1", Code::DuplicateId),
        ("claims.csv:1:4", Code::UnknownField),
        ("claims.csv:2:1", Code::MissingField),
        ("claims.csv:2:5", Code::UnknownKind),
        ("evidence.csv:2:3", Code::UnknownKind),
        ("evidence.csv:3:1", Code::UnknownId),
        ("evidence.csv:4:1", Code::MissingField),
    ];
    assert_eq!(places, expected.map(|(place, code)| (place.to_owned(), code)));
}

#[test]
fn a_review_has_a_number_only_where_there_is_a_verdict() {
    let text = r#"Case(title: "T", documents: {"a": (title: "A </script>", reliability: A, url: "https://a.org", authors: ["Ann"]), "b": (title: "B", reliability: F)},
        claims: {
            "yes": (text: "Yes.", evidence: [Supports(from: "a", strength: Conclusive)]),
            "no": (text: "No.", evidence: [Opposes(from: "a", strength: Conclusive)]),
            "open": (text: "Open.", evidence: [Supports(from: "b", as: Allegation)]),
        })"#;
    let case = read(text).case.expect("it is well formed");
    let engine = Engine::new(&case, Scenario::default());
    let by = Publisher { author: "Desk".to_owned(), url: Some("https://d.org/1".to_owned()), date: None };
    let written = export_claimreview(&engine, &reviewed(&case), &by).expect("it is small");
    assert!(!written.contains('<'), "{written}");
    let graph: Value = serde_json::from_str(&written).expect("it is JSON");
    let ratings: Vec<(&str, Option<u64>)> = graph["@graph"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|review| {
            let rating = &review["reviewRating"];
            assert_eq!(rating.get("ratingValue").is_some(), rating.get("bestRating").is_some());
            (rating["alternateName"].as_str().expect("a word"), rating["ratingValue"].as_u64())
        })
        .collect();
    assert_eq!(ratings, [("Refuted", Some(1)), ("Not established", None), ("Supported", Some(3))]);
    let yes = &graph["@graph"][2];
    assert_eq!(yes["url"], "https://d.org/1#yes");
    assert_eq!(yes["itemReviewed"]["appearance"][0]["name"], "A </script>");
    assert_eq!(yes["itemReviewed"]["author"][0]["name"], "Ann");
}

#[test]
fn graphs_are_sound_xml_with_an_end_for_every_edge() {
    for (name, case) in shipped() {
        for text in [export_graphml(&case), export_gexf(&case)] {
            let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            let elements = |tag: &'static str| document.descendants().filter(move |node| node.has_tag_name(tag));
            let ids: BTreeSet<&str> = elements("node").filter_map(|node| node.attribute("id")).collect();
            let nodes = case.actors.len() + case.documents.len() + case.statements.len() + case.inferences.len();
            assert_eq!((ids.len(), elements("node").count()), (nodes, nodes), "{name}");
            let ends = elements("edge").flat_map(|edge| [edge.attribute("source"), edge.attribute("target")]);
            assert!(ends.map(|end| end.expect("an end")).all(|end| ids.contains(end)), "{name}");
            let links: usize = case.statements.values().map(|statement| statement.evidence.len()).sum();
            assert!(elements("edge").count() >= links, "{name}");
        }
    }
}

#[test]
fn a_format_is_read_or_written() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exchange.md")).expect("it is there");
    for one in FORMATS {
        assert!(one.import.is_some() || one.is_exported, "{}", one.name);
        let sign = |is: bool| if is { "yes" } else { "" };
        let row =
            format!("| `{}` | {} | {} | {} |", one.name, one.what, sign(one.import.is_some()), sign(one.is_exported));
        assert!(page.contains(&row), "{row}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a stranger sends, there is an answer, and what is made of it is a case.
    #[test]
    fn any_bytes_can_be_imported(bytes in prop::collection::vec(any::<u8>(), 0..200), name in 0..4_usize) {
        let sources = Sources::new();
        let (file, _) = add_file(&sources, "documents.csv", bytes);
        let format = Format::imported().nth(name).expect("there are four");
        let imported = (format.import.expect("it is read"))(&[file], &sources, Known(None));
        if !imported.has_errors() {
            case(&imported);
        }
    }

    #[test]
    fn any_bibliography_can_be_imported(parts in prop::collection::vec(BIBTEX_PARTS, 0..40)) {
        let imported = import("bibtex", &[("a.bib", &parts.concat())]);
        let text = print(&case(&imported));
        prop_assert_eq!(merged("bibtex", &[("a.bib", &parts.concat())], &text), text);
    }

    #[test]
    fn any_items_come_back(title in ".{0,20}", note in ".{0,20}", author in ".{1,20}", year in -3000..3000_i32, tag in "[a-z ,;]{0,10}") {
        let items = serde_json::json!([{"id": title, "type": "book", "title": title, "note": note, "keyword": tag,
            "author": [{"literal": author}], "issued": {"date-parts": [[year]]}, "publisher": author}]);
        let once = case(&import("csl", &[("a.json", &items.to_string())]));
        let again = case(&import("csl", &[("a.json", &export_csl(&once).text)]));
        prop_assert_eq!(print(&again), print(&once));
    }

    #[test]
    fn any_texts_come_back_from_cells(texts in prop::collection::vec(any::<String>(), 4)) {
        let [title, note, tag, kind] = [0, 1, 2, 3].map(|place| texts[place].as_str());
        let quoted = evigraph::internals::authoring::quoted;
        let text = format!("Case(title: {}, documents: {{\"d\": (title: {}, note: {}, tags: [{}], kind: Other({}))}})",
            quoted(title), quoted(title), quoted(note), quoted(tag), quoted(kind));
        if let Some(case) = read(&text).case.filter(|_| !tag.is_empty() && !title.is_empty()) {
            comes_back_from_tables("texts", &case);
        }
    }
}

const BIBTEX_PARTS: &str = "@book\\{|@|article|\\{|\\}|\"|=|,|#|key[a-z]?|title|author|year|crossref|\\\\'|\\\\\"|\\\\emph|\\$| and |~|--|\n|%|[0-9]|é|@string\\(a=|\\)|@comment";

fn run(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evigraph"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

#[test]
fn an_import_says_how_it_ended() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exchange");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("case")).expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file can be written");
    write("library.bib", LIBRARY);
    write("good.bib", "@book{a, title = {A}}");
    write("utf16.csv", "\u{fffe}");
    fs::write(folder.join("latin.csv"), b"id,title\na,\xe4").expect("a file can be written");
    write("case/case.ron", "Case(title: \"T\", includes: [\"library.ron\"])\n");
    write("case/library.ron", "(documents: {\n    \"a\": (title: \"Old\"), // by hand\n})\n");
    let code = |args: &[&str]| run(args, &folder).status.code();
    assert_eq!(code(&["import", "bibtex", "good.bib"]), Some(0));
    assert_eq!(code(&["import", "bibtex", "library.bib", "-o", "out.ron"]), Some(1));
    assert_eq!(code(&["check", "out.ron"]), Some(0));
    assert_eq!(code(&["import", "csv", "latin.csv"]), Some(2));
    assert_eq!(code(&["import", "claimreview", "good.bib"]), Some(2));
    assert_eq!(code(&["import", "bibtex", "good.bib", "--into", "none.ron"]), Some(2));
    let diff = run(&["import", "bibtex", "good.bib", "--into", "case", "--diff"], &folder);
    assert!(
        String::from_utf8_lossy(&diff.stdout).contains("+    \"a\": (title: \"A\", kind: Book), // by hand"),
        "{diff:?}"
    );
    assert!(fs::read_to_string(folder.join("case/library.ron")).expect("it is there").contains("Old"));
    assert_eq!(code(&["import", "bibtex", "library.bib", "--into", "case"]), Some(1));
    let library = || fs::read_to_string(folder.join("case/library.ron")).expect("it is there");
    let opened = fs::read_to_string(folder.join("case/case.ron")).expect("it is there");
    assert!(opened.contains("\"doe2001\": (") && library().contains("Old"), "nothing of it was in the other file");
    assert_eq!(code(&["import", "bibtex", "good.bib", "--into", "case"]), Some(0));
    assert!(library().contains("(title: \"A\", kind: Book), // by hand"), "{}", library());
    let before = library();
    assert_eq!(code(&["import", "bibtex", "good.bib", "--into", "case"]), Some(0));
    assert_eq!(library(), before);
    assert_eq!(code(&["export", "csv", "case", "-o", "tables"]), Some(0));
    assert_eq!(code(&["export", "csv", "case", "-o", "tables"]), Some(0));
    assert_eq!(code(&["export", "csv", "case", "-o", "case"]), Some(2));
    assert_eq!(code(&["import", "csv", "tables", "--into", "case"]), Some(0));
    assert_eq!(library(), before);
}

#[test]
fn the_page_on_exchange_shows_what_the_program_prints() {
    crate::walk::page("docs/exchange.md", "exchange");
}
