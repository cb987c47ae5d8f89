//! DOT and Mermaid in which a text stays text.

use std::fmt::Write as _;

use super::visible::{visible, visible_lines};

/// A text as a quoted string of DOT, in which nothing ends the string or is read as an escape sequence of labels (`\N`,
/// `\G`) or a character reference (`&lt;`). Line breaks become `\n`.
pub fn dot(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in visible_lines(text).chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '&' => quoted.push_str("&amp;"),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A text for the inside of a quoted label of Mermaid: everything but letters, digits and harmless signs is written as a
/// character code, so that nothing is read as markup, as a directive or as the end.
pub fn mermaid(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            ' ' | '.' | ',' | ':' | '\'' | '-' | '/' | '?' | '!' | '(' | ')' | '·' | '×' => quoted.push(letter),
            letter if letter.is_alphanumeric() || !letter.is_ascii() => quoted.push(letter),
            letter => {
                let _ = write!(quoted, "#{};", u32::from(letter));
            }
        }
    }
    quoted
}

/// A text for a comment of Mermaid: one line without `%%{`, which would begin a directive, and without anything that a
/// page around it could take for a tag.
pub fn mermaid_comment(text: &str) -> String {
    let harmless = |letter| match letter {
        '{' => '(',
        '}' => ')',
        '<' => '‹',
        '>' => '›',
        letter => letter,
    };
    visible(text).chars().map(harmless).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_ends_its_string_in_dot() {
        assert_eq!(dot(r#"a"]; evil -> b ["#), r#""a\"]; evil -> b [""#);
        assert_eq!(dot(r"ends with \"), r#""ends with \\""#);
        assert_eq!(dot("\\N &quot;\n\u{0}\u{ad}"), "\"\\\\N &amp;quot;\\n\u{2400}\u{fffd}\"");
    }

    #[test]
    fn nothing_of_a_text_is_markup_in_mermaid() {
        assert_eq!(mermaid("a\"] --> b; <img src=x>&"), "a#34;#93; --#62; b#59; #60;img src#61;x#62;#38;");
        assert_eq!(mermaid("a\u{202e}\nb"), "a\u{fffd} b");
        assert_eq!(mermaid_comment("%%{init: 1}%%\n<b>"), "%%(init: 1)%% ‹b›");
    }
}
