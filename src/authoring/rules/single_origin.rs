//! A statement whose every source goes back to one.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Evidence, Premise, SingleOrigins, Source, Statement, StatementId};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let concluded: FxHashSet<StatementId> =
        checked.inferences().map(|(_, inference)| checked.case.canonical(inference.to)).collect();
    let candidates =
        checked.statements().filter(|(id, statement)| !concluded.contains(id) && is_candidate(checked, statement));
    let candidates: Vec<&Statement> = candidates.map(|(_, statement)| statement).collect();
    if candidates.is_empty() {
        return;
    }
    let origins = SingleOrigins::new(checked.case);
    for statement in candidates {
        let mut outermost = statement.evidence.iter().map(|link| origins.of_link(link));
        if let Some(first) = outermost.next().flatten()
            && outermost.all(|other| other == Some(first))
        {
            report(checked, statement, first, problems);
        }
    }
}

fn report(checked: &Checked<'_>, statement: &Statement, origin: Source, problems: &mut Diagnostics) {
    let declared = match origin {
        Source::Actor(actor) => checked.case.actors[actor].declared,
        Source::Document(document) => checked.case.documents[document].declared,
    };
    let origin = checked.case.source_key(origin);
    let message = format!("every source of `{}` goes back to `{origin}`", statement.key);
    let problem = Diagnostic::new(Code::SingleOrigin, statement.declared, message).related(declared, "the one origin");
    let help = "several accounts of one origin never count for more together than the origin itself (its \
                reliability): look for a source that is independent of it";
    problems.push(problem.help(help));
}

/// Whether a statement has several sources, no statement among what it rests on, and at most one source that
/// stands on its own.
fn is_candidate(checked: &Checked<'_>, statement: &Statement) -> bool {
    if statement.evidence.len() < 2 || statement.has_parts() || statement.assumed.is_some() {
        return false;
    }
    let sources = || statement.evidence.iter().map(|link| (link, link.from));
    let alone = |&(link, from): &(&Evidence, Premise)| link.relies_on.is_empty() && stands_alone(checked, from);
    sources().all(|(_, from)| matches!(from, Premise::Source(_)))
        && several(sources().map(|(_, from)| from))
        && !several(sources().filter(alone).map(|(_, from)| from))
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
            "one": (text: "1", evidence: [Supports(from: "b"), Opposes(from: "e")]),
            "witness": (text: "2", evidence: [Supports(from: "b"), Supports(from: "w")]),
            "two": (text: "3", evidence: [Supports(from: "b"), Supports(from: "c")]),
            "relied": (text: "4", evidence: [Supports(from: "b"), Supports(from: "e", relies_on: ["d"])]),
            "alone": (text: "5", evidence: [Supports(from: "b")]),
        }"#;
        assert_eq!(underlined("single-origin", case), ["one", "witness"]);
    }
}
