//! Mends as data: what a program can change in the author's files.

use std::ops::Range;

use serde::Serialize;

use crate::source::{FileId, Span};

use super::Diagnostic;

/// How sure it is that a fix gives what the author meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// There is one meaning that the author can have had: it may be applied without asking.
    Safe,
    /// It is likely: the author looks at what comes of it.
    Unsafe,
    /// It is one of several ways out between which only the author can choose: it is never applied with others.
    Manual,
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

/// The first fix of each problem that is at least so safe, as far as they leave each other alone: of two that meet, the
/// first. Cost: the square of their number.
pub fn chosen(problems: &[Diagnostic], least: Safety) -> Vec<&Fix> {
    let mut chosen: Vec<&Fix> = Vec::new();
    for problem in problems {
        let fix = problem.fixes.iter().find(|fix| fix.safety <= least);
        if let Some(fix) = fix.filter(|fix| !chosen.iter().any(|other| fix.meets(other))) {
            chosen.push(fix);
        }
    }
    chosen
}

/// A file's text after the edits that are in it, which are not to overlap.
pub fn edited<'e>(file: FileId, text: &str, edits: impl IntoIterator<Item = &'e TextEdit>) -> String {
    let mut edits: Vec<&TextEdit> = edits.into_iter().filter(|edit| edit.span.file == file).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    spliced(text, edits.into_iter().map(|edit| (edit.span.range(), edit.replacement.as_str())))
}

/// A text with other words in the place of some bytes, which are in order and do not overlap.
pub fn spliced<'e>(text: &str, changes: impl IntoIterator<Item = (Range<usize>, &'e str)>) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (bytes, replacement) in changes {
        out.push_str(&text[at..bytes.start]);
        out.push_str(replacement);
        at = bytes.end;
    }
    out.push_str(&text[at..]);
    out
}

impl Fix {
    /// Whether edits of two fixes overlap, or touch each other.
    fn meets(&self, other: &Self) -> bool {
        let meet = |a: Span, b: Span| a.file == b.file && a.start <= b.end && b.start <= a.end;
        self.edits.iter().any(|edit| other.edits.iter().any(|one| meet(edit.span, one.span)))
    }

    /// Whether it can be applied without a choice between several ways out.
    pub(super) fn is_alone(&self) -> bool {
        self.safety != Safety::Manual
    }

    /// A fix that may be applied without asking.
    pub fn safe(title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        Self::new(title, Safety::Safe, span, replacement)
    }

    /// A fix that the author has to look at.
    pub fn suggested(title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        Self::new(title, Safety::Unsafe, span, replacement)
    }

    /// A fix of one place.
    pub fn new(title: impl Into<String>, safety: Safety, span: Span, replacement: impl Into<String>) -> Self {
        Self { title: title.into(), safety, edits: vec![TextEdit { span, replacement: replacement.into() }] }
    }

    /// Changes one more place, which is behind the others or in another file.
    #[must_use]
    pub fn and(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.edits.push(TextEdit { span, replacement: replacement.into() });
        self
    }
}
