//! The case file as it is written: its records, their fields and what each field takes.
//!
//! It is the only place that declares them. Nothing here is checked beyond its type; texts are borrowed from the
//! file, and ids keep their places.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::{
    ActorKind, ClaimKind, DocumentKind, Effect, Expectation, Manner, Period, RelationshipKind, Standard,
};
use crate::source::{FileId, Span};

use super::json::{self, FromJson, Json};
use super::nearest::near;
use super::notation::Notation;
use super::reader::{Read, Reader, Requires, Shape, Slot, Text};
use super::threads::Threads;
use super::token::Kind;
use super::values::{OneOrMore, Open, Quantity, Rare, Reliability, Spanned, Strength, Threshold, Withheld};

/// An id and its entry; none where that could not be read.
#[derive(Debug)]
pub(super) struct Entry<'a, T> {
    pub(super) id: Text<'a>,
    pub(super) value: Option<T>,
    /// From the start of its id to the end of the entry.
    pub(super) extent: Span,
}

/// A section of the case: entries in the order of the file.
#[derive(Debug)]
pub(super) struct Entries<'a, T> {
    /// As they were read, one piece after another.
    pieces: Vec<Vec<Entry<'a, T>>>,
}

impl<'a, T> Entries<'a, T> {
    /// In the order of the file.
    pub(super) fn in_order(entries: Vec<Entry<'a, T>>) -> Self {
        Self { pieces: vec![entries] }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry<'a, T>> {
        self.pieces.iter().flatten()
    }
}

impl<'a, T: Read<'a> + Send> Read<'a> for Entries<'a, T> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        if reader.kind() != Kind::LeftBrace && !reader.missing_brace() {
            reader.wrong_type("a map `{ \"id\": (…), }`", |problem, _| problem);
            return None;
        }
        let pieces = reader.entries(|reader, id| {
            let id = id.normalized();
            let before = reader.problems().len();
            let value = T::read(reader);
            reader.problems().about_since(before, &id.text);
            let extent = reader.place(id.span.start as usize..reader.end().max(id.span.end as usize));
            Entry { id, value, extent }
        });
        Some(Self { pieces })
    }
}

macro_rules! spelling {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $spelling:literal) => {
        $spelling
    };
}

/// Declares a record, in both notations: what it is called, the name that may stand before its bracket, and its fields. A field
/// that is marked as required is reported when it is missing; in the record every field is optional.
macro_rules! record {
    ($(#[$doc:meta])* $what:literal $name:ident $(<$life:lifetime>)? {
        $($(#[$meta:meta])* $field:ident $(as $spelling:literal)? $(is $required:ident)?: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(super) struct $name $(<$life>)? {
            $($(#[$meta])* pub(super) $field: Option<$type>,)*
        }

        impl $(<$life>)? $name $(<$life>)? {
            pub(super) const SHAPE: Shape = Shape {
                what: $what,
                name: stringify!($name),
                fields: &[$(spelling!($field $($spelling)?),)*],
            };
        }

        impl<'a> Read<'a> for $name $(<$life>)? {
            fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
                $(let mut $field: Slot<$type> = Slot::default();)*
                let _subject = reader.record(&Self::SHAPE, |reader, name| {
                    $(if name.text == spelling!($field $($spelling)?) {
                        reader.field(name, &mut $field);
                        return true;
                    })*
                    false
                })?;
                let mut _missing = Vec::new();
                $($(reader.$required(&$field, stringify!($field), &mut _missing);)?)*
                reader.report_missing(&_missing, &Self::SHAPE, _subject);
                Some(Self { $($field: $field.value,)* })
            }

            fn first_field() -> Option<&'static str> {
                Some(Self::SHAPE.fields[0])
            }

            fn of_text(text: &str) -> String {
                Self::SHAPE.of_text(text)
            }
        }

        impl<'a> FromJson<'a> for $name $(<$life>)? {
            fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
                $(let mut $field: Slot<$type> = Slot::default();)*
                let _members = json.record(&Self::SHAPE, |json, name| {
                    $(if name.text == spelling!($field $($spelling)?) {
                        json.field(name, &mut $field);
                        return true;
                    })*
                    false
                })?;
                let mut _missing = Vec::new();
                $($(json.$required(&$field, stringify!($field), &mut _missing);)?)*
                json.report_missing(&_missing, &Self::SHAPE, &_members);
                Some(Self { $($field: $field.value,)* })
            }
        }
    };
}

record! {
    /// One file of a case.
    "a case" Case<'a> {
        includes: Vec<Text<'a>>,
        title is require_when_opened: Text<'a>,
        summary: Text<'a>,
        standard: Spanned<Standard>,
        thresholds: Thresholds,
        actors: Entries<'a, Actor<'a>>,
        documents: Entries<'a, Document<'a>>,
        claims: Entries<'a, Claim<'a>>,
        relationships: Entries<'a, Relationship<'a>>,
        inferences: Entries<'a, Inference<'a>>,
        questions: Entries<'a, Question<'a>>,
        report: Report<'a>,
        allow: Vec<Allow<'a>>,
    }
}

record! {
    /// The numbers behind the standards.
    "a set of thresholds" Thresholds {
        serious: Quantity<Threshold>,
        preponderance: Bar,
        clear_and_convincing: Bar,
        beyond_reasonable_doubt: Bar,
    }
}

record! {
    /// What a case has to reach.
    "a bar" Bar {
        case: Quantity<Threshold>,
        margin: Quantity<Threshold>,
    }
}

record! {
    /// Somebody who acts or gives an account.
    "an actor" Actor<'a> {
        name is require: Text<'a>,
        kind: Open<ActorKind>,
        aliases: Vec<Text<'a>>,
        part_of: Text<'a>,
        reliability: Quantity<Reliability>,
        impeached_by: Vec<Attack<'a>>,
        tags: Vec<Text<'a>>,
        note: Text<'a>,
        allow: Vec<Allow<'a>>,
    }
}

record! {
    /// A document.
    "a document" Document<'a> {
        title is require: Text<'a>,
        kind: Open<DocumentKind>,
        by: Vec<Text<'a>>,
        authors: Vec<Text<'a>>,
        date: Period,
        released: Period,
        reliability: Quantity<Reliability>,
        impeached_by: Vec<Attack<'a>>,
        derives_from: Vec<Text<'a>>,
        rests_on: Vec<Text<'a>>,
        supersedes: Vec<Text<'a>>,
        withheld: Quantity<Withheld>,
        bears_on: Vec<Text<'a>>,
        cite: u32,
        collection: Text<'a>,
        url: Text<'a>,
        archived: Text<'a>,
        accessed: Period,
        copy: Text<'a>,
        sha256: Text<'a>,
        locator: Text<'a>,
        mentions: Vec<Text<'a>>,
        places: Vec<Text<'a>>,
        period: Period,
        tags: Vec<Text<'a>>,
        note: Text<'a>,
        allow: Vec<Allow<'a>>,
    }
}

record! {
    /// A claim.
    "a claim" Claim<'a> {
        text is require: Text<'a>,
        kind: Spanned<ClaimKind>,
        standard: Spanned<Standard>,
        evidence: Vec<Evidence<'a>>,
        entails: Vec<Text<'a>>,
        rivals: Vec<Text<'a>>,
        all_of: Vec<Text<'a>>,
        any_of: Vec<Text<'a>>,
        one_of: Vec<Text<'a>>,
        assumed: Quantity<Strength>,
        about: Vec<Text<'a>>,
        places: Vec<Text<'a>>,
        period: Period,
        tags: Vec<Text<'a>>,
        note: Text<'a>,
        expect: Spanned<Expectation>,
        allow: Vec<Allow<'a>>,
    }
}

record! {
    /// A statement about two actors.
    "a relationship" Relationship<'a> {
        from is require: Text<'a>,
        to is require: Text<'a>,
        kind is require: Open<RelationshipKind>,
        same_as: Text<'a>,
        standard: Spanned<Standard>,
        evidence: Vec<Evidence<'a>>,
        entails: Vec<Text<'a>>,
        rivals: Vec<Text<'a>>,
        all_of: Vec<Text<'a>>,
        any_of: Vec<Text<'a>>,
        one_of: Vec<Text<'a>>,
        assumed: Quantity<Strength>,
        places: Vec<Text<'a>>,
        period: Period,
        tags: Vec<Text<'a>>,
        note: Text<'a>,
        expect: Spanned<Expectation>,
        allow: Vec<Allow<'a>>,
    }
}

record! {
    /// What a statement rests on, for or against.
    "evidence" Link<'a> {
        from is require: OneOrMore<'a>,
        strength: Quantity<Strength>,
        manner as "as": Spanned<Manner>,
        at: Rare<Text<'a>>,
        quote: Rare<Text<'a>>,
        relies_on: Rare<Vec<Text<'a>>>,
        undercut_by: Rare<Vec<Attack<'a>>>,
    }
}

record! {
    /// An undercut or an impeachment.
    "an attack" Attack<'a> {
        from is require: OneOrMore<'a>,
        strength: Quantity<Strength>,
    }
}

record! {
    /// Several premises taken together.
    "an inference" Inference<'a> {
        given is require: Vec<Text<'a>>,
        given_rejected: Vec<Text<'a>>,
        to is require: Text<'a>,
        effect is require: Spanned<Effect>,
        strength: Quantity<Strength>,
        scheme: Text<'a>,
        undercut_by: Vec<Attack<'a>>,
        note: Text<'a>,
        allow: Vec<Allow<'a>>,
    }
}

record! {
    /// A question that the case is to answer.
    "a question" Question<'a> {
        text is require: Text<'a>,
        claims: Vec<Text<'a>>,
        headline: Text<'a>,
        allow: Vec<Allow<'a>>,
    }
}

record! {
    /// A warning that is allowed, with a reason.
    "an allowed warning" Reasoned<'a> {
        lint is require: Text<'a>,
        reason: Text<'a>,
    }
}

record! {
    /// The order of a written report.
    "a report" Report<'a> {
        sections: Vec<Section<'a>>,
    }
}

record! {
    /// One section of a written report.
    "a section" Section<'a> {
        title is require: Text<'a>,
        claims: Vec<Text<'a>>,
        text: Text<'a>,
    }
}

/// `Supports(…)` or `Opposes(…)`.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    pub(super) effect: Effect,
    pub(super) link: Link<'a>,
}

impl Reader<'_, '_> {
    /// A text or a record that comes next as evidence: on which side is for the author to say.
    fn as_evidence(&self) -> Option<[Fix; 2]> {
        let (span, written) = (self.span(self.token()), self.words(self.token()));
        let before = Span { end: span.start, ..span };
        match self.kind() {
            Kind::LeftParen => {
                Some(["Supports", "Opposes"].map(|side| Fix::suggested(format!("write `{side}(…)`"), before, side)))
            }
            kind if kind.is_text() => Some(["Supports", "Opposes"].map(|side| {
                let evidence = format!("{side}(from: {written})");
                Fix::suggested(format!("write `{evidence}`"), span, evidence)
            })),
            _ => None,
        }
    }
}

impl<'a> Read<'a> for Evidence<'a> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        if reader.kind() != Kind::Word {
            let fixes = reader.as_evidence();
            reader.wrong_type("evidence", |problem, _| match fixes {
                Some(fixes) => fixes.into_iter().fold(problem, Diagnostic::fix),
                None => problem.help("write `Supports(from: \"…\")` or `Opposes(from: \"…\")`"),
            });
            return None;
        }
        let whole = reader.token();
        let (word, span) = match reader.split_word(&["Supports", "Opposes"]) {
            Some(word) => (word, reader.span(whole)),
            None => {
                let token = reader.missing_paren(&["Supports", "Opposes"]).unwrap_or_else(|| reader.advance());
                (reader.words(token), reader.span(token))
            }
        };
        let effect = match word {
            "Supports" => Some(Effect::Supports),
            "Opposes" => Some(Effect::Opposes),
            _ => {
                let problem = Diagnostic::new(Code::UnknownKind, span, format!("`{word}` is not evidence"));
                reader.problems().push(match near(word, ["Supports", "Opposes"]) {
                    Some(near) => problem.did_you_mean(near.word, span, near.safety()),
                    None => problem.help("evidence is `Supports(…)` or `Opposes(…)`"),
                });
                None
            }
        };
        reader.set_subject(span);
        let link = Link::read(reader)?;
        effect.map(|effect| Self { effect, link })
    }

    fn of_text(text: &str) -> String {
        format!("Supports(from: {text})")
    }

    fn is_certain() -> bool {
        false
    }
}

/// A warning that is allowed: its name, or its name with a reason.
#[derive(Debug)]
pub(super) struct Allow<'a> {
    pub(super) lint: Option<Text<'a>>,
    pub(super) reason: Option<Text<'a>>,
    pub(super) extent: Span,
}

impl<'a> Read<'a> for Allow<'a> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        let start = reader.token().start;
        if reader.kind().is_text() {
            return Text::read(reader).map(|lint| Self {
                lint: Some(lint),
                reason: None,
                extent: reader.place(start..reader.end()),
            });
        }
        if !matches!(reader.kind(), Kind::Word | Kind::LeftParen) {
            let help = "write the name of a warning, `\"one-sided\"`, or `(lint: \"one-sided\", reason: \"…\")`";
            reader.wrong_type("a warning to allow", |problem, _| problem.help(help));
            return None;
        }
        reader.set_subject(reader.span(reader.token()));
        let Reasoned { lint, reason } = Reasoned::read(reader)?;
        Some(Self { lint, reason, extent: reader.place(start..reader.end()) })
    }
}

/// One file of a case, as it is written.
#[derive(Debug)]
pub(super) struct WrittenFile<'a> {
    pub(super) case: Option<Case<'a>>,
    /// Where the case begins.
    pub(super) head: Span,
    pub(super) text: &'a str,
    /// Where what was read is not certain: ids there may be missing, or be none.
    pub(super) damaged: Vec<Span>,
    /// An entry has lost its id.
    pub(super) has_lost_entry: bool,
}

/// Reads one file of a case, from its first token to its last. The first file is the one that was opened. Cost:
/// linear in its size.
pub(super) fn read_file<'a>(
    file: FileId,
    notation: Notation,
    text: &'a str,
    threads: Threads,
    problems: &mut Diagnostics,
) -> WrittenFile<'a> {
    if notation == Notation::Json {
        return json::read_file(file, text, problems);
    }
    let mut reader = Reader::new(file, text, problems).on(threads);
    let head = reader.span(reader.token());
    let case = reader.begin_case().then(|| Case::read(&mut reader)).flatten();
    if case.is_some() {
        reader.end_case();
    }
    WrittenFile { case, head, text, damaged: reader.damaged(), has_lost_entry: reader.has_lost_entry() }
}
