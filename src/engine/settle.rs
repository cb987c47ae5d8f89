//! Settled or open, with every reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::logic::{Idle, TooComplex, VariableId};
use crate::model::{Effect, Source, StatementId};
use crate::verdict::{Detail, Reason, Settlement, Shortfall, TOLERANCE, weakened};

use super::completion::{can_change, reach};
use super::engine::Engine;
use super::hypothesis::Hypothesis;
use super::losses::{fill, read_together};
use super::method::{EngineError, Method, Result, Searched};
use super::scenario::EFFECTS;
use super::vary::{Question, Vary};

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
    let premises = open_premises(engine, statement, detail)?;
    reasons.extend(premises.map(|premises| Reason::RestsOnOpenPremise { premises }));
    if detail.is_decided() {
        let statements = assumptions(engine, statement, detail)?;
        if !statements.is_empty() {
            reasons.push(Reason::Assumption { statements });
        }
        let sources = single_sources(engine, statement, detail)?;
        if !sources.is_empty() {
            reasons.push(Reason::SingleSource { sources });
        }
    }
    if let Some(reach) = reach(engine, statement, detail)? {
        reasons.push(Reason::Withheld {
            documents: reach.documents.iter().copied().collect(),
            verdicts: reach.examples.keys().copied().collect(),
            search: reach.search,
        });
    }
    if detail.is_decided() {
        reasons.extend(weaker_weights(engine, statement, detail)?);
    }
    let settled = Some(detail.is_decided() && reasons.is_empty());
    Ok(Settlement { settled, reasons, doubts: Vec::new(), sampled: false })
}

/// Whether a decided verdict is settled. The same as asking for every reason, and sooner done.
pub(crate) fn stays(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<bool> {
    Ok(single_sources(engine, statement, detail)?.is_empty()
        && weaker_weights(engine, statement, detail)?.is_none()
        && assumptions(engine, statement, detail)?.is_empty()
        && !rests_on_open(engine, statement, detail)?
        && !can_change(engine, statement, detail)?)
}

/// The reason that lies in the verdict itself.
pub(super) fn shortcoming(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Option<Reason>> {
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
fn shared_sources(engine: &Engine<'_>, statement: StatementId) -> Result<Searched<Vec<Source>>> {
    if engine.written(statement)?.is_none() {
        return Ok(Err(TooComplex::Sampled));
    }
    let [in_favour, against] = EFFECTS.map(|side| sources_in_cases(engine, statement, side));
    let (in_favour, against) = (in_favour?, against?);
    Ok(in_favour.and_then(|in_favour| Ok(in_favour.intersection(&*against?).copied().collect())))
}

/// The sources that occur in some case on a side of a statement: in some world the case is certain with the source and not
/// without it. None where degrees are estimates.
pub(crate) fn sources_in_cases(
    engine: &Engine<'_>,
    statement: StatementId,
    side: Effect,
) -> Result<Searched<Arc<BTreeSet<Source>>>> {
    // Each of several rivals is compared with all the others.
    if let Some(known) = engine.base().known().in_cases.get(&(statement, side)) {
        return Ok(known.clone());
    }
    let found = find_in_cases(engine, statement, side)?.map(Arc::new);
    Ok(engine.base().known().in_cases.entry((statement, side)).or_insert(found).clone())
}

fn find_in_cases(engine: &Engine<'_>, statement: StatementId, side: Effect) -> Result<Searched<BTreeSet<Source>>> {
    let Some(compiled) = engine.written(statement)? else { return Ok(Ok(BTreeSet::new())) };
    let sources = engine.sources_of(statement);
    let numbering = &engine.core.numbering;
    let off: Vec<Vec<VariableId>> = sources.iter().map(|&source| numbering.of_source(source).collect()).collect();
    let needed = compiled.needs(side, &off, engine.base().weights());
    let needed = needed.map(|needed| sources.into_iter().zip(needed).filter(|(_, needed)| *needed));
    Ok(needed.map(|needed| needed.map(|(source, _)| source).collect()).map_err(TooComplex::from))
}

/// The sources whose loss changes a decided verdict.
fn single_sources(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for (source, without) in losses(engine, statement)? {
        if changes(engine, &without, statement, detail)? {
            found.push(source);
        }
    }
    Ok(found)
}

/// The assumptions whose loss changes a decided verdict.
fn assumptions(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Vec<StatementId>> {
    let assumed = engine.assumptions_behind(statement);
    let less: Vec<Hypothesis> = assumed.iter().map(|&(_, variable)| engine.base().off([variable])).collect();
    fill(engine, engine.base(), &less, statement)?;
    let mut found = Vec::new();
    for (&(assumed, _), less) in assumed.iter().zip(&less) {
        if changes(engine, less, statement, detail)? {
            found.push(assumed);
        }
    }
    Ok(found)
}

/// Whether the verdict on a statement is another under a hypothesis, the two details of contested taken as one.
fn changes(engine: &Engine<'_>, hypothesis: &Hypothesis, statement: StatementId, detail: Detail) -> Result<bool> {
    Ok(engine.detail(hypothesis, statement)?.contests_merged() != detail.contests_merged())
}

/// The base without each source that a statement depends on, with the degrees that the verdict on it needs.
pub(crate) fn losses(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<(Source, Hypothesis)>> {
    let sources = engine.sources_of(statement);
    if engine.asks_all() && *engine.method() == Method::Sampled {
        sample_losses(engine)?;
    }
    let losses: Vec<Hypothesis> = sources.iter().map(|&source| engine.base().without(source)).collect();
    fill(engine, engine.base(), &losses, statement)?;
    Ok(sources.into_iter().zip(losses).collect())
}

/// Samples what every statement would be without each source, all together.
fn sample_losses(engine: &Engine<'_>) -> Result<()> {
    if std::mem::replace(&mut engine.base().known().losses_sampled, true) {
        return Ok(());
    }
    let mut reached = BTreeMap::<Source, Vec<StatementId>>::new();
    for statement in engine.own_statements() {
        for source in engine.sources_of(statement) {
            reached.entry(source).or_default().push(statement);
        }
    }
    let question = |(source, statements)| Question::new(engine.base().without(source), statements);
    let questions: Vec<Question> = reached.into_iter().map(question).collect();
    Vary::of_degrees(engine, engine.own_statements())?.ask(&questions)
}

/// Whether, and to what, a decided verdict falls when every number is a tenth less favourable: those that act on it, and
/// then with them, either way, those that only act on what is out.
fn weaker_weights(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Option<Reason>> {
    let weaker = weakened_numbers(engine, statement, detail)?;
    let pressures = pressure_on_what_is_out(engine, statement, &weaker)?;
    let either_way: &[f64] = if pressures.is_empty() { &[] } else { &[1.0, -1.0] };
    let pressed = |&more_out: &f64| engine.base().with(weaker.clone()).with(moved(engine, &pressures, more_out));
    let less_favourable: Vec<Hypothesis> =
        std::iter::once(engine.base().with(weaker.clone())).chain(either_way.iter().map(pressed)).collect();
    read_together(engine, &less_favourable, statement)?;
    for hypothesis in less_favourable {
        let falls_to = engine.detail(&hypothesis, statement)?;
        if falls_to.contests_merged() != detail.contests_merged() {
            return Ok(Some(Reason::Weights { falls_to }));
        }
    }
    Ok(None)
}

/// Every number that acts on a statement, moved against the winning side: down where more of it helps, up where it hurts.
fn weakened_numbers(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<BTreeMap<VariableId, f64>> {
    let base = engine.base();
    let gradient = engine.gradient_in(engine.key(base, statement)?, base, statement)?;
    let winning = if detail == Detail::Refuted { -1.0 } else { 1.0 };
    let further = base.further().map(|(effect, further)| (engine.quantities().further(effect), further));
    let weaker = |(variable, lead): (VariableId, f64)| {
        let helps = winning * lead;
        match further {
            Some((place, supposed)) if place == variable => Some((variable, supposed.weakened(helps))),
            _ if helps.abs() <= TOLERANCE || !is_written(engine, variable) => None,
            _ => Some((variable, weakened(base.weights().of(variable), helps))),
        }
    };
    Ok(gradient.lead().filter_map(weaker).collect())
}

fn is_written(engine: &Engine<'_>, variable: VariableId) -> bool {
    engine.quantities().quantity(variable).is_written()
}

/// How much each number that does not act on a statement itself helps the case against what its verdict needs in or out:
/// the derivatives of case against less case for, in the model without rivals, summed over all statements whose rivalry
/// or entailment can reach it.
fn pressure_on_what_is_out(
    engine: &Engine<'_>,
    statement: StatementId,
    moved: &BTreeMap<VariableId, f64>,
) -> Result<BTreeMap<VariableId, f64>> {
    let base = engine.base();
    let mut pressures = BTreeMap::new();
    for &bearing in engine.bearing(statement).iter() {
        for (variable, lead) in engine.gradient_without_rivals(base, bearing)?.lead() {
            *pressures.entry(variable).or_insert(0.0) -= lead;
        }
    }
    pressures.retain(|&variable, pressure| {
        pressure.abs() > TOLERANCE && !moved.contains_key(&variable) && is_written(engine, variable)
    });
    Ok(pressures)
}

/// Numbers moved by a tenth of themselves: to where more is out, or to where less is.
fn moved(engine: &Engine<'_>, pressures: &BTreeMap<VariableId, f64>, more_out: f64) -> Vec<(VariableId, f64)> {
    let number = |variable: VariableId| engine.base().weights().of(variable);
    let moved =
        pressures.iter().map(|(&variable, pressure)| (variable, weakened(number(variable), -pressure * more_out)));
    moved.collect()
}

/// What a verdict rests on that is not itself decided. Of a decided verdict: those statements that lead on to it, as
/// premises, by entailment or as parts, and without which, taken all at once, it is another. Else the premises of the
/// steps into the statement that would change the verdict if they were decided. None: on nothing of either kind.
fn open_premises(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Option<Vec<StatementId>>> {
    if let Some(undecided) = needed_undecided(engine, statement, detail)? {
        return bearing_premises(engine, statement, detail, &undecided).map(Some);
    }
    let mut open = Vec::new();
    for (premise, side) in premises(engine, statement) {
        if is_open_premise(engine, statement, detail, (premise, side))? && open.last() != Some(&premise) {
            open.push(premise);
        }
    }
    Ok((!open.is_empty()).then_some(open))
}

/// Whether a verdict rests on something that is not itself decided: the same, and sooner done.
fn rests_on_open(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<bool> {
    if needed_undecided(engine, statement, detail)?.is_some() {
        return Ok(true);
    }
    for premise in premises(engine, statement) {
        if is_open_premise(engine, statement, detail, premise)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The undecided sides that lead on to a decided verdict, where it is another without them all.
fn needed_undecided(engine: &Engine<'_>, statement: StatementId, detail: Detail) -> Result<Option<Idle>> {
    if !detail.is_decided() {
        return Ok(None);
    }
    let undecided = undecided_behind(engine, statement)?;
    let needed = !undecided.is_empty() && changes(engine, &without_undecided(engine, &undecided)?, statement, detail)?;
    Ok(needed.then_some(undecided))
}

/// Whether a premise is not decided as a step needs it, and would change the verdict if it were.
fn is_open_premise(
    engine: &Engine<'_>,
    statement: StatementId,
    detail: Detail,
    (premise, side): (StatementId, Effect),
) -> Result<bool> {
    Ok(engine.detail(engine.base(), premise)? != Detail::decided_on(side)
        && changes(engine, &engine.base().supposing(&[(premise, side)]), statement, detail)?)
}

/// The base in which what is not decided leads on to nothing: in the whole case, where all of it is asked about, so that
/// its programs serve every statement.
fn without_undecided(engine: &Engine<'_>, behind: &Idle) -> Result<Hypothesis> {
    if !engine.asks_all() {
        return Ok(engine.base().idle(behind.clone()));
    }
    if let Some(known) = engine.base().known().without_undecided.clone() {
        return Ok(known);
    }
    let mut undecided = Idle::new();
    for statement in engine.own_statements() {
        undecided.extend(undecided_sides(engine, statement, None)?);
    }
    let without = engine.base().idle(undecided);
    Ok(engine.base().known().without_undecided.get_or_insert(without).clone())
}

/// The sides of statements that lead on, in what a statement depends on, and are not decided in the way that is needed.
pub(super) fn undecided_behind(engine: &Engine<'_>, statement: StatementId) -> Result<Idle> {
    let behind: BTreeSet<StatementId> = engine.statements_behind(statement).collect();
    let bounds = (behind.len() > ONE_BY_ONE && engine.base().shape().is_plain())
        .then(|| engine.by(Method::Bounds).asking(&behind, &BTreeSet::new(), false))
        .transpose()?;
    let mut undecided = Idle::new();
    for behind in behind {
        // One pass of bounds over a large case may tell what would otherwise be worked out statement by statement.
        let surely = bounds.as_ref().map(|bounds| bounds.detail(bounds.base(), behind)).transpose()?;
        undecided.extend(undecided_sides(engine, behind, surely)?);
    }
    Ok(undecided)
}

/// The verdicts of so many statements are worked out one by one.
const ONE_BY_ONE: usize = 500;

/// The sides on which a statement leads on and is not decided; its verdict, if that is known, is given.
fn undecided_sides(
    engine: &Engine<'_>,
    statement: StatementId,
    surely: Option<Detail>,
) -> Result<Vec<(StatementId, Effect)>> {
    let leading = EFFECTS.into_iter().filter(|&side| engine.relations().leads(statement, side));
    let leading: Vec<Effect> = leading.collect();
    if leading.is_empty() {
        return Ok(Vec::new());
    }
    let exactly = || engine.detail(engine.base(), statement);
    let detail = match surely.filter(|&surely| surely != Detail::Undecided).map_or_else(exactly, Ok) {
        // What is too much to compute is not known to be decided.
        Err(EngineError::TooLarge { .. }) => Detail::Undecided,
        detail => detail?,
    };
    let undecided = leading.into_iter().filter(|&side| detail != Detail::decided_on(side));
    Ok(undecided.map(|side| (statement, side)).collect())
}

/// Of undecided statements without which a verdict is another, those that bear it: alone, if any does; else all whose
/// loss acts on it at all; else, where each of several would be enough, those that act on it without the others.
fn bearing_premises(
    engine: &Engine<'_>,
    statement: StatementId,
    detail: Detail,
    undecided: &Idle,
) -> Result<Vec<StatementId>> {
    let (now, proven) = (engine.base().clone(), engine.base().idle(undecided.clone()));
    let differ = |one: &Hypothesis, other: &Hypothesis| -> Result<bool> {
        Ok(!engine.degrees(one, statement)?.is_close(engine.degrees(other, statement)?, TOLERANCE))
    };
    let open: BTreeSet<StatementId> = undecided.iter().map(|&(open, _)| open).collect();
    let (mut alone, mut acting, mut enough) = (Vec::new(), Vec::new(), Vec::new());
    for &open in &open {
        let own: Idle = undecided.iter().copied().filter(|&(of, _)| of == open).collect();
        let without = engine.base().idle(own);
        if changes(engine, &without, statement, detail)? {
            alone.push(open);
        }
        if differ(&without, &now)? {
            acting.push(open);
        }
    }
    if acting.is_empty() {
        for &open in &open {
            let others: Idle = undecided.iter().copied().filter(|&(of, _)| of != open).collect();
            if differ(&engine.base().idle(others), &proven)? {
                enough.push(open);
            }
        }
    }
    Ok([alone, acting, enough].into_iter().find(|found| !found.is_empty()).unwrap_or_default())
}

/// The statements that the steps into a statement start from, each with the side on which it has to be decided, in order.
pub(crate) fn premises(engine: &Engine<'_>, statement: StatementId) -> BTreeSet<(StatementId, Effect)> {
    let steps = engine.steps_to(statement).into_iter();
    let needed = steps.flat_map(|(step, _)| step.needed(engine.case()).collect::<Vec<_>>());
    needed.map(|(premise, side)| (engine.case().canonical(premise), side)).collect()
}
