//! What an editor would remark on once the verdicts are known.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostic};
use crate::logic::{Gradient, Parameter, Step, VariableId};
use crate::model::{Attack, Case, ClaimKind, Effect, Manner, Premise, StatementId};
use crate::source::Span;

use super::degrees::{Assessment, Degrees, Detail, TOLERANCE};
use super::judge::{Judge, JudgeError, Reading};
use super::models::SlopesEach;
use super::one_sided::considered;

/// How many places one remark points at.
const MOST_PLACES: usize = 5;

/// What a step into a statement starts from.
struct Support {
    premises: Vec<Premise>,
    manner: Option<Manner>,
}

/// What remarks need to know of the whole case.
pub(super) struct Remarkable {
    /// The readings and headlines of which nothing but support was considered.
    one_sided: BTreeSet<StatementId>,
    /// Strengths that nobody wrote, with their places.
    unwritten: Vec<(VariableId, Span)>,
}

impl Judge<'_> {
    /// Looks over the case once.
    pub(super) fn remarkable(&self) -> Remarkable {
        let case = self.case;
        let unwritten = self.quantities.iter();
        Remarkable {
            one_sided: one_sided_readings(case),
            unwritten: unwritten.filter_map(|(variable, one)| Some((variable, unwritten_at(case, one)?))).collect(),
        }
    }
}

/// The readings and headlines of which nothing but support was considered. What happened is mostly not in dispute; what
/// it amounts to is.
fn one_sided_readings(case: &Case) -> BTreeSet<StatementId> {
    let considered = considered(case);
    let headlines: BTreeSet<StatementId> = case.questions.values().map(|question| question.headline).collect();
    let is_reading = |id: StatementId| {
        let kind = case.statements[id].claim_kind();
        matches!(kind, Some(ClaimKind::Interpretation | ClaimKind::Generalisation)) || headlines.contains(&id)
    };
    case.statements.ids().filter(|&id| is_reading(id) && !considered[id.index()]).collect()
}

impl Judge<'_> {
    /// Remarks on a statement that has a verdict of its own.
    pub(super) fn lints(
        &mut self,
        statement: StatementId,
        assessment: Assessment,
        remarkable: &Remarkable,
    ) -> Vec<Diagnostic> {
        let support = self.support(statement);
        let established = assessment.detail == Detail::Established;
        let mut found = Vec::new();
        if established && remarkable.one_sided.contains(&statement) && !support.is_empty() {
            found.push(self.one_sided(statement));
        }
        if !support.is_empty() && !self.is_supported_besides(statement) {
            if self.is_serious(assessment.degrees.case_for()) {
                found.extend(self.allegations_only(statement, &support));
            }
            if established {
                found.extend(self.generalisation_alone(statement, &support));
            }
        }
        if assessment.detail.is_decided() && assessment.degrees.within.is_none() && !remarkable.unwritten.is_empty() {
            // What is too much to compute is told of the statement that it concerns, not of this one.
            found
                .extend(self.hangs_on_default(statement, assessment.detail, &remarkable.unwritten).unwrap_or_default());
        }
        found
    }

    /// The steps that support a statement.
    fn support(&self, statement: StatementId) -> Vec<Support> {
        let case = self.case;
        let links = case.statements[statement].evidence.iter().filter(|link| link.effect == Effect::Supports);
        let links = links.map(|link| Support { premises: vec![link.from], manner: link.manner });
        let steps = self.relations.inferences_to(statement).iter().map(|&id| &case.inferences[id]);
        let inferences = steps.filter(|step| step.effect == Effect::Supports);
        links.chain(inferences.map(|step| Support { premises: step.given.clone(), manner: None })).collect()
    }

    /// Whether something else than steps supports a statement: what entails it, or its parts.
    fn is_supported_besides(&self, statement: StatementId) -> bool {
        !self.case.statements[statement].all_of.is_empty() || self.relations.entailing(statement).next().is_some()
    }

    fn one_sided(&self, statement: StatementId) -> Diagnostic {
        let entry = &self.case.statements[statement];
        let message = format!("`{}` is supported, and nothing but support was considered for it", entry.key);
        let help = "look for what opposes it, a rival reading, or what undercuts a step; if there is nothing, say so: \
                    `allow: [(lint: \"one-sided\", reason: \"…\")]`";
        Diagnostic::new(Code::OneSided, entry.declared, message).help(help)
    }

    fn allegations_only(&self, statement: StatementId, support: &[Support]) -> Option<Diagnostic> {
        let entry = &self.case.statements[statement];
        // A reading is somebody's construction by nature, and that something was alleged is a fact about the record.
        let applies = !matches!(entry.claim_kind(), Some(ClaimKind::Record | ClaimKind::Interpretation))
            && support.iter().all(|step| step.manner == Some(Manner::Allegation));
        applies.then(|| {
            let message = format!("all that speaks for `{}` are allegations", entry.key);
            let help =
                "look for a source that found or saw it, or claim no more than that it was alleged (`kind: Record`)";
            Diagnostic::new(Code::AllegationsOnly, entry.declared, message).help(help)
        })
    }

    fn generalisation_alone(&self, statement: StatementId, support: &[Support]) -> Option<Diagnostic> {
        let case = self.case;
        let is_rule =
            |id: StatementId| case.statements[case.canonical(id)].claim_kind() == Some(ClaimKind::Generalisation);
        let entry = &case.statements[statement];
        let statements = |step: &Support| -> Option<Vec<StatementId>> {
            let premises = step.premises.iter().map(|&premise| match premise {
                Premise::Statement(premise) => Some(premise),
                Premise::Source(_) => None,
            });
            premises.collect()
        };
        let (applies, rests_on) = if is_rule(statement) {
            (support.iter().all(|step| statements(step).is_some()), "instances")
        } else {
            let on_rule = |step: &Support| statements(step).is_some_and(|premises| premises.into_iter().any(is_rule));
            (support.iter().all(on_rule), "a generalisation")
        };
        applies.then(|| {
            let message = format!("`{}` is supported, and rests on {rests_on} alone", entry.key);
            let help = "weaken the step, or look for a source that speaks to the statement itself";
            Diagnostic::new(Code::GeneralisationAlone, entry.declared, message).help(help)
        })
    }

    /// A remark where one strength that nobody wrote decides: were its step left out, or certain, the verdict would be
    /// another.
    fn hangs_on_default(
        &mut self,
        statement: StatementId,
        detail: Detail,
        unwritten: &[(VariableId, Span)],
    ) -> Result<Option<Diagnostic>, JudgeError> {
        let case = self.case;
        let reach = self.in_base(|judge, base| judge.reach_of_numbers(base, statement))?;
        let mut places = Vec::new();
        for &(variable, place) in unwritten {
            if self.turns(statement, detail, variable, &reach)? {
                places.push(place);
            }
        }
        if places.is_empty() {
            return Ok(None);
        }
        let entry = &case.statements[statement];
        let decided = if detail == Detail::Refuted { "refuted" } else { "supported" };
        let hangs = match places.len() {
            1 => "one strength that nobody wrote".to_owned(),
            more => format!("each of {more} strengths that nobody wrote"),
        };
        let message = format!("`{}` is {decided}, but that hangs on {hangs}", entry.key);
        let help =
            "write a `strength`, or how the source speaks (`as`); where nothing is written, it counts as `Moderate`";
        let problem = Diagnostic::new(Code::HangsOnDefault, entry.declared, message).help(help);
        let places = places.into_iter().take(MOST_PLACES);
        Ok(Some(places.fold(problem, |problem, place| problem.related(place, "with no strength"))))
    }

    /// Whether a verdict turns when one number is 0, or 1. Where its degrees alone tell that it does not, nothing is
    /// read anew.
    fn turns(
        &mut self,
        statement: StatementId,
        detail: Detail,
        variable: VariableId,
        reach: &ReachOfNumbers,
    ) -> Result<bool, JudgeError> {
        if !reach.matters(variable) {
            return Ok(false);
        }
        for extreme in [0.0, 1.0] {
            let change = extreme - self.base.weights[variable.index()];
            if detail == Detail::Established && self.stays_established(statement, reach, variable, change) {
                continue;
            }
            let mut reading = self.reading(self.base.weights.but([(variable, extreme)]));
            if !self.detail(&mut reading, statement)?.is_same_verdict(detail) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a statement still meets its standard when one number is changed, with the same statements out.
    fn stays_established(
        &self,
        statement: StatementId,
        reach: &ReachOfNumbers,
        variable: VariableId,
        change: f64,
    ) -> bool {
        let same_out = reach.without_rivals.iter().all(|(other, slopes)| {
            let [before, after] = [0.0, change].map(|change| slopes.with(variable, change).into());
            self.is_out_with(*other, before) == self.is_out_with(*other, after)
        });
        same_out && Degrees::from(reach.own.with(variable, change)).meets(self.bar(statement))
    }

    /// All that the verdict on a statement is read from, by every number: its degrees and those of its rivals, and,
    /// without rivals, those of all that could be out.
    fn reach_of_numbers(&mut self, base: &mut Reading, statement: StatementId) -> Result<ReachOfNumbers, JudgeError> {
        let (own, mut without_rivals) = self.slopes(base, statement)?;
        let mut rivals = Vec::new();
        for &rival in self.rivals(statement).iter() {
            let (slopes, competitors) = self.slopes(base, rival)?;
            rivals.push(slopes);
            without_rivals.extend(competitors);
        }
        for other in std::iter::once(statement).chain(self.rivals(statement).iter().copied()) {
            if self.could_be_out(&base.shape, other) {
                without_rivals.push((other, self.slopes_without_rivals(base, other)?));
            }
        }
        Ok(ReachOfNumbers { own, rivals, without_rivals })
    }
}

/// How much each number changes what a verdict is read from.
struct ReachOfNumbers {
    own: Rc<Gradient>,
    rivals: Vec<Rc<Gradient>>,
    without_rivals: SlopesEach,
}

impl ReachOfNumbers {
    /// Whether a number changes any of it.
    fn matters(&self, variable: VariableId) -> bool {
        let others = self.without_rivals.iter().map(|(_, slopes)| slopes);
        let mut all = std::iter::once(&self.own).chain(&self.rivals).chain(others);
        all.any(|slopes| slopes.of(variable).iter().any(|slope| slope.abs() > TOLERANCE))
    }
}

/// Where a strength stands for which the author wrote neither a number nor how the source speaks.
fn unwritten_at(case: &Case, quantity: Parameter) -> Option<Span> {
    let attack = |attack: &Attack| (!attack.strength_given).then_some(attack.span);
    match quantity {
        Parameter::Strength(Step::Evidence { statement, index }) => {
            let link = &case.statements[statement].evidence[index];
            (!link.strength_given && link.manner.is_none()).then_some(link.span)
        }
        Parameter::Strength(Step::Inference(id)) => {
            let step = &case.inferences[id];
            (!step.strength_given).then_some(step.declared)
        }
        Parameter::Undercut(step, index) => attack(&step.undercuts(case)[index]),
        Parameter::Impeachment(source, index) => attack(&case.impeachments(source)[index]),
        Parameter::Reliability(_) | Parameter::Passage(..) | Parameter::Further(_) => None,
    }
}
