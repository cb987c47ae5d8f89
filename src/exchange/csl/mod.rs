//! Bibliographies in CSL-JSON, as Zotero and others write them.

mod dates;
mod export;
mod import;
mod names;

pub use export::export;
pub(super) use import::import;
