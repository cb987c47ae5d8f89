//! Two neighbours that have changed places: a letter and the colon, the bracket or the quotation mark beside it.
//!
//! Each half looks like a mistake of its own, so they are put together before anybody looks at them.

use std::borrow::Cow;

use crate::diagnostic::Fix;

use super::super::token::{Kind, Token};
use super::{Reader, Text};

impl<'a> Reader<'a, '_> {
    /// Where one of these words comes next with its last letter behind the mark that follows it, `nam:e` or `Findin)g`, or
    /// with a space before that, reports it, goes on at the mark, and gives the word.
    pub(in super::super) fn split_word(&mut self, known: &[&'static str]) -> Option<&'static str> {
        let Token { start, end, kind } = self.token;
        let mark = self.text[end..].chars().next().filter(|mark| ":(),]".contains(*mark) && kind == Kind::Word)?;
        let last = self.text[end + 1..].chars().next().filter(|letter| letter.is_ascii_alphanumeric())?;
        let all = end + 2;
        let is_whole = !self.text[all..].starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
        let is_open = mark == '(' || is_whole;
        let begins = self.words(self.token);
        let word = known.iter().find(|word| is_open && word.strip_prefix(begins) == self.text.get(end + 1..all))?;
        let title = format!("write `{word}{mark}`");
        let problem = self.syntax(start..all, format!("`{mark}` stands before the `{last}` of `{word}`"));
        self.slip(problem.fix(Fix::safe(title, self.place(start..all), format!("{word}{mark}"))));
        self.take_as(Token { kind: mark_kind(mark), start: end, end: all });
        self.last_end = end;
        Some(word)
    }

    /// Where the name of a field comes next with a space in it, `t itle: …`, reports it and takes the name for one word.
    pub(super) fn spaced_name(&mut self, known: &[&'static str]) {
        let Token { start, end, kind } = self.token;
        let rest = self.text[end..].strip_prefix(' ').unwrap_or_default();
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let whole = format!("{}{}", self.words(self.token), &rest[..length]);
        let is_name = kind == Kind::Word && length > 0 && rest[length..].starts_with(':');
        if !is_name || known.contains(&self.words(self.token)) || !known.contains(&&*whole) {
            return;
        }
        let problem = self.syntax(start..end + 1 + length, format!("there is a space inside `{whole}`"));
        self.slip(problem.fix(Fix::safe("remove it", self.place(end..end + 1), "")));
        self.take_as(Token { kind: Kind::SpacedWord, start, end: end + 1 + length });
    }

    /// Where a text begins before its quotation mark, `f"irst"`: the text, and where it ends.
    fn late_mark(&self) -> Option<(Cow<'a, str>, usize)> {
        let Token { start, end, kind } = self.token;
        let is_glued = matches!(kind, Kind::Word | Kind::Number) && self.text[end..].starts_with('"');
        let quoted = self.lexer_at(is_glued.then_some(end)?).next();
        let is_text = quoted.kind == Kind::Text && self.goes_on_behind(quoted.end);
        is_text
            .then(|| (format!("{}{}", &self.text[start..end], &self.text[end + 1..quoted.end - 1]).into(), quoted.end))
    }

    /// Reads such a text, if one comes next.
    pub(super) fn late_text(&mut self) -> Option<Text<'a>> {
        let (text, behind) = self.late_mark()?;
        let Token { start, end, .. } = self.token;
        let span = self.place(start..behind);
        let problem = self.syntax(start..behind, "the quotation mark stands behind the start of this text");
        let fix = Fix::safe(
            format!("write `\"{text}\"`"),
            span,
            format!("\"{}\"", self.text[start..behind].replacen('"', "", 1).trim_end_matches('"')),
        );
        self.slip(problem.fix(fix));
        self.take_as(Token { kind: Kind::Text, start: end, end: behind });
        self.advance();
        Some(Text { text, span })
    }
}

fn mark_kind(mark: char) -> Kind {
    match mark {
        ':' => Kind::Colon,
        '(' => Kind::LeftParen,
        ')' => Kind::RightParen,
        ']' => Kind::RightBracket,
        _ => Kind::Comma,
    }
}
