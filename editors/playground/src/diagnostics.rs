//! What is wrong with a case, as the page marks it in the text and mends it.

use std::collections::BTreeMap;

use evigraph::internals::assist::{is_unnecessary, message, place};
use evigraph::internals::source::FileId;
use evigraph::{Diagnostic, Fix, Loaded, Safety, Severity, TextEdit};
use serde_json::{Value, json};

use crate::columns::Columns;

/// Diagnostics with their places in UTF-16 units and the changes that mend them.
pub fn diagnostics(loaded: &Loaded, diagnostics: &[Diagnostic]) -> Vec<Value> {
    let mut places = Places { loaded, columns: BTreeMap::new() };
    diagnostics.iter().map(|problem| places.diagnostic(problem)).collect()
}

struct Places<'l> {
    loaded: &'l Loaded,
    columns: BTreeMap<FileId, Columns>,
}

impl Places<'_> {
    fn place(&mut self, span: evigraph::Span) -> (String, u32, u32) {
        let file = self.loaded.sources.file(span.file);
        let columns = self.columns.entry(span.file).or_insert_with(|| Columns::of(file.text()));
        let name = file.path().map(|path| path.to_string_lossy().trim_start_matches('/').to_owned());
        let range = span.range();
        (name.unwrap_or_default(), columns.unit(range.start), columns.unit(range.end))
    }

    fn diagnostic(&mut self, problem: &Diagnostic) -> Value {
        let place = place(problem, &self.loaded.sources).map(|span| self.place(span));
        let (file, from, to) = place.unwrap_or_default();
        let is_error = problem.severity() == Severity::Error;
        json!({
            "file": file, "from": from, "to": to,
            "severity": if is_error { "error" } else { "warning" },
            "code": problem.code.name(),
            "message": message(problem),
            "is_unnecessary": is_unnecessary(problem.code),
            "fixes": problem.fixes.iter().map(|fix| self.fix(fix)).collect::<Vec<_>>(),
        })
    }

    fn fix(&mut self, fix: &Fix) -> Value {
        json!({
            "title": fix.title,
            "is_safe": fix.safety == Safety::Safe,
            "edits": fix.edits.iter().map(|edit| self.edit(edit)).collect::<Vec<_>>(),
        })
    }

    fn edit(&mut self, edit: &TextEdit) -> Value {
        let (file, from, to) = self.place(edit.span);
        json!({ "file": file, "from": from, "to": to, "insert": edit.replacement })
    }
}
