//! A case into tables.

use serde_json::{Map, Value};

use crate::authoring::{Field, Sort, Takes, Words, export_json};
use crate::model::Case;

use super::cells::{guarded, joined, other_kind};
use super::table::Table;

/// A table of a case, as CSV in UTF-8 with commas. Cost: linear in the size of the case.
pub fn export(case: &Case, table: Table) -> String {
    let case: Value = serde_json::from_str(&export_json(case)).unwrap_or_default();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = match table {
        Table::Case => vec![row(&[], table, &case)],
        Table::Entries(sort) => {
            let entries = entries(&case, sort);
            entries.map(|(id, entry)| row(&[id], table, entry)).collect()
        }
        Table::Evidence => [Sort::Claim, Sort::Relationship].iter().flat_map(|sort| evidence(&case, *sort)).collect(),
    };
    let header: Vec<String> = table.columns().map(str::to_owned).collect();
    for row in std::iter::once(header).chain(rows) {
        writer.write_record(&row).expect("rows are as long as the first, and memory does not fail");
    }
    String::from_utf8(writer.into_inner().expect("memory does not fail")).expect("cells are text")
}

fn entries(case: &Value, sort: Sort) -> impl Iterator<Item = (&str, &Value)> {
    let entries = case.get(sort.plural()).and_then(Value::as_object);
    entries.into_iter().flatten().map(|(id, entry)| (id.as_str(), entry))
}

fn evidence(case: &Value, sort: Sort) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (id, statement) in entries(case, sort) {
        for link in statement.get("evidence").and_then(Value::as_array).into_iter().flatten() {
            for (effect, link) in link.as_object().into_iter().flatten() {
                let effect = if effect == "opposes" { "Opposes" } else { "Supports" };
                rows.push(row(&[id, effect], Table::Evidence, link));
            }
        }
    }
    rows
}

/// A row: its keys, and a cell for each field.
fn row(keys: &[&str], table: Table, record: &Value) -> Vec<String> {
    let keys = keys.iter().map(|key| (*key).to_owned());
    keys.chain(table.fields().map(|field| record.get(field.name).map_or(String::new(), |value| cell(value, field))))
        .collect()
}

fn cell(value: &Value, field: &Field) -> String {
    let words = match field.takes {
        Takes::Word(words) => Some(words),
        _ => None,
    };
    match value {
        Value::String(text) => guarded(text),
        Value::Array(items) => guarded(&joined(&items.iter().map(item_text).collect::<Vec<_>>())),
        Value::Object(other) => guarded(&other_text(other, words)),
        Value::Null => String::new(),
        number => number.to_string(),
    }
}

fn other_text(other: &Map<String, Value>, words: Option<Words>) -> String {
    let text = other.get("Other").and_then(Value::as_str).unwrap_or_default();
    words.map_or_else(|| text.to_owned(), |words| other_kind(text, words))
}

/// An item of a list: a text, or an attack with its strength.
fn item_text(item: &Value) -> String {
    let Value::Object(attack) = item else { return item.as_str().unwrap_or_default().to_owned() };
    let from = attack.get("from").and_then(Value::as_str).unwrap_or_default();
    match attack.get("strength") {
        Some(Value::String(word)) => format!("{from}={word}"),
        Some(number) => format!("{from}={number}"),
        None => from.to_owned(),
    }
}
