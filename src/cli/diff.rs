//! What a command would change in a file of the author, as `diff -u` has it.

use similar::TextDiff;

use crate::diagnostic::visible;

use super::layout::{GREEN, RED, styled};

/// The lines that differ, with some around them, for `patch` and, in colour, for people.
pub fn unified(name: &str, before: &str, after: &str, colour: bool) -> String {
    let diff = TextDiff::from_lines(before, after);
    let diff = diff.unified_diff().context_radius(3).header(name, name).to_string();
    if !colour {
        return diff;
    }
    let line = |line: &str| {
        let shown = visible(line);
        match line.as_bytes().first() {
            Some(b'+') => styled(GREEN, &shown).to_string(),
            Some(b'-') => styled(RED, &shown).to_string(),
            _ => shown.into_owned(),
        }
    };
    diff.lines().map(|one| line(one) + "\n").collect()
}
