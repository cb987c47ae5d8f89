//! What stands between two brackets: lists and maps, and the loop that records share with them.

use crate::diagnostic::Fix;

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
    ///
    /// `first` is the first field of what is in it, where those are records: one may have lost its bracket.
    pub(in super::super) fn list(&mut self, first: Option<&str>, mut item: impl FnMut(&mut Self)) {
        self.group(&[], |reader| {
            if !reader.kind().starts_value() {
                reader.unexpected("a value");
                return Item::Taken;
            }
            let start = reader.mark();
            let is_field = reader.kind() == Kind::Word && reader.peek(1) == Kind::Colon && !reader.is_variant();
            if is_field && first != Some(reader.words(reader.token)) {
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

    /// Whether a bracket follows the word that comes next.
    pub(in super::super) fn has_brackets(&self) -> bool {
        self.peek(1) == Kind::LeftParen
    }

    /// Whether a record with its name before it comes next.
    pub(in super::super) fn is_named_record(&self) -> bool {
        self.kind() == Kind::Word && self.is_variant() && self.peek(1) == Kind::LeftParen
    }

    /// Whether the word that comes next names a record, not a field: those begin with a capital.
    fn is_variant(&self) -> bool {
        self.words(self.token).starts_with(|letter: char| letter.is_ascii_uppercase())
    }

    /// Reports that the bracket before a map is missing, and supplies it; false where no entry of a map begins.
    pub(in super::super) fn missing_brace(&mut self) -> bool {
        let begins = self.kind().is_text() && self.peek(1) == Kind::Colon && self.peek(2) == Kind::LeftParen;
        if begins {
            self.supply_opener(Kind::LeftBrace);
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
        let at = start + name.len();
        self.slip(problem.fix(Fix::safe(format!("write `{name}({field}: …)`"), self.place(at..at), "(")));
        let name = Token { kind, start, end: start + name.len() };
        self.supply(Kind::LeftParen, name.end);
        Some(name)
    }

    /// Reads one entry of a map with ids for keys.
    pub(super) fn map_item(&mut self, entry: &mut impl FnMut(&mut Self, Text<'a>)) -> Item {
        if self.headless_entry() {
            return Item::Taken;
        }
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
        if let Some(id) = self.late_text() {
            self.colon_behind("the id");
            return Some(id);
        }
        let quoted = self.kind().is_text();
        let bare = self.bare_key();
        if !quoted && bare.is_none() {
            if self.kind() == Kind::Word && self.peek(1) == Kind::Colon {
                self.outside_entry();
            } else {
                self.unexpected("an id in quotation marks");
                self.skip();
            }
            return None;
        }
        let key = match bare {
            Some(id) => Some(self.quoted_key(id)),
            None => self.text_value(),
        };
        match key {
            Some(id) if self.kind() == Kind::LeftParen && id.text.ends_with(':') => Some(self.without_colon(id)),
            key => {
                self.colon_behind("the id");
                key
            }
        }
    }

    /// The colon behind a name or an id, of which there is to be one.
    pub(super) fn colon_behind(&mut self, name: &str) {
        if self.kind() != Kind::Colon {
            return self.missing_colon(name);
        }
        self.advance();
        while self.kind() == Kind::Colon {
            let span = self.span(self.token);
            let problem = self.syntax(span.range(), "this colon is one too many");
            self.slip(problem.fix(Fix::safe("remove it", span, "")));
            self.advance();
        }
    }

    /// An id whose colon stands inside its quotation marks.
    fn without_colon(&mut self, id: Text<'a>) -> Text<'a> {
        let end = id.span.range().end;
        let swapped = self.place(end - 1..end + 1);
        let problem = self.syntax(swapped.range(), "this colon stands inside the quotation mark");
        self.slip(problem.fix(Fix::safe("put it behind the mark: `\":`", swapped, "\":")));
        let text = id.text.trim_end_matches(':').to_owned();
        Text { text: text.into(), span: self.place(id.span.range().start..end - 1) }
    }

    /// An id without its quotation marks, or without the first of them: what stands before a colon and a bracket.
    fn bare_key(&self) -> Option<Token> {
        let run = matches!(self.kind(), Kind::Word | Kind::Number).then(|| self.run())?;
        let behind = self.text[run.end..].trim_start_matches('"').trim_start().strip_prefix(':')?;
        behind.trim_start().starts_with('(').then_some(run)
    }

    fn quoted_key(&mut self, id: Token) -> Text<'a> {
        let (word, span) = (self.words(id), self.span(id));
        let has_mark = self.text[id.end..].starts_with('"');
        let bytes = id.start..id.end + usize::from(has_mark);
        let problem = self.syntax(bytes.clone(), "an id stands in quotation marks");
        let fix = Fix::safe(format!("write `\"{word}\"`"), self.place(bytes.clone()), format!("\"{word}\""));
        self.slip(problem.fix(fix));
        self.take_as(Token { end: bytes.end, ..id });
        self.advance();
        Text { text: word.into(), span }
    }

    /// A field where an entry belongs: the bracket before it closed too early.
    fn outside_entry(&mut self) {
        let field = self.words(self.token);
        let bytes = self.token.start..self.token.end;
        let problem = self.syntax(bytes, format!("`{field}` stands outside of any entry"));
        let before =
            self.text[..self.token.start].trim_end_matches(|letter: char| letter == ',' || letter.is_whitespace());
        let bracket = before.ends_with(')').then(|| self.place(before.len() - 1..before.len()));
        let problem = problem.help("the `)` before it closes the entry too early");
        let fix = bracket.map(|bracket| Fix::suggested("remove the `)` before it", bracket, ""));
        self.broken(problem.fix_if(fix));
        self.advance();
        self.advance();
        self.skip();
    }

    /// Reads what stands between the bracket that comes next and the one that closes it.
    pub(super) fn group(&mut self, fields: &'static [&'static str], mut item: impl FnMut(&mut Self) -> Item) {
        let opener = self.token;
        let closer = opener.kind.closer().unwrap_or(Kind::End);
        self.open.push(Frame { opener, closer, fields });
        self.advance();
        self.extra_openers(opener);
        loop {
            match self.kind() {
                Kind::Comma if self.ends_here() => {
                    self.unclosed(Frame { opener, closer, fields });
                    break;
                }
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
            // It stands inside the quotation mark, as was reported.
            _ if self.text[self.last_end..].starts_with(",\"") => {}
            _ => self.missing_comma(),
        }
    }
}
