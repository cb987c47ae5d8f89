//! Which statements had anything but support considered.

use crate::model::{Case, Effect, Evidence, Inference, Premise, Relations, StatementId};

/// For each statement whether something else than support is written of it, or of what it entails: something opposes
/// it, it has a rival, a step into it is undercut, a source of its evidence is impeached. Cost: one pass over the case.
pub(super) fn considered(case: &Case, relations: &Relations) -> Vec<bool> {
    let mut considered = vec![false; case.statements.len()];
    let mut waiting = doubted(case);
    while let Some(statement) = waiting.pop() {
        if !std::mem::replace(&mut considered[statement.index()], true) {
            waiting.extend(relations.entailing(statement));
        }
    }
    considered
}

/// The statements of which it is written themselves.
fn doubted(case: &Case) -> Vec<StatementId> {
    let mut found = Vec::new();
    for (id, statement) in case.statements.iter() {
        if statement.evidence.iter().any(|link| is_doubted(case, link)) || !statement.rivals.is_empty() {
            found.push(case.canonical(id));
        }
        found.extend(statement.rivals.iter().map(|&rival| case.canonical(rival)));
    }
    let is_doubted = |step: &&Inference| step.effect == Effect::Opposes || !step.undercut_by.is_empty();
    found.extend(case.inferences.values().filter(is_doubted).map(|step| case.canonical(step.to)));
    found
}

fn is_doubted(case: &Case, link: &Evidence) -> bool {
    let impeached = match link.from {
        Premise::Source(source) => !case.impeachments(source).is_empty(),
        Premise::Statement(_) => false,
    };
    link.effect == Effect::Opposes || !link.undercut_by.is_empty() || impeached
}
