//! Inferences.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Effect, Inference, Probability};

use super::super::mirror;
use super::entries::{Entries, Row};
use super::names::key;
use super::references::{Resolver, strength, word};

/// The inferences; nothing where the conclusion is not known.
pub(super) fn inferences(resolver: &mut Resolver<'_, '_>, entries: &Entries<'_>) -> Vec<Option<Inference>> {
    resolver.each(&entries.inferences, inference)
}

fn inference(resolver: &mut Resolver<'_, '_>, row: &Row<'_, mirror::Inference<'_>>) -> Option<Inference> {
    let written = row.entry;
    let (strength, strength_given) = strength(written.strength.as_ref(), Probability::MODERATE);
    check_premises(resolver, row);
    let key = key(row, resolver.problems);
    let to = written.to.as_ref().and_then(|id| resolver.statement(id, "to"));
    let given = written.given.iter().flatten().filter_map(|id| resolver.premise(id, "given")).collect();
    let given_rejected = written.given_rejected.iter().flatten().filter_map(|id| resolver.rejected(id)).collect();
    let undercut_by = resolver.attacks(written.undercut_by.as_ref());
    Some(Inference {
        key,
        given,
        given_rejected,
        to: to?,
        effect: written.effect.map_or(Effect::Supports, |effect| effect.value),
        strength,
        strength_given,
        scheme: word(&written.scheme),
        undercut_by,
        note: word(&written.note),
        declared: row.declared,
    })
}

/// An inference starts from something.
fn check_premises(resolver: &mut Resolver<'_, '_>, row: &Row<'_, mirror::Inference<'_>>) {
    let is_empty = row.entry.given.as_ref().is_some_and(Vec::is_empty)
        && row.entry.given_rejected.iter().flatten().next().is_none();
    if is_empty {
        let message = format!("the inference `{}` has no premise", row.key);
        let problem = Diagnostic::new(Code::NoPremise, row.declared, message);
        resolver.problems.push(problem.help("name in `given` what it starts from"));
    }
}
