//! What `ron` reads, one text or number at a time.

use std::borrow::Cow;

use crate::source::{Sources, Span};

use super::layout::quoted;
use super::notation::Notation;
use super::token::{Kind, Token};

/// What is wrong with a text, and at which of its bytes.
pub(super) struct Misspelling {
    pub(super) message: String,
    pub(super) at: usize,
}

/// The bytes between the quotation marks of a token.
pub(super) fn inside(token: Token, text: &str) -> std::ops::Range<usize> {
    let written = &text[token.start..token.end];
    match token.kind {
        Kind::RawText => {
            let marks = written.find('"').unwrap_or(1);
            token.start + marks + 1..token.end - marks
        }
        Kind::CurlyText => {
            let width = |mark: Option<char>| mark.map_or(0, char::len_utf8);
            token.start + width(written.chars().next())..token.end - width(written.chars().next_back())
        }
        Kind::HalfText | Kind::SplitText => token.start + 1..token.end,
        _ => token.start + 1..token.end - 1,
    }
}

/// What a text says: borrowed from the file unless it has escapes.
pub(super) fn text(token: Token, file: &str) -> Result<Cow<'_, str>, Misspelling> {
    if token.kind == Kind::SplitText {
        return Ok(Cow::Owned(file[inside(token, file)].replace('"', "")));
    }
    if token.kind != Kind::EscapedText {
        return Ok(Cow::Borrowed(&file[inside(token, file)]));
    }
    let written = &file[token.start..token.end];
    ron::from_str(written)
        .map(Cow::Owned)
        .map_err(|error| Misspelling { message: error.code.to_string(), at: byte_of(written, error.span.start).max(1) })
}

/// What to write in place of which bytes of a case file, so that a text of it says something else: between its quotation marks,
/// if it can be written there, else with others. `inside` is what stands between them now; none where no text is.
pub fn respelled(sources: &Sources, inside: Span, text: &str) -> Option<(Span, String)> {
    let file = sources.file(inside.somewhere()?.file);
    let before = file.text()[..inside.range().start].strip_suffix('"')?;
    let written = match Notation::of(file.name(), file.text()) {
        Notation::Json => serde_json::to_string(text).ok()?,
        Notation::Ron => match before.trim_end_matches('#').strip_suffix('r') {
            Some(start) => return Some(respelled_raw(inside, before.len() - start.len() - 1, text)),
            None => quoted(text),
        },
    };
    Some((inside, written[1..written.len() - 1].to_owned()))
}

/// More `#` than that are no help to a reader.
const MOST_HASHES: usize = 8;

/// The same of a raw text with so many `#` on each side: with more of them if the text would end it, or as an ordinary text.
fn respelled_raw(inside: Span, hashes: usize, text: &str) -> (Span, String) {
    let ends = |hashes: &usize| text.contains(&format!("\"{}", "#".repeat(*hashes)));
    if !ends(&hashes) {
        return (inside, text.to_owned());
    }
    let marks = hashes as u32 + 1;
    let whole = Span { start: inside.start - marks - 1, end: inside.end + marks, ..inside };
    let more = (hashes + 1..=MOST_HASHES).find(|more| !ends(more)).map(|more| "#".repeat(more));
    (whole, more.map_or_else(|| quoted(text), |marks| format!("r{marks}\"{text}\"{marks}")))
}

/// The number that a token says, if it is one.
pub(super) fn number(written: &str) -> Option<f64> {
    // Digits with a point between them mean the same to Rust, in a fraction of the time.
    if is_plain(written) {
        written.parse().ok()
    } else {
        grouped(written).and_then(|digits| ron::from_str(digits).ok())
    }
}

/// A number in which each `_` separates digits, as in `1_000`: `ron` takes one anywhere, so that `0_1`, which was to be 0.1,
/// would be 1.
fn grouped(written: &str) -> Option<&str> {
    let bytes = written.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let separates = |at: usize| at.checked_sub(1).is_some_and(is_digit) && is_digit(at + 1);
    let whole = written.trim_start_matches(['+', '-']);
    let all_separate = memchr::memchr_iter(b'_', bytes).all(separates);
    (all_separate && !whole.starts_with("0_")).then_some(written)
}

/// What to write for a number whose `_` separates no digits.
pub(super) fn without_underscores(written: &str) -> Option<String> {
    let plain = match written.strip_prefix("0_") {
        Some(part) if part.starts_with(|first: char| first.is_ascii_digit()) => format!("0.{part}"),
        _ => written.to_owned(),
    };
    let plain = plain.replace('_', "");
    (grouped(written).is_none() && number(&plain).is_some()).then_some(plain)
}

/// Whether it is written as `0.85`.
fn is_plain(written: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    written.split_once('.').is_some_and(|(whole, part)| is_digits(whole) && is_digits(part))
}

/// The whole number that a token says, if it is one.
pub(super) fn whole_number(written: &str) -> Option<u32> {
    grouped(written).and_then(|digits| ron::from_str(digits).ok())
}

/// The byte of a line and column, both from 1, columns in characters.
fn byte_of(text: &str, place: ron::error::Position) -> usize {
    let lines = text.split_inclusive('\n').take(place.line.saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    let columns = text[line_start..].chars().take(place.col.saturating_sub(1));
    line_start + columns.map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::{is_plain, number, whole_number, without_underscores};

    #[test]
    fn plain_numbers_are_what_ron_takes_them_for() {
        for written in ["0.85", "1.0", "00.1", "0.1234567890123456789", "123456789012345678901234567890.5", "0.0"] {
            assert!(is_plain(written));
            assert_eq!(number(written), ron::from_str(written).ok(), "{written}");
        }
        for other in [".5", "1.", "1", "1_0.5", "1.5e3", "-0.5", "+0.5", "0.5f64", "1.2.3", "inf", ""] {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn an_underscore_separates_digits_or_there_is_no_number() {
        for (written, meant) in [("0.000_1", 0.0001), ("1_000", 1000.0), ("1_0e1_0", 1e11)] {
            assert_eq!((number(written), without_underscores(written)), (Some(meant), None), "{written}");
        }
        assert_eq!((whole_number("1_000"), whole_number("1__0")), (Some(1000), None));
        for (written, meant) in
            [("0_1", "0.1"), ("1__", "1"), ("1_", "1"), ("-_1", "-1"), ("0._5", "0.5"), ("0_", "0"), ("1_.5", "1.5")]
        {
            assert_eq!(number(written), None, "{written}");
            assert_eq!(without_underscores(written).as_deref(), Some(meant));
        }
        assert_eq!(without_underscores("_"), None);
    }
}
