//! Answers to questions, in the schema `evigraph/query/1`.
//!
//! Every document has the field `query`, the name of the question, and one list that is named after what it lists.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::object::{Fields, In, object};
use super::verdict::Head;
use crate::engine::{Engine, StatementAnswer};
use crate::model::{ActorId, Case, DocumentId, Nature, Source, StatementId};
use crate::query::{
    ActorEntry, Amount, Assertion, AtMost, Carried, Collection, Coverage, Covered, Derivation, Derived, Directness,
    DocumentEntry, Hop, Open, Path, Paths, Reached, Reading, Readings, Spoken, Tie, Weight,
};
use crate::selector::Selection;
use crate::verdict::Detail;

/// Entries of one kind, those that a selector means or all; and how many statements were not asked about for them.
pub struct Selected<'a, I, T>(pub &'a Engine<'a>, pub Option<&'a Selection<I>>, pub &'a [T], pub usize);

/// What can be listed by a selector.
pub trait Listed {
    /// The name of the question, and of its list.
    const QUERY: &'static str;
}

impl Listed for DocumentEntry {
    const QUERY: &'static str = "documents";
}

impl Listed for Carried {
    const QUERY: &'static str = "sources";
}

impl Listed for Collection {
    const QUERY: &'static str = "collections";
}

impl Listed for ActorEntry {
    const QUERY: &'static str = "actors";
}

impl Listed for &StatementAnswer {
    const QUERY: &'static str = "claims";
}

impl<'a, I, T: Listed> Serialize for Selected<'a, I, T>
where
    In<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(engine, selector, found, unanswered) = *self;
        let mut document = serializer.serialize_map(None)?;
        Query(T::QUERY, engine).fields(&mut document)?;
        document.serialize_entry("selector", &selector.map(ToString::to_string))?;
        document.serialize_entry(T::QUERY, &In(engine.case(), found))?;
        if unanswered > 0 {
            document.serialize_entry("unanswered", &unanswered)?;
        }
        document.end()
    }
}

/// Statements that are open, for one reason or any.
pub struct OpenOnes<'a>(pub &'a Engine<'a>, pub Option<&'a str>, pub &'a Open);

object!(OpenOnes<'_>, &OpenOnes(engine, reason, open) => {
    ..Query("open", engine),
    "reason": reason,
    "open": In(engine.case(), &open.found),
    "not_looked"?: Some(open.not_told).filter(|&not_told| not_told > 0),
    "unanswered"?: Some(open.unanswered).filter(|&unanswered| unanswered > 0),
});

/// Rival readings of a statement; none where there is no rival.
pub struct ReadingsOf<'a>(pub &'a Engine<'a>, pub StatementId, pub Option<&'a Readings>);

object!(ReadingsOf<'_>, ReadingsOf(engine, asked, found) =>
    let case = engine.case();
    let readings = found.map_or(&[][..], |found| &found.readings);
    {
        ..Query("readings", engine),
        "of": In(case, asked),
        "readings": In(case, readings),
        "granted_by_all"?: found.map(|found| In(case, &found.granted)),
        "shared_sources"?: found.map(|found| In(case, &found.shared)),
        "unanswered"?: found.map(|found| found.unanswered).filter(|&unanswered| unanswered > 0),
    }
);

/// Paths between two actors, the shortest and strongest first.
pub struct PathsBetween<'a>(pub &'a Engine<'a>, pub [ActorId; 2], pub &'a Paths);

object!(PathsBetween<'_>, PathsBetween(engine, [from, to], found) =>
    let case = engine.case();
    {
        ..Query("paths", engine),
        "from": In(case, from),
        "to": In(case, to),
        "paths": In(case, &found.paths),
        "more": found.more,
        "unanswered"?: Some(found.unanswered).filter(|&unanswered| unanswered > 0),
    }
);

/// What derives from a source.
pub struct DerivedFrom<'a>(pub &'a Engine<'a>, pub &'a Derivation);

object!(DerivedFrom<'_>, DerivedFrom(engine, found) =>
    let case = engine.case();
    {
        ..Query("derives", engine),
        "from": In(case, &found.source),
        "documents": In(case, &found.documents),
        "statements": In(case, &found.statements),
        "turned_beyond": In(case, &found.turned_beyond),
        "unanswered"?: Some(found.unanswered).filter(|&unanswered| unanswered > 0),
    }
);

/// What the record of a case lacks, and whether that is within limits.
pub struct CoverageOf<'a>(pub &'a Case, pub &'a Coverage, pub &'a [AtMost]);

object!(CoverageOf<'_>, &CoverageOf(case, found, limits) => {
    "schema": "evigraph/query/1",
    "query": "coverage",
    "case": json!({ "title": case.title, "standard": case.standard }),
    "coverage": In(case, &found.sections),
    "whole": In(case, &found.whole),
    "sources": found.sources,
    "unused": In(case, &found.unused),
    "limits": limits.iter().map(|limit| Limit(found, limit)).collect::<Vec<_>>(),
});

object!(In<'_, Covered>, &In(case, covered) => {
    "section": covered.title,
    "statements": In(case, &covered.statements),
    "without_evidence": In(case, &covered.without_evidence),
    "documents": In(case, &covered.documents),
    "ungraded": In(case, &covered.ungraded),
    "quotations": covered.quotations.len(),
    "unverified": covered.unverified.iter().map(|&quotation| Quotation(case, quotation)).collect::<Vec<_>>(),
});

/// A quotation.
struct Quotation<'a>(&'a Case, (StatementId, usize));

object!(Quotation<'_>, &Quotation(case, (statement, index)) =>
    let link = &case.statements[statement].evidence[index];
    {
        "statement": In(case, &statement),
        "from": case.premise_key(link.from),
        "at": link.at,
        "quote": link.quote,
    }
);

struct Limit<'a>(&'a Coverage, &'a AtMost);

object!(Limit<'_>, &Limit(found, limit) =>
    let (lacking, of) = found.lacking(limit.gap);
    let (count, percent) = match limit.most {
        Amount::Count(count) => (Some(count), None),
        Amount::Percent(percent) => (None, Some(percent)),
    };
    {
        "gap": limit.gap.name(),
        "at_most"?: count,
        "at_most_percent"?: percent,
        "lacking": lacking,
        "of": of,
        "kept": found.keeps(limit),
    }
);

struct Query<'a>(&'static str, &'a Engine<'a>);

object!(Query<'_>, &Query(query, engine) => { ..Head("evigraph/query/1", engine), "query": query });

object!(In<'_, DocumentEntry>, &In(case, entry) => {
    ..Document(case, entry.document),
    "speaks_to": In(case, &entry.speaks_to),
    "undercuts": entry.undercuts.iter().map(|&(id, effect)| json!({ "statement": In(case, &id), "effect": effect })).collect::<Vec<_>>(),
    "impeaches": In(case, &entry.impeaches),
});

struct Document<'a>(&'a Case, DocumentId);

object!(Document<'_>, &Document(case, id) =>
    let entry = &case.documents[id];
    {
        "id": entry.key,
        "title": entry.title,
        "kind": entry.kind,
        "by": In(case, &entry.by),
        "authors": entry.authors[..],
        "date": entry.date,
        "released": entry.released,
        "period": entry.period,
        "places": entry.places[..],
        "tags": entry.tags[..],
        "collection": In(case, &entry.collection),
        "locator": entry.locator,
        "url": entry.url,
        "archived": entry.archived,
        "accessed": entry.accessed,
        "copy": entry.copy,
        "sha256": entry.sha256,
        "cite": entry.cite,
        "reliability": entry.reliability,
        "withheld": entry.withheld,
        "derives_from": In(case, &entry.derives_from),
        "rests_on": In(case, &entry.rests_on),
        "supersedes": In(case, &entry.supersedes),
    }
);

object!(In<'_, (StatementId, Detail)>, In(case, (id, detail)) => { "id": In(case, id), ..*detail });

object!(In<'_, Spoken>, &In(case, spoken) => {
    ..In(case, &(spoken.statement, spoken.detail)),
    "effect": spoken.effect,
});

/// A source with its title.
struct Titled<'a>(&'a Case, Source);

object!(Titled<'_>, Titled(case, source) => {
    "id": In(case, source),
    "sort": if matches!(source, Source::Document(_)) { "document" } else { "actor" },
    "title": case.source_title(*source),
});

object!(In<'_, Carried>, &In(case, carried) => {
    ..Titled(case, carried.source),
    "carries": carried.carries,
    "moves": In(case, &carried.moves),
    "turns": In(case, &carried.turns),
    ..carried.directness,
    "withheld": carried.withheld,
    "reach": carried.reach.len(),
});

object!(Directness, directness => {
    "links": directness.links,
    "direct_links": directness.direct,
    "directness": directness.share(),
});

object!(In<'_, Collection>, &In(case, collection) => {
    ..Titled(case, collection.source),
    "members": In(case, &collection.members),
    "carries": collection.carries,
    "carries_itself": collection.carries_itself,
    "turns": In(case, &collection.turns),
    ..collection.directness,
    "withheld": collection.withheld,
    "reach": collection.reach.len(),
    "places": collection.places,
});

object!(In<'_, ActorEntry>, &In(case, entry) =>
    let actor = &case.actors[entry.actor];
    let relationships = entry.relationships.iter();
    {
        "id": actor.key,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": actor.aliases[..],
        "part_of": In(case, &actor.part_of),
        "reliability": actor.reliability,
        "documents_issued": entry.issued,
        "documents_mentioning": entry.mentioned,
        "claims": entry.claims,
        "relationships": relationships.map(|standing| Relationship(case, standing)).collect::<Vec<_>>(),
    }
);

object!(In<'_, &StatementAnswer>, &In(case, answer) =>
    let entry = &case.statements[answer.statement];
    {
        ..In(case, *answer),
        "kind_of_statement": match &entry.nature {
            Nature::Claim { kind, .. } => kind.word(),
            Nature::Relationship { kind, .. } => kind.word(),
        },
        "tags": entry.tags[..],
        "places": entry.places[..],
        "period": entry.period,
    }
);

object!(In<'_, Reading>, &In(case, reading) => {
    ..In(case, &reading.answer),
    "lacks": json!({ "case": reading.lacks.case, "margin": reading.lacks.margin }),
    "asserted_by": In(case, &reading.asserted),
    "inferred_by": In(case, &reading.inferred_by),
    "draws_on": reading.draws_on.iter().map(|(source, loss)| json!({ "source": In(case, source), "loss": loss }))
        .collect::<Vec<_>>(),
    "tells_for": In(case, &reading.tells_for),
});

object!(In<'_, Weight>, &In(case, weight) => {
    "source": In(case, &weight.source), "loss": weight.own, "loss_of_other": weight.other,
});

object!(In<'_, Assertion>, &In(case, assertion) =>
    let by = match assertion.source {
        Source::Document(document) => &case.documents[document].by[..],
        Source::Actor(_) => &[],
    };
    {
        ..Titled(case, assertion.source),
        "by": In(case, by),
        "links": assertion.links.iter().map(|place| link(case, *place)).collect::<Vec<_>>(),
        "origins": In(case, &assertion.origins),
    }
);

/// The evidence at a place under a statement.
fn link(case: &Case, (statement, index): (StatementId, usize)) -> Value {
    let link = &case.statements[statement].evidence[index];
    json!({ "statement": In(case, &statement), "as": link.manner, "strength": link.strength })
}

/// A relationship, or what stands for one, with its verdict.
struct Relationship<'a>(&'a Case, &'a (StatementId, Detail));

object!(Relationship<'_>, &Relationship(case, standing) =>
    let entry = &case.statements[standing.0];
    {
        ..In(case, standing),
        ..match &entry.nature {
            Nature::Relationship { from, to, kind } => {
                json!({ "kind": kind, "from": In(case, from), "to": In(case, to) })
            }
            Nature::Claim { .. } => json!({}),
        },
        "text": entry.text,
    }
);

object!(In<'_, Tie>, &In(case, tie) => {
    ..Relationship(case, &(tie.statement, tie.detail)),
    "case_for": tie.case_for,
});

object!(In<'_, Path>, &In(case, path) => {
    "length": path.hops.len(),
    "hops": In(case, &path.hops),
    "weakest": In(case, &path.weakest),
});

object!(In<'_, Hop>, &In(case, hop) => {
    "from": In(case, &hop.from),
    "to": In(case, &hop.to),
    "relationships": In(case, &hop.ties),
    "part_of": hop.is_part,
});

object!(In<'_, Derived>, &In(case, derived) => {
    ..Document(case, derived.document),
    "steps": derived.steps,
    "through": In(case, &derived.through),
    "has_other_origins": derived.has_others,
    "speaks_to": In(case, &derived.speaks_to),
});

object!(In<'_, Reached>, &In(case, reached) => {
    ..In(case, &(reached.statement, reached.detail)),
    "without": reached.without,
    "turns": reached.turns(),
    "alone": reached.alone,
});
