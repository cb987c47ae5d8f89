//! Documents into CSL-JSON.

use serde_json::{Map, Value, json};

use crate::authoring::Sort;
use crate::model::{Case, DocumentKind};

use super::super::bibliography::bare_doi;
use super::super::exported::{Exported, Fields, kind_of, pretty, text, texts};
use super::super::kinds::to_csl;

/// Fields of documents that an item of CSL has a place for.
const CARRIED: &[&str] =
    &["title", "kind", "authors", "by", "date", "accessed", "collection", "locator", "url", "tags", "note"];

/// The documents of a case as a bibliography in CSL-JSON.
///
/// Cost: linear in the size of the case.
pub fn export(case: &Case) -> Exported {
    let fields = Fields::of(case);
    let items: Vec<Value> = fields.entries(Sort::Document).map(|(id, document)| item(id, document, case)).collect();
    Exported { text: pretty(&Value::Array(items)), left_out: fields.left_out(&[(Sort::Document, CARRIED)]) }
}

fn item(id: &str, document: &Map<String, Value>, case: &Case) -> Value {
    let kind = kind_of(document, DocumentKind::from_word, DocumentKind::Other);
    let (item_type, genre) = kind.as_ref().map_or(("document", None), to_csl);
    let mut item = Map::new();
    let mut put = |name: &str, value: Option<Value>| item.extend(value.map(|value| (name.to_owned(), value)));
    put("id", Some(id.into()));
    put("type", Some(item_type.into()));
    put("genre", genre.map(Value::from));
    put("title", text(document, "title").map(Value::from));
    let authors: Vec<Value> = texts(document, "authors").iter().map(|author| json!({"literal": author})).collect();
    put("author", (!authors.is_empty()).then_some(Value::Array(authors)));
    let name = |id: &str| case.source(id).map(|source| case.source_title(source).to_owned());
    let issuers: Vec<String> = texts(document, "by").iter().filter_map(|id| name(id)).collect();
    let is_in_periodical = item_type.starts_with("article");
    put(
        if is_in_periodical { "container-title" } else { "publisher" },
        (!issuers.is_empty()).then(|| issuers.join("; ").into()),
    );
    put("issued", text(document, "date").map(date));
    put("accessed", text(document, "accessed").map(date));
    put("archive", text(document, "collection").and_then(name).map(Value::from));
    put("archive_location", text(document, "locator").map(Value::from));
    match text(document, "url").filter(|url| url.contains("doi.org/")) {
        Some(doi) => put("DOI", Some(bare_doi(doi).into())),
        None => put("URL", text(document, "url").map(Value::from)),
    }
    let tags = texts(document, "tags");
    put("keyword", (!tags.is_empty()).then(|| tags.join(", ").into()));
    put("note", text(document, "note").map(Value::from));
    Value::Object(item)
}

/// A date in the parts that CSL has for it, or as it is written.
fn date(written: &str) -> Value {
    let days: Option<Vec<Value>> = written.split('/').map(parts).collect();
    match days.filter(|days| days.len() <= 2) {
        Some(days) => json!({"date-parts": days}),
        None => json!({"raw": written}),
    }
}

/// A day, a month or a year of our era.
fn parts(date: &str) -> Option<Value> {
    let widths = [4, 2, 2];
    let parts: Vec<&str> = date.split('-').collect();
    let is_number =
        |(part, width): (&&str, &usize)| part.len() == *width && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = parts.len() <= 3 && parts.iter().zip(&widths).all(is_number);
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let is_date = is_plain && numbers.first() != Some(&0) && numbers.get(1).is_none_or(|&month| month <= 12);
    is_date.then(|| Value::from(numbers))
}
