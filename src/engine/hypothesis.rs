//! What is supposed of a case when degrees are asked for, as a value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::logic::{Gradient, Idle, Parameters, Passage, Reading, Step, Supposition, Uncertain, VariableId, Weights};
use crate::model::{Case, Effect, Manner, Premise, Source, StatementId};
use crate::verdict::{Degrees, Further, Settlement};

use super::method::Searched;
use super::model::{IdleSides, MODELS, Model, ModelKey, Presence, Shape};
use super::numbers::Numbers;
use super::reach::Reach;
use super::scenario::{EFFECTS, Scenario};
use super::strategy::MOST_COMPLETED;

/// What is supposed: the case as its scenario has it, or with some sources less, other numbers, withheld passages that
/// are there, further evidence, statements that are decided.
///
/// It comes from [`Engine::base`](super::Engine::base), and each method makes another one:
///
/// ```
/// use evigraph::build::{Claim, Document, Evidence, Strength};
/// use evigraph::{Case, Engine, Scenario};
///
/// let account = |source| Evidence::supports(source).strength(Strength::Conclusive);
/// let case = Case::builder("Did it rain?")
///     .document("one", Document::new("The account of one").reliability(0.5))
///     .document("other", Document::new("The account of another").reliability(0.5))
///     .claim("rain", Claim::new("It rained.").evidence(account("one")).evidence(account("other")))
///     .build()?;
/// let engine = Engine::new(&case, Scenario::default());
/// let (rain, one) = (case.statement("rain").unwrap(), case.source("one").unwrap());
/// assert_eq!(engine.degrees(engine.base(), rain)?.case_for(), 0.75);
/// assert_eq!(engine.degrees(&engine.base().without(one), rain)?.case_for(), 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A clone is the same hypothesis and costs a pointer. What has been worked out under a hypothesis is kept with it, for
/// as long as it lives; one source less is the same hypothesis each time.
#[derive(Debug, Clone)]
pub struct Hypothesis {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    supposed: Supposed,
    known: Mutex<Known>,
}

#[derive(Debug, Clone)]
struct Supposed {
    numbering: Arc<Numbering>,
    /// The view of an engine that it may be asked of.
    view: u64,
    weights: Numbers,
    /// The most that each number can be, where only bounds are asked of numbers that may be larger than `weights`.
    most: Option<Weights>,
    shape: Shape,
    further: Option<(Effect, Further)>,
}

/// The numbers of a case, by their variables.
#[derive(Debug)]
pub(super) struct Numbering {
    pub(super) quantities: Parameters,
    /// The withheld passages, with the probability that such a passage makes a case if it is there.
    pub(super) passages: Vec<(Passage, f64)>,
    /// Which of them speak to each statement, by index.
    passages_on: FxHashMap<StatementId, Vec<usize>>,
    /// The links in which each source is an exhibit.
    exhibits: FxHashMap<Source, Vec<VariableId>>,
}

/// Degrees of some statements, where they are not worked out one by one.
pub(super) type Estimate = BTreeMap<StatementId, Degrees>;

/// What has been worked out under a hypothesis.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Degrees that are exact or of one world, in each model.
    pub(super) degrees: [FxHashMap<StatementId, Reading>; MODELS],
    /// What was estimated for all statements at once, in each model.
    pub(super) estimates: [Option<Arc<Estimate>>; MODELS],
    /// The statements that were asked about in the worlds of another hypothesis. Where there are any, nothing is known of
    /// what is not among the estimates, rather than left to be estimated.
    pub(super) varied: BTreeSet<StatementId>,
    /// Whether what all statements would be with one source less has been sampled.
    pub(super) losses_sampled: bool,
    /// For statements that something can reach of which it is not known whether it is out: the same, each way.
    pub(super) either_way: FxHashMap<StatementId, Vec<Hypothesis>>,
    /// The last few gradients in the model without rivals: every decided verdict asks for those of what bears on it.
    pub(super) without_rivals: FxHashMap<StatementId, Arc<Gradient>>,
    /// The gradient that was worked out last, and of what.
    pub(super) gradient: Option<(ModelKey, StatementId, Arc<Gradient>)>,
    /// The sources that occur in some case on each side of statements.
    pub(super) in_cases: FxHashMap<(StatementId, Effect), Searched<Arc<BTreeSet<Source>>>>,
    /// The same with one source less.
    losses: BTreeMap<Source, Hypothesis>,
    /// The same under every completion of some withheld passages, by those passages.
    completions: FxHashMap<Vec<usize>, Arc<[Hypothesis]>>,
    /// The same under single completions, by the passages that are present and their sides.
    completed: FxHashMap<Vec<(usize, usize)>, Hypothesis>,
    /// The same where nothing that is not decided leads on, in the whole case.
    pub(super) without_undecided: Option<Hypothesis>,
    /// What withheld material can do to the verdicts on statements.
    pub(super) reaches: FxHashMap<StatementId, Option<Arc<Reach>>>,
    /// Which statements are settled.
    pub(super) settlements: FxHashMap<StatementId, Settlement>,
}

impl Numbering {
    pub(super) fn new(case: &Case, scenario: &Scenario) -> Self {
        let passages = super::passages::passages(case, |document| scenario.admits(document));
        let quantities = Parameters::new(case, &passages);
        let exhibits = exhibits(case, &quantities);
        let share = |passage: &Passage| case.documents[passage.document].withheld.get();
        let passages: Vec<_> = passages.into_iter().map(|passage| (passage, share(&passage))).collect();
        let mut passages_on: FxHashMap<StatementId, Vec<usize>> = FxHashMap::default();
        for (index, (passage, _)) in passages.iter().enumerate() {
            passages_on.entry(passage.statement).or_default().push(index);
        }
        Self { quantities, passages, passages_on, exhibits }
    }

    /// The variables that are off when a source is dropped: its own, and those of its links as an exhibit.
    pub(super) fn of_source(&self, source: Source) -> impl Iterator<Item = VariableId> + '_ {
        let exhibits = self.exhibits.get(&source).into_iter().flatten().copied();
        std::iter::once(self.quantities.source(source)).chain(exhibits)
    }

    /// The withheld passages that speak to a statement, by index.
    pub(super) fn passages_on(&self, statement: StatementId) -> &[usize] {
        self.passages_on.get(&statement).map_or(&[], Vec::as_slice)
    }

    /// The withheld passage at an index, as logic reads its completions.
    pub(super) fn uncertain(&self, index: usize) -> Uncertain {
        let sides = EFFECTS.map(|effect| self.quantities.passage(index, effect));
        Uncertain { sides, share: self.passages[index].1 }
    }
}

impl Hypothesis {
    /// The numbers as they are, asked of a view of an engine.
    pub(super) fn new(numbering: Arc<Numbering>, view: u64, weights: Numbers) -> Self {
        Self::from(Supposed { numbering, view, weights, most: None, shape: Shape::default(), further: None })
    }

    fn from(supposed: Supposed) -> Self {
        Self { inner: Arc::new(Inner { supposed, known: Mutex::default() }) }
    }

    /// The same but for what `change` does.
    fn changed(&self, change: impl FnOnce(&mut Supposed)) -> Self {
        let mut supposed = self.inner.supposed.clone();
        change(&mut supposed);
        Self::from(supposed)
    }

    /// The same, with nothing worked out.
    pub(super) fn anew(&self) -> Self {
        self.changed(|_| ())
    }

    /// The same with one source less: it never holds, and is no exhibit.
    #[must_use]
    pub fn without(&self, source: Source) -> Self {
        if let Some(known) = self.known().losses.get(&source) {
            return known.clone();
        }
        let less = self.without_all([source]);
        self.known().losses.entry(source).or_insert(less).clone()
    }

    /// The same with several sources less.
    #[must_use]
    pub fn without_all(&self, sources: impl IntoIterator<Item = Source>) -> Self {
        let numbering = Arc::clone(&self.inner.supposed.numbering);
        self.off(sources.into_iter().flat_map(|source| numbering.of_source(source).collect::<Vec<_>>()))
    }

    /// The same with some numbers 0.
    pub(crate) fn off(&self, variables: impl IntoIterator<Item = VariableId>) -> Self {
        self.with(variables.into_iter().map(|variable| (variable, 0.0)))
    }

    /// The same with other numbers.
    pub(crate) fn with(&self, numbers: impl IntoIterator<Item = (VariableId, f64)>) -> Self {
        self.changed(|supposed| supposed.weights = supposed.weights.but(numbers))
    }

    /// The same where further evidence on one side of a statement makes a case with some probability. The statement
    /// is one that the programs have room for further evidence on.
    pub(crate) fn with_further_weight(&self, effect: Effect, weight: f64) -> Self {
        self.with([(self.inner.supposed.numbering.quantities.further(effect), weight)])
    }

    /// The same with further evidence on one side, whose numbers are known one by one.
    pub(crate) fn with_further(&self, effect: Effect, further: Further) -> Self {
        self.with_further_weight(effect, further.weight())
            .changed(|supposed| supposed.further = Some((effect, further)))
    }

    /// The same with statements decided.
    pub(crate) fn supposing(&self, decided: &[(StatementId, Effect)]) -> Self {
        let decided = decided.iter().map(|&(id, effect)| Supposition::Decided(id, effect));
        self.changed(|supposed| supposed.shape.supposed.extend(decided))
    }

    /// The same where these sides of statements lead on to nothing: as a premise, by entailment, as parts.
    pub(crate) fn idle(&self, idle: Idle) -> Self {
        self.changed(|supposed| supposed.shape.idle = Some(IdleSides::new(idle)))
    }

    /// The same where each of these withheld passages, by index, speaks for or against its statement (an index into
    /// [`EFFECTS`]). Where passages change which attacks silence together, the program has just these.
    pub(super) fn completed(&self, said: &[(usize, usize)], exactly: bool) -> Self {
        let number = |&(index, side): &(usize, usize)| {
            let Uncertain { sides, share } = self.inner.supposed.numbering.uncertain(index);
            (sides[side], share)
        };
        let presence =
            if exactly { Presence::Exactly(said.iter().map(|&(index, _)| index).collect()) } else { Presence::Any };
        self.changed(|supposed| {
            supposed.weights = supposed.weights.but(said.iter().map(number));
            supposed.shape.presence = presence;
        })
    }

    /// The same asked of a program of another shape, in which what it has more is absent: it says the same.
    pub(super) fn shaped(&self, shape: Shape) -> Self {
        let other = self.changed(|supposed| supposed.shape = shape);
        other.known().degrees.clone_from(&self.known().degrees);
        other
    }

    /// The same with numbers and passages that are known within bounds only.
    pub(super) fn between(&self, least: Numbers, most: Weights, presence: Presence) -> Self {
        self.changed(|supposed| {
            (supposed.weights, supposed.most) = (least, Some(most));
            supposed.shape.presence = presence;
        })
    }

    /// The same under one completion: as made once, and kept, for many statements ask about the same.
    pub(super) fn completion(&self, said: Vec<(usize, usize)>, exactly: bool) -> Self {
        if said.is_empty() && !exactly && self.shape().presence == Presence::Any {
            return self.clone();
        }
        if let Some(known) = self.known().completed.get(&said) {
            return known.clone();
        }
        let completed = self.completed(&said, exactly);
        let kept = &mut self.known().completed;
        if kept.len() >= MOST_COMPLETED {
            kept.clear();
        }
        kept.entry(said).or_insert(completed).clone()
    }

    /// The same under every completion of some passages: as made once, and kept.
    pub(super) fn completions(&self, passages: &[usize], make: impl FnOnce() -> Arc<[Self]>) -> Arc<[Self]> {
        if let Some(known) = self.known().completions.get(passages) {
            return Arc::clone(known);
        }
        let made = make();
        Arc::clone(self.known().completions.entry(passages.to_vec()).or_insert(made))
    }

    /// The degrees of a statement in a model, if they have been worked out and are no estimates.
    pub(super) fn read(&self, model: Model, statement: StatementId) -> Option<Reading> {
        self.known().degrees[model as usize].get(&statement).copied()
    }

    /// Keeps the degrees of a statement in a model; those that are known already stay.
    pub(super) fn keep(&self, model: Model, statement: StatementId, read: Reading) {
        self.known().degrees[model as usize].entry(statement).or_insert(read);
    }

    /// Drops what is known of losses, to free memory.
    pub(super) fn forget_losses(&self) {
        self.known().losses.clear();
    }

    /// Whether it says the same as another, which has the same view: with no other number, and nothing decided or idle
    /// besides. Programs with more room say the same.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
            || self.weights().changes_from(other.weights()).next().is_none()
                && self.shape().idle == other.shape().idle
                && !self.shape().is_passing()
    }

    pub(super) fn view(&self) -> u64 {
        self.inner.supposed.view
    }

    /// The weight of every variable.
    pub(crate) fn weights(&self) -> &Numbers {
        &self.inner.supposed.weights
    }

    pub(super) fn most(&self) -> Option<&Weights> {
        self.inner.supposed.most.as_ref()
    }

    pub(crate) fn shape(&self) -> &Shape {
        &self.inner.supposed.shape
    }

    /// Further evidence that is supposed.
    pub(super) fn further(&self) -> Option<(Effect, Further)> {
        self.inner.supposed.further
    }

    /// What has been worked out. Nothing may be worked out while it is held.
    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        // Entries are whole whenever they are there, even after a panic.
        self.inner.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The variables of the links in which each source is an exhibit.
fn exhibits(case: &Case, quantities: &Parameters) -> FxHashMap<Source, Vec<VariableId>> {
    let mut exhibits: FxHashMap<Source, Vec<VariableId>> = FxHashMap::default();
    for (statement, entry) in case.statements.iter() {
        for (index, link) in entry.evidence.iter().enumerate() {
            if let (Some(Manner::Exhibit), Premise::Source(source)) = (link.manner, link.from) {
                let variable = quantities.step(Step::Evidence { statement, index });
                exhibits.entry(source).or_default().push(variable);
            }
        }
    }
    exhibits
}
