//! Markdown in which a text stays text.

use super::visible::visible;

/// For Markdown, in running text, in headings and in cells of tables. Runs of spaces become one, as they do when
/// Markdown is shown.
///
/// What could be an element or an entity is written as entities, which every reader of Markdown understands; the rest
/// with a backslash (CommonMark 0.31, section 2.4). An address loses what would make it a link by itself.
pub fn markdown(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len());
    let marker = marker(&text);
    let mut behind_space = false;
    for (at, letter) in text.char_indices() {
        let rest = &text[at..];
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            ' ' if behind_space => {}
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '^' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ if marker == Some(at) => {
                escaped.push('\\');
                escaped.push(letter);
            }
            ':' if rest.starts_with("://") => escaped.push_str("\\:"),
            '.' if ends_with(&text[..at], "www") => escaped.push_str("\\."),
            letter => escaped.push(letter),
        }
        behind_space = letter == ' ';
    }
    escaped
}

/// Where a text has what would begin a list or underline a heading if it stood at the start of a line, as a value may.
fn marker(text: &str) -> Option<usize> {
    let start = text.trim_start_matches(' ');
    let rest = start.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let mut letters = rest.chars();
    let is_marker = match letters.next()? {
        '-' | '+' | '=' => rest.len() == start.len(),
        '.' | ')' => rest.len() < start.len() && letters.next().is_none_or(|next| next == ' '),
        _ => false,
    };
    is_marker.then(|| text.len() - rest.len())
}

/// Whether a text ends with some letters, large or small.
fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|last| last.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup_in_markdown() {
        assert_eq!(markdown("a *b* [c](d) <e> | `f`"), "a \\*b\\* \\[c\\](d) &lt;e&gt; \\| \\`f\\`");
        assert_eq!(markdown("1. one"), "1\\. one");
        assert_eq!(markdown("    - x"), " \\- x");
        assert_eq!(markdown("==="), "\\===");
        assert_eq!(markdown("7)"), "7\\)");
        assert_eq!(markdown("see https://x.org and www.x.org"), "see https\\://x.org and www\\.x.org");
        assert_eq!(markdown("3.5 - 2 = 1.5 (a)"), "3.5 - 2 = 1.5 (a)");
    }
}
