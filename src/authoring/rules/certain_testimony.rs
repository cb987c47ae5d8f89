//! Testimony of an actor with no reliability counts as certain.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Premise, Source};

use super::checked::Checked;

/// One warning for each actor, where it first gives evidence.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let mut seen = FxHashSet::default();
    for link in checked.statements().flat_map(|(_, statement)| &statement.evidence) {
        let Premise::Source(Source::Actor(id)) = link.from else { continue };
        let actor = &checked.case.actors[id];
        if actor.reliability.is_none() && seen.insert(id) {
            let message = format!("the testimony of `{}`, which has no reliability, counts as certain", actor.key);
            let problem = Diagnostic::new(Code::CertainTestimony, link.span, message);
            let problem = problem.related(actor.declared, "declared here");
            problems.push(problem.help("give the actor a `reliability`; `F` says that it cannot be judged"));
        }
    }
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
