//! CSL-JSON into documents.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ActorKind, DocumentKind};
use crate::source::{FileId, Sources};

use super::super::bibliography::{Reference, keywords};
use super::super::entry::Imported;
use super::super::ids::{Ids, Known};
use super::super::json::Json;
use super::super::kinds::of_csl;
use super::super::losses::Losses;
use super::super::text::unmarked;
use super::dates::date;
use super::names::{names, plain};

/// Variables that a note keeps, with what it calls them.
const DETAILS: &[(&str, &str)] = &[
    ("editor", "Editor"),
    ("translator", "Translator"),
    ("container-author", "Author of the book"),
    ("collection-editor", "Editor of the series"),
    ("editorial-director", "Editorial director"),
    ("composer", "Composer"),
    ("director", "Director"),
    ("illustrator", "Illustrator"),
    ("interviewer", "Interviewer"),
    ("recipient", "Recipient"),
    ("reviewed-author", "Author of what is reviewed"),
    ("original-author", "Original author"),
    ("contributor", "Contributor"),
    ("chair", "Chair"),
    ("curator", "Curator"),
    ("guest", "Guest"),
    ("host", "Host"),
    ("narrator", "Narrator"),
    ("organizer", "Organizer"),
    ("performer", "Performer"),
    ("producer", "Producer"),
    ("executive-producer", "Executive producer"),
    ("script-writer", "Script writer"),
    ("series-creator", "Creator of the series"),
    ("compiler", "Compiler"),
    ("collection-title", "Series"),
    ("collection-number", "Number in the series"),
    ("edition", "Edition"),
    ("version", "Version"),
    ("genre", "Type"),
    ("medium", "Medium"),
    ("publisher", "Publisher"),
    ("publisher-place", "Place"),
    ("event", "Event"),
    ("event-title", "Event"),
    ("event-place", "Place of the event"),
    ("event-date", "Date of the event"),
    ("original-date", "Original date"),
    ("original-title", "Original title"),
    ("original-publisher", "Original publisher"),
    ("original-publisher-place", "Original place"),
    ("reviewed-title", "What is reviewed"),
    ("reviewed-genre", "Type of what is reviewed"),
    ("part-title", "Title of the part"),
    ("volume-title", "Title of the volume"),
    ("division", "Division"),
    ("authority", "Authority"),
    ("jurisdiction", "Jurisdiction"),
    ("references", "References"),
    ("dimensions", "Dimensions"),
    ("scale", "Scale"),
    ("status", "Status"),
    ("available-date", "Available since"),
    ("submitted", "Submitted"),
    ("archive-place", "Place of the archive"),
    ("archive_collection", "Collection"),
    ("call-number", "Call number"),
    ("ISBN", "ISBN"),
    ("ISSN", "ISSN"),
    ("PMID", "PMID"),
    ("PMCID", "PMCID"),
    ("number-of-pages", "Pages"),
    ("number-of-volumes", "Volumes"),
    ("language", "Language"),
    ("source", "Found in"),
];

/// Variables that only say how an item is cited or kept, or that repeat another in short.
const QUIET: &[&str] = &[
    "id",
    "type",
    "citation-key",
    "citation-label",
    "citation-number",
    "first-reference-note-number",
    "journalAbbreviation",
    "container-title-short",
    "title-short",
    "collection-title-short",
    "shortTitle",
    "categories",
    "system_id",
    "year-suffix",
    "key",
];

/// Makes documents of the items of bibliographies.
pub(in super::super) fn import(files: &[FileId], sources: &Sources, known: Known<'_>) -> Imported {
    let (mut losses, mut ids, mut entries) = (Losses::default(), Ids::new(known), Vec::new());
    for &file in files {
        for item in items(file, sources.file(file).text(), &mut losses) {
            match item.members() {
                Some(members) => reference(&item, members, &mut losses).write(&mut ids, &mut losses, &mut entries),
                None => losses.lost(
                    item.span(),
                    "an item of a bibliography is an object `{…}`",
                    "write it as one, or remove it",
                ),
            }
        }
    }
    Imported { entries, diagnostics: losses.finish(), ..Imported::default() }
}

/// The items of a file: a list, an object that has one, or one item alone.
fn items<'t>(file: FileId, text: &'t str, losses: &mut Losses) -> Vec<Json<'t>> {
    let (text, offset) = unmarked(text);
    let json = match Json::read(file, text, offset) {
        Ok(json) => json,
        Err(wrong) => {
            let problem = Diagnostic::new(Code::Syntax, wrong.span, format!("the file is not JSON: {}", wrong.message));
            losses.push(problem.help("export it anew as CSL-JSON"));
            return Vec::new();
        }
    };
    if let Some(items) = json.items() {
        return items;
    }
    let members = json.members().unwrap_or_default();
    match members.get("items").and_then(Json::items) {
        Some(items) => items,
        None if members.contains_key("type") || members.contains_key("id") => vec![json],
        None => {
            let problem = Diagnostic::new(Code::WrongType, json.span(), "the file has no list of items in it");
            losses.push(problem.help("CSL-JSON is a list of objects: `[{\"id\": \"…\", \"type\": \"book\"}]`"));
            Vec::new()
        }
    }
}

/// The variables of an item that nobody has asked for yet.
struct Variables<'t>(BTreeMap<String, Json<'t>>);

impl Variables<'_> {
    fn text(&mut self, name: &str) -> Option<String> {
        let text = plain(&self.0.get(name)?.text()?);
        self.0.remove(name);
        Some(text).filter(|text| !text.is_empty())
    }

    fn names(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).map(|json| names(&json)).unwrap_or_default()
    }

    fn date(&mut self, name: &str) -> Option<String> {
        let date = date(self.0.get(name)?);
        // An empty date says nothing.
        self.0.remove(name);
        date
    }

    /// Whatever it is in words.
    fn said(&mut self, name: &str) -> Option<String> {
        let json = *self.0.get(name)?;
        if json.starts_with('[') {
            return Some(self.names(name).join("; ")).filter(|names| !names.is_empty());
        }
        if json.starts_with('{') { self.date(name) } else { self.text(name) }
    }

    /// A text of which the lines are kept.
    fn lines(&mut self, name: &str) -> Option<String> {
        let text = self.0.get(name)?.text()?;
        self.0.remove(name);
        let lines: Vec<String> = text.lines().map(plain).collect();
        Some(lines.join("\n").trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// What an item says of a document.
fn reference(item: &Json<'_>, members: BTreeMap<String, Json<'_>>, losses: &mut Losses) -> Reference {
    let span = members.get("id").map_or(item.span(), Json::span);
    let mut variables = Variables(members);
    let key = variables.text("citation-key").or_else(|| variables.text("id")).unwrap_or_default();
    let item_type = variables.text("type").unwrap_or_default();
    let genre = variables.0.get("genre").and_then(Json::text);
    let kind = of_csl(&item_type, genre.as_deref());
    if genre.as_deref() == Some(kind.phrase()) {
        variables.0.remove("genre");
    }
    let mut reference = Reference::new(key, span, kind);
    reference.title = variables.text("title");
    reference.authors = variables.names("author");
    reference.date = variables.date("issued");
    let container = variables.text("container-title");
    if reference.title.is_none() {
        reference.title = container.clone();
    }
    reference.issuer = issuer(&mut variables, &reference.kind, &item_type, container.as_deref());
    reference.within =
        within(&mut variables, container.filter(|container| Some(container) != reference.title.as_ref()));
    reference.archive = variables.text("archive");
    reference.shelf = variables.text("archive_location");
    reference.doi = variables.text("DOI");
    reference.url = variables.text("URL").or_else(|| variables.text("url"));
    reference.accessed = variables.date("accessed");
    reference.tags = variables.text("keyword").map(|words| keywords(&words)).unwrap_or_default();
    for (name, what) in DETAILS {
        reference.details.extend(variables.said(name).map(|said| (*what, said)));
    }
    for name in ["note", "annote", "abstract"] {
        reference.notes.extend(variables.lines(name));
    }
    let lost = variables.0.iter().filter(|(name, _)| !QUIET.contains(&name.as_str()));
    lost.for_each(|(name, json)| losses.field(name, json.span()));
    reference
}

/// Who published it: for what appears in a periodical that, else the publisher.
fn issuer(
    variables: &mut Variables<'_>,
    kind: &DocumentKind,
    item_type: &str,
    container: Option<&str>,
) -> Option<(String, ActorKind)> {
    let other = |words: &str| ActorKind::Other(words.to_owned());
    if let Some(container) = container.filter(|_| item_type.starts_with("article") || item_type == "broadcast") {
        let what = if *kind == DocumentKind::NewsReport { ActorKind::Outlet } else { other("journal") };
        return Some((container.to_owned(), what));
    }
    let what = if *kind == DocumentKind::NewsReport { ActorKind::Outlet } else { other("publisher") };
    Some((variables.text("publisher")?, what))
}

/// What it appeared in, and where there.
fn within(variables: &mut Variables<'_>, container: Option<String>) -> Vec<String> {
    let mut within: Vec<String> = container.into_iter().collect();
    for (name, before) in [
        ("volume", "vol. "),
        ("part", "part "),
        ("issue", "no. "),
        ("number", "no. "),
        ("supplement", "suppl. "),
        ("printing", "printing "),
        ("section", "sec. "),
        ("chapter-number", "chap. "),
        ("page", "p. "),
        ("page-first", "p. "),
        ("locator", "p. "),
    ] {
        let place = variables.text(name);
        let is_range = place.as_deref().is_some_and(|place| place.contains(['-', '–', ',', '&']));
        let before = if before == "p. " && is_range { "pp. " } else { before };
        let place = place.map(|place| format!("{before}{}", place.replace("--", "–")));
        within.extend(place.filter(|place| !within.contains(place)));
    }
    within
}
