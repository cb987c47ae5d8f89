//! What bibliographies know of a document, whatever format they are in.

use crate::authoring::{Rule, Sort};
use crate::model::{ActorKind, DocumentKind};
use crate::source::Span;

use super::entry::{Entry, kind};
use super::ids::Ids;
use super::losses::Losses;

/// One item of a bibliography.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) key: String,
    /// Where its key stands, or it begins.
    pub(super) span: Span,
    pub(super) kind: DocumentKind,
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
    /// Who published it.
    pub(super) issuer: Option<(String, ActorKind)>,
    /// The archive that keeps it, and where in it.
    pub(super) archive: Option<String>,
    pub(super) shelf: Option<String>,
    /// What it appeared in, with the place there: a journal, a volume, pages.
    pub(super) within: Vec<String>,
    pub(super) doi: Option<String>,
    pub(super) url: Option<String>,
    pub(super) accessed: Option<String>,
    pub(super) tags: Vec<String>,
    /// What a case has no field for, each with what it is.
    pub(super) details: Vec<(&'static str, String)>,
    /// Notes and abstracts.
    pub(super) notes: Vec<String>,
}

impl Reference {
    pub(super) fn new(key: impl Into<String>, span: Span, kind: DocumentKind) -> Self {
        Self {
            key: key.into(),
            span,
            kind,
            title: None,
            authors: Vec::new(),
            date: None,
            issuer: None,
            archive: None,
            shelf: None,
            within: Vec::new(),
            doi: None,
            url: None,
            accessed: None,
            tags: Vec::new(),
            details: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The document, and the actors that it names, as entries of a case.
    pub(super) fn write(mut self, ids: &mut Ids<'_>, losses: &mut Losses, entries: &mut Vec<Entry>) {
        let id = self.id(ids, losses);
        let mut entry = Entry::new(Sort::Document, id, self.span);
        entry.text("title", Some(&self.titled(losses)), Rule::Replace);
        if self.kind != DocumentKind::Other("other".to_owned()) {
            entry.ron("kind", kind!(&self.kind, DocumentKind), Rule::Fill);
        }
        entry.texts("authors", &self.authors, Rule::Replace);
        entry.text("date", self.date.as_deref(), Rule::Replace);
        let locator = self.locator();
        // What the document has already stays, and nobody is added for it.
        let there = ids.known.document(&entry.edit.id);
        self.issuer.take_if(|_| there.is_some_and(|document| !document.by.is_empty()));
        self.archive.take_if(|_| there.is_some_and(|document| document.collection.is_some()));
        let mut actor = |name: &str, kind: &ActorKind| ids.actor(name, kind, self.span, entries);
        let issuer = self.issuer.as_ref().map(|(name, kind)| actor(name, kind));
        let archive = self.archive.as_deref().map(|name| actor(name, &ActorKind::Archive));
        entry.texts("by", issuer.as_slice(), Rule::Fill);
        entry.text("collection", archive.as_deref(), Rule::Fill);
        entry.text("locator", locator.as_deref(), Rule::Replace);
        entry.text("url", self.link().as_deref(), Rule::Replace);
        entry.text("accessed", self.accessed.as_deref(), Rule::Replace);
        self.tags.sort();
        self.tags.dedup();
        entry.texts("tags", &self.tags, Rule::Extend);
        entry.text("note", self.note().as_deref(), Rule::Fill);
        entries.push(entry);
    }

    fn id(&self, ids: &mut Ids<'_>, losses: &mut Losses) -> String {
        let id = ids.give(&self.key, Sort::Document);
        if id != crate::model::normalized(&self.key) {
            let message = match self.key.is_empty() {
                true => format!("the entry has no key, and is imported as `{id}`"),
                false => format!("the entry `{}` is imported as `{id}`", self.key),
            };
            let help = "ids of a case are letters, digits, `-`, `_` and `.`, and no two things have the same";
            losses.lost(self.span, message, help);
        }
        id
    }

    /// The title, which every document of a case has.
    fn titled(&mut self, losses: &mut Losses) -> String {
        if let Some(title) = self.title.take().filter(|title| !title.is_empty()) {
            return title;
        }
        losses.lost(self.span, "the entry has no title, and is called by its key", "give it a `title`");
        match self.key.trim() {
            "" => "untitled".to_owned(),
            key => key.to_owned(),
        }
    }

    /// Where it is in its archive, or else in what it appeared in.
    fn locator(&mut self) -> Option<String> {
        // What it appeared in is said already where that published it.
        let is_said =
            matches!((self.within.as_slice(), &self.issuer), ([within], Some((issuer, _))) if within == issuer);
        let within = (!self.within.is_empty() && !is_said).then(|| self.within.join(", "));
        match self.shelf.take() {
            Some(shelf) => {
                self.details.extend(within.map(|within| ("In", within)));
                Some(shelf)
            }
            None => within,
        }
    }

    /// Where it can be read: by its DOI, which outlives an address.
    fn link(&mut self) -> Option<String> {
        let Some(doi) = self.doi.as_deref().map(|doi| format!("https://doi.org/{}", bare_doi(doi))) else {
            return self.url.take();
        };
        self.details.extend(self.url.take().filter(|url| *url != doi).map(|url| ("Also at", url)));
        Some(doi)
    }

    fn note(&self) -> Option<String> {
        let details = self.details.iter().map(|(what, words)| format!("{what}: {words}"));
        let lines: Vec<String> = details.chain(self.notes.iter().cloned()).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

/// A DOI without what it is often written with.
pub(super) fn bare_doi(doi: &str) -> &str {
    let doi = doi.trim();
    let starts = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "DOI:"];
    starts.iter().find_map(|start| doi.strip_prefix(start)).unwrap_or(doi).trim()
}

/// Words of a text that is a list of them, with commas or semicolons between.
pub(super) fn keywords(text: &str) -> Vec<String> {
    let words = text.split([',', ';']).map(|word| word.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|word| !word.is_empty()).collect()
}
