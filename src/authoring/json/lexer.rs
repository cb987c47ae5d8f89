//! JSON cut into tokens. What is wrong becomes a token of its own, and the reader says so.

use memchr::{memchr2, memchr3};

use super::super::token::{Kind, Token};

/// Cuts a file into tokens, one at a time. A comment, which JSON has none of, is a [`Kind::Stray`].
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: if text.starts_with('\u{feff}') { 3 } else { 0 } }
    }

    /// Goes on at the end of the file.
    pub(super) fn finish(&mut self) {
        self.at = self.text.len();
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// The next token; at the end of the file, [`Kind::End`] as often as one asks.
    pub(super) fn next(&mut self) -> Token {
        self.at += self.rest().iter().take_while(|byte| b" \t\r\n".contains(byte)).count();
        let start = self.at;
        let Some(&byte) = self.rest().first() else {
            return Token { kind: Kind::End, start, end: start };
        };
        let (kind, length) = match byte {
            b'"' => self.text_here(),
            b'\'' => self.in_single_marks(),
            b',' => (Kind::Comma, 1),
            b':' => (Kind::Colon, 1),
            b'[' => (Kind::LeftBracket, 1),
            b']' => (Kind::RightBracket, 1),
            b'{' => (Kind::LeftBrace, 1),
            b'}' => (Kind::RightBrace, 1),
            b'0'..=b'9' | b'+' | b'-' | b'.' => (Kind::Number, self.run(|byte| b"+-.%".contains(&byte))),
            b'/' => (Kind::Stray, self.comment()),
            byte if byte.is_ascii_alphabetic() || byte == b'_' => (Kind::Word, self.run(|byte| byte == b'-')),
            _ => (Kind::Stray, self.text[start..].chars().next().map_or(1, char::len_utf8)),
        };
        self.at += length;
        Token { kind, start, end: self.at }
    }

    /// A text, whose first mark comes next. It ends on its line, if it ends at all.
    fn text_here(&self) -> (Kind, usize) {
        let rest = self.rest();
        let (mut at, mut kind) = (1, Kind::Text);
        while let Some(length) = memchr3(b'"', b'\\', b'\n', &rest[at..]) {
            at += length;
            match rest[at] {
                b'"' => return (kind, at + 1),
                b'\n' => break,
                _ => (kind, at) = (Kind::EscapedText, (at + 2).min(rest.len())),
            }
        }
        (Kind::UnclosedText, self.line())
    }

    /// A text in single marks. No more is looked at than that, as a line can have many.
    fn in_single_marks(&self) -> (Kind, usize) {
        let rest = &self.rest()[1..];
        match memchr3(b'\'', b'\n', b'\r', rest) {
            Some(length) if rest[length] == b'\'' => (Kind::OtherQuoted, length + 2),
            _ => (Kind::Stray, 1),
        }
    }

    /// How many bytes there are to the end of the line.
    fn line(&self) -> usize {
        memchr2(b'\n', b'\r', self.rest()).unwrap_or(self.rest().len())
    }

    /// How many letters, digits and bytes of some others come next.
    fn run(&self, other: impl Fn(u8) -> bool) -> usize {
        let is_part = |&&byte: &&u8| byte.is_ascii_alphanumeric() || byte == b'_' || other(byte);
        self.rest().iter().take_while(is_part).count()
    }

    /// The length of a comment, or of a slash alone.
    fn comment(&self) -> usize {
        let rest = &self.text[self.at..];
        match rest.as_bytes() {
            [b'/', b'/', ..] => self.line(),
            [b'/', b'*', ..] => rest[2..].find("*/").map_or(rest.len(), |length| length + 4),
            _ => 1,
        }
    }
}
