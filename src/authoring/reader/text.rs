//! Texts.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::normalized;
use crate::source::Span;

use super::super::spelling;
use super::super::token::Kind;
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
                self.slip(problem.help("a backslash is written `\\\\`, a quotation mark `\\\"`"));
                None
            }
        }
    }
}

impl<'a> Read<'a> for Text<'a> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        if reader.kind().is_text() {
            return reader.text_value();
        }
        if matches!(reader.kind(), Kind::Word | Kind::Number) {
            reader.unquoted();
        } else {
            let is_quoted = reader.kind() == Kind::OtherQuoted;
            let help = is_quoted.then(|| "texts stand in double quotation marks: `\"…\"`".to_owned());
            reader.wrong_type("a text", help);
        }
        None
    }
}
