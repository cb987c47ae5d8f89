//! The language server from outside: a program that is started, and messages as an editor sends them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use evigraph::internals::escape::visible;
use evigraph::{Input, Overlay, check, load_from};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Far longer than anything takes, so that nothing depends on how fast the machine is.
const PATIENCE: Duration = Duration::from_secs(120);

/// An editor with a server of its own.
struct Editor {
    child: Child,
    stdin: ChildStdin,
    messages: Receiver<Value>,
    last_id: i64,
    /// What was published last of each file.
    published: BTreeMap<String, Value>,
}

impl Editor {
    fn start(capabilities: Value) -> (Self, Value) {
        Self::start_in(&Value::Null, capabilities)
    }

    /// With a folder open, by its address.
    fn start_in(root: &Value, capabilities: Value) -> (Self, Value) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
        let mut child =
            command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let (stdin, stdout) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self { child, stdin, messages, last_id: 0, published: BTreeMap::new() };
        let answer =
            editor.request("initialize", json!({ "processId": null, "rootUri": root, "capabilities": capabilities }));
        editor.notify("initialized", json!({}));
        (editor, answer)
    }

    fn send(&mut self, message: Value) {
        let text = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        self.stdin.flush().expect("the server reads");
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Waits for the next message and keeps what it publishes.
    fn next(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().expect("an address").to_owned();
            self.published.insert(uri, message["params"].clone());
        }
        message
    }

    /// Waits until the server asks to be told of files, and gives what it asks for by that name.
    fn registered(&mut self, id: &str) -> Value {
        loop {
            let message = self.next();
            let registration = &message["params"]["registrations"][0];
            if message["method"] == "client/registerCapability" && registration["id"] == id {
                return registration["registerOptions"]["watchers"].clone();
            }
        }
    }

    /// The whole answer to a request: its result, or its error.
    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// What a refused request says.
    fn refusal(&mut self, method: &str, params: Value) -> String {
        let answer = self.answer(method, params);
        answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{method} is refused: {answer}")).to_owned()
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "evigraph", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Puts another text in the place of all that is open.
    fn replace(&mut self, uri: &str, version: i64, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Waits until what is published of a file satisfies a condition.
    fn until(&mut self, uri: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            if let Some(published) = self.published.get(uri).filter(|published| is_wanted(published)) {
                return published.clone();
            }
            let last = self.published.get(uri).cloned();
            assert!(start.elapsed() < PATIENCE, "what is published last: {last:#?}");
            self.next();
        }
    }

    /// Waits until exactly these codes are published of a file.
    fn until_codes(&mut self, uri: &str, codes: &[&str]) -> Value {
        self.until(uri, |published| self::codes(published) == codes)
    }

    fn shut_down(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert!(self.child.wait().expect("it ends").success());
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(stdout: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().strip_prefix("Content-Length: ") {
            Some(number) => length = number.parse().expect("a length"),
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut bytes = vec![0; length];
    stdout.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).expect("a message is JSON"))
}

fn codes(published: &Value) -> Vec<&str> {
    let diagnostics = published["diagnostics"].as_array().map(Vec::as_slice).unwrap_or_default();
    diagnostics.iter().filter_map(|one| one["code"].as_str()).collect()
}

/// A folder with files in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder for the test"));
        for (name, text) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder inside");
            fs::write(path, text).expect("the test's file is written");
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.0.path()).expect("it is there").join(name)
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }
}

/// Line and column, from 0, of a byte; columns in UTF-16.
fn place(text: &str, byte: usize) -> Value {
    let line_start = text[..byte].rfind('\n').map_or(0, |newline| newline + 1);
    json!({ "line": text[..byte].matches('\n').count(), "character": text[line_start..byte].encode_utf16().count() })
}

/// The parameters that name the place so many bytes behind the start of some words.
fn at(uri: &str, text: &str, words: &str, behind: usize) -> Value {
    let byte = text.find(words).unwrap_or_else(|| panic!("{words} is in the text")) + behind;
    json!({ "textDocument": { "uri": uri }, "position": place(text, byte) })
}

fn with(mut params: Value, more: Value) -> Value {
    let more = more.as_object().expect("fields").clone();
    params.as_object_mut().expect("fields").extend(more);
    params
}

fn labels(completions: &Value) -> Vec<&str> {
    completions["items"].as_array().expect("a list").iter().filter_map(|item| item["label"].as_str()).collect()
}

const CASE: &str = r#"Case(
    title: "Was the bridge closed?",
    includes: ["sources.ron"],
    claims: {
        "closed": (text: "It was closed.", evidence: [Supports(from: "log", as: Finding), Opposes(from: "letter")]),
        "flooded": (text: "It was flooded.", rivals: ["closed"], evidence: [Supports(from: "letter")]),
    },
    questions: {"q": (text: "Was it?", claims: ["flooded", "closed"])},
)
"#;

const SOURCES: &str = r#"(
    documents: {
        // kept by hand
        "log": (title: "The harbour log", kind: Memorandum, reliability: A),
        "letter": (title: "A 🜁 letter", kind: Other("letter"), reliability: C),
    },
)
"#;

#[test]
fn an_editor_is_served_from_start_to_end() {
    let (editor, answer) = Editor::start(json!({}));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2);
    editor.shut_down();
    let (editor, answer) = Editor::start(json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } }));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    editor.shut_down();
}

#[test]
fn ids_are_found_over_all_files_and_renamed_in_all() {
    let folder = Folder::with(&[("case.ron", CASE), ("sources.ron", SOURCES)]);
    let (case, sources) = (folder.uri("case.ron"), folder.uri("sources.ron"));
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&sources, SOURCES);
    let definition = editor.request("textDocument/definition", at(&sources, SOURCES, "\"log\"", 2));
    assert_eq!(definition[0]["uri"], sources);
    let context = json!({ "context": { "includeDeclaration": false } });
    let references = editor.request("textDocument/references", with(at(&sources, SOURCES, "\"log\"", 2), context));
    let log = CASE.find("\"log\"").expect("it is used") + 1;
    let range = json!({ "start": place(CASE, log), "end": place(CASE, log + 3) });
    assert_eq!(references, json!([{ "uri": case, "range": range }]), "the case upwards includes the file");
    let prepared = editor.request("textDocument/prepareRename", at(&sources, SOURCES, "\"letter\"", 1));
    assert_eq!(prepared["placeholder"], "letter");
    let rename = |name: &str| with(at(&sources, SOURCES, "\"letter\"", 1), json!({ "newName": name }));
    let edit = editor.request("textDocument/rename", rename("note"));
    let changes = |uri: &str| edit["changes"][uri].as_array().map_or(0, Vec::len);
    assert_eq!((changes(&sources), changes(&case)), (1, 2));
    assert_eq!(editor.refusal("textDocument/rename", rename("closed")), "`closed` is the id of a claim already");
    assert!(editor.refusal("textDocument/rename", rename("a b")).starts_with("`a b` cannot be an id"));
    let include = editor.request("textDocument/definition", at(&sources, SOURCES, "title", 1));
    assert_eq!(include, Value::Null, "a field is given nowhere");
    editor.shut_down();
}

#[test]
fn a_file_in_json_is_checked_and_left_alone() {
    const CASE: &str = "Case(title: \"T\", includes: [\"papers.json\"], claims: {\n    \"c\": (text: \"C\", evidence: \
                        [Supports(from: \"letter\")]),\n})\n";
    const PAPERS: &str = "{\"documents\": {\"letter\": {\"title\": \"L\", \"kind\": \"Cabel\"}}}";
    let folder = Folder::with(&[("case.ron", CASE), ("papers.json", PAPERS)]);
    let (mut editor, _) = Editor::start(json!({}));
    let (case, papers) = (folder.uri("case.ron"), folder.uri("papers.json"));
    editor.open(&case, CASE);
    editor.open(&papers, PAPERS);
    let published = editor.until_codes(&papers, &["unknown-kind"]);
    let kind = PAPERS.find("Cabel").expect("it is there");
    assert_eq!(
        published["diagnostics"][0]["range"],
        json!({ "start": place(PAPERS, kind), "end": place(PAPERS, kind + 5) })
    );
    for method in ["completion", "definition"] {
        let answer = editor.request(&format!("textDocument/{method}"), at(&papers, PAPERS, "Cabel", 1));
        assert!(answer.is_null() || answer == json!([]), "{method}: {answer}");
    }
    let sound = PAPERS.replace("Cabel", "Cable");
    editor.replace(&papers, 2, &sound);
    for (id, new) in [("\"letter\"", "note"), ("\"c\"", "d")] {
        let refusal = editor.refusal("textDocument/rename", with(at(&case, CASE, id, 1), json!({ "newName": new })));
        assert!(refusal.ends_with("is in JSON, in which nothing is renamed"), "{refusal}");
    }
    let options = json!({ "textDocument": { "uri": papers }, "options": { "tabSize": 4, "insertSpaces": true } });
    let edits = editor.request("textDocument/formatting", options);
    let laid_out: Value = serde_json::from_str(&applied(&sound, &edits)).expect("it is JSON still");
    assert_eq!(applied(&sound, &edits), format!("{laid_out:#}\n"));
    editor.shut_down();
}

#[test]
fn what_is_typed_counts_before_it_is_saved() {
    let folder = Folder::with(&[("case.ron", CASE), ("parts/none.ron", "()"), ("sources.ron", SOURCES)]);
    let (case, sources) = (folder.uri("case.ron"), folder.uri("sources.ron"));
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&case, CASE);
    editor.open(&sources, SOURCES);
    let calm = editor.until(&case, |published| published["version"] == 1);
    assert!(!codes(&calm).contains(&"unknown-id"), "{calm}");
    // An id that the other file uses is gone, in a text that is not saved.
    editor.replace(&sources, 2, &SOURCES.replace("\"log\"", "\"book\""));
    let published = editor.until_codes(&case, &["unknown-id"]);
    let problem = &published["diagnostics"][0];
    let log = CASE.find("\"log\"").expect("it is used") + 1;
    assert_eq!(problem["range"], json!({ "start": place(CASE, log), "end": place(CASE, log + 3) }));
    assert_eq!((&problem["severity"], &problem["source"]), (&json!(1), &json!("evigraph")));
    assert!(problem["message"].as_str().expect("words").starts_with("nothing in the case has the id `log`"));
    // A character outside of the first plane counts twice.
    let letter = SOURCES.find("🜁").expect("it is there");
    let twice = json!({ "start": place(SOURCES, letter), "end": place(SOURCES, letter + "🜁".len()) });
    let change = json!({ "textDocument": { "uri": sources, "version": 3 }, "contentChanges": [
        { "range": twice, "text": "" },
        { "range": { "start": { "line": 3, "character": 9 }, "end": { "line": 3, "character": 13 } }, "text": "log" },
    ] });
    editor.notify("textDocument/didChange", change);
    editor.until(&case, |published| !codes(published).contains(&"unknown-id"));
    let hover = editor.request("textDocument/hover", at(&case, CASE, "from: \"letter\"", 8));
    let words = hover["contents"]["value"].as_str().expect("Markdown");
    assert!(words.starts_with("**A letter**\n\ndocument · letter · reliability 0.60"), "{words}");
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": sources } }));
    editor.until(&sources, |published| published["version"] == Value::Null);
    editor.shut_down();
}

#[test]
fn half_written_files_are_completed() {
    let folder = Folder::with(&[("case.ron", CASE), ("sources.ron", SOURCES), ("more.ron", "()")]);
    let case = folder.uri("case.ron");
    let (mut editor, _) =
        Editor::start(json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } } }));
    editor.open(&case, CASE);
    let mut version = 1;
    let mut complete = |typed: &str, replaced: &str| {
        // What is behind the place is cut off: the file ends in the midst of a word.
        let end = CASE.find(replaced).expect("it is in the text");
        let text = format!("{}{typed}", &CASE[..end]);
        version += 1;
        editor.replace(&case, version, &text);
        let params = json!({ "textDocument": { "uri": case }, "position": place(&text, text.len()) });
        editor.request("textDocument/completion", params)
    };
    let ids = complete("\"cl", "\"closed\"]");
    assert_eq!(labels(&ids), ["closed"], "a claim is not its own rival, and documents are none");
    assert_eq!(ids["items"][0]["detail"], "It was closed.");
    assert_eq!(ids["items"][0]["textEdit"]["newText"], "closed\"", "the mark that is missing is put in");
    let sources = complete("Supports(from: ", "Supports(from: \"log\"");
    assert_eq!(labels(&sources), ["log", "letter"], "from the other file; the claim itself is none of them");
    assert_eq!(sources["items"][0]["textEdit"]["newText"], "\"log\"");
    let fields = complete("e", "evidence: [Supports(from: \"log\"");
    assert!(labels(&fields).contains(&"evidence") && !labels(&fields).contains(&"text"), "{:?}", labels(&fields));
    let grades = complete("Supports(from: \"log\", strength: ", "Supports(from: \"log\"");
    assert_eq!(labels(&grades), ["Conclusive", "Strong", "Moderate", "Weak", "Slight"]);
    assert_eq!(grades["items"][1]["detail"], "0.85");
    let files = complete("\"", "\"sources.ron\"");
    assert_eq!(labels(&files), ["more.ron", "sources.ron"]);
    let entry = complete("", "\"closed\": (text");
    let snippet = entry["items"][0]["textEdit"]["newText"].as_str().expect("a snippet");
    assert_eq!(snippet, "\"${1:id}\": (text: \"$2\"),");
    assert_eq!(complete(" in words", "It was closed"), Value::Null, "an author's own words are not completed");
    editor.shut_down();
}

#[test]
fn verdicts_reasons_and_numbers_are_shown() {
    let folder = Folder::with(&[("case.ron", CASE), ("sources.ron", SOURCES)]);
    let (case, sources) = (folder.uri("case.ron"), folder.uri("sources.ron"));
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&case, CASE);
    editor.open(&sources, SOURCES);
    editor.until(&case, |published| published["version"] == 1);
    let all = json!({ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } } });
    let hints = |editor: &mut Editor, uri: &str| {
        let params = with(json!({ "textDocument": { "uri": uri } }), all.clone());
        let hints = editor.request("textDocument/inlayHint", params);
        hints
            .as_array()
            .expect("hints")
            .iter()
            .map(|hint| hint["label"].as_str().expect("a label").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(hints(&mut editor, &sources), ["0.95", "0.60"]);
    // Verdicts come from a thread of their own.
    let start = Instant::now();
    let verdicts = loop {
        match hints(&mut editor, &case) {
            found if found.len() == 2 => break found,
            _ => assert!(start.elapsed() < PATIENCE),
        }
        thread::sleep(Duration::from_millis(20));
    };
    // The log: 0.95 × 0.85 = 0.81 for it; the letter: 0.60 × 0.65 = 0.39 against it and for its rival.
    let hover = editor.request("textDocument/hover", at(&case, CASE, "\"closed\"", 3));
    let words = hover["contents"]["value"].as_str().expect("Markdown");
    assert!(words.contains("claim · fact") && words.contains(&format!("**{}**", verdicts[0])), "{words}");
    assert!(words.contains("- for, 0.81: finding: log “The harbour log”"), "{words}");
    let lenses = editor.request("textDocument/codeLens", json!({ "textDocument": { "uri": case } }));
    let titles: Vec<&str> =
        lenses.as_array().expect("lenses").iter().filter_map(|lens| lens["command"]["title"].as_str()).collect();
    assert_eq!(titles, ["why", "1 for · 1 against", "why", "1 for · 0 against", "why"]);
    assert_eq!(lenses[0]["command"]["arguments"], json!([case, "closed"]));
    let run = |command: &str, arguments: Value| json!({ "command": command, "arguments": arguments });
    let why = editor.request("workspace/executeCommand", run("evigraph.why", json!([case, "closed"])));
    let printed =
        Command::new(env!("CARGO_BIN_EXE_evigraph")).args(["why"]).arg(folder.path("case.ron")).arg("closed").output();
    let printed = String::from_utf8(printed.expect("the program runs").stdout).expect("text");
    assert_eq!(why.as_str().expect("a text"), printed, "the same words as on the command line");
    let report = editor.request("workspace/executeCommand", run("evigraph.report", json!([sources])));
    assert!(report.as_str().expect("a text").starts_with("# Was the bridge closed?"));
    let refused = editor.refusal("workspace/executeCommand", run("evigraph.why", json!([case, "nobody"])));
    assert!(refused.contains("nobody"), "{refused}");
    editor.shut_down();
}

#[test]
fn a_quotation_says_what_became_of_it() {
    let text = r#"Case(
    title: "Did the ferry sail?",
    documents: {"letter": (title: "A letter", reliability: A, copy: "letter.txt")},
    claims: {
        "left": (text: "It left.", evidence: [Supports(from: "letter", at: "l. 1", quote: "we left the quay")]),
        "late": (text: "It was late.", evidence: [Supports(from: "letter", at: "l. 1", quote: "at ten in the evening")]),
    },
)
"#;
    let folder = Folder::with(&[
        ("case.ron", text),
        ("letter.txt", "At nine in the evening we left the quay,\nat nine in the evening.\n"),
    ]);
    let case = folder.uri("case.ron");
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&case, text);
    editor.until_codes(&case, &["quote-near"]);
    let start = Instant::now();
    let hover = |editor: &mut Editor, words: &str| {
        let hover = editor.request("textDocument/hover", at(&case, text, words, 3));
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    while !hover(&mut editor, "we left the quay").contains("Quotation exact: found in the kept copy on line 1") {
        assert!(start.elapsed() < PATIENCE);
        thread::sleep(Duration::from_millis(20));
    }
    let near = hover(&mut editor, "at ten in the evening");
    assert!(near.contains("Quotation near: differs from the kept copy") && near.contains("quote-near"), "{near}");
    let why = json!({ "command": "evigraph.why", "arguments": [case, "left"] });
    let why = editor.request("workspace/executeCommand", why);
    assert!(why.as_str().expect("a text").contains("quotation found in the kept copy"), "{why}");
    editor.shut_down();
}

const QUOTING: &str = r#"Case(
    title: "Did the ferry sail?",
    documents: {"letter": (title: "A letter", reliability: A, copy: "letter [1].txt")},
    claims: {"left": (text: "It left.", evidence: [Supports(from: "letter", at: "l. 1", quote: "we left the quay")])},
)
"#;

#[test]
fn a_kept_copy_that_changes_is_noticed_by_an_editor_that_tells_nothing() {
    let folder = Folder::with(&[("case.ron", QUOTING)]);
    let case = folder.uri("case.ron");
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&case, QUOTING);
    editor.until_codes(&case, &["copy-unreadable"]);
    std::fs::write(folder.path("letter [1].txt"), "At nine we left the quay.").expect("the copy is written");
    editor.until_codes(&case, &[]);
    std::fs::write(folder.path("letter [1].txt"), "At nine we left the pier.").expect("the copy is written");
    editor.until_codes(&case, &["quote-near"]);
    editor.shut_down();
}

#[test]
fn an_editor_that_tells_of_files_is_asked_for_the_copies() {
    let folder = Folder::with(&[("case.ron", QUOTING), ("letter [1].txt", "At nine we left the quay.")]);
    let case = folder.uri("case.ron");
    let watches = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let (mut editor, _) = Editor::start_in(&json!(folder.uri("")), watches);
    editor.open(&case, QUOTING);
    let patterns = editor.registered("evigraph-copies");
    assert_eq!(patterns, json!([{ "globPattern": "**/letter ?1?.txt" }]));
    editor.until_codes(&case, &[]);
    std::fs::write(folder.path("letter [1].txt"), "At nine we left the pier.").expect("the copy is written");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    editor.until_codes(&case, &["quote-near"]);
    editor.shut_down();
}

#[test]
fn files_are_laid_out_and_outlined() {
    let text = "Case(title: \"T\",\n  claims: {\n  \"a\": (text: \"A\", // why not\n evidence: []),\n },\n)\n";
    let folder = Folder::with(&[("case.ron", text)]);
    let uri = folder.uri("case.ron");
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&uri, text);
    let document = json!({ "textDocument": { "uri": uri } });
    let options = json!({ "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = editor.request("textDocument/formatting", with(document.clone(), options.clone()));
    let formatted = evigraph::format("case.ron", text).expect("it is in order");
    assert_eq!(applied(text, &edits), formatted);
    editor.replace(&uri, 2, &formatted);
    assert_eq!(editor.request("textDocument/formatting", with(document.clone(), options.clone())), json!([]));
    let symbols = editor.request("textDocument/documentSymbol", document.clone());
    assert_eq!((&symbols[0]["name"], &symbols[0]["children"][0]["name"]), (&json!("claims"), &json!("a")));
    let folds = editor.request("textDocument/foldingRange", document.clone());
    assert!(folds.as_array().expect("ranges").iter().all(|fold| fold["startLine"].as_u64() < fold["endLine"].as_u64()));
    let tokens = editor.request("textDocument/semanticTokens/full", document.clone());
    assert_eq!(tokens["data"].as_array().expect("numbers").len() % 5, 0);
    editor.replace(&uri, 3, &formatted[..formatted.len() - 3]);
    let refused = editor.refusal("textDocument/formatting", with(document, options));
    assert!(refused.starts_with("a broken file is left as it is"), "{refused}");
    editor.shut_down();
}

/// A text with the edits of an answer, which are from the end to the start or a single one.
fn applied(text: &str, edits: &Value) -> String {
    let byte = |place: &Value| {
        let line: usize =
            text.split_inclusive('\n').take(place["line"].as_u64().expect("a line") as usize).map(str::len).sum();
        let units = place["character"].as_u64().expect("a column") as usize;
        let mut seen = 0;
        line + text[line..]
            .chars()
            .take_while(|letter| {
                seen += letter.len_utf16();
                seen <= units
            })
            .map(char::len_utf8)
            .sum::<usize>()
    };
    let mut out = text.to_owned();
    for edit in edits.as_array().expect("edits").iter().rev() {
        let range = byte(&edit["range"]["start"])..byte(&edit["range"]["end"]);
        out.replace_range(range, edit["newText"].as_str().expect("a text"));
    }
    out
}

#[test]
fn what_makes_no_sense_is_refused_and_the_server_goes_on() {
    let folder = Folder::with(&[("case.ron", "Case(title: \"T\")")]);
    let uri = folder.uri("case.ron");
    let (mut editor, _) = Editor::start(json!({}));
    editor.refusal("no/such/method", json!({}));
    editor.refusal("textDocument/hover", json!({ "textDocument": 7 }));
    editor.refusal("workspace/executeCommand", json!({ "command": "evigraph.why", "arguments": [] }));
    editor.refusal("workspace/executeCommand", json!({ "command": "rm", "arguments": [uri] }));
    editor.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 9 }, "contentChanges": [{ "text": "x" }] }),
    );
    editor.notify("textDocument/didOpen", json!(["nothing"]));
    editor.notify("$/cancelRequest", json!({ "id": 12345 }));
    let beyond = json!({ "textDocument": { "uri": uri }, "position": { "line": 4_000_000, "character": 4_000_000 } });
    assert_eq!(editor.request("textDocument/hover", beyond.clone()), Value::Null, "nothing is open");
    editor.open(&uri, "Case(title: \"T\")");
    editor.request("textDocument/completion", beyond.clone());
    editor.request("textDocument/hover", beyond);
    editor.open("untitled:Untitled-1", "Case(title: \"T\", includes: [\"x.ron\"])");
    editor.until_codes("untitled:Untitled-1", &["include-refused"]);
    editor.open("file:///no/such/folder/case.ron", "Case(");
    editor.until("file:///no/such/folder/case.ron", |published| {
        codes(published) == ["missing-field", "syntax"] || codes(published) == ["syntax"]
    });
    editor.shut_down();
}

fn with_claim(id: &str) -> String {
    format!("Case(title: \"T\", claims: {{\"{id}\": (text: \"C\")}})")
}

/// The id of the only claim of a file, as the outline has it; null where the server knows nothing of the text.
fn only_claim(editor: &mut Editor, uri: &str) -> Value {
    let symbols = editor.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    symbols[0]["children"][0]["name"].clone()
}

#[cfg(unix)]
#[test]
fn a_file_that_is_open_by_two_addresses_keeps_what_is_typed() {
    let folder = Folder::with(&[("real/case.ron", &with_claim("saved"))]);
    std::os::unix::fs::symlink(folder.path("real"), folder.path("link")).expect("a link");
    let [real, link] = ["real/case.ron", "link/case.ron"].map(|name| folder.uri(name));
    let close = |editor: &mut Editor, uri: &str| {
        editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    };
    for (first, second) in [(&real, &link), (&link, &real)] {
        let (mut editor, _) = Editor::start(json!({}));
        editor.open(first, &with_claim("typed"));
        editor.open(second, &with_claim("typed"));
        assert_eq!([first, second].map(|uri| only_claim(&mut editor, uri)), ["typed", "typed"]);
        editor.replace(second, 2, &with_claim("later"));
        assert_eq!(only_claim(&mut editor, second), "later");
        assert_eq!(only_claim(&mut editor, first), Value::Null, "no answer is about another text");
        close(&mut editor, second);
        assert_eq!(only_claim(&mut editor, first), "typed");
        editor.open(second, &with_claim("typed"));
        close(&mut editor, first);
        assert_eq!(only_claim(&mut editor, second), "typed");
        editor.shut_down();
    }
}

#[test]
fn what_is_typed_while_the_folder_is_away_counts_when_it_is_back() {
    let folder = Folder::with(&[("here/case.ron", &with_claim("saved"))]);
    let uri = folder.uri("here/case.ron");
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&uri, &with_claim("typed"));
    assert_eq!(only_claim(&mut editor, &uri), "typed");
    fs::rename(folder.path("here"), folder.path("away")).expect("it moves");
    editor.replace(&uri, 2, &with_claim("later"));
    // The answer shows that the change has been read.
    only_claim(&mut editor, &uri);
    fs::rename(folder.path("away"), folder.path("here")).expect("it moves back");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(only_claim(&mut editor, &uri), "later");
    editor.shut_down();
}

#[test]
fn nothing_that_is_shown_hides_a_character() {
    let text = "Case(title: \"T\", claims: {\"c\": (text: \"C\u{202e}D\", evidence: [Supports(from: \"n\u{202e}o\", as: \
                Finding)])}, questions: {\"q\": (text: \"Q\", claims: [])})";
    let folder = Folder::with(&[("case.ron", text)]);
    let uri = folder.uri("case.ron");
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&uri, text);
    let published = editor.until(&uri, |published| codes(published).contains(&"unknown-id"));
    let symbols = editor.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let completions = editor.request("textDocument/completion", at(&uri, text, "claims: []", 9));
    for (what, words) in [(&published, "n\u{fffd}o"), (&symbols, "C\u{fffd}D"), (&completions, "C\u{fffd}D")] {
        let what = what.to_string();
        assert!(what.contains(words) && !what.contains('\u{202e}'), "{what}");
    }
    editor.shut_down();
}

/// What the editor shows of a file in the end: exactly what `check` says of it.
fn expected(path: &Path, text: &str) -> Value {
    let mut overlay = Overlay::new();
    overlay.put(path, text).expect("its folder is there");
    let loaded = check(load_from(Input::Path(path.to_owned()), &overlay).expect("it can be read"));
    let first = loaded.sources.iter().next().expect("a file").0;
    let shown = loaded.diagnostics.iter().filter_map(|problem| {
        let (file, range) = problem.span.map_or((first, 0..0), |span| (span.file, span.range()));
        (file == first).then(|| {
            let message = visible(&problem.message);
            let help = problem.help.as_ref().map(|help| format!("\n{}", visible(help))).unwrap_or_default();
            json!([
                problem.code.name(),
                format!("{message}{help}"),
                place(text, floor(text, range.start)),
                place(text, floor(text, range.end))
            ])
        })
    });
    Value::Array(shown.collect())
}

fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte)
}

fn shown(published: &Value) -> Value {
    let diagnostics = published["diagnostics"].as_array().expect("a list").iter();
    let shown = diagnostics.map(|one| json!([one["code"], one["message"], one["range"]["start"], one["range"]["end"]]));
    Value::Array(shown.collect())
}

/// A place in a text, from 0 to 1, how many characters go there, and what comes in their place.
fn edits() -> impl Strategy<Value = Vec<(f64, usize, String)>> {
    let typed = prop_oneof![
        3 => "[a-z\",:(){}\\[\\] \n]{0,4}",
        1 => Just("\"".to_owned()),
        1 => Just("Supports(from: \"".to_owned()),
        1 => Just("\"x\": (text: \"🜁\"),".to_owned()),
        1 => Just("// ".to_owned()),
        1 => Just("/*".to_owned()),
        1 => Just("rivals: [\"closed\"],".to_owned()),
    ];
    prop::collection::vec(
        (0.0..1.0_f64, prop_oneof![3 => Just(0_usize), 2 => 0..3_usize, 1 => 0..40_usize], typed),
        1..10,
    )
}

/// Sends an edit, and makes the same one in the test's own copy of the text.
fn edit(
    editor: &mut Editor,
    uri: &str,
    version: i64,
    text: &mut String,
    (place_of, gone, typed): &(f64, usize, String),
) {
    let start = floor(text, (text.len() as f64 * place_of) as usize);
    let end = text[start..].char_indices().nth(*gone).map_or(text.len(), |(length, _)| start + length);
    let range = json!({ "start": place(text, start), "end": place(text, end) });
    let change = json!({ "range": range, "text": typed });
    text.replace_range(start..end, typed);
    let document = json!({ "uri": uri, "version": version });
    editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
}

const ASKED: [&str; 8] = [
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/documentSymbol",
    "textDocument/semanticTokens/full",
    "textDocument/foldingRange",
];

#[test]
fn whatever_is_typed_the_server_ends_with_what_check_says() {
    let folder = Folder::with(&[("case.ron", CASE), ("sources.ron", SOURCES)]);
    let uri = folder.uri("case.ron");
    let (mut editor, _) = Editor::start(json!({}));
    editor.open(&uri, CASE);
    let mut version = 1;
    let (mut runner, strategy) = (TestRunner::default(), (edits(), any::<prop::sample::Index>()));
    // One server for all of them: nothing of one text may be left over in the next.
    for _ in 0..16 {
        let (edits, asked) = strategy.new_tree(&mut runner).expect("edits can be made").current();
        let asked = asked.index(ASKED.len());
        let mut text = CASE.to_owned();
        version += 1;
        editor.replace(&uri, version, &text);
        for (index, one) in edits.iter().enumerate() {
            version += 1;
            edit(&mut editor, &uri, version, &mut text, one);
            let at = floor(&text, (text.len() as f64 * one.0) as usize);
            let params = json!({ "textDocument": { "uri": uri }, "position": place(&text, at) });
            editor.answer(ASKED[(asked + index) % ASKED.len()], params);
        }
        let wanted = expected(&folder.path("case.ron"), &text);
        println!("{wanted:#}\nis wanted after {edits:?}");
        editor.until(&uri, |published| published["version"] == version && shown(published) == wanted);
    }
    editor.shut_down();
}
