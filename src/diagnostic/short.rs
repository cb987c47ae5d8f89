//! One line for each problem, for editors and `grep`.

use std::fmt::Write as _;

use crate::source::Sources;

use super::place::Places;
use super::{Diagnostic, visible};

/// Each problem on a line of its own: `file:line:column: severity[code]: message`.
///
/// A problem without a place starts with its severity. Cost: linear in the files that are named and in
/// the number of problems.
pub fn short(problems: &[Diagnostic], sources: &Sources) -> String {
    let places = Places::new(sources);
    let mut out = String::new();
    for problem in problems {
        if let Some(span) = problem.span {
            let start = places.position(span.file, span.start);
            let _ = write!(out, "{}:{}:{}: ", visible(places.name(span.file)), start.line, start.column);
        }
        let (severity, code) = (problem.severity(), problem.code);
        let _ = writeln!(out, "{severity}[{code}]: {}", visible(&problem.message));
    }
    out
}
