//! Puts what was imported into a case file, field by field: what is there already is not written anew, and everything
//! else, comments and white space included, stays as its author wrote it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagnostic::spliced;
use crate::model::normalized;

use super::edit::{EditError, behind_last, case_of, checked, group_of, indent, indent_of_line, section_of};
use super::format::{Printer, newline};
use super::layout::{WIDTH, quoted};
use super::resolve::Sort;
use super::spelling;
use super::syntax::{Field, Group, Item, Record, Takes, Tree, Value};
use super::token::{Kind, Lexer, Token};

/// What happens to a field that an entry has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It gets the new value.
    Replace,
    /// It stays: the author may have written it, or something better.
    Fill,
    /// Items that its list has not yet are added behind the others; of evidence, links that are not there in any way.
    Extend,
    /// The same; but evidence that is there and says otherwise of the same link gets what is new.
    Update,
}

/// A field of an entry, as it is to stand in a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEdit {
    /// The name of the field.
    pub name: &'static str,
    /// Its value, as RON.
    pub value: String,
    /// What happens where the field is there already.
    pub rule: Rule,
}

/// An entry that is to be in a case file with these fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryEdit {
    /// Where it belongs.
    pub section: Sort,
    /// Its id.
    pub id: String,
    /// Its fields; those of an entry that is there already keep their places.
    pub fields: Vec<FieldEdit>,
}

/// Puts entries into a case file: new ones behind the last of their sections, into those that are there only what they lack
/// or say otherwise. Where nothing is new the text comes back as it was.
///
/// ```
/// use evigraph::internals::authoring::{EntryEdit, FieldEdit, Rule, Sort, merge_entries};
/// let text = "Case(title: \"A\", documents: {\n    \"log\": (title: \"Log\", reliability: B), // kept by hand\n})\n";
/// let title = FieldEdit { name: "title", value: "\"The log\"".to_owned(), rule: Rule::Replace };
/// let log = EntryEdit { section: Sort::Document, id: "log".to_owned(), fields: vec![title] };
/// let merged = merge_entries(text, &[log.clone()])?;
/// assert_eq!(merged, text.replace("\"Log\"", "\"The log\""));
/// assert_eq!(merge_entries(&merged, &[log])?, merged);
/// # Ok::<(), evigraph::edits::EditError>(())
/// ```
///
/// Cost: linear in the size of the text and of what is put into it; where lists are added to, the product of their lengths.
///
/// # Errors
///
/// [`EditError`] where the file is broken, or an id is none.
pub fn merge_entries(text: &str, entries: &[EntryEdit]) -> Result<String, EditError> {
    let root = case_of(text)?;
    let mut merge = Merge { text, newline: newline(text), edits: Vec::new() };
    let mut new_sections: Vec<String> = Vec::new();
    for section in [Sort::Actor, Sort::Document, Sort::Claim, Sort::Relationship, Sort::Inference, Sort::Question] {
        let entries = entries.iter().filter(|entry| entry.section == section);
        match group_of(&root, text, section) {
            Some(group) => merge.section(group, entries)?,
            None => {
                let written = entries.map(|entry| merge.written(entry, 8)).collect::<Result<Vec<_>, _>>()?;
                let written: Vec<String> = written.iter().map(|entry| format!("        {entry}")).collect();
                let between = format!(",{}", merge.newline);
                let new = (!written.is_empty()).then(|| section_of(section, &written.join(&between), merge.newline));
                new_sections.extend(new);
            }
        }
    }
    if !new_sections.is_empty() {
        let between = format!(",{}    ", merge.newline);
        merge.edits.extend(behind_last(text, &root, 4, &new_sections.join(&between), merge.newline));
    }
    merge.edits.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
    Ok(splice(text, &merge.edits))
}

/// A change of a text.
type Change = (Range<usize>, String);

fn splice(text: &str, edits: &[Change]) -> String {
    spliced(text, edits.iter().map(|(bytes, replacement)| (bytes.clone(), replacement.as_str())))
}

struct Merge<'t> {
    text: &'t str,
    /// How the lines of the file end.
    newline: &'static str,
    edits: Vec<Change>,
}

impl Merge<'_> {
    fn section<'e>(&mut self, group: &Group, entries: impl Iterator<Item = &'e EntryEdit>) -> Result<(), EditError> {
        let named = group.items.iter().filter_map(|item| Some((id_of(item, self.text)?, item)));
        let known: FxHashMap<String, &Item> = named.collect();
        let first = group.items.first().and_then(|item| indent(self.text, item.start()));
        let indent = first.unwrap_or_else(|| indent_of_line(self.text, group.opener.start) + 4);
        let mut new: Vec<String> = Vec::new();
        for entry in entries {
            match known.get(checked(&entry.id)?.as_str()) {
                Some(item) => self.update(item, entry),
                None => new.push(self.written(entry, indent)?),
            }
        }
        if !new.is_empty() {
            let between = format!(",{}{:indent$}", self.newline, "");
            self.edits.extend(behind_last(self.text, group, indent, &new.join(&between), self.newline));
        }
        Ok(())
    }

    /// An entry as it is to stand in a section, behind `indent` spaces.
    fn written(&self, entry: &EntryEdit, indent: usize) -> Result<String, EditError> {
        let id = quoted(checked(&entry.id)?.as_str());
        let fields: Vec<String> = entry.fields.iter().map(|field| format!("{}: {}", field.name, field.value)).collect();
        let used = indent + id.chars().count() + 3;
        Ok(format!("{id}: {}", self.laid_out(&format!("({})", fields.join(", ")), indent, used)))
    }

    /// A value as it is to stand behind `used` characters of a line that is set in by `indent`.
    fn laid_out(&self, value: &str, indent: usize, used: usize) -> String {
        match Tree::of(value).root {
            Some(group) => Printer::new(value).alone(&Value::Group(group), indent, used, self.newline),
            None => value.to_owned(),
        }
    }

    /// What an entry that is there lacks of another, or says otherwise.
    fn update(&mut self, item: &Item, entry: &EntryEdit) {
        let Some(Value::Group(record)) = &item.value else { return };
        let mut edits: Vec<Change> = Vec::new();
        let mut new: Vec<String> = Vec::new();
        for field in &entry.fields {
            let is_field = |item: &&Item| item.key.is_some_and(|key| &self.text[key.start..key.end] == field.name);
            match record.items.iter().find(is_field).and_then(|item| item.value.as_ref()) {
                Some(old) => edits.extend(self.change(old, field, Record::Entry(entry.section).field(field.name))),
                None => new.push(format!("{}: {}", field.name, field.value)),
            }
        }
        let whole = record.bytes();
        let is_on_one_line = !self.text[whole.clone()].contains('\n');
        if is_on_one_line && !(edits.is_empty() && new.is_empty()) {
            let written = self.one_line(record, edits, new);
            let used = whole.start - self.text[..whole.start].rfind('\n').map_or(0, |newline| newline + 1);
            let fits = used + written.chars().count() < WIDTH;
            let indent = indent_of_line(self.text, whole.start);
            let written = if fits { written } else { self.laid_out(&written, indent, used + 1) };
            self.edits.push((whole, written));
            return;
        }
        if !new.is_empty() {
            let first = record.items.first().and_then(|item| indent(self.text, item.start()));
            let indent = first.unwrap_or_else(|| indent_of_line(self.text, record.opener.start) + 4);
            let laid_out = new.iter().map(|field| self.field(field, indent));
            let between = format!(",{}{:indent$}", self.newline, "");
            let new = laid_out.collect::<Vec<_>>().join(&between);
            edits.extend(behind_last(self.text, record, indent, &new, self.newline));
        }
        self.edits.extend(edits);
    }

    /// A field on a line of its own.
    fn field(&self, field: &str, indent: usize) -> String {
        let (name, value) = field.split_once(": ").unwrap_or((field, ""));
        format!("{name}: {}", self.laid_out(value, indent, indent + name.len() + 3))
    }

    /// A record that stands on one line, with changes and with new fields behind the others.
    fn one_line(&self, record: &Group, edits: Vec<Change>, new: Vec<String>) -> String {
        let whole = record.bytes();
        let mut edits = edits;
        if !new.is_empty() {
            let last = record.items.last();
            let end = last.map_or(record.opener.end, |last| last.comma.map_or(last.end(), |comma| comma.end));
            let before = match last {
                None => "",
                Some(last) if last.comma.is_some() => " ",
                Some(_) => ", ",
            };
            edits.push((end..end, format!("{before}{}", new.join(", "))));
        }
        edits.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
        let moved = edits.into_iter().map(|(bytes, new)| (bytes.start - whole.start..bytes.end - whole.start, new));
        splice(&self.text[whole.clone()], &moved.collect::<Vec<_>>())
    }

    /// What is to be changed in the value of a field.
    fn change(&self, old: &Value, field: &FieldEdit, takes: Option<&'static Field>) -> Vec<Change> {
        let (bytes, takes) = (old.bytes(), takes.map(|field| field.takes));
        let written = &self.text[bytes.clone()];
        let is_none = written == "None";
        let list = match old {
            Value::Group(group) if group.opener.kind == Kind::LeftBracket => Some(group),
            _ => None,
        };
        match (field.rule, list) {
            (Rule::Fill, _) if !is_none => Vec::new(),
            (Rule::Extend | Rule::Update, Some(group)) => self.extended(group, field, takes),
            (Rule::Extend | Rule::Update, None) if !is_none => Vec::new(),
            _ if meaning(written, takes) == meaning(&field.value, takes) => Vec::new(),
            _ => {
                let indent = indent_of_line(self.text, bytes.start);
                let line = self.text[..bytes.start].rfind('\n').map_or(0, |newline| newline + 1);
                let used = self.text[line..bytes.start].chars().count() + 1;
                vec![(bytes, self.laid_out(&field.value, indent, used))]
            }
        }
    }

    /// The items of another list that a list has not yet, behind its last.
    fn extended(&self, list: &Group, field: &FieldEdit, takes: Option<Takes>) -> Vec<Change> {
        let other = field.value.as_str();
        let Some(others) = Tree::of(other).root else { return Vec::new() };
        let mut known: Vec<String> = list.items.iter().flat_map(|item| item_meanings(item, self.text, takes)).collect();
        let mut new: Vec<&str> = Vec::new();
        let mut changed: Vec<Change> = Vec::new();
        for item in &others.items {
            let written = &other[item.start()..item.end()];
            let meaning = meaning(written, takes);
            if known.contains(&meaning) {
                continue;
            }
            known.push(meaning);
            let links = links_of(item, other).filter(|_| takes == Some(Takes::Evidence));
            let there = |is_it: fn(&Links, &Links) -> bool| {
                let links = links.as_ref()?;
                list.items.iter().find(|old| links_of(old, self.text).is_some_and(|old| is_it(&old, links)))
            };
            match (there(Links::eq), there(Links::meet), field.rule) {
                (Some(old), _, Rule::Update) => changed.push((old.start()..old.end(), written.to_owned())),
                (_, Some(_), Rule::Extend) => {}
                _ => new.push(written),
            }
        }
        changed.extend(self.added(list, &new));
        changed
    }

    /// Items behind the last of a list.
    fn added(&self, list: &Group, new: &[&str]) -> Vec<Change> {
        let Some(last) = list.items.last().filter(|_| !new.is_empty()) else {
            let inside = list.opener.end..list.opener.end;
            return if new.is_empty() { Vec::new() } else { vec![(inside, new.join(", "))] };
        };
        if self.text[list.bytes()].contains('\n') {
            let indent = indent(self.text, last.start()).unwrap_or(indent_of_line(self.text, last.start()) + 4);
            let between = format!(",{}{:indent$}", self.newline, "");
            return behind_last(self.text, list, indent, &new.join(&between), self.newline);
        }
        let (at, before) = last.comma.map_or((last.end(), ", "), |comma| (comma.end, " "));
        vec![(at..at, format!("{before}{}", new.join(", ")))]
    }
}

fn id_of(item: &Item, text: &str) -> Option<String> {
    let key = item.key.filter(|key| key.kind.is_text())?;
    Some(normalized(&spelling::text(key, text).ok()?).into_owned())
}

/// What the item of a list means: of evidence, or an attack, from several that from each of them.
fn item_meanings(item: &Item, text: &str, takes: Option<Takes>) -> Vec<String> {
    let written = &text[item.start()..item.end()];
    let Some(Value::Group(link)) = &item.value else { return vec![meaning(written, takes)] };
    let is_from = |item: &&Item| item.key.is_some_and(|key| &text[key.start..key.end] == "from");
    let from = link.items.iter().find(is_from).and_then(|item| item.value.as_ref());
    let Some(Value::Group(sources)) = from else { return vec![meaning(written, takes)] };
    let (before, behind) = (&text[item.start()..sources.bytes().start], &text[sources.bytes().end..item.end()]);
    let sources = sources.items.iter().map(|source| &text[source.start()..source.end()]);
    sources.map(|source| meaning(&format!("{before}{source}{behind}"), takes)).collect()
}

/// Which links evidence is, whatever else is said of them: its side, its sources and the place there.
#[derive(Debug, PartialEq)]
struct Links {
    side: String,
    from: Vec<String>,
    at: String,
}

impl Links {
    /// Whether both are on the same side, and have a source that is the same.
    fn meet(&self, other: &Self) -> bool {
        self.side == other.side && self.from.iter().any(|from| other.from.contains(from))
    }
}

fn links_of(item: &Item, text: &str) -> Option<Links> {
    let Some(Value::Group(link)) = &item.value else { return None };
    let side = link.name.map(|name| text[name.start..name.end].to_owned())?;
    let field = |name: &str| {
        let is_it = |item: &&Item| item.key.is_some_and(|key| &text[key.start..key.end] == name);
        link.items.iter().find(is_it).and_then(|item| item.value.as_ref())
    };
    let from = match field("from")? {
        Value::Group(list) => list.items.iter().map(|item| meaning(&text[item.start()..item.end()], None)).collect(),
        from => vec![meaning(&text[from.bytes()], None)],
    };
    Some(Links { side, from, at: field("at").map_or(String::new(), |at| meaning(&text[at.bytes()], None)) })
}

/// What a value says, however it is laid out: texts as they are read, words that stand for numbers as numbers, and fields in
/// the order of their names.
fn meaning(value: &str, takes: Option<Takes>) -> String {
    let mut said = String::new();
    match Tree::of(value).root {
        Some(group) => say_group(&group, value, takes, &mut said),
        None => say_token(Lexer::new(value).next(), value, takes, &mut said),
    }
    said
}

fn say_group(group: &Group, text: &str, takes: Option<Takes>, said: &mut String) {
    *said += group.name.map_or("", |name| &text[name.start..name.end]);
    *said += &text[group.opener.start..group.opener.end];
    let said_of = |item: &Item| {
        if group.opener.kind == Kind::LeftBracket {
            return item_meanings(item, text, takes);
        }
        let mut said = item.key.map_or(String::new(), |key| format!("{}:", &text[key.start..key.end]));
        match &item.value {
            Some(Value::Group(group)) => say_group(group, text, takes, &mut said),
            Some(Value::Token(token)) => say_token(*token, text, takes, &mut said),
            None => {}
        }
        vec![said]
    };
    let mut items: Vec<String> = group.items.iter().flat_map(said_of).collect();
    if group.opener.kind == Kind::LeftParen {
        items.sort();
    }
    *said += &items.join(",");
    said.push(')');
}

fn say_token(token: Token, text: &str, takes: Option<Takes>, said: &mut String) {
    let written = &text[token.start..token.end];
    match token.kind {
        // As it would be written, so that nothing in a text is taken for what stands around it.
        kind if kind.is_text() => *said += &quoted(&spelling::text(token, text).unwrap_or(written.into())),
        Kind::Number => *said += &spelling::number(written).map_or(written.to_owned(), |number| number.to_string()),
        Kind::Word => *said += &number_of(written, takes).map_or(written.to_owned(), |number| number.to_string()),
        _ => *said += written,
    }
}

/// The number that a word stands for.
fn number_of(word: &str, takes: Option<Takes>) -> Option<f64> {
    let words = match takes? {
        Takes::Word(words) => words,
        Takes::Evidence => super::syntax::Words::Strength,
        _ => return None,
    };
    words.known().into_iter().find(|(known, _)| *known == word).and_then(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(section: Sort, id: &str, fields: &[(&'static str, &str, Rule)]) -> EntryEdit {
        let field =
            |&(name, value, rule): &(&'static str, &str, Rule)| FieldEdit { name, value: value.to_owned(), rule };
        EntryEdit { section, id: id.to_owned(), fields: fields.iter().map(field).collect() }
    }

    /// The text with an entry in it, which does not change when it is put there again.
    fn merged(text: &str, entries: &[EntryEdit]) -> String {
        let once = merge_entries(text, entries).expect("it can be put there");
        assert_eq!(merge_entries(&once, entries).expect("it can be put there"), once);
        once
    }

    const TITLE: (&str, &str, Rule) = ("title", "\"D\"", Rule::Replace);

    #[test]
    fn several_new_sections_come_behind_the_last() {
        let entries = [entry(Sort::Document, "d", &[TITLE]), entry(Sort::Actor, "a", &[("name", "\"A\"", Rule::Fill)])];
        let expected = "Case(title: \"T\",\n    actors: {\n        \"a\": (name: \"A\"),\n    },\n    documents: {\n        \"d\": (title: \"D\"),\n    },\n)";
        assert_eq!(merged("Case(title: \"T\")", &entries), expected);
    }

    #[test]
    fn what_is_said_already_stays_as_it_is_written() {
        let text = "Case(documents: {\"d\": ( title: r#\"D\"#, tags: [\n\"a\" , ], reliability: 0.8 /* why */ )})";
        let fields = [TITLE, ("tags", "[\"a\"]", Rule::Extend), ("reliability", "B", Rule::Replace)];
        assert_eq!(merged(text, &[entry(Sort::Document, "d", &fields)]), text);
    }

    #[test]
    fn fields_are_replaced_filled_in_and_added_to() {
        let text = "Case(documents: {\n    \"d\": (\n        title: \"Old\", // a comment\n        note: \"mine\",\n        tags: [\"x\"],\n    ),\n})";
        let fields = [
            TITLE,
            ("note", "\"theirs\"", Rule::Fill),
            ("tags", "[\"y\", \"x\", \"y\"]", Rule::Extend),
            ("url", "\"https://example.org\"", Rule::Replace),
        ];
        let expected = "Case(documents: {\n    \"d\": (\n        title: \"D\", // a comment\n        note: \"mine\",\n        tags: [\"x\", \"y\"],\n        url: \"https://example.org\",\n    ),\n})";
        assert_eq!(merged(text, &[entry(Sort::Document, "d", &fields)]), expected);
    }

    #[test]
    fn a_line_that_gets_too_long_is_broken() {
        let text = "Case(documents: {\n    \"d\": (title: \"D\"), // here\n})";
        let note = format!("\"{}\"", "x".repeat(100));
        let fields = [TITLE, ("note", note.as_str(), Rule::Fill)];
        let expected = format!(
            "Case(documents: {{\n    \"d\": (\n        title: \"D\",\n        note: {note},\n    ), // here\n}})"
        );
        assert_eq!(merged(text, &[entry(Sort::Document, "d", &fields)]), expected);
    }

    #[test]
    fn evidence_that_says_more_takes_the_place_of_what_it_was() {
        let text =
            "Case(claims: {\"c\": (text: \"C\", evidence: [Supports(from: \"a\"), Supports(from: \"a\", at: \"2\")])})";
        let stronger = "[Supports(from: \"a\", at: \"2\", strength: Strong)]";
        let expected = text.replace("at: \"2\"", "at: \"2\", strength: Strong");
        assert_eq!(merged(text, &[entry(Sort::Claim, "c", &[("evidence", stronger, Rule::Update)])]), expected);
    }

    #[test]
    fn evidence_from_several_is_evidence_from_each() {
        let text = "Case(claims: {\"c\": (text: \"C\", evidence: [Supports(from: [\"a\", \"b\"], strength: Strong)])})";
        let same = "[Supports(strength: 0.85, from: \"b\"), Opposes(from: \"a\")]";
        let expected = text.replace("Strong)]", "Strong), Opposes(from: \"a\")]");
        for rule in [Rule::Extend, Rule::Update] {
            assert_eq!(merged(text, &[entry(Sort::Claim, "c", &[("evidence", same, rule)])]), expected);
        }
        // What an author has said of a link stays, where that is asked for.
        assert_eq!(
            merged(text, &[entry(Sort::Claim, "c", &[("evidence", "[Supports(from: \"b\")]", Rule::Extend)])]),
            text
        );
    }
}
