//! The argument for and against a statement, down to its documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, Result, unless_stopped};
use crate::logic::{AtomId, Literal, Program, Step};
use crate::model::{Effect, Source, StatementId};
use crate::verdict::Assessment;

use super::grounds::{Draft, Weighed, WeighedAttack, Written, step_losses};

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

/// The grounds of several statements, as [`grounds`] has them but for what would be lost without each; where the engine was
/// asked to stop, of those that were worked out by then. Where degrees are estimated, all are worked out together.
///
/// # Errors
///
/// As [`Engine::degrees`], but for being asked to stop.
pub fn all_grounds(
    engine: &Engine<'_>,
    statements: impl IntoIterator<Item = StatementId>,
) -> Result<BTreeMap<StatementId, Vec<Weighed>>> {
    let statements: BTreeSet<StatementId> = statements.into_iter().map(|id| engine.case().canonical(id)).collect();
    let together = if engine.method().estimates() || engine.gave_up() { statements.len() } else { 1 };
    let statements = Vec::from_iter(statements);
    let mut found = BTreeMap::new();
    for group in statements.chunks(together.max(1)) {
        let Some(branches) = unless_stopped(bare_branches(engine, group))? else { break };
        found.extend(branches.into_iter().map(|(statement, branch)| (statement, branch.grounds)));
    }
    Ok(found)
}

/// Some statements with their grounds, without what would be lost without each.
fn bare_branches(engine: &Engine<'_>, statements: &[StatementId]) -> Result<BTreeMap<StatementId, Branch>> {
    engine.unless_stopped()?;
    let mut drafts = BTreeMap::new();
    for &statement in statements {
        engine.unless_stopped()?;
        drafts.insert(statement, Written::new(engine, statement)?.drafts(statement));
    }
    Ok(weigh(&Written::new(engine, statements[0])?, statements[0], drafts, &BTreeSet::new())?.branches)
}

fn argue(engine: &Engine<'_>, statement: StatementId, depth: usize) -> Result<Argument> {
    engine.unless_stopped()?;
    let written = Written::new(engine, statement)?;
    let drafts = drafts_below(engine, statement, depth)?;
    let sources = written.sources_behind(drafts.values().flatten());
    let mut argument = weigh(&written, statement, drafts, &sources)?;
    for (&id, branch) in &mut argument.branches {
        engine.unless_stopped()?;
        note_losses(engine, id, &mut branch.grounds)?;
    }
    Ok(argument)
}

/// Weighs the grounds of some statements, and some sources, all at once.
fn weigh(
    written: &Written<'_>,
    statement: StatementId,
    drafts: BTreeMap<StatementId, Vec<Draft>>,
    sources: &BTreeSet<Source>,
) -> Result<Argument> {
    let (engine, case) = (written.engine, written.engine.case());
    // Probabilities are asked for together, in one order, and taken in the same.
    let so = |atom: AtomId| vec![Literal::Atom(atom)];
    let mut asked: Vec<Vec<Literal>> = drafts.values().flatten().flat_map(|draft| draft.asked.clone()).collect();
    for &source in sources {
        asked.push(so(Program::holds(case, source)));
        asked.extend(written.impeachments(source).map(|(_, atom)| so(atom)));
    }
    let mut probabilities = written.probabilities(statement, &asked)?.into_iter();
    let mut next = || probabilities.next().expect("a probability for each group of atoms");
    let mut argument = Argument { statement, branches: BTreeMap::new(), sources: BTreeMap::new() };
    for (id, drafts) in drafts {
        let mut grounds: Vec<Weighed> = drafts.into_iter().map(|draft| draft.weighed).collect();
        for ground in &mut grounds {
            ground.weight = next();
            ground.attacks.iter_mut().for_each(|attack| attack.in_force = next());
        }
        sort(&mut grounds);
        argument.branches.insert(id, Branch { assessment: engine.assess(id)?, grounds });
    }
    for &source in sources {
        let holds = next();
        let impeachments =
            written.impeachments(source).map(|(attack, _)| WeighedAttack { in_force: next(), ..attack }).collect();
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
            engine.unless_stopped()?;
            let drafts = Written::new(engine, id)?.drafts(id);
            below.extend(drafts.iter().flat_map(|draft| draft.weighed.below(engine.case())));
            found.insert(id, drafts);
        }
        level = below.into_iter().filter(|id| !found.contains_key(id)).collect();
    }
    Ok(found)
}

/// Notes what the case on its own side loses without each ground that is a step.
fn note_losses(engine: &Engine<'_>, statement: StatementId, grounds: &mut [Weighed]) -> Result<()> {
    let steps: Vec<(Step, Effect)> =
        grounds.iter().filter_map(|ground| Some((ground.step()?, ground.effect))).collect();
    let losses = step_losses(engine, statement, &steps)?;
    let steps = grounds.iter_mut().filter(|ground| ground.step().is_some());
    steps.zip(losses).for_each(|(ground, loss)| ground.loss = Some(loss));
    Ok(())
}

/// Those for the statement first, the weightiest first; without relations that make no case.
fn sort(grounds: &mut Vec<Weighed>) {
    grounds.retain(|ground| ground.weight > 0.0 || ground.step().is_some());
    grounds.sort_by(|one, other| {
        (one.effect == Effect::Opposes)
            .cmp(&(other.effect == Effect::Opposes))
            .then(other.weight.total_cmp(&one.weight))
            .then(one.origin.cmp(&other.origin))
    });
}
