//! Looks for a quotation in the text of a copy: as it is written, in the normal form of both, and part by part where
//! something is left out of it.

use std::ops::{Range, RangeInclusive};

use memchr::memmem::Finder;
use unicode_normalization::char::is_combining_mark;

use super::normal::{Normal, is_unseen, sets_no_spaces};

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
    /// All of its parts are there, in another order.
    OutOfOrder,
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
        let verbatim = self.verbatim(quote.trim(), &is_likely);
        if let Some(place) = verbatim.clone().filter(|place| is_likely(place.start)) {
            return Look::Found { is_exact: true, places: vec![place] };
        }
        let whole = Part::new(quote, trimmed(quote, 0..quote.len()));
        let set = self.occurrence(&whole.normal, 0, &is_likely).map(|place| self.original(place));
        let likely = set.clone().filter(|place| is_likely(place.start));
        if let Some(place) = likely.or(verbatim.clone()).or(set) {
            return Look::Found { is_exact: verbatim.is_some(), places: vec![place] };
        }
        let parts = parts(quote);
        self.in_order(if parts.is_empty() { vec![whole] } else { parts }, is_likely)
    }

    fn in_order<'q>(&self, mut parts: Vec<Part<'q>>, is_likely: impl Fn(usize) -> bool) -> Look<'q> {
        // A likely place of one part may be behind all places of the next.
        if !self.places_in_order(&mut parts, &is_likely) && !self.places_in_order(&mut parts, &|_| true) {
            let is_there =
                |part: &Part<'_>| part.place.is_some() || self.occurrence(&part.normal, 0, &|_| true).is_some();
            return if parts.iter().all(is_there) { Look::OutOfOrder } else { Look::Missed(parts) };
        }
        let is_exact =
            parts.iter().all(|part| part.place.as_ref().is_some_and(|place| &self.text[place.clone()] == part.words));
        Look::Found { is_exact, places: parts.into_iter().filter_map(|part| part.place).collect() }
    }

    /// Gives each part the place that it has behind those before it; whether all have one.
    fn places_in_order(&self, parts: &mut [Part<'_>], is_likely: &impl Fn(usize) -> bool) -> bool {
        let mut from = 0;
        for part in parts.iter_mut() {
            let place = self.occurrence(&part.normal, from, is_likely);
            from = place.as_ref().map_or(from, |place| place.end);
            part.place = place.map(|place| self.original(place));
        }
        parts.iter().all(|part| part.place.is_some())
    }

    /// Words as they are written.
    fn verbatim(&self, words: &str, is_likely: &impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let places = occurrences(self.text, words, 0).filter(|place| is_whole(self.text, place.clone()));
        likeliest(places, |place| is_likely(place.start))
    }

    /// Words in their normal form, from a place of the normal form on.
    fn occurrence(&self, words: &Normal, from: usize, is_likely: &impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let text = self.normal.text();
        let places = occurrences(text, words.text(), from);
        // Signs such as apostrophes differ in the text alone, accents and ligatures in the normal form alone.
        let places = places.filter(|place| {
            has_whole_words(text, place.clone(), |at| self.normal.has_hyphen(at))
                && self.normal.fits(place.start, words)
                && is_whole(self.text, self.original(place.clone()))
        });
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

/// Whether words of a normal form begin and end where words of it do. `is_parted` says whether something stands between two
/// letters of the text that is not in it.
fn has_whole_words(text: &str, Range { start, end }: Range<usize>, is_parted: impl Fn(usize) -> bool) -> bool {
    let words = &text[start..end];
    let goes_on = text[end..].chars().next().is_some_and(is_combining_mark);
    let begins = is_parted(start) || !joins(words.chars(), text[..start].chars().rev());
    begins && !goes_on && (is_parted(end) || !joins(words.chars().rev(), text[end..].chars()))
}

/// Whether words begin and end where words of the text do: `he left` is not in `she left`, nor `5 million` in `1.5 million`,
/// `can` in `can’t`, `500 000` in `1 500 000`.
fn is_whole(text: &str, place: Range<usize>) -> bool {
    let goes_on = text[place.end..].chars().next().is_some_and(is_combining_mark);
    !goes_on && !is_cut_before(text, place.clone()) && !is_cut_behind(text, place)
}

/// Whether the first word or number of some words begins before them.
fn is_cut_before(text: &str, Range { start, end }: Range<usize>) -> bool {
    let (words, before) = (seen(text[start..end].chars()), seen(text[..start].chars().rev()));
    joins(words.clone(), before.clone())
        || is_sign(words.clone(), before.clone())
        || is_grouped((words, 3..=3), (before, 1..=3))
}

/// Whether the last word or number of some words ends behind them. An apostrophe goes on a word; it may begin one, as in
/// `l’homme`.
fn is_cut_behind(text: &str, Range { start, end }: Range<usize>) -> bool {
    let (words, behind) = (seen(text[start..end].chars().rev()), seen(text[end..].chars()));
    joins(words.clone(), behind.clone())
        || is_elided(words.clone(), behind.clone())
        || is_grouped((words, 1..=3), (behind, 3..=3))
}

/// So many characters beside a place are looked at.
const BESIDE: usize = 64;

fn seen(letters: impl Iterator<Item = char> + Clone) -> impl Iterator<Item = char> + Clone {
    letters.take(BESIDE).filter(|&letter| !is_unseen(letter))
}

/// Whether a word or a number goes on from words to what stands beside them, both read away from where they meet.
fn joins(mut words: impl Iterator<Item = char>, mut beside: impl Iterator<Item = char>) -> bool {
    let (Some(end), Some(next)) = (words.next(), beside.next()) else { return false };
    let is_point = matches!(next, '.' | ',' | '/') && beside.next().is_some_and(|digit| digit.is_ascii_digit());
    is_word_letter(end) && is_word_letter(next) || end.is_ascii_digit() && is_point
}

/// Whether an apostrophe and more letters stand behind a word.
fn is_elided(mut words: impl Iterator<Item = char>, mut behind: impl Iterator<Item = char>) -> bool {
    words.next().is_some_and(is_word_letter)
        && behind.next().is_some_and(|sign| matches!(sign, '\'' | '’' | '\u{2bc}' | '\u{5f3}'))
        && behind.next().is_some_and(is_word_letter)
}

/// Whether what stands before a number is its sign, and no dash behind a word.
fn is_sign(mut words: impl Iterator<Item = char>, mut before: impl Iterator<Item = char>) -> bool {
    words.next().is_some_and(|digit| digit.is_ascii_digit())
        && before.next().is_some_and(|sign| matches!(sign, '-' | '–' | '\u{2212}'))
        && before.next().is_none_or(|letter| letter.is_whitespace() || matches!(letter, '(' | '['))
}

type Digits<I> = (I, RangeInclusive<usize>);

/// Whether two runs of digits of so many each, with a space between them, are one number, such as `500 000`.
fn is_grouped(
    (words, here): Digits<impl Iterator<Item = char> + Clone>,
    (mut beside, there): Digits<impl Iterator<Item = char> + Clone>,
) -> bool {
    let digits = |letters: &mut dyn Iterator<Item = char>| letters.take_while(char::is_ascii_digit).count();
    here.contains(&digits(&mut words.clone()))
        && beside.next().is_some_and(|space| matches!(space, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'))
        && there.contains(&digits(&mut beside))
}

/// A letter, digit or accent of a script that sets spaces between words.
pub(super) fn is_word_letter(letter: char) -> bool {
    (letter.is_alphanumeric() || is_combining_mark(letter)) && !sets_no_spaces(letter)
}

/// Words with so many letters more are no longer the same.
pub(super) const LONGEST_WORD: usize = 40;

impl Searched<'_> {
    /// A passage of the text with the whole of its first and last word, and how many characters that adds; none where a
    /// word is too long.
    pub(super) fn widened(&self, Range { mut start, mut end }: Range<usize>) -> Option<(Range<usize>, usize)> {
        let mut added = 0;
        while is_cut_before(self.text, start..end) {
            let before = self.text[..start].chars().rev();
            let taken = until_letter(before)?;
            (start, added) = (start - taken.bytes, added + taken.characters);
            (added <= LONGEST_WORD).then_some(())?;
        }
        while is_cut_behind(self.text, start..end) {
            let taken = until_letter(self.text[end..].chars())?;
            (end, added) = (end + taken.bytes, added + taken.characters);
            (added <= LONGEST_WORD).then_some(())?;
        }
        Some((start..end, added))
    }
}

struct Taken {
    bytes: usize,
    characters: usize,
}

/// What stands up to the next letter or digit, or to a sign, with it.
fn until_letter(letters: impl Iterator<Item = char>) -> Option<Taken> {
    let mut taken = Taken { bytes: 0, characters: 0 };
    for letter in letters.take(LONGEST_WORD) {
        taken = Taken { bytes: taken.bytes + letter.len_utf8(), characters: taken.characters + 1 };
        if is_word_letter(letter) || matches!(letter, '-' | '–' | '\u{2212}') {
            return Some(taken);
        }
    }
    None
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
        parts.push(start.min(gap.start)..gap.start);
        // A point behind a gap may be the author's.
        let behind = quote[gap.end..].trim_start_matches([' ', ',', ';', ':', '.']);
        (start, from) = (quote.len() - behind.len(), gap.end);
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

/// The next gap: dots, with or without spaces between them, and with brackets around them or not.
fn next_gap(quote: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        at += quote[at..].find(is_dot)?;
        let (end, is_gap) = dots(quote, at);
        if is_gap {
            return Some(with_brackets(quote, from, at..end));
        }
        at = end;
    }
}

fn is_dot(letter: char) -> bool {
    matches!(letter, '.' | '…' | '⋯')
}

/// Where a run of dots ends, and whether it stands for words that are left out: three of them, or a sign for three.
fn dots(quote: &str, start: usize) -> (usize, bool) {
    let (mut end, mut number) = (start, 0);
    for (at, letter) in quote[start..].char_indices() {
        match letter {
            '.' => number += 1,
            '…' | '⋯' => number += 3,
            ' ' | '\u{a0}' if quote[start..start + at].ends_with(is_dot) => continue,
            _ => break,
        }
        end = start + at + letter.len_utf8();
    }
    (end, number >= 3)
}

fn with_brackets(quote: &str, from: usize, Range { start, end }: Range<usize>) -> Range<usize> {
    let (before, behind) = (quote[from..start].trim_end(), quote[end..].trim_start());
    for (open, close) in [('[', ']'), ('(', ')')] {
        if before.ends_with(open) && behind.starts_with(close) {
            return from + before.len() - 1..quote.len() - behind.len() + 1;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COPY: &str = "The Mill Bridge was closed on 4 May.[38] She said: “It is not\nsafe to cross, and it cost 1.5 million.” \
                        The engi-\nneers of the well-known firm left — and the town paid.";

    fn state(quote: &str) -> &'static str {
        state_in(COPY, quote)
    }

    fn state_in(copy: &str, quote: &str) -> &'static str {
        match Searched::new(copy).look(quote, |_| false) {
            Look::Found { is_exact: true, .. } => "exact",
            Look::Found { is_exact: false, .. } => "normalised",
            Look::Missed(_) => "missed",
            Look::OutOfOrder => "out of order",
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
    fn a_part_of_a_word_is_no_word() {
        for (copy, quote) in [
            ("Il est négligent", "Il est né"),
            ("un fait préétabli", "établi"),
            ("новый год", "новыи"),
            ("nicht gültig", "nicht gü"),
            ("सत्य है", "सत्"),
            ("you can't go", "you can"),
            ("We won’t pay", "We won"),
            ("some 1 500 000 people", "500 000 people"),
            ("some 1\u{202f}500\u{a0}000 people", "some 1\u{202f}500"),
            ("it was -5 degrees", "5 degrees"),
            ("it was \u{2212}5 degrees", "5 degrees"),
            ("a fee of 1/2 percent", "a fee of 1"),
            ("an exam\u{ad}ple of", "an exam"),
            ("toll of [2] dead", "toll of [12] dead"),
        ] {
            assert_eq!(state_in(copy, quote), "missed", "{quote} in {copy}");
        }
        for (copy, quote) in [
            ("l’homme est né libre", "homme est né libre"),
            ("un fait préétabli", "préétabli"),
            ("सत्य है", "सत्य"),
            ("she said 'no' then", "she said"),
            ("in 1984 300 men came", "300 men came"),
            ("in 1984 300 men came", "in 1984"),
            ("pages 10-12 of it", "12 of it"),
            ("the firm – 5 men – left", "5 men"),
            ("toll of [2] dead", "toll of [2] dead"),
            ("toll [2] of dead", "toll of dead"),
        ] {
            assert_ne!(state_in(copy, quote), "missed", "{quote} in {copy}");
        }
    }

    #[test]
    fn a_passage_is_widened_to_whole_words() {
        let widened = |copy: &str, words: &str| {
            let searched = Searched::new(copy);
            let start = copy.find(words).expect("it is there");
            searched.widened(start..start + words.len()).map(|(place, added)| (copy[place].to_owned(), added))
        };
        assert_eq!(widened("you can't go", "you can"), Some(("you can't".to_owned(), 2)));
        assert_eq!(widened("some 1 500 000 people", "500 000"), Some(("1 500 000".to_owned(), 2)));
        assert_eq!(widened("it was -5 degrees", "5 degrees"), Some(("-5 degrees".to_owned(), 1)));
        assert_eq!(widened(&format!("a{} b", "x".repeat(5000)), "x b"), None);
    }

    #[test]
    fn a_likely_place_does_not_hide_the_others() {
        let copy = "one two. three. one two";
        let look = Searched::new(copy).look("one two … three", |at| at > 10);
        assert_eq!(look.place(), Some(0..7));
        let look = Searched::new("the pas-\nsengers; the passengers").look("the passengers", |at| at == 0);
        assert_eq!(look.place(), Some(0..16), "words over two lines on the page that is named");
    }

    #[test]
    fn gaps_split_it_into_parts_that_come_in_order() {
        for gap in ["…", "...", " … ", " [...] ", "[…]", " (…) ", " .... "] {
            assert_eq!(state(&format!("The Mill Bridge was closed{gap}the town paid")), "exact", "{gap}");
        }
        assert_eq!(state("the town paid … The Mill Bridge"), "out of order");
        assert_eq!(state("the county paid … The Mill Bridge"), "missed");
        for gap in [" . . . ", " [. . .] ", " ⋯ ", " [ … ] ", " [ ... ] ", " […], ", " … […] "] {
            assert_eq!(state(&format!("The Mill Bridge was closed{gap}the town paid")), "exact", "{gap}");
        }
        assert_eq!(state("closed on 4 May.. She"), "missed", "two points are no gap");
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
                Self::Missed(_) | Self::OutOfOrder => None,
            }
        }
    }

    proptest! {
        #[test]
        fn no_word_is_found_that_ends_within_another(word in "[a-zéüй]{2,8}", cut in 1_usize..8, composed: bool) {
            let letters: Vec<char> = word.chars().collect();
            let cut = cut.min(letters.len() - 1);
            let (start, end): (String, String) = (letters[..cut].iter().collect(), letters[cut..].iter().collect());
            let copy: String = if composed { word.clone() } else { unicode_normalization::UnicodeNormalization::nfd(word.as_str()).collect() };
            prop_assert_eq!(state_in(&copy, &start), "missed");
            prop_assert_eq!(state_in(&copy, &end), "missed");
        }

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
