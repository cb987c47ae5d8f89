//! What a judge compiles: one program for each way in which rivals compete and withheld passages are there,
//! and the diagrams of each statement under it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::logic::{
    Atom, AtomId, Budget, CaseDiagrams, Competition, Compiled, Elimination, Gradient, Parameter, Parameters, Passage,
    Program, Step, Supposition, TooLarge, TooWide, Uncertain, VariableId, Variant, compile, components, exact,
    exact_of,
};
use crate::model::{Case, Manner, Source, StatementId};

use super::judge::{Judge, JudgeError, Method, Reading};

/// Which withheld passages a program has.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Presence {
    /// None: the case as written.
    #[default]
    AsWritten,
    /// All of them; which are absent is a matter of their weights.
    Any,
    /// These, by index.
    Exactly(Vec<usize>),
}

/// What a program has besides the case as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Shape {
    pub(super) presence: Presence,
    /// What is supposed for the sake of argument.
    pub(super) supposed: Vec<Supposition>,
}

impl From<Presence> for Shape {
    fn from(presence: Presence) -> Self {
        Self { presence, supposed: Vec::new() }
    }
}

/// Everything that shapes a program. No rivalry where `out` is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ModelKey {
    pub(super) out: Option<BTreeSet<StatementId>>,
    pub(super) shape: Shape,
}

/// Gradient of several statements.
pub(super) type SlopesEach = Vec<(StatementId, Rc<Gradient>)>;

/// So many compiled statements are kept.
const MOST_KEPT: usize = 10_000;

impl Judge<'_> {
    /// The program that a statement is read in: without the rivalry of what is out.
    pub(super) fn key(&mut self, reading: &mut Reading, statement: StatementId) -> Result<ModelKey, JudgeError> {
        let competing = self.competing(&reading.shape, statement);
        self.key_among(reading, &competing)
    }

    pub(super) fn key_among(
        &mut self,
        reading: &mut Reading,
        competing: &BTreeSet<StatementId>,
    ) -> Result<ModelKey, JudgeError> {
        let mut out = BTreeSet::new();
        for &competitor in competing {
            if self.is_out(reading, competitor)? {
                out.insert(competitor);
            }
        }
        Ok(ModelKey { out: Some(out), shape: reading.shape.clone() })
    }

    /// The statements whose rivalry can reach a statement, and that could be out in programs of a shape.
    pub(super) fn competing(&mut self, shape: &Shape, statement: StatementId) -> Rc<BTreeSet<StatementId>> {
        let asked = (shape.supposed.clone(), statement);
        if let Some(known) = self.competing.get(&asked) {
            return Rc::clone(known);
        }
        let sides = |_: &Program| Program::sides(statement).to_vec();
        let found = Rc::new(self.competing_over(shape, &sides));
        self.competing.insert(asked, Rc::clone(&found));
        found
    }

    /// The statements whose rivalry can reach some atoms, and that could be out in programs of a shape.
    fn competing_over(&mut self, shape: &Shape, atoms: &dyn Fn(&Program) -> Vec<AtomId>) -> BTreeSet<StatementId> {
        if self.relations.competing().next().is_none() {
            return BTreeSet::new();
        }
        let everything = ModelKey { out: Some(BTreeSet::new()), shape: Presence::Any.into() };
        let program = self.program(&everything);
        let cone: BTreeSet<Atom> = (components(&program, atoms(&program)).iter())
            .flat_map(|component| &component.atoms)
            .map(|&atom| program.atom(atom))
            .collect();
        let reached = |&(_, to): &(_, StatementId)| cone.contains(&Atom::CaseAgainst(to));
        let mut found: BTreeSet<StatementId> =
            self.relations.rivalries().filter(reached).map(|(from, _)| from).collect();
        found.retain(|&competitor| self.could_be_out(shape, competitor));
        found
    }

    pub(super) fn diagrams(&mut self, key: &ModelKey, statement: StatementId) -> Result<Rc<Compiled>, JudgeError> {
        if let Some(known) = self.diagrams.get(&(key.clone(), statement)) {
            return Ok(Rc::clone(known));
        }
        if let Some(&cause) = self.too_large.get(&(key.clone(), statement)) {
            return Err(self.error_too_large(statement, cause));
        }
        self.look_how_loose();
        let program = self.program(key);
        match self.compile_one(&program, Program::sides(statement)) {
            Ok(compiled) => {
                let compiled = Rc::new(compiled);
                if self.diagrams.len() >= MOST_KEPT {
                    // Whoever goes through a large case asks for one statement after another.
                    self.diagrams.clear();
                    self.losses.clear();
                }
                self.diagrams.insert((key.clone(), statement), Rc::clone(&compiled));
                Ok(compiled)
            }
            Err(cause) => {
                self.too_large.insert((key.clone(), statement), cause);
                Err(self.error_too_large(statement, cause))
            }
        }
    }

    /// The diagrams of a statement in the case as written.
    pub(super) fn written_diagrams(
        &mut self,
        base: &mut Reading,
        statement: StatementId,
    ) -> Result<Rc<Compiled>, JudgeError> {
        let key = self.key(base, statement)?;
        self.diagrams(&key, statement)
    }

    /// The program of some atoms in the case as written.
    pub(super) fn written_program(
        &mut self,
        base: &mut Reading,
        atoms: &dyn Fn(&Program) -> Vec<AtomId>,
    ) -> Result<Rc<Program>, JudgeError> {
        let competing = self.competing_over(&base.shape, atoms);
        let key = self.key_among(base, &competing)?;
        Ok(self.program(&key))
    }

    pub(super) fn program(&mut self, key: &ModelKey) -> Rc<Program> {
        if let Some(known) = self.programs.get(key) {
            return Rc::clone(known);
        }
        let present: Vec<(usize, Passage)> = match &key.shape.presence {
            Presence::AsWritten => Vec::new(),
            Presence::Any => self.passages.iter().copied().enumerate().collect(),
            Presence::Exactly(indices) => indices.iter().map(|&index| (index, self.passages[index])).collect(),
        };
        let competition = key.out.as_ref().map_or(Competition::Off, Competition::Except);
        let variant = Variant { competition, present: &present, supposed: &key.shape.supposed };
        let program = Rc::new(compile(self.case, &self.quantities, variant));
        self.programs.insert(key.clone(), Rc::clone(&program));
        program
    }

    /// Compiles all statements together, as [`Judge::prepare`].
    pub(super) fn prepare_all(&mut self, presence: Presence) -> Result<(), JudgeError> {
        let all: Vec<StatementId> = self.case.statements.ids().collect();
        self.prepare(&presence.into(), &all)
    }

    /// Compiles statements together under the numbers of the case, where that stays small; one that is left is
    /// compiled on its own when it is asked for. It changes no answer.
    ///
    /// What is out is read from the model without rivals. Mostly nothing is, so the model with rivals is made
    /// beside it on that guess, and what the guess was wrong for is made again.
    pub(super) fn prepare(&mut self, shape: &Shape, statements: &[StatementId]) -> Result<(), JudgeError> {
        if !matches!(self.method, Method::Exact | Method::Auto) {
            return Ok(());
        }
        if self.watch.is_stopped() {
            return Err(JudgeError::Stopped);
        }
        self.look_how_loose();
        if self.is_loose == Some(true) {
            self.base.shape.clone_from(shape);
            return Ok(());
        }
        let is_own = |id: &&StatementId| self.case.canonical(**id) == **id;
        let statements: Vec<StatementId> = statements.iter().filter(is_own).copied().collect();
        let competitors: BTreeSet<StatementId> =
            statements.iter().flat_map(|&id| self.competing(shape, id).iter().copied().collect::<Vec<_>>()).collect();
        let mut opposable = Vec::new();
        if !competitors.is_empty() {
            opposable.extend(competitors.iter().chain(&statements).copied().filter(|&id| self.could_be_out(shape, id)));
            opposable.sort_unstable();
            opposable.dedup();
        }
        let model = |out| ModelKey { out, shape: shape.clone() };
        let guess = model(Some(BTreeSet::new()));
        let compiled = self.compile_together(&[(&model(None), &opposable), (&guess, &statements)]);
        let out = self.out_among(&competitors, shape)?;
        let mut misjudged = statements;
        misjudged.retain(|&statement| !self.competing(shape, statement).is_disjoint(&out));
        let mended = self.compile_together(&[(&model(Some(out)), &misjudged)]);
        if compiled[1] && mended[0] {
            // With its passages absent, the larger program says the same as the one without them.
            self.base.shape.clone_from(shape);
        }
        Ok(())
    }

    /// The withheld passages that a program had better have when it will be read under their completions too.
    pub(super) fn presence_for_completions(&self) -> Presence {
        if self.passages.is_empty() || self.loops_shift { Presence::AsWritten } else { Presence::Any }
    }

    /// Those statements that are out in the case as it is.
    fn out_among(
        &mut self,
        statements: &BTreeSet<StatementId>,
        shape: &Shape,
    ) -> Result<BTreeSet<StatementId>, JudgeError> {
        let mut reading = Reading::new(self.base.weights.clone(), shape.clone());
        let mut out = BTreeSet::new();
        for &statement in statements {
            if self.is_out(&mut reading, statement)? {
                out.insert(statement);
            }
        }
        Ok(out)
    }

    /// Compiles the two sides of one statement, or of something else, in the form that is the cheaper: by elimination where that is soon read, by diagrams
    /// where those stay small, and by elimination where they do not.
    pub(super) fn compile_one(&self, program: &Program, sides: [AtomId; 2]) -> Result<Compiled, TooLarge> {
        let eliminate = || Elimination::plan_of(program, sides, &self.compiling, self.effort());
        if self.is_loose == Some(true) {
            match eliminate() {
                Ok(elimination) => return Ok(Compiled::Elimination(Box::new(elimination))),
                Err(TooWide { variables, .. }) if self.method == Method::Auto => {
                    return Err(TooLarge { variables, nodes: 0, budget: self.budget_for_one() });
                }
                Err(_) => {}
            }
        }
        let keep = |variable: VariableId| self.kept[variable.index()];
        let cause = match exact_of(program, &[sides], &self.compiling, &keep, self.budget_for_one()) {
            Ok(mut compiled) => return Ok(Compiled::Diagrams(compiled.remove(0))),
            Err(cause) => cause,
        };
        eliminate().map(|elimination| Compiled::Elimination(Box::new(elimination))).map_err(|_| cause)
    }

    /// What may be spent on one statement: less where there is another way.
    fn budget_for_one(&self) -> Budget {
        let Budget { diagram, work, .. } = self.budget;
        match self.method {
            Method::Auto => Budget { diagram: diagram.min(100_000), work: work.min(1_000_000), ..self.budget },
            _ => self.budget,
        }
    }

    /// What may be spent on many atoms together; more would be wasted where they have little to do with each
    /// other.
    pub(super) fn budget_for_many(&self) -> Budget {
        let Budget { diagram, work, .. } = self.budget;
        Budget { diagram: diagram.min(100_000), work: work.min(6_000_000), ..self.budget }
    }

    /// Compiles some models, each in a thread of its own, for those statements, and says of each whether it
    /// stayed small.
    fn compile_together(&mut self, models: &[(&ModelKey, &[StatementId])]) -> Vec<bool> {
        let together = self.budget_for_many();
        let programs: Vec<Rc<Program>> = models.iter().map(|(key, _)| self.program(key)).collect();
        let (weights, kept) = (&self.compiling, &self.kept);
        let compile = |program: &Program, statements: &[StatementId]| {
            exact(program, statements, weights, &|variable: VariableId| kept[variable.index()], together)
        };
        let compiled: Vec<Result<Vec<CaseDiagrams>, TooLarge>> = std::thread::scope(|scope| {
            let jobs = programs.iter().map(Rc::as_ref).zip(models);
            let threads: Vec<_> =
                jobs.map(|(program, &(_, statements))| scope.spawn(move || compile(program, statements))).collect();
            threads.into_iter().map(|thread| thread.join().expect("making diagrams never panics")).collect()
        });
        let stayed_small = compiled.iter().map(Result::is_ok).collect();
        for (&(key, statements), compiled) in models.iter().zip(compiled) {
            for (&statement, diagrams) in statements.iter().zip(compiled.into_iter().flatten()) {
                let competing = self.competing(&key.shape, statement);
                let out = key.out.as_ref().map(|out| out.intersection(&competing).copied().collect());
                let own = ModelKey { out, shape: key.shape.clone() };
                self.diagrams.insert((own, statement), Rc::new(Compiled::Diagrams(diagrams)));
            }
        }
        stayed_small
    }

    /// Works out the degrees of a statement, and whatever they depend on, for every completion of some
    /// passages at once: reading `n` is completion `n`.
    pub(super) fn complete(
        &mut self,
        passages: &[Uncertain],
        readings: &mut [Reading],
        statement: StatementId,
    ) -> Result<(), JudgeError> {
        if readings.iter().all(|reading| reading.degrees.contains_key(&statement)) {
            return Ok(());
        }
        let shape = Shape { presence: Presence::Any, supposed: self.base.shape.supposed.clone() };
        for &competitor in self.competing(&shape, statement).iter().chain([&statement]) {
            if self.could_be_out(&shape, competitor)
                && !readings.iter().all(|reading| reading.without_rivals.contains_key(&competitor))
            {
                let key = ModelKey { out: None, shape: shape.clone() };
                let read = self.diagrams(&key, competitor)?.read_completions(&self.base.weights, passages);
                for (reading, read) in readings.iter_mut().zip(read) {
                    reading.without_rivals.insert(competitor, read);
                }
            }
        }
        let mut groups: BTreeMap<ModelKey, Vec<usize>> = BTreeMap::new();
        for (number, reading) in readings.iter_mut().enumerate() {
            groups.entry(self.key(reading, statement)?).or_default().push(number);
        }
        for (key, numbers) in groups {
            let read = self.diagrams(&key, statement)?.read_completions(&self.base.weights, passages);
            for number in numbers {
                readings[number].degrees.insert(statement, read[number]);
            }
        }
        Ok(())
    }

    /// How the degrees of a statement in a model change with each number under a reading.
    pub(super) fn slopes_in(
        &mut self,
        key: ModelKey,
        reading: &mut Reading,
        statement: StatementId,
    ) -> Result<Rc<Gradient>, JudgeError> {
        match &reading.slopes {
            Some((of, about, slopes)) if *of == key && *about == statement => Ok(Rc::clone(slopes)),
            _ => {
                let slopes = Rc::new(self.diagrams(&key, statement)?.gradient(&reading.weights));
                reading.slopes = Some((key, statement, Rc::clone(&slopes)));
                Ok(slopes)
            }
        }
    }

    /// How the degrees of a statement change with each number under a reading, and those, in the model
    /// without rivals, of every statement whose rivalry can reach it.
    pub(super) fn slopes(
        &mut self,
        reading: &mut Reading,
        statement: StatementId,
    ) -> Result<(Rc<Gradient>, SlopesEach), JudgeError> {
        let key = self.key(reading, statement)?;
        let own = self.slopes_in(key, reading, statement)?;
        let mut competitors = Vec::new();
        for &competitor in self.competing(&reading.shape, statement).iter() {
            competitors.push((competitor, self.slopes_without_rivals(reading, competitor)?));
        }
        Ok((own, competitors))
    }

    /// How the degrees of a statement in the model without rivals change with each number under a reading.
    pub(super) fn slopes_without_rivals(
        &mut self,
        reading: &mut Reading,
        statement: StatementId,
    ) -> Result<Rc<Gradient>, JudgeError> {
        let key = ModelKey { out: None, shape: reading.shape.clone() };
        self.slopes_in(key, reading, statement)
    }

    /// Drops what was compiled for single completions of withheld passages.
    pub(super) fn forget_completions(&mut self) {
        self.programs.retain(|key, _| !matches!(key.shape.presence, Presence::Exactly(_)));
        self.diagrams.retain(|(key, _), _| !matches!(key.shape.presence, Presence::Exactly(_)));
    }
}

/// Whether a number is off when some source is dropped: its reliability, and its links as an exhibit.
pub(super) fn is_of_source(case: &Case, quantity: Parameter) -> bool {
    match quantity {
        Parameter::Reliability(_) => true,
        Parameter::Strength(Step::Evidence { statement, index }) => {
            case.statements[statement].evidence[index].manner == Some(Manner::Exhibit)
        }
        _ => false,
    }
}

/// Whether a withheld passage could lie on a loop with an attack that may be left undecided, in this model or
/// in one with less rivalry: then it could change which attacks silence together.
pub(super) fn loops_shift(case: &Case, quantities: &Parameters, passages: &[Passage]) -> bool {
    let present: Vec<(usize, Passage)> = passages.iter().copied().enumerate().collect();
    let competition = Competition::Except(&BTreeSet::new());
    let program = compile(case, quantities, Variant { competition, present: &present, supposed: &[] });
    let mut component_of = FxHashMap::default();
    for (number, component) in components(&program, program.atoms()).into_iter().enumerate() {
        if component.atoms.iter().any(|&atom| program.atom(atom).is_attack()) {
            component_of.extend(component.atoms.into_iter().map(|atom| (atom, number)));
        }
    }
    passages.iter().any(|passage| {
        let from = component_of.get(&Program::holds(case, Source::Document(passage.document)));
        from.is_some() && Program::sides(passage.statement).iter().any(|side| component_of.get(side) == from)
    })
}
