//! Every quotation of a case against the kept copy of its source.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model::{Case, DocumentId, Evidence, Premise, QuoteState, Source};
use crate::source::{Sources, Storage};

use super::at::Named;
use super::find::{Look, Part, Searched};
use super::kept::{CopyTrouble, Folder, PdfReader, namer, sha256, text_of};
use super::near::{Effort, most_changes, nearest};
use super::normal::Normal;
use super::quotation::{Irreparable, Passage, Quotation};
use super::repair::{agree, on_one_line, repaired};
use super::text::CopyText;

/// What became of the quotations of a case.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// Every quotation, in the order of the statements and of their evidence.
    pub all: Vec<Quotation>,
    /// Every copy, in the order of the documents.
    pub copies: Vec<KeptCopy>,
}

/// The copy of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCopy {
    /// The document.
    pub document: DocumentId,
    /// The SHA-256 of the file, where the case says one.
    pub sha256: Option<String>,
    /// Whether the case says another.
    pub is_changed: bool,
    /// Why it was not read.
    pub trouble: Option<CopyTrouble>,
}

/// Holds every quotation of a case against the kept copy of its source.
///
/// Cost: a pass over each copy for each quotation, two more for all that are not found, and the square of the length of
/// those; each file is read once.
pub fn check_quotes(case: &Case, sources: &Sources, storage: &dyn Storage, pdf: PdfReader) -> Quotations {
    let mut checking =
        Checking { case, pdf, spent: Duration::ZERO, effort: Effort::default(), found: Quotations::default() };
    checking.all_unchecked();
    checking.copies(sources, storage);
    agree(case, &mut checking.found.all);
    checking.found
}

impl Quotations {
    /// Writes the state of each quotation into the case, if copies are kept with it at all.
    pub fn write_into(&self, case: &mut Case) {
        for one in self.all.iter().filter(|_| !self.copies.is_empty()) {
            case.statements[one.statement].evidence[one.index].quote_state = Some(one.state);
        }
    }

    /// Why a quotation is unchecked; none of one that was checked.
    pub fn why_unchecked(&self, case: &Case, quotation: &Quotation) -> Option<String> {
        if quotation.state != QuoteState::Unchecked {
            return None;
        }
        let link = &case.statements[quotation.statement].evidence[quotation.index];
        let Premise::Source(Source::Document(document)) = link.from else {
            return Some("its source is no document".to_owned());
        };
        let copy = self.copies.binary_search_by_key(&document, |copy| copy.document).map(|place| &self.copies[place]);
        Some(match copy.map(|copy| &copy.trouble) {
            Err(_) => "no copy of its source is kept".to_owned(),
            Ok(Some(trouble)) => format!("the copy is not read: {trouble}"),
            Ok(None) if Normal::of(link.quote.as_deref().unwrap_or_default()).text().is_empty() => {
                "it has no words".to_owned()
            }
            Ok(None) => "the copy does not say which letters it shows on some pages".to_owned(),
        })
    }
}

/// A copy that is read for the documents that name it.
type Shared = BTreeMap<PathBuf, Vec<DocumentId>>;

struct Checking<'c> {
    case: &'c Case,
    pdf: PdfReader,
    /// What the PDFs have taken so far.
    spent: Duration,
    effort: Effort,
    found: Quotations,
}

impl<'c> Checking<'c> {
    fn all_unchecked(&mut self) {
        for (statement, entry) in self.case.statements.iter() {
            let quoting = entry.evidence.iter().enumerate().filter(|(_, link)| link.quote.is_some());
            self.found.all.extend(quoting.map(|(index, _)| Quotation {
                statement,
                index,
                state: QuoteState::Unchecked,
                place: None,
                is_elsewhere: false,
                is_out_of_order: false,
                passage: None,
            }));
        }
    }

    fn copies(&mut self, sources: &Sources, storage: &dyn Storage) {
        let is_own = |path: &Path| sources.iter().any(|(_, file)| file.path() == Some(path));
        let mut folder = Folder::of(storage, sources);
        let mut shared = Shared::new();
        for (document, entry) in self.case.documents.iter() {
            let Some(copy) = &entry.copy else { continue };
            let found = folder.find(namer(entry, sources), copy);
            let found = found.and_then(|path| if is_own(&path) { Err(CopyTrouble::OwnFile) } else { Ok(path) });
            let trouble = found.map(|path| shared.entry(path).or_default().push(document)).err();
            self.found.copies.push(KeptCopy { document, sha256: None, is_changed: false, trouble });
        }
        let quoted = self.by_document();
        for (path, documents) in shared {
            let trouble = self.copy(&mut folder, &path, &documents, &quoted).err();
            for document in documents {
                let copy = self.kept(document);
                copy.trouble = copy.trouble.take().or_else(|| trouble.clone());
            }
        }
    }

    /// The quotations from each document, by their numbers.
    fn by_document(&self) -> BTreeMap<DocumentId, Vec<usize>> {
        let mut quoted: BTreeMap<DocumentId, Vec<usize>> = BTreeMap::new();
        for (number, quotation) in self.found.all.iter().enumerate() {
            let link = &self.case.statements[quotation.statement].evidence[quotation.index];
            if let Premise::Source(Source::Document(document)) = link.from {
                quoted.entry(document).or_default().push(number);
            }
        }
        quoted
    }

    fn kept(&mut self, document: DocumentId) -> &mut KeptCopy {
        let place = self.found.copies.binary_search_by_key(&document, |copy| copy.document);
        &mut self.found.copies[place.expect("every document with a copy is there")]
    }

    /// Reads a copy, and looks in it for what is quoted from its documents.
    fn copy(
        &mut self,
        folder: &mut Folder<'_>,
        path: &Path,
        documents: &[DocumentId],
        quoted: &BTreeMap<DocumentId, Vec<usize>>,
    ) -> Result<(), CopyTrouble> {
        let is_hashed = documents.iter().any(|&document| self.case.documents[document].sha256.is_some());
        let is_quoted = documents.iter().any(|document| quoted.contains_key(document));
        if !is_hashed && !is_quoted {
            return Ok(());
        }
        let bytes = folder.read(path)?;
        let hash = is_hashed.then(|| sha256(&bytes));
        let mut sought = Vec::new();
        for &document in documents {
            let quoted = quoted.get(&document).map(Vec::as_slice).unwrap_or_default();
            if self.is_changed(document, hash.as_deref()) {
                quoted.iter().for_each(|&number| self.found.all[number].state = QuoteState::Changed);
            } else {
                sought.extend_from_slice(quoted);
            }
        }
        if !sought.is_empty() {
            let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            let text = text_of(&name, &bytes, |bytes| (self.pdf)(bytes, &mut self.spent))?;
            drop(bytes);
            self.search(&text, &sought);
        }
        Ok(())
    }

    /// Whether a copy is another file than the document says.
    fn is_changed(&mut self, document: DocumentId, hash: Option<&str>) -> bool {
        let (Some(said), Some(hash)) = (&self.case.documents[document].sha256, hash) else { return false };
        let is_changed = !said.eq_ignore_ascii_case(hash);
        let copy = self.kept(document);
        (copy.sha256, copy.is_changed) = (Some(hash.to_owned()), is_changed);
        is_changed
    }

    /// Looks for quotations in a copy as it stands, and for those that are not there in the copy as it reads on; then for words
    /// that come close.
    fn search(&mut self, copy: &CopyText, sought: &[usize]) {
        let standing = Searched::new(&copy.text);
        let missed = self.look(copy, &standing, sought);
        if !missed.is_empty()
            && let Some(text) = copy.flowing()
        {
            let flowing = Searched::new(&text);
            let numbers: Vec<usize> = missed.iter().map(|missed| missed.number).collect();
            let missed = self.look(copy, &flowing, &numbers);
            self.near(copy, &flowing, &missed);
        }
        self.near(copy, &standing, &missed);
        missed.iter().for_each(|missed| self.doubt(copy, missed.number));
    }

    /// Looks for quotations in a reading of a copy; gives those that are not there.
    fn look(&mut self, copy: &CopyText, reading: &Searched<'_>, sought: &[usize]) -> Vec<Missed<'c>> {
        let mut all_missed = Vec::new();
        for &number in sought {
            let quote = self.link(number).quote.as_deref().unwrap_or_default();
            if Normal::of(quote).text().is_empty() {
                continue;
            }
            let named = self.named(number);
            let is_out = |words: Range<usize>| {
                let last = words.end.saturating_sub(1).max(words.start);
                named.disagrees(copy.place(words.start), copy.place(last), copy)
            };
            let quotation = &mut self.found.all[number];
            let parts = match reading.look(quote, |at| !is_out(at..at)) {
                Look::Found { is_exact, places } => {
                    let is_exact = is_exact && reading.text == copy.text;
                    quotation.state = if is_exact { QuoteState::Exact } else { QuoteState::Normalised };
                    quotation.place = places.first().map(|place| copy.place(place.start));
                    quotation.is_elsewhere = places.into_iter().all(is_out);
                    quotation.is_out_of_order = false;
                    continue;
                }
                Look::OutOfOrder => {
                    quotation.is_out_of_order = true;
                    Vec::new()
                }
                Look::Missed(parts) => parts,
            };
            quotation.state = QuoteState::Missing;
            all_missed.push(Missed { number, quote, parts });
        }
        all_missed
    }

    /// Looks for words that come close to those that are not there.
    fn near(&mut self, copy: &CopyText, reading: &Searched<'_>, missed: &[Missed<'_>]) {
        let is_open = |one: &&Missed<'_>| {
            let Quotation { state, is_out_of_order, .. } = self.found.all[one.number];
            state == QuoteState::Missing && !is_out_of_order
        };
        let missed: Vec<&Missed<'_>> = missed.iter().filter(is_open).collect();
        let parts = || missed.iter().flat_map(|one| &one.parts).filter(|part| part.place.is_none());
        let normal: Vec<&Normal> = parts().map(|part| &part.normal).collect();
        let mut found = nearest(&reading.normal, &normal, &mut self.effort).into_iter();
        for Missed { number, quote, parts } in missed {
            // All of them are taken, so that each part gets its own.
            let places: Vec<Option<Range<usize>>> = parts
                .iter()
                .map(|part| match &part.place {
                    Some(place) => Some(place.clone()),
                    None => {
                        let near = found.next().flatten()?;
                        let (place, added) = reading.widened(reading.original(near.place))?;
                        let most = most_changes(part.normal.text().chars().count());
                        (near.distance + added <= most).then_some(place)
                    }
                })
                .collect();
            let places: Option<Vec<Range<usize>>> = places.into_iter().collect();
            let (Some(places), Some(first)) = (places, parts.iter().position(|part| part.place.is_none())) else {
                continue;
            };
            let quotation = &mut self.found.all[*number];
            if !places.is_sorted_by_key(|place| place.start) {
                quotation.is_out_of_order = true;
                continue;
            }
            quotation.state = QuoteState::Near;
            quotation.place = Some(copy.place(places[first].start));
            quotation.passage = Some(passage((copy, reading.text), quote, parts, &places, first));
        }
    }

    /// A quotation that is not found may be on a page whose letters are not known.
    fn doubt(&mut self, copy: &CopyText, number: usize) {
        let named = self.named(number);
        let quotation = &mut self.found.all[number];
        if quotation.state == QuoteState::Missing
            && !quotation.is_out_of_order
            && copy.has_unknown_letters(|page| !named.excludes(page, copy))
        {
            quotation.state = QuoteState::Unchecked;
        }
    }

    fn link(&self, number: usize) -> &'c Evidence {
        let Quotation { statement, index, .. } = self.found.all[number];
        &self.case.statements[statement].evidence[index]
    }

    fn named(&self, number: usize) -> Named {
        Named::of(self.link(number).at.as_deref().unwrap_or_default())
    }
}

/// A quotation that is not in a reading of a copy, by its number.
struct Missed<'q> {
    number: usize,
    quote: &'q str,
    /// None where they are all there, in another order.
    parts: Vec<Part<'q>>,
}

/// A passage, and about a line beside it where it begins or ends with other words than the author's: those may be on another
/// page, and what it has in their place a running head.
fn with_line_beside(text: &str, part: &Part<'_>, place: &Range<usize>) -> Range<usize> {
    const LINE: usize = 100;
    let differ = |[one, other]: [Option<&str>; 2]| {
        let [one, other] = [one, other].map(|word| Normal::of(word.unwrap_or_default()));
        one.text() != other.text()
    };
    let words = || [part.words, &text[place.clone()]].map(str::split_whitespace);
    let (before, behind) =
        (differ(words().map(|mut words| words.next())), differ(words().map(|mut words| words.next_back())));
    place.start.saturating_sub(LINE * usize::from(before))..place.end + LINE * usize::from(behind)
}

fn passage(
    (copy, text): (&CopyText, &str),
    quote: &str,
    parts: &[Part<'_>],
    places: &[Range<usize>],
    first: usize,
) -> Passage {
    let changed = || parts.iter().zip(places).filter(|(part, _)| part.place.is_none());
    let repaired = match changed().any(|(part, place)| copy.goes_across_pages(with_line_beside(text, part, place))) {
        true => Err(Irreparable::AcrossPages),
        false => repaired(quote, changed().map(|(part, place)| (part.within.clone(), &text[place.clone()]))),
    };
    Passage { words: on_one_line(&text[places[first].clone()]), part: parts[first].words.to_owned(), repaired }
}
