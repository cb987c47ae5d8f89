//! Entries that are probably one.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Key;
use crate::source::Span;

/// A problem with two entries, by their ids and where they are declared: at the later one, with a label at the earlier.
pub(super) fn problem(
    code: Code,
    [one, other]: [(&Key, Span); 2],
    message: impl FnOnce(&Key, &Key) -> String,
    label: &str,
) -> Diagnostic {
    let ((first, earlier), (second, later)) = if one.1 <= other.1 { (one, other) } else { (other, one) };
    Diagnostic::new(code, later, message(first, second)).related(earlier, label).about(first).about(second)
}
