//! The grounds for and against a statement, before and after they are weighed.

use rustc_hash::FxHashMap;

use crate::logic::{Atom, AtomId, Program, Rows, Step, TooLarge, exact_of};
use crate::model::{Effect, Premise, Source, StatementId};

use super::super::degrees::Degrees;
use super::super::judge::{Judge, JudgeError};
use super::super::losses::Less;
use super::super::precision::estimate;

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

/// A ground that is still to be weighed, by the atoms that have to be true together.
pub(super) struct Draft {
    pub(super) ground: Ground,
    pub(super) effect: Effect,
    pub(super) atoms: Vec<Atom>,
    pub(super) attacks: Vec<DraftAttack>,
}

pub(super) struct DraftAttack {
    pub(super) from: Premise,
    pub(super) atom: Atom,
}

impl Judge<'_> {
    /// The grounds of a statement, those for it first, the weightiest first.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn grounds(&mut self, statement: StatementId) -> Result<Vec<Weighed>, JudgeError> {
        let statement = self.case.canonical(statement);
        let mut argument = self.argument(statement, 0)?;
        let branch = argument.branches.remove(&statement).expect("an argument has its own statement");
        Ok(branch.grounds)
    }

    /// What could make a case for or against a statement.
    pub(super) fn drafts(&mut self, statement: StatementId) -> Result<Vec<Draft>, JudgeError> {
        let mut drafts: Vec<Draft> = self.steps(statement).into_iter().map(|step| self.step_draft(step)).collect();
        drafts.extend(self.relation_drafts(statement)?);
        Ok(drafts)
    }

    /// The steps into a statement that play a part under the scenario.
    pub(super) fn steps(&self, statement: StatementId) -> Vec<(Step, Effect)> {
        let case = self.case;
        let links = case.statements[statement].evidence.iter().enumerate();
        let links = links.map(|(index, link)| (Step::Evidence { statement, index }, link.effect));
        let inferences = self.relations.inferences_to(statement).iter().copied();
        let inferences = inferences.map(|id| (Step::Inference(id), case.inferences[id].effect));
        links.chain(inferences).filter(|&(step, _)| !self.scenario.removes(case, step)).collect()
    }

    fn step_draft(&self, (step, effect): (Step, Effect)) -> Draft {
        let undercuts = step.undercuts(self.case).iter().enumerate();
        let mut attacks: Vec<DraftAttack> = undercuts
            .map(|(index, attack)| DraftAttack { from: attack.from, atom: Atom::Undercut(step, index) })
            .collect();
        for premise in step.premises(self.case) {
            if let &Premise::Source(source) = premise {
                attacks.extend(self.impeachment_drafts(source));
            }
        }
        Draft { ground: Ground::Step(step), effect, atoms: vec![Atom::Applicable(step)], attacks }
    }

    pub(super) fn impeachment_drafts(&self, source: Source) -> Vec<DraftAttack> {
        let impeachments = self.case.impeachments(source).iter().enumerate();
        impeachments
            .map(|(index, attack)| DraftAttack { from: attack.from, atom: Atom::Impeachment(source, index) })
            .collect()
    }

    fn relation_drafts(&mut self, statement: StatementId) -> Result<Vec<Draft>, JudgeError> {
        let case = self.case;
        let relations = &self.relations;
        let mut drafts = Vec::new();
        let mut draft = |ground, effect, atoms| drafts.push(Draft { ground, effect, atoms, attacks: Vec::new() });
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
        let rivals: Vec<StatementId> = relations.rivals(statement).collect();
        for rival in rivals {
            if !self.in_base(|judge, base| judge.is_out(base, rival))? {
                let (ground, atoms) = (Ground::Rival(rival), vec![Atom::CaseFor(rival)]);
                drafts.push(Draft { ground, effect: Effect::Opposes, atoms, attacks: Vec::new() });
            }
        }
        Ok(drafts)
    }

    /// For each group of atoms, the probability that all of it is certainly true, by the method of this judge; where
    /// that gives bounds, an estimate. A failure is told of the statement that they are asked for.
    pub(super) fn probabilities(
        &mut self,
        statement: StatementId,
        groups: &[Vec<Atom>],
    ) -> Result<Vec<f64>, JudgeError> {
        let all = |program: &Program| ids(program, groups).concat();
        let program = self.in_base(|judge, base| judge.written_program(base, &all))?;
        let (program, asked) = program.asking(&ids(&program, groups));
        if self.method.estimates() {
            let flat = Rows::of(&program, &asked);
            let degrees = self.in_base(|judge, base| estimate(judge, &program, &flat, base))?;
            return Ok(degrees.into_iter().map(|degrees| degrees.in_favour).collect());
        }
        self.look_how_loose();
        self.exact_probabilities(&program, &asked).map_err(|cause| self.error_too_large(statement, cause))
    }

    /// All together, which is quickest where it stays small, or one after another.
    fn exact_probabilities(&self, program: &Program, asked: &[[AtomId; 2]]) -> Result<Vec<f64>, TooLarge> {
        let weights = &self.base.weights;
        if self.is_loose != Some(true)
            && let Ok(all) = exact_of(program, asked, weights, &|_| false, self.budget_for_many())
        {
            return Ok(all.into_iter().map(|diagrams| diagrams.read(weights).in_favour).collect());
        }
        asked.iter().map(|&sides| Ok(self.compile_one(program, sides)?.read(weights).in_favour)).collect()
    }

    /// What the case on its own side loses without each of these steps into a statement.
    pub(super) fn step_losses(
        &mut self,
        statement: StatementId,
        steps: &[(Step, Effect)],
    ) -> Result<Vec<f64>, JudgeError> {
        let with = self.in_base(|judge, base| judge.degrees(base, statement))?;
        let variables: Vec<_> = steps.iter().map(|&(step, _)| vec![self.quantities.step(step)]).collect();
        let mut less: Vec<Less> = variables.into_iter().map(|off| Less::new(&self.base, off)).collect();
        self.in_base(|judge, base| judge.fill(base, &mut less, statement))?;
        let mut losses = Vec::with_capacity(steps.len());
        for (&(_, effect), less) in steps.iter().zip(&mut less) {
            let without = self.degrees(&mut less.reading, statement)?;
            losses.push((side(with, effect) - side(without, effect)).max(0.0));
        }
        Ok(losses)
    }
}

/// The places of some atoms in a program.
fn ids(program: &Program, groups: &[Vec<Atom>]) -> Vec<Vec<AtomId>> {
    let ids: FxHashMap<Atom, AtomId> = program.atoms().map(|id| (program.atom(id), id)).collect();
    let id = |atom: &Atom| *ids.get(atom).expect("every step, source and attack of the case has its atom");
    groups.iter().map(|group| group.iter().map(id).collect()).collect()
}

/// The case on a side.
pub(super) fn side(degrees: Degrees, effect: Effect) -> f64 {
    match effect {
        Effect::Supports => degrees.case_for(),
        Effect::Opposes => degrees.case_against(),
    }
}
