//! The text of one entry: where something can be written into it, and how something is taken out of it.
//!
//! Nothing else of the file is touched, and nothing is laid out anew.

use std::ops::Range;

use crate::diagnostic::TextEdit;
use crate::model::normalized;
use crate::source::{FileId, Sources, Span};

use super::format::newline;
use super::notation::is_json;
use super::spelling::inside;
use super::token::{Kind, Lexer, Token};

/// An entry of more tokens than this is left alone.
const MOST_TOKENS: usize = 100_000;

/// How many bytes of a line are looked through before a place in it: what is taken out of a longer one is taken out alone.
const FAR: usize = 4096;

/// The tokens of an entry, from the bracket behind its id to the one that closes it.
pub(super) struct EntryText<'t> {
    file: FileId,
    text: &'t str,
    tokens: Vec<Token>,
}

impl<'t> EntryText<'t> {
    /// The entry whose id stands at a place; none where it is not well formed, or in JSON. Cost: linear in its size.
    pub(super) fn at(sources: &'t Sources, id: Span) -> Option<Self> {
        let file = sources.file(id.somewhere()?.file);
        let text = Some(file.text()).filter(|text| !is_json(file.name(), text))?;
        let mut lexer = Lexer::new(text);
        lexer.skip_to(text[id.range().end..].starts_with('"').then_some(id.range().end + 1)?);
        let mut token = lexer.next();
        while matches!(token.kind, Kind::Colon | Kind::Word) {
            token = lexer.next();
        }
        let (mut tokens, mut closers) = (vec![token], vec![token.kind.closer()?]);
        while let Some(&closer) = closers.last() {
            let token = lexer.next();
            match token.kind {
                Kind::End | Kind::Stray | Kind::UnclosedText | Kind::UnclosedComment => return None,
                kind if kind == closer => drop(closers.pop()),
                kind if kind.closes() => return None,
                kind => closers.extend(kind.closer()),
            }
            tokens.push(token);
            if tokens.len() > MOST_TOKENS {
                return None;
            }
        }
        Some(Self { file: id.file, text, tokens })
    }

    /// Whether a place is in it, behind its id.
    pub(super) fn contains(&self, place: Span) -> bool {
        let (first, last) = (self.tokens[0].start, self.tokens[self.tokens.len() - 1].end);
        place.file == self.file && first <= place.range().start && place.range().end <= last
    }

    /// Adds an item to the list of a field, or adds the field. None where something else than a list stands there.
    pub(super) fn add_to_list(&self, field: &str, item: &str) -> Option<TextEdit> {
        let Some(value) = self.value_of(field) else { return Some(self.add_field(&format!("{field}: [{item}]"))) };
        let bracket = Some(value).filter(|&value| self.tokens[value].kind == Kind::LeftBracket)?;
        let is_empty = self.tokens[bracket + 1].kind == Kind::RightBracket;
        Some(self.insert(self.tokens[bracket].end, if is_empty { item.to_owned() } else { format!("{item}, ") }))
    }

    /// The token that the value of a field begins with.
    fn value_of(&self, field: &str) -> Option<usize> {
        let mut depth = 0;
        self.tokens
            .windows(2)
            .position(|pair| {
                depth += isize::from(pair[0].kind.closer().is_some()) - isize::from(pair[0].kind.closes());
                let is_field = &self.text[pair[0].start..pair[0].end] == field && pair[1].kind == Kind::Colon;
                depth == 1 && pair[0].kind == Kind::Word && is_field
            })
            .map(|name| name + 2)
    }

    /// Where the list of a field names an id.
    pub(super) fn named_in(&self, field: &str, id: &str) -> Option<Span> {
        let bracket = self.value_of(field).filter(|&value| self.tokens[value].kind == Kind::LeftBracket)?;
        let items = self.tokens[bracket..].iter().take_while(|token| token.kind != Kind::RightBracket);
        let mut texts = items.filter(|token| token.kind == Kind::Text);
        let named = texts.find(|token| normalized(&self.text[inside(**token, self.text)]) == id)?;
        Some(Span::new(self.file, named.start..named.end))
    }

    /// Adds a field behind the last one, on a line of its own where the entry has several.
    fn add_field(&self, field: &str) -> TextEdit {
        let [.., last, closer] = self.tokens[..] else { unreachable!("an entry has two brackets") };
        let gap = match self.text[last.end..closer.start].contains('\n') {
            true => format!("{}{}", newline(self.text), self.indent(last.start)),
            false => " ".to_owned(),
        };
        let (before, behind) = match last.kind {
            Kind::LeftParen => ("", ""),
            Kind::Comma => (gap.as_str(), if gap == " " { "" } else { "," }),
            _ => (&*format!(",{gap}"), ""),
        };
        self.insert(last.end, format!("{before}{field}{behind}"))
    }

    /// What stands before the first word of the line of a byte.
    fn indent(&self, at: usize) -> &'t str {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = &self.text[start..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    fn insert(&self, at: usize, replacement: String) -> TextEdit {
        TextEdit { span: Span::new(self.file, at..at), replacement }
    }

    /// Takes the item of a list out that a place is in, of the innermost list.
    pub(super) fn remove_item(&self, place: Span) -> Option<TextEdit> {
        let is_there = |token: &Token| token.start <= place.range().start && place.range().end <= token.end;
        let at = self.tokens.iter().position(is_there)?;
        let item = self.items(self.list_around(at)? + 1)?.into_iter().find(|item| item.contains(&at))?;
        let bytes = self.tokens[item.start].start..self.tokens[item.end - 1].end;
        Some(TextEdit { span: Span::new(self.file, removed(self.text, bytes)), replacement: String::new() })
    }

    /// The bracket that opens the innermost list in which a token is.
    fn list_around(&self, at: usize) -> Option<usize> {
        let mut closed = 0_usize;
        self.tokens[..at].iter().rposition(|token| {
            closed += usize::from(token.kind.closes());
            let opens = token.kind.closer().is_some();
            let is_around = opens && closed == 0;
            closed -= usize::from(opens && closed > 0);
            is_around && token.kind == Kind::LeftBracket
        })
    }

    /// The items of the list whose first token that is.
    fn items(&self, first: usize) -> Option<Vec<Range<usize>>> {
        let (mut items, mut start, mut depth) = (Vec::new(), first, 0_usize);
        for (index, token) in self.tokens.iter().enumerate().skip(first) {
            match token.kind {
                Kind::Comma if depth == 0 => {
                    items.push(start..index);
                    start = index + 1;
                }
                kind if kind.closes() && depth == 0 => {
                    items.extend((start < index).then_some(start..index));
                    return Some(items);
                }
                kind => depth = depth + usize::from(kind.closer().is_some()) - usize::from(kind.closes()),
            }
        }
        None
    }
}

/// The bytes to take out of a file with the item of a list: the comma behind it, or before it if it is the last, and the
/// whole field where the list has nothing else. Cost: at most linear in what is looked through of a line before it, and in
/// the space and the comments behind it.
pub(super) fn removed(text: &str, item: Range<usize>) -> Range<usize> {
    let mut lexer = Lexer::new(text);
    lexer.skip_to(item.end);
    let mut next = lexer.next();
    let comma = (next.kind == Kind::Comma).then_some(next.end);
    if comma.is_some() {
        next = lexer.next();
    }
    let before = before(text, item.start);
    if let Some(field) = before.strip_suffix('[').filter(|_| next.kind == Kind::RightBracket).and_then(field_name) {
        let end = match lexer.next() {
            behind if behind.kind == Kind::Comma => behind.end,
            _ => next.end,
        };
        return widened(text, field..end);
    }
    match comma {
        Some(end) => widened(text, item.start..end),
        None if before.ends_with(',') => before.len() - 1..item.end,
        None => item,
    }
}

/// What stands before a byte, without space; nothing where a comment may stand there.
fn before(text: &str, at: usize) -> &str {
    let before = text[..at].trim_end();
    let line = line_start(before, before.len()).map(|start| &before[start..]);
    let is_bare = line.is_some_and(|line| !line.contains("//") && !line.ends_with("*/"));
    if is_bare { before } else { "" }
}

/// Where the line of a byte starts; none if that is far before it.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let from = text.floor_char_boundary(at.saturating_sub(FAR));
    let newline = text[from..at].rfind('\n').map(|newline| from + newline + 1);
    newline.or((from == 0).then_some(0))
}

/// Where the name of the field starts whose value begins behind a text.
fn field_name(before: &str) -> Option<usize> {
    let name = before.trim_end().strip_suffix(':')?.trim_end();
    let start = name.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_').len();
    (start < name.len()).then_some(start)
}

/// The same bytes with the space behind them, and with their lines where nothing else stands on those.
fn widened(text: &str, bytes: Range<usize>) -> Range<usize> {
    let line = line_start(text, bytes.start);
    let behind = &text[bytes.end..];
    let spaces = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let rest = behind[spaces..].strip_prefix('\r').unwrap_or(&behind[spaces..]);
    let line = line.filter(|&line| text[line..bytes.start].trim().is_empty());
    match line.filter(|_| rest.starts_with('\n')) {
        Some(line) => line..text.len() - rest.len() + 1,
        None if rest.starts_with('\n') => bytes,
        None => bytes.start..bytes.end + spaces,
    }
}
