//! The argument for and against a statement, down to its documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, EngineError};
use crate::logic::{Atom, Step};
use crate::model::{Case, Effect, Premise, Source, StatementId};
use crate::verdict::Assessment;

use super::grounds::{
    Draft, DraftAttack, Ground, Weighed, WeighedAttack, drafts, impeachment_drafts, probabilities, step_losses,
};

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
pub fn argument(engine: &Engine<'_>, statement: StatementId, depth: usize) -> Result<Argument, EngineError> {
    engine.or_sampled(|engine| argue(engine, engine.case().canonical(statement), depth))
}

fn argue(engine: &Engine<'_>, statement: StatementId, depth: usize) -> Result<Argument, EngineError> {
    let case = engine.case();
    let drafts = drafts_below(engine, statement, depth)?;
    let sources = sources_behind(case, &drafts);
    let mut groups = Groups::default();
    let branches: Vec<(StatementId, Vec<Placed>)> = (drafts.into_iter())
        .map(|(id, drafts)| (id, drafts.into_iter().map(|draft| groups.place(draft)).collect()))
        .collect();
    let standings: Vec<(Source, usize, Vec<PlacedAttack>)> = (sources.into_iter())
        .map(|source| {
            let holds = groups.group(vec![Atom::Holds(source)]);
            (source, holds, groups.attacks(impeachment_drafts(case, source)))
        })
        .collect();
    let weights = probabilities(engine, statement, &groups.groups)?;
    let mut argument = Argument { statement, branches: BTreeMap::new(), sources: BTreeMap::new() };
    for (id, placed) in branches {
        let grounds = weighed(engine, id, placed, &weights)?;
        argument.branches.insert(id, Branch { assessment: engine.assess(id)?, grounds });
    }
    for (source, holds, attacks) in standings {
        let impeachments = attacks.iter().map(|attack| attack.weighed(&weights)).collect();
        let standing = Standing { holds: weights[holds], origins: case.origins(source).to_vec(), impeachments };
        argument.sources.insert(source, standing);
    }
    Ok(argument)
}

/// The grounds of a statement and of those below it.
fn drafts_below(
    engine: &Engine<'_>,
    statement: StatementId,
    depth: usize,
) -> Result<BTreeMap<StatementId, Vec<Draft>>, EngineError> {
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
    let mut premises: Vec<Premise> = draft.attacks.iter().map(|attack| attack.from).collect();
    let mut found = Vec::new();
    match draft.ground {
        Ground::Step(step) => {
            premises.extend(step.premises(case));
            if let Step::Inference(inference) = step {
                found.extend(case.inferences[inference].given_rejected.iter().copied());
            }
        }
        Ground::EntailedBy(other) | Ground::Entails(other) | Ground::Rival(other) => found.push(other),
        Ground::Parts => {
            let entry = &case.statements[of];
            found.extend(entry.all_of.iter().chain(&entry.any_of).copied());
        }
    }
    found.extend(premises.into_iter().filter_map(|premise| match premise {
        Premise::Statement(statement) => Some(statement),
        Premise::Source(_) => None,
    }));
    found.into_iter().map(|id| case.canonical(id)).collect()
}

/// Every source that some grounds start from or are attacked from, and all behind those.
fn sources_behind(case: &Case, drafts: &BTreeMap<StatementId, Vec<Draft>>) -> BTreeSet<Source> {
    let mut waiting = Vec::new();
    for draft in drafts.values().flatten() {
        let mut premises: Vec<Premise> = draft.attacks.iter().map(|attack| attack.from).collect();
        if let Ground::Step(step) = draft.ground {
            premises.extend(step.premises(case));
            if let Step::Evidence { statement, index } = step {
                waiting.extend(case.statements[statement].evidence[index].relies_on.iter().copied());
            }
        }
        waiting.extend(premises.into_iter().filter_map(as_source));
    }
    let mut found = BTreeSet::new();
    while let Some(source) = waiting.pop() {
        if found.insert(source) {
            waiting.extend(case.origins(source));
            waiting.extend(case.impeachments(source).iter().filter_map(|attack| as_source(attack.from)));
        }
    }
    found
}

/// Grounds with what they weigh, those for the statement first, the weightiest first.
fn weighed(
    engine: &Engine<'_>,
    statement: StatementId,
    placed: Vec<Placed>,
    weights: &[f64],
) -> Result<Vec<Weighed>, EngineError> {
    let steps: Vec<(Step, Effect)> = placed.iter().filter_map(Placed::step).collect();
    let mut losses = step_losses(engine, statement, &steps)?.into_iter();
    let mut grounds: Vec<Weighed> = (placed.into_iter())
        .map(|placed| Weighed {
            ground: placed.ground,
            effect: placed.effect,
            weight: weights[placed.group],
            loss: placed.step().and_then(|_| losses.next()),
            attacks: placed.attacks.iter().map(|attack| attack.weighed(weights)).collect(),
        })
        .collect();
    grounds.retain(|ground| ground.weight > 0.0 || matches!(ground.ground, Ground::Step(_)));
    grounds.sort_by(|one, other| {
        (one.effect == Effect::Opposes)
            .cmp(&(other.effect == Effect::Opposes))
            .then(other.weight.total_cmp(&one.weight))
            .then(one.ground.cmp(&other.ground))
    });
    Ok(grounds)
}

fn as_source(premise: Premise) -> Option<Source> {
    match premise {
        Premise::Source(source) => Some(source),
        Premise::Statement(_) => None,
    }
}

/// Groups of atoms whose probabilities are asked for together.
#[derive(Default)]
struct Groups {
    groups: Vec<Vec<Atom>>,
}

/// A ground, with the place of its group.
struct Placed {
    ground: Ground,
    effect: Effect,
    group: usize,
    attacks: Vec<PlacedAttack>,
}

struct PlacedAttack {
    from: Premise,
    impeaches: bool,
    group: usize,
}

impl Groups {
    fn group(&mut self, atoms: Vec<Atom>) -> usize {
        self.groups.push(atoms);
        self.groups.len() - 1
    }

    fn place(&mut self, draft: Draft) -> Placed {
        let Draft { ground, effect, atoms, attacks } = draft;
        Placed { ground, effect, group: self.group(atoms), attacks: self.attacks(attacks) }
    }

    fn attacks(&mut self, attacks: Vec<DraftAttack>) -> Vec<PlacedAttack> {
        let place = |DraftAttack { from, atom }| PlacedAttack {
            from,
            impeaches: matches!(atom, Atom::Impeachment(..)),
            group: self.group(vec![atom]),
        };
        attacks.into_iter().map(place).collect()
    }
}

impl Placed {
    fn step(&self) -> Option<(Step, Effect)> {
        match self.ground {
            Ground::Step(step) => Some((step, self.effect)),
            _ => None,
        }
    }
}

impl PlacedAttack {
    fn weighed(&self, weights: &[f64]) -> WeighedAttack {
        WeighedAttack { from: self.from, impeaches: self.impeaches, in_force: weights[self.group] }
    }
}
