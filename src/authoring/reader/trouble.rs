//! Diagnostics about brackets, commas and quotation marks.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Fix, Safety};
use crate::escape::is_hidden;
use crate::source::Span;

use super::super::spelling;
use super::super::token::{Kind, Token};
use super::{DEEPEST, Frame, Reader};

const STRAIGHT: &str = "use straight quotation marks: `\"…\"`";

impl Reader<'_, '_> {
    /// Reports a syntax error, unless that entry has one on that line already.
    pub(in super::super) fn slip(&mut self, problem: Diagnostic) {
        let line = problem.span.map(|span| self.line_start(span.start as usize));
        if self.reported_line.is_none() || self.reported_line != line {
            self.reported_line = line;
            self.out.push(problem);
        }
    }

    /// Where the line of a byte begins. Slips come nearly in order, so that only what lies between two is looked through: a
    /// line may be as long as the file, and have a slip at every byte.
    fn line_start(&mut self, at: usize) -> usize {
        let (known, start) = self.line;
        let from = match at {
            at if at >= known => known,
            at if at >= start => return start,
            _ => 0,
        };
        let newline = memchr::memrchr(b'\n', &self.text.as_bytes()[from..at]);
        let start = newline.map_or(if from == 0 { 0 } else { start }, |newline| from + newline + 1);
        self.line = (at, start);
        start
    }

    /// Reports brackets that do not fit, once in each entry.
    pub(super) fn broken(&mut self, problem: Diagnostic) {
        self.damage();
        if !self.quiet {
            self.quiet = true;
            self.slip(problem);
        }
    }

    /// A new entry begins, or a field of the case: what went wrong before is over, on the same line as well.
    pub(super) fn fresh(&mut self, start: usize) {
        (self.quiet, self.reported_line, self.entry) = (false, None, start);
        if let Some(last) = self.damaged.last_mut() {
            last.end = last.end.min(start);
        }
    }

    /// The entry that is being read cannot be read for certain: ids in it may be missing, or be none.
    pub(in super::super) fn damage(&mut self) {
        if self.damaged.last().is_none_or(|last| last.end != usize::MAX) {
            self.damaged.push(self.entry..usize::MAX);
        }
    }

    pub(super) fn syntax(&self, bytes: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::Syntax, self.place(bytes), message)
    }

    /// A syntax error at the token that comes next.
    fn here(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::Syntax, self.span(self.token), message)
    }

    pub(super) fn unclosed_text(&mut self) {
        let problem = self.here("this text has no closing quotation mark");
        let problem = problem.help("close it with `\"`; a quotation mark inside a text is written `\\\"`");
        self.damage();
        self.quiet = true;
        self.slip(problem);
    }

    pub(super) fn unclosed_comment(&mut self) {
        let end = self.token.start + self.words(self.token).trim_end().len();
        let fix = Fix::suggested("close it with `*/`", self.place(end..end), " */");
        let problem = self.here("this comment is never closed").fix(fix);
        self.damage();
        self.quiet = true;
        self.slip(problem);
    }

    /// Reports a character that means nothing, and reads it as the one that was meant, if that is clear.
    pub(super) fn mistyped(&mut self) {
        let (word, span) = (self.words(self.token), self.span(self.token));
        let nothing = self.here(format!("`{word}` means nothing here"));
        let in_place = |title: &str, written| nothing.clone().fix(Fix::safe(title, span, written));
        let (problem, meant) = match word {
            "=" => (in_place("between a field and its value stands `:`", ":"), Kind::Colon),
            ";" => (in_place("fields and entries are separated by `,`", ","), Kind::Comma),
            "“" | "”" | "„" | "‘" | "’" | "‚" | "«" | "»" | "'" => (nothing.help(STRAIGHT), Kind::Stray),
            "#" | "/" => {
                let problem = in_place("a comment starts with `//`", "//");
                self.lexer.skip_line();
                (problem, Kind::Stray)
            }
            _ => match word.chars().next().filter(|&letter| letter.is_whitespace() || is_hidden(letter)) {
                Some(space) => (self.unseen(space), Kind::Stray),
                None => (nothing.fix(Fix::suggested("remove it", span, "")), Kind::Stray),
            },
        };
        self.slip(problem);
        self.token.kind = meant;
    }

    /// A space that is none of those that a case file has, or a character without any width.
    fn unseen(&self, space: char) -> Diagnostic {
        let (what, title, instead) = match space {
            '\u{a0}' | '\u{2007}' | '\u{202f}' => ("a no-break space", "type an ordinary space in its place", " "),
            space if space.is_whitespace() => ("an unusual space", "type an ordinary space in its place", " "),
            _ => ("an invisible character", "remove it", ""),
        };
        let problem = self.here(format!("here stands {what} (U+{:04X})", u32::from(space)));
        problem.fix(Fix::safe(title, self.span(self.token), instead))
    }

    /// Reports a text in curly quotation marks, which is read as one in straight ones.
    pub(super) fn curly_text(&mut self) {
        let inside = spelling::inside(self.token, self.text);
        let Token { start, end, .. } = self.token;
        let marks = self.text[inside.clone()].match_indices(['"', '\\']);
        let fix = Fix::safe(STRAIGHT, self.place(start..inside.start), "\"");
        let fix = marks.fold(fix, |fix, (at, _)| fix.and(self.place(inside.start + at..inside.start + at), "\\"));
        let problem = self.here("this text stands in curly quotation marks");
        self.slip(problem.fix(fix.and(self.place(inside.end..end), "\"")));
    }

    pub(super) fn wrong_header(&mut self, bytes: Range<usize>) {
        let problem = self.syntax(bytes, "this line of settings is not understood");
        let fix = Fix::suggested("remove it", problem.span.unwrap_or(Span::NOWHERE), "");
        let problem = problem.help("a case file needs none; `#![enable(implicit_some)]` is allowed");
        self.slip(problem.fix(fix));
    }

    /// Between two values there is no comma.
    pub(super) fn missing_comma(&mut self) {
        let (end, next) = (self.last_end, self.describe());
        let glued = self.token.start == end && self.text[..end].ends_with('"');
        let fits = self.fits_here();
        let problem = match fits {
            false if glued => self
                .syntax(end - 1..end, "a quotation mark is missing or one too many")
                .help("a quotation mark inside a text is written `\\\"`"),
            _ => {
                let safety = if fits { Safety::Safe } else { Safety::Unsafe };
                let fix = Fix::new("add `,`", safety, self.place(end..end), ",");
                self.syntax(end..end, format!("a comma is missing before {next}")).label("here").fix(fix)
            }
        };
        self.slip(problem);
    }

    pub(super) fn extra_comma(&mut self) {
        let (problem, span) = (self.here("this comma has nothing before it"), self.span(self.token));
        let [next, behind] = self.behind_one();
        let is_swapped = next.kind.closes() && next.start == self.token.end && behind.kind.starts_value();
        self.slip(problem.fix(match is_swapped {
            true => {
                let closer = self.words(next);
                let place = self.place(self.token.start..next.end);
                Fix::safe(format!("put it behind the `{closer}`"), place, format!("{closer},"))
            }
            false => Fix::safe("remove it", span, ""),
        }));
    }

    /// Between a name and its value there is no colon.
    pub(super) fn missing_colon(&mut self, behind: &str) {
        let (end, found) = (self.last_end, self.describe());
        let problem = self.here(format!("expected `:` after {behind}, found {found}"));
        let has_value = self.kind().starts_value();
        let safety = if has_value { Safety::Safe } else { Safety::Unsafe };
        self.slip(problem.fix(Fix::new("add `:`", safety, self.place(end..end), ":")));
    }

    /// Something stands where a name, an id or a value is expected.
    pub(super) fn unexpected(&mut self, expected: &str) {
        let found = self.describe();
        let problem = self.here(format!("expected {expected}, found {found}"));
        self.slip(problem.help(format!("write {expected} here, or remove what stands in its place")));
    }

    /// A bracket that closes nothing.
    pub(super) fn stray_closer(&mut self) {
        let word = self.words(self.token);
        let problem = self.here(format!("`{word}` closes nothing")).help("remove it, or open a bracket before it");
        let problem = problem.fix(Fix::suggested("remove it", self.span(self.token), ""));
        self.damage();
        self.slip(problem);
    }

    /// The innermost bracket is closed by one of another shape.
    pub(super) fn wrong_closer(&mut self, frame: Frame) {
        let (opener, closer, found) = (self.words(frame.opener), bracket(frame.closer), self.words(self.token));
        let problem = self.here(format!("`{opener}` is closed by `{found}`"));
        let fix = Fix::safe(format!("write `{closer}`"), self.span(self.token), closer);
        let problem = problem.fix(fix).related(self.span(frame.opener), "opened here");
        self.slip(problem);
    }

    /// The innermost bracket is still open where something follows that cannot be inside it.
    pub(super) fn unclosed(&mut self, frame: Frame) {
        let problem = match self.kind() {
            Kind::End => {
                let message = format!("{} is never closed", self.opened(frame));
                let (end, safety) = (self.text.trim_end().len(), self.safety_of(self.open.len()));
                let missing: String = self.open.iter().rev().map(|frame| bracket(frame.closer)).collect();
                let fix = Fix::new(format!("close it with `{missing}`"), safety, self.place(end..end), missing);
                let problem = self.syntax(end..end, message).label("here the file ends").fix(fix);
                problem.related(self.span(frame.opener), "opened here")
            }
            _ => self.still_open(frame, &[]),
        };
        self.broken(problem);
    }

    /// The token that comes next closes a bracket further out: those from `first` on are still open.
    pub(super) fn unclosed_from(&mut self, first: usize) {
        if let Some((&frame, outer)) = self.open[first..].split_last() {
            let problem = self.still_open(frame, outer);
            self.broken(problem);
        }
    }

    fn still_open(&self, frame: Frame, outer: &[Frame]) -> Diagnostic {
        let comes = self.describe();
        let message = format!("{} is still open when {comes} comes", self.opened(frame));
        let missing: String = outer.iter().chain([&frame]).rev().map(|frame| bracket(frame.closer)).collect();
        let place = self.place(self.before_comma()..self.before_comma());
        let problem = Diagnostic::new(Code::Syntax, place, message).label(format!("`{missing}` is missing here"));
        let fix = self.bracket_inside(&missing).unwrap_or_else(|| {
            Fix::new(format!("put `{missing}` before {comes}"), self.safety_of(missing.len()), place, missing)
        });
        let outer = outer.iter().rev().map(|frame| (frame.opener, "still open as well"));
        let places =
            [(frame.opener, "opened here")].into_iter().chain(outer).chain([(self.token, "this cannot be inside it")]);
        places.fold(problem.fix(fix), |problem, (token, what)| problem.related(self.span(token), what))
    }

    /// The bracket that is missing stands inside the quotation mark before it: `["a]"`.
    fn bracket_inside(&self, missing: &str) -> Option<Fix> {
        let end = self.before_comma();
        let is_inside = self.text[..end].strip_suffix('"')?.ends_with(missing);
        let swapped = end - 1 - missing.len()..end;
        is_inside.then(|| {
            let title = format!("put it behind the mark: `\"{missing}`");
            Fix::safe(title, self.place(swapped), format!("\"{missing}"))
        })
    }

    /// One bracket that is missing can only be meant where the file goes on as if it were there; of several, some may be
    /// meant elsewhere.
    fn safety_of(&self, missing: usize) -> Safety {
        if missing == 1 { Safety::Safe } else { Safety::Unsafe }
    }

    /// Where a bracket is missing before the token that comes next: before the comma between the two.
    fn before_comma(&self) -> usize {
        match self.text[..self.last_end].strip_suffix(',') {
            _ if self.kind() == Kind::Comma => self.token.start,
            Some(before) => before.trim_end().len(),
            None => self.last_end,
        }
    }

    /// A bracket in words, with the name before it: the `(` of `Supports(`.
    fn opened(&self, frame: Frame) -> String {
        let opener = self.words(frame.opener);
        let before = &self.text[..frame.opener.start];
        let word = before.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_').len();
        match &before[word..] {
            "" => format!("`{opener}`"),
            word => format!("the `{opener}` of `{word}{opener}`"),
        }
    }

    pub(super) fn too_deep(&mut self) {
        if !self.deep {
            let problem = format!("brackets stand within brackets more than {DEEPEST} deep");
            let problem = Diagnostic::new(Code::TooDeep, self.span(self.token), problem);
            self.out.push(problem.help("no case needs more than ten: look for one that is not closed"));
        }
        (self.deep, self.quiet) = (true, true);
        self.damage();
    }

    /// The value that comes next is not of the type that belongs there.
    ///
    /// What to do about it is for `way_out` to say, which is also given the place of the whole value.
    pub(in super::super) fn wrong_type(
        &mut self,
        expected: &str,
        way_out: impl FnOnce(Diagnostic, Span) -> Diagnostic,
    ) {
        let (found, kind, was_deep) = (self.describe(), self.kind(), self.deep);
        if matches!(kind, Kind::Comma | Kind::Colon | Kind::End) || kind.closes() {
            return self.unexpected(expected);
        }
        self.leave_out();
        let span = self.skip();
        if kind != Kind::UnclosedText && (was_deep || !self.deep) {
            let problem = Diagnostic::new(Code::WrongType, span, format!("expected {expected}, found {found}"));
            let problem = way_out(problem, span);
            let is_said = problem.help.is_some();
            self.out.push(if is_said { problem } else { problem.help(format!("write {expected}")) });
        }
    }

    /// The words of the next token, the first of them if they are many.
    fn shortened(&self) -> String {
        let words = self.words(self.token);
        match words.char_indices().nth(24) {
            Some((end, _)) => format!("`{}…`", &words[..end]),
            None => format!("`{words}`"),
        }
    }

    /// What the next token is, in words.
    pub(super) fn describe(&self) -> String {
        match self.kind() {
            Kind::Word => format!("`{}`", self.words(self.token)),
            Kind::Number => format!("the number {}", self.words(self.token)),
            kind if kind.is_text() => format!("the text {}", self.shortened()),
            Kind::OtherQuoted if self.words(self.token).starts_with('\'') => {
                "a text in single quotation marks".to_owned()
            }
            Kind::OtherQuoted => "bytes".to_owned(),
            Kind::LeftBracket => "a list `[…]`".to_owned(),
            Kind::LeftBrace => "a map `{…}`".to_owned(),
            Kind::LeftParen => "fields in brackets `(…)`".to_owned(),
            Kind::End => "the end of the file".to_owned(),
            _ => format!("`{}`", self.words(self.token)),
        }
    }

    /// The place of the record that is being read, for what is missing in it.
    pub(super) fn subject(&mut self) -> Span {
        let here = self.span(self.token);
        self.subject.take().unwrap_or(here)
    }
}

fn bracket(closer: Kind) -> &'static str {
    match closer {
        Kind::RightParen => ")",
        Kind::RightBracket => "]",
        _ => "}",
    }
}
