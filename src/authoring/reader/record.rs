//! Fields in round brackets.

use crate::diagnostic::{Code, Diagnostic, Fix, Safety};
use crate::source::Span;

use super::super::nearest::{Near, list, near};
use super::super::spelling;
use super::super::token::Kind;
use super::group::Item;
use super::{Read, Reader};

/// What a record is called, and the fields that it takes.
#[derive(Debug)]
pub(in super::super) struct Shape {
    /// With its article: `an actor`.
    pub(in super::super) what: &'static str,
    /// The name that may stand before the bracket: `Actor`.
    pub(in super::super) name: &'static str,
    pub(in super::super) fields: &'static [&'static str],
}

impl Shape {
    /// A record that has a text for its first field.
    pub(in super::super) fn of_text(&self, text: &str) -> String {
        format!("({}: {text})", self.fields[0])
    }
}

/// The name of a field and its place.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Name<'a> {
    pub(in super::super) text: &'a str,
    span: Span,
    /// It is written otherwise, and this is what was meant.
    guessed: bool,
}

/// The value of a field, and where its name stands once it has been seen.
#[derive(Debug)]
pub(in super::super) struct Slot<T> {
    pub(in super::super) seen: Option<Span>,
    pub(in super::super) value: Option<T>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { seen: None, value: None }
    }
}

/// Which fields a record has to have, in whatever notation it is read.
pub(in super::super) trait Requires {
    /// Whether the file is the one that was opened.
    fn is_opened(&self) -> bool;

    /// Whether what is not there may have been lost with what is wrong in the file.
    fn is_broken(&self) -> bool;

    /// Notes a required field that is missing; not one whose value alone was wrong.
    fn require<T>(&self, slot: &Slot<T>, field: &'static str, missing: &mut Vec<&'static str>) {
        if slot.seen.is_none() && !self.is_broken() {
            missing.push(field);
        }
    }

    /// Requires a field in the opened file only.
    fn require_when_opened<T>(&self, slot: &Slot<T>, field: &'static str, missing: &mut Vec<&'static str>) {
        if self.is_opened() {
            self.require(slot, field, missing);
        }
    }
}

impl Requires for Reader<'_, '_> {
    fn is_opened(&self) -> bool {
        self.file.index() == 0
    }

    fn is_broken(&self) -> bool {
        self.quiet
    }
}

impl<'a> Reader<'a, '_> {
    /// Reads a record, giving each field's name to `field`, which reads the value, or returns false where there is
    /// no such field. Returns the place that messages about the whole record point at; nothing where there is no record.
    pub(in super::super) fn record(
        &mut self,
        shape: &Shape,
        mut field: impl FnMut(&mut Self, Name<'a>) -> bool,
    ) -> Option<Span> {
        let subject = self.subject();
        if self.kind() == Kind::Word && self.peek(1) == Kind::LeftParen {
            self.record_name(shape);
        }
        if self.kind() == Kind::Word && self.peek(1) == Kind::Colon && shape.fields.contains(&self.words(self.token)) {
            self.supply_opener(Kind::LeftParen);
        }
        if self.kind() != Kind::LeftParen {
            let fix = self.kind().is_text().then(|| self.bracketed(shape));
            self.wrong_type(&format!("{} in round brackets `(…)`", shape.what), |problem, _| problem.fix_if(fix));
            return None;
        }
        self.group(shape.fields, |reader| reader.record_item(shape, &mut field));
        Some(subject)
    }

    /// A text alone as the first field of a record. Only what an attack comes from can have been meant for sure.
    fn bracketed(&self, shape: &Shape) -> Fix {
        let written = shape.of_text(self.words(self.token));
        let safety = if shape.fields[0] == "from" { Safety::Safe } else { Safety::Unsafe };
        Fix::new(format!("write `{written}`"), safety, self.span(self.token), written)
    }

    /// The name before the bracket: it may be left out, not be another.
    fn record_name(&mut self, shape: &Shape) {
        let token = self.advance();
        let word = self.words(token);
        if word != shape.name {
            let message = format!("expected {}, found `{word}`", shape.what);
            let problem = Diagnostic::new(Code::WrongType, self.span(token), message);
            let title = format!("write `{}(…)`, or `(…)` alone", shape.name);
            self.out.push(problem.fix(Fix::safe(title, self.span(token), shape.name)));
        }
    }

    fn record_item(&mut self, shape: &Shape, field: &mut impl FnMut(&mut Self, Name<'a>) -> bool) -> Item {
        let start = self.mark();
        let Some(name) = self.field_name(shape) else {
            if let Some(name) = self.unnamed(shape) {
                field(self, name);
                return Item::Taken;
            }
            if self.headless_section() {
                return Item::Taken;
            }
            if self.foreign() {
                return Item::Foreign;
            }
            if self.decimal_comma() {
                return Item::Taken;
            }
            self.unexpected("the name of a field");
            self.skip();
            return Item::Taken;
        };
        if self.open.len() == 1 {
            self.fresh(name.span.start as usize);
        }
        if !field(self, name) {
            let value = self.mark();
            self.reset(start);
            if self.foreign() {
                return Item::Foreign;
            }
            self.reset(value);
            match self.unknown_field(name, shape) {
                Some(meant) => drop(field(self, meant)),
                None => {
                    self.leave_out();
                    self.skip();
                }
            }
        }
        Item::Taken
    }

    /// The first field, where a text stands alone right behind the bracket: what it is meant for is mostly that.
    fn unnamed(&mut self, shape: &Shape) -> Option<Name<'a>> {
        let first = shape.fields[0];
        let is_first = self.open.last().is_some_and(|frame| frame.opener.end == self.last_end);
        let is_value = self.kind().is_text() || self.kind() == Kind::LeftBracket && first == "from";
        if !is_first || !is_value || !["from", "name", "title", "text"].contains(&first) {
            return None;
        }
        let problem = self.syntax(self.token.start..self.token.end, "this value has no name");
        let (written, at) = (if self.kind().is_text() { self.words(self.token) } else { "[…]" }, self.token.start);
        let fix = Fix::safe(format!("write `{first}: {written}`"), self.place(at..at), format!("{first}: "));
        self.slip(problem.fix(fix));
        Some(Name { text: first, span: self.span(self.token), guessed: false })
    }

    /// Reports a number with a comma in it, of which the part before the comma has been read; false if there is none.
    fn decimal_comma(&mut self) -> bool {
        let Some(before) = self.text[..self.token.start].strip_suffix(',') else { return false };
        let whole = before.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        if self.kind() != Kind::Number || whole == before.len() {
            return false;
        }
        let (whole, part) = (whole..before.len(), self.words(self.token));
        let problem = self.syntax(whole.start..self.token.end, "a number is written with a point, not with a comma");
        let title = format!("write `{}.{part}`", &self.text[whole.clone()]);
        self.slip(problem.fix(Fix::safe(title, self.place(whole.end..whole.end + 1), ".")));
        self.advance();
        true
    }

    /// The name of a field and the colon behind it.
    pub(super) fn field_name(&mut self, shape: &Shape) -> Option<Name<'a>> {
        self.spaced_name(shape.fields);
        if let Some(name) = self.split_name(shape) {
            return Some(name);
        }
        let token = self.token;
        if token.kind == Kind::SpacedWord {
            let text = self.words(token).replace(' ', "");
            let text = shape.fields.iter().find(|field| **field == text)?;
            self.advance();
            self.colon_behind(text);
            return Some(Name { text, span: self.span(token), guessed: false });
        }
        let named = matches!(token.kind, Kind::Word | Kind::Text) && self.peek(1) == Kind::Colon;
        let word = match token.kind {
            Kind::Word => bare(self.words(token)),
            Kind::Text => &self.text[spelling::inside(token, self.text)],
            _ => return None,
        };
        if !named && token.kind == Kind::Text || (!named || token.kind == Kind::Text) && !shape.fields.contains(&word) {
            return None;
        }
        self.advance();
        if token.kind == Kind::Text {
            let problem = self.syntax(token.start..token.end, "the name of a field stands without quotation marks");
            self.slip(problem.fix(Fix::safe(format!("write `{word}: …`"), self.span(token), word)));
        }
        self.colon_behind(&format!("`{word}`"));
        Some(Name { text: word, span: self.span(token), guessed: false })
    }

    /// A name whose colon stands before its last letter.
    fn split_name(&mut self, shape: &Shape) -> Option<Name<'a>> {
        let (start, is_colon) = (self.token.start, self.text[self.token.end..].starts_with(':'));
        let text = if is_colon { self.split_word(shape.fields)? } else { return None };
        let span = self.place(start..self.token.end);
        self.advance();
        Some(Name { text, span, guessed: false })
    }

    /// Reads the value of a field into its slot. `None` means not given, and `Some(x)` the same as `x`.
    pub(in super::super) fn field<T: Read<'a>>(&mut self, name: Name<'a>, slot: &mut Slot<T>) {
        let is_single = slot.seen.is_some() && self.kind().closer().is_none() && !self.has_brackets();
        let value = self.optional();
        match slot.seen {
            None => *slot = Slot { seen: Some(name.span), value },
            Some(_) if name.guessed => {}
            Some(first) => {
                let problem = double_field(name.text, name.span, first);
                // What stands in brackets, a section above all, is seldom written twice to the letter.
                let safety = if is_single { Safety::Unsafe } else { Safety::Manual };
                self.out.push(problem.fix(Fix::new("remove the second", safety, self.whole_field(name), "")));
                self.leave_out();
            }
        }
    }

    /// From the name of a field, whose value has been read, to the comma behind it.
    fn whole_field(&self, name: Name<'_>) -> Span {
        let end = if self.kind() == Kind::Comma { self.token.end } else { self.last_end };
        self.place(name.span.start as usize..end)
    }

    /// What is left out may be a whole section, with ids in it.
    pub(super) fn leave_out(&mut self) {
        if self.open.len() == 1 {
            self.damage();
        }
    }

    fn optional<T: Read<'a>>(&mut self) -> Option<T> {
        match (self.kind(), self.words(self.token)) {
            (Kind::Word, "null" | "nil" | "NULL" | "Null" | "none" | "undefined") => {
                self.null();
                None
            }
            (Kind::Word, "None") if !T::has_none() => {
                self.advance();
                None
            }
            (Kind::Word, "Some") if self.peek(1) == Kind::LeftParen => self.some(),
            _ => T::read(self),
        }
    }

    /// The value in `Some(…)`, which has one.
    fn some<T: Read<'a>>(&mut self) -> Option<T> {
        let start = self.advance().start;
        let (mut value, mut count) = (None, 0_usize);
        self.group(&[], |reader| {
            count += 1;
            value = T::read(reader);
            Item::Taken
        });
        if count != 1 && !self.quiet {
            let found = if count == 0 { "none" } else { "several" };
            let message = format!("`Some(…)` has one value, and this has {found}");
            let problem = Diagnostic::new(Code::WrongType, self.place(start..self.last_end), message);
            self.out.push(problem.help("write the value alone; for none, leave the field out"));
        }
        value
    }

    /// Nothing, as other formats write it.
    fn null(&mut self) {
        let token = self.advance();
        let message = format!("expected a value, found `{}`", self.words(token));
        let problem = Diagnostic::new(Code::WrongType, self.span(token), message);
        let fix = Fix::safe("write `None`, or leave the field out", self.span(token), "None");
        self.out.push(problem.fix(fix));
    }

    /// Reports a field that is not known, and gives the one that was meant, if there is no doubt.
    fn unknown_field(&mut self, name: Name<'a>, shape: &Shape) -> Option<Name<'a>> {
        let (problem, near) = unknown_field(name.text, name.span, shape, &self.fields_written());
        self.out.push(problem);
        let near = near.filter(|near| near.is_alone)?;
        Some(Name { text: near.word, guessed: true, ..name })
    }

    /// Reports the required fields that are missing.
    pub(in super::super) fn report_missing(&mut self, missing: &[&str], shape: &Shape, subject: Span) {
        if !missing.is_empty() {
            self.out.push(missing_fields(missing, shape, subject));
        }
    }
}

/// That a field is not known, and the one that was perhaps meant, which is not among those that are written.
pub(in super::super) fn unknown_field(
    name: &str,
    span: Span,
    shape: &Shape,
    written: &[&str],
) -> (Diagnostic, Option<Near<'static>>) {
    let problem = Diagnostic::new(Code::UnknownField, span, format!("{} has no field `{name}`", shape.what));
    let free = shape.fields.iter().copied().filter(|field| !written.contains(field));
    let Some(near) = near(name, free) else {
        let help = match near_field(name, shape) {
            Some(field) => format!("`{field}` is written as well: remove one of the two"),
            None => format!("its fields are {}", list(shape.fields, "and")),
        };
        return (problem.help(help), None);
    };
    (problem.did_you_mean(near.word, span, near.safety()), Some(near))
}

/// That a field is written in two places.
pub(in super::super) fn double_field(name: &str, span: Span, first: Span) -> Diagnostic {
    let problem = Diagnostic::new(Code::DuplicateField, span, format!("`{name}` is written twice"));
    problem.label("again here").help("keep one of the two").related(first, "first here")
}

/// That required fields are missing.
pub(in super::super) fn missing_fields(missing: &[&str], shape: &Shape, subject: Span) -> Diagnostic {
    let (fields, are) = (list(missing, "and"), if missing.len() == 1 { "is" } else { "are" });
    let written: Vec<String> = missing.iter().map(|field| format!("{field}: …")).collect();
    let problem = Diagnostic::new(Code::MissingField, subject, format!("{} needs {fields}", shape.what));
    problem.label(format!("{fields} {are} missing")).help(format!("add `{}`", written.join(", ")))
}

/// The field whose name is nearest, written or not.
fn near_field(name: &str, shape: &Shape) -> Option<&'static str> {
    near(name, shape.fields.iter().copied()).map(|near| near.word)
}

/// A name without the `r#` that may stand before it.
fn bare(word: &str) -> &str {
    word.strip_prefix("r#").unwrap_or(word)
}
