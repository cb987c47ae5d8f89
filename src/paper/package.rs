//! The package of a document: files in a ZIP archive, the same bytes each time.

use std::io::{Cursor, Write as _};

use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the document cannot be put together: {0}")]
pub struct PackageError(String);

impl PackageError {
    pub(super) fn of(error: impl ToString) -> Self {
        Self(error.to_string())
    }
}

/// An archive that is being written.
pub(super) struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Package {
    pub(super) fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Adds a file. All have the same time, so that the same report gives the same bytes.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), PackageError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        self.0.start_file(name, options).map_err(PackageError::of)?;
        self.0.write_all(bytes).map_err(PackageError::of)
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, PackageError> {
        Ok(self.0.finish().map_err(PackageError::of)?.into_inner())
    }
}
