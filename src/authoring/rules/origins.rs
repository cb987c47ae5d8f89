//! Which one source an account goes back to, if it is one.

use crate::model::{Case, DocumentId, Evidence, Manner, Premise, Source, TableId};

use super::components::{Edges, components};

/// For every document, the outermost source that every way to it leads through: without that source, nothing of the
/// document's account is left. (The outermost dominator, in the sense of Prosser 1959.)
pub(super) struct Origins {
    /// None: nothing leads there, so it never holds.
    outermost: Vec<Option<Source>>,
}

impl Origins {
    /// Cost: linear in the documents and their origins.
    ///
    /// Where documents derive from each other in a ring that is entered at several places from different sources, each
    /// of them counts as its own outermost source.
    pub(super) fn new(case: &Case) -> Self {
        let edges = Edges::new(case.documents.len(), &derivations(case).collect::<Vec<_>>());
        let mut origins = Self { outermost: vec![None; case.documents.len()] };
        let rings = components(&edges);
        let mut ring_of = vec![0; case.documents.len()];
        for (place, ring) in rings.iter().enumerate() {
            ring.iter().for_each(|&document| ring_of[document] = place);
        }
        rings.iter().for_each(|ring| origins.settle(case, ring, &ring_of));
        origins
    }

    /// Takes a document, or a ring of them, once all that it derives from has been taken.
    fn settle(&mut self, case: &Case, ring: &[usize], ring_of: &[usize]) {
        let documents = ring.iter().map(|&index| DocumentId::from_index(index));
        let mut entries = documents.filter_map(|id| Some((id, self.entry(case, id, ring_of)?)));
        let Some((first, common)) = entries.next() else { return };
        let (mut at_one_place, mut from_one) = (true, common);
        for (_, other) in entries {
            at_one_place = false;
            from_one = from_one.filter(|_| other == common);
        }
        for &document in ring {
            let own = Source::Document(if at_one_place { first } else { DocumentId::from_index(document) });
            self.outermost[document] = Some(from_one.unwrap_or(own));
        }
    }

    /// Whether a ring is entered at a document from outside, and the one source that this comes from, if it is one.
    fn entry(&self, case: &Case, id: DocumentId, ring_of: &[usize]) -> Option<Option<Source>> {
        let origins = &case.documents[id].derives_from;
        if origins.is_empty() {
            return Some(None);
        }
        let same_ring = |origin: &Source| matches!(origin, Source::Document(other) if ring_of[other.index()] == ring_of[id.index()]);
        let mut outermost = origins.iter().filter(|origin| !same_ring(origin)).filter_map(|&origin| self.of(origin));
        let first = outermost.next()?;
        Some(outermost.all(|other| other == first).then_some(first))
    }

    fn of(&self, source: Source) -> Option<Source> {
        match source {
            Source::Actor(_) => Some(source),
            Source::Document(document) => self.outermost[document.index()],
        }
    }

    /// The one source that all of a link's account goes back to, if it is one.
    pub(super) fn of_link(&self, link: &Evidence) -> Option<Source> {
        let Premise::Source(source) = link.from else { return None };
        match link.relies_on.split_first() {
            _ if link.manner == Some(Manner::Exhibit) => Some(source),
            None => self.of(source),
            Some((first, rest)) => {
                let origin = self.of(*first)?;
                rest.iter().all(|&other| self.of(other) == Some(origin)).then_some(origin)
            }
        }
    }
}

/// Every document with one that derives from it, by their places in the table.
pub(super) fn derivations(case: &Case) -> impl Iterator<Item = (usize, usize)> {
    case.documents.iter().flat_map(|(id, document)| {
        document.derives_from.iter().filter_map(move |origin| match origin {
            Source::Document(origin) => Some((origin.index(), id.index())),
            Source::Actor(_) => None,
        })
    })
}
