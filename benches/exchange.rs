//! Imports everything in a folder of samples, and counts what comes of it: files, entries, losses told, cases that are not
//! well formed, and what a second import would change.
//!
//! `EVIGRAPH_SAMPLES=FOLDER cargo bench --bench exchange`. Files are taken by their names: `.bib`, `.bibtex`, `.biblatex`;
//! `.ijson`; `.json` as CSL; `.txt` as tests of CSL, of which the part between the marks `INPUT` is imported. Without the
//! variable nothing is done. No samples are kept here: those of Better BibTeX, of the CSL test suite and of nomenklatura are in
//! their public repositories.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use evigraph::internals::exchange::{Format, Into, Known, add_file, whole};
use evigraph::internals::source::Sources;
use evigraph::{Input, load};

#[derive(Default)]
struct Tally {
    files: usize,
    refused: usize,
    entries: usize,
    told: usize,
    malformed: usize,
    unstable: usize,
    time: Duration,
}

fn main() {
    let Some(folder) = std::env::var_os("EVIGRAPH_SAMPLES") else { return };
    let mut files = Vec::new();
    gather(Path::new(&folder), &mut files);
    files.sort();
    for name in ["bibtex", "csl", "ftm"] {
        let mut tally = Tally::default();
        files.iter().filter(|file| format_of(file) == Some(name)).for_each(|file| import(name, file, &mut tally));
        println!(
            "{name}: {} files, {} refused, {} entries, {} losses told, {} cases not well formed, {} changed by a second import, {:.1?}",
            tally.files, tally.refused, tally.entries, tally.told, tally.malformed, tally.unstable, tally.time
        );
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}

fn format_of(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()? {
        "bib" | "bibtex" | "biblatex" => Some("bibtex"),
        "json" | "txt" => Some("csl"),
        "ijson" => Some("ftm"),
        _ => None,
    }
}

fn import(name: &str, path: &Path, tally: &mut Tally) {
    let mut bytes = fs::read(path).expect("it can be read");
    if path.extension().is_some_and(|end| end == "txt") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some(input) = between(&text, "INPUT") else { return };
        bytes = input.as_bytes().to_vec();
    }
    let start = Instant::now();
    let sources = Sources::new();
    let (file, trouble) = add_file(&sources, &path.display().to_string(), bytes);
    let format = Format::of_name(name).and_then(|format| format.import).expect("it is read");
    let imported = format(&[file], &sources, Known(None));
    tally.files += 1;
    tally.told += imported.diagnostics.len();
    if trouble.is_some() || imported.has_errors() {
        tally.refused += 1;
        return;
    }
    tally.entries += imported.entries.len();
    let text = whole(&imported, "Samples");
    tally.time += start.elapsed();
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text can be read");
    let Some(case) = &loaded.case else {
        println!("{}: {:?}", path.display(), loaded.diagnostics.first());
        tally.malformed += 1;
        return;
    };
    let again = format(&[file], &sources, Known(Some(case)));
    let changed = Into::new(&loaded, case).put(&again.entries).map_or(1, |changed| changed.len());
    if changed > 0 {
        println!("{}: a second import changes it", path.display());
    }
    tally.unstable += usize::from(changed > 0);
}

/// What stands between the marks of a test of CSL.
fn between<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let start = text.lines().find(|line| line.starts_with(">>") && line.contains(mark))?;
    let end = text.lines().find(|line| line.starts_with("<<") && line.contains(mark))?;
    let from = start.as_ptr() as usize - text.as_ptr() as usize + start.len();
    text.get(from..end.as_ptr() as usize - text.as_ptr() as usize)
}
