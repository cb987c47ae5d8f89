//! Clauses about a statement: how strong its two cases are, and what its standard requires.

use crate::engine::{Engine, Method};
use crate::model::{Standard, StatementId};
use crate::verdict::Degrees;

use super::phrase::{degree, is_nothing};
use super::wording::strength;

/// How strong the two cases are: `the case for it is moderate (0.67), that against it weak (0.31)`. `it` is how the
/// sentence calls the statement.
pub fn cases_clause(engine: &Engine<'_>, degrees: Degrees, it: &str) -> String {
    let (case_for, case_against) = (degrees.case_for(), degrees.case_against());
    let world = matches!(engine.method(), Method::World { .. });
    match (!is_nothing(case_for), !is_nothing(case_against)) {
        (true, true) if world => format!("there is a case for {it} and one against it"),
        (true, false) if world => format!("there is a case for {it} and none against it"),
        (false, true) if world => format!("there is a case against {it} and none for it"),
        (true, false) => format!("the case for {it} is {}, and there is none against it", graded(case_for)),
        (false, true) => format!("there is no case for {it}, and that against it is {}", graded(case_against)),
        (false, false) => format!("there is no case for {it} and none against it"),
        (true, true) if strength(case_for) == strength(case_against) => {
            format!("the case for {it} is {}, and so is that against it ({})", graded(case_for), degree(case_against))
        }
        (true, true) => {
            format!("the case for {it} is {}, that against it {}", graded(case_for), graded(case_against))
        }
    }
}

/// How strong a case is: `moderate (0.67)`.
fn graded(case: f64) -> String {
    format!("{} ({})", strength(case), degree(case))
}

/// What the standard of a statement requires: `clear and convincing evidence asks for 0.75 and a lead of 0.35, or 2.71
/// times the other's weight of evidence`.
pub fn bar_clause(engine: &Engine<'_>, statement: StatementId) -> String {
    let bar = engine.bar(statement);
    let standard = standard_phrase(engine.standard(statement));
    let outweighs = bar.outweighs().map(|ratio| format!(", or {ratio:.2} times the other's weight of evidence"));
    let (case, margin) = (degree(bar.case.get()), degree(bar.margin.get()));
    format!("{standard} asks for {case} and a lead of {margin}{}", outweighs.unwrap_or_default())
}

/// A standard as the subject of a sentence.
pub fn standard_phrase(standard: Standard) -> &'static str {
    match standard {
        Standard::Preponderance => "a preponderance of the evidence",
        Standard::ClearAndConvincing => "clear and convincing evidence",
        Standard::BeyondReasonableDoubt => "proof beyond reasonable doubt",
    }
}
