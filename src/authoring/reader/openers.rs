//! Brackets that are missing before what they open, or stand there twice.

use crate::diagnostic::Fix;

use super::super::token::{Kind, Token};
use super::Reader;

/// How many tokens are looked through for the bracket that closes.
const FAR: usize = 4096;

impl Reader<'_, '_> {
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
        let (mut ahead, mut depth) = (self.lexer_at(is_late.then_some(end)?), 0_usize);
        let closer = (0..FAR).map(|_| ahead.next()).take_while(|token| token.kind != Kind::End).find(|token| {
            depth += usize::from(token.kind.closer().is_some());
            depth -= usize::from(token.kind.closes() && depth > 0);
            depth == 0
        })?;
        let word = self.words(self.token);
        self.take_as(Token { kind, start, end: closer.end });
        Some(Fix::suggested(format!("put the `[` before `{word}`"), self.place(start..end + 1), format!("[{word}")))
    }

    /// The bracket that closes further on and is not opened between the token that comes next and itself, and the token
    /// behind it; none if it is far.
    pub(in super::super) fn closes_ahead(&self) -> Option<(Token, Token)> {
        let (mut ahead, mut token, mut closers) = (self.lexer.clone(), self.token, Vec::new());
        for _ in 0..FAR {
            match token.kind {
                Kind::End | Kind::UnclosedText | Kind::UnclosedComment => return None,
                kind if kind.closes() && closers.is_empty() => return Some((token, ahead.next())),
                kind if kind.closes() && closers.pop() != Some(kind) => return None,
                kind => closers.extend(kind.closer()),
            }
            token = ahead.next();
        }
        None
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
    fn is_closed_twice(&self, opener: Token) -> bool {
        let mut ahead = self.lexer.clone();
        let mut closers = vec![opener.kind.closer()];
        for _ in 0..FAR {
            let Some(closer) = closers.last() else {
                return Some(ahead.next().kind) == opener.kind.closer();
            };
            match ahead.next().kind {
                Kind::End | Kind::UnclosedText | Kind::UnclosedComment => return false,
                kind if Some(kind) == *closer => drop(closers.pop()),
                kind if kind.closes() => return false,
                kind if kind.closer().is_some() => closers.push(kind.closer()),
                _ => {}
            }
        }
        false
    }

    /// Where an entry of a map begins without its id, reports it and skips it; false where none does.
    pub(super) fn headless_entry(&mut self) -> bool {
        let is_field = self.kind() == Kind::Word && self.peek(1) == Kind::Colon;
        let end = is_field.then(|| self.closes_ahead()).flatten().filter(|(closer, behind)| {
            closer.kind == Kind::RightParen && matches!(behind.kind, Kind::Comma | Kind::Text | Kind::RightBrace)
        });
        let Some((closer, _)) = end else { return false };
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
        let end = begins.then(|| self.closes_ahead()).flatten().filter(|(closer, _)| closer.kind == Kind::RightBrace);
        let Some((closer, _)) = end.filter(|_| self.open.len() == 1) else { return false };
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
