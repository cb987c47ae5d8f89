//! The smallest sets of sources whose loss changes a verdict.

use crate::model::{Source, StatementId};

use super::super::degrees::Detail;
use super::super::judge::{Judge, JudgeError, Method, Reading};
use super::super::losses::Less;

/// Sources that together bear a verdict: without all of them it is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadBearingSet {
    /// The sources, documents first, in order.
    pub sources: Vec<Source>,
    /// The verdict without them.
    pub detail: Detail,
}

/// All the smallest sets of sources whose loss changes the verdict on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadBearing {
    /// The sets, all of one size; none where no set that was tried changes the verdict.
    pub sets: Vec<LoadBearingSet>,
    /// The size up to which all sets were tried, from 0 to 3.
    pub searched: usize,
}

/// The most sources in a set.
const LARGEST: usize = 3;

/// The most nodes of diagrams that are read while larger sets are tried.
const WORK: usize = 20_000_000;

impl Judge<'_> {
    /// All the smallest sets of up to three sources whose loss changes the verdict on a statement; the two
    /// details of contested are taken as one.
    ///
    /// Cost: two passes over the diagrams for each set of one source less, and limited: `searched` says how far
    /// it went.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn load_bearing(&mut self, statement: StatementId) -> Result<LoadBearing, JudgeError> {
        let statement = self.case.canonical(statement);
        let sources = self.sources_of(statement);
        let mut search = Search { judge: self, statement, sources, work: 0 };
        search.run()
    }
}

struct Search<'j, 'c> {
    judge: &'j mut Judge<'c>,
    statement: StatementId,
    sources: Vec<Source>,
    work: usize,
}

impl Search<'_, '_> {
    fn run(&mut self) -> Result<LoadBearing, JudgeError> {
        let statement = self.statement;
        let detail = self.judge.in_base(|judge, base| judge.detail(base, statement))?;
        let pass = self.judge.in_base(|judge, base| judge.reading_cost(base, statement))?;
        for size in 1..=LARGEST {
            self.work = self.work.saturating_add(choose(self.sources.len(), size - 1).saturating_mul(pass));
            if size > 1 && self.work > WORK {
                return Ok(LoadBearing { sets: Vec::new(), searched: size - 1 });
            }
            let sets = self.of_size(size, detail)?;
            if !sets.is_empty() {
                return Ok(LoadBearing { sets, searched: size });
            }
        }
        Ok(LoadBearing { sets: Vec::new(), searched: LARGEST })
    }

    /// The sets of a size whose loss changes the verdict: for each set of one less, every source after it.
    fn of_size(&mut self, size: usize, detail: Detail) -> Result<Vec<LoadBearingSet>, JudgeError> {
        let mut found = Vec::new();
        let mut first: Vec<usize> = (0..size - 1).collect();
        loop {
            let after = first.last().map_or(0, |last| last + 1);
            if after < self.sources.len() {
                let lost: Vec<Source> = first.iter().map(|&place| self.sources[place]).collect();
                self.one_more(&lost, after, detail, &mut found)?;
            }
            if !next_combination(&mut first, self.sources.len()) {
                return Ok(found);
            }
        }
    }

    /// Adds to what is lost each source from a place on.
    fn one_more(
        &mut self,
        lost: &[Source],
        after: usize,
        detail: Detail,
        found: &mut Vec<LoadBearingSet>,
    ) -> Result<(), JudgeError> {
        let weights = self.judge.weights_without(lost.iter().copied());
        let mut full = self.judge.reading(weights);
        let more: Vec<Source> = self.sources[after..].to_vec();
        let mut less: Vec<Less> =
            more.iter().map(|&source| Less::new(&full, self.judge.variables_of(source))).collect();
        self.judge.fill(&mut full, &mut less, self.statement)?;
        for (source, mut less) in more.into_iter().zip(less) {
            let without = self.judge.detail(&mut less.reading, self.statement)?;
            if without.contests_merged() != detail.contests_merged() {
                let sources = lost.iter().copied().chain([source]).collect();
                found.push(LoadBearingSet { sources, detail: without });
            }
        }
        Ok(())
    }
}

impl Judge<'_> {
    /// How many nodes are read for one verdict on a statement.
    fn reading_cost(&mut self, base: &mut Reading, statement: StatementId) -> Result<usize, JudgeError> {
        if !self.is_exact() {
            // One world is soon read; many, or all statements at once, are not.
            return Ok(if matches!(self.method, Method::World { .. }) { 1 } else { WORK / 100 });
        }
        Ok(self.written_diagrams(base, statement)?.size() + self.sources_of(statement).len() * base.weights.len())
    }
}

/// The next choice of places below `count`, in order; false after the last.
fn next_combination(places: &mut [usize], count: usize) -> bool {
    for at in (0..places.len()).rev() {
        if places[at] + places.len() - at < count {
            places[at] += 1;
            for later in at + 1..places.len() {
                places[later] = places[later - 1] + 1;
            }
            return true;
        }
    }
    false
}

fn choose(of: usize, size: usize) -> usize {
    (0..size).fold(1, |ways, place| ways * (of.saturating_sub(place)) / (place + 1))
}
