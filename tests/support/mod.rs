//! What the tests of the semantics share: a short way to write a case, random cases, and a way to try things on
//! many of them that makes a failing case small.

pub mod random;
pub mod reduce;
pub mod sketch;
pub mod tool;
pub mod trials;
pub mod worlds;

use std::path::{Path, PathBuf};

use evigraph::{Case, Input, load};

/// Every shipped case, with its path.
pub fn shipped() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("graphs/").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let loaded = load(Input::Path(path.clone())).ok()?;
        Some((path.display().to_string(), loaded.case.expect("it is well formed")))
    };
    files.iter().filter_map(read).collect()
}
