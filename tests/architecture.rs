//! The walls inside the package: which module may name which, and where each outside crate lives.
//!
//! The tables are those of `docs/architecture.md`; this test reads them there, so that the page and the rule are one
//! thing. What it looks at is the text of `src/`, with comments and strings taken out: every path that starts at
//! `crate`, at enough `super`s to get there, at `evigraph`, or at the name of a dependency.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn modules_use_only_what_is_below_them_and_crates_stay_at_home() {
    let rules = Rules::read(&text("docs/architecture.md"));
    let files = rust_files(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path());
    assert!(files.len() > 10, "src/ was found");
    let offences: Vec<String> = files.iter().flat_map(|(path, text)| rules.offences(path, text)).collect();
    assert!(offences.is_empty(), "see docs/architecture.md\n{}", offences.join("\n"));
}

#[test]
fn every_module_and_every_dependency_has_its_line() {
    let rules = Rules::read(&text("docs/architecture.md"));
    let dependencies = dependencies(&text("Cargo.toml"));
    assert!(dependencies.contains("petgraph"), "dependencies were found");
    assert_eq!(
        rules.homes.keys().cloned().collect::<BTreeSet<_>>(),
        dependencies,
        "crates of the table and of Cargo.toml"
    );
    for module in modules(&text("src/lib.rs")) {
        assert!(rules.uses.contains_key(&module), "`{module}` has no line in docs/architecture.md");
    }
}

#[test]
fn no_module_comes_before_what_it_uses() {
    let mut above: BTreeSet<String> = BTreeSet::new();
    for (module, uses) in Rules::read(&text("docs/architecture.md")).in_order {
        assert!(uses.is_subset(&above), "`{module}` uses something that stands below it in docs/architecture.md");
        above.insert(module);
    }
}

/// The two pairs that may: a code has its entry in the catalogue, which is a list of codes; and a fix is offered with a
/// problem, and made of its place.
const EACH_OTHER: [[&str; 2]; 2] = [["diagnostic/catalogue", "diagnostic/code"], ["diagnostic/data", "diagnostic/fix"]];

#[test]
fn no_two_files_of_a_folder_use_each_other() {
    let files = rust_files(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path());
    let uses: BTreeSet<[String; 2]> = files.iter().flat_map(|(path, text)| siblings_used(&files, path, text)).collect();
    assert!(uses.len() > 500, "{} uses were found", uses.len());
    let both = uses.iter().filter(|[one, other]| one < other && uses.contains(&[other.clone(), one.clone()]));
    assert_eq!(both.map(|pair| pair.each_ref().map(String::as_str)).collect::<Vec<_>>(), EACH_OTHER);
}

/// The files beside a file, or the folders, that it uses outside of its tests: by name, or by what the folder hands on.
fn siblings_used(files: &BTreeMap<PathBuf, String>, path: &Path, text: &str) -> Vec<[String; 2]> {
    let Some(folder) = path.parent().filter(|folder| *folder != Path::new("") && !path.ends_with("mod.rs")) else {
        return Vec::new();
    };
    let own = |text: &str| without_comments_and_strings(text.split("#[cfg(test)]\nmod ").next().unwrap_or(text));
    let is_sibling = |name: &str| {
        let file = folder.join(name);
        files.contains_key(&file.with_extension("rs")) || files.contains_key(&file.join("mod.rs"))
    };
    let handed_on = own(files.get(&folder.join("mod.rs")).map_or("", String::as_str));
    let mut origin: BTreeMap<String, String> = BTreeMap::new();
    for one in handed_on.split(';').filter_map(|one| one.rsplit_once("use ")).map(|(_, path)| path) {
        let file = first_word(one);
        if let Some((_, names)) = one.split_once("::").filter(|_| is_sibling(&file)) {
            origin.extend(heads(names).into_iter().map(|name| (name, file.clone())));
        }
    }
    let code = own(text);
    let me = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let name = |file: &str| folder.join(file).to_string_lossy().into_owned();
    let starts = words(&code, "super").filter(|&start| !follows_path(&code, start));
    let named = starts.filter_map(|start| code[start + "super".len()..].strip_prefix("::")).flat_map(heads);
    let files = named.filter_map(|named| if is_sibling(&named) { Some(named) } else { origin.get(&named).cloned() });
    files.filter(|file| *file != me).map(|file| [name(&me), name(&file)]).collect()
}

/// What the page says.
struct Rules {
    /// Modules with what each may use.
    uses: BTreeMap<String, BTreeSet<String>>,
    /// The same, in the order of the page.
    in_order: Vec<(String, BTreeSet<String>)>,
    /// Outside crates, as written in code, with the modules that may name each; empty: all.
    homes: BTreeMap<String, BTreeSet<String>>,
}

impl Rules {
    fn read(page: &str) -> Self {
        let rows = |header: &str| -> Vec<(String, BTreeSet<String>)> {
            let mut lines = page.lines().skip_while(|line| !line.starts_with(header));
            assert!(lines.next().is_some(), "docs/architecture.md has a table that starts with {header:?}");
            let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
            rows.map(|row| {
                let mut cells = row.split('|').skip(1).map(code_words);
                let first = cells.next().and_then(|words| words.into_iter().next()).expect("a name in the first cell");
                (first, cells.next().expect("a second cell").into_iter().collect())
            })
            .collect()
        };
        let in_order = rows("| module |");
        let homes = rows("| crate |").into_iter().map(|(name, homes)| (name.replace('-', "_"), homes)).collect();
        Self { uses: in_order.iter().cloned().collect(), in_order, homes }
    }

    /// What a file of `src/` names that it may not.
    fn offences(&self, path: &Path, text: &str) -> Vec<String> {
        let module = home(path);
        let code = without_comments_and_strings(text);
        let allowed = |root: &str, name: &str| match (module.as_str(), root) {
            ("lib", _) => true,
            ("main", "evigraph") => name == "cli",
            (_, "evigraph") => false,
            _ => name == module || self.uses.get(&module).is_some_and(|uses| uses.contains(name)),
        };
        let mut offences = BTreeSet::new();
        for (root, name) in own_paths(&code, depth(path)) {
            let known = self.uses.contains_key(&name) || root != "super";
            if known && !allowed(root, &name) {
                offences.insert(format!("{}: `{module}` may not use `{root}::{name}`", path.display()));
            }
        }
        for (name, homes) in self.homes.iter().filter(|_| module != "main") {
            let at_home = homes.is_empty() || homes.contains(&module);
            if !at_home && names_crate(&code, name) {
                offences.insert(format!("{}: `{name}` may not be named in `{module}`", path.display()));
            }
        }
        offences.into_iter().collect()
    }
}

/// The words between backquotes.
fn code_words(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The module of a file, by its path in `src/`: `verdict` for `verdict/judge.rs`.
fn home(path: &Path) -> String {
    path.iter().next().expect("a path").to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// How many `super`s lead from a file to the root of its crate.
fn depth(path: &Path) -> usize {
    let names = path.iter().count();
    if path.ends_with("mod.rs") || path.ends_with("lib.rs") || path.ends_with("main.rs") { names - 1 } else { names }
}

/// Every path to a module of one's own crate or of the library: where it starts, and the module.
fn own_paths(code: &str, depth: usize) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for root in ["crate", "evigraph"] {
        for start in words(code, root).filter(|&start| !follows_path(code, start)) {
            // In `pub(crate)` and the like nothing follows.
            let rest = &code[start + root.len()..];
            found
                .extend(rest.trim_start().strip_prefix("::").map(heads).into_iter().flatten().map(|name| (root, name)));
        }
    }
    for start in words(code, "super").filter(|&start| !follows_path(code, start)) {
        let mut rest = &code[start..];
        let mut supers = 0;
        while let Some(after) = rest.strip_prefix("super").and_then(|rest| rest.trim_start().strip_prefix("::")) {
            supers += 1;
            rest = after.trim_start();
        }
        // More than `depth` are needed where modules stand inside the file; fewer do not reach the root.
        if supers > 0 && supers >= depth {
            found.extend(heads(rest).into_iter().map(|name| ("super", name)));
        }
    }
    found
}

/// The first names of what a path goes on with: one, or several in braces.
fn heads(rest: &str) -> Vec<String> {
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else { return vec![first_word(rest)] };
    let mut heads = vec![first_word(group)];
    let mut open = 1;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 1 => heads.push(first_word(&group[at + 1..])),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|&letter| is_word(letter)).collect()
}

/// Whether a crate is named: at the start of a path, or alone in a `use`.
fn names_crate(code: &str, name: &str) -> bool {
    words(code, name).filter(|&start| !follows_path(code, start)).any(|start| {
        let rest = code[start + name.len()..].trim_start();
        let before = code[..start].trim_end();
        rest.starts_with("::") || before.ends_with("use") || before.ends_with("extern crate")
    })
}

/// Where a word stands by itself.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(start, _)| start).filter(move |&start| {
        let before = code[..start].chars().next_back();
        let after = code[start + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// Whether what starts here goes on with a path (`a::b`) or is a part of something (`a.b`).
fn follows_path(code: &str, start: usize) -> bool {
    let before = code[..start].trim_end();
    // A path that starts at the very root, `::ron::Error`, names a crate too.
    let rooted =
        before.strip_suffix("::").is_some_and(|root| !root.trim_end().ends_with(|last| is_word(last) || last == '>'));
    (before.ends_with("::") && !rooted) || before.ends_with('.') && !before.ends_with("..")
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Code with every comment and every string blanked. Knows nested comments, raw strings, characters and lifetimes.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after_word = code.ends_with(is_word);
        let skipped = match letter {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => string(rest),
            'r' | 'b' | 'c' if !after_word => raw_string(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if skipped > 0 {
            code.push(' ');
        } else {
            code.push(letter);
        }
        rest = &rest[skipped.max(letter.len_utf8() * usize::from(skipped == 0))..];
    }
    code
}

/// The length of the comment that starts here.
fn block_comment(text: &str) -> usize {
    let mut open = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (open, at) = (open + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (open, at) = (open - 1, at + 2);
            if open == 0 {
                break;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of the string that starts here.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            _ => escaped = letter == '\\' && !escaped,
        }
    }
    text.len()
}

/// The length of the raw string that starts here, 0 if none does.
fn raw_string(text: &str) -> usize {
    let Some(marked) = text.trim_start_matches(['b', 'c']).strip_prefix('r') else { return 0 };
    let opened = marked.trim_start_matches('#');
    let marks = marked.len() - opened.len();
    let Some(body) = opened.strip_prefix('"') else { return 0 };
    let close = format!("\"{}", "#".repeat(marks));
    let start = text.len() - body.len();
    body.find(&close).map_or(text.len(), |end| start + end + close.len())
}

/// The length of the character that starts here, 0 if it is a lifetime.
fn character(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => text.match_indices('\'').map(|(at, _)| at).find(|&at| at > 2).map_or(0, |at| at + 1),
        Some(_) => letters.next().filter(|&(_, letter)| letter == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

/// The crates that the library and the binary depend on, as they are written in code.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut is_theirs = false;
    let entries = manifest.lines().filter_map(|line| {
        if line.starts_with('[') {
            // Those of tests have `dev-dependencies`.
            is_theirs = line == "[dependencies]" || line.ends_with(".dependencies]");
        }
        line.split_once('=').filter(|_| is_theirs && !line.starts_with('['))
    });
    entries.map(|(name, _)| name.trim().replace('-', "_")).collect()
}

/// The modules that `lib.rs` declares.
fn modules(library: &str) -> Vec<String> {
    let lines = library.lines().filter_map(|line| line.strip_prefix("pub ").or(Some(line))?.strip_prefix("mod "));
    lines.filter_map(|rest| rest.strip_suffix(';')).map(str::to_owned).collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every Rust file below a folder, by its path from there.
fn rust_files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).expect("a folder of src/") {
            let path = entry.expect("an entry of src/").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a file of src/");
                found.insert(path.strip_prefix(folder).expect("it is below").to_owned(), text);
            }
        }
    }
    found
}

/// The scanner itself: that it sees what it should, and nothing else.
mod scanner {
    use super::*;

    const PAGE: &str = "
| module | may use |
| --- | --- |
| `source` | |
| `model` | `source` |
| `logic` | `model` |

| crate | may be named in | why |
| --- | --- | --- |
| `petgraph` | `model` `logic` | |
| `serde_json` | `cli` | |
| `rustc-hash` | anywhere | |
";

    #[track_caller]
    fn offends(path: &str, code: &str, expected: &[&str]) {
        let found = Rules::read(PAGE).offences(Path::new(path), code);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found} is not about {expected}");
        }
    }

    #[test]
    fn a_path_up_the_table_is_an_offence() {
        offends("model/case.rs", "use crate::logic::Program;", &["`crate::logic`"]);
        offends("model/case.rs", "fn f() -> crate::logic::Program { todo!() }", &["`crate::logic`"]);
        offends("model/case.rs", "use crate::{source::Span, logic::{self, Program}};", &["`crate::logic`"]);
        offends("model/case.rs", "use super::super::logic::Program;", &["`super::logic`"]);
        offends(
            "model/deep/case.rs",
            "mod tests { use super::super::super::super::logic::Atom; }",
            &["`super::logic`"],
        );
        offends("model/mod.rs", "use super::logic;", &["`super::logic`"]);
        offends("model/case.rs", "pub use crate ::\n    logic as hidden;", &["`crate::logic`"]);
        offends("source.rs", "use crate::model::Case;", &["`crate::model`"]);
        offends("logic/mod.rs", "use evigraph::model::Case;", &["`evigraph::model`"]);
        offends("logic/mod.rs", "use crate::*;", &["`crate::`"]);
    }

    #[test]
    fn a_path_down_the_table_is_none() {
        offends(
            "logic/mod.rs",
            "use crate::model::{Case, Source}; use crate::logic::Program; pub(crate) fn f() {}",
            &[],
        );
        offends("logic/deep/mod.rs", "use super::Program; use super::super::model::Case;", &[]);
        offends("lib.rs", "pub use crate::logic::Program;", &[]);
    }

    #[test]
    fn the_binary_sees_the_command_line_only() {
        offends("main.rs", "fn main() { evigraph::cli::run() }", &[]);
        offends("main.rs", "use evigraph::logic::Program;", &["`evigraph::logic`"]);
        offends("cli/check.rs", "use evigraph::logic::Program;", &["`evigraph::logic`"]);
    }

    #[test]
    fn an_outside_crate_away_from_home_is_an_offence() {
        offends("source.rs", "use petgraph::graph::DiGraph;", &["`petgraph`"]);
        offends("source.rs", "fn f(g: &::petgraph::Graph<(), ()>) {}", &["`petgraph`"]);
        offends("source.rs", "use {std::fmt, petgraph::Graph};", &["`petgraph`"]);
        offends("source.rs", "use petgraph as graphs;", &["`petgraph`"]);
        offends("model/mod.rs", "serde_json::to_string(&1)", &["`serde_json`"]);
        offends("model/mod.rs", "use petgraph::Graph; use rustc_hash::FxHashMap;", &[]);
        offends("source.rs", "use rustc_hash::FxHashMap; let x = crate::source::petgraph; x.petgraph::<u8>()", &[]);
    }

    #[test]
    fn comments_and_strings_are_no_code() {
        offends("model/mod.rs", "//! See [`crate::logic`].\n/* crate::logic /* petgraph:: */ serde_json:: */", &[]);
        offends(
            "model/mod.rs",
            r####"let s = "use crate::logic; \" crate::logic"; let r = r#"" crate::logic"#;"####,
            &[],
        );
        offends("model/mod.rs", "let c = '\"'; use crate::logic::A; let d = '\\''; let e = '\"';", &["`crate::logic`"]);
        offends("model/mod.rs", "fn f<'a>(x: &'a str) -> crate::logic::X<'a> { '\\u{22}' }", &["`crate::logic`"]);
    }

    #[test]
    #[should_panic(expected = "a table that starts with")]
    fn a_page_without_tables_is_not_passed_over() {
        Rules::read("# Nothing");
    }
}
