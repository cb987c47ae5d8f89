//! An archive shows that records exist, not what they say.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{ClaimKind, DocumentKind, Premise, Source};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (_, statement) in
        checked.statements().filter(|(_, statement)| statement.claim_kind() != Some(ClaimKind::Record))
    {
        for link in &statement.evidence {
            let Premise::Source(Source::Document(id)) = link.from else { continue };
            let document = &checked.case.documents[id];
            if document.kind == DocumentKind::Archive {
                let message =
                    format!("`{}` is an archive, and `{}` is not about the record", document.key, statement.key);
                let problem = Diagnostic::new(Code::ArchiveEvidence, link.span, message);
                let problem =
                    problem.related(document.declared, "an archive").about(&statement.key).about(&document.key);
                problems.push(problem.help("name the document in it that says so, or make the claim `kind: Record`"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn claims_about_the_record_may_rest_on_it() {
        let case = r#"documents: {"d": (title: "D", kind: Archive)}, claims: {
            "a": (text: "A", evidence: [Supports(from: "d")]), "r": (text: "R", kind: Record, evidence: [Supports(from: "d")]),
        }"#;
        assert_eq!(underlined("archive-evidence", case), ["d"]);
    }
}
