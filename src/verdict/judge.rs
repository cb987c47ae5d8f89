//! The judge of one case: degrees and verdicts, compiled once and read under many numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::logic::{
    Atom, Budget, CaseDiagrams, Competition, Passage, Program, Quantities, Quantity, Slopes, Step, Told, TooLarge,
    Uncertain, VariableId, Weights, attainable, compile, components, exact, one_world,
};
use crate::model::{Bar, Case, EvidenceGraph, InferenceId, Key, Manner, Node, Source, Standard, StatementId};

use super::degrees::{Assessment, Degrees, Detail, Leaning, reaches};
use super::relations::{Relations, passages};
use super::scenario::{Scenario, exhibits};
use super::settle::Settlement;

/// How degrees are computed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Method {
    /// Exactly, by decision diagrams.
    #[default]
    Exact,
    /// In the single world in which everything holds except these sources, and these inferences.
    World {
        /// Sources that are off.
        off: Vec<Source>,
        /// Inferences that are off.
        off_inferences: Vec<InferenceId>,
    },
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JudgeError {
    /// The decision diagrams of a statement grew past the budget.
    #[error(
        "`{statement}` depends on {} uncertain numbers, and its decision diagrams grew past the limit under every order \
         of the variables that was tried: {} nodes in all, {} in one",
        .cause.variables, .cause.budget.work, .cause.budget.diagram
    )]
    TooLarge {
        /// The statement.
        statement: Key,
        /// What was tried.
        cause: TooLarge,
    },
}

impl JudgeError {
    /// What its user can do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => {
                "ask for fewer statements at a time, leave sources out with --without or --only, or give certain \
                 steps the strength 1: each uncertain number that many statements share doubles the work at worst"
            }
        }
    }
}

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

/// Everything that shapes a program. No rivalry where `out` is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct ModelKey {
    out: Option<BTreeSet<StatementId>>,
    presence: Presence,
}

/// One way of reading the case: its numbers and its withheld passages, with the answers so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) weights: Weights,
    pub(super) presence: Presence,
    without_rivals: FxHashMap<StatementId, Degrees>,
    degrees: FxHashMap<StatementId, Degrees>,
}

impl Reading {
    pub(super) fn new(weights: Weights, presence: Presence) -> Self {
        Self { weights, presence, ..Self::default() }
    }
}

/// Answers questions about one case under one scenario.
///
/// Nothing is compiled before it is asked for; what has been compiled is kept.
pub struct Judge<'c> {
    pub(super) case: &'c Case,
    pub(super) scenario: Scenario,
    pub(super) method: Method,
    pub(super) budget: Budget,
    pub(super) relations: Relations,
    pub(super) passages: Vec<Passage>,
    pub(super) quantities: Quantities,
    pub(super) base: Reading,
    /// Readings with one source less.
    pub(super) losses: BTreeMap<Source, Reading>,
    /// Variables that are asked about by themselves, and so are not merged with others: those that are off
    /// when a source is dropped.
    kept: Vec<bool>,
    /// The links in which each source is an exhibit.
    pub(super) exhibits: FxHashMap<Source, Vec<VariableId>>,
    /// Numbers under which programs are compiled: withheld passages count as possible.
    compiling: Weights,
    /// Readings under every completion of some withheld passages, by those passages.
    pub(super) completions: FxHashMap<Vec<usize>, Vec<Reading>>,
    programs: BTreeMap<ModelKey, Rc<Program>>,
    diagrams: FxHashMap<(ModelKey, StatementId), Rc<CaseDiagrams>>,
    competing: FxHashMap<StatementId, Rc<BTreeSet<StatementId>>>,
    /// The rivals of each statement and of all that it entails, as far as has been asked.
    rivals: FxHashMap<StatementId, Rc<BTreeSet<StatementId>>>,
    /// Statements against which there could be a case without rivals, once that has been asked.
    opposable: Option<Vec<bool>>,
    /// Which statements are settled, as far as has been asked.
    pub(super) settlements: FxHashMap<StatementId, Settlement>,
    /// The case as a graph, once it has been walked.
    pub(super) graph: Option<EvidenceGraph>,
    /// Whether withheld passages close loops that change which attacks silence: then each completion is
    /// compiled for itself.
    pub(super) loops_shift: bool,
}

impl<'c> Judge<'c> {
    /// A judge of a case under a scenario, exactly. Cost: linear in the size of the case.
    pub fn new(case: &'c Case, scenario: Scenario) -> Self {
        Self::with_method(case, scenario, Method::Exact, Budget::default())
    }

    /// A judge with a method and a budget of its own.
    pub fn with_method(case: &'c Case, scenario: Scenario, method: Method, budget: Budget) -> Self {
        let passages = passages(case, |document| scenario.admits(case, document));
        let quantities = Quantities::new(case, &passages);
        let mut base = scenario.weights(case, &quantities);
        if let Method::World { off, off_inferences } = &method {
            let off = off.iter().map(|&source| quantities.source(source));
            for variable in off.chain(off_inferences.iter().map(|&inference| quantities.inference(inference))) {
                base[variable.index()] = 0.0;
            }
            base.iter_mut().for_each(|weight| *weight = if *weight > 0.0 { 1.0 } else { 0.0 });
        }
        let mut compiling = base.clone();
        for (index, passage) in passages.iter().enumerate() {
            for effect in super::scenario::EFFECTS {
                let share = case.documents[passage.document].withheld.get();
                compiling[quantities.passage(index, effect).index()] = share;
            }
        }
        let exhibits = exhibits(case, &quantities);
        let kept = quantities.iter().map(|(_, quantity)| is_of_source(case, quantity)).collect();
        let loops_shift = !passages.is_empty() && loops_shift(case, &quantities, &passages);
        Self {
            case,
            scenario,
            method,
            budget,
            relations: Relations::new(case),
            passages,
            quantities,
            base: Reading::new(base, Presence::AsWritten),
            losses: BTreeMap::new(),
            compiling,
            completions: FxHashMap::default(),
            programs: BTreeMap::new(),
            diagrams: FxHashMap::default(),
            competing: FxHashMap::default(),
            rivals: FxHashMap::default(),
            opposable: None,
            settlements: FxHashMap::default(),
            graph: None,
            loops_shift,
            kept,
            exhibits,
        }
    }

    /// The case that is judged.
    pub fn case(&self) -> &'c Case {
        self.case
    }

    /// The changes under which it is read.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// How it is computed.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The verdict on a statement.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn assess(&mut self, statement: StatementId) -> Result<Assessment, JudgeError> {
        self.in_base(|judge, base| {
            let canonical = judge.case.canonical(statement);
            let degrees = judge.degrees(base, canonical)?;
            let detail = judge.detail(base, canonical)?;
            Ok(Assessment {
                degrees,
                detail,
                leaning: Leaning::of(detail, degrees),
                standard: judge.standard(canonical),
                out: judge.is_out(base, canonical)?,
                only_contested: detail != Detail::Refuted && degrees.mirrored().meets(judge.bar(canonical)),
            })
        })
    }

    pub(super) fn in_base<T>(
        &mut self,
        answer: impl FnOnce(&mut Self, &mut Reading) -> Result<T, JudgeError>,
    ) -> Result<T, JudgeError> {
        let mut base = std::mem::take(&mut self.base);
        let result = answer(self, &mut base);
        self.base = base;
        result
    }

    /// The standard that a statement is held to.
    pub fn standard(&self, statement: StatementId) -> Standard {
        self.scenario.standard.unwrap_or_else(|| self.case.standard_of(statement))
    }

    /// What the case for a statement has to reach.
    pub fn bar(&self, statement: StatementId) -> Bar {
        self.case.thresholds.bar(self.standard(statement))
    }

    /// Whether a case is serious.
    pub(super) fn is_serious(&self, case: f64) -> bool {
        reaches(case, self.case.thresholds.serious.get())
    }

    /// The verdict on a statement under a reading; the conditions in the order of the definition.
    pub(super) fn detail(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Detail, JudgeError> {
        let degrees = self.degrees(reading, statement)?;
        let bar = self.bar(statement);
        if degrees.meets(bar) {
            return Ok(Detail::Established);
        }
        if degrees.mirrored().meets(bar) && self.refutes_alone(reading, statement)? {
            return Ok(Detail::Refuted);
        }
        if self.is_serious(degrees.case_for()) && self.is_serious(degrees.case_against()) {
            return Ok(if self.competing_readings(reading, statement)?.is_empty() {
                Detail::ConflictingEvidence
            } else {
                Detail::RivalReadings
            });
        }
        Ok(if degrees.any_case { Detail::Insufficient } else { Detail::NoEvidence })
    }

    /// Whether the case against a statement is more than a contest of readings: it is out, or a rival of
    /// it, or of something that it entails, is supported.
    fn refutes_alone(&mut self, reading: &mut Reading, statement: StatementId) -> Result<bool, JudgeError> {
        if self.is_out(reading, statement)? {
            return Ok(true);
        }
        for &rival in self.rivals(statement).iter() {
            if self.degrees(reading, rival)?.meets(self.bar(rival)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The rivals of a statement and of all that it entails, worked out once.
    pub(super) fn rivals(&mut self, statement: StatementId) -> Rc<BTreeSet<StatementId>> {
        let relations = &self.relations;
        Rc::clone(self.rivals.entry(statement).or_insert_with(|| Rc::new(relations.rivals(statement))))
    }

    /// The rivals of a statement, or of what it entails, that are not out and have a serious case.
    pub(super) fn competing_readings(
        &mut self,
        reading: &mut Reading,
        statement: StatementId,
    ) -> Result<Vec<StatementId>, JudgeError> {
        let mut competing = Vec::new();
        for &rival in self.rivals(statement).iter() {
            let case_for = self.degrees(reading, rival)?.case_for();
            if self.is_serious(case_for) && !self.is_out(reading, rival)? {
                competing.push(rival);
            }
        }
        Ok(competing)
    }

    /// Whether the case against a statement meets its standard in the model without rivals.
    pub(super) fn is_out(&mut self, reading: &mut Reading, statement: StatementId) -> Result<bool, JudgeError> {
        if !self.is_opposable(statement) {
            return Ok(false);
        }
        let degrees = match reading.without_rivals.get(&statement) {
            Some(&degrees) => degrees,
            None => {
                let key = ModelKey { out: None, presence: reading.presence.clone() };
                let degrees = self.read(&key, statement, &reading.weights)?;
                reading.without_rivals.insert(statement, degrees);
                degrees
            }
        };
        Ok(self.is_out_with(statement, degrees))
    }

    /// Whether anything could ever make a case against a statement in the model without rivals, or none is
    /// needed to be out because the author asks for none.
    pub(super) fn is_opposable(&mut self, statement: StatementId) -> bool {
        if reaches(0.0, self.bar(statement).case.get()) {
            return true;
        }
        if self.opposable.is_none() {
            let program = self.program(&ModelKey { out: None, presence: Presence::Any });
            let attainable = attainable(&program, &self.compiling);
            let against = |id| attainable[Program::case_against(id).index()];
            self.opposable = Some(self.case.statements.ids().map(against).collect());
        }
        self.opposable.as_ref().is_none_or(|opposable| opposable[statement.index()])
    }

    /// The degrees of a statement under a reading.
    pub(super) fn degrees(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Degrees, JudgeError> {
        if let Some(&degrees) = reading.degrees.get(&statement) {
            return Ok(degrees);
        }
        let key = self.key(reading, statement)?;
        let degrees = self.read(&key, statement, &reading.weights)?;
        reading.degrees.insert(statement, degrees);
        Ok(degrees)
    }

    /// The program that a statement is read in: without the rivalry of what is out.
    fn key(&mut self, reading: &mut Reading, statement: StatementId) -> Result<ModelKey, JudgeError> {
        let mut out = BTreeSet::new();
        for &competitor in self.competing(statement).iter() {
            if self.is_out(reading, competitor)? {
                out.insert(competitor);
            }
        }
        Ok(ModelKey { out: Some(out), presence: reading.presence.clone() })
    }

    /// The statements whose rivalry can reach a statement, and that could be out.
    fn competing(&mut self, statement: StatementId) -> Rc<BTreeSet<StatementId>> {
        if let Some(known) = self.competing.get(&statement) {
            return Rc::clone(known);
        }
        let mut found = BTreeSet::new();
        if self.relations.competitors().next().is_some() {
            let everything = ModelKey { out: Some(BTreeSet::new()), presence: Presence::Any };
            let program = self.program(&everything);
            let targets = [Program::case_for(statement), Program::case_against(statement)];
            let cone: BTreeSet<Atom> = (components(&program, targets).iter())
                .flat_map(|component| &component.atoms)
                .map(|&atom| program.atom(atom))
                .collect();
            let reached = |&(_, to): &(_, StatementId)| cone.contains(&Atom::CaseAgainst(to));
            found.extend(self.relations.rival_rules().filter(reached).map(|(from, _)| from));
            found.retain(|&competitor| self.is_opposable(competitor));
        }
        let found = Rc::new(found);
        self.competing.insert(statement, Rc::clone(&found));
        found
    }

    fn read(&mut self, key: &ModelKey, statement: StatementId, weights: &Weights) -> Result<Degrees, JudgeError> {
        if self.method != Method::Exact {
            return Ok(self.read_world(key, statement, weights));
        }
        Ok(self.diagrams(key, statement)?.read(weights).into())
    }

    fn read_world(&mut self, key: &ModelKey, statement: StatementId, weights: &Weights) -> Degrees {
        let on = weights.iter().map(|&weight| weight > 0.0).collect();
        let said = one_world(&self.program(key), &[statement], on)[0];
        let is = |told| f64::from(u8::from(said.told == told));
        Degrees::new(is(Told::True), is(Told::False), is(Told::Both), said.any_case)
    }

    fn diagrams(&mut self, key: &ModelKey, statement: StatementId) -> Result<Rc<CaseDiagrams>, JudgeError> {
        if let Some(known) = self.diagrams.get(&(key.clone(), statement)) {
            return Ok(Rc::clone(known));
        }
        let program = self.program(key);
        let keep = |variable: VariableId| self.kept[variable.index()];
        let compiled = exact(&program, &[statement], &self.compiling, &keep, self.budget)
            .map_err(|cause| self.too_large(statement, cause))?;
        let compiled = Rc::new(compiled.into_iter().next().expect("one for each target"));
        self.diagrams.insert((key.clone(), statement), Rc::clone(&compiled));
        Ok(compiled)
    }

    /// The error that the diagrams of a statement grew past the budget.
    pub(super) fn too_large(&self, statement: StatementId, cause: TooLarge) -> JudgeError {
        JudgeError::TooLarge { statement: self.case.statements[statement].key.clone(), cause }
    }

    /// The diagrams of a statement in the case as written.
    pub(super) fn written_diagrams(
        &mut self,
        base: &mut Reading,
        statement: StatementId,
    ) -> Result<Rc<CaseDiagrams>, JudgeError> {
        let key = self.key(base, statement)?;
        self.diagrams(&key, statement)
    }

    /// The program of a statement in the case as written.
    pub(super) fn written_program(
        &mut self,
        base: &mut Reading,
        statement: StatementId,
    ) -> Result<Rc<Program>, JudgeError> {
        let key = self.key(base, statement)?;
        Ok(self.program(&key))
    }

    /// Everything that what holds at a node can depend on, in the order of the nodes.
    pub(super) fn depends_on(&mut self, node: Node) -> Vec<Node> {
        let case = self.case;
        self.graph.get_or_insert_with(|| EvidenceGraph::new(case)).depends_on(node)
    }

    /// The documents and actors that a statement can depend on: documents first, in order.
    pub(super) fn sources_of(&mut self, statement: StatementId) -> Vec<Source> {
        let mut sources: Vec<Source> = (self.depends_on(Node::Statement(statement)).into_iter())
            .filter_map(|node| match node {
                Node::Document(document) => Some(Source::Document(document)),
                Node::Actor(actor) => Some(Source::Actor(actor)),
                Node::Statement(_) | Node::Inference(_) => None,
            })
            .collect();
        sources.sort_unstable();
        sources
    }

    fn program(&mut self, key: &ModelKey) -> Rc<Program> {
        if let Some(known) = self.programs.get(key) {
            return Rc::clone(known);
        }
        let present: Vec<(usize, Passage)> = match &key.presence {
            Presence::AsWritten => Vec::new(),
            Presence::Any => self.passages.iter().copied().enumerate().collect(),
            Presence::Exactly(indices) => indices.iter().map(|&index| (index, self.passages[index])).collect(),
        };
        let competition = key.out.as_ref().map_or(Competition::Off, Competition::Except);
        let program = Rc::new(compile(self.case, &self.quantities, competition, &present));
        self.programs.insert(key.clone(), Rc::clone(&program));
        program
    }

    /// Compiles all statements together under the numbers of the case, where that stays small; a statement
    /// that is left is compiled on its own when it is asked for. It changes no answer.
    pub(super) fn prepare(&mut self, presence: &Presence) -> Result<(), JudgeError> {
        if self.method != Method::Exact {
            return Ok(());
        }
        let is_own = |id: &StatementId| self.case.canonical(*id) == *id;
        let statements: Vec<StatementId> = self.case.statements.ids().filter(is_own).collect();
        let mut competitors: Vec<StatementId> = self.relations.competitors().collect();
        competitors.retain(|&competitor| self.is_opposable(competitor));
        if !competitors.is_empty() {
            let opposable: Vec<StatementId> = statements.iter().copied().filter(|&id| self.is_opposable(id)).collect();
            self.compile_together(&ModelKey { out: None, presence: presence.clone() }, &opposable);
        }
        let mut reading = Reading::new(self.base.weights.clone(), presence.clone());
        let mut out = BTreeSet::new();
        for competitor in competitors {
            if self.is_out(&mut reading, competitor)? {
                out.insert(competitor);
            }
        }
        if self.compile_together(&ModelKey { out: Some(out), presence: presence.clone() }, &statements) {
            // With its passages absent, the larger program says the same as the one without them.
            self.base.presence = presence.clone();
        }
        Ok(())
    }

    fn compile_together(&mut self, key: &ModelKey, statements: &[StatementId]) -> bool {
        // More would be wasted where the statements have little to do with each other.
        let Budget { diagram, work } = self.budget;
        let together = Budget { diagram: diagram.min(100_000), work: work.min(6_000_000) };
        let program = self.program(key);
        let keep = |variable: VariableId| self.kept[variable.index()];
        let Ok(compiled) = exact(&program, statements, &self.compiling, &keep, together) else { return false };
        for (&statement, diagrams) in statements.iter().zip(compiled) {
            let competing = self.competing(statement);
            let out = key.out.as_ref().map(|out| out.intersection(&competing).copied().collect());
            let own = ModelKey { out, presence: key.presence.clone() };
            self.diagrams.insert((own, statement), Rc::new(diagrams));
        }
        true
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
        let presence = Presence::Any;
        for &competitor in self.competing(statement).iter().chain([&statement]) {
            if self.is_opposable(competitor)
                && !readings.iter().all(|reading| reading.without_rivals.contains_key(&competitor))
            {
                let key = ModelKey { out: None, presence: presence.clone() };
                let read = self.diagrams(&key, competitor)?.read_completions(&self.base.weights, passages);
                for (reading, read) in readings.iter_mut().zip(read) {
                    reading.without_rivals.insert(competitor, read.into());
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
                readings[number].degrees.insert(statement, read[number].into());
            }
        }
        Ok(())
    }

    /// How the degrees of a statement change with each number under a reading, and those, in the model
    /// without rivals, of every statement whose rivalry can reach it.
    pub(super) fn slopes(
        &mut self,
        reading: &mut Reading,
        statement: StatementId,
    ) -> Result<(Slopes, Vec<(StatementId, Slopes)>), JudgeError> {
        let key = self.key(reading, statement)?;
        let own = self.diagrams(&key, statement)?.slopes(&reading.weights);
        let mut competitors = Vec::new();
        for &competitor in self.competing(statement).iter() {
            let key = ModelKey { out: None, presence: reading.presence.clone() };
            competitors.push((competitor, self.diagrams(&key, competitor)?.slopes(&reading.weights)));
        }
        Ok((own, competitors))
    }

    /// How the degrees of a statement in the model without rivals change with each number under a reading.
    pub(super) fn slopes_without_rivals(
        &mut self,
        reading: &Reading,
        statement: StatementId,
    ) -> Result<Slopes, JudgeError> {
        let key = ModelKey { out: None, presence: reading.presence.clone() };
        Ok(self.diagrams(&key, statement)?.slopes(&reading.weights))
    }

    /// Whether a statement with these degrees in the model without rivals is out.
    pub(super) fn is_out_with(&self, statement: StatementId, without_rivals: Degrees) -> bool {
        without_rivals.mirrored().meets(self.bar(statement))
    }

    /// Drops what was compiled for single completions of withheld passages.
    pub(super) fn forget_completions(&mut self) {
        self.programs.retain(|key, _| !matches!(key.presence, Presence::Exactly(_)));
        self.diagrams.retain(|(key, _), _| !matches!(key.presence, Presence::Exactly(_)));
    }

    /// The variables that are off when a source is dropped: its own, and those of its links as an exhibit.
    pub(super) fn variables_of(&self, source: Source) -> Vec<VariableId> {
        let exhibits = self.exhibits.get(&source).into_iter().flatten().copied();
        std::iter::once(self.quantities.source(source)).chain(exhibits).collect()
    }

    /// The numbers as they are, but with these sources dropped: they never hold, and are no exhibits.
    pub(super) fn weights_without(&self, sources: impl IntoIterator<Item = Source>) -> Weights {
        let mut weights = self.base.weights.clone();
        for variable in sources.into_iter().flat_map(|source| self.variables_of(source)) {
            weights[variable.index()] = 0.0;
        }
        weights
    }

    /// A reading of the case as written, under other numbers.
    pub(super) fn reading(&self, weights: Weights) -> Reading {
        Reading::new(weights, self.base.presence.clone())
    }
}

/// Whether a number is off when some source is dropped: its reliability, and its links as an exhibit.
fn is_of_source(case: &Case, quantity: Quantity) -> bool {
    match quantity {
        Quantity::Reliability(_) => true,
        Quantity::Strength(Step::Evidence { statement, index }) => {
            case.statements[statement].evidence[index].manner == Some(Manner::Exhibit)
        }
        _ => false,
    }
}

/// Whether a withheld passage could lie on a loop with an attack that may be left undecided, in this model or
/// in one with less rivalry: then it could change which attacks silence together.
fn loops_shift(case: &Case, quantities: &Quantities, passages: &[Passage]) -> bool {
    let present: Vec<(usize, Passage)> = passages.iter().copied().enumerate().collect();
    let program = compile(case, quantities, Competition::Except(&BTreeSet::new()), &present);
    let mut component_of = FxHashMap::default();
    for (number, component) in components(&program, program.atoms()).into_iter().enumerate() {
        if component.atoms.iter().any(|&atom| program.atom(atom).is_attack()) {
            component_of.extend(component.atoms.into_iter().map(|atom| (atom, number)));
        }
    }
    passages.iter().any(|passage| {
        let from = component_of.get(&Program::holds(case, Source::Document(passage.document)));
        let sides = [Program::case_for(passage.statement), Program::case_against(passage.statement)];
        from.is_some() && sides.iter().any(|side| component_of.get(side) == from)
    })
}
