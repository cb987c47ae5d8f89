//! Hypotheses that differ from another by one number: the degrees of all of them from one gradient, for degrees are
//! linear in each number (Darwiche 2003).

use std::collections::{BTreeMap, BTreeSet};

use crate::logic::{Gradient, VariableId};
use crate::model::StatementId;
use crate::verdict::{Degrees, TOLERANCE};

use super::degrees::Gradients;
use super::engine::Engine;
use super::hypothesis::Hypothesis;
use super::method::{Method, Result};
use super::model::{Model, ModelKey};
use super::strategy::READS_A_STEP;
use super::vary::{Question, Vary};

/// Less than this is what rounding leaves.
const ROUNDING: f64 = 1e-13;

/// Works out what the verdict on a statement needs under hypotheses that have a little less than `full`. What does not
/// follow from its gradients is left to be worked out when it is asked for.
pub(crate) fn fill(engine: &Engine<'_>, full: &Hypothesis, less: &[Hypothesis], statement: StatementId) -> Result<()> {
    if *engine.method() == Method::Sampled {
        return fill_by_sampling(engine, less, statement);
    }
    if engine.method().estimates() {
        return Ok(());
    }
    let mut decisive: BTreeSet<StatementId> = engine.rivals(statement).iter().copied().collect();
    decisive.insert(statement);
    for &decisive in &decisive {
        fill_without_rivals(engine, full, less, decisive)?;
    }
    for statement in decisive {
        fill_as_it_is(engine, full, less, statement)?;
        read_together(engine, less, statement)?;
    }
    Ok(())
}

/// Samples the degrees of a statement under hypotheses that have not been asked about yet, in the worlds of the base.
fn fill_by_sampling(engine: &Engine<'_>, hypotheses: &[Hypothesis], statement: StatementId) -> Result<()> {
    let unknown =
        hypotheses.iter().filter(|one| !one.known().varied.contains(&statement) && !one.says_as(engine.base()));
    let question = |hypothesis: &Hypothesis| Question::new(hypothesis.clone(), vec![statement]);
    let questions: Vec<Question> = unknown.map(question).collect();
    // Getting ready to ask costs as much as asking does.
    if questions.is_empty() { Ok(()) } else { Vary::of_degrees(engine, [statement])?.ask(&questions) }
}

/// Works out the degrees of a statement under several hypotheses of one shape together, where they are not known yet.
pub(super) fn read_together(engine: &Engine<'_>, hypotheses: &[Hypothesis], statement: StatementId) -> Result<()> {
    let Some(shape) = hypotheses.first().map(Hypothesis::shape) else { return Ok(()) };
    if knows(hypotheses, Model::AsItIs, statement) || engine.exact(&hypotheses[0], Model::AsItIs, statement)?.is_none()
    {
        return Ok(());
    }
    for &competitor in engine.competing(shape, statement).iter() {
        if engine.exact(&hypotheses[0], Model::WithoutRivals, competitor)?.is_none() {
            return Ok(());
        }
        let key = ModelKey::without_rivals(shape.clone());
        read_in(engine, &key, Model::WithoutRivals, hypotheses.iter(), competitor)?;
    }
    let mut groups: BTreeMap<ModelKey, Vec<&Hypothesis>> = BTreeMap::new();
    for one in hypotheses {
        groups.entry(engine.key(one, statement)?).or_default().push(one);
    }
    for (key, group) in groups {
        read_in(engine, &key, Model::AsItIs, group.into_iter(), statement)?;
    }
    Ok(())
}

fn read_in<'h>(
    engine: &Engine<'_>,
    key: &ModelKey,
    model: Model,
    hypotheses: impl Iterator<Item = &'h Hypothesis>,
    statement: StatementId,
) -> Result<()> {
    let unknown: Vec<&Hypothesis> = hypotheses.filter(|one| one.read(model, statement).is_none()).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let weights: Vec<_> = unknown.iter().map(|one| |variable| one.weights().of(variable)).collect();
    let weights: Vec<&dyn Fn(VariableId) -> f64> = weights.iter().map(|weight| weight as _).collect();
    let compiled = engine.compiled(key, statement)?;
    engine.affordable(statement)?;
    engine.spend(weights.len() * compiled.size() / (4 * READS_A_STEP));
    let read = compiled.read_many(&weights);
    unknown.into_iter().zip(read).for_each(|(one, read)| one.keep(model, statement, read));
    Ok(())
}

/// The degrees without rivals of all that decides which program a statement is read in.
fn fill_without_rivals(
    engine: &Engine<'_>,
    full: &Hypothesis,
    less: &[Hypothesis],
    statement: StatementId,
) -> Result<()> {
    let competing = engine.competing(full.shape(), statement);
    for competitor in competing.iter().copied().chain([statement]) {
        if !knows(less, Model::WithoutRivals, competitor)
            && engine.could_be_out(full.shape(), competitor)
            && engine.exact(full, Model::WithoutRivals, competitor)?.is_some()
        {
            let gradient = engine.gradient_without_rivals(full, competitor)?;
            less.iter().for_each(|less| note(full, less, Model::WithoutRivals, competitor, &gradient));
        }
    }
    Ok(())
}

fn fill_as_it_is(engine: &Engine<'_>, full: &Hypothesis, less: &[Hypothesis], statement: StatementId) -> Result<()> {
    if knows(less, Model::AsItIs, statement) || engine.exact(full, Model::AsItIs, statement)?.is_none() {
        return Ok(());
    }
    let key = engine.key(full, statement)?;
    let gradient = engine.gradient_in(key.clone(), full, statement)?;
    for less in less {
        if engine.key(less, statement)? == key {
            note(full, less, Model::AsItIs, statement, &gradient);
        }
    }
    Ok(())
}

pub(super) fn knows(hypotheses: &[Hypothesis], model: Model, statement: StatementId) -> bool {
    hypotheses.iter().all(|one| one.read(model, statement).is_some())
}

/// Notes the degrees of a statement under a hypothesis, where they follow from the gradient under another: one number
/// at most differs, and enough is left to tell that there is a case at all.
fn note(full: &Hypothesis, less: &Hypothesis, model: Model, statement: StatementId, gradient: &Gradient) {
    let mut changes = less.weights().changes_from(full.weights());
    let left = match (changes.next(), changes.next()) {
        (None, _) => gradient.reading,
        (Some((variable, change)), None) => gradient.with(variable, change),
        _ => return,
    };
    // What the subtraction leaves of nothing is nothing.
    let parts = [left.in_favour, left.against, left.conflict].map(|part| if part < ROUNDING { 0.0 } else { part });
    if parts.iter().sum::<f64>() > TOLERANCE {
        let degrees = Degrees::new(parts[0], parts[1], parts[2], true);
        less.keep(model, statement, degrees.into());
    }
}

/// Whether the same statements are out when one number changes by some amount, by the gradients of all that could be
/// out.
pub(crate) fn same_are_out(engine: &Engine<'_>, gradients: &Gradients, variable: VariableId, change: f64) -> bool {
    gradients.iter().all(|(competitor, gradient)| {
        let is_out = |change| engine.is_out_with(*competitor, gradient.with(variable, change).into());
        is_out(0.0) == is_out(change)
    })
}
