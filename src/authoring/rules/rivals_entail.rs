//! Of two rivals, or of two statements of which only one can be so, neither can entail the other.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::StatementId;

use super::checked::{Checked, place_in};

/// Two statements that cannot both be true, where the first entails the second.
struct Pair {
    stronger: StatementId,
    weaker: StatementId,
    /// The statement that makes them rivals, and which of the two it names for that.
    written: (StatementId, StatementId),
    /// It has both in its `one_of`.
    is_one_of: bool,
}

/// Cost: a pass over the entailments for every 64 statements that have rivals and entail something.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let pairs = rivals(checked);
    if pairs.is_empty() {
        return;
    }
    let both = pairs.iter().flat_map(|pair| [(pair.stronger, pair.weaker), (pair.weaker, pair.stronger)]);
    let entailed: FxHashSet<_> = checked.entailment().entailed(checked.case, both).into_iter().collect();
    for pair in pairs {
        let (a, b) = (checked.case.canonical(pair.stronger), checked.case.canonical(pair.weaker));
        if entailed.contains(&(a, b)) {
            problems.push(problem(checked, &pair));
        } else if entailed.contains(&(b, a)) {
            problems.push(problem(checked, &Pair { stronger: pair.weaker, weaker: pair.stronger, ..pair }));
        }
    }
}

/// The pairs that are declared as rivals, and those of which a `one_of` says that only one is so.
fn rivals(checked: &Checked<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (id, statement) in checked.statements() {
        for &rival in &statement.rivals {
            pairs.push(Pair { stronger: id, weaker: rival, written: (id, rival), is_one_of: false });
        }
        for (at, &one) in statement.one_of.iter().enumerate() {
            for &other in statement.one_of[at + 1..].iter().filter(|&&other| other != one) {
                pairs.push(Pair { stronger: one, weaker: other, written: (id, other), is_one_of: true });
            }
        }
    }
    pairs
}

fn problem(checked: &Checked<'_>, pair: &Pair) -> Diagnostic {
    let &Pair { stronger, weaker, written: (id, named), is_one_of } = pair;
    let lists = checked.written(id);
    let (list, rivalry) = match is_one_of {
        true => (lists.one_of, "one of the two from `one_of`"),
        false => (lists.rivals, "the rivalry"),
    };
    let place = checked.place(list, named, checked.case.statements[id].declared);
    let (strong, weak) = (checked.key(stronger), checked.key(weaker));
    let message = format!("`{strong}` entails `{weak}`, so the two cannot be rivals");
    let help = format!("if `{strong}` were true, so would be `{weak}`: remove {rivalry}, or the entailment");
    let problem = Diagnostic::new(Code::RivalsEntail, place, message).help(help);
    let written = checked.written(stronger);
    match place_in(written.entails, weak).or_else(|| place_in(written.all_of, weak)) {
        Some(span) => problem.related(span, "entailed here"),
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

    #[test]
    fn parts_of_which_only_one_is_so() {
        let claims = r#"claims: {
            "one": (text: "O", one_of: ["a", "b", "c"]),
            "a": (text: "A"), "b": (text: "B", entails: ["c"]), "c": (text: "C"),
        }"#;
        assert_eq!(underlined("rivals-entail", claims), ["c"]);
    }
}
