//! Words, texts, numbers and brackets: what a case file is cut into first.
//!
//! The lexer is a loop over bytes that never fails: what is wrong becomes a token of its own, and the reader
//! says so. Texts and numbers are only delimited here; what they mean, `ron` decides.

use memchr::{memchr, memchr2, memchr3};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Comma,
    Colon,
    /// A name: of a field, a kind, a grade.
    Word,
    /// A name with a space in it, which the reader makes of two.
    SpacedWord,
    Number,
    /// `"…"` without a backslash in it.
    Text,
    /// `"…"` with a backslash in it.
    EscapedText,
    /// `r#"…"#`.
    RawText,
    /// A text whose last mark stands before its last letters.
    SplitText,
    /// A text with a wrong mark at its end, which the token leaves out: the reader makes it of others.
    HalfText,
    /// `“…”` or the like, which stands for a text.
    CurlyText,
    /// `'…'` or `b"…"`, of which a case file has no use.
    OtherQuoted,
    /// A text that does not end; the token does, with its line.
    UnclosedText,
    /// `/*` that does not end.
    UnclosedComment,
    /// A character that means nothing here.
    Stray,
    /// The end of the file.
    End,
}

impl Kind {
    /// The bracket that closes this one.
    pub(super) fn closer(self) -> Option<Self> {
        match self {
            Self::LeftParen => Some(Self::RightParen),
            Self::LeftBracket => Some(Self::RightBracket),
            Self::LeftBrace => Some(Self::RightBrace),
            _ => None,
        }
    }

    /// How a bracket is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::LeftParen => "(",
            Self::RightParen => ")",
            Self::LeftBracket => "[",
            Self::RightBracket => "]",
            Self::LeftBrace => "{",
            _ => "}",
        }
    }

    /// Whether it closes a bracket.
    pub(super) fn closes(self) -> bool {
        matches!(self, Self::RightParen | Self::RightBracket | Self::RightBrace)
    }

    /// Whether it is a text, well written or not.
    pub(super) fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::EscapedText
                | Self::RawText
                | Self::HalfText
                | Self::SplitText
                | Self::CurlyText
                | Self::UnclosedText
        )
    }

    /// Whether a value can start with it.
    pub(super) fn starts_value(self) -> bool {
        self.is_text() || self.closer().is_some() || matches!(self, Self::Word | Self::Number | Self::OtherQuoted)
    }
}

/// A token and its bytes in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// How many letters a text of several lines in curly quotation marks may have to be seen as one.
const FAR: usize = 4096;

/// How many bytes a text or a comment may have to be seen as one where many others had no end.
const NEAR: usize = 1024;

/// So many bytes more than the file has are looked through in vain for the ends of texts and comments.
const PATIENCE: usize = 1 << 22;

/// Cuts a file into tokens, one at a time. A copy looks ahead.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// How many bytes may still be looked through for ends that are not there. Each costs as far as one looks, so that
    /// without a limit a file of nothing but beginnings would cost the square of its size.
    patience: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self { text, at, patience: text.len() + PATIENCE }
    }

    /// The same at another byte, which is to be the start of a character, and looking for ends so many bytes far.
    pub(super) fn looking_from(&self, at: usize, patience: usize) -> Self {
        Self { text: self.text, at, patience: self.patience.min(patience) }
    }

    /// The file as far as the end of what begins at a byte is looked for.
    fn in_reach(&self, start: usize) -> &'a [u8] {
        let end = start.saturating_add(self.patience.max(NEAR)).min(self.text.len());
        &self.text.as_bytes()[..end]
    }

    /// Nothing in reach ends what begins at a byte.
    fn looked_in_vain(&mut self, start: usize) {
        let looked_through = self.in_reach(start).len() - start;
        #[cfg(test)]
        work::add(looked_through);
        self.patience = self.patience.saturating_sub(looked_through);
    }

    /// Goes on at a byte, which is to be the start of a character.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Goes on at the end of the line.
    pub(super) fn skip_line(&mut self) {
        self.at = self.line_end(self.at);
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Where the line of a byte ends, before its line break.
    fn line_end(&self, from: usize) -> usize {
        memchr2(b'\n', b'\r', &self.text.as_bytes()[from..]).map_or(self.text.len(), |length| from + length)
    }

    /// The next token; at the end of the file, [`Kind::End`] as often as one asks.
    pub(super) fn next(&mut self) -> Token {
        let (_from, token) = (self.at, self.cut());
        #[cfg(test)]
        work::add(1 + self.at - _from);
        token
    }

    fn cut(&mut self) -> Token {
        if let Some(unclosed) = self.skip_space() {
            return unclosed;
        }
        let start = self.at;
        let Some(byte) = self.byte(start) else {
            return Token { kind: Kind::End, start, end: start };
        };
        let kind = match byte {
            b'"' => return self.text_from(start),
            b',' => self.one(Kind::Comma),
            b':' => self.one(Kind::Colon),
            b'(' => self.one(Kind::LeftParen),
            b')' => self.one(Kind::RightParen),
            b'[' => self.one(Kind::LeftBracket),
            b']' => self.one(Kind::RightBracket),
            b'{' => self.one(Kind::LeftBrace),
            b'}' => self.one(Kind::RightBrace),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => return self.word_or_prefixed(start),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            b'\'' => self.apostrophe(),
            _ => self.other(),
        };
        Token { kind, start, end: self.at }
    }

    fn one(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    /// Skips white space and comments; a comment that does not end is a token.
    fn skip_space(&mut self) -> Option<Token> {
        loop {
            match self.byte(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r' | 0x0b | 0x0c) => self.at += 1,
                Some(b'/') => match self.byte(self.at + 1) {
                    Some(b'/') => {
                        self.at = memchr(b'\n', self.rest()).map_or(self.text.len(), |length| self.at + length)
                    }
                    Some(b'*') => {
                        if let Some(unclosed) = self.skip_comment() {
                            return Some(unclosed);
                        }
                    }
                    _ => return None,
                },
                Some(0x80..) => match self.text[self.at..].chars().next() {
                    Some(letter) if is_space(letter) => self.at += letter.len_utf8(),
                    _ => return None,
                },
                _ => return None,
            }
        }
    }

    /// Skips `/* … */`, others inside it among it.
    fn skip_comment(&mut self) -> Option<Token> {
        let start = self.at;
        let mut depth = 0_usize;
        let mut at = start;
        let bytes = self.in_reach(start);
        while let Some(next) = bytes.get(at..).and_then(|rest| memchr2(b'/', b'*', rest)) {
            at += next;
            match &bytes[at..] {
                [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
                [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
            if depth == 0 {
                self.at = at;
                return None;
            }
        }
        self.looked_in_vain(start);
        self.at = self.line_end(start);
        Some(Token { kind: Kind::UnclosedComment, start, end: self.at })
    }

    /// A text in quotation marks, whose first is at `start`.
    fn text_from(&mut self, start: usize) -> Token {
        let bytes = self.in_reach(start);
        let (mut at, mut kind, mut lines) = (start + 1, Kind::Text, false);
        while let Some(length) = memchr3(b'"', b'\\', b'\n', &bytes[at..]) {
            at += length;
            match bytes[at] {
                b'"' if lines && !self.can_follow_text(at + 1) => break,
                b'"' => {
                    self.at = at + 1;
                    return Token { kind, start, end: self.at };
                }
                b'\n' => (lines, at) = (true, at + 1),
                _ => (kind, at) = (Kind::EscapedText, (at + 2).min(bytes.len())),
            }
        }
        self.unclosed_text(start)
    }

    /// Whether a text of several lines can have ended before this byte. If not, its end is in truth the start
    /// of another text, and the mark that is missing is on the first line.
    fn can_follow_text(&self, at: usize) -> bool {
        self.byte(at).is_none_or(|byte| byte.is_ascii_whitespace() || b",:)]}/".contains(&byte))
    }

    fn unclosed_text(&mut self, start: usize) -> Token {
        self.looked_in_vain(start);
        self.at = self.line_end(start);
        Token { kind: Kind::UnclosedText, start, end: self.at }
    }

    fn word_or_prefixed(&mut self, start: usize) -> Token {
        match (self.byte(start), self.byte(start + 1), self.byte(start + 2)) {
            (Some(b'r'), Some(b'"'), _) | (Some(b'r'), Some(b'#'), Some(b'"' | b'#')) => {
                self.raw_text(start, start + 1)
            }
            (Some(b'b'), Some(b'r'), Some(b'"' | b'#')) => {
                self.other_quoted(start, |lexer| lexer.raw_text(start, start + 2))
            }
            (Some(b'b'), Some(b'"'), _) => self.other_quoted(start, |lexer| lexer.text_from(start + 1)),
            (Some(b'r'), Some(b'#'), _) => self.word(start, start + 2),
            _ => self.word(start, start),
        }
    }

    fn other_quoted(&mut self, start: usize, read: impl FnOnce(&mut Self) -> Token) -> Token {
        let token = read(self);
        let kind = if token.kind == Kind::UnclosedText { token.kind } else { Kind::OtherQuoted };
        Token { kind, start, ..token }
    }

    fn word(&mut self, start: usize, letters: usize) -> Token {
        let length = self.text.as_bytes()[letters..].iter().take_while(|&&byte| is_word_byte(byte)).count();
        self.at = letters + length;
        if self.byte(self.at).is_some_and(|byte| byte >= 0x80) {
            let more = self.text[self.at..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_');
            self.at += more.map(char::len_utf8).sum::<usize>();
        }
        Token { kind: Kind::Word, start, end: self.at }
    }

    /// `r#"…"#`, with as many `#` behind as before.
    fn raw_text(&mut self, start: usize, marks: usize) -> Token {
        let bytes = self.in_reach(start);
        let hashes = bytes[marks..].iter().take_while(|&&byte| byte == b'#').count();
        let mut at = marks + hashes + 1;
        if bytes.get(at - 1) != Some(&b'"') {
            return self.unclosed_text(start);
        }
        while let Some(length) = memchr(b'"', &bytes[at..]) {
            at += length + 1;
            if bytes[at..].iter().take(hashes).take_while(|&&byte| byte == b'#').count() == hashes {
                self.at = at + hashes;
                return Token { kind: Kind::RawText, start, end: self.at };
            }
        }
        self.unclosed_text(start)
    }

    /// A sign, digits, letters, points: whether they make a number is for `ron` to say.
    fn number(&mut self) -> Kind {
        let start = self.at;
        let mut before = b'e';
        while let Some(byte) = self.byte(self.at) {
            let sign = matches!(byte, b'+' | b'-') && matches!(before, b'e' | b'E');
            if !(sign || is_word_byte(byte) || byte == b'.') {
                break;
            }
            before = byte;
            self.at += 1;
        }
        let alone = self.at - start == 1 && !self.text.as_bytes()[start].is_ascii_digit();
        if alone {
            return Kind::Stray;
        }
        self.per_cent();
        Kind::Number
    }

    /// A `%` behind a number belongs to it, so that both are underlined together, and several too: a fix that took one of
    /// two for an order to divide would leave the other for the next time.
    fn per_cent(&mut self) {
        let rest = self.rest();
        let signs = rest.iter().take_while(|byte| b" %".contains(byte)).count();
        self.at += rest[..signs].iter().rposition(|&byte| byte == b'%').map_or(0, |last| last + 1);
    }

    /// `'…'` on one line, else a stray apostrophe.
    fn apostrophe(&mut self) -> Kind {
        let is_escape = self.byte(self.at + 1) == Some(b'\\') && self.byte(self.at + 2) != Some(b'\n');
        let from = if is_escape { self.at + 3 } else { self.at + 1 };
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let quoted = memchr3(b'\'', b'\n', b'\r', rest).filter(|&length| rest[length] == b'\'');
        self.at = quoted.map_or(self.at + 1, |length| from + length + 1);
        if quoted.is_some() { Kind::OtherQuoted } else { Kind::Stray }
    }

    fn other(&mut self) -> Kind {
        let letter = self.text[self.at..].chars().next().unwrap_or(' ');
        if letter.is_alphabetic() {
            self.word(self.at, self.at);
            return Kind::Word;
        }
        let start = self.at;
        self.at += letter.len_utf8();
        match self.curly_end(start, letter) {
            Some(end) => {
                self.at = end;
                Kind::CurlyText
            }
            None => Kind::Stray,
        }
    }

    /// Where a text ends whose curly quotation mark stands before `at`: behind the mark that answers it, on the same
    /// line or not far below with no other mark between, else behind the first straight one on the line.
    fn curly_end(&mut self, start: usize, mark: char) -> Option<usize> {
        let ends: &[char] = match mark {
            '“' | '”' => &['”'],
            '„' => &['“', '”'],
            '‘' | '’' | '‚' => &['’', '‘'],
            '«' => &['»'],
            '»' => &['«'],
            _ => return None,
        };
        let reach = self.text.floor_char_boundary(self.in_reach(start).len());
        let rest = &self.text[self.at..reach.max(self.at)];
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let is_end = |(_, letter): &(usize, char)| ends.contains(letter);
        let below =
            || rest.char_indices().take(FAR).take_while(|(_, letter)| !['"', mark].contains(letter)).find(is_end);
        let straight = || line.find('"').map(|place| (place, '"'));
        let end = line.char_indices().find(is_end).or_else(below).or_else(straight);
        if end.is_none() {
            self.looked_in_vain(start);
        }
        end.map(|(place, letter)| self.at + place + letter.len_utf8())
    }
}

/// White space, as `ron` sees it.
fn is_space(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How many bytes lexers have looked at on this thread, those of tokens and those in vain.
#[cfg(test)]
pub(super) mod work {
    use std::cell::Cell;

    thread_local! {
        static BYTES: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn add(bytes: usize) {
        BYTES.set(BYTES.get() + bytes);
    }

    /// How many bytes are looked at in some work.
    pub(in super::super) fn of(work: impl FnOnce()) -> usize {
        let before = BYTES.get();
        work();
        BYTES.get() - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        let mut lexer = Lexer::new(text);
        std::iter::from_fn(|| {
            let token = lexer.next();
            (token.kind != Kind::End).then(|| (token.kind, &text[token.start..token.end]))
        })
        .collect()
    }

    #[test]
    fn every_sort_of_token() {
        use Kind::{Colon, EscapedText, Number, OtherQuoted, RawText, Stray, Text, Word};
        assert_eq!(kinds("a_1: /* x /* y */ */ -0.5e-3 // end"), [(Word, "a_1"), (Colon, ":"), (Number, "-0.5e-3")]);
        assert_eq!(
            kinds(r##""x" "\"" r#"a"b"# "##),
            [(Text, "\"x\""), (EscapedText, r#""\"""#), (RawText, "r#\"a\"b\"#")]
        );
        assert_eq!(
            kinds("'x' b\"y\" r#type ä ="),
            [(OtherQuoted, "'x'"), (OtherQuoted, "b\"y\""), (Word, "r#type"), (Word, "ä"), (Stray, "=")]
        );
    }

    #[test]
    fn per_cent_belongs_to_its_number() {
        use Kind::{Comma, Number, Stray, Word};
        assert_eq!(
            kinds("85%, 7 %, 8, %"),
            [(Number, "85%"), (Comma, ","), (Number, "7 %"), (Comma, ","), (Number, "8"), (Comma, ","), (Stray, "%"),]
        );
        assert_eq!(kinds("-% a"), [(Stray, "-"), (Stray, "%"), (Word, "a")]);
    }

    #[test]
    fn curly_quotation_marks_make_a_text() {
        use Kind::{Comma, CurlyText, Stray, Word};
        assert_eq!(
            kinds("“a \"b\" c”, „d“ «e» “f\", “"),
            [
                (CurlyText, "“a \"b\" c”"),
                (Comma, ","),
                (CurlyText, "„d“"),
                (CurlyText, "«e»"),
                (CurlyText, "“f\""),
                (Comma, ","),
                (Stray, "“"),
            ]
        );
        assert_eq!(kinds("“a\nb” “c\n“d”"), [(CurlyText, "“a\nb”"), (Stray, "“"), (Word, "c"), (CurlyText, "“d”")]);
    }

    #[test]
    fn a_missing_quotation_mark_costs_one_line() {
        let tokens = kinds("title: \"No end,\nby: [\"museum\"]");
        assert_eq!(tokens[2], (Kind::UnclosedText, "\"No end,"));
        assert_eq!(tokens[6], (Kind::Text, "\"museum\""));
        assert_eq!(kinds("x: \"two\nlines\", y")[2], (Kind::Text, "\"two\nlines\""));
    }

    #[test]
    fn a_comment_without_an_end_costs_one_line() {
        assert_eq!(kinds("a /* b\nc"), [(Kind::Word, "a"), (Kind::UnclosedComment, "/* b"), (Kind::Word, "c")]);
    }
}
