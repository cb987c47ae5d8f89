//! One source under two ids.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{ActorId, Document, DocumentId, DocumentKind, Key, Source};

use super::checked::Checked;
use super::twins;

/// Two documents of one address, or of one title, date and issuer. Containers are left out: much is kept at one address.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut reported = FxHashSet::default();
    report(checked, url, "have one `url`", &mut reported, problems);
    report(checked, title_date_and_issuer, "have one title, date and issuer", &mut reported, problems);
}

/// Reports each document that has something in common with one before it.
fn report<'c, K: Hash + Eq>(
    checked: &Checked<'c>,
    key: impl Fn(&'c Document) -> Option<K>,
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
    let message = |a: &Key, b: &Key| format!("`{a}` and `{b}` {common}: probably they are one source under two ids");
    let both = [(&one.key, one.declared), (&other.key, other.declared)];
    twins::problem(Code::SameSource, both, message, "the same source")
        .help("make one document of them; or say how they are related: with `derives_from`, or with `supersedes` if one is the \
              later version")
}

/// Whether an author has said how two documents are related, or that they are two places of one file.
fn is_told_apart(checked: &Checked<'_>, one: DocumentId, other: DocumentId) -> bool {
    let (a, b) = (&checked.case.documents[one], &checked.case.documents[other]);
    let differ = |a: Option<&str>, b: Option<&str>| a.zip(b).is_some_and(|(a, b)| a != b);
    let origins: FxHashSet<Source> = a.derives_from.iter().copied().chain([Source::Document(one)]).collect();
    origins.contains(&Source::Document(other))
        || b.derives_from.iter().any(|origin| origins.contains(origin))
        || a.supersedes.contains(&other)
        || b.supersedes.contains(&one)
        || differ(a.locator.as_deref(), b.locator.as_deref())
        || differ(url(a), url(b))
}

fn url(document: &Document) -> Option<&str> {
    document.url.as_deref().map(address)
}

/// An address without what does not tell pages apart.
fn address(url: &str) -> &str {
    let url = url.trim();
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    bare.trim_end_matches('/')
}

fn title_date_and_issuer(document: &Document) -> Option<(&str, &str, &[ActorId])> {
    let date = document.date.as_ref()?.as_str();
    (!document.by.is_empty()).then(|| (document.title.trim(), date, &*document.by))
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn one_address_or_one_title_date_and_issuer() {
        let case = r#"actors: {"lab": (name: "L"), "other": (name: "O")}, documents: {
            "a": (title: "A", url: "https://example.org/r"), "b": (title: "B", url: "http://example.org/r/"),
            "c": (title: "C", date: "1988", by: ["lab"]), "d": (title: "C", date: "1988", by: ["lab"], url: "https://example.org/d"),
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
