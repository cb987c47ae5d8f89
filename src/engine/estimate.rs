//! Degrees of all statements at once, where they are not worked out exactly: from sampled worlds, as if nothing were
//! shared, as bounds, or in one world.
//!
//! One pass over a program serves every statement, so it is made once for each hypothesis, and again only when a
//! statement is asked for that the first pass had left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::logic::{
    AtomId, Belnap, Bounds, Outcome, Program, Rows, Tallies, attainable, bounds, in_world, independent, sample,
};
use crate::model::StatementId;
use crate::verdict::{Degrees, Precision};

use super::engine::Engine;
use super::hypothesis::{Estimate, Hypothesis};
use super::method::{EngineError, Method, Result};
use super::model::{Model, ModelKey};

/// The degrees of a statement, from what was or is now estimated for all that are asked about.
pub(super) fn estimated(
    engine: &Engine<'_>,
    hypothesis: &Hypothesis,
    model: Model,
    statement: StatementId,
) -> Result<Degrees> {
    let known = hypothesis.known().estimates[model as usize].as_ref().and_then(|known| known.get(&statement).copied());
    if let Some(degrees) = known {
        return Ok(degrees);
    }
    if !hypothesis.known().varied.is_empty() {
        return Ok(Degrees { within: Some(Precision::NONE), ..Degrees::new(0.0, 0.0, 0.0, true) });
    }
    // Those that are asked about, if this is one of them; else all.
    let statements = match engine.asked.as_deref() {
        Some(asked) if asked.contains(&statement) => asked.iter().copied().collect(),
        _ => engine.own_statements().collect(),
    };
    let estimate = Arc::new(match model {
        Model::AsItIs => estimate_with_what_is_out(engine, hypothesis, true, statements)?,
        Model::WithoutRivals => {
            let key = ModelKey::without_rivals(hypothesis.shape().clone());
            estimate_model(engine, hypothesis, key, statements)?
        }
        Model::Uncontested => estimate_with_what_is_out(engine, hypothesis, false, statements)?,
    });
    let degrees = estimate[&statement];
    hypothesis.known().estimates[model as usize] = Some(estimate);
    Ok(degrees)
}

/// Estimates in a model in which what is out proves nothing. Where it is not known whether a statement is out, nothing is
/// known of what that can reach.
fn estimate_with_what_is_out(
    engine: &Engine<'_>,
    hypothesis: &Hypothesis,
    rivals: bool,
    statements: Vec<StatementId>,
) -> Result<Estimate> {
    let (mut out, mut unsure) = (BTreeSet::new(), BTreeSet::new());
    for competitor in engine.relations().leading_on() {
        let surely = engine.is_surely_out(hypothesis, competitor)?;
        if surely.is_none() {
            unsure.insert(competitor);
        }
        if surely.map_or_else(|| engine.is_out(hypothesis, competitor), Ok)? {
            out.insert(competitor);
        }
    }
    let key = ModelKey { rivals, out, shape: hypothesis.shape().clone() };
    let mut estimate = estimate_model(engine, hypothesis, key.clone(), statements)?;
    if unsure.len() <= MOST_UNSURE && engine.samples() {
        estimate_either_way(engine, hypothesis, &key, &mut estimate, &unsure)?;
    } else {
        mask(engine, hypothesis, &mut estimate, &unsure);
    }
    Ok(estimate)
}

/// So many statements are estimated either way, out and not out, where that is not known.
const MOST_UNSURE: usize = 20;

/// As long as no more than so many of them can reach the same statement.
pub(super) const EITHER_WAY: usize = 3;

/// Widens an estimate to what may be so where it is not known of some statements whether they are out.
fn estimate_either_way(
    engine: &Engine<'_>,
    hypothesis: &Hypothesis,
    key: &ModelKey,
    estimate: &mut Estimate,
    unsure: &BTreeSet<StatementId>,
) -> Result<()> {
    let mut near: BTreeMap<StatementId, BTreeSet<StatementId>> = BTreeMap::new();
    for &competitor in unsure {
        for statement in engine.borne_on(hypothesis.shape(), &BTreeSet::from([competitor])) {
            near.entry(statement).or_default().insert(competitor);
        }
    }
    let mut reached: BTreeMap<BTreeSet<StatementId>, Vec<StatementId>> = BTreeMap::new();
    for &statement in estimate.keys() {
        reached.entry(near.remove(&statement).unwrap_or_default()).or_default().push(statement);
    }
    for (near, statements) in reached {
        if near.len() > EITHER_WAY {
            for statement in statements {
                let degrees = estimate.get_mut(&statement).expect("it is estimated");
                degrees.within = Some(Precision::NONE);
            }
            continue;
        }
        for out in subsets(&near) {
            let out = &(&key.out - &near) | &out;
            if out != key.out {
                let other = estimate_model(engine, hypothesis, ModelKey { out, ..key.clone() }, statements.clone())?;
                for (statement, other) in other {
                    let degrees = estimate.get_mut(&statement).expect("it is estimated");
                    degrees.within = degrees.within.zip(other.within).map(|(one, other)| one.or(other));
                }
            }
        }
    }
    Ok(())
}

/// All subsets of a few statements.
pub(super) fn subsets(of: &BTreeSet<StatementId>) -> impl Iterator<Item = BTreeSet<StatementId>> + '_ {
    (0_u32..1 << of.len()).map(|number| {
        of.iter().enumerate().filter(|(place, _)| number >> place & 1 == 1).map(|(_, &statement)| statement).collect()
    })
}

/// Takes back what an estimate says of everything that statements can reach of which it is not known whether they are out.
pub(super) fn mask(
    engine: &Engine<'_>,
    hypothesis: &Hypothesis,
    estimate: &mut Estimate,
    unsure: &BTreeSet<StatementId>,
) {
    for statement in engine.borne_on(hypothesis.shape(), unsure) {
        if let Some(degrees) = estimate.get_mut(&statement).filter(|degrees| degrees.within.is_some()) {
            degrees.within = Some(Precision::NONE);
        }
    }
}

fn estimate_model(
    engine: &Engine<'_>,
    hypothesis: &Hypothesis,
    key: ModelKey,
    statements: Vec<StatementId>,
) -> Result<Estimate> {
    let program = engine.program(&key);
    let flat = engine.cache.flat(&key, &program, &statements);
    let degrees = estimate(engine, &program, &flat, hypothesis)?;
    Ok(statements.into_iter().zip(degrees).collect())
}

/// The degrees of the targets of a flat program under a hypothesis, by the method of an engine.
///
/// # Errors
///
/// [`EngineError::Stopped`] if the engine was asked to stop before any sampled world was counted.
pub(crate) fn estimate(
    engine: &Engine<'_>,
    program: &Program,
    flat: &Rows,
    hypothesis: &Hypothesis,
) -> Result<Vec<Degrees>> {
    match engine.method() {
        Method::Independent => {
            Ok(independent(flat, hypothesis.weights()).readings.into_iter().map(Degrees::from).collect())
        }
        Method::Bounds => Ok(bounded(flat, hypothesis)),
        Method::World { .. } => Ok(in_one_world(flat, hypothesis)),
        Method::Auto | Method::Exact | Method::Sampled => sampled(engine, program, flat, hypothesis),
    }
}

/// The one value of each statement in the world in which everything holds that has a weight.
fn in_one_world(flat: &Rows, hypothesis: &Hypothesis) -> Vec<Degrees> {
    let on = hypothesis.weights().iter().map(|&weight| weight > 0.0).collect();
    let degrees = |outcome: Outcome| {
        let is = |value| f64::from(u8::from(outcome.value == value));
        Degrees::new(is(Belnap::True), is(Belnap::False), is(Belnap::Both), outcome.any_case)
    };
    in_world(flat, on).into_iter().map(degrees).collect()
}

/// Bounds, around what the degrees would be if nothing were shared.
fn bounded(flat: &Rows, hypothesis: &Hypothesis) -> Vec<Degrees> {
    let weights = hypothesis.weights();
    let bounds = bounds(flat, weights, hypothesis.most().unwrap_or(weights));
    let estimates = independent(flat, weights).readings.into_iter().map(Degrees::from);
    let within = |(bounds, estimate): (Bounds, Degrees)| {
        let cases = [bounds.case_for, bounds.case_against];
        let certain = cases.iter().any(|case| case.low > 0.0);
        let impossible = cases.iter().all(|case| case.high <= 0.0);
        estimate.clamped(Precision { bounds, any_case: (certain || impossible).then_some(certain) })
    };
    bounds.into_iter().zip(estimates).map(within).collect()
}

/// Shares of sampled worlds, with confidence intervals.
fn sampled(engine: &Engine<'_>, program: &Program, flat: &Rows, hypothesis: &Hypothesis) -> Result<Vec<Degrees>> {
    let watch = &engine.watch;
    let see = |tallies: &Tallies| {
        watch.sampled(tallies.worlds());
        false
    };
    let tallies = sample(flat, hypothesis.weights(), engine.how_sampled(), see, || watch.is_stopped());
    if tallies.worlds() == 0 {
        return Err(EngineError::Stopped);
    }
    engine.note_sampled(tallies.worlds());
    let attainable = attainable(program, hypothesis.weights());
    let could_be = |sides: [AtomId; 2]| sides.iter().any(|side| attainable[side.index()]);
    Ok(flat.targets().enumerate().map(|(target, sides)| shares(&tallies, target, could_be(sides))).collect())
}

/// The shares of statements that were counted in a model.
pub(super) fn shares_of(
    engine: &Engine<'_>,
    key: &ModelKey,
    statements: &[StatementId],
    tallies: &Tallies,
) -> Estimate {
    let attainable = attainable(&engine.program(key), engine.base().weights());
    let could_be = |statement| Program::sides(statement).iter().any(|side| attainable[side.index()]);
    let shares =
        |(target, &statement): (usize, &StatementId)| (statement, shares(tallies, target, could_be(statement)));
    statements.iter().enumerate().map(shares).collect()
}

/// The shares of one target. That no world was seen with a case for it or against it does not mean that there is none.
fn shares(tallies: &Tallies, target: usize, could_be: bool) -> Degrees {
    let seen = tallies.reading(target);
    let any_case = if seen.any_case { Some(true) } else { (!could_be).then_some(false) };
    let within = Precision { bounds: tallies.intervals(target), any_case };
    Degrees { within: Some(within), any_case: any_case.unwrap_or(true), ..Degrees::from(seen) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Scenario, Watch};
    use crate::logic::{Budget, Variant, compile};

    #[test]
    fn no_world_counted_is_no_answer() {
        let case = crate::model::Case::default();
        let watch = Watch::default();
        let engine = Engine::with_method(&case, Scenario::default(), Method::Sampled, Budget::default());
        let engine = engine.watched(watch.clone());
        let program = compile(&case, engine.quantities(), Variant::AS_WRITTEN);
        let flat = Rows::new(&program, &[]);
        assert_eq!(estimate(&engine, &program, &flat, engine.base()), Ok(Vec::new()));
        watch.stop();
        assert_eq!(estimate(&engine, &program, &flat, engine.base()), Err(EngineError::Stopped));
    }
}
