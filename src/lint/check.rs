//! A case checked whole: its files, and what only verdicts can show.

use crate::authoring::{Allowances, Loaded, offer_fixes, worded};
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Method, Scenario, Watch};
use crate::logic::Budget;

use super::verdicts::diagnostics_by;

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
        let engine = engine.for_all(false).unwrap_or(engine);
        (loaded.diagnostics, loaded.allowances) = with_remarks(&loaded, &engine);
    }
    loaded
}

/// The diagnostics of the files of a case together with those of its verdicts, but those that the case allows; and what
/// it allows.
pub fn with_remarks(loaded: &Loaded, engine: &Engine<'_>) -> (Vec<Diagnostic>, Allowances) {
    with_further(loaded, engine, Vec::new())
}

/// The same with further warnings, found by whatever else has looked at the case.
pub fn with_further(loaded: &Loaded, engine: &Engine<'_>, further: Vec<Diagnostic>) -> (Vec<Diagnostic>, Allowances) {
    let mut allowances = loaded.allowances.clone();
    let mut remarks = allowances.silence(further);
    remarks.extend(allowances.silence(diagnostics_by(engine)));
    offer_fixes(&mut remarks, engine.case(), &loaded.sources);
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(remarks);
    if !engine.is_stopped() {
        // After a stop, what is allowed may not have been found yet.
        diagnostics.extend(allowances.unused(&loaded.sources));
    }
    diagnostics.sort_by_key(|problem| (problem.span.is_none(), problem.span));
    worded(&mut diagnostics, &loaded.sources);
    (diagnostics, allowances)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::{Input, load};
    use crate::diagnostic::Code;

    #[test]
    fn after_a_stop_nothing_is_said_of_what_is_allowed() {
        let text = "Case(title: \"T\", documents: {\"d\": (title: \"D\", reliability: A)}, claims: {\"c\": (text: \"C\", \
                    evidence: [Supports(from: \"d\", as: Finding)], allow: [\"hangs-on-default\"])})";
        let loaded =
            || load(Input::Text { name: "a.ron".to_owned(), text: text.to_owned() }).expect("a text can be read");
        let is_unused = |checked: Loaded| checked.diagnostics.iter().any(|problem| problem.code == Code::UnusedAllow);
        assert!(is_unused(check(loaded())), "it allows nothing");
        let stopped = Watch::default();
        stopped.stop();
        assert!(!is_unused(check_watched(loaded(), stopped)), "that is not known");
    }
}
