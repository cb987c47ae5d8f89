//! What the `at` of a link says about page and line.

use super::text::Place;

/// Words for a page and for a line, without their points.
const PAGES: &[&str] = &["p", "pp", "pg", "page", "pages", "s", "seite", "seiten", "с", "стр", "σ", "σελ", "עמ"];
const LINES: &[&str] = &["l", "ll", "line", "lines", "z", "zeile", "zeilen"];

/// The pages and lines that an `at` names: `p. 12`, `pp. 12-14`, `page 3, lines 4-6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub(super) pages: Option<(usize, usize)>,
    pub(super) lines: Option<(usize, usize)>,
}

impl Named {
    pub(super) fn of(at: &str) -> Self {
        let mut named = Self::default();
        let mut words = words(at).peekable();
        while let Some(word) = words.next() {
            let word = word.to_lowercase();
            let kind = match word.as_str() {
                word if PAGES.contains(&word) => &mut named.pages,
                word if LINES.contains(&word) => &mut named.lines,
                _ => continue,
            };
            if let Some(range) = words.peek().and_then(|next| range(next)) {
                kind.get_or_insert(range);
            }
        }
        named
    }

    /// Whether a place is another than the one that is named. A page beyond the last of the copy is one that is printed on the
    /// paper, which is not compared.
    pub(super) fn disagrees(self, place: Place, pages: usize) -> bool {
        let is_out = |named: Option<(usize, usize)>, place: Option<usize>| {
            named.zip(place).is_some_and(|((first, last), place)| place < first || place > last)
        };
        let named_pages = self.pages.filter(|&(_, last)| last <= pages);
        is_out(named_pages, place.page) || is_out(self.lines, place.line.filter(|_| place.page.is_none()))
    }
}

/// The words and numbers of a text; `12-14` is one.
fn words(at: &str) -> impl Iterator<Item = &str> {
    at.split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | ',' | ';' | ':' | '(' | ')'))
        .flat_map(|word| {
            // `p12` is two.
            let end = word.find(|letter: char| letter.is_ascii_digit()).unwrap_or(word.len());
            let (letters, digits) = word.split_at(end);
            [letters, digits]
        })
        .filter(|word| !word.is_empty())
}

fn range(word: &str) -> Option<(usize, usize)> {
    let mut numbers = word.split(['-', '–', '—']).map(|number| number.parse::<usize>().ok());
    let first = numbers.next()??;
    let last = numbers.next().flatten().filter(|&last| last >= first).unwrap_or(first);
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_lines_are_read_from_words() {
        let pages = |at: &str| Named::of(at).pages;
        for at in ["p. 12", "p.12", "page 12", "S. 12", "vol. 3, p. 12 n. 4", "стр. 12", "p12"] {
            assert_eq!(pages(at), Some((12, 12)), "{at}");
        }
        assert_eq!(pages("pp. 12–14"), Some((12, 14)));
        assert_eq!(pages("fol. 12"), None);
        assert_eq!(pages("p. iv"), None);
        assert_eq!(Named::of("p. 2, l. 5-7"), Named { pages: Some((2, 2)), lines: Some((5, 7)) });
    }

    #[test]
    fn a_page_that_the_copy_does_not_have_is_not_compared() {
        let on = |page| Place { page: Some(page), line: None };
        assert!(Named::of("p. 2").disagrees(on(3), 4));
        assert!(!Named::of("p. 3").disagrees(on(3), 4));
        assert!(!Named::of("pp. 2-3").disagrees(on(3), 4));
        assert!(!Named::of("p. 312").disagrees(on(3), 4));
        assert!(Named::of("l. 2").disagrees(Place { page: None, line: Some(9) }, 0));
        assert!(!Named::of("p. 2").disagrees(Place { page: None, line: Some(9) }, 0));
    }
}
