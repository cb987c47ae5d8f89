//! The smallest sets of sources whose loss changes a verdict.

use crate::engine::{Engine, Hypothesis, Method, Result, fill};
use crate::model::{Source, StatementId};
use crate::verdict::Detail;

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

/// All the smallest sets of up to three sources whose loss changes the verdict on a statement; the two details of
/// contested are taken as one.
///
/// Cost: two passes over the diagrams for each set of one source less, and limited: `searched` says how far it went.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn load_bearing(engine: &Engine<'_>, statement: StatementId) -> Result<LoadBearing> {
    engine.or_sampled(|engine| {
        let statement = engine.case().canonical(statement);
        Search { engine, statement, sources: engine.sources_of(statement) }.run()
    })
}

struct Search<'e, 'c> {
    engine: &'e Engine<'c>,
    statement: StatementId,
    sources: Vec<Source>,
}

impl Search<'_, '_> {
    fn run(&self) -> Result<LoadBearing> {
        let detail = self.engine.detail(self.engine.base(), self.statement)?;
        let pass = self.reading_cost()?;
        let mut work = 0_usize;
        for size in 1..=LARGEST {
            work = work.saturating_add(choose(self.sources.len(), size - 1).saturating_mul(pass));
            if size > 1 && work > WORK {
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
    fn of_size(&self, size: usize, detail: Detail) -> Result<Vec<LoadBearingSet>> {
        let mut found = Vec::new();
        let mut first: Vec<usize> = (0..size - 1).collect();
        loop {
            let after = first.last().map_or(0, |last| last + 1);
            if after < self.sources.len() {
                let lost: Vec<Source> = first.iter().map(|&place| self.sources[place]).collect();
                found.extend(self.one_more(&lost, &self.sources[after..], detail)?);
            }
            if !next_combination(&mut first, self.sources.len()) {
                return Ok(found);
            }
        }
    }

    /// The sets that change the verdict of those that are lost and one more.
    fn one_more(&self, lost: &[Source], more: &[Source], detail: Detail) -> Result<Vec<LoadBearingSet>> {
        let base = self.engine.base();
        let full = if lost.is_empty() { base.clone() } else { base.without_all(lost.iter().copied()) };
        let less: Vec<Hypothesis> = more.iter().map(|&source| full.without(source)).collect();
        fill(self.engine, &full, &less, self.statement)?;
        let mut found = Vec::new();
        for (&source, less) in more.iter().zip(&less) {
            let without = self.engine.detail(less, self.statement)?;
            if without.contests_merged() != detail.contests_merged() {
                let sources = lost.iter().copied().chain([source]).collect();
                found.push(LoadBearingSet { sources, detail: without });
            }
        }
        Ok(found)
    }

    /// How many nodes are read for one verdict on the statement.
    fn reading_cost(&self) -> Result<usize> {
        Ok(match self.engine.written(self.statement)? {
            Some(compiled) => compiled.size() + self.sources.len() * self.engine.base().weights().len(),
            // One world is soon read; many, or all statements at once, are not.
            None if matches!(self.engine.method(), Method::World { .. }) => 1,
            None => WORK,
        })
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
