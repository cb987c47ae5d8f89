//! Mending the files of a case: their fixes applied, round after round, until none is left.
//!
//! A fix may bring to light what it had hidden, and two that meet are not applied together, so one round is not enough. The
//! texts in which the work goes on are laid over the files of the disk; nothing is written here.

use std::path::{Path, PathBuf};

use crate::authoring::{Input, LoadError, Loaded, load_from};
use crate::diagnostic::{Diagnostic, Fix, Safety, chosen, edited};
use crate::engine::Watch;
use crate::source::{Overlay, Position, Sources, Storage};

use super::check_watched;

/// After so many rounds the work ends, whatever is left.
const ROUNDS: usize = 64;

/// A case with its fixes applied.
#[derive(Debug)]
pub struct Mended {
    /// Whether there was an error before.
    pub had_errors: bool,
    /// The case as it is with the fixes, checked.
    pub loaded: Loaded,
    /// The files that they change.
    pub files: Vec<MendedFile>,
    /// What was done, in order.
    pub done: Vec<AppliedFix>,
}

/// A fix that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedFix {
    /// The name of the file.
    pub file: String,
    /// Where its first change was made, in the file as it was then.
    pub place: Position,
    /// What it does.
    pub title: String,
}

/// A file that the fixes change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedFile {
    /// The name that messages show.
    pub name: String,
    /// Where it was read from; a text from standard input has no path.
    pub path: Option<PathBuf>,
    /// Its text as it was.
    pub before: String,
    /// Its text with the fixes.
    pub after: String,
}

/// Loads a case, applies the fixes that are at least so safe until none is left, and checks what comes of it.
///
/// Cost: that of [`check`](super::check) for each round; there are few, as every round applies all fixes that leave each other alone.
///
/// ```
/// use evigraph::edits::mend;
/// use evigraph::{Input, Safety};
/// let text = r#"Case(title: "One source" documents: {"diary": (title: "A diary", reliability: 0,8)})"#;
/// let mended = mend(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }, Safety::Safe)?;
/// assert_eq!(mended.files[0].after, r#"Case(title: "One source", documents: {"diary": (title: "A diary", reliability: 0.8)})"#);
/// # Ok::<(), evigraph::LoadError>(())
/// ```
///
/// # Errors
///
/// As [`load`](crate::load).
pub fn mend(input: Input, least: Safety) -> Result<Mended, LoadError> {
    mend_watched(input, least, Watch::default(), &|_, _| {})
}

/// Adds to the diagnostics of a case that was loaded from some files.
pub type Look<'l> = &'l dyn Fn(&mut Loaded, &dyn Storage);

/// The same, watched: after a stop nothing more is fixed that takes a verdict. Each time that the case is loaded, `look`
/// may add to what is wrong with it.
///
/// # Errors
///
/// As [`mend`].
pub fn mend_watched(input: Input, least: Safety, watch: Watch, look: Look<'_>) -> Result<Mended, LoadError> {
    let mut work = Work { input, overlay: Overlay::new(), files: Vec::new(), done: Vec::new(), watch, look };
    let mut loaded = work.check()?;
    let had_errors = loaded.diagnostics.iter().any(Diagnostic::is_error);
    for _ in 0..ROUNDS {
        let fixes = chosen(&loaded.diagnostics, least);
        if fixes.is_empty() || !work.apply(&fixes, &loaded.sources) {
            break;
        }
        loaded = work.check()?;
    }
    let Work { mut files, done, .. } = work;
    files.retain(|file| file.before != file.after);
    Ok(Mended { had_errors, loaded, files, done })
}

/// The files in which the work goes on.
struct Work<'l> {
    input: Input,
    overlay: Overlay,
    files: Vec<MendedFile>,
    done: Vec<AppliedFix>,
    watch: Watch,
    look: Look<'l>,
}

impl Work<'_> {
    fn check(&self) -> Result<Loaded, LoadError> {
        let mut loaded = load_from(self.input.clone(), &self.overlay)?;
        (self.look)(&mut loaded, &self.overlay);
        Ok(check_watched(loaded, self.watch.clone()))
    }

    /// Applies fixes; false where a file is no longer there.
    fn apply(&mut self, fixes: &[&Fix], sources: &Sources) -> bool {
        self.done.extend(fixes.iter().filter_map(|fix| done(fix, sources)));
        let edits = || fixes.iter().flat_map(|fix| &fix.edits);
        let touched = sources.iter().filter(|(file, _)| edits().any(|edit| edit.span.file == *file));
        touched.fold(true, |is_done, (id, file)| {
            let after = edited(id, file.text(), edits());
            is_done & self.put(file.name(), file.path(), file.text(), after)
        })
    }

    fn put(&mut self, name: &str, path: Option<&Path>, before: &str, after: String) -> bool {
        let is_done = match path {
            Some(path) => self.overlay.put(path, after.as_str()).is_ok(),
            None => {
                self.input = Input::Text { name: name.to_owned(), text: after.clone() };
                true
            }
        };
        match self.files.iter_mut().find(|file| file.path.as_deref() == path) {
            Some(file) => file.after = after,
            None => {
                let (name, path, before) = (name.to_owned(), path.map(Path::to_owned), before.to_owned());
                self.files.push(MendedFile { name, path, before, after });
            }
        }
        is_done
    }
}

fn done(fix: &Fix, sources: &Sources) -> Option<AppliedFix> {
    let span = fix.edits.first()?.span;
    let (file, place) = (sources.file(span.file).name().to_owned(), sources.position(span.file, span.start));
    Some(AppliedFix { file, place, title: fix.title.clone() })
}
