//! A document cannot take the place of itself, nor of what it goes back to: where the one holds, the other would not.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::DocumentId;

use super::checked::Checked;
use super::reach::Reach;

/// Cost: a pass over the origins of documents for every 64 documents that are superseded.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let supersessions: Vec<(DocumentId, DocumentId)> = (checked.documents())
        .flat_map(|(id, document)| document.supersedes.iter().map(move |&superseded| (id, superseded)))
        .collect();
    if supersessions.is_empty() {
        return;
    }
    let derivations = Reach::new(checked.case.documents.len(), checked.case.derivations());
    let pairs: Vec<_> = supersessions.iter().map(|&(id, superseded)| (superseded.index(), id.index())).collect();
    let behind = derivations.reached(&pairs);
    for (id, superseded) in supersessions {
        let (key, other) = (&checked.case.documents[id].key, &checked.case.documents[superseded].key);
        let message = if id == superseded {
            format!("`{key}` supersedes itself")
        } else if behind.binary_search(&(superseded.index(), id.index())).is_ok() {
            format!("`{key}` supersedes `{other}`, which it goes back to")
        } else {
            continue;
        };
        let help = "what it takes the place of cannot be what it stands on: remove the one or the other";
        let place = checked.superseded_place(id, other.as_str());
        problems.push(Diagnostic::new(Code::SupersedesItself, place, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn itself_or_what_it_goes_back_to() {
        let documents = r#"documents: {
            "a": (title: "A", supersedes: ["a", "b"]), "b": (title: "B"),
            "c": (title: "C", derives_from: ["d"], supersedes: ["e", "b"]), "d": (title: "D", rests_on: ["e"]),
            "e": (title: "E"),
        }"#;
        assert_eq!(underlined("supersedes-itself", documents), ["a", "e"]);
    }
}
