//! Lists, plurals, numbers and the words for verdicts.

use crate::model::{Effect, Probability};
use crate::verdict::{Detail, Finding};

pub use crate::verdict::degree;
pub(crate) use crate::verdict::is_nothing;

/// `a`, `a and b`, `a, b and c`.
///
/// ```
/// use evigraph::internals::words::joined;
/// assert_eq!(joined(["a", "b", "c"]), "a, b and c");
/// assert_eq!(joined(["a"]), "a");
/// ```
pub fn joined<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    joined_by(items, "and")
}

/// `a`, `a or b`, `a, b or c`, with the word that is given.
pub fn joined_by<S: AsRef<str>>(items: impl IntoIterator<Item = S>, word: &str) -> String {
    let items: Vec<S> = items.into_iter().collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1 claim`, `2 claims`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// `no claim`, `1 claim`, `2 claims`.
pub fn count_or_no(number: usize, noun: &str) -> String {
    if number == 0 { format!("no {noun}") } else { count(number, noun) }
}

/// That other documents of a day, or other sets of as many, would have turned something as well; none where there are none.
pub fn others_phrase(documents: usize, others: usize) -> Option<String> {
    match (documents, others) {
        (_, 0) => None,
        (1, _) => Some(format!("{} of that day would have done it alone", count(others, "other document"))),
        _ => Some(format!("{} of as many would have done it", count(others, "other set"))),
    }
}

/// A name of the JSON as words: `single source` of `single_source`.
pub fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// The side that something speaks on, before `it`.
pub(crate) fn side(effect: Effect) -> &'static str {
    match effect {
        Effect::Supports => "for",
        Effect::Opposes => "against",
    }
}

/// A text on one line, with single spaces; a sign where there is none.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() { "—".to_owned() } else { words.join(" ") }
}

/// A text of at most so many letters; what is cut off is marked.
pub(crate) fn shortened(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()),
        None => text,
    }
}

/// The words of an author in quotation marks, on one line, without their full stop; quotation marks in them become
/// single ones.
///
/// ```
/// use evigraph::internals::words::quoted;
/// assert_eq!(quoted("They called it\n“the road”."), "“They called it ‘the road’”");
/// ```
pub fn quoted(text: &str) -> String {
    let inner = one_line(text).replace('“', "‘").replace('”', "’");
    format!("“{}”", inner.trim_end_matches('.'))
}

/// A small number in letters: `two`; from 13 on in figures.
pub fn spelled(number: usize) -> String {
    const LETTERS: [&str; 13] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    LETTERS.get(number).map_or_else(|| number.to_string(), |&letters| letters.to_owned())
}

/// The same with a large first letter, as a sentence begins; an address stays as it is.
pub(crate) fn capital(words: &str) -> String {
    let is_address = |first: &str| first.split_once(':').is_some_and(|(_, rest)| !rest.is_empty());
    if words.split_whitespace().next().is_some_and(is_address) {
        return words.to_owned();
    }
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A strength by its word, where it has one: `slight, 0.20`.
pub(crate) fn strength_phrase(strength: f64) -> String {
    let word = Probability::STRENGTH.iter().find(|(_, number)| number.get() == strength);
    match word {
        Some((word, _)) => format!("{}, {}", word.to_lowercase(), degree(strength)),
        None => format!("strength {}", degree(strength)),
    }
}

/// What a verdict's detail means, in a few words.
pub fn detail_phrase(detail: Detail) -> &'static str {
    match detail {
        Detail::Established => "established",
        Detail::RivalReadings => "contested by a rival reading",
        Detail::ConflictingEvidence => "contested by conflicting evidence",
        Detail::Refuted => "refuted",
        Detail::Insufficient => "not established",
        Detail::NoEvidence => "without evidence either way",
        Detail::Undecided => "undecided at this precision",
    }
}

/// What something would be, behind its name: `would not be established`, `would be refuted`.
///
/// ```
/// use evigraph::Detail;
/// use evigraph::internals::words::would_be;
/// assert_eq!(would_be(Detail::Insufficient), "would not be established");
/// assert_eq!(would_be(Detail::Refuted), "would be refuted");
/// ```
pub fn would_be(detail: Detail) -> String {
    match detail {
        Detail::Insufficient => "would not be established".to_owned(),
        detail => format!("would be {}", detail_phrase(detail)),
    }
}

/// What something would be that is one thing now: what was not established before is not said to be so no longer.
///
/// ```
/// use evigraph::Detail;
/// use evigraph::internals::words::would_become;
/// assert_eq!(would_become(Detail::Established, Detail::Insufficient), "would not be established");
/// assert_eq!(would_become(Detail::Refuted, Detail::Insufficient), "would be neither established nor refuted");
/// ```
pub fn would_become(now: Detail, then: Detail) -> String {
    match (now, then) {
        (Detail::Established, _) => would_be(then),
        (_, Detail::Insufficient) => "would be neither established nor refuted".to_owned(),
        _ => would_be(then),
    }
}

/// A verdict with its detail where that says more: `supported`, `unsupported (refuted)`.
pub fn verdict_phrase(detail: Detail) -> String {
    if detail == Detail::Established { detail.verdict().to_string() } else { verdict_with_detail(detail) }
}

/// A verdict with its detail: `supported (established)`.
pub fn verdict_with_detail(detail: Detail) -> String {
    format!("{} ({})", detail.verdict(), spaced(detail.name()))
}

/// The verdicts that something could have: `refuted or not established`.
pub(crate) fn any_of(verdicts: &[Detail]) -> String {
    joined_by(verdicts.iter().map(|&verdict| detail_phrase(verdict)), "or")
}

/// A finding, as it begins a sentence.
pub fn finding_phrase(finding: Finding) -> &'static str {
    match finding {
        Finding::Confirmed => "Confirmed",
        Finding::Nuanced => "Nuanced",
        Finding::Refuted => "Refuted",
        Finding::Unresolved => "Unresolved",
        Finding::Undecided => "Undecided at this precision",
    }
}
