//! Settled whatever the dependence: a verdict that stands for any dependence between the sources, on the safe side.
//!
//! Bounds after Fréchet (1935) hold for any dependence between the uncertain numbers. A verdict that they decide, and that
//! they still decide without any one source or assumption and without what is not itself decided, with whatever is
//! withheld, and with every number a tenth off, is settled without the assumption that the numbers are independent of
//! each other. The contrary does not follow: bounds are wide.

use std::collections::BTreeSet;

use crate::logic::{Parameter, VariableId, Weights};
use crate::model::{Source, StatementId};
use crate::verdict::Assessment;

use super::engine::Engine;
use super::hypothesis::Hypothesis;
use super::method::{Method, Result};
use super::model::Presence;
use super::settle::undecided_behind;

/// Whether a verdict is settled whatever the dependence, and what leaves it in doubt.
#[derive(Debug, Clone, PartialEq)]
pub struct WhateverTheDependence {
    /// What the bounds tell of the statement.
    pub assessment: Assessment,
    /// Whether it is settled: established or refuted, and nothing below leaves that in doubt.
    pub settled: bool,
    /// Whether what is not itself decided leaves it in doubt.
    pub premises: bool,
    /// The assumptions without which the bounds do not decide, or decide otherwise.
    pub assumptions: Vec<StatementId>,
    /// The sources without which the bounds do not decide, or decide otherwise.
    pub sources: Vec<Source>,
    /// Whether what is withheld leaves it in doubt.
    pub withheld: bool,
    /// Whether numbers that are a tenth off leave it in doubt.
    pub weights: bool,
}

/// Numbers may be off by this part of themselves.
const OFF_BY: f64 = 0.1;

/// See [`Engine::settled_whatever_the_dependence`].
pub(super) fn settled_whatever_the_dependence(
    engine: &Engine<'_>,
    statement: StatementId,
) -> Result<WhateverTheDependence> {
    let engine = engine.by(Method::Bounds).asking(&BTreeSet::from([statement]), &BTreeSet::new(), false)?;
    let base = engine.base();
    let assessment = engine.assess(statement)?;
    let detail = assessment.detail;
    let doubts = |hypothesis: &Hypothesis| Ok(engine.detail(hypothesis, statement)? != detail);
    let (mut assumptions, mut sources) = (Vec::new(), Vec::new());
    let (mut premises, mut withheld, mut weights) = (false, false, false);
    if detail.is_decided() {
        let undecided = undecided_behind(&engine, statement)?;
        premises = !undecided.is_empty() && doubts(&base.idle(undecided))?;
        for (assumed, variable) in engine.assumptions_behind(statement) {
            if doubts(&base.off([variable]))? {
                assumptions.push(assumed);
            }
        }
        for source in engine.sources_of(statement) {
            if doubts(&base.without(source))? {
                sources.push(source);
            }
        }
        // Every passage may be there, on either side, with anything up to its whole share.
        withheld = doubts(&base.between(base.weights().clone(), engine.core.compiling.clone(), Presence::Any))?;
        weights = doubts(&a_tenth_off(&engine))?;
    }
    let in_doubt = premises || !assumptions.is_empty() || !sources.is_empty() || withheld || weights;
    let settled = detail.is_decided() && !in_doubt;
    Ok(WhateverTheDependence { assessment, settled, premises, assumptions, sources, withheld, weights })
}

/// Every number of the case may be a tenth of itself less, or more up to 1.
fn a_tenth_off(engine: &Engine<'_>) -> Hypothesis {
    let base = engine.base();
    let off = |by: f64| -> Weights {
        let number = |(variable, parameter): (VariableId, Parameter)| {
            let weight = base.weights().of(variable);
            if parameter.is_written() { (weight * by).min(1.0) } else { weight }
        };
        engine.quantities().iter().map(number).collect()
    };
    let (least, most) = (off(1.0 - OFF_BY), off(1.0 + OFF_BY));
    base.between(least.into(), most, Presence::AsWritten)
}
