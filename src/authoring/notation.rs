//! In which of the two notations of a case a file is written.

use std::path::Path;

/// How a case file is written: the same records and fields either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Ron,
    Json,
}

impl Notation {
    /// By the ending of the name; of a text whose name has none, such as that from standard input, by its first bracket,
    /// which in RON is never a brace.
    pub(super) fn of(name: &str, text: &str) -> Self {
        let begins_with_brace = || text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
        match Path::new(name).extension() {
            Some(ending) if ending.eq_ignore_ascii_case("json") => Self::Json,
            None if begins_with_brace() => Self::Json,
            _ => Self::Ron,
        }
    }
}

/// Whether a file of that name and text is a case in JSON.
pub fn is_json(name: &str, text: &str) -> bool {
    Notation::of(name, text) == Notation::Json
}

#[cfg(test)]
mod tests {
    use super::Notation::{self, Json, Ron};

    #[test]
    fn the_name_decides_before_the_text() {
        assert_eq!(Notation::of("a/case.json", "Case()"), Json);
        assert_eq!(Notation::of("CASE.JSON", ""), Json);
        assert_eq!(Notation::of("case.ron", "{}"), Ron);
        assert_eq!(Notation::of("standard input", "\u{feff}\n {}"), Json);
        assert_eq!(Notation::of("standard input", "Case()"), Ron);
        assert_eq!(Notation::of("a.json/case", "(title: \"A\")"), Ron);
    }
}
