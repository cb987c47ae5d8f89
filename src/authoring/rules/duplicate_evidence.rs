//! The same evidence stated twice.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Evidence;

use super::checked::Checked;

/// Up to so many links are compared in pairs, which is faster than a map.
const FEW: usize = 8;

/// The same source on the same side, at the same place, with the same quotation and the same origins.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (_, statement) in checked.statements().filter(|(_, statement)| may_repeat(&statement.evidence)) {
        let mut seen = FxHashMap::default();
        for link in &statement.evidence {
            let same = (link.effect, link.from, &link.at, &link.quote, &link.relies_on[..]);
            let Some(first) = seen.insert(same, link.span) else { continue };
            let source = checked.case.premise_key(link.from);
            let message = format!("`{source}` is given twice as the same evidence on `{}`", statement.key);
            let problem = Diagnostic::new(Code::DuplicateEvidence, link.span, message);
            let problem = problem.related(first, "first given here").about(&statement.key).about(source);
            problems.push(problem.help("remove one of the two, or say with `at` that they are different passages"));
        }
    }
}

/// Whether some source may be named twice.
fn may_repeat(links: &[Evidence]) -> bool {
    links.len() > FEW
        || links.iter().enumerate().any(|(index, link)| links[..index].iter().any(|one| one.from == link.from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn different_passages_and_different_sides_are_different() {
        let case = r#"documents: {"d": (title: "D"), "e": (title: "E")}, claims: {"a": (text: "A", evidence: [
            Supports(from: "d", at: "1"), Supports(from: "d", at: "2"), Opposes(from: "d", at: "1"),
            Supports(from: ["d", "e"]), Supports(from: "e", strength: Weak), Supports(from: "e", relies_on: ["d"]),
        ])}"#;
        assert_eq!(underlined("duplicate-evidence", case), ["e"]);
    }
}
