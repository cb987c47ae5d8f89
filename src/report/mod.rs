//! A case as an article, with its verdict in words: the content once, in `article`, and a template for each format.

mod article;
mod flow;
mod render;

pub use article::{Brief, Document, document, document_with};
pub use flow::{Block, Flow, Indent, Place, Row, Run, Table, Target};
pub use render::{
    Figure, Markup, Pictures, brief_html, brief_markdown, html, html_with, markdown, markdown_with, no_more_pictures,
};
