//! Paths that a case names: they lead to files in its folder, or nowhere.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::source::Storage;

/// Why a path is not followed.
#[derive(Debug)]
pub enum Stray {
    /// It is outside of the folder as it is written.
    Outside,
    /// It is a link that leads out of the folder.
    LinkOutside,
    /// Nothing can be had there.
    Unfound {
        /// Where it leads.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// The true path of what a file of a case names, which is inside the folder of the case. `folder` and `namer`, the file, are
/// true paths; `named` starts from the folder of the file.
///
/// # Errors
///
/// [`Stray`] where it is not inside, or nothing is there.
pub fn within(storage: &dyn Storage, folder: &Path, namer: &Path, named: &str) -> Result<PathBuf, Stray> {
    let path = plain(&namer.with_file_name("").join(named));
    if !path.starts_with(folder) {
        return Err(Stray::Outside);
    }
    let canonical = storage.canonicalize(&path).map_err(|error| Stray::Unfound { path, error })?;
    if canonical.starts_with(folder) { Ok(canonical) } else { Err(Stray::LinkOutside) }
}

/// A path without `.` and `..`, as far as that is possible without asking the file system.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}
