//! Walks a Markdown page as its reader would: writes the files that it shows, edits them as it says, runs the commands
//! and holds what they print against the page.
//!
//! What the paragraph before a block says decides what becomes of the block:
//!
//! | paragraph | block (`ron`, and `bibtex` and `csv` like it) |
//! | --- | --- |
//! | ends with a file's name in backticks and a colon | `ron`: the file is written; `text` too, of a file that ends in `.txt` |
//! | ends with ``In `file`, replace`` | `ron`: lines of the file |
//! | `with` | `ron`: what those lines become |
//! | ends with ``In `file`, below`` | `ron`: lines of the file |
//! | `add` | `ron`: what is put below them |
//! | ends with `` `file` is now:`` | `ron`: has to be the file |
//! | ends with ``in `file`:`` | `ron`: has to be lines of the file, whatever they are indented by |
//!
//! A `console` block has commands behind `$ `, each with its output: `evigraph` and `mkdir`, `cd` and `echo $?`, all
//! in a folder of their own, and `cargo run --release -- …` in the repository, of which the page shows the head of each
//! group, and all of what `query` prints. A command succeeds, or the next line of the block is `$ echo $?`. Blocks of other kinds are left alone.
//! The folder of the reader has the small cases of `graphs/` in it. A picture that a command makes, and that the page shows
//! under its name in `docs/pictures`, is held against the one that is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many entries of each group are shown of the shipped case.
const SHOWN: usize = 2;
const CUT: &str = "[…]";
/// What the groups of `verdict` and of `compare` begin with.
const GROUPS: [&str; 6] =
    ["SUPPORTED (", "CONTESTED (", "UNSUPPORTED (", "VERDICTS THAT CHANGE (", "SAME VERDICT, ", "ONLY IN THE "];

/// Holds a page of this repository to what the program does, or rewrites it under `UPDATE_DOCS=1`.
pub fn page(name: &str, test: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let page = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut reader = Reader::new(name);
    let walked = reader.walk(&page);
    reader.hold_pictures(&page, test);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &walked).expect("the page can be written");
        return;
    }
    for (number, (page, walked)) in page.lines().zip(walked.lines()).enumerate() {
        let line = number + 1;
        assert!(
            page == walked,
            "{name}:{line} is stale: run `UPDATE_DOCS=1 cargo test {test}::`\n  page:    {page}\n  program: {walked}"
        );
    }
    assert!(page == walked, "{name} is stale at its end: run `UPDATE_DOCS=1 cargo test {test}::`");
}

/// What is done with the next `ron` block.
enum Edit {
    /// Nothing was said of it.
    Unnamed,
    Write(PathBuf),
    Find(PathBuf, Place),
    Put(PathBuf, Place, String),
    Compare(PathBuf),
    Excerpt(PathBuf),
}

#[derive(Clone, Copy)]
enum Place {
    Instead,
    Below,
}

struct Reader {
    name: String,
    /// Removed at the end.
    _home: tempfile::TempDir,
    folder: PathBuf,
    /// The line of the page, from 1.
    line: usize,
    /// The paragraph above, its lines joined.
    paragraph: String,
    /// What was found by `replace` or `below`, until `with` or `add`.
    found: Option<(PathBuf, Place, String)>,
}

impl Reader {
    fn new(name: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder for the reader");
        let folder = home.path().to_owned();
        copy_small_cases(&folder.join("graphs"));
        Self { name: name.to_owned(), _home: home, folder, line: 0, paragraph: String::new(), found: None }
    }

    fn fail(&self, what: &str) -> ! {
        panic!("{}:{}: {what}", self.name, self.line)
    }

    /// The page as it should be.
    fn walk(&mut self, page: &str) -> String {
        let mut walked = String::new();
        let mut lines = page.lines();
        let mut fresh = true;
        while let Some(line) = lines.next() {
            self.line += 1;
            walked += &format!("{line}\n");
            let Some(kind) = line.strip_prefix("```") else {
                if line.is_empty() {
                    fresh = true;
                } else if std::mem::take(&mut fresh) {
                    self.paragraph = line.to_owned();
                } else {
                    self.paragraph += &format!(" {line}");
                }
                continue;
            };
            let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            let text: String = body.iter().map(|line| format!("{line}\n")).collect();
            walked += &match kind {
                "ron" | "bibtex" | "csv" => self.ron(text),
                "text" if self.paragraph.ends_with(".txt`:") => self.ron(text),
                "console" => self.console(&body),
                _ => text,
            };
            walked += "```\n";
            self.line += body.len() + 1;
            self.paragraph.clear();
        }
        assert!(self.found.is_none(), "{}: lines to be changed, and nothing that they become", self.name);
        walked
    }

    /// Holds the pictures that the commands of the page have made against those that it shows, or writes them anew.
    fn hold_pictures(&self, page: &str, test: &str) {
        let names = page.split("pictures/").skip(1).filter_map(|rest| Some(rest.split_once(".svg)")?.0));
        for name in names.map(|name| format!("{name}.svg")) {
            let Ok(made) = fs::read_to_string(self.folder.join(&name)) else { continue };
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures").join(&name);
            if std::env::var_os("UPDATE_DOCS").is_some() {
                fs::write(&path, &made).expect("the picture can be written");
            }
            let shown = fs::read_to_string(&path).unwrap_or_default();
            assert!(shown == made, "{}: {name} is stale: run `UPDATE_DOCS=1 cargo test {test}::`", self.name);
        }
    }

    fn edit(&mut self) -> Edit {
        let said = self.paragraph.trim_end_matches(':');
        let Some((path, place, old)) = self.found.take() else {
            let named = |what: &str| {
                let (rest, file) =
                    said.strip_suffix(what)?.trim_end_matches(',').strip_suffix('`')?.rsplit_once('`')?;
                Some((rest.to_ascii_lowercase().ends_with("in "), self.folder.join(file)))
            };
            let ends = self.paragraph.ends_with(':');
            return match (named(" replace"), named(" below"), named(" is now"), named("")) {
                (Some((true, path)), ..) => Edit::Find(path, Place::Instead),
                (_, Some((true, path)), ..) => Edit::Find(path, Place::Below),
                (_, _, Some((_, path)), _) => Edit::Compare(path),
                (.., Some((true, path))) if ends => Edit::Excerpt(path),
                (.., Some((false, path))) if ends => Edit::Write(path),
                _ => Edit::Unnamed,
            };
        };
        match (said, place) {
            ("with", Place::Instead) | ("add", Place::Below) => Edit::Put(path, place, old),
            _ => self.fail("`with` or `add` should follow"),
        }
    }

    /// Does with a block what the paragraph above says. The block as it should be.
    fn ron(&mut self, text: String) -> String {
        let read = |path: &Path| fs::read_to_string(path).expect("the page has shown the file before");
        match self.edit() {
            Edit::Unnamed => self.fail("the paragraph above does not say what becomes of this block"),
            Edit::Write(path) => fs::write(path, &text).expect("the file can be written"),
            Edit::Find(path, place) => {
                let file = format!("\n{}", read(&path));
                let count = file.matches(&format!("\n{text}")).count();
                if count != 1 {
                    self.fail(&format!("these lines are {count} times in the file, which is\n{file}"));
                }
                self.found = Some((path, place, text.clone()));
            }
            Edit::Put(path, place, old) => {
                let new = match place {
                    Place::Instead => text.clone(),
                    Place::Below => format!("{old}{text}"),
                };
                fs::write(&path, read(&path).replacen(&old, &new, 1)).expect("the file can be written");
            }
            Edit::Compare(path) => return read(&path),
            Edit::Excerpt(path) => {
                let plain =
                    |text: &str| text.lines().map(|line| format!("{}\n", line.trim_start())).collect::<String>();
                if !format!("\n{}", plain(&read(&path))).contains(&format!("\n{}", plain(&text))) {
                    self.fail(&format!("these lines do not stand together in {}", path.display()));
                }
            }
        }
        text
    }

    /// Runs the commands of a block. The block as it should be.
    fn console(&mut self, body: &[&str]) -> String {
        let commands: Vec<&str> = body.iter().filter_map(|line| line.strip_prefix("$ ")).collect();
        if body.first().is_none_or(|line| !line.starts_with("$ ")) {
            self.fail("a console block begins with a command");
        }
        let mut text = String::new();
        let mut exit = 0;
        for (at, &command) in commands.iter().enumerate() {
            text += &format!("$ {command}\n");
            let words = words(command);
            match words.as_slice() {
                ["mkdir", folder] => fs::create_dir(self.folder.join(folder)).expect("the folder is new"),
                ["cd", folder] => self.folder.push(folder),
                ["echo", "$?"] => text += &format!("{exit}\n"),
                ["evigraph", arguments @ ..] => {
                    let printed;
                    (printed, exit) = run(&self.folder, arguments);
                    text += &printed;
                }
                ["cargo", "run", "--release", "--", arguments @ ..] => {
                    let printed;
                    (printed, exit) = run(Path::new(env!("CARGO_MANIFEST_DIR")), arguments);
                    text += &if arguments.first() == Some(&"query") { printed } else { heads(&printed) };
                }
                _ => self.fail(&format!("`{command}` is not a command that the test knows how to run")),
            }
            if exit != 0 && words != ["echo", "$?"] && commands.get(at + 1) != Some(&"echo $?") {
                self.fail(&format!("`{command}` ends with {exit}, and no `$ echo $?` says so:\n{text}"));
            }
        }
        text
    }
}

/// Copies the cases of `graphs/` that are one file, and the one that keeps copies.
fn copy_small_cases(to: &Path) {
    fs::create_dir(to).expect("the reader's folder is empty");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs")).expect("graphs/") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "ron") {
            fs::copy(&path, to.join(path.file_name().expect("it has a name"))).expect("it can be copied");
        }
    }
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs/kept-copies"), &to.join("kept-copies"));
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).expect("it is new");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let copy = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, &copy).expect("it can be copied");
        }
    }
}

/// The words of a command; those between single quotes are one.
fn words(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, part) in command.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part);
        } else {
            words.extend(part.split_whitespace());
        }
    }
    words
}

/// What the program prints, and its exit code.
fn run(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_evigraph"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let printed = [output.stdout, output.stderr].concat();
    (String::from_utf8(printed).expect("output is UTF-8"), output.status.code().expect("it was not killed"))
}

/// The head of a table of verdicts, and of each of its groups; a mark where something is left out.
fn heads(printed: &str) -> String {
    let mut text = String::new();
    let mut entries = 0;
    let mut in_groups = false;
    for line in printed.lines() {
        if GROUPS.iter().any(|head| line.starts_with(head)) {
            (in_groups, entries) = (true, 0);
        } else if in_groups && line.starts_with(['●', '◐', '○', '·', '✕']) {
            entries += 1;
            if entries == SHOWN + 1 {
                text += &format!("{CUT}\n");
            }
        }
        if entries <= SHOWN || line.is_empty() {
            text += &format!("{line}\n");
        }
    }
    text
}
