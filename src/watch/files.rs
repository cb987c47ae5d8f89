//! Word of every save: from the system where it tells, and by looking at the files now and then.
//!
//! Folders are watched rather than files: many editors save under another name and rename, and then the file that was
//! watched is gone. Shared and mounted folders often tell nothing at all, which is why the files are looked at as well.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::source::Stamp;

/// The files of a case, and what notices their changes.
pub struct Files {
    /// None where the system does not tell.
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    /// Each as it looked last.
    files: BTreeMap<PathBuf, Stamp>,
}

impl Files {
    /// Calls `changed` whenever something in a folder of the case may have been written.
    pub fn new(changed: impl Fn() + Send + 'static) -> Self {
        let tell = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| may_be_a_save(&event)) {
                changed();
            }
        };
        let watcher = notify::recommended_watcher(tell).ok();
        Self { watcher, folders: BTreeSet::new(), files: BTreeMap::new() }
    }

    /// Follows these files from now on, as they stand, and no others. Whether they are others than before.
    pub fn follow(&mut self, files: BTreeSet<PathBuf>) -> bool {
        if self.files.keys().eq(&files) {
            return false;
        }
        self.files = files.into_iter().map(|file| (file.clone(), Stamp::of(&file))).collect();
        self.watch_folders();
        true
    }

    fn watch_folders(&mut self) {
        let folders: BTreeSet<PathBuf> =
            self.files.keys().filter_map(|file| file.parent()).map(Path::to_owned).collect();
        let Some(watcher) = &mut self.watcher else { return };
        for gone in self.folders.difference(&folders) {
            // It may be gone from the disk as well.
            let _ = watcher.unwatch(gone);
        }
        let is_watched = |folder: &PathBuf| {
            self.folders.contains(folder) || watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
        };
        self.folders = folders.into_iter().filter(is_watched).collect();
    }

    /// Whether the system tells of every change; if not, somebody has to look often.
    pub fn are_watched(&self) -> bool {
        let is_watched = |file: &Path| file.parent().is_some_and(|folder| self.folders.contains(folder));
        self.watcher.is_some() && self.files.keys().all(|file| is_watched(file))
    }

    /// Whether a file has nothing in it at this moment.
    pub fn is_any_empty(&self) -> bool {
        self.files.keys().any(|file| Stamp::of(file).is_empty())
    }

    /// Whether a file looks other than when it was followed or looked at last.
    pub fn have_changed(&mut self) -> bool {
        let mut any = false;
        for (file, before) in &mut self.files {
            let now = Stamp::of(file);
            any |= now != *before;
            *before = now;
        }
        any
    }
}

/// Reading is no change, and neither is what editors write beside a file.
fn may_be_a_save(event: &Event) -> bool {
    let is_temporary = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".tmp")
    };
    let is_of_a_file = event.paths.is_empty() || !event.paths.iter().all(is_temporary);
    !matches!(event.kind, EventKind::Access(_)) && is_of_a_file
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use notify::event::{AccessKind, CreateKind};

    #[test]
    fn what_editors_write_beside_a_file_is_no_save() {
        let event = |kind, name: &str| Event::new(kind).add_path(PathBuf::from("/case").join(name));
        let created = EventKind::Create(CreateKind::File);
        assert!(may_be_a_save(&event(created, "case.ron")));
        for name in [".case.ron.swp", "case.ron~", ".#case.ron", "4913.tmp"] {
            assert!(!may_be_a_save(&event(created, name)), "{name}");
        }
        assert!(may_be_a_save(&event(created, ".case.ron.new").add_path("/case/case.ron".into())), "a rename");
        assert!(!may_be_a_save(&event(EventKind::Access(AccessKind::Any), "case.ron")));
        assert!(may_be_a_save(&Event::new(EventKind::Any)), "something was lost");
    }

    #[test]
    fn files_that_are_not_watched_are_looked_at() {
        let file = std::env::temp_dir().join(format!("evigraph-watch-{}.ron", std::process::id()));
        let mut files = Files { watcher: None, folders: BTreeSet::new(), files: BTreeMap::new() };
        assert!(files.follow([file.clone()].into()) && !files.follow([file.clone()].into()));
        assert!(!files.are_watched() && !files.have_changed());
        fs::write(&file, "Case(").expect("it is written");
        assert!(files.have_changed() && !files.have_changed());
        fs::remove_file(&file).expect("it is removed");
        assert!(files.have_changed());
    }
}
