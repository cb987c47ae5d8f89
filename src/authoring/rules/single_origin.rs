//! A side of a statement whose every source goes back to one.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Effect, Evidence, Manner, Premise, SingleOrigins, Source, Statement, StatementId};

use super::checked::Checked;

/// The links on one side of a statement.
struct Side<'c> {
    statement: &'c Statement,
    effect: Effect,
    links: Vec<&'c Evidence>,
}

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let concluded: FxHashSet<(StatementId, bool)> = (checked.inferences())
        .map(|(_, inference)| (checked.case.canonical(inference.to), inference.effect == Effect::Supports))
        .collect();
    let mut candidates = Vec::new();
    for (id, statement) in checked.statements() {
        for effect in [Effect::Supports, Effect::Opposes] {
            let links = statement.evidence.iter().filter(|link| link.effect == effect);
            let side = Side { statement, effect, links: links.collect() };
            if !concluded.contains(&(id, effect == Effect::Supports)) && is_candidate(checked, &side) {
                candidates.push(side);
            }
        }
    }
    if candidates.is_empty() {
        return;
    }
    let origins = SingleOrigins::new(checked.case);
    for side in candidates {
        let mut outermost = side.links.iter().map(|link| origins.of_link(link));
        if let Some(first) = outermost.next().flatten()
            && outermost.all(|other| other == Some(first))
        {
            report(checked, &side, first, problems);
        }
    }
}

fn report(checked: &Checked<'_>, side: &Side<'_>, origin: Source, problems: &mut Diagnostics) {
    let declared = match origin {
        Source::Actor(actor) => checked.case.actors[actor].declared,
        Source::Document(document) => checked.case.documents[document].declared,
    };
    let (origin, statement) = (checked.case.source_key(origin), side.statement);
    let sources = match side.effect {
        _ if side.links.len() == statement.evidence.len() => "every source of",
        Effect::Supports => "every source that speaks for",
        Effect::Opposes => "every source that speaks against",
    };
    let message = format!("{sources} `{}` goes back to `{origin}`", statement.key);
    let help = "several accounts of one origin count as one: look for a source that is independent of it";
    let problem = Diagnostic::new(Code::SingleOrigin, statement.declared, message).related(declared, "the one origin");
    problems.push(problem.help(help).about(&statement.key).about(origin));
}

/// Whether a side has several sources, no statement and no exhibit, which needs no origin, among them, and at most one
/// that stands on its own.
fn is_candidate(checked: &Checked<'_>, side: &Side<'_>) -> bool {
    let is_assumed = side.effect == Effect::Supports && side.statement.assumed.is_some();
    if side.links.len() < 2 || side.statement.has_parts() || is_assumed {
        return false;
    }
    let sources = || side.links.iter().map(|link| link.from);
    let alone = side.links.iter().filter(|link| link.relies_on.is_empty() && stands_alone(checked, link.from));
    side.links.iter().all(|link| matches!(link.from, Premise::Source(_)) && link.manner != Some(Manner::Exhibit))
        && several(sources())
        && !several(alone.map(|link| link.from))
}

/// Whether two of them differ.
fn several(mut premises: impl Iterator<Item = Premise>) -> bool {
    let first = premises.next();
    premises.any(|other| Some(other) != first)
}

fn stands_alone(checked: &Checked<'_>, from: Premise) -> bool {
    match from {
        Premise::Source(source) => checked.case.behind(source).next().is_none(),
        Premise::Statement(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn by_whatever_path_and_not_where_one_is_independent() {
        let case = r#"actors: {"w": (name: "W", reliability: C)}, documents: {
            "a": (title: "A", derives_from: ["w"]), "b": (title: "B", derives_from: ["a"]),
            "c": (title: "C", derives_from: ["a", "d"]), "d": (title: "D"), "e": (title: "E", derives_from: ["w"]),
        }, claims: {
            "one": (text: "1", evidence: [Supports(from: ["b", "e"])]),
            "each": (text: "0", evidence: [Supports(from: "b"), Opposes(from: "e")]),
            "witness": (text: "2", evidence: [Supports(from: "b"), Supports(from: "w")]),
            "two": (text: "3", evidence: [Supports(from: "b"), Supports(from: "c")]),
            "relied": (text: "4", evidence: [Supports(from: "b"), Supports(from: "e", relies_on: ["d"])]),
            "alone": (text: "5", evidence: [Supports(from: "b")]),
        }"#;
        assert_eq!(underlined("single-origin", case), ["one", "witness"]);
    }

    #[test]
    fn each_side_by_itself_and_not_with_an_exhibit() {
        let case = r#"documents: {
            "wire": (title: "W"), "p": (title: "P", derives_from: ["wire"]), "q": (title: "Q", derives_from: ["wire"]),
            "clerk": (title: "C"),
        }, claims: {
            "for": (text: "1", evidence: [Supports(from: ["p", "q"]), Opposes(from: "clerk")]),
            "against": (text: "2", evidence: [Supports(from: "clerk"), Opposes(from: ["p", "q"])]),
            "argued": (text: "3", evidence: [Supports(from: ["p", "q"])]),
            "announced": (text: "4", kind: Record, evidence: [Supports(from: "wire", as: Exhibit), Supports(from: "p")]),
        }, inferences: {
            "i": (given: ["for"], to: "argued", effect: Supports), "j": (given: ["for"], to: "against", effect: Supports),
        }"#;
        assert_eq!(underlined("single-origin", case), ["for", "against"]);
    }
}
