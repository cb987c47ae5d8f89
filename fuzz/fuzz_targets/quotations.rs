//! Any words, looked for in any copy: what is said to be quoted is there, letter for letter where it is said to be exact, and what is
//! no copy is said to be none.

#![no_main]

use std::io;
use std::path::{Path, PathBuf};

use evigraph::internals::source::Entry;
use evigraph::quotations::{pdf_text, verify_quotes};
use evigraph::{Input, Storage, load_from};
use libfuzzer_sys::fuzz_target;

/// The files of a case that are nowhere on the disk.
#[derive(Debug)]
struct Memory([(PathBuf, Vec<u8>); 2]);

impl Storage for Memory {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.entry(path).map(|_| path.to_owned())
    }

    fn entry(&self, path: &Path) -> io::Result<Entry> {
        self.read(path, u64::MAX).map(|bytes| Entry::File { bytes: bytes.len() as u64 })
    }

    fn read(&self, path: &Path, _: u64) -> io::Result<Vec<u8>> {
        let found = self.0.iter().find(|(known, _)| known == path);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn names(&self, _: &Path) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

fuzz_target!(|input: (u8, &str, &[u8])| {
    let (kind, words, copy) = input;
    let name = ["copy.txt", "copy.md", "copy.html", "copy.pdf"][usize::from(kind) % 4];
    let words: String = words.chars().filter(|letter| !letter.is_control()).map(escaped).collect();
    let case = format!(
        r#"Case(title: "T", documents: {{"d": (title: "D", copy: "{name}")}},
            claims: {{"c": (text: "C", evidence: [Supports(from: "d", quote: "{words}", at: "p. 1")])}})"#
    );
    let path = |name: &str| PathBuf::from("/case").join(name);
    let files = Memory([(path("case.ron"), case.into_bytes()), (path(name), copy.to_vec())]);
    let mut loaded = load_from(Input::Path(path("case.ron")), &files).expect("the case can be read");
    let found = verify_quotes(&mut loaded, &files, |bytes, _| pdf_text(bytes.to_vec()));
    assert!(loaded.case.is_none() || found.all.len() <= 1);
    for problem in &loaded.diagnostics {
        let Some(span) = problem.span else { continue };
        assert!(loaded.sources.file(span.file).text().get(span.range()).is_some(), "{problem:?}");
    }
});

fn escaped(letter: char) -> String {
    match letter {
        '"' | '\\' => format!("\\{letter}"),
        letter => letter.to_string(),
    }
}
