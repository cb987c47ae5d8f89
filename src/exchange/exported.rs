//! A case written in another format, with what that has no place for.

use serde_json::{Map, Value};

use crate::authoring::{Sort, export_json};
use crate::escape;
use crate::model::Case;
use crate::words::count;

/// A case as a text in another format.
#[derive(Debug)]
pub struct Exported {
    /// The text.
    pub text: String,
    /// What is not in it, each in a few words.
    pub left_out: Vec<String>,
}

/// A case as it stands in JSON: entries by their sections, fields by their names.
pub(super) struct Fields(Value);

impl Fields {
    pub(super) fn of(case: &Case) -> Self {
        Self(serde_json::from_str(&export_json(case)).unwrap_or_default())
    }

    /// The entries of a section, in the order of their ids.
    pub(super) fn entries(&self, sort: Sort) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
        let entries = self.0.get(sort.plural()).and_then(Value::as_object);
        entries.into_iter().flatten().filter_map(|(id, entry)| Some((id.as_str(), entry.as_object()?)))
    }

    /// What is not among the fields that a format has a place for, section by section.
    pub(super) fn left_out(&self, carried: &[(Sort, &[&str])]) -> Vec<String> {
        let mut left_out = Vec::new();
        for sort in [Sort::Actor, Sort::Document, Sort::Claim, Sort::Relationship, Sort::Inference, Sort::Question] {
            let number = self.entries(sort).count();
            let what = |number| count(number, sort.plural().trim_end_matches('s'));
            match carried.iter().find(|(carried, _)| *carried == sort) {
                None if number > 0 => left_out.push(what(number)),
                None => {}
                Some((_, fields)) => {
                    let mut others: Vec<(&str, usize)> = Vec::new();
                    for (name, _) in self.entries(sort).flat_map(|(_, entry)| entry) {
                        if fields.contains(&name.as_str()) {
                            continue;
                        }
                        match others.iter_mut().find(|(known, _)| known == name) {
                            Some((_, number)) => *number += 1,
                            None => others.push((name, 1)),
                        }
                    }
                    left_out.extend(others.iter().map(|(name, number)| format!("`{name}` of {}", what(*number))));
                }
            }
        }
        left_out
    }
}

/// A text of an entry.
pub(super) fn text<'e>(entry: &'e Map<String, Value>, name: &str) -> Option<&'e str> {
    entry.get(name).and_then(Value::as_str)
}

/// The texts of a list of an entry.
pub(super) fn texts<'e>(entry: &'e Map<String, Value>, name: &str) -> Vec<&'e str> {
    entry.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The word of a kind, or its other text.
pub(super) fn kind_of<T>(
    entry: &Map<String, Value>,
    from_word: impl Fn(&str) -> Option<T>,
    other: impl Fn(String) -> T,
) -> Option<T> {
    match entry.get("kind")? {
        Value::String(word) => from_word(word),
        kind => Some(other(kind.get("Other")?.as_str()?.to_owned())),
    }
}

/// JSON on several lines, in which nothing hides.
pub(super) fn pretty(value: &Value) -> String {
    escape::json(&format!("{value:#}\n")).into_owned()
}
