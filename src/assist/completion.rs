//! What can be written at a place.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::Path;

use crate::authoring::{Cursor, Field, OutlineEntry, Place, Record, Sort, Words, cursor, field_words};
use crate::diagnostic::{Code, Severity, code_page};
use crate::escape::visible;
use crate::source::{Entry, FileId, Storage};
use crate::words::degree;

use super::hover::verdict_words;
use super::judged::Verdicts;
use super::outlined::OutlinedCase;

/// More than these are not listed; typing on lists others.
const MOST: usize = 300;

/// Into how many folders below its own a file looks for others.
const DEEPEST: usize = 3;

/// How many names it looks at there: what is found by then is offered.
const MOST_NAMES: usize = 2_000;

/// What can be written at a place.
#[derive(Debug, PartialEq, Eq)]
pub struct Choices {
    /// The bytes of the file that a choice replaces.
    pub replaced: Range<usize>,
    /// In the order in which they are offered.
    pub choices: Vec<Choice>,
    /// Whether typing on finds others.
    pub is_incomplete: bool,
}

/// Something that can be written. What is shown of it hides nothing; what is put in is the author's.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// How it is listed.
    pub label: String,
    /// What is put in, with the places to fill in as the language server protocol writes them: `from: "$1", as: ${2:Account}`.
    pub snippet: String,
    /// What it is compared with while somebody types.
    pub filter: String,
    /// Of what kind it is.
    pub kind: ChoiceKind,
    /// A few words behind it.
    pub detail: Option<String>,
    /// More about it, as Markdown.
    pub documentation: Option<String>,
}

/// Of what kind a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceKind {
    /// A record with places to fill in.
    Snippet,
    /// The name of a field.
    Field,
    /// An id.
    Reference,
    /// One of several words.
    Word,
    /// A file.
    File,
    /// The code of a warning.
    Lint,
}

impl Choice {
    fn new(label: impl AsRef<str>, snippet: impl Into<String>, kind: ChoiceKind) -> Self {
        let label = visible(label.as_ref()).into_owned();
        Self { filter: label.clone(), label, snippet: snippet.into(), kind, detail: None, documentation: None }
    }

    fn detail(self, detail: impl AsRef<str>) -> Self {
        Self { detail: Some(visible(detail.as_ref()).into_owned()).filter(|detail| !detail.is_empty()), ..self }
    }

    fn documentation(self, documentation: Option<String>) -> Self {
        Self { documentation, ..self }
    }
}

/// What can be written at a byte of a file; none where nothing is known. Files to include are looked for in `storage`.
pub fn complete(
    case: &OutlinedCase,
    file: FileId,
    byte: usize,
    verdicts: Option<&Verdicts>,
    storage: &dyn Storage,
) -> Option<Choices> {
    if case.is_json(file) {
        return None;
    }
    let text = case.text(file);
    // What is open may be longer: of a file that is no text nothing is kept.
    let byte = text.floor_char_boundary(byte);
    let cursor = cursor(text, byte)?;
    let typed = &text[cursor.typed.start..byte.max(cursor.typed.start)];
    let choices = match &cursor.place {
        Place::File => vec![Choice::new("Case", CASE, ChoiceKind::Snippet).detail("a case")],
        Place::Field { record, written } => fields(*record, written),
        Place::Id { wanted, listed, .. } => ids(case, &cursor, wanted, listed, verdicts),
        Place::Word(words) => self::words(*words),
        Place::Path => paths(case, file, storage),
        Place::Lint => lints(),
        Place::Entry(sort) => vec![entry(*sort, cursor.in_text, typed)],
        Place::Body(sort) => vec![record("(…)", Record::Entry(*sort))],
        Place::Evidence => evidence(),
        Place::Item(item) => vec![record("(…)", *item)],
    };
    let is_incomplete = choices.len() > MOST;
    let near = |choice: &Choice| !is_incomplete || choice.label.to_lowercase().contains(&typed.to_lowercase());
    let frame = Frame::of(&cursor, &text[cursor.typed.end..]);
    let is_entry = matches!(cursor.place, Place::Entry(_));
    let framed = |choice: Choice| {
        let snippet = if frame.is_bare { &choice.label } else { &choice.snippet };
        Choice {
            snippet: format!("{}{snippet}{}", frame.before, frame.behind),
            // A new id is like nothing that is known.
            filter: if is_entry { typed.to_owned() } else { format!("{}{}", frame.before, choice.label) },
            ..choice
        }
    };
    Some(Choices {
        replaced: cursor.typed.start..cursor.typed.end + frame.swallowed,
        choices: choices.into_iter().filter(near).take(MOST).map(framed).collect(),
        is_incomplete,
    })
}

/// What goes around what is put in, and what is there already.
#[derive(Debug, Default)]
struct Frame {
    before: &'static str,
    behind: &'static str,
    /// How many bytes behind the place are replaced as well.
    swallowed: usize,
    /// Whether the name of a field goes in alone, since its colon is there.
    is_bare: bool,
}

impl Frame {
    fn of(cursor: &Cursor, rest: &str) -> Self {
        let is_closed = rest.starts_with('"');
        match cursor.place {
            // A mark that is there is used; one that is missing is put in.
            Place::Id { .. } | Place::Path | Place::Lint if cursor.in_text => {
                Self { behind: if is_closed { "" } else { "\"" }, ..Self::default() }
            }
            Place::Id { .. } | Place::Path | Place::Lint => Self { before: "\"", behind: "\"", ..Self::default() },
            // The mark that an editor puts in by itself is in the snippet.
            Place::Entry(_) => Self { swallowed: usize::from(cursor.in_text && is_closed), ..Self::default() },
            Place::Field { .. } => Self { is_bare: rest.trim_start().starts_with(':'), ..Self::default() },
            _ => Self::default(),
        }
    }
}

const CASE: &str = "Case(\n    title: \"${1:What is asked?}\",\n\n    documents: {\n        $2\n    },\n\n    claims: {\n        $0\n    },\n)";

/// The fields that a record does not have yet, those that it needs first.
fn fields(record: Record, written: &[String]) -> Vec<Choice> {
    let (required, others): (Vec<&Field>, Vec<&Field>) = record
        .fields()
        .iter()
        .filter(|field| !written.iter().any(|other| other == field.name))
        .partition(|field| field.required);
    let choice = |field: &Field| {
        let [open, close] = field.brackets();
        let choice = Choice::new(field.name, format!("{}: {open}$0{close}", field.name), ChoiceKind::Field);
        choice.detail(if field.required { "required" } else { "" }).documentation(field_words(record, field.name))
    };
    required.into_iter().chain(others).map(choice).collect()
}

fn ids(
    case: &OutlinedCase,
    cursor: &Cursor,
    wanted: &[Sort],
    listed: &[String],
    verdicts: Option<&Verdicts>,
) -> Vec<Choice> {
    let fits = |id: &str, sort| {
        wanted.contains(&sort) && cursor.entry.as_deref() != Some(id) && !listed.iter().any(|other| other == id)
    };
    let is_sound = case.loaded.case.is_some();
    let entries = case.entries().filter(|(_, entry)| !entry.id.is_empty() && fits(&entry.id, entry.sort));
    let choice = |entry: &OutlineEntry| {
        let verdict = verdicts.filter(|_| is_sound).and_then(|verdicts| verdicts.of(&entry.id)).map(verdict_words);
        let choice = Choice::new(&entry.id, escaped(&entry.id), ChoiceKind::Reference);
        choice.detail(&entry.title).documentation(verdict)
    };
    entries.map(|(_, entry)| choice(entry)).collect()
}

fn words(words: Words) -> Vec<Choice> {
    let choice = |(word, number): (&'static str, Option<f64>)| {
        let snippet = if word == "Other" { "Other(\"$0\")" } else { word };
        Choice::new(word, snippet, ChoiceKind::Word).detail(number.map(degree).unwrap_or_default())
    };
    words.known().into_iter().map(choice).collect()
}

/// The case files in the folder of a file and below it that it does not include yet.
fn paths(case: &OutlinedCase, file: FileId, storage: &dyn Storage) -> Vec<Choice> {
    let Some(folder) = case.loaded.sources.file(file).path().and_then(Path::parent) else { return Vec::new() };
    // Wide before deep, so that the files nearby are found first.
    let (mut found, mut waiting) = (Vec::new(), VecDeque::from([(folder.to_owned(), String::new(), 0)]));
    let mut left = MOST_NAMES;
    while let Some((folder, before, depth)) = waiting.pop_front().filter(|_| left > 0) {
        let names = storage.names(&folder).unwrap_or_default().into_iter().take(left).collect::<Vec<_>>();
        left -= names.len();
        for name in names.into_iter().filter(|name| !name.starts_with('.')) {
            let (path, shown) = (folder.join(&name), format!("{before}{name}"));
            // A link may lead out of the folder, where nothing may be included from.
            let is_inside = storage.canonicalize(&path).is_ok_and(|canonical| canonical == path);
            match storage.entry(&path) {
                Ok(Entry::Folder) if is_inside && depth < DEEPEST => {
                    waiting.push_back((path, format!("{shown}/"), depth + 1))
                }
                Ok(Entry::File { .. }) if is_inside && shown.ends_with(".ron") => found.push((path, shown)),
                _ => {}
            }
        }
    }
    found.retain(|(path, _)| !case.paths().any(|known| known == path));
    found.sort();
    found.into_iter().map(|(_, shown)| Choice::new(&shown, escaped(&shown), ChoiceKind::File)).collect()
}

fn lints() -> Vec<Choice> {
    let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    warnings
        .map(|&code| Choice::new(code.name(), code.name(), ChoiceKind::Lint).documentation(Some(code_page(code))))
        .collect()
}

fn entry(sort: Sort, in_text: bool, typed: &str) -> Choice {
    let open = if in_text { "" } else { "\"" };
    let id = if typed.is_empty() { "id".to_owned() } else { escaped(typed) };
    let body = required(Record::Entry(sort), 2);
    let what = sort.what();
    Choice::new("\"id\": (…)", format!("{open}${{1:{id}}}\": ({body}),"), ChoiceKind::Snippet).detail(what)
}

fn record(label: &str, record: Record) -> Choice {
    Choice::new(label, format!("({})", required(record, 1)), ChoiceKind::Snippet)
}

fn evidence() -> Vec<Choice> {
    let link = |name: &str| {
        Choice::new(format!("{name}(…)"), format!("{name}(from: \"$1\", as: ${{2:Account}})"), ChoiceKind::Snippet)
    };
    vec![link("Supports").detail("evidence for it"), link("Opposes").detail("evidence against it")]
}

/// The fields that a record needs, with places to fill in that are numbered from `first` on.
fn required(record: Record, first: usize) -> String {
    let needed = record.fields().iter().filter(|field| field.required);
    let written = needed.zip(first..).map(|(field, number)| {
        let [open, close] = field.brackets();
        format!("{}: {open}${number}{close}", field.name)
    });
    written.collect::<Vec<_>>().join(", ")
}

/// An author's words in a snippet, where they mean nothing but themselves.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// A snippet as a plain text: places to fill in are empty, or have what is proposed for them.
pub fn without_places(snippet: &str) -> String {
    let (mut text, mut letters) = (String::new(), snippet.chars().peekable());
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some(_)) => text.extend(letters.next()),
            ('$', Some('{')) => {
                let inside: String = letters.by_ref().take_while(|&letter| letter != '}').collect();
                text += inside.split_once(':').map_or("", |(_, proposed)| proposed);
            }
            ('$', Some(_)) => while letters.next_if(char::is_ascii_digit).is_some() {},
            (letter, _) => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::{Input, load};
    use crate::source::Disk;

    /// Found by fuzzing: an open case that becomes what looks like UTF-16 or rich text.
    #[test]
    fn behind_the_end_of_a_file_that_is_no_text_is_its_end() {
        for text in ["{\\rtf1 Case(", "C\0a\0s\0e\0(\0"] {
            let input = Input::Text { name: "case.ron".to_owned(), text: text.to_owned() };
            let case = OutlinedCase::new(load(input).expect("a text can be read"));
            let file = case.files().next().expect("a file");
            let offered = |byte| complete(&case, file, byte, None, &Disk).map(|choices| choices.choices.len());
            assert_eq!((case.text(file), offered(text.len())), ("", offered(0)));
        }
    }

    #[test]
    fn snippets_are_plain_texts_where_the_editor_takes_none() {
        assert_eq!(without_places("\"${1:id}\": (text: \"$2\", a\\$b: ${3}),$0"), "\"id\": (text: \"\", a$b: ),");
        assert_eq!(required(Record::Entry(Sort::Relationship), 2), "from: \"$2\", to: \"$3\", kind: $4");
        assert_eq!(required(Record::Entry(Sort::Inference), 1), "given: [\"$1\"], to: \"$2\", effect: $3");
    }
}
