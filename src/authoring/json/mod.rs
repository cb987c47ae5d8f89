//! Cases written as JSON: the same records and fields as in RON, read into the same mirror.
//!
//! The mirror says what is to be read, and everything behind it cannot tell which notation a file is in. JSON is mostly
//! written by programs, so a slip such as a comma too many is reported and read over, and a bracket that does not fit
//! ends the reading of its file.

mod advice;
mod export;
mod format;
mod lexer;
mod record;
mod schema;
mod text;
mod values;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::source::{FileId, Span};

use super::mirror::{Case, WrittenFile};
use super::reader::{DEEPEST, Text};
use super::token::{Kind, Token};
use lexer::Lexer;
use text::{Misspelling, unescaped};

pub use advice::worded;
pub use export::export_json;
pub(super) use format::format;
pub use schema::json_schema;

/// What can be read from JSON. A mistake is reported, and there is no value.
pub(super) trait FromJson<'a>: Sized {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self>;

    /// Whether a value that begins with such a token is of this type.
    fn begins_with(kind: Kind) -> bool {
        kind == Kind::LeftBrace
    }
}

/// Reads one JSON file from its start to its end.
pub(super) struct Json<'a, 'd> {
    file: FileId,
    text: &'a str,
    lexer: Lexer<'a>,
    /// The token that comes next.
    token: Token,
    /// Where the token before it ends.
    last_end: usize,
    depth: usize,
    /// The place that a missing field is reported at: the id of the entry that is being read.
    subject: Option<Span>,
    out: &'d mut Diagnostics,
    /// Where the field of the case begins that is being read.
    section: usize,
    /// What was not read for certain, in its order.
    damaged: Vec<Range<usize>>,
    /// A bracket or a mark was wrong: what is behind it means nothing for certain, and is not read.
    is_broken: bool,
}

/// Reads one file of a case. Cost: linear in its size.
pub(super) fn read_file<'a>(file: FileId, text: &'a str, problems: &mut Diagnostics) -> WrittenFile<'a> {
    let mut json = Json::new(file, text, problems);
    let head = json.span(json.token);
    let case = json.begins().then(|| Case::from_json(&mut json)).flatten();
    json.ends();
    let damaged = json.damaged.iter().map(|bytes| json.place(bytes.clone())).collect();
    WrittenFile { case, head, text, damaged, has_lost_entry: false }
}

impl<'a, 'd> Json<'a, 'd> {
    fn new(file: FileId, text: &'a str, out: &'d mut Diagnostics) -> Self {
        let mut json = Self {
            file,
            text,
            lexer: Lexer::new(text),
            token: Token { kind: Kind::End, start: 0, end: 0 },
            last_end: 0,
            depth: 0,
            subject: None,
            out,
            section: 0,
            damaged: Vec::new(),
            is_broken: false,
        };
        json.advance();
        json
    }

    /// Whether a case begins here; if not, that is the one thing to report of the file.
    fn begins(&mut self) -> bool {
        match self.kind() {
            Kind::LeftBrace => return true,
            Kind::End if !self.is_broken => {
                let whole = self.place(0..self.text.len().min(1));
                let problem = Diagnostic::new(Code::EmptyFile, whole, "the file has nothing in it but white space");
                self.out.push(problem.help("a case is written `{\"title\": \"…\"}`"));
            }
            _ => self.fail(self.here("a case in JSON starts with `{`").help("write `{\"title\": \"…\", …}`")),
        }
        false
    }

    /// Reports what stands behind the case.
    fn ends(&mut self) {
        if self.kind() != Kind::End {
            let problem = self.here(format!("{} stands behind the end of the case", self.describe()));
            self.fail(problem.help("a file has one case; look for a bracket that closes too early"));
        }
    }

    fn kind(&self) -> Kind {
        self.token.kind
    }

    fn words(&self, token: Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    fn span(&self, token: Token) -> Span {
        self.place(token.start..token.end)
    }

    pub(super) fn place(&self, bytes: Range<usize>) -> Span {
        Span::new(self.file, bytes)
    }

    /// Takes the token and moves on to the next that means something.
    fn advance(&mut self) -> Token {
        let taken = self.token;
        self.last_end = taken.end;
        loop {
            self.token = self.lexer.next();
            let is_comment = self.kind() == Kind::Stray && self.words(self.token).len() > 1;
            if self.kind() == Kind::UnclosedText {
                let help = "close it with `\"`; in a text a quotation mark is written `\\\"`, a line break `\\n`";
                self.fail(self.here("this text has no closing quotation mark on its line").help(help));
            } else if is_comment && self.words(self.token).starts_with('/') {
                self.slip(self.here("JSON has no comments").help("remove it, or write it as a `note`"));
                continue;
            }
            return taken;
        }
    }

    /// A syntax error at the token that comes next.
    fn here(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::Syntax, self.span(self.token), message)
    }

    /// Reports what is wrong, unless that may be a consequence of what was wrong before.
    fn slip(&mut self, problem: Diagnostic) {
        if !self.is_broken {
            self.out.push(problem);
        }
    }

    /// Reports what is wrong and reads nothing more.
    fn fail(&mut self, problem: Diagnostic) {
        self.slip(problem);
        if !self.is_broken {
            self.damaged.push(self.section..self.text.len());
        }
        self.is_broken = true;
        self.lexer.finish();
        self.token = Token { kind: Kind::End, start: self.text.len(), end: self.text.len() };
    }

    /// What the next token is, in words.
    fn describe(&self) -> String {
        let words = self.words(self.token);
        let short = words.char_indices().nth(24).map(|(end, _)| format!("{}…", &words[..end]));
        let short = short.as_deref().unwrap_or(words);
        match self.kind() {
            Kind::Number => format!("the number {short}"),
            kind if kind.is_text() => format!("the text {short}"),
            Kind::LeftBracket => "a list `[…]`".to_owned(),
            Kind::LeftBrace => "an object `{…}`".to_owned(),
            Kind::End => "the end of the file".to_owned(),
            _ => format!("`{short}`"),
        }
    }

    fn unexpected(&mut self, expected: &str) {
        let problem = self.here(format!("expected {expected}, found {}", self.describe()));
        self.fail(problem.help(format!("write {expected} here, or remove what stands in its place")));
    }

    /// The value that comes next is not of the type that belongs there. What to do about it is for `way_out` to say.
    fn wrong_type(&mut self, expected: &str, way_out: impl FnOnce(Diagnostic, Span) -> Diagnostic) {
        let found = self.describe();
        if self.is_broken {
            return;
        }
        let value = self.skip();
        let problem = Diagnostic::new(Code::WrongType, value, format!("expected {expected}, found {found}"));
        let problem = way_out(problem, value);
        let is_said = problem.help.is_some();
        self.slip(if is_said { problem } else { problem.help(format!("write {expected}")) });
        if self.depth == 1 {
            self.damaged.push(value.range());
        }
    }

    /// Reads over a value and gives its place.
    fn skip(&mut self) -> Span {
        let start = self.token.start;
        self.pass();
        self.place(start..self.last_end.max(start))
    }

    /// Reads over a value.
    fn pass(&mut self) {
        match self.kind() {
            Kind::LeftBrace => self.members(|json, _| json.pass()),
            Kind::LeftBracket => self.group(Self::pass),
            kind if kind.starts_value() => drop(self.advance()),
            _ => self.unexpected("a value"),
        }
    }

    /// Reads what stands between the bracket that comes next and the one that closes it.
    fn group(&mut self, mut item: impl FnMut(&mut Self)) {
        if self.depth == DEEPEST {
            let message = format!("brackets stand within brackets more than {DEEPEST} deep");
            let problem = Diagnostic::new(Code::TooDeep, self.span(self.token), message);
            return self.fail(problem.help("no case needs so many: look for brackets that are repeated"));
        }
        self.depth += 1;
        let opener = self.advance();
        let closer = opener.kind.closer().unwrap_or(Kind::End);
        while self.kind() != closer {
            match self.kind() {
                Kind::End => {
                    let problem = self.here(format!("`{}` is never closed", opener.kind.sign()));
                    let problem = problem.related(self.span(opener), "opened here");
                    self.fail(problem.help(format!("close it with `{}`", closer.sign())));
                    break;
                }
                kind if kind.closes() => {
                    let (opened, closed) = (opener.kind.sign(), kind.sign());
                    let problem = self.here(format!("`{opened}` is closed by `{closed}`"));
                    self.fail(problem.related(self.span(opener), "opened here").help("one of the two is missing"));
                }
                Kind::Comma => {
                    let comma = self.span(self.token);
                    self.slip(self.here("this comma has nothing before it").fix(Fix::safe("remove it", comma, "")));
                    self.advance();
                }
                _ => {
                    item(self);
                    self.separator(closer);
                }
            }
        }
        if self.kind() == closer && !self.is_broken {
            self.advance();
        }
        self.depth -= 1;
    }

    /// The comma between two items.
    fn separator(&mut self, closer: Kind) {
        match self.kind() {
            Kind::Comma => {
                let comma = self.advance();
                if self.kind() == closer {
                    let problem =
                        Diagnostic::new(Code::Syntax, self.span(comma), "JSON has no comma behind the last item");
                    self.slip(problem.fix(Fix::safe("remove it", self.span(comma), "")));
                }
            }
            Kind::End => {}
            kind if kind.closes() => {}
            kind if kind.starts_value() => {
                let (end, next) = (self.place(self.last_end..self.last_end), self.describe());
                let problem = Diagnostic::new(Code::Syntax, end, format!("a comma is missing before {next}"));
                self.slip(problem.label("here").fix(Fix::safe("add `,`", end, ",")));
            }
            _ => self.unexpected(&format!("`,` or `{}`", closer.sign())),
        }
    }

    /// Reads an object, which the caller has seen to be one: each name is given to `member`, which reads the value.
    fn members(&mut self, mut member: impl FnMut(&mut Self, Text<'a>)) {
        self.group(|json| {
            if json.depth == 1 {
                json.section = json.token.start;
            }
            if let Some(name) = json.name() {
                member(json, name);
            }
        });
    }

    /// The name of a member and the colon behind it.
    fn name(&mut self) -> Option<Text<'a>> {
        let Some(name) = self.text() else {
            self.unexpected("a name in quotation marks");
            return None;
        };
        match self.kind() {
            Kind::Colon => drop(self.advance()),
            kind if kind.starts_value() => {
                let end = self.place(self.last_end..self.last_end);
                let problem = Diagnostic::new(Code::Syntax, end, format!("a colon is missing behind `{}`", name.text));
                self.slip(problem.fix(Fix::safe("add `:`", end, ":")));
            }
            _ => self.unexpected(&format!("`:` behind `{}`", name.text)),
        }
        (!self.is_broken).then_some(name)
    }

    /// Whether `null`, `true` or `false` comes next, which are words of JSON itself.
    fn is_literal(&self) -> bool {
        self.kind() == Kind::Word && matches!(self.words(self.token), "null" | "true" | "false")
    }

    /// Reads the text that comes next, one without quotation marks or in single ones too; nothing if there is none.
    fn text(&mut self) -> Option<Text<'a>> {
        let (token, words) = (self.token, self.words(self.token));
        let title = || format!("write `\"{}\"`", words.trim_matches('\''));
        let at = |bytes| self.place(bytes);
        let (span, fix) = match token.kind {
            Kind::Text | Kind::EscapedText => (at(token.start + 1..token.end - 1), None),
            Kind::OtherQuoted if !words.contains(['"', '\\']) => {
                let (first, last) = (at(token.start..token.start + 1), at(token.end - 1..token.end));
                let fix = Fix::safe(title(), first, "\"").and(last, "\"");
                (at(token.start + 1..token.end - 1), Some(fix))
            }
            Kind::Word if !self.is_literal() => {
                let [before, behind] = [at(token.start..token.start), at(token.end..token.end)];
                (self.span(token), Some(Fix::safe(title(), before, "\"").and(behind, "\"")))
            }
            _ => return None,
        };
        if let Some(fix) = fix {
            self.slip(self.here("in JSON a text stands in double quotation marks").fix(fix));
        }
        let (text, wrong) = unescaped(&self.text[span.range()]);
        if let Some(Misspelling { bytes, message, meant }) = wrong {
            let start = span.range().start;
            let place = self.place(start + bytes.start..start + bytes.end);
            let problem = Diagnostic::new(Code::Syntax, place, message);
            self.slip(match meant {
                Some(meant) => problem.fix(Fix::suggested(format!("write `{meant}`"), place, meant)),
                None => problem.help("write the character itself"),
            });
        }
        self.advance();
        Some(Text { text, span: if span.start == span.end { self.span(token) } else { span } })
    }
}
