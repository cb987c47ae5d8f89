//! What an editor would remark on once the verdicts are known.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::Engine;
use crate::logic::{Step, VariableId};
use crate::model::{Case, ClaimKind, Effect, Manner, StatementId};
use crate::source::Span;
use crate::verdict::{Assessment, Detail};

use super::default_strength::unwritten;
use super::one_sided::considered;

/// What remarks need to know of the whole case.
pub(super) struct Remarkable {
    /// The readings and headlines of which nothing but support was considered.
    one_sided: BTreeSet<StatementId>,
    /// Strengths that nobody wrote, with their places.
    pub(super) unwritten: Vec<(VariableId, Span)>,
    /// Whether any document gives no reliability.
    pub(super) any_unrated: bool,
}

impl Remarkable {
    /// Looks over the case once.
    pub(super) fn new(engine: &Engine<'_>) -> Self {
        let any_unrated = engine.case().documents.values().any(|document| !document.reliability_given);
        Self { one_sided: one_sided_readings(engine), unwritten: unwritten(engine), any_unrated }
    }
}

/// The readings and headlines of which nothing but support was considered. What happened is mostly not in dispute; what
/// it amounts to is.
fn one_sided_readings(engine: &Engine<'_>) -> BTreeSet<StatementId> {
    let case = engine.case();
    let considered = considered(case, engine.relations());
    let headlines: BTreeSet<StatementId> = case.questions.values().map(|question| question.headline).collect();
    let is_reading = |id: StatementId| {
        let kind = case.statements[id].claim_kind();
        matches!(kind, Some(ClaimKind::Interpretation | ClaimKind::Generalisation)) || headlines.contains(&id)
    };
    case.statements.ids().filter(|&id| is_reading(id) && !considered[id.index()]).collect()
}

/// Remarks on what a statement that has a verdict of its own is supported by.
pub(super) fn check(
    engine: &Engine<'_>,
    statement: StatementId,
    assessment: Assessment,
    remarkable: &Remarkable,
) -> Vec<Diagnostic> {
    let case = engine.case();
    let steps = engine.steps_to(statement).into_iter();
    let support: Vec<Step> = steps.filter(|(_, effect)| *effect == Effect::Supports).map(|(step, _)| step).collect();
    let established = assessment.detail == Detail::Established;
    let mut found = Vec::new();
    if established && remarkable.one_sided.contains(&statement) && !support.is_empty() {
        found.push(one_sided(case, statement));
    }
    if !support.is_empty() && !is_supported_besides(engine, statement) {
        if engine.is_serious(assessment.degrees.case_for()) {
            found.extend(allegations_only(case, statement, &support));
        }
        if established {
            found.extend(generalisation_alone(case, statement, &support));
        }
    }
    found
}

/// Whether something else than steps supports a statement: what entails it, or its parts.
fn is_supported_besides(engine: &Engine<'_>, statement: StatementId) -> bool {
    !engine.case().statements[statement].all_of.is_empty() || engine.relations().entailing(statement).next().is_some()
}

fn one_sided(case: &Case, statement: StatementId) -> Diagnostic {
    let entry = &case.statements[statement];
    let message = format!("`{}` is supported, and nothing but support was considered for it", entry.key);
    let help = "look for what opposes it, a rival reading, or what undercuts a step; if there is nothing, say so: \
                `allow: [(lint: \"one-sided\", reason: \"…\")]`";
    Diagnostic::new(Code::OneSided, entry.declared, message).help(help).about(&entry.key)
}

fn allegations_only(case: &Case, statement: StatementId, support: &[Step]) -> Option<Diagnostic> {
    let entry = &case.statements[statement];
    // A reading is somebody's construction by nature, and that something was alleged is a fact about the record.
    let applies = !matches!(entry.claim_kind(), Some(ClaimKind::Record | ClaimKind::Interpretation))
        && support.iter().all(|&step| is_allegation(case, step));
    applies.then(|| {
        let message = format!("all that speaks for `{}` are allegations", entry.key);
        let help = "look for a source that found or saw it, or claim no more than that it was alleged (`kind: Record`)";
        Diagnostic::new(Code::AllegationsOnly, entry.declared, message).help(help).about(&entry.key)
    })
}

fn is_allegation(case: &Case, step: Step) -> bool {
    matches!(step, Step::Evidence { statement, index }
        if case.statements[statement].evidence[index].manner == Some(Manner::Allegation))
}

fn generalisation_alone(case: &Case, statement: StatementId, support: &[Step]) -> Option<Diagnostic> {
    let is_rule = |id: StatementId| case.statements[case.canonical(id)].claim_kind() == Some(ClaimKind::Generalisation);
    let entry = &case.statements[statement];
    let statements = |step: &Step| -> Option<Vec<StatementId>> {
        step.premises(case).iter().map(|premise| premise.statement()).collect()
    };
    let (applies, rests_on) = if is_rule(statement) {
        (support.iter().all(|step| statements(step).is_some()), "instances")
    } else {
        let on_rule = |step: &Step| statements(step).is_some_and(|premises| premises.into_iter().any(is_rule));
        (support.iter().all(on_rule), "a generalisation")
    };
    applies.then(|| {
        let message = format!("`{}` is supported, and rests on {rests_on} alone", entry.key);
        let help = "weaken the step, or look for a source that speaks to the statement itself";
        Diagnostic::new(Code::GeneralisationAlone, entry.declared, message).help(help).about(&entry.key)
    })
}
