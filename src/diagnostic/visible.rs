//! Makes visible the characters that a terminal would obey.

use std::borrow::Cow;

/// Text in which control characters and those that turn the direction of writing are replaced, each by
/// one character that can be seen. Line breaks and tabs become a space.
///
/// ```
/// use evigraph::internals::diagnostic::visible;
/// assert_eq!(visible("a\u{1b}[31mb"), "a␛[31mb");
/// assert_eq!(visible("a\u{202e}b"), "a\u{fffd}b");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| letter != '\t' && visible_char(letter) == letter) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|letter| if letter == '\t' { ' ' } else { visible_char(letter) }).collect())
    }
}

/// What stands for one character. A tab stays: the renderer that shows a line of a file keeps its columns.
pub(super) fn visible_char(letter: char) -> char {
    match letter {
        '\t' => letter,
        '\n' | '\r' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            '\u{fffd}'
        }
        _ => letter,
    }
}
