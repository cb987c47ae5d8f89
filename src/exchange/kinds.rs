//! What bibliographies call the kinds of documents.

use crate::model::DocumentKind::{self, AcademicWork, Archive, Book, CourtRecord, Dataset, NewsReport, Testimony};

/// Types of entries in BibTeX and BibLaTeX that are kinds of a case; other types keep their names.
const BIBTEX: &[(&[&str], DocumentKind)] = &[
    (
        &["article", "inproceedings", "conference", "proceedings", "mvproceedings", "unpublished", "review"],
        AcademicWork,
    ),
    (&["thesis", "phdthesis", "mastersthesis"], AcademicWork),
    (&["book", "mvbook", "inbook", "bookinbook", "suppbook", "booklet", "book_section"], Book),
    (&["incollection", "collection", "mvcollection", "suppcollection"], Book),
    (&["newspaper_article", "magazine_article"], NewsReport),
    (&["jurisdiction"], CourtRecord),
    (&["dataset"], Dataset),
    (&["archived"], Archive),
];

/// Types in BibTeX and BibLaTeX whose names say less than these words.
const BIBTEX_WORDS: &[(&[&str], &str)] = &[
    (&["techreport", "report"], "report"),
    (&["online", "electronic", "www", "webpage", "web_page"], "web page"),
    (&["inreference", "reference", "mvreference"], "reference work"),
    (&["misc", "generic", "nameonly"], "other"),
    (&["legadminmaterial", "legmaterial"], "legal material"),
    (&["softwareversion"], "software"),
];

/// The kind of an entry in BibTeX or BibLaTeX, whose type is in small letters.
pub(super) fn of_bibtex(entry_type: &str, subtype: &str) -> DocumentKind {
    if entry_type == "article" && ["newspaper", "magazine"].contains(&subtype) {
        return NewsReport;
    }
    let known = BIBTEX.iter().find(|(types, _)| types.contains(&entry_type)).map(|(_, kind)| kind.clone());
    let words = BIBTEX_WORDS.iter().find(|(types, _)| types.contains(&entry_type)).map(|(_, words)| *words);
    known.unwrap_or_else(|| DocumentKind::Other(words.unwrap_or(entry_type).replace('_', " ")))
}

/// Types of items in CSL that are kinds of a case. The first that a kind has is that in which it is written.
const CSL: &[(&str, DocumentKind)] = &[
    ("article-journal", AcademicWork),
    ("paper-conference", AcademicWork),
    ("thesis", AcademicWork),
    ("review", AcademicWork),
    ("article-newspaper", NewsReport),
    ("article-magazine", NewsReport),
    ("broadcast", NewsReport),
    ("book", Book),
    ("chapter", Book),
    ("legal_case", CourtRecord),
    ("hearing", Testimony),
    ("dataset", Dataset),
    ("collection", Archive),
];

/// Other types of items in CSL, with the words that a case has for them.
const CSL_WORDS: &[(&str, &str)] = &[
    ("report", "report"),
    ("webpage", "web page"),
    ("post", "post"),
    ("post-weblog", "blog post"),
    ("personal_communication", "personal communication"),
    ("motion_picture", "film"),
    ("entry-encyclopedia", "encyclopedia entry"),
    ("entry-dictionary", "dictionary entry"),
    ("interview", "interview"),
    ("legislation", "legislation"),
    ("bill", "bill"),
    ("treaty", "treaty"),
    ("patent", "patent"),
    ("speech", "speech"),
    ("map", "map"),
    ("song", "song"),
    ("figure", "figure"),
    ("graphic", "image"),
    ("manuscript", "manuscript"),
    ("pamphlet", "pamphlet"),
    ("software", "software"),
    ("standard", "standard"),
    ("event", "event"),
    ("article", "preprint"),
];

/// What CSL calls a document of no particular type.
const PLAIN: &str = "document";

/// The kind of an item of a type in CSL. A genre that names a kind is what [`to_csl`] writes for those that have no type.
pub(super) fn of_csl(item_type: &str, genre: Option<&str>) -> DocumentKind {
    if let Some(kind) = genre.and_then(of_phrase) {
        return kind;
    }
    let known = CSL.iter().find(|(known, _)| *known == item_type).map(|(_, kind)| kind.clone());
    let words = CSL_WORDS.iter().find(|(known, _)| *known == item_type).map(|(_, words)| *words);
    let other = match item_type {
        PLAIN | "" => genre.unwrap_or("other"),
        other => words.unwrap_or(other),
    };
    known.unwrap_or_else(|| DocumentKind::Other(other.replace('_', " ")))
}

/// The type of a kind in CSL, and the genre where the type does not say all.
pub(super) fn to_csl(kind: &DocumentKind) -> (&'static str, Option<&str>) {
    if let Some((known, _)) = CSL.iter().find(|(_, known)| known == kind) {
        return (known, None);
    }
    match CSL_WORDS.iter().find(|(_, words)| *words == kind.phrase()) {
        Some((known, _)) => (known, None),
        None if kind.phrase() == "other" => (PLAIN, None),
        None => (PLAIN, Some(kind.phrase())),
    }
}

/// The kind that goes by a phrase.
fn of_phrase(phrase: &str) -> Option<DocumentKind> {
    let kinds = DocumentKind::WORDS.iter().filter_map(|word| DocumentKind::from_word(word));
    kinds.into_iter().find(|kind| kind.phrase() == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_from_csl() {
        let others = ["report", "web page", "register of births", "other", "preprint"];
        let kinds = DocumentKind::WORDS.iter().filter_map(|word| DocumentKind::from_word(word));
        for kind in kinds.chain(others.map(|other| DocumentKind::Other(other.to_owned()))) {
            let (item_type, genre) = to_csl(&kind);
            assert_eq!(of_csl(item_type, genre), kind);
        }
    }
}
