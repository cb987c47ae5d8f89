//! A part that nothing speaks to keeps its whole open.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Statement, StatementId};
use crate::source::Span;

use super::super::nearest::list;
use super::checked::Checked;
use super::no_evidence::is_meant;

/// How many parts one warning names.
const MOST_NAMED: usize = 6;

/// One warning for each whole, with all of its open parts.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, statement) in checked.statements().filter(|(_, one)| !one.all_of.is_empty()) {
        let is_open = |&part: &StatementId| {
            let own = checked.case.canonical(part);
            !is_meant(&checked.case.statements[own]) && checked.spoken().is_open(checked.case, own)
        };
        let open: Vec<StatementId> = statement.all_of.iter().copied().filter(is_open).collect();
        if let Some(&first) = open.first() {
            let place = checked.place(checked.written(id).all_of, first, statement.declared);
            problems.push(problem(checked, statement, &open, place));
        }
    }
}

fn problem(checked: &Checked<'_>, whole: &Statement, open: &[StatementId], place: Span) -> Diagnostic {
    let keys: Vec<&str> = open.iter().map(|&part| checked.key(part)).collect();
    let parts = match keys.len().saturating_sub(MOST_NAMED) {
        0 => list(&keys, "and"),
        more => format!(
            "{} and {more} more",
            keys[..MOST_NAMED].iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    let (is, each) = if keys.len() == 1 { ("a part", "it") } else { ("parts", "each") };
    let message = format!("nothing speaks for or against {parts}, {is} of `{}`", whole.key);
    let help = format!(
        "give {each} evidence or an inference: until then the parts make no case for `{}`; `expect: NoEvidence` under a part \
         says that this is meant",
        whole.key
    );
    let declared = open.iter().take(MOST_NAMED).map(|&part| checked.case.statements[part].declared);
    let problem = Diagnostic::new(Code::OpenPart, place, message).help(help).about(&whole.key).about_all(&keys);
    declared.fold(problem, |problem, place| problem.related(place, "nothing speaks to this"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn parts_with_nothing_but_their_whole() {
        let case = r#"documents: {"d": (title: "D")}, claims: {
            "whole": (text: "1", all_of: ["seen", "open", "concluded", "implied", "denied", "meant", "bare"]),
            "seen": (text: "2", evidence: [Supports(from: "d")]), "open": (text: "3"), "concluded": (text: "4"),
            "implied": (text: "5"), "strong": (text: "6", entails: ["implied"], evidence: [Supports(from: "d")]),
            "denied": (text: "7", rivals: ["seen"]), "meant": (text: "8", expect: NoEvidence), "bare": (text: "9"),
            "nested": (text: "10", all_of: ["whole"]), "either": (text: "11", any_of: ["open"]),
        }, inferences: {"i": (given: ["seen"], to: "concluded", effect: Supports)}"#;
        assert_eq!(underlined("open-part", case), ["open"]);
    }
}
