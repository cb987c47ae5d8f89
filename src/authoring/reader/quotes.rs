//! Quotation marks that are missing, too many, or inside a text: where the text was meant to end.
//!
//! A mark that is lost turns all texts behind it inside out. So where a text cannot end where it seems to, every place at
//! which it may have ended is tried, and the first is taken behind which the file goes on as its open brackets ask.

use memchr::memchr;

use crate::diagnostic::{Diagnostic, Fix};

use super::super::token::{Kind, Lexer, Token};
use super::Reader;
use super::openers::REACH;

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
    /// Looks at a text that comes next. Where it has no end, or something follows that cannot follow a text, which of its
    /// marks is wrong is reported, and the text is read as it was meant; if that is not clear, it stays as it is.
    pub(super) fn mend_text(&mut self) {
        let every: [fn(&Self) -> Option<Meant>; 5] =
            [Self::comma_inside, Self::extra_mark, Self::early_mark, Self::lost_mark, Self::marks_inside];
        let ways = match self.is_doubtful() {
            true if self.may_look() => &every[..],
            true => return,
            false if self.kind() == Kind::Text && self.words(self.token).ends_with(",\"") => &every[..1],
            false => return,
        };
        if let Some(meant) = ways.iter().find_map(|way| way(self)) {
            self.slip(meant.problem);
            self.lexer.skip_to(meant.behind);
            self.token = meant.token;
        }
    }

    fn is_doubtful(&self) -> bool {
        let behind = self.text.as_bytes().get(self.token.end).copied().unwrap_or(b' ');
        match self.kind() {
            Kind::UnclosedText => self.words(self.token).starts_with('"'),
            Kind::Text | Kind::EscapedText => behind == b'"' || behind.is_ascii_alphanumeric() || behind >= 0x80,
            _ => false,
        }
    }

    /// The comma behind the text stands inside its mark.
    fn comma_inside(&self) -> Option<Meant> {
        let Token { start, end, .. } = self.token;
        let next = self.lexer_at(end).next().kind;
        let is_inside = end - start > 3 && self.words(self.token).ends_with(",\"");
        (is_inside && next != Kind::Comma && !next.closes() && self.goes_on_behind(end)).then(|| {
            let swapped = self.place(end - 2..end);
            let problem = self.syntax(swapped.range(), "this comma stands inside the quotation mark");
            let problem = problem.fix(Fix::safe("put it behind the mark: `\",`", swapped, "\","));
            Meant { token: Token { kind: Kind::HalfText, start, end: end - 2 }, behind: end, problem }
        })
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

    /// The mark stands before the last letters of the text.
    fn early_mark(&self) -> Option<Meant> {
        let Token { start, end, .. } = self.token;
        let letters = self.text[end..].chars().take_while(|letter| letter.is_alphanumeric() || ".!?".contains(*letter));
        let behind = end + letters.map(char::len_utf8).sum::<usize>();
        let is_early = self.kind() == Kind::Text && behind > end && self.may_end(behind);
        is_early.then(|| {
            let problem = self.syntax(start..behind, "the quotation mark stands before the end of this text");
            let title = format!("put it behind `{}`", &self.text[end..behind]);
            let fix = Fix::safe(title, self.place(end - 1..end), "").and(self.place(behind..behind), "\"");
            Meant { token: Token { kind: Kind::SplitText, start, end: behind }, behind, problem: problem.fix(fix) }
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

    pub(super) fn lexer_at(&self, at: usize) -> Lexer<'_> {
        self.lexer.looking_from(at, REACH)
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
