//! Sampling in parts: the counts of a range of worlds, and an engine that answers from counts.
//!
//! The verdict on a statement asks up to three models, and what is *out* in two of them follows from the degrees in the
//! third, that is from all worlds together. A part cannot know it. So every part starts from the same *plan*, a guess at
//! what is out, and counts the third model too; the sums show whether the plan was right.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use thiserror::Error;

use crate::logic::{BLOCK, Rows, Sampling, Tallies, Tally, count};
use crate::model::StatementId;

use super::engine::{Engine, Readiness};
use super::estimate::{mask, shares_of};
use super::method::{EngineError, Method, Result};
use super::model::{Model, ModelKey, Shape};
use super::watch::Watch;

/// In how many of a range of worlds each statement has which value, in every model that a verdict asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The worlds, numbered from 0; both ends are multiples of [`BLOCK`].
    pub worlds: Range<u64>,
    /// What was taken as out.
    pub out: BTreeSet<StatementId>,
    /// For each of [`CountedModel::of`], the counts of the statements that have a verdict of their own, in order.
    pub models: Vec<Vec<Tally>>,
}

/// A model that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountedModel {
    /// With rivals, where what is out proves nothing: the degrees of the verdicts.
    WithRivals,
    /// Without rivals and with nothing out: it says what is out.
    WithoutRivals,
    /// Without rivals, where what is out proves nothing. The same as the one before where nothing is out.
    Uncontested,
}

impl CountedModel {
    /// Its name in tallies.
    pub fn name(self) -> &'static str {
        match self {
            Self::WithRivals => "with_rivals",
            Self::WithoutRivals => "without_rivals",
            Self::Uncontested => "uncontested",
        }
    }

    /// The models that the verdicts ask where these statements are out, in order.
    pub fn of(engine: &Engine<'_>, out: &BTreeSet<StatementId>) -> Vec<Self> {
        let could_be_out = |statement| engine.could_be_out(engine.base().shape(), statement);
        let mut models = vec![Self::WithRivals];
        if engine.core.out_matters && engine.own_statements().any(could_be_out) {
            models.push(Self::WithoutRivals);
            if !out.is_empty() {
                models.push(Self::Uncontested);
            }
        }
        models
    }

    fn key(self, out: &BTreeSet<StatementId>) -> ModelKey {
        let out = if self == Self::WithoutRivals { BTreeSet::new() } else { out.clone() };
        ModelKey { rivals: self == Self::WithRivals, out, shape: Shape::default() }
    }
}

/// Counts were made with something out that is not, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("by all worlds together, other statements are out than the counts were made with")]
pub struct WrongPlan {
    /// Statements that are out, and were not taken as out.
    pub out: Vec<StatementId>,
    /// Statements that were taken as out, and are not.
    pub not_out: Vec<StatementId>,
}

/// The most worlds that can be counted: 2^53, up to which every program that reads JSON has whole numbers exactly.
pub const MOST_WORLDS: u64 = 1 << 53;

/// What is out by the degrees of this engine: the plan by which worlds are counted in parts.
///
/// Cost: as [`Engine::degrees`] of all statements in one model; nothing where nothing could be out.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn what_is_out(engine: &Engine<'_>) -> Result<BTreeSet<StatementId>> {
    let mut out = BTreeSet::new();
    for statement in engine.relations().leading_on() {
        if engine.is_out(engine.base(), statement)? {
            out.insert(statement);
        }
    }
    Ok(out)
}

impl Counts {
    /// Counts a range of worlds, with these statements out. The counts of ranges that meet add up to those of all their
    /// worlds, with the same seed and the same statements out.
    ///
    /// Cost: for each model, time linear in the size of the case times the worlds.
    ///
    /// # Errors
    ///
    /// [`EngineError::Stopped`] if the engine is asked to stop.
    ///
    /// # Panics
    ///
    /// If an end of the range is no multiple of [`BLOCK`], or above [`MOST_WORLDS`].
    pub fn new(engine: &Engine<'_>, worlds: Range<u64>, out: &BTreeSet<StatementId>) -> Result<Self> {
        assert!(worlds.end <= MOST_WORLDS, "no more worlds than can be counted");
        let statements: Vec<StatementId> = engine.own_statements().collect();
        let models = CountedModel::of(engine, out).into_iter();
        let counted = models.map(|model| count_model(engine, &model.key(out), &statements, worlds.clone()));
        Ok(Self { models: counted.collect::<Result<_>>()?, worlds, out: out.clone() })
    }

    /// A view of an engine that answers from counts, as [`Method::Sampled`] answers from the worlds that it samples itself, with
    /// intervals that hold with this confidence, from 0 to 1. Where it is not known whether a statement is out, nothing is
    /// known of what that can reach.
    ///
    /// Cost: linear in the size of the case.
    ///
    /// # Errors
    ///
    /// [`WrongPlan`] if other statements are out, by these counts, than they were made with.
    ///
    /// # Panics
    ///
    /// If they are not the counts of at least one world of this case: see [`CountedModel::of`].
    pub fn answering<'c>(&self, engine: &Engine<'c>, confidence: f64) -> Result<Engine<'c>, WrongPlan> {
        let statements: Vec<StatementId> = engine.own_statements().collect();
        let models = CountedModel::of(engine, &self.out);
        assert_eq!(models.len(), self.models.len(), "every model is counted");
        let worlds = self.worlds.end - self.worlds.start;
        let tallies: Vec<Tallies> =
            self.models.iter().map(|tallies| Tallies::counted(worlds, tallies.clone(), confidence)).collect();
        let half_width = (tallies[0].half_width() * 1e6).ceil() / 1e6;
        let sampling = Sampling { half_width, confidence, ..*engine.how_sampled() };
        let mut view = engine.by(Method::Sampled).sampling(sampling);
        // What it is asked is known; getting ready for it would begin anew.
        (view.readiness, view.from_counts) = (Readiness::All { settle: true }, true);
        view.note_sampled(worlds);
        let mut estimates: Vec<_> = models
            .iter()
            .zip(&tallies)
            .map(|(model, tallies)| shares_of(&view, &model.key(&self.out), &statements, tallies))
            .collect();
        if let Some(without_rivals) = estimates.get(1) {
            view.base().known().estimates[Model::WithoutRivals as usize] = Some(Arc::new(without_rivals.clone()));
        }
        // All that it asks is known by now, so that there is nothing to stop.
        let unsure = checked_plan(&view.clone().watched(Watch::default()), &self.out)?;
        estimates.iter_mut().for_each(|estimate| mask(&view, view.base(), estimate, &unsure));
        let uncontested = estimates.last().cloned().expect("there is a model");
        let as_it_is = estimates.swap_remove(0);
        for (model, estimate) in [(Model::Uncontested, uncontested), (Model::AsItIs, as_it_is)] {
            view.base().known().estimates[model as usize] = Some(Arc::new(estimate));
        }
        Ok(view)
    }
}

fn count_model(
    engine: &Engine<'_>,
    key: &ModelKey,
    statements: &[StatementId],
    worlds: Range<u64>,
) -> Result<Vec<Tally>> {
    let begun = AtomicU64::new(0);
    let interrupted = || {
        engine.watch.sampled(begun.fetch_add(BLOCK, Ordering::Relaxed));
        engine.watch.is_stopped()
    };
    let rows = Rows::new(&engine.program(key), statements);
    count(&rows, engine.base().weights(), engine.how_sampled(), worlds, interrupted).ok_or(EngineError::Stopped)
}

/// The statements of which it is not known whether they are out.
fn checked_plan(engine: &Engine<'_>, plan: &BTreeSet<StatementId>) -> Result<BTreeSet<StatementId>, WrongPlan> {
    let mut wrong = WrongPlan { out: Vec::new(), not_out: Vec::new() };
    let mut unsure = BTreeSet::new();
    for statement in engine.relations().leading_on() {
        let surely = engine.is_surely_out(engine.base(), statement);
        match surely.expect("the degrees without rivals are known where a statement could be out") {
            Some(true) if !plan.contains(&statement) => wrong.out.push(statement),
            Some(false) if plan.contains(&statement) => wrong.not_out.push(statement),
            None => drop(unsure.insert(statement)),
            Some(_) => {}
        }
    }
    if wrong.out.is_empty() && wrong.not_out.is_empty() { Ok(unsure) } else { Err(wrong) }
}
