//! Statements that entail each other are one statement.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::super::nearest::list;
use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for group in checked.entailment().loops() {
        let keys: Vec<&str> = group.iter().map(|&statement| checked.key(statement)).collect();
        let mut declared = group.iter().map(|&statement| checked.case.statements[statement].declared);
        let Some(first) = declared.next() else { continue };
        let shown = if keys.len() > 6 { &keys[..6] } else { &keys };
        let message = match keys.len() - shown.len() {
            0 => format!("{} entail each other", list(shown, "and")),
            more => format!("{} and {more} more statements entail each other", list(shown, "and")),
        };
        let problem = Diagnostic::new(Code::SameStatement, first, message).help("write one statement in their place");
        let problem = problem.about_all(&keys);
        let problem = declared.take(5).fold(problem, |problem, span| problem.related(span, "the same statement"));
        problems.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn a_loop_is_reported_once() {
        let claims = r#"claims: {
            "a": (text: "A", entails: ["b"]), "b": (text: "B", all_of: ["c"]), "c": (text: "C", entails: ["a"]),
            "d": (text: "D", entails: ["a"]),
        }"#;
        assert_eq!(underlined("same-statement", claims), ["a"]);
    }
}
