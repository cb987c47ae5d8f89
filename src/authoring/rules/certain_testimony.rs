//! Testimony of an actor with no reliability counts as certain.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Actor, Evidence, Premise, Source};

use super::checked::Checked;

/// One warning for each actor, where it first gives evidence.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut found = BTreeMap::new();
    for (_, statement) in checked.statements() {
        for link in &statement.evidence {
            let Premise::Source(Source::Actor(id)) = link.from else { continue };
            let actor = &checked.case.actors[id];
            if actor.reliability.is_none() {
                let problem: &mut Diagnostic = found.entry(id).or_insert_with(|| problem(actor, link));
                problem.about.push(statement.key.to_string());
            }
        }
    }
    found.into_values().for_each(|problem| problems.push(problem));
}

fn problem(actor: &Actor, link: &Evidence) -> Diagnostic {
    let message = format!("the testimony of `{}`, which has no reliability, counts as certain", actor.key);
    Diagnostic::new(Code::CertainTestimony, link.span, message)
        .related(actor.declared, "declared here")
        .help("give the actor a `reliability`; `F` says that it cannot be judged")
        .about(&actor.key)
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn once_for_each_actor() {
        let case = r#"actors: {"w": (name: "W"), "v": (name: "V", reliability: F)}, claims: {
            "a": (text: "A", evidence: [Supports(from: ["w", "v"])]), "b": (text: "B", evidence: [Opposes(from: "w")]),
        }"#;
        assert_eq!(underlined("certain-testimony", case), ["w"]);
    }
}
