//! Explanations as JSON, in the schemas `evigraph/why/1` and `evigraph/why-not/1`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::engine::{Engine, StatementAnswer};
use crate::explain::{
    BestCase, Branch, Condition, Explanation, FurtherEvidence, Ground, Hindrance, Influence, LoadBearing, Missing,
    SharedGround, Standing, Unmet, Weighed, WeighedAttack, WhyNot,
};
use crate::logic::{Parameter, Step};
use crate::model::{Case, Effect, Source, StatementId};
use crate::words::why_not_sentences;

use super::verdict::{degrees, head, merge, printed, source_ids, statement, statement_ids, verdict};

/// What the verdict on a statement rests on, and what would change it.
pub fn why_json(judge: &Engine<'_>, explanation: &Explanation) -> String {
    let case = judge.case();
    let Explanation { answer, argument, best, influence, load_bearing, shared_ground, missing } = explanation;
    let [best_for, best_against] = best;
    let mut document = head("evigraph/why/1", judge);
    merge(&mut document, statement(case, answer));
    let own = &argument.branches[&argument.statement].grounds;
    let each = |grounds: &[Weighed]| grounds.iter().map(|weighed| ground(case, weighed)).collect::<Vec<_>>();
    merge(
        &mut document,
        json!({
            "grounds": each(own),
            "best_case": {
                "for": best_for.as_ref().map(|best| best_case(case, best)),
                "against": best_against.as_ref().map(|best| best_case(case, best)),
            },
            "influence": influence.iter().map(|one| influence_value(case, one)).collect::<Vec<_>>(),
            "load_bearing": load_bearing_value(case, load_bearing),
            "shared_ground": shared_ground.iter().map(|one| shared(case, one)).collect::<Vec<_>>(),
            "missing": missing.as_ref().map(|missing| missing_value(case, missing)),
            "argument": {
                "statements": branches(case, &argument.branches),
                "sources": standings(case, &argument.sources),
            },
        }),
    );
    printed(&document)
}

/// Why a statement does not have a verdict.
pub fn why_not_json(judge: &Engine<'_>, answer: &StatementAnswer, why_not: &WhyNot) -> String {
    let case = judge.case();
    let mut document = head("evigraph/why-not/1", judge);
    merge(&mut document, statement(case, answer));
    merge(
        &mut document,
        json!({
            "asked": why_not.asked.name(),
            "unmet": why_not.unmet.iter().map(|one| unmet(case, one)).collect::<Vec<_>>(),
            "hindrances": why_not.hindrances.iter().map(|one| hindrance(case, one)).collect::<Vec<_>>(),
            "account": why_not_sentences(case, why_not),
        }),
    );
    printed(&document)
}

fn branches(case: &Case, branches: &BTreeMap<StatementId, Branch>) -> Value {
    let branch = |(&id, branch): (&StatementId, &Branch)| {
        let assessment = &branch.assessment;
        let mut value = json!({
            "case_for": assessment.degrees.case_for(),
            "case_against": assessment.degrees.case_against(),
            "grounds": branch.grounds.iter().map(|weighed| ground(case, weighed)).collect::<Vec<_>>(),
        });
        merge(&mut value, verdict(assessment.detail));
        (case.statements[id].key.to_string(), value)
    };
    Value::Object(branches.iter().map(branch).collect())
}

fn standings(case: &Case, sources: &BTreeMap<Source, Standing>) -> Value {
    let standing = |(&source, standing): (&Source, &Standing)| {
        let value = json!({
            "holds": standing.holds,
            "origins": source_ids(case, &standing.origins),
            "impeachments": standing.impeachments.iter().map(|one| attack(case, one)).collect::<Vec<_>>(),
        });
        (case.source_key(source).to_string(), value)
    };
    Value::Object(sources.iter().map(standing).collect())
}

fn best_case(case: &Case, best: &BestCase) -> Value {
    let each = |conditions: &[Condition]| -> Vec<Value> { conditions.iter().map(|one| condition(case, one)).collect() };
    json!({ "probability": best.probability, "holding": each(&best.holding), "failing": each(&best.failing) })
}

fn condition(case: &Case, condition: &Condition) -> Value {
    let mut value = quantity(case, condition.quantity);
    value["probability"] = condition.probability.into();
    value
}

/// What a number of the case is the number of.
fn quantity(case: &Case, quantity: Parameter) -> Value {
    let statement = |id: StatementId| case.statements[id].key.as_str();
    match quantity {
        Parameter::Reliability(source) => json!({ "source": case.source_key(source).as_str() }),
        Parameter::Strength(step) => step_value(case, step),
        Parameter::Undercut(step, index) => {
            json!({ "undercut": case.premise_key(step.undercuts(case)[index].from).as_str(), "of": step_value(case, step) })
        }
        Parameter::Impeachment(source, index) => json!({
            "impeachment": case.premise_key(case.impeachments(source)[index].from).as_str(),
            "of": { "source": case.source_key(source).as_str() },
        }),
        Parameter::Passage(document, to, effect) => json!({
            "withheld": case.documents[document].key.as_str(), "statement": statement(to), "effect": effect_name(effect),
        }),
        Parameter::Further(_) => json!({ "further": true }),
    }
}

fn step_value(case: &Case, step: Step) -> Value {
    match step {
        Step::Evidence { statement, index } => {
            let link = &case.statements[statement].evidence[index];
            json!({
                "evidence": case.premise_key(link.from).as_str(), "statement": case.statements[statement].key.as_str(),
                "index": index, "effect": effect_name(link.effect),
            })
        }
        Step::Inference(id) => json!({ "inference": case.inferences[id].key.as_str() }),
    }
}

fn load_bearing_value(case: &Case, load_bearing: &LoadBearing) -> Value {
    let sets = load_bearing.sets.iter().map(|set| {
        let mut value = json!({ "sources": source_ids(case, &set.sources) });
        merge(&mut value, verdict(set.detail));
        value
    });
    json!({ "searched": load_bearing.searched, "sets": sets.collect::<Vec<_>>() })
}

fn shared(case: &Case, ground: &SharedGround) -> Value {
    json!({
        "rival": case.statements[ground.rival].key.as_str(), "shared": source_ids(case, &ground.shared),
        "of": ground.of, "share": ground.share(),
    })
}

fn missing_value(case: &Case, missing: &Missing) -> Value {
    let premises = missing.premises.iter().map(|one| {
        let needed = if one.needed == Effect::Supports { "established" } else { "refuted" };
        let mut value = json!({ "premise": case.statements[one.premise].key.as_str(), "needed": needed });
        merge(&mut value, verdict(one.reached));
        value
    });
    let withheld = missing.withheld.iter().map(|word| {
        let says = word.says.iter().map(|said| {
            json!({
                "document": case.documents[said.document].key.as_str(),
                "statement": case.statements[said.statement].key.as_str(),
                "effect": effect_name(said.effect),
            })
        });
        let mut value = json!({ "says": says.collect::<Vec<_>>() });
        merge(&mut value, verdict(word.reached));
        value
    });
    json!({
        "evidence": missing.evidence.iter().map(further).collect::<Vec<_>>(),
        "premises": premises.collect::<Vec<_>>(),
        "all_premises": missing.all_premises.map(verdict),
        "withheld": withheld.collect::<Vec<_>>(),
        "search": missing.search.map(|search| search.name()),
    })
}

fn further(kind: &FurtherEvidence) -> Value {
    json!({
        "effect": effect_name(kind.effect), "as": kind.manner.phrase(), "grade": kind.grade, "each": kind.each,
        "decides": kind.decides, "settles": kind.settles,
    })
}

fn unmet(case: &Case, unmet: &Unmet) -> Value {
    let side = |effect: &Effect| if *effect == Effect::Supports { "for" } else { "against" };
    match unmet {
        Unmet::Case { side: on, has, needs } => {
            json!({ "condition": "case", "side": side(on), "has": has, "needs": needs })
        }
        Unmet::Margin { side: on, has, needs } => {
            json!({ "condition": "margin", "side": side(on), "has": has, "needs": needs })
        }
        Unmet::Serious { side: on, has, needs } => {
            json!({ "condition": "serious", "side": side(on), "has": has, "needs": needs })
        }
        Unmet::OnlyContested { readings } => {
            json!({ "condition": "not_only_contested", "readings": statement_ids(case, readings) })
        }
        Unmet::Prevails { detail } => {
            let mut value = json!({ "condition": "nothing_prevails" });
            merge(&mut value, verdict(*detail));
            value
        }
        Unmet::NoRivalReading => json!({ "condition": "rival_reading" }),
        Unmet::RivalReadings { rivals } => {
            json!({ "condition": "no_rival_reading", "rivals": statement_ids(case, rivals) })
        }
        Unmet::SomeCase => json!({ "condition": "no_case" }),
        Unmet::NoCase => json!({ "condition": "some_case" }),
    }
}

fn hindrance(case: &Case, hindrance: &Hindrance) -> Value {
    let mut value = quantity(case, hindrance.quantity);
    value["degrees"] = degrees(hindrance.degrees);
    merge(&mut value, verdict(hindrance.detail));
    value
}

fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Supports => "supports",
        Effect::Opposes => "opposes",
    }
}

fn attack(case: &Case, attack: &WeighedAttack) -> Value {
    let kind = if attack.impeaches { "impeachment" } else { "undercut" };
    json!({ "attack": kind, "from": case.premise_key(attack.from).as_str(), "in_force": attack.in_force })
}

fn ground(case: &Case, weighed: &Weighed) -> Value {
    let (kind, from) = match weighed.ground {
        Ground::Step(Step::Evidence { statement, index }) => {
            ("evidence", case.premise_key(case.statements[statement].evidence[index].from).as_str())
        }
        Ground::Step(Step::Inference(id)) => ("inference", case.inferences[id].key.as_str()),
        Ground::EntailedBy(id) => ("entailed_by", case.statements[id].key.as_str()),
        Ground::Entails(id) => ("entails", case.statements[id].key.as_str()),
        Ground::Rival(id) => ("rival", case.statements[id].key.as_str()),
        Ground::Parts => ("parts", ""),
    };
    let attacks: Vec<Value> = weighed.attacks.iter().map(|one| attack(case, one)).collect();
    json!({
        "ground": kind, "from": from, "effect": effect_name(weighed.effect), "weight": weighed.weight, "loss": weighed.loss,
        "attacks": attacks,
    })
}

fn influence_value(case: &Case, influence: &Influence) -> Value {
    let mut value = json!({
        "source": case.source_key(influence.source).as_str(),
        "degrees": degrees(influence.degrees),
        "shift": influence.shift,
    });
    merge(&mut value, verdict(influence.detail));
    value
}
