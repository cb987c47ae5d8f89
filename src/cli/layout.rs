//! How text is laid out on a terminal: styles, wrapping, and the signs of verdicts.
//!
//! Words get their style before they are wrapped: the codes of a style take no room. What an author wrote has to go
//! through [`visible`] before that, so that it cannot bring in codes of its own.

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSplitter, WrapAlgorithm};

use crate::diagnostic::visible;
use crate::verdict::Detail;

/// Bold, for headings.
pub const BOLD: Style = Style::new().bold();
/// Dimmed, for what is secondary.
pub const DIM: Style = Style::new().dimmed();
/// For what is supported.
pub const GREEN: Style = AnsiColor::Green.on_default().bold();
/// For what is contested.
pub const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
/// For what is refuted, and for errors.
pub const RED: Style = AnsiColor::Red.on_default().bold();
/// For what is unsupported.
pub const BLUE: Style = AnsiColor::Blue.on_default().bold();

/// Text between the codes of a style.
pub fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Wraps text, every line behind `indent`.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    hanging(text, width.max(20), indent, indent)
}

/// Wraps text, its first line behind `first`, the others behind `rest`.
pub fn hanging(text: &str, width: usize, first: &str, rest: &str) -> String {
    textwrap::fill(text, options(width).initial_indent(first).subsequent_indent(rest))
}

/// The lines of a text.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, options(width)).into_iter().map(Into::into).collect()
}

/// Lines as full as they can be; an id is not broken at its hyphens.
fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width).word_splitter(WordSplitter::NoHyphenation).wrap_algorithm(WrapAlgorithm::FirstFit)
}

/// The sign before a statement, besides the colour.
pub fn mark(detail: Detail) -> String {
    match detail {
        Detail::Established => styled(GREEN, "●"),
        Detail::RivalReadings | Detail::ConflictingEvidence => styled(YELLOW, "◐"),
        Detail::Refuted => styled(RED, "✕"),
        Detail::Insufficient => styled(BLUE, "○"),
        Detail::NoEvidence => styled(BLUE, "·"),
        Detail::Undecided => styled(DIM, "?"),
    }
}

/// A text behind the mark of a verdict.
pub fn bullet(detail: Detail, words: &str, width: usize) -> String {
    hanging(&format!("{} {}", mark(detail), visible(words)), width, "  ", "    ") + "\n"
}

/// A text behind a label, later lines under its first.
pub fn labelled(label: &str, text: &str, width: usize) -> String {
    behind(label, &visible(text), width, 2)
}

/// A text behind a label, both set in by `indent`; the text is laid out as it is.
pub fn behind(label: &str, text: &str, width: usize, indent: usize) -> String {
    const LABEL: usize = 12;
    let room = LABEL.saturating_sub(label.len());
    let first = if label.is_empty() { String::new() } else { styled(DIM, label) };
    let first = format!("{:indent$}{first}{:room$}", "", "");
    hanging(text, width, &first, &" ".repeat(indent + LABEL)) + "\n"
}

/// A text behind a label and the mark of a verdict.
pub fn marked(label: &str, detail: Detail, text: &str, width: usize) -> String {
    behind(label, &format!("{} {}", mark(detail), visible(text)), width, 2)
}

/// A text under an entry.
pub fn under(text: &str, width: usize) -> String {
    wrapped(&visible(text), width, "  ") + "\n"
}
