//! What an import could not carry over, reported once for each sort of thing.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Gathers what is lost. Fields that a case has no place for are reported once for each name, with how often they stand there.
#[derive(Debug, Default)]
pub(super) struct Losses {
    problems: Diagnostics,
    fields: BTreeMap<String, (Span, usize)>,
}

impl Losses {
    /// A problem with a place and a way out.
    pub(super) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Something was not carried over, or not as it was.
    pub(super) fn lost(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::new(Code::NotImported, span, message).help(help));
    }

    /// A case has no place for a field, or for another part of its entry, that goes by a name.
    pub(super) fn field(&mut self, name: &str, span: Span) {
        // Names come from strangers as well.
        const MOST: usize = 500;
        let is_new = !self.fields.contains_key(name);
        if !is_new || self.fields.len() < MOST {
            self.fields.entry(name.to_owned()).or_insert((span, 0)).1 += 1;
        }
    }

    /// Everything, in the order of the files.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for (name, (span, count)) in std::mem::take(&mut self.fields) {
            let times = match count {
                1 => String::new(),
                count => format!("; it is there {count} times, here first"),
            };
            let help = "write what matters of it into the `note` of its entry";
            self.lost(span, format!("a case has no place for `{name}`{times}"), help);
        }
        self.problems.finish()
    }
}
