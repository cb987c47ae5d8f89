//! What a JSON string says.

use std::borrow::Cow;
use std::ops::Range;

/// What is wrong with a string, and at which of its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misspelling {
    pub(super) bytes: Range<usize>,
    pub(super) message: String,
    /// What can only have been meant in place of those bytes.
    pub(super) meant: Option<String>,
}

/// What stands between the quotation marks says. What cannot be read stays as it is written, and the first such place is
/// given.
pub(super) fn unescaped(inside: &str) -> (Cow<'_, str>, Option<Misspelling>) {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'\\';
    if inside.bytes().all(is_plain) {
        return (Cow::Borrowed(inside), None);
    }
    let (mut text, mut wrong, mut at) = (String::with_capacity(inside.len()), None, 0);
    while at < inside.len() {
        let plain = inside[at..].bytes().take_while(|&byte| is_plain(byte)).count();
        text.push_str(&inside[at..at + plain]);
        at += plain;
        let Some(first) = inside[at..].chars().next() else { break };
        let (length, read) = if first == '\\' { escape(&inside[at..]) } else { control(first) };
        match read {
            Ok(letter) => text.push(letter),
            Err((message, meant)) => {
                text.push_str(&inside[at..at + length]);
                wrong = wrong.or(Some(Misspelling { bytes: at..at + length, message, meant }));
            }
        }
        at += length;
    }
    (Cow::Owned(text), wrong)
}

/// How many bytes are read, and what they mean or what is wrong with them.
type Step = (usize, Result<char, (String, Option<String>)>);

fn control(letter: char) -> Step {
    let written = match letter {
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        _ => format!("\\u{:04x}", u32::from(letter)),
    };
    (1, Err((format!("a control character is written `{written}` in JSON"), Some(written))))
}

/// The escape that a text begins with.
fn escape(text: &str) -> Step {
    let letter = text[1..].chars().next();
    let plain = match letter {
        Some(letter @ ('"' | '\\' | '/')) => Some(letter),
        Some('b') => Some('\u{8}'),
        Some('f') => Some('\u{c}'),
        Some('n') => Some('\n'),
        Some('r') => Some('\r'),
        Some('t') => Some('\t'),
        _ => None,
    };
    match (plain, letter) {
        (Some(plain), _) => (2, Ok(plain)),
        (None, Some('u')) => code_units(text),
        (None, _) => {
            let length = 1 + letter.map_or(0, char::len_utf8);
            let message = format!("`{}` is no escape of JSON; a backslash is written `\\\\`", &text[..length]);
            (length, Err((message, Some(format!("\\{}", &text[..length])))))
        }
    }
}

/// `\uXXXX`, or two of them that are one character together.
fn code_units(text: &str) -> Step {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let Some(first) = unit(text) else {
        return (2, Err(("behind `\\u` stand four hexadecimal digits".to_owned(), None)));
    };
    let second = text.get(6..).and_then(unit);
    let mut pair = char::decode_utf16(std::iter::once(first).chain(second));
    match pair.next() {
        Some(Ok(letter)) => (if letter.len_utf16() == 2 { 12 } else { 6 }, Ok(letter)),
        _ => (6, Err((format!("`{}` is half of a character (a surrogate without the other)", &text[..6]), None))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_what_they_say() {
        assert_eq!(unescaped("plain é").0, "plain é");
        assert!(matches!(unescaped("plain").0, Cow::Borrowed(_)));
        assert_eq!(unescaped(r#"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\uD83D\uDE00"#), {
            (Cow::Owned("\"\\/\u{8}\u{c}\n\r\té😀😀".to_owned()), None)
        });
    }

    #[test]
    fn what_is_no_escape_is_shown_with_its_place() {
        let wrong = |inside: &str| unescaped(inside).1.map(|wrong| (wrong.bytes, wrong.meant));
        assert_eq!(wrong(r"é \x"), Some((3..5, Some(r"\\x".to_owned()))));
        assert_eq!(wrong(r"a \ud83d b"), Some((2..8, None)));
        assert_eq!(wrong(r"\ude00\ud83d"), Some((0..6, None)));
        assert_eq!(wrong(r"\ud83d\u0041"), Some((0..6, None)));
        assert_eq!(wrong(r"\u12"), Some((0..2, None)));
        assert_eq!(wrong(r"\u+123"), Some((0..2, None)));
        assert_eq!(wrong(r"\ué234"), Some((0..2, None)));
        assert_eq!(wrong("a\tb\u{1}"), Some((1..2, Some("\\t".to_owned()))));
    }
}
