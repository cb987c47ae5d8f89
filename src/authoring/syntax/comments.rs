//! What stands between two tokens: white space and comments.

/// A comment, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Comment<'t> {
    pub(in super::super) text: &'t str,
    /// How many line breaks stand between it and what comes before.
    pub(in super::super) lines_before: usize,
}

/// White space and comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Gap<'t> {
    pub(in super::super) comments: Vec<Comment<'t>>,
    /// How many line breaks stand behind the last comment.
    pub(in super::super) lines_after: usize,
}

impl<'t> Gap<'t> {
    /// Reads what stands between two tokens of a file in which every comment ends.
    pub(in super::super) fn of(text: &'t str) -> Self {
        let (mut gap, mut rest, mut lines) = (Self::default(), text, 0);
        while let Some(letter) = rest.chars().next() {
            let length = if letter == '/' { comment(rest) } else { 0 };
            if length > 0 {
                gap.comments.push(Comment { text: rest[..length].trim_end(), lines_before: lines });
                lines = 0;
            } else {
                lines += usize::from(letter == '\n');
            }
            rest = &rest[length.max(letter.len_utf8())..];
        }
        Self { lines_after: lines, ..gap }
    }

    /// Whether a line break stands in it.
    pub(in super::super) fn breaks(&self) -> bool {
        self.lines_after > 0 || self.comments.iter().any(|comment| comment.lines_before > 0)
    }
}

/// How long the comment is that a text begins with, without the line break that ends it; 0 where it begins with none.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if !text.starts_with("/*") {
        return 0;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_with_the_lines_between_them() {
        let gap = Gap::of(" // a  \n\n /* b\n/* c */ */ // d\n");
        let comments: Vec<(&str, usize)> = gap.comments.iter().map(|one| (one.text, one.lines_before)).collect();
        assert_eq!(comments, [("// a", 0), ("/* b\n/* c */ */", 2), ("// d", 0)]);
        assert_eq!(gap.lines_after, 1);
        assert_eq!(Gap::of(" \r\n\n"), Gap { comments: Vec::new(), lines_after: 2 });
    }
}
