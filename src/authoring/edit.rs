//! Changes one entry of a case file and leaves the rest as it is, to the last space.

use std::ops::Range;

use thiserror::Error;

use crate::diagnostic::spliced;
use crate::model::{Key, normalized};

use super::format::{Printer, broken, newline};
use super::layout::quoted;
use super::resolve::Sort;
use super::spelling;
use super::syntax::{Group, Item, Tree, Value};
use super::token::Kind;

/// Why an entry is not put into a file.
#[derive(Debug, Error)]
pub enum EditError {
    /// The file is not in order, so that it cannot be said where its entries end.
    #[error("the file cannot be changed before it is mended: {0}")]
    Broken(String),
    /// The id is none.
    #[error("`{id}` cannot be an id: {reason}")]
    InvalidId {
        /// The id.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// What is put there is no record.
    #[error("an entry is written in round brackets, as `(title: \"…\")`")]
    NotAnEntry,
}

/// Puts an entry into a section of a case file: in the place of the one of that id, or behind the last; the section is
/// added where there is none. `entry` is what stands behind the id, such as `(title: "The log")`; it is laid out as by
/// [`format`](super::format()). Nothing else in the file changes, comments and white space included.
///
/// Cost: linear in the size of the text.
///
/// ```
/// use evigraph::edits::{Sort, put_entry};
/// let text = "Case(title: \"A\", documents: {\n    \"log\": (title: \"Log\"), // kept by hand\n})\n";
/// let text = put_entry(text, Sort::Document, "log", "(title: \"The log\", reliability: B)")?;
/// let text = put_entry(&text, Sort::Document, "map", "(title: \"A map\")")?;
/// assert_eq!(text, "Case(title: \"A\", documents: {\n    \"log\": (title: \"The log\", reliability: B), // kept by hand\n    \"map\": (title: \"A map\"),\n})\n");
/// # Ok::<(), evigraph::edits::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditError`] where the file is broken, or what is put there is no id or no entry.
pub fn put_entry(text: &str, section: Sort, id: &str, entry: &str) -> Result<String, EditError> {
    let key = checked(id)?;
    let written = Tree::of(entry);
    let value = written.root.filter(|_| written.is_sound).map(Value::Group).ok_or(EditError::NotAnEntry)?;
    let root = &case_of(text)?;
    let editor = Editor { text, entry, value, id: quoted(key.as_str()), newline: newline(text) };
    Ok(match group_of(root, text, section) {
        None => editor.with_section(root, section),
        Some(group) => match group.items.iter().find(|item| is_of(item, text, &key)) {
            Some(item) => editor.replaced(item),
            None => editor.added(group),
        },
    })
}

/// A text as an id.
pub(super) fn checked(id: &str) -> Result<Key, EditError> {
    Key::new(id).map_err(|error| EditError::InvalidId { id: id.to_owned(), reason: error.to_string() })
}

/// The brackets of the case in a file, where they are in order.
pub(super) fn case_of(text: &str) -> Result<Group, EditError> {
    let tree = Tree::of(text);
    let problem = broken("case.ron".to_owned(), text, tree.is_sound).map(|broken| broken.diagnostics);
    if let Some(problem) = problem.as_ref().and_then(|problems| problems.first()) {
        return Err(EditError::Broken(problem.message.clone()));
    }
    tree.root.ok_or_else(|| EditError::Broken("it has no case".to_owned()))
}

/// The brackets of a section.
pub(super) fn group_of<'g>(root: &'g Group, text: &str, section: Sort) -> Option<&'g Group> {
    let is_section = |item: &&Item| item.key.is_some_and(|key| &text[key.start..key.end] == section.plural());
    match &root.items.iter().find(is_section)?.value {
        Some(Value::Group(group)) if group.opener.kind == Kind::LeftBrace => Some(group),
        _ => None,
    }
}

fn is_of(item: &Item, text: &str, id: &Key) -> bool {
    let key = item.key.filter(|key| key.kind.is_text());
    let written = key.and_then(|key| spelling::text(key, text).ok());
    written.is_some_and(|written| normalized(&written) == id.as_str())
}

struct Editor<'t> {
    text: &'t str,
    /// The entry as it was given, and its brackets.
    entry: &'t str,
    value: Value,
    /// The id in quotation marks.
    id: String,
    /// How the lines of the file end.
    newline: &'static str,
}

impl Editor<'_> {
    /// The entry, laid out behind its id.
    fn laid_out(&self, indent: usize) -> String {
        let used = indent + self.id.chars().count() + 3;
        Printer::new(self.entry).alone(&self.value, indent, used, self.newline)
    }

    fn replaced(&self, item: &Item) -> String {
        let indent = self.indent(item.start()).unwrap_or(8);
        let old = item.value.as_ref().map_or(item.end()..item.end(), Value::bytes);
        spliced(self.text, [(old, self.laid_out(indent).as_str())])
    }

    fn added(&self, group: &Group) -> String {
        let first = group.items.first().and_then(|item| self.indent(item.start()));
        let indent = first.unwrap_or_else(|| self.indent_of_line(group.opener.start) + 4);
        self.behind_last(group, indent, &format!("{}: {}", self.id, self.laid_out(indent)))
    }

    fn with_section(&self, root: &Group, section: Sort) -> String {
        let item = section_of(section, &format!("        {}: {}", self.id, self.laid_out(8)), self.newline);
        self.behind_last(root, 4, &item)
    }

    fn behind_last(&self, group: &Group, indent: usize, item: &str) -> String {
        let edits = behind_last(self.text, group, indent, item, self.newline);
        spliced(self.text, edits.iter().map(|(bytes, added)| (bytes.clone(), added.as_str())))
    }

    fn indent(&self, byte: usize) -> Option<usize> {
        indent(self.text, byte)
    }

    fn indent_of_line(&self, byte: usize) -> usize {
        indent_of_line(self.text, byte)
    }
}

/// A section that a case has not yet, with its entries as they are to stand there.
pub(super) fn section_of(section: Sort, entries: &str, newline: &str) -> String {
    format!("{}: {{{newline}{entries},{newline}    }}", section.plural())
}

/// One more item behind the last of a bracket, on a line of its own: what is to be changed, in the order of its places.
pub(super) fn behind_last(
    text: &str,
    group: &Group,
    indent: usize,
    item: &str,
    newline: &str,
) -> Vec<(Range<usize>, String)> {
    let closer = group.closer.map_or(group.end, |closer| closer.start);
    let end = text[..closer].trim_end_matches([' ', '\t', '\n', '\r']).len();
    let last = group.items.last().filter(|last| last.comma.is_none());
    let comma = last.map(|last| (last.end()..last.end(), ",".to_owned()));
    let closes_line = text[end..closer].contains('\n');
    let line = |indent| format!("{newline}{:indent$}", "");
    let tail = if closes_line { String::new() } else { line(indent_of_line(text, group.opener.start)) };
    let until = if closes_line { end } else { closer };
    comma.into_iter().chain([(end..until, format!("{}{item},{tail}", line(indent)))]).collect()
}

/// How far the line of a byte is set in, if nothing else stands before the byte.
pub(super) fn indent(text: &str, byte: usize) -> Option<usize> {
    let line = text[..byte].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..byte].chars().all(|letter| letter == ' ').then_some(byte - line)
}

pub(super) fn indent_of_line(text: &str, byte: usize) -> usize {
    let line = text[..byte].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..].chars().take_while(|&letter| letter == ' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_added_wherever_its_section_is() {
        let put = |text: &str| put_entry(text, Sort::Claim, "c", "( text:\"C\" )").expect("it can be put there");
        assert_eq!(
            put("Case(title: \"T\")"),
            "Case(title: \"T\",\n    claims: {\n        \"c\": (text: \"C\"),\n    },\n)"
        );
        assert_eq!(put("Case(claims: {})"), "Case(claims: {\n    \"c\": (text: \"C\"),\n})");
        assert_eq!(
            put("Case(\n    claims: {\n        \"a\": (text: \"A\") // no comma\n    },\n)\n"),
            "Case(\n    claims: {\n        \"a\": (text: \"A\"), // no comma\n        \"c\": (text: \"C\"),\n    },\n)\n"
        );
        assert_eq!(
            put("Case(claims: {\"c\":(text: \"Old\"), /* b */ \"b\": ()})"),
            "Case(claims: {\"c\":(text: \"C\"), /* b */ \"b\": ()})"
        );
    }

    #[test]
    fn lines_end_as_those_of_the_file_do() {
        let put =
            |text: &str| put_entry(text, Sort::Claim, "c", "(\n  text: \"C\", // why\n)").expect("it can be put there");
        for text in [
            "Case(\n    title: \"T\",\n)\n",
            "Case(\n    claims: {\n        \"a\": (text: \"A\"),\n    },\n)\n",
            "Case(\n)",
        ] {
            let crlf = put(&text.replace('\n', "\r\n"));
            assert_eq!(crlf, put(text).replace('\n', "\r\n"), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_put_there_is_refused() {
        assert!(matches!(put_entry("Case(", Sort::Claim, "c", "()"), Err(EditError::Broken(_))));
        assert!(matches!(put_entry("Case()", Sort::Claim, "c d", "()"), Err(EditError::InvalidId { .. })));
        for entry in ["", "[]", "(", "() x", "\"c\""] {
            assert!(matches!(put_entry("Case()", Sort::Claim, "c", entry), Err(EditError::NotAnEntry)), "{entry}");
        }
    }
}
