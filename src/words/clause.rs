//! Clauses about a statement: how strong its two cases are, and what its standard requires.

use crate::engine::{Engine, Method};
use crate::model::{Standard, StatementId};
use crate::verdict::Degrees;

use super::phrase::{degree, is_certain, is_nothing};
use super::wording::{Likelihood, likelihood_of};

/// How strong the two cases are: `a case for it is likely (0.67), and one against it is unlikely (0.31)`. `it` is how
/// the sentence calls the statement.
pub fn cases_clause(engine: &Engine<'_>, degrees: Degrees, it: &str) -> String {
    let (case_for, case_against) = (degrees.case_for(), degrees.case_against());
    let world = matches!(engine.method(), Method::World { .. });
    match (!is_nothing(case_for), !is_nothing(case_against)) {
        (true, true) if world => format!("there is a case for {it} and one against it"),
        (true, false) if world => format!("there is a case for {it} and none against it"),
        (false, true) if world => format!("there is a case against {it} and none for it"),
        (true, false) => format!("a case for {it} {}, and there is none against it", chance(case_for)),
        (false, true) => format!("there is no case for {it}, and one against it {}", chance(case_against)),
        (false, false) => format!("there is no case for {it} and none against it"),
        (true, true) if likelihood_of(case_for) == likelihood_of(case_against) && !is_certain(case_against) => {
            let [verb, _] = likelihood_of(case_for).verb;
            format!("a case for {it} {}, and so {verb} one against it ({})", chance(case_for), degree(case_against))
        }
        (true, true) => format!("a case for {it} {}, and one against it {}", chance(case_for), chance(case_against)),
    }
}

/// How likely something is, with the verb: `is likely (0.67)`.
fn chance(probability: f64) -> String {
    let Likelihood { words, verb: [verb, article], .. } = likelihood_of(probability);
    let words = if is_certain(probability) { "certain" } else { words };
    format!("{verb} {article}{words} ({})", degree(probability))
}

/// What the standard of a statement requires: `clear and convincing evidence asks for 0.75 and a lead of 0.35`.
pub fn bar_clause(engine: &Engine<'_>, statement: StatementId) -> String {
    let bar = engine.bar(statement);
    let standard = standard_phrase(engine.standard(statement));
    format!("{standard} asks for {} and a lead of {}", degree(bar.case.get()), degree(bar.margin.get()))
}

/// A standard as the subject of a sentence.
pub fn standard_phrase(standard: Standard) -> &'static str {
    match standard {
        Standard::Preponderance => "a preponderance of the evidence",
        Standard::ClearAndConvincing => "clear and convincing evidence",
        Standard::BeyondReasonableDoubt => "proof beyond reasonable doubt",
    }
}
