//! The grounds for and against a statement, before and after they are weighed: the rules that conclude its two sides, by
//! what the author wrote. A new rule of evidence is listed without a change here.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::{Engine, Hypothesis, Result, WrittenRules, estimate, fill};
use crate::logic::{Atom, AtomId, Literal, Origin, Program, Rows, Step};
use crate::model::{Case, Effect, Premise, Source, StatementId};

/// How an attack works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttackKind {
    /// It undercuts a step.
    Undercut,
    /// It impeaches the source of a step.
    Impeachment,
    /// It takes the place of the source of a step.
    Supersession,
}

impl AttackKind {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undercut => "undercut",
            Self::Impeachment => "impeachment",
            Self::Supersession => "supersession",
        }
    }
}

/// An attack on a step, or on a source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeighedAttack {
    /// What it comes from.
    pub from: Premise,
    /// What it attacks, and how.
    pub kind: AttackKind,
    /// The probability that it is certainly in force, from 0 to 1.
    pub in_force: f64,
}

/// A ground with what it weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// What the author wrote: an evidence link, an inference, or how it is related to other statements.
    pub origin: Origin,
    /// Which side it speaks for.
    pub effect: Effect,
    /// The statements that it starts from; first those that have to be rejected, where it is an inference.
    pub statements: Vec<StatementId>,
    /// The probability that it certainly makes a case, from 0 to 1.
    pub weight: f64,
    /// How much the case on its side would lose without it, from 0 to 1, where it is a step: what others
    /// carry as well is not lost.
    pub loss: Option<f64>,
    /// What attacks it, where it is a step.
    pub attacks: Vec<WeighedAttack>,
}

impl Weighed {
    /// The step that it is, if it is one.
    pub fn step(&self) -> Option<Step> {
        match self.origin {
            Origin::Step(step) => Some(step),
            _ => None,
        }
    }

    /// The statements that it starts from, then those that it is attacked from.
    pub(crate) fn below(&self, case: &Case) -> impl Iterator<Item = StatementId> {
        let attacking = self.attacks.iter().filter_map(|attack| attack.from.statement());
        self.statements.iter().copied().chain(attacking.map(|statement| case.canonical(statement)))
    }
}

/// A ground that is still to be weighed.
pub(super) struct Draft {
    pub(super) weighed: Weighed,
    /// What has to be so together for it, then each of its attacks.
    pub(super) asked: Vec<Vec<Literal>>,
}

/// The rules by which a statement is evaluated, with what the author wrote that each stands for.
pub(super) struct Written<'e> {
    pub(super) engine: &'e Engine<'e>,
    rules: Arc<WrittenRules>,
}

impl<'e> Written<'e> {
    pub(super) fn new(engine: &'e Engine<'e>, statement: StatementId) -> Result<Self> {
        Ok(Self { engine, rules: engine.written_rules(statement)? })
    }

    fn program(&self) -> &Program {
        &self.rules.program
    }

    /// What could make a case for or against a statement, in the order of the origins. What is declared twice is one
    /// ground, and what goes round in a circle is none.
    pub(super) fn drafts(&self, statement: StatementId) -> Vec<Draft> {
        let sides = [Effect::Supports, Effect::Opposes].into_iter().zip(Program::sides(statement));
        let mut found: Vec<(Origin, Effect, &[Literal])> = Vec::new();
        for (effect, side) in sides {
            let grounds = self.rules.origins.grounds(self.program(), side);
            // What a statement is a part of, and what has no ground but the statement, is none for it.
            let grounds =
                grounds.filter(|ground| self.rules.derivation.follow_without(self.program(), ground.body, side));
            found.extend(grounds.map(|ground| (ground.origin, effect, ground.body)));
        }
        found.retain(|&(origin, ..)| self.plays_a_part(origin));
        found.sort();
        found.dedup();
        found.into_iter().map(|(origin, effect, body)| self.draft(origin, effect, body)).collect()
    }

    /// Whether the scenario leaves it in.
    fn plays_a_part(&self, origin: Origin) -> bool {
        !matches!(origin, Origin::Step(step) if self.engine.scenario().removes(self.engine.case(), step))
    }

    fn draft(&self, origin: Origin, effect: Effect, body: &[Literal]) -> Draft {
        let (attacks, atoms): (Vec<_>, Vec<_>) = self.attacks(origin, body).into_iter().unzip();
        let mut asked = vec![body.to_vec()];
        asked.extend(atoms.into_iter().map(|atom| vec![Literal::Atom(atom)]));
        let statements = self.statements(body);
        Draft { weighed: Weighed { origin, effect, statements, weight: 0.0, loss: None, attacks }, asked }
    }

    /// The statements that a ground starts from, those with a case against them first.
    fn statements(&self, body: &[Literal]) -> Vec<StatementId> {
        let opened = body.iter().flat_map(|literal| match literal {
            &Literal::Atom(step) if matches!(self.program().atom(step), Atom::Applicable(_)) => {
                self.program().literals(step)
            }
            literal => std::slice::from_ref(literal),
        });
        let side = |literal: &Literal| match *literal {
            Literal::Atom(atom) => self.program().atom(atom).side(),
            Literal::Variable(_) | Literal::Not(_) => None,
        };
        let (against, accepted): (Vec<_>, Vec<_>) =
            opened.filter_map(side).partition(|&(_, effect)| effect == Effect::Opposes);
        against.into_iter().chain(accepted).map(|(statement, _)| statement).collect()
    }

    /// What attacks a step, then what impeaches the sources that it starts from. An exhibit names the impeachments of its
    /// document itself.
    fn attacks(&self, origin: Origin, body: &[Literal]) -> Vec<(WeighedAttack, AtomId)> {
        let Origin::Step(step) = origin else { return Vec::new() };
        let atoms = body.iter().filter_map(|literal| literal.atom()).chain(self.premises(step));
        let mut found = Vec::new();
        for attack in atoms.flat_map(|atom| self.attacks_on(atom)) {
            if !found.contains(&attack) {
                found.push(attack);
            }
        }
        found.sort_by_key(|(attack, _)| attack.kind);
        found
    }

    /// The sources that a step starts from.
    fn premises(&self, step: Step) -> impl Iterator<Item = AtomId> {
        let case = self.engine.case();
        let sources = step.premises(case).iter().filter_map(|premise| premise.source());
        sources.map(move |source| Program::holds(case, source))
    }

    /// What impeaches a source, still to be weighed.
    pub(super) fn impeachments(&self, source: Source) -> impl Iterator<Item = (WeighedAttack, AtomId)> {
        self.attacks_on(Program::holds(self.engine.case(), source))
    }

    /// What has to be out of force for an atom.
    fn attacks_on(&self, atom: AtomId) -> impl Iterator<Item = (WeighedAttack, AtomId)> {
        self.program().literals(atom).iter().filter_map(|&literal| match literal {
            Literal::Not(attack) => Some((self.attack(attack)?, attack)),
            Literal::Variable(_) | Literal::Atom(_) => None,
        })
    }

    fn attack(&self, atom: AtomId) -> Option<WeighedAttack> {
        let case = self.engine.case();
        let (from, kind) = match self.program().atom(atom) {
            Atom::Undercut(step, index) => (step.undercuts(case)[index].from, AttackKind::Undercut),
            Atom::Impeachment(source, index) => (case.impeachments(source)[index].from, AttackKind::Impeachment),
            Atom::Superseded(_, by) => (Premise::Source(Source::Document(by)), AttackKind::Supersession),
            _ => return None,
        };
        Some(WeighedAttack { from, kind, in_force: 0.0 })
    }

    /// Every source that some grounds start from or are attacked from, and all behind those.
    pub(super) fn sources_behind<'d>(&self, drafts: impl Iterator<Item = &'d Draft>) -> BTreeSet<Source> {
        let mut waiting = Vec::new();
        for draft in drafts {
            waiting.extend(draft.asked.iter().flatten().filter_map(|literal| literal.atom()));
            waiting.extend(draft.weighed.step().into_iter().flat_map(|step| self.premises(step)));
        }
        let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
        while let Some(atom) = waiting.pop() {
            let said = self.program().atom(atom);
            if said.side().is_some() || !seen.insert(atom) {
                continue;
            }
            if let Atom::Holds(source) = said {
                found.insert(source);
            }
            waiting.extend(self.program().literals(atom).iter().filter_map(|literal| literal.atom()));
        }
        found
    }

    /// For each group of conditions, the probability that all of it is certainly so, by the method of the engine; where
    /// that gives bounds, or was too much for some statements, an estimate. A failure is that of the statement that they are asked for.
    pub(super) fn probabilities(&self, statement: StatementId, groups: &[Vec<Literal>]) -> Result<Vec<f64>> {
        let engine = self.engine;
        let atoms = |_: &Program| groups.iter().flatten().filter_map(|literal| literal.atom()).collect();
        let (program, asked) = engine.written_program(&atoms)?.asking(groups);
        if engine.method().estimates() || engine.gave_up() {
            let flat = Rows::of(&program, &asked);
            let degrees = estimate(engine, &program, &flat, engine.base())?;
            return Ok(degrees.into_iter().map(|degrees| degrees.in_favour).collect());
        }
        let read = engine.read_all(&program, &asked).map_err(|cause| engine.too_large(statement, cause))?;
        Ok(read.into_iter().map(|read| read.in_favour).collect())
    }
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
