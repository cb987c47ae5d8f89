//! A denial by the very actor whom the statement is about, at full weight.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{ActorId, ClaimKind, Effect, Evidence, Manner, Nature, Premise, Source, Statement};

use super::checked::Checked;

/// What an actor admits of itself is against its interest, and what a record says about the record is no matter of
/// interest; what is left are denials. An author who wrote a strength, an undercut or an impeachment has thought of it.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (_, statement) in checked.statements().filter(|(_, one)| one.claim_kind() != Some(ClaimKind::Record)) {
        for link in statement.evidence.iter().filter(|link| is_unweighed_denial(checked, link)) {
            if let Some(actor) = speaks_for_itself(checked, statement, link) {
                let (actor, from) = (&checked.case.actors[actor], checked.case.premise_key(link.from));
                let message = format!("`{from}`, by `{}`, denies what is said of `{0}` at full weight", actor.key);
                let problem = Diagnostic::new(Code::OwnInterest, link.span, message);
                let problem =
                    problem.related(statement.declared, "said of the actor here").about(&statement.key).about(from);
                let help = "a denial in one's own matter weighs less: give it a `strength`, or an `undercut_by`";
                problems.push(problem.help(help));
            }
        }
    }
}

fn is_unweighed_denial(checked: &Checked<'_>, link: &Evidence) -> bool {
    let Premise::Source(source @ Source::Document(_)) = link.from else { return false };
    link.effect == Effect::Opposes
        && !link.strength_given
        && link.manner != Some(Manner::Exhibit)
        && link.undercut_by.is_empty()
        && checked.case.impeachments(source).is_empty()
}

/// The actor that issued the document of a link and that the statement is about.
fn speaks_for_itself(checked: &Checked<'_>, statement: &Statement, link: &Evidence) -> Option<ActorId> {
    let Premise::Source(Source::Document(document)) = link.from else { return None };
    let is_about = |actor: &ActorId| match &statement.nature {
        Nature::Claim { about, .. } => about.contains(&Source::Actor(*actor)),
        Nature::Relationship { from, to, .. } => [from, to].contains(&actor),
    };
    checked.case.documents[document].by.iter().copied().find(|actor| is_about(actor))
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn denials_in_ones_own_matter_that_nobody_has_weighed() {
        let case = r#"actors: {"a": (name: "A"), "b": (name: "B")},
            documents: {"own": (title: "O", by: ["a"]), "other": (title: "X", by: ["b"]), "late": (title: "L", by: ["a"], impeached_by: [(from: "other")])},
            claims: {
                "c": (text: "C", about: ["a"], evidence: [Opposes(from: ["own", "other"]), Supports(from: "own", at: "2")]),
                "weighed": (text: "W", about: ["a"], evidence: [Opposes(from: "own", strength: Slight)]),
                "undercut": (text: "U", about: ["a"], evidence: [Opposes(from: "own", undercut_by: [(from: "other")])]),
                "impeached": (text: "I", about: ["a"], evidence: [Opposes(from: "late")]),
                "record": (text: "R", kind: Record, about: ["a"], evidence: [Opposes(from: "own")]),
            },
            relationships: {"r": (from: "b", to: "a", kind: Funded, evidence: [Opposes(from: "own")])}"#;
        assert_eq!(underlined("own-interest", case), ["own", "own"]);
    }
}
