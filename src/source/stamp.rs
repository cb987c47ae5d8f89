//! What a file looks like from outside, so that a change is noticed without reading it.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// How a file looked at one moment: whether it was there, how long it was, when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(Option<(u64, Option<SystemTime>)>);

impl Stamp {
    /// Of the file at a path, links followed.
    pub fn of(path: &Path) -> Self {
        let metadata = fs::metadata(path).ok();
        Self(metadata.map(|metadata| (metadata.len(), metadata.modified().ok())))
    }

    /// Whether the file was there, with nothing in it.
    pub fn is_empty(self) -> bool {
        self.0.is_some_and(|(length, _)| length == 0)
    }
}
