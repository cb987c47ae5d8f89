//! Text that is seen as it is.

use std::borrow::Cow;

use super::hidden::letters;

/// Text on one line in which everything can be seen: what a terminal would obey, what turns the direction of writing and
/// what has no shape is replaced, each by one character. Line breaks and tabs become spaces.
///
/// ```
/// use evigraph::internals::escape::visible;
/// assert_eq!(visible("a\u{1b}[31mb"), "a␛[31mb");
/// assert_eq!(visible("a\u{202e}b\nc"), "a\u{fffd}b c");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| if matches!(letter, '\t' | '\n' | '\r') { ' ' } else { sign(letter) })
}

/// The same on as many lines as the text has.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| match letter {
        '\n' => '\n',
        '\t' | '\r' => ' ',
        letter => sign(letter),
    })
}

fn replaced(text: &str, with: impl Fn(char) -> char) -> Cow<'_, str> {
    if !letters(text).any(|one| one.is_hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(letters(text).map(|one| if one.is_hidden { with(one.letter) } else { one.letter }).collect())
}

/// The sign for a character that hides: a picture of it if there is one.
pub fn sign(letter: char) -> char {
    match letter {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        _ => '\u{fffd}',
    }
}
