//! What stands between two brackets: lists and maps, and the loop that records share with them.

use super::super::token::{Kind, Token};
use super::{Frame, Reader, Text};

/// The outcome of reading one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// It was read, or reported and skipped.
    Taken,
    /// Several were read, with the commas behind them.
    Several,
    /// It belongs to another bracket further out: this one is not closed.
    Foreign,
}

impl<'a> Reader<'a, '_> {
    /// Reads a list, which the caller has seen to be one.
    pub(in super::super) fn list(&mut self, mut item: impl FnMut(&mut Self)) {
        self.group(&[], |reader| {
            if !reader.kind().starts_value() {
                reader.unexpected("a value");
                return Item::Taken;
            }
            let start = reader.mark();
            if reader.kind() == Kind::Word && reader.peek(1) == Kind::Colon && !reader.is_variant() {
                return Item::Foreign;
            }
            item(reader);
            if reader.kind() == Kind::Colon {
                reader.reset(start);
                return Item::Foreign;
            }
            Item::Taken
        });
    }

    /// Whether the word that comes next names a record, not a field: those begin with a capital.
    fn is_variant(&self) -> bool {
        self.words(self.token).starts_with(|letter: char| letter.is_ascii_uppercase())
    }

    /// Reports that the bracket before a map is missing, and supplies it; false where no entry of a map begins.
    pub(in super::super) fn missing_brace(&mut self) -> bool {
        let begins = self.kind().is_text() && self.peek(1) == Kind::Colon && self.peek(2) == Kind::LeftParen;
        if begins {
            let (at, word) = (self.token.start, self.words(self.token));
            let problem = self.syntax(self.token.start..self.token.end, "the `{` before these entries is missing");
            self.slip(problem.help(format!("put `{{` before `{word}`")));
            self.supply(Kind::LeftBrace, at);
        }
        begins
    }

    /// Where a field is written right behind one of these names, `Supportsfrom: …`, reports that the bracket between them
    /// is missing, supplies it, and gives the name.
    pub(in super::super) fn missing_paren(&mut self, names: &[&str]) -> Option<Token> {
        let Token { kind, start, end } = self.token;
        let word = self.words(self.token);
        let glued =
            names.iter().find_map(|name| Some((name, word.strip_prefix(name).filter(|rest| !rest.is_empty())?)));
        let (name, field) = glued.filter(|_| kind == Kind::Word && self.peek(1) == Kind::Colon)?;
        let problem = self.syntax(start..end, format!("a `(` is missing behind `{name}`"));
        self.slip(problem.help(format!("write `{name}({field}: …)`")));
        let name = Token { kind, start, end: start + name.len() };
        self.supply(Kind::LeftParen, name.end);
        Some(name)
    }

    /// Reads one entry of a map with ids for keys.
    pub(super) fn map_item(&mut self, entry: &mut impl FnMut(&mut Self, Text<'a>)) -> Item {
        if self.foreign() {
            return Item::Foreign;
        }
        if self.kind().is_text() && self.peek(1) == Kind::Colon {
            self.fresh(self.token.start);
        }
        if let Some(key) = self.key() {
            self.set_subject(key.span);
            entry(self, key);
        }
        self.subject = None;
        Item::Taken
    }

    /// The id of an entry and the colon behind it.
    fn key(&mut self) -> Option<Text<'a>> {
        let quoted = self.kind().is_text();
        if !quoted && (self.kind() != Kind::Word || self.peek(1) != Kind::Colon) {
            self.unexpected("an id in quotation marks");
            self.skip();
            return None;
        }
        if !quoted && self.peek(2) != Kind::LeftParen {
            self.outside_entry();
            return None;
        }
        let key = match self.unclosed_id() {
            Some(id) => Some(id),
            None if quoted => self.text_value(),
            None => Some(self.bare_key()),
        };
        if self.kind() == Kind::Colon {
            self.advance();
        } else {
            self.unexpected("`:` after the id");
        }
        key
    }

    /// An id without quotation marks.
    fn bare_key(&mut self) -> Text<'a> {
        let token = self.advance();
        let (word, span) = (self.words(token), self.span(token));
        let bytes = token.start..token.end;
        let problem = self.syntax(bytes, "an id stands in quotation marks").help(format!("write `\"{word}\"`"));
        self.slip(problem);
        Text { text: word.into(), span }
    }

    /// A field where an entry belongs: the bracket before it closed too early.
    fn outside_entry(&mut self) {
        let field = self.words(self.token);
        let bytes = self.token.start..self.token.end;
        let problem = self.syntax(bytes, format!("`{field}` stands outside of any entry"));
        self.broken(problem.help("the `)` before it closes the entry too early"));
        self.advance();
        self.advance();
        self.skip();
    }

    /// Reads what stands between the bracket that comes next and the one that closes it.
    pub(super) fn group(&mut self, fields: &'static [&'static str], mut item: impl FnMut(&mut Self) -> Item) {
        let opener = self.advance();
        let closer = opener.kind.closer().unwrap_or(Kind::End);
        self.open.push(Frame { opener, closer, fields });
        loop {
            match self.kind() {
                Kind::Comma => {
                    self.extra_comma();
                    self.advance();
                }
                kind if kind.closes() => {
                    if self.close() {
                        break;
                    }
                }
                kind => {
                    let start = self.token.start;
                    match if kind == Kind::End { Item::Foreign } else { item(self) } {
                        Item::Foreign => {
                            self.unclosed(Frame { opener, closer, fields });
                            break;
                        }
                        Item::Several => {}
                        Item::Taken => {
                            self.make_progress(start);
                            self.separator();
                        }
                    }
                }
            }
        }
        self.open.pop();
    }

    /// Skips a token where an item took none, which would otherwise be read for ever.
    fn make_progress(&mut self, start: usize) {
        let stuck = self.token.start == start && self.kind() != Kind::End && !self.kind().closes();
        if stuck && self.kind() != Kind::Comma {
            self.advance();
        }
    }

    /// The comma between two items.
    pub(super) fn separator(&mut self) {
        match self.kind() {
            Kind::Comma => drop(self.advance()),
            Kind::End => {}
            kind if kind.closes() || self.quiet || self.foreign() => {}
            _ => self.missing_comma(),
        }
    }
}
