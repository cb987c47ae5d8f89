//! A statement cannot entail itself, nor be a part of itself.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, statement) in checked.statements() {
        let same = checked.case.canonical(id);
        for (field, list) in
            [("entails", &statement.entails), ("all_of", &statement.all_of), ("any_of", &statement.any_of)]
        {
            let Some(&own) = list.iter().find(|&&other| checked.case.canonical(other) == same) else { continue };
            let written = checked.written(id);
            let texts = match field {
                "entails" => written.entails,
                "all_of" => written.all_of,
                _ => written.any_of,
            };
            let message = match field {
                "entails" => format!("`{}` entails itself", statement.key),
                _ => format!("`{}` is a part of itself", statement.key),
            };
            let place = checked.place(texts, own, statement.declared);
            problems
                .push(Diagnostic::new(Code::EntailsItself, place, message).help(format!("remove it from `{field}`")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::told;

    #[test]
    fn directly_as_a_part_and_under_another_name() {
        let claims = r#"claims: {
            "a": (text: "A", entails: ["a"]),
            "b": (text: "B", any_of: ["b", "a"]),
            "c": (text: "C", entails: ["r"]),
        }, actors: {"x": (name: "X")}, relationships: {"r": (from: "x", to: "x", kind: PartOf, same_as: "c")}"#;
        assert_eq!(told("entails-itself", claims), ["a", "b", "r"]);
    }
}
