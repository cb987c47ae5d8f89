//! In which of the two notations of a case a file is written.

use std::path::Path;

/// How far into a text without an ending its first bracket is looked for. This is asked of every statement and problem.
const FARTHEST: usize = 4096;

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
        let mut bytes = text.strip_prefix('\u{feff}').unwrap_or(text).bytes().take(FARTHEST);
        let mut begins_with_brace = || bytes.find(|byte| !byte.is_ascii_whitespace()) == Some(b'{');
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
        assert_eq!(Notation::of("standard input", &(" ".repeat(4095) + "{}")), Json);
        assert_eq!(Notation::of("standard input", &(" ".repeat(4096) + "{}")), Ron);
        assert_eq!(Notation::of("a.json/case", "(title: \"A\")"), Ron);
    }
}
