//! Actors, documents and relationships into entities.

use serde_json::{Map, Value, json};

use crate::authoring::Sort;
use crate::escape;
use crate::model::{ActorKind, Case, DocumentKind, Period, RelationshipKind, Source};

use super::super::exported::{Exported, Fields, kind_of, text, texts};
use super::schema::{Edge, NOTED, of_actor, of_document};

/// Fields that an entity has a place for.
const CARRIED: &[(Sort, &[&str])] = &[
    (Sort::Actor, &["name", "kind", "aliases", "tags", "note"]),
    (
        Sort::Document,
        &["title", "kind", "authors", "date", "accessed", "collection", "mentions", "url", "tags", "note"],
    ),
    (Sort::Relationship, &["from", "to", "kind", "evidence", "period", "note"]),
];

/// The actors, documents and relationships of a case as entities of FollowTheMoney, one a line.
///
/// Cost: linear in the size of the case.
pub fn export(case: &Case) -> Exported {
    let fields = Fields::of(case);
    let actors = fields.entries(Sort::Actor).map(|(id, entry)| actor(id, entry));
    let documents = fields.entries(Sort::Document).flat_map(|(id, entry)| document(id, entry, case));
    let relationships = fields.entries(Sort::Relationship).map(|(id, entry)| relationship(id, entry, case));
    let lines = actors
        .chain(documents)
        .chain(relationships)
        .map(|entity| escape::json(&entity.to_string()).into_owned() + "\n");
    Exported { text: lines.collect(), left_out: fields.left_out(CARRIED) }
}

/// Properties, each a list of values.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn put(&mut self, name: &str, values: impl IntoIterator<Item: Into<Value>>) {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), Value::Array(values));
        }
    }

    /// A note: the lines that stand for properties as those, and the others as words.
    fn note(&mut self, note: Option<&str>) {
        let Some(note) = note else { return };
        let (mut rest, mut from) = (note, 0);
        while !rest.is_empty() {
            let line = rest.split('\n').next().unwrap_or_default();
            let Some((name, values)) = line.split_once(": ") else { break };
            let place = NOTED[from..].iter().position(|known| *known == name).map(|place| from + place);
            let Some(place) = place.filter(|_| !self.0.contains_key(name)) else { break };
            self.put(name, values.split("; "));
            from = place + 1;
            rest = rest[line.len()..].strip_prefix('\n').unwrap_or_default();
        }
        self.put("notes", Some(rest).filter(|rest| !rest.is_empty()));
    }

    fn entity(self, id: &str, schema: &str) -> Value {
        json!({"id": id, "schema": schema, "properties": self.0})
    }
}

fn actor(id: &str, entry: &Map<String, Value>) -> Value {
    let kind = kind_of(entry, ActorKind::from_word, ActorKind::Other);
    let mut properties = Properties::default();
    properties.put("name", text(entry, "name"));
    properties.put("alias", texts(entry, "aliases"));
    properties.put("keywords", texts(entry, "tags"));
    properties.note(text(entry, "note"));
    properties.entity(id, of_actor(kind.as_ref()))
}

/// A document, with an entity for each actor that it speaks of.
fn document(id: &str, entry: &Map<String, Value>, case: &Case) -> Vec<Value> {
    let kind = kind_of(entry, DocumentKind::from_word, DocumentKind::Other);
    let mut properties = Properties::default();
    properties.put("title", text(entry, "title"));
    properties.put("author", texts(entry, "authors"));
    properties.put("date", text(entry, "date"));
    properties.put("retrievedAt", text(entry, "accessed"));
    properties.put("sourceUrl", text(entry, "url"));
    properties.put("parent", text(entry, "collection").filter(|id| is_document(id, case)));
    properties.put("keywords", texts(entry, "tags"));
    properties.note(text(entry, "note"));
    let mentions = texts(entry, "mentions").into_iter().map(|actor| {
        let mut properties = Properties::default();
        properties.put("document", [id]);
        properties.put("entity", [actor]);
        properties.entity(&format!("{id}.mentions.{actor}"), "Documentation")
    });
    let mentions: Vec<Value> = mentions.collect();
    std::iter::once(properties.entity(id, of_document(kind.as_ref()))).chain(mentions).collect()
}

fn is_document(id: &str, case: &Case) -> bool {
    matches!(case.source(id), Some(Source::Document(_)))
}

fn relationship(id: &str, entry: &Map<String, Value>, case: &Case) -> Value {
    let kind = kind_of(entry, RelationshipKind::from_word, RelationshipKind::Other);
    let kind = kind.unwrap_or(RelationshipKind::HadContactWith);
    let (edge, says_all) = Edge::of_kind(&kind);
    let mut properties = Properties::default();
    properties.put(edge.ends[0], text(entry, "from"));
    properties.put(edge.ends[1], text(entry, "to"));
    properties.note(text(entry, "note"));
    if !says_all && !properties.0.contains_key("role") {
        properties.put("role", [kind.phrase()]);
    }
    period(&mut properties, text(entry, "period"));
    let evidence = entry.get("evidence").and_then(Value::as_array).into_iter().flatten();
    let proofs = evidence.filter_map(|link| link.get("supports")?.get("from")?.as_str());
    properties.put("proof", proofs.filter(|id| is_document(id, case)).collect::<Vec<_>>());
    properties.entity(id, edge.schema)
}

fn period(properties: &mut Properties, period: Option<&str>) {
    let Some(written) = period else { return };
    match written.split_once('/').filter(|_| Period::parse(written).is_ok() && !written.starts_with(['[', '{'])) {
        Some((from, to)) => {
            let is_given = |end: &&str| !end.is_empty() && *end != "..";
            properties.put("startDate", Some(from).filter(is_given));
            properties.put("endDate", Some(to).filter(is_given));
        }
        None => properties.put("date", [written]),
    }
}
