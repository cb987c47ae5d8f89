//! The engine of one case: what it is made of, and the views of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::logic::{
    AtomId, Budget, Kept, Made, Parameter, Parameters, Passage, Program, Sampling, Start, Step, Subject, VariableId,
    Weights,
};
use crate::model::{Bar, Case, Effect, EvidenceGraph, Manner, Node, Relations, Source, Standard, StatementId};

use super::cache::Cache;
use super::hypothesis::{Hypothesis, Numbering};
use super::loops::loops_shift;
use super::method::{EngineError, MayBeTooLarge, Method};
use super::numbers::Numbers;
use super::scenario::{EFFECTS, Scenario};
use super::strategy::{FOR_SAMPLING, Strategy};
use super::watch::Watch;

/// Answers questions about one case under one scenario, from any number of threads at once.
///
/// Nothing is compiled before it is asked for; what has been compiled is kept. What-if questions are asked of a
/// [`Hypothesis`]: [`Engine::base`] is the case under the scenario.
///
/// A clone is another view of the same engine and costs a few pointers. Those who are about to ask much tell so first:
/// [`Engine::for_all`] and [`Engine::asking`] give views that are ready for it.
#[derive(Debug, Clone)]
pub struct Engine<'c> {
    pub(super) core: Arc<Core<'c>>,
    method: Method,
    sampling: Sampling,
    pub(super) watch: Watch,
    fallback: Fallback,
    /// The statements that will be asked about, with their rivals, if that is known.
    pub(super) asked: Option<Arc<BTreeSet<StatementId>>>,
    /// The statements that are estimated without being tried, as that has failed too often.
    pub(super) estimated: Arc<BTreeSet<StatementId>>,
    /// What this view is ready for.
    pub(super) readiness: Readiness,
    base: Hypothesis,
    /// An order of the variables that served many statements together well, learned when a view is made ready.
    order: Option<Arc<[VariableId]>>,
    /// What has been spent on exact degrees since the view was made ready, in steps.
    spent: Arc<AtomicU64>,
    /// What may have been spent by the end of this question, in steps, where it is less than the budget.
    ceiling: Option<u64>,
    /// The same for whether statements are settled, where some were given up on.
    settling: Option<u64>,
    /// Whether the worlds that it samples are for degrees that are shown.
    shows_worlds: bool,
    /// Whether it answers from worlds that were counted before, and samples none.
    pub(super) from_counts: bool,
    pub(super) cache: Arc<Cache>,
    /// Diagrams that were made before, by this engine or others.
    kept: Arc<Kept>,
}

/// What all views of an engine share.
#[derive(Debug)]
pub(super) struct Core<'c> {
    pub(super) case: &'c Case,
    scenario: Scenario,
    budget: Budget,
    pub(super) relations: Relations,
    /// Whether anything could change by being out: there are rivals, or entailments.
    pub(super) out_matters: bool,
    pub(super) numbering: Arc<Numbering>,
    /// Variables that are asked about by themselves, and so are not merged with others: those that are off when a
    /// source is dropped.
    pub(super) kept: Vec<bool>,
    /// Numbers under which programs are compiled: withheld passages count as possible.
    pub(super) compiling: Weights,
    /// Whether withheld passages close loops that change which attacks silence: then each completion is compiled for
    /// itself.
    pub(super) loops_shift: bool,
    /// The most worlds that were sampled for one answer.
    sampled: AtomicU64,
    /// Whether it was decided from sampled worlds whether some statement is settled.
    settled_by_sampling: AtomicBool,
}

/// What happens under [`Method::Auto`] where something is too large to be exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fallback {
    /// Degrees are sampled, and an answer that needs more than degrees starts anew from sampled worlds.
    Answers,
    /// Degrees are sampled; the answer that they are for may start anew.
    Degrees,
    /// It is an error.
    None,
}

/// What a view has been made ready for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Readiness {
    Nothing,
    /// Questions about some statements: all that these depend on is compiled.
    Some,
    All {
        settle: bool,
    },
}

/// Each view has a number, so that a hypothesis cannot be asked of another.
fn next_view() -> u64 {
    static VIEWS: AtomicU64 = AtomicU64::new(0);
    VIEWS.fetch_add(1, Ordering::Relaxed)
}

impl<'c> Engine<'c> {
    /// An exact engine of a case under a scenario. Cost: linear in the size of the case.
    pub fn new(case: &'c Case, scenario: Scenario) -> Self {
        Self::with_method(case, scenario, Method::Exact, Budget::default())
    }

    /// An engine with a method and a budget of its own.
    pub fn with_method(case: &'c Case, scenario: Scenario, method: Method, budget: Budget) -> Self {
        let numbering = Arc::new(Numbering::new(case, &scenario));
        let quantities = &numbering.quantities;
        let base = base_weights(case, &scenario, &method, &numbering);
        let mut compiling = base.clone();
        for (index, &(_, share)) in numbering.passages.iter().enumerate() {
            for effect in EFFECTS {
                compiling[quantities.passage(index, effect).index()] = share;
            }
        }
        for effect in EFFECTS {
            compiling[quantities.further(effect).index()] = 1.0;
        }
        let kept = quantities.iter().map(|(_, quantity)| is_of_source(case, quantity)).collect();
        let passages: Vec<Passage> = numbering.passages.iter().map(|&(passage, _)| passage).collect();
        let loops_shift = !passages.is_empty() && loops_shift(case, quantities, &passages);
        let base = Hypothesis::new(Arc::clone(&numbering), next_view(), Numbers::from(base));
        let relations = Relations::new(case);
        let out_matters = relations.leading_on().next().is_some();
        let (sampled, settled_by_sampling) = (AtomicU64::new(0), AtomicBool::new(false));
        let core = Core {
            case,
            scenario,
            budget,
            relations,
            out_matters,
            numbering,
            kept,
            compiling,
            loops_shift,
            sampled,
            settled_by_sampling,
        };
        Self {
            core: Arc::new(core),
            fallback: if method == Method::Auto { Fallback::Answers } else { Fallback::None },
            method,
            sampling: Sampling::default(),
            watch: Watch::default(),
            asked: None,
            estimated: Arc::default(),
            readiness: Readiness::Nothing,
            base,
            order: None,
            spent: Arc::default(),
            ceiling: None,
            settling: None,
            shows_worlds: true,
            from_counts: false,
            cache: Arc::default(),
            kept: Arc::default(),
        }
    }

    /// The same engine with other settings for sampled worlds.
    #[must_use]
    pub fn sampling(self, sampling: Sampling) -> Self {
        Self { sampling, ..self }.with_fresh_base()
    }

    /// The same engine, watched.
    #[must_use]
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }

    /// The same engine, which shares the diagrams that it makes with others. That changes no answer.
    #[must_use]
    pub fn keeping(self, kept: Arc<Kept>) -> Self {
        Self { kept, ..self }
    }

    /// Makes diagrams of a program under the numbers that programs are compiled under.
    pub(super) fn make(&self, program: &Program, targets: &[[AtomId; 2]], budget: Budget, start: Start<'_>) -> Made {
        let keep = |variable: VariableId| self.core.kept[variable.index()];
        self.make_of(&Subject { program, targets, weights: &self.core.compiling, keep: &keep }, budget, start)
    }

    /// Makes diagrams.
    pub(super) fn make_of(&self, subject: &Subject<'_>, budget: Budget, start: Start<'_>) -> Made {
        self.kept.exact_ordered(subject, budget, start)
    }

    /// Whether its watch was asked to stop, so that answers may be missing.
    pub fn is_stopped(&self) -> bool {
        self.watch.is_stopped()
    }

    /// The answer to a question that needs more than degrees. Under [`Method::Auto`], where some part of it is too large
    /// to be exact, all of it is worked out from sampled worlds.
    ///
    /// # Errors
    ///
    /// Those of the answer.
    pub fn or_sampled<T, E: MayBeTooLarge>(&self, answer: impl Fn(&Self) -> Result<T, E>) -> Result<T, E> {
        if self.fallback != Fallback::Answers {
            return answer(self);
        }
        match answer(&Self { fallback: Fallback::Degrees, ..self.leaving(Some(FOR_SAMPLING)) }) {
            Err(error) if error.is_too_large() => answer(&self.by(Method::Sampled)),
            answered => answered,
        }
    }

    /// A view by a method that estimates.
    pub(super) fn by(&self, method: Method) -> Self {
        Self { method, fallback: Fallback::None, ..self.clone() }.with_fresh_base()
    }

    /// The view whose worlds are not those of degrees that are shown.
    pub(super) fn quietly(self) -> Self {
        Self { shows_worlds: false, ..self }
    }

    /// The view whose degrees are exact or an error.
    pub(crate) fn exactly(&self) -> Self {
        Self { fallback: Fallback::None, ..self.clone() }
    }

    /// # Errors
    ///
    /// [`EngineError::Stopped`] if it was asked to stop: to be asked by what may take long and asks for no new degrees.
    pub(crate) fn unless_stopped(&self) -> Result<(), EngineError> {
        if self.watch.is_stopped() { Err(EngineError::Stopped) } else { Ok(()) }
    }

    /// The view that starts from a hypothesis.
    pub(crate) fn at(&self, base: Hypothesis) -> Self {
        Self { base, ..self.clone() }
    }

    /// The same with nothing spent yet, so that the whole budget is for what this hypothesis is asked.
    pub(crate) fn at_with_budget(&self, base: Hypothesis) -> Self {
        Self { spent: Arc::default(), ..self.at(base) }
    }

    /// A view that is ready for something, of which nothing is known yet. What was too large for some statements may not
    /// be for others, so that under [`Method::Auto`] nothing that was compiled is shared.
    pub(super) fn ready(&self, asked: Option<BTreeSet<StatementId>>, readiness: Readiness) -> Self {
        let cache = if self.method == Method::Auto { Arc::default() } else { Arc::clone(&self.cache) };
        let asked = asked.map(Arc::new);
        Self { asked, readiness, cache, spent: Arc::default(), ..self.clone() }.with_fresh_base()
    }

    /// The view that has learned an order of the variables.
    pub(super) fn ordered(self, order: Vec<VariableId>) -> Self {
        Self { order: Some(order.into()), ..self }
    }

    /// The order of the variables to start diagrams from.
    pub(super) fn order(&self) -> Option<&[VariableId]> {
        self.order.as_deref()
    }

    /// The view in which some statements are estimated without being tried.
    pub(super) fn giving_up_on(self, statements: Vec<StatementId>) -> Self {
        let settling = (!statements.is_empty()).then(|| self.strategy().ceiling_for_trying(self.spent()));
        Self { estimated: Arc::new(statements.into_iter().collect()), settling, ..self }
    }

    /// # Errors
    ///
    /// [`EngineError::OverBudget`] where some statements are estimated without being tried: who asks much of all of them had
    /// better start from sampled worlds.
    #[cfg(feature = "render")]
    pub(crate) fn all_are_tried(&self) -> Result<(), EngineError> {
        self.estimated.first().map_or(Ok(()), |&statement| Err(self.over_budget(statement)))
    }

    /// The view for all that is asked about statements that are estimated without being tried; none where there are none.
    pub(crate) fn for_given_up(&self) -> Option<Self> {
        self.gave_up().then(|| self.by(Method::Sampled))
    }

    /// Whether a statement is estimated without being tried.
    pub(crate) fn is_given_up(&self, statement: StatementId) -> bool {
        self.estimated.contains(&statement)
    }

    /// Whether some statements are estimated without being tried.
    pub(crate) fn gave_up(&self) -> bool {
        !self.estimated.is_empty()
    }

    fn with_fresh_base(self) -> Self {
        let Self { core, base, .. } = &self;
        let base = Hypothesis::new(Arc::clone(&core.numbering), next_view(), base.weights().clone());
        Self { base, ..self }
    }

    /// The case.
    pub fn case(&self) -> &'c Case {
        self.core.case
    }

    /// The changes under which it is read.
    pub fn scenario(&self) -> &Scenario {
        &self.core.scenario
    }

    /// How degrees are computed.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The case under the scenario, with nothing else supposed.
    pub fn base(&self) -> &Hypothesis {
        &self.base
    }

    /// How worlds are sampled.
    pub fn how_sampled(&self) -> &Sampling {
        &self.sampling
    }

    /// The most worlds that were sampled for one answer so far; 0 where none were.
    pub fn worlds_sampled(&self) -> u64 {
        self.core.sampled.load(Ordering::Relaxed)
    }

    /// Whether it was decided from sampled worlds whether any statement is settled.
    pub fn settled_by_sampling(&self) -> bool {
        self.core.settled_by_sampling.load(Ordering::Relaxed)
    }

    /// Notes that it was.
    pub(super) fn note_settled_by_sampling(&self) {
        self.core.settled_by_sampling.store(true, Ordering::Relaxed);
    }

    /// Whether degrees are exact probabilities, as far as any have been worked out: not those of one world, and not
    /// estimates.
    pub fn is_exact(&self) -> bool {
        !self.method.estimates() && (self.method == Method::Exact || self.worlds_sampled() == 0)
    }

    /// The standard that a statement is held to.
    pub fn standard(&self, statement: StatementId) -> Standard {
        self.scenario().standard.unwrap_or_else(|| self.case().standard_of(statement))
    }

    /// What the case for a statement has to reach.
    pub fn bar(&self, statement: StatementId) -> Bar {
        self.case().thresholds.bar(self.standard(statement))
    }

    /// The case as a graph, made when it is first asked for.
    pub(crate) fn graph(&self) -> &EvidenceGraph {
        self.cache.graph.get_or_init(|| EvidenceGraph::new(self.case()))
    }

    /// The numbers of sources in every output, worked out when they are first asked for.
    #[cfg(feature = "render")]
    pub fn citations(&self) -> &crate::model::Citations {
        self.cache.citations.get_or_init(|| crate::model::Citations::new(self.case()))
    }

    /// All that a statement can depend on, itself among it. Statements on one circle, as rivals are and what entails and is
    /// entailed, depend on the same, which is found once for all of them.
    pub(super) fn behind(&self, statement: StatementId) -> Arc<[Node]> {
        let node = Node::Statement(statement);
        let find = || Arc::from(self.graph().depends_on(node));
        let circles = self.cache.circles.get_or_init(|| self.graph().circles());
        circles.get(&node).map_or_else(find, |&circle| self.cache.behind(circle, find))
    }

    /// The documents and actors that a statement can depend on: documents first, in order.
    pub(crate) fn sources_of(&self, statement: StatementId) -> Vec<Source> {
        let mut sources: Vec<Source> = self.behind(statement).iter().copied().filter_map(Node::source).collect();
        sources.sort_unstable();
        sources
    }

    /// The statements that a statement can depend on, itself among them, in order: those that have a verdict of their own.
    pub(crate) fn statements_behind(&self, statement: StatementId) -> impl Iterator<Item = StatementId> + '_ {
        let behind = self.behind(statement);
        (0..behind.len()).filter_map(move |place| match behind[place] {
            Node::Statement(near) if self.case().canonical(near) == near => Some(near),
            _ => None,
        })
    }

    /// The assumed statements that a statement can depend on, with the variables of the assumptions, in order.
    pub(super) fn assumptions_behind(&self, statement: StatementId) -> Vec<(StatementId, VariableId)> {
        if self.quantities().assumptions().next().is_none() {
            return Vec::new();
        }
        let near: BTreeSet<StatementId> = self.statements_behind(statement).collect();
        self.quantities().assumptions().filter(|(id, _)| near.contains(&self.case().canonical(*id))).collect()
    }

    /// The statements that have a verdict of their own, in order.
    pub(crate) fn own_statements(&self) -> impl Iterator<Item = StatementId> + '_ {
        self.case().statements.ids().filter(|&id| self.case().canonical(id) == id)
    }

    /// The steps into a statement that play a part under the scenario, links first, with the side that each speaks for.
    pub(crate) fn steps_to(&self, statement: StatementId) -> Vec<(Step, Effect)> {
        let case = self.case();
        let links = case.statements[statement].evidence.iter().enumerate();
        let links = links.map(|(index, link)| (Step::Evidence { statement, index }, link.effect));
        let inferences = self.relations().inferences_to(statement).iter();
        let inferences = inferences.map(|&id| (Step::Inference(id), case.inferences[id].effect));
        links.chain(inferences).filter(|&(step, _)| !self.scenario().removes(case, step)).collect()
    }

    /// Whether this view is ready for questions about all statements.
    pub(super) fn asks_all(&self) -> bool {
        matches!(self.readiness, Readiness::All { .. })
    }

    pub(crate) fn relations(&self) -> &Relations {
        &self.core.relations
    }

    pub(crate) fn quantities(&self) -> &Parameters {
        &self.core.numbering.quantities
    }

    pub(super) fn strategy(&self) -> Strategy {
        Strategy::new(&self.method, self.core.budget)
    }

    /// Whether degrees that are too large to be exact are sampled.
    pub(super) fn falls_back(&self) -> bool {
        self.fallback != Fallback::None
    }

    /// The view for one of many questions, which may take its share of what is left and no more.
    pub(super) fn for_one(&self) -> Self {
        // Where not all could be compiled together, each may turn out to be too much.
        let asked = if self.readiness == Readiness::Nothing { usize::MAX } else { self.how_many() };
        let ceiling = self.strategy().ceiling_for_one(self.spent(), asked);
        Self { ceiling: Some(self.settling.map_or(ceiling, |settling| settling.min(ceiling))), ..self.clone() }
    }

    /// The view in which statements are tried one by one.
    pub(super) fn trying(&self) -> Self {
        Self { ceiling: Some(self.strategy().ceiling_for_trying(self.spent())), ..self.clone() }
    }

    /// The view that leaves a part of the budget to what is asked later; with none, the whole budget may be spent.
    pub(super) fn leaving(&self, part: Option<f64>) -> Self {
        Self { ceiling: part.map(|part| self.strategy().ceiling_leaving(part)), ..self.clone() }
    }

    /// The error that what was asked about a statement takes more than may be spent.
    pub(super) fn over_budget(&self, statement: StatementId) -> EngineError {
        EngineError::OverBudget { statement: self.case().statements[statement].key.clone() }
    }

    /// How many steps were spent on exact degrees since the view was made ready.
    pub(super) fn spent(&self) -> u64 {
        self.spent.load(Ordering::Relaxed)
    }

    /// Notes that so many steps were spent on exact degrees.
    pub(super) fn spend(&self, steps: usize) {
        self.spent.fetch_add(steps as u64, Ordering::Relaxed);
    }

    /// Whether more may be spent on what a statement would be under other hypotheses.
    ///
    /// # Errors
    ///
    /// [`EngineError::OverBudget`] if it may not.
    pub(super) fn affordable(&self, statement: StatementId) -> Result<(), EngineError> {
        if self.strategy().is_spent(self.spent(), self.ceiling) {
            return Err(self.over_budget(statement));
        }
        Ok(())
    }

    /// Whether degrees that are not exact are those of sampled worlds.
    pub(super) fn samples(&self) -> bool {
        matches!(self.method, Method::Auto | Method::Exact | Method::Sampled)
    }

    /// Whether sampled worlds may decide whether statements are settled.
    pub(super) fn settles_by_sampling(&self) -> bool {
        !self.from_counts && (self.method == Method::Sampled || self.falls_back())
    }

    /// How many rows may be evaluated to tell whether statements are settled, each in one block of worlds.
    pub(super) fn rows_for_settling(&self) -> u64 {
        self.strategy().rows_for_settling()
    }

    /// Notes how many worlds were sampled for one answer.
    pub(super) fn note_sampled(&self, worlds: u64) {
        if self.shows_worlds {
            self.core.sampled.fetch_max(worlds, Ordering::Relaxed);
        }
    }
}

/// The numbers under a scenario; in a single world each is 0 or 1.
fn base_weights(case: &Case, scenario: &Scenario, method: &Method, numbering: &Numbering) -> Weights {
    let mut base = scenario.weights(case, &numbering.quantities);
    for variable in scenario.struck(case).into_iter().flat_map(|source| numbering.of_source(source)) {
        base[variable.index()] = 0.0;
    }
    if let Method::World { off, off_inferences } = method {
        let off = off.iter().map(|&source| numbering.quantities.source(source));
        let inferences = off_inferences.iter().map(|&inference| numbering.quantities.inference(inference));
        off.chain(inferences).for_each(|variable| base[variable.index()] = 0.0);
        base.iter_mut().for_each(|weight| *weight = if *weight > 0.0 { 1.0 } else { 0.0 });
    }
    base
}

/// Whether a number is off when some source is dropped: its reliability, and its links as an exhibit.
fn is_of_source(case: &Case, quantity: Parameter) -> bool {
    match quantity {
        Parameter::Reliability(_) => true,
        Parameter::Strength(Step::Evidence { statement, index })
        | Parameter::Present(Step::Evidence { statement, index }) => {
            case.statements[statement].evidence[index].manner == Some(Manner::Exhibit)
        }
        _ => false,
    }
}
