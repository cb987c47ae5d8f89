//! `evigraph check --fix`: what the fixes change is written, or shown.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Safety};
use crate::engine::Watch;
use crate::lint::{Mended, MendedFile, mend_watched};
use crate::words::count;

use super::args::OutputArgs;
use super::diff::unified;
use super::exit::Failure;
use super::input;
use super::output::{Output, Replacement};
use super::write_error::WriteError;

/// Applies the fixes of a case that are at least so safe. From now on nothing else is written to what was read.
pub fn fixed(path: &Path, least: Safety, watch: Watch, output: &Output) -> Result<Mended, Failure> {
    let mended = mend_watched(input::input(path, output)?, least, watch, &|loaded, storage| {
        drop(input::verify(loaded, storage))
    })?;
    input::keep_from_writing(path, &mended.loaded, output);
    match from_standard_input(&mended).and_then(|_| input::unread(&mended.loaded, output)) {
        Some(failure) => Err(failure),
        None => Ok(mended),
    }
}

/// Writes the files that were mended, and says what was done. A text from standard input is the answer itself.
pub fn write(mended: &Mended, to: &OutputArgs, output: &Output) -> Result<(), WriteError> {
    replace(&mended.files, output)?;
    if let Some(text) = from_standard_input(mended) {
        output.write_bytes(to, text.as_bytes())?;
    }
    for fix in &mended.done {
        let (line, column) = (fix.place.line, fix.place.column);
        output.note(&format!("fixed {}:{line}:{column}: {}", fix.file, fix.title));
    }
    Ok(())
}

/// Puts the texts of files in their place, all or none.
pub fn replace(files: &[MendedFile], output: &Output) -> Result<(), WriteError> {
    let changed = files.iter().filter_map(|file| {
        let path = file.path.as_deref()?;
        Some(Replacement { path, before: &file.before, after: &file.after })
    });
    output.replace_all(&changed.collect::<Vec<_>>())
}

/// The mended text of a case that came from standard input.
pub fn from_standard_input(mended: &Mended) -> Option<&str> {
    let (_, opened) = mended.loaded.sources.iter().next()?;
    opened.path().is_none().then(|| opened.text())
}

/// What is changed, for `patch` and for people.
pub fn diff(files: &[MendedFile], to: &OutputArgs, output: &Output) -> String {
    files.iter().map(|file| unified(&file.name, &file.before, &file.after, to, output)).collect()
}

/// Says how much would be done.
pub fn would_do(mended: &Mended, output: &Output) {
    let (fixes, files) = (count(mended.done.len(), "problem"), count(mended.files.len(), "file"));
    output.note(&match mended.done.len() {
        0 => "there is nothing to fix".to_owned(),
        _ => format!("{fixes} would be fixed in {files}; nothing was written"),
    });
}

/// Says that there are more fixes, for the author to look at.
pub fn more(left: &[Diagnostic], output: &Output) {
    let is_likely = |problem: &&Diagnostic| problem.fixes.iter().any(|fix| fix.safety == Safety::Unsafe);
    let more = match left.iter().filter(is_likely).count() {
        0 => return,
        1 => "one more problem".to_owned(),
        more => format!("{more} more problems"),
    };
    output.note(&format!("{more} can be fixed with --unsafe-fixes; look at what that changes with --diff"));
}
