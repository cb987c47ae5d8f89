//! Actors and documents.

use crate::model::{Actor, ActorKind, Document, DocumentKind, Probability};

use super::super::mirror;
use super::entries::{Entries, Row, slice};
use super::names::key;
use super::references::{Resolver, heading, word, words};

pub(super) fn actors(resolver: &mut Resolver<'_, '_>, entries: &Entries<'_>) -> Vec<Actor> {
    resolver.each(&entries.actors, actor)
}

fn actor(resolver: &mut Resolver<'_, '_>, row: &Row<'_, mirror::Actor<'_>>) -> Actor {
    let written = row.entry;
    Actor {
        key: key(row, resolver.problems),
        name: heading(&written.name).unwrap_or_default(),
        kind: written.kind.as_ref().map_or_else(|| ActorKind::Other("other".to_owned()), |kind| kind.0.clone()),
        aliases: words(slice(&written.aliases)),
        part_of: written.part_of.as_ref().and_then(|id| resolver.actor(id, "part_of")),
        reliability: written.reliability.as_ref().map(|reliability| reliability.number),
        impeached_by: resolver.attacks(written.impeached_by.as_ref()),
        tags: words(slice(&written.tags)),
        note: word(&written.note),
        declared: row.declared,
    }
}

pub(super) fn documents(resolver: &mut Resolver<'_, '_>, entries: &Entries<'_>) -> Vec<Document> {
    resolver.each(&entries.documents, document)
}

fn document(resolver: &mut Resolver<'_, '_>, row: &Row<'_, mirror::Document<'_>>) -> Document {
    let written = row.entry;
    let reliability = written.reliability.as_ref().map(|reliability| reliability.number);
    Document {
        key: key(row, resolver.problems),
        title: heading(&written.title).unwrap_or_default(),
        kind: written.kind.as_ref().map_or_else(|| DocumentKind::Other("other".to_owned()), |kind| kind.0.clone()),
        by: resolver.actors_in(&written.by, "by"),
        authors: words(slice(&written.authors)),
        date: written.date.clone(),
        released: written.released.clone(),
        reliability: reliability.unwrap_or(Probability::UNRATED),
        reliability_given: reliability.is_some(),
        impeached_by: resolver.attacks(written.impeached_by.as_ref()),
        derives_from: resolver.sources_in(written.derives_from.as_ref(), "derives_from"),
        rests_on: resolver.sources_in(written.rests_on.as_ref(), "rests_on"),
        supersedes: resolver.documents_in(&written.supersedes, "supersedes"),
        withheld: written.withheld.as_ref().map_or(Probability::ZERO, |withheld| withheld.number),
        bears_on: written.bears_on.as_ref().map(|list| resolver.statements_in(list, "bears_on")),
        cite: written.cite,
        collection: written.collection.as_ref().and_then(|id| resolver.source(id, "collection")),
        url: word(&written.url),
        archived: word(&written.archived),
        accessed: written.accessed.clone(),
        copy: word(&written.copy),
        sha256: word(&written.sha256),
        locator: word(&written.locator),
        mentions: resolver.actors_in(&written.mentions, "mentions"),
        places: words(slice(&written.places)),
        period: written.period.clone(),
        tags: words(slice(&written.tags)),
        note: word(&written.note),
        declared: row.declared,
    }
}
