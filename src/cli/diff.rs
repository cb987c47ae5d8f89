//! What a command would change in a file of the author, as `diff -u` has it.

use similar::TextDiff;

use crate::diagnostic::visible;

use super::args::OutputArgs;
use super::layout::{GREEN, RED, styled};
use super::output::Output;

/// The lines that differ, with some around them: for `patch` as they are, for a terminal without what cannot be seen
/// there, and in colour if that is wanted.
pub fn unified(name: &str, before: &str, after: &str, to: &OutputArgs, output: &Output) -> String {
    let diff = TextDiff::from_lines(before, after);
    let name = visible(name);
    let diff = diff.unified_diff().context_radius(3).header(&name, &name).to_string();
    let colour = output.colours(to);
    if !colour && !output.is_shown(to) {
        return diff;
    }
    let line = |line: &str| {
        let shown = visible(line);
        match line.as_bytes().first() {
            Some(b'+') if colour => styled(GREEN, &shown).to_string(),
            Some(b'-') if colour => styled(RED, &shown).to_string(),
            _ => shown.into_owned(),
        }
    };
    diff.lines().map(|one| line(one) + "\n").collect()
}
