//! Which documents can hold with what is known by now: one that goes back to another waits for that.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Case, DocumentId, Source, has_grounds};

/// The documents that are known, and those that do not wait for an origin. Actors are known from the beginning.
pub(crate) struct Origins<'c> {
    case: &'c Case,
    without: &'c [Source],
    known: BTreeSet<DocumentId>,
    hold: BTreeSet<Source>,
    /// What goes back to each source.
    dependents: BTreeMap<Source, Vec<DocumentId>>,
}

impl<'c> Origins<'c> {
    /// Nothing is known yet; what is left out never will be.
    pub(crate) fn new(case: &'c Case, without: &'c [Source]) -> Self {
        let mut dependents: BTreeMap<Source, Vec<DocumentId>> = BTreeMap::new();
        for (id, document) in case.documents.iter() {
            document.origins().for_each(|origin| dependents.entry(origin).or_default().push(id));
        }
        Self { case, without, known: BTreeSet::new(), hold: BTreeSet::new(), dependents }
    }

    /// A document becomes known: which documents wait no longer, itself among them if it does not.
    ///
    /// Cost: over all documents, the origins of each as often as it has some.
    pub(crate) fn learn(&mut self, id: DocumentId) -> Vec<DocumentId> {
        self.known.insert(id);
        let mut found = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if self.can_hold(id) && self.hold.insert(Source::Document(id)) {
                found.push(id);
                open.extend(self.dependents.get(&Source::Document(id)).into_iter().flatten());
            }
        }
        found
    }

    fn can_hold(&self, id: DocumentId) -> bool {
        self.known.contains(&id)
            && !self.without.contains(&Source::Document(id))
            && has_grounds(&self.case.documents[id], |origin| self.holds(origin))
    }

    fn holds(&self, origin: Source) -> bool {
        match origin {
            Source::Actor(_) => !self.without.contains(&origin),
            Source::Document(_) => self.hold.contains(&origin),
        }
    }
}
