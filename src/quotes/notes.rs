//! The marks of notes in a copy: raised numbers, in whatever way a format raises them, and other signs.
//!
//! Every format writes raised figures as the raised ones of Unicode, so that a text shows what a reader sees, and what is the
//! mark of a note and what an exponent is told in one place.

use std::ops::Range;

use super::text::Flow;

/// Raised numbers of so many figures are marks of notes.
const MOST_FIGURES: usize = 3;

/// Where the marks of notes stand: raised numbers and daggers.
pub(super) fn note_marks(text: &str) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(is_raised).map(|start| from + start) {
        let rest = &text[start..];
        let end = start + rest.find(|letter: char| !is_raised(letter) && letter != ',').unwrap_or(rest.len());
        let end = start + text[start..end].trim_end_matches(',').len();
        if is_note_mark(&text[..start], &text[start..end]) {
            marks.push(start..end);
        }
        from = end;
    }
    marks
}

/// Whether raised figures are the mark of a note, and no exponent, by what stands before them.
fn is_note_mark(before: &str, mark: &str) -> bool {
    let is_dagger = |letter| matches!(letter, '†' | '‡');
    let longest = mark.split([',', '⁽', '⁾']).map(|figures| figures.chars().count()).max().unwrap_or(0);
    let Some(last) = before.chars().next_back() else { return false };
    let word = before.chars().rev().take_while(|letter| letter.is_alphabetic()).take(3).count();
    match last {
        LINKED => true,
        _ if mark.starts_with(is_dagger) => !last.is_whitespace(),
        _ if longest > MOST_FIGURES || last.is_numeric() || matches!(last, '⁻' | '⁺' | '⁼' | '^') => false,
        // `m²` and `(a + b)²` say something else without it.
        _ if matches!(mark, "²" | "³") => word > 2 || word == 0 && last != ')',
        _ => true,
    }
}

/// Stands before a raised number that leads to a note. It is not seen.
const LINKED: char = '\u{2060}';

fn is_raised(letter: char) -> bool {
    matches!(letter, '†' | '‡') || plain(letter).is_some()
}

/// What a raised figure or bracket is when it is not raised.
pub(super) fn plain(letter: char) -> Option<char> {
    let at = if letter.is_ascii() { None } else { RAISED.iter().position(|&raised| raised == letter) };
    at.map(|at| char::from(PLAIN[at]))
}

const RAISED: [char; 12] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁽', '⁾'];
const PLAIN: &[u8; 12] = b"0123456789()";

/// Figures as raised ones; all else stays as it is.
pub(super) fn raised_figures(words: &str) -> String {
    words.chars().map(|letter| above(letter).unwrap_or(letter)).collect()
}

/// A figure or bracket, raised.
fn above(letter: char) -> Option<char> {
    PLAIN.iter().position(|&plain| char::from(plain) == letter).map(|at| RAISED[at])
}

/// Longer parts that stand raised, in bytes, are words.
const LONGEST_MARK: usize = 16;

/// A part that stands raised in HTML, and is shown when its end comes: it may be the number of a note.
#[derive(Debug, Default)]
pub(super) struct Raised {
    /// With the line that it begins on.
    open: Option<(String, usize)>,
    /// Whether all that comes, or what came within it, leads to another place of the page.
    leads: bool,
    has_led: bool,
}

impl Raised {
    pub(super) fn begin(&mut self, flow: &mut Flow) {
        self.end(flow);
        (self.open, self.has_led) = (Some((String::new(), 0)), self.leads);
    }

    /// Words that come, raised or not.
    pub(super) fn words(&mut self, flow: &mut Flow, words: &str, line: usize) {
        match &mut self.open {
            Some((open, first)) if open.len() + words.len() <= LONGEST_MARK => {
                if open.is_empty() {
                    *first = line;
                }
                open.push_str(words);
            }
            _ => {
                self.end(flow);
                flow.words(words, line);
            }
        }
    }

    /// A link begins or ends, which leads to another place of a page or not.
    pub(super) fn link(&mut self, leads: bool) {
        self.leads = leads;
        self.has_led |= leads;
    }

    pub(super) fn end(&mut self, flow: &mut Flow) {
        if let Some((words, line)) = self.open.take() {
            flow.words(&raised(&words, self.has_led), line);
        }
    }
}

/// Words that stand raised, as a text shows them: figures as raised ones, other marks of notes in brackets, where all else
/// stays as it is. `leads` says whether they are a link to another place of the page.
fn raised(words: &str, leads: bool) -> String {
    let trimmed = words.trim();
    if trimmed.starts_with(|letter| above(letter).is_some()) {
        let marks = trimmed.chars().filter(|&letter| letter != ' ');
        let marks = marks.map(|letter| if letter == ',' { Some(',') } else { above(letter) });
        if let Some(marks) = marks.collect::<Option<String>>() {
            return leads.then_some(LINKED).into_iter().chain(marks.chars()).collect();
        }
    }
    let is_sign = !trimmed.is_empty() && trimmed.chars().all(|letter| matches!(letter, '*' | '†' | '‡' | '§' | '¶'));
    let is_letter = trimmed.len() == 1 && trimmed.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_sign || is_letter && leads { format!("[{trimmed}]") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    /// A text as it reads on.
    fn flowing(text: &str) -> Option<String> {
        let text = text::plain(text.to_owned()).flowing()?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn marks_of_notes_are_left_out_and_exponents_are_not() {
        for (text, expected) in [
            ("closed³ later", "closed later"),
            ("closed.¹² Later", "closed. Later"),
            ("closed³,⁴ later", "closed later"),
            ("closed† later", "closed later"),
            ("closed⁽³⁾ later", "closed later"),
            ("in 1984\u{2060}³ it", "in 1984\u{2060} it"),
        ] {
            assert_eq!(flowing(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["10³ people", "5 m² of land", "(a + b)² is", "s⁻¹ and", "† 1984", "no mark", "10²⁰⁰⁰"]
        {
            assert_eq!(flowing(text), None, "{text}");
        }
    }

    #[test]
    fn raised_words_are_shown_as_what_they_are() {
        for (words, leads, expected) in [
            ("3", false, "³"),
            ("3, 4", false, "³,⁴"),
            ("(12)", false, "⁽¹²⁾"),
            ("3", true, "\u{2060}³"),
            ("a", true, "[a]"),
            ("a", false, "a"),
            ("*", false, "[*]"),
            ("[3]", false, "[3]"),
            ("me", true, "me"),
            ("2nd", false, "2nd"),
        ] {
            assert_eq!(raised(words, leads), expected, "{words}");
        }
    }
}
