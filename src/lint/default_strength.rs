//! Decided verdicts that hang on a strength that nobody wrote.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Engine, Gradients, Result, same_are_out};
use crate::logic::{Gradient, Parameter, Step, VariableId};
use crate::model::{Attack, Case, StatementId};
use crate::source::Span;
use crate::verdict::{Degrees, Detail, TOLERANCE};

/// How many places one remark points at.
const MOST_PLACES: usize = 5;

/// A remark where one strength that nobody wrote decides: were its step left out, or certain, the verdict would be another.
pub(super) fn check(
    engine: &Engine<'_>,
    statement: StatementId,
    detail: Detail,
    unwritten: &[(VariableId, Span)],
) -> Result<Option<Diagnostic>> {
    if unwritten.is_empty() {
        return Ok(None);
    }
    let basis = Basis::of(engine, statement)?;
    let mut places = Vec::new();
    for &(variable, place) in unwritten {
        if turns(engine, statement, detail, variable, &basis)? {
            places.push(place);
        }
    }
    if places.is_empty() {
        return Ok(None);
    }
    let entry = &engine.case().statements[statement];
    let decided = if detail == Detail::Refuted { "refuted" } else { "supported" };
    let hangs = match places.len() {
        1 => "one strength that nobody wrote".to_owned(),
        more => format!("each of {more} strengths that nobody wrote"),
    };
    let message = format!("`{}` is {decided}, but that hangs on {hangs}", entry.key);
    let help = "write a `strength`, or how the source speaks (`as`); where nothing is written, it counts as `Moderate`";
    let problem = Diagnostic::new(Code::HangsOnDefault, entry.declared, message).help(help).about(&entry.key);
    let places = places.into_iter().take(MOST_PLACES);
    Ok(Some(places.fold(problem, |problem, place| problem.related(place, "with no strength"))))
}

/// Whether a verdict turns when one number is 0, or 1. Where gradients alone show that it does not, nothing is read anew.
fn turns(
    engine: &Engine<'_>,
    statement: StatementId,
    detail: Detail,
    variable: VariableId,
    basis: &Basis,
) -> Result<bool> {
    if !basis.depends_on(variable) {
        return Ok(false);
    }
    let base = engine.base();
    for extreme in [0.0, 1.0] {
        let change = extreme - base.weights().of(variable);
        if detail == Detail::Established && basis.stays_established(engine, statement, variable, change) {
            continue;
        }
        if !engine.detail(&base.with([(variable, extreme)]), statement)?.is_same_verdict(detail) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All that the verdict on a statement is read from, by every number: its degrees and those of its rivals, and, without
/// rivals, those of all that could be out.
struct Basis {
    own: Arc<Gradient>,
    rivals: Vec<Arc<Gradient>>,
    without_rivals: Gradients,
}

impl Basis {
    fn of(engine: &Engine<'_>, statement: StatementId) -> Result<Self> {
        let base = engine.base();
        let (own, mut without_rivals) = engine.gradients(base, statement)?;
        let mut rivals = Vec::new();
        for &rival in engine.rivals(statement).iter() {
            let (gradient, competitors) = engine.gradients(base, rival)?;
            rivals.push(gradient);
            without_rivals.extend(competitors);
        }
        for other in std::iter::once(statement).chain(engine.rivals(statement).iter().copied()) {
            if engine.could_be_out(base.shape(), other) {
                without_rivals.push((other, engine.gradient_without_rivals(base, other)?));
            }
        }
        Ok(Self { own, rivals, without_rivals })
    }

    /// Whether a number changes any of it.
    fn depends_on(&self, variable: VariableId) -> bool {
        let others = self.without_rivals.iter().map(|(_, gradient)| gradient);
        let mut all = std::iter::once(&self.own).chain(&self.rivals).chain(others);
        all.any(|gradient| gradient.of(variable).iter().any(|part| part.abs() > TOLERANCE))
    }

    /// Whether a statement still meets its standard when one number is changed, with the same statements out.
    fn stays_established(
        &self,
        engine: &Engine<'_>,
        statement: StatementId,
        variable: VariableId,
        change: f64,
    ) -> bool {
        same_are_out(engine, &self.without_rivals, variable, change)
            && Degrees::from(self.own.with(variable, change)).meets(engine.bar(statement))
    }
}

/// The strengths that nobody wrote, with their places.
pub(super) fn unwritten(engine: &Engine<'_>) -> Vec<(VariableId, Span)> {
    let quantities = engine.quantities().iter();
    quantities.filter_map(|(variable, one)| Some((variable, unwritten_at(engine.case(), one)?))).collect()
}

/// Where a strength stands for which the author wrote neither a number nor how the source speaks.
fn unwritten_at(case: &Case, quantity: Parameter) -> Option<Span> {
    let attack = |attack: &Attack| (!attack.strength_given).then_some(attack.span);
    match quantity {
        Parameter::Strength(Step::Evidence { statement, index })
        | Parameter::Draw(Step::Evidence { statement, index }) => {
            let link = &case.statements[statement].evidence[index];
            (!link.strength_given && link.manner.is_none()).then_some(link.span)
        }
        Parameter::Strength(Step::Inference(id)) | Parameter::Draw(Step::Inference(id)) => {
            let step = &case.inferences[id];
            (!step.strength_given).then_some(step.declared)
        }
        Parameter::Undercut(step, index) => attack(&step.undercuts(case)[index]),
        Parameter::Impeachment(source, index) => attack(&case.impeachments(source)[index]),
        Parameter::Reliability(_) | Parameter::Assumed(_) | Parameter::Ratio(_) | Parameter::Present(_) => None,
        Parameter::Passage(..) | Parameter::Further(_) => None,
    }
}
