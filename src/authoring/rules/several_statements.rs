//! One link from several statements, each of which counts by itself.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

use super::super::nearest::list;
use super::super::reader::Text;
use super::super::values::OneOrMore;
use super::checked::Checked;

/// Several documents for one claim are ordinary. Several statements are mostly the premises of one step, and a list makes
/// as many steps of them.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, statement) in checked.statements() {
        for evidence in checked.written(id).evidence {
            let from = evidence.link.from.iter().flat_map(OneOrMore::texts);
            let several: Vec<&Text<'_>> = from.filter(|text| checked.case.statement(&text.text).is_some()).collect();
            if let [first, .., last] = several[..] {
                let place = Span { end: last.span.end, ..first.span };
                problems.push(problem(&statement.key.to_string(), place, &several));
            }
        }
    }
}

fn problem(to: &str, place: Span, several: &[&Text<'_>]) -> Diagnostic {
    let ids: Vec<&str> = several.iter().map(|text| &*text.text).collect();
    let message = format!("{} speak to `{to}` each by itself, as if the others were not there", list(&ids, "and"));
    let given: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    let help = format!(
        "if they are needed together, write an inference with `given: [{}]`; if each is enough by itself, write a link for each",
        given.join(", ")
    );
    Diagnostic::new(Code::SeveralStatements, place, message).about(to).about_all(ids).help(help)
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn several_statements_in_one_list_and_nothing_else() {
        let case = r#"actors: {"x": (name: "X", reliability: B)}, documents: {"d": (title: "D"), "e": (title: "E")}, claims: {
            "a": (text: "A", evidence: [Supports(from: ["d", "e"])]), "b": (text: "B", evidence: [Supports(from: ["d", "x"])]),
            "c": (text: "C", evidence: [Supports(from: "a"), Supports(from: "b"), Opposes(from: ["d", "a"])]),
            "f": (text: "F", evidence: [Opposes(from: ["a", "d", "b"], strength: Weak)]),
        }"#;
        assert_eq!(underlined("several-statements", case), [r#"a", "d", "b"#]);
    }
}
