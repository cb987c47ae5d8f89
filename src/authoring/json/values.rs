//! The values that fields take, as JSON has them: strings, numbers, lists, objects.

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::model::{Effect, Period, Probability};
use crate::source::Span;

use super::super::mirror::{Allow, Entries, Entry, Evidence, Link, Reasoned};
use super::super::nearest::list;
use super::super::reader::Text;
use super::super::spelling;
use super::super::token::Kind;
use super::super::values::{
    OneOrMore, Open, OpenKind, Otherwise, Quantity, Rare, Scale, Spanned, Words, find, in_words, period, probability,
    quoted_per_cent, unknown_word, whole_number,
};
use super::{FromJson, Json};

impl<'a> FromJson<'a> for Text<'a> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        let text = json.text();
        if text.is_none() {
            let token = json.token;
            let in_marks = (token.kind == Kind::Number).then(|| {
                let written = format!("\"{}\"", json.words(token));
                Fix::safe(format!("write `{written}`"), json.span(token), written)
            });
            json.wrong_type("a text", |problem, _| problem.fix_if(in_marks));
        }
        text
    }

    fn begins_with(kind: Kind) -> bool {
        kind.is_text()
    }
}

impl<'a, T: FromJson<'a>> FromJson<'a> for Vec<T> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        if json.kind() != Kind::LeftBracket {
            let is_item = T::begins_with(json.kind());
            json.wrong_type("a list `[…]`", |problem, value| problem.fix_if(is_item.then(|| bracketed(value))));
            return None;
        }
        let mut values = Self::new();
        json.group(|json| values.extend(T::from_json(json)));
        Some(values)
    }
}

/// Square brackets around a value.
fn bracketed(value: Span) -> Fix {
    let (before, behind) = (Span { end: value.start, ..value }, Span { start: value.end, ..value });
    Fix::safe("put it in square brackets: `[…]`", before, "[").and(behind, "]")
}

impl<'a, T: FromJson<'a>> FromJson<'a> for Rare<T> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        T::from_json(json).map(Self::new)
    }
}

impl<'a> FromJson<'a> for OneOrMore<'a> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        let span = json.span(json.token);
        Some(match json.kind() {
            Kind::LeftBracket => Self::more(Vec::from_json(json)?, span),
            _ => Self::one(Text::from_json(json)?, span),
        })
    }
}

impl<'a, T: FromJson<'a>> FromJson<'a> for Entries<'a, T> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        if json.kind() != Kind::LeftBrace {
            json.wrong_type("an object `{\"id\": {…}}`", |problem, _| problem);
            return None;
        }
        let mut entries = Vec::new();
        json.members(|json, id| {
            let id = id.normalized();
            json.set_subject(id.span);
            let before = json.out.len();
            let value = T::from_json(json);
            json.subject = None;
            json.out.about_since(before, &id.text);
            let extent = json.place(id.span.start as usize..json.last_end.max(id.span.end as usize));
            entries.push(Entry { id, value, extent });
        });
        Some(Self::in_order(entries))
    }
}

impl<'a, T: Words> FromJson<'a> for Spanned<T> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        let names: Vec<&str> = T::WORDS.iter().map(|(name, _)| *name).collect();
        let Some(Text { text, span }) = json.text() else {
            json.wrong_type(T::WHAT, |problem, _| problem.help(format!("write {}", list(&names, "or"))));
            return None;
        };
        let value = find(T::WORDS, &text);
        if value.is_none() {
            json.slip(unknown_word(&text, span, T::WHAT, &names, Otherwise::Nothing(T::BESIDES)));
        }
        value.map(|value| Self { value, span })
    }
}

/// The name of the member that has a kind in the author's own words.
const OTHER: &str = "Other";

impl<'a, K: OpenKind> FromJson<'a> for Open<K> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        if json.kind() == Kind::LeftBrace {
            return in_own_words(json, K::WHAT).map(|text| Self(K::other(text.text.into_owned())));
        }
        let whole = json.span(json.token);
        let Some(Text { text, span }) = json.text() else {
            let help = "write a word such as those in the reference, or `{\"Other\": \"…\"}`";
            json.wrong_type(K::WHAT, |problem, _| problem.help(help));
            return None;
        };
        let other = || (text == OTHER).then(|| K::other("other".to_owned()));
        let kind = K::known(&text).or_else(other);
        if kind.is_none() {
            let other = serde_json::json!({ OTHER: in_words(&text) }).to_string();
            json.slip(unknown_word(&text, span, K::WHAT, K::WORDS, Otherwise::Written(other, whole)));
        }
        kind.map(Self)
    }
}

/// What an object says that stands for a kind, which has that one member.
fn in_own_words<'a>(json: &mut Json<'a, '_>, what: &str) -> Option<Text<'a>> {
    let help = "write `{\"Other\": \"…\"}`";
    let whole = json.span(json.token);
    let (mut text, mut names) = (None, 0_usize);
    json.members(|json, name| {
        names += 1;
        let is_first = names == 1;
        match is_first.then(|| json.one_of(&name, what, &[OTHER], help)).flatten() {
            Some(_) => text = Text::from_json(json),
            None => json.pass(),
        }
    });
    if names != 1 && !json.is_broken {
        let found = if names == 0 { "none" } else { "several" };
        let message = format!("{what} in braces has one member, and this has {found}");
        json.slip(Diagnostic::new(Code::WrongType, whole, message).help(help));
    }
    text
}

impl Json<'_, '_> {
    /// Reads the number that comes next, which other programs may write as JSON does not.
    fn number(&mut self) -> (String, Span) {
        let token = self.advance();
        let (written, span) = (self.words(token), self.span(token));
        match spelling::number(written).filter(|number| number.is_finite() && !is_number(written)) {
            Some(meant) => {
                let problem =
                    Diagnostic::new(Code::Syntax, span, format!("JSON does not write a number as `{written}`"));
                self.slip(problem.fix(Fix::safe(format!("write `{meant}`"), span, meant.to_string())));
                (meant.to_string(), span)
            }
            None => (written.to_owned(), span),
        }
    }

    /// Takes quotation marks away from what is written in them.
    fn unmarked(&self, token: super::Token, text: &str) -> Fix {
        Fix::safe(format!("write `{text}` without quotation marks"), self.span(token), text)
    }
}

/// Whether it is a number by the grammar of JSON.
fn is_number(written: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(written).is_ok()
}

impl<'a, S: Scale> FromJson<'a> for Quantity<S> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        let (token, is_bare) = (json.token, json.kind() == Kind::Word);
        if token.kind == Kind::Number {
            let (written, span) = json.number();
            return probability::<S>(&written, span).map_err(|problem| json.slip(*problem)).ok().map(Self::new);
        }
        let what = format!("{}, a number from 0 to 1", S::WHAT);
        if is_bare && ["NaN", "Infinity"].contains(&json.words(token)) {
            json.wrong_type(&what, |problem, _| problem.help("JSON has no such number; write one from 0 to 1"));
            return None;
        }
        let Some(Text { text, span }) = json.text() else {
            json.wrong_type(&what, |problem, _| problem);
            return None;
        };
        let number = find(S::WORDS, &text);
        if number.is_none() {
            let numeral = is_number(&text) && text.parse().is_ok_and(|number| Probability::new(number).is_ok());
            let fix = numeral.then(|| json.unmarked(token, &text));
            let fix = fix.or_else(|| quoted_per_cent(&text, json.span(token)));
            let names: Vec<&str> = S::WORDS.iter().map(|(name, _)| *name).collect();
            json.slip(match fix {
                None if !names.is_empty() => unknown_word(&text, span, S::WHAT, &names, Otherwise::Number),
                fix => {
                    let message = format!("expected {what}, found the text \"{text}\"");
                    let problem = Diagnostic::new(Code::WrongType, json.span(token), message);
                    match fix {
                        Some(fix) => problem.fix(fix),
                        None => problem.help("write a number without quotation marks"),
                    }
                }
            });
        }
        number.map(Self::new)
    }
}

/// A whole number, such as that of a source in a text.
impl<'a> FromJson<'a> for u32 {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        if json.kind() != Kind::Number {
            let token = json.token;
            let bare = json.words(token).trim_matches('"');
            let fix = (token.kind == Kind::Text && spelling::whole_number(bare).is_some() && is_number(bare))
                .then(|| json.unmarked(token, bare));
            json.wrong_type("a whole number", |problem, _| problem.fix_if(fix));
            return None;
        }
        let (written, span) = json.number();
        whole_number(&written, span).map_err(|problem| json.slip(*problem)).ok()
    }
}

/// A date, or a text that is none: then that is a warning and the text is kept, since verdicts depend on dates only as of a date.
impl<'a> FromJson<'a> for Period {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        let text = Text::from_json(json)?;
        Some(period(&text).unwrap_or_else(|problem| {
            json.slip(*problem);
            Self::unread(&text.text)
        }))
    }
}

/// The names under which evidence stands, for and against.
pub(super) const SIDES: [(&str, Effect); 2] = [("supports", Effect::Supports), ("opposes", Effect::Opposes)];

const HOW: &str = "write `{\"supports\": {\"from\": \"…\"}}` or `{\"opposes\": {\"from\": \"…\"}}`";

impl<'a> FromJson<'a> for Evidence<'a> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        let whole = json.span(json.token);
        if json.kind() != Kind::LeftBrace {
            let written = json.kind().is_text().then(|| json.words(json.token));
            let fix = |(side, _): &(&str, Effect)| {
                let evidence = format!("{{\"{side}\": {{\"from\": {}}}}}", written?);
                Some(Fix::suggested(format!("write `{evidence}`"), whole, evidence))
            };
            let fixes: Vec<Fix> = SIDES.iter().filter_map(fix).collect();
            json.wrong_type("evidence", |problem, _| fixes.into_iter().fold(problem.help(HOW), Diagnostic::fix));
            return None;
        }
        let (mut evidence, mut names) = (None, 0_usize);
        json.members(|json, name| {
            names += 1;
            let words = SIDES.map(|(side, _)| side);
            let side = if names == 1 { json.one_of(&name, "evidence", &words, HOW) } else { None };
            let effect = side.and_then(|side| find(&SIDES, side));
            json.set_subject(name.span);
            match effect {
                Some(effect) => evidence = Link::from_json(json).map(|link| Self { effect, link }),
                None => json.pass(),
            }
            json.subject = None;
        });
        if names != 1 && !json.is_broken {
            let what = if names == 0 { "nothing" } else { "several things" };
            let message = format!("one entry of evidence is for or against, and this one says {what}");
            json.slip(Diagnostic::new(Code::WrongType, whole, message).help(HOW));
        }
        evidence
    }
}

/// A warning that is allowed: its name, or its name with a reason.
impl<'a> FromJson<'a> for Allow<'a> {
    fn from_json(json: &mut Json<'a, '_>) -> Option<Self> {
        let start = json.token.start;
        if let Some(lint) = json.text() {
            return Some(Self { lint: Some(lint), reason: None, extent: json.place(start..json.last_end) });
        }
        if json.kind() != Kind::LeftBrace {
            let help =
                "write the name of a warning, `\"one-sided\"`, or `{\"lint\": \"one-sided\", \"reason\": \"…\"}`";
            json.wrong_type("a warning to allow", |problem, _| problem.help(help));
            return None;
        }
        let Reasoned { lint, reason } = Reasoned::from_json(json)?;
        Some(Self { lint, reason, extent: json.place(start..json.last_end) })
    }

    fn begins_with(kind: Kind) -> bool {
        kind.is_text() || kind == Kind::LeftBrace
    }
}
