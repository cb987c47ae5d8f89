//! Where the account of a source comes from: its origins, the roots behind them, and the one root or bottleneck that
//! all of it goes through.

use std::collections::BTreeSet;

use super::digraph::Digraph;
use super::{Case, DocumentId, Evidence, Manner, Premise, Source, TableId};

impl Case {
    /// What the account of a source is taken from directly; empty where it stands on its own.
    pub fn origins(&self, source: Source) -> &[Source] {
        match source {
            Source::Document(document) => &self.documents[document].derives_from,
            Source::Actor(_) => &[],
        }
    }

    /// What the account of one link is taken from, its own source apart: what the link relies on or else what its
    /// document derives from. Empty for an exhibit, which shows itself.
    pub fn link_origins<'c>(&'c self, link: &'c Evidence) -> &'c [Source] {
        match link.from {
            Premise::Source(_) if link.manner == Some(Manner::Exhibit) => &[],
            Premise::Source(_) if !link.relies_on.is_empty() => &link.relies_on,
            Premise::Source(source) => self.origins(source),
            Premise::Statement(_) => &[],
        }
    }

    /// The sources that stand on their own behind a source: itself, where it has no origin. Empty where documents only
    /// derive from each other. Cost: the sources behind it.
    pub fn roots(&self, source: Source) -> BTreeSet<Source> {
        self.roots_behind(vec![source])
    }

    /// The sources that stand on their own behind a link; none for a link from a statement. Cost: the sources behind
    /// it.
    pub fn link_roots(&self, link: &Evidence) -> BTreeSet<Source> {
        match (link.from, self.link_origins(link)) {
            (Premise::Source(source), []) => BTreeSet::from([source]),
            (_, origins) => self.roots_behind(origins.to_vec()),
        }
    }

    fn roots_behind(&self, mut waiting: Vec<Source>) -> BTreeSet<Source> {
        let (mut seen, mut roots) = (BTreeSet::new(), BTreeSet::new());
        while let Some(source) = waiting.pop() {
            if seen.insert(source) {
                match self.origins(source) {
                    [] => _ = roots.insert(source),
                    origins => waiting.extend(origins),
                }
            }
        }
        roots
    }

    /// The edges from each document to those that derive from it, by their places in the table.
    pub(crate) fn derivations(&self) -> impl Iterator<Item = (usize, usize)> {
        self.documents.ids().flat_map(|id| {
            self.origins(Source::Document(id)).iter().filter_map(move |origin| match origin {
                Source::Document(origin) => Some((origin.index(), id.index())),
                Source::Actor(_) => None,
            })
        })
    }
}

/// For every document, the outermost source that every path to it leads through: without that source, nothing of the
/// document's account is left. (The outermost dominator, in the sense of Prosser 1959.)
pub(crate) struct SingleOrigins {
    /// None: no path leads there, so the document never holds.
    outermost: Vec<Option<Source>>,
}

impl SingleOrigins {
    /// Cost: linear in the documents and their origins.
    ///
    /// Where a loop of documents is entered at several places from different sources, each of its documents counts as
    /// its own outermost source.
    pub(crate) fn new(case: &Case) -> Self {
        let graph = Digraph::new(case.documents.len(), &case.derivations().collect::<Vec<_>>());
        let mut origins = Self { outermost: vec![None; case.documents.len()] };
        let components = graph.components();
        let mut component_of = vec![0; case.documents.len()];
        for (place, component) in components.iter().enumerate() {
            component.iter().for_each(|&document| component_of[document] = place);
        }
        components.iter().for_each(|component| origins.settle(case, component, &component_of));
        origins
    }

    /// Settles a document, or a loop of them, once all that it derives from is settled.
    fn settle(&mut self, case: &Case, component: &[usize], component_of: &[usize]) {
        let documents = component.iter().map(|&index| DocumentId::from_index(index));
        let mut entries = documents.filter_map(|id| Some((id, self.entry(case, id, component_of)?)));
        let Some((first, common)) = entries.next() else { return };
        let (mut at_one_place, mut from_one) = (true, common);
        for (_, other) in entries {
            at_one_place = false;
            from_one = from_one.filter(|_| other == common);
        }
        for &document in component {
            let own = Source::Document(if at_one_place { first } else { DocumentId::from_index(document) });
            self.outermost[document] = Some(from_one.unwrap_or(own));
        }
    }

    /// Whether a component is entered at a document from outside, and the one source that all paths into it there lead
    /// through, if there is one.
    fn entry(&self, case: &Case, id: DocumentId, component_of: &[usize]) -> Option<Option<Source>> {
        let origins = case.origins(Source::Document(id));
        if origins.is_empty() {
            return Some(None);
        }
        let is_inside = |origin: &Source| matches!(origin, Source::Document(other) if component_of[other.index()] == component_of[id.index()]);
        let mut outermost = origins.iter().filter(|origin| !is_inside(origin)).filter_map(|&origin| self.of(origin));
        let first = outermost.next()?;
        Some(outermost.all(|other| other == first).then_some(first))
    }

    fn of(&self, source: Source) -> Option<Source> {
        match source {
            Source::Actor(_) => Some(source),
            Source::Document(document) => self.outermost[document.index()],
        }
    }

    /// The one source that all of a link's account goes back to, if there is one.
    pub(crate) fn of_link(&self, link: &Evidence) -> Option<Source> {
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
