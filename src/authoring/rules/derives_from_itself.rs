//! A document cannot be its own origin.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Source;

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, document) in checked.documents() {
        if document.derives_from.contains(&Source::Document(id)) {
            let place = checked.origin_place(id, document.key.as_str());
            let message = format!("`{}` derives from itself", document.key);
            let help = "name what its account is taken from, or nothing if it stands on its own";
            problems.push(Diagnostic::new(Code::DerivesFromItself, place, message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn only_directly() {
        let documents = r#"documents: {
            "a": (title: "A", derives_from: ["b", "a"]),
            "b": (title: "B", derives_from: ["c"]), "c": (title: "C", derives_from: ["b"]),
        }"#;
        assert_eq!(underlined("derives-from-itself", documents), ["a"]);
    }
}
