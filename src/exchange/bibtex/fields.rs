//! What the fields of an entry are for.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{ActorKind, DocumentKind};

use super::super::bibliography::{Reference, keywords};
use super::super::dates::{Parts, written};
use super::super::kinds::of_bibtex;
use super::super::losses::Losses;
use super::latex::{text, verbatim};
use super::names::names;
use super::reader::{Raw, RawField, month};

/// Fields that a note keeps, with what it calls them.
const DETAILS: &[(&[&str], &str)] = &[
    (&["editor"], "Editor"),
    (&["editora"], "Editor"),
    (&["editorb"], "Editor"),
    (&["editorc"], "Editor"),
    (&["translator"], "Translator"),
    (&["bookauthor"], "Author of the book"),
    (&["holder"], "Holder"),
    (&["commentator", "annotator"], "Commentator"),
    (&["collaborator", "namea"], "Collaborator"),
    (&["series"], "Series"),
    (&["edition"], "Edition"),
    (&["version"], "Version"),
    (&["type"], "Type"),
    (&["howpublished"], "Published as"),
    (&["address", "location", "city"], "Place"),
    (&["eventtitle"], "Event"),
    (&["venue"], "Place of the event"),
    (&["eventdate"], "Date of the event"),
    (&["origdate"], "Original date"),
    (&["origtitle"], "Original title"),
    (&["origpublisher"], "Original publisher"),
    (&["origlocation"], "Original place"),
    (&["isbn"], "ISBN"),
    (&["issn"], "ISSN"),
    (&["pmid"], "PMID"),
    (&["pmcid"], "PMCID"),
    (&["lccn"], "LCCN"),
    (&["pagetotal", "numpages"], "Pages"),
    (&["volumes"], "Volumes"),
    (&["language", "langid"], "Language"),
    (&["shorttitle"], "Short title"),
    (&["pubstate"], "State of publication"),
    (&["rights", "copyright"], "Rights"),
    (&["publisher"], "Publisher"),
    (&["organization"], "Organization"),
    (&["institution"], "Institution"),
    (&["maintitle"], "Title of the whole"),
    (&["issuetitle"], "Title of the issue"),
    (&["eprint", "arxivid", "arxiv"], "Eprint"),
];

/// Fields in which names of people stand.
const PEOPLE: &[&str] = &[
    "editor",
    "editora",
    "editorb",
    "editorc",
    "translator",
    "bookauthor",
    "holder",
    "commentator",
    "annotator",
    "collaborator",
    "namea",
];

/// Fields by which a program keeps its library, or sets an entry: they say nothing about the document.
const QUIET: &[&str] = &[
    "ids",
    "timestamp",
    "owner",
    "groups",
    "date-added",
    "date-modified",
    "__markedentry",
    "options",
    "langidopts",
    "rating",
    "read",
    "priority",
    "key",
    "sortkey",
    "sorttitle",
    "sortyear",
    "presort",
    "label",
    "shorthand",
    "entrysubtype",
    "crossref",
    "xdata",
    "xref",
    "added-at",
    "interhash",
    "intrahash",
    "biburl",
    "bibsource",
    "mendeley-tags",
    "citeulike-article-id",
    "posted-at",
    "shortjournal",
    "shortseries",
    "shortauthor",
    "editortype",
    "editoratype",
    "editorbtype",
    "editorctype",
    "nameatype",
    "archiveprefix",
    "eprinttype",
    "eprintclass",
    "primaryclass",
    "indextitle",
    "hyphenation",
    "keyword",
];

/// The fields that an entry has itself and those that it takes from others.
struct Fields<'r, 'l> {
    raw: &'r Raw,
    inherited: Vec<RawField>,
    used: FxHashSet<&'static str>,
    unknown: Vec<String>,
    losses: &'l mut Losses,
}

impl Fields<'_, '_> {
    fn written(&mut self, name: &'static str) -> Option<String> {
        self.used.insert(name);
        let field = self.raw.field(name).or_else(|| self.inherited.iter().find(|field| field.name == name));
        field.map(|field| field.value.clone()).filter(|value| !value.trim().is_empty())
    }

    /// The text of the first of these fields that has one.
    fn text(&mut self, names: &[&'static str]) -> Option<String> {
        // All of them are looked at, so that none counts as lost that says the same.
        let values: Vec<String> = names.iter().filter_map(|name| self.written(name)).collect();
        let mut texts = values.iter().map(|value| text(value, &mut self.unknown));
        texts.find(|text| !text.is_empty())
    }

    fn address(&mut self, name: &'static str) -> Option<String> {
        self.written(name).map(|value| verbatim(&value)).filter(|value| !value.is_empty())
    }

    fn people(&mut self, name: &'static str) -> Vec<String> {
        self.written(name).map(|value| names(&value, &mut self.unknown)).unwrap_or_default()
    }

    /// A title with its subtitle.
    fn title(&mut self, title: &[&'static str], subtitle: &'static str) -> Option<String> {
        let title = self.text(title)?;
        Some(match self.text(&[subtitle]) {
            Some(subtitle) => format!("{title}: {subtitle}"),
            None => title,
        })
    }

    fn date(&mut self) -> Option<String> {
        if let Some(date) = self.written("date").map(|date| written(&text(&date, &mut self.unknown))) {
            self.used.extend(["year", "month", "day"]);
            return Some(date);
        }
        let year = self.text(&["year"]);
        let (written_month, day) = (self.text(&["month"]), self.text(&["day"]));
        let year = year?;
        let Ok(number) = year.parse::<i32>() else {
            return Some(written(&[written_month, Some(year)].into_iter().flatten().collect::<Vec<_>>().join(" ")));
        };
        let month_words = written_month.unwrap_or_default();
        let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
        // `month = jan # "~5"`: a day may stand with the month.
        let word: String = month_words.chars().take_while(|letter| letter.is_alphabetic()).collect();
        let by_name = month(&word).filter(|_| !word.is_empty());
        let day = day.as_deref().and_then(figures).or_else(|| by_name.and(figures(&month_words)));
        Some(Parts { year: number, month: by_name.or_else(|| figures(&month_words)), day }.date())
    }

    fn details(&mut self) -> Vec<(&'static str, String)> {
        let mut details = Vec::new();
        for (names, what) in DETAILS {
            for name in names.iter().filter(|name| !self.used.contains(*name)).copied().collect::<Vec<_>>() {
                let said = match PEOPLE.contains(&name) {
                    true => Some(self.people(name).join("; ")).filter(|people| !people.is_empty()),
                    false => self.text(&[name]),
                };
                details.extend(said.map(|said| (*what, said)));
            }
        }
        details.dedup();
        details
    }

    /// Tells what nobody has asked for.
    fn rest(self) {
        let (raw, used) = (self.raw, self.used);
        let is_lost = |field: &&RawField| {
            let name = field.name.as_str();
            !used.contains(name)
                && !QUIET.contains(&name)
                && !name.starts_with("bdsk-")
                && !field.value.trim().is_empty()
        };
        raw.fields.iter().filter(is_lost).for_each(|field| self.losses.field(&field.name, field.span));
        for command in self.unknown {
            self.losses.field(&format!("\\{command}"), raw.span);
        }
    }
}

/// What an entry says of a document.
pub(super) fn reference(raw: &Raw, inherited: Vec<RawField>, losses: &mut Losses) -> Reference {
    let mut fields = Fields { raw, inherited, used: FxHashSet::default(), unknown: Vec::new(), losses };
    let subtype = fields.text(&["entrysubtype"]).unwrap_or_default();
    let mut reference = Reference::new(&raw.key, raw.span, of_bibtex(&raw.kind, &subtype));
    reference.title = fields.title(&["title"], "subtitle");
    if let Some(addition) = fields.text(&["titleaddon"]) {
        reference.title = Some(reference.title.map_or(addition.clone(), |title| format!("{title}. {addition}")));
    }
    reference.authors = fields.people("author");
    reference.date = fields.date();
    let journal = fields.title(&["journaltitle", "journal"], "journalsubtitle");
    let book = fields.title(&["booktitle"], "booksubtitle").or_else(|| fields.title(&["maintitle"], "mainsubtitle"));
    // An untitled volume of proceedings or a collection goes by its own name.
    if reference.title.is_none() {
        reference.title = book.clone().or_else(|| journal.clone());
    }
    reference.issuer = issuer(&mut fields, &raw.kind, &reference.kind, journal.as_deref());
    let container = journal.or(book).filter(|container| Some(container) != reference.title.as_ref());
    reference.within = within(&mut fields, container);
    reference.archive = fields.text(&["archive", "library"]);
    reference.shelf = fields.text(&["archive_location", "archivelocation", "callnumber"]);
    reference.doi = fields.address("doi");
    reference.url = fields.address("url").or_else(|| fields.address("uri")).or_else(|| eprint(&mut fields));
    reference.accessed = fields.text(&["urldate", "accessed"]).map(|date| written(&date));
    reference.tags = fields.text(&["keywords"]).map(|words| keywords(&words)).unwrap_or_default();
    reference.details = fields.details();
    for name in ["note", "addendum", "annotation", "annote", "abstract"] {
        reference.notes.extend(fields.text(&[name]));
    }
    fields.rest();
    reference
}

/// Who published it: for what appears in a journal that, else an institution before a publisher.
fn issuer(
    fields: &mut Fields<'_, '_>,
    entry_type: &str,
    kind: &DocumentKind,
    journal: Option<&str>,
) -> Option<(String, ActorKind)> {
    let other = |words: &str| ActorKind::Other(words.to_owned());
    if let Some(journal) = journal {
        let what = if *kind == DocumentKind::NewsReport { ActorKind::Outlet } else { other("journal") };
        return Some((journal.to_owned(), what));
    }
    let first = if ["manual", "online", "misc", "report", "techreport"].contains(&entry_type) {
        [["institution", "school"], ["organization", "publisher"]]
    } else {
        [["institution", "school"], ["publisher", "organization"]]
    };
    first.into_iter().flatten().find_map(|name| {
        let what = if name == "publisher" { other("publisher") } else { other("institution") };
        Some((fields.text(&[name])?, what))
    })
}

/// What it appeared in, and where there.
fn within(fields: &mut Fields<'_, '_>, container: Option<String>) -> Vec<String> {
    let mut within: Vec<String> = container.into_iter().collect();
    for (names, before) in [
        (&["volume"][..], "vol. "),
        (&["part"], "part "),
        (&["number", "issue"], "no. "),
        (&["chapter"], "chap. "),
        (&["pages", "eid"], "p. "),
    ] {
        for name in names {
            let place = fields.text(&[name]);
            let before = match &place {
                Some(pages) if *name == "pages" && pages.contains(['–', ',', '-']) => "pp. ",
                Some(number) if before != "p. " && !number.starts_with(|first: char| first.is_alphanumeric()) => "",
                _ => before,
            };
            within.extend(place.map(|place| format!("{before}{place}")));
        }
    }
    within
}

/// Where a preprint can be read.
fn eprint(fields: &mut Fields<'_, '_>) -> Option<String> {
    let id = fields.address("eprint").or_else(|| fields.address("arxivid"))?;
    let server = fields.text(&["eprinttype", "archiveprefix"]).unwrap_or_default().to_lowercase();
    match server.as_str() {
        "arxiv" | "" if !id.contains("://") => {
            Some(format!("https://arxiv.org/abs/{}", id.trim_start_matches("arXiv:")))
        }
        "jstor" => Some(format!("https://www.jstor.org/stable/{id}")),
        "pubmed" => Some(format!("https://pubmed.ncbi.nlm.nih.gov/{id}")),
        _ => Some(id),
    }
}

/// Fields that an entry takes from those that it names in `crossref` and `xdata`, the nearest first.
pub(super) fn inherited(
    raw: &Raw,
    raws: &[Raw],
    by_key: &FxHashMap<String, usize>,
    left: &mut usize,
    losses: &mut Losses,
) -> Vec<RawField> {
    /// Entries that stand behind each other.
    const MOST: usize = 16;
    let (mut fields, mut seen): (Vec<RawField>, Vec<&Raw>) = (Vec::new(), vec![raw]);
    let mut next = 0;
    while next < seen.len() && seen.len() < MOST {
        let from = seen[next];
        next += 1;
        for (name, pointer) in ["xdata", "crossref"].iter().filter_map(|name| Some((*name, from.field(name)?))) {
            for key in pointer.value.split(',').map(str::trim).filter(|key| !key.is_empty()) {
                let Some(parent) = by_key.get(&key.to_lowercase()).map(|&index| &raws[index]) else {
                    if from.key == raw.key {
                        let message = format!("`{name}` names `{key}`, and no entry has that key");
                        losses.lost(pointer.span, message, "import the file that has it together with this one");
                    }
                    continue;
                };
                if seen.iter().any(|known| std::ptr::eq(*known, parent)) || seen.len() == MOST {
                    continue;
                }
                seen.push(parent);
                let size: usize = parent.fields.iter().map(|field| field.value.len()).sum();
                if size > *left {
                    let message = format!("`{name}` copies too much, and `{key}` is not looked at any more");
                    losses.lost(pointer.span, message, "write the fields that are needed into the entry itself");
                    continue;
                }
                *left -= size;
                let passed = parent.fields.iter().filter_map(|field| passed_on(field, name, &raw.kind));
                fields.extend(passed);
            }
        }
    }
    fields
}

/// A field as an entry takes it from another: the title of a whole is the title of the book for its parts.
fn passed_on(field: &RawField, by: &str, kind: &str) -> Option<RawField> {
    const OWN: [&str; 6] = ["crossref", "xdata", "xref", "ids", "keywords", "label"];
    let is_part = kind.starts_with("in") || kind.starts_with("supp");
    let name = match field.name.as_str() {
        name if by == "xdata" => name,
        own if OWN.contains(&own) => return None,
        "title" if is_part => "booktitle",
        "subtitle" if is_part => "booksubtitle",
        "title" if kind == "article" => "journaltitle",
        "author" if is_part => "bookauthor",
        "title" | "subtitle" | "titleaddon" | "abstract" | "note" => return None,
        name => name,
    };
    Some(RawField { name: name.to_owned(), ..field.clone() })
}
