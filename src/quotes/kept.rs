//! Copies are read from the folder of their case, and from nowhere else.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::authoring::{Stray, within};
use crate::model::{Case, Document};
use crate::source::{Entry, Sources, Span, Storage};

use super::html::html;
use super::markdown::markdown;
use super::text::{CopyText, Format, Unreadable, decoded, plain};

/// The largest copy, in bytes: 64 MiB.
pub const LARGEST_COPY: u64 = 64 << 20;

/// The longest text of a copy, in bytes.
pub const LONGEST_TEXT: usize = 64 << 20;

/// What the copies of a case may have together, in bytes.
const ALL_COPIES: u64 = 1 << 30;

/// What reads the text of a PDF, page by page. Files come from strangers: a program runs this where it can do no harm. It is
/// given what all PDFs of a check have taken so far, and adds to it.
pub type PdfReader = fn(&[u8], &mut Duration) -> Result<CopyText, Unreadable>;

/// Why a copy is not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CopyTrouble {
    /// The case has no folder.
    #[error("copies are read only for a case that is read from a file")]
    NoFolder,
    /// A path out of the folder.
    #[error("it is outside the folder of the case")]
    Outside,
    /// A link out of the folder.
    #[error("it is a link that leads out of the folder of the case")]
    LinkOutside,
    /// Nothing is there.
    #[error("there is no such file")]
    Missing,
    /// What a case says is not what its source says.
    #[error("it is a file of the case itself")]
    OwnFile,
    /// A folder, a pipe, a device.
    #[error("it is not a regular file")]
    NotAFile,
    /// A file of more than [`LARGEST_COPY`].
    #[error("it is larger than 64 MiB")]
    TooLarge,
    /// More than all copies may have.
    #[error("the copies of the case have more than 1 GiB together")]
    TooMuch,
    /// What the system says.
    #[error("{0}")]
    System(String),
    /// It is no text.
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
}

/// The folder of a case, and how much may still be read from it.
#[derive(Debug)]
pub(super) struct Folder<'s> {
    storage: &'s dyn Storage,
    /// None: the case was not read from a file.
    path: Option<PathBuf>,
    left: u64,
}

impl<'s> Folder<'s> {
    /// Of a case that was read from these files, the opened one first.
    pub(super) fn of(storage: &'s dyn Storage, sources: &Sources) -> Self {
        let opened = sources.iter().next().and_then(|(_, file)| file.path());
        Self { storage, path: opened.and_then(Path::parent).map(Path::to_owned), left: ALL_COPIES }
    }

    /// The true path of a copy that a file of the case names.
    pub(super) fn find(&self, namer: Option<&Path>, named: &str) -> Result<PathBuf, CopyTrouble> {
        let (folder, namer) = self.path.as_deref().zip(namer).ok_or(CopyTrouble::NoFolder)?;
        let found = within(self.storage, folder, namer, named).map_err(|stray| match stray {
            Stray::Outside => CopyTrouble::Outside,
            Stray::LinkOutside => CopyTrouble::LinkOutside,
            Stray::Unfound { error, .. } => of_system(&error),
        })?;
        match self.storage.entry(&found).map_err(|error| of_system(&error))? {
            Entry::File { bytes } if bytes > LARGEST_COPY => Err(CopyTrouble::TooLarge),
            Entry::File { .. } => Ok(found),
            Entry::Folder | Entry::Other => Err(CopyTrouble::NotAFile),
        }
    }

    /// Where a copy is, or would be if it were there; none where that is outside of the folder.
    fn place(&self, namer: &Path, named: &str) -> Option<PathBuf> {
        match within(self.storage, self.path.as_deref()?, namer, named) {
            Ok(path) | Err(Stray::Unfound { path, .. }) => Some(path),
            Err(Stray::Outside | Stray::LinkOutside) => None,
        }
    }

    /// The bytes of a copy.
    pub(super) fn read(&mut self, path: &Path) -> Result<Vec<u8>, CopyTrouble> {
        let bytes = self.storage.read(path, LARGEST_COPY.min(self.left)).map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge if self.left < LARGEST_COPY => CopyTrouble::TooMuch,
            _ => of_system(&error),
        })?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Ok(bytes)
    }
}

/// The file that names the copy of a document.
pub(super) fn namer<'s>(document: &Document, sources: &'s Sources) -> Option<&'s Path> {
    document.declared.somewhere().and_then(|Span { file, .. }| sources.file(file).path())
}

/// The files whose change changes what becomes of the quotations of a case: its copies, and those that are named and are not
/// there. Cost: a look at each.
pub fn copy_paths(case: &Case, sources: &Sources, storage: &dyn Storage) -> BTreeSet<PathBuf> {
    let folder = Folder::of(storage, sources);
    let named = case.documents.values().filter_map(|one| Some((namer(one, sources)?, one.copy.as_deref()?)));
    named.filter_map(|(namer, named)| folder.place(namer, named)).collect()
}

fn of_system(error: &io::Error) -> CopyTrouble {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => CopyTrouble::Missing,
        io::ErrorKind::FileTooLarge => CopyTrouble::TooLarge,
        _ => CopyTrouble::System(error.to_string()),
    }
}

/// The SHA-256 of some bytes.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The same in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text of a copy. Cost: linear in its size, and what the reader of PDF takes.
pub(super) fn text_of(
    name: &str,
    bytes: &[u8],
    pdf: impl FnOnce(&[u8]) -> Result<CopyText, Unreadable>,
) -> Result<CopyText, Unreadable> {
    let format = Format::of(name, bytes)?;
    let copy = match format {
        Format::Pdf => pdf(bytes).and_then(CopyText::with_known_letters)?,
        Format::Text => plain(decoded(bytes)?.into_owned()),
        Format::Markdown => markdown(&decoded(bytes)?)?,
        Format::Html => html(&decoded(bytes)?)?,
    };
    match copy.text.len() {
        length if length > LONGEST_TEXT => Err(Unreadable::TooLong),
        _ if copy.text.trim().is_empty() && format == Format::Pdf => Err(Unreadable::Scan),
        _ if copy.text.trim().is_empty() => Err(Unreadable::NoText),
        _ => Ok(copy),
    }
}
