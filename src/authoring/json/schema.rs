//! The JSON Schema of a case, for editors and for programs that write cases.
//!
//! It is made from the table that says what each field takes, so that the two cannot disagree; its descriptions are the
//! rows of the reference.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Severity};

use super::super::resolve::Sort;
use super::super::syntax::{Field, Record, Takes, Words, field_words};
use super::values::SIDES;

/// The JSON Schema (2020-12) of a case in JSON. A file that a case includes is described by `#/$defs/case`, in which a
/// title is not required.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&evigraph::json_schema())?;
/// assert_eq!(schema["$defs"]["actor"]["required"], serde_json::json!(["name"]));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn json_schema() -> String {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case of evigraph",
        "description": "Who speaks, in which documents, about which claims, and how one thing bears on another.",
        "$ref": "#/$defs/case",
        "required": ["title"],
        "$defs": definitions(),
    });
    format!("{schema:#}\n")
}

const RECORDS: [Record; 14] = [
    Record::Case,
    Record::Thresholds,
    Record::Bar,
    Record::Entry(Sort::Actor),
    Record::Entry(Sort::Document),
    Record::Entry(Sort::Claim),
    Record::Entry(Sort::Relationship),
    Record::Entry(Sort::Inference),
    Record::Entry(Sort::Question),
    Record::Evidence,
    Record::Attack,
    Record::Allowed,
    Record::Report,
    Record::Section,
];

const WORDS: [Words; 11] = [
    Words::Actors,
    Words::Documents,
    Words::Claims,
    Words::Relationships,
    Words::Standards,
    Words::Manners,
    Words::Effects,
    Words::Expectations,
    Words::Reliability,
    Words::Strength,
    Words::Withheld,
];

fn definitions() -> Map<String, Value> {
    let records = RECORDS.iter().map(|&record| (record_name(record).to_owned(), object(record)));
    let words = WORDS.iter().map(|&words| (words_name(words).to_owned(), values(words)));
    let others = [("side", side()), ("warning", warning()), ("id", id()), ("date", date())];
    records.chain(words).chain(others.map(|(name, value)| (name.to_owned(), value))).collect()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn record_name(record: Record) -> &'static str {
    match record {
        Record::Case => "case",
        Record::Thresholds => "thresholds",
        Record::Bar => "bar",
        Record::Entry(Sort::Actor) => "actor",
        Record::Entry(Sort::Document) => "document",
        Record::Entry(Sort::Claim) => "claim",
        Record::Entry(Sort::Relationship) => "relationship",
        Record::Entry(Sort::Inference) => "inference",
        Record::Entry(Sort::Question) => "question",
        Record::Evidence => "evidence",
        Record::Attack => "attack",
        Record::Allowed => "allowed",
        Record::Report => "report",
        Record::Section => "section",
    }
}

fn words_name(words: Words) -> &'static str {
    match words {
        Words::Actors => "actor-kind",
        Words::Documents => "document-kind",
        Words::Claims => "claim-kind",
        Words::Relationships => "relationship-kind",
        Words::Standards => "standard",
        Words::Manners => "manner",
        Words::Effects => "effect",
        Words::Expectations => "expectation",
        Words::Reliability => "reliability",
        Words::Strength => "strength",
        Words::Withheld => "withheld",
    }
}

/// A record. A title is required of the opened file only, which the whole schema says.
fn object(record: Record) -> Value {
    let fields = record.fields().iter().map(|field| (field.name.to_owned(), described(record, field)));
    let schema = (record == Record::Case).then(|| ("$schema".to_owned(), json!({ "type": "string" })));
    let required = record.fields().iter().filter(|field| field.required && record != Record::Case);
    let required: Vec<&str> = required.map(|field| field.name).collect();
    let properties: Map<String, Value> = schema.into_iter().chain(fields).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// What a field takes, with what the reference says of it.
fn described(record: Record, field: &Field) -> Value {
    let mut taken = taken(record, field);
    if let Some((words, object)) = field_words(record, field.name).zip(taken.as_object_mut()) {
        object.insert("description".to_owned(), words.into());
    }
    taken
}

fn taken(record: Record, field: &Field) -> Value {
    let list = |item: Value| json!({ "type": "array", "items": item });
    match field.takes {
        Takes::Text if ["date", "released", "accessed", "period"].contains(&field.name) => reference("date"),
        Takes::Text if record == Record::Allowed && field.name == "lint" => reference("warning"),
        Takes::Text => text(),
        Takes::Texts | Takes::Paths => list(text()),
        Takes::Number if field.name == "cite" => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Takes::Number => share(),
        Takes::Id(_) => reference("id"),
        Takes::Ids(_) => list(reference("id")),
        Takes::IdOrIds(_) => json!({ "anyOf": [reference("id"), list(reference("id"))] }),
        Takes::Word(words) => reference(words_name(words)),
        Takes::Record(record) => reference(record_name(record)),
        Takes::Records(record) => list(reference(record_name(record))),
        Takes::Evidence => list(reference("side")),
        Takes::Entries(sort) => json!({
            "type": "object",
            "propertyNames": reference("id"),
            "additionalProperties": reference(record_name(Record::Entry(sort))),
        }),
        Takes::Lints => list(json!({ "anyOf": [reference("warning"), reference(record_name(Record::Allowed))] })),
    }
}

fn text() -> Value {
    json!({ "type": "string" })
}

/// A number from 0 to 1.
fn share() -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": 1 })
}

/// Words that stand for values, with what may stand in their place.
fn values(words: Words) -> Value {
    let known: Vec<&str> = words.known().iter().map(|(word, _)| *word).collect();
    let listed = json!({ "enum": known });
    match words {
        Words::Reliability | Words::Strength | Words::Withheld => json!({ "anyOf": [listed, share()] }),
        Words::Actors | Words::Documents | Words::Relationships => {
            let other = json!({ "Other": { "type": "string", "description": "a kind in your own words" } });
            let other =
                json!({ "type": "object", "properties": other, "required": ["Other"], "additionalProperties": false });
            json!({ "anyOf": [listed, other] })
        }
        _ => listed,
    }
}

/// Evidence, for or against.
fn side() -> Value {
    let sides: Map<String, Value> =
        SIDES.iter().map(|(side, _)| ((*side).to_owned(), reference(record_name(Record::Evidence)))).collect();
    json!({
        "type": "object",
        "properties": sides,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
    })
}

/// The warnings that can be allowed.
fn warning() -> Value {
    let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    json!({ "enum": warnings.map(|code| code.name()).collect::<Vec<_>>() })
}

fn id() -> Value {
    json!({
        "type": "string",
        "description": "letters and digits of any script, `-`, `_` and `.`; the first is a letter or a digit",
        // Not every checker of schemas knows properties of Unicode. This one leaves the signs of other scripts to `check`.
        "pattern": r"^[^\u0000-/:-@\[-`{-\u00a9\u2000-\u206f][^\u0000-,/:-@\[-^`{-\u00a9\u2000-\u206f]*$",
        "maxLength": 200,
    })
}

/// The forms of dates that can be read. Which days there are is for `check` to say, and any other text is a warning there.
fn date() -> Value {
    let day = r"[?~%]?(?:-?[0-9X]{4}|Y-?[0-9]{5,})[?~%]?(?:-[?~%]?[0-9X]{2}[?~%]?){0,2}";
    let interval = |between: &str| format!(r"(?:{day}|\.\.)?(?:{between}(?:{day}|\.\.)?)?");
    let (of_two, of_many) = (interval("/"), interval(r"\.\."));
    let old_style = "[0-9]{4}/[0-9]{1,2}(?:-[0-9]{2}){0,2}";
    let set = format!(r"[\[{{] *{of_many} *(?:, *{of_many} *)*[\]}}]");
    json!({
        "type": "string",
        "description": "ISO 8601 or EDTF: 1986, 1986-10, 1986-10-05, 1984/1986, 1985~ or 198X",
        "pattern": format!("^(?:{of_two}|{old_style}|{set})$"),
        "examples": ["1986", "1986-10", "1986-10-05", "1984/1986", "1985~", "198X"],
    })
}
