//! A copy as it reads on: without what its pages have above and below the text, and without the marks of notes.
//!
//! A sentence that goes on from one page to the next has a running head and a page number in it, and one with a note a raised
//! number. Nobody quotes those, but somebody may quote a head: so a copy is searched as it stands first, and then so.

use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::at::is_page_word;
use super::notes::note_marks;
use super::text::CopyText;

/// So many lines at each end of a page may be no part of the text.
const MOST_LINES: usize = 4;

/// Longer lines, in bytes, are no heads.
const LONGEST_HEAD: usize = 200;

/// Heads are looked for on so many pages on either side, as they alternate, and change with the chapters.
const BESIDE: usize = 4;

/// So many pages have a head: two of a few, three of more, where a short line may come again by chance.
const FEW: usize = 6;
const AGAIN: [usize; 2] = [2, 3];

impl CopyText {
    /// The text with spaces in place of what is left out, so that all else keeps its place; none where that is nothing.
    ///
    /// Cost: linear in the length of the text.
    pub(super) fn flowing(&self) -> Option<String> {
        let left_out = Pages::of(self).heads().into_iter().chain(note_marks(&self.text));
        let mut bytes: Option<Vec<u8>> = None;
        for range in left_out {
            bytes.get_or_insert_with(|| self.text.clone().into_bytes())[range].fill(b' ');
        }
        bytes.map(|bytes| String::from_utf8(bytes).expect("whole letters are replaced"))
    }
}

/// The first and last lines of each page, from the edge inwards.
struct Pages {
    ends: Vec<[Vec<Line>; 2]>,
}

struct Line {
    place: Range<usize>,
    says: Says,
}

/// What a line says that may be no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Nothing but a number, in Roman figures or not.
    Number(bool, i64),
    /// Words, by a hash in which all numbers are alike.
    Words(u64),
    Other,
}

impl Pages {
    fn of(copy: &CopyText) -> Self {
        let ends = copy.pages.iter().skip(1).copied().chain([copy.text.len()]);
        let pages = copy.pages.iter().zip(ends).map(|(&start, end)| start..end);
        let read = |page: Range<usize>| {
            let text = &copy.text[page.clone()];
            let line = |at: Range<usize>| Line {
                says: Says::of(&text[at.clone()]),
                place: page.start + at.start..page.start + at.end,
            };
            let lines = lines(text);
            // A line is at one end alone.
            let (top, bottom) = lines.split_at(lines.len().div_ceil(2));
            [
                top.iter().take(MOST_LINES).cloned().map(line).collect(),
                bottom.iter().rev().take(MOST_LINES).cloned().map(line).collect(),
            ]
        };
        Self { ends: pages.map(read).collect() }
    }

    /// The lines that are heads, feet or page numbers: from the edge of a page on, as long as one follows another.
    fn heads(&self) -> Vec<Range<usize>> {
        let mut heads = Vec::new();
        for end in [0, 1] {
            let offsets = self.offsets(end);
            for (page, ends) in self.ends.iter().enumerate() {
                let is_head = |line: &&Line| match line.says {
                    Says::Number(is_roman, number) => {
                        let offset = number - page as i64;
                        offset == 1 || offsets[&(is_roman, offset)] > 1
                    }
                    Says::Words(_) => self.is_repeated(end, page, line.says),
                    Says::Other => false,
                };
                heads.extend(ends[end].iter().take_while(is_head).map(|line| line.place.clone()));
            }
        }
        heads
    }

    /// By how much the numbers at one end of the pages are ahead of the pages, and on how many pages.
    fn offsets(&self, end: usize) -> FxHashMap<(bool, i64), usize> {
        let mut offsets = FxHashMap::default();
        for (page, ends) in self.ends.iter().enumerate() {
            for line in &ends[end] {
                if let Says::Number(is_roman, number) = line.says {
                    *offsets.entry((is_roman, number - page as i64)).or_default() += 1;
                }
            }
        }
        offsets
    }

    /// Whether pages nearby have a line as well.
    fn is_repeated(&self, end: usize, page: usize, says: Says) -> bool {
        let nearby = &self.ends[page.saturating_sub(BESIDE)..self.ends.len().min(page + BESIDE + 1)];
        let pages = nearby.iter().filter(|ends| ends[end].iter().any(|line| line.says == says)).count();
        pages >= AGAIN[usize::from(self.ends.len() > FEW)]
    }
}

/// The lines of a text that are not empty, without the space around them.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let lines = text.split_inclusive(['\n', '\x0c']).map(|line| {
        let from = start + line.len() - line.trim_start().len();
        start += line.len();
        from..from + line.trim().len()
    });
    lines.filter(|line| !line.is_empty()).collect()
}

impl Says {
    fn of(line: &str) -> Self {
        if line.len() > LONGEST_HEAD {
            return Self::Other;
        }
        if let Some((is_roman, number)) = page_number(line) {
            return Self::Number(is_roman, number);
        }
        let has_digits = line.contains(|letter: char| letter.is_ascii_digit());
        if has_digits && !line.contains(char::is_alphabetic) {
            return Self::Other;
        }
        let mut hasher = FxHasher::default();
        let mut before = ' ';
        for letter in line.chars() {
            let letter = match letter {
                digit if digit.is_ascii_digit() => '0',
                space if space.is_whitespace() => ' ',
                other => other,
            };
            if letter != before || !matches!(letter, '0' | ' ') {
                letter.hash(&mut hasher);
            }
            before = letter;
        }
        Self::Words(hasher.finish())
    }
}

/// The number of a page that a line says and nothing else, and whether it is in Roman figures: `12`, `– xii –`, `Page 3 of 40`.
fn page_number(line: &str) -> Option<(bool, i64)> {
    let mut words: Vec<&str> = line.split(|letter: char| !letter.is_alphanumeric()).collect();
    words.retain(|word| !word.is_empty());
    if let [first, _, ..] = words[..]
        && is_page_word(first)
    {
        words.remove(0);
    }
    let number = match words[..] {
        [number] => number,
        [number, all] if line.contains('/') && arabic(all).is_some() => number,
        [number, "of" | "von" | "de" | "di" | "sur" | "из", all] if arabic(all).is_some() => number,
        _ => return None,
    };
    arabic(number).map(|number| (false, number)).or_else(|| roman(number).map(|number| (true, number)))
}

fn arabic(word: &str) -> Option<i64> {
    let is_number = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| is_number)
}

fn roman(word: &str) -> Option<i64> {
    let is_one_case = word.chars().all(char::is_lowercase) || word.chars().all(char::is_uppercase);
    let figures = word.chars().map(|letter| match letter.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    });
    let figures: Vec<i64> = figures.collect::<Option<_>>()?;
    let next = figures.iter().skip(1).chain([&0]);
    let number = figures.iter().zip(next).map(|(&one, &next)| if one < next { -one } else { one }).sum();
    (is_one_case && word.len() <= 8).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::text::plain;

    /// A text as it reads on, on one line.
    fn flowing(text: &str) -> Option<String> {
        let text = plain(text.to_owned()).flowing()?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn pages(pages: &[&str]) -> Option<String> {
        flowing(&pages.join("\n\x0c"))
    }

    #[test]
    fn heads_and_numbers_are_left_out_where_pages_meet() {
        assert_eq!(
            pages(&["HISTORY 11\none", "HISTORY 12\ntwo\nPage 2 of 3", "HISTORY 13\nthree"]).as_deref(),
            Some("one two three")
        );
        assert_eq!(pages(&["one\n12", "13\ntwo\n13", "three\n14"]).as_deref(), Some("one 13 two three"));
        assert_eq!(pages(&["one\n– x –", "two\n– xi –"]).as_deref(), Some("one two"));
        let alternate = ["LEFT\na", "RIGHT\nb", "LEFT\nc", "RIGHT\nd", "LEFT\ne", "RIGHT\nf", "LEFT\ng", "RIGHT\nh"];
        assert_eq!(pages(&alternate).as_deref(), Some("a b c d e f g h"));
    }

    #[test]
    fn what_is_no_head_stays() {
        assert_eq!(pages(&["one\n1984", "two\n17", "three"]), None, "they do not count the pages");
        assert_eq!(pages(&["one\nA head", "two", "three"]), None, "it is there once");
        assert_eq!(pages(&["HEAD\none\nHEAD\nend", "HEAD\ntwo"]).as_deref(), Some("one HEAD end two"));
        let answers = ["a\nYes.", "b", "c", "d", "e\nYes.", "f", "g", "h", "i"];
        assert_eq!(pages(&answers), None, "by chance");
        assert_eq!(flowing("HEAD\none\nHEAD\ntwo"), None, "there are no pages");
    }
}
