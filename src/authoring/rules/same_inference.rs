//! One argument written as two inferences.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Case, Effect, Inference, Key, Premise, StatementId};

use super::checked::Checked;
use super::twins;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut seen: FxHashMap<_, &Inference> = FxHashMap::default();
    for (_, inference) in checked.inferences() {
        let first = *seen.entry(argument(checked.case, inference)).or_insert(inference);
        if first.key != inference.key {
            problems.push(problem(first, inference));
        }
    }
}

/// The premises, the conclusion and whether it is supported, in whatever order they are written.
fn argument(case: &Case, inference: &Inference) -> (Vec<Premise>, Vec<StatementId>, StatementId, bool) {
    let canonical = |premise: Premise| match premise {
        Premise::Statement(statement) => Premise::Statement(case.canonical(statement)),
        source => source,
    };
    let mut given: Vec<Premise> = inference.given.iter().copied().map(canonical).collect();
    let mut rejected: Vec<StatementId> = inference.given_rejected.iter().map(|&one| case.canonical(one)).collect();
    given.sort_unstable();
    given.dedup();
    rejected.sort_unstable();
    rejected.dedup();
    (given, rejected, case.canonical(inference.to), inference.effect == Effect::Supports)
}

fn problem(one: &Inference, other: &Inference) -> Diagnostic {
    let message = |a: &Key, b: &Key| format!("`{a}` and `{b}` are the same argument, which counts twice");
    let both = [(&one.key, one.declared), (&other.key, other.declared)];
    twins::problem(Code::SameInference, both, message, "the same premises and the same conclusion")
        .help("remove one of the two, or name the premise by which they differ")
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn premises_in_any_order_and_the_same_side() {
        let case = r#"claims: {"a": (text: "A"), "b": (text: "B"), "c": (text: "C")}, inferences: {
            "i": (given: ["a", "b"], to: "c", effect: Supports), "j": (given: ["b", "a"], to: "c", effect: Supports, strength: Weak),
            "k": (given: ["a", "b"], to: "c", effect: Opposes), "l": (given: ["a"], given_rejected: ["b"], to: "c", effect: Supports),
            "m": (given: ["a"], to: "b", effect: Supports),
        }"#;
        assert_eq!(underlined("same-inference", case), ["j"]);
    }
}
