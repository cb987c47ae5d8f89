//! A source that fits two rivals alike does not tell between them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Effect, Evidence, Source, Statement, StatementId, rival_pairs};

use super::super::nearest::list;
use super::checked::Checked;

/// A supporting link by what it supports, its source and the bits of its strength.
type Supporting<'c> = FxHashMap<(StatementId, Source, u64), &'c Evidence>;

/// One warning for each pair of rivals. Cost: the links of all rivals, and for each pair those of the one with fewer.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let (case, pairs) = (checked.case, rival_pairs(checked.case));
    let mut links: Supporting<'_> = FxHashMap::default();
    for id in pairs.iter().flat_map(|&(one, other)| [one, other]).collect::<BTreeSet<_>>() {
        links.extend(supporting(&case.statements[id]).map(|(source, link)| (key(id, source, link), link)));
    }
    for (one, other) in pairs {
        let has_fewer = case.statements[one].evidence.len() <= case.statements[other].evidence.len();
        let (few, many) = if has_fewer { (one, other) } else { (other, one) };
        let twin = |(source, link)| Some((link, *links.get(&key(many, source, link))?));
        let twins = supporting(&case.statements[few]).filter_map(twin).filter(|(a, b)| is_alike(a, b));
        let alike: Vec<(&Evidence, &Evidence)> = twins.collect();
        if let Some(&(a, b)) = alike.first() {
            let mut sources: Vec<&str> = alike.iter().map(|(a, _)| case.premise_key(a.from).as_str()).collect();
            sources.dedup();
            problems.push(problem(&sources, (&case.statements[few], a), (&case.statements[many], b)));
        }
    }
}

fn key(statement: StatementId, source: Source, link: &Evidence) -> (StatementId, Source, u64) {
    (statement, source, link.strength.get().to_bits())
}

fn supporting(statement: &Statement) -> impl Iterator<Item = (Source, &Evidence)> {
    let links = statement.evidence.iter().filter(|link| link.effect == Effect::Supports);
    links.filter_map(|link| Some((link.from.source()?, link)))
}

/// Whether two links from one source, with one strength, are not undercut and do not name different passages.
fn is_alike(a: &Evidence, b: &Evidence) -> bool {
    let differ = |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a != b);
    a.undercut_by.is_empty() && b.undercut_by.is_empty() && !differ(&a.at, &b.at) && !differ(&a.quote, &b.quote)
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
