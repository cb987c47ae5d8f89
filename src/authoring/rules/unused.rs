//! Actors and documents that nothing uses.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Source, used_sources};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let used = used_sources(checked.case);
    for source in checked.case.sources().filter(|source| !used.contains(source)) {
        let (what, declared) = match source {
            Source::Actor(actor) => ("actor", checked.case.actors[actor].declared),
            Source::Document(document) => ("document", checked.case.documents[document].declared),
        };
        let key = checked.case.source_key(source);
        let problem = Diagnostic::new(Code::Unused, declared, format!("nothing uses the {what} `{key}`"));
        problems.push(problem.help("name it where it belongs, or remove it").about(key));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn every_way_of_being_named_is_a_use() {
        let case = r#"actors: {
                "a": (name: "A", part_of: "b"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D"),
            },
            documents: {
                "e": (title: "E", by: ["c"], mentions: ["d"], collection: "f"), "f": (title: "F"), "g": (title: "G"),
                "h": (title: "H", withheld: Full, bears_on: ["x"]),
            },
            claims: {"x": (text: "X", evidence: [Supports(from: "g")])}"#;
        assert_eq!(underlined("unused", case), ["a", "e"]);
    }
}
