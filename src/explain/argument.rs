//! The argument for and against a statement, down to its documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, Result};
use crate::logic::{Atom, Step};
use crate::model::{Case, Effect, Premise, Source, StatementId};
use crate::verdict::Assessment;

use super::grounds::{Draft, Ground, Weighed, WeighedAttack, drafts, impeachments, probabilities, step_losses};

/// A statement with all that it rests on. What several steps share is here once.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The statement.
    pub statement: StatementId,
    /// It and the statements below it, down to the depth that was asked for.
    pub branches: BTreeMap<StatementId, Branch>,
    /// Every source that these rest on, with those behind it.
    pub sources: BTreeMap<Source, Standing>,
}

/// A statement in an argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The verdict on it.
    pub assessment: Assessment,
    /// Its grounds, those for it first, the weightiest first.
    pub grounds: Vec<Weighed>,
}

/// A source in an argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The probability that it holds, origins and impeachments counted, from 0 to 1.
    pub holds: f64,
    /// What its account is taken from.
    pub origins: Vec<Source>,
    /// What impeaches it.
    pub impeachments: Vec<WeighedAttack>,
}

/// The argument for and against a statement: its grounds, those of the statements that these start from and so on,
/// `depth` levels below it, and every source on the way.
///
/// Cost: one compilation for all of it.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn argument(engine: &Engine<'_>, statement: StatementId, depth: usize) -> Result<Argument> {
    engine.or_sampled(|engine| argue(engine, engine.case().canonical(statement), depth))
}

/// The grounds of a statement, those for it first, the weightiest first.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn grounds(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Weighed>> {
    let statement = engine.case().canonical(statement);
    let mut argument = argument(engine, statement, 0)?;
    let branch = argument.branches.remove(&statement).expect("an argument has its own statement");
    Ok(branch.grounds)
}

fn argue(engine: &Engine<'_>, statement: StatementId, depth: usize) -> Result<Argument> {
    let case = engine.case();
    let drafts = drafts_below(engine, statement, depth)?;
    let sources = sources_behind(case, &drafts);
    // Probabilities are asked for together, in one order, and taken in the same.
    let mut atoms: Vec<Vec<Atom>> = drafts.values().flatten().flat_map(|draft| draft.atoms.clone()).collect();
    for &source in &sources {
        atoms.push(vec![Atom::Holds(source)]);
        atoms.extend(impeachments(case, source).map(|(_, atom)| vec![atom]));
    }
    let mut probabilities = probabilities(engine, statement, &atoms)?.into_iter();
    let mut next = || probabilities.next().expect("a probability for each group of atoms");
    let mut argument = Argument { statement, branches: BTreeMap::new(), sources: BTreeMap::new() };
    for (id, drafts) in drafts {
        let mut grounds: Vec<Weighed> = drafts.into_iter().map(|draft| draft.weighed).collect();
        for ground in &mut grounds {
            ground.weight = next();
            ground.attacks.iter_mut().for_each(|attack| attack.in_force = next());
        }
        note_losses(engine, id, &mut grounds)?;
        sort(&mut grounds);
        argument.branches.insert(id, Branch { assessment: engine.assess(id)?, grounds });
    }
    for source in sources {
        let holds = next();
        let impeachments = impeachments(case, source);
        let impeachments = impeachments.map(|(attack, _)| WeighedAttack { in_force: next(), ..attack }).collect();
        argument.sources.insert(source, Standing { holds, origins: case.origins(source).to_vec(), impeachments });
    }
    Ok(argument)
}

/// The grounds of a statement and of those below it.
fn drafts_below(
    engine: &Engine<'_>,
    statement: StatementId,
    depth: usize,
) -> Result<BTreeMap<StatementId, Vec<Draft>>> {
    let mut found = BTreeMap::new();
    let mut level = BTreeSet::from([statement]);
    for _ in 0..=depth {
        let mut below = BTreeSet::new();
        for id in level {
            let drafts = drafts(engine, id)?;
            below.extend(drafts.iter().flat_map(|draft| statements_of(engine.case(), id, draft)));
            found.insert(id, drafts);
        }
        level = below.into_iter().filter(|id| !found.contains_key(id)).collect();
    }
    Ok(found)
}

/// The statements that a ground of a statement starts from, and those that attack it.
fn statements_of(case: &Case, of: StatementId, draft: &Draft) -> Vec<StatementId> {
    let mut premises: Vec<Premise> = draft.weighed.attacks.iter().map(|attack| attack.from).collect();
    let mut found = Vec::new();
    match draft.weighed.ground {
        Ground::Step(step) => {
            premises.extend(step.premises(case));
            if let Step::Inference(inference) = step {
                found.extend(case.inferences[inference].given_rejected.iter().copied());
            }
        }
        Ground::EntailedBy(other) | Ground::Entails(other) | Ground::Rival(other) => found.push(other),
        Ground::Parts => {
            let entry = &case.statements[of];
            found.extend(entry.parts());
        }
    }
    found.extend(premises.into_iter().filter_map(Premise::statement));
    found.into_iter().map(|id| case.canonical(id)).collect()
}

/// Every source that some grounds start from or are attacked from, and all behind those.
fn sources_behind(case: &Case, drafts: &BTreeMap<StatementId, Vec<Draft>>) -> BTreeSet<Source> {
    let mut waiting = Vec::new();
    for draft in drafts.values().flatten() {
        let mut premises: Vec<Premise> = draft.weighed.attacks.iter().map(|attack| attack.from).collect();
        if let Ground::Step(step) = draft.weighed.ground {
            premises.extend(step.premises(case));
            if let Step::Evidence { statement, index } = step {
                waiting.extend(case.statements[statement].evidence[index].relies_on.iter().copied());
            }
        }
        waiting.extend(premises.into_iter().filter_map(Premise::source));
    }
    let mut found = BTreeSet::new();
    while let Some(source) = waiting.pop() {
        if found.insert(source) {
            waiting.extend(case.origins(source));
            waiting.extend(case.impeachments(source).iter().filter_map(|attack| attack.from.source()));
        }
    }
    found
}

/// Notes what the case on its own side loses without each ground that is a step.
fn note_losses(engine: &Engine<'_>, statement: StatementId, grounds: &mut [Weighed]) -> Result<()> {
    let as_step = |ground: &Weighed| match ground.ground {
        Ground::Step(step) => Some((step, ground.effect)),
        _ => None,
    };
    let steps: Vec<(Step, Effect)> = grounds.iter().filter_map(as_step).collect();
    let losses = step_losses(engine, statement, &steps)?;
    let steps = grounds.iter_mut().filter(|ground| as_step(ground).is_some());
    steps.zip(losses).for_each(|(ground, loss)| ground.loss = Some(loss));
    Ok(())
}

/// Those for the statement first, the weightiest first; without relations that make no case.
fn sort(grounds: &mut Vec<Weighed>) {
    grounds.retain(|ground| ground.weight > 0.0 || matches!(ground.ground, Ground::Step(_)));
    grounds.sort_by(|one, other| {
        (one.effect == Effect::Opposes)
            .cmp(&(other.effect == Effect::Opposes))
            .then(other.weight.total_cmp(&one.weight))
            .then(one.ground.cmp(&other.ground))
    });
}
