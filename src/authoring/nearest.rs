//! "Did you mean …?"

use strsim::osa_distance;

use crate::diagnostic::Safety;

/// The candidate that a mistyped word most likely means, if any is near enough.
///
/// Near is the same word in another case, one that starts with it, or one that is at most a third of its
/// letters away. Cost: one comparison for each candidate.
///
/// ```
/// use evigraph::internals::authoring::nearest;
/// assert_eq!(nearest("hitz-vol2", ["hitz-vol-1", "hitz-vol-2"]), Some("hitz-vol-2"));
/// assert_eq!(nearest("kerry", ["hitz-vol-1", "hitz-vol-2"]), None);
/// ```
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let scored = candidates.into_iter().filter_map(|candidate| Some((distance(word, candidate)?, candidate)));
    scored.min().map(|(_, candidate)| candidate)
}

/// Candidates, the nearest to a word first; where they are as near, in their order. Cost: one comparison for each candidate.
///
/// ```
/// use evigraph::internals::authoring::by_nearness;
/// assert_eq!(by_nearness("kery", ["hitz", "kerry", "barry"]), ["kerry", "barry", "hitz"]);
/// ```
pub fn by_nearness<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let mut candidates: Vec<&str> = candidates.into_iter().collect();
    candidates.sort_by_cached_key(|candidate| osa_distance(word, candidate));
    candidates
}

/// A word that was perhaps meant.
pub(super) struct Near<'c> {
    pub(super) word: &'c str,
    /// No other word is as near, and this one differs by slips of the finger alone.
    pub(super) is_alone: bool,
}

impl Near<'_> {
    /// Whether a word of a list that is known whole can be put in the place of one that is not on it.
    pub(super) fn safety(&self) -> Safety {
        if self.is_alone { Safety::Safe } else { Safety::Unsafe }
    }
}

/// The nearest candidate, and whether it is the only one.
pub(super) fn near<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<Near<'c>> {
    let scored = candidates.into_iter().filter_map(|candidate| Some((rank(word, candidate)?, candidate)));
    let mut scored: Vec<((usize, bool), &str)> = scored.collect();
    scored.sort_unstable();
    scored.dedup();
    let &(first, nearest) = scored.first()?;
    let is_alone = first.0 <= SLIPS && scored.get(1).is_none_or(|&(next, _)| next > first);
    Some(Near { word: nearest, is_alone })
}

/// How far a candidate is, and whether another letter stands in the place of one: letters are rather lost, doubled or
/// swapped.
pub(super) fn rank(word: &str, candidate: &str) -> Option<(usize, bool)> {
    let distance = distance(word, candidate)?;
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        letters.sort_unstable();
        letters
    };
    let (one, other) = (sorted(word), sorted(candidate));
    Some((distance, !(is_part(&one, &other) || is_part(&other, &one))))
}

/// Whether all letters, which are in order, are among others, as often.
fn is_part(letters: &[char], others: &[char]) -> bool {
    let mut others = others.iter();
    letters.iter().all(|letter| others.any(|other| other == letter))
}

/// So many slips of the finger are made in one word.
const SLIPS: usize = 2;

/// How far a candidate is from a word; none if too far to be meant.
pub(super) fn distance(word: &str, candidate: &str) -> Option<usize> {
    let letters = word.len().max(candidate.len());
    let limit = (letters / 3).max(1);
    if word.eq_ignore_ascii_case(candidate) {
        return Some(0);
    }
    let apart = (word.len().abs_diff(candidate.len()) <= limit).then(|| osa_distance(word, candidate));
    let begins =
        word.len() >= 3 && (candidate.starts_with(word) || word.starts_with(candidate) && candidate.len() >= 3);
    apart.filter(|&apart| apart <= limit && apart < letters).or(begins.then_some(limit + 1))
}

/// `a`, `b` or `c`, each in backquotes.
pub(super) fn list(words: &[&str], last: &str) -> String {
    joined(&words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>(), last)
}

/// Words with commas between them, and `last` before the last.
pub(super) fn joined(words: &[impl AsRef<str>], last: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_near_and_other_words_are_not() {
        assert_eq!(nearest("hitz-vol2", ["hitz-vol-1", "hitz-vol-2", "kerry"]), Some("hitz-vol-2"));
        assert_eq!(nearest("strong", ["Slight", "Strong"]), Some("Strong"));
        assert_eq!(nearest("hitz", ["hitz-volume-2", "kerry"]), Some("hitz-volume-2"));
        assert_eq!(nearest("zzz", ["hitz-vol-1", "kerry"]), None);
    }

    #[test]
    fn words_are_listed_as_one_says_them() {
        assert_eq!(list(&["a", "b", "c"], "or"), "`a`, `b` or `c`");
        assert_eq!(list(&["a"], "or"), "`a`");
    }
}
