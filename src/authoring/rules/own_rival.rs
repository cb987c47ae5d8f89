//! A statement cannot be its own rival.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, statement) in checked.statements() {
        let same = checked.case.canonical(id);
        let Some(&own) = statement.rivals.iter().find(|&&rival| checked.case.canonical(rival) == same) else {
            continue;
        };
        let place = checked.place(checked.written(id).rivals, own, statement.declared);
        let problem = Diagnostic::new(Code::OwnRival, place, format!("`{}` is its own rival", statement.key));
        problems.push(problem.help("remove it from `rivals`: it could never be true"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn only_the_statement_itself() {
        let claims = r#"claims: {"a": (text: "A", rivals: ["b", "a"]), "b": (text: "B", rivals: ["a"])}"#;
        assert_eq!(underlined("own-rival", claims), ["a"]);
    }
}
