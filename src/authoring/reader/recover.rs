//! Finds the bracket that a token belongs to which does not fit.

use crate::diagnostic::Fix;

use super::super::spelling;
use super::super::token::{Kind, Lexer, Token};
use super::{Frame, Reader};

impl Reader<'_, '_> {
    /// Takes a closing bracket, and returns whether it ends the innermost open one.
    ///
    /// One of the wrong shape is a slip where the text goes on as it would behind the right one. Otherwise, if it closes
    /// a bracket further out, those inside that one are unclosed; where the text goes on only as if it were not there,
    /// or where it closes nothing, it is one too many.
    pub(super) fn close(&mut self) -> bool {
        let Some((&frame, outer)) = self.open.split_last() else { return true };
        let fits = self.kind() == frame.closer;
        if fits
            && !(self.open.len() <= 2
                && !(frame.closer == Kind::RightBrace && self.starts_line(self.token))
                && frame.closer != Kind::RightBracket
                && self.goes_on_inside(frame, outer.last()))
        {
            self.advance();
            return true;
        }
        if !fits && !outer.is_empty() && self.goes_on(outer.len()) {
            self.wrong_closer(frame);
            self.advance();
            return true;
        }
        if self.are_swapped(frame, outer.last()) {
            self.swapped_closers(frame);
            return true;
        }
        let closed = outer.iter().rposition(|outer| outer.closer == self.kind());
        if let Some(place) = closed.filter(|&place| !fits && !self.is_too_many(place)) {
            self.unclosed_from(place + 1);
            return true;
        }
        self.stray_closer();
        self.advance();
        false
    }

    /// Whether the bracket that comes next closes the one further out, and the innermost is closed right behind it.
    fn are_swapped(&self, frame: Frame, outer: Option<&Frame>) -> bool {
        let next = self.lexer.clone().next();
        let is_outer = outer.is_some_and(|outer| outer.closer == self.kind() && outer.closer != frame.closer);
        is_outer && next.kind == frame.closer && next.start == self.token.end && {
            let mut ahead = self.lexer.clone();
            ahead.skip_to(next.end);
            self.goes_on_from(ahead, self.open.len() - 2)
        }
    }

    /// Reports two brackets that have changed places, and takes the first for the second.
    fn swapped_closers(&mut self, frame: Frame) {
        let (first, second) = (self.token, self.lexer.clone().next());
        let right = format!("{}{}", self.words(second), self.words(first));
        let span = self.place(first.start..second.end);
        let problem = self.syntax(
            span.range(),
            format!("`{}` closes in the wrong order", self.words(Token { end: second.end, ..first })),
        );
        let problem = problem.fix(Fix::safe(format!("write `{right}`"), span, right));
        self.slip(problem.related(self.span(frame.opener), "opened last"));
        self.take_as(Token { kind: first.kind, ..second });
        self.last_end = first.end;
    }

    /// Whether behind a bracket that closes a section, or the whole case, the text goes on as if it were
    /// still open.
    fn goes_on_inside(&self, frame: Frame, outer: Option<&Frame>) -> bool {
        let next = self.behind();
        !next[0].kind.closes() && self.belongs(frame, next) && !outer.is_some_and(|outer| self.belongs(*outer, next))
    }

    /// Whether the text goes on behind the closing bracket that comes next as if it were not there, and not as if
    /// it closed the bracket at `place`.
    fn is_too_many(&self, place: usize) -> bool {
        self.goes_on(self.open.len()) && (!self.goes_on(place) || self.behind()[0].kind.is_text())
    }

    /// Whether behind the token that comes next the text goes on as where only the first so many brackets are
    /// open: each bracket that closes then closes the innermost, and what follows can be inside the one that is left.
    fn goes_on(&self, open: usize) -> bool {
        self.goes_on_from(self.lexer.clone(), open)
    }

    /// The same from another place.
    pub(super) fn goes_on_from(&self, mut ahead: Lexer<'_>, mut open: usize) -> bool {
        let mut token = ahead.next();
        while open > 0 {
            while token.kind == Kind::Comma {
                token = ahead.next();
            }
            let frame = self.open[open - 1];
            if token.kind != frame.closer {
                return !token.kind.closes() && self.belongs(frame, [token, ahead.next()]);
            }
            open -= 1;
            token = ahead.next();
        }
        token.kind == Kind::End
    }

    /// The two tokens behind the one that comes next, a comma not counted.
    fn behind(&self) -> [Token; 2] {
        let mut ahead = self.lexer.clone();
        let first = match ahead.next() {
            comma if comma.kind == Kind::Comma => ahead.next(),
            token => token,
        };
        [first, ahead.next()]
    }

    /// Whether a comma that comes next stands alone on its line, and behind it the text goes on as if the innermost bracket
    /// were closed: then what closed it is missing before that comma.
    pub(super) fn ends_here(&self) -> bool {
        let Some((&frame, outer)) = self.open.split_last() else { return false };
        let next = self.behind_one();
        let is_outer = outer.last().is_some_and(|outer| self.belongs(*outer, next));
        self.starts_line(self.token) && is_outer && !self.belongs(frame, next)
    }

    pub(super) fn behind_one(&self) -> [Token; 2] {
        let mut ahead = self.lexer.clone();
        [ahead.next(), ahead.next()]
    }

    /// Whether the token that comes next can follow in the innermost bracket.
    pub(super) fn fits_here(&self) -> bool {
        let is_field = |frame: &Frame| frame.closer == Kind::RightParen && self.kind() == Kind::Word && self.named();
        let fits = |frame: &Frame| self.belongs(*frame, [self.token, self.lexer.clone().next()]);
        self.open.last().is_some_and(|frame| is_field(frame) || fits(frame))
    }

    fn belongs(&self, frame: Frame, [first, second]: [Token; 2]) -> bool {
        let named = second.kind == Kind::Colon || self.words(second) == "=";
        first.kind == frame.closer
            || match frame.closer {
                Kind::RightParen => first.kind == Kind::Word && named && frame.fields.contains(&self.words(first)),
                Kind::RightBrace => first.kind.is_text() && named,
                _ if named => false,
                _ => {
                    let is_named_record = first.kind == Kind::Word && second.kind == Kind::LeftParen;
                    first.kind.is_text() || first.kind == Kind::LeftParen || is_named_record
                }
            }
    }

    /// Whether what comes next belongs to a bracket further out, so that the innermost one is not closed.
    pub(super) fn foreign(&mut self) -> bool {
        if self.is_field_of_another() {
            return !self.is_closed_ahead();
        }
        let Some((frame, outer)) = self.open.split_last() else { return false };
        let word = self.words(self.token);
        match (frame.closer, self.kind()) {
            (Kind::RightBrace, Kind::Word) => self.named() && self.open[0].fields.contains(&word),
            (Kind::RightBracket, Kind::Word | Kind::Text) => self.named(),
            (Kind::RightParen, Kind::Text) => {
                let known = frame.fields.contains(&&self.text[spelling::inside(self.token, self.text)]);
                self.named() && !known && outer.iter().any(|frame| frame.closer == Kind::RightBrace)
            }
            (Kind::RightParen, Kind::Word) if self.named() => false,
            (Kind::RightParen, Kind::Word | Kind::LeftParen) => {
                outer.last().is_some_and(|outer| outer.closer == Kind::RightBracket)
            }
            _ => false,
        }
    }

    fn named(&self) -> bool {
        self.peek(1) == Kind::Colon
    }

    /// Whether the field that comes next is none of the record that is open, but one of a record around it.
    fn is_field_of_another(&self) -> bool {
        let Some((frame, outer)) = self.open.split_last() else { return false };
        let has_word = |frame: &Frame| frame.fields.contains(&self.words(self.token));
        let is_field = frame.closer == Kind::RightParen && self.kind() == Kind::Word && self.named();
        is_field && !has_word(frame) && outer.iter().any(has_word)
    }

    /// Whether the innermost bracket is closed further on, before the next entry and not too far away, all brackets between
    /// fitting each other.
    fn is_closed_ahead(&mut self) -> bool {
        let mut closers: Vec<Kind> = self.open.last().map(|frame| frame.closer).into_iter().collect();
        let closed = self.look(self.token.end, |reader, tokens| {
            for token in tokens {
                match token.kind {
                    kind if kind.closes() => {
                        if closers.pop() != Some(kind) {
                            return None;
                        }
                    }
                    kind if kind.is_text()
                        && reader.starts_line(token)
                        && reader.lexer_at(token.end).next().kind == Kind::Colon =>
                    {
                        return None;
                    }
                    kind => closers.extend(kind.closer()),
                }
                if closers.is_empty() {
                    return Some(());
                }
            }
            None
        });
        closed.is_some()
    }

    /// Whether only white space stands before a token on its line.
    pub(super) fn starts_line(&self, token: Token) -> bool {
        let before = self.text.as_bytes()[..token.start].iter().rev();
        before.take_while(|&&byte| byte != b'\n').all(|&byte| byte == b' ' || byte == b'\t')
    }
}
