//! A report on paper: set in pages as PDF, and as a document for a word processor.

mod columns;
#[cfg(feature = "docx")]
mod docx;
mod lines;
#[cfg(feature = "docx")]
mod package;
mod pages;
mod setter;

#[cfg(feature = "docx")]
pub use docx::docx;
#[cfg(feature = "docx")]
pub use package::PackageError;
pub use pages::{one_page, pages};
