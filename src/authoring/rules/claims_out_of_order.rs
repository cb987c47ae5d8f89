//! A question lists its claims from the weakest to the strongest.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::{QuestionId, StatementId, normalized};

use super::checked::Checked;

/// How many later claims each is compared with; more than any question has.
const WINDOW: usize = 64;

/// Cost: a pass over the entailments for every 64 claims of questions that entail something.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let lists = checked.case.questions.values().map(|question| question.claims.as_slice());
    let pairs: Vec<(StatementId, StatementId)> = lists.flat_map(pairs).collect();
    let entailed = checked.entailment().entailed(checked.case, pairs.into_iter());
    let back: FxHashSet<_> =
        checked.entailment().entailed(checked.case, entailed.iter().map(|&(a, b)| (b, a))).into_iter().collect();
    let stronger: FxHashSet<_> = entailed.into_iter().filter(|&(a, b)| !back.contains(&(b, a))).collect();
    for (id, question) in checked.case.questions.iter() {
        let canonical = |claim| checked.case.canonical(claim);
        for (a, b) in pairs_in(&question.claims, |a, b| stronger.contains(&(canonical(a), canonical(b)))) {
            let message = format!("`{}` entails `{}`, so it comes after it", checked.key(a), checked.key(b));
            let problem = Diagnostic::new(Code::ClaimsOutOfOrder, checked.claim_place(id, a), message);
            let problem = problem.related(checked.claim_place(id, b), "the weaker of the two");
            let problem = problem.about(&question.key).about(checked.key(a)).about(checked.key(b));
            let problem = problem.help(both_mends(checked.key(a), checked.key(b)));
            problems.push(problem.fix_if(moved(checked, id, (a, b))));
        }
    }
}

/// The list with a claim moved to stand right before another.
fn moved(checked: &Checked<'_>, question: QuestionId, (stronger, weaker): (StatementId, StatementId)) -> Option<Fix> {
    let listed = checked.listed_claims(question);
    let place = |id| listed.iter().position(|text| normalized(&text.text) == checked.key(id));
    let (from, to) = (place(stronger)?, place(weaker)?);
    let (first, others) = listed.get(from..=to)?.split_first()?;
    let title = format!("list `{}` before `{}`", checked.key(weaker), checked.key(stronger));
    let fix = Fix::suggested(title, first.span, &*others.last()?.text);
    Some(listed[from..=to].windows(2).fold(fix, |fix, pair| fix.and(pair[1].span, &*pair[0].text)))
}

/// The list can be wrong, or the entailment.
fn both_mends(stronger: &str, weaker: &str) -> String {
    format!(
        "if `{weaker}` is the weaker of the two, list it before `{stronger}`; if it is the stronger, the entailment is the \
         wrong way round: let `{weaker}` entail `{stronger}`"
    )
}

/// Each claim with those that come after it.
fn pairs(claims: &[StatementId]) -> impl Iterator<Item = (StatementId, StatementId)> + '_ {
    let after = |index: usize| claims[index + 1..].iter().take(WINDOW);
    (0..claims.len()).flat_map(move |index| after(index).map(move |&later| (claims[index], later)))
}

/// For each claim, the first of those after it that is to come before it.
fn pairs_in(
    claims: &[StatementId],
    wrong: impl Fn(StatementId, StatementId) -> bool,
) -> Vec<(StatementId, StatementId)> {
    let mut found: Vec<(StatementId, StatementId)> = pairs(claims).filter(|&(a, b)| wrong(a, b)).collect();
    found.dedup_by_key(|pair| pair.0);
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn the_stronger_comes_later() {
        let case = r#"claims: {
            "strong": (text: "S", entails: ["middle"]), "middle": (text: "M", entails: ["weak"]), "weak": (text: "W"),
        }, questions: {
            "q": (text: "?", claims: ["weak", "middle", "strong"]),
            "r": (text: "?", claims: ["strong", "weak"]),
        }"#;
        assert_eq!(underlined("claims-out-of-order", case), ["strong"]);
    }
}
