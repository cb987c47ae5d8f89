//! A copy as it reads on: without what its pages have above and below the text, and without the marks of notes.
//!
//! A sentence that goes on from one page to the next has a running head and a page number in it, and one with a note a raised
//! number. Nobody quotes those, but somebody may quote a head: so a copy is searched as it stands first, and then so.

use std::ops::Range;

use super::at::is_page_word;
use super::notes::note_marks;
use super::text::CopyText;

/// So many lines at each end of a page may be no part of the text.
const MOST_LINES: usize = 4;

/// Longer lines, in bytes, are no heads.
const LONGEST_HEAD: usize = 200;

/// Heads are looked for on so many pages on either side, as they alternate, and change with the chapters.
const BESIDE: usize = 4;

/// So many pages nearby, and more than half of them, have a line that is a head: fewer may have it by chance.
const AGAIN: usize = 3;

/// In a text of more pages no heads are looked for.
const MOST_PAGES: usize = 100_000;

impl CopyText {
    /// The text with spaces in place of what is left out, so that all else keeps its place; none where that is nothing.
    ///
    /// Cost: linear in the length of the text.
    pub(super) fn flowing(&self) -> Option<String> {
        let heads = if self.pages.len() > MOST_PAGES { Vec::new() } else { Pages::of(self).heads() };
        let left_out = heads.into_iter().chain(note_marks(&self.text));
        let mut bytes: Option<Vec<u8>> = None;
        for range in left_out {
            bytes.get_or_insert_with(|| self.text.clone().into_bytes())[range].fill(b' ');
        }
        bytes.map(|bytes| String::from_utf8(bytes).expect("whole letters are replaced"))
    }
}

/// The first and last lines of each page, from the edge inwards.
struct Pages<'t> {
    ends: Vec<[Vec<Line<'t>>; 2]>,
}

struct Line<'t> {
    place: Range<usize>,
    readings: Vec<Reading<'t>>,
}

/// A line as one of those that come again on other pages: with the same words, and perhaps a number that counts the pages on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading<'t> {
    around: [&'t str; 2],
    /// Whether the number is in Roman figures, and by how much it is ahead of the page.
    ahead: Option<(bool, i64)>,
}

impl<'t> Pages<'t> {
    fn of(copy: &'t CopyText) -> Self {
        let ends = copy.pages.iter().skip(1).copied().chain([copy.text.len()]);
        let pages = copy.pages.iter().zip(ends).map(|(&start, end)| start..end);
        let read = |(number, page): (usize, Range<usize>)| {
            let text = &copy.text[page.clone()];
            let line = |at: Range<usize>| Line {
                readings: readings(&text[at.clone()], number as i64),
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
        Self { ends: pages.enumerate().map(read).collect() }
    }

    /// The lines that are heads, feet or page numbers: from the edge of a page on, as long as one follows another.
    fn heads(&self) -> Vec<Range<usize>> {
        let mut heads = Vec::new();
        for (page, ends) in self.ends.iter().enumerate() {
            for (end, lines) in ends.iter().enumerate() {
                let is_head = |&(depth, line): &(usize, &Line<'_>)| {
                    line.readings.iter().any(|reading| self.is_repeated(page, (end, depth), reading))
                };
                let found = lines.iter().enumerate().take_while(is_head);
                heads.extend(found.map(|(_, line)| line.place.clone()));
            }
        }
        heads
    }

    /// Whether pages nearby have a line as well, as far from the same edge.
    fn is_repeated(&self, page: usize, (end, depth): (usize, usize), reading: &Reading<'_>) -> bool {
        let nearby = &self.ends[page.saturating_sub(BESIDE)..self.ends.len().min(page + BESIDE + 1)];
        let has_it =
            |ends: &&[Vec<Line<'_>>; 2]| ends[end].get(depth).is_some_and(|line| line.readings.contains(reading));
        let pages = nearby.iter().filter(has_it).count();
        pages >= AGAIN && pages * 2 > nearby.len()
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

/// What a line on a page may come again as: a page number, or words that are the same but for a number before or behind them.
fn readings(line: &str, page: i64) -> Vec<Reading<'_>> {
    if line.len() > LONGEST_HEAD {
        return Vec::new();
    }
    if let Some((is_roman, number)) = page_number(line) {
        return vec![Reading { around: ["", ""], ahead: Some((is_roman, number - page)) }];
    }
    if line.contains(|letter: char| letter.is_ascii_digit()) && !line.contains(char::is_alphabetic) {
        return Vec::new();
    }
    let first = line.find(char::is_whitespace).map(|end| 0..end);
    let last = line.trim_end().rfind(char::is_whitespace).map(|start| start..line.len());
    let counted = [first, last].into_iter().flatten().filter_map(|word| counted(line, word, page));
    counted.chain([Reading { around: [line, ""], ahead: None }]).collect()
}

/// A line with a number in a word of it that may count the pages: `12`, `(12)`, `12/40`.
fn counted(line: &str, word: Range<usize>, page: i64) -> Option<Reading<'_>> {
    let figures = line[word.clone()].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let start = word.end - figures.len();
    let end = start + figures.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(figures.len());
    let (is_roman, number) = number(&line[start..end])?;
    Some(Reading { around: [&line[..start], &line[end..]], ahead: Some((is_roman, number - page)) })
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
    let only = match words[..] {
        [number] => number,
        [number, all] if line.contains('/') && arabic(all).is_some() => number,
        [number, "of" | "von" | "de" | "di" | "sur" | "из", all] if arabic(all).is_some() => number,
        _ => return None,
    };
    number(only)
}

/// A number, and whether it is in Roman figures.
fn number(word: &str) -> Option<(bool, i64)> {
    arabic(word).map(|number| (false, number)).or_else(|| roman(word).map(|number| (true, number)))
}

fn arabic(word: &str) -> Option<i64> {
    let is_number = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { word.parse().ok() } else { None }
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
            pages(&["HISTORY 11\none\nPage 1 of 3", "HISTORY 12\ntwo\nPage 2 of 3", "HISTORY 13\nthree\nPage 3 of 3"])
                .as_deref(),
            Some("one two three")
        );
        assert_eq!(pages(&["one\n12", "13\ntwo\n13", "three\n14"]).as_deref(), Some("one 13 two three"));
        assert_eq!(pages(&["one\n– x –", "two\n– xi –", "three\n– xii –"]).as_deref(), Some("one two three"));
        assert_eq!(pages(&["1/3 HEAD\none", "2/3 HEAD\ntwo", "3/3 HEAD\nthree"]).as_deref(), Some("one two three"));
        assert_eq!(
            pages(&["PREFACE ix\none", "PREFACE x\ntwo", "PREFACE xi\nthree"]).as_deref(),
            Some("one two three")
        );
    }

    #[test]
    fn heads_that_alternate_are_left_out_where_most_pages_nearby_of_one_side_have_them() {
        let heads = ["LEFT", "RIGHT"].into_iter().cycle();
        let all: Vec<String> = heads.zip('a'..='m').map(|(head, text)| format!("{head}\n{text}")).collect();
        let text = flowing(&all.join("\n\x0c")).expect("there are heads");
        assert!(text.contains(" e f g h i "), "four pages are on either side: {text}");
        assert!(text.starts_with("a RIGHT b "), "three of six: {text}");
    }

    #[test]
    fn what_is_no_head_stays() {
        assert_eq!(pages(&["one\n1984", "two\n17", "three"]), None, "they do not count the pages");
        assert_eq!(pages(&["one\nA head", "two", "three"]), None, "it is there once");
        assert_eq!(pages(&["HEAD\none", "HEAD\ntwo"]), None, "there are two pages");
        assert_eq!(
            pages(&["HEAD\none\nHEAD\nend", "HEAD\ntwo", "HEAD\nthree"]).as_deref(),
            Some("one HEAD end two three")
        );
        let answers = ["a\nYes.", "b", "c", "d", "e\nYes.", "f", "g", "h", "i\nYes."];
        assert_eq!(pages(&answers), None, "by chance");
        assert_eq!(pages(&["a\nNo.\nb", "c\nNo.", "d\nNo."]), None, "at another distance from the edge");
        assert_eq!(pages(&["a\n12 men died.", "b\n3 men died.", "c\n7 men died."]), None, "they count nothing on");
        assert_eq!(pages(&["a\n7 of 9 came 1", "b\n8 of 8 came 1", "c\n9 of 9 came 1"]), None, "two numbers differ");
        assert_eq!(flowing("HEAD\none\nHEAD\ntwo"), None, "there are no pages");
        assert_eq!(flowing(&"HEAD\none\n\x0c".repeat(100_000)), None, "there are too many");
    }

    #[test]
    fn words_and_numbers_of_the_text_stay_where_pages_meet() {
        for text in [
            "The minister said: it is\nnot true\n\x0cthat he left. It is\nnot true\n\x0cthat he came.",
            "Q. Were you told?\nA. No.\n\x0cQ. Did you see it?\nA. Yes.\nQ. Who?\nA. No.\n\x0cend",
            "In the fire\n12 men died.\n\x0cthe owner said so. Then\n3 men died.\n\x0cof cold",
            "It was found that there were\n\x0c2\npeople in the house.",
            "There were present:\n\n12\n\x0cmen and 13\nwomen.\n13\n\x0cChildren",
            "Did he know?\nI\n\x0cdid not.",
        ] {
            assert_eq!(flowing(text), None, "{text}");
        }
    }
}
