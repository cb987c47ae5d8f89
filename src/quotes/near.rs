//! The passage of a copy that comes closest to words that are not in it.
//!
//! Short runs of bytes of the words, the rarest in the copy, say where to look; there the edit distance is counted, for
//! every letter of the copy and 64 letters of the words at once (Myers 1999, "A fast bit-vector algorithm for approximate
//! string matching"; Hyyrö 2003 for words of any length).

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::find::{LONGEST_WORD, is_word_letter};
use super::normal::Normal;

/// Words whose closest passage differs in more than this share of their letters, in hundredths, have none.
const MOST_DIFFERENT: usize = 35;

/// The same of words with fewer letters than that: `met` is no `left`.
const MOST_DIFFERENT_OF_FEW: usize = 20;
const SHORT_WORDS: usize = 12;

/// Longer words, in bytes of their normal form, are not looked for.
pub(super) const LONGEST: usize = 100_000;

/// So many runs of each words are looked for, and so many of the rarest are then followed, to so many places.
const RUNS: usize = 256;
const RAREST: usize = 32;
const MOST_PLACES: usize = 1024;

/// So many passages are compared with each words.
const PASSAGES: usize = 3;

/// What looking for passages may cost in one case.
#[derive(Debug)]
pub(super) struct Effort {
    /// Bytes of copies that may still be looked through.
    bytes: u64,
    /// Steps of comparing that may still be done, of 64 letters each.
    steps: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { bytes: 4 << 30, steps: 1 << 31 }
    }
}

/// A passage of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Near {
    /// Its bytes in the normal form.
    pub(super) place: Range<usize>,
    /// How many letters have to be changed, left out or put in.
    pub(super) distance: usize,
}

/// The passage of a copy that is closest to each of some words; none where none is close, or none was looked for.
///
/// Cost: two passes over the copy, and the square of the length of the words for each of them, within the effort.
pub(super) fn nearest(copy: &Normal, sought: &[&Normal], effort: &mut Effort) -> Vec<Option<Near>> {
    let mut found = vec![None; sought.len()];
    for (first, some) in (0..).step_by(CHUNK).zip(sought.chunks(CHUNK)) {
        let cost = 2 * copy.text().len() as u64;
        if effort.bytes < cost {
            break;
        }
        effort.bytes -= cost;
        let diagonals = Runs::of(some).diagonals(copy.text(), some.len());
        for (at, (words, diagonals)) in some.iter().zip(diagonals).enumerate() {
            found[first + at] = closest(copy.text(), words.text(), diagonals, effort);
        }
    }
    found
}

/// So many words are looked for in one pass.
const CHUNK: usize = 4096;

/// Where runs of bytes of some words begin in them.
struct Runs {
    /// By their bytes: whose they are.
    table: FxHashMap<u64, Vec<Run>>,
    /// Which hashes of runs there are, as a quick test.
    filter: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    words: u32,
    at: u32,
}

/// Words of fewer bytes have shorter runs.
const FEW: usize = 32;
const LONG: usize = 8;
const SHORT: usize = 4;

impl Runs {
    fn of(sought: &[&Normal]) -> Self {
        let mut runs = Self { table: FxHashMap::default(), filter: vec![0; 1 << 12] };
        for (words, normal) in sought.iter().enumerate() {
            let bytes = normal.text().as_bytes();
            let length = if bytes.len() < FEW { SHORT } else { LONG };
            if bytes.len() < length || bytes.len() > LONGEST {
                continue;
            }
            let step = bytes.len().div_ceil(RUNS);
            for (at, run) in bytes.windows(length).enumerate().step_by(step) {
                runs.add(key(run), Run { words: words as u32, at: at as u32 });
            }
        }
        runs
    }

    fn add(&mut self, key: u64, run: Run) {
        let bit = bit(key);
        self.filter[bit / 64] |= 1 << (bit % 64);
        self.table.entry(key).or_default().push(run);
    }

    /// Every run that stands somewhere in a text, with its place there.
    fn each(&self, text: &[u8], mut found: impl FnMut(u64, usize)) {
        for length in [SHORT, LONG] {
            for (at, run) in text.windows(length).enumerate() {
                let key = key(run);
                let bit = bit(key);
                if self.filter[bit / 64] >> (bit % 64) & 1 == 1 && self.table.contains_key(&key) {
                    found(key, at);
                }
            }
        }
    }

    /// For each words, how far before the rarest of their runs they would begin in a text, in order.
    fn diagonals(&self, text: &str, sought: usize) -> Vec<Vec<i64>> {
        let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
        self.each(text.as_bytes(), |key, _| *counts.entry(key).or_default() += 1);
        let mut rarest: Vec<Vec<(usize, u64, u32)>> = vec![Vec::new(); sought];
        for (&key, &count) in &counts {
            for run in &self.table[&key] {
                rarest[run.words as usize].push((count, key, run.at));
            }
        }
        let mut followed: FxHashMap<u64, Vec<Run>> = FxHashMap::default();
        for (words, runs) in rarest.iter_mut().enumerate() {
            runs.sort_unstable();
            let mut places = 0;
            for &(count, key, at) in runs.iter().take(RAREST) {
                places += count;
                if places > MOST_PLACES {
                    break;
                }
                followed.entry(key).or_default().push(Run { words: words as u32, at });
            }
        }
        let mut diagonals: Vec<Vec<i64>> = vec![Vec::new(); sought];
        self.each(text.as_bytes(), |key, at| {
            for run in followed.get(&key).into_iter().flatten() {
                diagonals[run.words as usize].push(at as i64 - i64::from(run.at));
            }
        });
        diagonals.iter_mut().for_each(|places| places.sort_unstable());
        diagonals
    }
}

/// The bytes of a run as a number; runs of two lengths have different ones, as no byte of a text is 0xff.
fn key(run: &[u8]) -> u64 {
    let mut bytes = [0xff; 8];
    bytes[..run.len()].copy_from_slice(run);
    u64::from_le_bytes(bytes)
}

fn bit(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 46) as usize
}

/// The closest passage of those in which most runs begin where the words would.
fn closest(text: &str, words: &str, mut diagonals: Vec<i64>, effort: &mut Effort) -> Option<Near> {
    let letters: Vec<char> = words.chars().collect();
    let most = most_changes(letters.len());
    let width = (words.len() / 4).max(64) as i64;
    let mut best: Option<Near> = None;
    for _ in 0..PASSAGES {
        let Some(first) = densest(&diagonals, width) else { break };
        let around = (words.len() * MOST_DIFFERENT / 100 + 16) as i64;
        let byte = |at: i64| text.floor_char_boundary(usize::try_from(at).unwrap_or(0));
        let window = byte(first - around)..byte(first + width + words.len() as i64 + around);
        let cost = 2 * (letters.len().div_ceil(64) * window.len()) as u64;
        effort.steps = effort.steps.checked_sub(cost)?;
        let near = in_window(text, window, &letters);
        if best.as_ref().is_none_or(|best| near.distance < best.distance) {
            best = Some(near);
        }
        diagonals.retain(|&diagonal| diagonal < first || diagonal > first + width);
    }
    let near = best.filter(|near| near.distance <= most)?;
    let place = widened(text, near.place.clone())?;
    let distance = if place == near.place { near.distance } else { changes(&letters, &text[place.clone()], most)? };
    (distance <= most).then_some(Near { place, distance })
}

/// The edit distance of some words and a passage; none where it is more than `most`. Cost: `most` times their length.
fn changes(words: &[char], passage: &str, most: usize) -> Option<usize> {
    let far = most + 1;
    let mut before: Vec<usize> = (0..=words.len()).map(|row| row.min(far)).collect();
    let mut next = vec![far; words.len() + 1];
    for (column, letter) in passage.chars().enumerate() {
        // Beyond these rows there are too many.
        let rows = column.saturating_sub(most)..words.len().min(column + most + 1);
        if rows.start > words.len() {
            return None;
        }
        next[rows.start] = if rows.start == 0 { (column + 1).min(far) } else { far };
        for row in rows.clone() {
            let changed = before[row] + usize::from(words[row] != letter);
            next[row + 1] = changed.min(before[row + 1] + 1).min(next[row] + 1).min(far);
        }
        if let Some(beyond) = next.get_mut(rows.end.max(rows.start) + 1) {
            *beyond = far;
        }
        std::mem::swap(&mut before, &mut next);
    }
    Some(before[words.len()]).filter(|&distance| distance <= most)
}

/// How many letters of so many may differ.
pub(super) fn most_changes(letters: usize) -> usize {
    letters * if letters < SHORT_WORDS { MOST_DIFFERENT_OF_FEW } else { MOST_DIFFERENT } / 100
}

/// Where the stretch of some width begins that has most of some places.
fn densest(places: &[i64], width: i64) -> Option<i64> {
    let mut end = 0;
    let counts = places.iter().enumerate().map(|(start, &place)| {
        while places.get(end).is_some_and(|&other| other <= place + width) {
            end += 1;
        }
        (end - start, place)
    });
    counts.max_by_key(|&(count, place)| (count, std::cmp::Reverse(place))).map(|(_, place)| place)
}

/// The closest passage within a window of a text.
fn in_window(text: &str, window: Range<usize>, letters: &[char]) -> Near {
    let passage: Vec<char> = text[window.clone()].chars().collect();
    let (distance, end) = closest_end(letters, passage.iter().copied());
    let backwards: Vec<char> = letters.iter().rev().copied().collect();
    let (_, length) = closest_end(&backwards, passage[..end].iter().rev().copied());
    let bytes = |letters: &[char]| letters.iter().map(|letter| letter.len_utf8()).sum::<usize>();
    let start = window.start + bytes(&passage[..end - length]);
    Near { place: start..window.start + bytes(&passage[..end]), distance }
}

/// The least number of changes that make a text end with some words, and how many of its letters come before that end; of
/// several ends the first.
fn closest_end(words: &[char], text: impl Iterator<Item = char>) -> (usize, usize) {
    let blocks = words.len().div_ceil(64);
    let mut equal: FxHashMap<char, Vec<u64>> = FxHashMap::default();
    for (at, &letter) in words.iter().enumerate() {
        equal.entry(letter).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let none = vec![0; blocks];
    let (mut up, mut down) = (vec![u64::MAX; blocks], vec![0_u64; blocks]);
    let last = 1_u64 << ((words.len() + 63) % 64);
    let mut score = words.len();
    let mut best = (score, 0);
    for (at, letter) in text.enumerate() {
        let equal = equal.get(&letter).unwrap_or(&none);
        let mut carry = 0_i8;
        for block in 0..blocks {
            let top = if block + 1 == blocks { last } else { 1 << 63 };
            carry = step((&mut up[block], &mut down[block]), equal[block], carry, top);
        }
        score = score.saturating_add_signed(isize::from(carry));
        if score < best.0 {
            best = (score, at + 1);
        }
    }
    best
}

/// One letter of the text against 64 of the words: `carry` is how the row above differs from the column before.
fn step((up, down): (&mut u64, &mut u64), mut equal: u64, carry: i8, top: u64) -> i8 {
    let across = equal | *down;
    equal |= u64::from(carry < 0);
    let along = (((equal & *up).wrapping_add(*up)) ^ *up) | equal;
    let mut more = *down | !(along | *up);
    let mut less = *up & along;
    let out = i8::from(more & top != 0) - i8::from(less & top != 0);
    more = more << 1 | u64::from(carry > 0);
    less = less << 1 | u64::from(carry < 0);
    *up = less | !(across | more);
    *down = more & across;
    out
}

/// A passage that begins and ends with whole words; none where one of them is longer than words are.
fn widened(text: &str, Range { start, end }: Range<usize>) -> Option<Range<usize>> {
    let letters = |letters: &mut dyn Iterator<Item = char>| {
        let word: Vec<usize> =
            letters.take(LONGEST_WORD + 1).take_while(|&letter| is_word_letter(letter)).map(char::len_utf8).collect();
        (word.len() <= LONGEST_WORD).then(|| word.iter().sum::<usize>())
    };
    let passage = &text[start..end];
    let cut_before = passage.chars().next().is_some_and(is_word_letter);
    let cut_behind = passage.chars().next_back().is_some_and(is_word_letter);
    let start = if cut_before { start - letters(&mut text[..start].chars().rev())? } else { start };
    let end = if cut_behind { end + letters(&mut text[end..].chars())? } else { end };
    let passage = &text[start..end];
    Some(start + passage.len() - passage.trim_start().len()..start + passage.trim_end().len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by the definition, row by row.
    fn by_definition(words: &[char], text: &[char]) -> (usize, usize) {
        let mut column: Vec<usize> = (0..=words.len()).collect();
        let mut best = (words.len(), 0);
        for (at, letter) in text.iter().enumerate() {
            let mut before = column.clone();
            before.swap_with_slice(&mut column);
            column[0] = 0;
            for row in 1..=words.len() {
                let changed = before[row - 1] + usize::from(words[row - 1] != *letter);
                column[row] = changed.min(before[row] + 1).min(column[row - 1] + 1);
            }
            if column[words.len()] < best.0 {
                best = (column[words.len()], at + 1);
            }
        }
        best
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_definition(words in "[ab é]{1,200}", text in "[ab é]{0,300}") {
            let (words, text): (Vec<char>, Vec<char>) = (words.chars().collect(), text.chars().collect());
            prop_assert_eq!(closest_end(&words, text.iter().copied()), by_definition(&words, &text));
        }
    }

    proptest! {
        #[test]
        fn changes_are_those_of_the_definition(words in "[ab é]{0,12}", text in "[ab é]{0,12}", most in 0_usize..12) {
            let (letters, other): (Vec<char>, Vec<char>) = (words.chars().collect(), text.chars().collect());
            let mut column: Vec<usize> = (0..=letters.len()).collect();
            for (at, letter) in other.iter().enumerate() {
                let before = std::mem::replace(&mut column, vec![at + 1; letters.len() + 1]);
                for row in 0..letters.len() {
                    let changed = before[row] + usize::from(letters[row] != *letter);
                    column[row + 1] = changed.min(before[row + 1] + 1).min(column[row] + 1);
                }
            }
            let expected = Some(column[letters.len()]).filter(|&distance| distance <= most);
            prop_assert_eq!(changes(&letters, &text, most), expected);
        }
    }

    fn passage(copy: &str, words: &str) -> Option<String> {
        let (copy, words) = (Normal::of(copy), Normal::of(words));
        let near = nearest(&copy, &[&words], &mut Effort::default()).remove(0)?;
        Some(copy.text()[near.place].to_owned())
    }

    #[test]
    fn the_passage_has_whole_words() {
        let copy =
            "It rained all night. The old bridge was closed by the county in May, and nobody crossed it. It rained.";
        let near = |words| passage(copy, words);
        assert_eq!(
            near("The old bridge was opened by the county in May").as_deref(),
            Some("The old bridge was closed by the county in May")
        );
        assert_eq!(near("the bridge was closed by the county").as_deref(), Some("bridge was closed by the county"));
        assert_eq!(near("The old bridge was close").as_deref(), Some("The old bridge was closed"));
        assert_eq!(near("A stranger had bought the whole of the town hall"), None);
        assert_eq!(near("xyz"), None);
    }

    #[test]
    fn few_letters_have_to_be_closer() {
        assert_eq!(passage("The committee met in June.", "met in July"), Some("met in June".to_owned()));
        assert_eq!(passage("The committee met in June.", "met on May"), None);
        assert_eq!(passage("Il est négligent.", "Il est né"), None, "the whole word is another");
        let long = format!("The bridge was {}closed in May.", "x".repeat(5000));
        assert_eq!(passage(&long, "The bridge was clozed in May"), None);
    }

    #[test]
    fn what_is_too_much_is_not_looked_for() {
        let copy = Normal::of("The bridge was closed.");
        let words = Normal::of("The bridge was closes.");
        let mut effort = Effort { bytes: 10, steps: 1 << 20 };
        assert_eq!(nearest(&copy, &[&words], &mut effort), [None]);
        let mut effort = Effort { bytes: 1 << 20, steps: 1 };
        assert_eq!(nearest(&copy, &[&words], &mut effort), [None]);
        assert!(nearest(&copy, &[&words], &mut Effort::default())[0].is_some());
    }
}
