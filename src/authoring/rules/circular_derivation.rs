//! Documents that only derive from each other hold nothing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Case, Digraph, DocumentId, Source, TableId, has_grounds};

use super::super::nearest::list;
use super::checked::Checked;
use super::reach::Reach;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let case = checked.case;
    let grounded = grounded(case);
    if grounded.iter().all(|&grounded| grounded) {
        return;
    }
    let derivations = case.derivations().filter(|&(from, to)| !grounded[from] && !grounded[to]);
    for members in Reach::new(case.documents.len(), derivations).loops() {
        let documents = members.iter().map(|&index| &case.documents[DocumentId::from_index(index)]);
        let keys: Vec<&str> = documents.clone().take(6).map(|document| document.key.as_str()).collect();
        let mut declared = documents.map(|document| document.declared);
        let ids = members.iter().map(|&index| &case.documents[DocumentId::from_index(index)].key);
        let Some(first) = declared.next() else { continue };
        let message = format!("{} only go back to each other, so none of them ever holds", list(&keys, "and"));
        let problem = Diagnostic::new(Code::CircularDerivation, first, message)
            .help("find out which of them is the first, or what they all derive from")
            .about_all(ids);
        problems.push(declared.take(5).fold(problem, |problem, span| problem.related(span, "goes back to the others")));
    }
}

/// Which documents go back to a source that stands on its own.
fn grounded(case: &Case) -> Vec<bool> {
    let graph = Digraph::new(case.documents.len(), &case.derivations().collect::<Vec<_>>());
    let mut grounded = vec![false; case.documents.len()];
    let mut next: Vec<usize> = (0..grounded.len()).collect();
    while let Some(document) = next.pop() {
        let is_grounded = |source| match source {
            Source::Document(id) => grounded[id.index()],
            Source::Actor(_) => true,
        };
        if !grounded[document] && has_grounds(&case.documents[DocumentId::from_index(document)], is_grounded) {
            grounded[document] = true;
            next.extend(graph.successors(document));
        }
    }
    grounded
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn a_loop_with_an_origin_outside_is_sound() {
        let case = r#"documents: {
            "a": (title: "A", derives_from: ["b"]), "b": (title: "B", derives_from: ["a"]),
            "c": (title: "C", derives_from: ["a"]),
            "d": (title: "D", derives_from: ["e"]), "e": (title: "E", derives_from: ["d", "f"]), "f": (title: "F"),
            "g": (title: "G", rests_on: ["h", "f"]), "h": (title: "H", derives_from: ["f"], rests_on: ["g"]),
        }"#;
        assert_eq!(underlined("circular-derivation", case), ["a", "g"]);
    }
}
