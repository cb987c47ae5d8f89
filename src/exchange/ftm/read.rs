//! Entities as they are written, with the places of their values.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

use super::super::json::Json;
use super::super::losses::Losses;
use super::super::text::unmarked;

/// Entities within entities beyond this many are not looked into.
const DEEPEST: usize = 8;

/// One entity.
#[derive(Debug)]
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) schema: String,
    pub(super) span: Span,
    /// Values by the names of properties, each with its place.
    pub(super) properties: BTreeMap<String, Vec<(String, Span)>>,
}

impl Entity {
    /// Takes the values of a property.
    pub(super) fn take(&mut self, name: &str) -> Vec<String> {
        self.take_placed(name).into_iter().map(|(value, _)| value).collect()
    }

    pub(super) fn take_placed(&mut self, name: &str) -> Vec<(String, Span)> {
        self.properties.remove(name).unwrap_or_default()
    }
}

/// The entities of a file: one a line, or all in a list. Cost: linear in the size of the file.
pub(super) fn read(file: FileId, whole: &str, losses: &mut Losses) -> Vec<Entity> {
    let (text, mut at) = unmarked(whole);
    let mut entities = Vec::new();
    if text.trim_start().starts_with('[') {
        match Json::read(file, text, at) {
            Ok(json) => json.items().unwrap_or_default().iter().for_each(|item| entity(item, 0, &mut entities, losses)),
            Err(wrong) => losses.push(broken(wrong.span, &wrong.message, Code::Syntax)),
        }
        return entities;
    }
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            match Json::read(file, line, at) {
                Ok(json) => entity(&json, 0, &mut entities, losses),
                Err(wrong) => losses.push(broken(wrong.span, &wrong.message, Code::NotImported)),
            }
        }
        at += line.len();
    }
    entities
}

fn broken(span: Span, message: &str, code: Code) -> Diagnostic {
    let problem = Diagnostic::new(code, span, format!("this is not JSON: {message}"));
    problem.help("FollowTheMoney has one entity a line: `{\"id\": \"…\", \"schema\": \"Person\", \"properties\": {…}}`")
}

fn entity(json: &Json<'_>, depth: usize, entities: &mut Vec<Entity>, losses: &mut Losses) {
    let members = json.members().unwrap_or_default();
    let text = |name: &str| members.get(name).and_then(Json::text).filter(|text| !text.is_empty());
    let (Some(id), Some(schema)) = (text("id"), text("schema")) else {
        let help = "an entity has an `id`, a `schema` and `properties`";
        return losses.lost(json.span(), "this is no entity of FollowTheMoney", help);
    };
    let span = members.get("id").map_or(json.span(), Json::span);
    let mut properties: BTreeMap<String, Vec<(String, Span)>> = BTreeMap::new();
    for (name, value) in members.get("properties").and_then(Json::members).unwrap_or_default() {
        let values = value.items().unwrap_or_else(|| vec![value]);
        let texts = values.iter().filter_map(|value| {
            let text = value.text().or_else(|| nested(value, depth, entities, losses))?;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then(|| (text, value.span()))
        });
        properties.insert(name, texts.collect());
    }
    entities.push(Entity { id, schema, span, properties });
}

/// An entity that stands in the place of its id.
fn nested(json: &Json<'_>, depth: usize, entities: &mut Vec<Entity>, losses: &mut Losses) -> Option<String> {
    let id = json.members()?.get("id")?.text()?;
    if depth < DEEPEST {
        entity(json, depth + 1, entities, losses);
    }
    Some(id)
}
