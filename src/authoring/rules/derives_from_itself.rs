//! A document cannot be its own origin, nor need itself.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Source;

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, document) in checked.documents() {
        let own = Source::Document(id);
        let key = document.key.as_str();
        let mut report = |verb: &str, place, help: &str| {
            let message = format!("`{key}` {verb} itself");
            problems.push(Diagnostic::new(Code::DerivesFromItself, place, message).help(help.to_owned()));
        };
        if document.derives_from.contains(&own) {
            let help = "name what its account is taken from, or nothing if it stands on its own";
            report("derives from", checked.origin_place(id, key), help);
        }
        if document.rests_on.contains(&own) {
            report("rests on", checked.needed_place(id, key), "name what it needs besides itself");
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
            "d": (title: "D", rests_on: ["b", "d"]),
        }"#;
        assert_eq!(underlined("derives-from-itself", documents), ["a", "d"]);
    }
}
