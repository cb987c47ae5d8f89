//! Reads values out of a file, and goes on after a mistake.
//!
//! The mirror says what is to be read; the reader knows brackets, commas and names. Where a bracket or a
//! quotation mark is missing, the token that does not fit shows which of the open brackets it belongs to,
//! so that a mistake costs its own field or entry and nothing after it. Long sections are read on several threads.

mod ahead;
mod bare_list;
mod group;
mod openers;
mod quotes;
mod record;
mod recover;
mod skip;
mod swapped;
mod text;
mod trouble;
mod unquoted;
mod whole;

use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span};

use super::threads::Threads;
use super::token::{Kind, Lexer, Token};

pub(super) use record::{Requires, Shape, Slot, double_field, missing_fields, unknown_field};
pub(super) use text::Text;

/// Brackets within brackets beyond this depth are refused.
pub(super) const DEEPEST: usize = 64;

/// So many tokens one looks ahead in a file for what its slips were meant to be.
const PATIENCE: usize = 1 << 18;

/// What can be read from a file. A mistake is reported, and there is no value.
pub(super) trait Read<'a>: Sized {
    /// Whether `None` is a word of the type itself.
    fn has_none() -> bool {
        false
    }

    fn read(reader: &mut Reader<'a, '_>) -> Option<Self>;

    /// The name of the first field, of a record.
    fn first_field() -> Option<&'static str> {
        None
    }

    /// Whether a text alone can only have been meant so.
    fn is_certain() -> bool {
        true
    }

    /// How it is written where somebody has written a text alone.
    fn of_text(text: &str) -> String {
        text.to_owned()
    }

    /// What a text is that stands alone, if it is a text.
    fn from_text(_: Text<'a>) -> Option<Self> {
        None
    }
}

/// A bracket that is open.
#[derive(Debug, Clone, Copy)]
struct Frame {
    opener: Token,
    closer: Kind,
    /// The fields of a record; empty for lists and maps.
    fields: &'static [&'static str],
}

/// A place in the file to come back to.
#[derive(Debug, Clone)]
struct Mark<'a> {
    lexer: Lexer<'a>,
    token: Token,
    last_end: usize,
}

/// Reads one file from its start to its end.
#[derive(Debug)]
pub(super) struct Reader<'a, 'd> {
    file: FileId,
    text: &'a str,
    lexer: Lexer<'a>,
    /// The token that comes next.
    token: Token,
    /// Where the token before it ends.
    last_end: usize,
    open: Vec<Frame>,
    /// The place that a missing field is reported at: the id of the entry that is being read.
    subject: Option<Span>,
    out: &'d mut Diagnostics,
    /// A bracket was wrong in this entry: further ones would only be consequences of it.
    quiet: bool,
    /// The line of the last syntax error: each entry has one on a line.
    reported_line: Option<usize>,
    /// The brackets were too deep; that is reported once.
    deep: bool,
    /// Where the entry begins that is being read, or the field of the case.
    entry: usize,
    /// The entries and fields of the case that were not read for certain, in their order; the last may go on.
    damaged: Vec<Range<usize>>,
    /// At how many tokens one may still look ahead for what a slip was meant to be.
    patience: usize,
    /// A byte, and where its line begins: those of the last slip.
    line: (usize, usize),
    /// What comes behind the next token, where that is supplied and this is not as it is written.
    pending: Option<Token>,
    /// An entry has lost its id.
    lost_entry: bool,
    threads: Threads,
    /// Before this byte nothing is read ahead.
    alone_until: usize,
}

impl<'a, 'd> Reader<'a, 'd> {
    /// A reader at the first token of a file.
    pub(super) fn new(file: FileId, text: &'a str, out: &'d mut Diagnostics) -> Self {
        let token = Token { kind: Kind::End, start: 0, end: 0 };
        let mut reader = Self::bare(file, text, Lexer::new(text), token, out);
        reader.skip_header();
        reader
    }

    /// The same, which reads long sections on several threads.
    pub(super) fn on(self, threads: Threads) -> Self {
        let alone_until = if threads.pieces() == 0 { usize::MAX } else { 0 };
        Self { threads, alone_until, ..self }
    }

    /// A reader before any token but `token`, with no bracket open, on one thread.
    fn bare(file: FileId, text: &'a str, lexer: Lexer<'a>, token: Token, out: &'d mut Diagnostics) -> Self {
        Self {
            file,
            text,
            lexer,
            token,
            last_end: 0,
            open: Vec::new(),
            subject: None,
            out,
            quiet: false,
            reported_line: None,
            deep: false,
            entry: 0,
            damaged: Vec::new(),
            patience: PATIENCE,
            line: (0, 0),
            pending: None,
            lost_entry: false,
            threads: Threads::ONE,
            alone_until: usize::MAX,
        }
    }

    /// Where what was read is not certain, in the order of the file: whole entries, and whole fields of the case.
    pub(super) fn damaged(&self) -> Vec<Span> {
        let length = self.text.len();
        self.damaged.iter().map(|bytes| self.place(bytes.start..bytes.end.min(length))).collect()
    }

    /// Whether an entry was found whose id is lost, so that any id may be that.
    pub(super) fn has_lost_entry(&self) -> bool {
        self.lost_entry
    }

    /// The kind of the token that comes next.
    pub(super) fn kind(&self) -> Kind {
        self.token.kind
    }

    /// The token that comes next.
    pub(super) fn token(&self) -> Token {
        self.token
    }

    /// Where the token ends that was taken last.
    pub(super) fn end(&self) -> usize {
        self.last_end
    }

    /// The words of a token.
    pub(super) fn words(&self, token: Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    /// The whole file.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// A token's place.
    pub(super) fn span(&self, token: Token) -> Span {
        self.place(token.start..token.end)
    }

    pub(super) fn place(&self, bytes: Range<usize>) -> Span {
        Span::new(self.file, bytes)
    }

    /// Where the problems go.
    pub(super) fn problems(&mut self) -> &mut Diagnostics {
        self.out
    }

    /// Sets the place that missing fields of the next record are reported at.
    pub(super) fn set_subject(&mut self, span: Span) {
        self.subject = Some(span);
    }

    /// Takes the token and moves on to the next that means something.
    pub(super) fn advance(&mut self) -> Token {
        let taken = self.token;
        self.last_end = taken.end;
        loop {
            self.token = self.pending.take().unwrap_or_else(|| self.lexer.next());
            self.mend_text();
            match self.token.kind {
                Kind::UnclosedText => self.unclosed_text(),
                Kind::CurlyText => self.curly_text(),
                Kind::UnclosedComment => {
                    self.unclosed_comment();
                    continue;
                }
                Kind::Stray => self.mistyped(),
                _ => {}
            }
            if self.token.kind != Kind::Stray {
                return taken;
            }
        }
    }

    /// The kind of the `n`th token after the one that comes next.
    fn peek(&self, n: usize) -> Kind {
        let mut ahead = self.lexer.clone();
        let mut token = ahead.next();
        for _ in 1..n {
            token = ahead.next();
        }
        token.kind
    }

    fn mark(&self) -> Mark<'a> {
        Mark { lexer: self.lexer.clone(), token: self.token, last_end: self.last_end }
    }

    fn reset(&mut self, Mark { lexer, token, last_end }: Mark<'a>) {
        (self.lexer, self.token, self.last_end) = (lexer, token, last_end);
    }

    /// Skips `#![enable(…)]`: what it can enable is either on anyway or changes nothing here.
    fn skip_header(&mut self) {
        loop {
            let before = self.lexer.clone();
            let hash = self.lexer.next();
            if hash.kind != Kind::Stray || !self.text[hash.start..].starts_with("#!") {
                self.lexer = before;
                self.advance();
                self.last_end = 0;
                return;
            }
            self.header(hash);
        }
    }

    fn header(&mut self, hash: Token) {
        let line = self.text[hash.start..].lines().next().unwrap_or_default();
        let inside = line.strip_prefix("#![enable(").and_then(|rest| rest.split_once(")]"));
        let Some((extensions, _)) =
            inside.filter(|(inside, _)| inside.split(',').all(|word| is_extension(word.trim())))
        else {
            self.wrong_header(hash.start..hash.start + line.trim_end().len());
            self.lexer.skip_to(hash.start + line.len());
            return;
        };
        self.lexer.skip_to(hash.start + "#![enable(".len() + extensions.len() + ")]".len());
    }
}

fn is_extension(word: &str) -> bool {
    matches!(word, "" | "implicit_some" | "unwrap_newtypes" | "unwrap_variant_newtypes" | "explicit_struct_names")
}

#[cfg(test)]
mod tests {
    use super::super::input::Input;
    use super::super::load::load_on;
    use super::super::threads::Threads;
    use super::super::token::work;
    use crate::source::Disk;

    /// Each mistake is looked at from where it stands, and there may be one at every byte.
    #[test]
    fn a_file_of_nothing_but_mistakes_is_read_in_linear_time() {
        const LENGTH: usize = 50_000;
        let times = |piece: &str| piece.repeat(LENGTH / piece.len());
        let claim = |fields: String| format!("claims: {{\"c\": (text: \"x\", {fields})}})");
        let evidence = |fields: &str| claim(format!("evidence: [Supports(from: \"d\", {})]", times(fields)));
        let files = [
            times("/*\n"),
            times("r#\"\n"),
            times("\\\"\n"),
            times("b\""),
            times("(]"),
            times("\u{201c}"),
            times("\u{201e}\n"),
            times("'"),
            times("\"a\" b "),
            times("\"a,\" "),
            evidence("title: 1, "),
            evidence("form: 1, "),
            claim(times("nmae: 1, ")),
            claim(times("text: \"1\", ")),
            claim(times("entails: \"1\" ")),
            claim(times("[")),
            claim(times("x[a ")),
            claim(format!("r{}\"{}", "#".repeat(LENGTH / 2), "\"".repeat(LENGTH / 2))),
        ];
        for file in files {
            let text = format!("Case(title: \"t\", {file}");
            let input = Input::Text { name: "case.ron".to_owned(), text };
            let looked_at = work::of(|| drop(load_on(input, &Disk, Threads::ONE)));
            assert!(looked_at < 1_000 * LENGTH, "{}…: {looked_at}", &file[..40]);
        }
    }
}
