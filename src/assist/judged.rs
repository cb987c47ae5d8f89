//! The verdicts on a case, and everything that `check` says of it.

use std::collections::BTreeMap;

use crate::authoring::Loaded;
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Method, Scenario, Watch};
use crate::lint::with_further;
use crate::logic::Budget;
use crate::model::Case;
use crate::source::{FileId, Span};
use crate::verdict::Assessment;

/// The verdicts on the statements of a case, by their ids.
#[derive(Debug, Default)]
pub struct Verdicts {
    assessments: BTreeMap<String, Assessment>,
    /// What there is to say of some words of the case, such as what became of a quotation.
    notes: Vec<(Span, String)>,
}

impl Verdicts {
    /// The verdict on a statement, where it was worked out.
    pub fn of(&self, id: &str) -> Option<Assessment> {
        self.assessments.get(id).copied()
    }

    /// The words at a byte of a file of which something was found out, and what. Cost: linear in the number of notes.
    pub(super) fn note(&self, file: FileId, byte: usize) -> Option<&(Span, String)> {
        let is_here = |span: Span| span.file == file && span.range().start <= byte && byte <= span.range().end;
        self.notes.iter().find(|(span, _)| is_here(*span))
    }

    fn by(engine: &Engine<'_>, case: &Case, notes: Vec<(Span, String)>) -> Self {
        let assessed = case.statements.ids().filter_map(|id| {
            let assessment = engine.assess(id).ok()?;
            Some((case.statements[id].key.to_string(), assessment))
        });
        Self { assessments: assessed.collect(), notes }
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

/// What else was found out about a case.
#[derive(Debug, Default)]
pub struct Further {
    /// What there is to warn of.
    pub warnings: Vec<Diagnostic>,
    /// What there is to say of some words.
    pub notes: Vec<(Span, String)>,
}

/// Judges a case, as far as it gets before the watch is stopped.
pub fn judge(loaded: &Loaded, watch: &Watch) -> Judged {
    judge_with(loaded, watch, Further::default())
}

/// The same, with what else was found out about the case.
pub fn judge_with(loaded: &Loaded, watch: &Watch, further: Further) -> Judged {
    let Some(case) = &loaded.case else {
        return Judged { diagnostics: loaded.diagnostics.clone(), verdicts: Verdicts::default() };
    };
    let engine = Engine::with_method(case, Scenario::default(), Method::Auto, Budget::default()).watched(watch.clone());
    let engine = engine.for_all(false).unwrap_or(engine);
    let (diagnostics, _) = with_further(loaded, &engine, further.warnings);
    Judged { diagnostics, verdicts: Verdicts::by(&engine, case, further.notes) }
}
