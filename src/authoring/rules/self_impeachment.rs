//! A source that is impeached only by what rests on it proves nothing, either way.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Case, Effect, Evidence, Manner, Premise, Source, StatementId, entailments};

use super::checked::Checked;

/// How many steps back one case may take before this rule gives up on it.
const PATIENCE: usize = 5_000_000;

/// Cost: for each impeached source a walk back over what its impeachments rest on.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    if checked.impeachments().next().is_none() {
        return;
    }
    let mut ground = Ground::new(checked.case);
    for source in checked.case.sources() {
        let attacks = checked.case.impeachments(source);
        let Some(first) = attacks.first() else { continue };
        if !attacks.iter().any(|attack| ground.stands_without(source, attack.from)) {
            let key = checked.case.source_key(source);
            let message =
                format!("`{key}` is impeached only by what rests on `{key}` itself, which proves nothing, either way");
            let problem = Diagnostic::new(Code::SelfImpeachment, first.span, message);
            let problem =
                problem.about(key).about_all(attacks.iter().map(|attack| checked.case.premise_key(attack.from)));
            problems.push(problem.help("name something that stands without it, or remove the impeachment"));
        }
    }
}

/// What each statement rests on.
struct Ground<'c> {
    case: &'c Case,
    evidence: FxHashMap<StatementId, Vec<&'c Evidence>>,
    /// Premises, stronger statements, parts, wholes.
    others: FxHashMap<StatementId, Vec<Premise>>,
    walked: usize,
}

impl<'c> Ground<'c> {
    /// Cost: linear in the size of the case.
    fn new(case: &'c Case) -> Self {
        let mut ground = Self { case, evidence: FxHashMap::default(), others: FxHashMap::default(), walked: 0 };
        for (id, statement) in case.statements.iter() {
            let supporting = statement.evidence.iter().filter(|link| link.effect == Effect::Supports);
            ground.evidence.entry(case.canonical(id)).or_default().extend(supporting);
            ground.add(id, statement.all_of.iter().map(|&part| Premise::Statement(part)));
        }
        for (stronger, weaker) in entailments(case) {
            ground.add(weaker, [Premise::Statement(stronger)]);
        }
        for inference in case.inferences.values().filter(|inference| inference.effect == Effect::Supports) {
            ground.add(inference.to, inference.given.iter().copied());
        }
        ground
    }

    fn add(&mut self, statement: StatementId, premises: impl IntoIterator<Item = Premise>) {
        self.others.entry(self.case.canonical(statement)).or_default().extend(premises);
    }

    /// Whether some path back from `thing` ends at a source that stands on its own, without passing `source`; or no
    /// path leads back to `source` at all. True once the walks have become too long.
    fn stands_without(&mut self, source: Source, thing: Premise) -> bool {
        let source = Premise::Source(source);
        let (mut seen, mut next, mut passed) = (FxHashSet::default(), vec![thing], false);
        while let Some(premise) = next.pop() {
            self.walked += 1;
            if premise == source {
                passed = true;
            } else if self.walked > PATIENCE || self.stands_alone(premise) {
                return true;
            } else if seen.insert(premise) {
                self.step_back(premise, source, &mut next);
            }
        }
        !passed
    }

    /// Whether a premise is a source with no origins.
    fn stands_alone(&self, premise: Premise) -> bool {
        match premise {
            Premise::Source(source) => self.case.behind(source).next().is_none(),
            Premise::Statement(statement) if self.case.statements[statement].assumed.is_some() => true,
            Premise::Statement(statement) => {
                let links = self.evidence.get(&self.case.canonical(statement)).into_iter().flatten();
                links.filter(|link| link.manner == Some(Manner::Exhibit)).any(|link| self.shows_itself(link))
            }
        }
    }

    /// Whether an exhibit is of a document that nothing impeaches.
    fn shows_itself(&self, link: &Evidence) -> bool {
        matches!(link.from, Premise::Source(source) if self.case.impeachments(source).is_empty())
    }

    /// What a premise rests on. A link of `source` leads back to `source`, even where it relies on others.
    fn step_back(&self, premise: Premise, source: Premise, next: &mut Vec<Premise>) {
        let statement = match premise {
            Premise::Source(source) => {
                return next.extend(self.case.behind(source).map(Premise::Source));
            }
            Premise::Statement(statement) => self.case.canonical(statement),
        };
        next.extend(self.others.get(&statement).into_iter().flatten());
        for link in self.evidence.get(&statement).into_iter().flatten() {
            if link.relies_on.is_empty() || link.from == source {
                next.push(link.from);
            } else {
                next.extend(link.relies_on.iter().map(|&origin| Premise::Source(origin)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn a_confession_that_only_the_liar_tells() {
        let case = |other: &str| {
            format!(
                r#"actors: {{"w": (name: "W", reliability: C, impeached_by: [(from: "lied")])}},
                documents: {{"d": (title: "D", derives_from: ["w"]), "e": (title: "E")}},
                claims: {{"lied": (text: "W lied.", evidence: [Supports(from: "d"), Supports(from: "{other}")])}}"#
            )
        };
        assert_eq!(underlined("self-impeachment", &case("w")), ["lied"]);
        assert!(underlined("self-impeachment", &case("e")).is_empty());
    }

    #[test]
    fn by_way_of_an_inference() {
        let case = r#"documents: {"d": (title: "D", impeached_by: [(from: "false")])}, claims: {
                "said": (text: "S", evidence: [Supports(from: "d")]), "false": (text: "F"),
            }, inferences: {"i": (given: ["said"], to: "false", effect: Supports)}"#;
        assert_eq!(underlined("self-impeachment", case), ["false"]);
    }
}
