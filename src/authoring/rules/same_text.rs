//! One claim under two ids.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Nature, Statement};

use super::checked::Checked;

/// Claims of the same words, unless a period, places or whom they are about tell them apart.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut seen: FxHashMap<_, &Statement> = FxHashMap::default();
    for (_, statement) in checked.statements() {
        let Nature::Claim { about, .. } = &statement.nature else { continue };
        let period = statement.period.as_ref().map(|period| period.as_str());
        let first = *seen.entry((words(&statement.text), period, &statement.places, about)).or_insert(statement);
        if first.key != statement.key {
            problems.push(problem(first, statement));
        }
    }
}

/// A text without what may differ by chance: capitals, spaces, the stop at its end.
fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_lowercase()
}

fn problem(one: &Statement, other: &Statement) -> Diagnostic {
    let (first, second) = if one.declared <= other.declared { (one, other) } else { (other, one) };
    let message = format!("`{}` and `{}` have the same words", first.key, second.key);
    Diagnostic::new(Code::SameText, second.declared, message)
        .related(first.declared, "the same claim")
        .help("make one claim of them, or say in the text how they differ: evidence for one is none for the other")
        .about(&first.key)
        .about(&second.key)
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
