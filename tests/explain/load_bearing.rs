//! The smallest sets of sources whose loss turns a verdict.

use std::collections::BTreeSet;

use evigraph::EngineError;
use evigraph::internals::explain;
use evigraph::{Source, StatementId};

use super::influence::merged;
use super::trial::Trial;
use crate::brute::{Detail, in_words};

pub fn check(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    let found = explain::load_bearing(&trial.judge, id)?;
    let sources: Vec<Source> = trial.case.sources().collect();
    let detail = trial.assessment(id).detail;
    let mut searched = 3;
    let mut turning: Vec<(Vec<Source>, Detail)> = Vec::new();
    for size in 1..=3 {
        for set in subsets(&sources, size) {
            let without = trial.without_sources(id, &set).detail;
            if merged(without) != merged(detail) {
                turning.push((set, without));
            }
        }
        if !turning.is_empty() {
            searched = size;
            break;
        }
    }
    let as_set = |list: Vec<(Vec<Source>, Detail)>| list.into_iter().collect::<BTreeSet<_>>();
    let sets: Vec<_> = found.sets.iter().map(|set| (set.sources.clone(), in_words(set.detail))).collect();
    trial.same(id, "number of sets", sets.len(), turning.len());
    trial.note(turning.is_empty(), "no set");
    trial.note(turning.len() > 1, "several sets");
    let size = turning.first().map(|(set, _)| set.len());
    trial.note(size == Some(1), "one source");
    trial.note(size == Some(2), "two sources");
    trial.note(size == Some(3), "three sources");
    trial.same(id, "sets", as_set(sets), as_set(turning));
    trial.same(id, "size searched", found.searched, searched);
    Ok(())
}

/// Every choice of so many sources, each in order.
fn subsets(sources: &[Source], size: usize) -> Vec<Vec<Source>> {
    let Some((first, rest)) = sources.split_first() else {
        return if size == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let mut found = subsets(rest, size);
    if size > 0 {
        found.extend(subsets(rest, size - 1).into_iter().map(|set| [vec![*first], set].concat()));
    }
    found
}
