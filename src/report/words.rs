//! Lists, plurals, numbers and the words for verdicts.

use crate::verdict::{Detail, Finding};

/// `a`, `a and b`, `a, b and c`.
///
/// ```
/// use evigraph::report::joined;
/// assert_eq!(joined(["a", "b", "c"]), "a, b and c");
/// assert_eq!(joined(["a"]), "a");
/// ```
pub fn joined<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    joined_by(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn joined_by<S: AsRef<str>>(items: impl IntoIterator<Item = S>, word: &str) -> String {
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

/// The words of an author in quotation marks, without their full stop.
pub fn quoted(text: &str) -> String {
    format!("“{}”", text.trim().trim_end_matches('.'))
}

/// A degree or a case to two decimals; what is not quite certain is not shown as 1.00, nor what is not
/// quite impossible as 0.00.
///
/// ```
/// use evigraph::report::degree;
/// assert_eq!(degree(0.126), "0.13");
/// assert_eq!(degree(0.9987), "0.99");
/// assert_eq!(degree(1.0), "1.00");
/// assert_eq!(degree(0.0001), "0.01");
/// ```
pub fn degree(number: f64) -> String {
    let shown = if number <= 0.0 || number >= 1.0 - 1e-12 { number } else { number.clamp(0.01, 0.99) };
    format!("{shown:.2}")
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
    }
}

/// A finding, as it begins a sentence.
pub fn finding_phrase(finding: Finding) -> &'static str {
    match finding {
        Finding::Confirmed => "Confirmed",
        Finding::Nuanced => "Nuanced",
        Finding::Refuted => "Refuted",
        Finding::Unresolved => "Unresolved",
    }
}
