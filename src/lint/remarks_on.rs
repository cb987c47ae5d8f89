//! What `check` warns of, where it belongs for a reader: with the verdict on the statement that it is about.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::authoring::{Allowances, Loaded};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::engine::{Answer, Engine, StatementAnswer};
use crate::model::{Case, Source, StatementId};

use super::remarks::Remarkable;
use super::verdicts::of_statement;

/// The warnings of a case, ready to be shown with its verdicts.
#[derive(Debug, Default)]
pub struct Remarks {
    /// Those that the files alone show.
    warnings: Vec<Diagnostic>,
    /// The places in `warnings`, by the ids that each belongs to.
    by_id: FxHashMap<String, Vec<usize>>,
    allowances: Allowances,
}

impl Remarks {
    /// Takes the warnings of a loaded case; those that the case allows are not among them. Cost: linear in their number.
    pub fn of(loaded: &Loaded) -> Self {
        let Some(case) = &loaded.case else { return Self::default() };
        let mut remarks = Self { allowances: loaded.allowances.clone(), ..Self::default() };
        for warning in loaded.diagnostics.iter().filter(|one| one.severity() == Severity::Warning) {
            for id in belongs_to(case, warning) {
                remarks.by_id.entry(id.clone()).or_default().push(remarks.warnings.len());
            }
            remarks.warnings.push(warning.clone());
        }
        remarks
    }

    /// Made ready to remark on what an engine answers. Cost: a pass over the case.
    pub fn by<'r>(&'r self, engine: &'r Engine<'r>) -> Remarking<'r> {
        Remarking { remarks: self, engine, remarkable: Remarkable::new(engine) }
    }
}

/// Adds remarks to the answers of an engine.
pub struct Remarking<'r> {
    remarks: &'r Remarks,
    engine: &'r Engine<'r>,
    remarkable: Remarkable,
}

impl Remarking<'_> {
    /// Adds to answers what there is to remark on each statement and its sources. Cost: as [`Remarking::add_to`] for each.
    pub fn add(&self, answer: &mut Answer) {
        let of_questions = answer.questions.iter_mut().flat_map(|question| &mut question.claims);
        answer.statements.iter_mut().chain(of_questions).for_each(|one| self.add_to(one));
    }

    /// Adds to an answer what there is to remark on its statement and its sources.
    ///
    /// Cost: the sources behind its own evidence, and that of its verdict.
    pub fn add_to(&self, answer: &mut StatementAnswer) {
        answer.remarks = self.on(answer.statement);
    }

    fn on(&self, statement: StatementId) -> Vec<Diagnostic> {
        let Self { remarks, engine, remarkable } = self;
        let statement = engine.case().canonical(statement);
        let ids = ids_of(engine, statement);
        let places: BTreeSet<usize> =
            ids.iter().flat_map(|id| remarks.by_id.get(id).into_iter().flatten().copied()).collect();
        let mut found: Vec<Diagnostic> = places.into_iter().map(|place| remarks.warnings[place].clone()).collect();
        // What is too much to compute has no verdict to remark on either.
        let of_verdict = of_statement(engine, statement, remarkable).unwrap_or_default();
        let of_verdict = of_verdict.into_iter().filter(|one| one.severity() == Severity::Warning).collect();
        found.extend(remarks.allowances.clone().silence(of_verdict));
        found
    }
}

/// The ids that a warning belongs to: the statements that it is about or, where it is about sources and inferences alone,
/// those. That nothing uses an entry bears on no verdict.
fn belongs_to<'d>(case: &Case, warning: &'d Diagnostic) -> Vec<&'d String> {
    if matches!(warning.code, Code::Unused | Code::UnusedAllow) {
        return Vec::new();
    }
    let statements: Vec<&String> = warning.about.iter().filter(|id| case.statement(id).is_some()).collect();
    if statements.is_empty() { warning.about.iter().collect() } else { statements }
}

/// The ids of a statement, of the inferences to it, and of the sources of its own evidence with all that stands behind
/// them.
fn ids_of(engine: &Engine<'_>, statement: StatementId) -> Vec<String> {
    let case = engine.case();
    let mut speaking: Vec<Source> = Vec::new();
    let mut ids = vec![case.statements[statement].key.to_string()];
    for (step, _) in engine.steps_to(statement) {
        speaking.extend(step.premises(case).iter().filter_map(|premise| premise.source()));
        ids.extend(step.inference().map(|id| case.inferences[id].key.to_string()));
    }
    speaking.extend(case.statements[statement].evidence.iter().flat_map(|link| link.relies_on.iter().copied()));
    ids.extend(case.all_behind(speaking).into_iter().map(|source| case.source_key(source).to_string()));
    ids
}
