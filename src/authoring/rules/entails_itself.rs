//! A statement cannot entail itself, nor be a part of itself.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, statement) in checked.statements() {
        let (same, written) = (checked.case.canonical(id), checked.written(id));
        for (field, list, texts, what) in [
            ("entails", &statement.entails, written.entails, "entails itself"),
            ("all_of", &statement.all_of, written.all_of, "is a part of itself"),
            ("any_of", &statement.any_of, written.any_of, "is a part of itself"),
            ("one_of", &statement.one_of, written.one_of, "is a part of itself"),
        ] {
            let Some(&own) = list.iter().find(|&&other| checked.case.canonical(other) == same) else { continue };
            let place = checked.place(texts, own, statement.declared);
            let problem = Diagnostic::new(Code::EntailsItself, place, format!("`{}` {what}", statement.key));
            problems.push(problem.help(format!("remove it from `{field}`")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn directly_as_a_part_and_under_another_name() {
        let claims = r#"claims: {
            "a": (text: "A", entails: ["a"]),
            "b": (text: "B", any_of: ["b", "a"]),
            "c": (text: "C", entails: ["r"]),
            "d": (text: "D", one_of: ["a", "d"]),
        }, actors: {"x": (name: "X")}, relationships: {"r": (from: "x", to: "x", kind: PartOf, same_as: "c")}"#;
        assert_eq!(underlined("entails-itself", claims), ["a", "b", "r", "d"]);
    }
}
