//! Of two rivals neither can entail the other.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::StatementId;

use super::checked::Checked;

/// Cost: a pass over the entailments for every 64 statements that have rivals and entail something.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let pairs =
        || checked.statements().flat_map(|(id, statement)| statement.rivals.iter().map(move |&rival| (id, rival)));
    if pairs().next().is_none() {
        return;
    }
    let both = pairs().flat_map(|(a, b)| [(a, b), (b, a)]);
    let entailed: FxHashSet<_> = checked.entailment().entailed(checked.case, both).into_iter().collect();
    for (id, rival) in pairs() {
        let (a, b) = (checked.case.canonical(id), checked.case.canonical(rival));
        if entailed.contains(&(a, b)) {
            problems.push(problem(checked, id, rival, id, rival));
        } else if entailed.contains(&(b, a)) {
            problems.push(problem(checked, id, rival, rival, id));
        }
    }
}

fn problem(
    checked: &Checked<'_>,
    id: StatementId,
    rival: StatementId,
    stronger: StatementId,
    weaker: StatementId,
) -> Diagnostic {
    let (strong, weak) = (checked.key(stronger), checked.key(weaker));
    let declared = checked.case.statements[id].declared;
    let place = checked.place(checked.written(id).rivals, rival, declared);
    let message = format!("`{strong}` entails `{weak}`, so the two cannot be rivals");
    let problem = Diagnostic::new(Code::RivalsEntail, place, message)
        .help(format!("if `{strong}` were true, so would be `{weak}`: remove the rivalry, or the entailment"));
    let written = checked.written(stronger);
    let step = written.entails.iter().chain(written.all_of).find(|text| text.text == weak);
    match step {
        Some(text) => problem.related(text.span, "entailed here"),
        None => problem.related(checked.case.statements[stronger].declared, "this entails it, by way of others"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn by_whatever_path() {
        let claims = r#"claims: {
            "a": (text: "A", entails: ["b"]),
            "b": (text: "B", rivals: ["part"]),
            "c": (text: "C", rivals: ["a"], any_of: ["b"]),
            "whole": (text: "W", all_of: ["part", "other"], entails: ["d"]),
            "part": (text: "P"), "other": (text: "O"), "d": (text: "D", rivals: ["whole"]),
        }"#;
        assert_eq!(underlined("rivals-entail", claims), ["a", "whole"]);
    }
}
