//! An edit of a case in words.

use crate::compare::{Edit, Link, Value};
use crate::model::Key;

use super::phrase::{joined, side, spaced};

type Set = fn(&Key) -> String;

/// What was edited: "document `kerry-report`", or "the case". Here and below, `set` says how ids are set, for instance
/// [`in_backquotes`](super::in_backquotes).
pub fn edit_subject(edit: &Edit, set: Set) -> String {
    match &edit.id {
        Some(id) => format!("{} {}", edit.sort.name(), set(id)),
        None => "the case".to_owned(),
    }
}

/// The whole of it in a few words: "document `kerry-report`: reliability 0.80 → 0.60", "claim `new` added".
pub fn edit_sentence(edit: &Edit, set: Set) -> String {
    match edit.field {
        Some(_) => format!("{}: {}", edit_subject(edit, set), edit_phrase(edit, set)),
        None => format!("{} {}", edit_subject(edit, set), came_or_went(edit)),
    }
}

/// What was done to it: "reliability 0.80 → 0.60", "evidence for it from `kerry-report` added (finding, 0.85)".
pub fn edit_phrase(edit: &Edit, set: Set) -> String {
    let Some(field) = edit.field else {
        let words = edit.after.as_ref().or(edit.before.as_ref()).map(|value| shown(value, set)).unwrap_or_default();
        return format!("{}: {words}", came_or_went(edit));
    };
    match (field, &edit.link) {
        ("evidence", Some(link)) => format!("{} {}", evidence(link, set), came_or_went(edit)),
        ("weight", Some(link)) => format!("{}: {}", evidence(link, set), weights(edit, set)),
        ("undercut_by", Some(link)) => {
            format!("undercut {}of the {}: {}", from(edit, set), evidence(link, set), strengths(edit, set))
        }
        ("undercut_by", None) => format!("undercut {}{}", from(edit, set), strengths(edit, set)),
        ("impeached_by", _) => format!("impeachment {}{}", from(edit, set), strengths(edit, set)),
        ("effect", Some(link)) => format!("evidence from {} {}", set(&link.from), arrow(edit, set)),
        (field, Some(link)) => format!("{}: {} {}", evidence(link, set), spaced(field), arrow(edit, set)),
        ("entails", _) => now_or_no_longer(edit, set, "entails"),
        ("rivals", _) => now_or_no_longer(edit, set, "a rival of"),
        ("step", _) => arrow(edit, set),
        (field, None) => format!("{} {}", spaced(field), arrow(edit, set)),
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

/// "evidence for it from `kerry-report` (“p. 3”)"
fn evidence(link: &Link, set: Set) -> String {
    let at = link.at.as_ref().map(|at| format!(" ({})", shortened(at))).unwrap_or_default();
    format!("evidence {} it from {}{at}", side(link.effect), set(&link.from))
}

fn weights(edit: &Edit, set: Set) -> String {
    match (&edit.before, &edit.after) {
        (Some(Value::Weight { manner: one, strength: low }), Some(Value::Weight { manner: other, strength: high }))
            if one == other =>
        {
            format!("strength {} → {}", number(*low), number(*high))
        }
        _ => arrow(edit, set),
    }
}

fn from(edit: &Edit, set: Set) -> String {
    edit.other.as_ref().map(|other| format!("by {} ", set(other))).unwrap_or_default()
}

/// `0.65 → 0.40`, `added (0.65)`, `removed`.
fn strengths(edit: &Edit, set: Set) -> String {
    match (&edit.before, &edit.after) {
        (None, Some(after)) => format!("added ({})", shown(after, set)),
        (Some(_), None) => "removed".to_owned(),
        _ => arrow(edit, set),
    }
}

fn now_or_no_longer(edit: &Edit, set: Set, what: &str) -> String {
    let other = edit.other.as_ref().map(set).unwrap_or_default();
    let when = if edit.after.is_some() { "now" } else { "no longer" };
    format!("{when} {what} {other}")
}

/// `0.80 → 0.60`
fn arrow(edit: &Edit, set: Set) -> String {
    let side = |value: &Option<Value>| match value {
        Some(Value::Nothing) if edit.field == Some("standard") => "that of the case".to_owned(),
        value => value.as_ref().map_or_else(|| "nothing".to_owned(), |value| shown(value, set)),
    };
    format!("{} → {}", side(&edit.before), side(&edit.after))
}

fn shown(value: &Value, set: Set) -> String {
    match value {
        Value::Nothing => "none".to_owned(),
        Value::Number(one) => number(*one),
        Value::Text(text) => shortened(text),
        Value::Ids(ids) => joined(ids.iter().map(set)),
        Value::Weight { manner, strength } => {
            let manner = manner.map(|manner| format!("{} ", manner.phrase())).unwrap_or_default();
            format!("{manner}{}", number(*strength))
        }
        Value::Step { given, given_rejected, to, effect } => {
            let given = given.iter().map(set);
            let rejected = given_rejected.iter().map(|id| format!("{} rejected", set(id)));
            format!("from {} {} {}", joined(given.chain(rejected)), side(*effect), set(to))
        }
        Value::Claims { claims, headline } => {
            format!("{} (headline {})", joined(claims.iter().map(set)), set(headline))
        }
    }
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
    use crate::model::{Effect, Manner};
    use crate::words::in_backquotes;

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
        assert_eq!(edit_phrase(&reliability, in_backquotes), "reliability 0.80 → 0.625");
        let none = edit("reliability", Some(Value::Nothing), Some(Value::Number(0.8)));
        assert_eq!(edit_phrase(&none, in_backquotes), "reliability none → 0.80");
    }

    #[test]
    fn a_link_is_told_by_its_side_and_its_source() {
        let weight = |manner, strength| Some(Value::Weight { manner, strength });
        let added = Edit { link: Some(link()), ..edit("evidence", None, weight(Some(Manner::Finding), 0.85)) };
        assert_eq!(
            edit_phrase(&added, in_backquotes),
            "evidence against it from `diary` (“p. 3”) added (finding, 0.85)"
        );
        let changed = Edit { link: Some(link()), ..edit("weight", weight(None, 0.65), weight(None, 0.4)) };
        assert_eq!(
            edit_phrase(&changed, in_backquotes),
            "evidence against it from `diary` (“p. 3”): strength 0.65 → 0.40"
        );
    }

    #[test]
    fn long_words_are_cut() {
        let note = edit("note", Some(Value::Text("short".to_owned())), Some(Value::Text("long ".repeat(5000))));
        assert!(edit_phrase(&note, in_backquotes).chars().count() < 100);
    }
}
