//! Documents that waited for what they go back to.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Engine, Origins};
use crate::model::{DocumentId, Source};

use super::course::{Moment, Waited};

/// The documents that were known on an earlier day than that on which they came to hold.
pub(super) fn waited(engine: &Engine<'_>, moments: &[Moment], undated: &[DocumentId]) -> Vec<Waited> {
    let mut origins = Origins::new(engine.case(), &engine.scenario().without);
    undated.iter().for_each(|&id| drop(origins.learn(id)));
    let of_day = |(at, moment): (usize, &Moment)| moment.documents.iter().map(move |&id| (id, at)).collect::<Vec<_>>();
    let known: BTreeMap<DocumentId, usize> = moments.iter().enumerate().flat_map(of_day).collect();
    let mut waited = Vec::new();
    for (holds, moment) in moments.iter().enumerate() {
        let now: BTreeSet<DocumentId> = moment.documents.iter().flat_map(|&id| origins.learn(id)).collect();
        let since = |&id: &DocumentId| (id, known.get(&id).copied());
        for (document, known) in now.iter().map(since).filter(|&(_, known)| known != Some(holds)) {
            let from = engine.case().documents[document].origins().filter_map(|origin| match origin {
                Source::Document(id) => Some(id).filter(|id| now.contains(id)),
                Source::Actor(_) => None,
            });
            waited.push(Waited { document, known, holds, origins: from.collect() });
        }
    }
    waited
}
