//! Problems as annotations of a pull request: commands to the runner of GitHub's workflows, which it takes from what a
//! step prints.

use std::fmt::Write as _;

use super::checked::said;
use super::place::Places;
use super::{Checked, Paths, Severity, visible};

/// Each problem of several cases as a command on a line of its own, `::error file=…,line=…,…,title=…::message`.
///
/// What an author wrote ends neither a property nor the command. Cost: linear in the files that are named and in the
/// number of problems.
pub fn github(cases: &[Checked<'_>], paths: Paths<'_>) -> String {
    let mut out = String::new();
    for case in cases {
        let places = Places::new(case.sources);
        for problem in case.problems {
            let command = match problem.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let _ = write!(out, "::{command} ");
            if let Some(span) = problem.span {
                let (start, end) = places.ends(span);
                let file = property(&paths.of(case.sources, span.file));
                let _ = write!(out, "file={file},line={},endLine={},", start.line, end.line);
                // Columns mean something on one line only, and are refused otherwise.
                if start.line == end.line {
                    let _ = write!(out, "col={},endColumn={},", start.column, end.column);
                }
            }
            let _ =
                writeln!(out, "title={}::{}", property(&format!("evigraph {}", problem.code)), data(&said(problem)));
        }
    }
    out
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic};
    use super::*;
    use crate::source::{Sources, Span};
    use std::path::Path;

    #[test]
    fn nothing_that_an_author_wrote_is_a_command() {
        let sources = Sources::new();
        let file = sources.add("/repo/a,b:c%\n::stop.ron", None, "ä x\ny".to_owned());
        let problems = [
            Diagnostic::new(Code::UnknownId, Span::new(file, 3..4), "no `x\n::error::y%0A`").help("did\r\nyou?"),
            Diagnostic::new(Code::Unused, Span::new(file, 3..6), "two lines"),
            Diagnostic::unplaced(Code::TooMany, "more"),
        ];
        let checked = Checked { problems: &problems, sources: &sources, expected: &[], is_part: false };
        assert_eq!(
            github(&[checked], Paths { root: Path::new("/repo") }),
            "::error file=a%2Cb%3Ac%25 %3A%3Astop.ron,line=1,endLine=1,col=3,endColumn=4,title=evigraph unknown-id::no `x \
             ::error::y%250A`%0Ahelp: did  you?\n\
             ::warning file=a%2Cb%3Ac%25 %3A%3Astop.ron,line=1,endLine=2,title=evigraph unused::two lines\n\
             ::warning title=evigraph too-many::more\n"
        );
    }
}
