//! Where the account of a source comes from: its origins, the roots behind them, and the one root or bottleneck that
//! all of it goes through.

use std::collections::{BTreeMap, BTreeSet};

use super::digraph::Digraph;
use super::{Case, Document, DocumentId, Evidence, Manner, Premise, Source, TableId};

/// Whose account a link gives.
pub(crate) enum Account<'e> {
    /// None: it is a statement.
    Statement,
    /// None: the source is an exhibit, which shows itself, whatever it is taken from.
    Itself(Source),
    /// The source's, as far as it is taken from these instead of what the source derives from.
    Instead(Source, &'e [Source]),
    /// The source's own.
    Own(Source),
}

impl Evidence {
    /// Whose account it gives.
    pub(crate) fn account(&self) -> Account<'_> {
        match self.from {
            Premise::Statement(_) => Account::Statement,
            Premise::Source(source) if self.manner == Some(Manner::Exhibit) => Account::Itself(source),
            Premise::Source(source) if !self.relies_on.is_empty() => Account::Instead(source, &self.relies_on),
            Premise::Source(source) => Account::Own(source),
        }
    }
}

/// Whether a document has what its account stands on: all that it needs, and some of what it derives from, if it derives
/// from anything.
pub(crate) fn has_grounds(document: &Document, is_there: impl Fn(Source) -> bool) -> bool {
    let is_there = |&source: &Source| is_there(source);
    document.rests_on.iter().all(is_there)
        && (document.derives_from.is_empty() || document.derives_from.iter().any(is_there))
}

/// All that is reached from some sources, themselves among it. Cost: that, and the steps between.
pub(crate) fn reached<I: IntoIterator<Item = Source>>(
    from: impl IntoIterator<Item = Source>,
    next: impl Fn(Source) -> I,
) -> BTreeSet<Source> {
    let mut waiting = Vec::from_iter(from);
    let mut reached = BTreeSet::new();
    while let Some(source) = waiting.pop() {
        if reached.insert(source) {
            waiting.extend(next(source));
        }
    }
    reached
}

impl Case {
    /// What the account of a source is taken from directly; empty where it stands on its own.
    pub fn origins(&self, source: Source) -> &[Source] {
        match source {
            Source::Document(document) => &self.documents[document].derives_from,
            Source::Actor(_) => &[],
        }
    }

    /// What a source needs besides, all of it.
    pub fn needs(&self, source: Source) -> &[Source] {
        match source {
            Source::Document(document) => &self.documents[document].rests_on,
            Source::Actor(_) => &[],
        }
    }

    /// What stands behind a source directly: what its account is taken from, and what it needs.
    pub(crate) fn behind(&self, source: Source) -> impl Iterator<Item = Source> + '_ {
        self.origins(source).iter().chain(self.needs(source)).copied()
    }

    /// Some sources and all that stands behind them. Cost: that.
    pub(crate) fn all_behind(&self, sources: impl IntoIterator<Item = Source>) -> BTreeSet<Source> {
        reached(sources, |source| self.behind(source))
    }

    /// For each document that is superseded, the documents that supersede it.
    pub(crate) fn superseding(&self) -> BTreeMap<DocumentId, Vec<DocumentId>> {
        let mut superseding: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
        for (id, document) in self.documents.iter() {
            for &superseded in &document.supersedes {
                let by = superseding.entry(superseded).or_default();
                if by.last() != Some(&id) {
                    by.push(id);
                }
            }
        }
        superseding
    }

    /// What the account of one link is taken from, its own source apart: what the link relies on or else what its
    /// document derives from. Empty for an exhibit, which shows itself.
    pub fn link_origins<'c>(&'c self, link: &'c Evidence) -> &'c [Source] {
        match link.account() {
            Account::Statement | Account::Itself(_) => &[],
            Account::Instead(_, origins) => origins,
            Account::Own(source) => self.origins(source),
        }
    }

    /// The sources that stand on their own behind a source: itself, where nothing stands behind it, or where all that
    /// does leads round in a ring. Cost: the sources behind it.
    pub fn roots(&self, source: Source) -> BTreeSet<Source> {
        self.roots_of([source], source)
    }

    /// The sources that a link's account goes back to: those that stand on their own behind it. None for a link from a
    /// statement. Cost: the sources behind it.
    pub fn link_roots(&self, link: &Evidence) -> BTreeSet<Source> {
        match link.account() {
            Account::Statement => BTreeSet::new(),
            Account::Itself(source) => BTreeSet::from([source]),
            Account::Instead(source, origins) => self.roots_of(origins.iter().copied(), source),
            Account::Own(source) => self.roots(source),
        }
    }

    /// The sources that stand on their own behind some others; where there is none, `otherwise`.
    fn roots_of(&self, sources: impl IntoIterator<Item = Source>, otherwise: Source) -> BTreeSet<Source> {
        let mut roots = self.all_behind(sources);
        roots.retain(|&source| self.behind(source).next().is_none());
        if roots.is_empty() {
            roots.insert(otherwise);
        }
        roots
    }

    /// The edges from each document to those that derive from it or rest on it, by their places in the table.
    pub(crate) fn derivations(&self) -> impl Iterator<Item = (usize, usize)> {
        self.documents.ids().flat_map(|id| {
            self.behind(Source::Document(id)).filter_map(move |origin| match origin {
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
        let (origins, needed) = (case.origins(Source::Document(id)), case.needs(Source::Document(id)));
        if let Some(needed) = needed.iter().find_map(|&needed| self.of(needed)) {
            return Some(Some(needed));
        }
        if origins.is_empty() {
            return needed.is_empty().then_some(None);
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
        match link.account() {
            Account::Statement => None,
            Account::Itself(source) => Some(source),
            Account::Own(source) => self.of(source),
            Account::Instead(_, origins) => {
                let mut outermost = origins.iter().map(|&origin| self.of(origin));
                let first = outermost.next().flatten()?;
                outermost.all(|other| other == Some(first)).then_some(first)
            }
        }
    }
}
