//! The grounds for and against a statement, before and after they are weighed.

use rustc_hash::FxHashMap;

use crate::engine::{Engine, Hypothesis, Result, estimate, fill};
use crate::logic::{Atom, AtomId, Program, Rows, Step};
use crate::model::{Case, Effect, Premise, Source, StatementId};

/// Something that makes a case for or against a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// An evidence link or an inference.
    Step(Step),
    /// A stronger statement that entails it: a case for that is one for this.
    EntailedBy(StatementId),
    /// A weaker statement that it entails: a case against that is one against this.
    Entails(StatementId),
    /// A rival that is not out: a case for that is one against this.
    Rival(StatementId),
    /// All the parts of the statement, on the same side together.
    Parts,
}

/// An attack on a step, or on a source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeighedAttack {
    /// What it comes from.
    pub from: Premise,
    /// Whether it impeaches the source rather than undercutting the step.
    pub impeaches: bool,
    /// The probability that it is certainly in force, from 0 to 1.
    pub in_force: f64,
}

/// A ground with what it weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The ground.
    pub ground: Ground,
    /// Which side it speaks for.
    pub effect: Effect,
    /// The probability that it certainly makes a case, from 0 to 1.
    pub weight: f64,
    /// How much the case on its side would lose without it, from 0 to 1, where it is a step: what others
    /// carry as well is not lost.
    pub loss: Option<f64>,
    /// What attacks it, where it is a step.
    pub attacks: Vec<WeighedAttack>,
}

/// A ground that is still to be weighed.
pub(super) struct Draft {
    pub(super) weighed: Weighed,
    /// Those that have to be true together for it, then each of its attacks.
    pub(super) atoms: Vec<Vec<Atom>>,
}

impl Draft {
    fn new(ground: Ground, effect: Effect, atoms: Vec<Atom>, attacks: Vec<(WeighedAttack, Atom)>) -> Self {
        let (attacks, each): (_, Vec<Atom>) = attacks.into_iter().unzip();
        let atoms = std::iter::once(atoms).chain(each.into_iter().map(|atom| vec![atom])).collect();
        Self { weighed: Weighed { ground, effect, weight: 0.0, loss: None, attacks }, atoms }
    }
}

/// What could make a case for or against a statement.
pub(super) fn drafts(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Draft>> {
    let steps = engine.steps_to(statement).into_iter().map(|step| step_draft(engine.case(), step));
    let mut drafts: Vec<Draft> = steps.collect();
    drafts.extend(relation_drafts(engine, statement)?);
    Ok(drafts)
}

fn step_draft(case: &Case, (step, effect): (Step, Effect)) -> Draft {
    let undercuts = step.undercuts(case).iter().enumerate();
    let undercuts = undercuts.map(|(index, undercut)| {
        let attack = WeighedAttack { from: undercut.from, impeaches: false, in_force: 0.0 };
        (attack, Atom::Undercut(step, index))
    });
    let sources = step.premises(case).iter().filter_map(|premise| premise.source());
    let attacks = undercuts.chain(sources.flat_map(|source| impeachments(case, source))).collect();
    Draft::new(Ground::Step(step), effect, vec![Atom::Applicable(step)], attacks)
}

/// What impeaches a source, still to be weighed.
pub(super) fn impeachments(case: &Case, source: Source) -> impl Iterator<Item = (WeighedAttack, Atom)> {
    case.impeachments(source).iter().enumerate().map(move |(index, impeachment)| {
        let attack = WeighedAttack { from: impeachment.from, impeaches: true, in_force: 0.0 };
        (attack, Atom::Impeachment(source, index))
    })
}

fn relation_drafts(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Draft>> {
    let (case, relations) = (engine.case(), engine.relations());
    let mut drafts = Vec::new();
    let mut draft = |ground, effect, atoms| drafts.push(Draft::new(ground, effect, atoms, Vec::new()));
    for stronger in relations.entailing(statement) {
        draft(Ground::EntailedBy(stronger), Effect::Supports, vec![Atom::CaseFor(stronger)]);
    }
    for weaker in relations.entailed_by(statement) {
        draft(Ground::Entails(weaker), Effect::Opposes, vec![Atom::CaseAgainst(weaker)]);
    }
    let parts = |parts: &[StatementId], side: fn(StatementId) -> Atom| -> Vec<Atom> {
        parts.iter().map(|&part| side(case.canonical(part))).collect()
    };
    let entry = &case.statements[statement];
    if !entry.all_of.is_empty() {
        draft(Ground::Parts, Effect::Supports, parts(&entry.all_of, Atom::CaseFor));
    }
    if !entry.any_of.is_empty() {
        draft(Ground::Parts, Effect::Opposes, parts(&entry.any_of, Atom::CaseAgainst));
    }
    for rival in relations.rivals(statement) {
        if !engine.is_out(engine.base(), rival)? {
            draft(Ground::Rival(rival), Effect::Opposes, vec![Atom::CaseFor(rival)]);
        }
    }
    Ok(drafts)
}

/// For each group of atoms, the probability that all of it is certainly true, by the method of the engine; where that
/// gives bounds, an estimate. A failure is that of the statement that they are asked for.
pub(super) fn probabilities(engine: &Engine<'_>, statement: StatementId, groups: &[Vec<Atom>]) -> Result<Vec<f64>> {
    let all = |program: &Program| ids(program, groups).concat();
    let program = engine.written_program(&all)?;
    let (program, asked) = program.asking(&ids(&program, groups));
    if engine.method().estimates() {
        let flat = Rows::of(&program, &asked);
        let degrees = estimate(engine, &program, &flat, engine.base())?;
        return Ok(degrees.into_iter().map(|degrees| degrees.in_favour).collect());
    }
    let read = engine.read_all(&program, &asked).map_err(|cause| engine.too_large(statement, cause))?;
    Ok(read.into_iter().map(|read| read.in_favour).collect())
}

/// How much the case on its own side loses without each of these steps into a statement.
pub(super) fn step_losses(engine: &Engine<'_>, statement: StatementId, steps: &[(Step, Effect)]) -> Result<Vec<f64>> {
    let base = engine.base();
    let with = engine.degrees(base, statement)?;
    let less: Vec<Hypothesis> = steps.iter().map(|&(step, _)| base.off([engine.quantities().step(step)])).collect();
    fill(engine, base, &less, statement)?;
    let mut losses = Vec::with_capacity(steps.len());
    for (&(_, effect), less) in steps.iter().zip(&less) {
        let without = engine.degrees(less, statement)?;
        losses.push((with.case_on(effect) - without.case_on(effect)).max(0.0));
    }
    Ok(losses)
}

/// The places of some atoms in a program.
fn ids(program: &Program, groups: &[Vec<Atom>]) -> Vec<Vec<AtomId>> {
    let ids: FxHashMap<Atom, AtomId> = program.atoms().map(|id| (program.atom(id), id)).collect();
    let id = |atom: &Atom| *ids.get(atom).expect("every step, source and attack of the case has its atom");
    groups.iter().map(|group| group.iter().map(id).collect()).collect()
}
