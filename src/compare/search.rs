//! The fewest edits that by themselves change a verdict.
//!
//! Sets of up to three edits are all tried, as far as the number of evaluations allows. Beyond that a set is found by
//! leaving edits out while the verdict still changes: delta debugging (Zeller and Hildebrandt 2002).

use std::collections::{BTreeMap, BTreeSet};

/// How many evaluations may be spent on finding causes. One evaluation is the verdict on one statement, or the finding
/// on one question, in one version between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// For each changed verdict, in trying all sets of a size, and as many again in leaving edits out.
    pub each: usize,
    /// For all together; besides, one for each changed verdict.
    pub in_all: usize,
}

impl Default for Limit {
    fn default() -> Self {
        Self { each: 400, in_all: 4000 }
    }
}

/// The edits that change a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The edits, by their places in the list.
    pub edits: Vec<usize>,
    /// Those that they cannot do without.
    pub with: Vec<usize>,
    /// What is known of there being no smaller set.
    pub thoroughness: Thoroughness,
    /// How many other sets of the same number of edits change it as well, where all were tried.
    pub others: usize,
}

/// What is known of a set of edits that changes a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thoroughness {
    /// No smaller set changes it: all were tried.
    Smallest,
    /// None of its edits can be left out; whether another set is smaller is not known.
    Minimal,
    /// It changes the verdict; the evaluations did not suffice to make it smaller.
    Sufficient,
}

impl Thoroughness {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smallest => "smallest",
            Self::Minimal => "minimal",
            Self::Sufficient => "sufficient",
        }
    }
}

/// Something that can be changed by some of its edits.
pub(crate) trait Edited {
    /// What changed, and what it changed to.
    type Goal;

    /// The edits that can have anything to do with a goal, in order.
    fn candidates(&self, goal: &Self::Goal) -> Vec<usize>;

    /// Edits with all that they cannot do without.
    fn closed(&self, chosen: &BTreeSet<usize>) -> BTreeSet<usize>;

    /// Whether each goal is reached with these edits alone; none where that is too much to compute.
    fn reached(&self, chosen: &BTreeSet<usize>, goals: &[&Self::Goal]) -> Vec<Option<bool>>;
}

/// The largest sets that are all tried.
const LARGEST: usize = 3;

/// The cause of each change; none where even all edits together could not be computed.
pub(crate) fn causes<E: Edited>(edited: &E, goals: &[E::Goal], limit: Limit) -> Vec<Option<Cause>> {
    let mut search = Search { edited, limit, left: limit.in_all };
    let mut pursuits: Vec<Pursuit<'_, E>> = goals.iter().map(|goal| Pursuit::new(edited, goal)).collect();
    (1..=LARGEST).for_each(|size| search.try_all(&mut pursuits, size));
    pursuits.into_iter().map(|pursuit| search.finish(pursuit)).collect()
}

/// The search for one cause.
struct Pursuit<'g, E: Edited> {
    goal: &'g E::Goal,
    candidates: Vec<usize>,
    /// Closed sets that have been tried.
    tried: BTreeSet<BTreeSet<usize>>,
    /// Sets that reach the goal, with the size of what they bring along.
    hits: Vec<(usize, Vec<usize>)>,
    /// The size up to which all sets have been tried.
    proven: usize,
    /// Something was too much to compute.
    unsure: bool,
}

impl<'g, E: Edited> Pursuit<'g, E> {
    fn new(edited: &E, goal: &'g E::Goal) -> Self {
        let candidates = edited.candidates(goal);
        Self { goal, candidates, tried: BTreeSet::new(), hits: Vec::new(), proven: 0, unsure: false }
    }
}

/// What all searches share.
struct Search<'e, E> {
    edited: &'e E,
    limit: Limit,
    left: usize,
}

impl<E: Edited> Search<'_, E> {
    /// Tries all sets of one size, for each goal that smaller ones did not reach and for which the limit allows it.
    fn try_all(&mut self, pursuits: &mut [Pursuit<'_, E>], size: usize) {
        let mut plan: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        let mut planned = Vec::new();
        for (number, pursuit) in pursuits.iter().enumerate() {
            let count = combinations(pursuit.candidates.len(), size);
            let affordable = pursuit.tried.len() + count <= self.limit.each && count <= self.left;
            if pursuit.hits.is_empty() && pursuit.proven + 1 == size && affordable {
                self.left -= count;
                planned.push(number);
                for_each_subset(&pursuit.candidates, size, &mut |set| {
                    plan.entry(set.to_vec()).or_default().push(number);
                });
            }
        }
        for (set, numbers) in plan {
            self.try_one(pursuits, set, &numbers);
        }
        planned.into_iter().for_each(|number| pursuits[number].proven = size);
    }

    /// Tries one set for several goals at once.
    fn try_one(&self, pursuits: &mut [Pursuit<'_, E>], set: Vec<usize>, numbers: &[usize]) {
        let closed = self.edited.closed(&set.iter().copied().collect());
        let fresh: Vec<usize> =
            numbers.iter().copied().filter(|&number| pursuits[number].tried.insert(closed.clone())).collect();
        let goals: Vec<&E::Goal> = fresh.iter().map(|&number| pursuits[number].goal).collect();
        if goals.is_empty() {
            return;
        }
        for (number, reached) in fresh.into_iter().zip(self.edited.reached(&closed, &goals)) {
            let pursuit = &mut pursuits[number];
            match reached {
                Some(true) => pursuit.hits.push((closed.len(), set.clone())),
                Some(false) => {}
                None => pursuit.unsure = true,
            }
        }
    }

    fn finish(&mut self, pursuit: Pursuit<'_, E>) -> Option<Cause> {
        // The first of those that bring the least along.
        let best = pursuit.hits.iter().min_by_key(|(weight, _)| *weight).map(|(_, set)| set.clone());
        if let Some(edits) = best {
            let thoroughness = if pursuit.unsure { Thoroughness::Sufficient } else { Thoroughness::Smallest };
            return Some(self.cause(edits, thoroughness, pursuit.hits.len() - 1));
        }
        let all: Vec<usize> = pursuit.candidates.clone();
        let mut reduction =
            Reduction { edited: self.edited, goal: pursuit.goal, spent: 0, most: self.limit.each.min(self.left) };
        if !reduction.reached(&all) {
            return None;
        }
        let (edits, complete) = reduction.minimal(all);
        self.left = self.left.saturating_sub(reduction.spent);
        let thoroughness = match complete && !pursuit.unsure {
            true if edits.len() == pursuit.proven + 1 => Thoroughness::Smallest,
            true => Thoroughness::Minimal,
            false => Thoroughness::Sufficient,
        };
        Some(self.cause(edits, thoroughness, 0))
    }

    fn cause(&self, edits: Vec<usize>, thoroughness: Thoroughness, others: usize) -> Cause {
        let chosen: BTreeSet<usize> = edits.iter().copied().collect();
        let with = self.edited.closed(&chosen).difference(&chosen).copied().collect();
        Cause { edits, with, thoroughness, others }
    }
}

/// Leaves edits out while the goal is still reached.
struct Reduction<'e, 'g, E: Edited> {
    edited: &'e E,
    goal: &'g E::Goal,
    spent: usize,
    most: usize,
}

impl<E: Edited> Reduction<'_, '_, E> {
    fn reached(&mut self, edits: &[usize]) -> bool {
        let closed = self.edited.closed(&edits.iter().copied().collect());
        self.spent += 1;
        self.edited.reached(&closed, &[self.goal]) == [Some(true)]
    }

    /// A set that reaches the goal and none of whose edits can be left out; and whether that is certain.
    fn minimal(&mut self, mut edits: Vec<usize>) -> (Vec<usize>, bool) {
        let mut parts = 2;
        while edits.len() > 1 {
            let chunk = edits.len().div_ceil(parts);
            let Some(fewer) = self.fewer(&edits, chunk) else { return (edits, false) };
            match fewer {
                Some(fewer) => {
                    edits = fewer;
                    parts = (parts - 1).max(2);
                }
                None if chunk == 1 => return (edits, true),
                None => parts = (parts * 2).min(edits.len()),
            }
        }
        (edits, true)
    }

    /// Fewer edits that reach the goal: one chunk alone, or all but one. None at all when the evaluations are spent.
    #[allow(clippy::option_option)]
    fn fewer(&mut self, edits: &[usize], chunk: usize) -> Option<Option<Vec<usize>>> {
        let alone = edits.chunks(chunk).map(<[usize]>::to_vec);
        let without = edits.chunks(chunk).map(|out| edits.iter().copied().filter(|edit| !out.contains(edit)).collect());
        let attempts: Vec<Vec<usize>> = alone.chain(without).collect();
        for fewer in attempts {
            if self.spent >= self.most {
                return None;
            }
            if self.reached(&fewer) {
                return Some(Some(fewer));
            }
        }
        Some(None)
    }
}

/// How many sets of `size` there are among `from` things.
fn combinations(from: usize, size: usize) -> usize {
    (0..size).fold(1usize, |count, taken| count.saturating_mul(from.saturating_sub(taken)) / (taken + 1))
}

/// Every set of `size` of the items, in order.
fn for_each_subset(items: &[usize], size: usize, each: &mut impl FnMut(&[usize])) {
    fn extend(items: &[usize], size: usize, chosen: &mut Vec<usize>, each: &mut impl FnMut(&[usize])) {
        if size == 0 {
            return each(chosen);
        }
        for (at, &item) in items.iter().enumerate() {
            chosen.push(item);
            extend(&items[at + 1..], size - 1, chosen, each);
            chosen.pop();
        }
    }
    extend(items, size, &mut Vec::new(), each);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goals are sets of edits that have to be done, all of them.
    struct Locks;

    impl Edited for Locks {
        type Goal = BTreeSet<usize>;

        fn candidates(&self, _: &Self::Goal) -> Vec<usize> {
            (0..40).collect()
        }

        fn closed(&self, chosen: &BTreeSet<usize>) -> BTreeSet<usize> {
            chosen.clone()
        }

        fn reached(&self, chosen: &BTreeSet<usize>, goals: &[&Self::Goal]) -> Vec<Option<bool>> {
            goals.iter().map(|goal| Some(goal.is_subset(chosen))).collect()
        }
    }

    fn cause(goal: &[usize], limit: Limit) -> Cause {
        let goals = [goal.iter().copied().collect()];
        causes(&Locks, &goals, limit).remove(0).expect("all edits together do it")
    }

    #[test]
    fn few_edits_are_found_by_trying_all_sets() {
        let found = cause(&[7, 31], Limit { each: 1000, in_all: 1000 });
        assert_eq!((found.edits, found.thoroughness), (vec![7, 31], Thoroughness::Smallest));
    }

    #[test]
    fn many_edits_are_found_by_leaving_others_out() {
        let found = cause(&[1, 2, 17, 18, 39], Limit::default());
        assert_eq!((found.edits, found.thoroughness), (vec![1, 2, 17, 18, 39], Thoroughness::Minimal));
        // With all sets of one edit tried, two cannot be too many.
        let found = cause(&[3, 30], Limit::default());
        assert_eq!((found.edits, found.thoroughness), (vec![3, 30], Thoroughness::Smallest));
    }

    #[test]
    fn the_answer_says_when_evaluations_were_too_few() {
        let found = cause(&[1, 20, 39], Limit { each: 4, in_all: 4 });
        assert_eq!(found.thoroughness, Thoroughness::Sufficient);
        assert!([1, 20, 39].iter().all(|edit| found.edits.contains(edit)));
    }

    #[test]
    fn sets_are_counted_and_listed() {
        let mut listed = 0;
        for_each_subset(&[1, 2, 3, 4, 5, 6, 7], 3, &mut |_| listed += 1);
        assert_eq!((listed, combinations(7, 3), combinations(2, 3)), (35, 35, 0));
    }
}
