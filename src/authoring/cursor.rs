//! What can be written at a place of a file that somebody is writing.
//!
//! Only what stands before the place says so: what stands behind it may belong to a bracket or a text that is not closed.

use std::ops::Range;

use super::resolve::Sort;
use super::spelling;
use super::syntax::{Gap, Group, Item, Record, Sorts, Takes, Tree, Value, Words};
use super::token::{Kind, Lexer, Token};

/// What can be written somewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A case: nothing stands there yet.
    File,
    /// The name of a field.
    Field {
        /// The record.
        record: Record,
        /// The fields that it has already.
        written: Vec<String>,
    },
    /// An id.
    Id {
        /// The sorts that fit.
        wanted: Sorts,
        /// The field.
        field: &'static str,
        /// The ids that stand in the same list already.
        listed: Vec<String>,
    },
    /// A word for a value.
    Word(Words),
    /// The path of a file.
    Path,
    /// The name of a warning.
    Lint,
    /// A whole entry, from its id on.
    Entry(Sort),
    /// An entry behind its id and colon.
    Body(Sort),
    /// `Supports(…)` or `Opposes(…)`.
    Evidence,
    /// A record in a list.
    Item(Record),
}

/// A place of a file and what has been typed there.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    /// What can be written there.
    pub place: Place,
    /// The bytes that are replaced: what has been typed, and what goes on behind the place.
    pub typed: Range<usize>,
    /// Whether it is inside quotation marks.
    pub in_text: bool,
    /// The id of the entry that it is in.
    pub entry: Option<String>,
}

/// What can be written at a byte of a text; none in a comment, in a text of the author's own, or where nothing is known.
///
/// Cost: linear in the size of the text.
pub fn cursor(text: &str, byte: usize) -> Option<Cursor> {
    let byte = text.floor_char_boundary(byte.min(text.len()));
    let before = &text[..byte];
    if is_in_comment(before) {
        return None;
    }
    let tree = Tree::of(before);
    let Some(root) = &tree.root else { return at_start(before, byte) };
    let mut found = Finder { text: before, node: Node::Record(Record::Case), entry: None };
    let group = found.innermost(root)?;
    let (place, typed, in_text) = found.place(group, byte)?;
    let typed = typed.start..byte + if in_text { rest_of_text(text, byte) } else { rest_of_word(text, byte) };
    let place = match place {
        Place::Field { record, written } => {
            let all = written_in(text, group.opener.start);
            Place::Field { record, written: written.into_iter().chain(all).collect() }
        }
        place => place,
    };
    Some(Cursor { place, typed, in_text, entry: found.entry })
}

fn at_start(before: &str, byte: usize) -> Option<Cursor> {
    let word = before.len() - before.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric()).len();
    let is_empty = Lexer::new(&before[..byte - word]).next().kind == Kind::End;
    is_empty.then(|| Cursor { place: Place::File, typed: byte - word..byte, in_text: false, entry: None })
}

/// Whether a text ends in a comment.
fn is_in_comment(before: &str) -> bool {
    let mut lexer = Lexer::new(before);
    let mut last = 0;
    loop {
        match lexer.next() {
            Token { kind: Kind::End, .. } => break,
            Token { kind: Kind::UnclosedComment, .. } => return true,
            token => last = token.end,
        }
    }
    let gap = Gap::of(&before[last..]);
    gap.lines_after == 0 && gap.comments.last().is_some_and(|comment| comment.text.starts_with("//"))
}

/// How many bytes behind a place belong to the text that it is in.
fn rest_of_text(text: &str, byte: usize) -> usize {
    let rest = &text[byte..];
    let end = rest.find(['"', '\n', ',', ')', ']', '}', ':']).unwrap_or(rest.len());
    if rest[end..].starts_with('"') { end } else { 0 }
}

fn rest_of_word(text: &str, byte: usize) -> usize {
    text[byte..].find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len() - byte)
}

/// The fields that the bracket at a byte has, in the whole text.
fn written_in(text: &str, opener: usize) -> Vec<String> {
    let tree = Tree::of(text);
    let mut groups: Vec<&Group> = tree.root.iter().collect();
    while let Some(group) = groups.pop() {
        if group.opener.start == opener {
            let keys = group.items.iter().filter_map(|item| item.key);
            return keys.map(|key| text[key.start..key.end].to_owned()).collect();
        }
        let inside = group.items.iter().filter_map(|item| match &item.value {
            Some(Value::Group(group)) if group.bytes().contains(&opener) => Some(group),
            _ => None,
        });
        groups.extend(inside);
    }
    Vec::new()
}

/// What a bracket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Record(Record),
    Entries(Sort),
    List(Takes, &'static str),
    Unknown,
}

struct Finder<'t> {
    text: &'t str,
    node: Node,
    entry: Option<String>,
}

impl<'t> Finder<'t> {
    fn words(&self, token: Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    /// The innermost bracket that is open at the end.
    fn innermost<'g>(&mut self, root: &'g Group) -> Option<&'g Group> {
        let mut group = root;
        if group.closer.is_some() {
            return None;
        }
        while let Some(Item { key, value: Some(Value::Group(inner)), comma: None, .. }) = group.items.last() {
            if inner.closer.is_some() {
                break;
            }
            self.node = self.inside(*key, inner);
            group = inner;
        }
        Some(group)
    }

    fn inside(&mut self, key: Option<Token>, inner: &Group) -> Node {
        let is_list = inner.opener.kind == Kind::LeftBracket;
        match self.node {
            Node::Record(record) => {
                let field = key.and_then(|key| record.field(self.words(key)));
                match field.map(|field| (field.takes, field.name)) {
                    Some((Takes::Record(inner), _)) => Node::Record(inner),
                    Some((Takes::Entries(sort), _)) => Node::Entries(sort),
                    Some((takes, name)) if is_list => Node::List(takes, name),
                    _ => Node::Unknown,
                }
            }
            Node::Entries(sort) => {
                self.entry = key
                    .filter(|key| key.kind == Kind::Text)
                    .map(|key| self.text[spelling::inside(key, self.text)].to_owned());
                Node::Record(Record::Entry(sort))
            }
            Node::List(Takes::Records(record), _) => Node::Record(record),
            Node::List(Takes::Evidence, _) => Node::Record(Record::Evidence),
            Node::List(Takes::Lints, _) => Node::Record(Record::Allowed),
            Node::List(..) | Node::Unknown => Node::Unknown,
        }
    }

    /// What can be written at the end of an open bracket, what has been typed of it, and whether that is in a text.
    fn place(&self, group: &Group, byte: usize) -> Option<(Place, Range<usize>, bool)> {
        let last = group.items.last().filter(|item| item.comma.is_none());
        let key = last.and_then(|item| item.key);
        let token = last.and_then(|item| match item.value {
            Some(Value::Token(token)) => Some(token),
            _ => None,
        });
        let typing = token.filter(|token| token.end == byte && !is_finished(*token, self.text));
        let in_text = typing.is_some_and(|token| token.kind.is_text());
        let typed = typing.map_or(byte..byte, |token| token.start + usize::from(in_text)..byte);
        let is_behind_value = last.is_some_and(|item| item.value.is_some()) && typing.is_none();
        let place = match self.node {
            Node::Record(record) => match key {
                Some(key) if !is_behind_value => {
                    self.value_of(record.field(self.words(key))?.takes, record.field(self.words(key))?.name, &[])?
                }
                _ if in_text => return None,
                _ => Place::Field { record, written: keys(group, self.text) },
            },
            _ if is_behind_value => return None,
            Node::Entries(sort) if key.is_some() => Place::Body(sort),
            Node::Entries(sort) => Place::Entry(sort),
            Node::List(takes, field) => self.value_of(takes, field, &group.items)?,
            Node::Unknown => return None,
        };
        Some((place, typed, in_text))
    }

    fn value_of(&self, takes: Takes, field: &'static str, items: &[Item]) -> Option<Place> {
        Some(match takes {
            Takes::Id(wanted) | Takes::Ids(wanted) | Takes::IdOrIds(wanted) => {
                let texts = items.iter().filter(|item| item.comma.is_some()).filter_map(|item| match item.value {
                    Some(Value::Token(token)) if token.kind == Kind::Text => Some(token),
                    _ => None,
                });
                let listed = texts.map(|token| self.text[spelling::inside(token, self.text)].to_owned()).collect();
                Place::Id { wanted, field, listed }
            }
            Takes::Word(words) => Place::Word(words),
            Takes::Paths => Place::Path,
            Takes::Lints => Place::Lint,
            Takes::Text if field == "lint" => Place::Lint,
            Takes::Evidence => Place::Evidence,
            Takes::Records(record) => Place::Item(record),
            Takes::Record(_) | Takes::Entries(_) | Takes::Text | Takes::Texts | Takes::Number => return None,
        })
    }
}

fn keys(group: &Group, text: &str) -> Vec<String> {
    group.items.iter().filter_map(|item| item.key).map(|key| text[key.start..key.end].to_owned()).collect()
}

/// Whether nothing more can be typed of a token: a text that has both its marks.
fn is_finished(token: Token, text: &str) -> bool {
    token.kind.is_text() && token.kind != Kind::UnclosedText && text.len() == token.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor is where `|` stands.
    fn at(text: &str) -> Option<(Place, String, bool)> {
        let byte = text.find('|').expect("a place is marked");
        let text = text.replacen('|', "", 1);
        cursor(&text, byte).map(|cursor| (cursor.place, text[cursor.typed].to_owned(), cursor.in_text))
    }

    #[test]
    fn ids_are_wanted_where_a_field_takes_them() {
        let is_id = |text: &str, typed: &str, in_text: bool| {
            let found = at(text);
            let fits = matches!(&found, Some((Place::Id { .. }, word, inside)) if word == typed && *inside == in_text);
            assert!(fits, "{text}: {found:?}");
        };
        is_id("Case(claims: {\"c\": (text: \"C\", rivals: [\"x|", "x", true);
        is_id("Case(claims: {\"c\": (text: \"C\", rivals: [\"x|y\"])})", "xy", true);
        is_id("Case(claims: {\"c\": (text: \"C\", rivals: [|])})", "", false);
        is_id("Case(claims: {\"c\": (text: \"C\", evidence: [Supports(from: |", "", false);
        is_id("Case(claims: {\"c\": (text: \"C\", evidence: [Supports(from: [\"a\", \"|", "", true);
        assert!(
            matches!(at("Case(claims: {\"c\": (rivals: [\"a\", \"b|\"])})"), Some((Place::Id { listed, .. }, ..)) if listed == ["a"])
        );
    }

    #[test]
    fn fields_words_and_entries() {
        let place = |text: &str| at(text).map(|(place, ..)| place);
        let written = |text: &str| match place(text) {
            Some(Place::Field { record, written }) => Some((record, written)),
            _ => None,
        };
        let claim = Record::Entry(Sort::Claim);
        let (record, fields) = written("Case(claims: {\"c\": (text: \"C\", |note: \"N\")})").expect("a field");
        assert!(record == claim && fields.contains(&"text".to_owned()) && fields.contains(&"note".to_owned()));
        assert_eq!(written("Case(claims: {\"c\": (te|").map(|(record, _)| record), Some(claim));
        assert_eq!(written("|"), None);
        assert_eq!(place("|"), Some(Place::File));
        assert_eq!(place("// a case\nCa|"), Some(Place::File));
        assert_eq!(place("Case(claims: {|"), Some(Place::Entry(Sort::Claim)));
        assert_eq!(place("Case(claims: {\"c|"), Some(Place::Entry(Sort::Claim)));
        assert_eq!(place("Case(claims: {\"c\": |"), Some(Place::Body(Sort::Claim)));
        assert_eq!(place("Case(claims: {\"c\": (kind: |"), Some(Place::Word(Words::Claims)));
        assert_eq!(place("Case(claims: {\"c\": (kind: Fa|"), Some(Place::Word(Words::Claims)));
        assert_eq!(place("Case(claims: {\"c\": (evidence: [|"), Some(Place::Evidence));
        assert_eq!(place("Case(includes: [\"|"), Some(Place::Path));
        assert_eq!(place("Case(claims: {\"c\": (allow: [\"|"), Some(Place::Lint));
        assert_eq!(place("Case(claims: {\"c\": (text: \"no help|"), None);
        assert_eq!(place("Case(// no help |"), None);
        assert_eq!(place("Case(/* no help |"), None);
    }
}
