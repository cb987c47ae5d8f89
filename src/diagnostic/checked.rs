//! A case that was checked, as it is reported to the programs that run checks.

use std::path::Path;

use crate::source::{FileId, Sources, Span};

use super::{Diagnostic, visible};

/// What is expected of a statement, which is a test of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The expectation in words: `rain is Supported`.
    pub name: String,
    /// Where it is written.
    pub span: Span,
}

/// A case that was checked.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'p> {
    /// What is wrong with it.
    pub problems: &'p [Diagnostic],
    /// Its files.
    pub sources: &'p Sources,
    /// What was expected of its verdicts; nothing where it has none.
    pub expected: &'p [Expected],
    /// Whether a ceiling was reached before all verdicts were known.
    pub is_part: bool,
}

/// Paths as they are reported: from the folder that the check was run in.
#[derive(Debug, Clone, Copy)]
pub struct Paths<'p> {
    /// The folder that the check was run in, as an absolute path.
    pub root: &'p Path,
}

impl Paths<'_> {
    /// The path of a file, with `/` between its parts; of one outside of the folder as it is named.
    pub(super) fn of(self, sources: &Sources, file: FileId) -> String {
        let name = sources.file(file).name();
        let path = Path::new(name).strip_prefix(self.root).unwrap_or(Path::new(name));
        let path = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
        if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
    }
}

/// What is wrong and what to do about it, on a line each.
pub(super) fn said(problem: &Diagnostic) -> String {
    let help = problem.help.iter().map(|help| format!("\nhelp: {}", visible(help)));
    visible(&problem.message).into_owned() + &help.collect::<String>()
}
