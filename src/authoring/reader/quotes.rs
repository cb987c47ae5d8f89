//! Quotation marks that are missing, too many, or inside a text: where the text was meant to end.
//!
//! A mark that is lost turns all texts behind it inside out. So where a text cannot end where it seems to, every place at
//! which it may have ended is tried, and the first is taken behind which the file goes on as its open brackets ask.

use memchr::memchr;

use crate::diagnostic::{Diagnostic, Fix};

use super::super::token::{Kind, Lexer, Token};
use super::Reader;

/// How many bytes of a text are looked through for its end.
const FAR: usize = 4096;

/// How many places are tried in it.
const PATIENCE: usize = 64;

/// A text as it was meant.
struct Meant {
    token: Token,
    /// Where reading goes on.
    behind: usize,
    problem: Diagnostic,
}

impl Reader<'_, '_> {
    /// Whether a text that comes next has no end, or is followed by something that cannot follow a text.
    pub(super) fn is_doubtful(&self) -> bool {
        let behind = self.text.as_bytes().get(self.token.end).copied().unwrap_or(b' ');
        match self.kind() {
            Kind::UnclosedText => self.words(self.token).starts_with('"'),
            Kind::Text | Kind::EscapedText => behind == b'"' || behind.is_ascii_alphanumeric() || behind >= 0x80,
            _ => false,
        }
    }

    /// Reports which of the marks of such a text is wrong, and reads the text as it was meant. Where that cannot be told,
    /// the token stays as it is.
    pub(super) fn mend_text(&mut self) {
        if let Some(meant) = self.extra_mark().or_else(|| self.lost_mark()).or_else(|| self.marks_inside()) {
            self.slip(meant.problem);
            self.lexer.skip_to(meant.behind);
            self.token = meant.token;
        }
    }

    /// A mark stands twice at the start or at the end of the text.
    fn extra_mark(&self) -> Option<Meant> {
        let Token { start, end, kind } = self.token;
        let is_first = self.words(self.token) == "\"\"";
        let (extra, token, behind) = match is_first {
            true => {
                let end = self.next_mark(end)? + 1;
                (start, Token { kind, start: start + 1, end }, end)
            }
            false => (end, self.token, end + 1),
        };
        let is_extra = kind != Kind::UnclosedText && self.text[extra..].starts_with('"') && self.goes_on_behind(behind);
        is_extra.then(|| {
            let mark = extra..extra + 1;
            let fix = Fix::safe("remove it", self.place(mark.clone()), "");
            Meant { token, behind, problem: self.syntax(mark, "this quotation mark is one too many").fix(fix) }
        })
    }

    /// The text ends before the mark that seems to end it, which begins another one.
    fn lost_mark(&self) -> Option<Meant> {
        let start = self.token.start;
        let behind = self.ends_before(self.next_mark(start + 1).unwrap_or(self.text.len()))?;
        let is_id = self.open.last().is_some_and(|frame| frame.closer == Kind::RightBrace);
        let what = if is_id { "id" } else { "text" };
        let last = self.text[..behind].chars().next_back();
        let token = |end| Token { kind: Kind::HalfText, start, end };
        Some(match last.filter(|letter| "”“’»«".contains(*letter)) {
            Some(curly) => {
                let mark = behind - curly.len_utf8()..behind;
                let problem = self.syntax(mark.clone(), "this text ends in a curly quotation mark");
                let fix = Fix::safe("use a straight one: `\"`", self.place(mark.clone()), "\"");
                Meant { token: token(mark.start), behind, problem: problem.fix(fix) }
            }
            None => {
                let problem = self.syntax(start..behind, format!("this {what} has no closing quotation mark"));
                let fix = Fix::safe("put `\"` behind it", self.place(behind..behind), "\"");
                Meant { token: token(behind), behind, problem: problem.fix(fix) }
            }
        })
    }

    /// The first place before `limit` at which the text can have ended.
    fn ends_before(&self, limit: usize) -> Option<usize> {
        let start = self.token.start + 1;
        let words = &self.text[start..self.text.floor_char_boundary(limit.min(start + FAR))];
        let places = words.match_indices([',', ')', ']', '}', ':', '\n']).map(|(at, _)| at);
        let ends = places.chain([words.len()]).map(|at| start + words[..at].trim_end().len());
        ends.take(PATIENCE).find(|&end| end > start && self.may_end(end))
    }

    /// Whether a text without a mark may have ended there: a comma or a bracket has to follow, or the colon of an id.
    fn may_end(&self, end: usize) -> bool {
        let next = self.lexer_at(end).next().kind;
        (next == Kind::Comma || next == Kind::Colon || next.closes()) && self.goes_on_behind(end)
    }

    /// The text goes on behind the mark that seems to end it.
    fn marks_inside(&self) -> Option<Meant> {
        let start = self.token.start;
        let mut marks: Vec<usize> = Vec::new();
        while marks.len() < PATIENCE {
            let mark = self.next_mark(marks.last().map_or(start, |last| *last) + 1)?;
            if marks.len() > 1 && self.goes_on_behind(mark + 1) {
                let problem = self.syntax(start..mark + 1, "there are quotation marks inside this text");
                let title = "write `\\\"` for each of them";
                let fix = Fix::safe(title, self.place(marks[0]..marks[0]), "\\");
                let fix = marks[1..].iter().fold(fix, |fix, &mark| fix.and(self.place(mark..mark), "\\"));
                let token = Token { kind: Kind::HalfText, start, end: mark };
                return Some(Meant { token, behind: mark + 1, problem: problem.fix(fix) });
            }
            marks.push(mark);
        }
        None
    }

    /// The next quotation mark that has no backslash before it, if it is not far.
    pub(super) fn next_mark(&self, from: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..self.text.len().min(from + FAR)];
        let mut at = from;
        while let Some(mark) = memchr(b'"', bytes.get(at..)?).map(|length| at + length) {
            let backslashes = bytes[from..mark].iter().rev().take_while(|&&byte| byte == b'\\').count();
            if backslashes % 2 == 0 {
                return Some(mark);
            }
            at = mark + 1;
        }
        None
    }

    fn lexer_at(&self, at: usize) -> Lexer<'_> {
        let mut lexer = Lexer::new(self.text);
        lexer.skip_to(at);
        lexer
    }

    /// Whether the file goes on behind a text that ends there as the open brackets ask.
    pub(super) fn goes_on_behind(&self, end: usize) -> bool {
        let mut ahead = self.lexer_at(end);
        match self.open.last().map(|frame| frame.closer) {
            Some(Kind::RightBrace) => ahead.next().kind == Kind::Colon && ahead.next().kind == Kind::LeftParen,
            _ => self.goes_on_from(ahead, self.open.len()),
        }
    }
}
