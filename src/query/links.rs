//! What a source says itself: the statements that it speaks to, and how directly.

use std::collections::BTreeMap;

use crate::engine::{Engine, EngineError};
use crate::model::{Case, DocumentKind, Effect, Evidence, EvidenceGraph, Manner, Premise, Source, StatementId};
use crate::verdict::Detail;

/// A statement that a source speaks to, with its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken {
    /// The statement; never one that takes another's verdict.
    pub statement: StatementId,
    /// The side that the source speaks for.
    pub effect: Effect,
    /// The verdict on the statement.
    pub detail: Detail,
}

/// What a source speaks to, in the order of the statements.
pub(super) fn spoken(engine: &Engine<'_>, graph: &EvidenceGraph, source: Source) -> Result<Vec<Spoken>, EngineError> {
    let said = graph.speaks_to(source).into_iter();
    said.map(|(statement, effect)| Ok(Spoken { statement, effect, detail: engine.assess(statement)?.detail })).collect()
}

/// How many of a source's evidence links are direct.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Directness {
    /// All its evidence links.
    pub links: usize,
    /// Those in which it speaks for itself; see [`is_direct`].
    pub direct: usize,
}

impl Directness {
    /// The share of direct links, from 0 to 1; none where there is no link.
    pub fn share(self) -> Option<f64> {
        (self.links > 0).then(|| self.direct as f64 / self.links as f64)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.links += other.links;
        self.direct += other.direct;
    }
}

/// Whether a source speaks for itself in a link: it is an exhibit, it states its own finding, or it is testimony at
/// first hand. An account or allegation passes on, silence says nothing, and a link that does not tell how its source
/// speaks counts as passing on.
pub fn is_direct(case: &Case, link: &Evidence) -> bool {
    match (link.manner, link.from) {
        (Some(Manner::Exhibit | Manner::Finding), Premise::Source(_)) => true,
        (None, Premise::Source(Source::Actor(_))) => true,
        (None, Premise::Source(Source::Document(document))) => {
            let origins = case.link_origins(link);
            case.documents[document].kind == DocumentKind::Testimony
                && origins.iter().all(|origin| matches!(origin, Source::Actor(_)))
        }
        _ => false,
    }
}

/// How directly each source speaks that has a link. Cost: one pass over the links of a case.
pub(super) fn directness(case: &Case) -> BTreeMap<Source, Directness> {
    let mut found: BTreeMap<Source, Directness> = BTreeMap::new();
    for link in case.statements.values().flat_map(|statement| &statement.evidence) {
        if let Premise::Source(source) = link.from {
            let direct = usize::from(is_direct(case, link));
            found.entry(source).or_default().add(Directness { links: 1, direct });
        }
    }
    found
}
