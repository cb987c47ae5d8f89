//! What each word of a file is for: ids, fields, texts and grades with their places, in a file that is broken as well.
//!
//! It is what an editor's help is made from: symbols, definitions, references, names that are changed, colours. It is of
//! one file and its words alone; what an id leads to is for those who have all files of a case.

use std::ops::Range;

use crate::model::normalized;

use super::resolve::Sort;
use super::spelling;
use super::syntax::{Comment, Field, Gap, Group, Item, Record, Sorts, Takes, Tree, Value, Words};
use super::token::{Kind, Token};

/// What a word is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// The id of an entry, where it is given.
    Defined {
        /// The id, in the form in which ids are compared.
        id: String,
        /// What it names.
        sort: Sort,
    },
    /// An id that a field names.
    Used {
        /// The id, in the form in which ids are compared.
        id: String,
        /// The sorts that the field takes.
        wanted: Sorts,
    },
    /// The name of a field; of one that is not known, without what is known of it.
    Field(Option<&'static Field>),
    /// A word that stands for a value.
    Word(Words),
    /// The name before a bracket: `Case`, `Some`.
    Name,
    /// A text in words.
    Text,
    /// The path of a file that is included.
    Path,
    /// The name of a warning that is allowed.
    Lint,
    /// A number.
    Number,
    /// A comment.
    Comment,
}

/// A word, a text or an id with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What it is for.
    pub part: Part,
    /// Its bytes in the file, quotation marks not counted.
    pub bytes: Range<usize>,
    /// The record that it stands in.
    pub record: Record,
    /// The field that it is the value of; its own name, of a field.
    pub field: &'static str,
    /// The entry that it stands in, by its place in [`Outline::entries`].
    pub entry: Option<usize>,
}

/// An entry of a section.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// Its id, in the form in which ids are compared.
    pub id: String,
    /// What it is.
    pub sort: Sort,
    /// The bytes of the id, quotation marks not counted.
    pub name: Range<usize>,
    /// From its id to its end.
    pub extent: Range<usize>,
    /// Its name, its title or its words, where they are written; of a relationship who did what to whom, by ids.
    pub title: String,
}

/// What each word of a file is for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Words, texts, ids, numbers and comments, in the order of the file.
    pub pieces: Vec<Piece>,
    /// The entries, in the order of the file.
    pub entries: Vec<OutlineEntry>,
    /// Every pair of brackets with what stands in it, the outer before the inner.
    pub brackets: Vec<Range<usize>>,
    /// The sections, each with the bytes of its name and its whole extent.
    pub sections: Vec<(Sort, Range<usize>, Range<usize>)>,
}

impl Outline {
    /// The outline of a file. Cost: linear in its size.
    ///
    /// ```
    /// use evigraph::internals::authoring::{Outline, Part};
    /// let outline = Outline::of(r#"Case(claims: {"rain": (text: "It rained.", rivals: ["sun"#);
    /// assert_eq!(outline.entries[0].title, "It rained.");
    /// assert!(matches!(&outline.pieces.last().unwrap().part, Part::Used { id, .. } if id == "sun"));
    /// ```
    pub fn of(text: &str) -> Self {
        let tree = Tree::of(text);
        let mut walk = Walk { text, outline: Self::default(), at: 0, entry: None };
        if let Some(root) = &tree.root {
            walk.record(root, Record::Case, "");
        }
        walk.comments(text.len());
        walk.outline
    }

    /// The piece that a byte is in, or that ends there.
    pub fn piece_at(&self, byte: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.bytes.start <= byte);
        let before = self.pieces[..after].last();
        before.filter(|piece| byte <= piece.bytes.end)
    }

    /// The pieces that are ids, defined or used, each with the id.
    pub fn ids(&self) -> impl Iterator<Item = (&Piece, &str)> {
        self.pieces.iter().filter_map(|piece| Some((piece, piece.id()?)))
    }

    /// The entry that a byte is in.
    pub fn entry_at(&self, byte: usize) -> Option<&OutlineEntry> {
        let after = self.entries.partition_point(|entry| entry.extent.start <= byte);
        self.entries[..after].last().filter(|entry| byte <= entry.extent.end)
    }
}

impl Piece {
    /// The id that it is, defined or used.
    pub fn id(&self) -> Option<&str> {
        match &self.part {
            Part::Defined { id, .. } | Part::Used { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Whether an id is given here.
    pub fn is_definition(&self) -> bool {
        matches!(self.part, Part::Defined { .. })
    }
}

struct Walk<'t> {
    text: &'t str,
    outline: Outline,
    /// Up to where comments were looked for.
    at: usize,
    entry: Option<usize>,
}

impl<'t> Walk<'t> {
    fn words(&self, token: Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    /// Takes the comments before a byte. What is no token may stand there as well, where a file is broken.
    fn comments(&mut self, to: usize) {
        let from = self.at;
        self.at = to.max(from);
        let between = self.text.get(from..to).unwrap_or_default();
        for Comment { text, .. } in Gap::of(between).comments {
            let start = text.as_ptr() as usize - self.text.as_ptr() as usize;
            self.push(Part::Comment, start..start + text.len(), Record::Case, "");
        }
    }

    fn push(&mut self, part: Part, bytes: Range<usize>, record: Record, field: &'static str) {
        self.outline.pieces.push(Piece { part, bytes, record, field, entry: self.entry });
    }

    /// Takes a token, with the comments before it.
    fn token(&mut self, token: Token, part: Part, record: Record, field: &'static str) {
        self.comments(token.start);
        self.at = token.end;
        let bytes = if token.kind.is_text() { inside(token, self.text) } else { token.start..token.end };
        self.push(part, bytes, record, field);
    }

    fn bracket(&mut self, group: &Group, is_known: bool, record: Record, field: &'static str) {
        if let Some(name) = group.name.filter(|_| !is_known) {
            self.token(name, Part::Name, record, field);
        }
        self.comments(group.opener.start);
        self.at = group.opener.end;
        self.outline.brackets.push(group.bytes());
    }

    fn record(&mut self, group: &Group, record: Record, field: &'static str) {
        self.bracket(group, false, record, field);
        for item in &group.items {
            self.item(item, record);
        }
        self.comments(group.closer.map_or(group.end, |closer| closer.start));
    }

    fn item(&mut self, item: &Item, record: Record) {
        let Some(key) = item.key else { return };
        let name = if key.kind.is_text() { &self.text[inside(key, self.text)] } else { self.words(key) };
        let field = record.field(name.strip_prefix("r#").unwrap_or(name));
        self.token(key, Part::Field(field), record, field.map_or("", |field| field.name));
        let (Some(value), Some(field)) = (&item.value, field) else { return };
        if let Takes::Entries(sort) = field.takes {
            let extent = key.start..item.end();
            self.outline.sections.push((sort, key.start..key.end, extent));
        }
        self.value(value, field.takes, record, field.name);
    }

    fn value(&mut self, value: &Value, takes: Takes, record: Record, field: &'static str) {
        match value {
            Value::Token(token) => self.single(*token, takes, record, field),
            Value::Group(group) => self.group(group, takes, record, field),
        }
    }

    fn single(&mut self, token: Token, takes: Takes, record: Record, field: &'static str) {
        let part = match (token.kind, takes) {
            (kind, Takes::Id(wanted) | Takes::Ids(wanted) | Takes::IdOrIds(wanted)) if kind.is_text() => {
                Part::Used { id: id(token, self.text), wanted }
            }
            (kind, Takes::Paths) if kind.is_text() => Part::Path,
            (kind, Takes::Lints) if kind.is_text() => Part::Lint,
            (kind, Takes::Text) if kind.is_text() && record == Record::Allowed && field == "lint" => Part::Lint,
            (kind, _) if kind.is_text() => Part::Text,
            (Kind::Word, Takes::Word(words)) => Part::Word(words),
            (Kind::Word, _) => Part::Name,
            (Kind::Number, _) => Part::Number,
            _ => return,
        };
        if let Part::Text = part {
            self.note_title(token, field);
        }
        if let (Part::Used { .. } | Part::Word(Words::Relationships), Record::Entry(Sort::Relationship)) =
            (&part, record)
        {
            self.note_title(token, field);
        }
        self.token(token, part, record, field);
    }

    fn group(&mut self, group: &Group, takes: Takes, record: Record, field: &'static str) {
        let is_some = group.name.is_some_and(|name| self.words(name) == "Some");
        match (takes, group.opener.kind) {
            (Takes::Record(inner), Kind::LeftParen) if !is_some => self.record(group, inner, field),
            (Takes::Entries(sort), Kind::LeftBrace) => self.entries(group, sort, field),
            (Takes::Word(words), Kind::LeftParen) if !is_some => self.other(group, words, record, field),
            (_, Kind::LeftBracket) => self.list(group, takes, record, field),
            _ => {
                self.bracket(group, false, record, field);
                let values = group.items.iter().filter_map(|item| item.value.as_ref());
                values.for_each(|value| self.value(value, takes, record, field));
            }
        }
    }

    /// `Other("…")`.
    fn other(&mut self, group: &Group, words: Words, record: Record, field: &'static str) {
        if let Some(name) = group.name {
            self.token(name, Part::Word(words), record, field);
            let text = group.items.first().and_then(|item| match item.value {
                Some(Value::Token(text)) => Some(text),
                _ => None,
            });
            self.note_title(text.unwrap_or(name), field);
        }
        self.bracket(group, true, record, field);
        for item in &group.items {
            if let Some(Value::Token(token)) = item.value {
                self.token(token, Part::Text, record, "");
            }
        }
    }

    fn list(&mut self, group: &Group, takes: Takes, record: Record, field: &'static str) {
        self.bracket(group, false, record, field);
        for value in group.items.iter().filter_map(|item| item.value.as_ref()) {
            match (takes, value) {
                (Takes::Records(inner), Value::Group(group)) => self.record(group, inner, field),
                (Takes::Lints, Value::Group(group)) => self.record(group, Record::Allowed, field),
                (Takes::Evidence, Value::Group(group)) => self.evidence(group, record, field),
                (Takes::Evidence, Value::Token(token)) if token.kind == Kind::Word => {
                    self.token(*token, Part::Word(Words::Effects), record, field);
                }
                _ => self.value(value, takes, record, field),
            }
        }
        self.comments(group.closer.map_or(group.end, |closer| closer.start));
    }

    fn evidence(&mut self, group: &Group, record: Record, field: &'static str) {
        if let Some(name) = group.name {
            self.token(name, Part::Word(Words::Effects), record, field);
        }
        self.bracket(group, true, record, field);
        for item in &group.items {
            self.item(item, Record::Evidence);
        }
    }

    fn entries(&mut self, group: &Group, sort: Sort, field: &'static str) {
        self.bracket(group, false, Record::Case, field);
        for item in &group.items {
            let Some(key) = item.key.filter(|key| key.kind.is_text()) else { continue };
            let id = id(key, self.text);
            let (name, extent) = (inside(key, self.text), key.start..item.end());
            self.entry = Some(self.outline.entries.len());
            self.outline.entries.push(OutlineEntry { id: id.clone(), sort, name, extent, title: String::new() });
            self.token(key, Part::Defined { id, sort }, Record::Case, field);
            match &item.value {
                Some(Value::Group(group)) => self.record(group, Record::Entry(sort), field),
                Some(Value::Token(token)) => self.single(*token, Takes::Text, Record::Case, ""),
                None => {}
            }
            self.entry = None;
        }
        self.comments(group.closer.map_or(group.end, |closer| closer.start));
    }

    /// Keeps the words by which an entry is known.
    fn note_title(&mut self, token: Token, field: &str) {
        let Some(entry) = self.entry.and_then(|entry| self.outline.entries.get_mut(entry)) else { return };
        let is_title = match entry.sort {
            Sort::Actor => field == "name",
            Sort::Document => field == "title",
            Sort::Claim | Sort::Question => field == "text",
            Sort::Relationship => ["from", "kind", "to"].contains(&field),
            Sort::Inference => field == "scheme",
        };
        if is_title && (entry.title.is_empty() || entry.sort == Sort::Relationship) {
            let words = spoken(token, self.text);
            let gap = if entry.title.is_empty() { "" } else { " " };
            entry.title += &format!("{gap}{}", words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}

/// The bytes of a text without its quotation marks, whether it ends or not.
fn inside(token: Token, text: &str) -> Range<usize> {
    match token.kind {
        Kind::UnclosedText => (token.start + 1).min(token.end)..token.end,
        _ => spelling::inside(token, text),
    }
}

/// What a text says, as far as it can be read.
fn spoken(token: Token, text: &str) -> String {
    match token.kind {
        Kind::Word | Kind::Number => text[token.start..token.end].to_owned(),
        Kind::UnclosedText => text[inside(token, text)].to_owned(),
        _ => spelling::text(token, text).map_or_else(|_| text[inside(token, text)].to_owned(), Into::into),
    }
}

fn id(token: Token, text: &str) -> String {
    normalized(&spoken(token, text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<(String, bool)> {
        Outline::of(text).ids().map(|(piece, id)| (id.to_owned(), piece.is_definition())).collect()
    }

    const TEXT: &str = r#"// head
Case(
    title: "T", // of the case
    documents: {"d": (title: "D", kind: Other("x"), derives_from: ["a"], reliability: B)},
    claims: {
        "c": (text: "C", evidence: [Supports(from: ["d", "e"], as: Finding, undercut_by: [(from: "x")])], allow: ["one-sided"]),
    },
)
"#;

    #[test]
    fn every_id_has_its_role() {
        let expected = [("d", true), ("a", false), ("c", true), ("d", false), ("e", false), ("x", false)];
        assert_eq!(ids(TEXT), expected.map(|(id, defined)| (id.to_owned(), defined)));
        let outline = Outline::of(TEXT);
        assert!(outline.pieces.is_sorted_by_key(|piece| piece.bytes.start), "they are in the order of the file");
        let words = |part: fn(&Part) -> bool| -> Vec<&str> {
            outline.pieces.iter().filter(|piece| part(&piece.part)).map(|piece| &TEXT[piece.bytes.clone()]).collect()
        };
        assert_eq!(words(|part| matches!(part, Part::Word(_))), ["Other", "B", "Supports", "Finding"]);
        assert_eq!(words(|part| matches!(part, Part::Comment)), ["// head", "// of the case"]);
        assert_eq!(words(|part| matches!(part, Part::Lint)), ["one-sided"]);
        assert_eq!(outline.entries.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["D", "C"]);
    }

    #[test]
    fn a_broken_file_has_an_outline_as_well() {
        let broken = TEXT.replace("as: Finding", "as: Find(").replace("kind: Other(\"x\")", "kind:");
        let expected = [("d", true), ("a", false), ("c", true), ("d", false), ("e", false)];
        let found = ids(&broken);
        assert!(found.starts_with(&expected.map(|(id, defined)| (id.to_owned(), defined))), "{found:?}");
        for end in (0..TEXT.len()).filter(|&end| TEXT.is_char_boundary(end)) {
            Outline::of(&TEXT[..end]);
            Outline::of(&TEXT[end..]);
        }
    }
}
