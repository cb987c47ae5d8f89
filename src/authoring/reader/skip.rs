//! Leaving out a value, however deep, without recursion.

use crate::source::Span;

use super::super::token::Kind;
use super::{DEEPEST, Frame, Reader};

impl Reader<'_, '_> {
    /// Skips the value that comes next and says where it was. A comma or a closing bracket is no value.
    pub(in super::super) fn skip(&mut self) -> Span {
        let start = self.token.start;
        match self.kind() {
            Kind::Comma | Kind::End => {}
            kind if kind.closes() => {}
            kind if kind.closer().is_some() => self.skip_group(),
            Kind::Word => {
                self.advance();
                if self.kind() == Kind::LeftParen {
                    self.skip_group();
                }
            }
            _ => drop(self.advance()),
        }
        self.place(start..self.last_end.max(start))
    }

    /// Skips from the bracket that comes next to the one that closes it, or as far as it can reach.
    fn skip_group(&mut self) {
        let outside = self.open.len();
        // Brackets beyond the limit are counted only: the shape of each would have to be looked for among all.
        let mut deeper = 0_usize;
        loop {
            match self.kind() {
                Kind::End => return self.leave_open(outside),
                kind if kind.closes() && deeper > 0 => deeper -= 1,
                kind if kind.closes() => {
                    if !self.skip_closer(outside) {
                        return;
                    }
                }
                kind if kind.is_text() && self.is_next_entry(outside) => return self.leave_open(outside),
                kind => match kind.closer() {
                    Some(_) if self.open.len() >= DEEPEST => {
                        self.too_deep();
                        deeper += 1;
                    }
                    Some(closer) => self.open.push(Frame { opener: self.token, closer, fields: &[] }),
                    None => {}
                },
            }
            self.advance();
            if self.open.len() <= outside {
                return;
            }
        }
    }

    /// Closes what a bracket closes; false where it belongs to a bracket outside of what is skipped.
    fn skip_closer(&mut self, outside: usize) -> bool {
        let kind = self.kind();
        match self.open.iter().rposition(|frame| frame.closer == kind) {
            Some(place) if place >= outside => {
                self.unclosed_from(place + 1);
                self.open.truncate(place);
                true
            }
            Some(_) => {
                self.leave_open(outside);
                false
            }
            None => {
                self.stray_closer();
                true
            }
        }
    }

    fn leave_open(&mut self, outside: usize) {
        if let Some(&frame) = self.open[outside..].first() {
            self.unclosed(frame);
        }
        self.open.truncate(outside);
    }

    /// Whether an entry of a map further out starts here: `"id": (` at the start of a line.
    fn is_next_entry(&self, outside: usize) -> bool {
        let is_map = |frame: &Frame| frame.closer == Kind::RightBrace;
        self.open[..outside].iter().any(is_map)
            && !self.open[outside..].iter().any(is_map)
            && self.starts_line(self.token)
            && self.peek(1) == Kind::Colon
            && self.peek(2) == Kind::LeftParen
    }
}
