//! Which sources a case makes use of.

use rustc_hash::FxHashSet;

use super::{Attack, Case, Nature, Premise, Source};

/// Every source that something names. One whose withheld part bears on something is used by that.
///
/// Cost: linear in the size of the case.
pub(crate) fn used_sources(case: &Case) -> FxHashSet<Source> {
    let mut used = FxHashSet::default();
    for actor in case.actors.values() {
        used.extend(actor.part_of.map(Source::Actor));
    }
    for (id, document) in case.documents.iter() {
        used.extend(document.by.iter().chain(&document.mentions).map(|&actor| Source::Actor(actor)));
        used.extend(document.derives_from.iter().chain(&document.rests_on));
        used.extend(document.supersedes.iter().map(|&superseded| Source::Document(superseded)));
        used.extend(document.collection);
        used.extend(document.bears_on.iter().filter(|list| !list.is_empty()).map(|_| Source::Document(id)));
    }
    for statement in case.statements.values() {
        match &statement.nature {
            Nature::Claim { about, .. } => used.extend(about),
            Nature::Relationship { from, to, .. } => used.extend([Source::Actor(*from), Source::Actor(*to)]),
        }
        for link in &statement.evidence {
            used.extend(link.from.source());
            used.extend(&link.relies_on);
        }
    }
    let given = case.inferences.values().flat_map(|inference| &inference.given);
    used.extend(given.filter_map(|premise: &Premise| premise.source()));
    used.extend(attacks(case).filter_map(|attack| attack.from.source()));
    used
}

/// Every undercut and every impeachment.
fn attacks(case: &Case) -> impl Iterator<Item = &Attack> {
    let links = case.statements.values().flat_map(|statement| &statement.evidence);
    let undercuts = links.flat_map(|link| &link.undercut_by);
    let of_inferences = case.inferences.values().flat_map(|inference| &inference.undercut_by);
    let impeachments = case.sources().flat_map(|source| case.impeachments(source));
    undercuts.chain(of_inferences).chain(impeachments)
}
