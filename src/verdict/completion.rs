//! What is withheld: the completions of withheld passages, and the verdicts within their reach.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::logic::{Gradient, Passage, Reading, Uncertain};
use crate::model::{DocumentId, Effect, Node, StatementId};

use super::degrees::{Degrees, Detail, TOLERANCE};
use super::judge::{self, Judge, JudgeError};
use super::models::{Presence, Shape, SlopesEach};
use super::scenario::EFFECTS;

/// How the completions were searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Search {
    /// All of them.
    Exhaustive,
    /// Step by step towards each other verdict; a verdict that was not reached may still be within reach.
    Greedy,
}

impl Search {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exhaustive => "exhaustive",
            Self::Greedy => "greedy",
        }
    }
}

/// The most passages whose completions are all tried.
const EXHAUSTIVE: usize = 6;

/// A passage in a completion: absent, or speaking for or against its statement (an index into [`EFFECTS`]).
type State = Option<usize>;

/// What the completions of withheld material can do to a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) documents: Vec<DocumentId>,
    pub(super) verdicts: Vec<Detail>,
    pub(super) search: Search,
    /// For each of the verdicts a completion that brings it about: of those that were tried, one with the
    /// fewest passages.
    pub(super) examples: BTreeMap<Detail, Vec<Said>>,
}

/// What a withheld passage says in a completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Said {
    /// The document that it is withheld from.
    pub document: DocumentId,
    /// What it speaks to.
    pub statement: StatementId,
    /// Whether it supports or opposes that.
    pub effect: Effect,
}

/// The other verdicts that the withheld material could bring about; none if the verdict stands whatever
/// it says.
pub(super) fn reach(
    judge: &mut Judge<'_>,
    statement: StatementId,
    current: Detail,
) -> Result<Option<Reach>, JudgeError> {
    search(judge, statement, current, false)
}

/// Whether the withheld material could change the verdict at all.
pub(super) fn can_change(judge: &mut Judge<'_>, statement: StatementId, current: Detail) -> Result<bool, JudgeError> {
    Ok(search(judge, statement, current, true)?.is_some())
}

fn search(
    judge: &mut Judge<'_>,
    statement: StatementId,
    current: Detail,
    first_only: bool,
) -> Result<Option<Reach>, JudgeError> {
    let relevant = judge.relevant_passages(statement);
    if relevant.is_empty() {
        return Ok(None);
    }
    let mut search = Completions { judge, statement, relevant, current, first_only };
    let found = if search.relevant.len() <= EXHAUSTIVE { search.exhaustive() } else { search.greedy() };
    judge.forget_completions();
    found
}

impl Judge<'_> {
    fn uncertain(&self, index: usize) -> Uncertain {
        let share = self.case.documents[self.passages[index].document].withheld.get();
        Uncertain { sides: EFFECTS.map(|effect| self.quantities.passage(index, effect)), share }
    }

    /// The passages that a statement depends on, by index. A passage is evidence itself: what its document
    /// depends on reaches the statement through it.
    fn relevant_passages(&mut self, statement: StatementId) -> Vec<usize> {
        if self.passages.is_empty() {
            return Vec::new();
        }
        let mut reaching: BTreeSet<Node> = self.depends_on(Node::Statement(statement)).into_iter().collect();
        let mut relevant = BTreeSet::new();
        loop {
            let reaches = |index: &usize| reaching.contains(&Node::Statement(self.passages[*index].statement));
            let more: Vec<usize> =
                (0..self.passages.len()).filter(|index| !relevant.contains(index) && reaches(index)).collect();
            if more.is_empty() {
                return relevant.into_iter().collect();
            }
            for &index in &more {
                let document = Node::Document(self.passages[index].document);
                if !reaching.contains(&document) {
                    reaching.extend(self.depends_on(document));
                }
            }
            relevant.extend(more);
        }
    }
}

struct Completions<'j, 'c> {
    judge: &'j mut Judge<'c>,
    statement: StatementId,
    relevant: Vec<usize>,
    current: Detail,
    /// Whether the first change that is found is enough.
    first_only: bool,
}

impl Completions<'_, '_> {
    fn reading(&mut self, states: &[State]) -> judge::Reading {
        let present = self.relevant.iter().zip(states).filter_map(|(&index, &state)| Some((index, state?)));
        let weights = self.judge.base.weights.but(present.map(|(index, side)| {
            let Uncertain { sides, share } = self.judge.uncertain(index);
            (sides[side], share)
        }));
        let presence = if self.judge.loops_shift {
            let present = self.relevant.iter().zip(states).filter(|(_, state)| state.is_some());
            Presence::Exactly(present.map(|(&index, _)| index).collect())
        } else {
            Presence::Any
        };
        judge::Reading::new(weights, Shape { presence, supposed: self.judge.base.shape.supposed.clone() })
    }

    fn differs(&self, detail: Detail) -> bool {
        detail.shortfalls_merged() != self.current.shortfalls_merged()
    }

    fn said(&self, states: &[State]) -> Vec<Said> {
        let present = self.relevant.iter().zip(states).filter_map(|(&index, &state)| Some((index, state?)));
        let said = |(index, side): (usize, usize)| {
            let Passage { document, statement } = self.judge.passages[index];
            Said { document, statement, effect: EFFECTS[side] }
        };
        present.map(said).collect()
    }

    fn documents(&self, states: &[State]) -> impl Iterator<Item = DocumentId> {
        let present = self.relevant.iter().zip(states).filter(|(_, state)| state.is_some());
        present.map(|(&index, _)| self.judge.passages[index].document)
    }

    fn exhaustive(&mut self) -> Result<Option<Reach>, JudgeError> {
        let passages = self.relevant.len();
        let states = |number: usize| -> Vec<State> {
            (0..passages).map(|place| (number / 3_usize.pow(narrow(place)) % 3).checked_sub(1)).collect()
        };
        let all = 3_usize.pow(narrow(passages));
        let mut changed = vec![false; all];
        // Whether a completion with fewer passages present already changes the verdict.
        let mut sooner = vec![false; all];
        let mut verdicts = BTreeSet::new();
        let mut documents = BTreeSet::new();
        let mut examples = BTreeMap::new();
        let mut readings = self.readings(&states, all)?;
        for number in 1..all {
            let state = states(number);
            let detail = self.judge.detail(&mut readings[number], self.statement)?;
            changed[number] = self.differs(detail);
            sooner[number] = (0..passages).filter(|&place| state[place].is_some()).any(|place| {
                let unit = 3_usize.pow(narrow(place));
                let fewer = number - (number / unit % 3) * unit;
                changed[fewer] || sooner[fewer]
            });
            if changed[number] {
                verdicts.insert(detail);
                keep_shortest(&mut examples, detail, self.said(&state));
            }
            if changed[number] && !sooner[number] {
                documents.extend(self.documents(&state));
            }
            if self.first_only && changed[number] {
                break;
            }
        }
        self.judge.completions.insert(self.relevant.clone(), readings);
        Ok(found(documents, verdicts, Search::Exhaustive, examples))
    }

    /// The readings under every completion, with the degrees that this statement needs worked out for all of
    /// them together.
    fn readings(
        &mut self,
        states: &impl Fn(usize) -> Vec<State>,
        all: usize,
    ) -> Result<Vec<judge::Reading>, JudgeError> {
        let mut readings = match self.judge.completions.remove(&self.relevant) {
            Some(known) => known,
            None => (0..all).map(|number| self.reading(&states(number))).collect(),
        };
        if self.judge.is_exact() && !self.judge.loops_shift {
            let passages: Vec<Uncertain> = self.relevant.iter().map(|&index| self.judge.uncertain(index)).collect();
            self.judge.complete(&passages, &mut readings, self.statement)?;
            for &rival in self.judge.rivals(self.statement).iter() {
                self.judge.complete(&passages, &mut readings, rival)?;
            }
        }
        Ok(readings)
    }

    /// From all absent towards each other verdict: the single change that most raises its score, while one
    /// does.
    fn greedy(&mut self) -> Result<Option<Reach>, JudgeError> {
        let mut verdicts = BTreeSet::new();
        let mut documents = BTreeSet::new();
        let mut examples = BTreeMap::new();
        for goal in [Detail::Established, Detail::Refuted, Detail::RivalReadings] {
            if !self.differs(goal) {
                continue;
            }
            let mut states: Vec<State> = vec![None; self.relevant.len()];
            let mut score = self.score(goal, &states)?;
            while let Some((better, next)) = self.best_change(goal, &states, score)? {
                (score, states) = (better, next);
                let mut reading = self.reading(&states);
                let detail = self.judge.detail(&mut reading, self.statement)?;
                if self.differs(detail) {
                    verdicts.insert(detail);
                    documents.extend(self.documents(&states));
                    keep_shortest(&mut examples, detail, self.said(&states));
                    if self.first_only {
                        return Ok(found(documents, verdicts, Search::Greedy, examples));
                    }
                }
            }
        }
        Ok(found(documents, verdicts, Search::Greedy, examples))
    }

    fn best_change(
        &mut self,
        goal: Detail,
        states: &[State],
        score: f64,
    ) -> Result<Option<(f64, Vec<State>)>, JudgeError> {
        let near = self.neighbours(states)?;
        let mut best: Option<(f64, Vec<State>)> = None;
        for place in 0..states.len() {
            for state in [Some(0), Some(1), None] {
                if state == states[place] {
                    continue;
                }
                let mut next = states.to_vec();
                next[place] = state;
                let predicted = near.as_ref().and_then(|near| near.degrees(self.judge, states[place], state, place));
                let reached = match predicted {
                    Some(degrees) => self::score(goal, degrees),
                    None => self.score(goal, &next)?,
                };
                // Equal but for rounding: the first in order stays.
                if reached > best.as_ref().map_or(score, |(most, _)| *most) + TOLERANCE {
                    best = Some((reached, next));
                }
            }
        }
        Ok(best)
    }

    /// What the completions that differ in one passage from this one come to, without reading each. None
    /// where each completion has a program of its own.
    fn neighbours(&mut self, states: &[State]) -> Result<Option<Neighbours>, JudgeError> {
        if self.judge.loops_shift || !self.judge.is_exact() {
            return Ok(None);
        }
        let mut reading = self.reading(states);
        let (own, competitors) = self.judge.slopes(&mut reading, self.statement)?;
        let passages = self.relevant.iter().map(|&index| self.judge.uncertain(index)).collect();
        Ok(Some(Neighbours { own, competitors, passages }))
    }

    fn score(&mut self, goal: Detail, states: &[State]) -> Result<f64, JudgeError> {
        let mut reading = self.reading(states);
        let degrees = self.judge.degrees(&mut reading, self.statement)?;
        Ok(score(goal, degrees))
    }
}

/// The degrees next to a completion: linear in each passage that is absent, as long as what is out stays.
struct Neighbours {
    own: Rc<Gradient>,
    competitors: SlopesEach,
    passages: Vec<Uncertain>,
}

impl Neighbours {
    /// The degrees with a passage in another state, if they are linear in that change.
    fn degrees(&self, judge: &Judge<'_>, from: State, to: State, place: usize) -> Option<Degrees> {
        let (None, Some(side)) = (from, to) else { return None };
        let Uncertain { sides, share } = self.passages[place];
        let stays = self.competitors.iter().all(|(competitor, slopes)| {
            let is_out = |read: Reading| judge.is_out_with(*competitor, read.into());
            is_out(slopes.reading) == is_out(slopes.with(sides[side], share))
        });
        stays.then(|| self.own.with(sides[side], share).into())
    }
}

fn score(goal: Detail, degrees: Degrees) -> f64 {
    match goal {
        Detail::Established => degrees.in_favour - degrees.against,
        Detail::Refuted => degrees.against - degrees.in_favour,
        _ => degrees.case_for().min(degrees.case_against()),
    }
}

fn keep_shortest(examples: &mut BTreeMap<Detail, Vec<Said>>, detail: Detail, said: Vec<Said>) {
    if examples.get(&detail).is_none_or(|known| said.len() < known.len()) {
        examples.insert(detail, said);
    }
}

fn found(
    documents: BTreeSet<DocumentId>,
    verdicts: BTreeSet<Detail>,
    search: Search,
    examples: BTreeMap<Detail, Vec<Said>>,
) -> Option<Reach> {
    (!verdicts.is_empty()).then(|| Reach {
        documents: documents.into_iter().collect(),
        verdicts: verdicts.into_iter().collect(),
        search,
        examples,
    })
}

fn narrow(place: usize) -> u32 {
    u32::try_from(place).expect("a handful of passages")
}
