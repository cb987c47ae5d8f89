//! Processor time from a keystroke to diagnostics: `cargo bench --bench editor -- [SHAPE] [N]`. Linux alone tells it.
//!
//! The program is started as an editor starts it, a generated case of N documents and claims is opened, and one letter
//! after another is typed into it. The time is that of the thread that answers, then that of all threads: verdicts are
//! worked out by another, and dropped when something newer is typed.

#[path = "graphs/mod.rs"]
mod graphs;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use graphs::{Graph, write_case};
use serde_json::{Value, json};

const KEYS: usize = 20;

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let shape = words.next().unwrap_or_else(|| "layered".to_owned()).parse().expect("a shape");
    let nodes: usize = words.next().map_or(750, |number| number.parse().expect("a number"));
    let mut text = Vec::new();
    write_case(&Graph::new(shape, nodes, 1), &mut text).expect("memory can be written");
    let text = String::from_utf8(text).expect("a case is text");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("case.ron"), &text).expect("the case is written");
    let claims = text.matches("evidence:").count();
    let mut editor = Editor::start();
    let uri = format!("file://{}", folder.path().join("case.ron").display());
    editor.request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    editor.notify("initialized", json!({}));
    let document = json!({ "uri": uri, "languageId": "evigraph", "version": 0, "text": text });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    editor.published(0);
    // Into the first title: the case stays sound, and all of it is checked again.
    let before = &text[..text.find("title:\"").expect("a title") + 7];
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
    let at = json!({ "line": line, "character": column });
    let (mut answering, mut all) = (Vec::new(), Vec::new());
    for key in 1..=KEYS {
        let (own, whole) = editor.processor_time();
        let change = json!({ "range": { "start": at, "end": at }, "text": "x" });
        let document = json!({ "uri": uri, "version": key });
        editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
        editor.published(key);
        let (own_then, whole_then) = editor.processor_time();
        answering.push(own_then - own);
        all.push(whole_then - whole);
    }
    println!("{claims} claims, {} kB: median of {KEYS} keystrokes, longest", text.len() / 1000);
    println!("  the thread that answers: {}", figures(answering));
    println!("  all threads, verdicts and what they warn of among it: {}", figures(all));
    let _ = editor.child.kill();
}

fn figures(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    format!("{:.1} ms, {:.1} ms", times[times.len() / 2], times[times.len() - 1])
}

struct Editor {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Editor {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
        let mut child = command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let (stdin, stdout) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        Self { child, stdin, stdout: BufReader::new(stdout) }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it reads");
        self.stdin.flush().expect("it reads");
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn request(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }));
        while self.next()["id"] != 1 {}
    }

    fn next(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stdout.read_line(&mut line).expect("it writes");
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().expect("a length"),
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut bytes = vec![0; length];
        self.stdout.read_exact(&mut bytes).expect("a message");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    /// Waits until diagnostics of a version are published.
    fn published(&mut self, version: usize) {
        while self.next()["params"]["version"] != version {}
    }

    /// Milliseconds of the first thread, and of all that there are.
    fn processor_time(&self) -> (f64, f64) {
        let tasks = format!("/proc/{}/task", self.child.id());
        let time = |task: &str| {
            let stat = fs::read_to_string(format!("{tasks}/{task}/schedstat")).unwrap_or_default();
            stat.split(' ').next().and_then(|time| time.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
        };
        let all =
            fs::read_dir(&tasks).expect("Linux tells it").filter_map(|task| task.ok()?.file_name().into_string().ok());
        (time(&self.child.id().to_string()), all.map(|task| time(&task)).sum())
    }
}
