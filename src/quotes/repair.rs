//! The words of a copy in place of a quotation that comes close to them.
//!
//! Only the words that differ are written: how the author set the others, and what the copy has in them of footnotes and
//! hyphens at the ends of lines, is no difference.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Case, QuoteState};
use crate::source::Span;

use super::normal::{Normal, is_unseen, without_marks};
use super::quotation::{Irreparable, Quotation};

/// A quotation with the words of a copy in place of some of its parts, each with its bytes in the quotation.
pub(super) fn repaired<'c>(
    quote: &str,
    parts: impl Iterator<Item = (Range<usize>, &'c str)>,
) -> Result<String, Irreparable> {
    let (mut repaired, mut end) = (String::new(), 0);
    for (within, passage) in parts {
        repaired.push_str(&quote[end..within.start]);
        repaired.push_str(&spliced(&quote[within.clone()], passage));
        end = within.end;
    }
    repaired.push_str(&quote[end..]);
    match repaired {
        same if same == quote => Err(Irreparable::NoChange),
        unknown if unknown.contains('\u{fffd}') => Err(Irreparable::UnknownLetters),
        repaired => Ok(repaired),
    }
}

/// Takes back what cannot be written for all links that share a text.
pub(super) fn agree(case: &Case, all: &mut [Quotation]) {
    let span = |one: &Quotation| case.statements[one.statement].evidence[one.index].quote_place;
    let mut shared: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (number, one) in all.iter().enumerate() {
        shared.entry(span(one)).or_default().push(number);
    }
    for links in shared.into_values().filter(|links| links.len() > 1) {
        let wanted = |number: usize| match &all[number] {
            Quotation { state: QuoteState::Exact | QuoteState::Normalised, .. } => Some(None),
            Quotation { passage: Some(passage), .. } => Some(passage.repaired.as_ref().ok()),
            _ => None,
        };
        let mut wanted = links.iter().filter_map(|&number| wanted(number));
        let first = wanted.next();
        if wanted.all(|other| Some(other) == first) {
            continue;
        }
        for number in links {
            if let Some(passage) = all[number].passage.as_mut().filter(|passage| passage.repaired.is_ok()) {
                passage.repaired = Err(Irreparable::OtherCopies);
            }
        }
    }
}

/// Beyond so many pairs of words, those of the copy are taken as they are.
const MOST_PAIRS: usize = 1 << 22;

/// The words of a passage, but those of the author where both say the same.
fn spliced(part: &str, passage: &str) -> String {
    let passage = without_marks(passage);
    let (theirs, ours) = (words(&passage), words(part));
    let [there, here] = [&theirs, &ours].map(|words| words.iter().map(|word| Normal::of(word)).collect::<Vec<_>>());
    let is_same = |(one, other): (&Normal, &Normal)| one.text() == other.text() && one.fits(0, other);
    let first = there.iter().zip(&here).take_while(|&pair| is_same(pair)).count();
    let last = there[first..].iter().rev().zip(here[first..].iter().rev()).take_while(|&pair| is_same(pair)).count();
    let (ends, ends_here) = (theirs.len() - last, ours.len() - last);
    let (rows, columns) = (ends - first, ends_here - first);
    let mut written: Vec<String> = ours[..first].iter().map(|word| (*word).to_owned()).collect();
    if rows.saturating_mul(columns) > MOST_PAIRS {
        written.extend(theirs[first..ends].iter().map(|word| on_one_line(word)));
    } else {
        // The length of the longest common subsequence of what remains, from each pair on.
        let mut longest = vec![vec![0_u32; columns + 1]; rows + 1];
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                longest[row][column] = if is_same((&there[first + row], &here[first + column])) {
                    longest[row + 1][column + 1] + 1
                } else {
                    longest[row + 1][column].max(longest[row][column + 1])
                };
            }
        }
        let mut column = 0;
        for row in 0..rows {
            while column < columns
                && !is_same((&there[first + row], &here[first + column]))
                && longest[row][column + 1] == longest[row][column]
            {
                column += 1;
            }
            if column < columns && is_same((&there[first + row], &here[first + column])) {
                written.push(ours[first + column].to_owned());
                column += 1;
            } else {
                written.push(on_one_line(theirs[first + row]));
            }
        }
    }
    written.extend(ours[ends_here..].iter().map(|word| (*word).to_owned()));
    written.retain(|word| !word.is_empty());
    let spliced = written.join(" ");
    // Where words are set in other pieces, those of the copy are taken.
    if Normal::of(&spliced).text() == Normal::of(&passage).text() { spliced } else { on_one_line(&passage) }
}

/// The words of a text; one that goes on behind a hyphen at the end of a line is one.
fn words(text: &str) -> Vec<&str> {
    let (mut words, mut start) = (Vec::new(), None);
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let is_parted = letter == '\n' && is_line_hyphen(before);
        match start {
            Some(from) if letter.is_whitespace() && !is_parted && before != '\n' => {
                words.push(&text[from..at]);
                start = None;
            }
            None if !letter.is_whitespace() => start = Some(at),
            _ => {}
        }
        if !letter.is_whitespace() || is_parted || start.is_none() {
            before = letter;
        }
    }
    words.extend(start.map(|from| text[from..].trim_end()));
    words
}

fn is_line_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{ad}')
}

/// Words as one would quote them: without the line breaks of the copy, the hyphens that are there for their sake, and what
/// is not seen.
pub(super) fn on_one_line(words: &str) -> String {
    let mut whole = String::with_capacity(words.len());
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_cut = whole.ends_with(is_line_hyphen);
        if is_cut && line.starts_with(char::is_lowercase) {
            whole.pop();
        } else if !is_cut && !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(line);
    }
    whole.retain(|letter| !is_unseen(letter));
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_without_the_ends_of_lines() {
        let words = "the exam-\n   ple of\n\nBerlin-\nMitte  now\u{202e} then";
        assert_eq!(on_one_line(words), "the example of Berlin-Mitte now then");
    }

    #[test]
    fn only_words_that_differ_are_written() {
        for (part, passage, expected) in [
            (
                "the well-known bridge closed in May",
                "the well-\nknown bridge closed in June",
                "the well-known bridge closed in June",
            ),
            ("the bridge was open", "the bridge[38] was [sic] closed[39]", "the bridge was closed"),
            ("“No”, he said at ten", "\"No\", he said at nine", "“No”, he said at nine"),
            ("the passengers saw it", "the pas-\nsengers heard it", "the passengers heard it"),
            ("the saw", "the pas-\nsengers saw", "the passengers saw"),
            ("to resign it", "to re-sign it", "to re-sign it"),
            ("a b c d e", "a c x e f", "a c x e f"),
            ("東京に行く", "東京へ行く", "東京へ行く"),
        ] {
            assert_eq!(spliced(part, passage), expected, "{part}");
        }
    }
}
