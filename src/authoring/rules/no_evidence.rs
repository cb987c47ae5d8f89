//! A statement that nothing speaks for or against.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Expectation, StatementId};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let spoken = spoken_to(checked);
    for (id, statement) in checked.statements() {
        let meant = matches!(statement.expect, Some((Expectation::NoEvidence, _)));
        if !meant && !statement.has_grounds() && !spoken[id.index()] {
            let message = format!("nothing speaks for or against `{}`", statement.key);
            let help = "give it evidence, or say `expect: NoEvidence` if this is meant";
            problems.push(Diagnostic::new(Code::NoEvidence, statement.declared, message).help(help));
        }
    }
}

/// Which statements inferences and other statements speak to.
fn spoken_to(checked: &Checked<'_>) -> Vec<bool> {
    let mut spoken = vec![false; checked.case.statements.len()];
    let mut mark = |statement: StatementId| spoken[checked.case.canonical(statement).index()] = true;
    checked.inferences().for_each(|(_, inference)| mark(inference.to));
    checked.case.entailments().for_each(|(_, weaker)| mark(weaker));
    for (id, statement) in checked.statements() {
        // What is written under a relationship with `same_as` counts for its claim; there is none, by another rule.
        if statement.has_grounds() && statement.same_as.is_none() {
            mark(id);
        }
    }
    spoken
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn inferences_and_entailment_speak_to_a_statement() {
        let case = r#"documents: {"d": (title: "D")}, claims: {
            "bare": (text: "B", entails: ["weak"]), "weak": (text: "W"), "concluded": (text: "C"),
            "own": (text: "O", evidence: [Opposes(from: "d")]), "meant": (text: "M", expect: NoEvidence),
            "part": (text: "P"), "either": (text: "E", any_of: ["own", "part"]),
        }, inferences: {"i": (given: ["own"], to: "concluded", effect: Supports)}"#;
        assert_eq!(underlined("no-evidence", case), ["bare", "part"]);
    }
}
