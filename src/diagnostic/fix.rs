//! Mends as data: what a program can change in the author's files.

use crate::source::Span;

/// How sure it is that a fix gives what the author meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// There is one meaning that the author can have had: it may be applied without asking.
    Safe,
    /// It is likely, or one of several ways out: the author decides.
    Unsafe,
}

/// One change of a text: the bytes of `span` become `replacement`. An empty span inserts, an empty replacement deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// One way out of a problem, which can be applied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "add `,`".
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// The changes, in the order of their places; no two of them overlap.
    pub edits: Vec<TextEdit>,
}

impl Fix {
    /// A fix that may be applied without asking.
    pub fn safe(title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        Self::new(title, Safety::Safe, span, replacement)
    }

    /// A fix that the author has to decide on.
    pub fn suggested(title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        Self::new(title, Safety::Unsafe, span, replacement)
    }

    fn new(title: impl Into<String>, safety: Safety, span: Span, replacement: impl Into<String>) -> Self {
        Self { title: title.into(), safety, edits: vec![TextEdit { span, replacement: replacement.into() }] }
    }

    /// Changes one more place, which is behind the others.
    #[must_use]
    pub fn and(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.edits.push(TextEdit { span, replacement: replacement.into() });
        self
    }
}
