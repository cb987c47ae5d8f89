//! One weak source against several.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::Engine;
use crate::logic::Step;
use crate::model::{Case, Effect, Evidence, Source, StatementId};
use crate::verdict::Degrees;

/// How many independent sources are several.
const SEVERAL: usize = 3;

/// A remark where all that makes a serious case against a statement is one source, which would not be enough by itself.
/// Cost: the sources behind its evidence.
pub(super) fn check(engine: &Engine<'_>, statement: StatementId, degrees: Degrees) -> Option<Diagnostic> {
    let is_weak = degrees.case_against() < engine.bar(statement).case.get().min(degrees.case_for());
    if !engine.is_serious(degrees.case_against()) || !is_weak || is_opposed_besides(engine, statement) {
        return None;
    }
    let case = engine.case();
    let dissent = links(engine, statement, Effect::Opposes)?;
    let (&first, others) = dissent.split_first()?;
    let roots = case.link_roots(first);
    if others.iter().any(|link| case.link_roots(link) != roots) {
        return None;
    }
    let several = independent(case, &links(engine, statement, Effect::Supports)?, &roots);
    (several >= SEVERAL).then(|| problem(case, statement, first, several))
}

fn problem(case: &Case, statement: StatementId, dissent: &Evidence, several: usize) -> Diagnostic {
    let (entry, source) = (&case.statements[statement], case.premise_key(dissent.from));
    let message =
        format!("`{source}` alone stands against `{}`, and {several} independent sources stand for it", entry.key);
    let help = "if something tells against that source or its step, say so with `impeached_by` or `undercut_by`; if it \
                speaks of something else, give that a claim of its own; if neither, the dissent stands";
    Diagnostic::new(Code::OneDissenter, dissent.span, message).help(help).about(&entry.key).about(source)
}

/// Whether something else than steps into a statement can make a case against it: a rival, or what opposes what it entails.
fn is_opposed_besides(engine: &Engine<'_>, statement: StatementId) -> bool {
    let relations = engine.relations();
    let opposes = |weaker: StatementId| engine.steps_to(weaker).iter().any(|&(_, effect)| effect == Effect::Opposes);
    !relations.competitors(statement).is_empty()
        || relations.with_entailed(statement).into_iter().any(|weaker| weaker != statement && opposes(weaker))
}

/// The links from sources on one side; none if something else speaks on that side.
fn links<'c>(engine: &Engine<'c>, statement: StatementId, side: Effect) -> Option<Vec<&'c Evidence>> {
    let steps = engine.steps_to(statement).into_iter().filter(|&(_, effect)| effect == side);
    let link = |(step, _)| match step {
        Step::Evidence { statement, index } => {
            Some(&engine.case().statements[statement].evidence[index]).filter(|link| link.from.source().is_some())
        }
        Step::Inference(_) => None,
    };
    steps.map(link).collect()
}

/// How many links go back to nothing in common with each other, and not to these sources; counted one after another.
fn independent(case: &Case, links: &[&Evidence], apart_from: &BTreeSet<Source>) -> usize {
    let mut seen = apart_from.clone();
    let mut count = 0;
    for link in links {
        let roots = case.link_roots(link);
        count += usize::from(roots.is_disjoint(&seen));
        seen.extend(roots);
    }
    count
}
