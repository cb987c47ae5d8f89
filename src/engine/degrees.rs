//! Degrees under a hypothesis: which program a statement is read in, and what it says.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::logic::{
    AtomId, Compiled, Derivation, Elimination, Exact, Gradient, Origins, Out, Passage, Program, Reading, Start,
    Subject, Supposition, TooLarge, TooWide, VariableId, Variant, attainable, compile, compile_with_origins,
};
use crate::model::StatementId;
use crate::verdict::{Degrees, Sure, reaches};

use super::engine::{Engine, Readiness};
use super::estimate::estimated;
use super::hypothesis::Hypothesis;
use super::loops::has_loops;
use super::method::{EngineError, Result};
use super::model::{IdleSides, Model, ModelKey, Presence, Shape};
use super::strategy::{FEW_NUMBERS, MOST_GRADIENTS, READS_A_STEP};

/// Rules, with what the author wrote that each stands for.
#[derive(Debug)]
pub(crate) struct WrittenRules {
    pub(crate) program: Program,
    pub(crate) origins: Origins,
    /// In how many steps each atom follows.
    pub(crate) derivation: Derivation,
}

/// Gradients of several statements.
pub(crate) type Gradients = Vec<(StatementId, Arc<Gradient>)>;

impl Engine<'_> {
    /// The degrees of a statement under a hypothesis.
    ///
    /// Cost: at worst exponential in the uncertain numbers that the statement depends on, within the budget; of what has
    /// been compiled already, one pass.
    ///
    /// # Errors
    ///
    /// [`EngineError`] if it is too large for the budget, or the engine is asked to stop.
    ///
    /// # Panics
    ///
    /// If the hypothesis was not made from the [`base`](Engine::base) of this engine.
    pub fn degrees(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Degrees> {
        self.degrees_in(hypothesis, Model::AsItIs, self.case().canonical(statement))
    }

    /// Whether the case against a statement meets its standard in the model without rivals; where that is not known,
    /// what its degrees say.
    pub(crate) fn is_out(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<bool> {
        let degrees = self.degrees_without_rivals(hypothesis, statement)?;
        Ok(degrees.is_some_and(|degrees| self.is_out_with(statement, degrees)))
    }

    /// The same, as far as it is known.
    pub(super) fn is_surely_out(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Sure> {
        let degrees = self.degrees_without_rivals(hypothesis, statement)?;
        Ok(degrees.map_or(Some(false), |degrees| degrees.mirrored().surely_meets(self.bar(statement))))
    }

    /// Whether a statement with these degrees in the model without rivals is out.
    pub(crate) fn is_out_with(&self, statement: StatementId, without_rivals: Degrees) -> bool {
        without_rivals.mirrored().meets(self.bar(statement))
    }

    /// The degrees of a statement in the model without rivals; none where it could never be out.
    fn degrees_without_rivals(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Option<Degrees>> {
        if !self.core.out_matters {
            // There is no rivalry to leave aside, and nothing that could be out and lead on.
            return self.degrees_in(hypothesis, Model::AsItIs, statement).map(Some);
        }
        if hypothesis.read(Model::WithoutRivals, statement).is_none()
            && !self.could_be_out(hypothesis.shape(), statement)
        {
            return Ok(None);
        }
        self.degrees_in(hypothesis, Model::WithoutRivals, statement).map(Some)
    }

    /// Whether the case against a statement meets its standard without rivals, what is out still proving nothing, as far
    /// as it is known.
    pub(super) fn is_surely_refuted_uncontested(
        &self,
        hypothesis: &Hypothesis,
        statement: StatementId,
    ) -> Result<Sure> {
        if !self.core.out_matters || self.competing(hypothesis.shape(), statement).is_empty() {
            // Nothing is out that could matter: it is the model that tells what is.
            return self.is_surely_out(hypothesis, statement);
        }
        let degrees = self.degrees_in(hypothesis, Model::Uncontested, statement)?;
        Ok(degrees.mirrored().surely_meets(self.bar(statement)))
    }

    /// The degrees of a statement in a model, kept with the hypothesis.
    fn degrees_in(&self, hypothesis: &Hypothesis, model: Model, statement: StatementId) -> Result<Degrees> {
        assert_eq!(hypothesis.view(), self.base().view(), "a hypothesis is asked of the engine that it was made from");
        if let Some(known) = hypothesis.read(model, statement) {
            return Ok(known.into());
        }
        self.unless_stopped()?;
        let degrees = match self.exact(hypothesis, model, statement)? {
            Some(compiled) => compiled.read_by(&|variable| hypothesis.weights().of(variable)).into(),
            None => estimated(self, hypothesis, model, statement)?,
        };
        if degrees.within.is_none() {
            hypothesis.keep(model, statement, degrees.into());
        }
        Ok(degrees)
    }

    /// A statement compiled in a model under a hypothesis; none where its degrees are estimated.
    pub(super) fn exact(
        &self,
        hypothesis: &Hypothesis,
        model: Model,
        statement: StatementId,
    ) -> Result<Option<Arc<Compiled>>> {
        if self.method().estimates() || (self.falls_back() && self.estimated.contains(&statement)) {
            return Ok(None);
        }
        let is_base = hypothesis.says_as(self.base());
        if !is_base {
            self.affordable(statement)?;
        }
        let key = match model {
            Model::AsItIs => self.key(hypothesis, statement)?,
            Model::WithoutRivals => ModelKey::without_rivals(hypothesis.shape().clone()),
            Model::Uncontested => ModelKey { rivals: false, ..self.key(hypothesis, statement)? },
        };
        match self.compiled(&key, statement) {
            Err(EngineError::TooLarge { .. }) if self.falls_back() => Ok(None),
            // The case itself may be estimated; what it would be otherwise is never compared with an estimate.
            Err(EngineError::OverBudget { .. }) if self.falls_back() && is_base => Ok(None),
            compiled => compiled.map(Some),
        }
    }

    /// A statement compiled as it is in the case; none where its degrees are estimated.
    pub(crate) fn written(&self, statement: StatementId) -> Result<Option<Arc<Compiled>>> {
        self.exact(self.base(), Model::AsItIs, statement)
    }

    /// The same in the model without rivals; none where it could never be out, too.
    pub(crate) fn written_without_rivals(&self, statement: StatementId) -> Result<Option<Arc<Compiled>>> {
        if !self.could_be_out(self.base().shape(), statement) {
            return Ok(None);
        }
        self.exact(self.base(), Model::WithoutRivals, statement)
    }

    /// Whether anything could ever make a case against a statement in the model without rivals of a shape, or none is
    /// needed to be out because the author asks for none.
    pub(crate) fn could_be_out(&self, shape: &Shape, statement: StatementId) -> bool {
        reaches(0.0, self.bar(statement).case.get()) || self.opposable(&shape.supposed)[statement.index()]
    }

    fn opposable(&self, supposed: &[Supposition]) -> Arc<[bool]> {
        // What is supposed in passing is not worth a pass over the case: then whatever has a rule counts.
        if supposed.iter().any(Supposition::is_decided) {
            return Arc::clone(self.cache.has_opposition.get_or_init(|| {
                let program = &self.widest().program;
                let opposed = |id| program.rules(Program::case_against(id)).len() > 0;
                self.case().statements.ids().map(opposed).collect()
            }));
        }
        self.cache.opposable.get_or(supposed.to_vec(), || {
            let shape = Shape { presence: Presence::Any, supposed: supposed.to_vec(), ..Shape::default() };
            let program = self.program(&ModelKey::without_rivals(shape));
            let attainable = attainable(&program, &self.core.compiling);
            let against = |id| attainable[Program::case_against(id).index()];
            self.case().statements.ids().map(against).collect()
        })
    }

    /// The rivals of a statement and of all that it entails.
    pub(crate) fn rivals(&self, statement: StatementId) -> Arc<BTreeSet<StatementId>> {
        self.cache.rivals.get_or(statement, || Arc::new(self.relations().competitors(statement)))
    }

    /// The program that a statement is read in: what is out proves nothing there.
    pub(super) fn key(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<ModelKey> {
        self.key_among(hypothesis, &self.competing(hypothesis.shape(), statement))
    }

    pub(super) fn key_among(&self, hypothesis: &Hypothesis, competing: &BTreeSet<StatementId>) -> Result<ModelKey> {
        let mut out = BTreeSet::new();
        for &competitor in competing {
            if self.is_out(hypothesis, competitor)? {
                out.insert(competitor);
            }
        }
        Ok(ModelKey { rivals: true, out, shape: hypothesis.shape().clone() })
    }

    /// The withheld passages that are there, with their indices.
    pub(super) fn present(&self, presence: &Presence) -> Vec<(usize, Passage)> {
        let passages = self.core.numbering.passages.iter().map(|&(passage, _)| passage).enumerate();
        match presence {
            Presence::AsWritten => Vec::new(),
            Presence::Any => passages.collect(),
            Presence::Exactly(present) => passages.filter(|(index, _)| present.contains(index)).collect(),
        }
    }

    /// The program of some atoms in the case as it is.
    pub(crate) fn written_program(&self, atoms: &dyn Fn(&Program) -> Vec<AtomId>) -> Result<Arc<Program>> {
        let mut competing = self.bearing_over(atoms);
        competing.retain(|&competitor| self.could_be_out(self.base().shape(), competitor));
        Ok(self.program(&self.key_among(self.base(), &competing)?))
    }

    /// The rules by which a statement is evaluated in the case as it is, with what the author
    /// wrote that each stands for; nothing that is supposed besides is among them.
    pub(crate) fn written_rules(&self, statement: StatementId) -> Result<Arc<WrittenRules>> {
        let mut key = self.key(self.base(), statement)?;
        key.shape = Shape { idle: key.shape.idle, ..Shape::default() };
        let compile = || {
            let idle = key.shape.idle.as_ref().map(IdleSides::get);
            let variant = Variant { out: Out::These(&key.out), idle, ..Variant::AS_WRITTEN };
            let (program, origins) = compile_with_origins(self.case(), self.quantities(), variant);
            Arc::new(WrittenRules { derivation: Derivation::new(&program), program, origins })
        };
        Ok(self.cache.written.get_or(key.clone(), compile))
    }

    /// The program of a model. Cost, when it is first asked for: linear in the size of the case.
    pub(super) fn program(&self, key: &ModelKey) -> Arc<Program> {
        let make = || {
            let variant = Variant {
                rivals: key.rivals,
                out: Out::These(&key.out),
                idle: key.shape.idle.as_ref().map(IdleSides::get),
                present: &self.present(&key.shape.presence),
                supposed: &key.shape.supposed,
            };
            Arc::new(compile(self.case(), self.quantities(), variant))
        };
        self.cache.programs.get(key).unwrap_or_else(|| self.cache.programs.keep(key.clone(), make()))
    }

    /// A statement compiled in a model.
    pub(super) fn compiled(&self, key: &ModelKey, statement: StatementId) -> Result<Arc<Compiled>> {
        if key.shape.is_passing() {
            let (plain, decided) = key.without_decided();
            let (program, sides) = self.program(&plain).supposing(Program::sides(statement), &decided);
            return self.compile_one(&program, sides).map(Arc::new).map_err(|cause| self.too_large(statement, cause));
        }
        let asked = (key.clone(), statement);
        let compiled = match self.cache.compiled.get(&asked) {
            Some(known) => known,
            None => {
                self.affordable(statement)?;
                let made = self.compile_one(&self.program(key), Program::sides(statement)).map(Arc::new);
                if self.cache.keep_compiled(asked, made.clone()) {
                    self.base().forget_losses();
                }
                made
            }
        };
        if let Ok(compiled) = &compiled {
            self.spend(compiled.size().div_ceil(READS_A_STEP));
        }
        compiled.map_err(|cause| self.too_large(statement, cause))
    }

    /// Compiles the two sides of one statement, or of something else: by elimination where the case is loosely
    /// connected, else to diagrams; and by elimination again where those grow too large.
    pub(super) fn compile_one(&self, program: &Program, sides: [AtomId; 2]) -> Result<Compiled, TooLarge> {
        let strategy = self.strategy();
        let effort = strategy.effort(self.how_many());
        let budget = strategy.budget_for_one(self.how_many());
        let keep = |variable: VariableId| self.core.kept[variable.index()];
        let eliminate = || {
            if strategy.samples() {
                // What planning may take.
                self.spend(effort.multiply_adds as usize / (10 * READS_A_STEP));
            }
            Elimination::plan_of(program, sides, &self.core.compiling, &keep, effort)
        };
        let eliminated = |elimination| Compiled::Elimination(Box::new(elimination));
        if self.is_loose() {
            match eliminate() {
                Ok(elimination) => return Ok(eliminated(elimination)),
                Err(TooWide { variables, .. }) if strategy.samples() => {
                    return Err(TooLarge { variables, nodes: 0, budget });
                }
                Err(_) => {}
            }
        }
        let start = Start { order: self.order(), promise: 0.0 };
        let made = self.make(program, &[sides], budget, start);
        self.spend(made.steps);
        match made.diagrams {
            Ok(mut compiled) => Ok(Compiled::Diagrams(compiled.remove(0))),
            Err(cause) => {
                let elimination = eliminate().map_err(|_| cause)?;
                self.spend(elimination.size().div_ceil(READS_A_STEP));
                Ok(eliminated(elimination.too_large_for_diagrams(cause)))
            }
        }
    }

    /// How many statements are asked about, as far as is known.
    pub(super) fn how_many(&self) -> usize {
        match self.readiness {
            Readiness::Nothing | Readiness::Some => self.asked.as_deref().map_or(1, BTreeSet::len),
            Readiness::All { .. } => self.case().statements.len(),
        }
    }

    /// Reads both sides of several things in the case as it is: compiled all together, which is quickest where it stays
    /// small, or one after another.
    pub(crate) fn read_all(&self, program: &Program, asked: &[[AtomId; 2]]) -> Result<Vec<Reading>, TooLarge> {
        let (weights, many) = (self.base().weights(), self.strategy().budget_for_many());
        let subject = Subject { program, targets: asked, weights, keep: &|_| false };
        if !self.is_loose()
            && let Ok(all) = self.make_of(&subject, many, Start::default()).diagrams
        {
            return Ok(all.into_iter().map(|diagrams| diagrams.read(weights)).collect());
        }
        asked.iter().map(|&sides| Ok(self.compile_one(program, sides)?.read(weights))).collect()
    }

    /// Whether the case is large and loosely connected, so that elimination is the cheaper way.
    pub(super) fn is_loose(&self) -> bool {
        *self.cache.is_loose.get_or_init(|| {
            let uncertain = self.core.compiling.iter().filter(|&&weight| weight > 0.0 && weight < 1.0).count();
            uncertain > FEW_NUMBERS && !self.core.loops_shift && {
                let guess = ModelKey::with_rivals(Shape::default());
                !has_loops(&self.program(&guess))
            }
        })
    }

    /// The error that a statement is too large for the budget.
    pub(crate) fn too_large(&self, statement: StatementId, cause: TooLarge) -> EngineError {
        EngineError::TooLarge { statement: self.case().statements[statement].key.clone(), cause }
    }

    /// How the degrees of a statement in a model change with each number under a hypothesis.
    pub(super) fn gradient_in(
        &self,
        key: ModelKey,
        hypothesis: &Hypothesis,
        statement: StatementId,
    ) -> Result<Arc<Gradient>> {
        if let Some((of, about, gradient)) = &hypothesis.known().gradient
            && *of == key
            && *about == statement
        {
            return Ok(Arc::clone(gradient));
        }
        self.affordable(statement)?;
        let gradient = Arc::new(self.compiled(&key, statement)?.gradient(hypothesis.weights()));
        hypothesis.known().gradient = Some((key, statement, Arc::clone(&gradient)));
        Ok(gradient)
    }

    /// How the degrees of a statement change with each number under a hypothesis, and those, in the model without
    /// rivals, of every statement whose rivalry can reach it.
    pub(crate) fn gradients(
        &self,
        hypothesis: &Hypothesis,
        statement: StatementId,
    ) -> Result<(Arc<Gradient>, Gradients)> {
        let own = self.gradient_in(self.key(hypothesis, statement)?, hypothesis, statement)?;
        Ok((own, self.gradients_without_rivals(hypothesis, statement)?))
    }

    /// Those, in the model without rivals, of every statement whose rivalry can reach a statement.
    pub(super) fn gradients_without_rivals(
        &self,
        hypothesis: &Hypothesis,
        statement: StatementId,
    ) -> Result<Gradients> {
        let competing = self.competing(hypothesis.shape(), statement);
        let of_each = competing.iter().map(|&id| Ok((id, self.gradient_without_rivals(hypothesis, id)?)));
        of_each.collect()
    }

    /// How the degrees of a statement in the model without rivals change with each number under a hypothesis.
    pub(crate) fn gradient_without_rivals(
        &self,
        hypothesis: &Hypothesis,
        statement: StatementId,
    ) -> Result<Arc<Gradient>> {
        if let Some(known) = hypothesis.known().without_rivals.get(&statement) {
            return Ok(Arc::clone(known));
        }
        self.affordable(statement)?;
        let key = ModelKey::without_rivals(hypothesis.shape().clone());
        let gradient = Arc::new(self.compiled(&key, statement)?.gradient(hypothesis.weights()));
        let known = &mut hypothesis.known().without_rivals;
        if known.len() >= MOST_GRADIENTS {
            known.clear();
        }
        Ok(Arc::clone(known.entry(statement).or_insert(gradient)))
    }
}
