//! Answers to questions as JSON, in the schema `evigraph/query/1`.
//!
//! Every document has the field `query`, the name of the question, and one list that is named after what it lists.

use serde_json::{Value, json};

use crate::engine::{Engine, StatementAnswer};
use crate::model::{Actor, Case, Document, DocumentId, Effect, Nature, Source, StatementId, TableId};
use crate::query::{
    ActorEntry, Carried, Collection, Derivation, Derived, DocumentEntry, Hop, Path, Paths, Reached, Reading, Readings,
    Spoken, Tie,
};
use crate::selector::Selection;
use crate::verdict::Detail;

use super::verdict::{head, merge, printed, source_ids, statement, verdict};

/// Documents with what they speak to.
pub fn documents_json(judge: &Engine<'_>, selector: Option<&Selection<DocumentId>>, found: &[DocumentEntry]) -> String {
    let case = judge.case();
    let list = found.iter().map(|entry| {
        let mut value = document(case, entry.document);
        value["speaks_to"] = spoken(case, &entry.speaks_to);
        value
    });
    selected("documents", judge, selector, list.collect())
}

/// Sources with what they carry, the most first.
pub fn sources_json(judge: &Engine<'_>, selector: Option<&Selection<DocumentId>>, found: &[Carried]) -> String {
    let case = judge.case();
    selected("sources", judge, selector, found.iter().map(|carried| carried_value(case, carried)).collect())
}

/// Collections with what their documents carry, the most first.
pub fn collections_json(judge: &Engine<'_>, selector: Option<&Selection<DocumentId>>, found: &[Collection]) -> String {
    let case = judge.case();
    selected("collections", judge, selector, found.iter().map(|one| collection(case, one)).collect())
}

/// Actors with their relationships.
pub fn actors_json<I: TableId>(judge: &Engine<'_>, selector: Option<&Selection<I>>, found: &[ActorEntry]) -> String {
    let case = judge.case();
    selected("actors", judge, selector, found.iter().map(|entry| actor(case, entry)).collect())
}

/// Claims and relationships with their verdicts.
pub fn claims_json(
    judge: &Engine<'_>,
    selector: Option<&Selection<StatementId>>,
    found: &[&StatementAnswer],
) -> String {
    let case = judge.case();
    let mut list = Vec::new();
    for answer in found {
        let mut value = statement(case, answer);
        merge(&mut value, about(case, answer.statement));
        list.push(value);
    }
    selected("claims", judge, selector, list)
}

/// Statements that are open, for one reason or any.
pub fn open_json(judge: &Engine<'_>, reason: Option<&str>, found: &[StatementAnswer]) -> String {
    let case = judge.case();
    let mut document = head_of("open", judge);
    document["reason"] = reason.into();
    document["open"] = found.iter().map(|answer| statement(case, answer)).collect::<Vec<_>>().into();
    printed(&document)
}

/// Rival readings; none where there is no rival.
pub fn readings_json(judge: &Engine<'_>, asked: StatementId, found: Option<&Readings>) -> String {
    let case = judge.case();
    let mut document = head_of("readings", judge);
    document["of"] = case.statements[asked].key.as_str().into();
    let list = found.map(|found| found.readings.iter().map(|one| reading(case, one)).collect::<Vec<_>>());
    document["readings"] = list.unwrap_or_default().into();
    if let Some(found) = found {
        let granted = found.granted.iter().map(|&(statement, detail)| standing(case, statement, detail));
        document["granted_by_all"] = granted.collect::<Vec<_>>().into();
        document["shared_sources"] = sources(case, &found.shared).into();
    }
    printed(&document)
}

/// Paths between two actors, the shortest and strongest first.
pub fn paths_json(judge: &Engine<'_>, from: &Actor, to: &Actor, found: &Paths) -> String {
    let case = judge.case();
    let mut document = head_of("paths", judge);
    document["from"] = from.key.as_str().into();
    document["to"] = to.key.as_str().into();
    document["paths"] = found.paths.iter().map(|one| path(case, one)).collect::<Vec<_>>().into();
    document["more"] = found.more.into();
    printed(&document)
}

/// What derives from a source.
pub fn derived_json(judge: &Engine<'_>, found: &Derivation) -> String {
    let case = judge.case();
    let mut document = head_of("derives", judge);
    document["from"] = case.source_key(found.source).as_str().into();
    document["documents"] = found.documents.iter().map(|one| derived(case, one)).collect::<Vec<_>>().into();
    let list = |reached: &[Reached]| reached.iter().map(|&one| reached_value(case, one)).collect::<Vec<_>>();
    document["statements"] = list(&found.statements).into();
    document["turned_beyond"] = list(&found.turned_beyond).into();
    printed(&document)
}

fn head_of(query: &str, judge: &Engine<'_>) -> Value {
    let mut document = head("evigraph/query/1", judge);
    document["query"] = query.into();
    document
}

fn selected<I: TableId>(query: &str, judge: &Engine<'_>, selector: Option<&Selection<I>>, list: Vec<Value>) -> String {
    let mut document = head_of(query, judge);
    document["selector"] = selector.map(ToString::to_string).into();
    document[query] = list.into();
    printed(&document)
}

fn document(case: &Case, id: DocumentId) -> Value {
    let entry: &Document = &case.documents[id];
    let by = entry.by.iter().map(|&actor| case.actors[actor].key.as_str());
    json!({
        "id": entry.key.as_str(),
        "title": entry.title,
        "kind": entry.kind.word(),
        "by": by.collect::<Vec<_>>(),
        "date": entry.date.as_ref().map(|date| date.as_str()),
        "period": entry.period.as_ref().map(|period| period.as_str()),
        "places": entry.places,
        "tags": entry.tags,
        "collection": entry.collection.map(|collection| case.source_key(collection).as_str()),
        "locator": entry.locator,
        "url": entry.url,
        "cite": entry.cite,
        "reliability": entry.reliability.get(),
        "withheld": entry.withheld.get(),
        "derives_from": source_ids(case, &entry.derives_from),
    })
}

fn standing(case: &Case, id: StatementId, detail: Detail) -> Value {
    let mut value = json!({ "id": case.statements[id].key.as_str() });
    merge(&mut value, verdict(detail));
    value
}

fn spoken(case: &Case, spoken: &[Spoken]) -> Value {
    let one = |spoken: &Spoken| {
        let mut value = standing(case, spoken.statement, spoken.detail);
        value["effect"] = if spoken.effect == Effect::Supports { "supports" } else { "opposes" }.into();
        value
    };
    spoken.iter().map(one).collect::<Vec<_>>().into()
}

fn source(case: &Case, source: Source) -> Value {
    let kind = if matches!(source, Source::Document(_)) { "document" } else { "actor" };
    json!({ "id": case.source_key(source).as_str(), "sort": kind, "title": case.source_title(source) })
}

fn sources<'s>(case: &Case, sources: impl IntoIterator<Item = &'s Source>) -> Vec<String> {
    sources.into_iter().map(|&source| case.source_key(source).to_string()).collect()
}

fn statements<'s>(case: &Case, ids: impl IntoIterator<Item = &'s StatementId>) -> Vec<String> {
    ids.into_iter().map(|&id| case.statements[id].key.to_string()).collect()
}

fn carried_value(case: &Case, carried: &Carried) -> Value {
    let mut value = source(case, carried.source);
    let directness = carried.directness;
    merge(
        &mut value,
        json!({
            "carries": carried.carries,
            "moves": statements(case, &carried.moves),
            "turns": statements(case, &carried.turns),
            "links": directness.links,
            "direct_links": directness.direct,
            "directness": directness.share(),
            "withheld": carried.withheld.map(|share| share.get()),
            "reach": carried.reach.len(),
        }),
    );
    value
}

fn collection(case: &Case, collection: &Collection) -> Value {
    let mut value = source(case, collection.source);
    let directness = collection.directness;
    let members = collection.members.iter().map(|&member| case.documents[member].key.as_str());
    merge(
        &mut value,
        json!({
            "members": members.collect::<Vec<_>>(),
            "carries": collection.carries,
            "carries_itself": collection.carries_itself,
            "turns": statements(case, &collection.turns),
            "links": directness.links,
            "direct_links": directness.direct,
            "directness": directness.share(),
            "withheld": collection.withheld,
            "reach": collection.reach.len(),
            "places": collection.places,
        }),
    );
    value
}

fn actor(case: &Case, entry: &ActorEntry) -> Value {
    let actor = &case.actors[entry.actor];
    let relationships = entry.relationships.iter().map(|&(statement, detail)| relationship(case, statement, detail));
    json!({
        "id": actor.key.as_str(),
        "name": actor.name,
        "kind": actor.kind.word(),
        "aliases": actor.aliases,
        "part_of": actor.part_of.map(|whole| case.actors[whole].key.as_str()),
        "reliability": actor.reliability.map(|reliability| reliability.get()),
        "documents_issued": entry.issued,
        "documents_mentioning": entry.mentioned,
        "claims": entry.claims,
        "relationships": relationships.collect::<Vec<_>>(),
    })
}

fn about(case: &Case, id: StatementId) -> Value {
    let entry = &case.statements[id];
    let kind = match &entry.nature {
        Nature::Claim { kind, .. } => kind.word(),
        Nature::Relationship { kind, .. } => kind.word(),
    };
    json!({
        "kind_of_statement": kind,
        "tags": entry.tags,
        "places": entry.places,
        "period": entry.period.as_ref().map(|period| period.as_str()),
    })
}

fn reading(case: &Case, reading: &Reading) -> Value {
    let mut value = statement(case, &reading.answer);
    let asserted = reading.asserted.iter().map(|assertion| {
        let mut value = source(case, assertion.source);
        let by = match assertion.source {
            Source::Document(document) => case.documents[document].by.as_slice(),
            Source::Actor(_) => &[],
        };
        let links = assertion.links.iter().map(|&(statement, index)| {
            let link = &case.statements[statement].evidence[index];
            let manner = link.manner.map(|manner| manner.phrase());
            json!({ "statement": case.statements[statement].key.as_str(), "as": manner, "strength": link.strength.get() })
        });
        value["by"] = by.iter().map(|&actor| case.actors[actor].key.as_str()).collect::<Vec<_>>().into();
        value["links"] = links.collect::<Vec<_>>().into();
        value["origins"] = sources(case, &assertion.origins).into();
        value
    });
    let inferences = reading.inferred_by.iter().map(|&id| case.inferences[id].key.as_str());
    let id = |source: Source| case.source_key(source).as_str();
    let drawn = reading.draws_on.iter().map(|(&source, loss)| json!({ "source": id(source), "loss": loss }));
    let telling = reading
        .tells_for
        .iter()
        .map(|weight| json!({ "source": id(weight.source), "loss": weight.own, "loss_of_other": weight.other }));
    let more = json!({
        "lacks": { "case": reading.lacks.case, "margin": reading.lacks.margin },
        "asserted_by": asserted.collect::<Vec<_>>(),
        "inferred_by": inferences.collect::<Vec<_>>(),
        "draws_on": drawn.collect::<Vec<_>>(),
        "tells_for": telling.collect::<Vec<_>>(),
    });
    merge(&mut value, more);
    value
}

fn relationship(case: &Case, id: StatementId, detail: Detail) -> Value {
    let entry = &case.statements[id];
    let mut value = standing(case, id, detail);
    if let Nature::Relationship { from, to, kind } = &entry.nature {
        value["kind"] = kind.word().into();
        value["from"] = case.actors[*from].key.as_str().into();
        value["to"] = case.actors[*to].key.as_str().into();
    }
    value["text"] = entry.text.as_str().into();
    value
}

fn tie(case: &Case, tie: &Tie) -> Value {
    let mut value = relationship(case, tie.statement, tie.detail);
    value["case_for"] = tie.case_for.into();
    value
}

fn path(case: &Case, path: &Path) -> Value {
    let hop = |hop: &Hop| {
        json!({
            "from": case.actors[hop.from].key.as_str(),
            "to": case.actors[hop.to].key.as_str(),
            "relationships": hop.ties.iter().map(|one| tie(case, one)).collect::<Vec<_>>(),
            "part_of": hop.is_part,
        })
    };
    json!({
        "length": path.hops.len(),
        "hops": path.hops.iter().map(hop).collect::<Vec<_>>(),
        "weakest": path.weakest.as_ref().map(|one| tie(case, one)),
    })
}

fn derived(case: &Case, derived: &Derived) -> Value {
    let mut value = document(case, derived.document);
    let more = json!({
        "steps": derived.steps,
        "through": source_ids(case, &derived.through),
        "has_other_origins": derived.has_others,
        "speaks_to": spoken(case, &derived.speaks_to),
    });
    merge(&mut value, more);
    value
}

fn reached_value(case: &Case, reached: Reached) -> Value {
    let mut value = standing(case, reached.statement, reached.detail);
    value["without"] = verdict(reached.without);
    value["turns"] = reached.turns().into();
    value["alone"] = reached.alone.into();
    value
}
