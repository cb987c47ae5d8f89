//! Degrees as an evaluator for all statements at once gives them, with what they are known to lie in.

use crate::logic::{
    self, AtomId, Belnap, Bounds, Outcome, Program, Rows, Tallies, attainable, bounds, in_world, independent, sample,
};

use super::degrees::{Degrees, Precision};
use super::judge::{Judge, JudgeError, Method, Reading};

/// The degrees of the targets of a flat program under a reading, by the method of a judge.
///
/// # Errors
///
/// [`JudgeError::Stopped`] if the judge was asked to stop before any sampled world was counted.
pub(super) fn estimate(
    judge: &mut Judge<'_>,
    program: &Program,
    flat: &Rows,
    reading: &Reading,
) -> Result<Vec<Degrees>, JudgeError> {
    match judge.method {
        Method::Independent => {
            Ok(independent(flat, &reading.weights).readings.into_iter().map(Degrees::from).collect())
        }
        Method::Bounds => Ok(bounded(flat, reading)),
        Method::World { .. } => Ok(in_one_world(flat, reading)),
        _ => sampled(judge, program, flat, reading),
    }
}

/// The one value of each statement in the world in which everything holds that has a weight.
fn in_one_world(flat: &Rows, reading: &Reading) -> Vec<Degrees> {
    let on = reading.weights.iter().map(|&weight| weight > 0.0).collect();
    let degrees = |outcome: Outcome| {
        let is = |value| f64::from(u8::from(outcome.value == value));
        Degrees::new(is(Belnap::True), is(Belnap::False), is(Belnap::Both), outcome.any_case)
    };
    in_world(flat, on).into_iter().map(degrees).collect()
}

/// Bounds, around what the degrees would be if nothing were shared.
fn bounded(flat: &Rows, reading: &Reading) -> Vec<Degrees> {
    let most = reading.most.as_deref().unwrap_or(&reading.weights);
    let bounds = bounds(flat, &reading.weights, most);
    let estimates = independent(flat, &reading.weights).readings.into_iter().map(Degrees::from);
    let within = |(bounds, estimate): (Bounds, Degrees)| {
        let cases = [bounds.case_for, bounds.case_against];
        let certain = cases.iter().any(|case| case.low > 0.0);
        let impossible = cases.iter().all(|case| case.high <= 0.0);
        estimate.clamped(precision(bounds, (certain || impossible).then_some(certain)))
    };
    bounds.into_iter().zip(estimates).map(within).collect()
}

/// Shares of sampled worlds, with intervals of confidence.
fn sampled(
    judge: &mut Judge<'_>,
    program: &Program,
    flat: &Rows,
    reading: &Reading,
) -> Result<Vec<Degrees>, JudgeError> {
    let watch = judge.watch.clone();
    let tallies = sample(
        flat,
        &reading.weights,
        &judge.sampling,
        |tallies| {
            watch.sampled(tallies.worlds());
            false
        },
        || watch.is_stopped(),
    );
    if tallies.worlds() == 0 {
        return Err(JudgeError::Stopped);
    }
    judge.sampled = judge.sampled.max(tallies.worlds());
    let attainable = attainable(program, &reading.weights);
    let could_be = |sides: [AtomId; 2]| sides.iter().any(|side| attainable[side.index()]);
    Ok(flat.targets().enumerate().map(|(target, sides)| shares(&tallies, target, could_be(sides))).collect())
}

/// The shares of one target. That no world was seen with a case for it or against it does not mean that there is none.
fn shares(tallies: &Tallies, target: usize, could_be: bool) -> Degrees {
    let seen = tallies.reading(target);
    let any_case = if seen.any_case { Some(true) } else { (!could_be).then_some(false) };
    let within = precision(tallies.intervals(target), any_case);
    Degrees { within: Some(within), any_case: any_case.unwrap_or(true), ..Degrees::from(seen) }
}

fn precision(bounds: Bounds, any_case: Option<bool>) -> Precision {
    Precision {
        in_favour: bounds.in_favour,
        against: bounds.against,
        conflict: bounds.conflict,
        ignorance: bounds.ignorance,
        case_for: bounds.case_for,
        case_against: bounds.case_against,
        lead: bounds.lead,
        any_case,
    }
}

impl From<Degrees> for logic::Reading {
    /// What is known exactly of degrees, without what they lie in.
    fn from(degrees: Degrees) -> Self {
        let Degrees { in_favour, against, conflict, any_case, .. } = degrees;
        Self { in_favour, conflict, against, any_case }
    }
}

impl From<logic::Reading> for Degrees {
    fn from(read: logic::Reading) -> Self {
        Self::new(read.in_favour, read.against, read.conflict, read.any_case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{Budget, Competition, Parameters, Variant, compile};
    use crate::verdict::{Scenario, Watch};

    #[test]
    fn no_world_counted_is_no_answer() {
        let case = crate::model::Case::default();
        let quantities = Parameters::new(&case, &[]);
        let program =
            compile(&case, &quantities, Variant { competition: Competition::Off, present: &[], supposed: &[] });
        let watch = Watch::default();
        let judge = Judge::with_method(&case, Scenario::default(), Method::Sampled, Budget::default());
        let mut judge = judge.watched(watch.clone());
        let reading = Reading::new(quantities.weights(&case), Default::default());
        let flat = Rows::new(&program, &[]);
        assert_eq!(estimate(&mut judge, &program, &flat, &reading), Ok(Vec::new()));
        watch.stop();
        assert_eq!(estimate(&mut judge, &program, &flat, &reading), Err(JudgeError::Stopped));
    }
}
