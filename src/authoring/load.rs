//! Loading a case: the files, what they say, what it means.

use std::path::PathBuf;

use thiserror::Error;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Case;
use crate::source::Sources;

use super::allow::Allowances;
use super::files::{Files, gather};
use super::mirror::{WrittenFile, read_file};
use super::resolve::resolve;
use super::rules;
use super::threads::Threads;

/// Where a case comes from.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file, or a folder with a `case.ron`.
    Path(PathBuf),
    /// A text, such as that from standard input. It cannot include files.
    Text {
        /// The name that messages show.
        name: String,
        /// The text.
        text: String,
    },
    /// The same, as it came in: that it is text is checked.
    Bytes {
        /// The name that messages show.
        name: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

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

/// Why there is nothing to load.
#[derive(Debug, Error)]
pub enum LoadError {
    /// Nothing is there.
    #[error("there is no file `{}`", path.display())]
    Missing {
        /// What was to be opened.
        path: PathBuf,
    },
    /// A folder that is no case.
    #[error("the folder `{}` has no `case.ron`; name the file that is to be opened", path.display())]
    NoCase {
        /// The folder.
        path: PathBuf,
    },
    /// A device, a pipe or a socket.
    #[error("`{}` is not a regular file; to read a case from a pipe, give `-` and standard input", path.display())]
    NotAFile {
        /// What was to be opened.
        path: PathBuf,
    },
    /// The system does not let it be read.
    #[error("`{}` cannot be read: {reason}", path.display())]
    Unreadable {
        /// What was to be opened.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
}

/// Loads a case with everything that it includes, and checks it.
///
/// Cost: linear in the size of the files, and in that of the case for every rule; `docs/performance.md` has
/// measured figures.
///
/// ```
/// use evigraph::authoring::{Input, load};
/// let text = r#"Case(title: "Two sources", claims: {"c": (text: "It rained.", evidence: [Supports(from: "dairy")])},
///     documents: {"diary": (title: "A diary", reliability: B)})"#;
/// let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() })?;
/// assert!(loaded.case.is_none());
/// assert_eq!(loaded.diagnostics[0].help.as_deref(), Some("did you mean `diary`?"));
/// # Ok::<(), evigraph::authoring::LoadError>(())
/// ```
///
/// # Errors
///
/// [`LoadError`] where the opened file itself cannot be read. Everything else that is wrong, an include that
/// cannot be read among it, is in [`Loaded::diagnostics`].
pub fn load(input: Input) -> Result<Loaded, LoadError> {
    load_on(input, Threads::all())
}

/// The same on so many threads, with the same result for any number of them.
pub(super) fn load_on(input: Input, threads: Threads) -> Result<Loaded, LoadError> {
    let mut problems = Diagnostics::new();
    let files = gather(input, &mut problems)?;
    let (case, mut allowances) = read(&files, threads, &mut problems);
    let diagnostics = allowances.silence(problems.finish());
    let sources = files.sources;
    Ok(Loaded { sources, case, diagnostics, allowances })
}

fn read(files: &Files, threads: Threads, problems: &mut Diagnostics) -> (Option<Case>, Allowances) {
    let readable = files.sources.iter().filter(|(file, _)| files.readable[file.index()]);
    let written: Vec<WrittenFile<'_>> =
        readable.map(|(file, source)| read_file(file, source.text(), threads, problems)).collect();
    let allowances = Allowances::collect(&written, problems);
    let (case, entries) = resolve(&written, files.complete, threads, problems);
    rules::check(&case, &entries, threads, problems);
    ((!problems.has_errors()).then_some(case), allowances)
}
