//! Problems as a report of code quality, which GitLab shows in merge requests.

use serde_json::{Value, json};

use crate::escape;
use crate::source::FileId;

use super::checked::said;
use super::fingerprint::Fingerprints;
use super::place::Places;
use super::{Checked, Diagnostic, Paths, Severity};

/// The problems of several cases as one list in GitLab's format of code quality, with a line break at the end.
///
/// A problem of a case as a whole stands on the first line of the opened file, as every entry needs a place. Cost: linear
/// in the files that are named and in the number of problems.
pub fn gitlab(cases: &[Checked<'_>], paths: Paths<'_>) -> String {
    let mut fingerprints = Fingerprints::default();
    let mut entries = Vec::new();
    for case in cases {
        let places = Places::new(case.sources);
        entries.extend(case.problems.iter().map(|problem| entry(problem, case, &places, paths, &mut fingerprints)));
    }
    escape::json(&format!("{:#}\n", Value::Array(entries))).into_owned()
}

fn entry(
    problem: &Diagnostic,
    case: &Checked<'_>,
    places: &Places<'_>,
    paths: Paths<'_>,
    fingerprints: &mut Fingerprints,
) -> Value {
    let opened = || case.sources.iter().next().map(|(file, _)| file);
    let file: Option<FileId> = problem.span.map(|span| span.file).or_else(opened);
    let path = file.map(|file| paths.of(case.sources, file)).unwrap_or_default();
    let lines = problem.span.map_or([1, 1], |span| {
        let (start, end) = places.ends(span);
        [start.line, end.line]
    });
    json!({
        "description": said(problem).replace("\nhelp: ", ": "),
        "check_name": problem.code.name(),
        "fingerprint": fingerprints.of(&path, problem),
        "severity": match problem.severity() {
            Severity::Error => "critical",
            Severity::Warning => "minor",
        },
        "location": { "path": path, "lines": { "begin": lines[0], "end": lines[1] } },
    })
}
