//! The values that fields take: texts, words, numbers, dates, lists.

use std::marker::PhantomData;
use std::ops::Deref;

use crate::diagnostic::{Code, Diagnostic, Fix, Safety};
use crate::model::{
    ActorKind, ClaimKind, DocumentKind, Effect, Expectation, Manner, Period, Probability, ProbabilityError,
    RelationshipKind, Standard,
};
use crate::source::Span;

use super::dates::{HOW, readings};
use super::nearest::{Near, list, near};
use super::reader::{Read, Reader, Text};
use super::spelling;
use super::token::Kind;

/// A value and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

impl<'a, T: Read<'a>> Read<'a> for Vec<T> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        let has_lost = reader.kind() != Kind::LeftBracket && reader.kind().starts_value();
        if has_lost && reader.closes_ahead(Kind::RightBracket).is_some() {
            reader.opener_inside();
        }
        if let Some(fix) = reader.late_bracket() {
            reader.wrong_type("a list `[…]`", |problem, _| problem.fix(fix));
            return None;
        }
        if reader.kind() != Kind::LeftBracket {
            if let Some(values) = reader.bare_list() {
                return Some(values);
            }
            let is_record = reader.kind() == Kind::LeftParen || reader.is_named_record();
            let is_word = matches!(reader.kind(), Kind::Word | Kind::Number) && !is_record;
            if is_word {
                reader.take_as(reader.run());
            }
            let alone = (is_word || reader.kind().is_text()).then(|| reader.listed::<T>());
            reader.wrong_type("a list `[…]`", |problem, value| match alone {
                Some(fix) => problem.fix(fix),
                None if is_record => problem.fix(bracketed(value)),
                None => problem,
            });
            return None;
        }
        let mut values = Self::new();
        reader.list(T::first_field(), |reader| values.extend(T::read(reader)));
        Some(values)
    }
}

/// Square brackets around a value.
fn bracketed(value: Span) -> Fix {
    let (before, behind) = (Span { end: value.start, ..value }, Span { start: value.end, ..value });
    Fix::safe("put it in square brackets: `[…]`", before, "[").and(behind, "]")
}

impl Reader<'_, '_> {
    /// A text alone as a list of what a list there has.
    fn listed<'a, T: Read<'a>>(&self) -> Fix {
        let words = self.words(self.token());
        let words = if self.kind().is_text() { words.to_owned() } else { format!("\"{words}\"") };
        let written = format!("[{}]", T::of_text(&words));
        let safety = if T::is_certain() { Safety::Safe } else { Safety::Unsafe };
        Fix::new(format!("write `{written}`"), safety, self.span(self.token()), written)
    }

    /// Offers to write a word without its quotation marks.
    fn unmarked(&self, word: &str) -> Fix {
        Fix::safe(format!("write `{word}` without quotation marks"), self.span(self.token()), word)
    }
}

/// A value that most records lack, boxed so that a million records without it stay small.
#[derive(Debug)]
pub(super) struct Rare<T>(Box<T>);

impl<T> Rare<T> {
    pub(super) fn new(value: T) -> Self {
        Self(Box::new(value))
    }
}

impl<T> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'a, T: Read<'a>> Read<'a> for Rare<T> {
    fn has_none() -> bool {
        T::has_none()
    }

    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        T::read(reader).map(Self::new)
    }
}

/// One text, or a list of them, and where they are written.
#[derive(Debug, Clone)]
pub(super) struct OneOrMore<'a> {
    named: Named<'a>,
    pub(super) span: Span,
}

/// Nearly all are one, and there are millions: one alone needs no allocation.
#[derive(Debug, Clone)]
enum Named<'a> {
    One(Text<'a>),
    More(Vec<Text<'a>>),
}

impl<'a> OneOrMore<'a> {
    pub(super) fn one(text: Text<'a>, span: Span) -> Self {
        Self { named: Named::One(text), span }
    }

    pub(super) fn more(texts: Vec<Text<'a>>, span: Span) -> Self {
        Self { named: Named::More(texts), span }
    }

    pub(super) fn texts(&self) -> &[Text<'a>] {
        match &self.named {
            Named::One(text) => std::slice::from_ref(text),
            Named::More(texts) => texts,
        }
    }
}

impl<'a> Read<'a> for OneOrMore<'a> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        let span = reader.span(reader.token());
        Some(match reader.kind() {
            Kind::LeftBracket => Self::more(Vec::read(reader)?, span),
            kind if kind.is_text() && reader.goes_on_with_id() => Self::more(Vec::read(reader)?, span),
            _ => Self::one(Text::read(reader)?, span),
        })
    }
}

/// Words that stand for values.
pub(super) trait Words: Sized + Copy + 'static {
    /// What they are, with the article: `a standard`.
    const WHAT: &'static str;
    const WORDS: &'static [(&'static str, Self)];
    /// What is to be known besides where a word is none of them.
    const BESIDES: &'static str;
}

/// The value of a word, if the list has it.
pub(super) fn find<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

impl<'a, T: Words> Read<'a> for Spanned<T> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        let (token, word) = (reader.token(), reader.words(reader.token()));
        let names: Vec<&'static str>;
        match (reader.kind(), find(T::WORDS, word)) {
            (Kind::Word, Some(value)) => {
                reader.advance();
                return Some(Self { value, span: reader.span(token) });
            }
            (Kind::Word, None) => {
                names = T::WORDS.iter().map(|(name, _)| *name).collect();
                if let Some(word) = reader.split_word(&names) {
                    return find(T::WORDS, word).map(|value| Self { value, span: reader.span(token) });
                }
                reader.unknown_word(T::WHAT, &names, Otherwise::Nothing(T::BESIDES));
            }
            _ => {
                names = T::WORDS.iter().map(|(name, _)| *name).collect();
                let bare = word.trim_matches('"');
                let quoted = names.contains(&bare).then(|| reader.unmarked(bare));
                reader.wrong_type(T::WHAT, |problem, _| match quoted {
                    Some(fix) => problem.fix(fix),
                    None => problem.help(format!("write {}", list(&names, "or"))),
                });
            }
        }
        None
    }
}

impl Reader<'_, '_> {
    /// Reports a word that is not known, or several, and skips them.
    pub(super) fn unknown_word(&mut self, what: &str, known: &[&str], otherwise: Otherwise) {
        let run = self.run();
        let (word, span) = (self.words(run), self.span(run));
        self.take_as(run);
        self.skip();
        self.problems().push(unknown_word(word, span, what, known, otherwise));
    }
}

/// That a word is not known, with those that may have been meant.
pub(super) fn unknown_word(word: &str, span: Span, what: &str, known: &[&str], otherwise: Otherwise) -> Diagnostic {
    let problem = Diagnostic::new(Code::UnknownKind, span, format!("`{word}` is not {what}"));
    let same = known.iter().find(|known| letters(known) == letters(word));
    let same = same.map(|word| Near { word, is_alone: true });
    let problem = match same.or_else(|| near(word, known.iter().copied())) {
        Some(near) => problem.did_you_mean(near.word, span, near.safety()),
        None => problem.help(otherwise.known(known)),
    };
    let other = otherwise.fix();
    let both = problem.help.clone().zip(other.as_ref()).filter(|_| !problem.fixes.is_empty());
    let both = both.map(|(near, other)| format!("{near} Or {}", other.title));
    problem.fix_if(other).help_if(both)
}

/// What else than one of the known words may be written.
pub(super) enum Otherwise {
    /// Nothing; and what is to be known of that.
    Nothing(&'static str),
    /// A number from 0 to 1.
    Number,
    /// This, in the place of what is written.
    Written(String, Span),
}

impl Otherwise {
    /// What to write where no known word is near.
    fn known(&self, known: &[&str]) -> String {
        match self {
            Self::Nothing(besides) => format!("write {}{besides}", list(known, "or")),
            Self::Number => format!("known are {}; or write a number from 0 to 1", list(known, "and")),
            Self::Written(word, _) => format!("known are {}; or write `{word}`", list(known, "and")),
        }
    }

    fn fix(self) -> Option<Fix> {
        match self {
            Self::Written(word, span) => Some(Fix::suggested(format!("write `{word}`"), span, word)),
            Self::Nothing(_) | Self::Number => None,
        }
    }
}

/// A word in small letters, without what joins its parts.
fn letters(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name in small letters, with a space where a large letter begins a word of it: `land register` of `LandRegister`, `ngo
/// report` of `NGOReport`.
pub(super) fn in_words(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::with_capacity(name.len() + 4);
    for (at, &letter) in letters.iter().enumerate() {
        let is_small = |place: Option<&char>| place.is_some_and(|letter| letter.is_lowercase());
        let before = at.checked_sub(1).map(|before| &letters[before]);
        let begins = is_small(before) || before.is_some_and(|one| one.is_uppercase()) && is_small(letters.get(at + 1));
        match letter {
            '_' => words.push(' '),
            _ if letter.is_uppercase() && begins => words.extend(std::iter::once(' ').chain(letter.to_lowercase())),
            _ => words.extend(letter.to_lowercase()),
        }
    }
    words
}

#[cfg(test)]
#[test]
fn names_are_taken_apart_into_words() {
    let pairs = [("LandRegister", "land register"), ("NGOReport", "ngo report"), ("press_release", "press release")];
    for (name, words) in pairs.into_iter().chain([("Magazine", "magazine"), ("Web page", "web page"), ("TV", "tv")]) {
        assert_eq!(in_words(name), words);
    }
}

/// A kind with room for words that are not known.
pub(super) trait OpenKind: Sized {
    const WHAT: &'static str;
    const WORDS: &'static [&'static str];
    fn known(word: &str) -> Option<Self>;
    fn other(text: String) -> Self;
}

/// A kind as it is written.
#[derive(Debug, Clone)]
pub(super) struct Open<K>(pub(super) K);

impl<'a, K: OpenKind> Read<'a> for Open<K> {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        let word = reader.words(reader.token());
        if reader.kind() != Kind::Word {
            let (bare, span) = (word.trim_matches('"'), reader.span(reader.token()));
            let fix = match K::known(bare) {
                Some(_) => Some(reader.unmarked(bare)),
                None if reader.kind() == Kind::Text => {
                    Some(Fix::suggested(format!("write `Other({word})`"), span, format!("Other({word})")))
                }
                None => None,
            };
            reader.wrong_type(K::WHAT, |problem, _| match fix {
                Some(fix) => problem.fix(fix),
                None => problem.help("write a word such as those in the reference, or `Other(\"…\")`"),
            });
            return None;
        }
        if word == "Other" {
            return reader.other().map(|text| Self(K::other(text)));
        }
        let known = K::known(word);
        if known.is_none() {
            if let Some(word) = reader.split_word(K::WORDS) {
                return K::known(word).map(Self);
            }
            if reader.split_word(&["Other"]).is_some() {
                return reader.text_of_other().map(|text| Self(K::other(text)));
            }
        }
        if known.is_some() {
            reader.advance();
        } else {
            let run = reader.run();
            let other = format!("Other(\"{}\")", in_words(reader.words(run)));
            let other = Otherwise::Written(other, reader.span(run));
            match reader.has_brackets() {
                true => reader.unknown_word(K::WHAT, &["Other"], Otherwise::Nothing("")),
                false => reader.unknown_word(K::WHAT, K::WORDS, other),
            }
        }
        known.map(Self)
    }
}

impl Reader<'_, '_> {
    /// The text in `Other("…")`; `Other` alone is `other`.
    fn other(&mut self) -> Option<String> {
        self.advance();
        self.text_of_other()
    }

    fn text_of_other(&mut self) -> Option<String> {
        if self.kind().is_text() {
            self.supply_opener(Kind::LeftParen);
        }
        if self.kind() != Kind::LeftParen {
            return Some("other".to_owned());
        }
        let mut text = None;
        self.list(None, |reader| text = Text::read(reader));
        text.map(|text| text.text.into_owned())
    }
}

macro_rules! open_kinds {
    ($($kind:ident is $what:literal;)*) => {$(
        impl OpenKind for $kind {
            const WHAT: &'static str = $what;
            const WORDS: &'static [&'static str] = $kind::WORDS;

            fn known(word: &str) -> Option<Self> {
                Self::from_word(word)
            }

            fn other(text: String) -> Self {
                Self::Other(text)
            }
        }
    )*};
}

open_kinds! {
    ActorKind is "a kind of actor";
    DocumentKind is "a kind of document";
    RelationshipKind is "a kind of relationship";
}

macro_rules! words {
    ($($kind:ident is $what:literal: $($word:ident)* $(, $besides:literal)?;)*) => {$(
        impl Words for $kind {
            const WHAT: &'static str = $what;
            const BESIDES: &'static str = concat!($($besides)?);
            const WORDS: &'static [(&'static str, Self)] = &[$((stringify!($word), Self::$word),)*];
        }
    )*};
}

words! {
    Standard is "a standard of proof": Preponderance ClearAndConvincing BeyondReasonableDoubt;
    ClaimKind is "a kind of claim": Fact Interpretation Generalisation Record;
    Manner is "a manner of speaking": Exhibit Finding Account Allegation Silence,
        "; a source that denies something `Opposes(…)` it, mostly as an `Account`";
    Effect is "an effect": Supports Opposes;
    Expectation is "a verdict": Supported Contested Unsupported Established Refuted Insufficient NoEvidence
        RivalReadings ConflictingEvidence;
}

/// What a number measures, and the words that stand for numbers there.
pub(super) trait Scale {
    const WHAT: &'static str;
    const WORDS: &'static [(&'static str, Probability)];
}

/// A number from 0 to 1, or a word for one.
#[derive(Debug, Clone)]
pub(super) struct Quantity<S> {
    pub(super) number: Probability,
    scale: PhantomData<S>,
}

impl<S> Quantity<S> {
    pub(super) fn new(number: Probability) -> Self {
        Self { number, scale: PhantomData }
    }
}

impl<'a, S: Scale> Read<'a> for Quantity<S> {
    fn has_none() -> bool {
        S::WORDS.iter().any(|(word, _)| *word == "None")
    }

    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        let written = reader.words(reader.token());
        let number = match (reader.kind(), find(S::WORDS, written)) {
            (Kind::Word, Some(number)) => {
                reader.advance();
                Some(number)
            }
            (Kind::Number, _) => reader.probability::<S>(),
            (Kind::Word, None) if spelling::number(written).is_some() => reader.probability::<S>(),
            (Kind::Word, None) if !S::WORDS.is_empty() => {
                let names: Vec<&'static str> = S::WORDS.iter().map(|(name, _)| *name).collect();
                if let Some(word) = reader.split_word(&names) {
                    return find(S::WORDS, word).map(Self::new);
                }
                reader.unknown_word(S::WHAT, &names, Otherwise::Number);
                None
            }
            _ => {
                let bare = written.trim_matches('"');
                let quoted = spelling::number(bare).or(find(S::WORDS, bare).map(Probability::get));
                let fix = quoted.map(|_| reader.unmarked(bare)).or_else(|| reader.quoted_per_cent(bare));
                reader.wrong_type(&format!("{}, a number from 0 to 1", S::WHAT), |problem, _| problem.fix_if(fix));
                None
            }
        };
        number.map(Self::new)
    }
}

impl Reader<'_, '_> {
    /// Reads a number from 0 to 1.
    fn probability<S: Scale>(&mut self) -> Option<Probability> {
        let token = self.advance();
        let number = probability::<S>(self.words(token), self.span(token));
        number.map_err(|problem| self.problems().push(*problem)).ok()
    }
}

/// The number from 0 to 1 that is written somewhere.
pub(super) fn probability<S: Scale>(written: &str, span: Span) -> Result<Probability, Box<Diagnostic>> {
    let out_of_range = |fix: Option<Fix>| {
        let message = format!("{} is a number from 0 to 1, not {written}", S::WHAT);
        let problem = Diagnostic::new(Code::OutOfRange, span, message);
        match fix {
            Some(fix) => problem.fix(fix),
            None => problem.help(in_range::<S>()),
        }
    };
    let in_per_cent = number_in_per_cent(written);
    Err(Box::new(match (spelling::number(written).map(Probability::new), in_per_cent) {
        (Some(Ok(number)), _) => return Ok(number),
        // Smaller ones are hardly meant as so many per cent.
        (Some(Err(ProbabilityError::OutOfRange(number))), _) if number < 10.0 => out_of_range(None),
        (Some(Err(ProbabilityError::OutOfRange(number))), _) => out_of_range(per_cent(number, span, Safety::Unsafe)),
        (None, Some(number)) => out_of_range(per_cent(number, span, Safety::Safe)),
        _ => not_a_number(written, span, &in_range::<S>()),
    }))
}

/// That something written is no number. Where that is for a `_` that separates no digits, which number it was is a guess.
fn not_a_number(written: &str, span: Span, help: &str) -> Diagnostic {
    match spelling::without_underscores(written) {
        Some(plain) => {
            let message = format!("`{written}` is not a number: a `_` in one separates digits, as in `1_000`");
            let fix = Fix::suggested(format!("write `{plain}`"), span, plain);
            Diagnostic::new(Code::NotANumber, span, message).fix(fix)
        }
        None => Diagnostic::new(Code::NotANumber, span, format!("`{written}` is not a number")).help(help),
    }
}

impl Reader<'_, '_> {
    /// A percentage in quotation marks, which come next.
    fn quoted_per_cent(&self, written: &str) -> Option<Fix> {
        quoted_per_cent(written, self.span(self.token()))
    }
}

/// What to write for a percentage in quotation marks.
pub(super) fn quoted_per_cent(written: &str, span: Span) -> Option<Fix> {
    per_cent(number_in_per_cent(written)?, span, Safety::Safe)
}

/// The number before `%`.
fn number_in_per_cent(written: &str) -> Option<f64> {
    written.strip_suffix('%').and_then(|number| spelling::number(number.trim_end()))
}

/// How a percentage is written.
fn per_cent(number: f64, span: Span, safety: Safety) -> Option<Fix> {
    let share = number / 100.0;
    let fix = || Fix::new(format!("for {number} per cent write `{share}`"), safety, span, share.to_string());
    (0.0..=100.0).contains(&number).then(fix)
}

/// What a scale takes.
fn in_range<S: Scale>() -> String {
    let names: Vec<&str> = S::WORDS.iter().map(|(name, _)| *name).collect();
    match &names[..] {
        [] => "write a number from 0 to 1, such as `0.5`".to_owned(),
        [first, .., last] if first.len() == 1 => {
            format!("write a number from 0 to 1, or a letter from `{first}` to `{last}`")
        }
        names => format!("write a number from 0 to 1, or {}", list(names, "or")),
    }
}

macro_rules! scales {
    ($($(#[$doc:meta])* $scale:ident is $what:literal: $words:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(super) struct $scale;

        impl Scale for $scale {
            const WHAT: &'static str = $what;
            const WORDS: &'static [(&'static str, Probability)] = $words;
        }
    )*};
}

scales! {
    /// How far an account can be trusted.
    Reliability is "a reliability": &Probability::RELIABILITY;
    /// How strong a step is.
    Strength is "a strength": &Probability::STRENGTH;
    /// Which share is withheld.
    Withheld is "a withheld share": &Probability::WITHHELD;
    /// A number behind a standard.
    Threshold is "a threshold": &[];
}

/// A whole number, such as that of a source in a text.
impl<'a> Read<'a> for u32 {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        if reader.kind() != Kind::Number {
            let bare = reader.words(reader.token()).trim_matches('"');
            let fix = spelling::whole_number(bare).map(|_| reader.unmarked(bare));
            reader.wrong_type("a whole number", |problem, _| problem.fix_if(fix));
            return None;
        }
        let token = reader.advance();
        let number = whole_number(reader.words(token), reader.span(token));
        number.map_err(|problem| reader.problems().push(*problem)).ok()
    }
}

/// The whole number that is written somewhere.
pub(super) fn whole_number(written: &str, span: Span) -> Result<u32, Box<Diagnostic>> {
    const HOW: &str = "write a number such as `7`";
    spelling::whole_number(written).ok_or_else(|| {
        let message = format!("expected a whole number from 0 on, not {written}");
        Box::new(match spelling::number(written) {
            Some(_) => Diagnostic::new(Code::OutOfRange, span, message).help(HOW),
            None => not_a_number(written, span, HOW),
        })
    })
}

/// A date, or a text that is none: then that is a warning and the text is kept, since verdicts depend on dates only as of a date.
impl<'a> Read<'a> for Period {
    fn read(reader: &mut Reader<'a, '_>) -> Option<Self> {
        let text = Text::read(reader)?;
        Some(period(&text).unwrap_or_else(|problem| {
            reader.problems().push(*problem);
            Self::unread(&text.text)
        }))
    }
}

/// The date that a text is, or a warning that it is none.
pub(super) fn period(Text { text, span }: &Text<'_>) -> Result<Period, Box<Diagnostic>> {
    Period::parse(text).map_err(|_| {
        let message = format!("`{text}` cannot be read as a date, so it is kept as a text");
        let problem = Diagnostic::new(Code::InvalidDate, *span, message);
        let readings = readings(text);
        let safety = match &readings[..] {
            [reading] if reading.is_exact => Safety::Safe,
            [_] => Safety::Unsafe,
            _ => Safety::Manual,
        };
        let fixes = readings.into_iter();
        let fixes = fixes.map(|reading| Fix::new(reading.title(), safety, *span, reading.date));
        let problem = fixes.fold(problem, Diagnostic::fix);
        let is_said = problem.help.is_some();
        Box::new(if is_said { problem } else { problem.help(HOW) })
    })
}
