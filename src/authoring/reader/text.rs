//! Texts.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::model::normalized;
use crate::source::Span;

use super::super::spelling;
use super::super::token::{Kind, Token};
use super::{Read, Reader};

/// A text and its place, the quotation marks not counted.
#[derive(Debug, Clone)]
pub(in super::super) struct Text<'a> {
    pub(in super::super) text: Cow<'a, str>,
    pub(in super::super) span: Span,
}

impl<'a> Text<'a> {
    /// The same text as an id.
    pub(in super::super) fn normalized(self) -> Self {
        match normalized(&self.text) {
            Cow::Borrowed(_) => self,
            Cow::Owned(text) => Self { text: text.into(), ..self },
        }
    }
}

impl<'a> Reader<'a, '_> {
    /// Reads a text, which the caller has seen to be one.
    pub(super) fn text_value(&mut self) -> Option<Text<'a>> {
        let token = self.advance();
        if token.kind == Kind::UnclosedText {
            return None;
        }
        let inside = spelling::inside(token, self.text());
        let span = if inside.is_empty() { self.span(token) } else { self.place(inside) };
        match spelling::text(token, self.text()) {
            Ok(text) => Some(Text { text, span }),
            Err(wrong) => {
                let place = self.place(token.start + wrong.at.min(token.end - token.start)..token.end);
                let message = format!("this text is not written as it should be: {}", wrong.message);
                let problem = Diagnostic::new(Code::Syntax, place, message);
                let problem = problem.help("a backslash is written `\\\\`, a quotation mark `\\\"`");
                let backslash = self.backslash_before(token, wrong.at);
                self.slip(problem.fix_if(backslash.map(|at| Fix::suggested("write `\\\\`", self.place(at..at), "\\"))));
                None
            }
        }
    }
}

impl Reader<'_, '_> {
    /// What to write for a text in other marks than double ones.
    fn double_marks(&self) -> Fix {
        let (Token { start, end, .. }, title) = (self.token(), "texts stand in double quotation marks: `\"…\"`");
        let first = start + self.words(self.token()).find(['\'', '"']).unwrap_or(0);
        Fix::safe(title, self.place(start..first + 1), "\"").and(self.place(end - 1..end), "\"")
    }

    /// The last backslash of a token before one of its bytes, or at it.
    fn backslash_before(&self, token: Token, at: usize) -> Option<usize> {
        let end = (token.start + at + 1).min(token.end);
        memchr::memrchr(b'\\', &self.text.as_bytes()[token.start..end]).map(|backslash| token.start + backslash)
    }
}

impl<'a> Read<'a> for Text<'a> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        if reader.kind().is_text() {
            return reader.text_value();
        }
        if let Some(text) = reader.late_text() {
            return Some(text);
        }
        if matches!(reader.kind(), Kind::Word | Kind::Number) {
            return Some(reader.unquoted());
        }
        let marks = (reader.kind() == Kind::OtherQuoted).then(|| reader.double_marks());
        reader.wrong_type("a text", |problem, _| problem.fix_if(marks));
        None
    }

    fn from_text(text: Self) -> Option<Self> {
        Some(text)
    }
}
