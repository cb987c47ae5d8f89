//! Entities into actors, documents and relationships.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::authoring::{Rule, Sort, quoted};
use crate::model::{ActorKind, DocumentKind};
use crate::source::{FileId, Sources, Span};

use super::super::dates::written;
use super::super::entry::{Entry, Imported, kind, list};
use super::super::ids::{Ids, Known};
use super::super::losses::Losses;
use super::read::{Entity, read};
use super::schema::{Edge, NOTED, QUIET, WORDS, actor, document};

/// An edge may have several ends on both sides: so many pairs are made of it.
const MOST_PAIRS: usize = 100;

/// The longest address, in bytes, that is written to everything that has it.
const LONGEST_ADDRESS: usize = 500;

/// Makes entries of entities.
pub(in super::super) fn import(files: &[FileId], sources: &Sources, known: Known<'_>) -> Imported {
    let mut losses = Losses::default();
    let mut entities: Vec<Entity> = Vec::new();
    for &file in files {
        entities.extend(read(file, sources.file(file).text(), &mut losses));
    }
    let mut seen = FxHashSet::default();
    entities.retain(|entity| seen.insert((entity.id.clone(), entity.schema.clone())));
    let mut import = Importer {
        known,
        ids: Ids::new(known),
        losses,
        given: FxHashMap::default(),
        addresses: FxHashMap::default(),
        used: FxHashSet::default(),
        mentions: FxHashMap::default(),
        entries: Vec::new(),
    };
    import.name(&entities);
    import.addresses = addresses(&entities);
    for entity in &mut entities {
        import.mention(entity);
    }
    for entity in entities {
        import.entity(entity);
    }
    Imported { entries: import.entries, diagnostics: import.losses.finish(), ..Imported::default() }
}

/// Addresses by their ids, in words.
fn addresses(entities: &[Entity]) -> FxHashMap<String, String> {
    let addresses = entities.iter().filter(|entity| entity.schema == "Address");
    let in_words = addresses.filter_map(|entity| {
        let parts = |names: &[&str]| {
            let values = names.iter().filter_map(|name| entity.properties.get(*name)).flatten();
            values.map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(", ")
        };
        let full = Some(parts(&["full"])).filter(|full| !full.is_empty());
        let full = full.unwrap_or_else(|| parts(&["street", "postalCode", "city", "region", "state", "country"]));
        (1..=LONGEST_ADDRESS).contains(&full.len()).then(|| (entity.id.clone(), full))
    });
    in_words.collect()
}

struct Importer<'c> {
    known: Known<'c>,
    ids: Ids<'c>,
    losses: Losses,
    /// The ids in the case of entities.
    given: FxHashMap<String, (Sort, String)>,
    addresses: FxHashMap<String, String>,
    /// Addresses that something has.
    used: FxHashSet<String>,
    /// Actors that documents speak of.
    mentions: FxHashMap<String, Vec<String>>,
    entries: Vec<Entry>,
}

impl Importer<'_> {
    /// Gives ids to what others name.
    fn name(&mut self, entities: &[Entity]) {
        for entity in entities {
            let sort = match (actor(&entity.schema), document(&entity.schema)) {
                (Some(_), _) => Sort::Actor,
                (_, Some(_)) => Sort::Document,
                _ => {
                    let ends = entity.properties.get("addressEntity");
                    self.used.extend(ends.into_iter().flatten().map(|(id, _)| id.clone()));
                    continue;
                }
            };
            let addresses = entity.properties.get("addressEntity");
            self.used.extend(addresses.into_iter().flatten().map(|(id, _)| id.clone()));
            let id = self.give(&entity.id, sort, entity.span);
            self.given.insert(entity.id.clone(), (sort, id));
        }
    }

    fn give(&mut self, wanted: &str, sort: Sort, span: Span) -> String {
        let id = self.ids.give(wanted, sort);
        if id != crate::model::normalized(wanted) {
            let help = "ids of a case are letters, digits, `-`, `_` and `.`, and no two things have the same";
            self.losses.lost(span, format!("`{wanted}` is imported as `{id}`"), help);
        }
        id
    }

    /// The id in the case of what an entity names, if it is of that sort.
    fn named(&self, id: &str, sort: Sort) -> Option<String> {
        match self.given.get(id) {
            Some((known, given)) => (*known == sort).then(|| given.clone()),
            None => (self.known.sort(id) == Some(sort)).then(|| id.to_owned()),
        }
    }

    /// Takes note of a document that speaks of an actor.
    fn mention(&mut self, entity: &mut Entity) {
        if entity.schema != "Documentation" {
            return;
        }
        for document in entity.take("document") {
            let named = entity.properties.get("entity").into_iter().flatten();
            let actors: Vec<String> = named.filter_map(|(id, _)| self.named(id, Sort::Actor)).collect();
            if self.named(&document, Sort::Document).is_some() && !actors.is_empty() {
                self.mentions.entry(document).or_default().extend(actors);
                entity.properties.remove("entity");
            }
        }
        ["date", "startDate", "endDate"].iter().for_each(|name| drop(entity.take(name)));
    }

    fn entity(&mut self, entity: Entity) {
        if let Some(kind) = actor(&entity.schema) {
            self.actor(entity, &kind);
        } else if let Some(kind) = document(&entity.schema) {
            self.document(entity, kind.as_ref());
        } else if let Some(edge) = Edge::of_schema(&entity.schema) {
            self.relationship(entity, edge);
        } else if entity.schema == "Documentation" && !entity.properties.contains_key("entity") {
            self.rest(entity);
        } else if entity.schema != "Address" || !self.used.contains(&entity.id) {
            self.losses.field(&entity.schema, entity.span);
        }
    }

    fn entry(&self, entity: &Entity) -> Entry {
        let (sort, id) = self.given[&entity.id].clone();
        Entry::new(sort, id, entity.span)
    }

    fn actor(&mut self, mut entity: Entity, kind: &ActorKind) {
        let mut entry = self.entry(&entity);
        let mut names = entity.take("name");
        let aliases = ["alias", "weakAlias", "previousName", "abbreviation"].iter().flat_map(|name| entity.take(name));
        names.extend(aliases.collect::<Vec<_>>());
        let name = self.called(&mut entity, names.first().cloned());
        let mut seen = FxHashSet::from_iter([name.clone()]);
        names.retain(|name| seen.insert(name.clone()));
        entry.text("name", Some(&name), Rule::Replace);
        entry.ron("kind", kind!(kind, ActorKind), Rule::Fill);
        entry.texts("aliases", &names, Rule::Extend);
        self.finish(entry, entity);
    }

    /// A name, which everything of a case has.
    fn called(&mut self, entity: &mut Entity, name: Option<String>) -> String {
        name.unwrap_or_else(|| {
            let parts = ["firstName", "lastName"].iter().filter_map(|part| entity.properties.get(*part)?.first());
            let spoken = parts.map(|(part, _)| part.as_str()).collect::<Vec<_>>().join(" ");
            if !spoken.is_empty() {
                return spoken;
            }
            self.losses.lost(
                entity.span,
                format!("`{}` has no name, and is called by its id", entity.id),
                "give it a `name`",
            );
            entity.id.clone()
        })
    }

    fn document(&mut self, mut entity: Entity, kind: Option<&DocumentKind>) {
        let mut entry = self.entry(&entity);
        let mut titles: Vec<String> = ["title", "name"].iter().flat_map(|name| entity.take(name)).collect();
        titles.dedup();
        if titles.is_empty() {
            titles = ["subject", "fileName"]
                .iter()
                .find_map(|name| entity.properties.remove(*name))
                .into_iter()
                .flatten()
                .map(|(title, _)| title)
                .collect();
        }
        let title = self.called(&mut entity, titles.first().cloned());
        entry.text("title", Some(&title), Rule::Replace);
        self.spare(&titles, "title", entity.span);
        if let Some(kind) = kind {
            entry.ron("kind", kind!(kind, DocumentKind), Rule::Fill);
        }
        entry.texts("authors", &entity.take("author"), Rule::Replace);
        let date = ["publishedAt", "date"].iter().flat_map(|name| entity.take(name)).next();
        entry.text("date", date.map(|date| written(&date)).as_deref(), Rule::Replace);
        if let Some(url) = entity.properties.remove("sourceUrl").filter(|urls| !urls.is_empty()) {
            let urls: Vec<String> = url.into_iter().map(|(url, _)| url).collect();
            self.spare(&urls, "sourceUrl", entity.span);
            entry.text("url", urls.first().map(String::as_str), Rule::Replace);
        }
        let accessed = entity.take("retrievedAt").into_iter().next();
        entry.text("accessed", accessed.map(|date| written(&date)).as_deref(), Rule::Replace);
        let folder = entity.take_placed("parent").into_iter().next();
        let collection = folder.and_then(|(folder, span)| self.end(&folder, Sort::Document, span));
        entry.text("collection", collection.as_deref(), Rule::Fill);
        let mentions = self.mentions.remove(&entity.id).unwrap_or_default();
        entry.texts("mentions", &mentions, Rule::Extend);
        self.finish(entry, entity);
    }

    /// What an entity names, or else a loss.
    fn end(&mut self, id: &str, sort: Sort, span: Span) -> Option<String> {
        let named = self.named(id, sort);
        if named.is_none() {
            let message = format!("`{id}` is not {} of this import", sort.what());
            self.losses.lost(span, message, "import the file that has it together with this one");
        }
        named
    }

    /// Tells of values that are more than there is room for.
    fn spare(&mut self, values: &[String], name: &str, span: Span) {
        if values.len() > 1 {
            let message = format!("there are {} values of `{name}`; the first is imported", values.len());
            self.losses.lost(span, message, "write the others into the `note` of the entry, if they matter");
        }
    }

    fn relationship(&mut self, mut entity: Entity, edge: &Edge) {
        let [from, to] = edge.ends.map(|end| {
            let ends = entity.take_placed(end);
            ends.into_iter().filter_map(|(id, span)| self.end(&id, Sort::Actor, span)).collect::<Vec<_>>()
        });
        let count = from.len().saturating_mul(to.len());
        if count == 0 {
            let message = format!("this `{}` is not between two actors, and is left out", edge.schema);
            return self.losses.lost(entity.span, message, "a relationship of a case is between two actors");
        }
        if count > MOST_PAIRS {
            let message = format!("this is between {count} pairs; {MOST_PAIRS} are imported");
            self.losses.lost(entity.span, message, "write a relationship for each of the others");
        }
        let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
        let (period, evidence) = (self.period(&mut entity), self.proofs(&mut entity));
        let note = self.note(&mut entity);
        for (from, to) in pairs.take(MOST_PAIRS) {
            let id = self.ids.give(&entity.id, Sort::Relationship);
            let mut entry = Entry::new(Sort::Relationship, id, entity.span);
            entry.text("from", Some(from), Rule::Replace);
            entry.text("to", Some(to), Rule::Replace);
            entry.ron("kind", kind!(&edge.kind(), RelationshipKind), Rule::Fill);
            if !evidence.is_empty() {
                entry.ron("evidence", list(evidence.iter().cloned()), Rule::Extend);
            }
            entry.text("period", period.as_deref(), Rule::Replace);
            entry.text("note", note.as_deref(), Rule::Fill);
            self.entries.push(entry);
        }
        self.rest(entity);
    }

    /// When it was: from one day to another, or on a day.
    fn period(&mut self, entity: &mut Entity) -> Option<String> {
        let [from, to, on] = ["startDate", "endDate", "date"].map(|name| {
            let dates: Vec<String> = entity.take(name).iter().map(|date| written(date)).collect();
            self.spare(&dates, name, entity.span);
            dates.into_iter().next()
        });
        match (from, to) {
            (None, None) => on,
            (Some(from), Some(to)) if from == to => Some(from),
            (from, to) => {
                let end = |end: Option<String>| end.unwrap_or_else(|| "..".to_owned());
                Some(format!("{}/{}", end(from), end(to)))
            }
        }
    }

    /// The documents that show it, as evidence.
    fn proofs(&mut self, entity: &mut Entity) -> Vec<String> {
        let proofs = entity.take_placed("proof");
        let documents = proofs.into_iter().filter_map(|(id, span)| self.end(&id, Sort::Document, span));
        documents.map(|document| format!("Supports(from: {})", quoted(&document))).collect()
    }

    /// What has no field, a line for each property, and then the words of the entity.
    fn note(&mut self, entity: &mut Entity) -> Option<String> {
        let addresses = entity.take("addressEntity");
        let addresses: Vec<(String, Span)> =
            addresses.iter().filter_map(|id| Some((self.addresses.get(id)?.clone(), entity.span))).collect();
        let known = entity.properties.entry("address".to_owned()).or_default();
        let new: Vec<_> = addresses.into_iter().filter(|new| !known.iter().any(|(old, _)| *old == new.0)).collect();
        known.extend(new);
        let lines = NOTED.iter().filter_map(|name| {
            let values = entity.properties.remove(*name).filter(|values| !values.is_empty())?;
            let values: Vec<&str> = values.iter().map(|(value, _)| value.as_str()).collect();
            Some(format!("{name}: {}", values.join("; ")))
        });
        let mut lines: Vec<String> = lines.collect();
        WORDS.iter().for_each(|name| lines.extend(entity.take(name)));
        entity.properties.remove("address");
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn finish(&mut self, mut entry: Entry, mut entity: Entity) {
        let mut tags: Vec<String> = ["topics", "keywords"].iter().flat_map(|name| entity.take(name)).collect();
        tags.sort();
        tags.dedup();
        entry.texts("tags", &tags, Rule::Extend);
        let note = self.note(&mut entity);
        entry.text("note", note.as_deref(), Rule::Fill);
        self.entries.push(entry);
        self.rest(entity);
    }

    /// Tells what is left.
    fn rest(&mut self, entity: Entity) {
        for (name, values) in entity.properties {
            if let Some((_, span)) = values.first().filter(|_| !QUIET.contains(&name.as_str())) {
                self.losses.field(&name, *span);
            }
        }
    }
}
