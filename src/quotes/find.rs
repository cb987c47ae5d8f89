//! Looks for a quotation in the text of a copy: as it is written, in the normal form of both, and part by part where
//! something is left out of it.

use std::ops::Range;

use memchr::memmem::Finder;
use unicode_normalization::char::is_combining_mark;

use super::normal::{Normal, sets_no_spaces};

/// So many places at which the words of a quotation stand are looked at; those behind them are not.
const MOST_PLACES: usize = 10_000;

/// The text of a copy, ready to be searched.
pub(super) struct Searched<'t> {
    pub(super) text: &'t str,
    pub(super) normal: Normal,
}

/// What came of looking for a quotation.
pub(super) enum Look<'q> {
    /// All of it is there, in order.
    Found {
        /// To the last letter.
        is_exact: bool,
        /// The bytes of the copy, part by part.
        places: Vec<Range<usize>>,
    },
    /// Some of its parts are not there.
    Missed(Vec<Part<'q>>),
}

/// What stands between two gaps of a quotation.
pub(super) struct Part<'q> {
    /// Its bytes in the quotation.
    pub(super) within: Range<usize>,
    pub(super) words: &'q str,
    pub(super) normal: Normal,
    /// Its bytes in the copy.
    pub(super) place: Option<Range<usize>>,
}

impl<'t> Searched<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, normal: Normal::of(text) }
    }

    /// Looks for a quotation; of several places the first at which `is_likely` is taken, or else the first.
    ///
    /// Cost: linear in the text of the copy for each part.
    pub(super) fn look<'q>(&self, quote: &'q str, is_likely: impl Fn(usize) -> bool) -> Look<'q> {
        if let Some(place) = self.verbatim(quote.trim(), &is_likely) {
            return Look::Found { is_exact: true, places: vec![place] };
        }
        let whole = Part::new(quote, trimmed(quote, 0..quote.len()));
        let parts = parts(quote);
        if let Some(place) = self.occurrence(&whole.normal, 0, &is_likely) {
            return Look::Found { is_exact: false, places: vec![self.original(place)] };
        }
        self.in_order(if parts.is_empty() { vec![whole] } else { parts }, is_likely)
    }

    fn in_order<'q>(&self, mut parts: Vec<Part<'q>>, is_likely: impl Fn(usize) -> bool) -> Look<'q> {
        let mut from = 0;
        for part in &mut parts {
            if let Some(place) = self.occurrence(&part.normal, from, &is_likely) {
                from = place.end;
                part.place = Some(self.original(place));
            }
        }
        match parts.iter().map(|part| part.place.clone()).collect() {
            Some(places) => {
                let is_exact = parts
                    .iter()
                    .all(|part| part.place.as_ref().is_some_and(|place| &self.text[place.clone()] == part.words));
                Look::Found { is_exact, places }
            }
            None => Look::Missed(parts),
        }
    }

    /// Words as they are written.
    fn verbatim(&self, words: &str, is_likely: &impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let places = occurrences(self.text, words, 0).filter(|place| is_whole(self.text, place.clone(), |_| false));
        likeliest(places, |place| is_likely(place.start))
    }

    /// Words in their normal form, from a place of the normal form on.
    fn occurrence(&self, words: &Normal, from: usize, is_likely: &impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let text = self.normal.text();
        let places = occurrences(text, words.text(), from);
        let is_whole = |place: &Range<usize>| is_whole(text, place.clone(), |at| self.normal.has_hyphen(at));
        let places = places.filter(|place| is_whole(place) && self.normal.has_hyphens_of(place.start, words));
        likeliest(places, |place| is_likely(self.original(place.clone()).start))
    }

    /// The bytes of the copy that some bytes of its normal form stand for.
    pub(super) fn original(&self, place: Range<usize>) -> Range<usize> {
        self.normal.original_range(self.text, place)
    }
}

/// The places at which some words stand, those that overlap among them.
fn occurrences(text: &str, words: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let finder = Finder::new(words.as_bytes()).into_owned();
    let mut from = (!words.is_empty()).then_some(from);
    let next = std::iter::from_fn(move || {
        let at = from? + finder.find(text.as_bytes().get(from?..)?)?;
        from = Some(text.ceil_char_boundary(at + 1));
        Some(at..at + finder.needle().len())
    });
    next.take(MOST_PLACES)
}

fn likeliest(
    mut places: impl Iterator<Item = Range<usize>>,
    is_likely: impl Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let first = places.next()?;
    if is_likely(&first) { Some(first) } else { places.find(|place| is_likely(place)).or(Some(first)) }
}

/// Whether words begin and end where words of the text do: `he left` is not in `she left`, nor `5 million` in `1.5 million`.
/// `is_parted` says whether something stands between two letters of the text that is not in it.
fn is_whole(text: &str, Range { start, end }: Range<usize>, is_parted: impl Fn(usize) -> bool) -> bool {
    let words = &text[start..end];
    let goes_on = text[end..].chars().next().is_some_and(is_combining_mark);
    let begins = is_parted(start) || !joins(words.chars(), text[..start].chars().rev());
    begins && !goes_on && (is_parted(end) || !joins(words.chars().rev(), text[end..].chars()))
}

/// Whether a word or a number goes on from words to what stands beside them, both read away from where they meet.
fn joins(mut words: impl Iterator<Item = char>, mut beside: impl Iterator<Item = char>) -> bool {
    let (Some(end), Some(next)) = (words.next(), beside.next()) else { return false };
    let is_point = matches!(next, '.' | ',') && beside.next().is_some_and(|digit| digit.is_ascii_digit());
    is_word_letter(end) && is_word_letter(next) || end.is_ascii_digit() && is_point
}

/// A letter or digit of a script that sets spaces between words.
pub(super) fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() && !sets_no_spaces(letter)
}

impl<'q> Part<'q> {
    fn new(quote: &'q str, within: Range<usize>) -> Self {
        let words = quote[within.clone()].trim();
        Self { within, words, normal: Normal::of(words), place: None }
    }
}

/// What stands between the gaps of a quotation: `…`, three dots or more, either in brackets or not. Nothing where there is
/// no gap.
fn parts(quote: &str) -> Vec<Part<'_>> {
    let (mut parts, mut start, mut from) = (Vec::new(), 0, 0);
    while let Some(gap) = next_gap(quote, from) {
        parts.push(start..gap.start);
        (start, from) = (gap.end, gap.end);
    }
    if parts.is_empty() {
        return Vec::new();
    }
    parts.push(start..quote.len());
    let parts = parts.into_iter().map(|within| trimmed(quote, within)).filter(|within| !within.is_empty());
    parts.map(|within| Part::new(quote, within)).filter(|part| !part.normal.text().is_empty()).collect()
}

fn trimmed(quote: &str, within: Range<usize>) -> Range<usize> {
    let words = &quote[within.clone()];
    let start = within.start + words.len() - words.trim_start().len();
    start..(within.start + words.trim_end().len()).max(start)
}

fn next_gap(quote: &str, from: usize) -> Option<Range<usize>> {
    let behind = &quote[from..];
    let at = [behind.find('…'), behind.find("...")].into_iter().flatten().min()? + from;
    let mut end = quote.len() - quote[at..].trim_start_matches(['…', '.']).len();
    let mut start = at;
    for (open, close) in [('[', ']'), ('(', ')')] {
        if quote[from..start].ends_with(open) && quote[end..].starts_with(close) {
            (start, end) = (start - 1, end + 1);
        }
    }
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COPY: &str = "The Mill Bridge was closed on 4 May.[38] She said: “It is not\nsafe to cross, and it cost 1.5 million.” \
                        The engi-\nneers of the well-known firm left — and the town paid.";

    fn state(quote: &str) -> &'static str {
        match Searched::new(COPY).look(quote, |_| false) {
            Look::Found { is_exact: true, .. } => "exact",
            Look::Found { is_exact: false, .. } => "normalised",
            Look::Missed(_) => "missed",
        }
    }

    #[test]
    fn a_quotation_is_found_as_it_is_written_or_set_otherwise() {
        for (quote, expected) in [
            ("The Mill Bridge was closed on 4 May.", "exact"),
            ("closed on 4 May. She said", "normalised"),
            ("May.[38] She", "exact"),
            ("\"It is not safe to cross", "normalised"),
            ("The engineers of the well-known firm", "normalised"),
            ("the wellknown firm", "missed"),
            ("the firm left", "missed"),
            ("the well-known firm left - and the town", "normalised"),
            ("known firm left - and", "normalised"),
            ("The engineers of the well", "normalised"),
        ] {
            assert_eq!(state(quote), expected, "{quote}");
        }
    }

    #[test]
    fn it_is_made_of_whole_words_and_numbers() {
        assert_eq!(state("he said"), "missed", "she said");
        assert_eq!(state("5 million"), "missed", "1.5 million");
        assert_eq!(state("it cost 1"), "missed", "1.5 million");
        assert_eq!(state("was close"), "missed", "was closed");
        assert_eq!(state("cost 1.5 million"), "exact");
    }

    #[test]
    fn gaps_split_it_into_parts_that_come_in_order() {
        for gap in ["…", "...", " … ", " [...] ", "[…]", " (…) ", " .... "] {
            assert_eq!(state(&format!("The Mill Bridge was closed{gap}the town paid")), "exact", "{gap}");
        }
        assert_eq!(state("the town paid … The Mill Bridge"), "missed");
        assert_eq!(state("Bridge … on 4 May … not safe"), "normalised");
        assert_eq!(state("… The Mill Bridge …"), "exact");
    }

    #[test]
    fn of_several_places_the_likely_one_is_taken() {
        let look = Searched::new("no, no, no").look("no", |at| at == 4).place();
        assert_eq!(look, Some(4..6));
    }

    impl Look<'_> {
        fn place(&self) -> Option<Range<usize>> {
            match self {
                Self::Found { places, .. } => places.first().cloned(),
                Self::Missed(_) => None,
            }
        }
    }

    proptest! {
        #[test]
        fn whole_words_of_a_copy_are_always_found(
            words in proptest::collection::vec(r"[a-zé“”'’\-ﬁ\[\]0-9]{1,8}|[א-ת]{1,5}|[.!?]|\[[0-9]{1,2}\]", 1..40),
            gaps in proptest::collection::vec(r" |\n|  |\t", 40),
            first in 0_usize..40,
            count in 1_usize..12,
        ) {
            let copy: String = words.iter().zip(&gaps).flat_map(|(word, gap)| [word.as_str(), gap]).collect();
            let first = first % words.len();
            let quote = words[first..(first + count).min(words.len())].join(" ");
            let normal = Normal::of(&quote);
            let begins_whole = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
            if !begins_whole(quote.chars().next()) || !begins_whole(quote.chars().next_back()) || normal.text().is_empty() {
                return Ok(());
            }
            let searched = Searched::new(&copy);
            let is_found = matches!(searched.look(&quote, |_| false), Look::Found { .. });
            prop_assert!(is_found, "{quote:?} in {copy:?}");
        }
    }
}
