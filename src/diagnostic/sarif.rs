//! Problems as SARIF, the format of results that code hosts and editors read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::escape;
use crate::source::Span;

use super::checked::said;
use super::fingerprint::Fingerprints;
use super::place::Places;
use super::{Checked, Code, Diagnostic, Fix, Paths, Severity, TextEdit, code_page};

/// The problems of several cases as one run of SARIF 2.1.0 (OASIS 2023), indented, with a line break at the end.
///
/// Columns count Unicode code points. A rule is described where one of its problems is there. Fixes are those that may be
/// applied without asking, or are likely; of which only the author can choose, there is none. Cost: linear in the files
/// that are named and in the number of problems.
pub fn sarif(cases: &[Checked<'_>], paths: Paths<'_>) -> String {
    let codes: BTreeSet<Code> = cases.iter().flat_map(|case| case.problems).map(|problem| problem.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let mut fingerprints = Fingerprints::default();
    let mut results = Vec::new();
    for case in cases {
        let log = Log { case, paths, places: Places::new(case.sources), codes: &codes };
        results.extend(case.problems.iter().map(|problem| log.result(problem, &mut fingerprints)));
    }
    let page = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "evigraph",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|&code| rule(code)).collect::<Value>(),
            } },
            "invocations": [invocation(cases.iter().any(|case| case.is_part))],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    escape::json(&format!("{page:#}\n")).into_owned()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn rule(code: Code) -> Value {
    let explanation = code.explanation();
    let first = explanation.split_inclusive(". ").next().unwrap_or(explanation).trim_end();
    json!({
        "id": code.name(),
        "shortDescription": { "text": first },
        "fullDescription": { "text": explanation },
        "help": { "text": explanation, "markdown": code_page(code) },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn invocation(is_part: bool) -> Value {
    let left_out = "a ceiling was reached: what takes the verdicts was not checked of every statement";
    let notice = json!({ "level": "error", "message": { "text": left_out } });
    let notices: Vec<Value> = is_part.then_some(notice).into_iter().collect();
    json!({ "executionSuccessful": !is_part, "toolExecutionNotifications": notices })
}

/// The problems of one case.
struct Log<'p> {
    case: &'p Checked<'p>,
    paths: Paths<'p>,
    places: Places<'p>,
    codes: &'p [Code],
}

impl Log<'_> {
    fn result(&self, problem: &Diagnostic, fingerprints: &mut Fingerprints) -> Value {
        let span = problem.span.or_else(|| self.start());
        let path = span.map(|span| self.paths.of(self.case.sources, span.file)).unwrap_or_default();
        let entries = problem.about.iter().map(|id| json!({ "name": id }));
        let mut location = span.map_or_else(|| json!({}), |span| self.location(span));
        if !problem.about.is_empty() {
            location["logicalLocations"] = entries.collect();
        }
        let related = problem.related.iter().enumerate().map(|(index, (span, message))| {
            let mut related = self.location(*span);
            related["id"] = index.into();
            related["message"] = text(message);
            related
        });
        let mut result = json!({
            "ruleId": problem.code.name(),
            "ruleIndex": self.codes.binary_search(&problem.code).ok(),
            "level": level(problem.severity()),
            "message": text(&said(problem)),
            "locations": [location],
            "relatedLocations": related.collect::<Value>(),
            "partialFingerprints": { "evigraph/v1": fingerprints.of(&path, problem) },
        });
        let fixes: Value = problem.fixes.iter().filter(|fix| fix.is_alone()).map(|fix| self.fix(fix)).collect();
        if fixes != json!([]) {
            result["fixes"] = fixes;
        }
        result
    }

    /// The start of the opened file: the place of what is about the case as a whole, since code hosts refuse a result
    /// that has none.
    fn start(&self) -> Option<Span> {
        self.case.sources.iter().next().map(|(file, _)| Span::new(file, 0..0))
    }

    fn artifact(&self, span: Span) -> Value {
        json!({ "uri": uri(&self.paths.of(self.case.sources, span.file)) })
    }

    fn region(&self, span: Span) -> Value {
        let (start, end) = self.places.ends(span);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }

    fn location(&self, span: Span) -> Value {
        json!({ "physicalLocation": { "artifactLocation": self.artifact(span), "region": self.region(span) } })
    }

    /// A fix, with the changes of each file together.
    fn fix(&self, fix: &Fix) -> Value {
        let change = |edits: &[TextEdit]| {
            let replacement = |edit: &TextEdit| json!({ "deletedRegion": self.region(edit.span), "insertedContent": { "text": edit.replacement } });
            json!({
                "artifactLocation": self.artifact(edits[0].span),
                "replacements": edits.iter().map(replacement).collect::<Value>(),
            })
        };
        let changes = fix.edits.chunk_by(|one, other| one.span.file == other.span.file).map(change);
        json!({ "description": text(&fix.title), "artifactChanges": changes.collect::<Value>() })
    }
}

/// A message in which nothing is a link: `[…](…)` would be one, unless its brackets are escaped.
fn text(message: &str) -> Value {
    let message = if message.contains("](") {
        message.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        message.to_owned()
    };
    json!({ "text": message })
}

/// A path as a relative reference, or an absolute one as the address of a file (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use std::path::Path;

    #[test]
    fn what_has_no_place_stands_at_the_start_of_the_opened_file() {
        let sources = Sources::new();
        sources.add("/repo/case.ron", None, "Case()".to_owned());
        let problems = [Diagnostic::unplaced(Code::TooMany, "more")];
        let checked = Checked { problems: &problems, sources: &sources, expected: &[], is_part: false };
        let log = sarif(&[checked], Paths { root: Path::new("/repo") });
        let log: Value = serde_json::from_str(&log).expect("JSON");
        let place = json!({
            "artifactLocation": { "uri": "case.ron" },
            "region": { "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 },
        });
        assert_eq!(log["runs"][0]["results"][0]["locations"], json!([{ "physicalLocation": place }]));
    }

    #[test]
    fn paths_are_relative_references() {
        assert_eq!(uri("cases/a b/fälle.ron"), "cases/a%20b/f%C3%A4lle.ron");
        assert_eq!(uri("/cases/a%.ron"), "file:///cases/a%25.ron");
        assert_eq!(uri("javascript:alert(1)"), "javascript%3Aalert%281%29");
    }

    #[test]
    fn nothing_that_an_author_wrote_is_a_link() {
        assert_eq!(text("`a[0]` is a list `[…]`"), json!({ "text": "`a[0]` is a list `[…]`" }));
        assert_eq!(text(r"[here](https://example.org) \"), json!({ "text": r"\[here\](https://example.org) \\" }));
    }
}
