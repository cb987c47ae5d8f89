//! Loading a case: the files, what they say, what it means.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Case;
use crate::source::{Disk, Entry, Sources, Storage};

use super::allow::Allowances;
use super::files::{Files, gather};
use super::input::{Input, LoadError};
use super::json::worded;
use super::offers::offer_fixes;
use super::resolve::resolve;
use super::rules;
use super::threads::Threads;

/// The file that a folder with the tables of a case is known by.
pub(super) const MANIFEST: &str = "case.json";

/// A case as far as it could be loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The files that were read, the opened one first.
    pub sources: Sources,
    /// The case; none if there is an error.
    pub case: Option<Case>,
    /// Everything that is wrong, in the order of the files and of the places in them, but what the case allows.
    pub diagnostics: Vec<Diagnostic>,
    /// The warnings that the case allows.
    pub allowances: Allowances,
}

/// Loads a case with everything that it includes, and checks it.
///
/// Cost: linear in the size of the files, and in that of the case for every rule; `docs/performance.md` has
/// measured figures.
///
/// ```
/// use evigraph::{Input, load};
/// let text = r#"Case(title: "Two sources", claims: {"c": (text: "It rained.", evidence: [Supports(from: "dairy")])},
///     documents: {"diary": (title: "A diary", reliability: B)})"#;
/// let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() })?;
/// assert!(loaded.case.is_none());
/// assert_eq!(loaded.diagnostics[0].help.as_deref(), Some("did you mean `diary`?"));
/// # Ok::<(), evigraph::LoadError>(())
/// ```
///
/// # Errors
///
/// [`LoadError`] where the opened file itself cannot be read. Everything else that is wrong, an include that
/// cannot be read among it, is in [`Loaded::diagnostics`].
pub fn load(input: Input) -> Result<Loaded, LoadError> {
    load_from(input, &Disk)
}

/// The same from other files than those of the disk alone, such as the open buffers of an editor.
///
/// ```
/// use evigraph::{Input, Overlay, load_from};
/// let folder = std::env::temp_dir();
/// let mut files = Overlay::new();
/// files.put(&folder.join("sources.ron"), r#"(documents: {"log": (title: "The log")})"#)?;
/// let case = files.put(&folder.join("case.ron"), r#"Case(title: "A", includes: ["sources.ron"])"#)?;
/// assert!(load_from(Input::Path(case), &files)?.case.is_some_and(|case| case.source("log").is_some()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`load`].
pub fn load_from(input: Input, storage: &dyn Storage) -> Result<Loaded, LoadError> {
    load_on(input, storage, Threads::all())
}

/// Loads a case file, or a folder with a `case.ron`, a `case.json` or the tables of a case: [`load`] of a path.
///
/// # Errors
///
/// As [`load`].
pub fn open(path: impl Into<PathBuf>) -> Result<Loaded, LoadError> {
    load(Input::Path(path.into()))
}

/// The same on so many threads, with the same result for any number of them.
pub(super) fn load_on(input: Input, storage: &dyn Storage, threads: Threads) -> Result<Loaded, LoadError> {
    let input = match input {
        Input::Path(path) if is_snapshot(&path, storage) => return open_snapshot(path, threads),
        input => input,
    };
    let mut problems = Diagnostics::new();
    let sources = Sources::new();
    let (case, mut allowances) = read(input, storage, &sources, threads, &mut problems)?;
    let mut diagnostics = allowances.silence(problems.finish());
    if let Some(case) = &case {
        offer_fixes(&mut diagnostics, case, &sources);
    }
    worded(&mut diagnostics, &sources);
    Ok(Loaded { sources, case, diagnostics, allowances })
}

/// Whether a path is a folder with the tables of a case, from which it is loaded.
pub fn has_tables(path: &Path) -> bool {
    is_snapshot(path, &Disk)
}

fn is_snapshot(path: &Path, storage: &dyn Storage) -> bool {
    let is_file = |name: &str| matches!(storage.entry(&path.join(name)), Ok(Entry::File { .. }));
    // A case in JSON may have the name of the manifest.
    let has_tables = || storage.names(path).is_ok_and(|names| names.iter().any(|name| name.ends_with(".parquet")));
    storage.entry(&path.join("case.ron")).is_err() && is_file(MANIFEST) && has_tables()
}

#[cfg(feature = "columns")]
fn open_snapshot(path: PathBuf, threads: Threads) -> Result<Loaded, LoadError> {
    super::columns::open(path.join(MANIFEST), threads)
}

#[cfg(not(feature = "columns"))]
fn open_snapshot(path: PathBuf, _: Threads) -> Result<Loaded, LoadError> {
    Err(LoadError::NoColumns { path })
}

fn read(
    input: Input,
    storage: &dyn Storage,
    sources: &Sources,
    threads: Threads,
    problems: &mut Diagnostics,
) -> Result<(Option<Case>, Allowances), LoadError> {
    let Files { written, complete } = gather(input, storage, sources, threads, problems)?;
    let allowances = Allowances::collect(&written, problems);
    let (case, entries) = resolve(&written, complete, threads, problems);
    rules::check(&case, &entries, threads, problems);
    Ok(((!problems.has_errors()).then_some(case), allowances))
}
