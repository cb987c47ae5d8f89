//! Explanations, in the schemas `evigraph/why/1` and `evigraph/why-not/1`.

use serde::Serialize;
use serde_json::{Value, json};

use super::object::{In, object};
use super::verdict::{Head, Question};
use crate::engine::{Engine, QuestionAnswer, StatementAnswer};
use crate::explain::{
    BestCase, Branch, Condition, Explanation, FurtherEvidence, Hindrance, Influence, Left, LoadBearing, LoadBearingSet,
    Missing, MissingPart, MissingPremise, SharedGround, Standing, Unmet, Weighed, WeighedAttack, WhyNot, WithheldWord,
};
use crate::logic::{Origin, Parameter, Step};
use crate::model::{Case, Effect, Key};
use crate::words::{named_after, relation_words, why_not_sentences};

/// What the verdict on a statement rests on, and what would change it; with the question whose headline it is, where
/// that was asked.
pub struct Why<'a>(pub &'a Engine<'a>, pub &'a Explanation, pub Option<&'a QuestionAnswer>);

object!(Why<'_>, &Why(engine, explanation, question) =>
    let case = engine.case();
    let argument = &explanation.argument;
    let best = explanation.best.as_ref().map(|[best_for, best_against]| {
        json!({ "for": In(case, best_for), "against": In(case, best_against) })
    });
    let left_out = explanation.left_out();
    {
        ..Head("evigraph/why/1", engine),
        ..In(case, &explanation.answer),
        "question"?: question.map(|question| Question(engine, question)),
        "grounds": In(case, &argument.branches[&argument.statement].grounds),
        "left_out"?: (!left_out.is_empty()).then_some(left_out),
        "best_case": best,
        "influence": In(case, &explanation.influence),
        "load_bearing": In(case, &explanation.load_bearing),
        "shared_ground": In(case, &explanation.shared_ground),
        "missing": In(case, &explanation.missing),
        "argument": json!({
            "statements": by_id(argument.branches.iter().map(|(&id, branch)| (&case.statements[id].key, In(case, branch)))),
            "sources": by_id(argument.sources.iter().map(|(&id, standing)| (case.source_key(id), In(case, standing)))),
        }),
    }
);

/// Why a statement does not have a verdict.
pub struct WhyNotThat<'a>(pub &'a Engine<'a>, pub &'a StatementAnswer, pub &'a WhyNot);

object!(WhyNotThat<'_>, &WhyNotThat(engine, answer, why_not) =>
    let case = engine.case();
    {
        ..Head("evigraph/why-not/1", engine),
        ..In(case, answer),
        "asked": why_not.asked.name(),
        "unmet": In(case, &why_not.unmet),
        "hindrances": In(case, &why_not.hindrances),
        "account": why_not_sentences(case, why_not),
    }
);

/// Results under the ids that they are of.
fn by_id<'a>(results: impl Iterator<Item = (&'a Key, impl Serialize)>) -> Value {
    Value::Object(results.map(|(id, result)| (id.to_string(), json!(result))).collect())
}

object!(In<'_, Branch>, &In(case, branch) =>
    let assessment = &branch.assessment;
    {
        "case_for": assessment.degrees.case_for(),
        "case_against": assessment.degrees.case_against(),
        "grounds": In(case, &branch.grounds),
        ..assessment.detail,
    }
);

object!(In<'_, Standing>, &In(case, standing) => {
    "holds": standing.holds,
    "origins": In(case, &standing.origins),
    "impeachments": In(case, &standing.impeachments),
});

object!(In<'_, BestCase>, &In(case, best) => {
    "probability": best.probability,
    "holding": In(case, &best.holding),
    "failing": In(case, &best.failing),
});

object!(In<'_, Condition>, &In(case, condition) => {
    ..quantity(case, condition.quantity),
    "probability": condition.probability,
});

/// What a number of the case is the number of.
fn quantity(case: &Case, quantity: Parameter) -> Value {
    match quantity {
        Parameter::Reliability(source) => json!({ "source": In(case, &source) }),
        Parameter::Strength(step) | Parameter::Draw(step) | Parameter::Ratio(step) | Parameter::Present(step) => {
            strength(case, step)
        }
        Parameter::Assumed(statement) => json!({ "assumed": In(case, &statement) }),
        Parameter::Undercut(step, index) => {
            json!({ "undercut": In(case, &step.undercuts(case)[index].from), "of": strength(case, step) })
        }
        Parameter::Impeachment(source, index) => json!({
            "impeachment": In(case, &case.impeachments(source)[index].from),
            "of": { "source": In(case, &source) },
        }),
        Parameter::Passage(document, to, effect) => {
            json!({ "withheld": In(case, &document), "statement": In(case, &to), "effect": effect })
        }
        Parameter::Further(_) => json!({ "further": true }),
    }
}

fn strength(case: &Case, step: Step) -> Value {
    match step {
        Step::Evidence { statement, index } => {
            let link = &case.statements[statement].evidence[index];
            json!({
                "evidence": In(case, &link.from), "statement": In(case, &statement), "index": index,
                "effect": link.effect,
            })
        }
        Step::Inference(id) => json!({ "inference": In(case, &id) }),
    }
}

object!(In<'_, LoadBearing>, &In(case, load_bearing) => {
    "searched": load_bearing.searched,
    "sets": In(case, &load_bearing.sets),
});

object!(In<'_, LoadBearingSet>, &In(case, set) => { "sources": In(case, &set.sources), ..set.detail });

object!(In<'_, SharedGround>, &In(case, ground) => {
    "rival": In(case, &ground.rival),
    "shared": In(case, &ground.shared),
    "of": ground.of,
    "share": ground.share(),
});

object!(In<'_, Missing>, &In(case, missing) => {
    "evidence": missing.evidence,
    "premises": In(case, &missing.premises),
    "all_premises": missing.all_premises,
    "parts": In(case, &missing.parts),
    "rivals": In(case, &missing.rivals),
    "all_rivals": missing.all_rivals,
    "obstacles": In(case, &missing.obstacles),
    "left": In(case, &missing.left),
    "withheld": In(case, &missing.withheld),
    "search": missing.search,
});

object!(FurtherEvidence, kind => {
    "effect": kind.effect, "as": kind.manner, "grade": kind.grade, "each": kind.each,
    "decides": kind.decides, "settles": kind.settles,
});

object!(In<'_, MissingPremise>, &In(case, missing) => {
    "premise": In(case, &missing.premise),
    "needed": if missing.needed == Effect::Supports { "established" } else { "refuted" },
    ..missing.reached,
});

object!(In<'_, MissingPart>, &In(case, missing) => { "part": In(case, &missing.part), ..missing.detail });

object!(In<'_, Left>, &In(case, left) => {
    "one_of": In(case, &left.whole), "out": In(case, &left.out), "left": In(case, &left.left),
});

object!(In<'_, WithheldWord>, &In(case, word) =>
    let says = word.says.iter().map(|said| {
        json!({
            "document": In(case, &said.document), "statement": In(case, &said.statement), "effect": said.effect,
        })
    });
    { "says": says.collect::<Vec<_>>(), ..word.reached }
);

object!(In<'_, Unmet>, &In(case, unmet) => {
    ..match unmet {
        Unmet::Case { side, has, needs } => compared("case", *side, *has, *needs),
        Unmet::Margin { side, has, needs, outweighs } => {
            let mut margin = compared("margin", *side, *has, *needs);
            if let Some([has, needs]) = outweighs.filter(|[has, _]| has.is_finite()) {
                margin["outweighs"] = json!({ "has": has, "needs": needs });
            }
            margin
        }
        Unmet::Serious { side, has, needs } => compared("serious", *side, *has, *needs),
        Unmet::OnlyContested { readings } => {
            json!({ "condition": "not_only_contested", "readings": In(case, readings) })
        }
        Unmet::Prevails { detail } => {
            json!({ "condition": "nothing_prevails", "verdict": detail.verdict(), "detail": detail.name() })
        }
        Unmet::NoRivalReading => json!({ "condition": "rival_reading" }),
        Unmet::RivalReadings { rivals } => json!({ "condition": "no_rival_reading", "rivals": In(case, rivals) }),
        Unmet::SomeCase => json!({ "condition": "no_case" }),
        Unmet::NoCase => json!({ "condition": "some_case" }),
    },
});

/// A condition on one side's number.
fn compared(condition: &str, side: Effect, has: f64, needs: f64) -> Value {
    let side = if side == Effect::Supports { "for" } else { "against" };
    json!({ "condition": condition, "side": side, "has": has, "needs": needs })
}

object!(In<'_, Hindrance>, &In(case, hindrance) => {
    ..quantity(case, hindrance.quantities[0]),
    "and"?: hindrance.quantities.get(1).map(|&other| quantity(case, other)),
    "degrees": hindrance.degrees,
    ..hindrance.detail,
});

object!(In<'_, WeighedAttack>, &In(case, attack) => {
    "attack": attack.kind.name(),
    "from": In(case, &attack.from),
    "in_force": attack.in_force,
});

object!(In<'_, Weighed>, &In(case, weighed) => {
    ..match weighed.origin {
        Origin::Step(Step::Evidence { statement, index }) => {
            let link = &case.statements[statement].evidence[index];
            let mut ground = json!({ "ground": "evidence", "from": In(case, &link.from) });
            if let Some(state) = link.quote_state {
                ground["quotation"] = json!(state.name());
            }
            ground
        }
        Origin::Step(Step::Inference(id)) => json!({ "ground": "inference", "from": In(case, &id) }),
        origin => {
            let from = named_after(weighed).map(|statement| case.statements[statement].key.as_str());
            json!({ "ground": relation_words(origin).name, "from": from.unwrap_or_default() })
        }
    },
    "effect": weighed.effect,
    "weight": weighed.weight,
    "loss": weighed.loss,
    "attacks": In(case, &weighed.attacks),
});

object!(In<'_, Influence>, &In(case, influence) => {
    "source": In(case, &influence.source),
    "degrees": influence.degrees,
    "shift": influence.shift,
    ..influence.detail,
});
