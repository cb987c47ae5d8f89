//! A case checked whole: its files, and what only verdicts can show.

use crate::authoring::{Allowances, Loaded};
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Method, Scenario};
use crate::logic::Budget;

use super::verdicts::verdict_diagnostics;

/// Adds to the diagnostics of a loaded case those that take its verdicts, as `evigraph check` reports them: expectations
/// that do not hold, remarks on verdicts, and warnings that are allowed for nothing. All are in the order of the files.
///
/// Cost: that of every verdict of the case, by [`Method::Auto`].
pub fn check(mut loaded: Loaded) -> Loaded {
    if let Some(case) = &loaded.case {
        let engine = Engine::with_method(case, Scenario::default(), Method::Auto, Budget::default());
        let diagnostics = std::mem::take(&mut loaded.diagnostics);
        loaded.diagnostics = with_remarks(diagnostics, verdict_diagnostics(&engine), &mut loaded.allowances);
    }
    loaded
}

/// The diagnostics of the files of a case together with those of its verdicts, but those that the case allows.
pub fn with_remarks(
    mut diagnostics: Vec<Diagnostic>,
    of_verdicts: Vec<Diagnostic>,
    allowances: &mut Allowances,
) -> Vec<Diagnostic> {
    diagnostics.extend(allowances.silence(of_verdicts));
    diagnostics.extend(allowances.unused());
    diagnostics.sort_by_key(|problem| (problem.span.is_none(), problem.span));
    diagnostics
}
