//! Every check of verdicts, statement by statement.

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Engine, EngineError, Result};
use crate::model::StatementId;

use super::remarks::{self, Remarkable};
use super::{default_strength, expectation, one_dissenter, reversed_entailment, unrated};

/// The diagnostics of a case that take its verdicts: expectations that do not hold, decided claims that hang on documents
/// whose reliability nobody gave, what an editor would remark on, and statements that are too much to compute.
pub fn verdict_diagnostics(engine: &Engine<'_>) -> Vec<Diagnostic> {
    // What cannot be compiled is reported statement by statement.
    diagnostics_by(&engine.for_all(false).unwrap_or_else(|_| engine.clone()))
}

/// The same by an engine that is ready for questions about all statements.
pub fn diagnostics_by(engine: &Engine<'_>) -> Vec<Diagnostic> {
    let case = engine.case();
    let remarkable = Remarkable::new(engine);
    let mut found = Vec::new();
    for statement in case.statements.ids() {
        match of_statement(engine, statement, &remarkable) {
            Ok(problems) => found.extend(problems),
            Err(EngineError::Stopped) => break,
            Err(error) => {
                let entry = &case.statements[statement];
                let problem = Diagnostic::new(Code::TooComplex, entry.declared, error.to_string()).help(error.help());
                found.push(problem.about(&entry.key));
            }
        }
    }
    found
}

/// The diagnostics of one statement that take its verdict.
pub(super) fn of_statement(
    engine: &Engine<'_>,
    statement: StatementId,
    remarkable: &Remarkable,
) -> Result<Vec<Diagnostic>> {
    let assessment = engine.assess(statement)?;
    let mut found: Vec<Diagnostic> = expectation::check(engine.case(), statement, assessment).into_iter().collect();
    if engine.case().canonical(statement) == statement {
        let is_exactly_decided = assessment.detail.is_decided() && assessment.degrees.within.is_none();
        if remarkable.any_unrated && is_exactly_decided {
            found.extend(unrated::check(engine, statement, assessment.detail)?);
        }
        found.extend(remarks::check(engine, statement, assessment, remarkable));
        found.extend(one_dissenter::check(engine, statement, assessment.degrees));
        // What is too much to compute is reported of the statement that it concerns, not of this one.
        found.extend(reversed_entailment::check(engine, statement).unwrap_or_default());
        if is_exactly_decided {
            let hangs = default_strength::check(engine, statement, assessment.detail, &remarkable.unwritten);
            found.extend(hangs.unwrap_or_default());
        }
    }
    Ok(found)
}
