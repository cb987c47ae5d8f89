//! Texts with commas between them where a list belongs: its brackets are missing.

use crate::diagnostic::{Code, Diagnostic, Fix, Safety};
use crate::model::Key;
use crate::source::Span;

use super::super::token::{Kind, Token};
use super::{Read, Reader};

/// A fix of more bytes is not spelled out in its title.
const LONGEST: usize = 80;

impl<'a> Reader<'a, '_> {
    /// Reads texts that stand without the brackets of their list, and reports that; nothing where no text comes next.
    pub(in super::super) fn bare_list<T: Read<'a>>(&mut self) -> Option<Vec<T>> {
        let texts = self.texts();
        let (first, last) = (texts.first()?, texts.last()?);
        let span = self.place(first.start..last.end);
        let found = if texts.len() == 1 { self.describe() } else { "several texts".to_owned() };
        let problem = Diagnostic::new(Code::WrongType, span, format!("expected a list `[…]`, found {found}"));
        let fix = self.bracketed_texts::<T>(&texts, span);
        self.out.push(problem.fix(fix));
        let mut read = Vec::with_capacity(texts.len());
        for _ in &texts {
            if self.kind() == Kind::Comma {
                self.advance();
            }
            read.extend(self.text_value().and_then(T::from_text));
        }
        if self.open.len() == 1 {
            // What a list of files lacks would be reported a second time by all that is missing with them.
            self.leave_out();
            read.clear();
        }
        Some(read)
    }

    /// The texts that come next with commas between them. None of them is the name of a field, or the id of an entry.
    fn texts(&self) -> Vec<Token> {
        let mut texts = Vec::new();
        let mut tokens = self.ahead(self.token.start).peekable();
        if tokens.peek() != Some(&self.token) {
            // A token that is missing has been put before it.
            return texts;
        }
        while let Some(text) = tokens.next().filter(|token| is_plain(token.kind)) {
            let behind = tokens.next().map(|token| token.kind);
            if behind == Some(Kind::Colon) {
                break;
            }
            texts.push(text);
            if behind != Some(Kind::Comma) {
                break;
            }
        }
        texts
    }

    /// Texts as a list of what a list there has.
    fn bracketed_texts<T: Read<'a>>(&self, texts: &[Token], span: Span) -> Fix {
        let items: Vec<String> = texts.iter().map(|&text| T::of_text(self.words(text))).collect();
        let written = format!("[{}]", items.join(", "));
        let title = match written.len() {
            ..=LONGEST => format!("write `{written}`"),
            _ => "put them in square brackets: `[…]`".to_owned(),
        };
        Fix::new(title, if T::is_certain() { Safety::Safe } else { Safety::Unsafe }, span, written)
    }

    /// Whether behind the text that comes next stand a comma and an id in quotation marks, which is not that of an entry.
    pub(in super::super) fn goes_on_with_id(&self) -> bool {
        let behind = self.text[self.token.end..].trim_start().strip_prefix(',');
        let text = behind.and_then(|behind| behind.trim_start().strip_prefix('"')?.split_once('"'));
        text.is_some_and(|(id, behind)| Key::new(id).is_ok() && !behind.trim_start().starts_with(':'))
    }
}

/// Whether it is a text with nothing wrong in it.
fn is_plain(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::EscapedText | Kind::RawText)
}
