//! An inference does not start from its conclusion.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Premise;

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, inference) in checked.inferences() {
        let rejected = inference.given_rejected.iter().map(|&statement| Premise::Statement(statement));
        let mut premises = inference.given.iter().copied().chain(rejected);
        if let Some(premise) = premises.find(|&premise| checked.is_same(premise, inference.to)) {
            let place = checked.premise_place(id, checked.case.premise_key(premise).as_str());
            let message = format!("`{}` concludes what it starts from", inference.key);
            let problem = Diagnostic::new(Code::CircularInference, place, message);
            problems.push(problem.help("remove the conclusion from the premises"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn given_and_given_rejected() {
        let case = r#"claims: {"a": (text: "A"), "b": (text: "B")}, inferences: {
            "i": (given: ["a", "b"], to: "b", effect: Supports),
            "j": (given: ["a"], given_rejected: ["b"], to: "b", effect: Opposes),
            "k": (given: ["a"], to: "b", effect: Supports),
        }"#;
        assert_eq!(underlined("circular-inference", case), ["b", "b"]);
    }
}
