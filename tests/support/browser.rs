//! Chromium, spoken to by the DevTools protocol over two pipes: what a page shows while something happens, which a page
//! that is printed once cannot tell.

use std::cell::{Cell, RefCell};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::tool::left_out;

/// Far longer than anything takes, so that nothing depends on how fast the machine is.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long something that is waited for is not asked again.
const PAUSE: Duration = Duration::from_millis(20);

/// A browser with one page.
pub struct Browser {
    child: Child,
    stdin: RefCell<ChildStdin>,
    messages: Receiver<Value>,
    last_id: Cell<u64>,
    /// The session of the page, and those of the frames that have a process of their own, the newest last.
    page: RefCell<String>,
    frames: RefCell<Vec<String>>,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser; nothing if there is none, which is an error where everything is to be tested.
    pub fn start() -> Option<Self> {
        let profile = tempfile::tempdir().expect("a folder for the browser");
        for name in ["chromium", "chromium-browser", "google-chrome"] {
            if Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok() {
                return Some(Self::with(name, profile));
            }
        }
        left_out("Chromium", "chromium");
        None
    }

    fn with(name: &str, profile: TempDir) -> Self {
        // Commands come in by handle 3 and answers go out by handle 4: a shell puts them there.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1"#, name, "--headless", "--no-sandbox", "--disable-gpu"])
            .args(["--no-first-run", "--disable-background-networking", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let (stdin, stdout) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let (sender, messages) = channel();
        thread::spawn(move || {
            for message in BufReader::new(stdout).split(0).map_while(Result::ok) {
                // What the launcher prints stands among the messages.
                let start = message.iter().position(|&byte| byte == b'{').unwrap_or(0);
                let Ok(message) = serde_json::from_slice(&message[start..]) else { continue };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let (stdin, page) = (RefCell::new(stdin), RefCell::default());
        let frames = RefCell::default();
        let browser = Self { child, stdin, messages, last_id: Cell::new(0), page, frames, _profile: profile };
        let target = browser.ask(None, "Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = browser.ask(None, "Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        *browser.page.borrow_mut() = attached["sessionId"].as_str().expect("a session").to_owned();
        browser.ask_page("Page.enable", json!({}));
        let frames = json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true });
        browser.ask_page("Target.setAutoAttach", frames);
        browser
    }

    /// Opens an address.
    pub fn open(&self, url: &str) {
        self.ask_page("Page.navigate", json!({ "url": url }));
    }

    /// Makes the page as large as a window, or as a phone.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.ask_page("Emulation.setDeviceMetricsOverride", size);
    }

    /// The value of an expression in the page.
    pub fn value(&self, expression: &str) -> Value {
        let page = self.page.borrow().clone();
        self.evaluate(&page, expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Waits until an expression in the page has a value that is neither null nor false, and gives it. What is not there
    /// yet may be an error until then.
    pub fn until(&self, expression: &str) -> Value {
        let page = self.page.borrow().clone();
        self.wait_for(expression, || self.evaluate(&page, expression).ok())
    }

    /// The same in the newest frame with a process of its own in which the expression has a value.
    pub fn until_in_frame(&self, expression: &str) -> Value {
        self.wait_for(expression, || {
            // A frame may go at any time.
            let frames = self.frames.borrow().clone();
            frames.iter().rev().find_map(|frame| self.evaluate(frame, expression).ok().filter(is_there))
        })
    }

    fn wait_for(&self, expression: &str, mut look: impl FnMut() -> Option<Value>) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            match look().filter(is_there) {
                Some(value) => return value,
                None if Instant::now() > end => panic!("in vain: {expression}"),
                None => thread::sleep(PAUSE),
            }
        }
    }

    fn evaluate(&self, session: &str, expression: &str) -> Result<Value, Value> {
        let question = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.answer(Some(session), "Runtime.evaluate", question)?;
        if answer["exceptionDetails"].is_null() { Ok(answer["result"]["value"].clone()) } else { Err(answer) }
    }

    fn ask_page(&self, method: &str, params: Value) -> Value {
        let page = self.page.borrow().clone();
        self.ask(Some(&page), method, params)
    }

    fn ask(&self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.answer(session, method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn answer(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.last_id.get() + 1;
        self.last_id.set(id);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        write!(self.stdin.borrow_mut(), "{message}\0").expect("the browser reads");
        loop {
            let message = match self.messages.recv_timeout(PATIENCE) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => panic!("the browser does not answer {method}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the browser has ended before it answered {method}"),
            };
            if message["id"] == id {
                return if message["error"].is_null() {
                    Ok(message["result"].clone())
                } else {
                    Err(message["error"].clone())
                };
            }
            self.note(&message);
            // A frame that goes away leaves what it was asked unanswered.
            let is_gone = message["method"] == "Target.detachedFromTarget";
            if is_gone && session.is_some_and(|session| message["params"]["sessionId"] == session) {
                return Err(message);
            }
        }
    }

    fn note(&self, message: &Value) {
        let Some(session) = message["params"]["sessionId"].as_str() else { return };
        match message["method"].as_str() {
            Some("Target.attachedToTarget") if message["params"]["targetInfo"]["type"] == "iframe" => {
                self.frames.borrow_mut().push(session.to_owned());
            }
            Some("Target.detachedFromTarget") => self.frames.borrow_mut().retain(|frame| frame != session),
            _ => {}
        }
    }
}

fn is_there(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It closes itself and what it has started; if not, at least the first of them goes.
        let closed = write!(self.stdin.borrow_mut(), "{}\0", json!({ "id": 0, "method": "Browser.close" }));
        let end = Instant::now() + Duration::from_secs(5);
        while closed.is_ok() && Instant::now() < end && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(PAUSE);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(self._profile.path());
    }
}
