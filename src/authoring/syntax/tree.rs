//! Brackets within brackets, matched as far as they match.

use std::ops::Range;

use super::super::reader::DEEPEST;
use super::super::token::{Kind, Lexer, Token};
use super::schema::Record;

/// A file as brackets. Cost: linear in its size.
#[derive(Debug)]
pub(in super::super) struct Tree {
    /// Lines of settings before the case: `#![enable(…)]`.
    pub(in super::super) headers: Vec<Range<usize>>,
    /// What stands in the file: the case, if anything.
    pub(in super::super) root: Option<Group>,
    /// Whether every bracket is closed by its like, and all that separates is where it belongs.
    pub(in super::super) is_sound: bool,
}

/// What stands between two brackets.
#[derive(Debug)]
pub(in super::super) struct Group {
    /// The word before the bracket: `Supports`.
    pub(in super::super) name: Option<Token>,
    pub(in super::super) opener: Token,
    /// None where it is not closed.
    pub(in super::super) closer: Option<Token>,
    pub(in super::super) items: Vec<Item>,
    /// Where it ends: behind its closer, or where something comes that cannot be in it.
    pub(in super::super) end: usize,
}

/// One field, entry or value between brackets.
#[derive(Debug)]
pub(in super::super) struct Item {
    /// The name or the id before the colon.
    pub(in super::super) key: Option<Token>,
    pub(in super::super) colon: Option<Token>,
    pub(in super::super) value: Option<Value>,
    pub(in super::super) comma: Option<Token>,
}

#[derive(Debug)]
pub(in super::super) enum Value {
    Token(Token),
    Group(Group),
}

impl Value {
    pub(in super::super) fn bytes(&self) -> Range<usize> {
        match self {
            Self::Token(token) => token.start..token.end,
            Self::Group(group) => group.bytes(),
        }
    }
}

impl Group {
    pub(in super::super) fn bytes(&self) -> Range<usize> {
        self.name.unwrap_or(self.opener).start..self.end
    }
}

impl Item {
    /// The first token of the item.
    pub(in super::super) fn start(&self) -> usize {
        let value = self.value.as_ref().map(|value| value.bytes().start);
        self.key.map(|key| key.start).or(value).expect("an item has a key or a value")
    }

    /// Where its last token ends, a comma not counted.
    pub(in super::super) fn end(&self) -> usize {
        let before = self.colon.or(self.key).map(|token| token.end);
        self.value.as_ref().map(|value| value.bytes().end).or(before).expect("an item has a key or a value")
    }
}

impl Tree {
    pub(in super::super) fn of(text: &str) -> Self {
        let mut parser = Parser::new(text);
        let headers = parser.skip_headers();
        let root = match parser.value(0) {
            Some(Value::Group(group)) => Some(group),
            _ => None,
        };
        let is_case = root.as_ref().is_some_and(|group| group.opener.kind == Kind::LeftParen);
        let is_sound = parser.is_sound && is_case && parser.token.kind == Kind::End;
        Self { headers, root, is_sound }
    }
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    token: Token,
    /// The end of the token before.
    last_end: usize,
    /// What closes the brackets that are open, the innermost last.
    open: Vec<Kind>,
    is_sound: bool,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let token = Token { kind: Kind::End, start: 0, end: 0 };
        let mut parser = Self { text, lexer: Lexer::new(text), token, last_end: 0, open: Vec::new(), is_sound: true };
        parser.advance();
        parser
    }

    /// Takes a token. Characters that mean nothing are left out, but for those that are typed for others.
    fn advance(&mut self) -> Token {
        let taken = self.token;
        self.last_end = taken.end;
        loop {
            let mut token = self.lexer.next();
            let word = &self.text[token.start..token.end];
            match (token.kind, word) {
                (Kind::Stray, "=") => token.kind = Kind::Colon,
                (Kind::Stray, ";") => token.kind = Kind::Comma,
                _ => {}
            }
            let is_well = !matches!(word, "=" | ";") && !matches!(token.kind, Kind::UnclosedText | Kind::CurlyText);
            self.token = token;
            if !matches!(token.kind, Kind::Stray | Kind::UnclosedComment) {
                self.is_sound &= is_well;
                return taken;
            }
            self.is_sound = false;
        }
    }

    /// Skips `#![enable(…)]`, as often as it stands there.
    fn skip_headers(&mut self) -> Vec<Range<usize>> {
        let mut headers = Vec::new();
        let mut lexer = Lexer::new(self.text);
        loop {
            let hash = lexer.next();
            if hash.kind != Kind::Stray || !self.text[hash.start..].starts_with("#!") {
                return headers;
            }
            let line = self.text[hash.start..].lines().next().unwrap_or_default();
            let end = hash.start + line.find(")]").map_or(line.len(), |place| place + 2);
            headers.push(hash.start..end);
            lexer.skip_to(end);
            (self.lexer, self.is_sound) = (lexer.clone(), true);
            self.advance();
        }
    }

    fn words(&self, token: Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    /// The kinds of the two tokens behind the one that comes next.
    fn behind(&self) -> [Kind; 2] {
        let mut ahead = self.lexer.clone();
        [(); 2].map(|()| match ahead.next() {
            token if self.words(token) == "=" => Kind::Colon,
            token => token.kind,
        })
    }

    /// The value that comes next, if one does.
    fn value(&mut self, depth: usize) -> Option<Value> {
        let named = self.token.kind == Kind::Word && self.behind()[0] == Kind::LeftParen;
        let name = named.then(|| self.advance());
        if self.token.kind.closer().is_some() && depth < DEEPEST {
            return Some(Value::Group(self.group(name, depth)));
        }
        if let Some(name) = name {
            return Some(Value::Token(name));
        }
        self.token.kind.starts_value().then(|| Value::Token(self.advance()))
    }

    fn group(&mut self, name: Option<Token>, depth: usize) -> Group {
        let opener = self.advance();
        let closing = opener.kind.closer().expect("the caller has seen a bracket");
        self.open.push(closing);
        let mut items = Vec::new();
        let closer = loop {
            match self.token.kind {
                kind if kind == closing => break Some(self.advance()),
                Kind::End => break None,
                kind if kind.closes() && self.open.contains(&kind) => break None,
                _ if self.is_foreign(closing) => break None,
                _ => items.extend(self.item(closing, depth)),
            }
        };
        self.open.pop();
        self.is_sound &= closer.is_some();
        Group { name, opener, closer, items, end: self.last_end }
    }

    /// One item and the comma behind it; none where what stands here is none.
    fn item(&mut self, closing: Kind, depth: usize) -> Option<Item> {
        let is_key = matches!(self.token.kind, Kind::Word | Kind::Text | Kind::EscapedText | Kind::RawText)
            && self.behind()[0] == Kind::Colon;
        let key = is_key.then(|| self.advance());
        let colon = key.map(|_| self.advance());
        // Where the value is missing, the next field or entry follows.
        let is_next = self.token.kind == Kind::Word && self.behind()[0] == Kind::Colon || self.is_foreign(closing);
        let value = if key.is_some() && is_next { None } else { self.value(depth + 1) };
        if key.is_none() && value.is_none() {
            self.is_sound = false;
            self.advance();
            return None;
        }
        let comma = (self.token.kind == Kind::Comma).then(|| self.advance());
        self.is_sound &= value.is_some() && (comma.is_some() || self.token.kind.closes());
        Some(Item { key, colon, value, comma })
    }

    /// Whether what comes next cannot be in the innermost bracket, and can be further out.
    fn is_foreign(&self, closing: Kind) -> bool {
        let [first, second] = self.behind();
        let outer = &self.open[..self.open.len() - 1];
        if first != Kind::Colon {
            return false;
        }
        match self.token.kind {
            Kind::Word if !outer.is_empty() && second == Kind::LeftBrace => {
                Record::Case.fields().iter().any(|field| field.name == self.words(self.token))
            }
            Kind::Word => closing == Kind::RightBracket && outer.contains(&Kind::RightParen),
            kind if kind.is_text() => {
                closing != Kind::RightBrace && second == Kind::LeftParen && outer.contains(&Kind::RightBrace)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(group: &Group, text: &str) -> String {
        let items = group.items.iter().map(|item| {
            let key = item.key.map(|key| format!("{}:", &text[key.start..key.end])).unwrap_or_default();
            key + &match &item.value {
                None => "?".to_owned(),
                Some(Value::Token(token)) => text[token.start..token.end].to_owned(),
                Some(Value::Group(group)) => shape(group, text),
            }
        });
        let name = group.name.map_or("", |name| &text[name.start..name.end]);
        let closed = if group.closer.is_some() { "" } else { "…" };
        format!("{name}{}{}{closed}", &text[group.opener.start..group.opener.end], items.collect::<Vec<_>>().join(" "))
    }

    fn of(text: &str) -> (String, bool) {
        let tree = Tree::of(text);
        (tree.root.map(|root| shape(&root, text)).unwrap_or_default(), tree.is_sound)
    }

    #[test]
    fn what_is_well_written_is_sound() {
        let text = "#![enable(implicit_some)]\nCase(title: \"T\", claims: {\"c\": (text: \"C\", kind: Other(\"x\"))},)";
        assert_eq!(of(text), ("Case(title:\"T\" claims:{\"c\":(text:\"C\" kind:Other(\"x\"".to_owned(), true));
        for broken in
            ["", "Case(", "Case(a: 1 b: 2)", "Case(a:)", "Case(a = 1)", "[1]", "Case(,)", "Case() x", "Case(\"x)"]
        {
            assert!(!of(broken).1, "{broken}");
        }
    }

    #[test]
    fn an_entry_or_a_section_ends_what_is_open_before_it() {
        let text =
            "Case(claims: {\"a\": (text: \"A\", evidence: [Supports(from: \n\"b\": (text: \"B\"), documents: {\"d\": (";
        let expected =
            "Case(claims:{\"a\":(text:\"A\" evidence:[Supports(from:?……… \"b\":(text:\"B\"… documents:{\"d\":(………";
        assert_eq!(of(text).0, expected);
        let text = "Case(claims: {\"a\": (text: \"A\", entails: [\n\"b\": (text: \"B\"), documents: {\"d\": (";
        let expected = "Case(claims:{\"a\":(text:\"A\" entails:[…… \"b\":(text:\"B\"… documents:{\"d\":(………";
        assert_eq!(of(text).0, expected);
    }
}
