//! Mends as data: what a program can change in the author's files.

use std::collections::BTreeMap;
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
/// first. Cost: the number of edits times its logarithm.
pub fn chosen(problems: &[Diagnostic], least: Safety) -> Vec<&Fix> {
    let mut changed = Changed::default();
    let fixes = problems.iter().filter_map(|problem| problem.fixes.iter().find(|fix| fix.safety <= least));
    fixes.filter(|fix| changed.take(fix)).collect()
}

/// The places that fixes change: where each begins, and where it ends.
#[derive(Default)]
struct Changed(BTreeMap<(FileId, u32), u32>);

impl Changed {
    /// Takes the places of a fix, unless one of them overlaps or touches one of another fix.
    fn take(&mut self, fix: &Fix) -> bool {
        let is_free = fix.edits.iter().all(|edit| !self.meets(edit.span));
        if is_free {
            for Span { file, start, end } in fix.edits.iter().map(|edit| edit.span) {
                let known = self.0.entry((file, start)).or_insert(end);
                *known = end.max(*known);
            }
        }
        is_free
    }

    /// Places are apart, so that of those which begin early enough the last one ends last.
    fn meets(&self, Span { file, start, end }: Span) -> bool {
        let before = self.0.range((file, 0)..=(file, end)).next_back();
        before.is_some_and(|(_, &last)| start <= last)
    }
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

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;
    use crate::source::Sources;

    #[test]
    fn of_fixes_that_meet_the_first_is_chosen() {
        let sources = Sources::new();
        let [file, other] = ["a", "b"].map(|name| sources.add(name, None, String::new()));
        let fix = |places: &[(FileId, Range<usize>)]| {
            let edits = places
                .iter()
                .map(|(file, bytes)| TextEdit { span: Span::new(*file, bytes.clone()), replacement: String::new() });
            Fix { title: format!("{places:?}"), safety: Safety::Safe, edits: edits.collect() }
        };
        let chosen_of = |fixes: &[Fix]| -> Vec<String> {
            let problems = fixes.iter().map(|fix| Diagnostic::unplaced(Code::Syntax, "").fix(fix.clone()));
            let problems: Vec<Diagnostic> = problems.collect();
            chosen(&problems, Safety::Safe).into_iter().map(|fix| fix.title.clone()).collect()
        };
        let first = fix(&[(file, 10..20), (file, 30..30)]);
        for apart in [fix(&[(file, 0..9)]), fix(&[(file, 21..29)]), fix(&[(file, 31..40)]), fix(&[(other, 12..13)])] {
            assert_eq!(chosen_of(&[first.clone(), apart]).len(), 2);
        }
        for met in [0..10, 12..13, 20..25, 25..30, 30..30, 0..40] {
            let chosen = chosen_of(&[first.clone(), fix(&[(other, 0..1), (file, met)])]);
            assert_eq!(chosen, std::slice::from_ref(&first.title));
        }
    }
}
