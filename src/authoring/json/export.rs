//! A case as one JSON file.

use serde_json::{Map, Value as Json};

use crate::escape;
use crate::model::Case;

use super::super::build::Builder;
use super::super::layout::Value;

/// A case as one JSON file, with the fields of [`print`](super::super::print) in its order: loading it gives the same case
/// again, places apart. Comments, allowed warnings, and which file said what are not in it.
///
/// ```
/// use evigraph::{Input, export_json, load, print};
/// let case = evigraph::open("graphs/two-sources.ron")?.case.ok_or("it has no errors")?;
/// let again = load(Input::Text { name: "case.json".to_owned(), text: export_json(&case) })?;
/// assert_eq!(again.case.as_ref().map(print), Some(print(&case)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Cost: linear in the size of the case.
pub fn export_json(case: &Case) -> String {
    let object = object(&Builder::from(case).fields());
    escape::json(&format!("{:#}\n", Json::Object(object))).into_owned()
}

fn object(fields: &[(&'static str, Value)]) -> Map<String, Json> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), json(value))).collect()
}

fn json(value: &Value) -> Json {
    match value {
        Value::Word(text) | Value::Text(text) => Json::from(text.as_str()),
        Value::Number(number) => Json::from(*number),
        Value::Whole(number) => Json::from(*number),
        Value::Wrapped(word, text) => Json::from_iter([(*word, text.as_str())]),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Record("", fields) => Json::Object(object(fields)),
        Value::Record(name, fields) => Json::from_iter([(name.to_lowercase(), Json::Object(object(fields)))]),
        Value::Map(entries) => entries.iter().map(|(id, entry)| (id.clone(), json(entry))).collect(),
    }
}
