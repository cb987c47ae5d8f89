//! Where an answer goes: to standard output, to a stream such as a device or a pipe, or to a file.
//!
//! A file is replaced whole or not at all, and what is not ours to lose is refused: what the answer is made from, a
//! file that is read-only, one that has other names. [`Destination`] is the only way to any of them.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[cfg(unix)]
use super::inputs::Identity;
use super::inputs::Inputs;
use super::leftover::{TemporaryFile, folder_of};
use super::write_error::{Refused, WriteError};

/// Where an answer is being written.
pub enum Destination {
    /// At once, and as it comes.
    Stream(Box<dyn Write>),
    /// Under a temporary name first.
    File {
        /// What takes the place.
        temporary: TemporaryFile,
        /// The place.
        path: PathBuf,
        /// What is there now.
        replaced: Option<Box<Metadata>>,
    },
}

impl Destination {
    /// Standard output.
    pub fn stdout() -> io::Result<Self> {
        #[cfg(unix)]
        let stream = stdout()?;
        // A console of Windows wants its own encoding.
        #[cfg(not(unix))]
        let stream = io::stdout();
        Ok(Self::Stream(Box::new(stream)))
    }

    /// What a path leads to, unless it is one of the inputs or should not be replaced.
    pub fn open(path: &Path, inputs: &Inputs) -> Result<Self, WriteError> {
        let refused = |why| WriteError::Refused { path: path.to_owned(), why };
        let failed = |cause| WriteError::File { path: path.to_owned(), cause };
        let found = match fs::metadata(path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::new_file(path).map_err(failed),
            Err(error) => return Err(failed(error)),
        };
        if found.is_dir() {
            return Err(refused(Refused::Folder));
        }
        if inputs.contain(path) {
            return Err(refused(Refused::Input));
        }
        if is_stdout(path) {
            return Self::stdout().map_err(failed);
        }
        if !found.is_file() {
            let stream = OpenOptions::new().write(true).open(path).map_err(failed)?;
            return Ok(Self::Stream(Box::new(stream)));
        }
        if found.permissions().readonly() {
            return Err(refused(Refused::ReadOnly));
        }
        if links(&found) > 1 {
            return Err(refused(Refused::Linked));
        }
        Self::existing_file(path, found).map_err(failed)
    }

    /// A file in a folder that was named, under a name that was not: others know it beforehand, so that a link is not
    /// followed. One that is put there meanwhile is replaced itself.
    pub fn open_in_folder(path: &Path, inputs: &Inputs) -> Result<Self, WriteError> {
        if path.is_symlink() {
            return Err(WriteError::Refused { path: path.to_owned(), why: Refused::Link });
        }
        Ok(match Self::open(path, inputs)? {
            Self::File { temporary, replaced, .. } => Self::File { temporary, path: path.to_owned(), replaced },
            stream @ Self::Stream(_) => stream,
        })
    }

    fn new_file(path: &Path) -> io::Result<Self> {
        let path = followed(path)?;
        Ok(Self::File { temporary: TemporaryFile::beside(&path, false)?, path, replaced: None })
    }

    /// Private as long as it is written, for what is replaced may be.
    fn existing_file(path: &Path, found: Metadata) -> io::Result<Self> {
        let path = followed(path)?;
        // To replace a file takes the right to write to its folder; this asks for that to write to the file as well.
        OpenOptions::new().write(true).open(&path)?;
        Ok(Self::File { temporary: TemporaryFile::beside(&path, true)?, path, replaced: Some(Box::new(found)) })
    }

    /// Ends the answer: now it is where it was to go.
    pub fn finish(self) -> io::Result<()> {
        let Self::File { temporary, path, replaced } = self else { return Ok(()) };
        if let Some(replaced) = replaced {
            take_after(temporary.as_file(), &replaced)?;
        }
        temporary.persist(&path)
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(file) => file.write(bytes),
            Self::File { temporary, .. } => temporary.as_file().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a file that is new, whole or not at all: what is there already stays, even if it came to be there meanwhile.
pub fn write_new(path: &Path, text: &str) -> Result<(), WriteError> {
    let write = || {
        let temporary = TemporaryFile::beside(path, false)?;
        temporary.as_file().write_all(text.as_bytes())?;
        temporary.persist_new(path)
    };
    write().map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Refused { path: path.to_owned(), why: Refused::Exists },
        _ => WriteError::File { path: path.to_owned(), cause },
    })
}

/// Standard output as a file. What `io::stdout` writes is lost without an error where it cannot be written.
#[cfg(unix)]
fn stdout() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

/// Whether a path leads to standard output, as `/dev/stdout` does: that goes on where it is, which may be the middle
/// of a file.
#[cfg(unix)]
fn is_stdout(path: &Path) -> bool {
    stdout().is_ok_and(|stdout| Identity::of_file(&stdout) == Identity::of(path))
}

#[cfg(not(unix))]
fn is_stdout(_: &Path) -> bool {
    false
}

/// How many names a file has, where the system says so.
#[cfg(unix)]
fn links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn links(_: &Metadata) -> u64 {
    1
}

/// Gives a file the owner and the mode of the one that it replaces. Where the group cannot be kept, the group that it
/// has instead may do no more than everybody may.
#[cfg(unix)]
fn take_after(file: &File, replaced: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let (owner, group) = (Some(replaced.uid()), Some(replaced.gid()));
    let keeps_group = fchown(file, owner, group).or_else(|_| fchown(file, None, group)).is_ok();
    let mode = replaced.mode() & 0o777;
    let mode = if keeps_group { mode } else { mode & !0o070 | (mode & 0o007) << 3 };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn take_after(file: &File, replaced: &Metadata) -> io::Result<()> {
    file.set_permissions(replaced.permissions())
}

/// What a path leads to over symbolic links, which stay: it need not be there.
pub fn followed(path: &Path) -> io::Result<PathBuf> {
    /// As many links as Linux follows.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            // It is no link, or is not there.
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("it is a link that leads to itself"))
}
