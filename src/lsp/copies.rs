//! The kept copies of the open cases, and what notices their changes: the editor where it tells of them, or else a look now
//! and then.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::source::Stamp;

use super::client::Client;

/// How often copies are looked at that the editor does not tell of.
const PAUSE: Duration = Duration::from_secs(2);

const ID: &str = "evigraph-copies";
const METHOD: &str = "workspace/didChangeWatchedFiles";

/// The copies that are followed.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// The folders whose files the editor tells of; none where it tells of nothing.
    watched: Vec<PathBuf>,
    /// The patterns that it was asked for.
    patterns: BTreeSet<String>,
    /// The others, each as it looked last.
    looked_at: BTreeMap<PathBuf, Stamp>,
    next: Option<Instant>,
}

impl Copies {
    /// Follows nothing yet. The editor tells of files within these folders.
    pub(super) fn new(watched: Vec<PathBuf>) -> Self {
        Self { watched, ..Self::default() }
    }

    /// Follows these files from now on, as they stand, and no others.
    pub(super) fn follow(&mut self, client: &Client, files: &BTreeSet<PathBuf>) {
        let (watched, others): (Vec<&PathBuf>, Vec<&PathBuf>) =
            files.iter().partition(|file| self.watched.iter().any(|folder| file.starts_with(folder)));
        self.ask(client, watched.into_iter().filter_map(|file| pattern(file)).collect());
        let stamp = |file: &PathBuf| self.looked_at.get(file).copied().unwrap_or_else(|| Stamp::of(file));
        self.looked_at = others.into_iter().map(|file| (file.clone(), stamp(file))).collect();
        let is_due = || self.next.unwrap_or_else(|| Instant::now() + PAUSE);
        self.next = (!self.looked_at.is_empty()).then(is_due);
    }

    fn ask(&mut self, client: &Client, patterns: BTreeSet<String>) {
        if self.patterns == patterns {
            return;
        }
        if !self.patterns.is_empty() {
            // The protocol has it so.
            client.ask("client/unregisterCapability", json!({ "unregisterations": [{ "id": ID, "method": METHOD }] }));
        }
        if !patterns.is_empty() {
            client.ask("client/registerCapability", registration(ID, &patterns));
        }
        self.patterns = patterns;
    }

    /// When the others are looked at next.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.next
    }

    /// Looks at the others if it is time to. Whether one of them has changed.
    pub(super) fn have_changed(&mut self, now: Instant) -> bool {
        if self.next.is_none_or(|next| next > now) {
            return false;
        }
        self.next = Some(now + PAUSE);
        let mut any = false;
        for (file, before) in &mut self.looked_at {
            let after = Stamp::of(file);
            any |= after != *before;
            *before = after;
        }
        any
    }
}

/// What asks the editor to tell of files that change on the disk.
pub(super) fn registration<'p>(id: &str, patterns: impl IntoIterator<Item = &'p String>) -> Value {
    let watchers: Vec<Value> = patterns.into_iter().map(|pattern| json!({ "globPattern": pattern })).collect();
    json!({ "registrations": [{ "id": id, "method": METHOD, "registerOptions": { "watchers": watchers } }] })
}

/// A pattern that means a file, and others of its name: absolute paths are not understood everywhere. What has a meaning of
/// its own in patterns is any character.
fn pattern(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    let has_meaning = |letter: char| matches!(letter, '*' | '?' | '[' | ']' | '{' | '}' | '!' | ',' | '\\');
    Some(format!("**/{}", name.replace(has_meaning, "?")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_the_file_whatever_its_name() {
        assert_eq!(pattern(Path::new("/case/copies/letter.txt")).as_deref(), Some("**/letter.txt"));
        assert_eq!(pattern(Path::new("/case/a [1], {b}*.md")).as_deref(), Some("**/a ?1?? ?b??.md"));
    }
}
