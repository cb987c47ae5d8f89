//! What stands in a cell: the value of a field in words that a person types.

use crate::authoring::{Takes, Words, date_meant, nearest, quoted};
use crate::diagnostic::Code;

use super::super::entry::list;
use super::super::ids::legal;
use crate::model::{Key, Period};

/// What is wrong with a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
}

fn wrong<T>(code: Code, message: impl Into<String>, help: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { code, message: message.into(), help: help.into() })
}

/// First letters that a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What a cell says, as it is to stand in a file: with `'` before what a spreadsheet would compute, before such a `'`, and
/// where the text is empty.
pub(super) fn guarded(text: &str) -> String {
    if needs_guard(text) { format!("'{text}") } else { text.to_owned() }
}

/// The same without the `'`.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| needs_guard(rest)).unwrap_or(cell)
}

/// Whether a text would be computed or taken for a guard, behind any number of `'`.
fn needs_guard(text: &str) -> bool {
    let behind = text.trim_start_matches('\'');
    behind.is_empty() || behind.starts_with(FORMULA)
}

/// A list in a cell. What would be read otherwise gets a backslash; a list of nothing is a semicolon.
pub(super) fn joined(items: &[String]) -> String {
    if items.is_empty() {
        return ";".to_owned();
    }
    let escaped = items.iter().map(|item| {
        let ends = |at: usize| at == 0 || at + 1 == item.chars().count();
        let mut escaped = String::with_capacity(item.len());
        for (at, letter) in item.chars().enumerate() {
            if matches!(letter, ';' | '\\') || letter.is_whitespace() && ends(at) {
                escaped.push('\\');
            }
            escaped.push(letter);
        }
        escaped
    });
    escaped.collect::<Vec<_>>().join("; ")
}

/// The items of a list in a cell.
pub(super) fn split(cell: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    // What may be trimmed at the end: not what a backslash stands before.
    let (mut item, mut kept, mut letters) = (String::new(), 0, cell.chars());
    let mut end = |item: &mut String, kept: &mut usize| {
        let length = item.trim_end().len().max(*kept);
        item.truncate(length);
        items.extend(Some(std::mem::take(item)).filter(|item| !item.is_empty()));
        *kept = 0;
    };
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                item.extend(letters.next());
                kept = item.len();
            }
            ';' => end(&mut item, &mut kept),
            letter if letter.is_whitespace() && item.is_empty() => {}
            letter => item.push(letter),
        }
    }
    end(&mut item, &mut kept);
    items
}

/// What a cell says, as RON; none where it is empty.
pub(super) fn ron(cell: &str, name: &str, takes: Takes) -> Result<Option<String>, Wrong> {
    if cell.is_empty() || cell.trim().is_empty() && takes != Takes::Text {
        return Ok(None);
    }
    let cell = unguarded(cell);
    let trimmed = cell.trim();
    Ok(Some(match takes {
        Takes::Text if is_date(name) => quoted(&date(trimmed)),
        Takes::Text => quoted(cell),
        Takes::Texts | Takes::Lints | Takes::Paths => list(split(cell).iter().map(|item| quoted(item))),
        Takes::Id(_) => quoted(checked(trimmed)?),
        Takes::Ids(_) | Takes::IdOrIds(_) => {
            let ids = split(cell);
            list(ids.iter().map(|id| checked(id).map(quoted)).collect::<Result<Vec<_>, _>>()?)
        }
        Takes::Number => match trimmed.parse::<u32>() {
            Ok(number) => number.to_string(),
            Err(_) => return wrong(Code::NotANumber, format!("`{trimmed}` is no whole number"), "write digits alone"),
        },
        Takes::Word(words) => word(trimmed, words)?,
        Takes::Records(_) => {
            list(split(cell).iter().map(|attack| self::attack(attack)).collect::<Result<Vec<_>, _>>()?)
        }
        Takes::Evidence | Takes::Entries(_) | Takes::Record(_) => return Ok(None),
    }))
}

/// The ids that a cell names.
pub(super) fn ids(cell: &str, takes: Takes) -> Vec<String> {
    let cell = unguarded(cell);
    match takes {
        Takes::Id(_) => vec![cell.trim().to_owned()],
        Takes::Ids(_) | Takes::IdOrIds(_) => split(cell),
        Takes::Records(_) => split(cell).iter().map(|attack| parted(attack).0.to_owned()).collect(),
        _ => Vec::new(),
    }
}

fn is_date(name: &str) -> bool {
    ["date", "released", "accessed", "period"].contains(&name)
}

/// A date as a case writes it, if a spreadsheet has made another of it and only one can be meant.
fn date(text: &str) -> String {
    if Period::parse(text).is_ok() { text.to_owned() } else { date_meant(text).unwrap_or_else(|| text.to_owned()) }
}

pub(super) fn checked(id: &str) -> Result<&str, Wrong> {
    match Key::new(id) {
        Ok(_) => Ok(id),
        Err(error) => {
            wrong(Code::InvalidId, format!("`{id}` cannot be an id: {error}"), format!("write `{}`", legal(id)))
        }
    }
}

/// An attack: `letter`, or `letter=Weak`.
fn attack(written: &str) -> Result<String, Wrong> {
    let (id, strength) = parted(written);
    let strength = strength.map(|strength| word(strength, Words::Strength)).transpose()?;
    let strength = strength.map_or(String::new(), |strength| format!(", strength: {strength}"));
    Ok(format!("(from: {}{strength})", quoted(checked(id)?)))
}

fn parted(attack: &str) -> (&str, Option<&str>) {
    attack.split_once('=').map_or((attack.trim(), None), |(id, strength)| (id.trim(), Some(strength.trim())))
}

/// A word that stands for a value, or a number where words stand for numbers, or another text where kinds are open.
pub(super) fn word(cell: &str, words: Words) -> Result<String, Wrong> {
    let is_open = matches!(words, Words::Actors | Words::Documents | Words::Relationships);
    let known = words.known();
    let found = known.iter().find(|(word, _)| folded(word) == folded(cell) && *word != "Other");
    if let Some((word, _)) = found {
        return Ok((*word).to_owned());
    }
    if is_open {
        let other = cell.strip_prefix("Other(").and_then(|rest| rest.strip_suffix(')'));
        let meant = words_phrase(cell, words).filter(|_| other.is_none());
        return Ok(meant.unwrap_or_else(|| format!("Other({})", quoted(other.unwrap_or(cell)))));
    }
    let is_number = known.iter().any(|(_, number)| number.is_some()) && words != Words::Manners;
    if let Some(number) = is_number.then(|| cell.replace(',', ".").parse::<f64>().ok()).flatten() {
        return match number {
            0.0..=1.0 => Ok(format!("{number:?}")),
            _ => wrong(Code::OutOfRange, format!("{cell} is not from 0 to 1"), "write a number from 0 to 1"),
        };
    }
    let nearest = nearest(cell, known.iter().map(|(word, _)| *word)).map(|word| format!("did you mean `{word}`?"));
    let all: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    let number = if is_number { ", or a number from 0 to 1" } else { "" };
    wrong(
        Code::UnknownKind,
        format!("`{cell}` is not known here"),
        nearest.unwrap_or_else(|| format!("write {}{number}", all.join(", "))),
    )
}

/// The word of a kind that goes by a phrase.
fn words_phrase(cell: &str, words: Words) -> Option<String> {
    use crate::model::{ActorKind, DocumentKind, RelationshipKind};
    let is_meant = |phrase: &str| folded(phrase) == folded(cell);
    words.known().into_iter().map(|(word, _)| word).find_map(|word| {
        let is_meant = match words {
            Words::Actors => ActorKind::from_word(word).is_some_and(|kind| is_meant(kind.phrase())),
            Words::Documents => DocumentKind::from_word(word).is_some_and(|kind| is_meant(kind.phrase())),
            _ => RelationshipKind::from_word(word).is_some_and(|kind| is_meant(kind.phrase())),
        };
        is_meant.then(|| word.to_owned())
    })
}

/// A word without what people write in different ways.
pub(super) fn folded(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An open kind in a cell: a text that would be taken for a known word is written as one that is not.
pub(super) fn other_kind(text: &str, words: Words) -> String {
    let reads_otherwise = word(text, words).is_ok_and(|ron| ron != format!("Other({})", quoted(text)));
    // Around a text that ends with spaces there would be none.
    if reads_otherwise || text.trim() != text || text.is_empty() { format!("Other({text})") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_text() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("-0043", "'-0043"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("'tis", "'tis"),
            ("", "'"),
            ("'", "''"),
            ("a=b", "a=b"),
        ] {
            assert_eq!((guarded(text).as_str(), unguarded(cell)), (cell, text));
        }
    }

    #[test]
    fn lists_are_read_back() {
        for items in [&["a", "b; c", "d\\", " e ", "f,g"][..], &[], &["x"], &["\\;"]] {
            let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
            assert_eq!(split(&joined(&items)), items, "{}", joined(&items));
        }
        assert_eq!(split("a;b ;; c;"), ["a", "b", "c"]);
    }

    #[test]
    fn words_are_known_however_they_are_typed() {
        assert_eq!(word("news report", Words::Documents), Ok("NewsReport".to_owned()));
        assert_eq!(word("news outlet", Words::Actors), Ok("Outlet".to_owned()));
        assert_eq!(word("register", Words::Documents), Ok("Other(\"register\")".to_owned()));
        assert_eq!(other_kind("book", Words::Documents), "Other(book)");
        assert_eq!(word("Other(book)", Words::Documents), Ok("Other(\"book\")".to_owned()));
        assert_eq!(
            [word("b", Words::Reliability), word("0,8", Words::Reliability)],
            [Ok("B".into()), Ok("0.8".into())]
        );
        assert_eq!(word("1.8", Words::Reliability).map_err(|wrong| wrong.code), Err(Code::OutOfRange));
        assert_eq!(
            word("suported", Words::Expectations).map_err(|wrong| wrong.help),
            Err("did you mean `Supported`?".into())
        );
    }
}
