//! Settled or open, with every reason.

use std::collections::BTreeSet;

use crate::logic::{Step, VariableId};
use crate::model::{Effect, Source, StatementId};
use crate::verdict::{Detail, Reason, Settlement, Shortfall, weakened};

use super::completion::{can_change, reach};
use super::engine::Engine;
use super::hypothesis::Hypothesis;
use super::losses::fill;
use super::method::Result;
use super::scenario::EFFECTS;

/// Whether a statement is settled under the base of an engine, with every reason that it is not.
pub(super) fn settle(engine: &Engine<'_>, statement: StatementId) -> Result<Settlement> {
    if let Some(known) = engine.base().known().settlements.get(&statement) {
        return Ok(known.clone());
    }
    let settlement = settlement(engine, statement)?;
    engine.base().known().settlements.insert(statement, settlement.clone());
    Ok(settlement)
}

fn settlement(engine: &Engine<'_>, statement: StatementId) -> Result<Settlement> {
    let detail = engine.detail(engine.base(), statement)?;
    let mut reasons = Vec::from_iter(shortcoming(engine, statement, detail)?);
    let shortcomings = reasons.len();
    if detail.is_decided() {
        let sources = single_sources(engine, statement, detail)?;
        if !sources.is_empty() {
            reasons.push(Reason::SingleSource { sources });
        }
    }
    if let Some(reach) = reach(engine, statement, detail)? {
        reasons.push(Reason::Withheld {
            documents: reach.documents.into_iter().collect(),
            verdicts: reach.examples.into_keys().collect(),
            search: reach.search,
        });
    }
    if detail.is_decided() {
        reasons.extend(weaker_weights(engine, statement, detail)?);
    }
    if detail != Detail::Refuted && !(detail.is_decided() && reasons.is_empty()) {
        let premises = open_premises(engine, statement)?;
        if !premises.is_empty() {
            reasons.insert(shortcomings, Reason::RestsOnOpenPremise { premises });
        }
    }
    Ok(Settlement { settled: detail.is_decided() && reasons.is_empty(), reasons })
}

/// Whether a decided verdict is settled. The same as asking for every reason, and sooner done.
pub(crate) fn stays(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<bool> {
    Ok(single_sources(engine, statement, detail)?.is_empty()
        && weaker_weights(engine, statement, detail)?.is_none()
        && !can_change(engine, statement, detail)?)
}

/// The reason that lies in the verdict itself.
fn shortcoming(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Option<Reason>> {
    let shortfall = || Ok(Shortfall::of(engine.degrees(engine.base(), statement)?, engine.bar(statement)));
    Ok(match detail {
        Detail::Established | Detail::Refuted | Detail::Undecided => None,
        Detail::RivalReadings | Detail::ConflictingEvidence => Some(Reason::Contested {
            rivals: engine.competing_readings(statement)?,
            shared: shared_sources(engine, statement)?,
        }),
        Detail::Insufficient => Some(Reason::Insufficient(shortfall()?)),
        Detail::NoEvidence => Some(Reason::NoEvidence(shortfall()?)),
    })
}

/// The sources that both sides draw on.
fn shared_sources(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Source>> {
    let [in_favour, against] = EFFECTS.map(|side| sources_in_cases(engine, statement, side));
    Ok(in_favour?.intersection(&against?).copied().collect())
}

/// The sources that occur in some case on a side of a statement: in some world the case is certain with the source and not
/// without it. None where degrees are estimates.
pub(crate) fn sources_in_cases(engine: &Engine<'_>, statement: StatementId, side: Effect) -> Result<BTreeSet<Source>> {
    let Some(compiled) = engine.written(statement)? else { return Ok(BTreeSet::new()) };
    let sources = engine.sources_of(statement);
    let numbering = &engine.core.numbering;
    let off: Vec<Vec<VariableId>> = sources.iter().map(|&source| numbering.of_source(source).collect()).collect();
    let needed = compiled.needs(side, &off, engine.base().weights());
    Ok(sources.into_iter().zip(needed).filter(|(_, needed)| *needed).map(|(source, _)| source).collect())
}

/// The sources whose loss changes a decided verdict.
fn single_sources(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for (source, without) in losses(engine, statement)? {
        if engine.detail(&without, statement)?.contests_merged() != detail.contests_merged() {
            found.push(source);
        }
    }
    Ok(found)
}

/// The base without each source that a statement depends on, with the degrees that the verdict on it needs.
pub(crate) fn losses(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<(Source, Hypothesis)>> {
    let sources = engine.sources_of(statement);
    let losses: Vec<Hypothesis> = sources.iter().map(|&source| engine.base().without(source)).collect();
    fill(engine, engine.base(), &losses, statement)?;
    Ok(sources.into_iter().zip(losses).collect())
}

/// Whether, and to what, a decided verdict falls when every number is a tenth less favourable.
fn weaker_weights(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Option<Reason>> {
    let falls_to = engine.detail(&weakest(engine, statement, detail)?, statement)?;
    let falls = falls_to.contests_merged() != detail.contests_merged();
    Ok(falls.then_some(Reason::Weights { falls_to }))
}

/// Every number moved against the winning side: down where more of it helps, up where it hurts.
fn weakest(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Hypothesis> {
    let base = engine.base();
    let gradient = engine.gradient_in(engine.key(base, statement)?, base, statement)?;
    let winning = if detail == Detail::Refuted { -1.0 } else { 1.0 };
    let further = base.further().map(|(effect, further)| (engine.quantities().further(effect), further));
    let weaker = |(variable, lead): (VariableId, f64)| {
        let helps = winning * lead;
        let number = match further {
            Some((place, supposed)) if place == variable => supposed.weakened(helps),
            _ => weakened(base.weights().of(variable), helps),
        };
        (variable, number)
    };
    Ok(base.with(gradient.lead().map(weaker)))
}

/// Statements among the premises of supporting steps that are not decided as the steps need them.
fn open_premises(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<StatementId>> {
    let (accepted, rejected) = premises(engine, statement);
    let mut open = BTreeSet::new();
    for (premises, needed) in [(accepted, Detail::Established), (rejected, Detail::Refuted)] {
        for premise in premises {
            if engine.detail(engine.base(), premise)? != needed {
                open.insert(premise);
            }
        }
    }
    Ok(open.into_iter().collect())
}

/// The statements that supporting steps of a statement need accepted, and those they need rejected.
pub(crate) fn premises(engine: &Engine<'_>, statement: StatementId) -> (Vec<StatementId>, Vec<StatementId>) {
    let (mut accepted, mut rejected) = (Vec::new(), Vec::new());
    for (step, _) in engine.steps_to(statement).into_iter().filter(|(_, effect)| *effect == Effect::Supports) {
        accepted.extend(step.premises(engine.case()).iter().filter_map(|premise| premise.statement()));
        if let Step::Inference(inference) = step {
            rejected.extend(&engine.case().inferences[inference].given_rejected);
        }
    }
    (accepted, rejected)
}
