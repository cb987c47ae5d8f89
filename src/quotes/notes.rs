//! The marks of notes in a copy: raised numbers, in whatever way a format raises them, and other signs.
//!
//! Every format writes raised figures as the raised ones of Unicode, so that a text shows what a reader sees, and what is the
//! mark of a note and what an exponent is decided in one place.

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
        if is_note_mark(&text[..start], &text[start..end], &text[end..]) {
            marks.push(start..end);
        }
        from = end;
    }
    marks
}

/// Whether raised figures are the mark of a note, and no exponent, by what stands before and behind them.
fn is_note_mark(before: &str, mark: &str, behind: &str) -> bool {
    let is_dagger = mark.starts_with(['†', '‡']);
    let longest = mark.split([',', '⁽', '⁾']).map(|figures| figures.chars().count()).max().unwrap_or(0);
    let goes_on =
        behind.starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '⁄' | '⁺' | '⁻'));
    // A raised figure that stands by itself is nobody's exponent: PDFs have a space before some.
    let before = if goes_on { before } else { before.strip_suffix(' ').unwrap_or(before) };
    let Some(last) = before.chars().next_back() else { return false };
    // `m²`, `x⁴` and `(a + b)²` say something else without it.
    let word = before.chars().rev().take_while(|letter| letter.is_alphabetic()).take(3).count();
    match last {
        LINKED => true,
        _ if goes_on => false,
        _ if is_dagger => last.is_alphanumeric() || last == ')' || ends_clause(last),
        _ => longest <= MOST_FIGURES && (word > 2 || ends_clause(last)),
    }
}

/// A point, or a mark that closes a quotation.
fn ends_clause(letter: char) -> bool {
    matches!(
        letter,
        '.' | ',' | ';' | ':' | '!' | '?' | '…' | '"' | '”' | '’' | '“' | '»' | '«' | '。' | '、' | '」' | '』'
    )
}

/// Stands before a raised number or letter that leads to a note. It is not seen.
pub(super) const LINKED: char = '\u{2060}';

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

/// A part that stands raised in HTML, and is shown when it is known whether it is the mark of a note.
#[derive(Debug, Default)]
pub(super) struct Raised {
    part: Option<Part>,
    link: Option<Link>,
}

#[derive(Debug)]
struct Part {
    words: String,
    /// The line that it begins on.
    line: usize,
    /// Its end came, but not that of the link around it.
    has_ended: bool,
    /// All words of it are in links to a place of a page.
    is_linked: bool,
}

/// A link that is open.
#[derive(Debug)]
struct Link {
    leads: bool,
    /// More is in it than one raised part.
    has_more: bool,
}

impl Raised {
    pub(super) fn begin(&mut self, flow: &mut Flow) {
        self.show(flow, false);
        self.part = Some(Part { words: String::new(), line: 0, has_ended: false, is_linked: true });
    }

    /// Words that come, raised or not.
    pub(super) fn words(&mut self, flow: &mut Flow, words: &str, line: usize) {
        let leads = self.leads();
        match &mut self.part {
            Some(part) if !part.has_ended && part.words.len() + words.len() <= LONGEST_MARK => {
                if part.words.is_empty() {
                    part.line = line;
                }
                part.words.push_str(words);
                part.is_linked &= leads || !words.contains(char::is_alphanumeric);
            }
            None if words.trim().is_empty() => flow.words(words, line),
            _ => {
                self.interrupt(flow);
                flow.words(words, line);
            }
        }
    }

    fn leads(&self) -> bool {
        self.link.as_ref().is_some_and(|link| link.leads)
    }

    /// A link begins, which leads to a place of a page or not.
    pub(super) fn begin_link(&mut self, flow: &mut Flow, leads: bool) {
        if self.part.as_ref().is_some_and(|part| part.has_ended) {
            self.show(flow, false);
        }
        self.link = Some(Link { leads, has_more: false });
    }

    pub(super) fn end_link(&mut self, flow: &mut Flow) {
        let Some(link) = self.link.take() else { return };
        match &mut self.part {
            Some(part) if part.has_ended => self.show(flow, !link.has_more),
            Some(part) => part.is_linked &= !link.has_more,
            None => {}
        }
    }

    /// The raised part ends. Where a link goes on that it is in, it is not yet known whether more is in the link.
    pub(super) fn end(&mut self, flow: &mut Flow) {
        if !self.leads() {
            self.show(flow, true);
        } else if let Some(part) = &mut self.part {
            part.has_ended = true;
        }
    }

    /// Something else comes, which is neither raised nor alone in a link.
    pub(super) fn interrupt(&mut self, flow: &mut Flow) {
        self.show(flow, false);
        if let Some(link) = &mut self.link {
            link.has_more = true;
        }
    }

    /// A paragraph ends, and every link with it.
    pub(super) fn block(&mut self, flow: &mut Flow) {
        self.show(flow, false);
        self.link = None;
        flow.block();
    }

    fn show(&mut self, flow: &mut Flow, may_be_linked: bool) {
        let Some(part) = self.part.take() else { return };
        flow.words(&raised(&part.words, part.is_linked && may_be_linked), part.line);
        if let Some(link) = &mut self.link {
            link.has_more = true;
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
    let letter = trimmed.strip_prefix('[').and_then(|words| words.strip_suffix(']')).unwrap_or(trimmed);
    if leads && letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()) {
        format!("{LINKED}[{letter}]")
    } else if is_sign {
        format!("[{trimmed}]")
    } else {
        words.to_owned()
    }
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
        for text in [
            "10³ people",
            "5 m² of land",
            "(a + b)² is",
            "s⁻¹ and",
            "† 1984",
            "(†1984) was",
            "no mark",
            "10²⁰⁰⁰",
            "(a+b)⁴ and",
            "x⁴ + 1",
            "x ⁴ + 1",
            "per cm⁴",
            "enriched ²³⁵U was",
            "dated by ¹⁴C and",
            "dating (¹⁴C) and",
            "uranium-²³⁵ was",
        ] {
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
            ("a", true, "\u{2060}[a]"),
            ("[a]", true, "\u{2060}[a]"),
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
