//! A case checked whole: its files, and what only verdicts can show.

use crate::authoring::{Allowances, Loaded, offer_fixes, worded};
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Method, Scenario, Watch};
use crate::logic::Budget;
use crate::model::Case;

use super::verdicts::verdict_diagnostics;

/// Adds to the diagnostics of a loaded case those that take its verdicts, as `evigraph check` reports them: expectations
/// that do not hold, remarks on verdicts, and warnings that are allowed for nothing. All are in the order of the files.
///
/// Cost: that of every verdict of the case, by [`Method::Auto`].
pub fn check(loaded: Loaded) -> Loaded {
    check_watched(loaded, Watch::default())
}

/// The same, watched: after a stop nothing more is said that takes a verdict.
pub fn check_watched(mut loaded: Loaded, watch: Watch) -> Loaded {
    if let Some(case) = &loaded.case {
        let engine = Engine::with_method(case, Scenario::default(), Method::Auto, Budget::default()).watched(watch);
        let remarks = verdict_diagnostics(&engine);
        (loaded.diagnostics, loaded.allowances) = with_remarks(&loaded, case, remarks);
    }
    loaded
}

/// The diagnostics of the files of a case together with those of its verdicts, but those that the case allows; and what
/// it allows.
pub fn with_remarks(loaded: &Loaded, case: &Case, of_verdicts: Vec<Diagnostic>) -> (Vec<Diagnostic>, Allowances) {
    let mut allowances = loaded.allowances.clone();
    let mut remarks = allowances.silence(of_verdicts);
    offer_fixes(&mut remarks, case, &loaded.sources);
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(remarks);
    diagnostics.extend(allowances.unused(&loaded.sources));
    diagnostics.sort_by_key(|problem| (problem.span.is_none(), problem.span));
    worded(&mut diagnostics, &loaded.sources);
    (diagnostics, allowances)
}
