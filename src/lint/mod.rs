//! What `check` says of verdicts: expectations that do not hold, and what an editor would remark on.

mod check;
mod default_strength;
mod expectation;
mod one_sided;
mod remarks;
mod unrated;

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Engine, EngineError};
use crate::model::StatementId;
use crate::verdict::{Degrees, Detail};

pub use check::check;
use remarks::Remarkable;

/// The diagnostics of a case that take its verdicts: expectations that do not hold, decided claims that hang on documents
/// whose reliability nobody gave, what an editor would remark on, and statements that are too much to compute.
pub fn verdict_diagnostics(engine: &Engine<'_>) -> Vec<Diagnostic> {
    // What cannot be compiled is reported statement by statement.
    let engine = &engine.for_all(false).unwrap_or_else(|_| engine.clone());
    let case = engine.case();
    let remarkable = Remarkable::new(engine);
    let any_unrated = case.documents.values().any(|document| !document.reliability_given);
    let mut found = Vec::new();
    for statement in case.statements.ids() {
        match of_statement(engine, statement, &remarkable, any_unrated) {
            Ok(problems) => found.extend(problems),
            Err(error) => {
                let declared = case.statements[statement].declared;
                found.push(Diagnostic::new(Code::TooComplex, declared, error.to_string()).help(error.help()));
            }
        }
    }
    found
}

fn of_statement(
    engine: &Engine<'_>,
    statement: StatementId,
    remarkable: &Remarkable,
    any_unrated: bool,
) -> Result<Vec<Diagnostic>, EngineError> {
    let assessment = engine.assess(statement)?;
    let mut found: Vec<Diagnostic> = expectation::check(engine.case(), statement, assessment).into_iter().collect();
    if engine.case().canonical(statement) == statement {
        let is_exactly_decided = assessment.detail.is_decided() && assessment.degrees.within.is_none();
        if any_unrated && is_exactly_decided {
            found.extend(unrated::check(engine, statement, assessment.detail)?);
        }
        found.extend(remarks::check(engine, statement, assessment, remarkable));
        if is_exactly_decided {
            // What is too much to compute is reported of the statement that it concerns, not of this one.
            let hangs = default_strength::check(engine, statement, assessment.detail, &remarkable.unwritten);
            found.extend(hangs.unwrap_or_default());
        }
    }
    Ok(found)
}

fn came_out(detail: Detail) -> String {
    match detail {
        Detail::Established => "supported".to_owned(),
        Detail::Undecided => "undecided".to_owned(),
        detail => format!("{} ({})", detail.verdict(), detail.name().replace('_', " ")),
    }
}

fn numbers(degrees: Degrees) -> String {
    format!("the case for it is {:.2} and the case against it {:.2}", degrees.case_for(), degrees.case_against())
}
