//! Evidence, undercuts and impeachments do not come from what they speak to.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Attack, Premise, StatementId};
use crate::source::Span;

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, statement) in checked.statements() {
        for link in &statement.evidence {
            if checked.is_same(link.from, id) {
                let message = format!("`{}` is given as evidence on itself", statement.key);
                problems.push(problem(
                    link.span,
                    message,
                    "name the document, actor or other statement that it rests on",
                ));
            }
            undercuts(checked, &link.undercut_by, id, problems);
        }
    }
    for inference in checked.case.inferences.values() {
        undercuts(checked, &inference.undercut_by, inference.to, problems);
    }
    for (source, attack) in checked.impeachments().filter(|(source, attack)| attack.from == Premise::Source(*source)) {
        let message = format!("`{}` impeaches itself", checked.case.source_key(source));
        problems.push(problem(attack.span, message, "name the statement or the source that tells against it"));
    }
}

fn undercuts(checked: &Checked<'_>, attacks: &[Attack], of: StatementId, problems: &mut Diagnostics) {
    for attack in attacks.iter().filter(|attack| checked.is_same(attack.from, of)) {
        let message = format!("a step towards `{}` is undercut by `{}` itself", checked.key(of), checked.key(of));
        problems.push(problem(attack.span, message, "name what tells against this step, whatever it leads to"));
    }
}

fn problem(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::SpeaksOfItself, span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn evidence_undercuts_and_impeachments() {
        let case = r#"actors: {"w": (name: "W", impeached_by: [(from: "w")])},
            documents: {"d": (title: "D", impeached_by: [(from: ["a", "d"])])},
            claims: {
                "a": (text: "A", evidence: [Supports(from: ["a", "d"], undercut_by: [(from: "b")])]),
                "b": (text: "B", evidence: [Opposes(from: "d", undercut_by: [(from: "b")])]),
            },
            inferences: {"i": (given: ["a"], to: "b", effect: Supports, undercut_by: [(from: "b"), (from: "a")])}"#;
        assert_eq!(underlined("speaks-of-itself", case), ["w", "d", "a", "b", "b"]);
    }
}
