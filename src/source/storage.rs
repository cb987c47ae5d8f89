//! Where the files of a case are read from: the disk, or the open buffers of an editor laid over it.
//!
//! What may be read is decided by those who read; a storage only answers what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A regular file.
    File {
        /// Its size.
        bytes: u64,
    },
    /// A folder.
    Folder,
    /// A device, a pipe, a socket.
    Other,
}

/// Where files are read from.
pub trait Storage: Debug + Send + Sync {
    /// The one absolute path of what is at a path, links followed.
    ///
    /// # Errors
    ///
    /// What the system says, above all that nothing is there.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;

    /// What is at a path, links followed.
    ///
    /// # Errors
    ///
    /// As [`Storage::canonicalize`].
    fn entry(&self, path: &Path) -> io::Result<Entry>;

    /// The bytes of a regular file that has no more than `limit`; one that grows while it is read may give one more.
    ///
    /// # Errors
    ///
    /// What the system says; that it is no regular file; [`io::ErrorKind::FileTooLarge`].
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// The names of what is in a folder, in order.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
}

/// The files of the system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Disk;

impl Storage for Disk {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let metadata = fs::metadata(path)?;
        Ok(match metadata.is_dir() {
            true => Entry::Folder,
            false if metadata.is_file() => Entry::File { bytes: metadata.len() },
            false => Entry::Other,
        })
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        // A pipe is not even opened: that would wait for somebody to write into it.
        let Entry::File { bytes: size } = self.entry(path)? else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        };
        if size > limit {
            return Err(too_large(limit));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let names = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        Ok(names)
    }
}

/// Texts that are read in place of what the disk has at their paths. Clones share the texts.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// By their canonical paths.
    texts: BTreeMap<PathBuf, Arc<str>>,
}

impl Overlay {
    /// Nothing but the disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lays a text over a file, which need not be there; its folder has to be. Returns the path by which it is known from
    /// then on.
    ///
    /// # Errors
    ///
    /// What the system says of the path.
    pub fn put(&mut self, path: &Path, text: impl Into<Arc<str>>) -> io::Result<PathBuf> {
        let canonical = located(path)?;
        self.put_at(canonical.clone(), text);
        Ok(canonical)
    }

    /// Lays another text over the file of a canonical path, whether or not its folder is there at the moment.
    pub fn put_at(&mut self, canonical: PathBuf, text: impl Into<Arc<str>>) {
        self.texts.insert(canonical, text.into());
    }

    /// Takes away what [`Overlay::put`] laid over the file of a canonical path.
    pub fn remove(&mut self, canonical: &Path) {
        self.texts.remove(canonical);
    }

    /// The text that is laid over the file of a canonical path.
    pub fn text(&self, canonical: &Path) -> Option<&Arc<str>> {
        self.texts.get(canonical)
    }
}

/// The canonical path of what is at a path, or would be in its folder.
fn located(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Err(error) };
            Ok(fs::canonicalize(folder)?.join(name))
        }
        found => found,
    }
}

impl Storage for Overlay {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path).or_else(|error| located(path).ok().filter(|at| self.texts.contains_key(at)).ok_or(error))
    }

    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let laid = self.canonicalize(path).ok().and_then(|at| self.texts.get(&at));
        laid.map_or_else(|| Disk.entry(path), |text| Ok(Entry::File { bytes: text.len() as u64 }))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        match self.canonicalize(path).ok().and_then(|at| self.texts.get(&at)) {
            None => Disk.read(path, limit),
            Some(text) if text.len() as u64 > limit => Err(too_large(limit)),
            Some(text) => Ok(text.as_bytes().to_vec()),
        }
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let canonical = fs::canonicalize(folder)?;
        let laid = self.texts.keys().filter(|path| path.parent() == Some(&canonical));
        let laid = laid.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
        let names: BTreeSet<String> = Disk.names(folder)?.into_iter().chain(laid).collect();
        Ok(names.into_iter().collect())
    }
}

fn too_large(limit: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {limit} bytes"))
}
