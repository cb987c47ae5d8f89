//! Brackets that are missing before what they open, or stand there twice.

use crate::diagnostic::Fix;

use super::super::token::{Kind, Token};
use super::Reader;

/// How many tokens are looked through for the bracket that closes.
const FAR: usize = 4096;

/// How many bytes.
pub(super) const REACH: usize = 1 << 16;

/// What one look further on costs at least, in tokens.
const LOOK: usize = 64;

impl<'a> Reader<'a, '_> {
    /// Reports that a bracket is missing before the token that comes next, and supplies it.
    pub(in super::super) fn supply_opener(&mut self, kind: Kind) {
        let (at, bracket) = (self.token.start, kind.sign());
        // On the line of what stands before it, which is where it was left out.
        let end = self.last_end;
        let problem = self.syntax(end..end, format!("a `{bracket}` is missing before {}", self.describe()));
        let place = if self.text[end..at].contains('\n') { end } else { at };
        let space = if place == end { " " } else { "" };
        let fix = Fix::safe(format!("add `{bracket}`"), self.place(place..place), format!("{space}{bracket}"));
        self.slip(problem.label("here").fix(fix));
        self.supply(kind, at);
    }

    /// Supplies the `[` that is missing before a text, which may stand inside its mark: `"[a", "b"]`.
    pub(in super::super) fn opener_inside(&mut self) {
        let Token { start, end, kind } = self.token;
        if kind != Kind::Text || !self.words(self.token).starts_with("\"[") || end - start < 4 {
            return self.supply_opener(Kind::LeftBracket);
        }
        let swapped = self.place(start..start + 2);
        let problem = self.syntax(start..start + 2, "this bracket stands inside the quotation mark");
        self.slip(problem.fix(Fix::safe("put it before the mark: `[\"`", swapped, "[\"")));
        self.supply(Kind::LeftBracket, start);
        self.lexer.skip_to(end);
        self.pending = Some(Token { kind, start: start + 1, end });
    }

    /// A list whose bracket stands behind the first letter of it, `S[upports(…)]`, is taken for one word.
    pub(in super::super) fn late_bracket(&mut self) -> Option<Fix> {
        let Token { start, end, kind } = self.token;
        let is_late = kind == Kind::Word && self.text[end..].starts_with('[');
        let closer = is_late.then(|| self.closer_from(end + 1, Kind::RightBracket)).flatten()?;
        let word = self.words(self.token);
        self.take_as(Token { kind, start, end: closer.end });
        Some(Fix::suggested(format!("put the `[` before `{word}`"), self.place(start..end + 1), format!("[{word}")))
    }

    /// Whether there is patience left for looking far ahead.
    pub(super) fn may_look(&mut self) -> bool {
        let may = self.patience > 0;
        self.patience = self.patience.saturating_sub(LOOK);
        may
    }

    /// What is found among the tokens from a byte on, as long as there is patience, of which each token costs some.
    pub(super) fn look<T>(
        &mut self,
        from: usize,
        find: impl FnOnce(&Self, &mut dyn Iterator<Item = Token>) -> Option<T>,
    ) -> Option<T> {
        if !self.may_look() {
            return None;
        }
        let mut taken = 0_usize;
        let found = find(self, &mut self.ahead(from).inspect(|_| taken += 1));
        self.patience = self.patience.saturating_sub(taken);
        found
    }

    /// The tokens from a byte on, as far as one looks ahead and the texts among them end.
    pub(super) fn ahead(&self, from: usize) -> impl Iterator<Item = Token> {
        let mut lexer = self.lexer_at(from);
        let tokens = std::iter::from_fn(move || Some(lexer.next())).take(FAR);
        let is_end = |kind| matches!(kind, Kind::End | Kind::UnclosedText | Kind::UnclosedComment);
        tokens.take_while(move |token| token.start < from + REACH && !is_end(token.kind))
    }

    /// The first bracket from a byte on that closes and is not opened in between, if it is of that shape and the brackets
    /// between fit each other.
    fn closer_from(&mut self, from: usize, wanted: Kind) -> Option<Token> {
        let mut closers = Vec::new();
        self.look(from, |_, tokens| {
            for token in tokens {
                match token.kind {
                    kind if kind.closes() && closers.is_empty() => return Some(token).filter(|_| kind == wanted),
                    kind if kind.closes() && closers.pop() != Some(kind) => return None,
                    kind => closers.extend(kind.closer()),
                }
            }
            None
        })
    }

    /// The bracket of that shape that closes further on and is not opened from the token that comes next on.
    pub(in super::super) fn closes_ahead(&mut self, wanted: Kind) -> Option<Token> {
        self.closer_from(self.token.start, wanted)
    }

    /// The names of the fields in the innermost bracket, those behind the token that comes next among them.
    pub(super) fn fields_written(&mut self) -> Vec<&'a str> {
        let opener = self.open.last().map_or(0, |frame| frame.opener.end);
        let names = self.look(opener, |reader, tokens| {
            let (mut names, mut depth, mut word) = (Vec::new(), 0_usize, None);
            for token in tokens {
                match token.kind {
                    kind if kind.closes() && depth == 0 => break,
                    Kind::Colon if depth == 0 => names.extend(word.map(|word| reader.words(word))),
                    kind => depth = depth + usize::from(kind.closer().is_some()) - usize::from(kind.closes()),
                }
                word = (token.kind == Kind::Word).then_some(token);
            }
            Some(names)
        });
        names.unwrap_or_default()
    }

    /// Skips brackets right behind one of the same shape that is open, if there is nothing to close them.
    pub(super) fn extra_openers(&mut self, opener: Token) {
        while self.kind() == opener.kind && self.token.start == self.last_end && !self.is_closed_twice(opener) {
            let span = self.span(self.token);
            let problem = self.syntax(span.range(), format!("`{}` is one too many", opener.kind.sign()));
            self.slip(problem.fix(Fix::safe("remove it", span, "")));
            self.advance();
        }
    }

    /// Whether the bracket that comes next is closed, and right behind that the one before it.
    fn is_closed_twice(&mut self, opener: Token) -> bool {
        // Where one may not look any more, none is one too many.
        let Some(closer) = opener.kind.closer().filter(|_| self.patience > 0) else { return true };
        let inner = self.closer_from(self.token.end, closer);
        inner.is_some_and(|inner| self.lexer_at(inner.end).next().kind == closer)
    }

    /// Where an entry of a map begins without its id, reports it and skips it; false where none does.
    pub(super) fn headless_entry(&mut self) -> bool {
        let is_field = self.kind() == Kind::Word && self.peek(1) == Kind::Colon;
        let closer = is_field.then(|| self.closes_ahead(Kind::RightParen)).flatten();
        let follows = |closer: &Token| self.lexer_at(closer.end).next().kind;
        let is_entry = |closer: &Token| matches!(follows(closer), Kind::Comma | Kind::Text | Kind::RightBrace);
        let Some(closer) = closer.filter(is_entry) else { return false };
        let word = self.words(self.token);
        let problem = self.syntax(self.token.start..self.token.end, format!("`{word}` stands outside of any entry"));
        self.fresh(self.token.start);
        self.broken(problem.help("write the id of the entry before it, a colon and a `(`"));
        self.lost_entry = true;
        self.skip_past(closer);
        true
    }

    /// Where entries begin without the name of a section before them, reports it and skips them; false where none do.
    pub(super) fn headless_section(&mut self) -> bool {
        let begins = self.kind().is_text() && self.peek(1) == Kind::Colon && self.peek(2) == Kind::LeftParen;
        let is_headless = begins && self.open.len() == 1;
        let closer = is_headless.then(|| self.closes_ahead(Kind::RightBrace)).flatten();
        let Some(closer) = closer else { return false };
        let end = self.last_end;
        let message = format!("the section of {} has no name", self.describe());
        self.broken(
            self.syntax(end..end, message).label("here").help("write its name, such as `claims`, a colon and a `{`"),
        );
        self.lost_entry = true;
        self.skip_past(closer);
        true
    }

    fn skip_past(&mut self, closer: Token) {
        self.take_as(Token { kind: Kind::Word, end: closer.end, ..self.token });
        self.advance();
    }
}
