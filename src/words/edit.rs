//! An edit of a case in words.

use crate::compare::{Edit, Link, Value};
use crate::model::{Effect, Key};

use super::phrase::joined;

/// What was edited: "document `kerry-report`", or "the case".
pub fn edit_subject(edit: &Edit) -> String {
    match &edit.id {
        Some(id) => format!("{} `{id}`", edit.sort.name()),
        None => "the case".to_owned(),
    }
}

/// The whole of it in a few words: "document `kerry-report`: reliability 0.80 → 0.60", "claim `new` added".
pub fn edit_sentence(edit: &Edit) -> String {
    match edit.field {
        Some(_) => format!("{}: {}", edit_subject(edit), edit_phrase(edit)),
        None => format!("{} {}", edit_subject(edit), came_or_went(edit)),
    }
}

/// What was done to it: "reliability 0.80 → 0.60", "evidence for it from `kerry-report` added (finding, 0.85)".
pub fn edit_phrase(edit: &Edit) -> String {
    let Some(field) = edit.field else {
        let words = edit.after.as_ref().or(edit.before.as_ref()).map(shown).unwrap_or_default();
        return format!("{}: {words}", came_or_went(edit));
    };
    match (field, &edit.link) {
        ("evidence", Some(link)) => format!("{}{}", evidence(link), came_or_went(edit)),
        ("weight", Some(link)) => format!("{}: {}", evidence(link).trim_end(), weights(edit)),
        ("undercut_by", Some(link)) => {
            format!("undercut {}of the {}: {}", from(edit), evidence(link).trim_end(), strengths(edit))
        }
        ("undercut_by", None) => format!("undercut {}{}", from(edit), strengths(edit)),
        ("impeached_by", _) => format!("impeachment {}{}", from(edit), strengths(edit)),
        ("effect", Some(link)) => format!("evidence from `{}` {}", link.from, arrow(edit)),
        (field, Some(link)) => format!("{}: {} {}", evidence(link).trim_end(), words_of(field), arrow(edit)),
        ("entails", _) => now_or_no_longer(edit, "entails"),
        ("rivals", _) => now_or_no_longer(edit, "a rival of"),
        ("step", _) => arrow(edit),
        (field, None) => format!("{} {}", words_of(field), arrow(edit)),
    }
}

/// `added (finding, 0.85)`, `removed`.
fn came_or_went(edit: &Edit) -> String {
    match (&edit.before, &edit.after) {
        (None, Some(Value::Weight { manner, strength })) => {
            let manner = manner.map(|manner| format!("{}, ", manner.phrase())).unwrap_or_default();
            format!("added ({manner}{})", number(*strength))
        }
        (None, _) => "added".to_owned(),
        (Some(_), _) => "removed".to_owned(),
    }
}

/// `evidence for it from `kerry-report`, p. 3, `
fn evidence(link: &Link) -> String {
    let side = if link.effect == Effect::Supports { "for" } else { "against" };
    let at = link.at.as_ref().map(|at| format!(" ({})", shortened(at))).unwrap_or_default();
    format!("evidence {side} it from `{}`{at} ", link.from)
}

fn weights(edit: &Edit) -> String {
    match (&edit.before, &edit.after) {
        (Some(Value::Weight { manner: one, strength: low }), Some(Value::Weight { manner: other, strength: high }))
            if one == other =>
        {
            format!("strength {} → {}", number(*low), number(*high))
        }
        _ => arrow(edit),
    }
}

fn from(edit: &Edit) -> String {
    edit.other.as_ref().map(|other| format!("by `{other}` ")).unwrap_or_default()
}

/// `0.65 → 0.40`, `added (0.65)`, `removed`.
fn strengths(edit: &Edit) -> String {
    match (&edit.before, &edit.after) {
        (None, Some(after)) => format!("added ({})", shown(after)),
        (Some(_), None) => "removed".to_owned(),
        _ => arrow(edit),
    }
}

fn now_or_no_longer(edit: &Edit, what: &str) -> String {
    let other = edit.other.as_ref().map(|other| format!("`{other}`")).unwrap_or_default();
    let when = if edit.after.is_some() { "now" } else { "no longer" };
    format!("{when} {what} {other}")
}

/// `0.80 → 0.60`
fn arrow(edit: &Edit) -> String {
    let side = |value: &Option<Value>| match value {
        Some(Value::Nothing) if edit.field == Some("standard") => "that of the case".to_owned(),
        value => value.as_ref().map_or_else(|| "nothing".to_owned(), shown),
    };
    format!("{} → {}", side(&edit.before), side(&edit.after))
}

fn words_of(field: &str) -> String {
    field.replace('_', " ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Nothing => "none".to_owned(),
        Value::Number(one) => number(*one),
        Value::Text(text) => shortened(text),
        Value::Ids(ids) => ids_joined(ids),
        Value::Weight { manner, strength } => {
            let manner = manner.map(|manner| format!("{} ", manner.phrase())).unwrap_or_default();
            format!("{manner}{}", number(*strength))
        }
        Value::Step { given, given_rejected, to, effect } => {
            let given = given.iter().map(|id| format!("`{id}`"));
            let rejected = given_rejected.iter().map(|id| format!("`{id}` rejected"));
            let side = if *effect == Effect::Supports { "for" } else { "against" };
            format!("from {} {side} `{to}`", joined(given.chain(rejected)))
        }
        Value::Claims { claims, headline } => format!("{} (headline `{headline}`)", ids_joined(claims)),
    }
}

fn ids_joined(ids: &[Key]) -> String {
    joined(ids.iter().map(|id| format!("`{id}`")))
}

/// Two decimals, or as many as it has.
fn number(number: f64) -> String {
    let short = format!("{number:.2}");
    if short.parse() == Ok(number) { short } else { number.to_string() }
}

/// The beginning of an author's words, in quotation marks.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return format!("“{line}”");
    }
    let start: String = line.chars().take(MOST - 1).collect();
    format!("“{}…”", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Bearing, Sort};
    use crate::model::Manner;

    fn edit(field: &'static str, before: Option<Value>, after: Option<Value>) -> Edit {
        let id = Key::new("log").ok();
        let bearing = Bearing::Verdicts;
        Edit { sort: Sort::Claim, id, field: Some(field), link: None, other: None, before, after, bearing }
    }

    fn link() -> Link {
        Link { effect: Effect::Opposes, from: Key::new("diary").expect("an id"), at: Some("p. 3".to_owned()) }
    }

    #[test]
    fn numbers_are_shown_as_an_author_writes_them() {
        let reliability = edit("reliability", Some(Value::Number(0.8)), Some(Value::Number(0.625)));
        assert_eq!(edit_phrase(&reliability), "reliability 0.80 → 0.625");
        let none = edit("reliability", Some(Value::Nothing), Some(Value::Number(0.8)));
        assert_eq!(edit_phrase(&none), "reliability none → 0.80");
    }

    #[test]
    fn a_link_is_told_by_its_side_and_its_source() {
        let weight = |manner, strength| Some(Value::Weight { manner, strength });
        let added = Edit { link: Some(link()), ..edit("evidence", None, weight(Some(Manner::Finding), 0.85)) };
        assert_eq!(edit_phrase(&added), "evidence against it from `diary` (“p. 3”) added (finding, 0.85)");
        let changed = Edit { link: Some(link()), ..edit("weight", weight(None, 0.65), weight(None, 0.4)) };
        assert_eq!(edit_phrase(&changed), "evidence against it from `diary` (“p. 3”): strength 0.65 → 0.40");
    }

    #[test]
    fn long_words_are_cut() {
        let note = edit("note", Some(Value::Text("short".to_owned())), Some(Value::Text("long ".repeat(5000))));
        assert!(edit_phrase(&note).chars().count() < 100);
    }
}
