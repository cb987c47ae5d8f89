//! What is withheld: the completions of withheld passages, and the verdicts within their reach.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::logic::{Gradient, Passage, Reading, Uncertain, VariableId};
use crate::model::{Node, StatementId};
use crate::verdict::{Degrees, Detail, Search, TOLERANCE};

use super::degrees::Gradients;
use super::engine::Engine;
use super::hypothesis::Hypothesis;
use super::losses::{knows, read_together};
use super::method::Result;
use super::model::{Model, ModelKey, Presence, Shape};
use super::reach::{Reach, Said};
use super::scenario::EFFECTS;
use super::strategy::READS_A_STEP;

/// The most passages whose completions are all tried.
pub(super) const EXHAUSTIVE: usize = 6;

/// A passage in a completion: absent, or speaking for or against its statement (an index into [`EFFECTS`]).
type State = Option<usize>;

/// The other verdicts that the withheld material could bring about; none if the verdict stands whatever it says. Kept
/// with the base of the engine: who says why a verdict is open asks after who says that it is.
pub(crate) fn reach(engine: &Engine<'_>, statement: StatementId, current: Detail) -> Result<Option<Arc<Reach>>> {
    let known = engine.base().known().reaches.get(&statement).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let found = search(engine, statement, current, false)?.map(Arc::new);
    engine.base().known().reaches.insert(statement, found.clone());
    Ok(found)
}

/// Whether the withheld material could change the verdict at all.
pub(super) fn can_change(engine: &Engine<'_>, statement: StatementId, current: Detail) -> Result<bool> {
    Ok(search(engine, statement, current, true)?.is_some())
}

fn search(engine: &Engine<'_>, statement: StatementId, current: Detail, first_only: bool) -> Result<Option<Reach>> {
    let relevant = relevant_passages(engine, statement);
    if relevant.is_empty() {
        return Ok(None);
    }
    let search = Completions { engine, statement, relevant, current, first_only };
    let found = if search.relevant.len() <= EXHAUSTIVE { search.exhaustive() } else { search.greedy() };
    engine.cache.forget_completions();
    found
}

/// The passages that a statement depends on, by index. A passage is evidence itself: what its document depends on reaches
/// the statement through it.
pub(super) fn relevant_passages(engine: &Engine<'_>, statement: StatementId) -> Vec<usize> {
    let numbering = &engine.core.numbering;
    if numbering.passages.is_empty() {
        return Vec::new();
    }
    let mut reaching: BTreeSet<Node> = engine.behind(statement).iter().copied().collect();
    let mut waiting: Vec<Node> = reaching.iter().copied().collect();
    let mut relevant = BTreeSet::new();
    while let Some(node) = waiting.pop() {
        let Node::Statement(statement) = node else { continue };
        for &index in numbering.passages_on(statement) {
            relevant.insert(index);
            let document = Node::Document(numbering.passages[index].0.document);
            if !reaching.contains(&document) {
                waiting.extend(engine.graph().depends_on(document).into_iter().filter(|&node| reaching.insert(node)));
            }
        }
    }
    relevant.into_iter().collect()
}

struct Completions<'e, 'c> {
    engine: &'e Engine<'c>,
    statement: StatementId,
    relevant: Vec<usize>,
    current: Detail,
    /// Whether the first change that is found is enough.
    first_only: bool,
}

impl Completions<'_, '_> {
    fn hypothesis(&self, states: &[State]) -> Hypothesis {
        self.engine.base().completion(self.present(states).collect(), self.engine.core.loops_shift)
    }

    /// The passages that are present, by index, with the side that each speaks for.
    fn present(&self, states: &[State]) -> impl Iterator<Item = (usize, usize)> {
        self.relevant.iter().zip(states).filter_map(|(&index, &state)| Some((index, state?)))
    }

    fn differs(&self, detail: Detail) -> bool {
        detail.shortfalls_merged() != self.current.shortfalls_merged()
    }

    fn said(&self, states: &[State]) -> Vec<Said> {
        let said = |(index, side): (usize, usize)| {
            let (Passage { document, statement }, _) = self.engine.core.numbering.passages[index];
            Said { document, statement, effect: EFFECTS[side] }
        };
        self.present(states).map(said).collect()
    }

    fn uncertain(&self) -> Vec<Uncertain> {
        self.relevant.iter().map(|&index| self.engine.core.numbering.uncertain(index)).collect()
    }

    fn exhaustive(&self) -> Result<Option<Reach>> {
        let passages = self.relevant.len();
        let unit = |place: usize| 3_usize.pow(u32::try_from(place).expect("a handful of passages"));
        let states = |number: usize| -> Vec<State> {
            (0..passages).map(|place| (number / unit(place) % 3).checked_sub(1)).collect()
        };
        let all = unit(passages);
        let completions = self.completions(&states, all)?;
        // Whether a completion changes the verdict, and whether one with fewer passages present already does.
        let (mut changed, mut sooner) = (vec![false; all], vec![false; all]);
        let mut found = Reach::none(Search::Exhaustive);
        for number in 1..all {
            let state = states(number);
            let detail = self.engine.detail(&completions[number], self.statement)?;
            changed[number] = self.differs(detail);
            sooner[number] = (0..passages).filter(|&place| state[place].is_some()).any(|place| {
                let fewer = number - (number / unit(place) % 3) * unit(place);
                changed[fewer] || sooner[fewer]
            });
            if changed[number] {
                found.note(detail, self.said(&state), !sooner[number]);
                if self.first_only {
                    break;
                }
            }
        }
        Ok(found.found())
    }

    /// The hypotheses of every completion, with the degrees that this statement needs worked out for all of them
    /// together.
    fn completions(&self, states: &impl Fn(usize) -> Vec<State>, all: usize) -> Result<Arc<[Hypothesis]>> {
        let make = || (0..all).map(|number| self.hypothesis(&states(number))).collect();
        let completions = self.engine.base().completions(&self.relevant, make);
        if !self.engine.method().estimates() && !self.engine.core.loops_shift {
            let passages = self.uncertain();
            complete(self.engine, &passages, &completions, self.statement)?;
            for &rival in self.engine.rivals(self.statement).iter() {
                complete(self.engine, &passages, &completions, rival)?;
            }
        }
        Ok(completions)
    }

    /// From all absent towards each other verdict: the single change that most raises its score, while one does.
    fn greedy(&self) -> Result<Option<Reach>> {
        let mut found = Reach::none(Search::Greedy);
        let absent: Vec<State> = vec![None; self.relevant.len()];
        let mut start = self.neighbours(&absent)?;
        for goal in [Detail::Established, Detail::Refuted, Detail::RivalReadings] {
            if !self.differs(goal) {
                continue;
            }
            let (mut states, mut score) = (absent.clone(), self.score(goal, &absent)?);
            let mut change = self.best_change(goal, &states, score, start.as_mut())?;
            while let Some((better, next)) = change {
                (score, states) = (better, next);
                let detail = self.engine.detail(&self.hypothesis(&states), self.statement)?;
                if self.differs(detail) {
                    found.note(detail, self.said(&states), true);
                    if self.first_only {
                        return Ok(found.found());
                    }
                }
                change = self.best_change(goal, &states, score, self.neighbours(&states)?.as_mut())?;
            }
        }
        Ok(found.found())
    }

    fn best_change(
        &self,
        goal: Detail,
        states: &[State],
        score: f64,
        mut near: Option<&mut Neighbours<'_, '_>>,
    ) -> Result<Option<(f64, Vec<State>)>> {
        if near.is_some() {
            self.read_turned(states)?;
        }
        let mut best: Option<(f64, Vec<State>)> = None;
        for (place, next) in changes(states) {
            let passage = self.relevant[place];
            let reached = match (near.as_mut(), states[place], next[place]) {
                (Some(near), None, Some(side)) => self::score(goal, near.with(passage, side)?),
                (Some(near), Some(side), None) => self::score(goal, near.without(passage, side)?),
                _ => self.score(goal, &next)?,
            };
            // Equal but for rounding: the first in order stays.
            if reached > best.as_ref().map_or(score, |(most, _)| *most) + TOLERANCE {
                best = Some((reached, next));
            }
        }
        Ok(best)
    }

    /// Works out, together, the degrees of those completions in which a passage that is present speaks for the other side.
    fn read_turned(&self, states: &[State]) -> Result<()> {
        let turned = changes(states).filter(|(place, next)| states[*place].is_some() && next[*place].is_some());
        let turned: Vec<Hypothesis> = turned.map(|(_, next)| self.hypothesis(&next)).collect();
        read_together(self.engine, &turned, self.statement)
    }

    /// The completions that have one passage more or less. None where each completion has a program of its own.
    fn neighbours(&self, states: &[State]) -> Result<Option<Neighbours<'_, '_>>> {
        let Self { engine, statement, .. } = *self;
        if engine.core.loops_shift || engine.method().estimates() {
            return Ok(None);
        }
        let hypothesis = self.hypothesis(states);
        let competitors = engine.gradients_without_rivals(&hypothesis, statement)?;
        Ok(Some(Neighbours { engine, statement, hypothesis, competitors, own: BTreeMap::new() }))
    }

    fn score(&self, goal: Detail, states: &[State]) -> Result<f64> {
        Ok(score(goal, self.engine.degrees(&self.hypothesis(states), self.statement)?))
    }
}

/// The states that differ in one place, and that place, in order.
fn changes(states: &[State]) -> impl Iterator<Item = (usize, Vec<State>)> {
    (0..states.len()).flat_map(move |place| {
        let others = [Some(0), Some(1), None].into_iter().filter(move |&state| state != states[place]);
        others.map(move |state| {
            let mut next = states.to_vec();
            next[place] = state;
            (place, next)
        })
    })
}

/// Works out the degrees of a statement, and what they depend on, for every completion of some passages at once:
/// hypothesis `n` is completion `n` of the base.
fn complete(
    engine: &Engine<'_>,
    passages: &[Uncertain],
    completions: &[Hypothesis],
    statement: StatementId,
) -> Result<()> {
    if knows(completions, Model::AsItIs, statement) {
        return Ok(());
    }
    let shape = Shape { presence: Presence::Any, ..engine.base().shape().clone() };
    for &competitor in engine.competing(&shape, statement).iter().chain([&statement]) {
        if engine.could_be_out(&shape, competitor) && !knows(completions, Model::WithoutRivals, competitor) {
            let key = ModelKey::without_rivals(shape.clone());
            let read = completed(engine, &key, competitor, passages)?;
            for (one, read) in completions.iter().zip(read) {
                one.keep(Model::WithoutRivals, competitor, read);
            }
        }
    }
    let mut groups: BTreeMap<ModelKey, Vec<usize>> = BTreeMap::new();
    for (number, one) in completions.iter().enumerate() {
        groups.entry(engine.key(one, statement)?).or_default().push(number);
    }
    for (key, numbers) in groups {
        let read = completed(engine, &key, statement, passages)?;
        for number in numbers {
            completions[number].keep(Model::AsItIs, statement, read[number]);
        }
    }
    Ok(())
}

fn completed(
    engine: &Engine<'_>,
    key: &ModelKey,
    statement: StatementId,
    passages: &[Uncertain],
) -> Result<Vec<Reading>> {
    let compiled = engine.compiled(key, statement)?;
    engine.affordable(statement)?;
    engine.spend(compiled.size() / READS_A_STEP * 3_usize.pow(passages.len() as u32) / 4);
    Ok(compiled.completions(engine.base().weights(), passages))
}

/// What is next to a completion. Degrees are linear in each number, so that they, and what is out, are known with one
/// passage more or one less without reading anything.
struct Neighbours<'e, 'c> {
    engine: &'e Engine<'c>,
    statement: StatementId,
    hypothesis: Hypothesis,
    competitors: Gradients,
    /// How the degrees of the statement change, by what is out.
    own: BTreeMap<BTreeSet<StatementId>, Arc<Gradient>>,
}

impl Neighbours<'_, '_> {
    /// The degrees with a passage more, by index, that speaks for a side.
    fn with(&mut self, passage: usize, side: usize) -> Result<Degrees> {
        let Uncertain { sides, share } = self.engine.core.numbering.uncertain(passage);
        self.changed(sides[side], share)
    }

    /// The degrees with a passage less, by index, that speaks for a side.
    fn without(&mut self, passage: usize, side: usize) -> Result<Degrees> {
        let Uncertain { sides, share } = self.engine.core.numbering.uncertain(passage);
        self.changed(sides[side], -share)
    }

    fn changed(&mut self, variable: VariableId, change: f64) -> Result<Degrees> {
        let Self { engine, statement, hypothesis, competitors, own } = self;
        let is_out = |(competitor, gradient): &(StatementId, Arc<Gradient>)| {
            engine.is_out_with(*competitor, gradient.with(variable, change).into()).then_some(*competitor)
        };
        let out: BTreeSet<StatementId> = competitors.iter().filter_map(is_out).collect();
        if !own.contains_key(&out) {
            let key = ModelKey { rivals: true, out: out.clone(), shape: hypothesis.shape().clone() };
            engine.affordable(*statement)?;
            let gradient = engine.compiled(&key, *statement)?.gradient(hypothesis.weights());
            own.insert(out.clone(), Arc::new(gradient));
        }
        Ok(own[&out].with(variable, change).into())
    }
}

fn score(goal: Detail, degrees: Degrees) -> f64 {
    match goal {
        Detail::Established => degrees.lead(),
        Detail::Refuted => -degrees.lead(),
        _ => degrees.case_for().min(degrees.case_against()),
    }
}
