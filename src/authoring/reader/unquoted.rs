//! Words without the quotation marks or the bracket that belong to them, as people write them who have never seen RON.

use crate::diagnostic::{Code, Diagnostic};

use super::super::token::{Kind, Token};
use super::Reader;

/// What ends words that stand without quotation marks.
const ENDS: [char; 10] = [',', ')', ']', '}', '(', '[', '{', ':', '"', '\n'];

impl<'a> Reader<'a, '_> {
    /// The words from the token that comes next to the next comma or bracket on the line, but not the name of a field
    /// that follows: `Very Strong`, `yale-2021`.
    pub(in super::super) fn run(&self) -> Token {
        let Token { kind, start, end } = self.token;
        let rest = &self.text[start..];
        let comment = rest.find("//").unwrap_or(rest.len());
        let length = rest.find(ENDS).unwrap_or(rest.len()).min(comment);
        let words = rest[..length].trim_end();
        let words = match rest[length..].starts_with(':') {
            true => words.rfind(char::is_whitespace).map_or(words, |space| words[..space].trim_end()),
            false => words,
        };
        Token { kind, start, end: (start + words.len()).max(end) }
    }

    /// Goes on behind a token that starts where the next one does.
    pub(in super::super) fn skip_run(&mut self, run: Token) {
        self.lexer.skip_to(run.end);
        self.advance();
        self.last_end = run.end;
    }

    /// Puts a token of no width where the next one begins: a bracket that is missing.
    pub(in super::super) fn supply(&mut self, kind: Kind, at: usize) {
        self.lexer.skip_to(at);
        self.token = Token { kind, start: at, end: at };
    }

    /// Reports words that stand where a text belongs, and goes on behind them.
    pub(super) fn unquoted(&mut self) {
        if let Some(end) = self.closing_mark() {
            let word = self.words(self.token);
            let problem = self.syntax(self.token.start..end, "this text has no opening quotation mark");
            self.slip(problem.help(format!("put `\"` before `{word}`")));
            return self.skip_run(Token { end, ..self.token });
        }
        let run = self.run();
        if run.end == self.token.end {
            let help = format!("write it in quotation marks: `\"{}\"`", self.words(run));
            return self.wrong_type("a text", Some(help));
        }
        let words = self.words(run);
        let problem = Diagnostic::new(Code::WrongType, self.span(run), format!("expected a text, found `{words}`"));
        self.out.push(problem.help(format!("write it in quotation marks: `\"{words}\"`")));
        self.leave_out();
        self.skip_run(run);
    }

    /// Where a text ends that has a quotation mark behind it and none before: the first mark on the line, if it cannot
    /// be one that opens.
    fn closing_mark(&self) -> Option<usize> {
        let line = self.text[self.token.start..].lines().next().unwrap_or_default();
        let mark = line.find('"')?;
        let before =
            line[..mark].chars().next_back().is_some_and(|letter| !letter.is_whitespace() && !"([{:,".contains(letter));
        let behind = line[mark + 1..].trim_start().chars().next().is_none_or(|letter| ",)]}".contains(letter));
        (before && behind).then_some(self.token.start + mark + 1)
    }

    /// Whether a text that comes next is an id with all up to the next quotation mark: `"letter: (title: "`. Then its
    /// own mark is missing, and is read as if it were there.
    pub(super) fn unclosed_id(&mut self) -> Option<super::Text<'a>> {
        let Token { start, end, .. } = self.token;
        let inside = self.text.get(start + 1..end)?;
        let (id, rest) = inside.split_once(':')?;
        let is_id = !id.trim().is_empty() && !id.contains(['"', '(', '\n', ',']) && rest.trim_start().starts_with('(');
        if self.kind() != Kind::Text || !is_id {
            return None;
        }
        let bytes = start + 1..start + 1 + id.trim_end().len();
        self.fresh(start);
        let problem = self.syntax(start..bytes.end, "this id has no closing quotation mark");
        self.slip(problem.help(format!("write `\"{}\":`", id.trim())));
        let text = super::Text { text: id.trim().into(), span: self.place(bytes) };
        self.skip_run(Token { end: start + 1 + id.len(), ..self.token });
        Some(text)
    }
}
