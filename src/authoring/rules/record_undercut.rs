//! A general doubt about the record needs a strength of its own.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{ClaimKind, Premise};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (undercut, attack) in checked.undercuts().filter(|(_, attack)| !attack.strength_given) {
        let Premise::Statement(from) = attack.from else { continue };
        let claim = checked.case.canonical(from);
        if checked.case.statements[claim].claim_kind() == Some(ClaimKind::Record) {
            let message =
                format!("`{}`, a claim about the record, undercuts with no strength given", checked.key(from));
            let problem = Diagnostic::new(Code::RecordUndercut, attack.span, message);
            let problem = problem.about(checked.key(undercut)).about(checked.key(from));
            problems.push(problem.help("say how strong it is: a general doubt is mostly `strength: Weak` or `Slight`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn only_claims_about_the_record_with_no_strength() {
        let case = r#"documents: {"d": (title: "D")}, claims: {
            "redacted": (text: "R", kind: Record), "f": (text: "F"),
            "a": (text: "A", evidence: [Supports(from: "d", undercut_by: [(from: "redacted"), (from: "f")])]),
        }, inferences: {"i": (given: ["a"], to: "f", effect: Supports, undercut_by: [(from: "redacted", strength: Weak)])}"#;
        assert_eq!(underlined("record-undercut", case), ["redacted"]);
    }
}
