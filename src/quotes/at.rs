//! What the `at` of a link says about page and line.
//!
//! People write it in many ways. What is not understood names nothing, and nothing is said of it.

use super::text::{CopyText, Place};

/// Words for a page and for a line, without their points. `s.` may be a section; German has `S.` for a page.
const PAGES: &[&str] = &["p", "pp", "pg", "page", "pages", "seite", "seiten", "с", "стр", "σ", "σελ", "עמ"];
const GERMAN_PAGE: &str = "S";
const LINES: &[&str] = &["l", "ll", "line", "lines", "z", "zeile", "zeilen"];

/// What stands between two numbers that are both meant, and between the first and the last of several.
const AND: &[&str] = &[",", ";", "&", "and", "or", "und", "oder", "et", "ou", "y", "e"];
const TO: &[&str] = &["-", "–", "—", "to", "bis", "à"];

/// The first and the last of some pages or lines.
type Range = (usize, usize);

/// The pages and lines that an `at` names: `p. 12`, `pp. 12-14`, `page 3, lines 4-6`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub(super) pages: Vec<Range>,
    pub(super) lines: Vec<Range>,
}

impl Named {
    pub(super) fn of(at: &str) -> Self {
        let (mut named, words) = (Self::default(), words(at));
        let mut rest = words.as_slice();
        while let Some((&word, behind)) = rest.split_first() {
            rest = behind;
            let lower = word.to_lowercase();
            let kind = match lower.as_str() {
                _ if word == GERMAN_PAGE => &mut named.pages,
                page if PAGES.contains(&page) => &mut named.pages,
                line if LINES.contains(&line) => &mut named.lines,
                _ => continue,
            };
            while let Some((range, behind)) = range(rest) {
                kind.push(range);
                rest = behind;
                match behind {
                    [and, next, ..] if AND.contains(and) && next.starts_with(is_digit) => rest = &behind[1..],
                    _ => break,
                }
            }
        }
        named
    }

    /// Whether words of a copy stand elsewhere than is named: none of the places from the first to the last is. A page beyond
    /// the last of the copy is one that is printed on the paper, which is not compared, and lines of it neither.
    pub(super) fn disagrees(&self, first: Place, last: Place, copy: &CopyText) -> bool {
        let lines = copy.lines.last().map_or(0, |&(_, line)| line);
        let is_out = |named: &[Range], first: Option<usize>, last: Option<usize>, all: usize| {
            let is_known = !named.is_empty() && named.iter().all(|&(_, end)| end <= all);
            is_known
                && first
                    .zip(last)
                    .is_some_and(|(first, last)| named.iter().all(|&(from, to)| last < from || first > to))
        };
        if copy.pages.is_empty() {
            self.pages.is_empty() && is_out(&self.lines, first.line, last.line, lines)
        } else {
            is_out(&self.pages, first.page, last.page, copy.pages.len())
        }
    }

    /// Whether a page is another than the ones that are named.
    pub(super) fn excludes(&self, page: usize, copy: &CopyText) -> bool {
        let place = Place { page: Some(page), line: None };
        self.disagrees(place, place, copy)
    }
}

/// Whether a word, without its point, stands for a page.
pub(super) fn is_page_word(word: &str) -> bool {
    word == GERMAN_PAGE || PAGES.contains(&word.to_lowercase().as_str())
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// The words, numbers and signs of a text, each for itself, without points, colons and brackets.
fn words(at: &str) -> Vec<&str> {
    let kind = |letter: char| match letter {
        _ if letter.is_ascii_digit() => 1,
        _ if letter.is_alphanumeric() => 2,
        '-' | '–' | '—' | ',' | ';' | '&' => 3,
        _ => 0,
    };
    let (mut words, mut start) = (Vec::new(), 0);
    let letters = at.char_indices().map(|(at, letter)| (at, kind(letter))).chain([(at.len(), 0)]);
    let mut before = 0;
    for (end, kind) in letters {
        if kind != before || kind == 3 {
            words.extend((before != 0).then(|| &at[start..end]));
            (start, before) = (end, kind);
        }
    }
    words
}

/// The range that words begin with, and the words behind it: `12`, `12-14`, `112-14`, `12 f.`, `12 ff.`.
fn range<'w, 'a>(words: &'w [&'a str]) -> Option<(Range, &'w [&'a str])> {
    let (first, rest) = words.split_first()?;
    let from: usize = first.parse().ok()?;
    Some(match rest {
        [to, last, rest @ ..] if TO.contains(to) && last.starts_with(is_digit) => {
            ((from, until(from, first, last)?), rest)
        }
        ["f", rest @ ..] => ((from, from.saturating_add(1)), rest),
        ["ff" | "sq" | "sqq", ..] => return None,
        rest => ((from, from), rest),
    })
}

/// The last of a range, of which only the last digits may be written.
fn until(from: usize, first: &str, last: &str) -> Option<usize> {
    let to: usize = last.parse().ok()?;
    let whole = || first.get(..first.len().checked_sub(last.len())?).map(|start| format!("{start}{last}"));
    if to >= from { Some(to) } else { whole()?.parse().ok().filter(|&to| to >= from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_lines_are_read_from_words() {
        let pages = |at: &str| Named::of(at).pages;
        for at in ["p. 12", "p.12", "page 12", "S. 12", "vol. 3, p. 12 n. 4", "стр. 12", "p12"] {
            assert_eq!(pages(at), [(12, 12)], "{at}");
        }
        for at in ["pp. 112–14", "pp. 112-114", "p. 112 – 114", "pages 112 to 114", "S. 112 bis 114"] {
            assert_eq!(pages(at), [(112, 114)], "{at}");
        }
        for at in ["pp. 2, 5", "pages 2 and 5", "p. 2 or 5", "S. 2 und 5", "printed p. 2 (PDF p. 5)"] {
            assert_eq!(pages(at), [(2, 2), (5, 5)], "{at}");
        }
        assert_eq!(pages("pp. 112 f."), [(112, 113)]);
        for at in ["fol. 12", "p. iv", "s. 3", "pp. 112 ff.", "p. 14-12", "p. 99999999999999999999999"] {
            assert_eq!(pages(at), [], "{at}");
        }
        assert_eq!(Named::of("p. 2, l. 5-7"), Named { pages: vec![(2, 2)], lines: vec![(5, 7)] });
    }

    #[test]
    fn what_the_copy_does_not_have_is_not_compared() {
        let (on, at) = (|page| Place { page: Some(page), line: None }, |line| Place { page: None, line: Some(line) });
        let pages = CopyText { pages: vec![0, 1, 2, 3], ..CopyText::default() };
        let is_out = |named: &str, first, last| Named::of(named).disagrees(on(first), on(last), &pages);
        assert!(is_out("p. 2", 3, 3));
        assert!(is_out("pp. 1, 4", 2, 3));
        for (named, first, last) in
            [("p. 3", 3, 3), ("pp. 2-3", 3, 3), ("p. 312", 3, 3), ("p. 2", 1, 2), ("l. 3", 2, 2)]
        {
            assert!(!is_out(named, first, last), "{named}");
        }
        let lines = CopyText { lines: (0..9).zip(1..).collect(), ..CopyText::default() };
        let is_out = |named: &str, line| Named::of(named).disagrees(at(line), at(line), &lines);
        assert!(is_out("l. 2", 9));
        for named in ["l. 9", "l. 700", "p. 2", "p. 312, l. 5"] {
            assert!(!is_out(named, 9), "{named}");
        }
    }
}
