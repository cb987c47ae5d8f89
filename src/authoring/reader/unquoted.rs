//! Words without the quotation marks or the bracket that belong to them, as people write them who have never seen RON.

use crate::diagnostic::{Code, Diagnostic, Fix};

use super::super::token::{Kind, Token};
use super::{Reader, Text};

/// What ends words that stand without quotation marks.
const ENDS: [char; 10] = [',', ')', ']', '}', '(', '[', '{', ':', '"', '\n'];

impl<'a> Reader<'a, '_> {
    /// The words from the token that comes next to the next comma or bracket on the line, but not the name of a field
    /// that follows: `Very Strong`, `yale-2021`. Cost: linear in their length, however long the line is.
    pub(in super::super) fn run(&self) -> Token {
        let Token { kind, start, end } = self.token;
        let text = &self.text[start..];
        let words = address(text).unwrap_or_else(|| words(text));
        Token { kind, start, end: (start + words.len()).max(end) }
    }

    /// Takes another token in place of the next one, which starts where it does.
    pub(in super::super) fn take_as(&mut self, run: Token) {
        self.lexer.skip_to(run.end);
        self.token = run;
    }

    /// Puts a token of no width where the next one begins: a bracket that is missing.
    pub(in super::super) fn supply(&mut self, kind: Kind, at: usize) {
        self.lexer.skip_to(at);
        self.token = Token { kind, start: at, end: at };
    }

    /// Reports words that stand where a text belongs, and reads them as the text that they were meant to be.
    pub(super) fn unquoted(&mut self) -> Text<'a> {
        let Token { kind, start, .. } = self.token;
        let (run, problem) = match self.closing_mark() {
            Some(mark) => {
                let problem = self.syntax(start..mark + 1, "this text has no opening quotation mark");
                let title = format!("put `\"` before `{}`", self.words(self.token));
                let run = Token { kind, start, end: mark };
                (run, problem.fix(Fix::safe(title, self.place(start..start), "\"")))
            }
            None => {
                let run = self.run();
                let (words, span) = (self.words(run), self.span(run));
                let title = format!("write it in quotation marks: `\"{words}\"`");
                let fix = Fix::safe(title, span, format!("\"{}\"", words.replace('\\', "\\\\")));
                let message = format!("expected a text, found {}", self.found(run));
                (run, Diagnostic::new(Code::WrongType, span, message).fix(fix))
            }
        };
        match problem.code {
            Code::Syntax => self.slip(problem),
            _ => self.out.push(problem),
        }
        let has_mark = usize::from(self.text[run.end..].starts_with('"'));
        self.take_as(Token { end: run.end + has_mark, ..run });
        self.advance();
        Text { text: self.words(run).into(), span: self.span(run) }
    }

    /// What stands there, in words.
    fn found(&self, run: Token) -> String {
        if run.end == self.token.end { self.describe() } else { format!("`{}`", self.words(run)) }
    }

    /// The quotation mark at the end of a text that has none before it: the first, if it cannot be one that opens.
    fn closing_mark(&self) -> Option<usize> {
        let mark = self.next_mark(self.token.start)?;
        self.goes_on_behind(mark + 1).then_some(mark)
    }
}

/// What a text begins with, to a comma, a bracket or the end of its line, but not the name of a field before a colon.
fn words(text: &str) -> &str {
    let end = text.find(ENDS).unwrap_or(text.len());
    let length = text[..end].find("//").unwrap_or(end);
    let words = text[..length].trim_end();
    match text[length..].chars().next() {
        Some(':') => words.rfind(char::is_whitespace).map_or(words, |space| words[..space].trim_end()),
        Some(',') if is_day(words) => text[..length + year(&text[length..]).unwrap_or(0)].trim_end(),
        _ => words,
    }
}

/// Whether words may be a month and a day, which a year follows: `October 11`.
fn is_day(words: &str) -> bool {
    words.starts_with(char::is_alphabetic) && words.ends_with(|last: char| last.is_ascii_digit())
}

/// Where a year behind a comma ends: no field begins with a digit, so that it belongs to the words before it.
fn year(behind: &str) -> Option<usize> {
    let digits = behind.strip_prefix(',')?.trim_start_matches([' ', '\t']);
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    (end == 4).then_some(behind.len() - digits.len() + end)
}

/// The address of a page that a text begins with, without the comma and the brackets behind it.
fn address(text: &str) -> Option<&str> {
    let scheme = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if scheme == 0 || !text[scheme..].starts_with("://") {
        return None;
    }
    let mut address = text.split([' ', '\t', '"', '\r', '\n']).next().unwrap_or_default();
    let (opened, mut closed) = (address.matches('(').count(), address.matches(')').count());
    while let Some(shorter) = address.strip_suffix([',', ')', ']', '}']) {
        if address.ends_with(')') {
            if opened == closed {
                break;
            }
            closed -= 1;
        }
        address = shorter;
    }
    Some(address)
}
