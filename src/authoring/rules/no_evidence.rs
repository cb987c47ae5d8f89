//! A statement that nothing speaks for or against.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Expectation, Statement};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let spoken = checked.spoken();
    for (id, statement) in checked.statements().filter(|(_, one)| one.same_as.is_none() && !is_meant(one)) {
        if spoken.is_bare(checked.case, id) {
            let message = format!("nothing speaks for or against `{}`", statement.key);
            let help = "give it evidence, or say `expect: NoEvidence` if this is meant";
            let problem = Diagnostic::new(Code::NoEvidence, statement.declared, message).help(help);
            problems.push(problem.about(&statement.key));
        }
    }
}

/// Whether an author expects that nothing speaks to it.
pub(super) fn is_meant(statement: &Statement) -> bool {
    matches!(statement.expect, Some((Expectation::NoEvidence, _)))
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

    #[test]
    fn what_a_rival_or_an_entailment_speaks_against_is_spoken_to() {
        let case = r#"documents: {"d": (title: "D")}, claims: {
            "refuted": (text: "1", entails: ["weak"], rivals: ["true"]), "weak": (text: "2"),
            "true": (text: "3", evidence: [Supports(from: "d")]),
            "opposed": (text: "4", entails: ["false"]), "false": (text: "5", evidence: [Opposes(from: "d")]),
            "rival": (text: "6", rivals: ["bare"]), "bare": (text: "7"),
        }"#;
        assert_eq!(underlined("no-evidence", case), ["rival", "bare"]);
    }
}
