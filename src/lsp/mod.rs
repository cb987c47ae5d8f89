//! The language server: what an editor asks about a case while its author writes it.
//!
//! One thread reads messages and answers from [outlines](crate::authoring::Outline) and loaded cases; a second works out
//! verdicts, a third what takes the engine and was asked for. Neither of them has a queue that grows: of an older state of
//! the texts nothing is worked out once there is a newer one. The server reads nothing but the files of cases and the
//! copies that they keep, writes nothing, and starts no program but itself, which reads PDFs apart. What goes wrong in one request is reported, and the next is answered.

mod actions;
mod analysis;
mod answers;
mod board;
mod capabilities;
mod client;
mod completion;
mod copies;
mod diagnostics;
mod documents;
mod folding;
mod formatting;
mod hints;
mod hover;
mod lenses;
mod limit;
mod navigate;
mod position;
mod rename;
mod selection;
mod server;
mod session;
mod symbols;
mod tokens;
mod uri;
mod verdicts;

pub use server::{ServeError, serve};
