//! Where the entries of a case are written, with an excerpt of the text.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::authoring::Outline;
use crate::diagnostic::Places;
use crate::escape::{visible, visible_lines};
use crate::source::{FileId, Sources, Span};

/// An excerpt has so many lines at most.
const MOST_LINES: usize = 40;
/// And so many bytes.
const MOST_BYTES: usize = 4000;

/// A place in a file, with the text that stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The name of the file, as messages show it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Where it ends; the column is one past the last character.
    pub end_line: usize,
    /// See `end_line`.
    pub end_column: usize,
    /// Whole lines from `line` on, with what hides made visible.
    pub excerpt: String,
    /// Whether the excerpt ends before the text does.
    pub is_cut: bool,
}

impl Place {
    /// The place of a span, and the lines that it is in.
    pub(super) fn of(span: Span, places: &Places<'_>) -> Self {
        let (start, end) = places.ends(span);
        let last = end.line.min(start.line + MOST_LINES - 1);
        let (from, to) = places.line_range(span.file, start.line, last);
        let whole = places.slice(span.file, from, to);
        let shown = &whole[..whole.floor_char_boundary(MOST_BYTES.min(whole.len()))];
        Self {
            file: visible(places.name(span.file)).into_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            excerpt: visible_lines(shown).into_owned(),
            is_cut: last < end.line || shown.len() < whole.len(),
        }
    }
}

/// Where each entry is written, by its id; of an id that is given twice, where it is given first. Entries that come from
/// tables are written nowhere. Cost: linear in the files.
pub(super) fn written(sources: &Sources) -> BTreeMap<String, Place> {
    let places = Places::new(sources);
    let mut written = BTreeMap::new();
    for (file, source) in sources.iter() {
        for entry in Outline::of(source.text()).entries {
            let place = || Place::of(whole(file, entry.extent.clone()), &places);
            written.entry(entry.id).or_insert_with(place);
        }
    }
    written
}

fn whole(file: FileId, extent: std::ops::Range<usize>) -> Span {
    Span::new(file, extent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_shown_in_whole_lines_with_what_hides_made_visible() {
        let sources = Sources::new();
        let text = "Case(title: \"T\", claims: {\n  \"ä\": (text: \"a\u{202e}b\",\n    note: \"x\"), \"b\": () })\n";
        sources.add("case.ron", None, text.to_owned());
        let written = written(&sources);
        let place = &written["ä"];
        assert_eq!((place.line, place.column, place.end_line, place.end_column), (2, 3, 3, 15));
        assert_eq!(place.excerpt, "  \"ä\": (text: \"a\u{fffd}b\",\n    note: \"x\"), \"b\": () })");
        assert!(!place.is_cut);
        assert_eq!((written["b"].line, written["b"].column), (3, 17));
    }

    #[test]
    fn the_name_of_a_file_stays_on_its_line() {
        let sources = Sources::new();
        let file = sources.add("a\nerror: b\u{1b}[2J.ron", None, "Case()".to_owned());
        assert_eq!(Place::of(Span::new(file, 0..4), &Places::new(&sources)).file, "a error: b␛[2J.ron");
    }

    #[test]
    fn long_entries_are_cut_at_a_line_or_at_a_letter() {
        let sources = Sources::new();
        let lines = "\n".repeat(MOST_LINES);
        let many = sources.add("a.ron", None, format!("claims: {{ \"a\": ({lines}) }}"));
        let wide = sources.add("b.ron", None, "ä".repeat(MOST_BYTES));
        let places = Places::new(&sources);
        let cut = Place::of(Span::new(many, 10..17 + MOST_LINES), &places);
        assert!(cut.is_cut && cut.excerpt.lines().count() <= MOST_LINES);
        let cut = Place::of(Span::new(wide, 0..2 * MOST_BYTES), &places);
        assert!(cut.is_cut && cut.excerpt.len() == MOST_BYTES, "{}", cut.excerpt.len());
    }
}
