//! A report as blocks of text, for formats that have pages of their own and no template: the same content, in the same order and
//! with the same numbers as in HTML and Markdown.

mod author;
mod block;
mod whole;

pub use block::{Block, Flow, Indent, Place, Row, Run, Table, Target};
