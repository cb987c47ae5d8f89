//! One source under two ids.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Document, DocumentId, DocumentKind, Source};

use super::checked::Checked;

/// Two documents of one address, or of one title, date and issuer. Containers are left out: much is kept at one address.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut reported = FxHashSet::default();
    let one_address = |document: &Document| document.url.as_deref().map(address);
    report(checked, one_address, "have one `url`", &mut reported, problems);
    report(checked, title_date_and_issuer, "have one title, date and issuer", &mut reported, problems);
}

/// Reports each document that has something in common with one before it.
fn report<K: Hash + Eq>(
    checked: &Checked<'_>,
    key: impl Fn(&Document) -> Option<K>,
    common: &str,
    reported: &mut FxHashSet<DocumentId>,
    problems: &mut Diagnostics,
) {
    let mut seen: FxHashMap<K, DocumentId> = FxHashMap::default();
    for (id, document) in checked.documents().filter(|(_, document)| document.kind != DocumentKind::Archive) {
        let Some(key) = key(document) else { continue };
        let first = *seen.entry(key).or_insert(id);
        if first != id && !is_told_apart(checked, first, id) && reported.insert(id) {
            problems.push(problem(&checked.case.documents[first], document, common));
        }
    }
}

fn problem(one: &Document, other: &Document, common: &str) -> Diagnostic {
    let (first, second) = if one.declared <= other.declared { (one, other) } else { (other, one) };
    let message = format!("`{}` and `{}` {common}: probably they are one source under two ids", first.key, second.key);
    Diagnostic::new(Code::SameSource, second.declared, message)
        .related(first.declared, "the same source")
        .help("make one document of them; or say how they are related: with `derives_from`, or with `supersedes` if one is the \
              later version")
        .about(&first.key)
        .about(&second.key)
}

/// Whether an author has said how two documents are related, or that they are two places of one file.
fn is_told_apart(checked: &Checked<'_>, one: DocumentId, other: DocumentId) -> bool {
    let (a, b) = (&checked.case.documents[one], &checked.case.documents[other]);
    let differ = |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a != b);
    a.derives_from.contains(&Source::Document(other))
        || b.derives_from.iter().any(|origin| *origin == Source::Document(one) || a.derives_from.contains(origin))
        || a.supersedes.contains(&other)
        || b.supersedes.contains(&one)
        || differ(&a.locator, &b.locator)
        || differ(&a.url.as_deref().map(address), &b.url.as_deref().map(address))
}

/// An address without what does not tell pages apart.
fn address(url: &str) -> String {
    let url = url.trim();
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    bare.trim_end_matches('/').to_owned()
}

fn title_date_and_issuer(document: &Document) -> Option<(String, String, Vec<u32>)> {
    let date = document.date.as_ref()?;
    let mut issuers: Vec<u32> =
        document.by.iter().map(|actor| u32::try_from(actor.index()).unwrap_or(u32::MAX)).collect();
    issuers.sort_unstable();
    (!issuers.is_empty()).then(|| (document.title.trim().to_lowercase(), date.as_str().to_owned(), issuers))
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn one_address_or_one_title_date_and_issuer() {
        let case = r#"actors: {"lab": (name: "L"), "other": (name: "O")}, documents: {
            "a": (title: "A", url: "https://example.org/r"), "b": (title: "B", url: "http://example.org/r/"),
            "c": (title: "C", date: "1988", by: ["lab"]), "d": (title: "c", date: "1988", by: ["lab"], url: "https://example.org/d"),
            "e": (title: "C", date: "1989", by: ["lab"]), "f": (title: "C", date: "1988", by: ["other"]), "g": (title: "C", date: "1988"),
            "h": (title: "H", url: "https://example.org/r", derives_from: ["a"]),
            "i": (title: "I", url: "https://example.org/r", kind: Archive),
            "j": (title: "J", url: "https://example.org/v", locator: "p. 1"), "k": (title: "K", url: "https://example.org/v", locator: "p. 2"),
            "n": (title: "N", url: "https://example.org/n"), "o": (title: "O", url: "https://example.org/n", supersedes: ["n"]),
            "l": (title: "M", date: "1990", by: ["lab"], url: "https://example.org/1"),
            "m": (title: "M", date: "1990", by: ["lab"], url: "https://example.org/2"),
        }"#;
        assert_eq!(underlined("same-source", case), ["b", "d"]);
    }
}
