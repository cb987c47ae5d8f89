//! A check as a run of tests, in the XML of JUnit: what most servers of continuous integration show.
//!
//! A suite is a case. It has a test for each of its files, which fails if there is an error in it, and one for each verdict
//! that is expected: their names stay the same from run to run.

use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::escape::xml;
use crate::source::{FileId, Span};

use super::checked::said;
use super::place::Places;
use super::{Checked, Diagnostic, Paths, short, visible};

/// The checks of several cases as JUnit XML, with a line break at the end.
///
/// Warnings fail no test; they are the output of the suite. Cost: linear in the files and, for each of them, in the
/// number of problems.
pub fn junit(cases: &[Checked<'_>], paths: Paths<'_>) -> String {
    let suites: Vec<Suite> = cases.iter().map(|case| Suite::of(case, paths)).collect();
    let [tests, failures, skipped] =
        [Suite::tests, Suite::failures, Suite::skipped].map(|count| suites.iter().map(count).sum::<usize>());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"evigraph check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
    );
    suites.iter().for_each(|suite| suite.write(&mut out));
    out + "</testsuites>\n"
}

/// How a test ended.
enum Outcome {
    Passed,
    /// A ceiling was reached before it was known.
    Skipped,
    /// With its codes, in short, and at length.
    Failed {
        kind: String,
        message: String,
        text: String,
    },
}

struct Test {
    name: String,
    path: String,
    line: usize,
    outcome: Outcome,
}

struct Suite {
    name: String,
    tests: Vec<Test>,
    warnings: String,
}

impl Suite {
    fn of(case: &Checked<'_>, paths: Paths<'_>) -> Self {
        let name = case.sources.iter().next().map(|(file, _)| paths.of(case.sources, file));
        let places = Places::new(case.sources);
        let of_verdicts = of_verdicts(case);
        let files = case.sources.iter().map(|(file, _)| {
            let path = paths.of(case.sources, file);
            well_formed(file, case, &of_verdicts, path)
        });
        let expected = case.expected.iter().map(|one| Test {
            name: one.name.clone(),
            path: paths.of(case.sources, one.span.file),
            line: places.position(one.span.file, one.span.start).line,
            outcome: match of_verdicts.get(&one.span) {
                Some(problem) => failed(problem),
                None if case.is_part => Outcome::Skipped,
                None => Outcome::Passed,
            },
        });
        let warnings: Vec<Diagnostic> = case.problems.iter().filter(|one| !one.is_error()).cloned().collect();
        Self {
            name: name.unwrap_or_default(),
            tests: files.chain(expected).collect(),
            warnings: short(&warnings, case.sources),
        }
    }

    fn tests(&self) -> usize {
        self.tests.len()
    }

    fn failures(&self) -> usize {
        self.tests.iter().filter(|test| matches!(test.outcome, Outcome::Failed { .. })).count()
    }

    fn skipped(&self) -> usize {
        self.tests.iter().filter(|test| matches!(test.outcome, Outcome::Skipped)).count()
    }

    fn write(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
            attribute(&self.name),
            self.tests(),
            self.failures(),
            self.skipped()
        );
        self.tests.iter().for_each(|test| test.write(out));
        if !self.warnings.is_empty() {
            let _ = writeln!(out, "    <system-out>{}</system-out>", xml(&self.warnings));
        }
        *out += "  </testsuite>\n";
    }
}

impl Test {
    fn write(&self, out: &mut String) {
        let (name, path) = (attribute(&self.name), attribute(&self.path));
        let _ =
            write!(out, "    <testcase name=\"{name}\" classname=\"{path}\" file=\"{path}\" line=\"{}\"", self.line);
        let _ = match &self.outcome {
            Outcome::Passed => writeln!(out, "/>"),
            Outcome::Skipped => {
                writeln!(
                    out,
                    ">\n      <skipped message=\"a ceiling was reached before this was checked\"/>\n    </testcase>"
                )
            }
            Outcome::Failed { kind, message, text } => {
                let (kind, message, text) = (attribute(kind), attribute(message), xml(text));
                let failure = format!("<failure type=\"{kind}\" message=\"{message}\">{text}</failure>");
                writeln!(out, ">\n      {failure}\n    </testcase>")
            }
        };
    }
}

/// A text on one line, in quotation marks.
fn attribute(text: &str) -> String {
    xml(&visible(text))
}

/// The test of a file: no error in it but that a verdict is another than expected. What has no place is tested with the
/// opened file.
fn well_formed(file: FileId, case: &Checked<'_>, of_verdicts: &FxHashMap<Span, &Diagnostic>, path: String) -> Test {
    let is_here = |problem: &Diagnostic| match problem.span {
        Some(span) => span.file == file && !of_verdicts.contains_key(&span),
        None => file.index() == 0,
    };
    let errors = case.problems.iter().filter(|problem| problem.is_error() && is_here(problem));
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    let outcome = match &errors[..] {
        [] => Outcome::Passed,
        [one] => failed(one),
        several => Outcome::Failed {
            kind: several[0].code.name().to_owned(),
            message: format!("{} errors", several.len()),
            text: short(several, case.sources),
        },
    };
    Test { name: "well formed".to_owned(), path, line: 1, outcome }
}

/// The problems that are about expectations, by the places of those.
fn of_verdicts<'p>(case: &Checked<'p>) -> FxHashMap<Span, &'p Diagnostic> {
    let expected: FxHashSet<Span> = case.expected.iter().map(|expected| expected.span).collect();
    let problems = case.problems.iter().filter(|problem| problem.is_error());
    problems.filter_map(|problem| Some((problem.span.filter(|span| expected.contains(span))?, problem))).collect()
}

fn failed(problem: &Diagnostic) -> Outcome {
    Outcome::Failed { kind: problem.code.name().to_owned(), message: problem.message.clone(), text: said(problem) }
}
