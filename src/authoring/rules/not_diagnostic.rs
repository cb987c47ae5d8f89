//! A source that fits two rivals alike does not tell between them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Effect, Evidence, Premise, Statement};

use super::super::nearest::list;
use super::checked::Checked;

/// One warning for each pair of rivals. Cost: for each pair, the links of one times those of the other from the same
/// source.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (one, other) in checked.case.rival_pairs() {
        let (one, other) = (&checked.case.statements[one], &checked.case.statements[other]);
        let pairs = supporting(one).flat_map(|a| supporting(other).map(move |b| (a, b)));
        let alike: Vec<_> = pairs.filter(|(a, b)| is_alike(a, b)).collect();
        if let Some(&(a, b)) = alike.first() {
            let mut sources: Vec<&str> = alike.iter().map(|(a, _)| checked.case.premise_key(a.from).as_str()).collect();
            sources.dedup();
            problems.push(problem(&sources, (one, a), (other, b)));
        }
    }
}

fn supporting(statement: &Statement) -> impl Iterator<Item = &Evidence> {
    let is_source = |link: &&Evidence| link.effect == Effect::Supports && matches!(link.from, Premise::Source(_));
    statement.evidence.iter().filter(is_source)
}

/// Whether two links are of one source, of one strength, and not of passages that are told apart.
fn is_alike(a: &Evidence, b: &Evidence) -> bool {
    let differ = |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a != b);
    a.from == b.from
        && a.strength == b.strength
        && a.undercut_by.is_empty()
        && b.undercut_by.is_empty()
        && !differ(&a.at, &b.at)
        && !differ(&a.quote, &b.quote)
}

fn problem(sources: &[&str], one: (&Statement, &Evidence), other: (&Statement, &Evidence)) -> Diagnostic {
    let ((first, a), (second, b)) = if one.1.span <= other.1.span { (one, other) } else { (other, one) };
    let support = if sources.len() == 1 { "supports" } else { "support" };
    let message = format!("{} {support} `{}` and its rival `{}` alike", list(sources, "and"), first.key, second.key);
    let help = "what fits both does not tell between them, and makes a case against each: leave it out of both, let it \
                support what both entail, or give it the strength with which it fits each";
    Diagnostic::new(Code::NotDiagnostic, b.span, message)
        .related(a.span, "with the same strength here")
        .help(help)
        .about(&first.key)
        .about(&second.key)
        .about_all(sources)
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn the_same_source_with_the_same_strength() {
        let case = r#"documents: {"d": (title: "D"), "e": (title: "E")}, claims: {
            "a": (text: "A", evidence: [Supports(from: "d"), Supports(from: "e", at: "p. 1")], rivals: ["b", "c"]),
            "b": (text: "B", evidence: [Supports(from: "d", strength: Moderate), Supports(from: "e", at: "p. 2")]),
            "c": (text: "C", evidence: [Supports(from: "d", strength: Weak), Opposes(from: "e")]),
        }"#;
        assert_eq!(underlined("not-diagnostic", case), ["d"]);
    }
}
