//! A case as an article, with its verdict in words: the content once, in `article`, and a template for each format.

mod article;
mod render;

pub use article::{Document, document};
pub use render::{html, markdown};
