//! Paths between two actors over attested relationships.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::engine::{Engine, EngineError};
use crate::model::{ActorId, Case, Nature, StatementId};
use crate::verdict::{Detail, Verdict};

use super::found::Found;

/// How far and how much is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most hops of a path.
    pub longest: usize,
    /// The most paths that are listed.
    pub most: usize,
    /// Whether a step from an actor to what it is a part of, or back, is a hop too.
    pub parts: bool,
}

/// A relationship between two actors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// The relationship.
    pub statement: StatementId,
    /// The verdict on it.
    pub detail: Detail,
    /// The case for it, from 0 to 1.
    pub case_for: f64,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// Where it starts.
    pub from: ActorId,
    /// Where it leads; relationships may run either way.
    pub to: ActorId,
    /// The attested relationships between the two, the strongest first.
    pub ties: Vec<Tie>,
    /// Whether one of them is a part of the other, where that counts.
    pub is_part: bool,
}

impl Hop {
    /// The strongest relationship, where the hop is no step between a part and its whole.
    fn strongest(&self) -> Option<&Tie> {
        self.ties.first().filter(|_| !self.is_part)
    }
}

/// A path between two actors that meets no actor twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Its hops, in order.
    pub hops: Vec<Hop>,
    /// The weakest link: of the hops' strongest relationships the one with the least verdict. None if every hop is a
    /// step between a part and its whole.
    pub weakest: Option<Tie>,
}

/// The paths that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct Paths {
    /// The shortest first; of one length, those with the stronger weakest link.
    pub paths: Vec<Path>,
    /// Whether there may be more within the length that was searched.
    pub more: bool,
    /// How many relationships were not asked about, since the engine was asked to stop.
    pub unanswered: usize,
}

/// Hops that the search looks at, at most.
const MOST_STEPS: usize = 500_000;

/// The paths between two actors over attested relationships, which are those that are not refuted and have a case for
/// them; in whatever direction they run.
///
/// Cost: the verdict on every relationship, and a bounded search.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a relationship grow past the budget.
pub fn paths(engine: &Engine<'_>, from: ActorId, to: ActorId, limits: Limits) -> Result<Paths, EngineError> {
    let (hops, unanswered) = Hops::new(engine, limits.parts)?;
    let mut search = Search { hops: &hops, distances: hops.distances(to), to, steps: 0, found: Vec::new() };
    let mut more = false;
    for length in 1..=limits.longest {
        if search.found.len() > limits.most || search.steps >= MOST_STEPS {
            more = true;
            break;
        }
        search.walk(&mut vec![from], length);
    }
    more |= search.steps >= MOST_STEPS;
    let mut found: Vec<(usize, Weakness, Vec<ActorId>)> =
        search.found.into_iter().map(|actors| (actors.len(), hops.weakness(&actors), actors)).collect();
    found.sort_by(|one, other| one.partial_cmp(other).expect("no number is NaN"));
    more |= found.len() > limits.most;
    found.truncate(limits.most);
    Ok(Paths { paths: found.iter().map(|(.., actors)| hops.path(actors)).collect(), more, unanswered })
}

/// The verdict, then the case for it; larger is weaker.
type Weakness = (u8, f64);

fn weakness(tie: &Tie) -> Weakness {
    let verdict = match tie.detail.verdict() {
        Verdict::Supported => 1,
        Verdict::Contested => 2,
        Verdict::Undecided => 3,
        Verdict::Unsupported => 4,
    };
    (verdict, -super::sources::rounded(tie.case_for))
}

/// The hops of a case, both ways.
struct Hops(BTreeMap<ActorId, BTreeMap<ActorId, Hop>>);

impl Hops {
    /// Those of the relationships that were asked about before the engine was asked to stop, and how many were not.
    fn new(engine: &Engine<'_>, parts: bool) -> Result<(Self, usize), EngineError> {
        let engine = &engine.for_all(false)?;
        let case = engine.case();
        let mut hops = Self(BTreeMap::new());
        let relationships = case.statements.iter().filter_map(|(statement, entry)| match entry.nature {
            Nature::Relationship { from, to, .. } => Some((statement, from, to)),
            Nature::Claim { .. } => None,
        });
        let asked = Found::one_by_one(relationships, |(statement, from, to)| {
            Ok((statement, from, to, engine.assess(statement)?))
        })?;
        for (statement, from, to, assessment) in asked.found {
            let (detail, case_for) = (assessment.detail, assessment.degrees.case_for());
            if case_for > 0.0 && detail != Detail::Refuted && from != to {
                for (from, to) in [(from, to), (to, from)] {
                    hops.between(from, to).ties.push(Tie { statement, detail, case_for });
                }
            }
        }
        if parts {
            hops.add_parts(case);
        }
        for hop in hops.0.values_mut().flat_map(BTreeMap::values_mut) {
            hop.ties.sort_by(|one, other| weakness(one).partial_cmp(&weakness(other)).expect("no number is NaN"));
        }
        Ok((hops, asked.unanswered))
    }

    fn add_parts(&mut self, case: &Case) {
        for (part, actor) in case.actors.iter() {
            if let Some(whole) = actor.part_of.filter(|&whole| whole != part) {
                self.between(part, whole).is_part = true;
                self.between(whole, part).is_part = true;
            }
        }
    }

    fn between(&mut self, from: ActorId, to: ActorId) -> &mut Hop {
        let hop = Hop { from, to, ties: Vec::new(), is_part: false };
        self.0.entry(from).or_default().entry(to).or_insert(hop)
    }

    fn neighbours(&self, actor: ActorId) -> impl Iterator<Item = ActorId> + '_ {
        self.0.get(&actor).into_iter().flat_map(BTreeMap::keys).copied()
    }

    /// How many hops every actor is from one of them, where there is a way.
    fn distances(&self, to: ActorId) -> BTreeMap<ActorId, usize> {
        let mut distances = BTreeMap::from([(to, 0)]);
        let mut waiting = VecDeque::from([to]);
        while let Some(actor) = waiting.pop_front() {
            let next = distances[&actor] + 1;
            for neighbour in self.neighbours(actor) {
                distances.entry(neighbour).or_insert_with(|| {
                    waiting.push_back(neighbour);
                    next
                });
            }
        }
        distances
    }

    fn hops<'h>(&'h self, actors: &'h [ActorId]) -> impl Iterator<Item = &'h Hop> {
        actors.windows(2).map(|pair| &self.0[&pair[0]][&pair[1]])
    }

    /// How weak a path is: as its weakest link, or not at all, where every hop is a step between part and whole.
    fn weakness(&self, actors: &[ActorId]) -> Weakness {
        let links = self.hops(actors).filter_map(Hop::strongest).map(weakness);
        links.fold((0, 0.0), |one, other| if other > one { other } else { one })
    }

    fn path(&self, actors: &[ActorId]) -> Path {
        let hops: Vec<Hop> = self.hops(actors).cloned().collect();
        let links = hops.iter().filter_map(Hop::strongest).copied();
        let weakest = links.reduce(|one, other| if weakness(&other) > weakness(&one) { other } else { one });
        Path { hops, weakest }
    }
}

/// A search for paths of one length after the other.
struct Search<'h> {
    hops: &'h Hops,
    distances: BTreeMap<ActorId, usize>,
    to: ActorId,
    steps: usize,
    found: Vec<Vec<ActorId>>,
}

impl Search<'_> {
    /// Every path that begins like this and has so many hops more.
    fn walk(&mut self, path: &mut Vec<ActorId>, left: usize) {
        let here = *path.last().expect("a path has a start");
        if left == 0 || here == self.to {
            if left == 0 && here == self.to {
                self.found.push(path.clone());
            }
            return;
        }
        let seen: BTreeSet<ActorId> = path.iter().copied().collect();
        let next: Vec<ActorId> = self.hops.neighbours(here).filter(|next| !seen.contains(next)).collect();
        for next in next {
            if self.steps >= MOST_STEPS {
                return;
            }
            self.steps += 1;
            if self.distances.get(&next).is_some_and(|&distance| distance < left) {
                path.push(next);
                self.walk(path, left - 1);
                path.pop();
            }
        }
    }
}
