//! The judge of one case: degrees and verdicts, compiled once and read under many numbers.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::logic::{
    self, Budget, Compiled, Gradient, Parameters, Passage, Program, Rows, Sampling, Supposition, TooLarge, VariableId,
    Weights, attainable,
};
use crate::model::{
    Bar, Case, Effect, EvidenceGraph, InferenceId, Key, Node, Relations, Source, Standard, StatementId,
};

use super::degrees::{Assessment, Degrees, Detail, Details, Leaning, Sure, all_sure, any_sure, reaches};
use super::estimate::Estimates;
use super::explain::Further;
use super::models::{ModelKey, Presence, Shape, is_of_source, loops_shift};
use super::numbers::Numbers;
use super::relations::passages;
use super::scenario::{Scenario, exhibits};
use super::settle::Settlement;
use super::watch::Watch;

/// How degrees are computed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Method {
    /// Exactly where that is not too much, else from sampled worlds.
    Auto,
    /// Exactly.
    #[default]
    Exact,
    /// From sampled worlds, with an interval for each degree.
    Sampled,
    /// As if the parts of every condition were independent of each other: fast, and exact where nothing is shared.
    Independent,
    /// As intervals that hold whatever the sources have to do with each other.
    Bounds,
    /// In the single world in which everything holds except these sources, and these inferences.
    World {
        /// Sources that are off.
        off: Vec<Source>,
        /// Inferences that are off.
        off_inferences: Vec<InferenceId>,
    },
}

impl Method {
    /// Whether it works out all statements at once, and no exact probabilities.
    pub(super) fn estimates(&self) -> bool {
        matches!(self, Self::Sampled | Self::Independent | Self::Bounds | Self::World { .. })
    }
}

/// After so many statements that were too large no more are tried, where there is another way.
const ENOUGH_FAILURES: usize = 2;

/// Which of the two models of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// With rivals, as far as they are not out.
    AsItIs,
    /// Without rivals, as when asking what is out.
    WithoutRivals,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JudgeError {
    /// What a statement depends on hangs together too closely for the budget.
    #[error(
        "`{statement}` depends on {} uncertain numbers that hang together too closely for exact degrees: its decision \
         diagrams grew past {} nodes in all, or {} in one, under every order that was tried, and to eliminate \
         one variable after another takes more than {:e} multiplications, or meets a loop with too many inputs",
        .cause.variables, .cause.budget.work, .cause.budget.diagram, .cause.budget.elimination as f64
    )]
    TooLarge {
        /// The statement.
        statement: Key,
        /// What was tried.
        cause: TooLarge,
    },
    /// Whoever watches the judge asked it to stop.
    #[error("stopped before it was worked out")]
    Stopped,
}

impl JudgeError {
    /// What its user can do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => {
                "ask for fewer statements at a time, leave sources out with --without or --only, or give certain \
                 steps the strength 1: each uncertain number that many statements share doubles the work at worst; \
                 --method sampled gives degrees with an interval at any size"
            }
            Self::Stopped => "give it more time or memory, or ask for fewer statements at a time",
        }
    }
}

/// One way of reading the case: its numbers and its withheld passages, with the answers so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) weights: Numbers,
    /// The most that each number can be, where only bounds are asked of numbers that may be larger than `weights`.
    pub(super) most: Option<Rc<Weights>>,
    pub(super) shape: Shape,
    /// Degrees that need no interval; those that do are in `estimates`.
    pub(super) without_rivals: FxHashMap<StatementId, logic::Reading>,
    pub(super) degrees: FxHashMap<StatementId, logic::Reading>,
    /// What was estimated for all statements at once.
    pub(super) estimates: Estimates,
    /// The slopes that were last worked out, and of what.
    pub(super) slopes: Option<(ModelKey, StatementId, Rc<Gradient>)>,
}

impl Reading {
    pub(super) fn new(weights: impl Into<Numbers>, shape: Shape) -> Self {
        Self { weights: weights.into(), shape, ..Self::default() }
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
    pub(super) quantities: Parameters,
    pub(super) base: Reading,
    /// Readings with one source less.
    pub(super) losses: BTreeMap<Source, Reading>,
    /// Variables that are asked about by themselves, and so are not merged with others: those that are off
    /// when a source is dropped.
    pub(super) kept: Vec<bool>,
    /// The links in which each source is an exhibit.
    pub(super) exhibits: FxHashMap<Source, Vec<VariableId>>,
    /// Numbers under which programs are compiled: withheld passages count as possible.
    pub(super) compiling: Weights,
    /// Readings under every completion of some withheld passages, by those passages.
    pub(super) completions: FxHashMap<Vec<usize>, Vec<Reading>>,
    pub(super) programs: BTreeMap<ModelKey, Rc<Program>>,
    pub(super) diagrams: FxHashMap<(ModelKey, StatementId), Rc<Compiled>>,
    /// What could not be compiled within the budget.
    pub(super) too_large: FxHashMap<(ModelKey, StatementId), TooLarge>,
    pub(super) competing: FxHashMap<(Vec<Supposition>, StatementId), Rc<BTreeSet<StatementId>>>,
    /// The rivals of each statement and of all that it entails, as far as has been asked.
    rivals: FxHashMap<StatementId, Rc<BTreeSet<StatementId>>>,
    /// Statements against which there could be a case without rivals, by what is supposed, as far as has been asked.
    opposable: BTreeMap<Vec<Supposition>, Rc<[bool]>>,
    /// Which statements are settled, as far as has been asked.
    pub(super) settlements: FxHashMap<StatementId, Settlement>,
    /// Further evidence, while it is supposed.
    pub(super) further: Option<(Effect, Further)>,
    /// Whether no more statements are to be worked out exactly, because that has failed too often.
    pub(super) hopeless: bool,
    /// Whether much hangs together loosely, so that elimination is the cheaper way, once that has been looked at.
    pub(super) is_loose: Option<bool>,
    /// The case as a graph, once it has been walked.
    pub(super) graph: Option<EvidenceGraph>,
    /// The statements that will be asked about, with their rivals, if that is known.
    pub(super) asked: Option<BTreeSet<StatementId>>,
    /// The models that were last laid out for estimates, and for which statements.
    pub(super) flats: VecDeque<(ModelKey, Vec<StatementId>, Rc<Rows>)>,
    /// How worlds are sampled.
    pub(super) sampling: Sampling,
    /// Whoever watches.
    pub(super) watch: Watch,
    /// How many worlds were sampled so far, at most for one answer.
    pub(super) sampled: u64,
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
        let passages = passages(case, |document| scenario.admits(document));
        let quantities = Parameters::new(case, &passages);
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
        for effect in super::scenario::EFFECTS {
            compiling[quantities.further(effect).index()] = 1.0;
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
            base: Reading::new(base, Shape::default()),
            losses: BTreeMap::new(),
            compiling,
            completions: FxHashMap::default(),
            programs: BTreeMap::new(),
            diagrams: FxHashMap::default(),
            too_large: FxHashMap::default(),
            competing: FxHashMap::default(),
            rivals: FxHashMap::default(),
            opposable: BTreeMap::new(),
            settlements: FxHashMap::default(),
            further: None,
            hopeless: false,
            is_loose: None,
            graph: None,
            asked: None,
            flats: VecDeque::new(),
            sampling: Sampling::default(),
            watch: Watch::default(),
            sampled: 0,
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
            let possible = judge.possible_details(base, canonical)?;
            let detail = possible.only();
            Ok(Assessment {
                degrees,
                detail,
                possible,
                leaning: Leaning::of(detail, degrees),
                standard: judge.standard(canonical),
                out: judge.is_out(base, canonical)?,
                only_contested: !matches!(detail, Detail::Refuted | Detail::Undecided)
                    && degrees.mirrored().meets(judge.bar(canonical)),
            })
        })
    }

    /// Whether degrees are exact probabilities, as far as any have been worked out: not those of one world, and
    /// not estimates.
    pub fn is_exact(&self) -> bool {
        match self.method {
            Method::Exact => true,
            Method::Auto => self.sampled == 0,
            Method::Sampled | Method::Independent | Method::Bounds | Method::World { .. } => false,
        }
    }

    /// The same judge with other settings for sampled worlds.
    #[must_use]
    pub fn sampling(self, sampling: Sampling) -> Self {
        Self { sampling, ..self }
    }

    /// The same judge, watched.
    #[must_use]
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }

    /// How worlds are sampled.
    pub fn how_sampled(&self) -> &Sampling {
        &self.sampling
    }

    /// The most worlds that were sampled for one answer so far; 0 where none were.
    pub fn worlds_sampled(&self) -> u64 {
        self.sampled
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

    /// The verdict on a statement under a reading.
    pub(super) fn detail(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Detail, JudgeError> {
        Ok(self.possible_details(reading, statement)?.only())
    }

    /// The verdicts that a statement can have under a reading, as far as its degrees are known; the conditions in
    /// the order of the definition.
    fn possible_details(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Details, JudgeError> {
        let degrees = self.degrees(reading, statement)?;
        let bar = self.bar(statement);
        let mut possible = Details::default();
        if possible.add(Detail::Established, degrees.surely_meets(bar)) {
            return Ok(possible);
        }
        let mut refuted = degrees.mirrored().surely_meets(bar);
        if refuted != Some(false) {
            refuted = all_sure([refuted, self.refutes_alone(reading, statement)?]);
        }
        if possible.add(Detail::Refuted, refuted) {
            return Ok(possible);
        }
        let serious = self.case.thresholds.serious.get();
        let contested =
            all_sure([degrees.case_surely_reaches(serious), degrees.mirrored().case_surely_reaches(serious)]);
        if contested != Some(false) {
            let rivals = self.any_competing(reading, statement)?;
            possible.add(Detail::RivalReadings, all_sure([contested, rivals]));
            possible.add(Detail::ConflictingEvidence, all_sure([contested, rivals.map(|some| !some)]));
        }
        if contested != Some(true) {
            let any_case = degrees.surely_any_case();
            possible.add(Detail::NoEvidence, any_case.map(|some| !some));
            possible.add(Detail::Insufficient, any_case);
        }
        Ok(possible)
    }

    /// Whether the case against a statement is more than a contest of readings: it is out, or a rival of
    /// it, or of something that it entails, is supported.
    fn refutes_alone(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Sure, JudgeError> {
        let mut alone = self.is_surely_out(reading, statement)?;
        for &rival in self.rivals(statement).iter() {
            if alone == Some(true) {
                break;
            }
            let supported = self.degrees(reading, rival)?.surely_meets(self.bar(rival));
            alone = any_sure([alone, supported]);
        }
        Ok(alone)
    }

    /// Whether there is a rival reading that competes, as far as it is known.
    fn any_competing(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Sure, JudgeError> {
        let serious = self.case.thresholds.serious.get();
        let mut any = Some(false);
        for &rival in self.rivals(statement).iter() {
            let case = self.degrees(reading, rival)?.case_surely_reaches(serious);
            if case != Some(false) {
                let stands = self.is_surely_out(reading, rival)?.map(|out| !out);
                any = any_sure([any, all_sure([case, stands])]);
            }
        }
        Ok(any)
    }

    /// The rivals of a statement and of all that it entails, worked out once.
    pub(super) fn rivals(&mut self, statement: StatementId) -> Rc<BTreeSet<StatementId>> {
        let relations = &self.relations;
        Rc::clone(self.rivals.entry(statement).or_insert_with(|| Rc::new(relations.competitors(statement))))
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

    /// Whether the case against a statement meets its standard in the model without rivals; where that is not known,
    /// what its degrees say.
    pub(super) fn is_out(&mut self, reading: &mut Reading, statement: StatementId) -> Result<bool, JudgeError> {
        let degrees = self.degrees_without_rivals(reading, statement)?;
        Ok(degrees.is_some_and(|degrees| self.is_out_with(statement, degrees)))
    }

    /// The same, as far as it is known.
    pub(super) fn is_surely_out(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Sure, JudgeError> {
        let degrees = self.degrees_without_rivals(reading, statement)?;
        Ok(degrees.map_or(Some(false), |degrees| degrees.mirrored().surely_meets(self.bar(statement))))
    }

    /// The degrees of a statement in the model without rivals; none where it could never be out.
    fn degrees_without_rivals(
        &mut self,
        reading: &mut Reading,
        statement: StatementId,
    ) -> Result<Option<Degrees>, JudgeError> {
        if let Some(&read) = reading.without_rivals.get(&statement) {
            return Ok(Some(read.into()));
        }
        if self.relations.competing().next().is_none() {
            // There is no rivalry to leave aside.
            return Ok(Some(self.degrees(reading, statement)?));
        }
        if !self.could_be_out(&reading.shape, statement) {
            return Ok(None);
        }
        let degrees = self.work_out(reading, Model::WithoutRivals, statement)?;
        if degrees.within.is_none() {
            reading.without_rivals.insert(statement, degrees.into());
        }
        Ok(Some(degrees))
    }

    /// Whether anything could ever make a case against a statement in the model without rivals of a shape, or
    /// none is needed to be out because the author asks for none.
    pub(super) fn could_be_out(&mut self, shape: &Shape, statement: StatementId) -> bool {
        reaches(0.0, self.bar(statement).case.get()) || self.opposable(&shape.supposed)[statement.index()]
    }

    fn opposable(&mut self, supposed: &[Supposition]) -> Rc<[bool]> {
        if let Some(known) = self.opposable.get(supposed) {
            return Rc::clone(known);
        }
        let shape = Shape { presence: Presence::Any, supposed: supposed.to_vec() };
        let program = self.program(&ModelKey { out: None, shape });
        let attainable = attainable(&program, &self.compiling);
        let against = |id| attainable[Program::case_against(id).index()];
        let opposable: Rc<[bool]> = self.case.statements.ids().map(against).collect();
        self.opposable.insert(supposed.to_vec(), Rc::clone(&opposable));
        opposable
    }

    /// The degrees of a statement under a reading.
    pub(super) fn degrees(&mut self, reading: &mut Reading, statement: StatementId) -> Result<Degrees, JudgeError> {
        if let Some(&read) = reading.degrees.get(&statement) {
            return Ok(read.into());
        }
        let degrees = self.work_out(reading, Model::AsItIs, statement)?;
        if degrees.within.is_none() {
            reading.degrees.insert(statement, degrees.into());
        }
        Ok(degrees)
    }

    /// The degrees of a statement by the method of this judge.
    fn work_out(&mut self, reading: &mut Reading, model: Model, statement: StatementId) -> Result<Degrees, JudgeError> {
        if self.watch.is_stopped() {
            return Err(JudgeError::Stopped);
        }
        if self.method.estimates() {
            return self.estimated(reading, model, statement);
        }
        let key = match model {
            Model::AsItIs => self.key(reading, statement)?,
            Model::WithoutRivals => ModelKey { out: None, shape: reading.shape.clone() },
        };
        let is_auto = self.method == Method::Auto;
        if is_auto && self.hopeless && !self.diagrams.contains_key(&(key.clone(), statement)) {
            return self.estimated(reading, model, statement);
        }
        match self.diagrams(&key, statement) {
            Ok(compiled) => Ok(compiled.read_by(|variable| reading.weights.of(variable)).into()),
            Err(_) if is_auto => {
                self.hopeless |= self.too_large.len() >= ENOUGH_FAILURES;
                self.estimated(reading, model, statement)
            }
            Err(error) => Err(error),
        }
    }

    /// The error that the diagrams of a statement grew past the budget.
    pub(super) fn error_too_large(&self, statement: StatementId, cause: TooLarge) -> JudgeError {
        JudgeError::TooLarge { statement: self.case.statements[statement].key.clone(), cause }
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

    /// Whether a statement with these degrees in the model without rivals is out.
    pub(super) fn is_out_with(&self, statement: StatementId, without_rivals: Degrees) -> bool {
        without_rivals.mirrored().meets(self.bar(statement))
    }

    /// The variables that are off when a source is dropped: its own, and those of its links as an exhibit.
    pub(super) fn variables_of(&self, source: Source) -> Vec<VariableId> {
        let exhibits = self.exhibits.get(&source).into_iter().flatten().copied();
        std::iter::once(self.quantities.source(source)).chain(exhibits).collect()
    }

    /// The numbers as they are, but with these sources dropped: they never hold, and are no exhibits.
    pub(super) fn weights_without(&self, sources: impl IntoIterator<Item = Source>) -> Numbers {
        self.base.weights.without(sources.into_iter().flat_map(|source| self.variables_of(source)))
    }

    /// The statements that have a verdict of their own, in order.
    pub(super) fn own_statements(&self) -> Vec<StatementId> {
        self.case.statements.ids().filter(|&id| self.case.canonical(id) == id).collect()
    }

    /// A reading of the case as written, under other numbers.
    pub(super) fn reading(&self, weights: impl Into<Numbers>) -> Reading {
        Reading::new(weights, self.base.shape.clone())
    }
}
