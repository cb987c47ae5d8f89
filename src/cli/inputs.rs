//! The files that an answer is made from, which no answer may take the place of.

use std::cell::RefCell;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Which file something is, whatever it is called.
#[derive(Debug, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    number: u64,
}

impl Identity {
    /// That of what a path leads to, where the system has such a thing.
    pub fn of(path: &Path) -> Option<Self> {
        Self::of_metadata(&fs::metadata(path).ok()?)
    }

    /// That of an open file.
    pub fn of_file(file: &File) -> Option<Self> {
        Self::of_metadata(&file.metadata().ok()?)
    }

    #[cfg(unix)]
    fn of_metadata(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self { device: metadata.dev(), number: metadata.ino() })
    }

    #[cfg(not(unix))]
    fn of_metadata(_: &Metadata) -> Option<Self> {
        None
    }
}

/// What a run has read so far.
///
/// Paths are kept, and looked at when something is to be written: an editor that saves a file puts another one in its
/// place, which is the author's work as well.
#[derive(Debug, Default)]
pub struct Inputs {
    paths: RefCell<Vec<PathBuf>>,
    stdin: RefCell<Option<File>>,
}

impl Inputs {
    /// Adds a file or a folder.
    pub fn add(&self, path: &Path) {
        self.paths.borrow_mut().push(path.to_owned());
    }

    /// Adds standard input, which may be a file.
    pub fn add_stdin(&self) {
        self.stdin.replace(stdin().ok());
    }

    /// Whether what a path leads to is one of them, or lies in one.
    pub fn contain(&self, path: &Path) -> bool {
        let (identity, canonical) = (Identity::of(path), fs::canonicalize(path).ok());
        let is_same = |input: &Path| identity.is_some() && identity == Identity::of(input);
        let holds = |input: &Path| canonical.as_deref().is_some_and(|path| is_in(path, input));
        let is_stdin = |stdin: &File| identity.is_some() && identity == Identity::of_file(stdin);
        self.paths.borrow().iter().any(|input| is_same(input) || holds(input))
            || self.stdin.borrow().as_ref().is_some_and(is_stdin)
    }

    /// Whether one of them lies in the folder that a path leads to.
    pub fn lie_in(&self, folder: &Path) -> bool {
        self.paths.borrow().iter().any(|input| fs::canonicalize(input).is_ok_and(|input| is_in(&input, folder)))
    }
}

/// Whether a true path is that of another or leads into it.
fn is_in(path: &Path, other: &Path) -> bool {
    fs::canonicalize(other).is_ok_and(|other| path.starts_with(other))
}

#[cfg(unix)]
fn stdin() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
fn stdin() -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}
