//! What an import makes of a file: entries with fields, as they are to stand in a case.

use crate::authoring::{EntryEdit, FieldEdit, Rule, Sort, quoted};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// An entry that was read from a file of another format.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What is to stand in the case.
    pub edit: EntryEdit,
    /// Where it was read.
    pub span: Span,
}

/// What was read from files of another format.
#[derive(Debug, Default)]
pub struct Imported {
    /// The title that a case made of it alone gets, if the files have one.
    pub title: Option<String>,
    /// Other fields of the case, as RON.
    pub settings: Vec<(&'static str, String)>,
    /// The entries; no two of them have the same id.
    pub entries: Vec<Entry>,
    /// What could not be carried over, and what is wrong. With an error among them nothing is to be written.
    pub diagnostics: Vec<Diagnostic>,
}

impl Imported {
    /// Whether something is so wrong that nothing is to be written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

impl Entry {
    /// An entry with no fields yet.
    pub(super) fn new(section: Sort, id: impl Into<String>, span: Span) -> Self {
        Self { edit: EntryEdit { section, id: id.into(), fields: Vec::new() }, span }
    }

    /// Sets a field to what is RON already.
    pub(super) fn ron(&mut self, name: &'static str, value: impl Into<String>, rule: Rule) {
        self.edit.fields.push(FieldEdit { name, value: value.into(), rule });
    }

    /// Sets a field to a text, if there is one.
    pub(super) fn text(&mut self, name: &'static str, text: Option<&str>, rule: Rule) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.ron(name, quoted(text), rule);
        }
    }

    /// Sets a field to a list of texts, if there are any.
    pub(super) fn texts(&mut self, name: &'static str, texts: &[impl AsRef<str>], rule: Rule) {
        if !texts.is_empty() {
            self.ron(name, list(texts.iter().map(|text| quoted(text.as_ref()))), rule);
        }
    }
}

/// A list as RON.
pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

/// A kind as RON: its word, or `Other` with a text.
macro_rules! kind {
    ($kind:expr, $sort:ident) => {
        match $kind {
            crate::model::$sort::Other(text) => format!("Other({})", crate::authoring::quoted(text)),
            known => known.word().to_owned(),
        }
    };
}

pub(super) use kind;
