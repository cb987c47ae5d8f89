//! What the reader says of brackets, commas and quotation marks.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::super::token::Kind;
use super::{DEEPEST, Frame, Reader};

impl Reader<'_, '_> {
    /// Tells a syntax error, unless one has been told of that entry on that line.
    pub(in super::super) fn slip(&mut self, problem: Diagnostic) {
        let line = problem.span.map(|span| memchr::memrchr(b'\n', &self.text.as_bytes()[..span.start as usize]));
        let line = line.map(|newline| newline.map_or(0, |at| at + 1));
        if self.told.is_none() || self.told != line {
            self.told = line;
            self.out.push(problem);
        }
    }

    /// Tells that the brackets do not fit, once in each entry.
    pub(super) fn broken(&mut self, problem: Diagnostic) {
        self.lost = true;
        if !self.quiet {
            self.quiet = true;
            self.slip(problem);
        }
    }

    /// A new entry begins: what went wrong before is over, on the same line as well.
    pub(super) fn fresh(&mut self) {
        (self.quiet, self.told) = (false, None);
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
        self.lost = true;
        self.quiet = true;
        self.slip(problem.help("close it with `\"`; a quotation mark inside a text is written `\\\"`"));
    }

    pub(super) fn unclosed_comment(&mut self) {
        let problem = self.here("this comment is never closed");
        self.lost = true;
        self.quiet = true;
        self.slip(problem.help("close it with `*/`"));
    }

    /// Tells a character that means nothing, and takes it for the one that was meant, if that is clear.
    pub(super) fn mistyped(&mut self) {
        let word = self.words(self.token);
        let (meant, instead) = match word {
            "=" => (Some(Kind::Colon), Some("between a field and its value stands `:`")),
            ";" => (Some(Kind::Comma), Some("fields and entries are separated by `,`")),
            "“" | "”" | "„" | "‘" | "’" | "«" | "»" | "'" => {
                (None, Some("texts stand in straight quotation marks: `\"…\"`"))
            }
            "#" => (None, Some("a comment starts with `//`")),
            _ => (None, None),
        };
        let problem = self.here(format!("`{word}` means nothing here")).help_if(instead.map(str::to_owned));
        self.slip(problem);
        self.token.kind = meant.unwrap_or(Kind::Stray);
    }

    pub(super) fn wrong_header(&mut self, bytes: Range<usize>) {
        let problem = self.syntax(bytes, "this line of settings is not understood");
        self.slip(problem.help("a case file needs none; `#![enable(implicit_some)]` is allowed"));
    }

    /// Between two values there is no comma.
    pub(super) fn missing_comma(&mut self) {
        let end = self.last_end;
        let glued = self.token.start == end && self.text[..end].ends_with('"');
        let problem = if glued {
            let bytes = end - 1..end;
            self.syntax(bytes, "a quotation mark is missing or one too many")
                .help("a quotation mark inside a text is written `\\\"`")
        } else {
            let next = self.describe();
            self.syntax(end..end, format!("a comma is missing before {next}")).label("here").help("add `,`")
        };
        self.slip(problem);
    }

    pub(super) fn extra_comma(&mut self) {
        let problem = self.here("this comma has nothing before it");
        self.slip(problem.help("remove it"));
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
        self.lost = true;
        self.slip(problem);
    }

    /// The innermost bracket is closed by one of another shape.
    pub(super) fn wrong_closer(&mut self, frame: Frame) {
        let (opener, closer, found) = (self.words(frame.opener), bracket(frame.closer), self.words(self.token));
        let problem = self.here(format!("`{opener}` is closed by `{found}`"));
        let problem = problem.help(format!("write `{closer}`")).related(self.span(frame.opener), "opened here");
        self.slip(problem);
    }

    /// The innermost bracket is still open where something follows that cannot be inside it.
    pub(super) fn unclosed(&mut self, frame: Frame) {
        let (opener, closer) = (self.words(frame.opener), bracket(frame.closer));
        let problem = Diagnostic::new(Code::Syntax, self.span(frame.opener), format!("`{opener}` is never closed"));
        let problem = match self.kind() {
            Kind::End => problem.help(format!("close it with `{closer}`")),
            _ => problem
                .help(format!("close it with `{closer}` before {}", self.describe()))
                .related(self.span(self.token), "this cannot be inside it"),
        };
        self.broken(problem);
    }

    pub(super) fn too_deep(&mut self) {
        if !self.deep {
            let problem = format!("brackets stand within brackets more than {DEEPEST} deep");
            let problem = Diagnostic::new(Code::TooDeep, self.span(self.token), problem);
            self.out.push(problem.help("no case needs more than ten: look for one that is not closed"));
        }
        (self.deep, self.quiet, self.lost) = (true, true, true);
    }

    /// The value that comes next is not of the type that belongs there.
    pub(in super::super) fn wrong_type(&mut self, expected: &str, help: Option<String>) {
        let (found, kind, was_deep) = (self.describe(), self.kind(), self.deep);
        if matches!(kind, Kind::Comma | Kind::Colon | Kind::End) || kind.closes() {
            return self.unexpected(expected);
        }
        let span = self.skip();
        if kind != Kind::UnclosedText && (was_deep || !self.deep) {
            let problem = Diagnostic::new(Code::WrongType, span, format!("expected {expected}, found {found}"));
            self.out.push(problem.help(help.unwrap_or_else(|| format!("write {expected}"))));
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

    /// What the next token is, as one says it.
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
