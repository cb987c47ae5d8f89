//! A case as an article, with its verdict in words: the content once, in `article`, and a template for each format.

mod article;
mod render;

pub use article::{Brief, Document, document};
pub use render::{brief_html, brief_markdown, html, markdown};
