//! The verdicts on a case, and everything that `check` says of it.

use std::collections::BTreeMap;

use crate::authoring::Loaded;
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Method, Scenario, Watch};
use crate::lint::with_remarks;
use crate::logic::Budget;
use crate::model::Case;
use crate::verdict::Assessment;

/// The verdicts on the statements of a case, by their ids.
#[derive(Debug, Default)]
pub struct Verdicts(BTreeMap<String, Assessment>);

impl Verdicts {
    /// The verdict on a statement, where it was worked out.
    pub fn of(&self, id: &str) -> Option<Assessment> {
        self.0.get(id).copied()
    }

    fn by(engine: &Engine<'_>, case: &Case) -> Self {
        let assessed = case.statements.ids().filter_map(|id| {
            let assessment = engine.assess(id).ok()?;
            Some((case.statements[id].key.to_string(), assessment))
        });
        Self(assessed.collect())
    }
}

/// Everything that `check` says of a case, and its verdicts.
#[derive(Debug, Default)]
pub struct Judged {
    /// What is wrong, remarks on verdicts included.
    pub diagnostics: Vec<Diagnostic>,
    /// None of a case with errors in it.
    pub verdicts: Verdicts,
}

/// Judges a case, as far as it gets before the watch is stopped.
pub fn judge(loaded: &Loaded, watch: &Watch) -> Judged {
    let Some(case) = &loaded.case else {
        return Judged { diagnostics: loaded.diagnostics.clone(), verdicts: Verdicts::default() };
    };
    let engine = Engine::with_method(case, Scenario::default(), Method::Auto, Budget::default()).watched(watch.clone());
    let engine = engine.for_all(false).unwrap_or(engine);
    let (diagnostics, _) = with_remarks(loaded, &engine);
    Judged { diagnostics, verdicts: Verdicts::by(&engine, case) }
}
