//! One claim under two ids.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Key, Nature, Period, Source, Statement};

use super::checked::Checked;
use super::twins;

/// Claims of the same words, unless a period, places or whom they are about tell them apart. Cost: one pass over the
/// texts.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut seen: FxHashMap<u64, &Statement> = FxHashMap::default();
    for (_, statement) in checked.statements().filter(|(_, statement)| statement.is_claim()) {
        let mut hasher = FxHasher::default();
        letters(&statement.text).for_each(|letter| letter.hash(&mut hasher));
        distinction(statement).hash(&mut hasher);
        let first = *seen.entry(hasher.finish()).or_insert(statement);
        let is_same = distinction(first) == distinction(statement) && letters(&first.text).eq(letters(&statement.text));
        if first.key != statement.key && is_same {
            problems.push(problem(first, statement));
        }
    }
}

/// What tells claims of the same words apart.
fn distinction(statement: &Statement) -> (Option<&str>, &[String], &[Source]) {
    let about: &[Source] = match &statement.nature {
        Nature::Claim { about, .. } => about,
        Nature::Relationship { .. } => &[],
    };
    (statement.period.as_ref().map(Period::as_str), &statement.places, about)
}

/// A text without what may differ by chance: capitals, spaces, the stop at its end.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    let words = text.trim().trim_end_matches('.').split_whitespace();
    words.flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']))
}

fn problem(one: &Statement, other: &Statement) -> Diagnostic {
    let message = |a: &Key, b: &Key| format!("`{a}` and `{b}` have the same words");
    let both = [(&one.key, one.declared), (&other.key, other.declared)];
    twins::problem(Code::SameText, both, message, "the same claim")
        .help("make one claim of them, or say in the text how they differ: evidence for one is none for the other")
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn words_and_not_what_tells_claims_apart() {
        let case = r#"claims: {
            "a": (text: "The bridge was  shut."), "b": (text: "the bridge was shut"), "c": (text: "The bridge was open."),
            "d": (text: "The bridge was shut.", period: "1943"), "e": (text: "The bridge was shut.", places: ["York"]),
        }"#;
        assert_eq!(underlined("same-text", case), ["b"]);
    }
}
