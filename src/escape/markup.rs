//! HTML and XML in which a text stays text.

use super::visible::{visible, visible_lines};

/// For HTML, between tags and in attributes in quotation marks.
pub fn html(text: &str) -> String {
    entities(visible(text).chars())
}

/// For XML, where a line break in a text is one. (What XML does not allow at all hides.)
pub fn xml(text: &str) -> String {
    entities(visible_lines(text).chars())
}

fn entities(letters: impl Iterator<Item = char>) -> String {
    let mut escaped = String::new();
    for letter in letters {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let text = "<b a=\"x\" c='y'>&amp;";
        assert_eq!(html(text), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;amp;");
        assert_eq!(xml(text), html(text));
        assert_eq!(html("a\u{202e}b\nc"), "a\u{fffd}b c");
        assert_eq!(xml("a\u{0}\u{ffff}\u{ad}\nc"), "a\u{2400}\u{fffd}\u{fffd}\nc");
    }
}
