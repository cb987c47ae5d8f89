//! The files of a case, in memory: one folder, whose root is `/`.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use evigraph::Storage;
use evigraph::internals::source::Entry;

/// Texts by their paths in the folder.
#[derive(Debug)]
pub struct Folder(BTreeMap<PathBuf, String>);

impl Folder {
    /// A folder with these texts; a path that leads out of it leads to its root.
    pub fn new(files: &BTreeMap<String, String>) -> Self {
        Self(files.iter().map(|(name, text)| (located(name.as_ref()), text.clone())).collect())
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.0.keys().any(|file| file != path && file.starts_with(path))
    }
}

/// The one path of what a path names.
pub fn located(path: &Path) -> PathBuf {
    let mut located = PathBuf::from("/");
    for component in path.components() {
        match component {
            Component::ParentDir => drop(located.pop()),
            Component::Normal(name) => located.push(name),
            _ => {}
        }
    }
    located
}

fn missing() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "there is no such file")
}

impl Storage for Folder {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        let path = located(path);
        self.entry(&path).map(|_| path)
    }

    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let path = located(path);
        match self.0.get(&path) {
            Some(text) => Ok(Entry::File { bytes: text.len() as u64 }),
            None if self.is_folder(&path) => Ok(Entry::Folder),
            None => Err(missing()),
        }
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        match self.0.get(&located(path)) {
            Some(text) if text.len() as u64 > limit => Err(io::ErrorKind::FileTooLarge.into()),
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => Err(missing()),
        }
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let folder = located(folder);
        let inside = self.0.keys().filter_map(|file| file.strip_prefix(&folder).ok()?.components().next());
        let names: BTreeSet<String> = inside.map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        Ok(names.into_iter().collect())
    }
}
