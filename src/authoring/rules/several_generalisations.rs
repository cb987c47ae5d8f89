//! Several inferences into one generalisation count its instances more than once.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{ClaimKind, InferenceId, StatementId};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut into: FxHashMap<(StatementId, bool), Vec<InferenceId>> = FxHashMap::default();
    for (id, inference) in checked.inferences() {
        let to = checked.case.canonical(inference.to);
        if checked.case.statements[to].claim_kind() == Some(ClaimKind::Generalisation) {
            into.entry((to, inference.effect == crate::model::Effect::Supports)).or_default().push(id);
        }
    }
    for ((claim, _), inferences) in into.into_iter().filter(|(_, inferences)| inferences.len() > 1) {
        let statement = &checked.case.statements[claim];
        let message = format!("{} inferences lead to the generalisation `{}`", inferences.len(), statement.key);
        let problem = Diagnostic::new(Code::SeveralGeneralisations, statement.declared, message)
            .help("collect the instances in one claim with `any_of`, and infer the generalisation from that once")
            .about(&statement.key)
            .about_all(inferences.iter().map(|&inference| &checked.case.inferences[inference].key));
        let places = inferences.iter().take(5).map(|&inference| checked.case.inferences[inference].declared);
        problems.push(places.fold(problem, |problem, place| problem.related(place, "leads to it")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn two_into_a_generalisation_and_not_into_a_fact() {
        let case = r#"claims: {"a": (text: "A"), "b": (text: "B"), "g": (text: "G", kind: Generalisation), "f": (text: "F")},
            inferences: {
                "i": (given: ["a"], to: "g", effect: Supports), "j": (given: ["b"], to: "g", effect: Supports),
                "k": (given: ["a"], to: "f", effect: Supports), "l": (given: ["b"], to: "f", effect: Supports),
            }"#;
        assert_eq!(underlined("several-generalisations", case), ["g"]);
    }
}
