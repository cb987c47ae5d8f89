//! A case checked whole: its files, and what only verdicts can show.

use crate::authoring::Loaded;
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
        let remarks = loaded.allowances.silence(verdict_diagnostics(&engine));
        loaded.diagnostics.extend(remarks);
        loaded.diagnostics.extend(loaded.allowances.unused());
        loaded.diagnostics.sort_by_key(|problem| (problem.span.is_none(), problem.span));
    }
    loaded
}
