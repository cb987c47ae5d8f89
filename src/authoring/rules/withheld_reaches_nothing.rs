//! Something is withheld, and nothing says what it may speak to.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{DocumentId, Premise, Probability, Source};

use super::checked::Checked;

/// Without `bears_on` the withheld part may speak to what the document is evidence on. Cost: nothing where no document with
/// something withheld lacks a `bears_on`.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let silent = checked.documents().filter(|(_, one)| one.withheld > Probability::ZERO && one.bears_on.is_none());
    let mut silent: BTreeSet<DocumentId> = silent.map(|(id, _)| id).collect();
    if silent.is_empty() {
        return;
    }
    let links = checked.statements().flat_map(|(_, statement)| &statement.evidence);
    for link in links {
        if let Premise::Source(Source::Document(document)) = link.from {
            silent.remove(&document);
        }
    }
    for document in silent {
        let document = &checked.case.documents[document];
        let message = format!(
            "part of `{}` is withheld, and nothing says what it may speak to: the document is evidence on nothing",
            document.key
        );
        let problem = Diagnostic::new(Code::WithheldReachesNothing, document.declared, message).about(&document.key);
        problems.push(problem.help("name in `bears_on` what it may speak to; `bears_on: []` if that is nothing"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn only_what_is_withheld_and_can_reach_nothing() {
        let case = r#"documents: {
            "reaches": (title: "R", withheld: Full), "silent": (title: "S", withheld: Partial),
            "named": (title: "N", withheld: Full, bears_on: ["a"]), "none": (title: "O", withheld: Full, bears_on: []),
            "open": (title: "P", withheld: None), "copy": (title: "C", derives_from: ["silent", "named", "none", "open"]),
        }, claims: {"a": (text: "A", evidence: [Supports(from: ["reaches", "copy"])])}"#;
        assert_eq!(underlined("withheld-reaches-nothing", case), ["silent"]);
    }
}
