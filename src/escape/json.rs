//! JSON in which everything can be seen.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::hidden::letters;

/// A JSON text with every character that hides written as `\uXXXX`: it means the same. Line breaks between its parts stay.
///
/// ```
/// use evigraph::internals::escape::json;
/// assert_eq!(json("[\n\"a\u{202e}b\"]"), "[\n\"a\\u202eb\"]");
/// ```
pub fn json(text: &str) -> Cow<'_, str> {
    if !letters(text).any(|one| one.is_hidden && one.letter != '\n') {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for one in letters(text) {
        // Outside of strings JSON has nothing that hides but line breaks, and inside it has none.
        if !one.is_hidden || one.letter == '\n' {
            escaped.push(one.letter);
            continue;
        }
        for unit in one.letter.encode_utf16(&mut [0; 2]) {
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "C1 \u{9b}, bidi \u{202e}, tag \u{e0041}, soft \u{ad}, joined \u{645}\u{200c}\u{645}\n\t\"\\";
        let written = serde_json::to_string_pretty(&[text]).expect("a text has a JSON form");
        let escaped = json(&written);
        assert!(letters(&escaped).all(|one| !one.is_hidden || one.letter == '\n'), "{escaped:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&escaped).expect("JSON"), [text]);
    }
}
