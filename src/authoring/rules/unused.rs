//! Actors and documents that nothing uses.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Attack, Nature, Premise, Source};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let used = used(checked);
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

/// Every source that something names. One whose withheld part bears on something is used by that.
fn used(checked: &Checked<'_>) -> FxHashSet<Source> {
    let mut used = FxHashSet::default();
    for actor in checked.case.actors.values() {
        used.extend(actor.part_of.map(Source::Actor));
    }
    for (id, document) in checked.documents() {
        used.extend(document.by.iter().chain(&document.mentions).map(|&actor| Source::Actor(actor)));
        used.extend(document.derives_from.iter().chain(&document.rests_on));
        used.extend(document.supersedes.iter().map(|&superseded| Source::Document(superseded)));
        used.extend(document.collection);
        used.extend(document.bears_on.iter().filter(|list| !list.is_empty()).map(|_| Source::Document(id)));
    }
    for (_, statement) in checked.statements() {
        match &statement.nature {
            Nature::Claim { about, .. } => used.extend(about),
            Nature::Relationship { from, to, .. } => used.extend([Source::Actor(*from), Source::Actor(*to)]),
        }
        for link in &statement.evidence {
            used.extend(source(link.from));
            used.extend(&link.relies_on);
        }
    }
    let given = checked.case.inferences.values().flat_map(|inference| &inference.given);
    used.extend(given.filter_map(|&premise| source(premise)));
    let undercuts = checked.undercuts().map(|(_, attack)| attack);
    let attacks = undercuts.chain(checked.impeachments().map(|(_, attack)| attack));
    used.extend(attacks.filter_map(|attack: &Attack| source(attack.from)));
    used
}

fn source(premise: Premise) -> Option<Source> {
    match premise {
        Premise::Source(source) => Some(source),
        Premise::Statement(_) => None,
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
