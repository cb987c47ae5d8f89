//! What a verdict rests on: the grounds for and against with what each weighs, and what each source does.

use crate::logic::{Atom, AtomId, Program, Step, probability_of_all};
use crate::model::{Effect, Premise, Source, StatementId};

use super::degrees::{Degrees, Detail};
use super::judge::{Judge, JudgeError, Method};

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

/// An attack on a step, or on the source that the step starts from.
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

/// What a statement would be without one source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// The source.
    pub source: Source,
    /// The degrees without it.
    pub degrees: Degrees,
    /// The verdict without it.
    pub detail: Detail,
    /// How much (degree for, less degree against) falls by its loss, from -2 to 2.
    pub shift: f64,
}

impl Judge<'_> {
    /// The grounds of a statement, those for it first, the weightiest first.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn grounds(&mut self, statement: StatementId) -> Result<Vec<Weighed>, JudgeError> {
        let statement = self.case.canonical(statement);
        let mut grounds = Vec::new();
        for (step, effect) in self.steps(statement) {
            let weight = self.step_weight(statement, step)?;
            let loss = Some(self.step_loss(statement, step, effect)?);
            let attacks = self.attacks(statement, step)?;
            grounds.push(Weighed { ground: Ground::Step(step), effect, weight, loss, attacks });
        }
        let related = self.grounds_by_relation(statement)?;
        grounds.extend(related.into_iter().filter(|ground| ground.weight > 0.0));
        grounds.sort_by(|one, other| {
            (one.effect == Effect::Opposes)
                .cmp(&(other.effect == Effect::Opposes))
                .then(other.weight.total_cmp(&one.weight))
                .then(one.ground.cmp(&other.ground))
        });
        Ok(grounds)
    }

    /// What undercuts a step, and what impeaches the source that it starts from.
    fn attacks(&mut self, statement: StatementId, step: Step) -> Result<Vec<WeighedAttack>, JudgeError> {
        let case = self.case;
        let from = match step {
            Step::Evidence { statement, index } => Some(case.statements[statement].evidence[index].from),
            Step::Inference(_) => None,
        };
        let undercuts =
            step.undercuts(case).iter().enumerate().map(|(index, attack)| (Atom::Undercut(step, index), attack.from));
        let mut attacks: Vec<(Atom, Premise)> = undercuts.collect();
        if let Some(Premise::Source(source)) = from {
            let impeachments = case.impeachments(source).iter().enumerate();
            attacks.extend(impeachments.map(|(index, attack)| (Atom::Impeachment(source, index), attack.from)));
        }
        let mut weighed = Vec::new();
        for (atom, from) in attacks {
            let in_force = self.joint_probability(statement, |program| vec![atom_of(program, atom)])?;
            weighed.push(WeighedAttack { from, impeaches: matches!(atom, Atom::Impeachment(..)), in_force });
        }
        Ok(weighed)
    }

    /// The steps into a statement that play a part under the scenario.
    fn steps(&self, statement: StatementId) -> Vec<(Step, Effect)> {
        let case = self.case;
        let links = case.statements[statement].evidence.iter().enumerate();
        let links = links.map(|(index, link)| (Step::Evidence { statement, index }, link.effect));
        let inferences = case.inferences.iter().filter(|(_, step)| case.canonical(step.to) == statement);
        let inferences = inferences.map(|(id, step)| (Step::Inference(id), step.effect));
        links.chain(inferences).filter(|&(step, _)| !self.scenario.removes(case, step)).collect()
    }

    /// The probability that a step is certainly applicable.
    fn step_weight(&mut self, statement: StatementId, step: Step) -> Result<f64, JudgeError> {
        self.joint_probability(statement, |program| vec![atom_of(program, Atom::Applicable(step))])
    }

    /// The probability that atoms of the program of a statement are all certainly true.
    fn joint_probability(
        &mut self,
        statement: StatementId,
        atoms: impl Fn(&Program) -> Vec<AtomId>,
    ) -> Result<f64, JudgeError> {
        let program = self.in_base(|judge, base| judge.written_program(base, statement))?;
        probability_of_all(&program, &atoms(&program), &self.base.weights, self.budget)
            .map_err(|cause| self.too_large(statement, cause))
    }

    /// What the case on its side loses without a step.
    fn step_loss(&mut self, statement: StatementId, step: Step, effect: Effect) -> Result<f64, JudgeError> {
        let side = |degrees: Degrees| match effect {
            Effect::Supports => degrees.case_for(),
            Effect::Opposes => degrees.case_against(),
        };
        let with = self.in_base(|judge, base| judge.degrees(base, statement))?;
        let mut weights = self.base.weights.clone();
        weights[self.quantities.step(step).index()] = 0.0;
        let mut reading = self.reading(weights);
        Ok(side(with) - side(self.degrees(&mut reading, statement)?))
    }

    fn grounds_by_relation(&mut self, statement: StatementId) -> Result<Vec<Weighed>, JudgeError> {
        let relations = &self.relations;
        let case = self.case;
        let own_parts = |parts: &[StatementId]| parts.iter().map(|&part| case.canonical(part)).collect::<Vec<_>>();
        let entry = &case.statements[statement];
        let (all_of, any_of) = (own_parts(&entry.all_of), own_parts(&entry.any_of));
        let mut related: Vec<(Ground, Effect, StatementId)> = Vec::new();
        related.extend(relations.stronger_than(statement).map(|s| (Ground::EntailedBy(s), Effect::Supports, s)));
        related.extend(relations.entailed_by(statement).map(|s| (Ground::Entails(s), Effect::Opposes, s)));
        related.extend(relations.direct_rivals(statement).map(|s| (Ground::Rival(s), Effect::Opposes, s)));
        let mut grounds = Vec::new();
        for (ground, effect, other) in related {
            if matches!(ground, Ground::Rival(_)) && self.in_base(|judge, base| judge.is_out(base, other))? {
                continue;
            }
            let side = if matches!(ground, Ground::Entails(_)) { Effect::Opposes } else { Effect::Supports };
            let weight = self.sides_weight(statement, &[other], side)?;
            grounds.push(Weighed { ground, effect, weight, loss: None, attacks: Vec::new() });
        }
        for (parts, effect) in [(all_of, Effect::Supports), (any_of, Effect::Opposes)] {
            if !parts.is_empty() {
                let weight = self.sides_weight(statement, &parts, effect)?;
                grounds.push(Weighed { ground: Ground::Parts, effect, weight, loss: None, attacks: Vec::new() });
            }
        }
        Ok(grounds)
    }

    /// The probability that there certainly is a case on one side for each of these statements.
    fn sides_weight(&mut self, statement: StatementId, parts: &[StatementId], side: Effect) -> Result<f64, JudgeError> {
        self.joint_probability(statement, |_| {
            let atom = |&part: &StatementId| match side {
                Effect::Supports => Program::case_for(part),
                Effect::Opposes => Program::case_against(part),
            };
            parts.iter().map(atom).collect()
        })
    }

    /// What a statement would be without each of the sources that it depends on, the one whose loss
    /// shifts it most first. Sources that make no difference are left out.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn influence(&mut self, statement: StatementId) -> Result<Vec<Influence>, JudgeError> {
        let statement = self.case.canonical(statement);
        let with = self.assess(statement)?;
        let mut found = Vec::new();
        for source in self.sources_of(statement) {
            let mut reading = self.loss(source);
            let degrees = self.degrees(&mut reading, statement)?;
            let detail = self.detail(&mut reading, statement)?;
            self.losses.insert(source, reading);
            let lead = |degrees: Degrees| degrees.in_favour - degrees.against;
            let shift = lead(with.degrees) - lead(degrees);
            let same = degrees == with.degrees && detail == with.detail;
            if !same {
                found.push(Influence { source, degrees, detail, shift });
            }
        }
        found.sort_by(|one, other| {
            let turns = |influence: &Influence| influence.detail.contests_merged() != with.detail.contests_merged();
            (turns(other).cmp(&turns(one)))
                .then(other.shift.abs().total_cmp(&one.shift.abs()))
                .then(one.source.cmp(&other.source))
        });
        Ok(found)
    }

    /// Whether degrees are exact probabilities rather than those of one world.
    pub fn is_exact(&self) -> bool {
        self.method == Method::Exact
    }
}

/// The atom that says something of a program's case.
fn atom_of(program: &Program, says: Atom) -> AtomId {
    let found = program.atoms().find(|&atom| program.atom(atom) == says);
    found.expect("every step, undercut and impeachment of the case has its atom")
}
