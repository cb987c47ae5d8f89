//! Problems for programs.

use serde::Serialize;

use crate::escape;
use crate::source::{Sources, Span};

use super::place::Places;
use super::{Diagnostic, Fix, Safety, Severity, TextEdit};

/// The name of the shape that [`json`] writes.
const SCHEMA: &str = "evigraph/diagnostics/1";

#[derive(Serialize)]
struct Page<'p> {
    schema: &'static str,
    diagnostics: Vec<Entry<'p>>,
}

#[derive(Serialize)]
struct Entry<'p> {
    severity: Severity,
    code: &'static str,
    message: &'p str,
    #[serde(flatten)]
    place: Place<'p>,
    label: Option<&'p str>,
    help: Option<&'p str>,
    fixes: Vec<Offer<'p>>,
    related: Vec<Related<'p>>,
    about: &'p [String],
}

/// A way out that can be applied as it is.
#[derive(Serialize)]
struct Offer<'p> {
    title: &'p str,
    safety: Safety,
    edits: Vec<Edit<'p>>,
}

#[derive(Serialize)]
struct Edit<'p> {
    #[serde(flatten)]
    place: Place<'p>,
    replacement: &'p str,
}

impl<'p> Offer<'p> {
    fn new(fix: &'p Fix, places: &Places<'p>) -> Self {
        let edit = |edit: &'p TextEdit| Edit { place: Place::new(edit.span, places), replacement: &edit.replacement };
        Self { title: &fix.title, safety: fix.safety, edits: fix.edits.iter().map(edit).collect() }
    }
}

#[derive(Serialize)]
struct Related<'p> {
    #[serde(flatten)]
    place: Place<'p>,
    message: &'p str,
}

/// All null where a problem concerns the case as a whole.
#[derive(Serialize, Default)]
struct Place<'p> {
    file: Option<&'p str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

impl<'p> Place<'p> {
    fn new(span: Span, places: &Places<'p>) -> Self {
        let (start, end) = places.ends(span);
        Self {
            file: Some(places.name(span.file)),
            line: Some(start.line),
            column: Some(start.column),
            end_line: Some(end.line),
            end_column: Some(end.column),
        }
    }
}

impl<'p> Entry<'p> {
    fn new(problem: &'p Diagnostic, places: &Places<'p>) -> Self {
        let related = problem.related.iter();
        Self {
            severity: problem.severity(),
            code: problem.code.name(),
            message: &problem.message,
            place: problem.span.map(|span| Place::new(span, places)).unwrap_or_default(),
            label: problem.label.as_deref(),
            help: problem.help.as_deref(),
            fixes: problem.fixes.iter().map(|fix| Offer::new(fix, places)).collect(),
            related: related.map(|(span, message)| Related { place: Place::new(*span, places), message }).collect(),
            about: &problem.about,
        }
    }
}

/// The problems as JSON of the schema `evigraph/diagnostics/1`, indented, with a line break at the end.
///
/// Those of several cases stand one after another. Lines and columns count from 1, columns in characters;
/// `end_column` is one past the last character. Each fix has its edits in the order of their places; where `line` and
/// `column` are those of the end, something is inserted. Cost: linear in the files that are named and in the number of
/// problems.
///
/// # Panics
///
/// Never: strings and numbers always have a JSON form.
pub fn json<'p>(cases: impl IntoIterator<Item = (&'p [Diagnostic], &'p Sources)>) -> String {
    let mut diagnostics = Vec::new();
    for (problems, sources) in cases {
        let places = Places::new(sources);
        diagnostics.extend(problems.iter().map(|problem| Entry::new(problem, &places)));
    }
    let page = Page { schema: SCHEMA, diagnostics };
    let mut text = serde_json::to_string_pretty(&page).expect("strings and numbers have a JSON form");
    text.push('\n');
    escape::json(&text).into_owned()
}
