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

    /// The bytes of the regular file that is at a canonical path, if it has no more than `limit`; one that grows while it is
    /// read may give one more. What a link leads to that has taken the place of the file, or of a folder of its path, is
    /// not read.
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
        let file = open(path)?;
        // Asked of what was opened: what is at the path may be something else by now.
        let opened = file.metadata()?;
        if !opened.is_file() {
            return Err(not_regular());
        }
        if opened.len() > limit {
            return Err(too_large(limit));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(opened.len()).unwrap_or(0) + 1);
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
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

/// Opens what is at a canonical path, going from folder to folder, so that no link is followed at any time. A pipe is opened
/// without waiting for somebody to write into it.
#[cfg(target_os = "linux")]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fd::{AsFd as _, OwnedFd};
    use rustix::fs::{CWD, Mode, OFlags, openat};
    use rustix::io::Errno;
    let (step, file) = (OFlags::PATH | OFlags::DIRECTORY, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY);
    let mut names = path.iter().peekable();
    let mut opened: Option<OwnedFd> = None;
    while let Some(name) = names.next() {
        let from = opened.as_ref().map_or(CWD, |folder| folder.as_fd());
        let how = if names.peek().is_some() { step } else { file } | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        opened = Some(openat(from, name, how, Mode::empty()).map_err(|error| match error {
            Errno::LOOP | Errno::NOTDIR => replaced(),
            error => error.into(),
        })?);
    }
    opened.map(File::from).ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Opens what is at a canonical path, and lets go of it if the path is not its canonical path any more. (Somebody who exchanges
/// what is there twice at the right moments is not noticed: elsewhere than on Linux there is no way to open a folder for
/// going through it alone.)
#[cfg(not(target_os = "linux"))]
fn open(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(not_regular());
    }
    let file = File::open(path)?;
    if fs::canonicalize(path)? == path { Ok(file) } else { Err(replaced()) }
}

fn replaced() -> io::Error {
    io::Error::other("it was replaced by a link while the case was read")
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")
}

fn too_large(limit: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {limit} bytes"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// What reading does once a path has been found to lead into the folder: by then anything may be there.
    #[test]
    fn what_became_a_link_after_it_was_found_is_not_followed() {
        let root = fs::canonicalize(std::env::temp_dir()).expect("it is there");
        let root = root.join(format!("evigraph-storage-{}", std::process::id()));
        let (inside, outside) = (root.join("case/part"), root.join("secret"));
        for folder in [&inside, &outside] {
            fs::create_dir_all(folder).expect("a folder can be made");
            fs::write(folder.join("a.ron"), folder.to_string_lossy().as_bytes()).expect("a file can be written");
        }
        let file = Disk.canonicalize(&inside.join("a.ron")).expect("it is there");
        assert_eq!(Disk.read(&file, 1 << 20).expect("it can be read"), inside.to_string_lossy().as_bytes());

        fs::remove_file(&file).expect("it can be removed");
        symlink(outside.join("a.ron"), &file).expect("a link can be made");
        Disk.read(&file, 1 << 20).expect_err("the file is a link now");

        fs::remove_dir_all(&inside).expect("it can be removed");
        symlink(&outside, &inside).expect("a link can be made");
        Disk.read(&file, 1 << 20).expect_err("its folder is a link now");
        fs::remove_dir_all(&root).expect("it can be removed");
    }
}
